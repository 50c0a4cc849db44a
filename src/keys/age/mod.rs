//! Files of the `age` format (age-encryption.org/v1, the C2SP specification): passphrase and X25519 recipients.
//!
//! Written here because the library of that name brings 130 further crates, its translations among them, and a quarter
//! of the time this program takes to build. Every primitive is a library's. What is read is held in memory
//! whole: key files are small, and [`super::read_private`] bounds them.

mod armor;
mod header;
mod payload;
mod recipient;
#[cfg(test)]
pub(super) mod samples;

use zeroize::Zeroizing;

pub(super) use recipient::{Identity, PublicKey};

/// First line of the binary form.
const VERSION: &str = "age-encryption.org/v1";
/// First line of the text form.
const BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";

/// The key of one file, 128 bits, wrapped for each recipient in the header.
type FileKey = Zeroizing<[u8; 16]>;

/// Why an age file does not open or cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum AgeError {
    /// Not an age header, or its authentication code is wrong.
    #[error("the age header is damaged")]
    Header,
    /// No key at hand opens the file key.
    #[error("{0} does not open the file")]
    NoMatch(&'static str),
    /// The passphrase would cost more work than is reasonable.
    #[error("its passphrase work factor {required} is above {limit}, which this program refuses")]
    ExcessiveWork {
        /// Power of two asked for by the file.
        required: u8,
        /// Largest power of two that is done.
        limit: u8,
    },
    /// The encrypted content fails its check or ends early.
    #[error("the encrypted file is damaged or cut short")]
    Payload,
    /// The system gave no random numbers, or no memory for the passphrase function.
    #[error("{0}")]
    System(&'static str),
}

/// How a new file is locked.
#[derive(Debug)]
pub(super) enum Lock<'a> {
    /// By a passphrase with a scrypt work factor, as a power of two.
    Passphrase(&'a str, u8),
    /// For the holders of these keys; at least one.
    PublicKeys(&'a [PublicKey]),
}

/// Whether these bytes begin as an age file does, in either form.
pub(super) fn is_age(bytes: &[u8]) -> bool {
    bytes.starts_with(VERSION.as_bytes()) || bytes.starts_with(BEGIN.as_bytes())
}

/// An age file whose header is read and whose content is still locked.
#[derive(Debug)]
pub(super) struct Locked {
    header: header::Header,
    payload: Vec<u8>,
}

impl Locked {
    /// Reads the header of a binary or armored file.
    ///
    /// # Errors
    /// [`AgeError::Header`], or [`AgeError::Payload`] for damaged armor.
    pub(super) fn read(bytes: &[u8]) -> Result<Locked, AgeError> {
        let binary;
        let bytes = if bytes.starts_with(BEGIN.as_bytes()) {
            binary = armor::decode(bytes)?;
            &binary
        } else {
            bytes
        };
        let (header, payload) = header::parse(bytes).ok_or(AgeError::Header)?;
        Ok(Locked { header, payload: payload.to_vec() })
    }

    /// Whether a passphrase opens it; else a recipient's identity does.
    pub(super) fn by_passphrase(&self) -> bool {
        self.header.stanzas.iter().any(|stanza| stanza.is("scrypt"))
    }

    /// Opens by passphrase; `limit` is the largest work factor that is done, as a power of two.
    ///
    /// # Errors
    /// [`AgeError`]
    pub(super) fn open_by_passphrase(&self, passphrase: &str, limit: u8) -> Result<Zeroizing<Vec<u8>>, AgeError> {
        // A passphrase stanza stands alone, or a stranger could add a recipient unseen.
        let [stanza] = self.header.stanzas.as_slice() else { return Err(AgeError::Header) };
        let file_key = recipient::unwrap_passphrase(stanza, passphrase, limit)?;
        self.open(&file_key)
    }

    /// Opens by the first identity that fits.
    ///
    /// # Errors
    /// [`AgeError`]
    pub(super) fn open_by_identity(&self, identities: &[Identity]) -> Result<Zeroizing<Vec<u8>>, AgeError> {
        for identity in identities {
            for stanza in self.header.stanzas.iter().filter(|stanza| stanza.is("X25519")) {
                if let Some(file_key) = identity.unwrap(stanza)? {
                    return self.open(&file_key);
                }
            }
        }
        Err(AgeError::NoMatch("the identity"))
    }

    fn open(&self, file_key: &FileKey) -> Result<Zeroizing<Vec<u8>>, AgeError> {
        self.header.verify(file_key)?;
        payload::open(file_key, &self.payload)
    }
}

/// Encrypts to an armored file.
///
/// # Errors
/// [`AgeError::System`]
pub(super) fn seal(plain: &[u8], lock: &Lock<'_>) -> Result<Vec<u8>, AgeError> {
    let file_key = Zeroizing::new(random::<16>()?);
    let stanzas = match lock {
        Lock::Passphrase(passphrase, work_factor) => {
            vec![recipient::wrap_passphrase(&file_key, passphrase, *work_factor)?]
        }
        Lock::PublicKeys(keys) => keys.iter().map(|key| key.wrap(&file_key)).collect::<Result<_, _>>()?,
    };
    let mut file = header::write(&stanzas, &file_key)?;
    payload::seal(&file_key, plain, &mut file)?;
    Ok(armor::encode(&file))
}

fn random<const N: usize>() -> Result<[u8; N], AgeError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| AgeError::System("the system gives no random numbers"))?;
    Ok(bytes)
}

/// HKDF-SHA-256 to 32 bytes.
fn derive(secret: &[u8], salt: &[u8], label: &str) -> Result<Zeroizing<[u8; 32]>, AgeError> {
    let mut key = Zeroizing::new([0; 32]);
    hkdf::Hkdf::<sha2::Sha256>::new(Some(salt), secret)
        .expand(label.as_bytes(), key.as_mut_slice())
        .map_err(|_| AgeError::System("a key of 32 bytes cannot be derived"))?;
    Ok(key)
}

#[cfg(test)]
mod tests;
