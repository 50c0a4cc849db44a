//! A GBCS command against the request it is to carry out: the last look before it is signed.

use super::Findings;
use super::values::{self, Values};
use crate::smets::base64;
use crate::smets::duis::kind::RequestId;
use crate::smets::duis::tree::Element;
use crate::smets::gbcs::{self, Flag, Header, message_code};

/// What the command is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// As the DCC built it: to be checked and signed.
    PreCommand,
    /// Signed by the party, on its way back.
    Signed,
}

/// The rule its findings go under.
pub(super) const RULE: &str = "command";

/// Compares the command in `payload` (base64) with the header of a request: sender, target, counter, use case, stage.
pub(super) fn check(payload: &str, request: &Element, stage: Stage, at: &str, findings: &mut Findings) {
    let Some((header, _)) = read(payload, at, findings) else { return };
    let id = request.text_at(&["Header", "RequestID"]).and_then(RequestId::parse);
    let srv = request.text_at(&["Header", "ServiceReferenceVariant"]).unwrap_or_default();
    let mut wrong = |problem: String| findings.error(RULE, at, problem);
    if header.flag != Flag::Command {
        wrong("is not a command but what a device sends".to_owned());
    }
    match stage {
        Stage::Signed if !header.signed => {
            wrong("carries no signature: the pre-command is still to be signed".to_owned())
        }
        Stage::PreCommand if header.mac => {
            wrong("carries a MAC: it is a finished command and no pre-command".to_owned())
        }
        Stage::PreCommand if header.signed => {
            wrong("is signed already: a pre-command comes without a signature".to_owned())
        }
        _ => {}
    }
    let known = message_code::of_request(srv);
    if !known.is_empty() && !known.contains(&header.message_code) {
        let does = match message_code::find(header.message_code) {
            Some(other) if !other.srv.is_empty() => {
                format!("is a command of {} ({})", other.srv.join(", "), other.use_cases.join(", "))
            }
            Some(other) => format!("is a command of use case {}", other.use_cases.join(", ")),
            None => "is a command of a use case that is not known".to_owned(),
        };
        wrong(format!("{does}, and {srv} was asked for (message code {:04X})", header.message_code));
    }
    let Some(id) = id else { return };
    for (what, found, wanted) in
        [("originator", header.originator, id.originator), ("target", header.target, id.target)]
    {
        if found != wanted {
            wrong(format!("has {what} {found}, and the request {wanted}"));
        }
    }
    if header.counter != id.counter {
        wrong(format!("has counter {}, and the request {}", header.counter, id.counter));
    }
}

/// Looks for the values that a request names in the command that the DCC built for it.
pub(super) fn check_values(payload: &str, body: &Element, at: &str, findings: &mut Findings) -> Values {
    let mut unheard = Findings::default();
    match read(payload, at, &mut unheard) {
        Some((_, octets)) => values::check(body, &octets, at, findings),
        None => Values::default(),
    }
}

fn read(payload: &str, at: &str, findings: &mut Findings) -> Option<(Header, Vec<u8>)> {
    let mut bytes = Vec::new();
    if let Err(error) = base64::decode_into(payload.as_bytes(), &mut bytes) {
        findings.error(RULE, at, format!("is no base64: {error}"));
        return None;
    }
    match gbcs::parse(&bytes) {
        Ok(header) => Some((header, bytes)),
        Err(error) => {
            findings.error(RULE, at, error.to_string());
            None
        }
    }
}
