//! Ciphering of the client's requests and of the meter's replies.

use super::super::apdu::{ExceptionResponse, ServiceError, tag};
use super::super::decode_error::DecodeError;
use super::super::error::DlmsError;
use super::super::security::{
    Envelope, GeneralFault, GeneralKeys, GeneralParties, KeyKind, Protection, SecurityControl, SuiteKeys, TAG_LENGTH,
    cipher_generally, decipher_generally, protect, sign_generally, unprotect, unsign_generally,
};
use super::ClientSecurity;
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
        let general = self.settings.security.as_ref().is_some_and(|security| security.general.is_used());
        match (ciphered, general) {
            (false, _) => 0,
            (true, false) => Envelope::OVERHEAD,
            (true, true) => GeneralKeys::OVERHEAD,
        }
    }

    /// Protects an APDU as the association demands. `secrets` are told only when it stays readable.
    pub(super) fn seal(&mut self, plain: Vec<u8>, secret: Secret) -> Result<OutgoingApdu, DlmsError> {
        let (wrapping, key) = (self.wrapping(), self.key_kind());
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
        let number = u64::from(counter).to_be_bytes();
        let recipient = self.server_title.as_ref().map_or(&[][..], |title| &title.0);
        let parties = GeneralParties { originator: security.title, recipient, transaction: &number };
        let is_general = self.is_proved && security.general.key_info.is_some();
        let is_signed = self.is_proved && security.general.signed;
        let mut octets = if is_general {
            let keys = (&security.keys, &security.general);
            cipher_generally(&plain, (protection, counter), parties, keys, &mut security.random)
                .map_err(DlmsError::General)?
        } else {
            let content = protect(&security.keys_of(key), protection, security.title, counter, &plain);
            let envelope = Envelope {
                tag: Envelope::tag_for(wrapping, key, plain.first().copied().unwrap_or(0)),
                title: Some(security.title),
                security_control: protection.security_control(security.keys.suite),
                counter,
                content: &content,
            };
            envelope.to_bytes()
        };
        if is_signed {
            octets = sign_generally(&octets, parties, &security.general).map_err(DlmsError::General)?;
        }
        // Authentication alone leaves the content readable. Behind it come the tag, and perhaps a signature: where
        // these forms end is not followed, and nothing of an APDU with a secret is shown.
        let secrets = match protection {
            Protection::Authentication if is_general || is_signed => {
                (secret.length > 0).then_some(0..octets.len()).into_iter().collect()
            }
            Protection::Authentication => tail(&octets, TAG_LENGTH),
            _ => Vec::new(),
        };
        Ok(OutgoingApdu { octets, secrets })
    }

    /// Takes the protection off a reply; refuses one that is protected less than our requests. Exceptions and service
    /// errors may come plain, and are errors here.
    pub(super) fn open(&mut self, apdu: &[u8], what: &'static str) -> Result<Vec<u8>, DlmsError> {
        let first =
            apdu.first().copied().ok_or(DlmsError::Decode { what, source: DecodeError::Truncated { offset: 0 } })?;
        let (apdu, first) = match self.unsigned(apdu, first)? {
            Some(content) => {
                let first = content.first().copied().unwrap_or(0);
                (content, first)
            }
            None => (apdu.to_vec(), first),
        };
        let is_general = first == tag::GENERAL_CIPHERING;
        let plain = match () {
            () if is_general => self.open_general(&apdu, what)?,
            () if Envelope::is_protected(first) => self.open_envelope(&apdu, what)?,
            () => apdu,
        };
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
        if demanded.is_some() && !Envelope::is_protected(first) && !is_general {
            return Err(DlmsError::Unprotected("it came in the clear"));
        }
        Ok(plain)
    }

    /// Takes the signature off an answer; one without is refused where our requests are signed.
    fn unsigned(&self, apdu: &[u8], first: u8) -> Result<Option<Vec<u8>>, DlmsError> {
        let security = self.settings.security.as_ref();
        let general = security.map(|security| &security.general);
        let demanded = general.is_some_and(|general| general.signed) && self.is_proved;
        if first != tag::GENERAL_SIGNING {
            let is_refusal = matches!(first, tag::EXCEPTION_RESPONSE | tag::CONFIRMED_SERVICE_ERROR);
            return if demanded && !is_refusal { Err(DlmsError::Unprotected("it is not signed")) } else { Ok(None) };
        }
        let general = general.ok_or(DlmsError::Unprotected("it is signed, and no keys are given"))?;
        let (content, originator) = unsign_generally(apdu, general).map_err(DlmsError::General)?;
        if self.server_title.is_some_and(|title| title != originator) {
            return Err(DlmsError::Unprotected("it is signed by somebody else"));
        }
        Ok(Some(content))
    }

    /// Opens general-ciphering.
    fn open_general(&mut self, apdu: &[u8], what: &'static str) -> Result<Vec<u8>, DlmsError> {
        let Some(security) = &self.settings.security else {
            let got = "a ciphered APDU, and no keys are given".to_owned();
            return Err(DlmsError::Unexpected { expected: what, got });
        };
        let opened = decipher_generally(apdu, &security.keys, &security.general).map_err(DlmsError::General)?;
        if self.server_title.is_some_and(|title| title != opened.originator) {
            return Err(DlmsError::Unprotected("it is ciphered by somebody else"));
        }
        if security.protection.is_some_and(|demanded| !opened.control.protection.covers(demanded)) {
            return Err(DlmsError::Unprotected("less than our requests"));
        }
        if opened.control.protection == Protection::Encryption && !is_reply(opened.plain.first().copied()) {
            return Err(DlmsError::General(GeneralFault::Cipher));
        }
        self.server_counters.take(KeyKind::Global, opened.counter, is_numbered(&opened.plain))?;
        Ok(opened.plain)
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
        let control = SecurityControl::from_octet(envelope.security_control)
            .filter(|control| control.suite == security.keys.suite)
            .ok_or(DlmsError::Unprotected("it has a security control octet of another suite, or none"))?;
        let protection = control.protection;
        if security.protection.is_some_and(|demanded| !protection.covers(demanded)) {
            return Err(DlmsError::Unprotected("less than our requests"));
        }
        let key = envelope.key();
        if key == KeyKind::Dedicated && security.dedicated.is_none() {
            return Err(undecipherable());
        }
        if key != self.key_kind() {
            return Err(DlmsError::Unprotected("it is under another key than the request"));
        }
        let plain = unprotect(&security.keys_of(key), control, title, envelope.counter, envelope.content)
            .map_err(|_| undecipherable())?;
        if protection == Protection::Encryption && !is_reply(plain.first().copied()) {
            // Without a tag a wrong key shows only by the nonsense it makes.
            return Err(undecipherable());
        }
        self.server_counters.take(key, envelope.counter, is_numbered(&plain))?;
        Ok(plain)
    }
}

impl ClientSecurity {
    /// The keys an APDU is protected with.
    fn keys_of(&self, key: KeyKind) -> SuiteKeys {
        match (key, &self.dedicated) {
            (KeyKind::Dedicated, Some(dedicated)) => self.keys.with_encryption(dedicated.clone()),
            _ => self.keys.clone(),
        }
    }
}

/// Whether a reply names the request it answers.
fn is_numbered(plain: &[u8]) -> bool {
    !matches!(plain.first(), Some(&(tag::READ_RESPONSE | tag::WRITE_RESPONSE)))
}

const fn is_reply(first: Option<u8>) -> bool {
    matches!(
        first,
        Some(
            tag::INITIATE_RESPONSE
                | tag::READ_RESPONSE
                | tag::WRITE_RESPONSE
                | tag::CONFIRMED_SERVICE_ERROR
                | tag::GET_RESPONSE..=tag::ACTION_RESPONSE | tag::ACCESS_RESPONSE | tag::EXCEPTION_RESPONSE
        )
    )
}
