//! What an answer says, judged against the request it should belong to.

use super::control::{MORE, REFUSED, REPLY};
use super::{Address, DataIdentifier, Edition, ErrorBits, Frame, KeypadError, Request, Service, Shown};

/// The meter's answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The value of the item asked for; `more` says that another part follows.
    Value {
        /// Who answered.
        from: Address,
        /// The value's octets, lowest first.
        data: Vec<u8>,
        /// Whether the item goes on in a following frame.
        more: bool,
    },
    /// The meter's own address.
    Address(Address),
    /// A write or an order was taken.
    Done {
        /// Who answered.
        from: Address,
    },
    /// What an STS customer unit shows for what was keyed in.
    Shown {
        /// Who answered.
        from: Address,
        /// What it shows.
        shown: Shown,
    },
    /// The meter answers, and says no.
    Refused {
        /// Who answered.
        from: Address,
        /// Why.
        error: ErrorBits,
    },
}

/// Why a frame is no answer to the request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplyError {
    /// A request: our own, echoed by the adapter, or another master's.
    #[error("a request came back: the adapter echoes, or another master is on the line")]
    Echo,
    /// Another meter answered.
    #[error("meter {0} answered for {1}")]
    WrongMeter(Address, Address),
    /// An answer to some other request, such as a late one.
    #[error("the answer has control code {0:02X}h, which does not belong to the request")]
    WrongService(u8),
    /// The answer carries another item.
    #[error("the answer carries item {0}, not {1}")]
    WrongItem(DataIdentifier, DataIdentifier),
    /// The data is shorter than the answer needs.
    #[error("the answer is too short")]
    Short,
}

/// Judges `frame` as the answer to `request`, which was sent to `address`.
///
/// # Errors
/// [`ReplyError`] when the frame does not belong to the request; waiting goes on then.
pub fn interpret(request: &Request, address: Address, frame: &Frame) -> Result<Reply, ReplyError> {
    if frame.control & REPLY == 0 {
        return Err(ReplyError::Echo);
    }
    let from = frame.address;
    if !address.matches(from) {
        return Err(ReplyError::WrongMeter(from, address));
    }
    let edition = request.edition();
    let service = request.service();
    if edition.service(frame.control) != Some(service) {
        return Err(ReplyError::WrongService(frame.control));
    }
    if frame.control & REFUSED != 0 {
        let bits = frame.data.first().ok_or(ReplyError::Short)?;
        return Ok(Reply::Refused { from, error: ErrorBits(*bits) });
    }
    let more = frame.control & MORE != 0;
    match request {
        Request::Read(wanted) | Request::ReadSelected(wanted, _) => {
            let (found, value) = DataIdentifier::split(edition, &frame.data).ok_or(ReplyError::Short)?;
            if found != *wanted {
                return Err(ReplyError::WrongItem(found, *wanted));
            }
            Ok(Reply::Value { from, data: value.to_vec(), more })
        }
        Request::ReadFollowing(wanted, number) => {
            let (found, value) = DataIdentifier::split(edition, &frame.data).ok_or(ReplyError::Short)?;
            if found != *wanted {
                return Err(ReplyError::WrongItem(found, *wanted));
            }
            if edition == Edition::E1997 {
                return Ok(Reply::Value { from, data: value.to_vec(), more });
            }
            // The part's number stands at the end; a repeated earlier part is not taken for the wanted one.
            match value.split_last() {
                Some((last, rest)) if last == number => Ok(Reply::Value { from, data: rest.to_vec(), more }),
                Some(_) => Err(ReplyError::WrongService(frame.control)),
                None => Err(ReplyError::Short),
            }
        }
        Request::ReadAddress => {
            let octets = frame.data.first_chunk::<6>().ok_or(ReplyError::Short)?;
            Ok(Reply::Address(Address::from_wire(*octets)))
        }
        Request::Write { .. } | Request::Control { .. } | Request::BroadcastTime(_) | Request::Order(_) => {
            Ok(Reply::Done { from })
        }
        Request::Keypad(keyed) => match keyed.answer(&frame.data) {
            Ok(shown) => Ok(Reply::Shown { from, shown }),
            Err(KeypadError::Other) => Err(ReplyError::WrongService(frame.control)),
            Err(KeypadError::Short) => Err(ReplyError::Short),
        },
    }
}

/// Whether a refusal of `service` must not be followed by another try: passwords lock the meter.
pub fn is_final(service: Service, error: ErrorBits) -> bool {
    error.is_password() && !matches!(service, Service::Read | Service::ReadFollowing | Service::ReadAddress)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meter() -> Address {
        "000088000017".parse().unwrap()
    }

    fn answer(control: u8, data: &[u8]) -> Frame {
        Frame { address: meter(), control, data: data.to_vec() }
    }

    #[test]
    fn values_of_the_right_item_are_taken() {
        let request = Request::Read("00900200".parse().unwrap());
        let frame = answer(0x91, &[0x00, 0x02, 0x90, 0x00, 0x88, 0x88, 0x00, 0x00]);
        let value = Reply::Value { from: meter(), data: vec![0x88, 0x88, 0, 0], more: false };
        assert_eq!(interpret(&request, meter(), &frame), Ok(value.clone()));
        assert_eq!(interpret(&request, Address::ANY, &frame), Ok(value));
        let late = answer(0x91, &[0x00, 0x01, 0x01, 0x02, 0x01, 0x23]);
        assert!(matches!(interpret(&request, meter(), &late), Err(ReplyError::WrongItem(..))));
    }

    #[test]
    fn refusals_echoes_and_strangers_are_told_apart() {
        let request = Request::Read("02010100".parse().unwrap());
        let refused = Reply::Refused { from: meter(), error: ErrorBits(2) };
        assert_eq!(interpret(&request, meter(), &answer(0xD1, &[0x02])), Ok(refused));
        assert_eq!(interpret(&request, meter(), &answer(0x11, &[0, 1, 1, 2])), Err(ReplyError::Echo));
        let other: Address = "000088000018".parse().unwrap();
        assert_eq!(
            interpret(&request, other, &answer(0x91, &[0, 1, 1, 2])),
            Err(ReplyError::WrongMeter(meter(), other))
        );
        assert_eq!(interpret(&request, meter(), &answer(0x93, &[])), Err(ReplyError::WrongService(0x93)));
    }

    #[test]
    fn following_parts_carry_their_number() {
        let item: DataIdentifier = "06010001".parse().unwrap();
        let request = Request::ReadFollowing(item, 2);
        let mut data = item.wire();
        data.extend([0xAB, 0x02]);
        let value = Reply::Value { from: meter(), data: vec![0xAB], more: true };
        assert_eq!(interpret(&request, meter(), &answer(0xB2, &data)), Ok(value));
        data.pop();
        data.push(1);
        assert!(interpret(&request, meter(), &answer(0xB2, &data)).is_err());
    }

    #[test]
    fn password_failures_are_final() {
        assert!(is_final(Service::Control, ErrorBits(4)));
        assert!(!is_final(Service::Read, ErrorBits(2)));
    }
}
