//! Speed of the STS engine on one core, and of the token stream as a whole process.
//!
//! `cargo bench --bench sts`; the stream on one core: `taskset -c 0 cargo bench --bench sts -- stream`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::fs::File;
use std::hint::black_box;
use std::process::{Command, Stdio};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use wattkey::sts::cipher::{misty1::Misty1, sta};
use wattkey::sts::{
    BaseDate, DecoderKey, KeyExpiryNumber, KeyType, Pan, StaTables, TariffIndex, Token, VendingKey, VendingKeyId,
};

fn vending_key(dkga: &str, ea: &str, hex: &str) -> VendingKey {
    let id = VendingKeyId {
        sgc: "123456".parse().unwrap(),
        krn: "1".parse().unwrap(),
        kt: KeyType::Unique,
        dkga: dkga.parse().unwrap(),
        ea: ea.parse().unwrap(),
        base_date: BaseDate::Base1993,
        ken: KeyExpiryNumber::NEVER,
    };
    VendingKey::from_hex(id, hex).unwrap()
}

fn ciphers(criterion: &mut Criterion) {
    let tables = StaTables::iec_sample();
    let mut group = criterion.benchmark_group("cipher");
    group.throughput(Throughput::Elements(1));
    let mut block = 0x0123_4567_89AB_CDEF_u64;
    let mut key = 0x0ABC_12DE_F345_6789_u64;
    group.bench_function("ea07 decrypt, another key every block", |bencher| {
        bencher.iter(|| {
            key = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            block = sta::decrypt(tables, black_box(key), block);
            block
        });
    });
    group.bench_function("ea07 encrypt, another key every block", |bencher| {
        bencher.iter(|| {
            key = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            block = sta::encrypt(tables, black_box(key), block);
            block
        });
    });
    let mut wide = 0x0011_2233_4455_6677_8899_AABB_CCDD_EEFF_u128;
    group.bench_function("ea11 key schedule and decrypt", |bencher| {
        bencher.iter(|| {
            wide = wide.rotate_left(7) ^ 1;
            block = Misty1::new(black_box(wide)).decrypt(block);
            block
        });
    });
    let schedule = Misty1::new(wide);
    group.bench_function("ea11 decrypt, schedule kept", |bencher| {
        bencher.iter(|| {
            block = schedule.decrypt(black_box(block));
            block
        });
    });
    group.finish();
}

fn derivations(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decoder key");
    group.throughput(Throughput::Elements(1));
    let pan: Pan = "600727012345678977".parse().unwrap();
    let tis: Vec<TariffIndex> = TariffIndex::all().collect();
    for (name, key) in [
        ("dkga02, schedule kept", vending_key("02", "07", "0123456789abcdef")),
        ("dkga04, ea 11", vending_key("04", "11", "abababababababab949494949494949401234567")),
    ] {
        let mut turns = tis.iter().cycle();
        group.bench_function(name, |bencher| {
            bencher.iter(|| key.decoder_key(black_box(pan), *turns.next().unwrap()));
        });
    }
    group.finish();
}

fn tokens(criterion: &mut Criterion) {
    let tables = StaTables::iec_sample();
    let token: Token = "51043465443420856213".parse().unwrap();
    let key = DecoderKey::sta(0x0ABC_12DE_F345_6789);
    let mut group = criterion.benchmark_group("token");
    group.throughput(Throughput::Elements(1));
    group.bench_function("20 digits to 66 bits", |bencher| {
        bencher.iter(|| black_box("51043465443420856213").parse::<Token>());
    });
    group.bench_function("read under a decoder key", |bencher| bencher.iter(|| key.read(black_box(token), tables)));
    group.bench_function("trial: does the check sum fit", |bencher| {
        bencher.iter(|| key.fits(black_box(token), tables));
    });
    group.finish();
}

/// Lines whose meter, tariff index and vending key differ from one to the next.
fn stream_lines(count: u32) -> String {
    let tables = StaTables::iec_sample();
    let keys = [vending_key("02", "07", "0123456789abcdef"), vending_key("02", "07", "abababababababab")];
    let mut lines = String::new();
    for (index, (key, krn)) in (0..count).zip(keys.iter().zip([1, 2]).cycle()) {
        let drn = wattkey::sts::Drn::from_parts(wattkey::sts::Iin::N600727, 7, index).unwrap();
        let ti = TariffIndex::new(index % 100).unwrap();
        let content = wattkey::sts::TokenContent::Credit {
            commodity: wattkey::sts::Commodity::Electricity,
            rnd: wattkey::sts::RandomNumber::from_bits(index as u8),
            tid: wattkey::sts::Tid::from_field(index * 31),
            amount: wattkey::sts::Amount::from_field(index as u16),
        };
        // The second key of the file has revision 2; its decoder keys are made for that revision.
        let id = VendingKeyId { krn: krn.try_into().unwrap(), ..*key.id() };
        let hex = if krn == 1 { "0123456789abcdef" } else { "abababababababab" };
        let token = VendingKey::from_hex(id, hex).unwrap().decoder_key(Pan::of(drn), ti).make(&content, tables);
        let _ = writeln!(
            lines,
            "{{\"id\":{index},\"token\":\"{token}\",\"iin\":\"600727\",\"drn\":\"{drn}\",\"sgc\":\"123456\",\"krn\":{krn},\
             \"kt\":2,\"ti\":{ti},\"ea\":\"07\",\"dkga\":\"02\",\"base_date\":\"1993\"}}"
        );
    }
    lines
}

const KEY_FILE: &str = r#"{"schema":"wattkey/keys/1","lab":true,"sta_tables":"iec-sample","vending_keys":[
 {"sgc":"123456","krn":1,"kt":2,"dkga":"02","ea":"07","base_date":"1993","ken":255,"key":"0123456789abcdef"},
 {"sgc":"123456","krn":2,"kt":2,"dkga":"02","ea":"07","base_date":"1993","ken":255,"key":"abababababababab"}]}"#;

fn processes(criterion: &mut Criterion) {
    const LINES: u32 = 400_000;
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys.json");
    let input = folder.path().join("lines.jsonl");
    std::fs::write(&keys, KEY_FILE).unwrap();
    std::fs::write(&input, stream_lines(LINES)).unwrap();
    let wattkey = |tokens: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
        command.args(["token", "decode"]).args(tokens).arg("--allow-exposed-files").arg("--keys").arg(&keys);
        command.env("WATTKEY_STATE_DIR", folder.path()).env("WATTKEY_CONFIG", folder.path().join("none.toml"));
        command.stdout(Stdio::null());
        command
    };

    let mut group = criterion.benchmark_group("process");
    group.sample_size(10);
    group.throughput(Throughput::Elements(u64::from(LINES)));
    group.bench_function("stream of 400 000 lines, keys varying", |bencher| {
        bencher.iter_batched(
            || File::open(&input).unwrap(),
            |file| assert!(wattkey(&["-"]).stdin(file).status().unwrap().success()),
            BatchSize::PerIteration,
        );
    });
    group.sample_size(50);
    group.throughput(Throughput::Elements(1));
    group.bench_function("decode of one token, start to end", |bencher| {
        bencher.iter(|| assert!(wattkey(&["51043465443420856213"]).status().unwrap().success()));
    });
    group.finish();
}

criterion_group!(benches, ciphers, derivations, tokens, processes);
criterion_main!(benches);
