//! A DL/T 645 meter from options, credentials and profile.

use time::OffsetDateTime;

use super::{ConnectError, Connector};
use crate::link::LineSettings;
use crate::meter::Meter;
use crate::meter::dlt645::{Dlt645Meter, KeypadMeter};
use crate::meter::profile::{PasswordForm, Profile, Protocol};
use crate::protocol::dlt645::{Address, Credentials};

/// Profile used when none is named.
const GENERIC: &str = "generic-dlt645";

/// Profile of the 1997 edition.
const GENERIC_1997: &str = "generic-dlt645-1997";

/// Speed of the standard.
const DEFAULT_BAUD: u32 = 2_400;

/// Operator code where the credentials name none; most meters only log it.
const NO_OPERATOR: &str = "00000000";

impl Connector {
    /// A DL/T 645 meter; nothing is sent. Without an address the only meter of the line is meant.
    pub(super) fn dlt645(&self, chosen: Option<Profile>) -> Result<Box<dyn Meter>, ConnectError> {
        // Without a profile the edition is found out: 2007 first, then 1997.
        let (profile, older) = match chosen {
            Some(profile) => (profile, None),
            None => (self.library.find(GENERIC)?, Some(self.library.find(GENERIC_1997)?)),
        };
        let is_keypad = !profile.dlt645.keypad.is_empty();
        let address = match &self.options.address {
            // A customer unit's address stands on the wire as people read its number.
            Some(text) if is_keypad => keypad_address(text).ok_or_else(|| ConnectError::BadAddress {
                protocol: Protocol::Dlt645,
                problem: format!("{text:?} is not the 11 digits of a customer unit"),
            })?,
            Some(text) => text
                .parse::<Address>()
                .map_err(|error| ConnectError::BadAddress { protocol: Protocol::Dlt645, problem: error.to_string() })?,
            None => Address::ANY,
        };
        let credentials = self.options.credentials.dlt645.as_ref().map(|given| {
            let operator = given.operator.as_ref().map_or(NO_OPERATOR, |operator| operator.reveal());
            Credentials::from_digits(given.password.reveal(), operator).ok_or_else(|| {
                ConnectError::CredentialsForm("[dlt645] password and operator have 8 decimal digits each".to_owned())
            })
        });
        let credentials = credentials.transpose()?.map(|credentials| match profile.dlt645.password_form {
            PasswordForm::LowFirst => credentials,
            PasswordForm::AsWritten => credentials.as_written(),
        });
        let settings = profile.line.settings().unwrap_or(LineSettings::eight_even_one(DEFAULT_BAUD));
        let gap = self.gap(Some(&profile))?;
        let link = self.open_link(settings)?;
        self.tell_attempt("DL/T 645", link.as_ref(), &format!(", address {address}"));
        let limits = (self.options.timeout, self.options.retries);
        if is_keypad {
            let meter = KeypadMeter::new(link, profile, address, limits, OffsetDateTime::now_utc);
            return Ok(Box::new(meter.with_gap(gap)));
        }
        let meter = Dlt645Meter::new(link, profile, address, credentials, limits, OffsetDateTime::now_utc);
        let meter = meter.with_gap(gap);
        Ok(Box::new(match older {
            Some(older) => meter.or_older(older),
            None => meter,
        }))
    }
}

/// The address of a customer unit by its eleven digits: ten in pairs as they are read, then 0 and the last.
fn keypad_address(text: &str) -> Option<Address> {
    let (pairs, last) = text.split_at_checked(10)?;
    let octets = crate::hex::decode(&format!("{pairs}0{last}"))?;
    let address = Address::from_wire(octets.try_into().ok()?);
    (last.len() == 1 && address.is_decimal()).then_some(address)
}
