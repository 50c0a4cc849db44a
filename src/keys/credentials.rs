//! The credentials file: passwords and keys of a meter's interface (TOML).

use std::path::Path;

use serde::Deserialize;
use zeroize::{Zeroize, Zeroizing};

use super::sealed::Opener;
use super::{Exposure, KeyError, Secret, is_sealed, read_private, unseal};
use crate::toml_problem;

/// Sections of the credentials file; a protocol without a section uses its own public access.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    /// `[dlms]`
    pub dlms: Option<DlmsCredentials>,
    /// `[iec62056_21]`
    pub iec62056_21: Option<Iec62056_21Credentials>,
    /// `[dlt645]`
    pub dlt645: Option<Dlt645Credentials>,
    /// `[mqtt]`
    pub mqtt: Option<MqttCredentials>,
}

/// How a DLMS client proves itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DlmsAuthentication {
    /// No authentication.
    #[default]
    None,
    /// Low level security: a password.
    Lls,
    /// High level security with GMAC (mechanism 5).
    HlsGmac,
}

/// `[dlms]`
#[derive(Debug, Clone)]
pub struct DlmsCredentials {
    /// Client address, 1..=127; 48 where the file is silent and `auth` is `hls-gmac`, else 16.
    pub client: u8,
    /// Authentication mechanism.
    pub authentication: DlmsAuthentication,
    /// System title of the client, 8 bytes.
    pub system_title: Option<[u8; 8]>,
    /// Global unicast encryption key (GUEK), 16 bytes.
    pub encryption_key: Option<DlmsKey>,
    /// Authentication key (AK), 16 bytes.
    pub authentication_key: Option<DlmsKey>,
    /// Password of low level security.
    pub password: Option<Secret>,
    /// How requests are protected by the keys.
    pub security: DlmsSecurity,
}

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

/// An AES-128 key of DLMS security suite 0; wiped on drop, prints as `[redacted]`.
#[derive(Clone, PartialEq, Eq)]
pub struct DlmsKey(Zeroizing<[u8; 16]>);

impl DlmsKey {
    /// The key itself.
    pub fn reveal(&self) -> &[u8; 16] {
        &self.0
    }
}

impl std::fmt::Debug for DlmsKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("[redacted]")
    }
}

/// `[iec62056_21]`
#[derive(Debug, Clone)]
pub struct Iec62056_21Credentials {
    /// Password sent in the programming mode.
    pub password: Secret,
}

/// `[dlt645]`
#[derive(Debug, Clone)]
pub struct Dlt645Credentials {
    /// Password, as the protocol's manual writes it.
    pub password: Secret,
    /// Operator code.
    pub operator: Option<Secret>,
}

/// `[mqtt]`
#[derive(Debug, Clone)]
pub struct MqttCredentials {
    /// Name at the broker.
    pub user: String,
    /// Password at the broker.
    pub password: Secret,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    dlms: Option<DlmsSection>,
    iec62056_21: Option<PasswordSection>,
    dlt645: Option<Dlt645Section>,
    mqtt: Option<MqttSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MqttSection {
    user: String,
    password: Hidden,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DlmsSection {
    client: Option<i64>,
    auth: Option<String>,
    system_title: Option<Hidden>,
    encryption_key: Option<Hidden>,
    authentication_key: Option<Hidden>,
    password: Option<Hidden>,
    security: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PasswordSection {
    password: Hidden,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dlt645Section {
    password: Hidden,
    operator: Option<Hidden>,
}

/// A text whose parse error does not repeat it.
struct Hidden(Zeroizing<String>);

impl<'de> Deserialize<'de> for Hidden {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)
            .map(|text| Hidden(Zeroizing::new(text)))
            .map_err(|_| serde::de::Error::custom("a text in quotes is expected"))
    }
}

impl Hidden {
    fn secret(&self) -> Secret {
        Secret::new(self.0.as_str().to_owned())
    }
}

impl Credentials {
    /// Reads a credentials file, plain or encrypted by age.
    ///
    /// # Errors
    /// [`KeyError`], naming the field and never its value.
    pub fn load(path: &Path, exposure: Exposure, opener: Opener<'_>) -> Result<Self, KeyError> {
        let bytes = read_private(path, exposure)?;
        if is_sealed(&bytes) {
            Credentials::parse(path, &unseal(path, &bytes, opener)?)
        } else {
            Credentials::parse(path, &bytes)
        }
    }

    /// Reads the plain content of a credentials file; `path` is for messages.
    ///
    /// # Errors
    /// [`KeyError::Unreadable`], [`KeyError::Field`].
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, KeyError> {
        let unreadable = |problem: String| KeyError::Unreadable { path: path.to_owned(), problem };
        let text = std::str::from_utf8(bytes).map_err(|_| unreadable("not a text in UTF-8".to_owned()))?;
        let file: File = toml::from_str(text).map_err(|error| unreadable(toml_problem::in_words(text, &error)))?;
        let field =
            |name: &str, problem: String| KeyError::Field { path: path.to_owned(), field: name.to_owned(), problem };
        Ok(Credentials {
            dlms: file.dlms.map(|section| section.check(&field)).transpose()?,
            iec62056_21: file.iec62056_21.map(|section| Iec62056_21Credentials { password: section.password.secret() }),
            dlt645: file.dlt645.map(|section| Dlt645Credentials {
                password: section.password.secret(),
                operator: section.operator.as_ref().map(Hidden::secret),
            }),
            mqtt: file.mqtt.map(|section| MqttCredentials { password: section.password.secret(), user: section.user }),
        })
    }
}

impl DlmsSection {
    fn check(self, field: &dyn Fn(&str, String) -> KeyError) -> Result<DlmsCredentials, KeyError> {
        let authentication = match self.auth.as_deref() {
            None | Some("none") => DlmsAuthentication::None,
            Some("lls") => DlmsAuthentication::Lls,
            Some("hls-gmac") => DlmsAuthentication::HlsGmac,
            // The word itself may be a password in the wrong place.
            Some(_) => {
                return Err(field("dlms.auth", "its word is not known: use none, lls or hls-gmac".to_owned()));
            }
        };
        let client = match (self.client, authentication) {
            (Some(number), _) => u8::try_from(number)
                .ok()
                .filter(|client| (1..=127).contains(client))
                .ok_or_else(|| field("dlms.client", format!("{number} is outside 1 to 127")))?,
            (None, DlmsAuthentication::HlsGmac) => 48,
            (None, _) => 16,
        };
        let key = |name: &str, text: Option<Hidden>| {
            text.map(|text| hex_bytes::<16>(&text.0).map(DlmsKey).map_err(|problem| field(name, problem))).transpose()
        };
        let has_keys = self.encryption_key.is_some() || self.authentication_key.is_some();
        let security = match self.security.as_deref() {
            // Keys that are in the file are used, whatever the authentication.
            None if has_keys => DlmsSecurity::AuthenticatedEncrypted,
            None | Some("none") => DlmsSecurity::None,
            Some("authenticated") => DlmsSecurity::Authenticated,
            Some("encrypted") => DlmsSecurity::Encrypted,
            Some("authenticated-encrypted") => DlmsSecurity::AuthenticatedEncrypted,
            Some(_) => {
                let known = "none, authenticated, encrypted or authenticated-encrypted";
                return Err(field("dlms.security", format!("its word is not known: use {known}")));
            }
        };
        let credentials = DlmsCredentials {
            client,
            authentication,
            system_title: self
                .system_title
                .map(|text| hex_bytes::<8>(&text.0).map(|bytes| *bytes))
                .transpose()
                .map_err(|problem| field("dlms.system_title", problem))?,
            encryption_key: key("dlms.encryption_key", self.encryption_key)?,
            authentication_key: key("dlms.authentication_key", self.authentication_key)?,
            password: self.password.as_ref().map(Hidden::secret),
            security,
        };
        let needs = |there: bool, name: &str| {
            let auth = if authentication == DlmsAuthentication::Lls { "lls" } else { "hls-gmac" };
            if there { Ok(()) } else { Err(field(name, format!("is missing, and auth = \"{auth}\" needs it"))) }
        };
        if security != DlmsSecurity::None {
            let needs = |there: bool, name: &str| {
                let problem =
                    "is missing, and requests are ciphered with it; security = \"none\" leaves the keys unused";
                if there { Ok(()) } else { Err(field(name, problem.to_owned())) }
            };
            needs(credentials.system_title.is_some(), "dlms.system_title")?;
            needs(credentials.encryption_key.is_some(), "dlms.encryption_key")?;
            needs(credentials.authentication_key.is_some(), "dlms.authentication_key")?;
        }
        match authentication {
            DlmsAuthentication::None => {}
            DlmsAuthentication::Lls => needs(credentials.password.is_some(), "dlms.password")?,
            DlmsAuthentication::HlsGmac => {
                needs(credentials.system_title.is_some(), "dlms.system_title")?;
                needs(credentials.encryption_key.is_some(), "dlms.encryption_key")?;
                needs(credentials.authentication_key.is_some(), "dlms.authentication_key")?;
            }
        }
        Ok(credentials)
    }
}

/// Exactly `N` bytes in hex digits, most significant first; blanks and colons between them are ignored.
fn hex_bytes<const N: usize>(text: &str) -> Result<Zeroizing<[u8; N]>, String> {
    let mut bytes = Zeroizing::new([0u8; N]);
    let mut digits = 0usize;
    for (position, character) in text.chars().enumerate() {
        if matches!(character, ' ' | ':' | '-') {
            continue;
        }
        let Some(digit) = character.to_digit(16).and_then(|digit| u8::try_from(digit).ok()) else {
            bytes.zeroize();
            return Err(format!("position {} is not a hex digit", position.saturating_add(1)));
        };
        if let Some(byte) = bytes.get_mut(digits / 2) {
            *byte = (*byte << 4) | digit;
        }
        digits = digits.saturating_add(1);
    }
    if digits == N.saturating_mul(2) {
        Ok(bytes)
    } else {
        Err(format!("{digits} hex digits where {} are needed", N * 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Credentials, String> {
        Credentials::parse(Path::new("c.toml"), text.as_bytes()).map_err(|error| error.to_string())
    }

    const GMAC: &str = r#"
        [dlms]
        client = 48
        auth = "hls-gmac"
        system_title = "5445434830303031"
        encryption_key = "000102030405060708090A0B0C0D0E0F"
        authentication_key = "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF"
    "#;

    #[test]
    fn the_documented_file_is_read() {
        let text = format!(
            "{GMAC}\n[iec62056_21]\npassword = \"00000000\"\n[dlt645]\npassword = \"04000000\"\n[mqtt]\nuser = \"box\"\npassword = \"hush\"\n"
        );
        let credentials = parse(&text).unwrap();
        let dlms = credentials.dlms.unwrap();
        assert_eq!((dlms.client, dlms.authentication), (48, DlmsAuthentication::HlsGmac));
        assert_eq!(dlms.system_title.unwrap(), *b"TECH0001");
        assert_eq!(dlms.encryption_key.unwrap().reveal()[15], 0x0f);
        assert_eq!(credentials.iec62056_21.unwrap().password.reveal(), "00000000");
        let mqtt = credentials.mqtt.unwrap();
        assert_eq!((mqtt.user.as_str(), mqtt.password.reveal()), ("box", "hush"));
    }

    #[test]
    fn bad_fields_are_named_and_values_are_not_repeated() {
        for (from, to, expected) in [
            ("0D0E0F\"", "0D0E\"", "dlms.encryption_key: 30 hex digits where 32 are needed"),
            ("\"D0", "\"X0", "dlms.authentication_key: position 1 is not a hex digit"),
            ("\"hls-gmac\"", "\"hls\"", "dlms.auth: its word is not known"),
            ("client = 48", "client = 128", "dlms.client: 128 is outside 1 to 127"),
            ("client = 48", "clinet = 48", "unknown field `clinet`"),
        ] {
            let error = parse(&GMAC.replace(from, to)).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
        let error = parse("[dlms]\npassword = 31337\n").unwrap_err();
        assert!(error.contains("line 2") && !error.contains("31337"), "{error}");
        assert!(parse("[dlms]\nauth = \"lls\"\n").unwrap_err().contains("dlms.password: is missing"));
    }

    #[test]
    fn nothing_secret_prints() {
        let shown = format!("{:?}", parse(GMAC).unwrap());
        assert!(shown.contains("[redacted]") && !shown.contains("208"), "{shown}");
    }
}
