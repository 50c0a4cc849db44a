//! Modbus units, one after the other, each asked which register map is its own.

use std::collections::BTreeSet;
use std::time::Duration;

use time::OffsetDateTime;

use super::{
    Attempt, FoundMeter, Listener, NO_ANSWER, Plan, RESTLESS, SILENCE, frame_of, in_words, is_restless, line_error,
};
use crate::link::{LineSettings, Link, LinkError};
use crate::meter::modbus::{Exchange, ModbusMeter, identify};
use crate::meter::profile::{Library, Profile, Protocol};
use crate::meter::{Meter, MeterError};
use crate::protocol::modbus::{Answer, Request, Table};

/// How long a unit is waited for: meters begin within some 60 ms, device servers add their own delay.
const WAIT: Duration = Duration::from_millis(250);

/// How long answers are listened for when all units were asked: gateways take their time.
const LATE: Duration = Duration::from_millis(700);

/// Vendor, product and revision as one text.
fn in_one_line(objects: &[(u8, String)]) -> Option<String> {
    let words: Vec<&str> = objects.iter().map(|(_, text)| text.as_str()).filter(|text| !text.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

impl Plan {
    pub(super) fn modbus(
        &self,
        mut link: Box<dyn Link>,
        library: &Library,
        listener: &mut dyn Listener,
    ) -> Result<(Box<dyn Link>, bool), LinkError> {
        let maps: Vec<Profile> = library
            .list()
            .into_iter()
            .filter_map(|listed| listed.profile.ok())
            .filter(|profile| profile.protocol == Protocol::Modbus)
            .collect();
        let usual = [
            LineSettings::eight_none_one(9_600),
            LineSettings::eight_even_one(9_600),
            LineSettings::eight_none_one(2_400),
            LineSettings::eight_even_one(19_200),
        ];
        let mut any = false;
        for settings in self.settings(&usual) {
            if let Some(settings) = settings
                && !self.set(link.as_mut(), settings, "Modbus units", listener)?
            {
                continue;
            }
            let units: Vec<u8> = self.units.iter().flat_map(|(from, to)| *from..=*to).collect();
            let what = format!("Modbus {} units{}", units.len(), in_words(settings));
            let mut exchange = Exchange::new(link, self.wait.unwrap_or(WAIT), 0, None);
            if self.mbap {
                exchange = exchange.with_numbered_frames();
            }
            let mut units_found = BTreeSet::new();
            // Units whose answer came when the next one was asked already are asked again, with more patience.
            let (mut ask, mut late) = (units.clone(), BTreeSet::new());
            let restless = is_restless(exchange.link())?;
            while !restless && !ask.is_empty() {
                for (done, unit) in ask.iter().enumerate() {
                    listener.progress(&what, done, ask.len());
                    if exchange.link().stop_requested() {
                        return Err(LinkError::Interrupted);
                    }
                    let found;
                    (exchange, found) = self.unit(exchange, *unit, &maps)?;
                    let Some(found) = found else { continue };
                    if units_found.insert(*unit) {
                        let baud = settings.map(|settings| settings.baud);
                        listener.found(FoundMeter { baud, frame: frame_of(settings), ..found });
                    }
                }
                let came_late = match exchange.late_units(LATE) {
                    Ok(units) => units,
                    Err(error) => line_error(error).map(|_| BTreeSet::new())?,
                };
                ask = came_late.difference(&late).copied().filter(|unit| !units_found.contains(unit)).collect();
                late.extend(came_late);
            }
            let mut came = match units_found.len() {
                _ if restless => RESTLESS.to_owned(),
                0 => NO_ANSWER.to_owned(),
                1 => "1 unit".to_owned(),
                count => format!("{count} units"),
            };
            if !late.is_empty() {
                let late: Vec<String> = late.iter().map(u8::to_string).collect();
                came.push_str(&format!(", answers of {} came late", late.join(", ")));
            }
            let count = units_found.len();
            listener.tried(Attempt { what, came, hex: String::new() });
            link = exchange.into_link();
            any |= count > 0;
            if any && !self.all {
                break;
            }
        }
        Ok((link, any))
    }

    /// Whether octets come without anybody having asked.
    fn talks_unasked(&self, link: &mut dyn Link) -> Result<bool, LinkError> {
        let quiet_by = link.now().saturating_add(LATE);
        link.drain(SILENCE, quiet_by)?;
        let until = link.now().saturating_add(self.wait.unwrap_or(WAIT).max(LATE));
        match link.receive(&mut [0], until) {
            Ok(_) => Ok(true),
            Err(LinkError::Timeout(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn unit(
        &self,
        mut exchange: Exchange,
        unit: u8,
        maps: &[Profile],
    ) -> Result<(Exchange, Option<FoundMeter>), LinkError> {
        let mut found = FoundMeter { protocol: "modbus", address: Some(unit.to_string()), ..FoundMeter::default() };
        let request = Request::Read { table: Table::Input, first: 0, count: 2 };
        if let Err(error) = exchange.ask(unit, &request) {
            let is_damaged =
                |error: &MeterError| matches!(error, MeterError::Collision { .. } | MeterError::Garbled(_));
            let first = line_error(error)?;
            // Damage is a meter's only when it comes as an answer: not by itself, and to the next question again.
            if !is_damaged(&first) || self.talks_unasked(exchange.link())? {
                return Ok((exchange, None));
            }
            let again = match exchange.ask(unit, &request) {
                Ok(_) => None,
                Err(error) => Some(line_error(error)?),
            };
            let (trouble, is_readable) = match again {
                None => ("the first answer was damaged: noise, or two units", true),
                Some(MeterError::Collision { .. }) => ("two units with this address", false),
                Some(MeterError::Garbled(_)) => ("its answer is damaged: noise, parity, or two units", false),
                Some(_) => return Ok((exchange, None)),
            };
            found.trouble = Some(trouble.to_owned());
            if !is_readable {
                return Ok((exchange, Some(found)));
            }
        }
        match identify(&mut exchange, unit, maps) {
            Ok(Some(known)) => {
                found.profile = Some(known.profile.name.clone());
                found.alternatives = known.alternatives;
                let mut meter = ModbusMeter::new(exchange, known.profile, unit, OffsetDateTime::now_utc);
                match meter.identify() {
                    Ok(identity) => found.serial = identity.serial,
                    Err(error) => found.trouble = Some(line_error(error)?.to_string()),
                }
                Ok((meter.into_exchange(), Some(found)))
            }
            Ok(None) => {
                // Where no map fits, what it says of itself helps to choose one.
                for question in [Request::DeviceIdentification, Request::ServerIdentification] {
                    found.identification = match exchange.ask(unit, &question) {
                        Ok(Answer::Objects(objects)) => in_one_line(&objects),
                        Ok(_) => None,
                        Err(error) => line_error(error).map(|_| None)?,
                    };
                    if found.identification.is_some() {
                        break;
                    }
                }
                Ok((exchange, Some(found)))
            }
            Err(error) => match line_error(error)? {
                // A server that stands in for the line says this of units that are not there.
                MeterError::NoReply { .. } => Ok((exchange, None)),
                other => {
                    found.trouble = Some(other.to_string());
                    Ok((exchange, Some(found)))
                }
            },
        }
    }
}
