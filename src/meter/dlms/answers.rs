//! What was read for a status, by role and attribute.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::convert;
use crate::meter::profile::Role;
use crate::meter::status::Problem;
use crate::meter::value::{Value, scaled};
use crate::protocol::dlms::{Data, DateTime, ObisCode};

/// The meter's words for an object it does not have.
pub(super) const ABSENT: [&str; 2] = ["object-undefined", "object-unavailable"];

/// One answer: the object it is of, and its value or the meter's reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The object and attribute as `read` takes them.
    pub object: String,
    /// Logical name of the object.
    pub name: [u8; 6],
    /// The value, or why there is none.
    pub result: Result<Data, String>,
    /// Our time when it came.
    pub at: OffsetDateTime,
}

/// Answers by role and attribute.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers(BTreeMap<(Role, u8), Answered>);

impl Answers {
    /// Adds one.
    pub fn insert(&mut self, role: Role, attribute: u8, answer: Answered) {
        self.0.insert((role, attribute), answer);
    }

    /// The roles of objects that the meter has, also where it refuses their values.
    pub fn roles(&self) -> impl Iterator<Item = &Role> + Clone {
        let is_there = |answer: &Answered| !answer.result.as_ref().is_err_and(|why| ABSENT.contains(&why.as_str()));
        self.0.iter().filter(move |(_, answer)| is_there(answer)).map(|((role, _), _)| role)
    }

    /// The value, when there is one and it is not null.
    pub fn value(&self, role: Role, attribute: u8) -> Option<Value> {
        Some(convert::value(self.data(role, attribute)?))
    }

    /// As [`Answers::value`], as it came.
    pub fn data(&self, role: Role, attribute: u8) -> Option<&Data> {
        let data = self.0.get(&(role, attribute))?.result.as_ref().ok()?;
        (*data != Data::Null).then_some(data)
    }

    /// The date-time an attribute holds.
    pub fn time(&self, role: Role, attribute: u8) -> Option<DateTime> {
        DateTime::from_data(self.data(role, attribute)?)
    }

    /// The parts of a structure or array; none when there is no such value.
    pub fn parts(&self, role: Role, attribute: u8) -> Vec<Value> {
        match self.value(role, attribute) {
            Some(Value::List(parts)) => parts,
            _ => Vec::new(),
        }
    }

    /// Our time when the first attribute of this role came.
    pub fn read_at(&self, role: Role) -> Option<OffsetDateTime> {
        self.0.iter().find(|((found, _), _)| *found == role).map(|(_, answer)| answer.at)
    }

    /// A register's number in the unit asked for (`Wh`, `V`, …; empty for none). `None` when it has another unit: a
    /// number is never shown under a unit the meter did not give it.
    pub fn quantity(&self, role: Role, unit: &str) -> Option<f64> {
        let raw = self.value(role, 2)?.as_number()?;
        let (scaler, given) = self.scaler_unit(role)?;
        (given == unit).then(|| scaled(raw, scaler))
    }

    fn scaler_unit(&self, role: Role) -> Option<(i8, &'static str)> {
        convert::scaler_unit(self.data(role, 3)?)
    }

    /// The limiter's threshold in watts, when it watches a register of active power whose scaler was read.
    pub fn limit_w(&self) -> Option<f64> {
        let threshold = self.value(Role::Limiter, 3)?.as_number()?;
        Some(scaled(threshold, self.limit_scaler()?))
    }

    /// Power of ten of the limiter's thresholds in W, when it watches a register in W that was read.
    pub fn limit_scaler(&self) -> Option<i8> {
        let [_, watched, ..] = self.data(Role::Limiter, 2)?.as_elements()? else { return None };
        let watched = ObisCode::from_data(watched)?;
        let mut registers =
            self.0.iter().filter(|((role, _), answer)| *role != Role::Limiter && answer.name == watched.0);
        let ((role, _), _) = registers.next()?;
        let (scaler, unit) = self.scaler_unit(*role)?;
        (unit == "W").then_some(scaler)
    }

    /// Every object that was refused, once, with the reason.
    pub fn problems(&self) -> Vec<Problem> {
        let refused = self.0.values().filter_map(|answer| {
            answer.result.as_ref().err().map(|error| Problem { object: answer.object.clone(), error: error.clone() })
        });
        refused.collect()
    }
}
