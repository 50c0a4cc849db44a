//! An IEC 62056-21 meter from options, credentials and profile.

use std::time::Duration;

use time::OffsetDateTime;

use super::{ConnectError, ConnectEvent, Connector};
use crate::link::{LineSettings, Link};
use crate::meter::iec62056_21::Iec62056_21Meter;
use crate::meter::profile::{Library, Profile, Protocol};
use crate::protocol::iec62056_21::ClientOptions;

/// Profile used when none is named.
pub(super) const GENERIC: &str = "generic-iec62056-21";

impl Connector {
    /// An IEC 62056-21 meter; nothing is sent.
    pub(super) fn iec62056_21(&self, chosen: Option<Profile>) -> Result<Iec62056_21Meter, ConnectError> {
        let by_name = chosen.is_none().then(|| self.library.clone());
        let profile = match chosen {
            Some(profile) => profile,
            None => self.library.find(GENERIC)?,
        };
        let settings = profile.line.settings().unwrap_or(LineSettings::seven_even_one(300));
        let link = self.open_link(settings)?;
        Ok(self.iec62056_21_on(profile, by_name, link))
    }

    /// An IEC 62056-21 meter on an open link.
    pub(super) fn iec62056_21_on(
        &self,
        profile: Profile,
        by_name: Option<Library>,
        link: Box<dyn Link>,
    ) -> Iec62056_21Meter {
        let password = self.options.credentials.iec62056_21.as_ref().map(|credentials| credentials.password.clone());
        let options = self.sign_on_options(&profile);
        self.tell_sign_on(&options);
        Iec62056_21Meter::new(link, options, profile, by_name, password, OffsetDateTime::now_utc())
            .salvaging(self.options.salvage)
    }

    /// Tells that the sign-on is tried.
    pub(super) fn tell_sign_on(&self, options: &ClientOptions) {
        let whom = if options.address.is_empty() { String::new() } else { format!(", address {}", options.address) };
        let given = self.address().ok().and_then(|address| address.serial_options());
        let given = given.filter(|given| !given.software_parity).and_then(|given| given.frame);
        let frame = given.unwrap_or(LineSettings::seven_even_one(300).frame()).to_string().to_uppercase();
        (self.listener)(ConnectEvent::Trying(format!("IEC 62056-21 sign-on {} {frame}{whom}", options.sign_on_baud)));
    }

    /// How the sign-on behaves. `--address` is the device address, except for a DLMS meter in mode E, where it is the
    /// address of HDLC.
    pub(super) fn sign_on_options(&self, profile: &Profile) -> ClientOptions {
        let given = self.options.address.clone().filter(|_| profile.protocol == Protocol::Iec62056_21);
        let default = ClientOptions::default();
        // A speed in the link's text is used as given, from the sign-on to the end; that of 300 bit/s is the usual one.
        let options = self.address().ok().and_then(|address| address.serial_options());
        let fixed = options.and_then(|options| options.baud).filter(|baud| *baud != default.sign_on_baud);
        ClientOptions {
            address: given.or_else(|| profile.iec62056_21.address.clone()).unwrap_or_default(),
            timeout: self.options.timeout,
            retries: self.options.retries,
            highest_baud: profile.iec62056_21.max_baud.unwrap_or(default.highest_baud),
            switch_delay: profile
                .iec62056_21
                .switch_delay_ms
                .map_or(default.switch_delay, |delay| Duration::from_millis(delay.into())),
            sign_on_baud: fixed.unwrap_or(default.sign_on_baud),
            fixed_baud: fixed.is_some(),
            wake_up: profile.iec62056_21.wake_up.unwrap_or(default.wake_up),
            ..default
        }
    }
}
