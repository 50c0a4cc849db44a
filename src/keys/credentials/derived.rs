//! `[dlms.derived]`: keys that follow from a root key and the meter's number.

use hkdf::Hkdf;
use serde::Deserialize;
use sha2::Sha256;

use super::Hidden;
use super::dlms::DlmsKey;
use super::fleet::MeterSecrets;
use crate::protocol::dlms::Suite;

/// Fewest octets of a root key.
const LEAST_ROOT: usize = 16;

/// The one key derivation function there is: HKDF with SHA-256 (RFC 5869), without salt. Its info is the word `GUEK`
/// for the encryption key or `GAK` for the authentication key, a colon, and the meter's number.
const KDF: &str = "hkdf-sha256";

/// Keys that follow from a root key and the meter's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DerivedKeys {
    root: DlmsKey,
}

impl DerivedKeys {
    /// Encryption and authentication key of a meter.
    pub fn keys_of(&self, name: &str, suite: Suite) -> MeterSecrets {
        let key = |label: &str| {
            let mut octets = vec![0u8; suite.key_length()];
            let info = format!("{label}:{}", name.trim().to_ascii_uppercase());
            Hkdf::<Sha256>::new(None, self.root.reveal()).expand(info.as_bytes(), &mut octets).ok()?;
            Some(DlmsKey::new(octets))
        };
        MeterSecrets { encryption_key: key("GUEK"), authentication_key: key("GAK"), ..MeterSecrets::default() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DerivedSection {
    kdf: String,
    root_key: Hidden,
}

impl DerivedSection {
    /// Checks the values; the problem names the field.
    pub(super) fn check(self) -> Result<DerivedKeys, (&'static str, String)> {
        if self.kdf != KDF {
            return Err(("kdf", format!("its word is not known: use {KDF}")));
        }
        let digits = self.root_key.0.chars().filter(char::is_ascii_hexdigit).count();
        if digits < LEAST_ROOT.saturating_mul(2) {
            return Err(("root_key", format!("{digits} hex digits where at least {} are needed", LEAST_ROOT * 2)));
        }
        let root = DlmsKey::from_hex(&self.root_key.0, digits.div_ceil(2)).map_err(|problem| ("root_key", problem))?;
        Ok(DerivedKeys { root })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys by Python: `hmac` of the standard library, extract and expand written out.
    #[test]
    fn keys_follow_from_root_and_number() {
        let section =
            |kdf: &str, root: &str| DerivedSection { kdf: kdf.to_owned(), root_key: Hidden(root.to_owned().into()) };
        let derived = section("hkdf-sha256", &"0b".repeat(22)).check().unwrap();
        let keys = derived.keys_of(" grx88000018", Suite::Zero);
        assert_eq!(crate::hex::encode(keys.encryption_key.unwrap().reveal()), "814a1705f490a7969e73bfa7c51390e9");
        assert_eq!(derived.keys_of("1", Suite::Two).authentication_key.unwrap().reveal().len(), 32);
        assert_eq!(section("pbkdf2", &"0b".repeat(22)).check().unwrap_err().0, "kdf");
        assert!(section("hkdf-sha256", "0b0b").check().unwrap_err().1.contains("4 hex digits"));
    }
}
