//! Options, credentials and profile put together to an IEC 62056-21 meter.

use std::time::Duration;

use time::OffsetDateTime;

use crate::cli::{CommandError, Context, line};
use crate::link::{LineSettings, Link};
use crate::meter::iec62056_21::Iec62056_21Meter;
use crate::meter::profile::{Library, Profile, ProfileProtocol};
use crate::protocol::iec62056_21::ClientOptions;

/// Profile used when none is named.
const GENERIC: &str = "generic-iec62056-21";

/// A meter on the link the options name; nothing is sent.
///
/// # Errors
/// Those of the link and of the options.
pub fn meter(context: &Context, chosen: Option<Profile>, library: &Library) -> Result<Iec62056_21Meter, CommandError> {
    let by_name = chosen.is_none().then(|| library.clone());
    let profile = match chosen {
        Some(profile) => profile,
        None => library.find(GENERIC)?,
    };
    let settings = profile.line.settings().unwrap_or(LineSettings::seven_even_one(300));
    let link = line::open(context, settings)?;
    on_link(context, profile, by_name, link)
}

/// A meter on an open link.
///
/// # Errors
/// Those of the options.
pub fn on_link(
    context: &Context,
    profile: Profile,
    by_name: Option<Library>,
    link: Box<dyn Link>,
) -> Result<Iec62056_21Meter, CommandError> {
    let password = context.credentials()?.iec62056_21.map(|credentials| credentials.password);
    let options = client_options(context, &profile);
    Ok(Iec62056_21Meter::new(link, options, profile, by_name, password, OffsetDateTime::now_utc()))
}

/// How the sign-on behaves. `--address` is the device address, save for a DLMS meter in mode E, where it is the
/// address of HDLC.
pub fn client_options(context: &Context, profile: &Profile) -> ClientOptions {
    let given = context.options.address.clone().filter(|_| profile.protocol == ProfileProtocol::Iec62056_21);
    let default = ClientOptions::default();
    ClientOptions {
        address: given.or_else(|| profile.iec62056_21.address.clone()).unwrap_or_default(),
        timeout: context.options.timeout(),
        retries: context.options.retries(),
        highest_baud: profile.iec62056_21.max_baud.unwrap_or(default.highest_baud),
        switch_delay: profile
            .iec62056_21
            .switch_delay_ms
            .map_or(default.switch_delay, |delay| Duration::from_millis(delay.into())),
        wake_up: profile.iec62056_21.wake_up.unwrap_or(default.wake_up),
        ..default
    }
}
