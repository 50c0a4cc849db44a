//! Writes and orders: sent once, with a password that is never tried twice.

use super::driver::Dlt645Meter;
use super::orders::NamedOrder;
use crate::meter::MeterError;
use crate::meter::driver::Answer;
use crate::meter::profile::ItemPlace;
use crate::protocol::dlt645::{Credentials, DataIdentifier, Reply, Request, encode_bcd};

/// Levels from here on mean a ciphered exchange with the meter's security module.
const CIPHERED_LEVEL: u8 = 0x98;

impl Dlt645Meter {
    /// Password and operator, unless they were refused before or are of no use in plain.
    ///
    /// # Errors
    /// [`MeterError::CredentialsMissing`], [`MeterError::Authentication`], [`MeterError::NotSupported`].
    pub(super) fn credentials(&self) -> Result<Credentials, MeterError> {
        let credentials = self.credentials.clone().ok_or_else(|| {
            MeterError::CredentialsMissing(
                "this meter wants a password and an operator code: give --credentials with a [dlt645] section"
                    .to_owned(),
            )
        })?;
        if self.password_refused {
            return Err(MeterError::Authentication(
                "the password was refused before and is not tried again: the meter locks after a few wrong ones"
                    .to_owned(),
            ));
        }
        if credentials.level() >= CIPHERED_LEVEL {
            return Err(MeterError::NotSupported(
                "level 98 and 99 are ciphered by the meter's security module (ESAM) with keys of the utility, which \
                 this program does not have; nothing was sent"
                    .to_owned(),
            ));
        }
        Ok(credentials)
    }

    /// Sends a write or an order.
    pub(super) fn change(&mut self, request: &Request) -> Result<Answer, MeterError> {
        match self.exchange.ask(self.address, request)? {
            Reply::Done { .. } => Ok(Answer::Done),
            Reply::Refused { error, .. } if error.is_password() => {
                self.password_refused = true;
                Err(MeterError::Authentication(format!(
                    "{error}; not tried again, the meter locks after a few wrong passwords. A State Grid meter with a \
                     security module (ESAM) gives the same answer to every plain password: it takes only ciphered \
                     orders, at level 98 or 99"
                )))
            }
            Reply::Refused { error, .. } => Ok(Answer::Refused(error.to_string())),
            Reply::Value { .. } | Reply::Address(_) | Reply::Shown { .. } => {
                Err(MeterError::Unexpected("the meter answered a change with something else".to_owned()))
            }
        }
    }

    /// Writes a value given as text.
    pub(super) fn write_item(&mut self, name: &str, value: &str) -> Result<Answer, MeterError> {
        if let Some(order) = NamedOrder::named(name) {
            return self.give(order, value);
        }
        let (identifier, place) = self.named(name)?;
        let data = match &place {
            Some(place) if place.octets <= 4 && !place.text && !self.is_digits(identifier) => {
                let number: f64 = value.trim().parse().map_err(|_| {
                    MeterError::BadValue(format!("{value:?} is not a number, which {identifier} holds"))
                })?;
                octets_of_number(place, number)?
            }
            _ => octets_of_digits(value)
                .ok_or_else(|| MeterError::BadValue(format!("{value:?} is not an even number of decimal digits")))?,
        };
        let credentials = self.credentials()?;
        self.change(&Request::Write { identifier, credentials, data })
    }

    /// Writes a limit given in W.
    pub(super) fn write_limit(
        &mut self,
        place: Option<ItemPlace>,
        watts: f64,
        what: &str,
    ) -> Result<Answer, MeterError> {
        let place = place.ok_or_else(|| MeterError::NotOffered(what.to_owned()))?;
        let per_unit = if place.unit.as_deref() == Some("kW") { 1_000.0 } else { 1.0 };
        let data = octets_of_number(&place, watts / per_unit)?;
        let credentials = self.credentials()?;
        self.change(&Request::Write { identifier: place.at, credentials, data })
    }
}

/// A number as a place holds it. What has more decimals than the place is not rounded in silence.
fn octets_of_number(place: &ItemPlace, number: f64) -> Result<Vec<u8>, MeterError> {
    let at: DataIdentifier = place.at;
    if let Some(limits) = place.limits.filter(|limits| !limits.contain(number)) {
        let limits = limits.in_words(place.unit.as_deref());
        return Err(MeterError::BadValue(format!("{number} is outside what {at} may hold: {limits}")));
    }
    let scaled = number * 10f64.powi(i32::from(place.decimals));
    let raw = scaled.round();
    if !scaled.is_finite() || (scaled - raw).abs() > 1e-6 * scaled.abs().max(1.0) {
        return Err(MeterError::BadValue(format!("{number} has more than the {} decimals of {at}", place.decimals)));
    }
    encode_bcd(raw as i64, place.format()).map_err(|error| MeterError::BadValue(format!("{number} for {at}: {error}")))
}

/// An even number of decimal digits, highest first, as octets in wire order.
fn octets_of_digits(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    if text.is_empty() || !text.len().is_multiple_of(2) || !text.bytes().all(|octet| octet.is_ascii_digit()) {
        return None;
    }
    let pairs = text.as_bytes().as_chunks::<2>().0;
    Some(pairs.iter().rev().map(|[high, low]| (high & 15) << 4 | (low & 15)).collect())
}
