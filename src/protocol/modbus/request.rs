//! Requests and the meaning of their answers.

use super::frame::EXCEPTION;
use super::{
    ExceptionCode, MAXIMUM_READ, MAXIMUM_READ_BITS, MAXIMUM_WRITE, MAXIMUM_WRITE_AND_READ, MAXIMUM_WRITE_BITS, crc16,
};

/// The function of encapsulated interfaces.
pub(super) const IDENTIFY: u8 = 0x2B;
/// The function that reports the server's identification.
pub(super) const SERVER: u8 = 0x11;
/// The function that writes registers and reads registers.
pub(super) const WRITE_AND_READ: u8 = 0x17;
/// Its type that names the device.
const IDENTIFY_TYPE: u8 = 0x0E;
/// Vendor, product code and revision.
const BASIC_OBJECTS: u8 = 1;

/// A table of a unit's data model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Bits that can be written.
    Coils,
    /// Bits that are only read.
    DiscreteInputs,
    /// Registers that can be written.
    Holding,
    /// Registers that are only read.
    Input,
}

impl Table {
    /// The function that reads it, 1 to 4.
    pub const fn function(self) -> u8 {
        match self {
            Table::Coils => 1,
            Table::DiscreteInputs => 2,
            Table::Holding => 3,
            Table::Input => 4,
        }
    }

    /// The table that a function reads, if it reads one.
    pub const fn read_by(function: u8) -> Option<Table> {
        match function {
            1 => Some(Table::Coils),
            2 => Some(Table::DiscreteInputs),
            3 => Some(Table::Holding),
            4 => Some(Table::Input),
            _ => None,
        }
    }

    /// Whether it holds bits.
    pub const fn holds_bits(self) -> bool {
        matches!(self, Table::Coils | Table::DiscreteInputs)
    }

    /// Most bits or registers of one read.
    pub const fn most(self) -> u16 {
        if self.holds_bits() { MAXIMUM_READ_BITS } else { MAXIMUM_READ }
    }

    /// The other table of the same kind.
    pub const fn sibling(self) -> Table {
        match self {
            Table::Coils => Table::DiscreteInputs,
            Table::DiscreteInputs => Table::Coils,
            Table::Holding => Table::Input,
            Table::Input => Table::Holding,
        }
    }

    /// What it holds, in words.
    pub const fn contents(self) -> &'static str {
        match self {
            Table::Coils => "coils",
            Table::DiscreteInputs => "discrete inputs",
            Table::Holding => "holding registers",
            Table::Input => "input registers",
        }
    }
}

/// A request to one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Functions 1 to 4.
    Read {
        /// What is read.
        table: Table,
        /// First bit or register, from 0.
        first: u16,
        /// How many: 1 to 2000 bits, 1 to 125 registers.
        count: u16,
    },
    /// Function 5.
    WriteCoil {
        /// The coil, from 0.
        coil: u16,
        /// Its new state.
        on: bool,
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
    /// Function 15.
    WriteCoils {
        /// First coil, from 0.
        first: u16,
        /// The new states, 1 to 1968.
        states: Vec<bool>,
    },
    /// Function 23 (17h): registers are written, then the same ones read.
    WriteAndRead {
        /// First register, from 0.
        first: u16,
        /// The new values, 1 to 121.
        values: Vec<u16>,
    },
    /// Function 17 (11h): what the unit calls itself, in octets of its maker's choice.
    ServerIdentification,
    /// Function 43 (2Bh) of type 14 (0Eh): the basic objects, which name vendor, product and revision.
    DeviceIdentification,
}

/// Why a request cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// None, or more than one frame holds.
    #[error("{0} registers or bits do not fit one Modbus request: 1 to {1} do")]
    Count(usize, u16),
    /// Past register 65535.
    #[error("{1} registers or bits from {0} on go past 65535")]
    Range(u16, usize),
}

/// What a unit answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The registers asked for, first to last; a bit is 0 or 1.
    Registers(Vec<u16>),
    /// The objects of the device's identification, by number.
    Objects(Vec<(u8, String)>),
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
            Request::Read { table, .. } => table.function(),
            Request::WriteCoil { .. } => 5,
            Request::WriteSingle { .. } => 6,
            Request::WriteMultiple { .. } => 16,
            Request::WriteCoils { .. } => 15,
            Request::WriteAndRead { .. } => WRITE_AND_READ,
            Request::ServerIdentification => SERVER,
            Request::DeviceIdentification => IDENTIFY,
        }
    }

    /// The frame for the wire, with its check.
    ///
    /// # Errors
    /// [`RequestError`] when the range does not fit one request.
    pub fn encode(&self, unit: u8) -> Result<Vec<u8>, RequestError> {
        let mut frame = vec![unit, self.function()];
        match self {
            Request::Read { table, first, count } => {
                check_range(*first, usize::from(*count), table.most())?;
                frame.extend(first.to_be_bytes());
                frame.extend(count.to_be_bytes());
            }
            Request::WriteCoil { coil, on } => {
                frame.extend(coil.to_be_bytes());
                frame.extend(coil_word(*on).to_be_bytes());
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
            Request::WriteCoils { first, states } => {
                check_range(*first, states.len(), MAXIMUM_WRITE_BITS)?;
                frame.extend(first.to_be_bytes());
                frame.extend(u16::try_from(states.len()).unwrap_or_default().to_be_bytes());
                let bits: Vec<u16> = states.iter().map(|state| u16::from(*state)).collect();
                frame.extend(packed(&bits));
            }
            Request::WriteAndRead { first, values } => {
                check_range(*first, values.len(), MAXIMUM_WRITE_AND_READ)?;
                let count = u8::try_from(values.len()).unwrap_or_default();
                for _ in 0..2 {
                    frame.extend(first.to_be_bytes());
                    frame.extend(u16::from(count).to_be_bytes());
                }
                frame.push(count.saturating_mul(2));
                frame.extend(values.iter().flat_map(|value| value.to_be_bytes()));
            }
            Request::ServerIdentification => {}
            Request::DeviceIdentification => frame.extend([IDENTIFY_TYPE, BASIC_OBJECTS, 0]),
        }
        frame.extend(crc16(&frame).to_le_bytes());
        Ok(frame)
    }

    /// Octets of a good answer, with its check: what a line must carry back. The shortest, where the unit decides.
    pub fn answer_length(&self) -> usize {
        match self {
            Request::Read { table, count, .. } => data_length(*table, *count).saturating_add(5),
            Request::WriteCoil { .. }
            | Request::WriteCoils { .. }
            | Request::WriteSingle { .. }
            | Request::WriteMultiple { .. } => 8,
            Request::WriteAndRead { values, .. } => values.len().saturating_mul(2).saturating_add(5),
            Request::ServerIdentification => 6,
            Request::DeviceIdentification => 10,
        }
    }

    /// Whether it changes nothing in the unit, and may be repeated.
    pub fn is_read(&self) -> bool {
        matches!(self, Request::Read { .. } | Request::ServerIdentification | Request::DeviceIdentification)
    }
}

/// Bits packed into octets, the lowest first, behind their number of octets.
pub(super) fn packed(bits: &[u16]) -> Vec<u8> {
    let octets = bits
        .chunks(8)
        .map(|eight| eight.iter().enumerate().fold(0u8, |octet, (at, bit)| octet | u8::from(*bit != 0) << at));
    let count = u8::try_from(bits.len().div_ceil(8)).unwrap_or(u8::MAX);
    std::iter::once(count).chain(octets).collect()
}

/// Octets that so many bits or registers take in an answer.
fn data_length(table: Table, count: u16) -> usize {
    if table.holds_bits() { usize::from(count).div_ceil(8) } else { usize::from(count).saturating_mul(2) }
}

/// What function 5 writes for a state.
pub(super) fn coil_word(on: bool) -> u16 {
    if on { 0xFF00 } else { 0 }
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
        Request::Read { table, count, .. } => {
            let wanted = data_length(*table, *count);
            match body {
                [length, values @ ..] if usize::from(*length) == wanted && values.len() == wanted => {
                    Ok(Answer::Registers(if table.holds_bits() {
                        let bits = values.iter().flat_map(|octet| (0..8).map(move |bit| u16::from(octet >> bit & 1)));
                        bits.take(usize::from(*count)).collect()
                    } else {
                        values.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect()
                    }))
                }
                _ => Err(AnswerError::Length { wanted, found: body.len().saturating_sub(1) }),
            }
        }
        Request::WriteCoil { coil, on } => confirmed(*coil, coil_word(*on)),
        Request::WriteCoils { first, states } => confirmed(*first, u16::try_from(states.len()).unwrap_or_default()),
        Request::WriteAndRead { values, .. } => {
            let read = match body {
                [length, octets @ ..] if usize::from(*length) == octets.len() => octets.as_chunks::<2>().0,
                _ => return Err(AnswerError::Unrelated),
            };
            // What the unit has made of the values is read back by whoever wants to know.
            if read.len() == values.len() { Ok(Answer::Written) } else { Err(AnswerError::OtherWrite) }
        }
        Request::ServerIdentification => match body {
            // What is no text is left out: a number, and FF for a unit that runs.
            [length, octets @ ..] if usize::from(*length) == octets.len() => {
                Ok(Answer::Objects(vec![(0, printable(octets))]))
            }
            _ => Err(AnswerError::Unrelated),
        },
        Request::DeviceIdentification => objects(body).map(Answer::Objects).ok_or(AnswerError::Unrelated),
        Request::WriteSingle { register, value } => confirmed(*register, *value),
        Request::WriteMultiple { first, values } => confirmed(*first, u16::try_from(values.len()).unwrap_or_default()),
    }
}

fn printable(octets: &[u8]) -> String {
    let text: String =
        octets.iter().filter(|octet| (0x20..0x7F).contains(*octet)).map(|octet| char::from(*octet)).collect();
    text.trim().to_owned()
}

/// The objects behind the head of an identification: type, level, conformity, whether more follows, the next, how many.
fn objects(body: &[u8]) -> Option<Vec<(u8, String)>> {
    let [IDENTIFY_TYPE, _, _, _, _, count, rest @ ..] = body else { return None };
    let mut rest = rest;
    let mut found = Vec::new();
    for _ in 0..*count {
        let [number, length, behind @ ..] = rest else { return None };
        let (text, behind) = behind.split_at_checked(usize::from(*length))?;
        found.push((*number, printable(text)));
        rest = behind;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_request_on_the_wire() {
        let request = Request::Read { table: Table::Input, first: 0, count: 2 };
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
    fn bits_are_unpacked_lowest_first() {
        let request = Request::Read { table: Table::Coils, first: 0x13, count: 10 };
        assert_eq!(request.encode(1).unwrap()[..6], [1, 1, 0, 0x13, 0, 10]);
        // The example of the standard (V1.1b3, 6.1): CD is coils 27 to 20, read from the right.
        let answer = interpret(&request, &[1, 1, 2, 0xCD, 0x02]);
        assert_eq!(answer, Ok(Answer::Registers(vec![1, 0, 1, 1, 0, 0, 1, 1, 0, 1])));
        assert_eq!(request.answer_length(), 7);
        let switch = Request::WriteCoil { coil: 0xAC, on: true };
        assert_eq!(switch.encode(1).unwrap()[..6], [1, 5, 0, 0xAC, 0xFF, 0]);
        assert_eq!(interpret(&switch, &[1, 5, 0, 0xAC, 0xFF, 0]), Ok(Answer::Written));
        assert_eq!(interpret(&switch, &[1, 5, 0, 0xAC, 0, 0]), Err(AnswerError::OtherWrite));
    }

    #[test]
    fn several_coils_and_registers_that_are_read_back() {
        // The examples of the standard (V1.1b3, 6.11): ten coils from 20 on, CD 01.
        let states: Vec<bool> = [1, 0, 1, 1, 0, 0, 1, 1, 1, 0].map(|bit| bit == 1).to_vec();
        let coils = Request::WriteCoils { first: 0x13, states };
        assert_eq!(coils.encode(17).unwrap()[..9], [17, 15, 0, 0x13, 0, 10, 2, 0xCD, 0x01]);
        assert_eq!(interpret(&coils, &[17, 15, 0, 0x13, 0, 10]), Ok(Answer::Written));
        let both = Request::WriteAndRead { first: 3, values: vec![0xFE, 0x0ACD] };
        let frame = both.encode(17).unwrap();
        assert_eq!(frame[..15], [17, 23, 0, 3, 0, 2, 0, 3, 0, 2, 4, 0, 0xFE, 0x0A, 0xCD]);
        assert_eq!(interpret(&both, &[17, 23, 4, 0, 0xFE, 0x0A, 0xCD]), Ok(Answer::Written));
        assert_eq!(interpret(&both, &[17, 23, 2, 0, 0xFE]), Err(AnswerError::OtherWrite));
        assert!(!both.is_read() && !coils.is_read());
        let name = [&[17, 17, 6, 1, 0xFF][..], b"EM-1"].concat();
        let told = interpret(&Request::ServerIdentification, &name);
        assert_eq!(told, Ok(Answer::Objects(vec![(0, "EM-1".to_owned())])));
    }

    #[test]
    fn a_device_names_itself() {
        let request = Request::DeviceIdentification;
        assert_eq!(request.encode(1).unwrap()[..5], [1, 0x2B, 0x0E, 1, 0]);
        let answer = [&[1, 0x2B, 0x0E, 1, 1, 0, 0, 2, 0, 4][..], b"Acme", &[1, 3], b"EM1"].concat();
        let named = vec![(0, "Acme".to_owned()), (1, "EM1".to_owned())];
        assert_eq!(interpret(&request, &answer), Ok(Answer::Objects(named)));
        for cut in 0..answer.len() {
            assert!(interpret(&request, &answer[..cut]).is_err(), "{cut}");
        }
    }

    #[test]
    fn ranges_are_checked() {
        assert_eq!(
            Request::Read { table: Table::Input, first: 0, count: 0 }.encode(1),
            Err(RequestError::Count(0, 125))
        );
        assert_eq!(
            Request::Read { table: Table::Input, first: 0, count: 126 }.encode(1),
            Err(RequestError::Count(126, 125))
        );
        assert_eq!(
            Request::Read { table: Table::Input, first: 65_535, count: 2 }.encode(1),
            Err(RequestError::Range(65_535, 2))
        );
    }
}
