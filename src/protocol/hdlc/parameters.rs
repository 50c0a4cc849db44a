//! The parameters SNRM and UA carry: information field lengths and window sizes.

use super::frame::MAX_FRAME_LENGTH;

/// Information field length when a side states none.
pub const DEFAULT_INFORMATION_LENGTH: u16 = 128;
/// Header of the longest addresses, both checks.
const LONGEST_OVERHEAD: usize = 2 + 4 + 4 + 1 + 2 + 2;
const FORMAT_IDENTIFIER: u8 = 0x81;
const GROUP_IDENTIFIER: u8 = 0x80;
const INFORMATION_SENT: u8 = 0x05;
const INFORMATION_RECEIVED: u8 = 0x06;
const WINDOW_SENT: u8 = 0x07;
const WINDOW_RECEIVED: u8 = 0x08;

/// What one side is able to do, from its own point of view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Parameters {
    /// Longest information field it sends, in octets.
    pub information_sent: u16,
    /// Longest information field it takes, in octets.
    pub information_received: u16,
    /// Frames it sends without waiting for an answer, 1 to 7.
    pub window_sent: u8,
    /// Frames it takes without answering, 1 to 7.
    pub window_received: u8,
}

impl Default for Parameters {
    fn default() -> Self {
        Parameters::with_information(DEFAULT_INFORMATION_LENGTH)
    }
}

/// The parameter field cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the HDLC parameter field cannot be read")]
pub struct ParameterError;

impl Parameters {
    /// Both information fields of `length` octets (kept within 8 to 2030), window 1.
    pub fn with_information(length: u16) -> Self {
        let length = clamp_information(u32::from(length));
        Parameters { information_sent: length, information_received: length, window_sent: 1, window_received: 1 }
    }

    /// The same with windows of so many frames both ways, kept within 1 to 7.
    #[must_use]
    pub fn with_window(self, frames: u8) -> Self {
        let frames = frames.clamp(1, 7);
        Parameters { window_sent: frames, window_received: frames, ..self }
    }

    /// Reads the information field of SNRM or UA. An empty field means the defaults.
    ///
    /// # Errors
    /// [`ParameterError`] when a length runs over the end or a format is unknown.
    pub fn decode(field: &[u8]) -> Result<Self, ParameterError> {
        let mut parameters = Parameters::default();
        let mut rest = match field {
            [] => return Ok(parameters),
            [FORMAT_IDENTIFIER, GROUP_IDENTIFIER, length, rest @ ..] => {
                rest.get(..usize::from(*length)).ok_or(ParameterError)?
            }
            _ => return Err(ParameterError),
        };
        while let [tag, length, after @ ..] = rest {
            let (value, after) = after.split_at_checked(usize::from(*length)).ok_or(ParameterError)?;
            if value.len() > 4 {
                return Err(ParameterError);
            }
            let number = value.iter().fold(0u32, |sum, &octet| sum << 8 | u32::from(octet));
            let window = u8::try_from(number.clamp(1, 7)).unwrap_or(1);
            match *tag {
                INFORMATION_SENT => parameters.information_sent = clamp_information(number),
                INFORMATION_RECEIVED => parameters.information_received = clamp_information(number),
                WINDOW_SENT => parameters.window_sent = window,
                WINDOW_RECEIVED => parameters.window_received = window,
                _ => {}
            }
            rest = after;
        }
        if rest.is_empty() { Ok(parameters) } else { Err(ParameterError) }
    }

    /// The information field of SNRM or UA.
    pub fn encode(&self) -> Vec<u8> {
        let mut group = Vec::with_capacity(20);
        for (tag, value) in
            [(INFORMATION_SENT, self.information_sent), (INFORMATION_RECEIVED, self.information_received)]
        {
            match u8::try_from(value) {
                Ok(octet) => group.extend_from_slice(&[tag, 1, octet]),
                Err(_) => {
                    group.extend_from_slice(&[tag, 2]);
                    group.extend_from_slice(&value.to_be_bytes());
                }
            }
        }
        for (tag, value) in [(WINDOW_SENT, self.window_sent), (WINDOW_RECEIVED, self.window_received)] {
            group.extend_from_slice(&[tag, 4, 0, 0, 0, value]);
        }
        let mut field = vec![FORMAT_IDENTIFIER, GROUP_IDENTIFIER, u8::try_from(group.len()).unwrap_or(0)];
        field.extend_from_slice(&group);
        field
    }

    /// What holds on our side after the other has stated its view: its sending meets our receiving.
    #[must_use]
    pub fn agreed_with(&self, other: &Parameters) -> Parameters {
        Parameters {
            information_sent: self.information_sent.min(other.information_received),
            information_received: self.information_received.min(other.information_sent),
            window_sent: self.window_sent.min(other.window_received),
            window_received: self.window_received.min(other.window_sent),
        }
    }
}

fn clamp_information(length: u32) -> u16 {
    let most = MAX_FRAME_LENGTH.saturating_sub(LONGEST_OVERHEAD) as u32;
    u16::try_from(length.clamp(8, most)).unwrap_or(DEFAULT_INFORMATION_LENGTH)
}
