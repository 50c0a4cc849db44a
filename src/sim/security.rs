//! Keys, passwords and policy of the DLMS interface, as the model sets them out and as they were changed since.

use serde::{Deserialize, Serialize};

use crate::hex;
use crate::protocol::dlms::{
    AgreementKeys, GeneralKeys, Hls, KeyId, Password, PrivateKey, Protection, SecretKey, ServerAuthentication,
    SignatureKeys, Suite, SuiteKeys, unwrap_key,
};

/// How the client that manages the meter proves itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ManagerAuthentication {
    /// By the password.
    Lls,
    /// By MD5 over the secret.
    HlsMd5,
    /// By SHA-1 over the secret.
    HlsSha1,
    /// By GMAC under the keys.
    HlsGmac,
    /// By SHA-256 over the secret.
    HlsSha256,
    /// By ECDSA; needs suite 1 or 2.
    HlsEcdsa,
}

/// What requests of that client must be at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ManagerProtection {
    /// Anything.
    None,
    /// Authenticated.
    Authenticated,
    /// Encrypted.
    Encrypted,
    /// Both.
    AuthenticatedEncrypted,
}

/// Security of the DLMS interface of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecurityRule {
    /// How client 48 proves itself.
    pub auth: ManagerAuthentication,
    /// Security suite: 0, 1 or 2.
    pub suite: u8,
    /// What its requests must be.
    pub policy: ManagerProtection,
    /// Secret of the HLS mechanisms that have one.
    pub hls_secret: String,
}

impl Default for SecurityRule {
    fn default() -> Self {
        SecurityRule {
            auth: ManagerAuthentication::HlsGmac,
            suite: 0,
            policy: ManagerProtection::AuthenticatedEncrypted,
            hls_secret: "secret-16-octets".to_owned(),
        }
    }
}

impl SecurityRule {
    /// Checks the values that depend on each other.
    ///
    /// # Errors
    /// The name of the value and what is wrong.
    pub fn check(&self) -> Result<(), (&'static str, &'static str)> {
        match Suite::from_number(self.suite) {
            None => Err(("security.suite", "must be 0, 1 or 2")),
            Some(Suite::Zero) if self.auth == ManagerAuthentication::HlsEcdsa => {
                Err(("security.auth", "hls-ecdsa needs suite 1 or 2"))
            }
            Some(_) => Ok(()),
        }
    }

    /// The suite.
    pub fn suite(&self) -> Suite {
        Suite::from_number(self.suite).unwrap_or_default()
    }

    /// What requests must be at least.
    pub const fn required(&self) -> Option<Protection> {
        match self.policy {
            ManagerProtection::None => None,
            ManagerProtection::Authenticated => Some(Protection::Authentication),
            ManagerProtection::Encrypted => Some(Protection::Encryption),
            ManagerProtection::AuthenticatedEncrypted => Some(Protection::AuthenticatedEncryption),
        }
    }

    /// The number class 64 tells for it.
    pub const fn policy_number(&self) -> u8 {
        match self.policy {
            ManagerProtection::None => 0,
            ManagerProtection::Authenticated => 1,
            ManagerProtection::Encrypted => 2,
            ManagerProtection::AuthenticatedEncrypted => 3,
        }
    }
}

/// Secrets that were changed since the meter was made, in hex.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChangedSecrets {
    encryption: Option<String>,
    authentication: Option<String>,
    broadcast: Option<String>,
    master: Option<String>,
    password: Option<String>,
    hls_secret: Option<String>,
}

/// First octet of each key of a fresh meter, a test pattern; the others follow it one by one.
const fn first_octet(key: KeyId) -> u8 {
    match key {
        KeyId::Encryption => 0x00,
        KeyId::Broadcast => 0x80,
        KeyId::Authentication => 0xD0,
        KeyId::Master => 0x10,
    }
}

impl ChangedSecrets {
    fn place(&mut self, key: KeyId) -> &mut Option<String> {
        match key {
            KeyId::Encryption => &mut self.encryption,
            KeyId::Broadcast => &mut self.broadcast,
            KeyId::Authentication => &mut self.authentication,
            KeyId::Master => &mut self.master,
        }
    }

    /// A key in force.
    pub fn key(&self, key: KeyId, suite: Suite) -> SecretKey {
        let pattern = || (0..suite.key_length()).map(|n| first_octet(key).wrapping_add(u8::try_from(n).unwrap_or(0)));
        let changed = self.clone().place(key).as_deref().and_then(hex::decode);
        let octets = changed.unwrap_or_else(|| pattern().collect());
        SecretKey::from_octets(&octets).unwrap_or_else(|| SecretKey::new([0; 16]))
    }

    /// Takes wrapped keys; all of them or none.
    pub fn take(&mut self, keys: &[(KeyId, Vec<u8>)], suite: Suite) -> bool {
        let master = self.key(KeyId::Master, suite);
        let opened: Option<Vec<_>> = keys
            .iter()
            .map(|(id, wrapped)| Some((*id, unwrap_key(&master, wrapped)?)))
            .map(|found| found.filter(|(_, key)| key.length() == suite.key_length()))
            .collect();
        let Some(opened) = opened.filter(|opened| !opened.is_empty()) else { return false };
        for (id, key) in opened {
            *self.place(id) = Some(key.to_hex());
        }
        true
    }

    /// The password of the reader, or what replaced it.
    pub fn password(&self, model: &str) -> Password {
        Password::new(self.password.as_deref().and_then(hex::decode).unwrap_or_else(|| model.as_bytes().to_vec()))
    }

    /// Takes a new password.
    pub fn set_password(&mut self, octets: &[u8]) {
        self.password = Some(hex::encode(octets));
    }

    /// Takes a new secret of high level security.
    pub fn set_hls_secret(&mut self, octets: &[u8]) {
        self.hls_secret = Some(hex::encode(octets));
    }

    /// How the managing client must prove itself, and the keys shared with it.
    pub fn manager(&self, rule: &SecurityRule, lls_password: &str) -> (ServerAuthentication, SuiteKeys) {
        let suite = rule.suite();
        let keys = SuiteKeys {
            suite,
            encryption: self.key(KeyId::Encryption, suite),
            authentication: self.key(KeyId::Authentication, suite),
        };
        let secret = || {
            let changed = self.hls_secret.as_deref().and_then(hex::decode);
            Password::new(changed.unwrap_or_else(|| rule.hls_secret.as_bytes().to_vec()))
        };
        let hls = match rule.auth {
            ManagerAuthentication::Lls => return (ServerAuthentication::Lls(self.password(lls_password)), keys),
            ManagerAuthentication::HlsMd5 => Hls::Md5(secret()),
            ManagerAuthentication::HlsSha1 => Hls::Sha1(secret()),
            ManagerAuthentication::HlsSha256 => Hls::Sha256(secret()),
            ManagerAuthentication::HlsGmac => Hls::Gmac,
            ManagerAuthentication::HlsEcdsa => signature_keys(suite).map_or(Hls::Gmac, Hls::Ecdsa),
        };
        (ServerAuthentication::Hls(hls), keys)
    }

    /// What general-ciphering and general-signing of the managing client need.
    pub fn general(&self, rule: &SecurityRule) -> GeneralKeys {
        let suite = rule.suite();
        GeneralKeys {
            master: Some(self.key(KeyId::Master, suite)),
            agreement: agreement_keys(suite),
            signing: signature_keys(suite),
            ..GeneralKeys::default()
        }
    }
}

/// A private key of a test pattern.
fn test_key(suite: Suite, octet: u8) -> Option<PrivateKey> {
    let length = if suite == Suite::Two { 48 } else { 32 };
    PrivateKey::from_octets(suite, &vec![octet; length])
}

/// The meter's private key is all 22, and the client's, of which it knows the public half, all 11.
fn signature_keys(suite: Suite) -> Option<SignatureKeys> {
    Some(SignatureKeys { own: test_key(suite, 0x22)?, other: test_key(suite, 0x11)?.public() })
}

/// The meter's private key for agreements is all 44, the client's all 33.
fn agreement_keys(suite: Suite) -> Option<AgreementKeys> {
    Some(AgreementKeys { own: test_key(suite, 0x44)?, other: test_key(suite, 0x33)?.public() })
}
