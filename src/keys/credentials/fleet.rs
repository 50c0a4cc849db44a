//! Keys of many meters in one file: by serial number, device name or system title.

use std::collections::HashMap;
use std::path::Path;

use super::Hidden;
use super::dlms::{DlmsKey, DlmsPassword, SecretsSection};
use crate::keys::KeyError;
use crate::protocol::dlms::Suite;

/// What one meter shares with its client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeterSecrets {
    /// Global unicast encryption key.
    pub encryption_key: Option<DlmsKey>,
    /// Authentication key.
    pub authentication_key: Option<DlmsKey>,
    /// Master key, under which new keys are wrapped.
    pub master_key: Option<DlmsKey>,
    /// Public key of the meter's signatures, x and y.
    pub meter_signing_key: Option<DlmsKey>,
    /// Public key of the meter's key agreements, x and y.
    pub meter_agreement_key: Option<DlmsKey>,
    /// Password of LLS, or secret of HLS.
    pub password: Option<DlmsPassword>,
}

impl MeterSecrets {
    /// These, and from `others` what is missing.
    #[must_use]
    pub fn over(&self, others: &MeterSecrets) -> Self {
        MeterSecrets {
            encryption_key: self.encryption_key.clone().or_else(|| others.encryption_key.clone()),
            authentication_key: self.authentication_key.clone().or_else(|| others.authentication_key.clone()),
            master_key: self.master_key.clone().or_else(|| others.master_key.clone()),
            meter_signing_key: self.meter_signing_key.clone().or_else(|| others.meter_signing_key.clone()),
            meter_agreement_key: self.meter_agreement_key.clone().or_else(|| others.meter_agreement_key.clone()),
            password: self.password.clone().or_else(|| others.password.clone()),
        }
    }

    /// New encryption and authentication keys, drawn at random; nothing else.
    ///
    /// # Errors
    /// One sentence when the system gives no random numbers.
    pub fn generate(suite: Suite) -> Result<Self, String> {
        let draw = || {
            let mut octets = vec![0u8; suite.key_length()];
            getrandom::fill(&mut octets).map_err(|error| format!("the system gives no random numbers: {error}"))?;
            Ok::<_, String>(Some(DlmsKey::new(octets)))
        };
        Ok(MeterSecrets { encryption_key: draw()?, authentication_key: draw()?, ..MeterSecrets::default() })
    }

    /// Whether there is a key to cipher with.
    pub(super) const fn has_keys(&self) -> bool {
        self.encryption_key.is_some() || self.authentication_key.is_some()
    }
}

/// Keys and passwords by the name of the meter.
#[derive(Debug, Clone, Default)]
pub struct Fleet(HashMap<String, MeterSecrets>);

/// Names are compared without regard to case and surrounding blanks.
fn folded(name: &str) -> String {
    name.trim().to_ascii_uppercase()
}

impl Fleet {
    /// Whether it names no meter.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many meters it names.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The secrets of the meter that goes by one of these names.
    pub fn find(&self, names: &[String]) -> Option<&MeterSecrets> {
        names.iter().find_map(|name| self.0.get(&folded(name)))
    }

    pub(super) fn has_keys(&self) -> bool {
        self.0.values().any(MeterSecrets::has_keys)
    }

    /// Adds a meter.
    ///
    /// # Errors
    /// The name is empty or there already.
    pub(super) fn insert(&mut self, name: &str, secrets: MeterSecrets) -> Result<(), String> {
        let name = folded(name);
        if name.is_empty() {
            return Err("a meter needs a serial number or a system title".to_owned());
        }
        match self.0.insert(name, secrets) {
            None => Ok(()),
            Some(_) => Err("the meter is named twice".to_owned()),
        }
    }

    /// Reads a table of keys (CSV): the column `meter` (serial number, device name or system title in hex), and any of
    /// `encryption_key`, `authentication_key`, `master_key`, `meter_signing_key`, `meter_agreement_key`, `password`,
    /// `password_hex`.
    ///
    /// # Errors
    /// [`KeyError`], naming line and column and never a value.
    pub(super) fn from_csv(path: &Path, bytes: &[u8], suite: Suite) -> Result<Self, KeyError> {
        let unreadable = |problem: String| KeyError::Unreadable { path: path.to_owned(), problem };
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(false).from_reader(bytes);
        let headers = reader.headers().map_err(|_| unreadable("line 1 cannot be read as CSV".to_owned()))?.clone();
        for (index, header) in headers.iter().enumerate() {
            if !COLUMNS.contains(&header) {
                let (column, known) = (index.saturating_add(1), COLUMNS.join(", "));
                return Err(unreadable(format!("line 1: the heading of column {column} is not known: use {known}")));
            }
        }
        if !headers.iter().any(|header| header == COLUMNS[0]) {
            return Err(unreadable("line 1: the column meter is missing".to_owned()));
        }
        let mut fleet = Fleet::default();
        for (index, record) in reader.records().enumerate() {
            let line = index.saturating_add(2);
            let record = record.map_err(|_| unreadable(format!("line {line} cannot be read as CSV")))?;
            let cell = |name: &str| {
                let place = headers.iter().position(|header| header == name)?;
                record.get(place).filter(|text| !text.is_empty())
            };
            let hidden = |name: &str| cell(name).map(|text| Hidden(text.to_owned().into()));
            let section = SecretsSection {
                encryption_key: hidden("encryption_key"),
                authentication_key: hidden("authentication_key"),
                master_key: hidden("master_key"),
                meter_signing_key: hidden("meter_signing_key"),
                meter_agreement_key: hidden("meter_agreement_key"),
                password: hidden("password"),
                password_hex: hidden("password_hex"),
            };
            let secrets = section
                .check(suite)
                .map_err(|(name, problem)| unreadable(format!("line {line}: {name}: {problem}")))?;
            fleet
                .insert(cell("meter").unwrap_or(""), secrets)
                .map_err(|problem| unreadable(format!("line {line}: {problem}")))?;
        }
        Ok(fleet)
    }
}

const COLUMNS: [&str; 8] = [
    "meter",
    "encryption_key",
    "authentication_key",
    "master_key",
    "meter_signing_key",
    "meter_agreement_key",
    "password",
    "password_hex",
];
