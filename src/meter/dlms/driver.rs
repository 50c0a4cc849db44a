//! The driver's side of the [`Meter`] trait.

use std::time::Duration;

use time::UtcOffset;

use super::answers::{ABSENT, Answers};
use super::objects::ListedObject;
use super::push::template_names;
use super::session::Resolved;
use super::{DlmsMeter, assemble, call_answer, convert, methods, plan, refusal_word, text, write_answer};
use crate::link::interrupt::POLL_SLICE;
use crate::meter::driver::{Answer, ClockReading, Item, Meter, Reading, RelayAction, Traffic, offered};
use crate::meter::firmware::FirmwareMeter;
use crate::meter::log::{Extract, Log, PushColumn, PushTemplate};
use crate::meter::order::{Carried, Order, OrderTarget};
use crate::meter::profile::token::TokenEncoding;
use crate::meter::profile::{Profile, Role};
use crate::meter::security::KeyedMeter;
use crate::meter::status::{Identity, Limits, RelayState, Status, StsState};
use crate::meter::token::{Delivery, TokenReport};
use crate::meter::value::{Value, scaled};
use crate::meter::{MeterError, MeterRef, MeterTime};
use crate::protocol::dlms::{
    ActionResult, AttributeDescriptor, ClassId, Data, DateTime, GetResult, MethodDescriptor, ObisCode, SetItem,
};
use crate::sts::Token;

/// Roles of the STS decoder's state.
const STS: [Role; 5] = [Role::StsIdentity, Role::StsState, Role::StsTids, Role::Drn, Role::TokenGateway];
/// Roles that say which meter it is.
const IDENTITY: [Role; 5] = [Role::Serial, Role::Manufacturer, Role::Model, Role::Firmware, Role::DeviceName];

/// Attribute of class 116 that holds the certificate's number.
const CERTIFICATE: u8 = 12;

/// Roles of which one attribute says which meter it is.
const NUMBERS: [Role; 4] = [Role::Serial, Role::DeviceName, Role::StsIdentity, Role::Drn];

/// The first device identifier (DLMS UA Blue Book, device ID objects).
const DEVICE_ID: [u8; 6] = [0, 0, 96, 1, 0, 255];

impl Meter for DlmsMeter {
    fn numbers(&mut self) -> Result<MeterRef, MeterError> {
        let Some(objects) = self.objects.clone() else {
            // What was read needed no object list: it is not read for the head of a result.
            let serial = match self.device_id.take() {
                Some(told) => told,
                None => self.session.get(device_id(), None)?.ok().and_then(|data| convert::value(&data).as_text()),
            };
            return Ok(MeterRef { serial: serial.or_else(|| self.device_name.clone()), drn: None });
        };
        let mut plan = plan::of_roles(&self.profile, &objects, &NUMBERS);
        plan.wants.retain(|want| want.attribute == 2);
        let answers = self.carry_out(&plan)?;
        let identity = assemble::identity(&self.profile, &answers);
        let sts = assemble::sts(&self.profile, &answers, &TokenReport::default(), &mut Vec::new());
        Ok(MeterRef {
            serial: identity.serial.or(identity.device_name).or_else(|| self.device_name.clone()),
            drn: sts.drn,
        })
    }

    fn profile(&self) -> &Profile {
        &self.profile
    }

    fn link_name(&self) -> String {
        self.session.link_name()
    }

    fn identify(&mut self) -> Result<Identity, MeterError> {
        if let Some(identity) = &self.identity {
            return Ok(identity.clone());
        }
        self.objects()?;
        let known = usize::from(self.device_name.is_some());
        let roles = IDENTITY.get(..IDENTITY.len().saturating_sub(known)).unwrap_or_default();
        let answers = self.answers_of(roles)?;
        Ok(self.remember_identity(&answers))
    }

    fn identify_anew(&mut self) -> Result<Identity, MeterError> {
        self.objects()?;
        let answers = self.answers_of(&IDENTITY)?;
        Ok(self.remember_identity(&answers))
    }

    fn certificate(&mut self) -> Result<Option<String>, MeterError> {
        let object = match self.required(Role::StsIdentity, "STS identity") {
            Ok(object) => object,
            Err(MeterError::NotOffered(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let data = self.session.get(object.attribute(CERTIFICATE), None)?;
        Ok(data.ok().and_then(|data| convert::value(&data).as_text()).filter(|text| !text.trim().is_empty()))
    }

    fn status(&mut self) -> Result<Status, MeterError> {
        let objects = self.objects()?;
        let known: &[Role] = if self.device_name.is_some() { &[Role::DeviceName] } else { &[] };
        let plan = plan::status(&self.profile, &objects, known);
        let answers = self.carry_out(&plan)?;
        let now = self.session.now();
        let mut status = assemble::assemble(&self.profile, &answers, now);
        if self.list_is_guessed {
            // What was asked for on chance and is not there is no fault of the meter.
            status.problems.retain(|problem| !ABSENT.contains(&problem.error.as_str()));
        }
        status.problems.extend(plan.closed);
        status.problems.extend(
            self.list_problem
                .clone()
                .map(|error| crate::meter::status::Problem { object: "object-list".to_owned(), error }),
        );
        status.meter = self.remember_identity(&answers);
        Ok(status)
    }

    fn read(&mut self, items: &[Item]) -> Result<Vec<Reading>, MeterError> {
        let targets: Vec<(&Item, Option<Target>)> = offered(items, |item| self.target(item))?;
        let mut attributes = Vec::new();
        for target in targets.iter().filter_map(|(_, target)| target.as_ref()) {
            attributes.push(target.object.attribute(target.attribute));
            attributes.extend(target.scaler().map(|scaler| target.object.attribute(scaler)));
        }
        // The meter's number rides along where a list is asked for anyway and nobody knows it.
        let rides_along = self.objects.is_none() && attributes.len() > 1;
        if rides_along {
            attributes.push(device_id());
        }
        let mut results = self.session.get_list(&attributes)?;
        if rides_along {
            let told = results.pop().and_then(Result::ok);
            self.device_id = Some(told.and_then(|data| convert::value(&data).as_text()));
        }
        let mut results = results.into_iter();
        let mut readings = Vec::new();
        for (item, target) in &targets {
            let Some(target) = target else {
                readings.push(Reading::not_offered(item));
                continue;
            };
            let value = results.next();
            let scaler = target.scaler().and_then(|_| results.next()).and_then(Result::ok);
            readings.push(match value {
                Some(Ok(data)) => target.reading(&data, scaler.as_ref()),
                Some(Err(reason)) => target.refused(refusal_word(&reason)),
                None => target.refused("no-answer".to_owned()),
            });
        }
        Ok(readings)
    }

    fn write(&mut self, item: &Item, value: &str) -> Result<Answer, MeterError> {
        let target = self.target(item)?;
        let attribute = target.object.attribute(target.attribute);
        let value = typed(value, self.session.get(attribute, None)?)?;
        Ok(write_answer(self.session.set(attribute, value)?))
    }

    fn carry_out(&mut self, orders: &[Order]) -> Carried {
        match self.resolve(orders) {
            Ok(resolved) => self.session.carry_out(&resolved),
            Err(error) => Carried::failed(error),
        }
    }

    fn events(&mut self, extract: &Extract) -> Result<Vec<Log>, MeterError> {
        if let Some(log) = self.named_log(extract)? {
            // Codes of another log are others.
            let is_known = self.objects()?.find_all(&self.profile, Role::Events).contains(&&log);
            return Ok(vec![self.log(&log, extract, is_known.then_some(Role::Events))?]);
        }
        let objects = self.objects()?;
        let logs: Vec<ListedObject> = objects.find_all(&self.profile, Role::Events).into_iter().cloned().collect();
        if logs.is_empty() {
            return Err(MeterError::NotOffered("event log".to_owned()));
        }
        logs.iter().map(|log| self.log(log, extract, Some(Role::Events))).collect()
    }

    fn load_profile(&mut self, extract: &Extract) -> Result<Log, MeterError> {
        let object = match self.named_log(extract)? {
            Some(log) => log,
            None => self.required(Role::LoadProfile, "load profile")?,
        };
        self.log(&object, extract, None)
    }

    fn push_templates(&mut self) -> Result<Vec<PushTemplate>, MeterError> {
        let setups: Vec<ListedObject> = self.objects()?.of_class(ClassId::PUSH_SETUP).cloned().collect();
        if setups.is_empty() {
            return Err(MeterError::NotOffered("push setup".to_owned()));
        }
        let mut templates = Vec::new();
        for setup in setups {
            let list = self.session.get(setup.attribute(2), None)?;
            // With one setup unknown, none could be told from it.
            let list = list.map_err(|reason| refused("its push setup", &reason))?;
            let Some(names) = template_names(&list) else { continue };
            let mut columns = Vec::new();
            for object in names {
                columns.push(PushColumn { scaling: self.scaling_of(&object)?, object });
            }
            templates.push(PushTemplate { columns });
        }
        Ok(templates)
    }

    fn clock(&mut self) -> Result<ClockReading, MeterError> {
        let object = self.required(Role::Clock, "clock")?;
        let data = self.session.get(object.attribute(2), None)?.map_err(|reason| refused("its clock", &reason))?;
        let ours = self.session.now();
        let told =
            DateTime::from_data(&data).ok_or_else(|| MeterError::Garbled("the clock is not a date-time".to_owned()))?;
        let meter =
            convert::meter_time(told).ok_or_else(|| MeterError::Unexpected(format!("the clock is not set: {told}")))?;
        let meter = MeterTime { offset: self.profile.clock.true_offset(meter.offset), ..meter };
        Ok(ClockReading { meter, ours, flags: convert::clock_flags(told) })
    }

    fn set_clock(&mut self, offset: Option<UtcOffset>) -> Result<(Answer, MeterTime), MeterError> {
        let object = self.required(Role::Clock, "clock")?;
        let data = self.session.get(object.attribute(2), None)?.map_err(|reason| refused("its clock", &reason))?;
        let told = DateTime::from_data(&data).and_then(convert::meter_time).and_then(|time| time.offset);
        let now = self.session.now();
        let wall = offset
            .or(self.profile.clock.true_offset(told))
            .or(self.profile.clock.utc_offset())
            .unwrap_or(UtcOffset::UTC);
        let (time, set) = convert::cosem_time(now, told, wall);
        let answer = self.session.set(object.attribute(2), time.to_data())?;
        Ok((write_answer(answer), set))
    }

    fn relay(&mut self) -> Result<RelayState, MeterError> {
        self.required(Role::Relay, "supply relay")?;
        let answers = self.answers_of(&[Role::Relay, Role::RelayReason])?;
        Ok(assemble::relay(&answers))
    }

    fn switch_relay(&mut self, action: RelayAction) -> Result<Answer, MeterError> {
        let object = self.required(Role::Relay, "supply relay")?;
        let method = match action {
            RelayAction::Disconnect => 1,
            RelayAction::Connect => 2,
        };
        Ok(call_answer(self.session.action(call(&object, method), Data::Int8(0))?.result))
    }

    fn limits(&mut self) -> Result<Limits, MeterError> {
        let answers =
            self.answers_of(&[Role::Limiter, Role::PowerLimit, Role::UnbalanceLimit, Role::Power, Role::PowerL1])?;
        Ok(assemble::limits(&self.profile, &answers))
    }

    fn set_power_limit(&mut self, watts: Option<f64>) -> Result<Answer, MeterError> {
        self.write_power_limit(watts)
    }

    fn firmware(&mut self) -> Option<&mut dyn FirmwareMeter> {
        Some(self)
    }

    fn keyed(&mut self) -> Option<&mut dyn KeyedMeter> {
        Some(self)
    }

    fn sts(&mut self) -> Result<StsState, MeterError> {
        let answers = self.answers_of(&STS)?;
        let report = assemble::token_report(&self.profile, &answers);
        Ok(assemble::sts(&self.profile, &answers, &report, &mut Vec::new()))
    }

    fn enter_token(&mut self, token: Token) -> Result<Delivery, MeterError> {
        let object = self.required(Role::TokenGateway, "token gateway: enter the token at its keypad")?;
        self.session.open()?;
        self.session.check_stop()?;
        let usual = self.profile.token.encoding;
        let others = TokenEncoding::ALL.into_iter().filter(|form| *form != usual);
        let mut delivery = Delivery::Refused(String::new());
        for form in std::iter::once(usual).chain(others) {
            let argument = Data::OctetString(form.encode(token));
            delivery = match self.session.action_secret(call(&object, 1), argument, form.shown()) {
                Ok(outcome) if outcome.result == ActionResult::Success => Delivery::Taken,
                // The meter did not take the argument for a token at all: it has another form, and holds nothing of it.
                Ok(outcome)
                    if outcome.result == ActionResult::TypeUnmatched && !self.holds(&object, token).unwrap_or(true) =>
                {
                    delivery = Delivery::Refused(refusal_word(&outcome.result));
                    continue;
                }
                Ok(outcome) => Delivery::Refused(refusal_word(&outcome.result)),
                Err(MeterError::Refused { reason, .. }) => Delivery::Refused(reason),
                Err(error @ (MeterError::BadValue(_) | MeterError::NotOffered(_))) => return Err(error),
                Err(error) => Delivery::Lost(error),
            };
            if matches!(delivery, Delivery::Taken) {
                self.profile.token.encoding = form;
            }
            break;
        }
        Ok(delivery)
    }

    fn token_report(&mut self) -> Result<TokenReport, MeterError> {
        let answers = self.answers_of(&[Role::TokenGateway])?;
        Ok(assemble::token_report(&self.profile, &answers))
    }

    fn close(&mut self) {
        self.keep_list_limit();
        self.session.close();
    }

    fn pause(&mut self, duration: Duration) -> Result<(), MeterError> {
        let mut left = duration;
        while !left.is_zero() {
            self.session.check_stop()?;
            let slice = left.min(POLL_SLICE);
            self.session.transport().link().pause(slice)?;
            left = left.saturating_sub(slice);
        }
        self.session.check_stop()
    }

    fn traffic(&self) -> Traffic {
        self.session.traffic()
    }
}

impl DlmsMeter {
    /// Power of ten and unit of a register's value, named as `3/1.0.1.8.0.255:2`.
    fn scaling_of(&mut self, object: &str) -> Result<Option<(i8, &'static str)>, MeterError> {
        let Ok(item) = object.parse::<Item>() else { return Ok(None) };
        let (Some(class), Ok(name)) = (item.class, item.object.parse::<ObisCode>()) else { return Ok(None) };
        let scaler = match (ClassId(class), item.attribute) {
            (ClassId::REGISTER | ClassId::EXTENDED_REGISTER, Some(2)) => 3,
            (ClassId::DEMAND_REGISTER, Some(2 | 3)) => 4,
            _ => return Ok(None),
        };
        let scaler = self.session.get(AttributeDescriptor::new(ClassId(class), name, scaler), None)?;
        Ok(scaler.ok().as_ref().and_then(convert::scaler_unit))
    }

    /// Whether the token gateway tells this token as its last.
    fn holds(&mut self, gateway: &ListedObject, token: Token) -> Result<bool, MeterError> {
        let last = self.session.get(gateway.attribute(2), None)?;
        let octets = last.ok().and_then(|data| data.as_octets().map(<[u8]>::to_vec)).unwrap_or_default();
        Ok(TokenEncoding::ALL.iter().any(|form| form.decode(&octets) == Some(token)))
    }

    fn remember_identity(&mut self, answers: &Answers) -> Identity {
        let mut identity = assemble::identity(&self.profile, answers);
        if identity.device_name.is_none() {
            identity.device_name.clone_from(&self.device_name);
        }
        if identity.manufacturer.is_none() {
            let letters = identity.device_name.as_deref().and_then(|name| name.get(..3));
            identity.manufacturer = letters.map(str::to_owned);
        }
        self.identity = Some(identity.clone());
        identity
    }

    /// Orders in the meter's terms: values in the types its objects have now.
    fn resolve(&mut self, orders: &[Order]) -> Result<Vec<Resolved>, MeterError> {
        let mut attributes = Vec::new();
        for order in orders {
            if let OrderTarget::Object(item) = &order.target {
                let target = self.target(item)?;
                attributes.push(target.object.attribute(target.attribute));
            }
        }
        let mut present = attributes.clone().into_iter().zip(self.session.get_list(&attributes)?);
        let mut resolved = Vec::new();
        for Order { target, value } in orders {
            resolved.push(match target {
                OrderTarget::Object(item) => {
                    let (attribute, now) =
                        present.next().ok_or_else(|| MeterError::Unexpected(format!("no value of {item} came")))?;
                    let value = typed(value, now).map_err(|error| error.about(&target))?;
                    Resolved::Set(SetItem { attribute, value })
                }
                OrderTarget::Method(name) => {
                    let object = self.object(name.class, &name.object)?;
                    Resolved::Call(methods::resolve(&object, name, value).map_err(|error| error.about(&target))?)
                }
            });
        }
        Ok(resolved)
    }

    /// What an item means: its class from the object list, unless the user gave it.
    fn target(&mut self, item: &Item) -> Result<Target, MeterError> {
        let object = self.object(item.class, &item.object)?;
        Ok(Target { object, attribute: item.attribute.unwrap_or(2), plain: item.attribute.is_some() })
    }

    /// The object of a code, of the class in the object list where the user gave none.
    fn object(&mut self, class: Option<u16>, code: &str) -> Result<ListedObject, MeterError> {
        let name: ObisCode = code.parse().map_err(|error| MeterError::BadValue(format!("{error}")))?;
        if let Some(class) = class {
            return Ok(ListedObject { class, version: 0, name: name.0, unreadable: Vec::new() });
        }
        let objects = self.objects()?;
        let first = objects.named(name.0).next().cloned();
        first.ok_or_else(|| MeterError::NotOffered(format!("object {name} to this client")))
    }
}

/// The first device identifier of a meter.
fn device_id() -> AttributeDescriptor {
    ListedObject { class: ClassId::DATA.0, version: 0, name: DEVICE_ID, unreadable: Vec::new() }.attribute(2)
}

/// One attribute to read for the user.
struct Target {
    object: ListedObject,
    attribute: u8,
    /// Asked for by number: shown as it is.
    plain: bool,
}

impl Target {
    /// The attribute that holds scaler and unit, when the value is to be scaled.
    fn scaler(&self) -> Option<u8> {
        match (self.plain, ClassId(self.object.class)) {
            (false, ClassId::REGISTER | ClassId::EXTENDED_REGISTER) => Some(3),
            (false, ClassId::DEMAND_REGISTER) => Some(4),
            _ => None,
        }
    }

    fn holds_time(&self) -> bool {
        matches!(
            (ClassId(self.object.class), self.attribute),
            (ClassId::CLOCK, 2)
                | (ClassId::TOKEN_GATEWAY, 3)
                | (ClassId::EXTENDED_REGISTER, 5)
                | (ClassId::ACCOUNT, 13 | 14)
        )
    }

    fn reading(&self, data: &Data, scaler: Option<&Data>) -> Reading {
        let scaling = scaler.and_then(convert::scaler_unit);
        let mut value = if self.holds_time() { convert::value_of_time(data) } else { convert::value(data) };
        if let (Some((exponent, _)), Some(raw)) = (scaling, value.as_number()) {
            value = Value::Real(scaled(raw, exponent));
        }
        let unit = scaling.map(|(_, unit)| unit.to_owned()).filter(|unit| !unit.is_empty());
        Reading { value: Some(value), unit, kind: Some(data.type_name().to_owned()), ..self.empty() }
    }

    fn refused(&self, reason: String) -> Reading {
        Reading { error: Some(reason), ..self.empty() }
    }

    fn empty(&self) -> Reading {
        Reading {
            object: ObisCode(self.object.name).to_string(),
            class: Some(self.object.class),
            attribute: Some(self.attribute),
            value: None,
            unit: None,
            kind: None,
            error: None,
            fault: None,
        }
    }
}

/// A value as the user writes it, in the type of the one that was read.
fn typed(value: &str, now: GetResult) -> Result<Data, MeterError> {
    let now = now.map_err(|reason| {
        MeterError::NotSupported(format!("the object cannot be read ({reason}), so the type of its value is not known"))
    })?;
    text::parse(value, &now)
}

fn call(object: &ListedObject, method: i8) -> MethodDescriptor {
    let AttributeDescriptor { class, instance, .. } = object.attribute(0);
    MethodDescriptor::new(class, instance, method)
}

fn refused(what: &str, reason: &impl std::fmt::Display) -> MeterError {
    MeterError::Refused { what: what.to_owned(), reason: refusal_word(reason) }
}
