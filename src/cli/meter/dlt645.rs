//! Options, credentials and profile put together to a DL/T 645 meter.

use time::OffsetDateTime;

use crate::cli::{CommandError, Context, line};
use crate::error::Code;
use crate::link::LineSettings;
use crate::meter::dlt645::Dlt645Meter;
use crate::meter::profile::{Library, Profile};
use crate::protocol::dlt645::{Address, Credentials};

/// Profile used when none is named.
const GENERIC: &str = "generic-dlt645";

/// Profile of the edition before.
const GENERIC_1997: &str = "generic-dlt645-1997";

/// Speed of the standard.
const DEFAULT_BAUD: u32 = 2_400;

/// Operator code where the credentials name none; most meters only log it.
const NO_OPERATOR: &str = "00000000";

/// A meter on the link the options name; nothing is sent. Without an address the only meter of the line is meant.
///
/// # Errors
/// Those of the link and of the options.
pub fn meter(context: &Context, chosen: Option<Profile>, library: &Library) -> Result<Dlt645Meter, CommandError> {
    // Without a profile the edition is found out: 2007 first, then 1997.
    let (profile, older) = match chosen {
        Some(profile) => (profile, None),
        None => (library.find(GENERIC)?, Some(library.find(GENERIC_1997)?)),
    };
    let address: Address = match &context.options.address {
        Some(text) => text.parse().map_err(|error| {
            CommandError::new(Code::BadValue, format!("--address: {error}"))
                .hint("Give the twelve digits on the meter's label, or AA for any pair of them.")
        })?,
        None => Address::ANY,
    };
    let credentials = match context.credentials()?.dlt645 {
        None => None,
        Some(given) => {
            let operator = given.operator.as_ref().map_or(NO_OPERATOR, |operator| operator.reveal());
            let read = Credentials::from_digits(given.password.reveal(), operator).ok_or_else(|| {
                CommandError::new(Code::KeyFile, "[dlt645] password and operator have 8 decimal digits each")
                    .hint("The password is its level (02 or 04), then the six digits of the meter's papers.")
            })?;
            Some(read)
        }
    };
    let settings = profile.line.settings().unwrap_or(LineSettings::eight_even_one(DEFAULT_BAUD));
    let link = line::open(context, settings)?;
    let limits = (context.options.timeout(), context.options.retries());
    let meter = Dlt645Meter::new(link, profile, address, credentials, limits, OffsetDateTime::now_utc);
    Ok(match older {
        Some(older) => meter.or_older(older),
        None => meter,
    })
}
