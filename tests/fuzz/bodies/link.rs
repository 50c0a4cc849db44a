//! Bodies of the fuzz targets of links.

use std::time::Duration;

use wattkey::link::address::LinkAddress;
use wattkey::link::rfc2217::telnet::{Event, Parser, escape};
use wattkey::link::trace::{self, ReplayLink};
use wattkey::link::{Interrupt, Link};

/// A trace file: what reads is written and read again as it was, and its replay comes to an end.
pub fn trace_file(data: &[u8]) {
    let Ok((header, records)) = trace::read(data) else { return };
    let mut text = header.to_json().unwrap_or_default();
    for record in &records {
        text.push('\n');
        text.push_str(&record.to_json().unwrap_or_default());
    }
    let again = trace::read(text.as_bytes());
    let lines = |records: &[trace::Record]| {
        records.iter().map(|record| trace::Record { line: 0, ..record.clone() }).collect::<Vec<_>>()
    };
    assert_eq!(again.map(|(_, again)| lines(&again)), Ok(lines(&records)));
    let octets: usize = records.iter().map(|record| record.bytes.len()).sum();
    let mut replay = ReplayLink::new(header, records, "replay:fuzz".to_owned(), Interrupt::new());
    let mut heard = 0usize;
    for _ in 0..octets.saturating_add(64) {
        let until = replay.now().saturating_add(Duration::from_secs(1));
        match replay.receive(&mut [0; 32], until) {
            Ok(count) => heard = heard.saturating_add(count),
            Err(_) if replay.send(&[0x7E]).is_err() => break,
            Err(_) => {}
        }
    }
    assert!(heard <= octets);
}

/// What a telnet server sends: no more data comes out than went in, and data that is escaped comes back.
pub fn telnet(data: &[u8]) {
    let count = |bytes: &[u8]| {
        let mut parser = Parser::default();
        bytes.iter().filter(|byte| matches!(parser.feed(**byte), Some(Event::Data(_)))).count()
    };
    assert!(count(data) <= data.len());
    assert_eq!(count(&escape(data)), data.len());
}

/// A link as a user writes it: what reads is written so that it reads the same.
pub fn link_address(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(address) = text.parse::<LinkAddress>() {
        assert_eq!(address.to_string().parse::<LinkAddress>().as_ref(), Ok(&address));
    }
}
