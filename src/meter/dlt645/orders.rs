//! Orders that are no items, under names of their own: `write NAME VALUE` gives them, `read address` asks for one.

use super::driver::Dlt645Meter;
use crate::meter::MeterError;
use crate::meter::driver::Answer;
use crate::protocol::dlt645::{Address, Order, Reply, Request};

/// At once, in place of a time.
const NOW: [u8; 4] = [0x99; 4];
/// Speeds by the bit that stands for them.
const SPEEDS: [(u32, u8); 6] = [(600, 0x02), (1200, 0x04), (2400, 0x08), (4800, 0x10), (9600, 0x20), (19200, 0x40)];
/// All kinds of events.
const ALL_EVENTS: u32 = u32::MAX;

/// An order by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamedOrder {
    /// `address`: 13h and 15h.
    Address,
    /// `speed`: 17h.
    Speed,
    /// `freeze`: 16h.
    Freeze,
    /// `clear-demand`: 19h.
    ClearDemand,
    /// `clear-meter`: 1Ah.
    ClearMeter,
    /// `clear-events`: 1Bh.
    ClearEvents,
}

impl NamedOrder {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "address" => NamedOrder::Address,
            "speed" => NamedOrder::Speed,
            "freeze" => NamedOrder::Freeze,
            "clear-demand" => NamedOrder::ClearDemand,
            "clear-meter" => NamedOrder::ClearMeter,
            "clear-events" => NamedOrder::ClearEvents,
            _ => return None,
        })
    }
}

impl Dlt645Meter {
    /// The meter's own address: asked of the only meter on the line, where none was given.
    pub(super) fn ask_address(&mut self) -> Result<Address, MeterError> {
        if !self.is_alone {
            return Ok(self.address);
        }
        match self.exchange.ask(Address::ANY, &Request::ReadAddress)? {
            Reply::Address(address) => Ok(address),
            _ => Err(MeterError::NotOffered("question for its address".to_owned())),
        }
    }

    /// Gives an order. What cannot be undone is confirmed by the meter's own address as the value.
    pub(super) fn give(&mut self, order: NamedOrder, value: &str) -> Result<Answer, MeterError> {
        let value = value.trim();
        let request = match order {
            NamedOrder::Address => {
                let new: Address = value.parse().map_err(|error| MeterError::BadValue(format!("{error}")))?;
                if !new.is_decimal() || new.is_broadcast() {
                    return Err(MeterError::BadValue(format!("{value} is no address of one meter: 12 decimal digits")));
                }
                return self.give_address(new);
            }
            NamedOrder::Speed => {
                let known = SPEEDS.iter().find(|(speed, _)| value == speed.to_string());
                let (_, bit) = known.ok_or_else(|| {
                    let speeds = SPEEDS.map(|(speed, _)| speed.to_string()).join(", ");
                    MeterError::BadValue(format!("{value:?} is no speed of DL/T 645: {speeds}"))
                })?;
                Order::ChangeSpeed(*bit)
            }
            NamedOrder::Freeze => Order::Freeze(freeze_time(value)?),
            NamedOrder::ClearDemand | NamedOrder::ClearMeter | NamedOrder::ClearEvents => {
                let own = self.address;
                let confirmed = !own.is_wild() && value.parse::<Address>().is_ok_and(|address| address == own);
                if !confirmed {
                    return Err(MeterError::BadValue(format!(
                        "nothing was cleared: this cannot be undone and is confirmed by the meter's address {own} as the value"
                    )));
                }
                let credentials = self.credentials()?;
                match order {
                    NamedOrder::ClearDemand => Order::ClearDemand(credentials),
                    NamedOrder::ClearMeter => Order::ClearMeter(credentials),
                    _ => Order::ClearEvents(credentials, ALL_EVENTS),
                }
            }
        };
        self.change(&Request::Order(request))
    }

    /// The new address goes to the wildcard, as the standard wants it, and so to every meter of the line: it is given where this
    /// meter is alone. After a lost answer the meter is asked for its address.
    fn give_address(&mut self, new: Address) -> Result<Answer, MeterError> {
        if !self.is_alone {
            return Err(MeterError::BadValue(
                "an address reaches every meter of the line: connect this meter alone, and leave --address out"
                    .to_owned(),
            ));
        }
        self.address = self.ask_address()?;
        let before = std::mem::replace(&mut self.address, Address::ANY);
        let answer = self.change(&Request::Order(Order::WriteAddress(new)));
        self.address = if matches!(answer, Ok(Answer::Done)) { new } else { before };
        answer
    }
}

/// `now`, or `monthly DDhh`, `daily hh`, `hourly mm`, or `MMDDhhmm`.
fn freeze_time(text: &str) -> Result<[u8; 4], MeterError> {
    let (word, digits) = text.split_once(' ').unwrap_or(("", text));
    let digits = digits.trim();
    let is_even = digits.len().is_multiple_of(2) && digits.bytes().all(|octet| octet.is_ascii_digit());
    let pairs = if is_even { digits.as_bytes().as_chunks::<2>().0 } else { &[] };
    let pairs: Vec<u8> = pairs.iter().map(|[high, low]| (high & 15) << 4 | (low & 15)).collect();
    // BCD pairs of ten stand in the same order as their numbers.
    let (minute, hour) = (0x00..=0x59, 0x00..=0x23);
    let (day, month) = (0x01..=0x31, 0x01..=0x12);
    let found = match (word, pairs.as_slice()) {
        ("", []) if text == "now" => Some(NOW),
        ("hourly", [mm]) if minute.contains(mm) => Some([*mm, 0x99, 0x99, 0x99]),
        ("daily", [hh]) if hour.contains(hh) => Some([0, *hh, 0x99, 0x99]),
        ("daily", [hh, mm]) if hour.contains(hh) && minute.contains(mm) => Some([*mm, *hh, 0x99, 0x99]),
        ("monthly", [dd, hh]) if day.contains(dd) && hour.contains(hh) => Some([0, *hh, *dd, 0x99]),
        ("", [mo, dd, hh, mm])
            if month.contains(mo) && day.contains(dd) && hour.contains(hh) && minute.contains(mm) =>
        {
            Some([*mm, *hh, *dd, *mo])
        }
        _ => None,
    };
    found.ok_or_else(|| {
        MeterError::BadValue(format!(
            "{text:?} is no time of a freeze: now, \"hourly 30\", \"daily 00\", \"monthly 0100\" or MMDDhhmm"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn freezes_are_at_once_or_again_and_again() {
        assert_eq!(freeze_time("now").unwrap(), NOW);
        assert_eq!(freeze_time("hourly 30").unwrap(), [0x30, 0x99, 0x99, 0x99]);
        assert_eq!(freeze_time("daily 06").unwrap(), [0x00, 0x06, 0x99, 0x99]);
        assert_eq!(freeze_time("monthly 0112").unwrap(), [0x00, 0x12, 0x01, 0x99]);
        assert_eq!(freeze_time("11302359").unwrap(), [0x59, 0x23, 0x30, 0x11]);
        for wrong in
            ["", "later", "daily", "113023", "monthly 01", "now or never", "hourly 3015", "daily 75", "13302359"]
        {
            assert!(freeze_time(wrong).is_err(), "{wrong}");
        }
    }
}
