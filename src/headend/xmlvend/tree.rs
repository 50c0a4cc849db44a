//! A reply as a tree, read leniently: local names in any of the known namespaces count, all else is passed over.
//! What no honest server sends is refused: document types, entities of its own, endless depth or size.

use quick_xml::NsReader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// Name without prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// Text directly inside, trimmed.
    pub text: String,
    /// Elements inside, in order.
    pub children: Vec<Node>,
}

impl Node {
    /// The same element under another name, alone in an element of its own.
    #[must_use]
    pub fn inside(mut self, name: &str, parent: &str) -> Node {
        self.name = name.to_owned();
        Node { name: parent.to_owned(), children: vec![self], ..Node::default() }
    }

    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The element at the end of a path of names.
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| node.child(name))
    }

    /// The text at the end of a path, when there is any.
    pub fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.at(path).map(|node| node.text.as_str()).filter(|text| !text.is_empty())
    }

    /// An attribute by its name without prefix, when it holds anything.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The type named by `xsi:type`, without its prefix.
    pub fn kind(&self) -> Option<&str> {
        self.attribute("type").map(|name| name.rsplit(':').next().unwrap_or(name))
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
    let mut build = Build::default();
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(start) => build.start(&namespace, &start)?,
            Event::End(_) => {
                if let Some(root) = build.end() {
                    return Ok(root);
                }
            }
            Event::Text(text) => build.text(&text.xml10_content()),
            Event::CData(text) => build.text(&text.xml10_content()),
            Event::GeneralRef(reference) => build.text(resolve(&reference)?.encode_utf8(&mut [0; 4])),
            Event::DocType(_) => return Err("it has a document type, which no message has".to_owned()),
            Event::Eof => return Err("it ends in the middle".to_owned()),
            Event::Empty(_) | Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
        }
    }
}

/// The five entities of XML and character references; nothing a document defines itself.
fn resolve(reference: &BytesRef<'_>) -> Result<char, String> {
    let name = reference.xml10_content();
    match name.as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => reference
            .resolve_char_ref()
            .ok()
            .flatten()
            .ok_or_else(|| format!("it has the entity {:?}", name.chars().take(40).collect::<String>())),
    }
}

/// Elements open at the moment, outermost first; `None` is one that is passed over.
#[derive(Default)]
struct Build {
    open: Vec<Option<Node>>,
    elements: usize,
}

impl Build {
    fn start(&mut self, namespace: &ResolveResult<'_>, start: &BytesStart<'_>) -> Result<(), String> {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS || self.open.len() >= MAX_DEPTH {
            return Err("it has more elements, or nests them deeper, than any message".to_owned());
        }
        let known = match namespace {
            ResolveResult::Bound(name) => KNOWN.iter().any(|known| name.as_ref().starts_with(known)),
            ResolveResult::Unbound | ResolveResult::Unknown(_) => true,
        };
        let passed_over = self.open.last().is_some_and(Option::is_none);
        if !known || passed_over {
            if self.open.is_empty() {
                return Err(format!("<{}> is no SOAP 1.1 envelope", start.local_name().as_ref()));
            }
            self.open.push(None);
            return Ok(());
        }
        let mut node = Node { name: start.local_name().as_ref().to_owned(), ..Node::default() };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            if attribute.key.as_namespace_binding().is_none() {
                let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                let value = value.map_err(|error| error.to_string())?.into_owned();
                node.attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
            }
        }
        self.open.push(Some(node));
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(Some(node)) = self.open.last_mut()
            && !(node.text.is_empty() && text.trim().is_empty())
        {
            node.text.push_str(text);
        }
    }

    /// Closes the innermost element; the root when it was the outermost.
    fn end(&mut self) -> Option<Node> {
        let mut node = self.open.pop()??;
        node.text = node.text.trim().to_owned();
        match self.open.last_mut() {
            Some(Some(parent)) => {
                parent.children.push(node);
                None
            }
            Some(None) => None,
            None => Some(node),
        }
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
        assert_eq!(resp.text_at(&["free"]), Some("a&b A<c>"));
        assert_eq!(resp.child("bound").unwrap().attribute("a"), Some("1"));
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
