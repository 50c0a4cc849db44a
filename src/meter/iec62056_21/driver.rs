//! The IEC 62056-21 driver: the readout for what it tells, programming mode for the rest.

use std::time::Duration;

use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};

use super::readout::{View, in_form, split_place};
use super::{Session, SessionError, translate};
use crate::keys::Secret;
use crate::link::interrupt::POLL_SLICE;
use crate::link::{Link, Moment};
use crate::meter::driver::{Answer, ClockReading, Item, Meter, Reading, Traffic, read_each};
use crate::meter::log::{Extract, Log};
use crate::meter::profile::{Library, ObjectPlace, Profile};
use crate::meter::status::{Identity, Problem, Status};
use crate::meter::token::{Delivery, TokenReport};
use crate::meter::value::Value;
use crate::meter::{MeterError, MeterRef, MeterTime};
use crate::protocol::iec62056_21::{
    ClientOptions, Code, Command, DataBlock, DataSet, DataValue, Failure, Identification, SpeedMode,
};
use crate::sts::{Token, TokenResult};

/// A meter spoken to in IEC 62056-21.
#[derive(Debug)]
pub struct Iec62056_21Meter {
    pub(super) session: Session<'static>,
    address: String,
    pub(super) profile: Profile,
    /// Where a better profile is looked for once the meter has named itself; `None` when the user chose one.
    library: Option<Library>,
    password: Option<Secret>,
    anchor: (OffsetDateTime, Moment),
    readout: Option<(Identification, DataBlock, OffsetDateTime)>,
    /// What the meter called itself when programming mode was reached.
    identification: Option<Identification>,
    /// Whether the good lines of a readout with a wrong check are kept.
    salvages: bool,
    /// Whether the readout at hand is such a one.
    is_salvaged: bool,
    report: TokenReport,
}

/// By when a meter that waits for an option select gives up, so that it can be signed on to anew.
const GIVES_UP: Duration = Duration::from_millis(1_600);

/// What is said of a readout whose check was wrong.
const SALVAGED: &str = "the check of the readout does not fit: a value may be wrong";

impl Iec62056_21Meter {
    /// A meter nothing was sent to yet. `now` is the wall clock.
    pub fn new(
        link: Box<dyn Link>,
        options: ClientOptions,
        profile: Profile,
        library: Option<Library>,
        password: Option<Secret>,
        now: OffsetDateTime,
    ) -> Self {
        let anchor = (now, link.now());
        let address = options.address.clone();
        let session = Session::new(link, options);
        Iec62056_21Meter {
            session,
            address,
            profile,
            library,
            password,
            anchor,
            readout: None,
            identification: None,
            salvages: false,
            is_salvaged: false,
            report: TokenReport::default(),
        }
    }

    /// Keeps the good lines of a readout whose check is wrong, and marks them.
    #[must_use]
    pub fn salvaging(mut self, salvages: bool) -> Self {
        self.salvages = salvages;
        self
    }

    fn now(&self) -> OffsetDateTime {
        let (wall, moment) = self.anchor;
        let since = self.session.link().now().saturating_sub(moment);
        wall.checked_add(time::Duration::try_from(since).unwrap_or_default()).unwrap_or(wall)
    }

    pub(super) fn fault(&self, error: SessionError) -> MeterError {
        translate(error, &self.address)
    }

    fn read_out(&mut self) -> Result<(), MeterError> {
        if self.profile.iec62056_21.readout == Some(false) {
            return self.read_registers();
        }
        self.is_salvaged = false;
        let found = match self.session.readout() {
            Err(SessionError::Dialogue(failure @ Failure::Garbled { .. })) if self.salvages => {
                let Some(block) = self.session.take_salvage() else { return Err(self.fault(failure.into())) };
                self.is_salvaged = true;
                // The meter's name went before what was damaged; the next sign-on tells it anew.
                self.session.identify().map(|identification| (identification, block))
            }
            // A meter without a readout: who is it?
            Err(SessionError::Dialogue(failure @ Failure::NoReply { .. })) if self.library.is_some() => {
                let Ok(identification) = self.session.identify() else { return Err(self.fault(failure.into())) };
                self.meet(&identification);
                if self.profile.iec62056_21.readout != Some(false) {
                    return Err(self.fault(failure.into()));
                }
                self.session.link_mut().pause(GIVES_UP)?;
                return self.read_registers();
            }
            other => other,
        };
        let (identification, block) = found.map_err(|error| translate(error, &self.address))?;
        self.meet(&identification);
        let now = self.now();
        self.readout = Some((identification, block, now));
        // A meter that is known now may have no readout worth the name.
        if self.profile.iec62056_21.readout == Some(false) { self.read_registers() } else { Ok(()) }
    }

    /// What the profile names, register by register, for meters without a readout.
    fn read_registers(&mut self) -> Result<(), MeterError> {
        self.is_salvaged = false;
        let identification = self.program()?;
        let places = self.profile.objects.values().flat_map(|role| &role.at);
        let mut addresses: Vec<String> = Vec::new();
        for place in places {
            if let ObjectPlace::DataSet(text) = place {
                let (address, _) = split_place(text);
                if !addresses.iter().any(|known| known == address) {
                    addresses.push(address.to_owned());
                }
            }
        }
        let mut block = DataBlock::default();
        for address in addresses {
            match self.session.read_register(&address) {
                Ok(answer) => block.sets.extend(named(answer, &address)),
                Err(SessionError::Dialogue(Failure::Refused { .. })) => {}
                Err(error) => return Err(self.fault(error)),
            }
        }
        let now = self.now();
        self.readout = Some((identification, block, now));
        Ok(())
    }

    /// Takes the profile made for what the meter calls itself, unless the user chose one.
    fn meet(&mut self, identification: &Identification) {
        let Some(library) = self.library.take() else { return };
        let speed = char::from(identification.speed_character);
        let escapes: String =
            identification.escapes.iter().map(|escape| format!("\\{}", char::from(*escape))).collect();
        let text = format!("{}{speed}{escapes}{}", identification.manufacturer, identification.ident);
        if let Some(profile) =
            library.for_identification(&text).filter(|profile| profile.protocol == self.profile.protocol)
        {
            self.profile = profile;
        }
    }

    fn view(&mut self) -> Result<(View<'_>, OffsetDateTime), MeterError> {
        if self.readout.is_none() {
            self.read_out()?;
        }
        let (identification, block, at) =
            self.readout.as_ref().ok_or_else(|| MeterError::Unexpected("the readout is gone".to_owned()))?;
        Ok((View { profile: &self.profile, identification, block }, *at))
    }

    /// Reaches programming mode, with the password when there is one.
    pub(super) fn program(&mut self) -> Result<Identification, MeterError> {
        if let (true, Some(identification)) = (self.session.is_programming(), &self.identification) {
            return Ok(identification.clone());
        }
        let (identification, _) = self.session.begin_programming().map_err(|error| translate(error, &self.address))?;
        self.meet(&identification);
        if let Some(password) = self.password.clone() {
            let level = self.profile.iec62056_21.password_level.unwrap_or(1);
            let given = match level {
                2 => {
                    let code = Code::parse("P2").map_err(MeterError::BadValue)?;
                    self.session.command(&Command::password(password.reveal()).with_code(code)).map(|_| ())
                }
                _ => self.session.give_password(password.reveal()),
            };
            given.map_err(|error| self.fault(error))?;
        }
        self.identification = Some(identification.clone());
        Ok(identification)
    }

    /// One register, in programming mode already.
    fn write_one(&mut self, register: &str, value: &str) -> Result<Answer, MeterError> {
        match self.session.write_register(register, value) {
            Ok(()) => Ok(Answer::Done),
            Err(SessionError::Dialogue(Failure::Refused { reason, .. })) => Ok(Answer::Refused(reason)),
            Err(error) => Err(self.fault(error)),
        }
    }

    fn read_one(&mut self, item: &Item) -> Result<Reading, MeterError> {
        let from_readout = self.readout.as_ref().and_then(|(_, block, _)| block.find(&item.object)?.first());
        if let Some(value) = from_readout {
            let mut reading = reading(item, value);
            reading.error = self.is_salvaged.then(|| SALVAGED.to_owned());
            return Ok(reading);
        }
        self.program()?;
        match self.session.read_register(&item.object) {
            Ok(block) => Ok(match block.find(&item.object).or(block.sets.first()).and_then(|set| set.first()) {
                Some(value) => reading(item, value),
                None => refused(item, "no-value"),
            }),
            Err(SessionError::Dialogue(Failure::Refused { reason, .. })) => Ok(refused(item, &reason)),
            Err(error) => Err(self.fault(error)),
        }
    }
}

impl Meter for Iec62056_21Meter {
    /// From the readout, where there was one: at 300 baud another takes a minute.
    fn numbers(&mut self) -> Result<MeterRef, MeterError> {
        if self.readout.is_some() { MeterRef::read(self) } else { Ok(MeterRef::default()) }
    }

    fn profile(&self) -> &Profile {
        &self.profile
    }

    fn link_name(&self) -> String {
        self.session.link().name()
    }

    fn identify(&mut self) -> Result<Identity, MeterError> {
        Ok(self.view()?.0.identity())
    }

    fn identify_anew(&mut self) -> Result<Identity, MeterError> {
        self.readout = None;
        self.identify()
    }

    fn status(&mut self) -> Result<Status, MeterError> {
        self.readout = None;
        let (view, at) = self.view()?;
        let mut status = view.status(at);
        if self.is_salvaged {
            status.problems.push(Problem { object: "readout".to_owned(), error: SALVAGED.to_owned() });
        }
        Ok(status)
    }

    /// Without a password the readout is asked first, for many meters let nobody into programming mode; registers it
    /// does not hold are read there all the same.
    fn read(&mut self, items: &[Item]) -> Result<Vec<Reading>, MeterError> {
        self.readout = None;
        if self.password.is_none() {
            self.read_out()?;
        }
        let only_readout = self.is_salvaged
            || self
                .readout
                .as_ref()
                .is_some_and(|(identification, ..)| !matches!(identification.speed_mode(), SpeedMode::C(_)));
        read_each(items, |item| {
            let known = self.readout.as_ref().is_some_and(|(_, block, _)| block.find(&item.object).is_some());
            if only_readout && !known { Ok(refused(item, "not-in-the-readout")) } else { self.read_one(item) }
        })
    }

    fn load_profile(&mut self, extract: &Extract) -> Result<Log, MeterError> {
        self.read_load_profile(extract)
    }

    fn events(&mut self, extract: &Extract) -> Result<Vec<Log>, MeterError> {
        self.read_logs(extract)
    }

    fn write(&mut self, item: &Item, value: &str) -> Result<Answer, MeterError> {
        self.program()?;
        self.write_one(&item.object, value)
    }

    fn clock(&mut self) -> Result<ClockReading, MeterError> {
        self.readout = None;
        let (view, ours) = self.view()?;
        let meter = view.clock().ok_or_else(|| MeterError::NotOffered("clock in its readout".to_owned()))?;
        Ok(ClockReading { meter, ours, flags: Vec::new() })
    }

    /// Writes date and time into the registers the readout shows them under, in the meter's own form. The date is left
    /// alone when it is right, and written again should midnight pass before the time is.
    fn set_clock(&mut self, offset: Option<UtcOffset>) -> Result<(Answer, MeterTime), MeterError> {
        self.readout = None;
        let places = self.view()?.0.clock_places();
        let [date, time] = places.ok_or_else(|| MeterError::NotOffered("clock in its readout".to_owned()))?;
        let form = |text: &str, parts: [u8; 3]| {
            in_form(text, parts).ok_or_else(|| MeterError::NotSupported(format!("the meter's clock reads {text:?}")))
        };
        // Where something stands between the digits, day and year cannot be told apart for certain.
        if !date.1.bytes().all(|octet| octet.is_ascii_digit()) {
            return Err(MeterError::NotSupported(format!(
                "the meter's date reads {:?}, whose order is not certain: it is not written",
                date.1
            )));
        }
        self.program()?;
        let wall = offset.or(self.profile.clock.utc_offset()).unwrap_or(UtcOffset::UTC);
        let mut told = date.1.clone();
        loop {
            let now = self.now().to_offset(wall);
            let now = now.replace_nanosecond(0).unwrap_or(now);
            let set = MeterTime { local: PrimitiveDateTime::new(now.date(), now.time()), offset: None };
            let year = u8::try_from(now.year().rem_euclid(100)).unwrap_or(0);
            let day = form(&date.1, [year, u8::from(now.month()), now.day()])?;
            let (register, value) = if day == told {
                (&time.0, form(&time.1, [now.hour(), now.minute(), now.second()])?)
            } else {
                (&date.0, day.clone())
            };
            let answer = self.write_one(register, &value)?;
            if answer != Answer::Done || (day == told && self.now().to_offset(now.offset()).date() == now.date()) {
                self.readout = None;
                return Ok((answer, set));
            }
            told = day;
        }
    }

    fn enter_token(&mut self, token: Token) -> Result<Delivery, MeterError> {
        self.program()?;
        let (Some(register), Some(code)) = (self.profile.token.register.clone(), self.profile.token.command.clone())
        else {
            return Err(MeterError::NotOffered(
                "known place for tokens: name a profile with --profile, or use the keypad".to_owned(),
            ));
        };
        let octets = self.profile.token.encoding.encode(token);
        let text = String::from_utf8(octets).unwrap_or_else(|error| crate::hex::encode(error.as_bytes()));
        let code = Code::parse(&code).map_err(MeterError::BadValue)?;
        match self.session.command(&Command::token(&register, &text).with_code(code)) {
            Ok(_) => {
                self.report = TokenReport {
                    result: Some(TokenResult::Accept),
                    description: Some("acknowledged".to_owned()),
                    token: Some(token),
                    ..TokenReport::default()
                };
                Ok(Delivery::Taken)
            }
            Err(SessionError::Dialogue(Failure::Refused { reason, .. })) => {
                let result = self.profile.token.codes.get(reason.trim()).and_then(|word| word.parse().ok());
                let (description, token) = (Some(reason.clone()), Some(token));
                self.report = TokenReport { result, description, token, ..TokenReport::default() };
                Ok(Delivery::Refused(reason))
            }
            Err(error) if error.may_have_acted() => Ok(Delivery::Lost(self.fault(error))),
            Err(error) => Err(self.fault(error)),
        }
    }

    /// What the meter answered to the write in this session: there is no register for it that all meters share.
    fn token_report(&mut self) -> Result<TokenReport, MeterError> {
        Ok(self.report.clone())
    }

    fn close(&mut self) {
        self.session.break_off();
    }

    fn pause(&mut self, duration: Duration) -> Result<(), MeterError> {
        // A meter in programming mode would give up by itself: leave it cleanly first.
        self.session.break_off();
        let mut left = duration;
        loop {
            if self.session.link().stop_requested() {
                return Err(crate::link::LinkError::Interrupted.into());
            }
            if left.is_zero() {
                return Ok(());
            }
            let slice = left.min(POLL_SLICE);
            self.session.link_mut().pause(slice)?;
            left = left.saturating_sub(slice);
        }
    }

    fn traffic(&self) -> Traffic {
        self.session.traffic()
    }
}

/// The data sets of an answer under the address that was asked for: meters repeat it before each value, once, or not at
/// all.
fn named(answer: DataBlock, address: &str) -> Option<DataSet> {
    let values: Vec<DataValue> = answer.sets.into_iter().flat_map(|set| set.values).collect();
    (!values.is_empty()).then(|| DataSet { address: address.to_owned(), values })
}

fn reading(item: &Item, value: &DataValue) -> Reading {
    Reading { value: Some(Value::Text(value.text.clone())), unit: value.unit.clone(), ..Reading::of(item) }
}

fn refused(item: &Item, reason: &str) -> Reading {
    Reading { error: Some(reason.to_owned()), ..Reading::of(item) }
}
