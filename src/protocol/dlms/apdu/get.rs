//! GET: reading attributes.

use super::super::cursor::{Cursor, put_length, put_octets};
use super::super::data::Data;
use super::super::decode_error::DecodeError;
use super::super::identifiers::AttributeDescriptor;
use super::super::results::DataAccessResult;
use super::{InvokeId, SelectiveAccess, list, service_header, tag, unknown_choice};

/// One attribute to read, and which part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct GetItem {
    /// The attribute.
    pub attribute: AttributeDescriptor,
    /// The part wanted, if not all.
    pub access: Option<SelectiveAccess>,
}

impl From<AttributeDescriptor> for GetItem {
    fn from(attribute: AttributeDescriptor) -> Self {
        GetItem { attribute, access: None }
    }
}

impl GetItem {
    pub(super) fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let attribute = AttributeDescriptor::decode(cursor)?;
        Ok(GetItem { attribute, access: SelectiveAccess::decode_optional(cursor)? })
    }

    pub(in crate::protocol::dlms) fn encode(&self, out: &mut Vec<u8>) {
        self.attribute.encode(out);
        SelectiveAccess::encode_optional(self.access.as_ref(), out);
    }
}

/// A GET request.
#[derive(Debug, Clone, PartialEq)]
pub enum GetRequest {
    /// One attribute.
    Normal {
        /// Invoke id.
        invoke: InvokeId,
        /// What to read.
        item: GetItem,
    },
    /// The next block of a long answer.
    Next {
        /// Invoke id.
        invoke: InvokeId,
        /// Number of the last block received.
        number: u32,
    },
    /// Several attributes.
    WithList {
        /// Invoke id.
        invoke: InvokeId,
        /// What to read.
        items: Vec<GetItem>,
    },
}

impl GetRequest {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let (choice, invoke) = service_header(&mut cursor, tag::GET_REQUEST)?;
        let request = match choice {
            1 => GetRequest::Normal { invoke, item: GetItem::decode(&mut cursor)? },
            2 => GetRequest::Next { invoke, number: cursor.u32()? },
            3 => GetRequest::WithList { invoke, items: list(&mut cursor, GetItem::decode)? },
            other => return unknown_choice(other),
        };
        cursor.finish()?;
        Ok(request)
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::GET_REQUEST];
        match self {
            GetRequest::Normal { invoke, item } => {
                out.extend_from_slice(&[1, invoke.0]);
                item.encode(&mut out);
            }
            GetRequest::Next { invoke, number } => {
                out.extend_from_slice(&[2, invoke.0]);
                out.extend_from_slice(&number.to_be_bytes());
            }
            GetRequest::WithList { invoke, items } => {
                out.extend_from_slice(&[3, invoke.0]);
                put_length(&mut out, items.len());
                items.iter().for_each(|item| item.encode(&mut out));
            }
        }
        out
    }
}

/// An attribute's value, or why there is none.
pub type GetResult = Result<Data, DataAccessResult>;

/// A GET response.
#[derive(Debug, Clone, PartialEq)]
pub enum GetResponse {
    /// The value of one attribute.
    Normal {
        /// Invoke id.
        invoke: InvokeId,
        /// The value, or why there is none.
        result: GetResult,
    },
    /// A part of a long answer.
    Block {
        /// Invoke id.
        invoke: InvokeId,
        /// Whether it is the last.
        last: bool,
        /// Its number, from 1.
        number: u32,
        /// Its octets, or why there are none.
        content: Result<Vec<u8>, DataAccessResult>,
    },
    /// The values of several attributes, in the order asked.
    WithList {
        /// Invoke id.
        invoke: InvokeId,
        /// The values.
        results: Vec<GetResult>,
    },
}

impl GetResponse {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let (choice, invoke) = service_header(&mut cursor, tag::GET_RESPONSE)?;
        let response = match choice {
            1 => GetResponse::Normal { invoke, result: decode_result(&mut cursor)? },
            2 => {
                let (last, number) = (cursor.bool()?, cursor.u32()?);
                let content = match cursor.u8()? {
                    0 => Ok(cursor.octets()?.to_vec()),
                    1 => Err(DataAccessResult::from_number(cursor.u8()?)),
                    other => return unknown_choice(other),
                };
                GetResponse::Block { invoke, last, number, content }
            }
            3 => GetResponse::WithList { invoke, results: list(&mut cursor, decode_result)? },
            other => return unknown_choice(other),
        };
        cursor.finish()?;
        Ok(response)
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::GET_RESPONSE];
        match self {
            GetResponse::Normal { invoke, result } => {
                out.extend_from_slice(&[1, invoke.0]);
                encode_result(result, &mut out);
            }
            GetResponse::Block { invoke, last, number, content } => {
                out.extend_from_slice(&[2, invoke.0, u8::from(*last)]);
                out.extend_from_slice(&number.to_be_bytes());
                match content {
                    Ok(octets) => {
                        out.push(0);
                        put_octets(&mut out, octets);
                    }
                    Err(reason) => out.extend_from_slice(&[1, reason.number()]),
                }
            }
            GetResponse::WithList { invoke, results } => {
                out.extend_from_slice(&[3, invoke.0]);
                out.extend_from_slice(&GetResponse::encode_list(results));
            }
        }
        out
    }

    /// The list of results alone, as blocks of a long answer carry it.
    pub fn encode_list(results: &[GetResult]) -> Vec<u8> {
        let mut out = Vec::new();
        put_length(&mut out, results.len());
        results.iter().for_each(|result| encode_result(result, &mut out));
        out
    }

    /// Reads the list of results alone, as blocks of a long answer carry it.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode_list(bytes: &[u8]) -> Result<Vec<GetResult>, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let results = list(&mut cursor, decode_result)?;
        cursor.finish()?;
        Ok(results)
    }
}

/// Reads Get-Data-Result: choice 0 and a value, or 1 and a reason.
pub(super) fn decode_result(cursor: &mut Cursor<'_>) -> Result<GetResult, DecodeError> {
    let offset = cursor.position();
    match cursor.u8()? {
        0 => Ok(Ok(Data::decode(cursor)?)),
        1 => Ok(Err(DataAccessResult::from_number(cursor.u8()?))),
        value => Err(DecodeError::Unknown { what: "result choice", value, offset }),
    }
}

pub(super) fn encode_result(result: &GetResult, out: &mut Vec<u8>) {
    match result {
        Ok(data) => {
            out.push(0);
            data.encode(out);
        }
        Err(reason) => out.extend_from_slice(&[1, reason.number()]),
    }
}
