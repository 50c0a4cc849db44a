//! What any meter can do: one trait, a driver for each protocol behind it.

use std::fmt;
use std::fmt::Debug;

use serde::Serialize;
use time::{OffsetDateTime, UtcOffset};

use super::firmware::FirmwareMeter;
use super::log::{Extract, Log, PushTemplate};
use super::order::{Carried, Order, OrderTarget};
use super::profile::Profile;
use super::reference::MeterRef;
use super::security::KeyedMeter;
use super::status::{Identity, Limits, RelayState, Status, StsState};
use super::time::{OffsetSource, machine_offset};
use super::token::{Delivery, TokenReport};
use super::trouble::LineTrouble;
use super::value::Value;
use super::{MeterError, MeterTime};
use crate::error::Code;
use crate::link::LinkError;
use crate::sts::Token;

/// The meter's answer to a change: it did it, or it said no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Done.
    Done,
    /// Refused, with the meter's reason as a word.
    Refused(String),
}

/// One thing to read or write, as the user names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Interface class, where the user gave it (DLMS).
    pub class: Option<u16>,
    /// OBIS code or data set address, as written.
    pub object: String,
    /// Attribute, where the user gave it (DLMS).
    pub attribute: Option<u8>,
}

impl std::str::FromStr for Item {
    type Err = String;

    /// Reads `[CLASS/]OBIS[:ATTRIBUTE]`. A colon inside `A-B:C.D.E` is part of the code; a Modbus register
    /// `holding:…` or `input:…` is taken whole.
    fn from_str(text: &str) -> Result<Self, String> {
        if ["holding:", "input:", "coil:", "discrete:"].iter().any(|table| text.starts_with(table)) {
            return Ok(Item { class: None, object: text.to_owned(), attribute: None });
        }
        let wrong = |why: &str| format!("{text:?} is not an object: {why}; write [CLASS/]OBIS[:ATTRIBUTE]");
        let (class, rest) = match text.split_once('/') {
            Some((class, rest)) => (Some(class.parse().map_err(|_| wrong("the class is not a number"))?), rest),
            None => (None, text),
        };
        let (object, attribute) = match rest.rsplit_once(':') {
            Some((object, attribute)) if !attribute.contains('.') => {
                (object, Some(attribute.parse().map_err(|_| wrong("the attribute is not a number"))?))
            }
            _ => (rest, None),
        };
        if object.is_empty() || object.contains(char::is_whitespace) {
            return Err(wrong("there is no code"));
        }
        Ok(Item { class, object: object.to_owned(), attribute })
    }
}

impl fmt::Display for Item {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(class) = self.class {
            write!(formatter, "{class}/")?;
        }
        formatter.write_str(&self.object)?;
        if let Some(attribute) = self.attribute {
            write!(formatter, ":{attribute}")?;
        }
        Ok(())
    }
}

/// A value read, or the meter's reason why not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// The object.
    pub object: String,
    /// Interface class (DLMS).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<u16>,
    /// Attribute (DLMS).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribute: Option<u8>,
    /// The value, scaled where the meter gives a scaler.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Its unit, where the meter tells one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The meter's type of the value.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Why there is no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Set when it was the line that failed and not the meter that refused.
    #[serde(skip)]
    pub fault: Option<Code>,
}

impl Reading {
    /// A reading of an item that has no value yet.
    pub fn of(item: &Item) -> Self {
        let Item { class, object, attribute } = item.clone();
        Reading { object, class, attribute, value: None, unit: None, kind: None, error: None, fault: None }
    }

    /// An item that this meter does not offer.
    pub fn not_offered(item: &Item) -> Self {
        Reading { error: Some(Code::NotOffered.word().to_owned()), ..Reading::of(item) }
    }
}

/// What stands for an object that was not asked for, because the line failed at one before it.
const NOT_TRIED: &str = "not-tried";

/// Reads items one by one. What one of them cannot give takes nothing away from the others: an object that the meter
/// does not offer is refused, and where the line fails, the values before it stay and the rest is not tried.
///
/// # Errors
/// That of the first item when no item has been read before it, and none is offered.
pub fn read_each(
    items: &[Item],
    mut read: impl FnMut(&Item) -> Result<Reading, MeterError>,
) -> Result<Vec<Reading>, MeterError> {
    let mut readings: Vec<Reading> = Vec::with_capacity(items.len());
    let mut not_offered = None;
    let mut items = items.iter();
    for item in items.by_ref() {
        match read(item) {
            Ok(reading) => readings.push(reading),
            Err(error @ MeterError::NotOffered(_)) => {
                readings.push(Reading::not_offered(item));
                not_offered.get_or_insert(error);
            }
            Err(error) if readings.iter().all(|reading| reading.value.is_none()) => return Err(error),
            Err(error @ (MeterError::BadValue(_) | MeterError::Link(LinkError::Interrupted))) => return Err(error),
            Err(error) => {
                let fault = Some(error.code());
                readings.push(Reading { error: Some(error.to_string()), fault, ..Reading::of(item) });
                break;
            }
        }
    }
    readings.extend(items.map(|item| Reading { error: Some(NOT_TRIED.to_owned()), ..Reading::of(item) }));
    let is_offered = |reading: &Reading| reading.error.as_deref() != Some(Code::NotOffered.word());
    match not_offered {
        Some(error) if !readings.iter().any(is_offered) => Err(error),
        _ => Ok(readings),
    }
}

/// What each item stands for at this meter, `None` for those it does not offer: they take nothing away from the others.
///
/// # Errors
/// The first item that is written wrongly; the first that is not offered, when none is.
pub fn offered<T>(
    items: &[Item],
    mut target: impl FnMut(&Item) -> Result<T, MeterError>,
) -> Result<Vec<(&Item, Option<T>)>, MeterError> {
    let mut targets = Vec::with_capacity(items.len());
    let mut not_offered = None;
    for item in items {
        match target(item) {
            Ok(target) => targets.push((item, Some(target))),
            Err(error @ MeterError::NotOffered(_)) => {
                targets.push((item, None));
                not_offered.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
    }
    match not_offered {
        Some(error) if targets.iter().all(|(_, target)| target.is_none()) => Err(error),
        _ => Ok(targets),
    }
}

impl ClockReading {
    /// The offset of the meter's time and who says so: the user before the meter, the meter before its profile, and
    /// this machine's time zone where nobody does.
    pub fn offset(&self, given: Option<UtcOffset>, profile: &Profile) -> (UtcOffset, OffsetSource) {
        match (given, self.meter.offset, profile.clock.utc_offset()) {
            (Some(offset), _, _) => (offset, OffsetSource::Given),
            (None, Some(offset), _) => (offset, OffsetSource::Meter),
            (None, None, Some(offset)) => (offset, OffsetSource::Profile),
            (None, None, None) => (machine_offset(self.ours), OffsetSource::Machine),
        }
    }

    /// The meter's time minus ours, in seconds. An offset that the user or a plan gives wins over what the meter says of
    /// its own.
    pub fn drift_s(&self, given: Option<UtcOffset>) -> i64 {
        match given {
            Some(offset) => (self.meter.local.assume_offset(offset) - self.ours).whole_seconds(),
            None => self.meter.drift_s(self.ours),
        }
    }
}

/// What the supply relay is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelayAction {
    /// Close it, or make it ready for closing.
    Connect,
    /// Open it.
    Disconnect,
}

impl RelayAction {
    /// The word in the ledger.
    pub const fn word(self) -> &'static str {
        match self {
            RelayAction::Connect => "close",
            RelayAction::Disconnect => "open",
        }
    }

    /// The action of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [RelayAction::Connect, RelayAction::Disconnect].into_iter().find(|action| action.word() == word)
    }
}

/// The meter's clock as read, and our own time at that moment.
#[derive(Debug, Clone, PartialEq)]
pub struct ClockReading {
    /// The meter's time.
    pub meter: MeterTime,
    /// Ours.
    pub ours: OffsetDateTime,
    /// What the meter says against its clock.
    pub flags: Vec<String>,
}

/// What went over the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Traffic {
    /// Requests and their answers, repetitions included.
    pub exchanges: u64,
    /// Octets sent.
    pub sent: u64,
    /// Octets received.
    pub received: u64,
    /// Frames that came with a good check sequence.
    pub frames_good: u64,
    /// Frames that came with a bad one.
    pub frames_bad: u64,
    /// Replies that did not decrypt.
    pub undecipherable: u64,
}

/// What any meter can do. Each method takes what exchanges it needs over an association that is opened at the first
/// of them and closed by [`Meter::close`], which is also to be called after an error.
pub trait Meter: Send + Debug {
    /// Serial number and DRN for the head of a result, by an exchange or two at most: what would need more is left out.
    ///
    /// # Errors
    /// [`MeterError`].
    fn numbers(&mut self) -> Result<MeterRef, MeterError> {
        MeterRef::read(self)
    }

    /// The profile in use; it may have been chosen by the meter's name since the driver was made.
    fn profile(&self) -> &Profile;

    /// The link as the user wrote it.
    fn link_name(&self) -> String;

    /// Which meter it is.
    ///
    /// # Errors
    /// [`MeterError`].
    fn identify(&mut self) -> Result<Identity, MeterError>;

    /// Which meter it is now, asked anew: who is about to write makes sure that nobody changed it meanwhile.
    ///
    /// # Errors
    /// [`MeterError`].
    fn identify_anew(&mut self) -> Result<Identity, MeterError> {
        self.identify()
    }

    /// Number of the meter's STS certificate, where it tells one.
    ///
    /// # Errors
    /// [`MeterError`].
    fn certificate(&mut self) -> Result<Option<String>, MeterError> {
        Ok(None)
    }

    /// Everything a status tells. An object that is refused is a problem in it, not an error.
    ///
    /// # Errors
    /// [`MeterError`].
    fn status(&mut self) -> Result<Status, MeterError>;

    /// Reads single things; each may be refused for itself.
    ///
    /// # Errors
    /// [`MeterError`].
    fn read(&mut self, items: &[Item]) -> Result<Vec<Reading>, MeterError>;

    /// Writes a value given as text, in the type the object has now.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::BadValue`] when the text does not fit the type.
    fn write(&mut self, item: &Item, value: &str) -> Result<Answer, MeterError>;

    /// Carries out orders given together, in as few requests as the meter takes, in their order. A refused one does not
    /// hold up the others; one without an answer does. What cannot be understood is found before anything is sent.
    fn carry_out(&mut self, orders: &[Order]) -> Carried {
        if let Some(Order { target, .. }) = orders.iter().find(|order| matches!(order.target, OrderTarget::Method(_))) {
            return Carried::failed(MeterError::NotSupported(format!("{target} is a method, which only DLMS has")));
        }
        let mut carried = Carried::default();
        for Order { target, value } in orders {
            let OrderTarget::Object(item) = target else { break };
            if !carried.take(1, self.write(item, value).map(|answer| vec![answer])) {
                break;
            }
        }
        carried
    }

    /// Every event log.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::NotOffered`].
    fn events(&mut self, _extract: &Extract) -> Result<Vec<Log>, MeterError> {
        Err(MeterError::NotOffered("event log".to_owned()))
    }

    /// The load profile.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::NotOffered`].
    fn load_profile(&mut self, _extract: &Extract) -> Result<Log, MeterError> {
        Err(MeterError::NotOffered("load profile".to_owned()))
    }

    /// What the reports of the meter hold, a template for each of its push setups.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::NotOffered`].
    fn push_templates(&mut self) -> Result<Vec<PushTemplate>, MeterError> {
        Err(MeterError::NotOffered("push setup".to_owned()))
    }

    /// The clock.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::NotOffered`].
    fn clock(&mut self) -> Result<ClockReading, MeterError> {
        Err(MeterError::NotOffered("clock".to_owned()))
    }

    /// Sets the clock to our own time, in the offset the meter keeps; `offset` is for a meter that tells none. Gives
    /// the time that was set.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::NotOffered`].
    fn set_clock(&mut self, _offset: Option<UtcOffset>) -> Result<(Answer, MeterTime), MeterError> {
        Err(MeterError::NotOffered("clock".to_owned()))
    }

    /// The supply relay.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::NotOffered`].
    fn relay(&mut self) -> Result<RelayState, MeterError> {
        Err(MeterError::NotOffered("relay".to_owned()))
    }

    /// Switches the supply relay.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::NotOffered`].
    fn switch_relay(&mut self, _action: RelayAction) -> Result<Answer, MeterError> {
        Err(MeterError::NotOffered("relay".to_owned()))
    }

    /// Limits in force.
    ///
    /// # Errors
    /// [`MeterError`].
    fn limits(&mut self) -> Result<Limits, MeterError> {
        Ok(Limits::default())
    }

    /// Sets the active power limit in W, or lifts it.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::NotOffered`].
    fn set_power_limit(&mut self, _watts: Option<f64>) -> Result<Answer, MeterError> {
        Err(MeterError::NotOffered("power limit that can be set over this line".to_owned()))
    }

    /// Sets the demand limit in W, or lifts it.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::NotOffered`].
    fn set_demand_limit(&mut self, _watts: Option<f64>) -> Result<Answer, MeterError> {
        Err(MeterError::NotOffered("demand limit that can be set over this line".to_owned()))
    }

    /// Its image transfer, where this program can use it.
    fn firmware(&mut self) -> Option<&mut dyn FirmwareMeter> {
        None
    }

    /// Its keys and passwords, where this program can look at and change them.
    fn keyed(&mut self) -> Option<&mut dyn KeyedMeter> {
        None
    }

    /// State of the STS decoder and identity of the meter.
    ///
    /// # Errors
    /// [`MeterError`].
    fn sts(&mut self) -> Result<StsState, MeterError> {
        Ok(StsState::default())
    }

    /// Sends a token, once. Never repeats it outside the protocol's own repetition of the identical
    /// frame.
    ///
    /// # Errors
    /// [`MeterError`], only when the token surely never left.
    fn enter_token(&mut self, _token: Token) -> Result<Delivery, MeterError> {
        Err(MeterError::NotOffered("token entry".to_owned()))
    }

    /// What the meter tells of the last token, as it stands now.
    ///
    /// # Errors
    /// [`MeterError`].
    fn token_report(&mut self) -> Result<TokenReport, MeterError> {
        Err(MeterError::NotOffered("token entry".to_owned()))
    }

    /// Releases the association and leaves the meter in a clean state; every step is tried, also after an error, and
    /// calling it twice does no harm.
    fn close(&mut self);

    /// Lets time pass without losing the association, as between two polls.
    ///
    /// # Errors
    /// [`MeterError::Link`] when the user asked to stop.
    fn pause(&mut self, duration: std::time::Duration) -> Result<(), MeterError>;

    /// What went over the line so far.
    fn traffic(&self) -> Traffic;

    /// Troubles of a shared line met since the last call, such as answers that came late and were thrown away.
    fn take_line_troubles(&mut self) -> Vec<LineTrouble> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_object_takes_nothing_away_from_the_others() {
        let items: Vec<Item> = ["1", "2", "3", "4"].iter().map(|text| text.parse().unwrap()).collect();
        let read = |lost: &'static str| {
            read_each(&items, move |item| match item.object.as_str() {
                object if object == lost => Err(MeterError::Lost("cut".to_owned())),
                "2" => Err(MeterError::NotOffered("it".to_owned())),
                _ => Ok(Reading { value: Some(Value::Integer(7)), ..Reading::of(item) }),
            })
        };
        let errors = |readings: &[Reading]| -> Vec<Option<String>> {
            readings.iter().map(|reading| reading.error.clone()).collect()
        };
        let all = read("none").unwrap();
        assert_eq!(errors(&all), [None, Some("not-offered".to_owned()), None, None]);
        let cut = read("3").unwrap();
        assert!(cut[0].value.is_some() && cut[2].fault == Some(Code::ConnectionLost), "{cut:?}");
        assert_eq!(cut[3].error.as_deref(), Some("not-tried"));
        assert!(matches!(read("1"), Err(MeterError::Lost(_))), "nothing was had before");
        let none = read_each(&items, |_| Err(MeterError::NotOffered("it".to_owned())));
        assert!(matches!(none, Err(MeterError::NotOffered(_))));
    }

    #[test]
    fn items_are_read_as_people_write_them() {
        let item = |class, object: &str, attribute| Item { class, object: object.into(), attribute };
        assert_eq!("1.0.1.8.0.255".parse(), Ok(item(None, "1.0.1.8.0.255", None)));
        assert_eq!("1.0.1.8.0.255:3".parse(), Ok(item(None, "1.0.1.8.0.255", Some(3))));
        assert_eq!("3/1.0.1.8.0.255:2".parse(), Ok(item(Some(3), "1.0.1.8.0.255", Some(2))));
        assert_eq!("1-0:1.8.0".parse(), Ok(item(None, "1-0:1.8.0", None)));
        assert_eq!("1-0:1.8.0*255:2".parse(), Ok(item(None, "1-0:1.8.0*255", Some(2))));
        assert_eq!("C.1.0".parse(), Ok(item(None, "C.1.0", None)));
        assert_eq!("holding:0x14:f32".parse(), Ok(item(None, "holding:0x14:f32", None)));
        for bad in ["", "x/1.8.0", "1.8.0:x", ":2", "1 8"] {
            assert!(bad.parse::<Item>().is_err(), "{bad}");
        }
    }
}
