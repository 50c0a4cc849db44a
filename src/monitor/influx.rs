//! Records in the line protocol of InfluxDB, which many time series databases take.

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::measurements::{Measured, of_event, of_reading};

/// The line of a record, with its line feed; `None` for a record that has none.
///
/// A reading is a point of `meter` with the tags `line`, `meter` and `serial` and a field for each value; a meter that did not
/// answer has `answered=false` alone. An event is a point of `meter_event` with `cause` and `meter` as tags, at its
/// beginning and again at its end. Times are nanoseconds since 1970; those below a millisecond are the number of the record, so
/// that two readings of one millisecond stay two points, and one that is sent again stays one.
pub fn line(document: &Value) -> Option<String> {
    if let Some(measured) = of_reading(document) {
        return Some(reading(&measured, number_of(document)));
    }
    let event = of_event(document)?;
    let text = |key: &str| event.get(key).and_then(Value::as_str);
    let (start, end) = (text("start")?, text("end"));
    let mut fields = vec![format!("ongoing={}", end.is_none())];
    for key in ["extreme", "limit"] {
        fields.extend(event.get(key).and_then(Value::as_f64).map(|number| format!("{key}={number}")));
    }
    let time = OffsetDateTime::parse(end.unwrap_or(start), &Rfc3339).ok()?;
    let tags = tags(&[("line", text("line")), ("meter", text("meter")), ("cause", text("cause"))]);
    Some(format!("meter_event{tags} {} {}\n", fields.join(","), nanoseconds(time, number_of(document))))
}

fn reading(measured: &Measured, number: i128) -> String {
    let tags = tags(&[
        ("line", Some(&measured.line)),
        ("meter", Some(&measured.meter)),
        ("serial", measured.serial.as_deref()),
    ]);
    let mut fields = vec![format!("answered={}", measured.answered)];
    fields.extend(measured.problem.as_ref().map(|problem| format!("problem={}", quoted(problem))));
    fields.extend(measured.values.iter().filter_map(|one| {
        let value = match &one.value {
            // Without the `i` of integers: a field keeps the type of its first value.
            Value::Number(number) => number.to_string(),
            Value::Bool(state) => state.to_string(),
            Value::String(text) => quoted(text),
            _ => return None,
        };
        Some(format!("{}={value}", escaped(&one.name)))
    }));
    format!("meter{tags} {} {}\n", fields.join(","), nanoseconds(measured.time, number))
}

/// The part of a record's number that goes below a millisecond; 0 without one.
fn number_of(document: &Value) -> i128 {
    i128::from(document.get("seq").and_then(Value::as_u64).unwrap_or_default() % 1_000_000)
}

fn nanoseconds(time: OffsetDateTime, number: i128) -> i128 {
    let whole = time.unix_timestamp_nanos();
    whole.saturating_sub(whole.rem_euclid(1_000_000)).saturating_add(number)
}

/// Tags behind the measurement; those that are empty or not known are left out.
fn tags(pairs: &[(&str, Option<&str>)]) -> String {
    let known = pairs.iter().filter_map(|(name, value)| Some((name, escaped((*value)?))));
    known.filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!(",{name}={value}")).collect()
}

/// A tag or a name of a field: commas, equals signs and blanks are escaped; line feeds, which cannot be, are blanks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A backslash at the end would escape what follows.
    for c in text.trim_end_matches('\\').chars() {
        match c {
            ',' | '=' | ' ' => out.extend(['\\', c]),
            '\n' | '\r' | '\t' => out.push_str("\\ "),
            c => out.push(c),
        }
    }
    out
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_reading_is_one_point() {
        let document = json!({"schema": "wattkey/reading/1", "line": "tcp:a:1", "meter": "flat 1,west=2\\",
            "time": "2026-11-30T12:00:00Z", "answered": true, "import_kwh": 12.5, "relay": "say \"open\"",
            "phases": [{"phase": "L1", "voltage_v": 230}], "seq": 1_000_007});
        assert_eq!(
            line(&document).unwrap(),
            "meter,line=tcp:a:1,meter=flat\\ 1\\,west\\=2 answered=true,import_kwh=12.5,relay=\"say \\\"open\\\"\",\
             voltage_l1_v=230 1796040000000000007\n"
        );
    }

    #[test]
    fn silence_and_events_are_points() {
        let silent = json!({"schema": "wattkey/reading/1", "line": "l", "meter": "m", "time": "2026-11-30T12:00:00Z",
            "answered": false, "problem": "no-reply"});
        assert_eq!(
            line(&silent).unwrap(),
            "meter,line=l,meter=m answered=false,problem=\"no-reply\" 1796040000000000000\n"
        );
        let event = json!({"schema": "wattkey/monitor-event/1", "line": "l", "meter": "m", "cause": "sag-l1",
            "start": "2026-11-30T12:00:00Z", "end": "2026-11-30T12:00:01Z", "extreme": 190.5, "limit": 207.0});
        assert_eq!(
            line(&event).unwrap(),
            "meter_event,line=l,meter=m,cause=sag-l1 ongoing=false,extreme=190.5,limit=207 1796040001000000000\n"
        );
        assert_eq!(line(&json!({"schema": "wattkey/monitor-action/1"})), None);
    }
}
