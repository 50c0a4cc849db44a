//! The Modbus driver: what the register map has, through the meter trait.

use std::collections::BTreeMap;
use std::time::Duration;

use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};

use super::name::{Target, target};
use super::plan::Span;
use super::sunspec::{Chain, walk};
use super::values::{self, Fetcher, Store, Unusable, ask};
use super::{Exchange, assemble, clock};
use crate::meter::driver::{Answer, ClockReading, Item, Meter, Reading, RelayAction, Traffic, offered};
use crate::meter::measured;
use crate::meter::profile::modbus::{ClockForm, ClockPlace, FlagPlace, RegisterPlace, RelayPlace, bit_of};
use crate::meter::profile::units::{in_status_unit, status_unit};
use crate::meter::profile::{ModbusProfile, Profile, Role};
use crate::meter::status::{Identity, Limits, NamedValue, Problem, RelayState, Status, known};
use crate::meter::time::rfc3339;
use crate::meter::value::Value;
use crate::meter::{LineTrouble, MeterError, MeterTime};
use crate::protocol::modbus::{self, ExceptionCode, Request, WordOrder};

/// A unit that speaks Modbus RTU.
#[derive(Debug)]
pub struct ModbusMeter {
    exchange: Exchange,
    profile: Profile,
    unit: u8,
    fetcher: Fetcher,
    now: fn() -> OffsetDateTime,
    identity: Option<Identity>,
    chain: Option<Chain>,
}

impl ModbusMeter {
    /// Over a line on which something may have been asked already; `unit` is 1 to 247. `now` tells our own time.
    pub fn new(exchange: Exchange, profile: Profile, unit: u8, now: fn() -> OffsetDateTime) -> Self {
        let fetcher = Fetcher::new(&profile.modbus);
        let map = &profile.modbus;
        let pause = map.pause_ms.map(|pause| Duration::from_millis(pause.into()));
        let exchange = exchange.with_pause(pause).with_wake_up(map.wake_up).with_repeat(map.repeat);
        ModbusMeter { exchange, profile, unit, fetcher, now, identity: None, chain: None }
    }

    /// The unit.
    pub fn unit(&self) -> u8 {
        self.unit
    }

    /// The line, for another meter on it.
    pub fn into_exchange(self) -> Exchange {
        self.exchange
    }

    fn fetch(&mut self, wanted: &[Span]) -> Result<Store, MeterError> {
        self.fetcher.fetch(&mut self.exchange, self.unit, wanted)
    }

    fn chain(&mut self) -> Result<Option<&Chain>, MeterError> {
        if self.profile.modbus.sunspec && self.chain.is_none() {
            let chain = walk(&mut self.exchange, self.unit)?;
            let missing =
                || MeterError::NotOffered(format!("SunSpec mark: unit {} needs another --profile", self.unit));
            self.chain = Some(chain.ok_or_else(missing)?);
        }
        Ok(self.chain.as_ref())
    }

    /// What a meter that describes itself tells, each value held to the profile's limits.
    fn described_values(&mut self) -> Result<BTreeMap<Role, Result<f64, Unusable>>, MeterError> {
        let Some(chain) = self.chain()?.cloned() else { return Ok(BTreeMap::new()) };
        let values = chain.values(&mut self.exchange, self.unit)?;
        let held = values.into_iter().map(|(role, value)| {
            let limits = self.profile.modbus.limits.get(&role).filter(|limits| !limits.contain(value));
            let Some(limits) = limits else { return (role, Ok(value)) };
            let unit = status_unit(role);
            let shown = format!("{value:?}{}", unit.map(|unit| format!(" {unit}")).unwrap_or_default());
            (role, Err(Unusable::OutOfRange(shown, limits.in_words(unit))))
        });
        Ok(held.collect())
    }

    /// Writes to a unit whose settings are opened first, where its map says so, and closed behind the write.
    fn write_settings(&mut self, first: u16, values: Vec<u16>) -> Result<Answer, MeterError> {
        self.unlocked(|meter| meter.write_registers(first, values))
    }

    /// Carries a write out between the code that opens the settings and the one that closes them, where the map has these.
    fn unlocked(&mut self, write: impl FnOnce(&mut Self) -> Result<Answer, MeterError>) -> Result<Answer, MeterError> {
        let Some(unlock) = self.profile.modbus.unlock.clone() else { return write(self) };
        // Both codes are known to fit before anything is sent.
        let key = |value: f64| {
            let bad = || MeterError::BadValue(format!("modbus.unlock: {value} does not fit its type"));
            values::code(unlock.kind, &self.profile.modbus, value).ok_or_else(bad)
        };
        let (open, close) = (key(unlock.value)?, unlock.lock.map(key).transpose()?);
        if let Answer::Refused(reason) = self.write_registers(unlock.register, open)? {
            return Ok(Answer::Refused(format!("its settings do not open: {reason}")));
        }
        let answer = write(self)?;
        if let Some(close) = close {
            let closed = self.write_registers(unlock.register, close);
            let stays_open = |why: String| {
                let done = if answer == Answer::Done { "written" } else { "not written" };
                MeterError::Unexpected(format!("{done}, and the settings stay open, for they do not close: {why}"))
            };
            match closed {
                Ok(Answer::Done) => {}
                Ok(Answer::Refused(reason)) => return Err(stays_open(reason)),
                Err(error) => return Err(stays_open(error.to_string())),
            }
        }
        Ok(answer)
    }

    /// Asks for a write: done, or refused with the unit's exception.
    fn written(&mut self, request: &Request) -> Result<Result<(), ExceptionCode>, MeterError> {
        match self.exchange.ask(self.unit, request)? {
            modbus::Answer::Written => Ok(Ok(())),
            modbus::Answer::Exception(code) => Ok(Err(code)),
            modbus::Answer::Registers(_) | modbus::Answer::Objects(_) => {
                Err(MeterError::Unexpected("the unit answered a write with something else".to_owned()))
            }
        }
    }

    fn write_coil(&mut self, coil: u16, on: bool) -> Result<Answer, MeterError> {
        match self.written(&Request::WriteCoil { coil, on })? {
            // Refused before anything was written: some units write only by function 15.
            Err(ExceptionCode::IllegalFunction) => {
                self.written(&Request::WriteCoils { first: coil, states: vec![on] }).map(answer_of)
            }
            written => Ok(answer_of(written)),
        }
    }

    fn write_registers(&mut self, first: u16, values: Vec<u16>) -> Result<Answer, MeterError> {
        if let [value] = *values.as_slice() {
            match self.written(&Request::WriteSingle { register: first, value })? {
                // Refused before anything was written: some units write only by function 16.
                Err(ExceptionCode::IllegalFunction) => {}
                written => return Ok(answer_of(written)),
            }
        }
        match self.written(&Request::WriteMultiple { first, values: values.clone() })? {
            // Likewise, by function 23, which reads back what it wrote.
            Err(ExceptionCode::IllegalFunction) if values.len() <= usize::from(modbus::MAXIMUM_WRITE_AND_READ) => {
                match self.written(&Request::WriteAndRead { first, values })? {
                    // It writes first: another exception may be about the reading alone.
                    Err(code) if code != ExceptionCode::IllegalFunction => {
                        let text = format!("the registers may be written, for function 23 was answered: {code}");
                        Err(MeterError::Unexpected(text))
                    }
                    written => Ok(answer_of(written)),
                }
            }
            written => Ok(answer_of(written)),
        }
    }

    fn holding(&mut self, first: u16, count: u16, what: &str) -> Result<Vec<u16>, MeterError> {
        ask(&mut self.exchange, self.unit, Span { function: 3, first, count })?
            .map_err(|code| MeterError::Refused { what: format!("the read of {what}"), reason: code.to_string() })
    }

    /// A time with the offset of the profile, where the meter tells none.
    fn placed(&self, time: MeterTime) -> MeterTime {
        MeterTime { offset: time.offset.or(self.profile.clock.utc_offset()), ..time }
    }

    fn clock_place(&self) -> Result<ClockPlace, MeterError> {
        self.profile.modbus.clock.clone().ok_or_else(|| MeterError::NotOffered("clock in its map".to_owned()))
    }

    fn relay_place(&self) -> Result<RelayPlace, MeterError> {
        self.profile.modbus.relay.clone().ok_or_else(|| MeterError::NotOffered("relay in its map".to_owned()))
    }

    fn limit_place(&self) -> Result<RegisterPlace, MeterError> {
        let place = self.profile.modbus.power_limit.clone();
        place.ok_or_else(|| MeterError::NotOffered("power limit in its map".to_owned()))
    }

    /// The value of a place and whether it is a secondary one, or none with the reason among the problems.
    fn usable(
        &self,
        name: &str,
        place: &RegisterPlace,
        store: &Store,
        problems: &mut Vec<Problem>,
    ) -> Option<(Value, bool)> {
        let error = match values::primary(place, &self.profile.modbus, store)? {
            Ok(Ok(value)) => return Some((value, values::ratio(place, &self.profile.modbus, store) == Some(None))),
            Ok(Err(Unusable::Absent)) => return None,
            Ok(Err(unusable)) => unusable.to_string(),
            Err(code) => code.to_string(),
        };
        problems.push(Problem { object: name.to_owned(), error });
        None
    }

    /// A value under its own name and in its own unit, or none with the reason among the problems.
    fn named_value(
        &self,
        name: &str,
        place: &RegisterPlace,
        store: &Store,
        problems: &mut Vec<Problem>,
    ) -> Option<NamedValue> {
        let (value, is_secondary) = self.usable(name, place, store, problems)?;
        let unit =
            place.unit.as_ref().map(|unit| if is_secondary { format!("{unit} secondary") } else { unit.clone() });
        Some(NamedValue { value: serde_json::to_value(&value).unwrap_or_default(), unit })
    }

    /// The number of a place in the units of a status, or none with the reason among the problems.
    fn number(
        &self,
        (name, role): (&str, Role),
        place: &RegisterPlace,
        store: &Store,
        problems: &mut Vec<Problem>,
    ) -> Option<f64> {
        let (value, is_secondary) = self.usable(name, place, store, problems)?;
        let mut problem = |error: String| problems.push(Problem { object: name.to_owned(), error });
        if is_secondary {
            let ratio = place.scale_by.as_deref().unwrap_or_default();
            problem(format!("secondary value: the meter does not give its transformer ratio {ratio}"));
        }
        let number = value.as_number()?;
        let converted = in_status_unit(number, place.unit.as_deref(), role);
        if converted.is_none() {
            let unit = place.unit.as_deref().unwrap_or("no unit");
            problem(format!("{number} in {unit}, which is none of this quantity: correct the map"));
        }
        converted
    }
}

fn answer_of(written: Result<(), ExceptionCode>) -> Answer {
    written.map_or_else(|code| Answer::Refused(code.to_string()), |()| Answer::Done)
}

/// The registers of a clock with octets and words in the orders of the map turned to the standard's, or back.
fn in_order_of_clock(place: &ClockPlace, map: &ModbusProfile, registers: &[u16]) -> Vec<u16> {
    let mut turned: Vec<u16> = registers.iter().map(|register| values::turned(map, 3, *register)).collect();
    if place.form == ClockForm::UnixSeconds && map.word_order == WordOrder::Swapped {
        turned.reverse();
    }
    turned
}

/// The conditions of a map that hold, or none where it has no such; what cannot be read is a problem.
fn conditions(
    flags: &BTreeMap<String, FlagPlace>,
    map: &ModbusProfile,
    store: &Store,
    problems: &mut Vec<Problem>,
) -> Option<Vec<String>> {
    let mut holding = Vec::new();
    let mut is_any_known = false;
    for (name, place) in flags {
        match store.get(Span::one(place.function, place.register)) {
            Some(Ok(registers)) => {
                is_any_known = true;
                let register = registers.first().map(|register| values::turned(map, place.function, *register));
                holding.extend(register.filter(|register| place.holds(*register)).map(|_| name.clone()));
            }
            Some(Err(code)) => problems.push(Problem { object: name.clone(), error: code.to_string() }),
            None => {}
        }
    }
    is_any_known.then_some(holding)
}

fn relay_state(place: &RelayPlace, register: u16) -> RelayState {
    let number = bit_of(register, place.bit);
    let word = if number == place.closed {
        Some("closed")
    } else if number == place.open {
        Some("open")
    } else {
        None
    };
    let reason = word.is_none().then(|| format!("the register holds {number}, which the map does not know"));
    RelayState { output: word.map(str::to_owned), control: None, reason }
}

impl Meter for ModbusMeter {
    fn profile(&self) -> &Profile {
        &self.profile
    }

    fn link_name(&self) -> String {
        self.exchange.link_name()
    }

    fn identify(&mut self) -> Result<Identity, MeterError> {
        if let Some(identity) = &self.identity {
            return Ok(identity.clone());
        }
        let mut identity = match self.chain()?.cloned() {
            Some(chain) => chain.identity(&mut self.exchange, self.unit)?,
            None => Identity::default(),
        };
        let map = self.profile.modbus.clone();
        let places: Vec<(Role, RegisterPlace)> =
            Role::NAMING.iter().filter_map(|role| Some((*role, map.registers.get(role)?.clone()))).collect();
        let spans: Vec<Span> = places.iter().map(|(_, place)| values::span(place)).collect();
        let store = self.fetch(&spans)?;
        for (role, place) in &places {
            let Some(Ok(registers)) = store.get(values::span(place)) else { continue };
            let Some(text) = values::value(place, &map, registers).ok().and_then(|value| value.as_text()) else {
                continue;
            };
            let slot = match role {
                Role::Serial => &mut identity.serial,
                Role::Manufacturer => &mut identity.manufacturer,
                Role::Model => &mut identity.model,
                _ => &mut identity.firmware,
            };
            *slot = Some(text);
        }
        identity.manufacturer = identity.manufacturer.or_else(|| self.profile.maker.clone());
        if let [model] = self.profile.models.as_slice() {
            identity.model = identity.model.or_else(|| Some(model.clone()));
        }
        self.identity = Some(identity.clone());
        Ok(identity)
    }

    fn identify_anew(&mut self) -> Result<Identity, MeterError> {
        self.identity = None;
        self.identify()
    }

    fn status(&mut self) -> Result<Status, MeterError> {
        let meter = self.identify()?;
        let map = self.profile.modbus.clone();
        let measured = map.registers.iter().filter(|(role, _)| !Role::NAMING.contains(role));
        let shown = map.shown();
        let mut spans: Vec<Span> = measured.clone().map(|(_, place)| values::span(place)).collect();
        spans.extend(measured.clone().flat_map(|(_, place)| values::spans_beside(place, &map)));
        spans.extend(map.power_limit.as_ref().map(values::span));
        spans
            .extend(shown.iter().flat_map(|(_, place)| values::spans_beside(place, &map).chain([values::span(place)])));
        spans.extend(
            map.tamper.values().chain(map.alarms.values()).map(|place| Span::one(place.function, place.register)),
        );
        let holding = |first, count| Span { function: 3, first, count };
        let clock_span = map.clock.as_ref().map(|clock| holding(clock.register, clock.registers()));
        let relay_span = map.relay.as_ref().map(|place| Span::one(place.function, place.register));
        spans.extend(clock_span);
        spans.extend(relay_span);
        let store = self.fetch(&spans)?;
        let now = (self.now)();
        let mut problems = Vec::new();
        let mut found = BTreeMap::new();
        for (role, value) in self.described_values()? {
            match value {
                Ok(number) => drop(found.insert(role, number)),
                Err(unusable) => problems.push(Problem { object: role.word(), error: unusable.to_string() }),
            }
        }
        for (role, place) in measured {
            if let Some(number) = self.number((&role.word(), *role), place, &store, &mut problems) {
                found.insert(*role, number);
            }
        }
        let phases = match map.sunspec {
            true => measured::phases_of(found.keys()),
            false => measured::phases_of(map.registers.keys()),
        };
        let get = |role: Role| found.get(&role).copied();
        let mut values = BTreeMap::new();
        for (name, place) in &shown {
            if let Some(value) = self.named_value(name, place, &store, &mut problems) {
                values.insert(name.clone(), value);
            }
        }
        let tamper = conditions(&map.tamper, &map, &store, &mut problems);
        let alarms = conditions(&map.alarms, &map, &store, &mut problems);
        let limit = map.power_limit.as_ref().and_then(|place| {
            let watts = self.number(("power-limit", Role::Power), place, &store, &mut problems)?;
            (!assemble::is_no_limit(&map, watts)).then_some(watts)
        });
        let clock = clock_span.zip(map.clock.as_ref()).and_then(|(span, place)| match store.get(span)? {
            Ok(registers) => Some(assemble::clock(
                self.placed(clock::decode(place, &in_order_of_clock(place, &map, registers))?),
                now,
            )),
            Err(code) => {
                problems.push(Problem { object: "clock".to_owned(), error: code.to_string() });
                None
            }
        });
        let relay = relay_span.zip(map.relay.as_ref()).and_then(|(span, place)| match store.get(span)? {
            Ok(registers) => {
                registers.first().map(|register| relay_state(place, values::turned(&map, place.function, *register)))
            }
            Err(code) => {
                problems.push(Problem { object: "relay".to_owned(), error: code.to_string() });
                None
            }
        });
        Ok(Status {
            link: self.link_name(),
            protocol: self.profile.protocol.word().to_owned(),
            read_at: rfc3339(now),
            meter,
            clock,
            relay,
            energy: known(measured::energy(get)),
            supply: known(measured::supply(get, phases)),
            limits: limit.map(|watts| Limits { power_w: Some(watts), ..Limits::default() }),
            tamper,
            alarms,
            values,
            problems,
            ..Status::default()
        })
    }

    fn read(&mut self, items: &[Item]) -> Result<Vec<Reading>, MeterError> {
        let targets: Vec<(&Item, Option<Target>)> = offered(items, |item| target(&item.object, &self.profile))?;
        let places = targets.iter().filter_map(|(_, target)| match target {
            Some(Target::Place(place)) => Some(place),
            Some(Target::Role(_)) | None => None,
        });
        let map = &self.profile.modbus;
        let spans: Vec<Span> =
            places.flat_map(|place| values::spans_beside(place, map).chain([values::span(place)])).collect();
        let store = self.fetch(&spans)?;
        let by_role = targets.iter().any(|(_, target)| matches!(target, Some(Target::Role(_))));
        let described = if by_role { self.described_values()? } else { BTreeMap::new() };
        let identity = if by_role { Some(self.identify()?) } else { None };
        let map = &self.profile.modbus;
        let readings = targets.into_iter().map(|(item, target)| {
            let Some(target) = target else { return Reading::not_offered(item) };
            let mut reading = Reading::of(item);
            match target {
                Target::Role(Role::Serial) => {
                    reading.value =
                        Some(identity.as_ref().and_then(|known| known.serial.clone()).map_or(Value::Null, Value::Text));
                }
                Target::Role(role) => {
                    match described.get(&role) {
                        None => reading.value = Some(Value::Null),
                        Some(Ok(number)) => reading.value = Some(Value::Real(*number)),
                        Some(Err(unusable)) => reading.error = Some(unusable.to_string()),
                    }
                    reading.unit = status_unit(role).map(str::to_owned);
                }
                Target::Place(place) => {
                    reading.unit.clone_from(&place.unit);
                    reading.kind = Some(format!("{:?}", place.kind).to_lowercase());
                    match values::primary(&place, map, &store) {
                        Some(Ok(Ok(value))) => {
                            reading.value = Some(value);
                            if values::ratio(&place, map, &store) == Some(None) {
                                reading.unit = Some(format!("{} secondary", place.unit.as_deref().unwrap_or_default()));
                            }
                        }
                        Some(Ok(Err(Unusable::Absent))) => reading.value = Some(Value::Null),
                        Some(Ok(Err(unusable))) => reading.error = Some(unusable.to_string()),
                        Some(Err(code)) => reading.error = Some(code.to_string()),
                        None => reading.error = Some("not read".to_owned()),
                    }
                }
            }
            reading
        });
        Ok(readings.collect())
    }

    /// The number is given in the unit `read` shows. One register is written by function 6, or by 16 where the unit
    /// knows only that.
    fn write(&mut self, item: &Item, value: &str) -> Result<Answer, MeterError> {
        let place = match target(&item.object, &self.profile)? {
            Target::Place(place) if place.function == 1 => {
                let on = match value.trim() {
                    "1" | "on" | "true" => true,
                    "0" | "off" | "false" => false,
                    other => return Err(MeterError::BadValue(format!("{other:?} is no state of a coil: 1 or 0 is"))),
                };
                return self.unlocked(|meter| meter.write_coil(place.register, on));
            }
            Target::Place(place) if place.function == 3 => place,
            _ => {
                return Err(MeterError::BadValue(format!(
                    "{item} is neither a holding register nor a coil: it cannot be written"
                )));
            }
        };
        let number: f64 = value
            .trim()
            .parse()
            .map_err(|_| MeterError::BadValue(format!("{value:?} is not a number, which {} holds", item.object)))?;
        let otherwise = place.scale_by.as_ref().map(|ratio| format!("is shown multiplied by {ratio}"));
        let otherwise =
            otherwise.or_else(|| place.negative_when.as_ref().map(|sign| format!("takes its sign from {sign}")));
        if let Some(otherwise) = otherwise {
            return Err(MeterError::BadValue(format!(
                "{} {otherwise}; write its own value by number, as holding:{}",
                item.object, place.register
            )));
        }
        let registers = values::registers(&place, &self.profile.modbus, number)?;
        self.write_settings(place.register, registers)
    }

    fn clock(&mut self) -> Result<ClockReading, MeterError> {
        let place = self.clock_place()?;
        let registers = self.holding(place.register, place.registers(), "the clock")?;
        let meter = clock::decode(&place, &in_order_of_clock(&place, &self.profile.modbus, &registers))
            .ok_or_else(|| MeterError::Unexpected("the registers of the clock hold no date".to_owned()))?;
        Ok(ClockReading { meter, ours: (self.now)(), flags: Vec::new() })
    }

    fn set_clock(&mut self, offset: Option<UtcOffset>) -> Result<(Answer, MeterTime), MeterError> {
        let place = self.clock_place()?;
        let registers = self.holding(place.register, place.registers(), "the clock")?;
        let turned = in_order_of_clock(&place, &self.profile.modbus, &registers);
        let in_full = clock::has_full_year(&place, &turned);
        let now = (self.now)();
        let told = clock::decode(&place, &turned).and_then(|meter| meter.offset);
        let local = now.to_offset(offset.or(told).or(self.profile.clock.utc_offset()).unwrap_or(now.offset()));
        let target = MeterTime { local: PrimitiveDateTime::new(local.date(), local.time()), offset: told };
        let answer = self.write_settings(
            place.register,
            in_order_of_clock(&place, &self.profile.modbus, &clock::encode(&place, target, in_full)),
        )?;
        Ok((answer, target))
    }

    fn relay(&mut self) -> Result<RelayState, MeterError> {
        let place = self.relay_place()?;
        let span = Span::one(place.function, place.register);
        let registers = ask(&mut self.exchange, self.unit, span)?.map_err(|code| MeterError::Refused {
            what: "the read of the relay".to_owned(),
            reason: code.to_string(),
        })?;
        let register = registers.first().copied().unwrap_or_default();
        Ok(relay_state(&place, values::turned(&self.profile.modbus, place.function, register)))
    }

    fn switch_relay(&mut self, action: RelayAction) -> Result<Answer, MeterError> {
        let place = self.relay_place()?;
        let order = match action {
            RelayAction::Connect => place.close_order.unwrap_or(place.closed),
            RelayAction::Disconnect => place.open_order.unwrap_or(place.open),
        };
        let at = place.order_register.unwrap_or(place.register);
        match (place.is_ordered_by_coil(), order) {
            (false, order) => self.write_settings(at, vec![order]),
            (true, 0 | 1) => self.unlocked(|meter| meter.write_coil(at, order == 1)),
            (true, other) => Err(MeterError::BadValue(format!(
                "the map orders the relay by {other}, where a coil takes 0 or 1: give open_order and close_order"
            ))),
        }
    }

    fn limits(&mut self) -> Result<Limits, MeterError> {
        let Ok(place) = self.limit_place() else { return Ok(Limits::default()) };
        let registers = self.holding(place.register, place.registers(), "the power limit")?;
        let value = values::value(&place, &self.profile.modbus, &registers)
            .map_err(|unusable| MeterError::Unexpected(format!("the power limit: {unusable}")))?;
        let watts = value.as_number().and_then(|number| assemble::limit_in_watts(number, &self.profile.modbus));
        let power_w = watts.filter(|watts| !assemble::is_no_limit(&self.profile.modbus, *watts));
        Ok(Limits { power_w, ..Limits::default() })
    }

    fn set_power_limit(&mut self, watts: Option<f64>) -> Result<Answer, MeterError> {
        let place = self.limit_place()?;
        let number = match watts {
            Some(watts) => {
                let one = assemble::limit_in_watts(1.0, &self.profile.modbus).ok_or_else(|| {
                    MeterError::BadValue("the power limit of the map has no unit of power".to_owned())
                })?;
                watts / one
            }
            None => self.profile.modbus.no_power_limit.ok_or_else(|| {
                MeterError::NotOffered("number in its map that means no power limit: set a high one".to_owned())
            })?,
        };
        let registers = values::registers(&place, &self.profile.modbus, number)?;
        self.write_settings(place.register, registers)
    }

    fn close(&mut self) {}

    fn pause(&mut self, duration: Duration) -> Result<(), MeterError> {
        Ok(self.exchange.link().pause(duration)?)
    }

    fn traffic(&self) -> Traffic {
        self.exchange.traffic()
    }

    fn take_line_troubles(&mut self) -> Vec<LineTrouble> {
        self.exchange.take_troubles()
    }
}
