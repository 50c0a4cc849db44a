//! Another meter in mid-job, and meters that can do little.

use std::time::Duration;

use serde_json::json;
use wattkey::commission::{CommissionOutcome, NonInteractive, StepState};
use wattkey::error::{Code, Exit};
use wattkey::headend::Verdict;
use wattkey::ledger::{Act, Filter, Operation, Outcome};
use wattkey::meter::driver::{ClockReading, RelayAction, Traffic};
use wattkey::meter::profile::Profile;
use wattkey::meter::status::{Limits, RelayState, StsState};
use wattkey::meter::{Answer, Delivery, Identity, Item, Meter, MeterError, MeterTime, Reading, Status, TokenReport};
use wattkey::sts::Token;

use crate::bench::{Clerk, credit, job, ledger, meter, now, plan, run, run_with};

/// A meter whose head is moved to the neighbour's after so many looks at who it is.
#[derive(Debug)]
struct Moved<M: Meter> {
    meter: M,
    looks: u32,
    written: Vec<&'static str>,
}

impl<M: Meter> Moved<M> {
    fn after(meter: M, looks: u32) -> Self {
        Moved { meter, looks, written: Vec::new() }
    }
}

impl<M: Meter> Meter for Moved<M> {
    fn profile(&self) -> &Profile {
        self.meter.profile()
    }
    fn link_name(&self) -> String {
        self.meter.link_name()
    }
    fn identify(&mut self) -> Result<Identity, MeterError> {
        self.meter.identify()
    }
    fn identify_anew(&mut self) -> Result<Identity, MeterError> {
        let identity = self.meter.identify_anew()?;
        match self.looks.checked_sub(1) {
            Some(left) => {
                self.looks = left;
                Ok(identity)
            }
            None => Ok(Identity { serial: Some("99999999".into()), ..identity }),
        }
    }
    fn status(&mut self) -> Result<Status, MeterError> {
        self.meter.status()
    }
    fn read(&mut self, items: &[Item]) -> Result<Vec<Reading>, MeterError> {
        self.meter.read(items)
    }
    fn write(&mut self, item: &Item, value: &str) -> Result<Answer, MeterError> {
        self.written.push("write");
        self.meter.write(item, value)
    }
    fn clock(&mut self) -> Result<ClockReading, MeterError> {
        // Late, so that there is something to write.
        let reading = self.meter.clock()?;
        Ok(ClockReading { ours: reading.ours + time::Duration::minutes(3), ..reading })
    }
    fn set_clock(&mut self, offset: Option<time::UtcOffset>) -> Result<(Answer, MeterTime), MeterError> {
        self.written.push("clock");
        self.meter.set_clock(offset)
    }
    fn relay(&mut self) -> Result<RelayState, MeterError> {
        self.meter.relay()
    }
    fn switch_relay(&mut self, action: RelayAction) -> Result<Answer, MeterError> {
        self.written.push("relay");
        self.meter.switch_relay(action)
    }
    fn limits(&mut self) -> Result<Limits, MeterError> {
        self.meter.limits()
    }
    fn set_power_limit(&mut self, watts: Option<f64>) -> Result<Answer, MeterError> {
        self.written.push("limit");
        self.meter.set_power_limit(watts)
    }
    fn sts(&mut self) -> Result<StsState, MeterError> {
        self.meter.sts()
    }
    fn enter_token(&mut self, token: Token) -> Result<Delivery, MeterError> {
        self.written.push("token");
        self.meter.enter_token(token)
    }
    fn token_report(&mut self) -> Result<TokenReport, MeterError> {
        self.meter.token_report()
    }
    fn close(&mut self) {
        self.meter.close();
    }
    fn pause(&mut self, duration: Duration) -> Result<(), MeterError> {
        self.meter.pause(duration)
    }
    fn traffic(&self) -> Traffic {
        self.meter.traffic()
    }
}

/// Five writes: limit, relay twice, credit token. Before each the meter is asked who it is.
#[test]
fn another_meter_in_mid_job_gets_nothing() {
    let plan = plan(
        "steps = [\"identify\", \"power-limit\", \"relay-test\", \"first-credit\"]\n[values]\npower_limit_w = 5000\n",
    );
    let writes = ["limit", "relay", "relay", "token"];
    for looks in 0..writes.len() {
        let (mut book, mut clerk) = (ledger(), Clerk::saying(Verdict::RegisteredActive));
        let mut meter = Moved::after(meter(3), looks as u32);
        let mut job = job();
        job.credit_token = Some("51043465443420856213".parse().unwrap());
        let report = run(&plan, &job, &mut meter, &mut clerk, &mut book);
        assert_eq!(meter.written, writes[..looks], "after {looks} looks");
        assert_eq!((report.outcome, report.exit()), (CommissionOutcome::Stopped, Exit::Safety), "{report:?}");
        assert_eq!(report.error.as_ref().unwrap().code, Code::WrongMeter);
        assert_eq!(book.verify(None).unwrap().open, 0, "what was intended is concluded");
        let last = book.entries(&Filter::default()).unwrap();
        assert!(last.iter().any(|row| row.operation != Operation::Commission && row.outcome == Some(Outcome::Failed)));
    }
}

#[test]
fn the_key_change_engine_is_guarded_as_well() {
    let plan = plan("steps = [\"identify\", \"clock\"]\n");
    let (mut book, mut clerk) = (ledger(), Clerk::saying(Verdict::RegisteredActive));
    let mut meter = Moved::after(meter(3), 0);
    let report = run(&plan, &job(), &mut meter, &mut clerk, &mut book);
    assert_eq!(report.error.as_ref().map(|fault| fault.code), Some(Code::WrongMeter), "{report:?}");
    assert!(meter.written.is_empty());
}

/// A meter that tells who it is and nothing else.
#[derive(Debug)]
struct Plain {
    profile: Profile,
}

impl Meter for Plain {
    fn profile(&self) -> &Profile {
        &self.profile
    }
    fn link_name(&self) -> String {
        "plain".into()
    }
    fn identify(&mut self) -> Result<Identity, MeterError> {
        Ok(Identity { serial: Some("4711".into()), ..Identity::default() })
    }
    fn status(&mut self) -> Result<Status, MeterError> {
        Ok(Status { meter: self.identify()?, ..Status::default() })
    }
    fn read(&mut self, _items: &[Item]) -> Result<Vec<Reading>, MeterError> {
        Err(MeterError::NotOffered("object".into()))
    }
    fn write(&mut self, _item: &Item, _value: &str) -> Result<Answer, MeterError> {
        Err(MeterError::NotOffered("object".into()))
    }
    fn close(&mut self) {}
    fn pause(&mut self, _duration: Duration) -> Result<(), MeterError> {
        Ok(())
    }
    fn traffic(&self) -> Traffic {
        Traffic::default()
    }
}

#[test]
fn what_a_meter_cannot_do_is_said_and_not_invented() {
    let steps =
        "\"certificate\", \"firmware\", \"clock\", \"key-register\", \"power-limit\", \"relay-test\", \"first-credit\"";
    let lenient = plan(&format!(
        "steps = [\"identify\", {steps}, \"clear-tamper\"]\noptional = [{steps}]\n[values]\npower_limit_w = 5000\nkrn = 2\n"
    ));
    let profile = wattkey::meter::profile::Library::default().find("generic-dlms").unwrap();
    let (mut book, mut clerk) = (ledger(), Clerk::saying(Verdict::RegisteredActive));
    let mut meter = Plain { profile };
    let report = run(&lenient, &job(), &mut meter, &mut clerk, &mut book);
    assert_eq!(report.outcome, CommissionOutcome::Commissioned, "{report:?}");
    for step in report.steps.iter().skip(1) {
        assert_eq!(step.state, StepState::Skipped, "{step:?}");
        assert!(step.reason.as_ref().is_some_and(|reason| !reason.is_empty()), "{step:?}");
    }
    let strict = plan("steps = [\"identify\", \"clock\"]\n");
    let report = run(&strict, &job(), &mut meter, &mut clerk, &mut book);
    assert_eq!((report.outcome, report.exit()), (CommissionOutcome::Failed, Exit::AnswerNo), "{report:?}");
}

#[test]
fn without_an_answer_the_job_stops_and_names_the_question() {
    let plan = plan("steps = [\"identify\", \"sealed\"]\n[[questions]]\nid = \"sealed\"\nask = \"Sealed?\"\n");
    let (mut book, mut clerk, mut meter) = (ledger(), Clerk::saying(Verdict::RegisteredActive), meter(3));
    let mut nobody = NonInteractive { confirmed: true };
    let report = run_with(&plan, &job(), &mut meter, &mut clerk, &mut book, &mut nobody);
    assert_eq!(report.error.as_ref().unwrap().code, Code::MissingAnswer);
    assert!(report.error.unwrap().message.contains("answer.sealed"));
    let report = run_with(&plan, &job(), &mut meter, &mut clerk, &mut book, &mut NonInteractive::default());
    assert_eq!((report.error.unwrap().code, report.outcome), (Code::NotConfirmed, CommissionOutcome::Stopped));
    // Asked once: the answer of the first run is in the ledger.
    let mut answered = job();
    answered.answers.insert("sealed".into(), "yes".into());
    let report = run(&plan, &answered, &mut meter, &mut clerk, &mut book);
    assert_eq!(report.outcome, CommissionOutcome::Commissioned, "{report:?}");
    let report = run(&plan, &job(), &mut meter, &mut clerk, &mut book);
    assert_eq!(report.steps[1].state, StepState::Already, "{report:?}");
}

#[test]
fn a_head_end_that_makes_tokens_is_asked_for_one_first_credit_only() {
    let plan = plan("steps = [\"identify\", \"first-credit\"]\n");
    let (mut book, mut meter) = (ledger(), meter(3));
    let mut clerk = Clerk { credit: Some(credit(&mut meter, 1)), ..Clerk::saying(Verdict::RegisteredActive) };
    let report = run(&plan, &job(), &mut meter, &mut clerk, &mut book);
    assert_eq!(report.steps[1].state, StepState::Done, "{report:?}");
    clerk.credit = Some(credit(&mut meter, 2));
    let report = run(&plan, &job(), &mut meter, &mut clerk, &mut book);
    assert_eq!(report.steps[1].state, StepState::Already, "{report:?}");
    assert_eq!(clerk.asked, ["first-credit"]);
    // Cut short before the step was concluded: by its token's own row. The head-end is not asked again.
    let mut other = job();
    other.id = "j2".into();
    let reference = report.meter.clone();
    let act = |operation, token, detail| Act { meter: &reference, operation, token, job: Some("j2"), detail };
    book.intend(&act(Operation::Commission, None, json!({"step": "first-credit"})), now()).unwrap();
    let second = clerk.credit.unwrap();
    book.intend(&act(Operation::EnterToken, Some(second), json!({})), now()).unwrap();
    let report = run(&plan, &other, &mut meter, &mut clerk, &mut book);
    assert_eq!((report.outcome, report.exit()), (CommissionOutcome::Unknown, Exit::Safety), "{report:?}");
    // The meter shows that it took it.
    meter.enter_token(second).unwrap();
    let report = run(&plan, &other, &mut meter, &mut clerk, &mut book);
    assert_eq!(report.steps[1].state, StepState::Already, "{report:?}");
    assert_eq!(clerk.asked, ["first-credit"]);
    assert_eq!(book.verify(None).unwrap().open, 0);
}
