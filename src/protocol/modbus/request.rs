//! Requests and the meaning of their answers.

use super::frame::EXCEPTION;
use super::{ExceptionCode, MAXIMUM_READ, MAXIMUM_WRITE, crc16};

/// A request to one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Function 3.
    ReadHolding {
        /// First register, from 0.
        first: u16,
        /// Registers, 1 to 125.
        count: u16,
    },
    /// Function 4.
    ReadInput {
        /// First register, from 0.
        first: u16,
        /// Registers, 1 to 125.
        count: u16,
    },
    /// Function 6.
    WriteSingle {
        /// The register, from 0.
        register: u16,
        /// Its new value.
        value: u16,
    },
    /// Function 16.
    WriteMultiple {
        /// First register, from 0.
        first: u16,
        /// The new values, 1 to 123.
        values: Vec<u16>,
    },
}

/// Why a request cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// None, or more than one frame holds.
    #[error("{0} registers do not fit one Modbus request: 1 to {1} do")]
    Count(usize, u16),
    /// Past register 65535.
    #[error("{1} registers from {0} on go past register 65535")]
    Range(u16, usize),
}

/// What a unit answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The registers asked for, first to last.
    Registers(Vec<u16>),
    /// The write was taken.
    Written,
    /// The unit says no.
    Exception(ExceptionCode),
}

/// Why a frame is no answer to the request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Another number of registers.
    #[error("the unit sent {found} octets where {wanted} were asked for")]
    Length {
        /// Octets wanted.
        wanted: usize,
        /// Octets found.
        found: usize,
    },
    /// A write confirmed for another register, value or count: a late answer.
    #[error("the unit confirmed another write than this one")]
    OtherWrite,
    /// Not an answer to this function.
    #[error("the answer does not belong to the request")]
    Unrelated,
}

impl Request {
    /// The function code.
    pub fn function(&self) -> u8 {
        match self {
            Request::ReadHolding { .. } => 3,
            Request::ReadInput { .. } => 4,
            Request::WriteSingle { .. } => 6,
            Request::WriteMultiple { .. } => 16,
        }
    }

    /// The frame for the wire, with its check.
    ///
    /// # Errors
    /// [`RequestError`] when the range does not fit one request.
    pub fn encode(&self, unit: u8) -> Result<Vec<u8>, RequestError> {
        let mut frame = vec![unit, self.function()];
        match self {
            Request::ReadHolding { first, count } | Request::ReadInput { first, count } => {
                check_range(*first, usize::from(*count), MAXIMUM_READ)?;
                frame.extend(first.to_be_bytes());
                frame.extend(count.to_be_bytes());
            }
            Request::WriteSingle { register, value } => {
                frame.extend(register.to_be_bytes());
                frame.extend(value.to_be_bytes());
            }
            Request::WriteMultiple { first, values } => {
                check_range(*first, values.len(), MAXIMUM_WRITE)?;
                let count = u8::try_from(values.len()).unwrap_or_default();
                frame.extend(first.to_be_bytes());
                frame.extend(u16::from(count).to_be_bytes());
                frame.push(count.saturating_mul(2));
                frame.extend(values.iter().flat_map(|value| value.to_be_bytes()));
            }
        }
        frame.extend(crc16(&frame).to_le_bytes());
        Ok(frame)
    }

    /// Octets of a good answer, with its check: what a line must carry back.
    pub fn answer_length(&self) -> usize {
        match self {
            Request::ReadHolding { count, .. } | Request::ReadInput { count, .. } => {
                usize::from(*count).saturating_mul(2).saturating_add(5)
            }
            Request::WriteSingle { .. } | Request::WriteMultiple { .. } => 8,
        }
    }
}

fn check_range(first: u16, count: usize, maximum: u16) -> Result<(), RequestError> {
    if count == 0 || count > usize::from(maximum) {
        return Err(RequestError::Count(count, maximum));
    }
    if usize::from(first).saturating_add(count) > 0x1_0000 {
        return Err(RequestError::Range(first, count));
    }
    Ok(())
}

/// Judges `frame` (without its check) as the answer to `request`.
///
/// # Errors
/// [`AnswerError`] when it belongs to another request.
pub fn interpret(request: &Request, frame: &[u8]) -> Result<Answer, AnswerError> {
    let [_, function, body @ ..] = frame else { return Err(AnswerError::Unrelated) };
    if *function == request.function() | EXCEPTION {
        let code = body.first().ok_or(AnswerError::Unrelated)?;
        return Ok(Answer::Exception(ExceptionCode::from_octet(*code)));
    }
    if *function != request.function() {
        return Err(AnswerError::Unrelated);
    }
    let confirmed = |first: u16, second: u16| {
        let mut wanted = first.to_be_bytes().to_vec();
        wanted.extend(second.to_be_bytes());
        if body == wanted { Ok(Answer::Written) } else { Err(AnswerError::OtherWrite) }
    };
    match request {
        Request::ReadHolding { count, .. } | Request::ReadInput { count, .. } => {
            let wanted = usize::from(*count).saturating_mul(2);
            match body {
                [length, values @ ..] if usize::from(*length) == wanted && values.len() == wanted => {
                    let pairs = values.as_chunks::<2>().0;
                    Ok(Answer::Registers(pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect()))
                }
                _ => Err(AnswerError::Length { wanted, found: body.len().saturating_sub(1) }),
            }
        }
        Request::WriteSingle { register, value } => confirmed(*register, *value),
        Request::WriteMultiple { first, values } => confirmed(*first, u16::try_from(values.len()).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_request_on_the_wire() {
        let request = Request::ReadInput { first: 0, count: 2 };
        assert_eq!(request.encode(1).unwrap(), [1, 4, 0, 0, 0, 2, 0x71, 0xCB]);
        assert_eq!(interpret(&request, &[1, 4, 4, 0x43, 0x66, 0x80, 0]), Ok(Answer::Registers(vec![0x4366, 0x8000])));
        assert!(matches!(interpret(&request, &[1, 4, 2, 0x43, 0x66]), Err(AnswerError::Length { .. })));
        let refused = Answer::Exception(ExceptionCode::IllegalDataAddress);
        assert_eq!(interpret(&request, &[1, 0x84, 2]), Ok(refused));
    }

    #[test]
    fn writes_are_confirmed_by_range() {
        let request = Request::WriteMultiple { first: 0x14, values: vec![0x40A0, 0] };
        let frame = request.encode(1).unwrap();
        assert_eq!(frame[..11], [1, 16, 0, 0x14, 0, 2, 4, 0x40, 0xA0, 0, 0]);
        assert_eq!(interpret(&request, &[1, 16, 0, 0x14, 0, 2]), Ok(Answer::Written));
        assert_eq!(interpret(&request, &[1, 16, 0, 0x16, 0, 2]), Err(AnswerError::OtherWrite));
    }

    #[test]
    fn ranges_are_checked() {
        assert_eq!(Request::ReadInput { first: 0, count: 0 }.encode(1), Err(RequestError::Count(0, 125)));
        assert_eq!(Request::ReadInput { first: 0, count: 126 }.encode(1), Err(RequestError::Count(126, 125)));
        assert_eq!(Request::ReadInput { first: 65_535, count: 2 }.encode(1), Err(RequestError::Range(65_535, 2)));
    }
}
