//! One message as a tree of elements.

use std::collections::HashMap;

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

use crate::xml;

/// Which vocabulary an element belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Vocabulary {
    /// Requests and responses of the DCC user interface.
    Duis,
    /// XML signatures.
    Signature,
    /// Any other, or none.
    Other,
}

/// An element of a message.
pub type Element = xml::Element<Vocabulary>;

impl Element {
    /// An empty DUIS element.
    pub fn new(name: impl Into<String>) -> Self {
        Element {
            name: name.into(),
            namespace: Vocabulary::Duis,
            attributes: Vec::new(),
            text: String::new(),
            children: Vec::new(),
            remark: None,
        }
    }

    /// A DUIS element that holds text.
    pub fn with_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Element { text: text.into(), ..Element::new(name) }
    }
}

/// Above this many children, equal names are gathered through a map rather than by comparing.
const FEW: usize = 16;

/// As JSON: text alone is a string; children are members, repeated names an array; attributes have `@` before
/// their name; text beside attributes or children is `#text`; an empty element is `{}`. Encoded payloads are left
/// out here because the decoder shows what is in them.
impl Serialize for Element {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.children.is_empty() && self.attributes.is_empty() && !self.text.is_empty() {
            return serializer.serialize_str(&self.text);
        }
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in &self.attributes {
            map.serialize_entry(&format_args!("@{name}").to_string(), value)?;
        }
        if !self.text.is_empty() {
            map.serialize_entry("#text", &self.text)?;
        }
        if self.children.len() <= FEW {
            for (index, child) in self.children.iter().enumerate() {
                let same = |other: &&Element| other.name == child.name;
                if self.children.iter().take(index).any(|other| same(&other)) {
                    continue;
                }
                let all: Vec<&Element> = self.children.iter().skip(index).filter(same).collect();
                entry(&mut map, &child.name, &all)?;
            }
        } else {
            let mut order: Vec<&str> = Vec::new();
            let mut groups: HashMap<&str, Vec<&Element>> = HashMap::new();
            for child in &self.children {
                let group = groups.entry(&child.name).or_default();
                if group.is_empty() {
                    order.push(&child.name);
                }
                group.push(child);
            }
            for name in order {
                entry(&mut map, name, groups.get(name).map_or(&[], Vec::as_slice))?;
            }
        }
        map.end()
    }
}

fn entry<M: SerializeMap>(map: &mut M, name: &str, group: &[&Element]) -> Result<(), M::Error> {
    match group {
        [] => Ok(()),
        [one] => map.serialize_entry(name, one),
        several => map.serialize_entry(name, &Several(several)),
    }
}

struct Several<'a>(&'a [&'a Element]);

impl Serialize for Several<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for element in self.0 {
            list.serialize_element(element)?;
        }
        list.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn repeated_names_become_arrays_in_short_and_in_long_lists() {
        let mut short = Element::new("a");
        short.children = vec![Element::with_text("x", "1"), Element::with_text("y", "2"), Element::with_text("x", "3")];
        short.attributes.push(("index".to_owned(), "7".to_owned()));
        assert_eq!(serde_json::to_value(&short).expect("json"), json!({"@index": "7", "x": ["1", "3"], "y": "2"}));
        let mut long = Element::new("a");
        long.children =
            (0..40).map(|n| Element::with_text(if n % 2 == 0 { "e" } else { "o" }, n.to_string())).collect();
        let value = serde_json::to_value(&long).expect("json");
        assert_eq!(value["e"].as_array().map(Vec::len), Some(20));
        assert_eq!(value["o"][0], "1");
    }
}
