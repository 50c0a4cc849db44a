//! What a DUIS message says, ready to be written as one JSON document.

mod attribution;

use serde::Serialize;

use crate::hex;
use crate::smets::base64;
use crate::smets::catalogue::Catalogue;
use crate::smets::codes::{dcc_alert, device_alert, response};
use crate::smets::duis::kind::RequestId;
use crate::smets::duis::stream::{FoundMessage, StreamError};
use crate::smets::duis::tree::Element;
use crate::smets::gbcs;

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MessageKind {
    /// A service request.
    Request,
    /// The answer to a request.
    Response,
    /// An alert a device raised.
    DeviceAlert,
    /// An alert the DCC raised.
    DccAlert,
    /// The answer of a SMETS1 device, through its service provider.
    Smets1Response,
    /// A DUIS message of a kind not known.
    Unknown,
    /// No message: damaged or refused.
    Unreadable,
}

impl MessageKind {
    /// The word in the document.
    pub const fn word(self) -> &'static str {
        match self {
            MessageKind::Request => "request",
            MessageKind::Response => "response",
            MessageKind::DeviceAlert => "device-alert",
            MessageKind::DccAlert => "dcc-alert",
            MessageKind::Smets1Response => "smets1-response",
            MessageKind::Unknown => "unknown",
            MessageKind::Unreadable => "unreadable",
        }
    }
}

/// What has become of a request, by its response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestOutcome {
    /// The DCC refused it, or failed at it.
    Failed,
    /// The DCC did it; no device had to.
    Done,
    /// Accepted for sending, or a request to the DCC that returns no data.
    Taken,
    /// What came back is a command to be checked, signed and sent.
    PreCommand,
    /// What came back is the command, to be delivered by hand.
    LocalCommand,
    /// The device answered.
    Answered(gbcs::Outcome),
}

impl RequestOutcome {
    /// Whether the DCC or the device said no.
    pub const fn is_refusal(self) -> bool {
        matches!(self, RequestOutcome::Failed | RequestOutcome::Answered(gbcs::Outcome::Refused))
    }
}

impl Serialize for RequestOutcome {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            RequestOutcome::Failed => serializer.serialize_str("failed"),
            RequestOutcome::Done => serializer.serialize_str("done"),
            RequestOutcome::Taken => serializer.serialize_str("taken"),
            RequestOutcome::PreCommand => serializer.serialize_str("pre-command"),
            RequestOutcome::LocalCommand => serializer.serialize_str("local-command"),
            RequestOutcome::Answered(outcome) => outcome.serialize(serializer),
        }
    }
}

/// One message, decoded. Fields that do not apply are absent.
#[derive(Debug, Clone, Serialize)]
pub struct Message<'a> {
    /// Byte of the stream at which it starts.
    pub offset: u64,
    /// What it is.
    pub kind: MessageKind,
    /// Version of the interface.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_version: Option<&'a str>,
    /// The request, or the request this answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// The response's own ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_id: Option<RequestId>,
    /// Response code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_code: Option<&'a str>,
    /// What the response says, where that is public: by the code, and by what the device answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_meaning: Option<String>,
    /// What has become of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<RequestOutcome>,
    /// When the DCC wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<&'a str>,
    /// Command variant of a request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command_variant: Option<&'a str>,
    /// Service reference variant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub srv: Option<&'a str>,
    /// Name of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub srv_name: Option<&'static str>,
    /// Code of a device alert.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert_code: Option<String>,
    /// What happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert_name: Option<&'static str>,
    /// `critical` or `non-critical`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert_class: Option<&'static str>,
    /// Code of a DCC alert, as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dcc_alert_code: Option<&'a str>,
    /// The message of a DCC alert, known by its body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dcc_alert: Option<&'a str>,
    /// What that message says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dcc_alert_meaning: Option<&'static str>,
    /// Header of the GBCS message inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gbcs: Option<gbcs::Header>,
    /// The GBCS message itself, as hex; only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// Whether a GBCS message is inside, readable or not.
    #[serde(skip)]
    has_payload: bool,
    /// Whether envelope and payload contradict each other, so that the message shows nothing.
    #[serde(skip)]
    pub is_contradictory: bool,
    /// Whether a signature is there (it is not verified).
    pub signed: bool,
    /// The body as it is, without encoded payloads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<&'a Element>,
    /// What does not fit together, or why there is no message.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
}

impl<'a> Message<'a> {
    fn empty(offset: u64, kind: MessageKind) -> Self {
        Message {
            offset,
            kind,
            schema_version: None,
            request_id: None,
            response_id: None,
            response_code: None,
            response_meaning: None,
            outcome: None,
            time: None,
            command_variant: None,
            srv: None,
            srv_name: None,
            alert_code: None,
            alert_name: None,
            alert_class: None,
            dcc_alert_code: None,
            dcc_alert: None,
            dcc_alert_meaning: None,
            gbcs: None,
            payload: None,
            has_payload: false,
            is_contradictory: false,
            signed: false,
            body: None,
            problems: Vec::new(),
        }
    }

    /// What has become of the request, once code, wrapping and payload are known. The DCC's code alone says too little:
    /// I0 comes with a pre-command, with a command for local delivery, and with a device's refusal.
    fn conclude(&mut self) {
        let Some(code) = self.response_code else { return };
        if !matches!(self.kind, MessageKind::Response | MessageKind::Smets1Response) {
            return;
        }
        let record = response::find(code);
        let known = record.and_then(|record| record.meaning.clone());
        // A warning comes with an answer, as I0 does.
        let is_answer = code == "I0" || record.is_some_and(|record| record.kind == "warning");
        let holds = |name: &str| self.body.is_some_and(|body| body.child(name).is_some());
        let is_command = self.gbcs.as_ref().is_some_and(|header| header.flag == gbcs::Flag::Command);
        let answered = self.gbcs.as_ref().and_then(|header| header.payload.as_ref());
        let outcome = match code {
            _ if code.starts_with('E') => RequestOutcome::Failed,
            _ if self.is_contradictory => RequestOutcome::Answered(gbcs::Outcome::NotRead),
            _ if is_answer && holds("PreCommand") => RequestOutcome::PreCommand,
            _ if is_answer && holds("LocalCommand") => RequestOutcome::LocalCommand,
            _ if is_answer && is_command && self.gbcs.as_ref().is_some_and(|header| header.pre_command) => {
                RequestOutcome::PreCommand
            }
            _ if is_answer && is_command => RequestOutcome::LocalCommand,
            _ if is_answer => match (answered, self.has_payload) {
                (Some(payload), _) => RequestOutcome::Answered(payload.outcome),
                (None, true) => RequestOutcome::Answered(gbcs::Outcome::NotRead),
                (None, false) => RequestOutcome::Done,
            },
            "I99" => RequestOutcome::Taken,
            // What a code means that no source names is not known.
            _ => RequestOutcome::Answered(gbcs::Outcome::NotRead),
        };
        let refusals = answered.map(gbcs::Payload::refusals).filter(|refusals| !refusals.is_empty());
        self.response_meaning = match outcome {
            RequestOutcome::PreCommand => Some(
                "a pre-command, nothing has reached the device: it is to be checked, signed and sent as variant 5"
                    .to_owned(),
            ),
            RequestOutcome::LocalCommand => Some(
                "the command itself, nothing has reached the device: it is to be delivered by hand on the HAN"
                    .to_owned(),
            ),
            RequestOutcome::Answered(_) if self.is_contradictory => {
                Some("what is inside is not the answer to this request".to_owned())
            }
            RequestOutcome::Answered(_) if record.is_none() => {
                Some("a response code that is not known here".to_owned())
            }
            RequestOutcome::Answered(gbcs::Outcome::Done) => known,
            RequestOutcome::Answered(outcome) => match refusals {
                Some(refusals) => Some(format!("{}: {refusals}", outcome.in_words())),
                None => Some(outcome.in_words().to_owned()),
            },
            RequestOutcome::Failed | RequestOutcome::Done | RequestOutcome::Taken => known,
        };
        self.outcome = Some(outcome);
    }

    /// One line for people: code, name, device.
    pub fn summary(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.response_code.map(|code| match &self.response_meaning {
            Some(meaning) => format!("{code} {meaning}"),
            None => code.to_owned(),
        }));
        parts.extend(self.srv.map(|srv| format!("{srv} {}", self.srv_name.unwrap_or_default()).trim_end().to_owned()));
        parts.extend(self.alert_code.as_ref().map(|code| match self.alert_name {
            Some(name) => format!("{code} {name}"),
            None => format!("{code} (not in the list)"),
        }));
        parts.extend(self.dcc_alert_code.map(|code| {
            let message = self.dcc_alert.unwrap_or("unknown message");
            format!("{code} {message}")
        }));
        parts.extend(self.gbcs.as_ref().and_then(|header| header.payload.as_ref()?.told()));
        parts.extend(self.problems.iter().cloned());
        parts.join("; ")
    }

    /// The device it is about: the target of a request, the sender of an answer.
    pub fn device(&self) -> Option<String> {
        let sender = self.response_id.map(|id| id.originator).or(self.request_id.map(|id| id.target));
        sender.or(self.gbcs.as_ref().map(|header| header.originator)).map(|id| id.to_string())
    }
}

/// Takes messages apart; keeps a buffer between them.
#[derive(Debug, Default)]
pub struct Decoder {
    /// Whether the GBCS message itself goes into the document.
    with_payload: bool,
    bytes: Vec<u8>,
}

/// Elements that hold a GBCS message.
const PAYLOADS: [&str; 2] = ["GBCSPayload", "DeviceGBCSResponse"];

impl Decoder {
    /// A decoder that shows the GBCS message itself too, or not.
    pub fn new(with_payload: bool) -> Self {
        Decoder { with_payload, bytes: Vec::new() }
    }

    /// Decodes what was found in a stream. Encoded payloads are taken out of the element.
    pub fn decode<'a>(&mut self, found: &'a mut FoundMessage) -> Message<'a> {
        let offset = found.offset;
        match &mut found.message {
            Err(error) => unreadable(offset, error),
            Ok(element) => {
                let payload = take_payload(element);
                let mut message = message(offset, element);
                if let Some(payload) = payload {
                    self.payload(&payload, &mut message);
                }
                message.conclude();
                message
            }
        }
    }

    fn payload(&mut self, payload: &str, message: &mut Message<'_>) {
        message.has_payload = true;
        if let Err(error) = base64::decode_into(payload.as_bytes(), &mut self.bytes) {
            message.problems.push(format!("the payload is no base64: {error}"));
            return;
        }
        if self.with_payload {
            message.payload = Some(hex::encode(&self.bytes));
        }
        match gbcs::parse(&self.bytes) {
            Err(error) => message.problems.push(error.to_string()),
            Ok(header) => {
                let contradictions = attribution::contradictions(message, &header);
                message.is_contradictory = !contradictions.is_empty();
                message.problems.extend(contradictions);
                if let (None, Some(alert)) = (&message.alert_code, header.alert) {
                    set_alert(message, format!("{:04X}", alert.code));
                }
                message.gbcs = Some(header);
            }
        }
    }
}

fn unreadable(offset: u64, error: &StreamError) -> Message<'static> {
    let verdict = if error.is_refusal() { "refused" } else { "damaged" };
    Message { problems: vec![format!("{verdict}: {error}")], ..Message::empty(offset, MessageKind::Unreadable) }
}

/// Removes the first encoded payload of the body, wherever it is.
fn take_payload(element: &mut Element) -> Option<String> {
    if let Some(at) = element.children.iter().position(|child| PAYLOADS.contains(&child.name.as_str())) {
        return Some(element.children.remove(at).text);
    }
    element.children.iter_mut().find_map(take_payload)
}

fn message(offset: u64, element: &Element) -> Message<'_> {
    let mut message = Message::empty(offset, MessageKind::Unknown);
    message.schema_version = element.attribute("schemaVersion");
    message.signed = element.child("Signature").is_some();
    if let Some(header) = element.child("Header") {
        header_fields(header, &mut message);
    }
    let Some(body) = element.child("Body").and_then(|body| body.children.first()) else {
        message.kind = if element.name == "Request" { MessageKind::Request } else { MessageKind::Unknown };
        message.problems.push("the body is missing".to_owned());
        return message;
    };
    message.body = Some(body);
    message.kind = match (element.name.as_str(), body.name.as_str()) {
        ("Request", _) => MessageKind::Request,
        (_, "ResponseMessage") => MessageKind::Response,
        (_, "DeviceAlertMessage") => MessageKind::DeviceAlert,
        (_, "DCCAlertMessage") => MessageKind::DccAlert,
        (_, "SMETS1ResponseMessage") => MessageKind::Smets1Response,
        _ => MessageKind::Unknown,
    };
    match message.kind {
        MessageKind::Response | MessageKind::Smets1Response => {
            message.srv = body.text_at(&["ServiceReferenceVariant"]).or(body.text_at(&["ServiceReference"]));
        }
        MessageKind::DccAlert => dcc_alert_fields(body, &mut message),
        _ => {}
    }
    let alert_code =
        body.text_at(&["AlertCode"]).or(body.text_at(&["FutureDatedDeviceAlertMessage", "FutureDatedAlertCode"]));
    if let Some(code) = alert_code {
        set_alert(&mut message, code.to_ascii_uppercase());
    }
    let request = message.srv.and_then(|srv| Catalogue::shipped().find(srv));
    message.srv_name = request.map(|request| request.name.as_str());
    if message.kind == MessageKind::Request
        && let Some(request) = request
        && request.element != body.name
        && body.name != "SignedPreCommand"
    {
        message.problems.push(format!("{} has the body {}, not {}", request.srv, request.element, body.name));
    }
    message
}

fn header_fields<'a>(header: &'a Element, message: &mut Message<'a>) {
    let ids = [("RequestID", &mut message.request_id), ("ResponseID", &mut message.response_id)];
    for (name, id) in ids {
        if let Some(text) = header.text_at(&[name]) {
            *id = RequestId::parse(text);
            if id.is_none() {
                let shown: String = text.chars().take(60).collect();
                message.problems.push(format!("{name} {shown:?} is not ORIGINATOR:TARGET:COUNTER"));
            }
        }
    }
    message.response_code = header.text_at(&["ResponseCode"]);
    message.time = header.text_at(&["ResponseDateTime"]);
    message.command_variant = header.text_at(&["CommandVariant"]);
    message.srv = header.text_at(&["ServiceReferenceVariant"]);
}

fn dcc_alert_fields<'a>(body: &'a Element, message: &mut Message<'a>) {
    message.dcc_alert_code = body.text_at(&["DCCAlertCode"]);
    let Some(alert) = body.at(&["DCCAlert"]).and_then(|alert| alert.children.first()) else {
        message.problems.push("the DCC alert has no body".to_owned());
        return;
    };
    let known = dcc_alert::by_element(&alert.name);
    message.dcc_alert = Some(known.map_or(alert.name.as_str(), |known| &known.message));
    message.dcc_alert_meaning = known.map(|known| known.meaning.as_str());
    if let Some(code) = alert.text_at(&["DeviceAlertCode"]).or(alert.text_at(&["AlertCode"])) {
        set_alert(message, code.to_ascii_uppercase());
    }
}

fn set_alert(message: &mut Message<'_>, code: String) {
    message.alert_name = device_alert::find(&code).map(|alert| alert.name.as_str());
    message.alert_class = u16::from_str_radix(&code, 16).ok().map(device_alert::class);
    message.alert_code = Some(code);
}

#[cfg(test)]
mod tests;
