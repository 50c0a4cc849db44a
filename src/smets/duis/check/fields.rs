//! The fields of a body against the table: presence, order, kind.

use crate::smets::duis::body::{Attribute, Body, Field, Item};
use crate::smets::duis::check::Findings;
use crate::smets::duis::kind::{Fault, Kind, lacks_zone};
use crate::smets::duis::tree::Element;

/// Checks the element of a body.
pub(super) fn check(element: &Element, body: &Body, at: &str, findings: &mut Findings) {
    attributes(element, &body.attributes, at, findings);
    items(element, &body.content, at, findings);
}

/// The elements inside one that holds elements or nothing.
fn items(element: &Element, items: &[Item], at: &str, findings: &mut Findings) {
    no_text(element, at, findings);
    let (known, unknown): (Vec<&Element>, Vec<&Element>) =
        element.children.iter().partition(|child| items.iter().any(|item| knows(item, &child.name)));
    for child in unknown {
        findings.error("field-unexpected", &format!("{at}.{}", child.name), "does not belong here");
    }
    let mut matcher = Matcher { children: known, next: 0, at, findings };
    for item in items {
        matcher.item(item);
    }
    matcher.rest();
}

/// An element that holds elements or nothing has no text of its own.
pub(super) fn no_text(element: &Element, at: &str, findings: &mut Findings) {
    if !element.text.is_empty() {
        let shown: String = element.text.chars().take(60).collect();
        findings.error("structure", at, format!("holds the text {shown:?}, where no text belongs"));
    }
}

struct Matcher<'a, 'f> {
    children: Vec<&'a Element>,
    next: usize,
    at: &'a str,
    findings: &'f mut Findings,
}

impl<'a> Matcher<'a, '_> {
    fn peek(&self) -> Option<&'a Element> {
        self.children.get(self.next).copied()
    }

    /// Whether the name comes at or behind the present place.
    fn is_ahead(&self, name: &str) -> bool {
        self.children.iter().skip(self.next).any(|child| child.name == name)
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Field(field) => self.field(field),
            Item::All { all } => all.iter().for_each(|member| self.item(member)),
            Item::Choice { one_of } => {
                let here = self.peek().and_then(|child| one_of.iter().find(|item| begins_with(item, &child.name)));
                let ahead = || one_of.iter().find(|item| first_names(item).iter().any(|name| self.is_ahead(name)));
                match here.or_else(ahead) {
                    Some(item) => self.item(item),
                    None if item.may_be_absent() => {}
                    None => {
                        let names: Vec<&str> = one_of.iter().flat_map(first_names).collect();
                        let problem = format!("must hold one of {}", names.join(", "));
                        self.findings.error("field-missing", self.at, problem);
                    }
                }
            }
        }
    }

    fn field(&mut self, field: &Field) {
        let at = format!("{}.{}", self.at, field.name);
        let (least, most) = field.occurrences();
        let mut count = 0;
        while let Some(child) = self.peek().filter(|child| child.name == field.name) {
            count += 1;
            self.next += 1;
            value(child, field, &at, self.findings);
        }
        if count > most {
            self.findings.error("field-unexpected", &at, format!("comes {count} times and may come {most} times"));
        } else if count < least && !self.is_ahead(&field.name) {
            let times = if least > 1 { format!(" {least} times") } else { String::new() };
            self.findings.error("field-missing", &at, format!("must be there{times}"));
        }
    }

    /// What no item has taken is in the wrong place.
    fn rest(&mut self) {
        for child in self.children.iter().skip(self.next) {
            let at = format!("{}.{}", self.at, child.name);
            self.findings.error("field-order", &at, "is not in its place, or excluded by another field");
        }
    }
}

fn begins_with(item: &Item, name: &str) -> bool {
    first_names(item).contains(&name)
}

/// The names an item can begin with.
fn first_names(item: &Item) -> Vec<&str> {
    match item {
        Item::Field(field) => vec![&field.name],
        Item::All { all } => all.first().map(first_names).unwrap_or_default(),
        Item::Choice { one_of } => one_of.iter().flat_map(first_names).collect(),
    }
}

fn knows(item: &Item, name: &str) -> bool {
    match item {
        Item::Field(field) => field.name == name,
        Item::All { all: items } | Item::Choice { one_of: items } => items.iter().any(|item| knows(item, name)),
    }
}

fn value(element: &Element, field: &Field, at: &str, findings: &mut Findings) {
    attributes(element, &field.attributes, at, findings);
    match &field.kind {
        Some(kind) => {
            text(kind, &element.text, &field.name, at, findings);
            for child in &element.children {
                findings.error("field-unexpected", &format!("{at}.{}", child.name), "does not belong here");
            }
        }
        None => items(element, &field.content, at, findings),
    }
}

fn attributes(element: &Element, wanted: &[Attribute], at: &str, findings: &mut Findings) {
    for attribute in wanted {
        let at = format!("{at}@{}", attribute.name);
        match element.attribute(&attribute.name) {
            Some(value) => text(&attribute.kind, value, &attribute.name, &at, findings),
            None => findings.error("field-missing", &at, "must be there"),
        }
    }
    for (name, _) in element.attributes.iter().filter(|(name, _)| wanted.iter().all(|known| known.name != *name)) {
        findings.error("field-unexpected", &format!("{at}@{name}"), "does not belong here");
    }
}

fn text(kind: &Kind, value: &str, name: &str, at: &str, findings: &mut Findings) {
    let shown: String = value.chars().take(60).collect();
    match kind.check(value) {
        Ok(()) if *kind == Kind::DateTime && lacks_zone(value) => {
            let problem =
                "names no time zone: write Z or an offset, for in summer UTC and local time are an hour apart";
            findings.warning("time-zone", at, problem);
        }
        Ok(()) => {}
        Err(Fault::Schema(problem)) => {
            let rule = match name {
                "JoinTimePeriod" => "join-time",
                "InstallCode" => "install-code",
                _ => "field-value",
            };
            // An install code is a key: it is not repeated.
            let shown = if rule == "install-code" { String::new() } else { format!(", and is {shown:?}") };
            findings.error(rule, at, format!("{problem}{shown}"));
        }
        Err(Fault::Meaning { rule, problem }) => findings.error(rule, at, format!("{problem} ({shown})")),
    }
}
