//! The wrapper of IEC 62056-47: eight octets in front of each APDU on a stream.

use super::decode_error::DecodeError;

const VERSION: u16 = 1;
const HEADER: usize = 8;

/// One APDU with the ports it goes between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrapperFrame {
    /// Sender: a client's number, or the meter's logical device.
    pub source: u16,
    /// Receiver.
    pub destination: u16,
    /// The APDU.
    pub apdu: Vec<u8>,
}

impl WrapperFrame {
    /// Header and APDU; `None` when the APDU is longer than 65535 octets.
    pub fn encode(&self) -> Option<Vec<u8>> {
        let length = u16::try_from(self.apdu.len()).ok()?;
        let mut bytes = Vec::with_capacity(self.apdu.len().saturating_add(HEADER));
        for field in [VERSION, self.source, self.destination, length] {
            bytes.extend_from_slice(&field.to_be_bytes());
        }
        bytes.extend_from_slice(&self.apdu);
        Some(bytes)
    }
}

/// A buffer that takes octets of a stream and gives whole APDUs. A stream out of step cannot be found again.
#[derive(Debug, Clone, Default)]
pub struct WrapperReader {
    buffer: Vec<u8>,
}

impl WrapperReader {
    /// An empty reader.
    pub fn new() -> Self {
        WrapperReader::default()
    }

    /// Takes octets in the order they came.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole APDU, or `None` until more octets come.
    ///
    /// # Errors
    /// [`DecodeError::Field`] when the version is not 1: what follows is not this protocol.
    pub fn next_frame(&mut self) -> Result<Option<WrapperFrame>, DecodeError> {
        let Some((&[v1, v0, s1, s0, d1, d0, l1, l0], rest)) = self.buffer.split_first_chunk::<HEADER>() else {
            return Ok(None);
        };
        if u16::from_be_bytes([v1, v0]) != VERSION {
            return Err(DecodeError::Field { what: "the wrapper header" });
        }
        let length = usize::from(u16::from_be_bytes([l1, l0]));
        let Some(apdu) = rest.get(..length) else { return Ok(None) };
        let frame = WrapperFrame {
            source: u16::from_be_bytes([s1, s0]),
            destination: u16::from_be_bytes([d1, d0]),
            apdu: apdu.to_vec(),
        };
        self.buffer.drain(..HEADER.saturating_add(length));
        Ok(Some(frame))
    }

    /// Whether a frame has begun and not ended.
    pub fn is_unfinished(&self) -> bool {
        !self.buffer.is_empty()
    }

    /// Throws away all that is kept.
    pub fn clear(&mut self) {
        self.buffer.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_out_whole_wherever_they_are_split() {
        let frame = WrapperFrame { source: 16, destination: 1, apdu: vec![0x60; 300] };
        let bytes = frame.encode().unwrap();
        for split in 0..bytes.len() {
            let mut reader = WrapperReader::new();
            reader.push(&bytes[..split]);
            assert_eq!(reader.next_frame(), Ok(None));
            reader.push(&bytes[split..]);
            assert_eq!(reader.next_frame(), Ok(Some(frame.clone())));
            assert!(!reader.is_unfinished());
        }
        let mut reader = WrapperReader::new();
        reader.push(b"HTTP/1.1 400");
        assert!(reader.next_frame().is_err());
    }
}
