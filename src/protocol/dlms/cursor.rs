//! A checked cursor over octets that came from outside, and the A-XDR length field.

use super::decode_error::DecodeError;

/// Reads octets from front to back; every step is checked.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at the first octet.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Cursor { bytes, position: 0 }
    }

    /// Octets read so far.
    pub const fn position(&self) -> usize {
        self.position
    }

    /// Octets left.
    pub fn remaining(&self) -> usize {
        self.bytes.len().saturating_sub(self.position)
    }

    /// Everything left, without moving.
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.position..).unwrap_or(&[])
    }

    /// The next octet, without moving.
    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.position).copied()
    }

    /// The next `count` octets.
    ///
    /// # Errors
    /// [`DecodeError::Truncated`].
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        let taken = self.rest().get(..count).ok_or(DecodeError::Truncated { offset: self.position })?;
        self.position = self.position.saturating_add(count);
        Ok(taken)
    }

    /// The next `N` octets.
    ///
    /// # Errors
    /// [`DecodeError::Truncated`].
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let offset = self.position;
        self.take(N)?.try_into().map_err(|_| DecodeError::Truncated { offset })
    }

    /// The next octet.
    ///
    /// # Errors
    /// [`DecodeError::Truncated`].
    pub fn u8(&mut self) -> Result<u8, DecodeError> {
        self.array::<1>().map(|[octet]| octet)
    }

    /// The next two octets, big endian.
    ///
    /// # Errors
    /// [`DecodeError::Truncated`].
    pub fn u16(&mut self) -> Result<u16, DecodeError> {
        self.array().map(u16::from_be_bytes)
    }

    /// The next four octets, big endian.
    ///
    /// # Errors
    /// [`DecodeError::Truncated`].
    pub fn u32(&mut self) -> Result<u32, DecodeError> {
        self.array().map(u32::from_be_bytes)
    }

    /// Takes the tag an APDU begins with, which must be this one.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn expect_tag(&mut self, expected: u8) -> Result<(), DecodeError> {
        let value = self.u8()?;
        if value == expected { Ok(()) } else { Err(DecodeError::Unknown { what: "APDU tag", value, offset: 0 }) }
    }

    /// A boolean: 0 is false, all else true.
    ///
    /// # Errors
    /// [`DecodeError::Truncated`].
    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        self.u8().map(|octet| octet != 0)
    }

    /// A length: one octet below 128, else 8n and n octets.
    ///
    /// # Errors
    /// [`DecodeError::Truncated`], [`DecodeError::Length`] when it has more than four octets.
    pub fn length(&mut self) -> Result<usize, DecodeError> {
        let offset = self.position;
        let first = self.u8()?;
        if first < 0x80 {
            return Ok(usize::from(first));
        }
        let count = usize::from(first & 0x7F);
        if count == 0 || count > 4 {
            return Err(DecodeError::Length { offset });
        }
        let value = self.take(count)?.iter().fold(0u32, |sum, &octet| sum << 8 | u32::from(octet));
        usize::try_from(value).map_err(|_| DecodeError::Length { offset })
    }

    /// A length and as many octets.
    ///
    /// # Errors
    /// Those of [`Cursor::length`] and [`Cursor::take`].
    pub fn octets(&mut self) -> Result<&'a [u8], DecodeError> {
        let length = self.length()?;
        self.take(length)
    }

    /// Nothing may be left.
    ///
    /// # Errors
    /// [`DecodeError::Trailing`].
    pub fn finish(&self) -> Result<(), DecodeError> {
        match self.remaining() {
            0 => Ok(()),
            count => Err(DecodeError::Trailing { offset: self.position, count }),
        }
    }
}

/// Appends a length field.
pub fn put_length(out: &mut Vec<u8>, length: usize) {
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        Ok(octet) => out.extend_from_slice(&[0x81, octet]),
        Err(_) => match u16::try_from(length) {
            Ok(two) => {
                out.push(0x82);
                out.extend_from_slice(&two.to_be_bytes());
            }
            Err(_) => {
                out.push(0x84);
                out.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
            }
        },
    }
}

/// Appends a length and the octets.
pub fn put_octets(out: &mut Vec<u8>, octets: &[u8]) {
    put_length(out, octets.len());
    out.extend_from_slice(octets);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_round_trip_in_their_shortest_form() {
        for (length, octets) in [(0, 1), (127, 1), (128, 2), (255, 2), (256, 3), (65535, 3), (65536, 5)] {
            let mut out = Vec::new();
            put_length(&mut out, length);
            assert_eq!(out.len(), octets);
            assert_eq!(Cursor::new(&out).length().unwrap(), length);
        }
        assert!(Cursor::new(&[0x80]).length().is_err());
        assert!(Cursor::new(&[0x85, 0, 0, 0, 0, 1]).length().is_err());
        assert!(Cursor::new(&[0x84, 0xFF, 0xFF, 0xFF, 0xFF, 1]).octets().is_err());
    }
}
