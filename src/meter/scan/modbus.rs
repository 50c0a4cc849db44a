//! Modbus units, one after the other, each asked which register map is its own.

use std::collections::BTreeSet;
use std::time::Duration;

use time::OffsetDateTime;

use super::{Attempt, Found, Listener, NO_ANSWER, Plan, RESTLESS, frame_of, in_words, is_restless, line_error};
use crate::link::{LineSettings, Link, LinkError};
use crate::meter::modbus::{Exchange, ModbusMeter, identify};
use crate::meter::profile::{Library, Profile, Protocol};
use crate::meter::{Meter, MeterError};
use crate::protocol::modbus::Request;

/// How long a unit is waited for: meters begin within some 60 ms, device servers add their own delay.
const WAIT: Duration = Duration::from_millis(250);

/// How long answers are listened for when all units were asked: gateways take their time.
const LATE: Duration = Duration::from_millis(700);

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
            if let Some(settings) = settings {
                link.configure(settings)?;
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
                        listener.found(Found { baud, frame: frame_of(settings), ..found });
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

    fn unit(&self, mut exchange: Exchange, unit: u8, maps: &[Profile]) -> Result<(Exchange, Option<Found>), LinkError> {
        let mut found = Found { protocol: "modbus", address: Some(unit.to_string()), ..Found::default() };
        let first = exchange.ask(unit, &Request::ReadInput { first: 0, count: 2 });
        if let Err(error) = first {
            return match line_error(error)? {
                MeterError::Collision { .. } => {
                    found.trouble = Some("two units with this address".to_owned());
                    Ok((exchange, Some(found)))
                }
                MeterError::Garbled(_) => {
                    found.trouble = Some("its answer is damaged: noise, parity, or two units".to_owned());
                    Ok((exchange, Some(found)))
                }
                _ => Ok((exchange, None)),
            };
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
            Ok(None) => Ok((exchange, Some(found))),
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
