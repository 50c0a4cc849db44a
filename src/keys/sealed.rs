//! Files encrypted by `age` (age-encryption.org/v1), binary or armored, by passphrase or for recipients.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::age::{self, Identity, Lock, Locked, PublicKey};
use super::{Exposure, KeyError, Secret, read_private};

/// scrypt work factor for new files, as a power of two: some 256 MiB and about a second, as the `age` program does.
const WORK_FACTOR: u8 = 18;

/// Largest work factor that is opened: a hostile file must not take hours and all memory.
const MAX_WORK_FACTOR: u8 = 20;

/// Whether these bytes are an age file.
pub fn is_sealed(bytes: &[u8]) -> bool {
    age::is_age(bytes)
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

/// Secret keys that open what was sealed to their public halves; wiped on drop.
#[derive(Debug)]
pub struct Identities(Vec<Identity>);

impl Identities {
    /// Reads the text of an identity file.
    ///
    /// # Errors
    /// The number of the first line that is no identity, from 1, or that there is none.
    pub fn read(text: &str) -> Result<Self, String> {
        Identity::parse_file(text).map(Identities)
    }

    /// Decrypts an age file that is held in memory.
    ///
    /// # Errors
    /// One sentence: it is sealed to others, damaged, or locked by a passphrase.
    pub fn open(&self, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, String> {
        let locked = Locked::read(bytes).map_err(|error| error.to_string())?;
        locked.open_by_identity(&self.0).map_err(|error| error.to_string())
    }
}

/// Makes an age identity: the line of its identity file, which is secret, and its public half (`age1…`).
///
/// # Errors
/// One sentence when the system gives no random numbers.
pub fn new_identity() -> Result<(Secret, String), String> {
    let identity = Identity::generate().map_err(|error| error.to_string())?;
    let line = identity.to_line().map_err(|error| error.to_string())?;
    Ok((Secret::new(line.to_string()), identity.public().to_string()))
}

/// Decrypts an age file.
///
/// # Errors
/// [`KeyError::Sealed`]: wrong passphrase or identity, a damaged file, a work factor beyond reason.
pub fn unseal(path: &Path, bytes: &[u8], opener: Opener<'_>) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let sealed = |problem: String| KeyError::Sealed { path: path.to_owned(), problem };
    let locked = Locked::read(bytes).map_err(|error| sealed(error.to_string()))?;
    let opened = if locked.by_passphrase() {
        let passphrase = (opener.passphrase)()?;
        locked.open_by_passphrase(passphrase.reveal(), MAX_WORK_FACTOR)
    } else {
        let Some(identity_file) = &opener.identity_file else {
            return Err(sealed("encrypted for a recipient, and no identity file is given".to_owned()));
        };
        let unreadable = |problem: String| KeyError::Unreadable { path: identity_file.clone(), problem };
        let text = read_private(identity_file, opener.exposure)?;
        let text = std::str::from_utf8(&text).map_err(|_| unreadable("is no text".to_owned()))?;
        locked.open_by_identity(&Identity::parse_file(text).map_err(unreadable)?)
    };
    opened.map_err(|error| sealed(error.to_string()))
}

/// Encrypts to an armored age file.
///
/// # Errors
/// One sentence: no or malformed recipients.
pub fn seal(plain: &[u8], recipient: &Recipient) -> Result<Vec<u8>, String> {
    let sealed = match recipient {
        Recipient::Passphrase(passphrase) => age::seal(plain, &Lock::Passphrase(passphrase.reveal(), WORK_FACTOR)),
        Recipient::PublicKeys(keys) if keys.is_empty() => return Err("no recipient is given".to_owned()),
        Recipient::PublicKeys(keys) => {
            let keys = keys
                .iter()
                .map(|key| key.parse().map_err(|problem| format!("{key:?} is not an age recipient (age1…): {problem}")))
                .collect::<Result<Vec<PublicKey>, _>>()?;
            age::seal(plain, &Lock::PublicKeys(&keys))
        }
    };
    sealed.map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::age::samples;
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
        let file = folder.path().join("identity");
        let text = format!("# created for a test\n{}\n", samples::IDENTITY);
        super::super::write_private(&file, text.as_bytes(), false).unwrap();
        let path = Path::new("keys.age");
        let bytes = seal(b"{}", &Recipient::PublicKeys(vec![samples::PUBLIC_KEY.to_owned()])).unwrap();
        assert!(is_sealed(&bytes));
        assert_eq!(unseal(path, &bytes, opener("", Some(file.clone()))).unwrap().as_slice(), b"{}");
        let other = samples::OTHER_PUBLIC_KEY.to_owned();
        let foreign = seal(b"{}", &Recipient::PublicKeys(vec![other])).unwrap();
        let error = unseal(path, &foreign, opener("", Some(file))).unwrap_err();
        assert_eq!(error.to_string(), "keys.age: the identity does not open the file");
        let error = unseal(path, &bytes, opener("", None)).unwrap_err();
        assert!(error.to_string().contains("no identity file"), "{error}");
    }

    #[test]
    fn a_new_identity_opens_what_is_sealed_to_its_public_half() {
        let (secret, public) = new_identity().unwrap();
        let sealed = seal(b"set", &Recipient::PublicKeys(vec![public, samples::PUBLIC_KEY.to_owned()])).unwrap();
        for identity in [secret.reveal(), samples::IDENTITY] {
            assert_eq!(Identities::read(identity).unwrap().open(&sealed).unwrap().as_slice(), b"set");
        }
        let (other, _) = new_identity().unwrap();
        assert!(Identities::read(other.reveal()).unwrap().open(&sealed).is_err());
    }

    #[test]
    fn damage_is_an_error_at_every_length() {
        let bytes = seal(b"secret", &Recipient::PublicKeys(vec![samples::PUBLIC_KEY.to_owned()])).unwrap();
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
