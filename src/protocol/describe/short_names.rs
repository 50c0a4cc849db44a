//! READ, WRITE and reports by short names, as text. What is written is told for no object: a short name alone does not
//! show whether a password stands behind it.

use super::apdu::{REDACTED, with_block, with_hidden_block};
use super::{Layer, data_to_text};
use crate::protocol::dlms::{
    DecodeError, InformationReport, ReadRequest, ReadResponse, ReadResult, VariableAccess, WriteRequest, WriteResponse,
    WriteResult,
};

/// Method of an association that takes the answer to its challenge (Blue Book, 4.1.3).
const REPLY_TO_HLS: u16 = 0xFA58;

pub(super) fn read_request(bytes: &[u8], layer: Layer) -> Result<Layer, DecodeError> {
    Ok(ReadRequest::from_bytes(bytes)?.0.iter().fold(layer, with_access))
}

pub(super) fn read_response(bytes: &[u8], layer: Layer) -> Result<Layer, DecodeError> {
    Ok(ReadResponse::from_bytes(bytes)?.0.iter().fold(layer, |layer, result| match result {
        ReadResult::Value(Ok(data)) => layer.with("value", data_to_text(data)),
        ReadResult::Value(Err(reason)) => layer.with("refused", reason),
        ReadResult::Block(block) => with_block(layer, block),
    }))
}

pub(super) fn write_request(bytes: &[u8], layer: Layer) -> Result<Layer, DecodeError> {
    Ok(match WriteRequest::from_bytes(bytes)? {
        WriteRequest::Values(values) => {
            values.iter().fold(layer, |layer, (access, _)| with_access(layer, access).with("value", REDACTED))
        }
        WriteRequest::Block(block) => with_hidden_block(layer, &block),
    })
}

pub(super) fn write_response(bytes: &[u8], layer: Layer) -> Result<Layer, DecodeError> {
    Ok(WriteResponse::from_bytes(bytes)?.0.iter().fold(layer, |layer, result| match result {
        WriteResult::Done(result) => layer.with("result", result),
        WriteResult::Block(number) => layer.with("block taken", number),
    }))
}

pub(super) fn information_report(bytes: &[u8], layer: Layer) -> Result<Layer, DecodeError> {
    let report = InformationReport::from_bytes(bytes)?;
    let layer = report.time.iter().fold(layer, |layer, time| layer.with("time", time));
    Ok(report
        .values
        .iter()
        .fold(layer, |layer, (name, data)| with_name(layer, *name).with("value", data_to_text(data))))
}

fn with_name(layer: Layer, name: u16) -> Layer {
    layer.with("short name", format!("{name:04X}"))
}

/// Selector 0 stands before the argument of a method, which may be a key.
fn with_access(layer: Layer, access: &VariableAccess) -> Layer {
    match access {
        VariableAccess::Name(name) => with_name(layer, *name),
        VariableAccess::Parameterized { name, access } => {
            let parameters = match access.selector {
                0 => REDACTED.to_owned(),
                _ if *name == REPLY_TO_HLS => REDACTED.to_owned(),
                selector => format!("{selector} {}", data_to_text(&access.parameters)),
            };
            with_name(layer, *name).with("selection", parameters)
        }
        VariableAccess::Block(number) => layer.with("block", number),
    }
}
