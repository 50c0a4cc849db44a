//! The DL/T 645 driver, through the meter trait.

use std::collections::BTreeSet;
use std::time::Duration;

use time::OffsetDateTime;

use super::items::{ItemValue, ascii, digits};
use super::words::{conditions, operation, relay_state};
use super::{Exchange, clock};
use crate::link::Link;
use crate::meter::driver::{Answer, ClockReading, Item, Meter, Reading, RelayAction, Traffic, read_each};
use crate::meter::log::{Extract, Log};
use crate::meter::measured;
use crate::meter::profile::units::status_unit;
use crate::meter::profile::{Profile, Role};
use crate::meter::status::{Energy, Identity, Limits, RelayState, Status, known};
use crate::meter::time::rfc3339;
use crate::meter::{LineTrouble, MeterError, MeterTime};
use crate::protocol::dlt645::{Address, Credentials, DataIdentifier, Edition, RelayOrder, Reply, Request};

/// How long a relay order stays good.
const ORDER_VALIDITY: time::Duration = time::Duration::minutes(5);

/// A meter that speaks DL/T 645.
#[derive(Debug)]
pub struct Dlt645Meter {
    pub(super) exchange: Exchange,
    pub(super) profile: Profile,
    /// Profile of the older edition, tried when the meter is silent in the newer one.
    older: Option<Profile>,
    /// Whether the meter has answered in the edition of the profile.
    met: bool,
    /// Whether no address was given, so that the meter is alone on its line.
    pub(super) is_alone: bool,
    /// The address asked; the meter's own after the first answer to a wildcard.
    pub(super) address: Address,
    pub(super) credentials: Option<Credentials>,
    pub(super) password_refused: bool,
    now: fn() -> OffsetDateTime,
    /// Items this meter has refused.
    pub(super) lacking: BTreeSet<DataIdentifier>,
    identity: Option<Identity>,
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
        Dlt645Meter {
            exchange: Exchange::new(link, reply_time, retries),
            profile,
            older: None,
            met: false,
            is_alone: address.is_wild(),
            address,
            credentials,
            password_refused: false,
            now,
            lacking: BTreeSet::new(),
            identity: None,
        }
    }

    /// The same on a link that makes longer pauses inside a frame.
    #[must_use]
    pub fn with_gap(mut self, gap: Option<Duration>) -> Self {
        self.exchange = self.exchange.with_gap(gap);
        self
    }

    /// The same meter, which may turn out to speak the edition of `profile` instead.
    #[must_use]
    pub fn or_older(mut self, profile: Profile) -> Self {
        self.older = Some(profile);
        self
    }

    /// The address in use.
    pub fn address(&self) -> Address {
        self.address
    }

    /// Finds out the edition, and the address where a wildcard was given.
    fn meet(&mut self) -> Result<(), MeterError> {
        if self.met {
            return Ok(());
        }
        let greeted = self.greet();
        let other_edition = match &greeted {
            // A meter of the other edition is silent, or refuses whatever it is asked.
            Err(MeterError::NoReply { .. }) | Ok(false) => self.older.take(),
            _ => None,
        };
        if let Some(older) = other_edition {
            let newer = std::mem::replace(&mut self.profile, older);
            self.exchange.forget_pending();
            let again = self.greet();
            // Who was silent in the newer one and refuses in the older speaks the older.
            let is_found = matches!(again, Ok(true)) || again.is_ok() && greeted.is_err();
            if !is_found {
                self.older = Some(std::mem::replace(&mut self.profile, newer));
                match again {
                    Ok(_) | Err(MeterError::NoReply { .. }) => greeted?,
                    Err(error) => return Err(error),
                };
            }
        } else {
            greeted?;
        }
        self.met = true;
        Ok(())
    }

    /// One question that every meter of the edition answers, if only to refuse it; whether it was not refused.
    fn greet(&mut self) -> Result<bool, MeterError> {
        let energy = self.profile.dlt645.items.get(&Role::EnergyImport).map(|place| place.at);
        let is_older = energy.is_some_and(|at| at.edition() == Edition::E1997);
        if !is_older && self.address.is_wild() {
            match self.exchange.ask(self.address, &Request::ReadAddress)? {
                Reply::Refused { from, .. } => self.address = from,
                Reply::Address(address) => {
                    self.address = address;
                    return Ok(true);
                }
                Reply::Value { .. } | Reply::Done { .. } | Reply::Shown { .. } => return Ok(true),
            }
        }
        if !is_older && self.older.is_none() {
            return Ok(true);
        }
        match energy {
            Some(at) => Ok(matches!(self.item(at)?, ItemValue::Octets(_))),
            None => Ok(true),
        }
    }

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

    /// Limits in force, as far as the meter tells.
    fn limits_found(&mut self) -> Result<Limits, MeterError> {
        let (power, demand) = (self.profile.dlt645.power_limit.clone(), self.profile.dlt645.demand_limit.clone());
        let mut unread = Vec::new();
        let watts = |place: &Option<crate::meter::profile::ItemPlace>, number: f64| {
            let is_kilo = place.as_ref().is_some_and(|place| place.unit.as_deref() == Some("kW"));
            if is_kilo { number * 1_000.0 } else { number }
        };
        let power_w = self.optional(power.clone(), &mut unread)?.map(|number| watts(&power, number));
        let demand_w = self.optional(demand.clone(), &mut unread)?.map(|number| watts(&demand, number));
        // Nobody is limited to nothing: zero is the factory's empty value.
        let power_w = power_w.filter(|watts| *watts > 0.0);
        let demand_w = demand_w.filter(|watts| *watts > 0.0);
        Ok(Limits { power_w, demand_w, ..Limits::default() })
    }
}

fn no_way_to_lift() -> MeterError {
    MeterError::NotOffered("value that means no limit: DL/T 645 has none; set a high limit".to_owned())
}

impl Meter for Dlt645Meter {
    fn profile(&self) -> &Profile {
        &self.profile
    }

    fn link_name(&self) -> String {
        self.exchange.link_name()
    }

    fn identify(&mut self) -> Result<Identity, MeterError> {
        self.meet()?;
        if let Some(identity) = &self.identity {
            return Ok(identity.clone());
        }
        let place = |role| self.profile.dlt645.items.get(&role).map(|place| place.at);
        let (serial, model) = (place(Role::Serial), place(Role::Model));
        let serial = match serial {
            Some(at) => self.known_item(at, &mut Vec::new())?.map(|octets| digits(&octets)),
            None => None,
        };
        let serial = serial.filter(|serial| serial.bytes().any(|digit| digit != b'0'));
        let model = match model {
            Some(at) => self.known_item(at, &mut Vec::new())?.and_then(|octets| ascii(&octets)),
            None => None,
        };
        let identity = Identity {
            serial: Some(serial.unwrap_or_else(|| self.address.to_string())),
            manufacturer: self.profile.maker.clone(),
            model,
            ..Identity::default()
        };
        self.identity = Some(identity.clone());
        Ok(identity)
    }

    fn status(&mut self) -> Result<Status, MeterError> {
        let mut problems = Vec::new();
        let identity = self.identify()?;
        let found = self.values(&mut problems)?;
        let words = self.status_words(&mut problems)?;
        let flags = operation(&words);
        let credit = self.credit(flags.as_deref().unwrap_or_default(), &mut problems)?;
        // Powers are in kilo there.
        let mut get = |role: Role| {
            let number = self.number(&found, role, &mut problems)?;
            Some(if matches!(status_unit(role), Some("W" | "var" | "VA")) { number * 1_000.0 } else { number })
        };
        // A total stands beside that of the phases, as the meter tells it.
        let mut supply = measured::supply(&mut get, 0);
        if let [only] = supply.phases.as_mut_slice() {
            only.power_factor = only.power_factor.or(supply.power_factor.take());
        }
        let energy = Energy {
            import_kwh: self.number(&found, Role::EnergyImport, &mut problems),
            export_kwh: self.number(&found, Role::EnergyExport, &mut problems),
            tariffs: self.tariffs(&mut problems)?,
            ..Energy::default()
        };
        let limits = self.limits_found()?;
        let now = (self.now)();
        let clock = clock::from_items(found.get(&Role::Date), found.get(&Role::Time))
            .map(|time| clock::state(MeterTime { offset: self.profile.clock.utc_offset(), ..time }, now));
        let (tamper, alarms) = conditions(&words);
        Ok(Status {
            link: self.link_name(),
            protocol: self.profile.protocol.word().to_owned(),
            read_at: rfc3339(now),
            meter: identity,
            clock,
            credit,
            relay: flags.as_deref().map(relay_state),
            energy: known(energy),
            supply: known(supply),
            tamper,
            alarms,
            limits: known(limits),
            problems,
            ..Status::default()
        })
    }

    fn read(&mut self, items: &[Item]) -> Result<Vec<Reading>, MeterError> {
        self.meet()?;
        read_each(items, |item| self.reading(item))
    }

    fn write(&mut self, item: &Item, value: &str) -> Result<Answer, MeterError> {
        self.meet()?;
        self.write_item(&item.object, value)
    }

    fn events(&mut self, extract: &Extract) -> Result<Vec<Log>, MeterError> {
        self.meet()?;
        self.read_events(extract)
    }

    fn load_profile(&mut self, extract: &Extract) -> Result<Log, MeterError> {
        self.meet()?;
        self.read_load_profile(extract)
    }

    fn clock(&mut self) -> Result<ClockReading, MeterError> {
        self.meet()?;
        let (date, time) = (self.clock_item(Role::Date)?, self.clock_item(Role::Time)?);
        let meter = clock::from_items(date.as_ref(), time.as_ref())
            .ok_or_else(|| MeterError::NotOffered("clock".to_owned()))?;
        Ok(ClockReading { meter, ours: (self.now)(), flags: Vec::new() })
    }

    /// With credentials the meter's own clock is written. Without, all meters of the line are sent the time, which
    /// they take once a day when they are less than five minutes off; the clock is read back to tell whether.
    fn set_clock(&mut self, offset: Option<time::UtcOffset>) -> Result<(Answer, MeterTime), MeterError> {
        self.meet()?;
        let now = (self.now)();
        let wall = offset.or(self.profile.clock.utc_offset()).unwrap_or(now.offset());
        let target = clock::local(now.to_offset(wall));
        let places = (self.clock_place(Role::Date), self.clock_place(Role::Time));
        if let (true, (Some(date), Some(time))) = (self.credentials.is_some(), places) {
            let writes = [(date, clock::date_octets(target)), (time, clock::time_octets(target))];
            for (identifier, data) in writes {
                let credentials = self.credentials()?;
                match self.change(&Request::Write { identifier, credentials, data })? {
                    Answer::Done => {}
                    refused @ Answer::Refused(_) => return Ok((refused, target)),
                }
            }
            return Ok((Answer::Done, target));
        }
        self.exchange.broadcast(&Request::BroadcastTime(clock::broadcast_octets(target)))?;
        let drift = self.clock()?.drift_s(Some(wall));
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
        self.meet()?;
        self.operation_flags().map(|flags| relay_state(&flags))
    }

    fn switch_relay(&mut self, action: RelayAction) -> Result<Answer, MeterError> {
        self.meet()?;
        let energy = self.profile.dlt645.items.get(&Role::EnergyImport).map(|place| place.at.edition());
        if energy == Some(Edition::E1997) {
            return Err(MeterError::NotSupported("DL/T 645-1997 has no order for a relay".to_owned()));
        }
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

    fn limits(&mut self) -> Result<Limits, MeterError> {
        self.meet()?;
        self.limits_found()
    }

    fn set_power_limit(&mut self, watts: Option<f64>) -> Result<Answer, MeterError> {
        self.meet()?;
        let place = self.profile.dlt645.power_limit.clone();
        self.write_limit(place, watts.ok_or_else(no_way_to_lift)?, "power limit")
    }

    fn set_demand_limit(&mut self, watts: Option<f64>) -> Result<Answer, MeterError> {
        self.meet()?;
        let place = self.profile.dlt645.demand_limit.clone();
        self.write_limit(place, watts.ok_or_else(no_way_to_lift)?, "demand limit")
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
