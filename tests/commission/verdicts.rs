//! Every verdict of a head-end, once: a vend fail names its cause and what to do on site, and nothing is written.

use wattkey::commission::{CommissionOutcome, StepState};
use wattkey::error::Exit;
use wattkey::headend::{Handshake, MeterRecord, Verdict};
use wattkey::ledger::{Filter, Operation};
use wattkey::sts::{KeyRevisionNumber, MeterParameters};

use crate::bench::{Clerk, job, ledger, meter, plan, run};

const STEPS: &str = "steps = [\"identify\", \"vend-code\", \"key-register\", \"key-change\", \"power-limit\", \"report\"]\n\
                     optional = [\"key-register\"]\n[values]\npower_limit_w = 5000\n";

#[test]
fn each_verdict_is_told_and_only_a_yes_goes_on() {
    let plan = plan(STEPS);
    for verdict in Verdict::ALL {
        let (mut clerk, mut book, mut meter) = (Clerk::saying(*verdict), ledger(), meter(3));
        let report = run(&plan, &job(), &mut meter, &mut clerk, &mut book);
        let word = verdict.word();
        let rows = book.entries(&Filter::default()).unwrap();
        assert_eq!(book.verify(None).unwrap().open, 0, "{word}");
        assert_eq!(report.head_end.as_ref().unwrap().verdict, Some(word));
        if verdict.is_yes() {
            assert_eq!(report.outcome, CommissionOutcome::Commissioned, "{word}: {report:?}");
            assert!(rows.iter().any(|row| row.operation == Operation::SetLimit), "{word}");
            continue;
        }
        assert!(rows.iter().all(|row| row.operation == Operation::Commission), "{word}: {rows:?}");
        assert_ne!(report.exit(), Exit::Done, "{word}");
        let step = report.culprit().unwrap();
        let told = step.reason.clone().unwrap();
        if *verdict == Verdict::KeyChangeNeeded {
            // It goes on to the key change, of which this clerk has no tokens.
            assert_eq!((step.step.as_str(), step.state), ("key-change", StepState::Failed), "{report:?}");
            assert!(told.contains(Verdict::NoTokens.cause()), "{told}");
        } else {
            assert_eq!(step.step, "vend-code", "{word}");
            assert!(told.contains(verdict.cause()) && told.contains(verdict.act()), "{word}: {told}");
        }
        // The utility is told.
        assert_eq!(clerk.reports.len(), 1, "{word}");
        assert_eq!(clerk.reports[0].kind.word(), "commissioning-failed");
    }
}

#[test]
fn a_number_that_is_another_meters_is_a_suspected_clone() {
    let plan = plan(STEPS);
    let record = MeterRecord { serial: Some("1".into()), ..MeterRecord::of(MeterParameters::default()) };
    for verdict in [Verdict::RegisteredActive, Verdict::MeterMismatch] {
        let (mut book, mut meter) = (ledger(), meter(3));
        let mut clerk = Clerk { record: Some(record.clone()), ..Clerk::saying(verdict) };
        let report = run(&plan, &job(), &mut meter, &mut clerk, &mut book);
        assert_eq!((report.outcome, report.exit()), (CommissionOutcome::Stopped, Exit::Safety), "{report:?}");
        assert!(report.error.as_ref().unwrap().message.contains("suspected clone"), "{report:?}");
    }
    // Active under another code.
    let (mut book, mut meter) = (ledger(), meter(3));
    let active = MeterRecord { can_vend: Some(true), ..MeterRecord::of(MeterParameters::default()) };
    let mut clerk = Clerk { record: Some(active), ..Clerk::saying(Verdict::CodeMismatch) };
    let report = run(&plan, &job(), &mut meter, &mut clerk, &mut book);
    assert_eq!((report.outcome, report.exit()), (CommissionOutcome::Stopped, Exit::Safety), "{report:?}");
}

#[test]
fn each_refusal_of_tokens_is_told() {
    let plan = plan(STEPS);
    let parameters = MeterParameters { krn: KeyRevisionNumber::new(2).ok(), ..MeterParameters::default() };
    for verdict in Verdict::ALL {
        let (mut book, mut meter) = (ledger(), meter(3));
        let mut clerk = Clerk {
            record: Some(MeterRecord::of(parameters)),
            tokens: *verdict,
            ..Clerk::saying(Verdict::RegisteredActive)
        };
        let report = run(&plan, &job(), &mut meter, &mut clerk, &mut book);
        let step = report.culprit().unwrap();
        assert_eq!((step.step.as_str(), step.state), ("key-change", StepState::Failed), "{report:?}");
        let told = step.reason.clone().unwrap();
        assert!(told.contains(verdict.cause()) && told.contains(verdict.act()), "{told}");
        assert_eq!(report.exit(), Exit::AnswerNo);
    }
}

#[test]
fn a_plain_answer_has_no_record() {
    assert!(Handshake::plain(Verdict::Busy, "clerk", false).record.is_none());
}
