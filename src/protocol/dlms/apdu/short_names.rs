//! READ and WRITE: attributes and methods by short names (Green Book, 9.4.6 and 9.5; Blue Book 4.1.3).

use super::super::cursor::{Cursor, put_length, put_octets};
use super::super::data::Data;
use super::super::decode_error::DecodeError;
use super::super::results::DataAccessResult;
use super::{Block, SelectiveAccess, list, tag};

const VARIABLE_NAME: u8 = 0x02;
const PARAMETERIZED_ACCESS: u8 = 0x04;
const BLOCK_NUMBER_ACCESS: u8 = 0x05;
const WRITE_BLOCK_ACCESS: u8 = 0x07;

/// What is read or written, by its short name.
#[derive(Debug, Clone, PartialEq)]
pub enum VariableAccess {
    /// An attribute, whole; or a method without return.
    Name(u16),
    /// A part of an attribute; or a method with its argument.
    Parameterized {
        /// The name.
        name: u16,
        /// The selection with its parameters.
        access: SelectiveAccess,
    },
    /// The next block of a long answer.
    Block(u16),
}

impl VariableAccess {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(match cursor.u8()? {
            VARIABLE_NAME => VariableAccess::Name(cursor.u16()?),
            PARAMETERIZED_ACCESS => VariableAccess::Parameterized {
                name: cursor.u16()?,
                access: SelectiveAccess { selector: cursor.u8()?, parameters: Data::decode(cursor)? },
            },
            BLOCK_NUMBER_ACCESS => VariableAccess::Block(cursor.u16()?),
            value => return Err(DecodeError::Unknown { what: "variable access", value, offset: cursor.position() }),
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            VariableAccess::Name(name) => {
                out.push(VARIABLE_NAME);
                out.extend_from_slice(&name.to_be_bytes());
            }
            VariableAccess::Parameterized { name, access } => {
                out.push(PARAMETERIZED_ACCESS);
                out.extend_from_slice(&name.to_be_bytes());
                out.push(access.selector);
                access.parameters.encode(out);
            }
            VariableAccess::Block(number) => {
                out.push(BLOCK_NUMBER_ACCESS);
                out.extend_from_slice(&number.to_be_bytes());
            }
        }
    }
}

/// A READ request.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRequest(pub Vec<VariableAccess>);

impl ReadRequest {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = after_tag(bytes, tag::READ_REQUEST)?;
        let items = list(&mut cursor, VariableAccess::decode)?;
        cursor.finish()?;
        Ok(ReadRequest(items))
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::READ_REQUEST];
        put_length(&mut out, self.0.len());
        self.0.iter().for_each(|item| item.encode(&mut out));
        out
    }
}

/// One answer to a READ.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadResult {
    /// The value, or the meter's reason.
    Value(Result<Data, DataAccessResult>),
    /// A part of a long answer; its number has 16 bits on the line.
    Block(Block),
}

impl ReadResult {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(match cursor.u8()? {
            0 => ReadResult::Value(Ok(Data::decode(cursor)?)),
            1 => ReadResult::Value(Err(DataAccessResult::from_number(cursor.u8()?))),
            2 => {
                let (last, number) = (cursor.bool()?, u32::from(cursor.u16()?));
                ReadResult::Block(Block { last, number, octets: cursor.octets()?.to_vec() })
            }
            value => return Err(DecodeError::Unknown { what: "read result", value, offset: cursor.position() }),
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            ReadResult::Value(Ok(data)) => {
                out.push(0);
                data.encode(out);
            }
            ReadResult::Value(Err(reason)) => out.extend_from_slice(&[1, reason.number()]),
            ReadResult::Block(block) => {
                out.extend_from_slice(&[2, u8::from(block.last)]);
                out.extend_from_slice(&u16::try_from(block.number).unwrap_or(u16::MAX).to_be_bytes());
                put_octets(out, &block.octets);
            }
        }
    }
}

/// A READ response.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadResponse(pub Vec<ReadResult>);

impl ReadResponse {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = after_tag(bytes, tag::READ_RESPONSE)?;
        let results = list(&mut cursor, ReadResult::decode)?;
        cursor.finish()?;
        Ok(ReadResponse(results))
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::READ_RESPONSE];
        put_length(&mut out, self.0.len());
        self.0.iter().for_each(|result| result.encode(&mut out));
        out
    }

    /// The results in the blocks of a long answer: as many as were asked for, with or without their count in front; or
    /// the one value that was asked for, by itself.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_blocks(octets: &[u8], asked: usize) -> Result<Vec<Result<Data, DataAccessResult>>, DecodeError> {
        let read = |octets: &[u8]| {
            let mut cursor = Cursor::new(octets);
            let mut results = Vec::new();
            for _ in 0..asked {
                match ReadResult::decode(&mut cursor)? {
                    ReadResult::Value(value) => results.push(value),
                    ReadResult::Block(_) => return Err(DecodeError::Field { what: "the results of a long answer" }),
                }
            }
            cursor.finish().map(|()| results)
        };
        let counted = octets.split_first().filter(|(count, _)| usize::from(**count) == asked);
        if let Some(Ok(results)) = counted.map(|(_, rest)| read(rest)) {
            return Ok(results);
        }
        match (read(octets), asked) {
            (Err(error), 1) => Data::from_bytes(octets).map(|data| vec![Ok(data)]).map_err(|_| error),
            (results, _) => results,
        }
    }
}

/// A WRITE request.
#[derive(Debug, Clone, PartialEq)]
pub enum WriteRequest {
    /// Values by name.
    Values(Vec<(VariableAccess, Data)>),
    /// A part of a long value; its number has 16 bits on the line.
    Block(Block),
}

impl WriteRequest {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = after_tag(bytes, tag::WRITE_REQUEST)?;
        if cursor.rest().get(1) == Some(&WRITE_BLOCK_ACCESS) {
            let (_count, _access) = (cursor.u8()?, cursor.u8()?);
            let (last, number) = (cursor.bool()?, u32::from(cursor.u16()?));
            let (_values, _octet_string) = (cursor.u8()?, cursor.u8()?);
            let octets = cursor.octets()?.to_vec();
            cursor.finish()?;
            return Ok(WriteRequest::Block(Block { last, number, octets }));
        }
        let names = list(&mut cursor, VariableAccess::decode)?;
        let values = list(&mut cursor, Data::decode)?;
        cursor.finish()?;
        if names.len() != values.len() {
            return Err(DecodeError::Field { what: "the values of a WRITE" });
        }
        Ok(WriteRequest::Values(names.into_iter().zip(values).collect()))
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::WRITE_REQUEST];
        match self {
            WriteRequest::Values(values) => {
                put_length(&mut out, values.len());
                values.iter().for_each(|(name, _)| name.encode(&mut out));
                put_length(&mut out, values.len());
                values.iter().for_each(|(_, value)| value.encode(&mut out));
            }
            WriteRequest::Block(block) => {
                out.extend_from_slice(&[1, WRITE_BLOCK_ACCESS, u8::from(block.last)]);
                out.extend_from_slice(&u16::try_from(block.number).unwrap_or(u16::MAX).to_be_bytes());
                Data::OctetString(block.octets.clone()).encode_after(&mut out);
            }
        }
        out
    }
}

/// One answer to a WRITE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteResult {
    /// What came of it.
    Done(DataAccessResult),
    /// A block was taken.
    Block(u16),
}

/// A WRITE response.
#[derive(Debug, Clone, PartialEq)]
pub struct WriteResponse(pub Vec<WriteResult>);

impl WriteResponse {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = after_tag(bytes, tag::WRITE_RESPONSE)?;
        let one = |cursor: &mut Cursor<'_>| {
            Ok(match cursor.u8()? {
                0 => WriteResult::Done(DataAccessResult::Success),
                1 => WriteResult::Done(DataAccessResult::from_number(cursor.u8()?)),
                2 => WriteResult::Block(cursor.u16()?),
                value => return Err(DecodeError::Unknown { what: "write result", value, offset: cursor.position() }),
            })
        };
        let results = list(&mut cursor, one)?;
        cursor.finish()?;
        Ok(WriteResponse(results))
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::WRITE_RESPONSE];
        put_length(&mut out, self.0.len());
        for result in &self.0 {
            match result {
                WriteResult::Done(DataAccessResult::Success) => out.push(0),
                WriteResult::Done(reason) => out.extend_from_slice(&[1, reason.number()]),
                WriteResult::Block(number) => {
                    out.push(2);
                    out.extend_from_slice(&number.to_be_bytes());
                }
            }
        }
        out
    }
}

impl Data {
    /// A count of one and the value.
    fn encode_after(&self, out: &mut Vec<u8>) {
        out.push(1);
        self.encode(out);
    }
}

fn after_tag(bytes: &[u8], expected: u8) -> Result<Cursor<'_>, DecodeError> {
    let mut cursor = Cursor::new(bytes);
    cursor.expect_tag(expected).map(|()| cursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_and_responses_round_trip() {
        let access = SelectiveAccess { selector: 2, parameters: Data::Structure(vec![Data::UInt32(1)]) };
        let read = ReadRequest(vec![
            VariableAccess::Name(0xFA08),
            VariableAccess::Parameterized { name: 0x1234, access },
            VariableAccess::Block(2),
        ]);
        assert_eq!(ReadRequest::from_bytes(&read.to_bytes()), Ok(read.clone()));
        assert_eq!(&read.to_bytes()[..5], &[5, 3, 2, 0xFA, 8]);
        let block = Block { last: true, number: 3, octets: vec![1, 2] };
        let answers = ReadResponse(vec![
            ReadResult::Value(Ok(Data::UInt8(7))),
            ReadResult::Value(Err(DataAccessResult::ReadWriteDenied)),
            ReadResult::Block(block.clone()),
        ]);
        assert_eq!(ReadResponse::from_bytes(&answers.to_bytes()), Ok(answers));
        let write = WriteRequest::Values(vec![(VariableAccess::Name(8), Data::Int8(0))]);
        assert_eq!(write.to_bytes(), [6, 1, 2, 0, 8, 1, 15, 0]);
        for request in [write, WriteRequest::Block(block)] {
            assert_eq!(WriteRequest::from_bytes(&request.to_bytes()), Ok(request));
        }
        let done = WriteResponse(vec![
            WriteResult::Done(DataAccessResult::Success),
            WriteResult::Done(DataAccessResult::TypeUnmatched),
            WriteResult::Block(1),
        ]);
        assert_eq!(WriteResponse::from_bytes(&done.to_bytes()), Ok(done));
    }

    #[test]
    fn long_answers_come_with_their_count_and_without() {
        let (one, two) = ([0, 17, 9], [0, 17, 9, 1, 3]);
        assert_eq!(ReadResponse::from_blocks(&one, 1), Ok(vec![Ok(Data::UInt8(9))]));
        assert_eq!(ReadResponse::from_blocks(&[&[1], &one[..]].concat(), 1), Ok(vec![Ok(Data::UInt8(9))]));
        assert_eq!(ReadResponse::from_blocks(&[&[2], &two[..]].concat(), 2).unwrap().len(), 2);
        assert!(ReadResponse::from_blocks(&two, 3).is_err());
        let plain = [1, 1, 17, 9];
        assert_eq!(ReadResponse::from_blocks(&plain, 1), Ok(vec![Ok(Data::Array(vec![Data::UInt8(9)]))]));
    }
}
