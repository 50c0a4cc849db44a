//! Builds requests from the table of bodies.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;

use crate::smets::catalogue::{Handling, ServiceRequest};
use crate::smets::duis::body::{self, Attribute, Body, Field, Item};
use crate::smets::duis::kind::{Fault, Kind, RequestId};
use crate::smets::duis::tree::Element;
use crate::smets::duis::{NAMESPACE, SIGNATURE_NAMESPACE};

/// The remark before every example value of a skeleton; `check` refuses a request that still has one.
pub const EXAMPLE_REMARK: &str = "wattkey: example value, replace it and remove this remark";

/// Names of the elements that still have the remark before them, each once, in the order of the text.
pub fn examples_left(xml: &str) -> Vec<String> {
    let name = |behind: &str| {
        let tag = behind.split_once("-->")?.1.split_once('<')?.1;
        if tag.starts_with(['!', '/']) {
            return Some("(a remark without its element)".to_owned());
        }
        let name = tag.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
        Some(name.rsplit(':').next()?.to_owned())
    };
    let mut names = Vec::new();
    for name in xml.split(EXAMPLE_REMARK).skip(1).filter_map(name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What goes into the header.
#[derive(Debug, Clone, Copy)]
pub struct Header<'a> {
    /// Originator, target, counter.
    pub request_id: RequestId,
    /// The request.
    pub request: &'a ServiceRequest,
    /// The command variant, 1 to 8.
    pub command_variant: u8,
    /// Version of the interface in the root element.
    pub schema_version: &'a str,
}

/// How missing fields are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// They are an error.
    Refused,
    /// They get an example value and a remark.
    Example,
}

/// Why a request cannot be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// The command variant does not go with the request.
    #[error("{srv} takes command variant {}, not {given}", join(allowed, " or "))]
    CommandVariant {
        /// The request.
        srv: String,
        /// What was asked for.
        given: u8,
        /// What it takes.
        allowed: Vec<u8>,
    },
    /// A value for a field the body does not have.
    #[error("{element} has no field {key:?}; it has {}", join(known, ", "))]
    UnknownField {
        /// The body.
        element: String,
        /// Name as given.
        key: String,
        /// Fields there are.
        known: Vec<String>,
    },
    /// A short name that fits several fields.
    #[error("{key:?} may be {}: give more of its path", join(candidates, " or "))]
    AmbiguousField {
        /// Name as given.
        key: String,
        /// Fields it fits.
        candidates: Vec<String>,
    },
    /// Required fields without a value.
    #[error("missing: {}", join(fields, "; "))]
    MissingFields {
        /// Their paths with what they may be.
        fields: Vec<String>,
    },
    /// More than one alternative of a choice.
    #[error("{} exclude each other: give one", join(given, " and "))]
    Choice {
        /// The alternatives that were given.
        given: Vec<String>,
    },
    /// A value the field cannot hold.
    #[error("{path} {problem}, and is {value:?}")]
    Value {
        /// The field.
        path: String,
        /// Why not.
        problem: String,
        /// The value.
        value: String,
    },
    /// A secret value the field cannot hold.
    #[error("{path} {problem}")]
    Secret {
        /// The field.
        path: String,
        /// Why not.
        problem: String,
    },
    /// More values than the field may come.
    #[error("{path} is given more often than it may come")]
    TooMany {
        /// The field.
        path: String,
    },
    /// Values for a repeated field within a repeated field: nothing says which belongs where.
    #[error(
        "{path} comes several times within something that comes several times: give the body as a file with --body"
    )]
    NeedsBody {
        /// The inner field.
        path: String,
    },
}

fn join<T: ToString>(items: &[T], between: &str) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join(between)
}

/// The table that belongs to a request under a command variant.
pub fn table(request: &ServiceRequest, command_variant: u8) -> Option<&'static Body> {
    if request.handling() == Handling::Critical && command_variant > 4 {
        body::signed_pre_command()
    } else {
        body::find(&request.srv)
    }
}

/// Puts header and body together.
///
/// # Errors
/// [`BuildError::CommandVariant`] when it does not go with the request.
pub fn request(header: &Header<'_>, body: Element) -> Result<Element, BuildError> {
    if !header.request.command_variants.contains(&header.command_variant) {
        return Err(BuildError::CommandVariant {
            srv: header.request.srv.clone(),
            given: header.command_variant,
            allowed: header.request.command_variants.clone(),
        });
    }
    let mut head = Element::new("Header");
    head.children = vec![
        Element::with_text("RequestID", header.request_id.to_string()),
        Element::with_text("CommandVariant", header.command_variant.to_string()),
        Element::with_text("ServiceReference", &header.request.service_reference),
        Element::with_text("ServiceReferenceVariant", &header.request.srv),
    ];
    let mut request = Element::new("Request");
    request.attributes.push(("schemaVersion".to_owned(), header.schema_version.to_owned()));
    request.children = vec![head, Element { children: vec![body], ..Element::new("Body") }];
    Ok(request)
}

/// Fills a body with values: pairs of a field's path, or the end of it, and its text.
///
/// # Errors
/// [`BuildError`] names every field that is missing, or the first that is wrong.
pub fn fill(body: &Body, values: &[(String, String)], missing: Missing) -> Result<Element, BuildError> {
    let mut element = Element::new(&body.element);
    let mut filler = Filler { given: sort(body, values)?, missing, lacking: Vec::new(), in_repeated: false };
    element.attributes = filler.attributes("", &body.attributes, 0)?;
    filler.items(&body.content, "", &mut element.children)?;
    if missing == Missing::Example && !body.attributes.is_empty() && values.is_empty() {
        element.remark = Some(EXAMPLE_REMARK.to_owned());
    }
    if !filler.lacking.is_empty() {
        return Err(BuildError::MissingFields { fields: filler.lacking });
    }
    match filler.given.into_iter().find(|(_, left)| !left.is_empty()) {
        Some((path, _)) => Err(BuildError::TooMany { path }),
        None => Ok(element),
    }
}

/// Values by the full path of their field.
fn sort(body: &Body, values: &[(String, String)]) -> Result<HashMap<String, VecDeque<String>>, BuildError> {
    let known: Vec<String> = body::lines(body).into_iter().map(|line| line.path).collect();
    let mut sorted: HashMap<String, VecDeque<String>> = HashMap::new();
    for (key, value) in values {
        let ends = |path: &&String| path.strip_suffix(key.as_str()).is_some_and(|head| head.ends_with('.'));
        let candidates: Vec<&String> = match known.iter().find(|path| *path == key) {
            Some(path) => vec![path],
            None => known.iter().filter(ends).collect(),
        };
        match candidates.as_slice() {
            [] => {
                return Err(BuildError::UnknownField { element: body.element.clone(), key: key.clone(), known });
            }
            [path] => sorted.entry((*path).clone()).or_default().push_back(value.clone()),
            several => {
                let candidates = several.iter().map(|path| (*path).clone()).collect();
                return Err(BuildError::AmbiguousField { key: key.clone(), candidates });
            }
        }
    }
    Ok(sorted)
}

struct Filler {
    given: HashMap<String, VecDeque<String>>,
    missing: Missing,
    lacking: Vec<String>,
    /// Whether an element around the present one comes more than once.
    in_repeated: bool,
}

impl Filler {
    /// What an element holds. A skeleton shows at least one of several things that may all be left out.
    fn items(&mut self, items: &[Item], path: &str, into: &mut Vec<Element>) -> Result<(), BuildError> {
        let before = into.len();
        items.iter().try_for_each(|item| self.item(item, path, into))?;
        match items.first() {
            Some(Item::Field(field)) if into.len() == before && self.missing == Missing::Example => {
                self.elements(field, path, 1, into)
            }
            _ => Ok(()),
        }
    }

    fn item(&mut self, item: &Item, prefix: &str, into: &mut Vec<Element>) -> Result<(), BuildError> {
        match item {
            Item::All { all } => all.iter().try_for_each(|member| self.item(member, prefix, into)),
            Item::Choice { one_of } => {
                let given: Vec<&Item> = one_of.iter().filter(|item| self.is_given(item, prefix)).collect();
                match (given.as_slice(), self.missing, one_of.first()) {
                    ([one], ..) => self.item(one, prefix, into),
                    ([], Missing::Example, Some(first)) => self.item(first, prefix, into),
                    ([], ..) if item.may_be_absent() => Ok(()),
                    ([], ..) => {
                        let names = one_of.iter().map(|item| name(item, prefix)).collect::<Vec<_>>().join(" or ");
                        self.lacking.push(format!("one of {names}"));
                        Ok(())
                    }
                    (several, ..) => {
                        Err(BuildError::Choice { given: several.iter().map(|item| name(item, prefix)).collect() })
                    }
                }
            }
            Item::Field(field) => self.field(field, prefix, into),
        }
    }

    fn field(&mut self, field: &Field, prefix: &str, into: &mut Vec<Element>) -> Result<(), BuildError> {
        let path = join_path(prefix, &field.name);
        let (least, most) = field.occurrences();
        let given = self.given_times(field, &path);
        let times = match (given, field.repeat) {
            (0, _) if field.in_skeleton && self.missing == Missing::Example => 1,
            (0, _) => least,
            (_, None) => 1,
            (_, Some(_)) if self.in_repeated && least != most => return Err(BuildError::NeedsBody { path }),
            (given, Some(_)) => given.max(least).min(most),
        };
        self.elements(field, prefix, times, into)
    }

    fn elements(
        &mut self,
        field: &Field,
        prefix: &str,
        times: usize,
        into: &mut Vec<Element>,
    ) -> Result<(), BuildError> {
        let path = join_path(prefix, &field.name);
        let around = self.in_repeated;
        self.in_repeated |= times > 1;
        for number in 0..times {
            let mut element = Element::new(&field.name);
            if let Some(kind) = &field.kind {
                let (text, example) = self.value(kind, &path)?;
                element.text = text;
                element.remark = example.then(|| EXAMPLE_REMARK.to_owned());
            }
            element.attributes = self.attributes(&path, &field.attributes, number)?;
            self.items(&field.content, &path, &mut element.children)?;
            into.push(element);
        }
        self.in_repeated = around;
        Ok(())
    }

    /// The next value of a field and whether it is an example.
    fn value(&mut self, kind: &Kind, path: &str) -> Result<(String, bool), BuildError> {
        let value = self.given.get_mut(path).and_then(VecDeque::pop_front);
        match value {
            Some(_) if *kind == Kind::Empty => Ok((String::new(), false)),
            Some(value) => {
                let name = path.rsplit('.').next().unwrap_or(path);
                let wrong = |problem: String| match name {
                    // An install code is a key: it is not repeated.
                    "InstallCode" => BuildError::Secret { path: path.to_owned(), problem },
                    _ => BuildError::Value { path: path.to_owned(), problem, value: value.clone() },
                };
                let value = kind.tidy(name, &value).map_err(&wrong)?;
                match kind.check(&value) {
                    Ok(()) => Ok((value, false)),
                    Err(Fault::Schema(problem) | Fault::Meaning { problem, .. }) => Err(wrong(problem)),
                }
            }
            None if self.missing == Missing::Example => Ok((kind.sample(), true)),
            None => {
                self.lacking.push(format!("{path} ({})", kind.describe()));
                Ok((String::new(), false))
            }
        }
    }

    /// Attributes of the `number`th element of its name, from 0: an example of an index rises with it.
    fn attributes(
        &mut self,
        path: &str,
        attributes: &[Attribute],
        number: usize,
    ) -> Result<Vec<(String, String)>, BuildError> {
        let mut filled = Vec::new();
        for attribute in attributes {
            let (value, example) = self.value(&attribute.kind, &format!("{path}@{}", attribute.name))?;
            let risen = || value.parse::<i64>().ok()?.checked_add(i64::try_from(number).ok()?);
            let fits = |risen: &String| attribute.kind.check(risen).is_ok();
            let risen = risen().filter(|_| example).map(|risen| risen.to_string()).filter(fits);
            filled.push((attribute.name.clone(), risen.unwrap_or(value)));
        }
        Ok(filled)
    }

    /// How often values for the field, or for what it holds, were given.
    fn given_times(&self, field: &Field, path: &str) -> usize {
        let inside =
            |known: &str| known.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '@']));
        let counts = self.given.iter().filter(|(known, values)| inside(known) && !values.is_empty());
        let most = counts.map(|(_, values)| values.len()).max().unwrap_or(0);
        if field.kind == Some(Kind::Empty) { most.min(1) } else { most }
    }

    fn is_given(&self, item: &Item, prefix: &str) -> bool {
        match item {
            Item::Field(field) => self.given_times(field, &join_path(prefix, &field.name)) > 0,
            Item::Choice { one_of: items } | Item::All { all: items } => {
                items.iter().any(|item| self.is_given(item, prefix))
            }
        }
    }
}

fn join_path(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
}

fn name(item: &Item, prefix: &str) -> String {
    match item {
        Item::Field(field) => join_path(prefix, &field.name),
        Item::All { all: items } => items.iter().map(|item| name(item, prefix)).collect::<Vec<_>>().join(" with "),
        Item::Choice { one_of } => one_of.iter().map(|item| name(item, prefix)).collect::<Vec<_>>().join(" or "),
    }
}

/// The request as a document, indented, ending in a line feed.
pub fn to_xml(request: &Element) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    write_element(&mut xml, request, 0);
    xml
}

fn write_element(xml: &mut String, element: &Element, depth: usize) {
    let indent = "  ".repeat(depth);
    if let Some(remark) = &element.remark {
        // Two hyphens would end the comment early.
        let _ = writeln!(xml, "{indent}<!-- {} -->", remark.replace("--", "- -"));
    }
    let _ = write!(xml, "{indent}<sr:{}", element.name);
    if depth == 0 {
        let _ = write!(xml, " xmlns:sr=\"{NAMESPACE}\" xmlns:ds=\"{SIGNATURE_NAMESPACE}\"");
    }
    for (name, value) in &element.attributes {
        let _ = write!(xml, " {name}=\"{}\"", escape(value));
    }
    if element.children.is_empty() && element.text.is_empty() {
        xml.push_str("/>\n");
        return;
    }
    xml.push('>');
    xml.push_str(&escape(&element.text));
    if !element.children.is_empty() {
        xml.push('\n');
        for child in &element.children {
            write_element(xml, child, depth + 1);
        }
        xml.push_str(&indent);
    }
    let _ = writeln!(xml, "</sr:{}>", element.name);
}

fn escape(text: &str) -> std::borrow::Cow<'_, str> {
    quick_xml::escape::escape(text)
}

#[cfg(test)]
mod tests;
