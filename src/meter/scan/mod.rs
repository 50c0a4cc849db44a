//! Looking for every meter on a line whose protocol, speed and addresses are not known.
//!
//! Only questions are sent that change nothing: the sign-on of IEC 62056-21, SNRM ended by DISC, requests for an
//! address in DL/T 645, and reads in Modbus; on a connection with the TCP wrapper the public client's association,
//! ended by its release.

mod dlt645;
mod late;
mod modbus;
mod optical;
mod serial;
mod wrapper;

pub use serial::addresses_of_serial;

use std::time::Duration;

use serde::Serialize;

use super::MeterError;
use super::profile::{Library, Protocol};
use crate::link::{LineSettings, Link, LinkError, Moment};
use crate::protocol::hdlc::{Address, AddressLength};

/// What to try.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Protocols, in the order to try.
    pub protocols: Vec<Protocol>,
    /// HDLC logical addresses.
    pub logical: Vec<u16>,
    /// HDLC physical addresses, from and to.
    pub physical: Vec<(u16, u16)>,
    /// Modbus units, from and to.
    pub units: Vec<(u8, u8)>,
    /// Whether data units travel in the TCP wrapper: then nothing but DLMS is tried.
    pub wrapper: bool,
    /// Whether the link puts frames in the header of Modbus TCP: then nothing but Modbus is tried.
    pub mbap: bool,
    /// Whether the link has a speed to choose.
    pub has_speed: bool,
    /// Speeds in bit/s in place of each protocol's usual ones.
    pub speeds: Vec<u32>,
    /// Longest wait for one answer where the user names one; else each protocol's own.
    pub wait: Option<Duration>,
    /// Go on with the next speed and protocol after an answer.
    pub all: bool,
    /// Look for DL/T 645 meters also where no wildcard request brings a sound: answers that collide may drown.
    pub thorough: bool,
}

/// One thing tried, and what came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// What was tried.
    pub what: String,
    /// What came back, in words.
    pub came: String,
    /// The first octets of it.
    pub hex: String,
}

/// A meter that answered.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct FoundMeter {
    /// Protocol word.
    pub protocol: &'static str,
    /// Speed in bit/s, where the line has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baud: Option<u32>,
    /// Character form such as `8e1`, where the line has one and it was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frame: Option<String>,
    /// Whether the sign-on of IEC 62056-21 comes first.
    pub sign_on: bool,
    /// Address, as `--address` takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What it calls itself at the sign-on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identification: Option<String>,
    /// The profile that fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Other profiles that fit as well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
    /// Serial number, where it was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Seconds after which it answered, where that is longer than a scan waits at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers_after_s: Option<f64>,
    /// What is wrong at this address, such as two meters on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}

/// Who is told how a scan goes.
pub trait Listener {
    /// Something was tried.
    fn tried(&mut self, attempt: Attempt);

    /// A meter was found.
    fn found(&mut self, found: FoundMeter);

    /// How far a search is: what is asked, how many questions are done and how many there are, as far as is known.
    fn progress(&mut self, _what: &str, _done: usize, _of: usize) {}
}

impl Plan {
    /// Tries everything. Ends after the protocol and speed that brought an answer, unless all was asked for. When
    /// nothing did, whoever answered too late is asked again with more patience. The link is given back.
    ///
    /// # Errors
    /// Those of the link. That nothing answers is none.
    pub fn carry_out(
        &self,
        mut link: Box<dyn Link>,
        library: &Library,
        listener: &mut dyn Listener,
    ) -> Result<Box<dyn Link>, LinkError> {
        if self.wrapper {
            self.wrapped(link.as_mut(), listener)?;
            return Ok(link);
        }
        if self.mbap {
            return Ok(self.modbus(link, library, listener)?.0);
        }
        let log = late::ArrivalLog::default();
        link = log.attach(link);
        let begun = link.now();
        let mut any = false;
        for protocol in &self.protocols {
            // The many units of Modbus take minutes: whoever has answered too late is asked again before them.
            if *protocol == Protocol::Modbus && !any && self.protocols.len() > 1 {
                self.listen(link.as_mut(), 2)?;
            }
            if *protocol == Protocol::Modbus && !any && log.has_answers() {
                (link, any) = self.ask_late_ones(link, &log, begun, library, listener)?;
                if any && !self.all {
                    return Ok(link);
                }
            }
            let found;
            (link, found) = match protocol {
                Protocol::Iec62056_21 => {
                    let usual = LineSettings::seven_even_one(300);
                    let has_speed = link.settings().is_some();
                    if has_speed && !self.set(link.as_mut(), usual, "IEC 62056-21 sign-on", listener)? {
                        (link, false)
                    } else {
                        let (attempt, found) = self.sign_on(link.as_mut(), library, 1)?;
                        listener.tried(attempt);
                        let any = found.is_some();
                        found.into_iter().for_each(|found| listener.found(found));
                        (link, any)
                    }
                }
                Protocol::Dlms => {
                    let found = self.addresses(link.as_mut(), listener)?;
                    (link, found)
                }
                Protocol::Dlt645 => self.dlt645(link, listener)?,
                Protocol::Modbus => self.modbus(link, library, listener)?,
            };
            any |= found;
            if found && !self.all {
                break;
            }
        }
        if any { Ok(link) } else { Ok(self.ask_late_ones(link, &log, begun, library, listener)?.0) }
    }

    /// Sets the line for an attempt. Settings that the port does not take cost this attempt and no other: false, and told.
    fn set(
        &self,
        link: &mut dyn Link,
        settings: LineSettings,
        what: &str,
        listener: &mut dyn Listener,
    ) -> Result<bool, LinkError> {
        match link.configure(settings) {
            Ok(()) => Ok(true),
            Err(LinkError::SettingsRefused { reason, .. }) => {
                let what = format!("{what}{}", in_words(Some(settings)));
                listener.tried(Attempt { what, came: format!("the port refuses this: {reason}"), hex: String::new() });
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// HDLC at every speed and address; stops after a speed that brought answers.
    fn addresses(&self, link: &mut dyn Link, listener: &mut dyn Listener) -> Result<bool, LinkError> {
        let mut any = false;
        let mut is_first = true;
        for settings in self.settings(&[9_600, 4_800, 2_400, 19_200, 300].map(LineSettings::eight_none_one)) {
            // The lengths that few meters use are tried at the first speed, when the usual one brought nothing.
            let rounds = if is_first { &LENGTHS[..] } else { &LENGTHS[..1] };
            is_first = false;
            let mut restless = false;
            for address in rounds.iter().flat_map(|lengths| self.of_lengths(lengths)) {
                if restless || any && address.length() != AddressLength::Two && !self.all {
                    break;
                }
                if link.stop_requested() {
                    return Err(LinkError::Interrupted);
                }
                let baud = settings.map(|settings| settings.baud);
                let (attempt, found) = self.hdlc(link, baud, address)?;
                let sounds = !attempt.hex.is_empty();
                listener.tried(attempt);
                any |= found.is_some();
                restless = found.is_none() && sounds && is_restless(link)?;
                found.into_iter().for_each(|found| listener.found(found));
            }
            if any && !self.all {
                break;
            }
        }
        Ok(any)
    }

    /// By when a scan of one protocol and one address ends, whatever comes: so long as a request takes, and ten seconds.
    fn limit(&self, begun: Moment) -> Option<Moment> {
        let one_address = self.logical.len() == 1 && matches!(self.physical.as_slice(), [(from, to)] if from == to);
        let is_one = match self.protocols.as_slice() {
            [Protocol::Iec62056_21] => true,
            [Protocol::Iec62056_21, Protocol::Dlms] | [Protocol::Dlms] => one_address,
            _ => false,
        };
        let wait = self.wait.filter(|_| is_one)?;
        Some(begun.saturating_add(wait.saturating_mul(3)).saturating_add(BEYOND_WAITS))
    }

    /// The addresses to try in each of these lengths.
    fn of_lengths(&self, lengths: &[AddressLength]) -> Vec<Address> {
        let mut addresses = Vec::new();
        for logical in &self.logical {
            for physical in self.physical.iter().flat_map(|(from, to)| *from..=*to) {
                for length in lengths {
                    let usual = Address::new(*logical, physical).ok();
                    let with = |logical| Address::with_length(logical, physical, *length).ok();
                    // In one octet there is one number, which makers count as they like.
                    let found = match length {
                        AddressLength::Two => [usual, None],
                        AddressLength::One => [with(*logical), with(physical)],
                        AddressLength::Four => [with(*logical), None],
                    };
                    for address in found.into_iter().flatten() {
                        if !addresses.contains(&address) {
                            addresses.push(address);
                        }
                    }
                }
            }
        }
        addresses
    }

    /// The settings to try: the user's speeds in the form of the first of `usual`, else `usual`; one without settings
    /// where the link has none.
    fn settings(&self, usual: &[LineSettings]) -> Vec<Option<LineSettings>> {
        if !self.has_speed {
            return vec![None];
        }
        match usual.first() {
            Some(first) if !self.speeds.is_empty() => {
                self.speeds.iter().map(|baud| Some(LineSettings { baud: *baud, ..*first })).collect()
            }
            _ => usual.iter().copied().map(Some).collect(),
        }
    }
}

/// Lengths of HDLC addresses, tried one row after the other.
const LENGTHS: [&[AddressLength]; 2] = [&[AddressLength::Two], &[AddressLength::One, AddressLength::Four]];

/// What the scan of a single address may take beyond its waits: the limit of ten seconds, less what its end takes.
const BEYOND_WAITS: Duration = Duration::from_secs(9);

/// What came back when nothing did.
pub const NO_ANSWER: &str = "no answer";

/// What a line is called on which there is nothing to be found.
const RESTLESS: &str = "the line never falls silent: another speed, a broken head, or something that sends by itself";

/// Silence between two frames of whatever is on the line.
const SILENCE: Duration = Duration::from_millis(50);

/// A line on which something comes in each of so many spans of so long, one after the other, never falls silent.
const SPANS: u32 = 3;
const SPAN: Duration = Duration::from_millis(400);

/// Whether octets come without end, though nobody asks: then there is no use in asking one address after the other.
fn is_restless(link: &mut dyn Link) -> Result<bool, LinkError> {
    for _ in 0..SPANS {
        let until = link.now().saturating_add(SPAN);
        match link.receive(&mut [0], until) {
            Ok(_) => {}
            Err(LinkError::Timeout(_)) => return Ok(false),
            Err(error) => return Err(error),
        }
        // The rest of the span, so that one frame does not count for two.
        while link.now() < until {
            match link.receive(&mut [0; 256], until) {
                Ok(_) => {}
                Err(LinkError::Timeout(_)) => break,
                Err(error) => return Err(error),
            }
        }
    }
    Ok(true)
}

/// The error of the link under what a driver says; anything else is a finding.
fn line_error(error: MeterError) -> Result<MeterError, LinkError> {
    match error {
        MeterError::Link(error) => Err(error),
        other => Ok(other),
    }
}

/// Settings in words for an attempt: `, 9600 8N1`, or nothing.
fn in_words(settings: Option<LineSettings>) -> String {
    settings.map(|settings| format!(", {settings}")).unwrap_or_default()
}

/// The character form of settings, such as `8e1`.
fn frame_of(settings: Option<LineSettings>) -> Option<String> {
    settings.map(|settings| settings.frame().to_string())
}

#[cfg(test)]
mod tests;
