//! The credentials file: passwords and keys of a meter's interface (TOML).

mod derived;
mod dlms;
mod fleet;

use std::path::Path;

use serde::Deserialize;
use zeroize::Zeroizing;

use super::sealed::Opener;
use super::{Exposure, KeyError, Secret, is_sealed, read_private, unseal};
use crate::toml_problem;

pub use derived::DerivedKeys;
pub use dlms::{DlmsAuthentication, DlmsCredentials, DlmsKey, DlmsPassword, DlmsSecurity};
pub use fleet::{Fleet, MeterSecrets};

use dlms::DlmsSection;

/// Makes an error about a field of the file.
type FieldProblem<'a> = &'a dyn Fn(&str, String) -> KeyError;

/// Reads a private file, and opens it when it is sealed.
type Reader<'a> = &'a mut dyn FnMut(&Path) -> Result<Zeroizing<Vec<u8>>, KeyError>;

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
    /// Token under `[influx]`.
    pub influx_token: Option<Secret>,
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
    influx: Option<TokenSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenSection {
    token: Hidden,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MqttSection {
    user: String,
    password: Hidden,
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
    /// Reads a credentials file and the table of keys it may name, each plain or encrypted by age; `opener` says how one
    /// is opened.
    ///
    /// # Errors
    /// [`KeyError`], naming the field and never its value.
    pub fn load<'a>(
        path: &Path,
        exposure: Exposure,
        opener: &mut dyn FnMut(&Path) -> Opener<'a>,
    ) -> Result<Self, KeyError> {
        let mut read = |path: &Path| {
            let bytes = read_private(path, exposure)?;
            if is_sealed(&bytes) { unseal(path, &bytes, opener(path)) } else { Ok(bytes) }
        };
        let bytes = read(path)?;
        Credentials::parse_with(path, &bytes, &mut read)
    }

    /// Reads the plain content of a credentials file; `path` is for messages. One that names a table of keys needs
    /// [`Credentials::load`].
    ///
    /// # Errors
    /// [`KeyError::Unreadable`], [`KeyError::Field`].
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, KeyError> {
        Credentials::parse_with(path, bytes, &mut |table| {
            Err(KeyError::Unreadable { path: table.to_owned(), problem: "a table of keys is not read here".to_owned() })
        })
    }

    fn parse_with(path: &Path, bytes: &[u8], read: Reader<'_>) -> Result<Self, KeyError> {
        let unreadable = |problem: String| KeyError::Unreadable { path: path.to_owned(), problem };
        let text = std::str::from_utf8(bytes).map_err(|_| unreadable("not a text in UTF-8".to_owned()))?;
        let file: File = toml::from_str(text).map_err(|error| unreadable(toml_problem::in_words(text, &error)))?;
        let field =
            |name: &str, problem: String| KeyError::Field { path: path.to_owned(), field: name.to_owned(), problem };
        Ok(Credentials {
            dlms: file.dlms.map(|section| section.check_with_table(path, &field, read)).transpose()?,
            iec62056_21: file.iec62056_21.map(|section| Iec62056_21Credentials { password: section.password.secret() }),
            dlt645: file.dlt645.map(|section| Dlt645Credentials {
                password: section.password.secret(),
                operator: section.operator.as_ref().map(Hidden::secret),
            }),
            mqtt: file.mqtt.map(|section| MqttCredentials { password: section.password.secret(), user: section.user }),
            influx_token: file.influx.map(|section| section.token.secret()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::dlms::Suite;

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
        assert_eq!(dlms.secrets.encryption_key.unwrap().reveal()[15], 0x0f);
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
    fn mechanisms_and_suites_have_what_they_need() {
        let key = "00".repeat(16);
        let long = "00".repeat(32);
        for (text, expected) in [
            ("auth = \"hls-md5\"", Err("dlms.password: is missing, and auth = \"hls-md5\" needs it")),
            ("auth = \"hls-md5\"\npassword = \"s\"", Ok(DlmsAuthentication::HlsMd5)),
            ("auth = \"hls-sha256\"\npassword = \"s\"", Err("dlms.system_title: is missing")),
            ("auth = \"hls-ecdsa\"\nsystem_title = \"5445434830303031\"", Err("dlms.suite: auth = \"hls-ecdsa\"")),
            ("suite = 3", Err("dlms.suite: 3 is not 0, 1 or 2")),
            ("dedicated_key = true", Err("dlms.dedicated_key: needs encrypted requests")),
            ("password = \"x\"\npassword_hex = \"00\"", Err("dlms.password_hex: is given beside password")),
        ] {
            let outcome = parse(&format!("[dlms]\n{text}\n")).map(|file| file.dlms.unwrap().authentication);
            match (outcome, expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, expected),
                (Err(error), Err(expected)) => assert!(error.contains(expected), "{error}"),
                (found, expected) => panic!("{found:?}, {expected:?}"),
            }
        }
        let suite_2 = format!(
            "[dlms]\nsuite = 2\nauth = \"hls-gmac\"\nsystem_title = \"5445434830303031\"\nencryption_key = \"{key}\"\n"
        );
        assert!(parse(&suite_2).unwrap_err().contains("32 hex digits where 64 are needed"));
        let suite_2 = format!("{}authentication_key = \"{long}\"\n", suite_2.replace(&key, &long));
        assert_eq!(parse(&suite_2).unwrap().dlms.unwrap().suite, Suite::Two);
    }

    #[test]
    fn a_fleet_is_found_by_any_of_its_names() {
        let (one, two) = ("11".repeat(16), "22".repeat(16));
        let text = format!(
            "[dlms]\nauth = \"hls-gmac\"\nsystem_title = \"5445434830303031\"\nauthentication_key = \"{one}\"\n\
             [dlms.meters.\"gRx1\"]\nencryption_key = \"{two}\"\n"
        );
        let dlms = parse(&text).unwrap().dlms.unwrap();
        let found = dlms.of_meter(&["88000018".to_owned(), " GRX1 ".to_owned()]).unwrap();
        assert_eq!(found.encryption_key.unwrap().reveal(), [0x22; 16]);
        assert_eq!(found.authentication_key.unwrap().reveal(), [0x11; 16]);
        let problem = dlms.of_meter(&["88000019".to_owned()]).unwrap_err();
        assert!(problem.starts_with("88000019 is not in the keys") && problem.contains("encryption_key"), "{problem}");
        let path = Path::new("k.csv");
        let read =
            |table: &str| Fleet::from_csv(path, table.as_bytes(), Suite::Zero).map_err(|error| error.to_string());
        let table = format!("meter,encryption_key,password\n1,{one},a\n2,,b\n");
        assert_eq!(read(&table).unwrap().len(), 2);
        for (from, to, expected) in [
            ("password", "pasword", "line 1: the heading of column 3 is not known"),
            ("meter,", "password_hex,", "line 1: the column meter is missing"),
            ("2,,b", "1,,b", "line 3: the meter is named twice"),
            (one.as_str(), "123", "line 2: encryption_key: 3 hex digits where 32 are needed"),
            ("2,,b", "2,b", "line 3 cannot be read as CSV"),
        ] {
            let problem = read(&table.replace(from, to)).unwrap_err();
            assert!(problem.contains(expected), "{problem}");
        }
    }

    #[test]
    fn nothing_secret_prints() {
        let shown = format!("{:?}", parse(GMAC).unwrap());
        assert!(shown.contains("[redacted]") && !shown.contains("208"), "{shown}");
    }
}
