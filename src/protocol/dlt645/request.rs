//! Requests a client may send, each as one frame.

use std::ops::Range;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{Address, DataIdentifier, Edition, Frame, KeyedIn, Order, Service};

/// Password with its level, and the operator's code: eight octets in front of every write and order.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Credentials {
    level: u8,
    password: [u8; 3],
    operator: [u8; 4],
}

impl Credentials {
    /// From the texts of the credentials file, eight digits each: level and password as people write them, which go on the
    /// wire as `PA P0 P1 P2` and `C0 C1 C2 C3`, the low octets of password and operator first (DL/T 645-2007, 7.1).
    pub fn from_digits(password: &str, operator: &str) -> Option<Self> {
        let [level, mut password @ ..] = pairs(password)?;
        let mut operator = pairs(operator)?;
        password.reverse();
        operator.reverse();
        Some(Credentials { level, password, operator })
    }

    /// The same with the digits of both in the order they are written, as some meters want them.
    #[must_use]
    pub fn as_written(&self) -> Self {
        let mut credentials = self.clone();
        credentials.password.reverse();
        credentials.operator.reverse();
        credentials
    }

    /// From the wire: `PA P0 P1 P2 C0 C1 C2 C3`.
    pub const fn from_wire(octets: [u8; 8]) -> Self {
        let [level, p0, p1, p2, c0, c1, c2, c3] = octets;
        Credentials { level, password: [p0, p1, p2], operator: [c0, c1, c2, c3] }
    }

    /// `PA P0 P1 P2 C0 C1 C2 C3` as they go on the wire.
    pub fn wire(&self) -> [u8; 8] {
        let ([p0, p1, p2], [c0, c1, c2, c3]) = (self.password, self.operator);
        [self.level, p0, p1, p2, c0, c1, c2, c3]
    }

    /// The password level: 02 and 04 are usual, 98 and 99 mean that the meter wants a ciphered exchange.
    pub fn level(&self) -> u8 {
        self.level
    }
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Credentials([redacted])")
    }
}

/// Eight decimal digits as four BCD octets, first pair first.
fn pairs(digits: &str) -> Option<[u8; 4]> {
    let octets: Vec<u8> = digits
        .as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high @ b'0'..=b'9', low @ b'0'..=b'9'] => Some(high.wrapping_sub(b'0') << 4 | low.wrapping_sub(b'0')),
            _ => None,
        })
        .collect::<Option<_>>()?;
    octets.try_into().ok()
}

/// What control code 1C orders; the numbers are those of vendor supplements to the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RelayOrder {
    /// Open the relay.
    Trip,
    /// Permit closing: a person presses the meter's button.
    PermitClosing,
    /// Close the relay at once.
    Close,
    /// Sound the alarm.
    AlarmOn,
    /// End the alarm.
    AlarmOff,
    /// Keep the supply whatever the credit.
    KeepSuppliedOn,
    /// End keeping the supply.
    KeepSuppliedOff,
}

impl RelayOrder {
    /// Every order there is.
    pub const ALL: [RelayOrder; 7] = [
        RelayOrder::Trip,
        RelayOrder::PermitClosing,
        RelayOrder::Close,
        RelayOrder::AlarmOn,
        RelayOrder::AlarmOff,
        RelayOrder::KeepSuppliedOn,
        RelayOrder::KeepSuppliedOff,
    ];

    /// The order of an octet N1.
    pub fn from_octet(octet: u8) -> Option<Self> {
        RelayOrder::ALL.into_iter().find(|order| order.octet() == octet)
    }

    /// Octet N1 of the order.
    pub const fn octet(self) -> u8 {
        match self {
            RelayOrder::Trip => 0x1A,
            RelayOrder::PermitClosing => 0x1B,
            RelayOrder::Close => 0x1C,
            RelayOrder::AlarmOn => 0x2A,
            RelayOrder::AlarmOff => 0x2B,
            RelayOrder::KeepSuppliedOn => 0x3A,
            RelayOrder::KeepSuppliedOff => 0x3B,
        }
    }
}

/// A request, before it has an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Read one item.
    Read(DataIdentifier),
    /// Read a part of an item: the octets behind the identifier say which.
    ReadSelected(DataIdentifier, Vec<u8>),
    /// Read part `number` (from 1) of an item whose answer said that more follows.
    ReadFollowing(DataIdentifier, u8),
    /// Ask a single meter for its address.
    ReadAddress,
    /// Write one item; `data` is the value, lowest octet first.
    Write {
        /// The item.
        identifier: DataIdentifier,
        /// Password, level and operator.
        credentials: Credentials,
        /// The value's octets in wire order.
        data: Vec<u8>,
    },
    /// Order the relay or the alarm; the order lapses at `expiry`, given as `ss mm hh DD MM YY` in BCD.
    Control {
        /// What to do.
        order: RelayOrder,
        /// Password, level and operator.
        credentials: Credentials,
        /// Second, minute, hour, day, month, year of the century, each two BCD digits.
        expiry: [u8; 6],
    },
    /// Any other order.
    Order(Order),
    /// Key something in at an STS customer unit.
    Keypad(KeyedIn),
    /// Set the clocks of all meters: `ss mm hh DD MM YY` in BCD. Meters take it once a day and within five minutes.
    BroadcastTime([u8; 6]),
}

impl Request {
    /// What the request asks for.
    pub fn service(&self) -> Service {
        match self {
            Request::Read(_) | Request::ReadSelected(..) => Service::Read,
            Request::Order(order) => order.service(),
            Request::ReadFollowing(..) => Service::ReadFollowing,
            Request::ReadAddress => Service::ReadAddress,
            Request::Write { .. } => Service::Write,
            Request::Control { .. } => Service::Control,
            Request::BroadcastTime(_) => Service::BroadcastTime,
            Request::Keypad(_) => Service::Keypad,
        }
    }

    /// The edition the request can be sent in; an address or a time alone is of 2007.
    pub fn edition(&self) -> Edition {
        match self {
            Request::Read(identifier)
            | Request::ReadSelected(identifier, _)
            | Request::ReadFollowing(identifier, _)
            | Request::Write { identifier, .. } => identifier.edition(),
            Request::Keypad(_) => Edition::E1997,
            Request::ReadAddress | Request::Control { .. } | Request::BroadcastTime(_) | Request::Order(_) => {
                Edition::E2007
            }
        }
    }

    /// The frame to send to `address`, or `None` when the edition lacks the service.
    pub fn frame(&self, address: Address) -> Option<Frame> {
        let control = self.edition().code(self.service())?;
        let (address, data) = match self {
            Request::Read(identifier) => (address, identifier.wire()),
            Request::ReadSelected(identifier, selection) => {
                (address, identifier.wire().into_iter().chain(selection.iter().copied()).collect())
            }
            Request::Order(order) => (address, order.data()),
            Request::ReadFollowing(identifier, number) => {
                let mut data = identifier.wire();
                // The 1997 edition does not number the parts.
                if identifier.edition() == Edition::E2007 {
                    data.push(*number);
                }
                (address, data)
            }
            Request::ReadAddress => (address, Vec::new()),
            Request::Write { identifier, credentials, data: value } => {
                let mut data = identifier.wire();
                match identifier.edition() {
                    Edition::E2007 => data.extend(credentials.wire()),
                    // The 1997 edition has the level and the password, no operator.
                    Edition::E1997 => data.extend(credentials.wire().iter().take(4)),
                }
                data.extend(value);
                (address, data)
            }
            Request::Control { order, credentials, expiry } => {
                let mut data = credentials.wire().to_vec();
                data.extend([order.octet(), 0]);
                data.extend(expiry);
                (address, data)
            }
            Request::BroadcastTime(time) => (Address::ALL, time.to_vec()),
            Request::Keypad(keyed) => (address, keyed.data().to_vec()),
        };
        Some(Frame { address, control, data })
    }
}

impl Request {
    /// Where password, level and operator, or the hidden digits of a token, stand in the data of the request's own frame.
    pub fn credentials_in(&self, frame: &Frame) -> Option<Range<usize>> {
        let (start, length) = match self {
            Request::Write { identifier, .. } => match identifier.edition() {
                Edition::E2007 => (4, 8),
                Edition::E1997 => (2usize, 4usize),
            },
            Request::Control { .. } => (0, 8),
            Request::Order(order) => return order.secret().filter(|secret| secret.end <= frame.data.len()),
            Request::Keypad(keyed) => return keyed.secret().filter(|secret| secret.end <= frame.data.len()),
            _ => return None,
        };
        let end = start.saturating_add(length);
        (end <= frame.data.len()).then_some(start..end)
    }
}

/// Finds every meter on a shared line by wildcards: digits are fixed from the lowest pair upwards, and only where
/// answers collide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPattern {
    /// Pairs fixed so far, lowest first.
    fixed: Vec<u8>,
}

impl SearchPattern {
    /// The first pattern: every digit open.
    pub const fn all() -> Self {
        SearchPattern { fixed: Vec::new() }
    }

    /// The address to ask.
    pub fn address(&self) -> Address {
        let mut octets = Address::ANY.wire();
        for (octet, fixed) in octets.iter_mut().zip(&self.fixed) {
            *octet = *fixed;
        }
        Address::from_wire(octets)
    }

    /// The hundred patterns that part a collision, or none when every digit is fixed: two meters with one address.
    pub fn split(&self) -> Vec<SearchPattern> {
        if self.fixed.len() >= 6 {
            return Vec::new();
        }
        (0u8..100)
            .map(|pair| {
                let mut fixed = self.fixed.clone();
                fixed.push((pair / 10) << 4 | (pair % 10));
                SearchPattern { fixed }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credentials() -> Credentials {
        Credentials::from_digits("04123456", "12345678").unwrap()
    }

    #[test]
    fn credentials_are_ordered_and_redacted() {
        assert_eq!(credentials().wire(), [0x04, 0x56, 0x34, 0x12, 0x78, 0x56, 0x34, 0x12]);
        assert_eq!(credentials().as_written().wire(), [0x04, 0x12, 0x34, 0x56, 0x12, 0x34, 0x56, 0x78]);
        assert_eq!(format!("{:?}", credentials()), "Credentials([redacted])");
        assert!(Credentials::from_digits("0200000", "12345678").is_none());
        assert!(Credentials::from_digits("0200000x", "12345678").is_none());
    }

    #[test]
    fn a_relay_order_has_password_operator_order_and_expiry() {
        let order = Request::Control {
            order: RelayOrder::Trip,
            credentials: credentials(),
            expiry: [0x59, 0x59, 0x23, 0x31, 0x12, 0x26],
        };
        let frame = order.frame("000088000017".parse().unwrap()).unwrap();
        assert_eq!(frame.control, 0x1C);
        assert_eq!(frame.data.len(), 16);
        assert_eq!(frame.data[8..10], [0x1A, 0x00]);
        assert_eq!(order.credentials_in(&frame), Some(0..8));
        let write = |item: &str| Request::Write {
            identifier: item.parse().unwrap(),
            credentials: credentials(),
            data: vec![9],
        };
        for (item, place) in [("04000101", 4..12), ("C010", 2..6)] {
            let frame = write(item).frame(Address::ANY).unwrap();
            assert_eq!(write(item).credentials_in(&frame), Some(place.clone()));
            assert!(credentials().wire().starts_with(&frame.data[place]), "{item}");
        }
    }

    #[test]
    fn the_1997_edition_has_its_own_codes() {
        let read = Request::Read("9010".parse().unwrap()).frame(Address::ANY).unwrap();
        assert_eq!((read.control, read.data), (0x01, vec![0x10, 0x90]));
        let more = Request::ReadFollowing("9010".parse().unwrap(), 1).frame(Address::ANY).unwrap();
        assert_eq!((more.control, more.data), (0x02, vec![0x10, 0x90]));
    }

    #[test]
    fn searching_fixes_the_lowest_pair_first() {
        let first = SearchPattern::all();
        assert_eq!(first.address(), Address::ANY);
        let parts = first.split();
        assert_eq!(parts.len(), 100);
        assert_eq!(parts[17].address().to_string(), "AAAAAAAAAA17");
        assert_eq!(parts[17].split()[99].address().to_string(), "AAAAAAAA9917");
    }
}
