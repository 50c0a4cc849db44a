//! XML from outside as a tree of elements, built event by event within limits. A document brings no entities of its own.

use quick_xml::events::{BytesRef, BytesStart};

/// An element with what it holds; `N` says which namespace its name is of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element<N> {
    /// Name without prefix.
    pub name: String,
    /// Namespace of the name.
    pub namespace: N,
    /// Attributes without namespace declarations, names without prefix.
    pub attributes: Vec<(String, String)>,
    /// Text directly inside, white space at the ends removed.
    pub text: String,
    /// Elements inside, in order.
    pub children: Vec<Element<N>>,
    /// A comment to be written before the element; never read from a document.
    pub remark: Option<String>,
}

impl<N> Element<N> {
    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The element at the end of a path of names.
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// The text at the end of a path of names.
    pub fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.at(path).map(|element| element.text.as_str())
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every element of this name at any depth, in document order.
    pub fn descendants<'a>(&'a self, name: &'a str) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        let here = self
            .children
            .iter()
            .flat_map(move |child| (child.name == name).then_some(child).into_iter().chain(child.descendants(name)));
        Box::new(here)
    }
}

/// Why a document is not read any further.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// An attribute that is not well formed.
    #[error("{0}")]
    Malformed(String),
    /// An entity other than the five of XML; its name, cut to 40 characters.
    #[error("it has the entity {0:?}")]
    Entity(String),
    /// More elements than the limit.
    #[error("it has more elements than any message")]
    Elements,
}

/// Elements open at the moment, outermost first; `None` is one that is passed over with all that it holds.
#[derive(Debug)]
pub struct Builder<N> {
    open: Vec<Option<Element<N>>>,
    elements: usize,
    most: usize,
}

impl<N> Builder<N> {
    /// Builds one tree of at most `most` elements.
    pub fn new(most: usize) -> Self {
        Builder { open: Vec::new(), elements: 0, most }
    }

    /// Elements open at the moment.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Name of the innermost open element.
    pub fn innermost(&self) -> &str {
        self.open.last().and_then(Option::as_ref).map_or("", |element| element.name.as_str())
    }

    /// Opens an element, or with `None` passes over it.
    ///
    /// # Errors
    /// An attribute that is not well formed; too many elements.
    pub fn start(&mut self, namespace: Option<N>, start: &BytesStart<'_>) -> Result<(), XmlError> {
        self.elements = self.elements.saturating_add(1);
        if self.elements > self.most {
            return Err(XmlError::Elements);
        }
        let inside_passed_over = self.open.last().is_some_and(Option::is_none);
        let Some(namespace) = namespace.filter(|_| !inside_passed_over) else {
            self.open.push(None);
            return Ok(());
        };
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| XmlError::Malformed(error.to_string()))?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.map_err(|error| XmlError::Malformed(error.to_string()))?.into_owned();
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
        }
        self.open.push(Some(Element {
            name: start.local_name().as_ref().to_owned(),
            namespace,
            attributes,
            text: String::new(),
            children: Vec::new(),
            remark: None,
        }));
        Ok(())
    }

    /// Adds text to the innermost element.
    pub fn text(&mut self, text: &str) {
        if let Some(Some(element)) = self.open.last_mut()
            && !(element.text.is_empty() && text.trim().is_empty())
        {
            element.text.push_str(text);
        }
    }

    /// Closes the innermost element; gives the outermost when it was that one.
    pub fn end(&mut self) -> Option<Element<N>> {
        let mut element = self.open.pop()??;
        let trimmed = element.text.trim_end().len();
        element.text.truncate(trimmed);
        let lead = element.text.len().saturating_sub(element.text.trim_start().len());
        element.text.drain(..lead);
        match self.open.last_mut() {
            Some(Some(parent)) => {
                parent.children.push(element);
                None
            }
            Some(None) => None,
            None => Some(element),
        }
    }
}

/// The five entities of XML and character references; nothing that a document defines itself.
///
/// # Errors
/// [`XmlError::Entity`] for any other.
pub fn resolve(reference: &BytesRef<'_>) -> Result<char, XmlError> {
    let name = reference.xml10_content();
    match name.as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => {
            let refused = || XmlError::Entity(name.chars().take(40).collect());
            reference.resolve_char_ref().ok().flatten().ok_or_else(refused)
        }
    }
}
