//! SET: writing attributes.

use super::super::cursor::{Cursor, put_length};
use super::super::data::Data;
use super::super::decode_error::DecodeError;
use super::super::identifiers::AttributeDescriptor;
use super::super::results::DataAccessResult;
use super::{Block, GetItem, InvokeId, list, service_header, tag, unknown_choice};

/// One attribute to write.
#[derive(Debug, Clone, PartialEq)]
pub struct SetItem {
    /// The attribute.
    pub attribute: AttributeDescriptor,
    /// The value.
    pub value: Data,
}

/// A SET request.
#[derive(Debug, Clone, PartialEq)]
pub enum SetRequest {
    /// One attribute.
    Normal {
        /// Invoke id.
        invoke: InvokeId,
        /// The attribute and, rarely, which part of it.
        target: GetItem,
        /// The value.
        value: Data,
    },
    /// One attribute, and the first block of its value.
    FirstBlock {
        /// Invoke id.
        invoke: InvokeId,
        /// The attribute.
        target: GetItem,
        /// The first block.
        block: Block,
    },
    /// A further block.
    Block {
        /// Invoke id.
        invoke: InvokeId,
        /// The block.
        block: Block,
    },
    /// Several attributes with their values, in the same order.
    WithList {
        /// Invoke id.
        invoke: InvokeId,
        /// The attributes.
        targets: Vec<GetItem>,
        /// The values.
        values: Vec<Data>,
    },
    /// Several attributes, and the first block of their values.
    FirstBlockWithList {
        /// Invoke id.
        invoke: InvokeId,
        /// The attributes.
        targets: Vec<GetItem>,
        /// The first block.
        block: Block,
    },
}

impl SetRequest {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let cursor = &mut cursor;
        let (choice, invoke) = service_header(cursor, tag::SET_REQUEST)?;
        let request = match choice {
            1 => SetRequest::Normal { invoke, target: GetItem::decode(cursor)?, value: Data::decode(cursor)? },
            2 => SetRequest::FirstBlock { invoke, target: GetItem::decode(cursor)?, block: Block::decode(cursor)? },
            3 => SetRequest::Block { invoke, block: Block::decode(cursor)? },
            4 => SetRequest::WithList {
                invoke,
                targets: list(cursor, GetItem::decode)?,
                values: list(cursor, Data::decode)?,
            },
            5 => SetRequest::FirstBlockWithList {
                invoke,
                targets: list(cursor, GetItem::decode)?,
                block: Block::decode(cursor)?,
            },
            other => return unknown_choice(other),
        };
        cursor.finish()?;
        Ok(request)
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::SET_REQUEST];
        match self {
            SetRequest::Normal { invoke, target, value } => {
                out.extend_from_slice(&[1, invoke.0]);
                target.encode(&mut out);
                value.encode(&mut out);
            }
            SetRequest::FirstBlock { invoke, target, block } => {
                out.extend_from_slice(&[2, invoke.0]);
                target.encode(&mut out);
                block.encode(&mut out);
            }
            SetRequest::Block { invoke, block } => {
                out.extend_from_slice(&[3, invoke.0]);
                block.encode(&mut out);
            }
            SetRequest::WithList { invoke, targets, values } => {
                out.extend_from_slice(&[4, invoke.0]);
                put_length(&mut out, targets.len());
                targets.iter().for_each(|target| target.encode(&mut out));
                put_length(&mut out, values.len());
                values.iter().for_each(|value| value.encode(&mut out));
            }
            SetRequest::FirstBlockWithList { invoke, targets, block } => {
                out.extend_from_slice(&[5, invoke.0]);
                put_length(&mut out, targets.len());
                targets.iter().for_each(|target| target.encode(&mut out));
                block.encode(&mut out);
            }
        }
        out
    }
}

/// A SET response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetResponse {
    /// What came of one write.
    Normal {
        /// Invoke id.
        invoke: InvokeId,
        /// The result.
        result: DataAccessResult,
    },
    /// A block was taken, the next is due.
    Block {
        /// Invoke id.
        invoke: InvokeId,
        /// Number of the block taken.
        number: u32,
    },
    /// The last block was taken.
    LastBlock {
        /// Invoke id.
        invoke: InvokeId,
        /// The result of the write.
        result: DataAccessResult,
        /// Number of the block.
        number: u32,
    },
    /// The last block of a list was taken.
    LastBlockWithList {
        /// Invoke id.
        invoke: InvokeId,
        /// The results in order.
        results: Vec<DataAccessResult>,
        /// Number of the block.
        number: u32,
    },
    /// What came of several writes.
    WithList {
        /// Invoke id.
        invoke: InvokeId,
        /// The results in order.
        results: Vec<DataAccessResult>,
    },
}

fn decode_result(cursor: &mut Cursor<'_>) -> Result<DataAccessResult, DecodeError> {
    cursor.u8().map(DataAccessResult::from_number)
}

fn encode_results(results: &[DataAccessResult], out: &mut Vec<u8>) {
    put_length(out, results.len());
    out.extend(results.iter().map(|result| result.number()));
}

impl SetResponse {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let cursor = &mut cursor;
        let (choice, invoke) = service_header(cursor, tag::SET_RESPONSE)?;
        let response = match choice {
            1 => SetResponse::Normal { invoke, result: decode_result(cursor)? },
            2 => SetResponse::Block { invoke, number: cursor.u32()? },
            3 => SetResponse::LastBlock { invoke, result: decode_result(cursor)?, number: cursor.u32()? },
            4 => {
                let results = list(cursor, decode_result)?;
                SetResponse::LastBlockWithList { invoke, results, number: cursor.u32()? }
            }
            5 => SetResponse::WithList { invoke, results: list(cursor, decode_result)? },
            other => return unknown_choice(other),
        };
        cursor.finish()?;
        Ok(response)
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::SET_RESPONSE];
        match self {
            SetResponse::Normal { invoke, result } => out.extend_from_slice(&[1, invoke.0, result.number()]),
            SetResponse::Block { invoke, number } => {
                out.extend_from_slice(&[2, invoke.0]);
                out.extend_from_slice(&number.to_be_bytes());
            }
            SetResponse::LastBlock { invoke, result, number } => {
                out.extend_from_slice(&[3, invoke.0, result.number()]);
                out.extend_from_slice(&number.to_be_bytes());
            }
            SetResponse::LastBlockWithList { invoke, results, number } => {
                out.extend_from_slice(&[4, invoke.0]);
                encode_results(results, &mut out);
                out.extend_from_slice(&number.to_be_bytes());
            }
            SetResponse::WithList { invoke, results } => {
                out.extend_from_slice(&[5, invoke.0]);
                encode_results(results, &mut out);
            }
        }
        out
    }
}
