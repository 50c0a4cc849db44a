//! Install codes as they stand on labels: 6, 8, 12 or 16 octets, usually with a CRC-16 of two octets behind.

use crc::{CRC_16_IBM_SDLC, Crc};

/// CRC-16/X-25, as ZigBee has it for install codes: the octets on the label are low octet first.
static CRC: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_SDLC);

/// Octets of the longest code.
const LONGEST: usize = 16;

/// Why a label's code cannot be used. The code itself is never in the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InstallCodeError {
    /// The check value does not fit: a digit is wrong.
    #[error("has a check value (CRC) that does not fit its code: a digit is wrong, read the label again")]
    Check,
}

/// The code without its check value, upper-case hex, from digits with blanks, hyphens or colons between. Text that is
/// no code is given back as it is.
///
/// # Errors
/// [`InstallCodeError::Check`] for 18 octets whose last two are not the CRC-16 of the others.
pub fn from_label(text: &str) -> Result<String, InstallCodeError> {
    let plain: String = text.chars().filter(|c| !matches!(c, '-' | ':' | ' ' | '\u{a0}')).collect();
    let Some(octets) = crate::hex::decode(&plain) else { return Ok(text.to_owned()) };
    let Some((code, check)) = octets.split_last_chunk::<2>() else { return Ok(plain) };
    let fits = u16::from_le_bytes(*check) == CRC.checksum(code);
    match code.len() {
        LONGEST if !fits => Err(InstallCodeError::Check),
        6 | 8 | 12 | LONGEST if fits => Ok(crate::hex::encode(code).to_uppercase()),
        _ => Ok(plain.to_uppercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Silicon Labs' application note on install codes.
    const CODE: &str = "83FED3407A939723A5C639B26916D505";

    #[test]
    fn the_check_value_is_checked_and_taken_off() {
        for label in [format!("{CODE}C3B5"), "83FE D340 7A93 9723 A5C6 39B2 6916 D505 C3B5".to_owned(), CODE.to_owned()]
        {
            assert_eq!(from_label(&label).as_deref(), Ok(CODE), "{label}");
        }
        assert_eq!(from_label(&format!("{CODE}C3B6")), Err(InstallCodeError::Check));
        assert_eq!(from_label("0011223344556677").as_deref(), Ok("0011223344556677"));
        assert_eq!(from_label("no code").as_deref(), Ok("no code"));
    }
}
