//! A reply as a tree, read leniently: local names in any of the known namespaces count, all else is passed over.
//! What no honest server sends is refused: document types, entities of its own, endless depth or size.

use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;

use crate::xml::{Builder, Element, XmlError, resolve};

/// Longest reply that is read, in bytes.
pub const MAX_REPLY: usize = 1024 * 1024;

/// Deepest nesting; a sound reply has a dozen levels.
const MAX_DEPTH: usize = 64;

/// Most elements.
const MAX_ELEMENTS: usize = 20_000;

/// Namespaces begin with one of these; elements in none, or with a prefix nobody bound, are taken too, because real
/// servers send them.
const KNOWN: [&str; 4] = [
    "http://www.nrs.eskom.co.za/xmlvend/",
    "http://www.eskom.co.za/xmlvend/",
    "http://www.conlog.co.za/xmlvend/",
    "http://schemas.xmlsoap.org/soap/envelope/",
];

/// An element of a known namespace.
pub type Node = Element<Known>;

/// The name is in one of the namespaces that count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known;

impl Node {
    /// The same element under another name, alone in an element of its own.
    #[must_use]
    pub fn inside(mut self, name: &str, parent: &str) -> Node {
        self.name = name.to_owned();
        Node { name: parent.to_owned(), children: vec![self], ..Node::default() }
    }

    /// The text at the end of a path, when there is any.
    pub fn told_at(&self, path: &[&str]) -> Option<&str> {
        self.text_at(path).filter(|text| !text.is_empty())
    }

    /// An attribute by its name without prefix, when it holds anything.
    pub fn told(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// The type named by `xsi:type`, without its prefix.
    pub fn kind(&self) -> Option<&str> {
        self.told("type").map(|name| name.rsplit(':').next().unwrap_or(name))
    }

    /// The first element of this name at any depth, this one included.
    pub fn find(&self, name: &str) -> Option<&Node> {
        if self.name == name { Some(self) } else { self.children.iter().find_map(|child| child.find(name)) }
    }
}

/// Reads a document.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse(text: &str) -> Result<Node, String> {
    if text.len() > MAX_REPLY {
        return Err(format!("it is longer than {MAX_REPLY} bytes"));
    }
    let mut reader = NsReader::from_str(text.trim_start_matches('\u{feff}').trim_start());
    reader.config_mut().expand_empty_elements = true;
    let mut build = Builder::new(MAX_ELEMENTS);
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(start) => {
                let known = match &namespace {
                    ResolveResult::Bound(name) => KNOWN.iter().any(|known| name.as_ref().starts_with(known)),
                    ResolveResult::Unbound | ResolveResult::Unknown(_) => true,
                };
                if build.depth() == 0 && !known {
                    return Err(format!("<{}> is no SOAP 1.1 envelope", start.local_name().as_ref()));
                }
                if build.depth() >= MAX_DEPTH {
                    return Err(TOO_LARGE.to_owned());
                }
                build.start(known.then_some(Known), &start).map_err(in_words)?;
            }
            Event::End(_) => {
                if let Some(root) = build.end() {
                    return Ok(root);
                }
            }
            Event::Text(text) => build.text(&text.xml10_content()),
            Event::CData(text) => build.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                build.text(resolve(&reference).map_err(in_words)?.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err("it has a document type, which no message has".to_owned()),
            Event::Eof => return Err("it ends in the middle".to_owned()),
            Event::Empty(_) | Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
        }
    }
}

const TOO_LARGE: &str = "it has more elements, or nests them deeper, than any message";

fn in_words(error: XmlError) -> String {
    match error {
        XmlError::Elements => TOO_LARGE.to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_count_in_any_known_namespace_and_strange_ones_are_passed_over() {
        let root = parse(
            r#"<?xml version="1.0"?><!-- x --><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">
            <s:Body><q:resp xmlns:q="http://www.nrs.eskom.co.za/xmlvend/meter/2.1/schema" q:type="zz:Kind">
            <foreign xmlns="urn:other"><inner>1</inner></foreign><free>a&amp;b &#65;<![CDATA[<c>]]></free>
            <nobody:bound a=" 1 "/></q:resp></s:Body></s:Envelope>"#,
        )
        .unwrap();
        let resp = root.at(&["Body", "resp"]).unwrap();
        assert_eq!(resp.kind(), Some("Kind"));
        assert_eq!(resp.told_at(&["free"]), Some("a&b A<c>"));
        assert_eq!(resp.child("bound").unwrap().told("a"), Some("1"));
        assert!(resp.find("inner").is_none());
    }

    #[test]
    fn hostile_documents_are_refused() {
        let told = |text: &str| parse(text).unwrap_err();
        assert!(told("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").contains("document type"));
        assert!(told("<a>&b;</a>").contains("entity"));
        assert!(told("<a><b></a>").contains("b"));
        assert!(told("<a>").contains("middle"));
        assert!(told("").contains("middle"));
        assert!(told(&"<a>".repeat(100)).contains("deeper"));
        assert!(told(&format!("<a>{}</a>", "<b/>".repeat(30_000))).contains("more elements"));
        assert!(told(&" ".repeat(2_000_000)).contains("longer"));
        assert!(told("<S:Envelope xmlns:S=\"http://www.w3.org/2003/05/soap-envelope\"/>").contains("SOAP 1.1"));
    }
}
