//! How the file key is wrapped: by a passphrase (scrypt) or for a public key (X25519).

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Hrp};
use chacha20poly1305::aead::Aead;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use x25519_dalek::{PublicKey as Point, StaticSecret};
use zeroize::Zeroizing;

use super::header::Stanza;
use super::{AgeError, FileKey, derive, random};

const SCRYPT_LABEL: &[u8] = b"age-encryption.org/v1/scrypt";
const X25519_LABEL: &str = "age-encryption.org/v1/X25519";
const PUBLIC_KEY_PREFIX: &str = "age";
const IDENTITY_PREFIX: &str = "age-secret-key-";

/// A wrapped file key: 16 bytes and an authentication tag of 16.
const WRAPPED_LENGTH: usize = 32;

/// A public key, `age1…`.
#[derive(Debug, Clone)]
pub(in crate::keys) struct PublicKey(Point);

impl std::str::FromStr for PublicKey {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<PublicKey, &'static str> {
        let key = bech32_key(text, PUBLIC_KEY_PREFIX).ok_or("a digit is wrong or missing")?;
        Ok(PublicKey(Point::from(*key)))
    }
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = bech32_text(self.0.as_bytes(), PUBLIC_KEY_PREFIX).map_err(|_| std::fmt::Error)?;
        formatter.write_str(&text)
    }
}

impl PublicKey {
    /// Wraps the file key for the holder of this key.
    pub(super) fn wrap(&self, file_key: &FileKey) -> Result<Stanza, AgeError> {
        let ephemeral = StaticSecret::from(random::<32>()?);
        let share = Point::from(&ephemeral);
        let key = wrapping_key(&ephemeral.diffie_hellman(&self.0), &share, &self.0)?
            .ok_or(AgeError::System("a recipient's key is no point anybody holds the secret of"))?;
        Ok(Stanza {
            arguments: vec!["X25519".to_owned(), STANDARD_NO_PAD.encode(share.as_bytes())],
            body: wrap(&key, file_key)?,
        })
    }
}

/// A secret key, `AGE-SECRET-KEY-1…`; wiped on drop.
pub(in crate::keys) struct Identity(StaticSecret);

impl std::fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Identity([redacted])")
    }
}

impl Identity {
    /// Makes a secret key.
    ///
    /// # Errors
    /// [`AgeError::System`]
    pub(in crate::keys) fn generate() -> Result<Identity, AgeError> {
        Ok(Identity(StaticSecret::from(random::<32>()?)))
    }

    /// The key that files are sealed to for this identity.
    pub(in crate::keys) fn public(&self) -> PublicKey {
        PublicKey(Point::from(&self.0))
    }

    /// The line of an identity file, `AGE-SECRET-KEY-1…`.
    ///
    /// # Errors
    /// [`AgeError::System`]
    pub(in crate::keys) fn to_line(&self) -> Result<Zeroizing<String>, AgeError> {
        let mut text = Zeroizing::new(bech32_text(self.0.as_bytes(), IDENTITY_PREFIX)?);
        text.make_ascii_uppercase();
        Ok(text)
    }

    /// Reads an identity file: one a line, `#` begins a comment.
    ///
    /// # Errors
    /// The number of the first line that is no identity of this kind, from 1, or that there is none.
    pub(in crate::keys) fn parse_file(text: &str) -> Result<Vec<Identity>, String> {
        let mut identities = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let key = bech32_key(line, IDENTITY_PREFIX)
                .ok_or_else(|| format!("line {number} is no age identity (AGE-SECRET-KEY-1…)"))?;
            identities.push(Identity(StaticSecret::from(*key)));
        }
        if identities.is_empty() {
            Err("holds no age identity (AGE-SECRET-KEY-1…)".to_owned())
        } else {
            Ok(identities)
        }
    }

    /// The file key, or `None` when the stanza is for somebody else.
    pub(super) fn unwrap(&self, stanza: &Stanza) -> Result<Option<FileKey>, AgeError> {
        let [_, share] = stanza.arguments.as_slice() else { return Err(AgeError::Header) };
        let share: [u8; 32] =
            STANDARD_NO_PAD.decode(share).ok().and_then(|share| share.try_into().ok()).ok_or(AgeError::Header)?;
        let share = Point::from(share);
        let own = Point::from(&self.0);
        let key = wrapping_key(&self.0.diffie_hellman(&share), &share, &own)?.ok_or(AgeError::Header)?;
        unwrap(&key, &stanza.body)
    }
}

/// `None` when the shared secret is all zeros: the share is of low order, and anybody could have made it.
fn wrapping_key(
    shared: &x25519_dalek::SharedSecret,
    share: &Point,
    recipient: &Point,
) -> Result<Option<Zeroizing<[u8; 32]>>, AgeError> {
    if !shared.was_contributory() {
        return Ok(None);
    }
    let salt = [share.as_bytes().as_slice(), recipient.as_bytes()].concat();
    derive(shared.as_bytes(), &salt, X25519_LABEL).map(Some)
}

fn bech32_text(key: &[u8; 32], prefix: &str) -> Result<String, AgeError> {
    let unusable = |_| AgeError::System("a key cannot be written as text");
    let prefix = Hrp::parse(prefix).map_err(|_| AgeError::System("a key cannot be written as text"))?;
    bech32::encode::<Bech32>(prefix, key).map_err(unusable)
}

fn bech32_key(text: &str, prefix: &str) -> Option<Zeroizing<[u8; 32]>> {
    let checked = CheckedHrpstring::new::<Bech32>(text).ok()?;
    if checked.hrp() != Hrp::parse(prefix).ok()? {
        return None;
    }
    let mut key = Zeroizing::new([0; 32]);
    let mut bytes = checked.byte_iter();
    for place in key.iter_mut() {
        *place = bytes.next()?;
    }
    bytes.next().is_none().then_some(key)
}

/// Wraps the file key by a passphrase; the work factor is a power of two.
pub(super) fn wrap_passphrase(file_key: &FileKey, passphrase: &str, work_factor: u8) -> Result<Stanza, AgeError> {
    let salt = random::<16>()?;
    let key = stretch(passphrase, &salt, work_factor)?;
    Ok(Stanza {
        arguments: vec!["scrypt".to_owned(), STANDARD_NO_PAD.encode(salt), work_factor.to_string()],
        body: wrap(&key, file_key)?,
    })
}

/// The file key of a passphrase stanza.
pub(super) fn unwrap_passphrase(stanza: &Stanza, passphrase: &str, limit: u8) -> Result<FileKey, AgeError> {
    let [kind, salt, work_factor] = stanza.arguments.as_slice() else { return Err(AgeError::Header) };
    let salt = STANDARD_NO_PAD.decode(salt).ok().filter(|salt| salt.len() == 16).ok_or(AgeError::Header)?;
    let plain_number = !work_factor.starts_with(['0', '+']);
    let required = work_factor.parse().ok().filter(|_| plain_number && kind == "scrypt").ok_or(AgeError::Header)?;
    if required > limit {
        return Err(AgeError::ExcessiveWork { required, limit });
    }
    let key = stretch(passphrase, &salt, required)?;
    unwrap(&key, &stanza.body)?.ok_or(AgeError::NoMatch("the passphrase"))
}

fn stretch(passphrase: &str, salt: &[u8], work_factor: u8) -> Result<Zeroizing<[u8; 32]>, AgeError> {
    let unusable = |_| AgeError::System("the passphrase function cannot work with this work factor");
    let parameters = scrypt::Params::new(work_factor, 8, 1).map_err(unusable)?;
    let mut key = Zeroizing::new([0; 32]);
    scrypt::scrypt(passphrase.as_bytes(), &[SCRYPT_LABEL, salt].concat(), &parameters, key.as_mut_slice())
        .map_err(|_| AgeError::System("the passphrase function cannot give 32 bytes"))?;
    Ok(key)
}

// Each wrapping key is used once, so the nonce may be all zeros.

fn wrap(key: &[u8; 32], file_key: &FileKey) -> Result<Vec<u8>, AgeError> {
    ChaCha20Poly1305::new(key.into())
        .encrypt(&Nonce::default(), file_key.as_slice())
        .map_err(|_| AgeError::System("the file key cannot be wrapped"))
}

fn unwrap(key: &[u8; 32], wrapped: &[u8]) -> Result<Option<FileKey>, AgeError> {
    // The length is checked first: a longer text could be made to open under two keys.
    if wrapped.len() != WRAPPED_LENGTH {
        return Err(AgeError::Header);
    }
    let Ok(plain) = ChaCha20Poly1305::new(key.into()).decrypt(&Nonce::default(), wrapped) else { return Ok(None) };
    let plain = Zeroizing::new(plain);
    let mut file_key = FileKey::default();
    file_key.copy_from_slice(plain.get(..16).ok_or(AgeError::Header)?);
    Ok(Some(file_key))
}
