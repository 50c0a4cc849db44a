//! A Modbus meter from options and profile.

use time::OffsetDateTime;

use super::{ConnectError, ConnectEvent, Connector};
use crate::link::LineSettings;
use crate::link::address::TcpFraming;
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
        let is_mbap = self.spoken_over()?.framing() == TcpFraming::Mbap;
        self.tell_attempt(if is_mbap { "Modbus TCP" } else { "Modbus RTU" }, link.as_ref(), &format!(", unit {unit}"));
        let mut exchange = Exchange::new(link, self.options.timeout, self.options.retries, Some(settings.baud));
        exchange = exchange.with_gap(gap);
        if is_mbap {
            exchange = exchange.with_numbered_frames();
        }
        let profile = match chosen {
            Some(profile) => profile,
            None => {
                let listed = self.library.list().into_iter();
                let profiles: Vec<Profile> = listed.filter_map(|listed| listed.profile.ok()).collect();
                match identify(&mut exchange, unit, &profiles)? {
                    Some(found) if !found.alternatives.is_empty() => {
                        let mut maps = found.alternatives;
                        maps.insert(0, found.profile.name);
                        return Err(ConnectError::SeveralMaps { unit, maps });
                    }
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
        asked_for(text).ok_or_else(|| ConnectError::BadAddress {
            protocol: Protocol::Modbus,
            problem: format!("{text:?} is not a Modbus unit: a number 0 to 255, or in hex such as 0xF8"),
        })
    }
}

/// Whether a text is the number of a unit.
pub fn is_unit(text: &str) -> bool {
    text.trim().parse::<u8>().is_ok_and(|unit| (1..=247).contains(&unit))
}

/// A unit the user asks for by hand, in decimal or in hex behind `0x`. Those beyond 247 are reserved, and some makers
/// use one for every unit, such as F8 of the PZEM-004T.
fn asked_for(text: &str) -> Option<u8> {
    let text = text.trim();
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(hex) => u8::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}
