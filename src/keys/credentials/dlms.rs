//! `[dlms]`: how a DLMS client proves itself and protects what it sends, for one meter or for a fleet.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use zeroize::{Zeroize, Zeroizing};

use super::derived::{DerivedKeys, DerivedSection};
use super::fleet::{Fleet, MeterSecrets};
use super::{FieldProblem, Hidden, Reader};
use crate::keys::{KeyError, Secret};
use crate::protocol::dlms::{KeyInfo, Suite};

/// How a DLMS client proves itself, by credentials and profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DlmsAuthentication {
    /// No authentication.
    #[default]
    None,
    /// Low level security: a password (mechanism 1).
    Lls,
    /// High level security as the profile's maker has it (2).
    HlsManufacturer,
    /// High level security with MD5 (3).
    HlsMd5,
    /// High level security with SHA-1 (4).
    HlsSha1,
    /// High level security with GMAC (5).
    HlsGmac,
    /// High level security with SHA-256 (6).
    HlsSha256,
    /// High level security with ECDSA (7).
    HlsEcdsa,
}

impl DlmsAuthentication {
    /// Every mechanism, by its word in the credentials file.
    pub const WORDS: [(&'static str, DlmsAuthentication); 8] = [
        ("none", DlmsAuthentication::None),
        ("lls", DlmsAuthentication::Lls),
        ("hls-manufacturer", DlmsAuthentication::HlsManufacturer),
        ("hls-md5", DlmsAuthentication::HlsMd5),
        ("hls-sha1", DlmsAuthentication::HlsSha1),
        ("hls-gmac", DlmsAuthentication::HlsGmac),
        ("hls-sha256", DlmsAuthentication::HlsSha256),
        ("hls-ecdsa", DlmsAuthentication::HlsEcdsa),
    ];

    /// The word in the credentials file.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, known)| *known == self).map_or("", |(word, _)| word)
    }

    /// Whether a password or an HLS secret proves the client.
    pub const fn needs_password(self) -> bool {
        matches!(
            self,
            DlmsAuthentication::Lls
                | DlmsAuthentication::HlsManufacturer
                | DlmsAuthentication::HlsMd5
                | DlmsAuthentication::HlsSha1
                | DlmsAuthentication::HlsSha256
        )
    }

    /// Whether the client's system title enters the proof.
    pub const fn needs_title(self) -> bool {
        matches!(self, DlmsAuthentication::HlsGmac | DlmsAuthentication::HlsSha256 | DlmsAuthentication::HlsEcdsa)
    }
}

/// `[dlms]`
#[derive(Debug, Clone)]
pub struct DlmsCredentials {
    /// Client address, 1 to 127; 48 where the file is silent and `auth` is an HLS mechanism, else 16.
    pub client: u8,
    /// Authentication mechanism.
    pub authentication: DlmsAuthentication,
    /// Security suite.
    pub suite: Suite,
    /// System title of the client, 8 octets.
    pub system_title: Option<[u8; 8]>,
    /// Private key of the client's signatures: 32 octets in suite 1, 48 in suite 2.
    pub signing_key: Option<DlmsKey>,
    /// Private key of the client's key agreements, likewise.
    pub agreement_key: Option<DlmsKey>,
    /// The key of general-ciphering, where requests go out in that form.
    pub general_ciphering: Option<KeyInfo>,
    /// Whether requests are signed, and answers must be.
    pub sign: bool,
    /// Keys and passwords of any meter that `fleet` does not name.
    pub secrets: MeterSecrets,
    /// Keys and passwords by meter.
    pub fleet: Fleet,
    /// How keys follow from the meter's number.
    pub derived: Option<DerivedKeys>,
    /// How requests are protected by the keys.
    pub security: DlmsSecurity,
    /// Whether each association has an encryption key of its own.
    pub dedicated_key: bool,
}

/// The keys of general-ciphering, by their words.
const KEY_INFO_WORDS: [(&str, KeyInfo); 4] = [
    ("identified", KeyInfo::Identified),
    ("wrapped", KeyInfo::Wrapped),
    ("one-pass", KeyInfo::OnePass),
    ("static", KeyInfo::Static),
];

/// Protection of requests and replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DlmsSecurity {
    /// None: there are no keys, or the file says that they are not to be used.
    None,
    /// By an authentication tag.
    Authenticated,
    /// By encryption.
    Encrypted,
    /// By both.
    AuthenticatedEncrypted,
}

impl DlmsSecurity {
    const WORDS: [(&'static str, DlmsSecurity); 4] = [
        ("none", DlmsSecurity::None),
        ("authenticated", DlmsSecurity::Authenticated),
        ("encrypted", DlmsSecurity::Encrypted),
        ("authenticated-encrypted", DlmsSecurity::AuthenticatedEncrypted),
    ];

    /// The word in the credentials file.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, known)| *known == self).map_or("", |(word, _)| word)
    }
}

/// A key of DLMS; wiped on drop, prints as `[redacted]`.
#[derive(Clone, PartialEq, Eq)]
pub struct DlmsKey(Zeroizing<Vec<u8>>);

impl DlmsKey {
    /// Takes the octets of a key.
    pub fn new(octets: Vec<u8>) -> Self {
        DlmsKey(Zeroizing::new(octets))
    }

    /// Reads `length` octets in hex digits, most significant first; blanks, colons and hyphens between them are ignored.
    ///
    /// # Errors
    /// What is wrong with the digits, without them.
    pub fn from_hex(text: &str, length: usize) -> Result<Self, String> {
        hex_octets(text, length).map(DlmsKey)
    }

    /// The key itself.
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for DlmsKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("[redacted]")
    }
}

impl DlmsCredentials {
    /// The keys and passwords of a meter that goes by these names (serial number, device name, system title in hex):
    /// those of the fleet, or where it does not know the meter those that hold for any.
    ///
    /// # Errors
    /// The first name, where something that is needed is missing, and what.
    pub fn of_meter(&self, names: &[String]) -> Result<MeterSecrets, String> {
        let secrets = self.secrets_of(names);
        match self.missing(&secrets) {
            None => Ok(secrets),
            Some(field) => {
                let name = names.first().map_or("a meter that does not tell its number", String::as_str);
                Err(format!("{name} is not in the keys of the fleet, and there is no {field} for any meter"))
            }
        }
    }

    /// The new secrets of a meter that goes by these names, as far as this file names any: those of the fleet over those
    /// that are derived over those for any meter.
    pub fn secrets_of(&self, names: &[String]) -> MeterSecrets {
        let common = match (&self.derived, names.first()) {
            (Some(derived), Some(name)) => derived.keys_of(name, self.suite).over(&self.secrets),
            _ => self.secrets.clone(),
        };
        self.fleet.find(names).map_or_else(|| common.clone(), |own| own.over(&common))
    }

    /// The new secrets of a meter, out of a file of new ones.
    ///
    /// # Errors
    /// A sentence, when the file goes by meter and has nothing for this one.
    pub fn new_secrets_of(&self, names: &[String]) -> Result<MeterSecrets, String> {
        match names.first() {
            None if self.is_by_meter() => {
                Err("new keys go by the meter's number, and this meter tells nobody its own".to_owned())
            }
            Some(name) if self.derived.is_none() && !self.fleet.is_empty() && self.fleet.find(names).is_none() => {
                Err(format!("there are no new keys for {name}"))
            }
            _ => Ok(self.secrets_of(names)),
        }
    }

    /// The same client with these secrets, for one meter.
    #[must_use]
    pub fn with_secrets(&self, new: &MeterSecrets) -> Self {
        DlmsCredentials { secrets: new.over(&self.secrets), fleet: Fleet::default(), derived: None, ..self.clone() }
    }

    /// The section as a credentials file for one meter.
    pub fn to_toml(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(format!(
            "[dlms]\nclient = {}\nauth = \"{}\"\nsecurity = \"{}\"\nsuite = {}\n",
            self.client,
            self.authentication.word(),
            self.security.word(),
            self.suite
        ));
        let octets = |octets: &[u8]| Zeroizing::new(crate::hex::encode(octets));
        let key = |key: &Option<DlmsKey>| key.as_ref().map(|key| octets(key.reveal()));
        let fields = [
            ("system_title", self.system_title.map(|title| octets(&title))),
            ("signing_key", key(&self.signing_key)),
            ("agreement_key", key(&self.agreement_key)),
            ("encryption_key", key(&self.secrets.encryption_key)),
            ("authentication_key", key(&self.secrets.authentication_key)),
            ("master_key", key(&self.secrets.master_key)),
            ("meter_signing_key", key(&self.secrets.meter_signing_key)),
            ("meter_agreement_key", key(&self.secrets.meter_agreement_key)),
            ("password_hex", self.secrets.password.as_ref().map(|password| octets(password.reveal()))),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                text.push_str(&format!("{name} = \"{}\"\n", value.as_str()));
            }
        }
        let word = KEY_INFO_WORDS.iter().find(|(_, info)| Some(*info) == self.general_ciphering);
        if let Some((word, _)) = word {
            text.push_str(&format!("general_ciphering = \"{word}\"\n"));
        }
        if self.sign {
            text.push_str("sign = true\n");
        }
        if self.dedicated_key {
            text.push_str("dedicated_key = true\n");
        }
        text
    }

    /// What `secrets` lack for the authentication and the protection the file promises.
    fn missing(&self, secrets: &MeterSecrets) -> Option<&'static str> {
        let keys = self.security != DlmsSecurity::None || self.authentication == DlmsAuthentication::HlsGmac;
        let lacks = [
            (self.authentication.needs_password() && secrets.password.is_none(), "password"),
            (keys && secrets.encryption_key.is_none(), "encryption_key"),
            (keys && secrets.authentication_key.is_none(), "authentication_key"),
            (
                self.authentication == DlmsAuthentication::HlsEcdsa && secrets.meter_signing_key.is_none(),
                "meter_signing_key",
            ),
        ];
        lacks.into_iter().find_map(|(lacks, field)| lacks.then_some(field))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DlmsSection {
    client: Option<i64>,
    auth: Option<String>,
    suite: Option<i64>,
    system_title: Option<Hidden>,
    signing_key: Option<Hidden>,
    agreement_key: Option<Hidden>,
    general_ciphering: Option<String>,
    sign: Option<bool>,
    security: Option<String>,
    dedicated_key: Option<bool>,
    derived: Option<DerivedSection>,
    #[serde(default)]
    meters: BTreeMap<String, SecretsSection>,
    meters_file: Option<String>,
    encryption_key: Option<Hidden>,
    authentication_key: Option<Hidden>,
    master_key: Option<Hidden>,
    meter_signing_key: Option<Hidden>,
    meter_agreement_key: Option<Hidden>,
    password: Option<Hidden>,
    password_hex: Option<Hidden>,
}

/// `[dlms.meters.NAME]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SecretsSection {
    pub(super) encryption_key: Option<Hidden>,
    pub(super) authentication_key: Option<Hidden>,
    pub(super) master_key: Option<Hidden>,
    pub(super) meter_signing_key: Option<Hidden>,
    pub(super) meter_agreement_key: Option<Hidden>,
    pub(super) password: Option<Hidden>,
    pub(super) password_hex: Option<Hidden>,
}

impl SecretsSection {
    /// Checks the values; the problem names the field.
    pub(super) fn check(self, suite: Suite) -> Result<MeterSecrets, (&'static str, String)> {
        let key = |field: &'static str, text: Option<Hidden>, length: usize| {
            text.map(|text| DlmsKey::from_hex(&text.0, length)).transpose().map_err(|problem| (field, problem))
        };
        let length = suite.key_length();
        let password = match (self.password, self.password_hex) {
            (Some(_), Some(_)) => return Err(("password_hex", "is given beside password; keep one".to_owned())),
            (None, Some(digits)) => {
                Some(DlmsPassword::from_hex(&digits.0).map_err(|problem| ("password_hex", problem))?)
            }
            (text, None) => text.map(|text| DlmsPassword(text.0.as_bytes().to_vec().into())),
        };
        Ok(MeterSecrets {
            encryption_key: key("encryption_key", self.encryption_key, length)?,
            authentication_key: key("authentication_key", self.authentication_key, length)?,
            master_key: key("master_key", self.master_key, length)?,
            meter_signing_key: key("meter_signing_key", self.meter_signing_key, point_length(suite))?,
            meter_agreement_key: key("meter_agreement_key", self.meter_agreement_key, point_length(suite))?,
            password,
        })
    }
}

/// A password of LLS or a secret of HLS: any octets; wiped on drop, prints as `[redacted]`.
#[derive(Clone, PartialEq, Eq)]
pub struct DlmsPassword(Zeroizing<Vec<u8>>);

impl DlmsPassword {
    /// Takes the octets.
    pub fn new(octets: Vec<u8>) -> Self {
        DlmsPassword(Zeroizing::new(octets))
    }

    fn from_hex(text: &str) -> Result<Self, String> {
        let digits = text.chars().filter(|character| character.is_ascii_hexdigit()).count();
        hex_octets(text, digits.div_ceil(2)).map(DlmsPassword)
    }

    /// The octets themselves.
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }
}

impl From<&Secret> for DlmsPassword {
    fn from(secret: &Secret) -> Self {
        DlmsPassword::new(secret.reveal().as_bytes().to_vec())
    }
}

impl std::fmt::Debug for DlmsPassword {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("[redacted]")
    }
}

/// Octets of a private key of a suite's curve; suite 0 has none.
const fn scalar_length(suite: Suite) -> usize {
    match suite {
        Suite::Zero => 0,
        Suite::One => 32,
        Suite::Two => 48,
    }
}

/// Octets of a public key: x and y.
const fn point_length(suite: Suite) -> usize {
    scalar_length(suite) * 2
}

impl DlmsSection {
    /// Checks the section, and reads the table of keys it names; `path` is the file it stands in.
    pub(super) fn check_with_table(
        self,
        path: &Path,
        field: FieldProblem<'_>,
        read: Reader<'_>,
    ) -> Result<DlmsCredentials, KeyError> {
        let listed = match &self.meters_file {
            None => Fleet::default(),
            Some(name) => {
                let table = path.parent().unwrap_or(Path::new("")).join(name);
                Fleet::from_csv(&table, &read(&table)?, self.suite(field)?)?
            }
        };
        self.check(field, listed)
    }

    fn suite(&self, field: FieldProblem<'_>) -> Result<Suite, KeyError> {
        let Some(number) = self.suite else { return Ok(Suite::Zero) };
        let suite = u8::try_from(number).ok().and_then(Suite::from_number);
        suite.ok_or_else(|| field("dlms.suite", format!("{number} is not 0, 1 or 2")))
    }

    fn check(self, field: FieldProblem<'_>, listed: Fleet) -> Result<DlmsCredentials, KeyError> {
        let authentication = match self.auth.as_deref() {
            None => DlmsAuthentication::None,
            // The word itself may be a password in the wrong place.
            Some(word) => word_of(&DlmsAuthentication::WORDS, word).map_err(|problem| field("dlms.auth", problem))?,
        };
        let suite = self.suite(field)?;
        let client = match (self.client, authentication) {
            (Some(number), _) => u8::try_from(number)
                .ok()
                .filter(|client| (1..=127).contains(client))
                .ok_or_else(|| field("dlms.client", format!("{number} is outside 1 to 127")))?,
            (None, DlmsAuthentication::None | DlmsAuthentication::Lls) => 16,
            (None, _) => 48,
        };
        let system_title = self.system_title.map(|text| hex_octets(&text.0, 8)).transpose();
        let system_title = system_title.map_err(|problem| field("dlms.system_title", problem))?;
        let system_title = system_title.and_then(|octets| octets.first_chunk::<8>().copied());
        if suite == Suite::Zero && (self.signing_key.is_some() || self.meter_signing_key.is_some()) {
            return Err(field("dlms.suite", "is missing: signatures belong to suite 1 or 2".to_owned()));
        }
        let signing_key = self.signing_key.map(|text| DlmsKey::from_hex(&text.0, scalar_length(suite))).transpose();
        let signing_key = signing_key.map_err(|problem| field("dlms.signing_key", problem))?;
        let agreement_key = self.agreement_key.map(|text| DlmsKey::from_hex(&text.0, scalar_length(suite))).transpose();
        let agreement_key = agreement_key.map_err(|problem| field("dlms.agreement_key", problem))?;
        let general_ciphering =
            self.general_ciphering.as_deref().map(|word| word_of(&KEY_INFO_WORDS, word)).transpose();
        let general_ciphering = general_ciphering.map_err(|problem| field("dlms.general_ciphering", problem))?;
        let sign = self.sign.unwrap_or(false);
        let secrets = SecretsSection {
            encryption_key: self.encryption_key,
            authentication_key: self.authentication_key,
            master_key: self.master_key,
            meter_signing_key: self.meter_signing_key,
            meter_agreement_key: self.meter_agreement_key,
            password: self.password,
            password_hex: self.password_hex,
        };
        let secrets = secrets.check(suite).map_err(|(name, problem)| field(&format!("dlms.{name}"), problem))?;
        let mut fleet = listed;
        for (name, section) in self.meters {
            let own = section
                .check(suite)
                .map_err(|(part, problem)| field(&format!("dlms.meters.{name:?}.{part}"), problem))?;
            fleet.insert(&name, own).map_err(|problem| field(&format!("dlms.meters.{name:?}"), problem))?;
        }
        let derived = self.derived.map(DerivedSection::check).transpose();
        let derived = derived.map_err(|(name, problem)| field(&format!("dlms.derived.{name}"), problem))?;
        let has_keys = secrets.has_keys() || fleet.has_keys() || derived.is_some();
        let security = match self.security.as_deref() {
            // Keys that are in the file are used, whatever the authentication.
            None if has_keys => DlmsSecurity::AuthenticatedEncrypted,
            None => DlmsSecurity::None,
            Some(word) => word_of(&DlmsSecurity::WORDS, word).map_err(|problem| field("dlms.security", problem))?,
        };
        let dedicated_key = self.dedicated_key.unwrap_or(false);
        if (general_ciphering.is_some() || sign) && security == DlmsSecurity::None {
            let problem = "general_ciphering and sign need ciphered requests: give security and the keys";
            return Err(field("dlms.security", problem.to_owned()));
        }
        if dedicated_key && matches!(security, DlmsSecurity::None | DlmsSecurity::Authenticated) {
            let problem = "needs encrypted requests: without them the key would go out readable";
            return Err(field("dlms.dedicated_key", problem.to_owned()));
        }
        let credentials = DlmsCredentials {
            client,
            authentication,
            suite,
            system_title,
            signing_key,
            agreement_key,
            general_ciphering,
            sign,
            secrets,
            fleet,
            derived,
            security,
            dedicated_key,
        };
        credentials.check_complete(field).map(|()| credentials)
    }
}

impl DlmsCredentials {
    /// Whether the secrets depend on the meter, so that its name must be known before it is opened.
    pub fn is_by_meter(&self) -> bool {
        !self.fleet.is_empty() || self.derived.is_some()
    }

    /// What the file promises must be in it: what a meter of the fleet lacks shows only when that meter is met.
    fn check_complete(&self, field: FieldProblem<'_>) -> Result<(), KeyError> {
        let ciphered = self.security != DlmsSecurity::None;
        let because = |name: &str| {
            if ciphered && name != "password" && name != "meter_signing_key" && name != "signing_key" {
                "is missing, and requests are ciphered with it; security = \"none\" leaves the keys unused".to_owned()
            } else {
                format!("is missing, and auth = \"{}\" needs it", self.authentication.word())
            }
        };
        let fails = |name: &str| field(&format!("dlms.{name}"), because(name));
        if self.system_title.is_none() && (ciphered || self.authentication.needs_title()) {
            return Err(fails("system_title"));
        }
        if self.authentication == DlmsAuthentication::HlsEcdsa {
            if self.suite == Suite::Zero {
                return Err(field("dlms.suite", "auth = \"hls-ecdsa\" needs suite 1 or 2".to_owned()));
            }
            if self.signing_key.is_none() {
                return Err(fails("signing_key"));
            }
        }
        match self.missing(&self.secrets) {
            Some(name) if !self.is_by_meter() => Err(fails(name)),
            _ => Ok(()),
        }
    }
}

fn word_of<T: Copy>(words: &[(&'static str, T)], word: &str) -> Result<T, String> {
    words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        format!("its word is not known: use {}", known.join(", "))
    })
}

/// Exactly `length` octets in hex digits, most significant first; blanks, colons and hyphens between them are ignored.
fn hex_octets(text: &str, length: usize) -> Result<Zeroizing<Vec<u8>>, String> {
    let mut octets = Zeroizing::new(vec![0u8; length]);
    let mut digits = 0usize;
    for (position, character) in text.chars().enumerate() {
        if matches!(character, ' ' | ':' | '-') {
            continue;
        }
        let Some(digit) = character.to_digit(16).and_then(|digit| u8::try_from(digit).ok()) else {
            octets.zeroize();
            return Err(format!("position {} is not a hex digit", position.saturating_add(1)));
        };
        if let Some(octet) = octets.get_mut(digits / 2) {
            *octet = (*octet << 4) | digit;
        }
        digits = digits.saturating_add(1);
    }
    if digits == length.saturating_mul(2) {
        Ok(octets)
    } else {
        Err(format!("{digits} hex digits where {} are needed", length.saturating_mul(2)))
    }
}
