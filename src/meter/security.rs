//! Keys and passwords of a meter's interface: what the meter tells of them, and how they are changed.

use serde::Serialize;

use super::{Answer, MeterError};
use crate::keys::{DlmsKey, DlmsPassword, MeterSecrets};

/// What a meter tells of its security.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SecurityState {
    /// How this association is proved and protected.
    pub association: AssociationSecurity,
    /// Each security setup the client sees.
    pub setups: Vec<SecuritySetup>,
    /// Invocation counters the meter reports.
    pub counters: Vec<InvocationCounter>,
}

/// How an association is proved and protected.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct AssociationSecurity {
    /// Client address.
    pub client: u16,
    /// Mechanism, as the credentials file has it.
    pub authentication: String,
    /// Protection of requests, as the credentials file has it.
    pub security: String,
    /// Security suite.
    pub suite: u8,
    /// The meter's system title, where it told it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meter_system_title: Option<String>,
}

/// A security setup object.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SecuritySetup {
    /// Its logical name.
    pub object: String,
    /// What the policy demands; absent when it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Vec<String>>,
    /// The suite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suite: Option<u8>,
    /// System title of the client that used it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_system_title: Option<String>,
    /// The meter's system title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_system_title: Option<String>,
    /// Certificates in the meter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<CertificateState>,
}

/// A certificate in the meter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateState {
    /// Whose it is: `server`, `client`, `certification-authority` or `other`.
    pub entity: String,
    /// What it is for: `signature`, `key-agreement`, `tls` or `other`.
    pub purpose: String,
    /// Serial number in hex.
    pub serial: String,
    /// Who issued it.
    pub issuer: String,
    /// Whom it names.
    pub subject: String,
}

/// An invocation counter as the meter reports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InvocationCounter {
    /// Its logical name.
    pub object: String,
    /// The last number used.
    pub value: u64,
}

/// One call that changes secrets: a meter takes all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretCall {
    /// Keys, wrapped under the master key.
    Keys {
        /// The master key in force.
        master: DlmsKey,
        /// New global unicast encryption key.
        encryption: Option<DlmsKey>,
        /// New authentication key.
        authentication: Option<DlmsKey>,
        /// New master key.
        new_master: Option<DlmsKey>,
    },
    /// The password of low level security, or the secret of high level security.
    Password(DlmsPassword),
}

/// A meter whose keys and passwords this program can change.
pub trait KeyedMeter {
    /// What it tells of its security.
    ///
    /// # Errors
    /// [`MeterError`]; [`MeterError::NotOffered`].
    fn security(&mut self) -> Result<SecurityState, MeterError>;

    /// What it tells anybody of its name: serial number first, where it tells one; nothing when it tells nobody.
    ///
    /// # Errors
    /// [`MeterError`].
    fn names(&mut self) -> Result<Vec<String>, MeterError>;

    /// Where it answers, for meters without a name.
    fn place(&mut self) -> String;

    /// Whether an association shows that the meter holds a secret: `encryption-key`, `authentication-key`, `master-key`
    /// or `password`.
    fn is_shown(&self, secret: &str) -> bool;

    /// The secrets in use, or where none are yet those of a meter with these names; nothing is sent.
    ///
    /// # Errors
    /// [`MeterError::CredentialsMissing`] without any.
    fn secrets_of(&mut self, names: &[String]) -> Result<MeterSecrets, MeterError>;

    /// Ends the association; the next one is opened with these.
    ///
    /// # Errors
    /// [`MeterError::CredentialsMissing`].
    fn use_secrets(&mut self, secrets: MeterSecrets) -> Result<(), MeterError>;

    /// Opens an association, which proves that the secrets in use are those of the meter.
    ///
    /// # Errors
    /// [`MeterError`].
    fn prove(&mut self) -> Result<(), MeterError>;

    /// Sends a change of secrets, once.
    ///
    /// # Errors
    /// [`MeterError`].
    fn change(&mut self, call: &SecretCall) -> Result<Answer, MeterError>;
}
