//! New keys and passwords of a meter from before they are sent until the meter has proved that it holds them.
//!
//! A reply that is lost must not lose the keys: what is about to be sent lies in the state folder, one file a meter,
//! sealed under the secrets in force (HKDF-SHA256 and ChaCha20-Poly1305). Whoever holds the old credentials can go on
//! where a run was broken off; nobody else gains anything by the file.

use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{DlmsKey, DlmsPassword, KeyError, MeterSecrets};
use crate::{files, hex};

/// Label of the key the file is sealed under.
const LABEL: &[u8] = b"wattkey pending dlms secrets 1";

/// Octets of the number in front of a sealed file, drawn anew for each.
const NONCE: usize = 12;

/// Longest file that is read, in octets.
const LONGEST: u64 = 64 * 1024;

/// The folder of the files.
#[derive(Debug, Clone)]
pub struct PendingSecrets {
    folder: PathBuf,
}

impl PendingSecrets {
    /// The folder inside the state folder; made when the first file is kept.
    pub fn in_state(state: &Path) -> Self {
        PendingSecrets { folder: state.join("dlms-keys") }
    }

    /// Keeps what is about to be sent to a meter; on the disk when this returns.
    ///
    /// # Errors
    /// [`KeyError`]; nothing may be sent then.
    pub fn keep(&self, meter: &str, old: &MeterSecrets, new: &MeterSecrets) -> Result<(), KeyError> {
        let path = self.path(meter);
        let failed = |source| KeyError::Io { path: path.clone(), source };
        let problem = |problem: &str| KeyError::Sealed { path: path.clone(), problem: problem.to_owned() };
        let mut sealed = vec![0u8; NONCE];
        getrandom::fill(&mut sealed)
            .map_err(|error| problem(&format!("the system gives no random numbers: {error}")))?;
        let text = Zeroizing::new(to_json(new).to_string());
        let name = folded(meter);
        let payload = Payload { msg: text.as_bytes(), aad: name.as_bytes() };
        let nonce = Nonce::try_from(sealed.as_slice()).map_err(|_| problem("its number has a wrong length"))?;
        let content = sealer(old).and_then(|cipher| cipher.encrypt(&nonce, payload).ok());
        sealed.extend(content.ok_or_else(|| problem("there are no secrets in force to seal it under"))?);
        files::create_private_folder(&self.folder).map_err(failed)?;
        files::replace_with(&path, &sealed).map_err(failed)
    }

    /// What a run that was broken off was about to send to a meter that goes by one of these names.
    ///
    /// # Errors
    /// [`KeyError::Sealed`] when it was sealed under other secrets than `old`; [`KeyError::Io`].
    pub fn find(&self, names: &[String], old: &MeterSecrets) -> Result<Option<MeterSecrets>, KeyError> {
        for name in names {
            let path = self.path(name);
            let bytes = match files::read_bounded(&path, LONGEST) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(source) => return Err(KeyError::Io { path, source }),
            };
            let opened = open(name, old, &bytes).ok_or_else(|| KeyError::Sealed {
                path,
                problem:
                    "it holds keys that were about to be sent to this meter, sealed under the credentials of then: \
                          give those with --credentials"
                        .to_owned(),
            })?;
            return Ok(Some(opened));
        }
        Ok(None)
    }

    /// Whether something is kept for a meter that goes by one of these names.
    pub fn holds(&self, names: &[String]) -> bool {
        names.iter().any(|name| self.path(name).exists())
    }

    /// The meter has proved that it holds the new secrets, or that it holds the old ones and they stay.
    ///
    /// # Errors
    /// [`KeyError::Io`].
    pub fn forget(&self, meter: &str) -> Result<(), KeyError> {
        let path = self.path(meter);
        // A run that was killed may have left a part of the file beside it.
        let begins = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = std::fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let left =
            beside.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&begins)));
        for path in left {
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(KeyError::Io { path, source: error });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The file does not tell the meter's number.
    fn path(&self, meter: &str) -> PathBuf {
        let digest = Sha256::new().chain_update(LABEL).chain_update(folded(meter)).finalize();
        self.folder.join(format!("{}.sealed", hex::encode(digest.get(..16).unwrap_or_default())))
    }
}

fn folded(name: &str) -> String {
    name.trim().to_ascii_uppercase()
}

/// The cipher under the secrets in force; `None` when there are none.
fn sealer(old: &MeterSecrets) -> Option<ChaCha20Poly1305> {
    let mut material = Zeroizing::new(Vec::new());
    let parts = [
        old.encryption_key.as_ref().map(DlmsKey::reveal),
        old.authentication_key.as_ref().map(DlmsKey::reveal),
        old.password.as_ref().map(DlmsPassword::reveal),
    ];
    for part in parts {
        let octets = part.unwrap_or_default();
        material.extend(u32::try_from(octets.len()).ok()?.to_be_bytes());
        material.extend_from_slice(octets);
    }
    parts.iter().any(Option::is_some).then_some(())?;
    let mut key = Zeroizing::new([0u8; 32]);
    hkdf::Hkdf::<Sha256>::new(None, &material).expand(LABEL, key.as_mut_slice()).ok()?;
    ChaCha20Poly1305::new_from_slice(key.as_slice()).ok()
}

fn open(meter: &str, old: &MeterSecrets, bytes: &[u8]) -> Option<MeterSecrets> {
    let (nonce, content) = bytes.split_at_checked(NONCE)?;
    let name = folded(meter);
    let payload = Payload { msg: content, aad: name.as_bytes() };
    let text = Zeroizing::new(sealer(old)?.decrypt(&Nonce::try_from(nonce).ok()?, payload).ok()?);
    from_json(&serde_json::from_slice(&text).ok()?)
}

fn to_json(secrets: &MeterSecrets) -> Value {
    let key = |key: &Option<DlmsKey>| key.as_ref().map(|key| hex::encode(key.reveal()));
    json!({
        "encryption_key": key(&secrets.encryption_key),
        "authentication_key": key(&secrets.authentication_key),
        "master_key": key(&secrets.master_key),
        "meter_signing_key": key(&secrets.meter_signing_key),
        "meter_agreement_key": key(&secrets.meter_agreement_key),
        "password": secrets.password.as_ref().map(|password| hex::encode(password.reveal())),
    })
}

fn from_json(value: &Value) -> Option<MeterSecrets> {
    let octets = |name: &str| value.get(name).and_then(Value::as_str).and_then(hex::decode);
    let key = |name: &str| octets(name).map(DlmsKey::new);
    Some(MeterSecrets {
        encryption_key: key("encryption_key"),
        authentication_key: key("authentication_key"),
        master_key: key("master_key"),
        meter_signing_key: key("meter_signing_key"),
        meter_agreement_key: key("meter_agreement_key"),
        password: octets("password").map(DlmsPassword::new),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_opens_under_the_old_secrets_only() {
        let folder = tempfile::tempdir().unwrap();
        let pending = PendingSecrets::in_state(folder.path());
        let secrets = |octet: u8| MeterSecrets {
            encryption_key: Some(DlmsKey::new(vec![octet; 16])),
            password: Some(DlmsPassword::new(vec![octet, 0xFF])),
            ..MeterSecrets::default()
        };
        let names = ["GRX1".to_owned(), "88000018".to_owned()];
        assert_eq!(pending.find(&names, &secrets(1)).unwrap(), None);
        pending.keep("88000018", &secrets(1), &secrets(2)).unwrap();
        assert!(pending.holds(&names));
        assert_eq!(pending.find(&names, &secrets(1)).unwrap(), Some(secrets(2)));
        assert!(pending.find(&names, &secrets(3)).unwrap_err().to_string().contains("credentials of then"));
        let file = std::fs::read_dir(folder.path().join("dlms-keys")).unwrap().next().unwrap().unwrap().path();
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(4).any(|window| window == b"0202"));
        assert!(pending.keep("1", &MeterSecrets::default(), &secrets(2)).is_err());
        pending.forget("88000018").unwrap();
        pending.forget("88000018").unwrap();
        assert!(!pending.holds(&names));
    }
}
