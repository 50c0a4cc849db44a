//! The identification a meter answers to a sign-on, and the speeds its characters stand for.

use std::fmt;

/// How speed is agreed, from the character behind the maker's letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpeedMode {
    /// Mode A: no change of speed; the data follow at once.
    A,
    /// Mode B: the meter changes to this speed, in bit/s, and sends its data without being asked again.
    B(u32),
    /// Modes C and E: the meter offers this speed, in bit/s, and waits for an option select.
    C(u32),
}

/// Speeds of mode C and E by character `0` to `6`; mode B has `A` to `F` for the second to the last.
const SPEEDS: [u32; 7] = [300, 600, 1200, 2400, 4800, 9600, 19200];

impl SpeedMode {
    /// From the speed character.
    ///
    /// ```
    /// use wattkey::protocol::iec62056_21::SpeedMode;
    /// assert_eq!(SpeedMode::from_character(b'5'), SpeedMode::C(9600));
    /// assert_eq!(SpeedMode::from_character(b'A'), SpeedMode::B(600));
    /// assert_eq!(SpeedMode::from_character(b'9'), SpeedMode::A);
    /// ```
    pub fn from_character(character: u8) -> Self {
        let speed = |first: u8| character.checked_sub(first).and_then(|place| SPEEDS.get(usize::from(place)).copied());
        match character {
            b'0'..=b'6' => speed(b'0').map_or(SpeedMode::A, SpeedMode::C),
            // 'A' is 600: one place further than '0' would be.
            b'A'..=b'F' => speed(b'@').map_or(SpeedMode::A, SpeedMode::B),
            _ => SpeedMode::A,
        }
    }

    /// The speed offered, in bit/s.
    pub fn baud(self) -> u32 {
        match self {
            SpeedMode::A => super::SIGN_ON_BAUD,
            SpeedMode::B(baud) | SpeedMode::C(baud) => baud,
        }
    }
}

/// The mode C character of the fastest speed that is not above `baud`.
pub fn speed_character(baud: u32) -> u8 {
    let place = SPEEDS.iter().rposition(|speed| *speed <= baud).unwrap_or(0);
    b'0'.saturating_add(u8::try_from(place).unwrap_or(0))
}

/// What a meter says of itself at sign-on: `/GRX5\2PEER21V1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identification {
    /// The maker's three FLAG letters as sent; a lower-case third one announces the short reaction time.
    pub manufacturer: String,
    /// The speed character as sent.
    pub speed_character: u8,
    /// Characters of the escape sequences, such as `2` for `\2`.
    pub escapes: Vec<u8>,
    /// The maker's identification, up to 16 characters by the standard; longer ones are kept.
    pub ident: String,
}

impl Identification {
    /// From a line without its `/` and line end.
    ///
    /// # Errors
    /// What is missing, in words.
    pub fn parse(line: &[u8]) -> Result<Self, String> {
        let (maker, rest) = line.split_at_checked(3).ok_or("the identification is too short")?;
        if !maker.iter().all(u8::is_ascii_alphabetic) {
            return Err("the identification does not begin with three letters".into());
        }
        let (&speed_character, mut rest) = rest.split_first().ok_or("the identification has no speed character")?;
        let mut escapes = Vec::new();
        // Only a digit makes an escape sequence; some programs put a bare backslash before the ident.
        while let [b'\\', behind @ ..] = rest {
            rest = match behind {
                [escape, behind @ ..] if escape.is_ascii_digit() => {
                    escapes.push(*escape);
                    behind
                }
                _ => behind,
            };
        }
        Ok(Identification { manufacturer: text(maker), speed_character, escapes, ident: text(rest).trim().to_owned() })
    }

    /// How speed is agreed.
    pub fn speed_mode(&self) -> SpeedMode {
        SpeedMode::from_character(self.speed_character)
    }

    /// Whether the meter reacts after 20 ms instead of 200 ms.
    pub fn is_fast(&self) -> bool {
        self.manufacturer.as_bytes().get(2).is_some_and(|letter| letter.is_ascii_lowercase())
    }

    /// Whether the meter offers HDLC after the sign-on (mode E).
    pub fn offers_hdlc(&self) -> bool {
        self.escapes.contains(&b'2') && matches!(self.speed_mode(), SpeedMode::C(_))
    }
}

impl fmt::Display for Identification {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "/{}{}", self.manufacturer, char::from(self.speed_character))?;
        for escape in &self.escapes {
            write!(formatter, "\\{}", char::from(*escape))?;
        }
        formatter.write_str(&self.ident)
    }
}

fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifications_read_back_what_they_print() {
        for line in ["/GRX5PEER21V1", "/LGZ5\\2ZMD3104407.B32", "/ISk5\\2T510-1001", "/ABC9", "/ELSA3 x"] {
            if let Ok(found) = Identification::parse(&line.as_bytes()[1..]) {
                assert_eq!(found.to_string().replace(' ', ""), line.replace(' ', ""));
            } else {
                panic!("{line}");
            }
        }
        let bare = Identification::parse(b"GRX5\\PEER21V1").unwrap();
        assert_eq!((bare.ident.as_str(), bare.escapes.len()), ("PEER21V1", 0));
        let mode_e = Identification::parse(b"LGz6\\2ZMD").unwrap();
        assert!(mode_e.offers_hdlc() && mode_e.is_fast());
        assert_eq!(mode_e.speed_mode(), SpeedMode::C(19200));
        for wrong in [&b""[..], b"AB", b"ABC", b"A1C5x"] {
            assert!(Identification::parse(wrong).is_err());
        }
    }

    #[test]
    fn speed_characters_are_those_of_the_standard() {
        for (baud, character) in [(300, b'0'), (9600, b'5'), (19200, b'6'), (115_200, b'6'), (0, b'0'), (5000, b'4')] {
            assert_eq!(speed_character(baud), character);
        }
        assert_eq!(SpeedMode::from_character(b'F'), SpeedMode::B(19200));
        assert_eq!(SpeedMode::from_character(b'G'), SpeedMode::A);
    }
}
