//! Files encrypted by `age` (age-encryption.org/v1), binary or armored, by passphrase or for recipients.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, EncryptError, Encryptor, IdentityFile};
use zeroize::Zeroizing;

use super::{Exposure, KeyError, Secret, read_private};

/// First bytes of the binary and of the armored form.
const MAGIC: [&[u8]; 2] = [b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED FILE-----"];

/// scrypt work factor for new files, as a power of two: some 256 MiB and about a second, as the `age` program does.
const WORK_FACTOR: u8 = 18;

/// Largest work factor that is opened: a hostile file must not take hours and all memory.
const MAX_WORK_FACTOR: u8 = 20;

/// Whether these bytes are an age file.
pub fn is_sealed(bytes: &[u8]) -> bool {
    MAGIC.iter().any(|magic| bytes.starts_with(magic))
}

/// How an encrypted file is opened.
pub struct Opener<'a> {
    /// File with age identities, tried for files encrypted to recipients.
    pub identity_file: Option<PathBuf>,
    /// What to do when others may read the identity file.
    pub exposure: Exposure,
    /// Gets the passphrase, asking when that is how it is had; called only for a file that needs one.
    pub passphrase: Box<dyn FnOnce() -> Result<Secret, KeyError> + 'a>,
}

impl std::fmt::Debug for Opener<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Opener").field("identity_file", &self.identity_file).finish_non_exhaustive()
    }
}

/// Whom a new encrypted file is for.
#[derive(Debug, Clone)]
pub enum Recipient {
    /// Whoever knows the passphrase.
    Passphrase(Secret),
    /// Holders of these age public keys (`age1…`).
    PublicKeys(Vec<String>),
}

/// Decrypts an age file.
///
/// # Errors
/// [`KeyError::Sealed`]: wrong passphrase or identity, a damaged file, a work factor beyond reason.
pub fn unseal(path: &Path, bytes: &[u8], opener: Opener<'_>) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let sealed = |problem: &str| KeyError::Sealed { path: path.to_owned(), problem: problem.to_owned() };
    let wrong = |error: &DecryptError, key: &str| sealed(&reason(error, key));
    let decryptor =
        Decryptor::new_buffered(ArmoredReader::new(bytes)).map_err(|error| wrong(&error, "the passphrase"))?;
    // Plain text is never longer than the file, so this buffer does not move while it fills.
    let mut plain = Zeroizing::new(Vec::with_capacity(bytes.len().saturating_add(64)));
    let mut reader = if decryptor.is_scrypt() {
        let passphrase = (opener.passphrase)()?;
        let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase.reveal().to_owned()));
        identity.set_max_work_factor(MAX_WORK_FACTOR);
        decryptor
            .decrypt(std::iter::once(&identity as &dyn age::Identity))
            .map_err(|error| wrong(&error, "the passphrase"))?
    } else {
        let Some(identity_file) = &opener.identity_file else {
            return Err(sealed("encrypted for a recipient, and no identity file is given"));
        };
        let text = read_private(identity_file, opener.exposure)?;
        let identities = IdentityFile::from_buffer(text.as_slice())
            .map_err(|error| error.to_string())
            .and_then(|file| file.into_identities().map_err(|error| reason(&error, "the identity")));
        let identities = identities.map_err(|problem| KeyError::Unreadable { path: identity_file.clone(), problem })?;
        decryptor
            .decrypt(identities.iter().map(|identity| identity.as_ref() as &dyn age::Identity))
            .map_err(|error| wrong(&error, "the identity"))?
    };
    reader.read_to_end(&mut plain).map_err(|_| sealed("the encrypted file is damaged or cut short"))?;
    Ok(plain)
}

fn reason(error: &DecryptError, key: &str) -> String {
    match error {
        DecryptError::DecryptionFailed | DecryptError::NoMatchingKeys | DecryptError::KeyDecryptionFailed => {
            format!("{key} does not open the file")
        }
        DecryptError::ExcessiveWork { required, .. } => {
            format!("its passphrase work factor {required} is above {MAX_WORK_FACTOR}, which this program refuses")
        }
        DecryptError::InvalidHeader | DecryptError::InvalidMac | DecryptError::UnknownFormat => {
            "the age header is damaged".to_owned()
        }
        _ => "the encrypted file is damaged or cut short".to_owned(),
    }
}

/// Encrypts to an armored age file.
///
/// # Errors
/// One sentence: no or malformed recipients.
pub fn seal(plain: &[u8], recipient: &Recipient) -> Result<Vec<u8>, String> {
    match recipient {
        Recipient::Passphrase(passphrase) => {
            let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase.reveal().to_owned()));
            recipient.set_work_factor(WORK_FACTOR);
            seal_for(plain, &[&recipient])
        }
        Recipient::PublicKeys(keys) => {
            let keys = keys
                .iter()
                .map(|key| {
                    key.parse::<age::x25519::Recipient>()
                        .map_err(|problem| format!("{key:?} is not an age recipient (age1…): {problem}"))
                })
                .collect::<Result<Vec<_>, _>>()?;
            let keys: Vec<&dyn age::Recipient> = keys.iter().map(|key| key as &dyn age::Recipient).collect();
            seal_for(plain, &keys)
        }
    }
}

fn seal_for(plain: &[u8], recipients: &[&dyn age::Recipient]) -> Result<Vec<u8>, String> {
    let encryptor = Encryptor::with_recipients(recipients.iter().copied()).map_err(|error| match error {
        EncryptError::MissingRecipients => "no recipient is given".to_owned(),
        other => other.to_string(),
    })?;
    let armored = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor).and_then(|armor| {
        let mut writer = encryptor.wrap_output(armor)?;
        writer.write_all(plain)?;
        writer.finish()?.finish()
    });
    armored.map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opener<'a>(passphrase: &'a str, identity_file: Option<PathBuf>) -> Opener<'a> {
        Opener {
            identity_file,
            exposure: Exposure::Refuse,
            passphrase: Box::new(move || Ok(Secret::new(passphrase.to_owned()))),
        }
    }

    #[test]
    fn recipients_open_what_was_sealed_for_them_and_others_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let mine = age::x25519::Identity::generate();
        let file = folder.path().join("identity");
        use age::secrecy::ExposeSecret;
        let text = format!("# created for a test\n{}\n", mine.to_string().expose_secret());
        super::super::write_private(&file, text.as_bytes(), false).unwrap();
        let path = Path::new("keys.age");
        let bytes = seal(b"{}", &Recipient::PublicKeys(vec![mine.to_public().to_string()])).unwrap();
        assert!(is_sealed(&bytes));
        assert_eq!(unseal(path, &bytes, opener("", Some(file.clone()))).unwrap().as_slice(), b"{}");
        let other = age::x25519::Identity::generate().to_public().to_string();
        let foreign = seal(b"{}", &Recipient::PublicKeys(vec![other])).unwrap();
        let error = unseal(path, &foreign, opener("", Some(file))).unwrap_err();
        assert_eq!(error.to_string(), "keys.age: the identity does not open the file");
        let error = unseal(path, &bytes, opener("", None)).unwrap_err();
        assert!(error.to_string().contains("no identity file"), "{error}");
    }

    #[test]
    fn damage_is_an_error_at_every_length() {
        let mine = age::x25519::Identity::generate();
        let bytes = seal(b"secret", &Recipient::PublicKeys(vec![mine.to_public().to_string()])).unwrap();
        for length in 0..bytes.len() - 1 {
            assert!(unseal(Path::new("k"), &bytes[..length], opener("x", None)).is_err(), "{length}");
        }
    }

    #[test]
    fn a_malformed_recipient_is_named() {
        let error = seal(b"", &Recipient::PublicKeys(vec!["age1nonsense".to_owned()])).unwrap_err();
        assert!(error.contains("age1nonsense"), "{error}");
        assert!(seal(b"", &Recipient::PublicKeys(Vec::new())).unwrap_err().contains("no recipient"));
    }
}
