//! Whether the GBCS message inside an envelope belongs to it.

use super::{Message, MessageKind};
use crate::smets::gbcs::{Flag, Header, message_code};

/// What does not fit between envelope and content, in sentences: another sender, counter, use case or alert than the
/// envelope names. Such a message shows nothing about the request or the device of the envelope.
pub(super) fn contradictions(message: &Message<'_>, header: &Header) -> Vec<String> {
    let mut found = Vec::new();
    let is_answer = matches!(message.kind, MessageKind::Response | MessageKind::Smets1Response);
    if header.flag != Flag::Command
        && let Some(sender) = message.response_id.map(|id| id.originator)
        && sender != header.originator
    {
        found.push(format!("the envelope comes from {sender} and the payload from {}", header.originator));
    }
    if is_answer && header.flag == Flag::Alert {
        found.push("the payload is an alert, where an answer is due".to_owned());
    }
    if message.kind == MessageKind::DeviceAlert && header.flag != Flag::Alert {
        found.push("the payload is no alert".to_owned());
    }
    if is_answer
        && header.flag == Flag::Response
        && let Some(request) = message.request_id
        && request.counter != header.counter
    {
        found.push(format!("the answer is to counter {}, and the payload to {}", request.counter, header.counter));
    }
    if is_answer
        && let Some(srv) = message.srv
        && let Some(known) = message_code::find(header.message_code)
        && !known.srv.iter().any(|of| of == srv)
        && !message_code::of_request(srv).is_empty()
    {
        let of = if known.srv.is_empty() { "no request".to_owned() } else { known.srv.join(", ") };
        found.push(format!("the payload has message code {}, which belongs to {of} and not to {srv}", known.code));
    }
    if let (Some(outside), Some(inside)) =
        (&message.alert_code, header.alert.map(|alert| format!("{:04X}", alert.code)))
        && !outside.eq_ignore_ascii_case(&inside)
    {
        found.push(format!("the alert code is {outside} outside and {inside} in the payload"));
    }
    found
}
