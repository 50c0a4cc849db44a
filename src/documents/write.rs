//! The documents of `wattkey write`.

use serde::Serialize;

use crate::change::Applied;
use crate::meter::order::OrderTarget;
use crate::meter::value::Value;
use crate::meter::{MeterRef, Order};
use crate::output::{Document, Style, fit, in_words, meter_line, sanitize};

/// What became of one object.
#[derive(Debug, Serialize)]
pub struct WrittenObject {
    pub object: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    pub value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    pub outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether a method was called, which has no value to look at.
    #[serde(skip)]
    is_call: bool,
}

impl WrittenObject {
    /// The order, what the object held before it, and what came of it.
    pub fn new(order: &Order, before: Option<Value>, applied: &Applied) -> Self {
        WrittenObject {
            object: order.target.to_string(),
            before,
            value: order.value.clone(),
            after: applied.object().cloned(),
            outcome: applied.outcome.word(),
            reason: applied.reason.clone(),
            is_call: matches!(order.target, OrderTarget::Method(_)),
        }
    }

    fn lines(&self) -> String {
        let shown =
            |value: &Option<Value>| value.as_ref().map_or_else(|| "-".to_owned(), |value| sanitize(&value.to_string()));
        let reason = self.reason.as_ref().map(|reason| format!(": {}", in_words(reason))).unwrap_or_default();
        let (object, value) = (sanitize(&self.object), sanitize(&self.value));
        let outcome = self.outcome.to_uppercase();
        if self.is_call {
            return format!("{object}\n  called with  {value}\n  {outcome}{reason}\n");
        }
        let (before, after) = (shown(&self.before), shown(&self.after));
        format!("{object}\n  before   {before}\n  written  {value}\n  after    {after}\n  {outcome}{reason}\n")
    }

    fn row(&self) -> Vec<String> {
        let shown = |value: &Option<Value>| value.as_ref().map(Value::to_string).unwrap_or_default();
        vec![
            self.object.clone(),
            shown(&self.before),
            self.value.clone(),
            shown(&self.after),
            self.outcome.to_owned(),
            self.reason.clone().unwrap_or_default(),
        ]
    }
}

const COLUMNS: [&str; 6] = ["object", "before", "value", "after", "outcome", "reason"];
/// Where the lines of an object go on, in columns.
const INDENT: usize = 11;

/// One object.
#[derive(Debug, Serialize)]
pub struct Written {
    #[serde(skip_serializing_if = "MeterRef::is_empty")]
    pub meter: MeterRef,
    #[serde(flatten)]
    pub object: WrittenObject,
}

impl Document for Written {
    const SCHEMA: &'static str = "wattkey/write/1";

    fn table(&self, style: Style) -> String {
        fit(style, &format!("{}{}", meter_line(&self.meter), self.object.lines()), INDENT)
    }

    fn csv_header(&self) -> Vec<String> {
        COLUMNS.map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![self.object.row()]
    }
}

/// Several objects, in the order given.
#[derive(Debug, Serialize)]
pub struct WrittenTogether {
    #[serde(skip_serializing_if = "MeterRef::is_empty")]
    pub meter: MeterRef,
    pub objects: Vec<WrittenObject>,
}

impl Document for WrittenTogether {
    const SCHEMA: &'static str = "wattkey/write-list/1";

    fn table(&self, style: Style) -> String {
        let objects: Vec<String> = self.objects.iter().map(WrittenObject::lines).collect();
        fit(style, &format!("{}{}", meter_line(&self.meter), objects.join("\n")), INDENT)
    }

    fn csv_header(&self) -> Vec<String> {
        COLUMNS.map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.objects.iter().map(WrittenObject::row).collect()
    }
}
