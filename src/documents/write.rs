//! The document of `wattkey write`.

use serde::Serialize;

use crate::meter::MeterRef;
use crate::meter::value::Value;
use crate::output::{Document, Style, fit, in_words, meter_line, sanitize};

#[derive(Debug, Serialize)]
pub struct Written {
    #[serde(skip_serializing_if = "MeterRef::is_empty")]
    pub meter: MeterRef,
    pub object: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    pub value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    pub outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Document for Written {
    const SCHEMA: &'static str = "wattkey/write/1";

    fn table(&self, style: Style) -> String {
        let shown =
            |value: &Option<Value>| value.as_ref().map_or_else(|| "-".to_owned(), |value| sanitize(&value.to_string()));
        let reason = self.reason.as_ref().map(|reason| format!(": {}", in_words(reason))).unwrap_or_default();
        let text = format!(
            "{}{}\n  before   {}\n  written  {}\n  after    {}\n  {}{reason}\n",
            meter_line(&self.meter),
            sanitize(&self.object),
            shown(&self.before),
            sanitize(&self.value),
            shown(&self.after),
            self.outcome.to_uppercase()
        );
        fit(style, &text, 11)
    }

    fn csv_header(&self) -> Vec<String> {
        ["object", "before", "value", "after", "outcome", "reason"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let shown = |value: &Option<Value>| value.as_ref().map(Value::to_string).unwrap_or_default();
        vec![vec![
            self.object.clone(),
            shown(&self.before),
            self.value.clone(),
            shown(&self.after),
            self.outcome.to_owned(),
            self.reason.clone().unwrap_or_default(),
        ]]
    }
}
