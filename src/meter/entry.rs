//! One token into one meter: journalled, sent once, its verdict awaited, and read back when the answer was lost.

use std::time::Duration;

use serde_json::json;
use time::OffsetDateTime;

use super::MeterError;
use super::driver::Meter;
use super::token::{Delivery, GatewayStatus, TokenReport};
use crate::ledger::{Act, Ending, Ledger, MeterRef, Operation};
use crate::sts::{Token, TokenResult};

/// Pause between two looks at a verdict that is not there yet.
const POLL_PAUSE: Duration = Duration::from_millis(500);
/// Longest wait for a verdict where the profile says nothing.
const PROCESSING: Duration = Duration::from_secs(20);
/// Associations tried for reading back after a lost answer.
const READ_BACK_TRIES: u32 = 3;
/// Silence before each of them, for the meter to give up the old association.
const READ_BACK_PAUSE: Duration = Duration::from_secs(2);

/// How the delivery of one token ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The meter took it.
    Accepted,
    /// The meter said no, or the token never reached it.
    Refused,
    /// It cannot be told.
    Unknown,
}

impl Verdict {
    /// The word of the entry document.
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Accepted => "accepted",
            Verdict::Refused => "refused",
            Verdict::Unknown => "unknown",
        }
    }
}

/// What became of one token.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The end of it.
    pub verdict: Verdict,
    /// The meter's result word, where it is known.
    pub result: Option<TokenResult>,
    /// Everything the meter told.
    pub report: TokenReport,
    /// Whether the answer was lost, so that the verdict comes from reading back.
    pub read_back: bool,
    /// In words, what stands behind the verdict when it is not the meter's plain answer.
    pub note: Option<String>,
}

/// What is entered, into which meter, and on whose behalf.
#[derive(Debug, Clone)]
pub struct Order<'a> {
    /// The token.
    pub token: Token,
    /// The meter as far as it is known.
    pub meter: &'a MeterRef,
    /// [`Operation::EnterToken`] or [`Operation::KeyChange`].
    pub operation: Operation,
    /// Job it belongs to.
    pub job: Option<&'a str>,
    /// What the meter told of the last token before this one, for comparing after a lost answer.
    pub before: &'a TokenReport,
}

/// Waits while the meter is at work on an earlier token, which it may yet take. Gives what it tells of that token
/// then, or `None` when it is not done after the longest time it may take. A meter that tells nothing counts as free.
///
/// # Errors
/// [`MeterError`] of the line.
pub fn await_quiet(meter: &mut dyn Meter) -> Result<Option<TokenReport>, MeterError> {
    let longest = processing_time(meter);
    let mut waited = Duration::ZERO;
    loop {
        match meter.token_report() {
            Ok(report) if report.is_final() => return Ok(Some(report)),
            Ok(_) if waited >= longest => return Ok(None),
            Ok(_) => {
                meter.pause(POLL_PAUSE)?;
                waited += POLL_PAUSE;
            }
            Err(MeterError::NotOffered(_) | MeterError::NotSupported(_) | MeterError::Refused { .. }) => {
                return Ok(Some(TokenReport::default()));
            }
            Err(error) => return Err(error),
        }
    }
}

/// Longest time the meter may be at work on one token.
fn processing_time(meter: &dyn Meter) -> Duration {
    meter.profile().token.processing_ms.map_or(PROCESSING, |ms| Duration::from_millis(u64::from(ms)))
}

/// Enters one token. It is in the ledger before it leaves, and its end after. A meter that is still at work on an
/// earlier token is waited for; when that does not end, nothing is sent and the result is `not-ready`.
///
/// # Errors
/// [`MeterError`], only when the token surely never left; what is in doubt is [`Verdict::Unknown`].
pub fn deliver(
    meter: &mut dyn Meter,
    ledger: &mut Ledger,
    order: &Order<'_>,
    wall_clock: &dyn Fn() -> OffsetDateTime,
) -> Result<Step, MeterError> {
    let quiet;
    let order = if order.before.is_final() {
        order
    } else {
        let Some(report) = await_quiet(meter)? else { return Ok(not_ready(order.before.clone())) };
        quiet = report;
        &Order { before: &quiet, ..order.clone() }
    };
    let digits = order.token.to_string();
    let act = Act {
        meter: order.meter,
        operation: order.operation,
        token: Some(&digits),
        job: order.job,
        // As a mark, like every token: a later run sees by it that the meter got none since.
        detail: json!({
            "link": meter.link_name(),
            "last_token": order.before.token.as_ref().map(|before| ledger.mark(before).hash),
        }),
    };
    let intent = ledger.intend(&act, wall_clock())?;
    let step = match meter.enter_token(&digits) {
        Ok(Delivery::Taken) => settle(meter, order, &digits, false),
        Ok(Delivery::Refused(reason)) => refused_call(meter, order, &digits, reason),
        Ok(Delivery::Lost(error)) => read_back(meter, order, &digits, &error),
        Err(error) => {
            let detail = json!({"error": error.to_string()});
            ledger.conclude(intent, Ending::Failed, detail, wall_clock())?;
            return Err(error);
        }
    };
    let ending = match step.verdict {
        Verdict::Accepted => Ending::Accepted,
        Verdict::Refused => Ending::Refused,
        Verdict::Unknown => Ending::Unknown,
    };
    let detail = json!({
        "result": step.result.map(TokenResult::word),
        "status": step.report.status,
        "read_back": step.read_back,
        "note": step.note,
    });
    ledger.conclude(intent, ending, detail, wall_clock())?;
    Ok(step)
}

/// The meter took the call: waits for its verdict.
fn settle(meter: &mut dyn Meter, order: &Order<'_>, digits: &str, lost: bool) -> Step {
    let wait = processing_time(meter);
    let mut waited = Duration::ZERO;
    loop {
        match meter.token_report() {
            Ok(report) if !report.is_final() && waited < wait => match meter.pause(POLL_PAUSE) {
                Ok(()) => waited += POLL_PAUSE,
                Err(error) => {
                    return unknown(report, lost, format!("the wait for the verdict was broken off: {error}"));
                }
            },
            Ok(report) => return judge(order, digits, report, lost),
            Err(error) if !lost => return read_back(meter, order, digits, &error),
            Err(error) => return unknown(TokenReport::default(), lost, error.to_string()),
        }
    }
}

/// The answer was lost: opens new associations, which never carry the token, and looks at what the meter holds.
fn read_back(meter: &mut dyn Meter, order: &Order<'_>, digits: &str, error: &MeterError) -> Step {
    let mut last = error.to_string();
    for _ in 0..READ_BACK_TRIES {
        meter.close();
        if meter.pause(READ_BACK_PAUSE).is_err() {
            break;
        }
        let step = settle(meter, order, digits, true);
        let answered = step.report != TokenReport::default() || step.verdict != Verdict::Unknown;
        if answered {
            return step;
        }
        last = step.note.unwrap_or(last);
    }
    unknown(TokenReport::default(), true, format!("the answer was lost and the meter cannot be read: {last}"))
}

/// The meter refused the call itself. Most often it is busy or the client may not; the report may say more.
fn refused_call(meter: &mut dyn Meter, order: &Order<'_>, digits: &str, reason: String) -> Step {
    let report = meter.token_report().unwrap_or_default();
    let fresh = is_news(order.before, &report, digits);
    let busy = report.status == Some(GatewayStatus::Pending);
    let told = report.result.filter(|result| fresh && !result.is_taken());
    let result = if busy { Some(TokenResult::NotReady) } else { told };
    let note = Some(format!("the meter refused the call: {reason}"));
    Step { verdict: Verdict::Refused, result, report, read_back: false, note }
}

/// The meter does not get done with an earlier token.
fn not_ready(report: TokenReport) -> Step {
    let note = Some("the meter is still at work on an earlier token: nothing was sent".to_owned());
    Step { verdict: Verdict::Refused, result: Some(TokenResult::NotReady), report, read_back: false, note }
}

fn judge(order: &Order<'_>, digits: &str, report: TokenReport, lost: bool) -> Step {
    if report.status == Some(GatewayStatus::Pending) {
        return unknown(report, lost, "the meter has not decided in time".to_owned());
    }
    if lost && !is_news(order.before, &report, digits) {
        let same_token = report.token.as_deref() == Some(digits);
        return if same_token {
            let note = "the meter already held this token before, and nothing shows whether it came again";
            unknown(report, lost, note.to_owned())
        } else if report.token.is_some() || order.before.token.is_some() || report.status.is_some() {
            let note = Some("the meter still holds what it held before: the token never reached it".to_owned());
            Step { verdict: Verdict::Refused, result: None, report, read_back: true, note }
        } else {
            unknown(report, lost, "the meter does not tell which token it got last".to_owned())
        };
    }
    let verdict = match report.verdict() {
        Some(true) => Verdict::Accepted,
        // Some meters say "validation failed" while they wait for the next section of a set; the word decides there.
        Some(false) => Verdict::Refused,
        None => return unknown(report, lost, "the meter gave no verdict".to_owned()),
    };
    Step { verdict, result: report.result, report, read_back: lost, note: None }
}

/// Whether the meter's report is about this delivery, not one before it.
fn is_news(before: &TokenReport, after: &TokenReport, digits: &str) -> bool {
    after.token.as_deref() == Some(digits)
        && (before.token.as_deref() != Some(digits) || before.at != after.at || before.status != after.status)
}

fn unknown(report: TokenReport, read_back: bool, note: String) -> Step {
    Step { verdict: Verdict::Unknown, result: None, report, read_back, note: Some(note) }
}
