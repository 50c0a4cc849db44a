//! What a meter sends unasked: the data notification, and the blocks of general block transfer it may come in
//! (Green Book, 9.4.6.10 and 9.4.6.13).

use super::tag;
use crate::protocol::dlms::cursor::Cursor;
use crate::protocol::dlms::data::Data;
use crate::protocol::dlms::decode_error::DecodeError;

/// Values a meter reports by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct DataNotification {
    /// Its number (the low 24 bits) and how it is served.
    pub invoke: u32,
    /// The time it was made at, a COSEM date-time of 12 octets; empty when it is not told.
    pub time: Vec<u8>,
    /// The values.
    pub body: Data,
}

impl DataNotification {
    /// Reads the APDU, tag included.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        expect(&mut cursor, tag::DATA_NOTIFICATION)?;
        let invoke = cursor.u32()?;
        let time = cursor.octets()?.to_vec();
        let body = Data::decode(&mut cursor)?;
        Ok(DataNotification { invoke, time, body })
    }
}

/// One block of general block transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneralBlock {
    /// Whether it is the last.
    pub last: bool,
    /// Its number, from 1.
    pub number: u16,
    /// A part of the APDU that is transferred.
    pub octets: Vec<u8>,
}

impl GeneralBlock {
    /// Reads the APDU, tag included: control (bit 7: last block), number, the number acknowledged, octets.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        expect(&mut cursor, tag::GENERAL_BLOCK_TRANSFER)?;
        let control = cursor.u8()?;
        let number = cursor.u16()?;
        cursor.u16()?;
        let octets = cursor.octets()?.to_vec();
        Ok(GeneralBlock { last: control & 0x80 != 0, number, octets })
    }
}

fn expect(cursor: &mut Cursor<'_>, wanted: u8) -> Result<(), DecodeError> {
    let found = cursor.u8()?;
    if found == wanted { Ok(()) } else { Err(DecodeError::Unknown { what: "APDU", value: found, offset: 0 }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: [u8; 10] = [0x0F, 0x40, 0, 0, 7, 0, 0x12, 0x12, 0x67, 0xFF];

    #[test]
    fn a_report_and_its_blocks_are_read() {
        let report = DataNotification::from_bytes(&REPORT[..9]).unwrap();
        assert_eq!((report.invoke & 0xFF_FFFF, report.body), (7, Data::UInt16(0x1267)));
        let block = GeneralBlock::from_bytes(&[0xE0, 0xC0, 0, 3, 0, 0, 2, 9, 9]).unwrap();
        assert_eq!(block, GeneralBlock { last: true, number: 3, octets: vec![9, 9] });
        for length in 0..9 {
            assert!(DataNotification::from_bytes(&REPORT[..length]).is_err(), "{length}");
            assert!(GeneralBlock::from_bytes(&[0xE0, 0xC0, 0, 3, 0, 0, 2, 9, 9][..length]).is_err(), "{length}");
        }
    }
}
