//! The body of each request, field by field, as a table in data.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::smets::duis::kind::Kind;

const TEXT: &str = include_str!("../../../data/smets/request_bodies.json");

static BODIES: LazyLock<File> = LazyLock::new(|| read(TEXT).unwrap_or_default());

/// Reads the table, with what `shape` and `names` stand for written out.
fn read(text: &str) -> serde_json::Result<File> {
    let mut file: Value = serde_json::from_str(text)?;
    let shapes = file.as_object_mut().and_then(|file| file.shift_remove("shapes")).unwrap_or_default();
    write_out(&mut file, &shapes);
    serde_json::from_value(file)
}

/// A field with `shape` gets the content of that shape; one with `names` becomes a field for each name.
fn write_out(value: &mut Value, shapes: &Value) {
    match value {
        Value::Array(items) => {
            items.iter_mut().for_each(|item| write_out(item, shapes));
            *items = std::mem::take(items).into_iter().flat_map(each_name).collect();
        }
        Value::Object(fields) => {
            let shape = fields.shift_remove("shape");
            if let Some(content) = shape.as_ref().and_then(Value::as_str).and_then(|name| shapes.get(name)) {
                fields.insert("content".to_owned(), content.clone());
            }
            fields.values_mut().for_each(|inner| write_out(inner, shapes));
        }
        _ => {}
    }
}

fn each_name(mut item: Value) -> Vec<Value> {
    let Some(Value::Array(names)) = item.as_object_mut().and_then(|fields| fields.shift_remove("names")) else {
        return vec![item];
    };
    let named = |name| {
        let mut field = item.clone();
        if let Some(fields) = field.as_object_mut() {
            fields.insert("name".to_owned(), name);
        }
        field
    };
    names.into_iter().map(named).collect()
}

#[derive(Debug, Default, Deserialize)]
struct File {
    duis_version: String,
    signed_pre_command: Option<Body>,
    records: Vec<Body>,
}

/// The body of one request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Service reference variant.
    pub srv: String,
    /// Its element.
    pub element: String,
    /// What is in it, in order.
    pub content: Vec<Item>,
    /// Attributes of the element itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
}

/// A place in a body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Item {
    /// Exactly one of several.
    Choice {
        /// The alternatives.
        one_of: Vec<Item>,
    },
    /// Several together, as one alternative of a choice.
    All {
        /// The members, in order.
        all: Vec<Item>,
    },
    /// One element.
    Field(Field),
}

impl Item {
    /// Whether nothing at all will do.
    pub fn may_be_absent(&self) -> bool {
        match self {
            Item::Choice { one_of } => one_of.iter().any(Item::may_be_absent),
            Item::All { all } => all.iter().all(Item::may_be_absent),
            Item::Field(field) => field.occurrences().0 == 0,
        }
    }
}

/// An element of a body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Name of the element.
    pub name: String,
    /// What its text may be; absent for an element that holds others.
    #[serde(flatten)]
    pub kind: Option<Kind>,
    /// Elements inside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<Item>,
    /// Whether it may be left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// Whether a skeleton shows it although it may be left out: with the example values of the others it must be there.
    #[serde(default, skip_serializing)]
    pub in_skeleton: bool,
    /// How often it comes: least and most; once when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<(usize, usize)>,
    /// Attributes it must have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
}

impl Field {
    /// How often the element comes: least and most.
    pub fn occurrences(&self) -> (usize, usize) {
        self.repeat.unwrap_or((usize::from(!self.optional), 1))
    }
}

/// An attribute an element must have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// What its value may be.
    #[serde(flatten)]
    pub kind: Kind,
}

/// The version of the interface the table was written from.
pub fn duis_version() -> &'static str {
    &BODIES.duis_version
}

/// Whether text has the form of a version of the interface: two numbers with a point between.
pub fn is_version(text: &str) -> bool {
    let is_number = |part: &str| matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}

/// Every body, in the order of the requests.
pub fn all() -> &'static [Body] {
    &BODIES.records
}

/// The body of a request.
pub fn find(srv: &str) -> Option<&'static Body> {
    all().iter().find(|body| body.srv == srv)
}

/// The body of command variants 5 to 7, whatever the request.
pub fn signed_pre_command() -> Option<&'static Body> {
    BODIES.signed_pre_command.as_ref()
}

/// One line of a list of fields for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldLine {
    /// Names from the body down, separated by dots; `@` before an attribute.
    pub path: String,
    /// `required`, `optional`, or `one of N` for an alternative.
    pub need: String,
    /// What it may be.
    pub value: String,
}

/// The fields of a body that hold a value, in order.
pub fn lines(body: &Body) -> Vec<FieldLine> {
    let mut lines = Vec::new();
    for attribute in &body.attributes {
        lines.push(FieldLine {
            path: format!("@{}", attribute.name),
            need: "required".to_owned(),
            value: attribute.kind.describe(),
        });
    }
    let mut choices = 0;
    for item in &body.content {
        item_lines(item, "", "required", &mut choices, &mut lines);
    }
    lines
}

fn item_lines(item: &Item, prefix: &str, need: &str, choices: &mut usize, lines: &mut Vec<FieldLine>) {
    match item {
        Item::Choice { one_of } => {
            *choices += 1;
            let need = format!("one of group {choices}");
            for alternative in one_of {
                item_lines(alternative, prefix, &need, choices, lines);
            }
        }
        Item::All { all } => {
            for member in all {
                item_lines(member, prefix, need, choices, lines);
            }
        }
        Item::Field(field) => {
            let path = if prefix.is_empty() { field.name.clone() } else { format!("{prefix}.{}", field.name) };
            let need = if field.optional { "optional" } else { need };
            let times = match field.repeat {
                Some((least, most)) if least == most => format!(", {least} times"),
                Some((least, most)) => format!(", {least} to {most} times"),
                None => String::new(),
            };
            if let Some(kind) = &field.kind {
                lines.push(FieldLine { path: path.clone(), need: need.to_owned(), value: kind.describe() + &times });
            }
            for attribute in &field.attributes {
                lines.push(FieldLine {
                    path: format!("{path}@{}", attribute.name),
                    need: need.to_owned(),
                    value: attribute.kind.describe() + &times,
                });
            }
            for inner in &field.content {
                item_lines(inner, &path, need, choices, lines);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smets::catalogue::Catalogue;

    #[test]
    fn every_request_has_its_body() {
        let file = read(TEXT).expect("the data file parses");
        assert_eq!(file.records.len(), Catalogue::shipped().all().len());
        for body in &file.records {
            let request = Catalogue::shipped().find(&body.srv).expect("a request of the catalogue");
            assert_eq!(body.element, request.element);
        }
    }

    #[test]
    fn every_leaf_has_a_kind() {
        fn walk(item: &Item) {
            match item {
                Item::Choice { one_of: items } | Item::All { all: items } => items.iter().for_each(walk),
                Item::Field(field) => {
                    assert_eq!(field.kind.is_none(), !field.content.is_empty(), "{}", field.name);
                    field.content.iter().for_each(walk);
                }
            }
        }
        all().iter().flat_map(|body| &body.content).for_each(walk);
    }

    #[test]
    fn the_fields_of_a_whitelist_request() {
        let lines = lines(find("8.11").expect("8.11"));
        let paths: Vec<&str> = lines.iter().map(|line| line.path.as_str()).collect();
        assert_eq!(paths[1..4], ["DeviceID", "RequestType", "AddDeviceToCHFWhitelist.JoinTimePeriod"]);
        assert_eq!(lines[3].value, "whole number 1 to 3600");
    }

    #[test]
    fn shapes_and_names_are_written_out() {
        let channels = lines(find("6.28").expect("6.28"));
        assert_eq!(channels.iter().filter(|line| line.path.contains(".Channel")).count(), 27 + 8 + 27 + 27);
        let alerts = lines(find("6.22").expect("6.22"));
        assert!(alerts.iter().any(|line| line.path == "GasSupplierAlertEventSettings.x81C6.EventLog"));
    }
}
