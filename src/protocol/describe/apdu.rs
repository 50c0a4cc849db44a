//! The layers of an APDU.

use super::{DescribeKeys, Layer, data_to_text, short_names};
use crate::hex;
use crate::protocol::dlms::{
    AareApdu, AarqApdu, AccessItem, AccessRequest, AccessResponse, ActionOutcome, ActionRequest, ActionResponse,
    AttributeDescriptor, Block, ClassId, Data, DataNotification, DateTime, DecodeError, Envelope, EventNotification,
    ExceptionResponse, GeneralBlock, GetItem, GetRequest, GetResponse, GetResult, InitiateRequest, InitiateResponse,
    Mechanism, MethodDescriptor, Protection, SecurityControl, ServiceError, SetRequest, SetResponse, apdu_name,
    decipher_generally, signed_content, tag, unprotect, unsign_generally,
};

pub(super) const REDACTED: &str = "[redacted]";

/// Ciphering inside ciphering is followed no further than this.
const MAX_LAYERS: usize = 4;

pub(super) fn describe(bytes: &[u8], keys: Option<&DescribeKeys>, layers: &mut Vec<Layer>, depth: usize) {
    let Some(&first) = bytes.first() else { return };
    if Envelope::is_protected(first) {
        return ciphered(bytes, first, keys, layers, depth);
    }
    let described = match first {
        tag::AARQ => AarqApdu::from_bytes(bytes).map(|aarq| {
            layers.push(aarq_layer(&aarq));
            describe(&aarq.user_information, keys, layers, depth);
        }),
        tag::AARE => AareApdu::from_bytes(bytes).map(|aare| {
            layers.push(aare_layer(&aare));
            describe(aare.user_information.as_deref().unwrap_or(&[]), keys, layers, depth);
        }),
        tag::GENERAL_CIPHERING => return general(bytes, keys, layers, depth),
        tag::GENERAL_SIGNING => return signed(bytes, keys, layers, depth),
        _ => service(bytes, first).map(|layer| layers.push(layer)),
    };
    if let Err(error) = described {
        let summary = format!("{}: {error}", apdu_name(first));
        layers.push(Layer::error(summary).with("octets", not_told(bytes)));
    }
}

fn ciphered(bytes: &[u8], first: u8, keys: Option<&DescribeKeys>, layers: &mut Vec<Layer>, depth: usize) {
    let envelope = match Envelope::from_bytes(bytes) {
        Ok(envelope) => envelope,
        Err(error) => {
            let summary = format!("{}: {error}", apdu_name(first));
            return layers.push(Layer::error(summary).with("octets", not_told(bytes)));
        }
    };
    let control = SecurityControl::from_octet(envelope.security_control);
    let how = control.map_or_else(
        || "unknown protection".to_owned(),
        |control| format!("{}, suite {}", control.protection, control.suite),
    );
    let mut layer = Layer::new("ciphered", format!("{}, {how}", apdu_name(first)))
        .with("security control", format!("{:02x}", envelope.security_control))
        .with("invocation counter", envelope.counter);
    if let Some(title) = envelope.title {
        layer = layer.with("system title", title);
    }
    let plain = match (control, keys) {
        (Some(SecurityControl { protection: Protection::Authentication, .. }), None) => {
            // Readable without a key, but nothing is proved.
            envelope.content.split_last_chunk::<12>().map(|(plain, _)| Ok(plain.to_vec()))
        }
        (Some(control), Some(keys)) => {
            let titles = [envelope.title, keys.client_title, keys.server_title];
            let opened = titles.into_iter().flatten().find_map(|title| {
                let plain = unprotect(&keys.keys, control, title, envelope.counter, envelope.content).ok()?;
                let known = plain.first().is_some_and(|&first| apdu_name(first) != apdu_name(0));
                (control.protection != Protection::Encryption || known).then_some(plain)
            });
            Some(opened.ok_or("does not decrypt under the keys given"))
        }
        _ => None,
    };
    match plain {
        Some(Ok(plain)) if depth < MAX_LAYERS => {
            layers.push(layer);
            describe(&plain, keys, layers, depth.saturating_add(1));
        }
        Some(Err(problem)) => layers.push(with_content(layer.with("problem", problem), control, envelope.content)),
        _ => layers.push(with_content(layer, control, envelope.content)),
    }
}

/// Content that was not looked into: what is readable may hold a secret.
fn with_content(layer: Layer, control: Option<SecurityControl>, content: &[u8]) -> Layer {
    if control.is_some_and(|control| control.protection == Protection::Authentication) {
        return layer.with("content", not_told(content));
    }
    layer.with("content", hex::encode_spaced(content))
}

/// Octets that may hold a secret.
fn not_told(octets: &[u8]) -> String {
    format!("{} octets, not told: they may hold a secret", octets.len())
}

fn general(bytes: &[u8], keys: Option<&DescribeKeys>, layers: &mut Vec<Layer>, depth: usize) {
    let layer = Layer::new("ciphered", apdu_name(tag::GENERAL_CIPHERING));
    match keys.map(|keys| decipher_generally(bytes, &keys.keys, &keys.general)) {
        Some(Ok(opened)) if depth < MAX_LAYERS => {
            layers.push(
                layer
                    .with("protection", opened.control.protection)
                    .with("invocation counter", opened.counter)
                    .with("system title", opened.originator),
            );
            describe(&opened.plain, keys, layers, depth.saturating_add(1));
        }
        Some(Err(fault)) => layers.push(layer.with("problem", fault).with("octets", not_told(bytes))),
        _ => layers.push(layer.with("octets", not_told(bytes))),
    }
}

fn signed(bytes: &[u8], keys: Option<&DescribeKeys>, layers: &mut Vec<Layer>, depth: usize) {
    let layer = Layer::new("signed", apdu_name(tag::GENERAL_SIGNING));
    let checked = keys.filter(|keys| keys.general.signing.is_some());
    let verdict = match checked.map(|keys| unsign_generally(bytes, &keys.general)) {
        Some(Ok(_)) => "the meter's",
        // A request is signed by the client, whose public key is not at hand.
        Some(Err(_)) => "not the meter's",
        None => "not checked",
    };
    match signed_content(bytes) {
        Ok((content, title)) if depth < MAX_LAYERS => {
            layers.push(layer.with("system title", title).with("signature", verdict));
            describe(content, keys, layers, depth.saturating_add(1));
        }
        Ok((content, _)) => layers.push(layer.with("content", format!("{} octets", content.len()))),
        Err(error) => layers.push(Layer::error(format!("{}: {error}", apdu_name(tag::GENERAL_SIGNING)))),
    }
}

fn aarq_layer(aarq: &AarqApdu) -> Layer {
    let mut layer = Layer::new("apdu", "AARQ, the client asks for an association")
        .with("context", format!("{:?}", aarq.context))
        .with("mechanism", format!("{:?}", aarq.mechanism));
    if let Some(title) = &aarq.calling_title {
        layer = layer.with("client title", hex::encode_spaced(title));
    }
    match (&aarq.authentication_value, aarq.mechanism) {
        (Some(_), Mechanism::Lls) => layer.with("password", REDACTED),
        (Some(value), _) => layer.with("challenge", hex::encode_spaced(value)),
        (None, _) => layer,
    }
}

fn aare_layer(aare: &AareApdu) -> Layer {
    let mut layer = Layer::new("apdu", format!("AARE, {}", aare.result))
        .with("diagnostic", aare.diagnostic)
        .with("context", format!("{:?}", aare.context));
    if let Some(title) = &aare.responding_title {
        layer = layer.with("meter title", hex::encode_spaced(title));
    }
    if let Some(challenge) = &aare.authentication_value {
        layer = layer.with("challenge", hex::encode_spaced(challenge));
    }
    layer
}

fn service(bytes: &[u8], first: u8) -> Result<Layer, DecodeError> {
    let base = |choice: &str| Layer::new("apdu", format!("{}{choice}", apdu_name(first)));
    Ok(match first {
        tag::INITIATE_REQUEST => {
            let initiate = InitiateRequest::from_bytes(bytes)?;
            base("").with("conformance", initiate.conformance).with("max PDU", initiate.max_pdu)
        }
        tag::INITIATE_RESPONSE => {
            let initiate = InitiateResponse::from_bytes(bytes)?;
            base("").with("conformance", initiate.conformance).with("max PDU", initiate.max_pdu)
        }
        tag::EXCEPTION_RESPONSE => base("").with("meaning", ExceptionResponse::from_bytes(bytes)?),
        tag::CONFIRMED_SERVICE_ERROR => base("").with("meaning", ServiceError::from_bytes(bytes)?),
        tag::GET_REQUEST => match GetRequest::from_bytes(bytes)? {
            GetRequest::Normal { item, .. } => with_item(base(""), &item),
            GetRequest::Next { number, .. } => base(" for the block after").with("block", number),
            GetRequest::WithList { items, .. } => items.iter().fold(base(" of a list"), with_item),
        },
        tag::GET_RESPONSE => match GetResponse::from_bytes(bytes)? {
            GetResponse::Normal { result, .. } => with_result(base(""), &result),
            GetResponse::WithList { results, .. } => results.iter().fold(base(" of a list"), with_result),
            GetResponse::Block { last, number, content, .. } => match content {
                Ok(octets) => with_block(base(" in blocks"), &Block { last, number, octets }),
                Err(reason) => base(" in blocks").with("block", number).with("refused", reason),
            },
        },
        tag::SET_REQUEST => set_request(SetRequest::from_bytes(bytes)?, base),
        tag::SET_RESPONSE => match SetResponse::from_bytes(bytes)? {
            SetResponse::Normal { result, .. } => base("").with("result", result),
            SetResponse::Block { number, .. } => base(", block taken").with("block", number),
            SetResponse::LastBlock { result, number, .. } => base("").with("block", number).with("result", result),
            SetResponse::LastBlockWithList { results, .. } | SetResponse::WithList { results, .. } => {
                results.iter().fold(base(" of a list"), |layer, result| layer.with("result", result))
            }
        },
        tag::ACTION_REQUEST => match ActionRequest::from_bytes(bytes)? {
            ActionRequest::Normal { method, argument, .. } => match argument {
                Some(argument) => with_call(base(""), method, &argument),
                None => base("").with("method", method),
            },
            ActionRequest::WithList { methods, arguments, .. } => methods
                .iter()
                .zip(&arguments)
                .fold(base(" of a list"), |layer, (method, argument)| with_call(layer, *method, argument)),
            ActionRequest::FirstBlockWithList { methods, block, .. } => {
                let layer = base(" of a list in blocks");
                with_hidden_block(methods.iter().fold(layer, |layer, method| layer.with("method", method)), &block)
            }
            ActionRequest::Next { number, .. } => base(" for the block after").with("block", number),
            ActionRequest::FirstBlock { method, block, .. } => {
                with_hidden_block(base(" in blocks").with("method", method), &block)
            }
            ActionRequest::Block { block, .. } => with_hidden_block(base(" in blocks"), &block),
        },
        tag::ACTION_RESPONSE => match ActionResponse::from_bytes(bytes)? {
            ActionResponse::Normal { outcome, .. } => with_outcome(base(""), &outcome),
            ActionResponse::WithList { outcomes, .. } => outcomes.iter().fold(base(" of a list"), with_outcome),
            ActionResponse::Block { block, .. } => with_block(base(" in blocks"), &block),
            ActionResponse::Next { number, .. } => base(", block taken").with("block", number),
        },
        tag::DATA_NOTIFICATION => {
            let report = DataNotification::from_bytes(bytes)?;
            let layer = base("").with("number", report.invoke & 0x00FF_FFFF);
            let time = report.time.as_slice().try_into().ok().map(DateTime);
            let layer = time.map_or(layer.clone(), |time| layer.with("time", time));
            layer.with("value", data_to_text(&report.body))
        }
        tag::EVENT_NOTIFICATION => {
            let event = EventNotification::from_bytes(bytes)?;
            let layer = event.time.iter().fold(base(""), |layer, time| layer.with("time", time));
            layer.with("attribute", event.attribute).with("value", data_to_text(&event.value))
        }
        tag::INFORMATION_REPORT => short_names::information_report(bytes, base(""))?,
        tag::READ_REQUEST => short_names::read_request(bytes, base(""))?,
        tag::READ_RESPONSE => short_names::read_response(bytes, base(""))?,
        tag::WRITE_REQUEST => short_names::write_request(bytes, base(""))?,
        tag::WRITE_RESPONSE => short_names::write_response(bytes, base(""))?,
        tag::GENERAL_BLOCK_TRANSFER => {
            let GeneralBlock { last, number, octets, .. } = GeneralBlock::from_bytes(bytes)?;
            with_hidden_block(base(""), &Block { last, number: number.into(), octets })
        }
        tag::ACCESS_REQUEST => AccessRequest::from_bytes(bytes)?.items.iter().fold(base(""), with_access),
        tag::ACCESS_RESPONSE => AccessResponse::from_bytes(bytes)?
            .results
            .iter()
            .fold(base(""), |layer, result| with_result(layer, &result.clone().into_get())),
        // A service that is not read here may carry a secret.
        tag::UNCONFIRMED_WRITE => base("").with("octets", not_told(bytes)),
        _ => base("").with("octets", hex::encode_spaced(bytes)),
    })
}

/// One of the things asked for by ACCESS. Secrets are not told.
fn with_access(layer: Layer, item: &AccessItem) -> Layer {
    match item {
        AccessItem::Get(item) => with_item(layer, item),
        AccessItem::Set(item, value) => with_written(with_item(layer, item), item, value),
        AccessItem::Action(method, argument) => with_call(layer, *method, argument),
    }
}

fn with_written(layer: Layer, item: &GetItem, value: &Data) -> Layer {
    let hidden = is_secret_attribute(item.attribute);
    layer.with("value", if hidden { REDACTED.to_owned() } else { data_to_text(value) })
}

fn with_call(layer: Layer, method: MethodDescriptor, argument: &Data) -> Layer {
    let hidden = is_secret_method(method, argument);
    let argument = if hidden { REDACTED.to_owned() } else { data_to_text(argument) };
    layer.with("method", method).with("argument", argument)
}

fn set_request(request: SetRequest, base: impl Fn(&str) -> Layer) -> Layer {
    match request {
        SetRequest::Normal { target, value, .. } => with_written(with_item(base(""), &target), &target, &value),
        SetRequest::FirstBlock { target, block, .. } => {
            with_hidden_block(with_item(base(" in blocks"), &target), &block)
        }
        SetRequest::Block { block, .. } => with_hidden_block(base(" in blocks"), &block),
        SetRequest::WithList { targets, values, .. } => {
            let layer = targets.iter().fold(base(" of a list"), with_item);
            targets.iter().zip(&values).fold(layer, |layer, (target, value)| with_written(layer, target, value))
        }
        SetRequest::FirstBlockWithList { targets, block, .. } => {
            with_hidden_block(targets.iter().fold(base(" of a list in blocks"), with_item), &block)
        }
    }
}

fn with_item(layer: Layer, item: &GetItem) -> Layer {
    let layer = layer.with("attribute", item.attribute);
    match &item.access {
        None => layer,
        Some(access) => {
            let parameters = data_to_text(&access.parameters);
            layer.with("selection", format!("{} {parameters}", access.selector))
        }
    }
}

fn with_result(layer: Layer, result: &GetResult) -> Layer {
    match result {
        Ok(data) => layer.with("value", data_to_text(data)),
        Err(reason) => layer.with("refused", reason),
    }
}

fn with_outcome(layer: Layer, outcome: &ActionOutcome) -> Layer {
    let layer = layer.with("result", outcome.result);
    outcome.returned.iter().fold(layer, with_result)
}

/// Whether an attribute holds a password: the LLS secret of an association.
fn is_secret_attribute(attribute: AttributeDescriptor) -> bool {
    attribute.class == ClassId::ASSOCIATION_LN && attribute.attribute == 7
}

/// Whether a method takes a key or a password: change_HLS_secret, key transfer; or a token that is not in digits, of
/// which no end can be told.
fn is_secret_method(method: MethodDescriptor, argument: &Data) -> bool {
    match (method.class, method.method) {
        // Some makers' answers to a challenge tell the password to whoever saw both.
        (ClassId::ASSOCIATION_LN, 1 | 2) | (ClassId::SECURITY_SETUP, 2) => true,
        (ClassId::TOKEN_GATEWAY, 1) => argument.as_octets().is_some_and(|octets| octets.len() != 20),
        _ => false,
    }
}

/// A part of something written: what it is of is not known here, so it may be a part of a secret.
pub(super) fn with_hidden_block(layer: Layer, block: &Block) -> Layer {
    let octets = format!("{} octets, not told: they may be a part of a secret", block.octets.len());
    layer.with("block", block.number).with("last", block.last).with("octets", octets)
}

pub(super) fn with_block(layer: Layer, block: &Block) -> Layer {
    let layer = layer.with("block", block.number).with("last", block.last);
    layer.with("octets", hex::encode_spaced(&block.octets))
}
