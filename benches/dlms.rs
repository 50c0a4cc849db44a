//! Speed of the HDLC reader: `cargo bench --bench dlms`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wattkey::protocol::hdlc::{Address, ClientAddress, Control, Frame, FrameReader, Sequence};

/// I frames of 112 octets from flag to flag, one after the other.
fn frames(count: usize) -> Vec<u8> {
    let Ok(server) = "1/17".parse::<Address>() else { return Vec::new() };
    let control = Control::Information { send: Sequence::new(0), receive: Sequence::new(0), poll: true };
    let frame = Frame {
        destination: ClientAddress::PUBLIC.to_wire(),
        source: server.to_wire(),
        control,
        segmented: false,
        information: &[0x5A; 100],
    };
    frame.encode().repeat(count)
}

fn read(criterion: &mut Criterion) {
    const COUNT: usize = 1000;
    let line = frames(COUNT);
    assert_eq!(line.len(), 112 * COUNT, "the frame has the size the figure is told for");
    let mut group = criterion.benchmark_group("hdlc");
    group.throughput(Throughput::Elements(COUNT as u64));
    group.bench_function("read I frames of 112 octets", |bencher| {
        bencher.iter(|| {
            let mut reader = FrameReader::new();
            let mut octets = 0usize;
            for chunk in line.chunks(4096) {
                reader.push(black_box(chunk));
                while let Some(frame) = reader.next_frame() {
                    octets += frame.information.len();
                }
            }
            octets
        });
    });
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
