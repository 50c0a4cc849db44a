//! ACCESS: reads, writes and calls in one request, each answered by itself (Green Book, 9.3.11 and 9.5).

use super::super::cursor::{Cursor, put_length};
use super::super::data::Data;
use super::super::decode_error::DecodeError;
use super::super::identifiers::{AttributeDescriptor, MethodDescriptor};
use super::super::results::DataAccessResult;
use super::{GetItem, GetResult, SelectiveAccess, list, tag};

const GET: u8 = 1;
const SET: u8 = 2;
const ACTION: u8 = 3;
const GET_SELECTED: u8 = 4;
const SET_SELECTED: u8 = 5;

/// Long invoke id: number in the lowest 24 bits; bit 31 high priority, bit 30 confirmed, bit 29 end at the first that fails,
/// bit 28 the answer repeats the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LongInvokeId(pub u32);

impl LongInvokeId {
    /// Confirmed, high priority, going on after what fails, the lowest 24 bits of `number`.
    pub const fn confirmed(number: u32) -> Self {
        LongInvokeId(0xC000_0000 | number & 0x00FF_FFFF)
    }

    /// The number alone.
    pub const fn number(self) -> u32 {
        self.0 & 0x00FF_FFFF
    }
}

/// One of the things asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum AccessItem {
    /// Read an attribute or a part of it.
    Get(GetItem),
    /// Write an attribute or a part of it.
    Set(GetItem, Data),
    /// Call a method; null is no argument.
    Action(MethodDescriptor, Data),
}

impl AccessItem {
    /// The choice on the line, where a selection does not matter.
    const fn choice(&self) -> u8 {
        match self {
            AccessItem::Get(_) => GET,
            AccessItem::Set(..) => SET,
            AccessItem::Action(..) => ACTION,
        }
    }

    fn encode_specification(&self, out: &mut Vec<u8>) {
        let (item, plain, selected) = match self {
            AccessItem::Get(item) => (item, GET, GET_SELECTED),
            AccessItem::Set(item, _) => (item, SET, SET_SELECTED),
            AccessItem::Action(method, _) => {
                out.push(ACTION);
                return method.encode(out);
            }
        };
        out.push(if item.access.is_some() { selected } else { plain });
        item.attribute.encode(out);
        if let Some(access) = &item.access {
            out.push(access.selector);
            access.parameters.encode(out);
        }
    }

    fn decode_specification(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let offset = cursor.position();
        let choice = cursor.u8()?;
        if choice == ACTION {
            return Ok(AccessItem::Action(MethodDescriptor::decode(cursor)?, Data::Null));
        }
        let attribute = AttributeDescriptor::decode(cursor)?;
        let access = match choice {
            GET_SELECTED | SET_SELECTED => {
                Some(SelectiveAccess { selector: cursor.u8()?, parameters: Data::decode(cursor)? })
            }
            _ => None,
        };
        let item = GetItem { attribute, access };
        match choice {
            GET | GET_SELECTED => Ok(AccessItem::Get(item)),
            SET | SET_SELECTED => Ok(AccessItem::Set(item, Data::Null)),
            value => Err(DecodeError::Unknown { what: "access choice", value, offset }),
        }
    }

    /// The same with its data, which stands apart from it on the line.
    fn with_data(self, data: Data) -> Self {
        match self {
            AccessItem::Get(item) => AccessItem::Get(item),
            AccessItem::Set(item, _) => AccessItem::Set(item, data),
            AccessItem::Action(method, _) => AccessItem::Action(method, data),
        }
    }

    const fn data(&self) -> &Data {
        match self {
            AccessItem::Get(_) => &Data::Null,
            AccessItem::Set(_, data) | AccessItem::Action(_, data) => data,
        }
    }
}

/// An ACCESS request, without a date.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessRequest {
    /// Invoke id.
    pub invoke: LongInvokeId,
    /// What is asked for.
    pub items: Vec<AccessItem>,
}

impl AccessRequest {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let cursor = &mut cursor;
        cursor.expect_tag(tag::ACCESS_REQUEST)?;
        let invoke = LongInvokeId(cursor.u32()?);
        cursor.octets()?;
        let specifications = list(cursor, AccessItem::decode_specification)?;
        let data = list(cursor, Data::decode)?;
        cursor.finish()?;
        if specifications.len() != data.len() {
            return Err(DecodeError::Field { what: "the list of data" });
        }
        let items = specifications.into_iter().zip(data).map(|(item, data)| item.with_data(data)).collect();
        Ok(AccessRequest { invoke, items })
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::ACCESS_REQUEST];
        out.extend_from_slice(&self.invoke.0.to_be_bytes());
        out.push(0);
        put_length(&mut out, self.items.len());
        self.items.iter().for_each(|item| item.encode_specification(&mut out));
        put_length(&mut out, self.items.len());
        self.items.iter().for_each(|item| item.data().encode(&mut out));
        out
    }
}

/// What came of one of the things asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessResult {
    /// Choice on the line: 1 read, 2 written, 3 called.
    choice: u8,
    /// The result; numbers of calls have the same meaning.
    pub result: DataAccessResult,
    /// The value read or returned; null where there is none.
    pub data: Data,
}

impl AccessResult {
    /// The result of an item.
    pub const fn of(item: &AccessItem, result: DataAccessResult, data: Data) -> Self {
        AccessResult { choice: item.choice(), result, data }
    }

    /// Whether it is of the kind that was asked for.
    pub const fn answers(&self, item: &AccessItem) -> bool {
        self.choice == item.choice()
    }

    /// As the result of a read.
    pub fn into_get(self) -> GetResult {
        if self.result == DataAccessResult::Success { Ok(self.data) } else { Err(self.result) }
    }
}

/// An ACCESS response.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessResponse {
    /// Invoke id.
    pub invoke: LongInvokeId,
    /// The results, in the order asked.
    pub results: Vec<AccessResult>,
}

impl AccessResponse {
    /// Reads the APDU. A repetition of the request, which some answers carry, is passed over.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let cursor = &mut cursor;
        cursor.expect_tag(tag::ACCESS_RESPONSE)?;
        let invoke = LongInvokeId(cursor.u32()?);
        cursor.octets()?;
        if cursor.bool()? {
            list(cursor, AccessItem::decode_specification)?;
        }
        let data = list(cursor, Data::decode)?;
        let results = list(cursor, |cursor| Ok((cursor.u8()?, DataAccessResult::from_number(cursor.u8()?))))?;
        cursor.finish()?;
        if data.len() != results.len() {
            return Err(DecodeError::Field { what: "the list of results" });
        }
        let results =
            data.into_iter().zip(results).map(|(data, (choice, result))| AccessResult { choice, result, data });
        Ok(AccessResponse { invoke, results: results.collect() })
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::ACCESS_RESPONSE];
        out.extend_from_slice(&self.invoke.0.to_be_bytes());
        out.extend_from_slice(&[0, 0]);
        put_length(&mut out, self.results.len());
        self.results.iter().for_each(|result| result.data.encode(&mut out));
        put_length(&mut out, self.results.len());
        self.results.iter().for_each(|result| out.extend_from_slice(&[result.choice, result.result.number()]));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::identifiers::{ClassId, ObisCode};
    use super::*;

    #[test]
    fn a_request_and_its_answer_round_trip() {
        let clock = AttributeDescriptor::new(ClassId::CLOCK, ObisCode::CLOCK, 2);
        let items = vec![
            AccessItem::Get(clock.into()),
            AccessItem::Get(GetItem { attribute: clock, access: Some(SelectiveAccess::by_entry((1, 2), (1, 0))) }),
            AccessItem::Set(clock.into(), Data::UInt8(7)),
            AccessItem::Action(MethodDescriptor::new(ClassId(70), ObisCode([0, 0, 96, 3, 10, 255]), 1), Data::Int8(0)),
        ];
        let request = AccessRequest { invoke: LongInvokeId::confirmed(0x0100_0005), items: items.clone() };
        assert_eq!(request.invoke.0, 0xC000_0005);
        assert_eq!(AccessRequest::from_bytes(&request.to_bytes()).unwrap(), request);
        let results: Vec<AccessResult> =
            items.iter().map(|item| AccessResult::of(item, DataAccessResult::Success, Data::UInt8(1))).collect();
        let response = AccessResponse { invoke: request.invoke, results };
        assert_eq!(AccessResponse::from_bytes(&response.to_bytes()).unwrap(), response);
        assert!(response.results.iter().zip(&items).all(|(result, item)| result.answers(item)));
    }

    #[test]
    fn an_answer_may_repeat_the_request() {
        // DA, invoke id, no date, the request again: one read of 0.0.1.0.0.255, then its data and its result.
        let answer = [0xDA, 0xC0, 0, 0, 5, 0, 1, 1, 1, 0, 8, 0, 0, 1, 0, 0, 255, 2, 1, 0x11, 9, 1, 1, 0];
        let response = AccessResponse::from_bytes(&answer).unwrap();
        assert_eq!(response.results.len(), 1);
        assert_eq!(response.results[0].clone().into_get(), Ok(Data::UInt8(9)));
        assert!(AccessResponse::from_bytes(&answer[..answer.len() - 1]).is_err());
    }
}
