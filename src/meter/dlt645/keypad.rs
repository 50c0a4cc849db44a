//! STS customer units with the keypad protocol: short codes read values, tokens go in as at the keys.

use std::time::Duration;

use time::OffsetDateTime;

use super::items::Unusable;
use super::{Exchange, clock};
use crate::link::{Link, LinkError};
use crate::meter::driver::{Answer, ClockReading, Item, Meter, Reading, Traffic, read_each};
use crate::meter::profile::{KeypadValue, Profile};
use crate::meter::status::{CreditState, Energy, Identity, Phase, Problem, Status, StsState, Supply, known};
use crate::meter::time::rfc3339;
use crate::meter::token::{Delivery, TokenReport};
use crate::meter::value::Value;
use crate::meter::{LineTrouble, MeterError, MeterTime};
use crate::protocol::dlt645::{Address, KeyedIn, Reply, Request, Shown};
use crate::sts::{SupplyGroupCode, Token, TokenResult};

/// A unit that is read and fed as by its keys.
#[derive(Debug)]
pub struct KeypadMeter {
    exchange: Exchange,
    profile: Profile,
    address: Address,
    now: fn() -> OffsetDateTime,
    identity: Option<Identity>,
    /// What it answered to the token entered last on this connection: it tells of no earlier one.
    last_token: Option<TokenReport>,
}

impl KeypadMeter {
    /// Over an open link; `now` tells our own time.
    pub fn new(
        link: Box<dyn Link>,
        profile: Profile,
        address: Address,
        limits: (Duration, u32),
        now: fn() -> OffsetDateTime,
    ) -> Self {
        let (reply_time, retries) = limits;
        let exchange = Exchange::new(link, reply_time, retries);
        KeypadMeter { exchange, profile, address, now, identity: None, last_token: None }
    }

    /// The same on a link that makes longer pauses inside a frame.
    #[must_use]
    pub fn with_gap(mut self, gap: Option<Duration>) -> Self {
        self.exchange = self.exchange.with_gap(gap);
        self
    }

    fn key_in(&mut self, keyed: KeyedIn) -> Result<Shown, MeterError> {
        match self.exchange.ask(self.address, &Request::Keypad(keyed))? {
            Reply::Shown { from, shown } => {
                if self.address.is_wild() {
                    self.address = from;
                }
                Ok(shown)
            }
            Reply::Refused { error, .. } => {
                Err(MeterError::Refused { what: "the keypad protocol".to_owned(), reason: error.to_string() })
            }
            _ => Err(MeterError::Unexpected("the answer is not of the keypad protocol".to_owned())),
        }
    }

    /// What a short code shows; `None` when the unit does not know it.
    fn shown(&mut self, code: [u8; 3]) -> Result<Option<Shown>, MeterError> {
        let shown = self.key_in(KeyedIn::Code(code))?;
        Ok(Some(shown).filter(|shown| shown.good))
    }

    fn value(&mut self, value: KeypadValue) -> Result<Option<Shown>, MeterError> {
        match self.profile.dlt645.keypad.get(&value).and_then(|place| place.digits()) {
            Some(code) => self.shown(code),
            None => Ok(None),
        }
    }

    /// A number by the profile, scaled and inside its limits.
    fn number(&mut self, value: KeypadValue, problems: &mut Vec<Problem>) -> Result<Option<f64>, MeterError> {
        let Some(place) = self.profile.dlt645.keypad.get(&value).cloned() else { return Ok(None) };
        let Some(shown) = self.value(value)? else { return Ok(None) };
        let object = format!("code {}", place.code);
        let Some(raw) = shown.number(place.octets) else {
            problems.push(Problem { object, error: "the answer is too short for its value".to_owned() });
            return Ok(None);
        };
        let number = raw as f64 / 10f64.powi(i32::from(place.decimals));
        let within = Unusable::unless_within(place.limits, number, place.unit.as_deref());
        Ok(within.map_err(|error| problems.push(Problem { object, error: error.to_string() })).ok())
    }

    /// The meter number: FF, F and the last digit, then ten digits from the lowest pair.
    fn meter_number(&mut self) -> Result<Option<String>, MeterError> {
        let Some(shown) = self.value(KeypadValue::MeterNumber)? else { return Ok(None) };
        let Some([0xFF, last, pairs @ ..]) = shown.octets.get(..7) else { return Ok(None) };
        let digits: String = pairs.iter().rev().map(|pair| format!("{pair:02x}")).collect();
        let number = format!("{digits}{:x}", last & 15);
        Ok(Some(number).filter(|number| number.bytes().all(|digit| digit.is_ascii_digit())))
    }

    fn supply_group(&mut self) -> Result<Option<SupplyGroupCode>, MeterError> {
        let Some(shown) = self.value(KeypadValue::SupplyGroup)? else { return Ok(None) };
        let digits: Option<String> =
            shown.octets.get(..3).map(|octets| octets.iter().rev().map(|pair| format!("{pair:02x}")).collect());
        Ok(digits.and_then(|digits| digits.parse().ok()))
    }

    fn meter_time(&mut self) -> Result<Option<MeterTime>, MeterError> {
        let date = self.value(KeypadValue::Date)?.and_then(|shown| shown.octets.get(..4).map(<[u8]>::to_vec));
        let time = self.value(KeypadValue::Time)?.and_then(|shown| shown.octets.get(..3).map(<[u8]>::to_vec));
        // Weekday, year, month, day; hour, minute, second: the meter's items have them the other way round.
        let date = date.and_then(|octets| match octets.as_slice() {
            [weekday, year, month, day] => Some(vec![*weekday, *day, *month, *year]),
            _ => None,
        });
        let time = time.map(|octets| octets.into_iter().rev().collect::<Vec<u8>>());
        Ok(clock::from_items(date.as_ref(), time.as_ref()))
    }
}

impl Meter for KeypadMeter {
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
        let identity = Identity { serial: self.meter_number()?, ..Identity::default() };
        self.identity = Some(identity.clone());
        Ok(identity)
    }

    fn identify_anew(&mut self) -> Result<Identity, MeterError> {
        self.identity = None;
        self.identify()
    }

    fn status(&mut self) -> Result<Status, MeterError> {
        let mut problems = Vec::new();
        let meter = self.identify()?;
        let sts = self.sts()?;
        let credit = self.number(KeypadValue::Credit, &mut problems)?;
        let energy = self.number(KeypadValue::EnergyImport, &mut problems)?;
        let voltage = self.number(KeypadValue::VoltageL1, &mut problems)?;
        let now = (self.now)();
        let clock = self.meter_time()?;
        let clock = clock.map(|time| clock::state(MeterTime { offset: self.profile.clock.utc_offset(), ..time }, now));
        let unit = self.profile.dlt645.keypad.get(&KeypadValue::Credit).and_then(|place| place.unit.clone());
        Ok(Status {
            link: self.link_name(),
            protocol: self.profile.protocol.word().to_owned(),
            read_at: rfc3339(now),
            meter,
            sts: known(sts),
            clock,
            credit: credit.map(|available| CreditState { available: Some(available), unit, ..CreditState::default() }),
            energy: energy.map(|import_kwh| Energy { import_kwh: Some(import_kwh), ..Energy::default() }),
            supply: voltage.map(|volts| Supply {
                phases: vec![Phase { phase: "L1".to_owned(), voltage_v: Some(volts), ..Phase::default() }],
                ..Supply::default()
            }),
            problems,
            ..Status::default()
        })
    }

    /// Short codes of three digits; the value is shown as its octets.
    fn read(&mut self, items: &[Item]) -> Result<Vec<Reading>, MeterError> {
        read_each(items, |item| {
            let code: [u8; 3] = item
                .object
                .as_bytes()
                .try_into()
                .ok()
                .filter(|code: &[u8; 3]| code.iter().all(u8::is_ascii_digit))
                .ok_or_else(|| {
                    MeterError::BadValue(format!("{:?} is not a short code of three digits", item.object))
                })?;
            let shown = self.key_in(KeyedIn::Code(code))?;
            Ok(Reading {
                value: shown.good.then(|| Value::Text(crate::hex::encode(&shown.octets))),
                kind: Some(format!("{:04X}", shown.descriptor)),
                error: (!shown.good).then(|| shown.text().unwrap_or_else(|| "not known to the unit".to_owned())),
                ..Reading::of(item)
            })
        })
    }

    fn write(&mut self, _item: &Item, _value: &str) -> Result<Answer, MeterError> {
        Err(MeterError::NotOffered("value that can be written with the keypad protocol".to_owned()))
    }

    fn clock(&mut self) -> Result<ClockReading, MeterError> {
        let meter = self.meter_time()?.ok_or_else(|| MeterError::NotOffered("clock".to_owned()))?;
        Ok(ClockReading { meter, ours: (self.now)(), flags: Vec::new() })
    }

    fn sts(&mut self) -> Result<StsState, MeterError> {
        // The number is a DRN when its check digit says so.
        let drn = self.identify()?.serial.and_then(|serial| serial.parse().ok());
        let last = self.last_token.clone().unwrap_or_default();
        Ok(StsState {
            sgc: self.supply_group()?,
            drn,
            last_result: last.result,
            last_token: last.token.map(Token::last_four),
            ..StsState::default()
        })
    }

    fn enter_token(&mut self, token: Token) -> Result<Delivery, MeterError> {
        self.last_token = None;
        let sent_before = self.exchange.traffic().sent;
        let shown = match self.key_in(KeyedIn::Token(token)) {
            Ok(shown) => shown,
            // A wish to stop that came before the frame went out.
            Err(error @ MeterError::Link(LinkError::Interrupted)) if self.exchange.traffic().sent == sent_before => {
                return Err(error);
            }
            Err(error) => return Ok(Delivery::Lost(error)),
        };
        let text = shown.text();
        let result = match text.as_deref() {
            _ if shown.good => Some(TokenResult::Accept),
            Some(text) if text.eq_ignore_ascii_case("used") => Some(TokenResult::UsedError),
            _ => None,
        };
        let report = TokenReport { result, description: text.clone(), token: Some(token), ..TokenReport::default() };
        self.last_token = Some(report);
        Ok(match result {
            Some(_) => Delivery::Taken,
            None => Delivery::Refused(text.unwrap_or_else(|| "refused without a word".to_owned())),
        })
    }

    fn token_report(&mut self) -> Result<TokenReport, MeterError> {
        Ok(self.last_token.clone().unwrap_or_default())
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
