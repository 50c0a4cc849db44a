//! Options and profile put together to a Modbus meter.

use time::OffsetDateTime;

use crate::cli::{CommandError, Context, line};
use crate::error::Code;
use crate::link::LineSettings;
use crate::meter::modbus::{Exchange, ModbusMeter, identify};
use crate::meter::profile::{Library, Profile};

/// Profile of a unit of which no map is known: registers by number only.
const BARE: &str = "generic-modbus";

/// Speed most meters leave the factory with.
const USUAL_BAUD: u32 = 9_600;

/// Unit most meters leave the factory with.
const USUAL_UNIT: u8 = 1;

/// A meter on the link the options name. Without a profile the unit is asked for what tells models apart.
///
/// # Errors
/// Those of the link and of the options.
pub fn meter(context: &Context, chosen: Option<Profile>, library: &Library) -> Result<ModbusMeter, CommandError> {
    let unit = unit(context, chosen.as_ref())?;
    let usual = LineSettings::eight_none_one(USUAL_BAUD);
    let settings = chosen.as_ref().and_then(|profile| profile.line.settings()).unwrap_or(usual);
    let link = line::open(context, settings)?;
    let (timeout, retries) = (context.options.timeout(), context.options.retries());
    let mut exchange = Exchange::new(link, timeout, retries, Some(settings.baud));
    let profile = match chosen {
        Some(profile) => profile,
        None => {
            let profiles: Vec<Profile> = library.list().into_iter().filter_map(|listed| listed.profile.ok()).collect();
            match identify(&mut exchange, unit, &profiles)? {
                Some(found) => {
                    context.note(format!("unit {unit} is read by the profile {}", found.profile.name));
                    found.profile
                }
                None => {
                    context.note(format!(
                        "unit {unit} answers, but no register map fits; name one with --profile, or registers by number"
                    ));
                    library.find(BARE)?
                }
            }
        }
    };
    Ok(ModbusMeter::new(exchange, profile, unit, OffsetDateTime::now_utc))
}

fn unit(context: &Context, chosen: Option<&Profile>) -> Result<u8, CommandError> {
    let Some(text) = &context.options.address else {
        return Ok(chosen.and_then(|profile| profile.modbus.unit).unwrap_or(USUAL_UNIT));
    };
    text.trim().parse().ok().filter(|_| is_unit(text)).ok_or_else(|| {
        CommandError::new(Code::BadValue, format!("--address: {text:?} is not a Modbus unit"))
            .hint("Give a number 1 to 247; `wattkey scan -p modbus` finds the units of a line.")
    })
}

/// Whether a text is the number of a unit.
pub fn is_unit(text: &str) -> bool {
    text.trim().parse::<u8>().is_ok_and(|unit| (1..=247).contains(&unit))
}
