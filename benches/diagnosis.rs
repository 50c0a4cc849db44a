//! One whole search: 12 supply groups, 9 revisions, 3 key types and 100 tariff indexes under both algorithms, and 199
//! typing errors, on one core; and the same for a second token of the same meter, whose keys are then at hand.

#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use serde_json::json;
use time::macros::datetime;
use wattkey::diagnosis::{Case, Reach, Readout, Searcher, diagnose};
use wattkey::sts::keyring::Keyring;
use wattkey::sts::{BaseDate, DecoderKeyGenerationAlgorithm, EncryptionAlgorithm, StaTables, VendingKey, VendingKeyId};

/// 324 keys for each algorithm.
fn keyring() -> Arc<Keyring> {
    let mut random = fastrand::Rng::with_seed(1);
    let mut keys = Vec::new();
    for (ea, dkga, length) in [
        (EncryptionAlgorithm::Ea07, DecoderKeyGenerationAlgorithm::Dkga02, 8),
        (EncryptionAlgorithm::Ea11, DecoderKeyGenerationAlgorithm::Dkga04, 20),
    ] {
        for sgc in 0..12 {
            for krn in 1..=9u32 {
                for kt in 1..=3u32 {
                    let id = VendingKeyId {
                        sgc: format!("{:06}", 100_200 + sgc).parse().unwrap(),
                        krn: krn.try_into().unwrap(),
                        kt: kt.try_into().unwrap(),
                        dkga,
                        ea,
                        base_date: BaseDate::Base2014,
                        ken: 255.try_into().unwrap(),
                    };
                    let hex: String = (0..length)
                        .map(|_| {
                            let byte = random.u8(..);
                            format!("{:02x}", if byte.count_ones().is_multiple_of(2) { byte ^ 1 } else { byte })
                        })
                        .collect();
                    keys.push(VendingKey::from_hex(id, &hex).unwrap());
                }
            }
        }
    }
    Arc::new(Keyring::new(keys, [], StaTables::iec_sample().clone()))
}

fn case() -> Case {
    // A token that nothing reads: every candidate is tried.
    let mut case = Case::of_token("51043465443420856213", datetime!(2026-11-21 00:00 UTC));
    case.meter = Some(Readout::from_status(&json!({"sts": {"drn": "01234567897", "sgc": "100205", "krn": 4, "kt": 2,
        "ti": 17, "ea": "07", "dkga": "02", "base_date": "2014"}})));
    case
}

fn search(criterion: &mut Criterion) {
    let keyring = keyring();
    let case = case();
    criterion.bench_function("diagnosis/first token of a meter", |bencher| {
        bencher.iter_batched_ref(
            || Searcher::new(Arc::clone(&keyring), Reach::default()),
            |searcher| black_box(diagnose(black_box(&case), searcher)),
            BatchSize::PerIteration,
        );
    });
    let mut searcher = Searcher::new(keyring, Reach::default());
    diagnose(&case, &mut searcher);
    criterion.bench_function("diagnosis/second token of a meter", |bencher| {
        bencher.iter(|| black_box(diagnose(black_box(&case), &mut searcher)));
    });
}

criterion_group!(benches, search);
criterion_main!(benches);
