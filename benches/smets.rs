//! Speed of decoding DUIS alerts: the library on one core, and 100,000 alerts through the program.
//!
//! `cargo bench --bench smets`; on one core: `taskset -c 0 cargo bench --bench smets`.

#![allow(missing_docs, clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs::File;
use std::hint::black_box;
use std::io;
use std::process::{Command, Stdio};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use wattkey::smets::duis::decode::Decoder;
use wattkey::smets::duis::stream::Messages;

/// A DLMS alert 8F36 of a meter to its supplier, as base64.
const PAYLOAD: &str = "3wkDAAAAAAAAAAkIANsSNFZ4kKAIkLPVHzABAAAAAgCGGQ8AAAABAAICEo82CQwH5gYQBBAiDwCAAAAA";

/// Device alerts with a payload and DCC alerts in turn, one document each.
fn alerts(count: u32) -> String {
    let mut xml = String::new();
    for counter in 0..count {
        let _ = write!(
            xml,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sr:Response \
             xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\" schemaVersion=\"5.1\"><sr:Header>\n\
             <sr:ResponseID>00-DB-12-34-56-78-90-A0:90-B3-D5-1F-30-01-00-00:{counter}</sr:ResponseID>\n\
             <sr:ResponseCode>I0</sr:ResponseCode><sr:ResponseDateTime>2026-11-21T10:00:00Z</sr:ResponseDateTime>\n\
             </sr:Header><sr:Body>"
        );
        xml.push_str(&if counter % 2 == 0 {
            format!(
                "<sr:DeviceAlertMessage><sr:AlertCode>8F36</sr:AlertCode><sr:GBCSPayload>{PAYLOAD}</sr:GBCSPayload>\
                 </sr:DeviceAlertMessage>"
            )
        } else {
            format!(
                "<sr:DCCAlertMessage><sr:DCCAlertCode>AD1</sr:DCCAlertCode><sr:DCCAlert><sr:PowerOutageEvent>\
                 <sr:CommsHubDeviceID>00-DB-12-34-56-78-90-A2</sr:CommsHubDeviceID>\
                 <sr:StartDateTime>2026-11-21T09:00:00Z</sr:StartDateTime><sr:MPxN>{}</sr:MPxN>\
                 </sr:PowerOutageEvent></sr:DCCAlert></sr:DCCAlertMessage>",
                1_300_000_000_000u64 + u64::from(counter)
            )
        });
        xml.push_str("</sr:Body></sr:Response>\n");
    }
    xml
}

fn library(criterion: &mut Criterion) {
    let xml = alerts(1_000);
    let mut group = criterion.benchmark_group("smets");
    group.throughput(Throughput::Bytes(xml.len() as u64));
    group.bench_function("1000 alerts to JSON in memory", |bencher| {
        let mut decoder = Decoder::default();
        bencher.iter(|| {
            for mut found in Messages::new(black_box(xml.as_bytes())) {
                serde_json::to_writer(io::sink(), &decoder.decode(&mut found)).unwrap();
            }
        });
    });
    group.finish();
}

fn process(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("alerts.xml");
    let xml = alerts(100_000);
    std::fs::write(&input, &xml).unwrap();
    let mut group = criterion.benchmark_group("process");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(xml.len() as u64));
    group.bench_function("smets decode of 100 000 alerts", |bencher| {
        bencher.iter_batched(
            || File::open(&input).unwrap(),
            |file| {
                let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
                command.args(["smets", "decode", "-"]).stdin(file).stdout(Stdio::null());
                command.env("WATTKEY_STATE_DIR", folder.path()).env("WATTKEY_CONFIG", folder.path().join("none.toml"));
                assert!(command.status().unwrap().success());
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, library, process);
criterion_main!(benches);
