//! What the watch puts out: readings, events and what was done about demand, as lines.

use crate::output::in_words;
use serde::Serialize;
use time::OffsetDateTime;

use super::{Event, MeterReading};

/// What was done, or would have been done, to keep demand under its limit: the `wattkey/monitor-action/1` document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Action {
    /// The line, as the user wrote it.
    pub line: String,
    /// The meter, as in readings.
    pub meter: String,
    /// When it was done.
    #[serde(with = "time::serde::rfc3339")]
    pub time: OffsetDateTime,
    /// `open` or `close`.
    pub action: &'static str,
    /// Power of all meters in W that led to it.
    pub total_w: f64,
    /// The limit in W.
    pub limit_w: f64,
    /// How the ledger has it: `accepted`, `refused`, `failed`, `unknown`; `advised` when nothing was done because
    /// acting was not asked for.
    pub outcome: &'static str,
    /// The meter's reason, or what failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One line of output.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Record {
    /// A poll.
    MeterReading(Box<MeterReading>),
    /// The beginning or end of a condition.
    Event(Box<Event>),
    /// Demand was limited.
    Action(Box<Action>),
}

#[derive(Serialize)]
struct Tagged<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    seq: Option<u64>,
    schema: &'static str,
    #[serde(flatten)]
    record: &'a Record,
}

impl Record {
    /// The `schema` of the document.
    pub fn schema(&self) -> &'static str {
        match self {
            Record::MeterReading(_) => "wattkey/reading/1",
            Record::Event(_) => "wattkey/monitor-event/1",
            Record::Action(_) => "wattkey/monitor-action/1",
        }
    }

    /// Topic below the prefix.
    pub fn topic(&self) -> &'static str {
        match self {
            Record::MeterReading(_) => "reading",
            Record::Event(_) => "event",
            Record::Action(_) => "action",
        }
    }

    /// The document as JSON without a line feed; `seq` comes first where there is one.
    pub fn json(&self, seq: Option<u64>) -> Vec<u8> {
        // Numbers, texts and times always serialise.
        serde_json::to_vec(&Tagged { seq, schema: self.schema(), record: self }).unwrap_or_default()
    }

    /// The document as a value; `seq` comes first where there is one.
    pub fn document(&self, seq: Option<u64>) -> serde_json::Value {
        serde_json::to_value(Tagged { seq, schema: self.schema(), record: self }).unwrap_or_default()
    }

    /// The record in a sentence, for people.
    pub fn sentence(&self) -> String {
        match self {
            Record::MeterReading(reading) => match &reading.problem {
                Some(problem) => format!("{}: {problem}", place(&reading.meter, &reading.line)),
                None => format!("{} answered", place(&reading.meter, &reading.line)),
            },
            Record::Event(event) => {
                let number = |value: f64| ((value * 1_000.0).round() / 1_000.0).to_string();
                let what = in_words(&event.cause.to_string());
                let (verb, at) = match event.end {
                    None => ("begins", event.start),
                    Some(end) => ("ends", end),
                };
                let bounds = match (event.extreme, event.limit) {
                    (Some(extreme), Some(limit)) => format!(" ({}, limit {})", number(extreme), number(limit)),
                    _ => event.problem.as_ref().map(|problem| format!(" ({problem})")).unwrap_or_default(),
                };
                format!("{} {}: {what} {verb}{bounds}", stamp(at), place(&event.meter, &event.line))
            }
            Record::Action(action) => {
                let reason = action.reason.as_ref().map(|reason| format!(", {reason}")).unwrap_or_default();
                format!(
                    "{} {}: {} the relay, {:.0} W of {:.0} W: {}{reason}",
                    stamp(action.time),
                    place(&action.meter, &action.line),
                    action.action,
                    action.total_w,
                    action.limit_w,
                    action.outcome
                )
            }
        }
    }
}

/// Meter and line in words; a meter without a name and address is its line.
pub fn place(meter: &str, line: &str) -> String {
    if meter == line { line.to_owned() } else { format!("{meter} on {line}") }
}

/// A time to the second.
pub fn stamp(time: OffsetDateTime) -> String {
    let whole = time.replace_nanosecond(0).unwrap_or(time);
    whole.format(&time::format_description::well_known::Rfc3339).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::monitor::Cause;
    use time::macros::datetime;

    const NOON: OffsetDateTime = datetime!(2026-06-01 12:00 UTC);

    #[test]
    fn the_number_comes_first() {
        let record = Record::MeterReading(Box::new(MeterReading::silent("tcp:cabinet:1", "17", NOON)));
        let text = String::from_utf8(record.json(Some(7))).unwrap();
        assert_eq!(
            text,
            "{\"seq\":7,\"schema\":\"wattkey/reading/1\",\"line\":\"tcp:cabinet:1\",\"meter\":\"17\",\
             \"time\":\"2026-06-01T12:00:00Z\",\"answered\":false}"
        );
        assert!(record.json(None).starts_with(b"{\"schema\""));
    }

    #[test]
    fn an_event_reads_as_a_sentence() {
        let event = Event {
            line: "l".into(),
            meter: "17".into(),
            cause: Cause::Sag("L1".into()),
            start: NOON,
            end: None,
            extreme: Some(199.96),
            limit: Some(207.0),
            problem: None,
        };
        let sentence = Record::Event(Box::new(event)).sentence();
        assert_eq!(sentence, "2026-06-01T12:00:00Z 17 on l: sag l1 begins (199.96, limit 207)");
    }
}
