//! General-ciphering and general-signing from the meter's side: a request in such a form is answered in the same.

use super::super::apdu::{ExceptionResponse, tag};
use super::super::security::{
    GeneralKeys, GeneralParties, KeyInfo, Protection, cipher_generally, decipher_generally, sign_generally,
    unsign_generally,
};
use super::ServerAssociation;

/// The form of the request being answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct GeneralForm {
    /// Under which key it was ciphered, how, and its number; `None` when it was in another envelope or plain.
    ciphered: Option<(KeyInfo, Protection, Vec<u8>)>,
    /// Whether it was signed.
    is_signed: bool,
}

impl GeneralForm {
    /// Whether it was in one of these forms.
    pub(super) const fn is_used(&self) -> bool {
        self.is_signed || self.ciphered.is_some()
    }

    /// The protection of general-ciphering.
    pub(super) fn protection(&self) -> Option<Protection> {
        self.ciphered.as_ref().map(|(_, protection, _)| *protection)
    }
}

impl ServerAssociation {
    /// Takes the signature off, where there is one.
    pub(super) fn take_signature(&mut self, apdu: &[u8]) -> Result<Option<Vec<u8>>, ExceptionResponse> {
        self.form = GeneralForm::default();
        if apdu.first() != Some(&tag::GENERAL_SIGNING) {
            return Ok(None);
        }
        let refusal = ExceptionResponse::DECIPHERING;
        let (content, signer) = unsign_generally(apdu, &self.settings.general).map_err(|_| refusal)?;
        if self.client_title.is_some_and(|client| client != signer) {
            return Err(refusal);
        }
        self.form.is_signed = true;
        Ok(Some(content))
    }

    /// Opens general-ciphering and counts its counter as used.
    pub(super) fn open_general(&mut self, apdu: &[u8]) -> Result<Vec<u8>, ExceptionResponse> {
        let refusal = ExceptionResponse::DECIPHERING;
        let keys = self.settings.keys.as_ref().ok_or(refusal)?;
        let opened = decipher_generally(apdu, keys, &self.settings.general).map_err(|_| refusal)?;
        let is_for_us = opened.recipient.is_empty() || opened.recipient == self.settings.title.0;
        if !is_for_us || self.client_title.is_some_and(|client| client != opened.originator) {
            return Err(refusal);
        }
        self.take_counter(opened.counter)?;
        self.form.ciphered = Some((opened.key_info, opened.control.protection, opened.transaction));
        Ok(opened.plain)
    }

    /// Puts an answer into the form of its request; `sealed` is what another envelope has made of it, if there was one.
    pub(super) fn seal_generally(&mut self, plain: Vec<u8>, sealed: Option<Vec<u8>>) -> Vec<u8> {
        let title = self.settings.title;
        let recipient = self.client_title.map(|title| title.0.to_vec()).unwrap_or_default();
        let counter = self.counters.own_next;
        let own_number = u64::from(counter).to_be_bytes();
        let number = self.form.ciphered.as_ref().map_or(&own_number[..], |(_, _, number)| number).to_vec();
        let parties = GeneralParties { originator: title, recipient: &recipient, transaction: &number };
        let content = match (&self.form.ciphered, &self.settings.keys) {
            (Some((key_info, protection, _)), Some(keys)) => {
                self.counters.own_next = counter.wrapping_add(1);
                let general = GeneralKeys { key_info: Some(*key_info), ..self.settings.general.clone() };
                let dice = &mut self.dice;
                let mut random = |count| (0..count).map(|_| dice.u8(..)).collect();
                cipher_generally(&plain, (*protection, counter), parties, (keys, &general), &mut random)
            }
            _ => Ok(sealed.unwrap_or(plain)),
        };
        let whole = content.and_then(|content| match self.form.is_signed {
            true => sign_generally(&content, parties, &self.settings.general),
            false => Ok(content),
        });
        // Without the keys the request could not have been opened.
        whole.unwrap_or_else(|_| ExceptionResponse::DECIPHERING.to_bytes())
    }
}
