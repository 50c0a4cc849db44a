//! Carries out what the demand guard asks for, on the line's own thread, through the ledger.

use serde_json::json;
use time::OffsetDateTime;

use crate::cli::{CommandError, Context, meter, relay};
use crate::ledger::Ending;
use crate::meter::Meter;
use crate::meter::driver::RelayAction;
use crate::monitor::Action;

/// One relay is to be switched.
#[derive(Debug, Clone)]
pub struct Order {
    /// Which meter of the line.
    pub meter: usize,
    /// What its relay is told.
    pub action: RelayAction,
    /// Power of all meters in W that led to it.
    pub total_w: f64,
    /// The limit in W.
    pub limit_w: f64,
}

impl Order {
    /// The record of this order with its outcome.
    pub fn record(&self, line: &str, meter: &str, outcome: &'static str, reason: Option<String>) -> Action {
        Action {
            line: line.to_owned(),
            meter: meter.to_owned(),
            time: OffsetDateTime::now_utc(),
            action: match self.action {
                RelayAction::Disconnect => "open",
                RelayAction::Connect => "close",
            },
            total_w: self.total_w,
            limit_w: self.limit_w,
            outcome,
            reason,
        }
    }
}

/// Switches, and tells how it ended and whether that is to count as done.
///
/// # Errors
/// A ledger that cannot be written: then nothing was sent.
pub fn carry_out(
    meter: &mut dyn Meter,
    context: &Context,
    order: &Order,
) -> Result<(&'static str, Option<String>, bool), CommandError> {
    let reference = meter::reference(meter)?;
    let verb = if order.action == RelayAction::Disconnect { "open" } else { "close" };
    let detail = json!({"action": verb, "why": "demand-limit", "total_w": order.total_w, "limit_w": order.limit_w});
    let switched = relay::switch(meter, context, &reference, order.action, detail)?;
    let reason = match (switched.ending, switched.followed) {
        (Ending::Accepted, false) => Some("the relay did not follow".to_owned()),
        _ => switched.reason,
    };
    // A relay that may have opened counts as opened, so that it is closed again in its time; one that may not have
    // closed is told again.
    let done = match order.action {
        RelayAction::Disconnect => matches!(switched.ending, Ending::Accepted | Ending::Unknown),
        RelayAction::Connect => switched.followed,
    };
    Ok((switched.ending.word(), reason, done))
}
