//! Streams in UTF-16, as some Windows tools write XML, read as UTF-8.

use std::io::{self, BufRead, BufReader, Read};

/// Byte order of UTF-16.
#[derive(Debug, Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn unit(self, pair: [u8; 2]) -> u16 {
        match self {
            Order::Little => u16::from_le_bytes(pair),
            Order::Big => u16::from_be_bytes(pair),
        }
    }
}

/// The stream as UTF-8: what begins with a byte order mark of UTF-16, or with `<` in two bytes, is converted as it is
/// read; everything else stays as it is.
///
/// # Errors
/// Those of the stream.
pub fn utf8<'a>(mut source: Box<dyn BufRead + 'a>) -> io::Result<Box<dyn BufRead + 'a>> {
    let order = match source.fill_buf()? {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => Order::Little,
        [0xFE, 0xFF, ..] | [0, b'<', ..] => Order::Big,
        _ => return Ok(source),
    };
    Ok(Box::new(BufReader::new(Utf16 { source, order, pending: Vec::new(), high: None, is_begun: false })))
}

/// UTF-16 that is converted unit by unit.
struct Utf16<'a> {
    source: Box<dyn BufRead + 'a>,
    order: Order,
    /// UTF-8 that was not taken yet, last byte first.
    pending: Vec<u8>,
    /// First half of a surrogate pair.
    high: Option<u16>,
    is_begun: bool,
}

impl Utf16<'_> {
    /// The next unit; a lone byte at the end of the stream is left out.
    fn unit(&mut self) -> io::Result<Option<u16>> {
        let mut pair = [0; 2];
        let mut have = 0;
        while let Some(rest) = pair.get_mut(have..).filter(|rest| !rest.is_empty()) {
            match self.source.read(rest)? {
                0 => return Ok(None),
                count => have += count,
            }
        }
        Ok(Some(self.order.unit(pair)))
    }

    fn put(&mut self, character: char) {
        let mut bytes = [0; 4];
        self.pending.extend(character.encode_utf8(&mut bytes).bytes().rev());
    }

    /// Converts until there is something to hand on.
    fn fill(&mut self) -> io::Result<()> {
        while self.pending.is_empty() {
            let Some(unit) = self.unit()? else { return Ok(()) };
            let is_mark = unit == 0xFEFF && !self.is_begun;
            self.is_begun = true;
            if is_mark {
                continue;
            }
            match (self.high.take(), unit) {
                (None, 0xD800..=0xDBFF) => self.high = Some(unit),
                (high, unit) => {
                    let units = high.into_iter().chain([unit]);
                    let decoded: Vec<char> =
                        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
                    decoded.into_iter().rev().for_each(|character| self.put(character));
                }
            }
        }
        Ok(())
    }
}

impl Read for Utf16<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut count = 0;
        for slot in buffer {
            self.fill()?;
            let Some(byte) = self.pending.pop() else { break };
            *slot = byte;
            count += 1;
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        // Units are cut in the middle by what the stream hands out.
        let source = BufReader::with_capacity(3, bytes);
        utf8(Box::new(source))?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn either_order_with_and_without_mark() {
        let text = "<a>£ \u{1F50C}</a>";
        for little in [true, false] {
            for mark in [true, false] {
                let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
                let bytes: Vec<u8> =
                    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
                assert_eq!(read(&bytes).unwrap(), text, "{little} {mark}");
            }
        }
        assert_eq!(read(text.as_bytes()).unwrap(), text);
        assert_eq!(read(b"").unwrap(), "");
        assert_eq!(read(&[0xFF, 0xFE, b'<', 0, b'a']).unwrap(), "<", "half a unit");
    }
}
