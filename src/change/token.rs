//! One token into one meter: recorded, sent once, its result awaited, and read back when the reply was lost.

use std::time::Duration;

use serde_json::json;

use super::ChangeError;
use super::context::ChangeContext;
use super::transaction::{READ_BACK, read_back};
use crate::ledger::{Entry, EntryKind, IntentId, LedgerError, Operation, Outcome};
use crate::meter::status::Status;
use crate::meter::{Delivery, GatewayStatus, Meter, MeterError, TokenReport};
use crate::sts::{Tid, Token, TokenResult};

/// Pause between two looks at a result that is not there yet.
const POLL_PAUSE: Duration = Duration::from_millis(500);
/// Longest wait for a result where the profile says nothing.
const PROCESSING: Duration = Duration::from_secs(20);

/// What became of one token.
#[derive(Debug)]
pub struct TokenStep {
    /// How it ended. [`Outcome::Failed`] means that it never reached the meter.
    pub outcome: Outcome,
    /// The meter's result word, where it is known.
    pub result: Option<TokenResult>,
    /// Everything the meter reported.
    pub report: TokenReport,
    /// Whether the reply was lost, so that the outcome was read back.
    pub read_back: bool,
    /// In words, what stands behind the outcome when it is not the meter's plain answer.
    pub note: Option<String>,
    /// Whether an earlier run sent it, and nothing was sent now.
    pub earlier_run: bool,
    /// Why the token did not reach the meter, or why its outcome is not known.
    pub error: Option<MeterError>,
    /// Why the outcome could not be recorded; its intent then stays open.
    pub unrecorded: Option<LedgerError>,
}

impl TokenStep {
    fn new(outcome: Outcome, report: TokenReport) -> Self {
        TokenStep {
            outcome,
            result: None,
            report,
            read_back: false,
            note: None,
            earlier_run: false,
            error: None,
            unrecorded: None,
        }
    }

    fn unknown(report: TokenReport, read_back: bool, note: impl Into<String>) -> Self {
        TokenStep { read_back, note: Some(note.into()), ..TokenStep::new(Outcome::Unknown, report) }
    }
}

/// How the meter shows that it has a token, besides its report of the last one.
pub struct TokenEvidence<'e> {
    /// The token's identifier, where a key at hand reads it.
    pub tid: Option<Tid>,
    /// Whether a status shows the token's effect, where one can tell.
    pub shows: &'e dyn Fn(&Status) -> Option<bool>,
}

impl TokenEvidence<'_> {
    /// Nothing is known but the token's digits.
    pub const NONE: TokenEvidence<'static> = TokenEvidence { tid: None, shows: &|_| None };
}

impl std::fmt::Debug for TokenEvidence<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("TokenEvidence").field("tid", &self.tid).finish_non_exhaustive()
    }
}

/// Waits while the meter is at work on an earlier token, which it may yet take. Gives what it reports of that token
/// then, or `None` when it is not done after the longest time it may take. A meter that reports nothing counts as idle.
///
/// # Errors
/// [`MeterError`] of the line.
pub fn await_idle(meter: &mut dyn Meter) -> Result<Option<TokenReport>, MeterError> {
    let longest = processing_time(meter);
    let mut waited = Duration::ZERO;
    loop {
        match meter.token_report() {
            Ok(report) if report.is_final() => return Ok(Some(report)),
            Ok(_) if waited >= longest => return Ok(None),
            Ok(_) => {
                meter.pause(POLL_PAUSE)?;
                waited = waited.saturating_add(POLL_PAUSE);
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

/// Enters a token unless the meter has it from an earlier run whose outcome nobody saw: then the meter is read, and the
/// outcome recorded.
///
/// # Errors
/// [`ChangeError`], only when nothing was sent.
pub fn enter_token(
    meter: &mut dyn Meter,
    context: &mut ChangeContext<'_>,
    operation: Operation,
    token: Token,
    evidence: &TokenEvidence<'_>,
) -> Result<TokenStep, ChangeError> {
    let before = match await_idle(meter)? {
        Some(report) => report,
        None => return Ok(still_busy(meter.token_report().unwrap_or_default())),
    };
    if let Some(step) = settle_earlier_run(meter, context, token, &before, evidence)? {
        return Ok(step);
    }
    deliver(meter, context, operation, token, &before)
}

/// Sends a token, once, to a meter that reported `before` of the one before it.
///
/// # Errors
/// [`ChangeError`], only when nothing was sent.
pub(super) fn deliver(
    meter: &mut dyn Meter,
    context: &mut ChangeContext<'_>,
    operation: Operation,
    token: Token,
    before: &TokenReport,
) -> Result<TokenStep, ChangeError> {
    // As a mark, like every token: a later run sees by it that the meter got none since.
    let last_token = before.token.map(|before| context.ledger.mark_token(before).hash);
    let detail = json!({"link": meter.link_name(), "last_token": last_token});
    let intent = context.intend(operation, Some(token), detail)?;
    let protection = context.interrupt.protect(None);
    let mut step = match meter.enter_token(token) {
        Ok(Delivery::Taken) => await_result(meter, context, before, token, false),
        Ok(Delivery::Refused(reason)) => refused_call(meter, before, token, &reason),
        Ok(Delivery::Lost(error)) => after_loss(meter, context, before, token, error),
        Err(error) => {
            let note = Some(error.to_string());
            TokenStep { error: Some(error), note, ..TokenStep::new(Outcome::Failed, TokenReport::default()) }
        }
    };
    drop(protection);
    let detail = json!({
        "result": step.result.map(TokenResult::word),
        "status": step.report.status,
        "read_back": step.read_back,
        "note": step.note,
    });
    step.unrecorded = context.conclude(intent, step.outcome, detail);
    Ok(step)
}

/// The meter took the call: waits for its result.
fn await_result(
    meter: &mut dyn Meter,
    context: &ChangeContext<'_>,
    before: &TokenReport,
    token: Token,
    lost: bool,
) -> TokenStep {
    let longest = processing_time(meter);
    let mut waited = Duration::ZERO;
    loop {
        match meter.token_report() {
            Ok(report) if !report.is_final() && waited < longest && !gives_up(context, waited) => {
                match meter.pause(POLL_PAUSE) {
                    Ok(()) => waited = waited.saturating_add(POLL_PAUSE),
                    Err(error) => {
                        let note = format!("the wait for the result was stopped: {error}");
                        return TokenStep { error: Some(error), ..TokenStep::unknown(report, lost, note) };
                    }
                }
            }
            Ok(report) => return judge(before, token, report, lost),
            Err(error) if !lost => return after_loss(meter, context, before, token, error),
            Err(error) => {
                let note = error.to_string();
                return TokenStep { error: Some(error), ..TokenStep::unknown(TokenReport::default(), lost, note) };
            }
        }
    }
}

/// A user who wants to stop waits for the result no longer than reading back may take.
fn gives_up(context: &ChangeContext<'_>, waited: Duration) -> bool {
    context.interrupt.wishes() > 0 && waited >= context.read_back_limit
}

/// The reply was lost: opens new associations, which never carry the token, and looks at what the meter holds.
fn after_loss(
    meter: &mut dyn Meter,
    context: &ChangeContext<'_>,
    before: &TokenReport,
    token: Token,
    error: MeterError,
) -> TokenStep {
    match read_back(meter, context, |meter| meter.token_report()) {
        Ok(report) if !report.is_final() => await_result(meter, context, before, token, true),
        Ok(report) => {
            let step = judge(before, token, report, true);
            let needs_error = matches!(step.outcome, Outcome::Failed | Outcome::Unknown);
            TokenStep { error: needs_error.then_some(error), ..step }
        }
        Err(problem) => {
            let note = format!("the reply was lost ({error}), and the meter could not be read back: {problem}");
            TokenStep { error: Some(error), ..TokenStep::unknown(TokenReport::default(), true, note) }
        }
    }
}

/// The meter refused the call itself. Most often it is busy or the client may not; the report may say more.
fn refused_call(meter: &mut dyn Meter, before: &TokenReport, token: Token, reason: &str) -> TokenStep {
    let report = meter.token_report().unwrap_or_default();
    let fresh = is_news(before, &report, token);
    let busy = report.status == Some(GatewayStatus::Pending);
    let told = report.result.filter(|result| fresh && !result.is_taken());
    let result = if busy { Some(TokenResult::NotReady) } else { told };
    let note = Some(format!("the meter refused the call: {reason}"));
    TokenStep { result, note, ..TokenStep::new(Outcome::Refused, report) }
}

/// The meter is still at work on an earlier token.
pub(super) fn still_busy(report: TokenReport) -> TokenStep {
    let note = Some("the meter is still at work on an earlier token: nothing was sent".to_owned());
    TokenStep { result: Some(TokenResult::NotReady), note, ..TokenStep::new(Outcome::Refused, report) }
}

fn judge(before: &TokenReport, token: Token, report: TokenReport, lost: bool) -> TokenStep {
    if report.status == Some(GatewayStatus::Pending) {
        return TokenStep::unknown(report, lost, "the meter has not decided in time");
    }
    if lost && !is_news(before, &report, token) {
        return if report.token == Some(token) {
            let note = "the meter already held this token before, and nothing shows whether it came again";
            TokenStep::unknown(report, lost, note)
        } else if report.token.is_some() || before.token.is_some() || report.status.is_some() {
            let note = Some("the meter still reports the token before: this one never reached it".to_owned());
            TokenStep { read_back: true, note, ..TokenStep::new(Outcome::Failed, report) }
        } else {
            TokenStep::unknown(report, lost, "the meter does not report which token it received last")
        };
    }
    let outcome = match report.is_accepted() {
        Some(true) => Outcome::Accepted,
        // Some meters say "validation failed" while they wait for the next section of a set; the word decides there.
        Some(false) => Outcome::Refused,
        None => return TokenStep::unknown(report, lost, "the meter gave no result"),
    };
    let note = lost.then(|| READ_BACK.to_owned());
    TokenStep { result: report.result, read_back: lost, note, ..TokenStep::new(outcome, report) }
}

/// Whether the meter's report is about this delivery, not one before it.
fn is_news(before: &TokenReport, after: &TokenReport, token: Token) -> bool {
    after.token == Some(token)
        && (before.token != Some(token) || before.at != after.at || before.status != after.status)
}

/// Whether the meter has a token, as far as the meter itself shows it.
enum Held {
    Accepted(Option<TokenResult>),
    Refused(Option<TokenResult>),
    No,
    CannotTell,
}

/// What an earlier run that sent this token left open or in doubt is settled by reading the meter. `None` when the token
/// may be sent.
fn settle_earlier_run(
    meter: &mut dyn Meter,
    context: &mut ChangeContext<'_>,
    token: Token,
    report: &TokenReport,
    evidence: &TokenEvidence<'_>,
) -> Result<Option<TokenStep>, ChangeError> {
    let rows = context.ledger.token_history(token)?;
    let rows: Vec<Entry> = rows.into_iter().filter(|row| row.meter.is_same(&context.meter)).collect();
    let concluded = |seq: i64| rows.iter().any(|row| row.intent == Some(seq));
    let open: Vec<Entry> =
        rows.iter().filter(|row| row.kind == EntryKind::Intent && !concluded(row.seq)).cloned().collect();
    if open.is_empty() && rows.last().is_none_or(|row| row.outcome != Some(Outcome::Unknown)) {
        return Ok(None);
    }
    let held = match held(meter, token, report, evidence) {
        Held::CannotTell if received_none_since(&open, report, context) => Held::No,
        held => held,
    };
    let (outcome, result) = match held {
        Held::Accepted(result) => (Outcome::Accepted, result),
        Held::Refused(result) => (Outcome::Refused, result),
        Held::No => (Outcome::Failed, None),
        Held::CannotTell => (Outcome::Unknown, None),
    };
    let mut unrecorded = None;
    for intent in open.iter().filter_map(IntentId::of) {
        let detail = json!({"read_back": true, "result": result.map(TokenResult::word)});
        unrecorded = context.conclude(intent, outcome, detail).or(unrecorded);
    }
    let note = match outcome {
        Outcome::Failed => return Ok(None),
        Outcome::Accepted => "accepted by an earlier run: the meter shows that it took it; nothing was sent now",
        Outcome::Refused => "refused in an earlier run: the meter shows that it refused it; nothing was sent now",
        Outcome::Unknown => {
            "an earlier run sent this token, and the meter does not show whether it took it: look at its credit and its \
             last token, then enter it at the keypad or leave it"
        }
    };
    let step = TokenStep::new(outcome, report.clone());
    Ok(Some(TokenStep { result, read_back: true, note: Some(note.to_owned()), earlier_run: true, unrecorded, ..step }))
}

/// By its identifier among those remembered, as the last one, or by its effect.
fn held(meter: &mut dyn Meter, token: Token, report: &TokenReport, evidence: &TokenEvidence<'_>) -> Held {
    let status = meter.status().unwrap_or_default();
    let tids = status.sts.as_ref().and_then(|sts| sts.tids.clone()).unwrap_or_default();
    if let Some(tid) = evidence.tid
        && !tids.is_empty()
    {
        if tids.contains(&tid) {
            return Held::Accepted(report.result.filter(|_| report.token == Some(token)));
        }
        // One that is older than all that are remembered may have been pushed out.
        if tids.iter().min().is_some_and(|oldest| *oldest < tid) && report.token != Some(token) {
            return Held::No;
        }
    }
    if report.token == Some(token) {
        match report.is_accepted() {
            Some(true) => return Held::Accepted(report.result),
            Some(false) => return Held::Refused(report.result),
            None => {}
        }
    }
    match (evidence.shows)(&status) {
        Some(true) => Held::Accepted(None),
        _ => Held::CannotTell,
    }
}

/// Whether the meter still reports as its last token the one it reported before the newest of these intents: then what
/// was intended never reached it.
fn received_none_since(open: &[Entry], report: &TokenReport, context: &ChangeContext<'_>) -> bool {
    let Some(before) = open.last().and_then(|row| row.detail.get("last_token")?.as_str()) else { return false };
    report.is_final() && report.token.is_some_and(|last| context.ledger.mark_token(last).hash == before)
}
