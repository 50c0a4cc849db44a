//! From the credentials file to what an association is opened with.

use crate::keys::counters::fingerprint;
use crate::keys::{DlmsAuthentication, DlmsCredentials, DlmsKey, DlmsSecurity, MeterSecrets};
use crate::meter::MeterError;
use crate::protocol::describe::DescribeKeys;
use crate::protocol::dlms::{
    AgreementKeys, GeneralKeys, Hls, KeyInfo, ManufacturerHls, Password, PrivateKey, Protection, PublicKey, SecretKey,
    SignatureKeys, SuiteKeys, SystemTitle,
};

/// How a client proves itself and protects what it sends.
#[derive(Debug, Clone)]
pub struct Authentication {
    /// What proves us to the meter beside the keys.
    pub proof: Proof,
    /// Our system title; with keys there must be one.
    pub title: Option<SystemTitle>,
    /// The keys shared with the meter, for a ciphered association or the GMAC handshake.
    pub keys: Option<AssociationKeys>,
}

impl Authentication {
    /// None at all, as the public client has it.
    pub const NONE: Authentication = Authentication { proof: Proof::None, title: None, keys: None };
}

/// What a client proves itself by.
#[derive(Debug, Clone)]
pub enum Proof {
    /// Nothing: whoever holds the keys, or anybody, is let in.
    None,
    /// A password.
    Password(Password),
    /// A handshake.
    Hls(Hls),
}

/// Keys of an association.
#[derive(Debug, Clone)]
pub struct AssociationKeys {
    /// The keys shared with the meter.
    pub keys: SuiteKeys,
    /// How requests are protected; `None` uses the keys for the handshake alone.
    pub protection: Option<Protection>,
    /// Whether each association has an encryption key of its own.
    pub dedicated: bool,
    /// Keys and forms of general-ciphering and general-signing.
    pub general: GeneralKeys,
    /// Name of key and title in the counter store, from [`crate::keys::counters::fingerprint`].
    pub fingerprint: String,
}

/// Where the keys and passwords of a meter come from.
#[derive(Debug, Clone)]
pub struct SecretSource {
    /// The `[dlms]` section.
    pub credentials: DlmsCredentials,
    /// How the profile's maker transforms a challenge.
    pub manufacturer_hls: Option<ManufacturerHls>,
    /// The file's name, for errors.
    pub file: String,
}

impl SecretSource {
    /// The secrets of a meter that goes by these names.
    ///
    /// # Errors
    /// [`MeterError::CredentialsMissing`], naming the file, the meter and what it lacks.
    pub fn find(&self, names: &[String]) -> Result<MeterSecrets, MeterError> {
        self.credentials.of_meter(names).map_err(|problem| self.missing(&problem))
    }

    /// An error about the file.
    pub fn missing(&self, problem: &str) -> MeterError {
        MeterError::CredentialsMissing(format!("{}: {problem}", self.file))
    }

    /// How the client proves itself to a meter with these secrets.
    ///
    /// # Errors
    /// The field that is missing or cannot be what it should be.
    pub fn authentication(&self, secrets: &MeterSecrets) -> Result<Authentication, &'static str> {
        let credentials = &self.credentials;
        let proof = self.proof(secrets)?;
        let protection = protection_of(credentials.security);
        let title = credentials.system_title.map(SystemTitle);
        if protection.is_none() && credentials.authentication != DlmsAuthentication::HlsGmac {
            return Ok(Authentication { proof, title, keys: None });
        }
        let key = |key: &Option<DlmsKey>, field| {
            key.as_ref().and_then(|key| SecretKey::from_octets(key.reveal())).ok_or(field)
        };
        let keys = SuiteKeys {
            suite: credentials.suite,
            encryption: key(&secrets.encryption_key, "encryption_key")?,
            authentication: key(&secrets.authentication_key, "authentication_key")?,
        };
        let own = credentials.system_title.ok_or("system_title")?;
        let encryption = secrets.encryption_key.as_ref().map_or(&[][..], DlmsKey::reveal);
        let fingerprint = fingerprint(encryption, &own);
        let general = self.general(secrets)?;
        let keys = AssociationKeys { keys, protection, dedicated: credentials.dedicated_key, general, fingerprint };
        Ok(Authentication { proof, title, keys: Some(keys) })
    }

    fn general(&self, secrets: &MeterSecrets) -> Result<GeneralKeys, &'static str> {
        let credentials = &self.credentials;
        let general = general_keys(credentials, secrets);
        let agrees = matches!(general.key_info, Some(KeyInfo::OnePass | KeyInfo::Static));
        let signs = general.signed || general.key_info == Some(KeyInfo::OnePass);
        match () {
            () if agrees && credentials.agreement_key.is_none() => Err("agreement_key"),
            () if agrees && general.agreement.is_none() => Err("meter_agreement_key"),
            () if signs && credentials.signing_key.is_none() => Err("signing_key"),
            () if signs && general.signing.is_none() => Err("meter_signing_key"),
            () if general.key_info == Some(KeyInfo::Wrapped) && general.master.is_none() => Err("master_key"),
            () => Ok(general),
        }
    }

    fn proof(&self, secrets: &MeterSecrets) -> Result<Proof, &'static str> {
        let password =
            || secrets.password.as_ref().map(|secret| Password::new(secret.reveal().to_vec())).ok_or("password");
        Ok(match self.credentials.authentication {
            DlmsAuthentication::None => Proof::None,
            DlmsAuthentication::Lls => Proof::Password(password()?),
            DlmsAuthentication::HlsManufacturer => {
                let maker = self.manufacturer_hls.ok_or("manufacturer_hls of the meter's profile")?;
                Proof::Hls(Hls::Manufacturer(maker, password()?))
            }
            DlmsAuthentication::HlsMd5 => Proof::Hls(Hls::Md5(password()?)),
            DlmsAuthentication::HlsSha1 => Proof::Hls(Hls::Sha1(password()?)),
            DlmsAuthentication::HlsSha256 => Proof::Hls(Hls::Sha256(password()?)),
            DlmsAuthentication::HlsGmac => Proof::Hls(Hls::Gmac),
            DlmsAuthentication::HlsEcdsa => {
                let suite = self.credentials.suite;
                let own = self.credentials.signing_key.as_ref();
                let own = own.and_then(|key| PrivateKey::from_octets(suite, key.reveal()));
                let other = secrets.meter_signing_key.as_ref();
                let other = other.and_then(|key| PublicKey::from_octets(suite, key.reveal()));
                let keys = SignatureKeys { own: own.ok_or("signing_key")?, other: other.ok_or("meter_signing_key")? };
                Proof::Hls(Hls::Ecdsa(keys))
            }
        })
    }
}

/// The protection that stands behind the word of the credentials.
pub const fn protection_of(security: DlmsSecurity) -> Option<Protection> {
    match security {
        DlmsSecurity::None => None,
        DlmsSecurity::Authenticated => Some(Protection::Authentication),
        DlmsSecurity::Encrypted => Some(Protection::Encryption),
        DlmsSecurity::AuthenticatedEncrypted => Some(Protection::AuthenticatedEncryption),
    }
}

/// What APDUs of others are read with; `None` where the credentials hold no pair of keys.
pub fn describe_keys(credentials: &DlmsCredentials, secrets: &MeterSecrets) -> Option<DescribeKeys> {
    let key = |key: &Option<DlmsKey>| SecretKey::from_octets(key.as_ref()?.reveal());
    let (encryption, authentication) = (key(&secrets.encryption_key)?, key(&secrets.authentication_key)?);
    Some(DescribeKeys {
        keys: SuiteKeys { suite: credentials.suite, encryption, authentication },
        general: general_keys(credentials, secrets),
        protection: protection_of(credentials.security),
        client_title: credentials.system_title.map(SystemTitle),
        server_title: None,
    })
}

/// The keys of general-ciphering and general-signing, as far as they are given.
pub fn general_keys(credentials: &DlmsCredentials, secrets: &MeterSecrets) -> GeneralKeys {
    let suite = credentials.suite;
    let private = |key: &Option<DlmsKey>| PrivateKey::from_octets(suite, key.as_ref()?.reveal());
    let public = |key: &Option<DlmsKey>| PublicKey::from_octets(suite, key.as_ref()?.reveal());
    GeneralKeys {
        key_info: credentials.general_ciphering,
        signed: credentials.sign,
        master: secrets.master_key.as_ref().and_then(|key| SecretKey::from_octets(key.reveal())),
        agreement: private(&credentials.agreement_key)
            .zip(public(&secrets.meter_agreement_key))
            .map(|(own, other)| AgreementKeys { own, other }),
        signing: private(&credentials.signing_key)
            .zip(public(&secrets.meter_signing_key))
            .map(|(own, other)| SignatureKeys { own, other }),
    }
}
