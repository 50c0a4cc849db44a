//! Reading items: parts that follow, blocks and what stands in for them, numbers in their units.

use std::collections::BTreeMap;

use super::driver::Dlt645Meter;
use super::logs::timed_value;
use super::orders::NamedOrder;
use crate::meter::MeterError;
use crate::meter::driver::{Item, Reading};
use crate::meter::modbus::role_of_code;
use crate::meter::profile::{ItemPlace, Limits, Role};
use crate::meter::status::{Problem, TariffEnergy};
use crate::meter::value::{Value, scaled};
use crate::protocol::dlt645::{BcdError, DataIdentifier, ErrorBits, Reply, Request, StatusWord, decode_bcd};

/// Parts of one item that may follow one another, so that a meter gone wrong cannot hold us for ever.
const MAXIMUM_PARTS: u8 = 200;

/// Octets of a time behind a value, `mm hh DD MM YY`.
const TIME_OCTETS: usize = 5;

/// Tariffs asked for one by one where the block is refused; State Grid meters have four.
const USUAL_TARIFFS: u8 = 4;

/// A value as the meter has it, or why not.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ItemValue {
    Octets(Vec<u8>),
    Refused(ErrorBits),
}

/// A number that is not shown.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(super) enum Unusable {
    /// The octets are no decimal number of this place.
    #[error(transparent)]
    Form(#[from] BcdError),
    /// A number that cannot be meant.
    #[error("out of range: {0} is not {1}; the format or the profile may be of another meter")]
    OutOfRange(String, String),
}

impl Unusable {
    /// The number, when it lies within its limits.
    pub(super) fn unless_within(limits: Option<Limits>, number: f64, unit: Option<&str>) -> Result<f64, Self> {
        let Some(limits) = limits.filter(|limits| !limits.contain(number)) else { return Ok(number) };
        let in_unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
        Err(Unusable::OutOfRange(format!("{number}{in_unit}"), limits.in_words(unit)))
    }

    fn problem(&self, at: DataIdentifier) -> Problem {
        Problem { object: at.to_string(), error: self.to_string() }
    }
}

/// A value in the unit of its place; `None` when the meter has none there.
///
/// # Errors
/// [`Unusable`].
pub(super) fn decode(place: &ItemPlace, octets: &[u8]) -> Result<Option<f64>, Unusable> {
    let raw = match decode_bcd(octets, place.format()) {
        Err(BcdError::Absent) => return Ok(None),
        decoded => decoded?,
    };
    // A value has at most 16 digits, of which the meter's own take 8.
    let number = scaled(raw as f64, -i8::try_from(place.decimals).unwrap_or(0));
    Unusable::unless_within(place.limits, number, place.unit.as_deref()).map(Some)
}

/// Digits of an item, highest first, without leading zeros' loss.
pub(super) fn digits(octets: &[u8]) -> String {
    octets.iter().rev().map(|octet| format!("{octet:02x}")).collect()
}

/// The text of an ASCII item, whose last character travels first.
pub(super) fn ascii(octets: &[u8]) -> Option<String> {
    let text: String =
        octets.iter().rev().filter(|octet| (0x20..0x7F).contains(*octet)).map(|octet| char::from(*octet)).collect();
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Which status word an identifier names, 1 to 7.
pub(super) fn status_word_number(identifier: DataIdentifier) -> Option<u8> {
    match identifier {
        DataIdentifier::E2007(at @ 0x0400_0501..=0x0400_0507) => u8::try_from(at & 0xFF).ok(),
        _ => None,
    }
}

/// One part of an item.
enum Part {
    Data { data: Vec<u8>, more: bool },
    Refused(ErrorBits),
}

/// Whether a part did not come whole, so that a fresh start may bring it.
fn is_lost(error: &MeterError) -> bool {
    matches!(error, MeterError::NoReply { .. } | MeterError::Garbled(_) | MeterError::LateReply { .. })
}

impl Dlt645Meter {
    /// Reads one item with every part that follows. When a part is lost the item is read from its beginning again: a
    /// meter may have moved on meanwhile.
    pub(super) fn item(&mut self, identifier: DataIdentifier) -> Result<ItemValue, MeterError> {
        self.whole(identifier, &Request::Read(identifier))
    }

    /// As [`Self::item`], the part of it that the octets behind the identifier ask for.
    pub(super) fn item_selected(
        &mut self,
        identifier: DataIdentifier,
        selection: Vec<u8>,
    ) -> Result<ItemValue, MeterError> {
        self.whole(identifier, &Request::ReadSelected(identifier, selection))
    }

    fn whole(&mut self, identifier: DataIdentifier, first: &Request) -> Result<ItemValue, MeterError> {
        let mut left = self.exchange.retries();
        loop {
            let mut octets = Vec::new();
            match self.part(first)? {
                Part::Refused(error) => return Ok(ItemValue::Refused(error)),
                Part::Data { data, more: false } => return Ok(ItemValue::Octets(data)),
                Part::Data { data, more: true } => octets.extend(data),
            }
            match self.following_parts(identifier, &mut octets) {
                Ok(None) => return Ok(ItemValue::Octets(octets)),
                Ok(Some(refusal)) => return Ok(ItemValue::Refused(refusal)),
                Err(error) if left > 0 && is_lost(&error) => left = left.saturating_sub(1),
                Err(error) => return Err(error),
            }
        }
    }

    /// Every part behind the first; the meter's refusal of one, if it refuses.
    fn following_parts(
        &mut self,
        identifier: DataIdentifier,
        octets: &mut Vec<u8>,
    ) -> Result<Option<ErrorBits>, MeterError> {
        for number in 1..MAXIMUM_PARTS {
            match self.part(&Request::ReadFollowing(identifier, number))? {
                Part::Refused(error) => return Ok(Some(error)),
                Part::Data { data, more } => {
                    octets.extend(data);
                    if !more {
                        return Ok(None);
                    }
                }
            }
        }
        Err(MeterError::Unexpected(format!("item {identifier} goes on beyond {MAXIMUM_PARTS} parts")))
    }

    fn part(&mut self, request: &Request) -> Result<Part, MeterError> {
        match self.exchange.ask(self.address, request)? {
            Reply::Value { from, data, more } => {
                // From now on only the meter that answered is meant.
                self.address = from;
                Ok(Part::Data { data, more })
            }
            Reply::Refused { from, error } => {
                self.address = from;
                Ok(Part::Refused(error))
            }
            Reply::Address(_) | Reply::Done { .. } | Reply::Shown { .. } => {
                Err(MeterError::Unexpected("the meter answered a read with something else".to_owned()))
            }
        }
    }

    /// As [`Self::item`], for what is read again and again: an item the meter once said it lacks is not asked for
    /// again. Other refusals become problems.
    pub(super) fn known_item(
        &mut self,
        at: DataIdentifier,
        problems: &mut Vec<Problem>,
    ) -> Result<Option<Vec<u8>>, MeterError> {
        if self.lacking.contains(&at) {
            return Ok(None);
        }
        match self.item(at)? {
            ItemValue::Octets(octets) => Ok(Some(octets)),
            ItemValue::Refused(error) => {
                self.lacking.insert(at);
                if !error.is_no_data() {
                    problems.push(Problem { object: at.to_string(), error: error.to_string() });
                }
                Ok(None)
            }
        }
    }

    /// Values of the roles of the profile; what the meter lacks is left out, other refusals become problems.
    pub(super) fn values(&mut self, problems: &mut Vec<Problem>) -> Result<BTreeMap<Role, Vec<u8>>, MeterError> {
        let items = self.profile.dlt645.items.clone();
        let mut found = BTreeMap::new();
        for block in self.profile.dlt645.blocks.clone() {
            // A refused block is no problem: its items are asked for one by one.
            let Some(octets) = self.known_item(block.at, &mut Vec::new())? else { continue };
            let mut rest = octets.as_slice();
            for role in &block.holds {
                let length = items.get(role).map(|place| usize::from(place.octets)).unwrap_or_default();
                let Some((value, tail)) = rest.split_at_checked(length) else { break };
                found.insert(*role, value.to_vec());
                rest = tail;
            }
        }
        for (role, place) in items {
            if found.contains_key(&role) || matches!(role, Role::Serial | Role::Model) {
                continue;
            }
            if let Some(octets) = self.known_item(place.at, problems)? {
                found.insert(role, octets);
            }
        }
        Ok(found)
    }

    /// The number of a role among the values found.
    pub(super) fn number(
        &self,
        found: &BTreeMap<Role, Vec<u8>>,
        role: Role,
        problems: &mut Vec<Problem>,
    ) -> Option<f64> {
        let place = self.profile.dlt645.items.get(&role)?;
        decode(place, found.get(&role)?).unwrap_or_else(|error| {
            problems.push(error.problem(place.at));
            None
        })
    }

    /// A number of the profile's optional places, or why the meter refuses it.
    pub(super) fn optional(
        &mut self,
        place: Option<ItemPlace>,
        problems: &mut Vec<Problem>,
    ) -> Result<Option<f64>, MeterError> {
        let Some(place) = place else { return Ok(None) };
        let Some(octets) = self.known_item(place.at, problems)? else { return Ok(None) };
        Ok(decode(&place, &octets).unwrap_or_else(|error| {
            problems.push(error.problem(place.at));
            None
        }))
    }

    /// Energies by tariff, import and export.
    pub(super) fn tariffs(&mut self, problems: &mut Vec<Problem>) -> Result<Vec<TariffEnergy>, MeterError> {
        let (import, export) = (self.profile.dlt645.tariffs_import.clone(), self.profile.dlt645.tariffs_export.clone());
        let mut tariffs: BTreeMap<u8, TariffEnergy> = BTreeMap::new();
        for (number, kwh) in self.tariffs_at(import, problems)? {
            tariffs.entry(number).or_default().import_kwh = Some(kwh);
        }
        for (number, kwh) in self.tariffs_at(export, problems)? {
            tariffs.entry(number).or_default().export_kwh = Some(kwh);
        }
        Ok(tariffs.into_iter().map(|(tariff, energy)| TariffEnergy { tariff, ..energy }).collect())
    }

    fn tariffs_at(
        &mut self,
        place: Option<ItemPlace>,
        problems: &mut Vec<Problem>,
    ) -> Result<Vec<(u8, f64)>, MeterError> {
        let Some(place) = place else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        if let Some(octets) = self.known_item(place.at, &mut Vec::new())? {
            // The total stands first.
            let parts = octets.chunks_exact(usize::from(place.octets.max(1))).skip(1);
            for (number, part) in (1u8..).zip(parts) {
                match decode(&place, part) {
                    Ok(kwh) => found.extend(kwh.map(|kwh| (number, kwh))),
                    Err(error) => problems.push(error.problem(tariff_item(place.at, number).unwrap_or(place.at))),
                }
            }
            return Ok(found);
        }
        for number in 1..=USUAL_TARIFFS {
            let Some(at) = tariff_item(place.at, number) else { break };
            match self.optional(Some(ItemPlace { at, ..place.clone() }), problems)? {
                Some(kwh) => found.push((number, kwh)),
                // Who lacks the first lacks the others.
                None if found.is_empty() => {
                    self.lacking.extend((2..=USUAL_TARIFFS).filter_map(|number| tariff_item(place.at, number)));
                    break;
                }
                None => {}
            }
        }
        Ok(found)
    }

    /// What the user's name for an item means: hex digits, the name of the profile, a role or an OBIS code.
    pub(super) fn named(&self, name: &str) -> Result<(DataIdentifier, Option<ItemPlace>), MeterError> {
        let profile = &self.profile.dlt645;
        let by_name = profile.named.get(name).or_else(|| profile.counters.get(name)).cloned();
        let role = || Role::named(name).or_else(|| role_of_code(name));
        let by_name = by_name.or_else(|| profile.items.get(&role()?).cloned());
        if let Some(place) = by_name {
            return Ok((place.at, Some(place)));
        }
        let identifier: DataIdentifier = name.parse().map_err(|error| {
            let names: Vec<&str> = profile.named.keys().map(String::as_str).collect();
            MeterError::BadValue(format!("{error}, an OBIS code, or one of {}", names.join(", ")))
        })?;
        Ok((identifier, self.place(identifier)))
    }

    /// The place of an identifier, when the profile describes it.
    fn place(&self, identifier: DataIdentifier) -> Option<ItemPlace> {
        let profile = &self.profile.dlt645;
        let optional = [
            &profile.credit_energy,
            &profile.credit_amount,
            &profile.status_word,
            &profile.power_limit,
            &profile.demand_limit,
            &profile.tariffs_import,
            &profile.tariffs_export,
        ];
        let described = profile.items.values().chain(optional.into_iter().flatten());
        let mut places = described.chain(profile.counters.values()).chain(profile.named.values());
        places.find(|place| place.at == identifier).cloned()
    }

    /// Whether an item is no number but digits that stand for themselves: dates, times and serial numbers.
    pub(super) fn is_digits(&self, identifier: DataIdentifier) -> bool {
        let items = &self.profile.dlt645.items;
        [Role::Date, Role::Time, Role::Serial]
            .iter()
            .any(|role| items.get(role).is_some_and(|place| place.at == identifier))
    }

    /// One item for `read`.
    pub(super) fn reading(&mut self, item: &Item) -> Result<Reading, MeterError> {
        if NamedOrder::named(&item.object) == Some(NamedOrder::Address) {
            let address = Value::Text(self.ask_address()?.to_string());
            return Ok(Reading { value: Some(address), ..Reading::of(item) });
        }
        if NamedOrder::named(&item.object).is_some() {
            return Ok(Reading {
                error: Some("an order, which can be given and not read".to_owned()),
                ..Reading::of(item)
            });
        }
        let (identifier, place) = self.named(&item.object)?;
        let mut reading = Reading {
            object: if place.is_some() { item.object.clone() } else { identifier.to_string() },
            unit: place.as_ref().and_then(|place| place.unit.clone()),
            ..Reading::of(item)
        };
        match self.item(identifier)? {
            ItemValue::Refused(error) => reading.error = Some(error.to_string()),
            ItemValue::Octets(octets) => {
                match self.shown(identifier, place.as_ref(), &octets) {
                    Ok(value) => reading.value = Some(value),
                    Err(error) => reading.error = Some(error.to_string()),
                }
                reading.kind = status_word_number(identifier).map(|_| "status-word".to_owned());
            }
        }
        Ok(reading)
    }

    /// A value as people read it: a number, the numbers of a block, the names of a status word's bits, a text, and
    /// where nothing is known of it the digits, highest first.
    fn shown(&self, identifier: DataIdentifier, place: Option<&ItemPlace>, octets: &[u8]) -> Result<Value, Unusable> {
        let undescribed = || Ok(Value::Text(digits(octets)));
        if let (Some(number), Some(word)) = (status_word_number(identifier), octets.first_chunk::<2>()) {
            let names = StatusWord::from_wire(number, *word).names();
            return Ok(Value::List(names.into_iter().map(Value::Text).collect()));
        }
        if let Some(block) = self.profile.dlt645.blocks.iter().find(|block| block.at == identifier) {
            let mut rest = octets;
            let mut parts = Vec::new();
            for role in &block.holds {
                let Some(place) = self.profile.dlt645.items.get(role) else { break };
                let Some((value, tail)) = rest.split_at_checked(usize::from(place.octets)) else { break };
                let number = match decode(place, value) {
                    Err(Unusable::Form(_)) => None,
                    decoded => decoded?,
                };
                parts.push(number.map_or(Value::Null, Value::Real));
                rest = tail;
            }
            return Ok(Value::List(parts));
        }
        let Some(place) = place else { return undescribed() };
        if self.is_digits(identifier) {
            return undescribed();
        }
        if place.text {
            return ascii(octets).map_or_else(undescribed, |text| Ok(Value::Text(text)));
        }
        if place.time {
            let width = usize::from(place.octets).saturating_add(TIME_OCTETS);
            let offset = self.profile.clock.utc_offset();
            let parts = octets.chunks(width).map(|part| timed_value(place, part, offset));
            let parts = parts.collect::<Result<Vec<Value>, Unusable>>()?;
            return Ok(match parts.as_slice() {
                [only] => only.clone(),
                _ => Value::List(parts),
            });
        }
        let width = usize::from(place.octets.max(1));
        if place.octets > 4 || !octets.len().is_multiple_of(width) {
            return undescribed();
        }
        let mut parts = Vec::new();
        for part in octets.chunks_exact(width) {
            match decode(place, part) {
                Ok(number) => parts.push(number.map_or(Value::Null, Value::Real)),
                Err(Unusable::Form(_)) => return undescribed(),
                Err(error) => return Err(error),
            }
        }
        Ok(match parts.as_slice() {
            [only] => only.clone(),
            _ => Value::List(parts),
        })
    }
}

/// The item of one tariff, from that of the block of all.
fn tariff_item(block: DataIdentifier, number: u8) -> Option<DataIdentifier> {
    match block {
        DataIdentifier::E2007(at) => Some(DataIdentifier::E2007((at & 0xFFFF_00FF) | u32::from(number) << 8)),
        DataIdentifier::E1997(at) => Some(DataIdentifier::E1997((at & 0xFFF0) | u16::from(number))),
    }
}
