//! Work orders by the hundred thousand. Figures are in docs/performance.md.
//!
//!     cargo bench --bench orders              # load, take, sync and report on SQLite
//!     WATTKEY_TEST_POSTGRES=postgres://USER@HOST:PORT cargo bench --bench orders -- 1000000
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

#[allow(dead_code)]
#[path = "../tests/orders/bench.rs"]
mod bench;

use std::fmt::Write;
use std::time::{Duration, Instant};

use wattkey::orders::report::{OrdersReport, write_page};

use bench::{Bench, drn, urls};

/// Events of one push.
const EVENTS: u32 = 10_000;

fn main() {
    let count = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(10_000u32);
    for url in urls() {
        measure(&url, count);
    }
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let result = work();
    println!("  {what:<44} {:>9.3} s", begun.elapsed().as_secs_f64());
    result
}

fn measure(url: &str, count: u32) {
    let bench = Bench::new(url);
    println!("{count} orders on {}", bench.url.split(':').next().unwrap());
    let mut list = "id,drn,serial,area,priority,site\n".to_owned();
    for number in 0..count {
        let area = number % 40;
        writeln!(list, "{number},{},{number:08},area-{area},{},Street {number}", drn(number), number % 10).unwrap();
    }
    timed("load", || bench.load("big", &list).unwrap());
    println!("  most memory so far, the list of {} MB included {:>6} MB", list.len() / 1_000_000, most_memory());
    timed("load again", || bench.load("big", &list).unwrap());
    drop(list);
    let laptop = bench.laptop("north", &[]);
    let of_area = bench.laptop("south", &["area-7"]);
    // Of 10,000 orders each of the forty areas has 250.
    for (name, laptop) in [("take 50, any area", &laptop), ("take 50, one area", &of_area)] {
        let mut times: Vec<Duration> = (0..5)
            .map(|_| {
                let begun = Instant::now();
                assert_eq!(bench.take(laptop, 50, 3600).unwrap().orders.len(), 50);
                begun.elapsed()
            })
            .collect();
        times.sort();
        println!("  {name:<44} {:>9.3} s, median of 5", times[2].as_secs_f64());
    }
    // Two rows a job.
    for (number, (id, order)) in
        laptop.device.known().unwrap().orders.iter().cycle().take(EVENTS as usize / 2).enumerate()
    {
        if number < 250 { laptop.done(id, order.version) } else { laptop.done(&format!("elsewhere/{number}"), 1) }
    }
    let sent = timed("sync of 10,000 events", || bench.sync(&laptop).unwrap());
    assert_eq!((sent.sent, sent.results), (u64::from(EVENTS), u64::from(EVENTS) / 2));
    let nothing = timed("sync again", || bench.sync(&laptop).unwrap());
    assert_eq!(nothing.sent, 0);
    let report = timed("report", || OrdersReport::read(&mut bench.store(), None).unwrap());
    let mut page = Vec::new();
    timed("its page", || write_page(&report, &mut page).unwrap());
    let found = timed("verify", || wattkey::orders::verify::verify(&mut bench.store()).unwrap());
    assert_eq!(found.broken, 0);
}

/// Most memory this process ever held, in MB; 0 where the system does not tell.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) / 1000
}
