//! Station addresses: a meter is a logical device behind a physical one, a client is one octet.

use std::fmt;
use std::str::FromStr;

/// Octets a server address takes on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AddressLength {
    /// One octet: the logical device only, 0 to 127.
    One,
    /// Two octets: logical and physical device, 0 to 127 each.
    Two,
    /// Four octets: logical and physical device, 0 to 16383 each.
    Four,
}

impl AddressLength {
    /// Number of octets: 1, 2 or 4.
    pub const fn octets(self) -> usize {
        match self {
            AddressLength::One => 1,
            AddressLength::Two => 2,
            AddressLength::Four => 4,
        }
    }
}

/// Why a text or a pair of numbers is no server address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not in the form `logical/physical[@length]`.
    #[error(
        "\"{0}\" is not a meter address; write LOGICAL/PHYSICAL such as 1/17, with @1, @2 or @4 to force its length"
    )]
    Form(String),
    /// A half does not fit the length.
    #[error("address half {value} does not fit {octets} octets (at most {limit})")]
    TooLarge {
        /// The half.
        value: u16,
        /// Octets of the whole address.
        octets: usize,
        /// The largest value a half may have.
        limit: u16,
    },
}

/// A meter's address: logical device (upper half), physical device (lower half) and the length both take.
///
/// ```
/// use wattkey::protocol::hdlc::{Address, AddressLength};
/// let address: Address = "1/17".parse()?;
/// assert_eq!((address.logical(), address.physical(), address.length()), (1, 17, AddressLength::Two));
/// assert_eq!("1/1000".parse::<Address>()?.length(), AddressLength::Four);
/// assert_eq!("1/17@4".parse::<Address>()?.to_string(), "1/17@4");
/// # Ok::<(), wattkey::protocol::hdlc::AddressError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Address {
    logical: u16,
    physical: u16,
    length: AddressLength,
}

const ALL_STATIONS_SHORT: u16 = 0x7F;
const ALL_STATIONS_LONG: u16 = 0x3FFF;

impl Address {
    /// An address in the shortest usual length: two octets when both halves are below 128, else four.
    ///
    /// # Errors
    /// [`AddressError::TooLarge`] when a half is above 16383.
    pub fn new(logical: u16, physical: u16) -> Result<Self, AddressError> {
        let length = if logical < 128 && physical < 128 { AddressLength::Two } else { AddressLength::Four };
        Address::with_length(logical, physical, length)
    }

    /// An address of a given length. With one octet the physical half is not sent and is kept as 0.
    ///
    /// # Errors
    /// [`AddressError::TooLarge`] when a half does not fit.
    pub fn with_length(logical: u16, physical: u16, length: AddressLength) -> Result<Self, AddressError> {
        let limit = if length == AddressLength::Four { 0x3FFF } else { 0x7F };
        let physical = if length == AddressLength::One { 0 } else { physical };
        for value in [logical, physical] {
            if value > limit {
                return Err(AddressError::TooLarge { value, octets: length.octets(), limit });
            }
        }
        Ok(Address { logical, physical, length })
    }

    /// The logical device, upper half.
    pub const fn logical(self) -> u16 {
        self.logical
    }

    /// The physical device, lower half; 0 when the address has one octet.
    pub const fn physical(self) -> u16 {
        self.physical
    }

    /// Octets on the line.
    pub const fn length(self) -> AddressLength {
        self.length
    }

    /// Whether every station on the line is meant (physical half all ones), so that any may answer.
    pub const fn is_all_stations(self) -> bool {
        match self.length {
            AddressLength::One => self.logical == ALL_STATIONS_SHORT,
            AddressLength::Two => self.physical == ALL_STATIONS_SHORT,
            AddressLength::Four => self.physical == ALL_STATIONS_LONG,
        }
    }

    /// The octets on the line.
    pub fn to_wire(self) -> WireAddress {
        let low = |half: u16| ((half & 0x7F) as u8) << 1;
        let high = |half: u16| ((half >> 7 & 0x7F) as u8) << 1;
        match self.length {
            AddressLength::One => WireAddress { octets: [low(self.logical) | 1, 0, 0, 0], length: 1 },
            AddressLength::Two => WireAddress { octets: [low(self.logical), low(self.physical) | 1, 0, 0], length: 2 },
            AddressLength::Four => WireAddress {
                octets: [high(self.logical), low(self.logical), high(self.physical), low(self.physical) | 1],
                length: 4,
            },
        }
    }

    /// Reads an address from the line; `None` when it has none of the lengths 1, 2 and 4.
    pub fn from_wire(wire: WireAddress) -> Option<Self> {
        let part = |octet: u8| u16::from(octet >> 1);
        let [a, b, c, d] = wire.octets;
        let (logical, physical, length) = match wire.length {
            1 => (part(a), 0, AddressLength::One),
            2 => (part(a), part(b), AddressLength::Two),
            4 => (part(a) << 7 | part(b), part(c) << 7 | part(d), AddressLength::Four),
            _ => return None,
        };
        Some(Address { logical, physical, length })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.length == AddressLength::One {
            return write!(f, "{}@1", self.logical);
        }
        write!(f, "{}/{}", self.logical, self.physical)?;
        let usual = if self.logical < 128 && self.physical < 128 { AddressLength::Two } else { AddressLength::Four };
        if usual == self.length { Ok(()) } else { write!(f, "@{}", self.length.octets()) }
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let form = || AddressError::Form(text.to_owned());
        let number = |part: &str| {
            let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            if digits { part.parse::<u16>().map_err(|_| form()) } else { Err(form()) }
        };
        let (halves, length) = match text.split_once('@') {
            None => (text, None),
            Some((halves, "1")) => (halves, Some(AddressLength::One)),
            Some((halves, "2")) => (halves, Some(AddressLength::Two)),
            Some((halves, "4")) => (halves, Some(AddressLength::Four)),
            Some(_) => return Err(form()),
        };
        let (logical, physical) = match halves.split_once('/') {
            Some((logical, physical)) => (number(logical)?, number(physical)?),
            None if length == Some(AddressLength::One) => (number(halves)?, 0),
            None => return Err(form()),
        };
        match length {
            None => Address::new(logical, physical),
            Some(length) => Address::with_length(logical, physical, length),
        }
    }
}

/// A client's address (service access point): 16 is the public client, 1 the management client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientAddress(u8);

impl ClientAddress {
    /// The public client, which reads without authentication.
    pub const PUBLIC: ClientAddress = ClientAddress(16);

    /// A client address, 0 to 127; `None` above.
    pub const fn new(number: u8) -> Option<Self> {
        if number < 128 { Some(ClientAddress(number)) } else { None }
    }

    /// The number.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The octet on the line.
    pub const fn to_wire(self) -> WireAddress {
        WireAddress { octets: [self.0 << 1 | 1, 0, 0, 0], length: 1 }
    }

    /// Reads a client from the line; `None` when the address has more than one octet.
    pub fn from_wire(wire: WireAddress) -> Option<Self> {
        match (wire.length, wire.octets) {
            (1, [octet, ..]) => Some(ClientAddress(octet >> 1)),
            _ => None,
        }
    }
}

impl fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An address as it stands on the line: 1, 2 or 4 octets, the last one odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WireAddress {
    octets: [u8; 4],
    length: u8,
}

impl WireAddress {
    /// The octets.
    pub fn octets(&self) -> &[u8] {
        self.octets.get(..usize::from(self.length)).unwrap_or(&[])
    }

    /// Takes an address from the front of `bytes`; `None` when it runs out or has a length other than 1, 2 or 4.
    pub fn take(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let length = bytes.iter().take(4).position(|octet| octet & 1 == 1)?.checked_add(1)?;
        if length == 3 {
            return None;
        }
        let (front, rest) = bytes.split_at_checked(length)?;
        let mut octets = [0; 4];
        for (slot, octet) in octets.iter_mut().zip(front) {
            *slot = *octet;
        }
        Some((WireAddress { octets, length: u8::try_from(length).ok()? }, rest))
    }
}
