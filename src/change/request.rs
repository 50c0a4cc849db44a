//! The changes that show in what the meter reports afterwards: relay, clock, limits, single objects.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};
use time::UtcOffset;

use crate::ledger::{Entry, Operation};
use crate::meter::driver::{ClockReading, RelayAction};
use crate::meter::status::{Limits, RelayState};
use crate::meter::{Answer, Carried, Item, Meter, MeterError, MethodName, Order, OrderTarget, Value as MeterValue};

/// Pause between two looks at a relay that has not followed yet.
const RELAY_PAUSE: Duration = Duration::from_millis(500);
/// Share by which a limit may differ from what was set: meters hold whole steps, and a token carries 14 bits and a
/// power of ten (IEC 62055-41 clause 6.2.7).
const LIMIT_TOLERANCE: f64 = 0.005;

/// Which limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitKind {
    /// Active power.
    Power,
    /// Demand.
    Demand,
}

impl LimitKind {
    /// The word in the ledger and on the screen.
    pub const fn word(self) -> &'static str {
        match self {
            LimitKind::Power => "power",
            LimitKind::Demand => "demand",
        }
    }

    /// The limit in force, in W.
    pub fn of(self, limits: &Limits) -> Option<f64> {
        match self {
            LimitKind::Power => limits.power_w,
            LimitKind::Demand => limits.demand_w,
        }
    }
}

/// One change, and how the meter shows that it took effect.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Switches the supply relay.
    Relay {
        /// What it is told.
        action: RelayAction,
        /// Longest wait for the contact to follow.
        wait: Duration,
    },
    /// Sets the clock to our own time.
    Clock {
        /// Offset the meter's local time has from UTC, when the user or the plan says so.
        offset: Option<UtcOffset>,
        /// Drift that counts as set, in seconds.
        tolerance_s: i64,
    },
    /// Writes one object.
    Object {
        /// The object.
        item: Item,
        /// The value it held.
        before: Option<String>,
        /// The value as the user gives it.
        value: String,
    },
    /// Calls a method of an object (DLMS). What it does shows in no value that is known here.
    Call {
        /// The method.
        method: MethodName,
        /// Its argument as the user gives it.
        argument: String,
    },
    /// Sets a limit in W, or removes it.
    Limit {
        /// Which.
        kind: LimitKind,
        /// In W; `None` removes it.
        watts: Option<f64>,
    },
}

/// What the meter reports after a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// What was read.
    pub seen: Seen,
    /// Whether that is what was wanted; `None` when the meter does not show it.
    pub took_effect: Option<bool>,
    /// The same for the ledger.
    pub record: Value,
}

/// What was read after a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// The relay.
    Relay(RelayState),
    /// The clock.
    Clock(ClockReading),
    /// The object; `None` when it cannot be read.
    Object(Option<MeterValue>),
    /// The limits.
    Limits(Limits),
    /// Nothing: there is no value to look at.
    Nothing,
}

impl Change {
    /// What the ledger calls it.
    pub fn operation(&self) -> Operation {
        match self {
            Change::Relay { .. } => Operation::SwitchRelay,
            Change::Clock { .. } => Operation::SetClock,
            Change::Object { .. } | Change::Call { .. } => Operation::WriteObject,
            Change::Limit { .. } => Operation::SetLimit,
        }
    }

    /// What is recorded of it: enough for [`Change::of_intent`].
    pub fn detail(&self) -> Value {
        match self {
            Change::Relay { action, .. } => json!({"action": action.word()}),
            Change::Clock { offset, tolerance_s } => {
                json!({"utc_offset_s": offset.map(UtcOffset::whole_seconds), "tolerance_s": tolerance_s})
            }
            Change::Object { item, before, value } => {
                json!({"object": item.to_string(), "before": before, "value": value})
            }
            Change::Call { method, argument } => json!({"object": method.to_string(), "value": argument}),
            Change::Limit { kind, watts } => json!({"limit": kind.word(), "watts": watts}),
        }
    }

    /// The change an intent was for, so that a later run can look whether it took effect; `None` for tokens, and for
    /// rows of earlier versions that hold too little.
    pub fn of_intent(entry: &Entry) -> Option<Self> {
        let detail = |key: &str| entry.detail.get(key);
        let text = |key: &str| detail(key).and_then(Value::as_str);
        match entry.operation {
            Operation::SwitchRelay => {
                let action = RelayAction::from_word(text("action")?)?;
                Some(Change::Relay { action, wait: Duration::ZERO })
            }
            Operation::SetClock => {
                let seconds = detail("utc_offset_s").and_then(Value::as_i64);
                let offset =
                    seconds.and_then(|seconds| UtcOffset::from_whole_seconds(i32::try_from(seconds).ok()?).ok());
                Some(Change::Clock { offset, tolerance_s: detail("tolerance_s")?.as_i64()? })
            }
            Operation::WriteObject => {
                let before = text("before").map(str::to_owned);
                Some(Change::of_order(text("object")?.parse().ok()?, before, text("value")?.to_owned()))
            }
            Operation::SetLimit => {
                let kind = match text("limit")? {
                    "power" => LimitKind::Power,
                    "demand" => LimitKind::Demand,
                    _ => return None,
                };
                Some(Change::Limit { kind, watts: detail("watts").and_then(Value::as_f64) })
            }
            Operation::EnterToken
            | Operation::KeyChange
            | Operation::ChangeKeys
            | Operation::TransferFirmware
            | Operation::ActivateFirmware
            | Operation::Commission
            | Operation::BulkJob => None,
        }
    }

    /// The change that a value for an object, or an argument for a method, stands for; `before` is what the object held.
    pub fn of_order(target: OrderTarget, before: Option<String>, value: String) -> Self {
        match target {
            OrderTarget::Object(item) => Change::Object { item, before, value },
            OrderTarget::Method(method) => Change::Call { method, argument: value },
        }
    }

    /// The order to the meter, for changes that may be given together with others.
    pub(super) fn order(&self) -> Option<Order> {
        let (target, value) = match self {
            Change::Object { item, value, .. } => (OrderTarget::Object(item.clone()), value),
            Change::Call { method, argument } => (OrderTarget::Method(method.clone()), argument),
            Change::Relay { .. } | Change::Clock { .. } | Change::Limit { .. } => return None,
        };
        Some(Order { target, value: value.clone() })
    }

    /// Sends it, once.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::leaves_doubt`] tells whether the meter may have acted.
    pub(super) fn send(&self, meter: &mut dyn Meter) -> Result<Answer, MeterError> {
        match self {
            Change::Relay { action, .. } => meter.switch_relay(*action),
            Change::Clock { offset, .. } => meter.set_clock(*offset).map(|(answer, _)| answer),
            Change::Object { item, value, .. } => meter.write(item, value),
            Change::Call { method, argument } => {
                let target = OrderTarget::Method(method.clone());
                let Carried { answers, error, .. } = meter.carry_out(&[Order { target, value: argument.clone() }]);
                let unanswered = || MeterError::Unexpected(format!("there is no answer to {method}"));
                answers.into_iter().next().ok_or_else(|| error.unwrap_or_else(unanswered))
            }
            Change::Limit { kind: LimitKind::Power, watts } => meter.set_power_limit(*watts),
            Change::Limit { kind: LimitKind::Demand, watts } => meter.set_demand_limit(*watts),
        }
    }

    /// Reads what is there now after several changes of objects, in one request where the meter takes lists.
    ///
    /// # Errors
    /// [`MeterError`].
    pub(super) fn observe_together(changes: &[&Change], meter: &mut dyn Meter) -> Result<Vec<Observation>, MeterError> {
        let item = |change: &Change| if let Change::Object { item, .. } = change { Some(item.clone()) } else { None };
        let items: Vec<Item> = changes.iter().filter_map(|change| item(change)).collect();
        let readings = if items.is_empty() { Vec::new() } else { meter.read(&items)? };
        let mut values = readings.into_iter().map(|reading| reading.value);
        changes
            .iter()
            .map(|change| match change {
                Change::Object { before, value, .. } => Ok(observed(values.next().flatten(), before.as_deref(), value)),
                other => other.observe(meter),
            })
            .collect()
    }

    /// Reads what is there now, and whether that is what was wanted.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn observe(&self, meter: &mut dyn Meter) -> Result<Observation, MeterError> {
        match self {
            Change::Relay { action, wait } => observe_relay(meter, *action, *wait),
            Change::Clock { offset, tolerance_s } => {
                let reading = meter.clock()?;
                let drift_s = reading.drift_s(*offset);
                let good = drift_s.abs() <= *tolerance_s && reading.flags.is_empty();
                let value = json!({"meter": reading.meter.to_string(), "drift_s": drift_s});
                Ok(Observation { seen: Seen::Clock(reading), took_effect: Some(good), record: value })
            }
            Change::Object { item, before, value } => Ok(observed(read_one(meter, item)?, before.as_deref(), value)),
            Change::Call { .. } => Ok(Observation { seen: Seen::Nothing, took_effect: None, record: Value::Null }),
            Change::Limit { kind, watts } => {
                let limits = meter.limits()?;
                let found = kind.of(&limits);
                let took_effect = match (watts, found) {
                    (None, found) => Some(found.is_none()),
                    (Some(wanted), Some(found)) => Some(is_limit(found, *wanted)),
                    (Some(_), None) => None,
                };
                let value = found.map_or(Value::Null, |watts| json!({"limit_w": watts}));
                Ok(Observation { seen: Seen::Limits(limits), took_effect, record: value })
            }
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Relay { action: RelayAction::Connect, .. } => formatter.write_str("close the relay"),
            Change::Relay { action: RelayAction::Disconnect, .. } => formatter.write_str("open the relay"),
            Change::Clock { .. } => formatter.write_str("set the clock"),
            Change::Object { item, value, .. } => write!(formatter, "write {value} to {item}"),
            Change::Call { method, argument } => write!(formatter, "call {method} with {argument}"),
            Change::Limit { kind, watts: Some(watts) } => {
                write!(formatter, "set the {} limit to {watts} W", kind.word())
            }
            Change::Limit { kind, watts: None } => write!(formatter, "remove the {} limit", kind.word()),
        }
    }
}

/// Whether a limit that was read, in W, is the one that was set.
pub fn is_limit(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() <= (wanted.abs() * LIMIT_TOLERANCE).max(0.5)
}

fn observe_relay(meter: &mut dyn Meter, action: RelayAction, longest: Duration) -> Result<Observation, MeterError> {
    let mut waited = Duration::ZERO;
    loop {
        let relay = meter.relay()?;
        let followed = relay.has_followed(action);
        if followed == Some(true) || waited >= longest {
            let record = relay.in_words();
            return Ok(Observation { seen: Seen::Relay(relay), took_effect: followed, record });
        }
        meter.pause(RELAY_PAUSE)?;
        waited = waited.saturating_add(RELAY_PAUSE);
    }
}

/// What an object holds after a write of `value`.
fn observed(read: Option<MeterValue>, before: Option<&str>, value: &str) -> Observation {
    let found = read.as_ref().map(MeterValue::to_string);
    let took_effect = found.as_ref().and_then(|found| {
        if same_value(found, value) {
            Some(true)
        } else if before == Some(found) {
            Some(false)
        } else {
            None
        }
    });
    Observation { seen: Seen::Object(read), took_effect, record: json!(found) }
}

fn read_one(meter: &mut dyn Meter, item: &Item) -> Result<Option<MeterValue>, MeterError> {
    let readings = meter.read(std::slice::from_ref(item))?;
    Ok(readings.into_iter().next().and_then(|reading| reading.value))
}

/// Whether a value that was read is the one that was written, in whatever way either is spelled.
fn same_value(found: &str, written: &str) -> bool {
    let plain = |text: &str| text.trim().trim_start_matches("0x").replace([' ', '"'], "").to_ascii_lowercase();
    let truth = |text: &str| match plain(text).as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    };
    let number = |text: &str| text.trim().parse::<f64>().ok();
    match (number(found), number(written)) {
        (Some(found), Some(written)) => (found - written).abs() <= written.abs() * 1e-6,
        _ => plain(found) == plain(written) || (truth(found).is_some() && truth(found) == truth(written)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_however_they_are_spelled() {
        assert!(same_value("1000", "1000.0") && same_value("true", "1") && same_value("0a0b", "0x0A0B"));
        assert!(!same_value("1000", "1001") && !same_value("true", "0") && !same_value("abc", "abd"));
    }

    #[test]
    fn a_change_is_known_again_from_its_intent() {
        let changes = [
            Change::Relay { action: RelayAction::Disconnect, wait: Duration::ZERO },
            Change::Clock { offset: UtcOffset::from_hms(5, 30, 0).ok(), tolerance_s: 2 },
            Change::Object { item: "1.0.1.8.0.255:2".parse().unwrap(), before: Some("3".into()), value: "4".into() },
            Change::of_order("9/0.0.10.0.1.255:m1".parse().unwrap(), None, "1".into()),
            Change::Limit { kind: LimitKind::Demand, watts: Some(3_500.0) },
            Change::Limit { kind: LimitKind::Power, watts: None },
        ];
        let mut ledger = crate::ledger::Ledger::in_memory(crate::ledger::Author {
            operator: "tech".into(),
            host: "van".into(),
            tool: "test".into(),
        })
        .unwrap();
        let meter = crate::meter::MeterRef { serial: Some("1".into()), drn: None };
        for change in &changes {
            let act = crate::ledger::Act {
                meter: &meter,
                operation: change.operation(),
                token: None,
                job: None,
                detail: change.detail(),
            };
            ledger.intend(&act, time::macros::datetime!(2026-11-21 08:30 UTC)).unwrap();
        }
        let rows = ledger.open_intents(&meter).unwrap();
        let known: Vec<Change> = rows.iter().filter_map(Change::of_intent).collect();
        assert_eq!(known, changes);
    }
}
