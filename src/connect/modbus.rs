//! A Modbus meter from options and profile.

use time::OffsetDateTime;

use super::{ConnectError, ConnectEvent, Connector};
use crate::link::LineSettings;
use crate::meter::modbus::{Exchange, ModbusMeter, identify};
use crate::meter::profile::{Profile, Protocol};

/// Profile of a unit whose register map is not known: registers by number only.
const BARE: &str = "generic-modbus";

/// Speed most meters leave the factory with.
const USUAL_BAUD: u32 = 9_600;

/// Unit most meters leave the factory with.
const USUAL_UNIT: u8 = 1;

impl Connector {
    /// A Modbus meter. Without a profile the unit is asked for what tells models apart.
    pub(super) fn modbus(&self, chosen: Option<Profile>) -> Result<ModbusMeter, ConnectError> {
        let unit = self.modbus_unit(chosen.as_ref())?;
        let usual = LineSettings::eight_none_one(USUAL_BAUD);
        let settings = chosen.as_ref().and_then(|profile| profile.line.settings()).unwrap_or(usual);
        let gap = self.gap(chosen.as_ref())?;
        let link = self.open_link(settings)?;
        let mut exchange = Exchange::new(link, self.options.timeout, self.options.retries, Some(settings.baud));
        exchange = exchange.with_gap(gap);
        let profile = match chosen {
            Some(profile) => profile,
            None => {
                let listed = self.library.list().into_iter();
                let profiles: Vec<Profile> = listed.filter_map(|listed| listed.profile.ok()).collect();
                match identify(&mut exchange, unit, &profiles)? {
                    Some(found) => {
                        (self.listener)(ConnectEvent::Recognised { unit, profile: found.profile.name.clone() });
                        found.profile
                    }
                    None => {
                        (self.listener)(ConnectEvent::NoMapFits { unit });
                        self.library.find(BARE)?
                    }
                }
            }
        };
        Ok(ModbusMeter::new(exchange, profile, unit, OffsetDateTime::now_utc))
    }

    fn modbus_unit(&self, chosen: Option<&Profile>) -> Result<u8, ConnectError> {
        let Some(text) = &self.options.address else {
            return Ok(chosen.and_then(|profile| profile.modbus.unit).unwrap_or(USUAL_UNIT));
        };
        text.trim().parse().ok().filter(|_| is_unit(text)).ok_or_else(|| ConnectError::BadAddress {
            protocol: Protocol::Modbus,
            problem: format!("{text:?} is not a Modbus unit"),
        })
    }
}

/// Whether a text is the number of a unit.
pub fn is_unit(text: &str) -> bool {
    text.trim().parse::<u8>().is_ok_and(|unit| (1..=247).contains(&unit))
}
