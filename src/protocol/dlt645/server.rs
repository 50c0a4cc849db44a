//! The meter's side of DL/T 645-2007: which frames are for it, what they ask, and its answers with their following
//! frames. What the meter holds and may do stands behind [`Store`].
//!
//! A request with an unknown control code, with answer flags, or too short for its service is not answered, as a frame
//! that was never meant.

use super::control::{MORE, REFUSED, REPLY};
use super::frame::MAXIMUM_DATA;
use super::{Address, Edition, ErrorBits, Frame, Order, Service};

/// Octets of a data identifier.
const IDENTIFIER: usize = 4;

/// What a meter holds.
pub trait Store {
    /// The meter's own address.
    fn address(&self) -> Address;

    /// The octets of an item, lowest first; of a large one the part that `selection` asks for, the octets behind the
    /// item's identifier.
    ///
    /// # Errors
    /// The bits of the refusal.
    fn read(&mut self, item: u32, selection: &[u8]) -> Result<Vec<u8>, ErrorBits>;

    /// Carries an order out and gives what the answer holds, which most orders leave empty.
    ///
    /// # Errors
    /// The bits of the refusal.
    fn carry_out(&mut self, order: Order) -> Result<Vec<u8>, ErrorBits>;
}

/// An item that goes on in following frames.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rest {
    item: u32,
    /// Number of the part sent last; the first answer is part 0.
    number: u8,
    last: Vec<u8>,
    to_come: Vec<u8>,
}

/// One meter's side of the dialogue.
#[derive(Debug, Clone)]
pub struct Server {
    longest: usize,
    rest: Option<Rest>,
}

impl Server {
    /// A meter whose answers hold at most `longest` octets of data, 8 to 200.
    pub fn new(longest: u8) -> Self {
        Server { longest: usize::from(longest).clamp(8, MAXIMUM_DATA), rest: None }
    }

    /// Takes a frame off the line; the answer, when the frame is for this meter and is to be answered.
    pub fn hear(&mut self, frame: &Frame, store: &mut impl Store) -> Option<Frame> {
        let service = Edition::E2007.service(frame.control)?;
        let own = store.address();
        if frame.control & (REPLY | REFUSED | MORE) != 0 || !frame.address.matches(own) {
            return None;
        }
        let answered = !frame.address.is_broadcast() && service != Service::BroadcastTime;
        let acts_on_broadcast = matches!(service, Service::BroadcastTime | Service::Freeze | Service::WriteAddress);
        if !answered && !acts_on_broadcast {
            return None;
        }
        let outcome = match service {
            Service::Read => {
                let (octets, selection) = frame.data.split_first_chunk::<IDENTIFIER>()?;
                self.read((u32::from_le_bytes(*octets), selection), store)
            }
            Service::ReadFollowing => {
                let (octets, rest) = frame.data.split_first_chunk::<IDENTIFIER>()?;
                self.read_following(u32::from_le_bytes(*octets), *rest.first()?)
            }
            Service::ReadAddress => Ok((own.wire().to_vec(), false)),
            _ => store.carry_out(Order::decode(service, &frame.data)?).map(|data| (data, false)),
        };
        if !answered {
            return None;
        }
        let (flags, data) = match outcome {
            Ok((data, more)) => (if more { REPLY | MORE } else { REPLY }, data),
            Err(ErrorBits(bits)) => (REPLY | REFUSED, vec![bits]),
        };
        // A meter with a new address answers by it.
        Some(Frame { address: store.address(), control: frame.control | flags, data })
    }

    fn read(&mut self, (item, selection): (u32, &[u8]), store: &mut impl Store) -> Result<(Vec<u8>, bool), ErrorBits> {
        self.rest = None;
        let mut value = store.read(item, selection)?;
        let to_come = value.split_off(value.len().min(self.longest.saturating_sub(IDENTIFIER)));
        let more = !to_come.is_empty();
        if more {
            self.rest = Some(Rest { item, number: 0, last: Vec::new(), to_come });
        }
        let mut data = item.to_le_bytes().to_vec();
        data.extend(value);
        Ok((data, more))
    }

    /// Part `number` of the item begun: the next one, or the last one again.
    fn read_following(&mut self, item: u32, number: u8) -> Result<(Vec<u8>, bool), ErrorBits> {
        // The part's number stands behind its octets.
        let room = self.longest.saturating_sub(IDENTIFIER).saturating_sub(1);
        let rest = self.rest.as_mut().filter(|rest| rest.item == item).ok_or(ErrorBits::NO_DATA)?;
        if number == rest.number.wrapping_add(1) && !rest.to_come.is_empty() {
            let behind = rest.to_come.split_off(rest.to_come.len().min(room));
            rest.last = std::mem::replace(&mut rest.to_come, behind);
            rest.number = number;
        } else if number != rest.number || number == 0 {
            return Err(ErrorBits::NO_DATA);
        }
        let mut data = item.to_le_bytes().to_vec();
        data.extend(&rest.last);
        data.push(number);
        Ok((data, !rest.to_come.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::dlt645::{Credentials, RelayOrder, Reply, Request, interpret};

    struct Bench {
        address: Address,
        orders: Vec<Order>,
    }

    impl Store for Bench {
        fn address(&self) -> Address {
            self.address
        }

        fn read(&mut self, item: u32, _: &[u8]) -> Result<Vec<u8>, ErrorBits> {
            match item {
                0x0201_0100 => Ok(vec![0x01, 0x23]),
                0x0601_0001 => Ok((0..=249).collect()),
                _ => Err(ErrorBits::NO_DATA),
            }
        }

        fn carry_out(&mut self, order: Order) -> Result<Vec<u8>, ErrorBits> {
            if let Order::WriteAddress(address) = order {
                self.address = address;
            }
            self.orders.push(order);
            Ok(Vec::new())
        }
    }

    fn bench() -> (Server, Bench) {
        (Server::new(200), Bench { address: "000088000017".parse().unwrap(), orders: Vec::new() })
    }

    fn ask(server: &mut Server, store: &mut Bench, address: Address, request: &Request) -> Option<Reply> {
        let answer = server.hear(&request.frame(address).unwrap(), store)?;
        Some(interpret(request, address, &answer).unwrap())
    }

    #[test]
    fn our_client_understands_its_answers() {
        let (mut server, mut store) = bench();
        let own = store.address;
        let read = Request::Read("02010100".parse().unwrap());
        let value = Reply::Value { from: own, data: vec![0x01, 0x23], more: false };
        for address in [own, Address::ANY, "AAAAAAAA0017".parse().unwrap()] {
            assert_eq!(ask(&mut server, &mut store, address, &read), Some(value.clone()));
        }
        assert_eq!(ask(&mut server, &mut store, "18".parse().unwrap(), &read), None);
        let unknown = Request::Read("00777700".parse().unwrap());
        let refused = Reply::Refused { from: own, error: ErrorBits::NO_DATA };
        assert_eq!(ask(&mut server, &mut store, own, &unknown), Some(refused));
        assert_eq!(ask(&mut server, &mut store, Address::ANY, &Request::ReadAddress), Some(Reply::Address(own)));
    }

    #[test]
    fn a_long_item_goes_on_and_its_parts_may_be_asked_again() {
        let (mut server, mut store) = bench();
        let (own, item) = (store.address, "06010001".parse().unwrap());
        let mut whole = Vec::new();
        let mut request = Request::Read(item);
        for part in 1.. {
            let first = ask(&mut server, &mut store, own, &request);
            if part > 1 {
                assert_eq!(ask(&mut server, &mut store, own, &request), first, "the same part again");
            }
            let Some(Reply::Value { data, more, .. }) = first else { panic!("{first:?}") };
            whole.extend(data);
            if !more {
                break;
            }
            request = Request::ReadFollowing(item, part);
        }
        assert_eq!(whole, (0..=249).collect::<Vec<u8>>());
        let beyond = Request::ReadFollowing(item, 9);
        assert!(matches!(ask(&mut server, &mut store, own, &beyond), Some(Reply::Refused { .. })));
    }

    #[test]
    fn orders_come_through_and_broadcasts_stay_unanswered() {
        let (mut server, mut store) = bench();
        let own = store.address;
        let credentials = Credentials::from_digits("02000000", "01020304").unwrap();
        let expiry = [0x59, 0x59, 0x23, 0x31, 0x12, 0x26];
        let trip = Request::Control { order: RelayOrder::Trip, credentials: credentials.clone(), expiry };
        assert_eq!(ask(&mut server, &mut store, own, &trip), Some(Reply::Done { from: own }));
        assert_eq!(store.orders.pop(), Some(Order::Control(credentials, 0x1A, expiry)));
        let time = Request::BroadcastTime([0, 0, 8, 0x21, 0x11, 0x26]);
        assert_eq!(ask(&mut server, &mut store, own, &time), None);
        assert_eq!(store.orders.pop(), Some(Order::BroadcastTime([0, 0, 8, 0x21, 0x11, 0x26])));
        let read = Request::Read("02010100".parse().unwrap());
        assert_eq!(ask(&mut server, &mut store, Address::ALL, &read), None);
        let renamed = Frame { address: Address::ANY, control: 0x15, data: vec![0x99, 0, 0, 0, 0, 0] };
        let answer = server.hear(&renamed, &mut store).unwrap();
        assert_eq!((answer.address.to_string().as_str(), answer.control), ("000000000099", 0x95));
    }

    #[test]
    fn frames_of_any_content_never_panic() {
        let (mut server, mut store) = bench();
        let mut random = fastrand::Rng::with_seed(11);
        for _ in 0..20_000 {
            let data = (0..random.usize(0..24)).map(|_| random.u8(..)).collect();
            let frame = Frame { address: store.address, control: random.u8(0..0x20), data };
            if let Some(answer) = server.hear(&frame, &mut store) {
                assert!(answer.encode(0).is_ok());
            }
        }
    }
}
