//! Checks a request: the shape the schema asks for, and what the schema lets pass.

mod command;
mod fields;
mod meaning;
mod values;

use serde::Serialize;
use time::OffsetDateTime;

use crate::smets::catalogue::{self, Catalogue, Handling, Permission, Role, ServiceRequest};
use crate::smets::duis::body;
use crate::smets::duis::kind::RequestId;
use crate::smets::duis::tree::{Element, Vocabulary};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth a look.
    Warning,
    /// The request is wrong.
    Error,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestFinding {
    /// The rule, in one stable word.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The element, as names separated by dots.
    pub at: String,
    /// What is wrong and what would be right.
    pub problem: String,
    /// The response code a refusal by the DCC would carry, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<&'static str>,
}

/// Every rule with what it asks for, in the order it is looked at.
pub const RULES: [(&str, &str); 26] = [
    ("root", "the message is a Request of the DUIS namespace with a schemaVersion"),
    ("structure", "it has a Header with its fields in order and a Body with one element"),
    ("request-id", "RequestID is ORIGINATOR:TARGET:COUNTER"),
    ("same-party", "originator and target differ"),
    ("counter", "the counter is above the last one sent by this originator"),
    ("srv", "the service reference variant exists"),
    ("reference", "the service reference is that of the variant"),
    ("command-variant", "the command variant goes with the request (E12)"),
    ("role", "the role may send the request (E2)"),
    ("body-element", "the body element is that of the request, or a signed pre-command"),
    ("field-missing", "every required field is there"),
    ("field-order", "the fields come in the order of the schema"),
    ("field-unexpected", "there are no other fields"),
    ("field-value", "every value is of its kind and range"),
    ("join-time", "the join time is 1 to 3600 seconds"),
    ("install-code", "the install code has 6 to 16 bytes"),
    ("mpxn", "meter point numbers have their length and check digit"),
    ("utrn", "the UTRN has its range and check digit"),
    ("time-zone", "a date and time names its zone (a warning)"),
    ("period", "a period does not end before it starts"),
    ("execution-time", "an execution time lies ahead (a warning)"),
    ("whitelist", "an 8.11 Add has its details, a Remove has none, and the device is not the hub itself"),
    ("device", "fields fit the device type, and no device is joined to itself"),
    ("command", "a signed pre-command is a GBCS command, signed, for this request: sender, target, counter, use case"),
    ("response", "the message is no response: `smets decode` reads those"),
    ("example", "no example value of a skeleton is left"),
];

impl RequestFinding {
    /// Whether the request is wrong, and not only worth a look.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// What the check may use besides the message.
#[derive(Debug, Clone, Copy, Default)]
pub struct Circumstances<'a> {
    /// The role it would be sent under.
    pub role: Option<Role>,
    /// The highest counter this originator has sent.
    pub last_counter: Option<u64>,
    /// The time now.
    pub now: Option<OffsetDateTime>,
    /// Elements that still have the remark a skeleton puts before its example values.
    pub examples_left: &'a [String],
}

/// What has been found so far.
#[derive(Debug, Default)]
struct Findings(Vec<RequestFinding>);

impl Findings {
    fn error(&mut self, rule: &'static str, at: &str, problem: impl Into<String>) {
        self.push(rule, Severity::Error, at, problem.into(), None);
    }

    fn refused(&mut self, rule: &'static str, at: &str, problem: impl Into<String>, code: &'static str) {
        self.push(rule, Severity::Error, at, problem.into(), Some(code));
    }

    fn warning(&mut self, rule: &'static str, at: &str, problem: impl Into<String>) {
        self.push(rule, Severity::Warning, at, problem.into(), None);
    }

    fn push(
        &mut self,
        rule: &'static str,
        severity: Severity,
        at: &str,
        problem: String,
        refusal: Option<&'static str>,
    ) {
        self.0.push(RequestFinding { rule, severity, at: at.to_owned(), problem, refusal });
    }
}

/// Checks a request; an empty list means nothing was found, not that the DCC will accept it.
pub fn request(message: &Element, circumstances: &Circumstances<'_>) -> Vec<RequestFinding> {
    let mut findings = Findings::default();
    if message.name == "Response" {
        let problem = "is a response, not a request: `wattkey smets decode` reads it";
        findings.error("response", "Response", problem);
        return findings.0;
    }
    root(message, &mut findings);
    let header = message.child("Header");
    let request = header.and_then(|header| check_header(header, circumstances, &mut findings));
    if let (Some(body), Some((request, command_variant))) = (message.child("Body"), request) {
        check_body(message, body, request, command_variant, &mut findings);
    }
    meaning::check(message, circumstances, &mut findings);
    if !circumstances.examples_left.is_empty() {
        let names = circumstances.examples_left.join(", ");
        let problem =
            format!("example values of a skeleton are still there: fill in {names}, and remove the remark before each");
        findings.error("example", "Request.Body", problem);
    }
    findings.0
}

fn root(message: &Element, findings: &mut Findings) {
    if message.name != "Request" || message.namespace != Vocabulary::Duis {
        findings.error("root", &message.name, "must be a Request of the DUIS namespace");
    }
    match message.attribute("schemaVersion") {
        None => findings.error("root", &message.name, "must have a schemaVersion"),
        Some(version) if !body::is_version(version) => {
            findings.error(
                "root",
                &message.name,
                format!("has schemaVersion {version:?}, which is no version such as 5.1"),
            );
        }
        Some(version) if version != body::duis_version() => {
            let problem =
                format!("has schemaVersion {version}; the bodies known here are those of {}", body::duis_version());
            findings.warning("root", &message.name, problem);
        }
        Some(_) => {}
    }
    for (element, at) in [
        (Some(message), "Request"),
        (message.child("Header"), "Request.Header"),
        (message.child("Body"), "Request.Body"),
    ] {
        if let Some(element) = element {
            fields::no_text(element, at, findings);
        }
    }
    // Where the root is of another namespace, so is everything in it.
    let parts = if message.namespace == Vocabulary::Duis { message.children.as_slice() } else { &[] };
    for part in parts {
        if part.name == "Signature" {
            if part.namespace != Vocabulary::Signature {
                findings.error("structure", "Request.Signature", "must be of the namespace of XML signatures");
            }
        } else {
            of_duis_namespace(part, &format!("Request.{}", part.name), findings);
        }
    }
    let names: Vec<&str> = message.children.iter().map(|child| child.name.as_str()).collect();
    if !matches!(names.as_slice(), ["Header", "Body"] | ["Header", "Body", "Signature"]) {
        findings.error("structure", &message.name, "must hold Header, Body and at most a Signature, in this order");
    }
    if let Some(body) = message.child("Body")
        && body.children.len() != 1
    {
        let problem = format!("must hold exactly one element and holds {}", body.children.len());
        findings.error("structure", "Request.Body", problem);
    }
}

/// An element of another namespace is another element, whatever its name.
fn of_duis_namespace(element: &Element, at: &str, findings: &mut Findings) {
    if element.namespace != Vocabulary::Duis {
        findings.error("structure", at, "must be of the DUIS namespace");
    }
    for child in &element.children {
        of_duis_namespace(child, &format!("{at}.{}", child.name), findings);
    }
}

const HEADER: [(&str, bool); 6] = [
    ("RequestID", true),
    ("FirstInSequence", false),
    ("PrecedingServiceRequestID", false),
    ("CommandVariant", true),
    ("ServiceReference", true),
    ("ServiceReferenceVariant", true),
];

/// The request and command variant the header names, as far as they are sound.
fn check_header<'a>(
    header: &Element,
    circumstances: &Circumstances<'_>,
    findings: &mut Findings,
) -> Option<(&'a ServiceRequest, u8)> {
    let present = |name: &str| header.child(name).is_some();
    let wanted: Vec<&str> =
        HEADER.iter().filter(|(name, required)| *required || present(name)).map(|(name, _)| *name).collect();
    let names: Vec<&str> = header.children.iter().map(|child| child.name.as_str()).collect();
    if names != wanted {
        let problem = format!("must hold {} in this order", wanted.join(", "));
        findings.error("structure", "Request.Header", problem);
    }
    for field in &header.children {
        let at = format!("Request.Header.{}", field.name);
        for inner in &field.children {
            findings.error("field-unexpected", &format!("{at}.{}", inner.name), "does not belong here");
        }
        for (name, _) in &field.attributes {
            findings.error("field-unexpected", &format!("{at}@{name}"), "does not belong here");
        }
    }
    check_request_id(header, circumstances, findings);
    let text = |name: &str| header.text_at(&[name]).unwrap_or_default();
    let srv = text("ServiceReferenceVariant");
    let request = Catalogue::shipped().all().iter().find(|request| request.srv == srv);
    let Some(request) = request else {
        findings.error("srv", "Request.Header.ServiceReferenceVariant", format!("{srv:?} is no request of the DCC"));
        return None;
    };
    if text("ServiceReference") != request.service_reference {
        let problem = format!("must be {} for {}", request.service_reference, request.srv);
        findings.error("reference", "Request.Header.ServiceReference", problem);
    }
    if let Some(role) = circumstances.role {
        match catalogue::may(role, request) {
            Permission::Permitted => {}
            Permission::NotPermitted => {
                findings.refused(
                    "role",
                    "Request",
                    format!("{role} may not send {} {}", request.srv, request.name),
                    "E2",
                );
            }
            Permission::Unknown => {
                findings.warning("role", "Request", format!("no public source says who may send {}", request.srv));
            }
        }
    }
    let at = "Request.Header.CommandVariant";
    let allowed = || request.command_variants.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
    match text("CommandVariant").parse::<u8>() {
        Ok(variant) if request.command_variants.contains(&variant) => Some((request, variant)),
        _ => {
            let problem = format!("{} takes {}, not {:?}", request.srv, allowed(), text("CommandVariant"));
            findings.refused("command-variant", at, problem, "E12");
            // The body is still worth a look; a body of the request itself is assumed.
            Some((request, request.usual_command_variant()))
        }
    }
}

fn check_request_id(header: &Element, circumstances: &Circumstances<'_>, findings: &mut Findings) {
    let at = "Request.Header.RequestID";
    let Some(text) = header.text_at(&["RequestID"]) else { return };
    let Some(id) = RequestId::parse(text) else {
        findings.error("request-id", at, format!("must be ORIGINATOR:TARGET:COUNTER and is {text:?}"));
        return;
    };
    if id.originator == id.target {
        findings.error("same-party", at, "originator and target are the same");
    }
    if let Some(last) = circumstances.last_counter
        && id.counter <= last
    {
        let problem = format!("counter {} is not above {last}, which {} has sent", id.counter, id.originator);
        findings.error("counter", at, problem);
    }
    if let Some(preceding) = header.text_at(&["PrecedingServiceRequestID"])
        && RequestId::parse(preceding).is_none()
    {
        findings.error("request-id", "Request.Header.PrecedingServiceRequestID", "must be ORIGINATOR:TARGET:COUNTER");
    }
}

fn check_body(
    message: &Element,
    body: &Element,
    request: &ServiceRequest,
    command_variant: u8,
    findings: &mut Findings,
) {
    let Some(element) = body.children.first() else { return };
    let at = format!("Request.Body.{}", element.name);
    let signed = request.handling() == Handling::Critical && command_variant > 4;
    let wanted = if signed { body::signed_pre_command() } else { body::find(&request.srv) };
    let Some(wanted) = wanted else { return };
    if element.name != wanted.element || element.namespace != Vocabulary::Duis {
        let problem = format!("{} with command variant {command_variant} has the body {}", request.srv, wanted.element);
        findings.error("body-element", &at, problem);
        return;
    }
    fields::check(element, wanted, &at, findings);
    if signed && let Some(payload) = element.text_at(&["GBCSPayload"]) {
        let at = format!("{at}.GBCSPayload");
        command::check(payload, message, command::Stage::Signed, &at, findings);
    }
}

/// A pre-command held against the request it answers.
#[derive(Debug, Default)]
pub struct Comparison {
    /// What differs; without an error, sender, target, counter, use case and the values looked for are those of the request.
    pub findings: Vec<RequestFinding>,
    /// How many values of the request were found in the command.
    pub found: usize,
    /// Values without a form that is known here, each with its path: a person compares these.
    pub not_compared: Vec<String>,
}

impl Comparison {
    /// What the command has other than the request asked for.
    pub fn misfits(&self) -> impl Iterator<Item = &str> {
        self.findings.iter().filter(|finding| finding.is_error()).map(|finding| finding.problem.as_str())
    }
}

/// Compares the pre-command in a response of the DCC with the request it answers, before it is signed.
pub fn pre_command(request: &Element, reply: &Element) -> Comparison {
    let mut findings = Findings::default();
    let at = "Response.Body.ResponseMessage.PreCommand.GBCSPayload";
    let message = reply.at(&["Body", "ResponseMessage"]);
    let Some(payload) = pre_command_payload(reply) else {
        findings.error("command", "Response.Body.ResponseMessage", "holds no pre-command");
        return Comparison { findings: findings.0, ..Comparison::default() };
    };
    let told = message.and_then(|message| message.text_at(&["ServiceReferenceVariant"])).unwrap_or_default();
    let asked = request.text_at(&["Header", "ServiceReferenceVariant"]).unwrap_or_default();
    if told != asked {
        findings.error("command", at, format!("comes with {told}, and {asked} was asked for"));
    }
    command::check(payload, request, command::Stage::PreCommand, at, &mut findings);
    let body = request.child("Body").and_then(|body| body.children.first());
    let values = body.map(|body| command::check_values(payload, body, at, &mut findings)).unwrap_or_default();
    Comparison { findings: findings.0, found: values.found, not_compared: values.not_compared }
}

/// The pre-command in a response of the DCC, as base64.
pub fn pre_command_payload(reply: &Element) -> Option<&str> {
    reply.at(&["Body", "ResponseMessage"])?.text_at(&["PreCommand", "GBCSPayload"])
}

#[cfg(test)]
mod tests;
