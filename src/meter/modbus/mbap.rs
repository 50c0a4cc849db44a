//! Modbus TCP: frames without a check, behind a header with a transaction number (Modbus Messaging on TCP/IP
//! Implementation Guide V1.0b, 3.1.3). To the exchange it looks like an RTU line on which late answers never turn up.

use std::collections::VecDeque;
use std::time::Duration;

use crate::link::{Link, LinkError, Moment, pass_on};
use crate::protocol::modbus::crc16;

/// Transaction number, protocol number (0) and length; the unit is counted in the length.
const HEADER: usize = 6;

/// Octets the length may count: unit, function, and what a frame holds.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=254;

/// A connection that carries RTU frames in the header of Modbus TCP.
#[derive(Debug)]
pub struct MbapLink {
    inner: Box<dyn Link>,
    transaction: u16,
    incoming: Vec<u8>,
    ready: VecDeque<u8>,
}

impl MbapLink {
    /// Over an open TCP connection.
    pub fn new(inner: Box<dyn Link>) -> Self {
        MbapLink { inner, transaction: 0, incoming: Vec::new(), ready: VecDeque::new() }
    }

    /// Moves whole answers to the last request on, as RTU frames; drops those to earlier ones.
    fn take_frames(&mut self) {
        while let Some((header, rest)) = self.incoming.split_at_checked(HEADER) {
            let &[number_high, number_low, protocol_high, protocol_low, length_high, length_low] = header else {
                return;
            };
            let length = usize::from(u16::from_be_bytes([length_high, length_low]));
            if (protocol_high, protocol_low) != (0, 0) || !LENGTHS.contains(&length) {
                // No Modbus TCP: whoever waits is to see that something came.
                self.ready.extend(self.incoming.drain(..));
                return;
            }
            let Some(frame) = rest.get(..length) else { return };
            if u16::from_be_bytes([number_high, number_low]) == self.transaction {
                self.ready.extend(frame);
                self.ready.extend(crc16(frame).to_le_bytes());
            }
            self.incoming.drain(..HEADER.saturating_add(length));
        }
    }
}

impl Link for MbapLink {
    pass_on!(self => self.inner; now pause configure settings stop_requested echo note name);

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        let frame = bytes.get(..bytes.len().saturating_sub(2)).unwrap_or_default();
        let length = u16::try_from(frame.len()).map_err(|_| LinkError::Fault("the frame is too long".to_owned()))?;
        self.transaction = self.transaction.wrapping_add(1);
        self.ready.clear();
        let mut message = self.transaction.to_be_bytes().to_vec();
        message.extend([0, 0]);
        message.extend(length.to_be_bytes());
        message.extend(frame);
        self.inner.send(&message)
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        let begun = self.inner.now();
        let mut octets = [0u8; 512];
        let mut is_first = true;
        while self.ready.is_empty() {
            // Answers to others may come without end.
            if !std::mem::take(&mut is_first) && self.inner.now() >= until {
                return Err(LinkError::Timeout(until.saturating_sub(begun)));
            }
            let count = self.inner.receive(&mut octets, until)?;
            self.incoming.extend(octets.get(..count).unwrap_or_default());
            self.take_frames();
        }
        let count = self.ready.len().min(buffer.len());
        for (slot, octet) in buffer.iter_mut().zip(self.ready.drain(..count)) {
            *slot = octet;
        }
        Ok(count)
    }

    fn drain(&mut self, _silence: Duration, _until: Moment) -> Result<usize, LinkError> {
        // Answers are told apart by their number.
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::{FarAction, FarEnd, LineSettings, MemoryLine};

    /// Answers each request as the test has it, whatever was asked.
    #[derive(Debug)]
    struct Far(Vec<Vec<u8>>, Vec<u8>);

    impl FarEnd for Far {
        fn settings(&self) -> LineSettings {
            LineSettings::eight_none_one(9_600)
        }

        fn hear(&mut self, byte: u8, _at: Moment) -> Vec<FarAction> {
            self.1.push(byte);
            if self.1.len() < 12 {
                return Vec::new();
            }
            self.1.clear();
            vec![FarAction::Send(self.0.remove(0))]
        }
    }

    #[test]
    fn an_answer_to_an_earlier_request_is_dropped() {
        let late = [0, 1, 0, 0, 0, 5, 3, 4, 2, 0, 7];
        let right = [0, 2, 0, 0, 0, 5, 3, 4, 2, 0, 9];
        let far = Far(vec![Vec::new(), [late, right].concat()], Vec::new());
        let mut link = MbapLink::new(Box::new(MemoryLine::new(far)));
        let mut request = vec![3, 4, 0, 0, 0, 1];
        request.extend(crc16(&request).to_le_bytes());
        let mut buffer = [0u8; 64];
        link.send(&request).unwrap();
        assert!(link.receive(&mut buffer, link.now() + Duration::from_millis(50)).is_err());
        link.send(&request).unwrap();
        let mut came = Vec::new();
        while let Ok(count) = link.receive(&mut buffer, link.now() + Duration::from_millis(50)) {
            came.extend(&buffer[..count]);
        }
        assert_eq!(came[..5], [3, 4, 2, 0, 9]);
        assert_eq!(crc16(&came), 0);
    }
}
