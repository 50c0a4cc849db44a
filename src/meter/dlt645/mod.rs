//! The DL/T 645 driver: items of the profile, read one by one or in blocks.

mod clock;
mod exchange;
mod search;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use time::OffsetDateTime;

use super::driver::{Answer, ClockReading, Column, Item, Log, Meter, Period, Reading, RelayAction, Traffic};
use super::profile::{ItemPlace, Profile, Role};
use super::status::{CreditState, Energy, Identity, Phase, Problem, RelayState, Status, Supply};
use super::time::rfc3339;
use super::value::{Value, scaled};
use super::{MeterError, MeterTime};
use crate::link::Link;
use crate::protocol::dlt645::{
    Address, BcdError, Credentials, DataIdentifier, ErrorBits, RelayOrder, Reply, Request, StatusFlag, StatusWord,
    decode_bcd, encode_bcd,
};

pub use exchange::Exchange;
pub use search::{Found, search};

/// Parts of one item that may follow one another, so that a meter gone wrong cannot hold us for ever.
const MAXIMUM_PARTS: u8 = 200;

/// How long a relay order stays good.
const ORDER_VALIDITY: time::Duration = time::Duration::minutes(5);

/// A meter that speaks DL/T 645.
#[derive(Debug)]
pub struct Dlt645Meter {
    exchange: Exchange,
    profile: Profile,
    /// The address asked; the meter's own after the first answer to a wildcard.
    address: Address,
    credentials: Option<Credentials>,
    now: fn() -> OffsetDateTime,
    /// Blocks this meter has refused.
    refused_blocks: BTreeSet<DataIdentifier>,
}

/// A value as the meter has it, or why not.
#[derive(Debug, Clone, PartialEq)]
enum ItemValue {
    Octets(Vec<u8>),
    Refused(ErrorBits),
}

impl Dlt645Meter {
    /// Over an open link. `now` tells our own time.
    pub fn new(
        link: Box<dyn Link>,
        profile: Profile,
        address: Address,
        credentials: Option<Credentials>,
        limits: (Duration, u32),
        now: fn() -> OffsetDateTime,
    ) -> Self {
        let (reply_time, retries) = limits;
        let exchange = Exchange::new(link, reply_time, retries);
        Dlt645Meter { exchange, profile, address, credentials, now, refused_blocks: BTreeSet::new() }
    }

    /// The address in use.
    pub fn address(&self) -> Address {
        self.address
    }

    /// Reads one item with every part that follows.
    fn item(&mut self, identifier: DataIdentifier) -> Result<ItemValue, MeterError> {
        let mut octets = Vec::new();
        let mut request = Request::Read(identifier);
        for part in 1..=MAXIMUM_PARTS {
            match self.exchange.ask(self.address, &request)? {
                Reply::Value { from, data, more } => {
                    // From now on only the meter that answered is meant.
                    self.address = from;
                    octets.extend(data);
                    if !more {
                        return Ok(ItemValue::Octets(octets));
                    }
                }
                Reply::Refused { from, error } => {
                    self.address = from;
                    return Ok(ItemValue::Refused(error));
                }
                Reply::Address(_) | Reply::Done { .. } => {
                    return Err(MeterError::Unexpected("the meter answered a read with something else".to_owned()));
                }
            }
            request = Request::ReadFollowing(identifier, part);
        }
        Err(MeterError::Unexpected(format!("item {identifier} goes on beyond {MAXIMUM_PARTS} parts")))
    }

    /// Values of the roles asked for; what the meter lacks is left out, other refusals become problems.
    fn values(&mut self, problems: &mut Vec<Problem>) -> Result<BTreeMap<Role, Vec<u8>>, MeterError> {
        let items = self.profile.dlt645.items.clone();
        let mut found = BTreeMap::new();
        for block in self.profile.dlt645.blocks.clone() {
            if self.refused_blocks.contains(&block.at) {
                continue;
            }
            match self.item(block.at)? {
                ItemValue::Octets(octets) => {
                    let mut rest = octets.as_slice();
                    for role in &block.holds {
                        let length = items.get(role).map(|place| usize::from(place.octets)).unwrap_or_default();
                        let Some((value, after)) = rest.split_at_checked(length) else { break };
                        found.insert(*role, value.to_vec());
                        rest = after;
                    }
                }
                ItemValue::Refused(_) => {
                    self.refused_blocks.insert(block.at);
                }
            }
        }
        for (role, place) in items {
            if found.contains_key(&role) {
                continue;
            }
            match self.item(place.at)? {
                ItemValue::Octets(octets) => {
                    found.insert(role, octets);
                }
                ItemValue::Refused(error) if error.is_no_data() => {}
                ItemValue::Refused(error) => {
                    problems.push(Problem { object: place.at.to_string(), error: error.to_string() });
                }
            }
        }
        Ok(found)
    }

    fn number(&self, found: &BTreeMap<Role, Vec<u8>>, role: Role, problems: &mut Vec<Problem>) -> Option<f64> {
        let place = self.profile.dlt645.items.get(&role)?;
        decode(place, found.get(&role)?).unwrap_or_else(|error| {
            problems.push(Problem { object: place.at.to_string(), error: error.to_string() });
            None
        })
    }

    /// A number of the profile's optional places, or why the meter refuses it.
    fn optional(&mut self, place: Option<ItemPlace>, problems: &mut Vec<Problem>) -> Result<Option<f64>, MeterError> {
        let Some(place) = place else { return Ok(None) };
        let problem = |error: String| Problem { object: place.at.to_string(), error };
        match self.item(place.at)? {
            ItemValue::Octets(octets) => Ok(decode(&place, &octets).unwrap_or_else(|error| {
                problems.push(problem(error.to_string()));
                None
            })),
            ItemValue::Refused(error) if error.is_no_data() => Ok(None),
            ItemValue::Refused(error) => {
                problems.push(problem(error.to_string()));
                Ok(None)
            }
        }
    }

    fn status_flags(&mut self) -> Result<Vec<StatusFlag>, MeterError> {
        let place = self.profile.dlt645.status_word.clone();
        let place = place.ok_or_else(|| MeterError::NotOffered("relay".to_owned()))?;
        match self.item(place.at)? {
            ItemValue::Octets(octets) => match octets.first_chunk::<2>() {
                Some(octets) => Ok(StatusWord::from_wire(3, *octets).flags()),
                None => Err(MeterError::Unexpected("the status word is shorter than two octets".to_owned())),
            },
            ItemValue::Refused(error) if error.is_no_data() => Err(MeterError::NotOffered("relay".to_owned())),
            ItemValue::Refused(error) => {
                Err(MeterError::Refused { what: format!("the read of {}", place.at), reason: error.to_string() })
            }
        }
    }

    fn credit(&mut self, flags: &[StatusFlag], problems: &mut Vec<Problem>) -> Result<Option<CreditState>, MeterError> {
        let (energy, amount) = (self.profile.dlt645.credit_energy.clone(), self.profile.dlt645.credit_amount.clone());
        // The status word says which of the two registers counts; without it neither is shown as the credit.
        let place = if flags.contains(&StatusFlag::PrepaymentByAmount) {
            amount
        } else if flags.contains(&StatusFlag::PrepaymentByEnergy) {
            energy
        } else {
            None
        };
        let unit = place.as_ref().and_then(|place| place.unit.clone());
        let available = self.optional(place, problems)?;
        Ok(available.map(|available| CreditState { available: Some(available), unit, ..CreditState::default() }))
    }

    fn credentials(&self) -> Result<Credentials, MeterError> {
        let credentials = self.credentials.clone().ok_or_else(|| {
            MeterError::CredentialsMissing(
                "this meter wants a password and an operator code: give --credentials with a [dlt645] section"
                    .to_owned(),
            )
        })?;
        Ok(credentials)
    }

    /// Sends a write or an order. A refused password is never tried again: the meter locks after a few.
    fn change(&mut self, request: &Request) -> Result<Answer, MeterError> {
        match self.exchange.ask(self.address, request)? {
            Reply::Done { .. } => Ok(Answer::Done),
            Reply::Refused { error, .. } if error.is_password() => {
                let esam = self.credentials.as_ref().is_some_and(|credentials| credentials.level() < 0x98);
                Err(MeterError::Authentication(format!(
                    "{error}; not tried again, the meter locks after a few wrong passwords{}",
                    if esam {
                        "; a meter with a security module (ESAM) takes only ciphered orders, at level 98 or 99"
                    } else {
                        ""
                    }
                )))
            }
            Reply::Refused { error, .. } => Ok(Answer::Refused(error.to_string())),
            Reply::Value { .. } | Reply::Address(_) => {
                Err(MeterError::Unexpected("the meter answered a change with something else".to_owned()))
            }
        }
    }

    /// The place of an identifier, when the profile describes it.
    fn place(&self, identifier: DataIdentifier) -> Option<ItemPlace> {
        let profile = &self.profile.dlt645;
        let optional = [&profile.credit_energy, &profile.credit_amount, &profile.status_word];
        let mut places = profile.items.values().chain(optional.into_iter().flatten()).chain(profile.counters.values());
        places.find(|place| place.at == identifier).cloned()
    }
}

/// A value in the unit of its place; `None` when the meter has none there.
fn decode(place: &ItemPlace, octets: &[u8]) -> Result<Option<f64>, BcdError> {
    match decode_bcd(octets, place.format()) {
        // A value has at most 16 digits, of which the meter's own take 8.
        Ok(raw) => Ok(Some(scaled(raw as f64, -i8::try_from(place.decimals).unwrap_or(0)))),
        Err(BcdError::Absent) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Digits of an identifying item, highest first, without leading zeros' loss.
fn digits(octets: &[u8]) -> String {
    octets.iter().rev().map(|octet| format!("{octet:02x}")).collect()
}

impl Meter for Dlt645Meter {
    fn profile(&self) -> &Profile {
        &self.profile
    }

    fn link_name(&self) -> String {
        self.exchange.link_name()
    }

    fn identify(&mut self) -> Result<Identity, MeterError> {
        if self.address.is_wild() {
            match self.exchange.ask(self.address, &Request::ReadAddress)? {
                Reply::Address(address) => self.address = address,
                Reply::Refused { from, .. } => self.address = from,
                Reply::Value { .. } | Reply::Done { .. } => {}
            }
        }
        let serial = match self.profile.dlt645.items.get(&Role::Serial).map(|place| place.at) {
            Some(at) => match self.item(at)? {
                ItemValue::Octets(octets) => Some(digits(&octets)),
                ItemValue::Refused(_) => None,
            },
            None => None,
        };
        let serial = serial.filter(|serial| serial.bytes().any(|digit| digit != b'0'));
        Ok(Identity {
            serial: Some(serial.unwrap_or_else(|| self.address.to_string())),
            manufacturer: self.profile.maker.clone(),
            ..Identity::default()
        })
    }

    fn status(&mut self) -> Result<Status, MeterError> {
        let mut problems = Vec::new();
        let identity = self.identify()?;
        let found = self.values(&mut problems)?;
        let flags = match self.status_flags() {
            Ok(flags) => Some(flags),
            Err(MeterError::NotOffered(_)) => None,
            Err(MeterError::Refused { what, reason }) => {
                problems.push(Problem { object: what, error: reason });
                None
            }
            Err(error) => return Err(error),
        };
        let credit = self.credit(flags.as_deref().unwrap_or_default(), &mut problems)?;
        let kilo = |value: Option<f64>| value.map(|kilowatts| kilowatts * 1_000.0);
        let factor = self.number(&found, Role::PowerFactor, &mut problems);
        let names = [
            ("L1", Role::VoltageL1, Role::CurrentL1, Role::PowerL1),
            ("L2", Role::VoltageL2, Role::CurrentL2, Role::PowerL2),
            ("L3", Role::VoltageL3, Role::CurrentL3, Role::PowerL3),
        ];
        let mut phases = Vec::new();
        for (name, voltage, current, power) in names {
            let phase = Phase {
                phase: name.to_owned(),
                voltage_v: self.number(&found, voltage, &mut problems),
                current_a: self.number(&found, current, &mut problems),
                active_power_w: kilo(self.number(&found, power, &mut problems)),
                power_factor: None,
            };
            if phase.voltage_v.is_some() || phase.current_a.is_some() || phase.active_power_w.is_some() {
                phases.push(phase);
            }
        }
        if let [only] = phases.as_mut_slice() {
            only.power_factor = factor;
        }
        let supply = Supply {
            phases,
            active_power_w: kilo(self.number(&found, Role::Power, &mut problems)),
            frequency_hz: self.number(&found, Role::Frequency, &mut problems),
        };
        let energy = Energy {
            import_kwh: self.number(&found, Role::EnergyImport, &mut problems),
            export_kwh: self.number(&found, Role::EnergyExport, &mut problems),
        };
        let now = (self.now)();
        let clock =
            clock::from_items(found.get(&Role::Date), found.get(&Role::Time)).map(|time| clock::state(time, now));
        Ok(Status {
            link: self.link_name(),
            protocol: self.profile.protocol.word().to_owned(),
            read_at: rfc3339(now),
            meter: identity,
            clock,
            credit,
            relay: flags.as_deref().map(relay_state),
            energy: (energy != Energy::default()).then_some(energy),
            supply: (supply != Supply::default()).then_some(supply),
            alarms: flags
                .filter(|flags| flags.contains(&StatusFlag::PreTripAlarm))
                .map(|_| vec!["low-credit".to_owned()]),
            problems,
            ..Status::default()
        })
    }

    fn read(&mut self, items: &[Item]) -> Result<Vec<Reading>, MeterError> {
        let mut readings = Vec::new();
        for item in items {
            let identifier: DataIdentifier =
                item.object.parse().map_err(|error| MeterError::BadValue(format!("{error}")))?;
            let place = self.place(identifier);
            let mut reading = Reading {
                object: identifier.to_string(),
                class: None,
                attribute: None,
                value: None,
                unit: place.as_ref().and_then(|place| place.unit.clone()),
                kind: None,
                error: None,
            };
            match self.item(identifier)? {
                ItemValue::Octets(octets) => {
                    let known = place.as_ref().filter(|place| usize::from(place.octets) == octets.len());
                    let number = known.filter(|place| place.octets <= 4).map(|place| decode(place, &octets));
                    reading.value = Some(match number {
                        Some(Ok(Some(number))) => Value::Real(number),
                        Some(Ok(None)) => Value::Null,
                        // Undescribed items are shown as their digits, highest first.
                        Some(Err(_)) | None => Value::Text(digits(&octets)),
                    });
                }
                ItemValue::Refused(error) => reading.error = Some(error.to_string()),
            }
            readings.push(reading);
        }
        Ok(readings)
    }

    fn write(&mut self, item: &Item, value: &str) -> Result<Answer, MeterError> {
        let identifier: DataIdentifier =
            item.object.parse().map_err(|error| MeterError::BadValue(format!("{error}")))?;
        let data = match self.place(identifier) {
            Some(place) if place.octets <= 4 => {
                let number: f64 = value.trim().parse().map_err(|_| {
                    MeterError::BadValue(format!("{value:?} is not a number, which {identifier} holds"))
                })?;
                let raw = (number * 10f64.powi(i32::from(place.decimals))).round();
                encode_bcd(raw as i64, place.format())
                    .map_err(|error| MeterError::BadValue(format!("{value:?} for {identifier}: {error}")))?
            }
            _ => octets_of_digits(value)
                .ok_or_else(|| MeterError::BadValue(format!("{value:?} is not an even number of decimal digits")))?,
        };
        let credentials = self.credentials()?;
        self.change(&Request::Write { identifier, credentials, data })
    }

    fn events(&mut self, _period: Period) -> Result<Vec<Log>, MeterError> {
        let mut rows = Vec::new();
        for (name, place) in self.profile.dlt645.counters.clone() {
            let count = match self.item(place.at)? {
                ItemValue::Octets(octets) => decode(&place, &octets).ok().flatten(),
                ItemValue::Refused(_) => None,
            };
            if let Some(count) = count {
                rows.push(vec![Value::Text(name), Value::Integer(count as i128)]);
            }
        }
        if rows.is_empty() {
            return Err(MeterError::NotOffered("event counter".to_owned()));
        }
        let column = |object: &str| Column { object: object.to_owned(), unit: None, is_time: false };
        let columns = vec![column("event"), column("count")];
        Ok(vec![Log { object: "event counters".to_owned(), period_s: 0, columns, rows }])
    }

    fn clock(&mut self) -> Result<ClockReading, MeterError> {
        let (date, time) = (self.clock_item(Role::Date)?, self.clock_item(Role::Time)?);
        let meter = clock::from_items(date.as_ref(), time.as_ref())
            .ok_or_else(|| MeterError::NotOffered("clock".to_owned()))?;
        Ok(ClockReading { meter, ours: (self.now)(), flags: Vec::new() })
    }

    /// With credentials the meter's own clock is written. Without, all meters of the line are sent the time, which
    /// they take once a day when they are less than five minutes off; the clock is read back to tell whether.
    fn set_clock(&mut self, _offset: Option<time::UtcOffset>) -> Result<(Answer, MeterTime), MeterError> {
        let now = (self.now)();
        let target = clock::local(now);
        let places = (self.clock_place(Role::Date), self.clock_place(Role::Time));
        if let (Some(credentials), (Some(date), Some(time))) = (self.credentials.clone(), places) {
            let writes = [(date, clock::date_octets(target)), (time, clock::time_octets(target))];
            for (identifier, data) in writes {
                let credentials = credentials.clone();
                match self.change(&Request::Write { identifier, credentials, data })? {
                    Answer::Done => {}
                    refused => return Ok((refused, target)),
                }
            }
            return Ok((Answer::Done, target));
        }
        self.exchange.broadcast(&Request::BroadcastTime(clock::broadcast_octets(target)))?;
        let drift = self.clock()?.meter.drift_s((self.now)());
        let answer = if drift.unsigned_abs() <= 2 {
            Answer::Done
        } else {
            Answer::Refused(format!(
                "the clock is still {drift} s off; meters take the broadcast time once a day and within five minutes, \
                 beyond that the clock is written with --credentials"
            ))
        };
        Ok((answer, target))
    }

    fn relay(&mut self) -> Result<RelayState, MeterError> {
        self.status_flags().map(|flags| relay_state(&flags))
    }

    fn switch_relay(&mut self, action: RelayAction) -> Result<Answer, MeterError> {
        let credentials = self.credentials()?;
        let order = match action {
            RelayAction::Connect => RelayOrder::Close,
            RelayAction::Disconnect => RelayOrder::Trip,
        };
        // The order lapses by the meter's clock, not ours.
        let meter = match self.clock() {
            Ok(reading) => reading.meter,
            Err(MeterError::NotOffered(_)) => clock::local((self.now)()),
            Err(error) => return Err(error),
        };
        let until = MeterTime { local: meter.local.saturating_add(ORDER_VALIDITY), ..meter };
        self.change(&Request::Control { order, credentials, expiry: clock::broadcast_octets(until) })
    }

    fn close(&mut self) {}

    fn pause(&mut self, duration: Duration) -> Result<(), MeterError> {
        Ok(self.exchange.link().pause(duration)?)
    }

    fn traffic(&self) -> Traffic {
        self.exchange.traffic()
    }
}

impl Dlt645Meter {
    fn clock_place(&self, role: Role) -> Option<DataIdentifier> {
        self.profile.dlt645.items.get(&role).map(|place| place.at)
    }

    fn clock_item(&mut self, role: Role) -> Result<Option<Vec<u8>>, MeterError> {
        let Some(at) = self.clock_place(role) else { return Ok(None) };
        match self.item(at)? {
            ItemValue::Octets(octets) => Ok(Some(octets)),
            ItemValue::Refused(error) if error.is_no_data() => Ok(None),
            ItemValue::Refused(error) => {
                Err(MeterError::Refused { what: format!("the read of {at}"), reason: error.to_string() })
            }
        }
    }
}

fn relay_state(flags: &[StatusFlag]) -> RelayState {
    let has = |flag| flags.contains(&flag);
    RelayState {
        output: Some(if has(StatusFlag::RelayOpen) { "open" } else { "closed" }.to_owned()),
        control: Some(if has(StatusFlag::RelayToldToOpen) { "disconnected" } else { "connected" }.to_owned()),
        reason: has(StatusFlag::KeptSupplied).then(|| "kept supplied whatever the credit".to_owned()),
    }
}

/// An even number of decimal digits, highest first, as octets in wire order.
fn octets_of_digits(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    if text.is_empty() || !text.len().is_multiple_of(2) || !text.bytes().all(|octet| octet.is_ascii_digit()) {
        return None;
    }
    let pairs = text.as_bytes().as_chunks::<2>().0;
    Some(pairs.iter().rev().map(|[high, low]| (high & 15) << 4 | (low & 15)).collect())
}
