//! Speed of the simulated meters: `cargo bench --bench sim`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use time::OffsetDateTime;
use time::macros::datetime;
use wattkey::protocol::dlt645::{Address as Dlt645Address, Request as Dlt645Request};
use wattkey::protocol::hdlc::{Address, ClientAddress, Control, Frame, Sequence};
use wattkey::protocol::modbus::{Request as ModbusRequest, Table};
use wattkey::sim::face::ProtocolOrder;
use wattkey::sim::fault::{FaultRule, Faults};
use wattkey::sim::line::{MeterSlot, SimLine};
use wattkey::sim::state::MeterFile;
use wattkey::sim::{Meter, Model};
use wattkey::sts::{Amount, Commodity, DecoderKey, RandomNumber, StaTables, Tid, Token, TokenContent, TokenResult};

const BEGIN: OffsetDateTime = datetime!(2026-11-21 08:00 UTC);

fn meter(model: &str) -> Meter {
    Meter::new(Model::named(model).unwrap(), 0, BEGIN).unwrap()
}

fn line(meters: u16, protocols: &str) -> SimLine {
    let order: ProtocolOrder = protocols.parse().unwrap();
    let model = Model::named("three-phase-ct").unwrap();
    let places = (0..meters).map(|index| MeterSlot {
        meter: Meter::new(model.clone(), index.into(), BEGIN).unwrap(),
        address: Address::new(1, 17 + index).unwrap(),
        protocols: order.of(index.into()),
    });
    SimLine::of(places.collect(), Faults::new(FaultRule::default(), 1))
}

/// Frames of a client that connects, associates, reads the device name, is released and disconnects.
fn session() -> Vec<Vec<u8>> {
    let unhex = |text: &str| -> Vec<u8> {
        text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
    };
    let associate = unhex("e6e600601da109060760857405080101be10040e01000000065f1f0400007e1f0400");
    let get = unhex("e6e600c001c1000100002a0000ff0200");
    let release = unhex("e6e6006203800100");
    let sequence = |number| Sequence::new(number);
    let send = |number| Control::Information { send: sequence(number), receive: sequence(number), poll: true };
    let steps = [
        (Control::SetNormalResponseMode, Vec::new()),
        (send(0), associate),
        (send(1), get),
        (send(2), release),
        (Control::Disconnect, Vec::new()),
    ];
    let frame = |(control, information): &(Control, Vec<u8>)| {
        let (destination, source) = (Address::new(1, 17).unwrap().to_wire(), ClientAddress::PUBLIC.to_wire());
        Frame { destination, source, control: *control, segmented: false, information }.encode()
    };
    steps.iter().map(frame).collect()
}

fn talk(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sim line");
    for meters in [1u16, 32] {
        let (mut dlms, frames) = (line(meters, "dlms+iec62056-21"), session());
        group.bench_function(format!("whole DLMS session, {meters} on the line"), |bencher| {
            bencher.iter(|| {
                for frame in &frames {
                    assert!(!dlms.hear(black_box(frame), Duration::ZERO, BEGIN).is_empty());
                }
            });
        });
        let (mut dlt645, energy) = (line(meters, "dlt645"), Dlt645Request::Read("00010000".parse().unwrap()));
        let own: Dlt645Address = "000088000017".parse().unwrap();
        let frame = energy.frame(own).unwrap().encode(4).unwrap();
        group.bench_function(format!("DL/T 645 read, {meters} on the line"), |bencher| {
            bencher.iter(|| assert!(!dlt645.hear(black_box(&frame), Duration::ZERO, BEGIN).is_empty()));
        });
        let mut modbus = line(meters, "modbus");
        let frame = ModbusRequest::Read { table: Table::Input, first: 0, count: 80 }.encode(1).unwrap();
        group.bench_function(format!("Modbus read of 80 registers, {meters} on the line"), |bencher| {
            bencher.iter(|| assert!(!modbus.hear(black_box(&frame), Duration::ZERO, BEGIN).is_empty()));
        });
    }
    group.finish();
}

fn credit(key: &DecoderKey, tid: u32) -> Token {
    let content = TokenContent::Credit {
        commodity: Commodity::Electricity,
        rnd: RandomNumber::from_bits(5),
        tid: Tid::new(tid).unwrap(),
        amount: Amount::at_least(1).unwrap(),
    };
    key.make(&content, StaTables::iec_sample())
}

fn live(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sim meter");
    for model in Model::names() {
        let fresh = meter(model);
        let token = credit(&fresh.payment().register().key, 6_700_000).to_ascii();
        group.bench_function(format!("token judged, {model}"), |bencher| {
            bencher.iter_batched_ref(
                || fresh.clone(),
                |meter| {
                    meter.enter(black_box(&token)).unwrap();
                    meter.advance(meter.now() + Duration::from_secs(1));
                    assert_eq!(meter.last_entry().unwrap().result, TokenResult::Accept);
                },
                BatchSize::SmallInput,
            );
        });
    }
    let fresh = meter("single-phase-keypad");
    group.throughput(Throughput::Elements(1));
    group.bench_function("a day passes", |bencher| {
        bencher.iter_batched_ref(
            || fresh.clone(),
            |meter| meter.advance(BEGIN + time::Duration::days(1)),
            BatchSize::SmallInput,
        );
    });
    group.bench_function("a fresh meter with a week behind it", |bencher| {
        bencher.iter(|| meter(black_box("single-phase-keypad")));
    });
    let folder = tempfile::tempdir().unwrap();
    let file = MeterFile::open(folder.path(), "bench").unwrap();
    group.bench_function("kept on disk", |bencher| bencher.iter(|| file.save(black_box(&fresh)).unwrap()));
    group.finish();
}

criterion_group!(benches, talk, live);
criterion_main!(benches);
