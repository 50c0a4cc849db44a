//! What a master orders a meter to do, both ways.

use std::ops::Range;

use super::{Address, Credentials, Service};

/// What a master orders a meter to do; items as `DI3 DI2 DI1 DI0`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Write an item; the value's octets lowest first.
    Write(u32, Credentials, Vec<u8>),
    /// Take this address.
    WriteAddress(Address),
    /// Freeze the registers at `mm hh DD MM` in BCD; 99 throughout is now.
    Freeze([u8; 4]),
    /// Take this time: `ss mm hh DD MM YY` in BCD.
    BroadcastTime([u8; 6]),
    /// Change the speed to that of the bit set: 02 to 40 for 600, 1200, 2400, 4800, 9600 and 19200 bit/s.
    ChangeSpeed(u8),
    /// Change a password: its item, the password that allows it, and level and password to be.
    ChangePassword(u32, [u8; 4], [u8; 4]),
    /// Clear the maximum demand.
    ClearDemand(Credentials),
    /// Clear the meter.
    ClearMeter(Credentials),
    /// Clear the events of an item; FFFFFFFF is all.
    ClearEvents(Credentials, u32),
    /// Order N1 to relay or alarm, good until `ss mm hh DD MM YY` in BCD.
    Control(Credentials, u8, [u8; 6]),
    /// A secured exchange with the security module.
    Security(Vec<u8>),
}

impl Order {
    /// The service that carries it.
    pub const fn service(&self) -> Service {
        match self {
            Order::Write(..) => Service::Write,
            Order::WriteAddress(_) => Service::WriteAddress,
            Order::Freeze(_) => Service::Freeze,
            Order::BroadcastTime(_) => Service::BroadcastTime,
            Order::ChangeSpeed(_) => Service::ChangeSpeed,
            Order::ChangePassword(..) => Service::ChangePassword,
            Order::ClearDemand(_) => Service::ClearDemand,
            Order::ClearMeter(_) => Service::ClearMeter,
            Order::ClearEvents(..) => Service::ClearEvents,
            Order::Control(..) => Service::Control,
            Order::Security(_) => Service::Security,
        }
    }

    /// The data of its frame.
    pub fn data(&self) -> Vec<u8> {
        match self {
            Order::Write(item, credentials, value) => {
                [&item.to_le_bytes()[..], &credentials.wire(), value.as_slice()].concat()
            }
            Order::WriteAddress(address) => address.wire().to_vec(),
            Order::Freeze(when) => when.to_vec(),
            Order::BroadcastTime(time) => time.to_vec(),
            Order::ChangeSpeed(speed) => vec![*speed],
            Order::ChangePassword(item, old, new) => [item.to_le_bytes(), *old, *new].concat(),
            Order::ClearDemand(credentials) | Order::ClearMeter(credentials) => credentials.wire().to_vec(),
            Order::ClearEvents(credentials, item) => [&credentials.wire()[..], &item.to_le_bytes()].concat(),
            Order::Control(credentials, order, expiry) => {
                // N2 stands between the order and its expiry and is 0.
                [&credentials.wire()[..], &[*order, 0], expiry].concat()
            }
            Order::Security(data) => data.clone(),
        }
    }

    /// Where passwords and the operator stand in that data.
    pub fn secret(&self) -> Option<Range<usize>> {
        match self {
            Order::Write(..) | Order::ChangePassword(..) => Some(4..12),
            Order::ClearDemand(_) | Order::ClearMeter(_) | Order::ClearEvents(..) | Order::Control(..) => Some(0..8),
            Order::Security(data) => Some(0..data.len()),
            Order::WriteAddress(_) | Order::Freeze(_) | Order::BroadcastTime(_) | Order::ChangeSpeed(_) => None,
        }
    }

    /// What the data of a service orders; `None` when it is too short, or the service orders nothing.
    pub fn decode(service: Service, mut data: &[u8]) -> Option<Self> {
        let data = &mut data;
        Some(match service {
            Service::Write => {
                let item = u32::from_le_bytes(take(data)?);
                Order::Write(item, Credentials::from_wire(take(data)?), data.to_vec())
            }
            Service::WriteAddress => Order::WriteAddress(Address::from_wire(take(data)?)),
            Service::Freeze => Order::Freeze(take(data)?),
            Service::BroadcastTime => Order::BroadcastTime(take(data)?),
            Service::ChangeSpeed => Order::ChangeSpeed(*data.first()?),
            Service::ChangePassword => Order::ChangePassword(u32::from_le_bytes(take(data)?), take(data)?, take(data)?),
            Service::ClearDemand => Order::ClearDemand(Credentials::from_wire(take(data)?)),
            Service::ClearMeter => Order::ClearMeter(Credentials::from_wire(take(data)?)),
            Service::ClearEvents => {
                let credentials = Credentials::from_wire(take(data)?);
                Order::ClearEvents(credentials, u32::from_le_bytes(take(data)?))
            }
            Service::Control => {
                let credentials = Credentials::from_wire(take(data)?);
                let [order, _] = take(data)?;
                Order::Control(credentials, order, take(data)?)
            }
            Service::Security => Order::Security(data.to_vec()),
            Service::Read | Service::ReadFollowing | Service::ReadAddress | Service::Keypad => return None,
        })
    }
}

/// Takes so many octets off the front.
fn take<const N: usize>(data: &mut &[u8]) -> Option<[u8; N]> {
    let (front, rest) = data.split_first_chunk::<N>()?;
    *data = rest;
    Some(*front)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_round_trip() {
        let credentials = Credentials::from_digits("02123456", "00000001").unwrap();
        let orders = [
            Order::Write(0x0400_0101, credentials.clone(), vec![1, 2]),
            Order::WriteAddress("42".parse().unwrap()),
            Order::Freeze([0x99; 4]),
            Order::ChangeSpeed(0x20),
            Order::ChangePassword(0x0400_0C03, [2, 0x56, 0x34, 0x12], [2, 0, 0, 0]),
            Order::ClearDemand(credentials.clone()),
            Order::ClearMeter(credentials.clone()),
            Order::ClearEvents(credentials.clone(), u32::MAX),
            Order::Control(credentials, 0x1A, [0x99; 6]),
        ];
        for order in orders {
            assert_eq!(Order::decode(order.service(), &order.data()), Some(order));
        }
    }

    #[test]
    fn clearing_has_the_standards_lengths() {
        let credentials = Credentials::from_digits("02123456", "00000001").unwrap();
        assert_eq!(Order::ClearDemand(credentials.clone()).data().len(), 8);
        assert_eq!(Order::ClearEvents(credentials, u32::MAX).data().len(), 12);
    }
}
