//! A token goes out once, whatever becomes of the answer.

use time::OffsetDateTime;
use wattkey::ledger::{Author, Ending, Filter, Ledger, MeterRef, Operation};
use wattkey::link::fault::{FaultyLink, RequestFaults};
use wattkey::link::memory::LineFaults;
use wattkey::meter::entry::{Order, Verdict, deliver};
use wattkey::meter::{Meter, TokenReport};
use wattkey::sts::Token;

use crate::bench::{START, driver, line};

fn ledger() -> Ledger {
    Ledger::in_memory(Author { operator: "o".into(), host: "h".into(), tool: "t".into() }).unwrap()
}

fn now() -> OffsetDateTime {
    START
}

/// A test token every STS meter takes: it shows all there is to show.
fn display_test() -> Token {
    "56493153725450313471".parse().unwrap()
}

#[test]
fn a_token_is_journalled_delivered_and_concluded() {
    let mut meter = driver(Box::new(line(&["1/17"], LineFaults::default())), "1/17");
    let mut ledger = ledger();
    let reference = MeterRef { serial: Some("23456789".into()), drn: None };
    let before = meter.token_report().unwrap_or_default();
    let order = Order {
        token: display_test(),
        meter: &reference,
        operation: Operation::EnterToken,
        job: None,
        before: &before,
    };
    let step = deliver(&mut meter, &mut ledger, &order, &now).unwrap();
    assert_ne!(step.verdict, Verdict::Unknown, "{step:?}");
    let rows = ledger.entries(&Filter::default()).unwrap();
    assert_eq!(rows.len(), 2);
    assert!(matches!(rows[1].ending, Some(Ending::Accepted | Ending::Refused)));
}

/// The line is cut before any one request. Whatever the request, the ledger never says more than is known, and the
/// token never goes out a second time.
#[test]
fn a_cut_line_never_leads_to_a_second_delivery() {
    for request in 1..40 {
        let faults = RequestFaults { cut_before: Some(request), ..RequestFaults::default() };
        let link = FaultyLink::new(line(&["1/17"], LineFaults::default()), faults, 1);
        let mut meter = driver(Box::new(link), "1/17");
        let mut ledger = ledger();
        let reference = MeterRef { serial: Some("23456789".into()), drn: None };
        let before = TokenReport::default();
        let order = Order {
            token: display_test(),
            meter: &reference,
            operation: Operation::EnterToken,
            job: None,
            before: &before,
        };
        let result = deliver(&mut meter, &mut ledger, &order, &now);
        let rows = ledger.entries(&Filter::default()).unwrap();
        assert_eq!(rows.len(), 2, "request {request}");
        match result {
            Ok(step) => assert_ne!(rows[1].ending, Some(Ending::Failed), "request {request}: {step:?}"),
            Err(_) => assert_eq!(rows[1].ending, Some(Ending::Failed), "request {request}"),
        }
    }
}
