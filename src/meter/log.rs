//! Load profiles and event logs, what is asked of them, and what reports hold.

use serde::Serialize;
use time::{OffsetDateTime, UtcOffset};

use super::value::Value;
use super::{MeterError, MeterTime, obis_names};
use crate::protocol::dlms::ObisCode;

/// From when to when; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// First moment, or from the beginning.
    pub from: Option<OffsetDateTime>,
    /// Last moment, or to the end.
    pub to: Option<OffsetDateTime>,
}

impl Period {
    /// Whether a moment lies in the period. `wall` is the offset of times that have none of their own.
    pub fn contains(&self, at: MeterTime, wall: UtcOffset) -> bool {
        let moment = at.local.assume_offset(at.offset.unwrap_or(wall));
        self.from.is_none_or(|from| moment >= from) && self.to.is_none_or(|to| moment <= to)
    }

    /// As [`Period::contains`], of the time of a row; a row without time belongs to every period.
    pub fn contains_row(&self, time: Option<&Value>, wall: UtcOffset) -> bool {
        match time {
            Some(Value::Time(at)) => self.contains(*at, wall),
            _ => true,
        }
    }
}

/// What the values of a meter's reports are of, in their order: one of its push setups.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PushTemplate {
    /// An object for each value.
    pub columns: Vec<PushColumn>,
}

/// What a value of a report is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushColumn {
    /// Object and attribute, `3/1.0.1.8.0.255:2`.
    pub object: String,
    /// Power of ten and unit, where the meter told them.
    pub scaling: Option<(i8, &'static str)>,
}

/// Which rows, in the meter's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rows {
    /// All of the period.
    #[default]
    All,
    /// So many, the newest.
    Last(u32),
    /// From the first to the second, counted from 1, both included.
    Span(u32, u32),
}

/// What is asked for of a log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extract {
    /// The log, where the meter has several: an OBIS code, or `P.02`; the profile's own when absent.
    pub object: Option<String>,
    /// Of which period.
    pub period: Period,
    /// Which rows.
    pub rows: Rows,
    /// Objects of the columns wanted beside the time; all when empty.
    pub columns: Vec<String>,
}

impl Extract {
    /// Keeps of a log what was asked for, where the meter gave more of it.
    ///
    /// # Errors
    /// [`MeterError::BadValue`] for a column the log does not have.
    pub fn narrow(&self, log: &mut Log) -> Result<(), MeterError> {
        self.narrow_rows(log);
        self.narrow_columns(log)
    }

    /// As [`Extract::narrow`], of the rows alone; the last are the newest.
    pub fn narrow_rows(&self, log: &mut Log) {
        let (skip, most) = match self.rows {
            Rows::All => (0, usize::MAX),
            Rows::Last(most) => (log.rows.len().saturating_sub(most as usize), usize::MAX),
            Rows::Span(first, last) => {
                let skip = first.saturating_sub(1);
                (skip as usize, last.saturating_sub(skip) as usize)
            }
        };
        log.rows = std::mem::take(&mut log.rows).into_iter().skip(skip).take(most).collect();
    }

    /// Whether the log has every column that was asked for.
    ///
    /// # Errors
    /// [`MeterError::BadValue`] for one it does not have.
    pub fn check_columns(&self, log: &Log) -> Result<(), MeterError> {
        let missing = self.columns.iter().find(|name| !log.columns.iter().any(|column| column.is(name)));
        let Some(missing) = missing else { return Ok(()) };
        let known: Vec<&str> = log.columns.iter().map(|column| column.object.as_str()).collect();
        let known = known.join(", ");
        Err(MeterError::BadValue(format!("{} has no column {missing}; it has {known}", log.object)))
    }

    /// As [`Extract::narrow`], of the columns alone.
    ///
    /// # Errors
    /// [`MeterError::BadValue`] for a column the log does not have.
    pub fn narrow_columns(&self, log: &mut Log) -> Result<(), MeterError> {
        if self.columns.is_empty() {
            return Ok(());
        }
        self.check_columns(log)?;
        let wanted: Vec<bool> = log.columns.iter().map(|column| column.is_time || self.wants(column)).collect();
        let mut keep = wanted.iter().copied();
        log.columns.retain(|_| keep.next().unwrap_or(false));
        for row in &mut log.rows {
            let mut keep = wanted.iter().copied();
            row.retain(|_| keep.next().unwrap_or(false));
        }
        Ok(())
    }

    /// Whether a column was asked for by its object.
    pub fn wants(&self, column: &Column) -> bool {
        self.columns.is_empty() || self.columns.iter().any(|name| column.is(name))
    }
}

/// An object and its attribute, as `1.0.1.8.0.255:2`.
fn split_attribute(text: &str) -> (&str, Option<&str>) {
    // `1-0:1.8.0*255` has a colon of its own.
    match text.rsplit_once(':') {
        Some((object, attribute)) if attribute.bytes().all(|digit| digit.is_ascii_digit()) => (object, Some(attribute)),
        _ => (text, None),
    }
}

/// Rows of a load profile or an event log.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Log {
    /// The object.
    pub object: String,
    /// Seconds from one row to the next; 0 when rows come as things happen.
    pub period_s: u64,
    /// What each column holds.
    pub columns: Vec<Column>,
    /// The rows, in the meter's order.
    pub rows: Vec<Vec<Value>>,
}

/// One column of a log.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Object and attribute captured.
    pub object: String,
    /// What that is in words, where its code is a usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Unit, where the meter tells one; values are scaled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whether it is the time of the row.
    pub is_time: bool,
}

impl Column {
    /// Whether it goes by this name: its object, with the attribute or without, or the same code written in short.
    pub fn is(&self, name: &str) -> bool {
        let (object, attribute) = split_attribute(&self.object);
        let (wanted, wanted_attribute) = split_attribute(name);
        let same_object = object == wanted
            || object.parse().is_ok_and(|ObisCode(code): ObisCode| {
                let [_, _, c, d, e, _] = code;
                wanted.parse() == Ok(ObisCode(code)) || wanted == format!("{c}.{d}.{e}")
            });
        same_object && (wanted_attribute.is_none() || attribute == wanted_attribute)
    }

    /// A column of an object, with its name.
    pub fn new(object: String, unit: Option<String>, is_time: bool) -> Self {
        Column { name: obis_names::name_of(&object), object, unit, is_time }
    }
}

impl Log {
    /// What stands above each column: its name, with the code where others go by the same name, and its unit.
    pub fn headings(&self) -> Vec<String> {
        let heading = |column: &Column| {
            if column.is_time {
                return "time".to_owned();
            }
            let is_shared = self.columns.iter().filter(|other| other.name == column.name).count() > 1;
            let what = match &column.name {
                Some(name) if is_shared => format!("{name} {}", column.object),
                Some(name) => name.clone(),
                None => column.object.clone(),
            };
            column.unit.iter().fold(what, |what, unit| format!("{what} {unit}"))
        };
        self.columns.iter().map(heading).collect()
    }
}
