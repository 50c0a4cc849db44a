//! Ciphering of the client's requests and of the meter's replies.

use super::super::apdu::{ExceptionResponse, ServiceError, tag};
use super::super::decode_error::DecodeError;
use super::super::error::DlmsError;
use super::super::security::{Envelope, Protection, protect, unprotect};
use super::{DlmsClient, OutgoingApdu};

/// A secret at the end of an APDU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Secret {
    /// Its octets.
    pub(super) length: usize,
    /// Those at its end that may be told.
    pub(super) shown: usize,
}

impl Secret {
    pub(super) const NONE: Secret = Secret { length: 0, shown: 0 };

    /// All of the last `length` octets, if they are secret.
    pub(super) const fn tail(is_secret: bool, length: usize) -> Secret {
        if is_secret { Secret { length, shown: 0 } } else { Secret::NONE }
    }
}

impl DlmsClient {
    /// Octets the protection of an APDU takes.
    pub(super) fn overhead(&self) -> usize {
        let ciphered = self.settings.security.as_ref().is_some_and(|security| security.protection.is_some());
        if ciphered { Envelope::OVERHEAD } else { 0 }
    }

    /// Protects an APDU as the association demands. `secrets` are told only when it stays readable.
    pub(super) fn seal(&mut self, plain: Vec<u8>, secret: Secret) -> Result<OutgoingApdu, DlmsError> {
        let wrapping = self.wrapping();
        let tail = |octets: &[u8], behind: usize| {
            let end = octets.len().saturating_sub(behind);
            let range = end.saturating_sub(secret.length)..end.saturating_sub(secret.shown);
            Some(range).filter(|range| !range.is_empty()).into_iter().collect::<Vec<_>>()
        };
        let protected = self.settings.security.as_mut().and_then(|s| s.protection.map(|protection| (s, protection)));
        let Some((security, protection)) = protected else {
            let secrets = tail(&plain, 0);
            return Ok(OutgoingApdu { octets: plain, secrets });
        };
        let counter = security.counter.reserve().map_err(DlmsError::Counter)?;
        let content = protect(&security.keys, protection, security.title, counter, &plain);
        let first = plain.first().copied().unwrap_or(0);
        let control = protection.security_control();
        let octets = Envelope::build(wrapping, first, security.title, control, counter, &content);
        let secrets = if protection == Protection::Authentication { tail(&octets, 12) } else { Vec::new() };
        Ok(OutgoingApdu { octets, secrets })
    }

    /// Takes the protection off a reply; refuses one that is protected less than our requests. Exceptions and service
    /// errors may come plain, and are errors here.
    pub(super) fn open(&mut self, apdu: &[u8], what: &'static str) -> Result<Vec<u8>, DlmsError> {
        let first =
            apdu.first().copied().ok_or(DlmsError::Decode { what, source: DecodeError::Truncated { offset: 0 } })?;
        let plain = if Envelope::is_protected(first) { self.open_envelope(apdu, what)? } else { apdu.to_vec() };
        match plain.first() {
            Some(&tag::EXCEPTION_RESPONSE) => {
                let exception = ExceptionResponse::from_bytes(&plain).map_err(DlmsError::decode("an exception"))?;
                return Err(DlmsError::Exception(exception));
            }
            Some(&tag::CONFIRMED_SERVICE_ERROR) => {
                let error = ServiceError::from_bytes(&plain).map_err(DlmsError::decode("a service error"))?;
                return Err(DlmsError::Service(error));
            }
            _ => {}
        }
        let demanded = self.settings.security.as_ref().and_then(|security| security.protection);
        if demanded.is_some() && !Envelope::is_protected(first) {
            return Err(DlmsError::Unprotected("it came in the clear"));
        }
        Ok(plain)
    }

    /// Takes the protection off whatever is in an envelope.
    pub(super) fn open_envelope(&mut self, apdu: &[u8], what: &'static str) -> Result<Vec<u8>, DlmsError> {
        let envelope = Envelope::from_bytes(apdu).map_err(DlmsError::decode(what))?;
        let Some(security) = &self.settings.security else {
            return Err(DlmsError::Unexpected {
                expected: what,
                got: "a ciphered APDU, and no keys are given".to_owned(),
            });
        };
        let title = envelope.title.or(self.server_title).ok_or(DlmsError::Unexpected {
            expected: what,
            got: "a ciphered APDU without the meter's system title".to_owned(),
        })?;
        let undecipherable = || DlmsError::Decryption { title: title.to_string(), counter: envelope.counter };
        let protection = Protection::from_security_control(envelope.security_control)
            .ok_or(DlmsError::Unprotected("it has a security control octet of another suite, or none"))?;
        if security.protection.is_some_and(|demanded| !protection.covers(demanded)) {
            return Err(DlmsError::Unprotected("less than our requests"));
        }
        let plain = unprotect(&security.keys, protection, title, envelope.counter, envelope.content)
            .map_err(|_| undecipherable())?;
        if protection == Protection::Encryption && !is_reply(plain.first().copied()) {
            // Without a tag a wrong key shows only by the nonsense it makes.
            return Err(undecipherable());
        }
        if let Some(last) = self.server_counter.filter(|&last| envelope.counter < last) {
            return Err(DlmsError::Replayed { counter: envelope.counter, last });
        }
        self.server_counter = Some(envelope.counter);
        Ok(plain)
    }
}

const fn is_reply(first: Option<u8>) -> bool {
    matches!(
        first,
        Some(
            tag::INITIATE_RESPONSE | tag::CONFIRMED_SERVICE_ERROR | tag::GET_RESPONSE
                ..=tag::ACTION_RESPONSE | tag::EXCEPTION_RESPONSE
        )
    )
}
