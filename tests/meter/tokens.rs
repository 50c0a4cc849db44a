//! A token goes out once, whatever becomes of the reply.

use std::time::Duration;

use time::OffsetDateTime;
use wattkey::change::{ChangeContext, TokenEvidence, enter_token};
use wattkey::ledger::{Author, Filter, Ledger, Operation, Outcome};
use wattkey::link::Interrupt;
use wattkey::link::fault::{FaultyLink, RequestFaults};
use wattkey::link::memory::LineFaults;
use wattkey::meter::MeterRef;
use wattkey::sts::Token;

use crate::bench::{START, driver, line};

fn ledger() -> Ledger {
    Ledger::in_memory(Author { operator: "o".into(), host: "h".into(), tool: "t".into() }).unwrap()
}

fn now() -> OffsetDateTime {
    START
}

fn context(ledger: &mut Ledger) -> ChangeContext<'_> {
    ChangeContext {
        ledger,
        meter: MeterRef { serial: Some("23456789".into()), drn: None },
        job: None,
        now: &now,
        interrupt: Interrupt::new(),
        read_back_limit: Duration::from_secs(8),
    }
}

/// A test token every STS meter takes: it shows all there is to show.
pub fn display_test() -> Token {
    "56493153725450313471".parse().unwrap()
}

#[test]
fn a_token_is_recorded_delivered_and_concluded() {
    let mut meter = driver(Box::new(line(&["1/17"], LineFaults::default())), "1/17");
    let mut ledger = ledger();
    let mut context = context(&mut ledger);
    let step =
        enter_token(&mut meter, &mut context, Operation::EnterToken, display_test(), &TokenEvidence::NONE).unwrap();
    assert_ne!(step.outcome, Outcome::Unknown, "{step:?}");
    let rows = ledger.entries(&Filter::default()).unwrap();
    assert_eq!(rows.len(), 2);
    assert!(matches!(rows[1].outcome, Some(Outcome::Accepted | Outcome::Refused)));
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
        let mut context = context(&mut ledger);
        let result = enter_token(&mut meter, &mut context, Operation::EnterToken, display_test(), &TokenEvidence::NONE);
        let rows = ledger.entries(&Filter::default()).unwrap();
        match result {
            Ok(step) => {
                assert_eq!((rows.len(), rows[1].outcome), (2, Some(step.outcome)), "request {request}: {step:?}")
            }
            Err(_) => assert!(rows.is_empty(), "request {request}: nothing was sent, and nothing is recorded"),
        }
    }
}
