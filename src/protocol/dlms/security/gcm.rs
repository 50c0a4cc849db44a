//! AES-GCM as DLMS uses it: IV of system title and counter, security control octet, 12-octet tag.

use std::fmt;

use aes_gcm::AesGcm;
use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{AeadInOut, Key, KeyInit, Nonce, Tag};
use aes_gcm::aes::{Aes128, Aes256};

use super::keys::{SecretKey, SuiteKeys, SystemTitle};
use super::suite::Suite;

type Gcm128 = AesGcm<Aes128, U12, U12>;
type Gcm256 = AesGcm<Aes256, U12, U12>;

/// Octets of an authentication tag.
pub const TAG_LENGTH: usize = 12;
const AUTHENTICATED: u8 = 0x10;
const ENCRYPTED: u8 = 0x20;
const BROADCAST: u8 = 0x40;
const COMPRESSED: u8 = 0x80;
const SUITE_MASK: u8 = 0x0F;

/// How an APDU is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protection {
    /// Readable, with a tag (10).
    Authentication,
    /// Unreadable, without a tag (20).
    Encryption,
    /// Unreadable, with a tag (30).
    AuthenticatedEncryption,
}

impl Protection {
    const fn bits(self) -> u8 {
        match self {
            Protection::Authentication => AUTHENTICATED,
            Protection::Encryption => ENCRYPTED,
            Protection::AuthenticatedEncryption => AUTHENTICATED | ENCRYPTED,
        }
    }

    /// The security control octet under the global unicast key of a suite.
    pub const fn security_control(self, suite: Suite) -> u8 {
        self.bits() | suite.number()
    }

    /// Whether this protects in every way `other` does.
    pub const fn covers(self, other: Protection) -> bool {
        self.bits() & other.bits() == other.bits()
    }
}

impl fmt::Display for Protection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Protection::Authentication => "authenticated",
            Protection::Encryption => "encrypted",
            Protection::AuthenticatedEncryption => "authenticated and encrypted",
        })
    }
}

/// The security control octet, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecurityControl {
    /// The suite.
    pub suite: Suite,
    /// The protection.
    pub protection: Protection,
    /// Whether the broadcast key was used.
    pub broadcast: bool,
}

impl SecurityControl {
    /// Reads the octet; `None` for suites the standard does not give, no protection, and compressed content.
    pub const fn from_octet(octet: u8) -> Option<Self> {
        let Some(suite) = Suite::from_number(octet & SUITE_MASK) else { return None };
        let protection = match octet & (AUTHENTICATED | ENCRYPTED) {
            AUTHENTICATED => Protection::Authentication,
            ENCRYPTED => Protection::Encryption,
            0 => return None,
            _ => Protection::AuthenticatedEncryption,
        };
        if octet & COMPRESSED != 0 {
            return None;
        }
        Some(SecurityControl { suite, protection, broadcast: octet & BROADCAST != 0 })
    }

    /// The octet.
    pub const fn octet(self) -> u8 {
        self.protection.security_control(self.suite) | if self.broadcast { BROADCAST } else { 0 }
    }
}

/// Why a protected APDU gave no plain one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CipherFault {
    /// It is too short to hold its tag.
    #[error("the ciphered APDU is too short")]
    TooShort,
    /// The tag does not fit.
    #[error("the authentication tag does not fit")]
    Tag,
}

/// The cipher under one key, of either length.
enum Cipher {
    Short(Box<Gcm128>),
    Long(Box<Gcm256>),
}

impl Cipher {
    fn new(key: &SecretKey) -> Self {
        match <[u8; 32]>::try_from(key.octets()) {
            Ok(long) => Cipher::Long(Box::new(Gcm256::new(&Key::<Gcm256>::from(long)))),
            Err(_) => Cipher::Short(Box::new(Gcm128::new(&Key::<Gcm128>::from(key.short())))),
        }
    }

    /// Encrypts in place and gives the tag. The cipher refuses only contents of 2^36 octets and more.
    fn encrypt(&self, nonce: &Nonce<Gcm128>, associated: &[u8], content: &mut [u8]) -> Tag<Gcm128> {
        let tag = match self {
            Cipher::Short(cipher) => cipher.encrypt_inout_detached(nonce, associated, content.into()),
            Cipher::Long(cipher) => cipher.encrypt_inout_detached(nonce, associated, content.into()),
        };
        tag.unwrap_or_default()
    }

    fn decrypt(
        &self,
        nonce: &Nonce<Gcm128>,
        associated: &[u8],
        content: &mut [u8],
        tag: &Tag<Gcm128>,
    ) -> Result<(), CipherFault> {
        let verdict = match self {
            Cipher::Short(cipher) => cipher.decrypt_inout_detached(nonce, associated, content.into(), tag),
            Cipher::Long(cipher) => cipher.decrypt_inout_detached(nonce, associated, content.into(), tag),
        };
        verdict.map_err(|_| CipherFault::Tag)
    }
}

fn nonce(title: SystemTitle, counter: u32) -> Nonce<Gcm128> {
    let mut nonce = Nonce::<Gcm128>::default();
    for (slot, octet) in nonce.iter_mut().zip(title.0.into_iter().chain(counter.to_be_bytes())) {
        *slot = octet;
    }
    nonce
}

/// Security control, authentication key and, where it stays readable, the content.
fn associated(control: SecurityControl, keys: &SuiteKeys, readable: &[u8]) -> Vec<u8> {
    [&[control.octet()][..], keys.authentication.octets(), readable].concat()
}

/// Protects `plain` sent by `title` with `counter` and gives what follows the counter in the envelope.
pub fn protect(keys: &SuiteKeys, protection: Protection, title: SystemTitle, counter: u32, plain: &[u8]) -> Vec<u8> {
    let cipher = Cipher::new(&keys.encryption);
    let nonce = nonce(title, counter);
    let control = SecurityControl { suite: keys.suite, protection, broadcast: false };
    let mut out = plain.to_vec();
    let tag = match protection {
        Protection::Authentication => cipher.encrypt(&nonce, &associated(control, keys, plain), &mut []),
        Protection::Encryption => cipher.encrypt(&nonce, &[], &mut out),
        Protection::AuthenticatedEncryption => cipher.encrypt(&nonce, &associated(control, keys, &[]), &mut out),
    };
    if protection != Protection::Encryption {
        out.extend_from_slice(&tag);
    }
    out
}

/// Takes the protection off what follows the counter in an envelope. `control` is the envelope's own.
///
/// # Errors
/// [`CipherFault::Tag`] when keys, title or counter do not fit or an octet was changed. Encryption alone notices
/// nothing: the caller must see whether the result makes sense.
pub fn unprotect(
    keys: &SuiteKeys,
    control: SecurityControl,
    title: SystemTitle,
    counter: u32,
    content: &[u8],
) -> Result<Vec<u8>, CipherFault> {
    let cipher = Cipher::new(&keys.encryption);
    let nonce = nonce(title, counter);
    if control.protection == Protection::Encryption {
        // The key stream is the same both ways.
        let mut out = content.to_vec();
        let _tag = cipher.encrypt(&nonce, &[], &mut out);
        return Ok(out);
    }
    let split = content.len().checked_sub(TAG_LENGTH).ok_or(CipherFault::TooShort)?;
    let (body, tag) = content.split_at_checked(split).ok_or(CipherFault::TooShort)?;
    let tag = Tag::<Gcm128>::try_from(tag).map_err(|_| CipherFault::TooShort)?;
    let mut out = body.to_vec();
    if control.protection == Protection::Authentication {
        cipher.decrypt(&nonce, &associated(control, keys, body), &mut [], &tag)?;
    } else {
        cipher.decrypt(&nonce, &associated(control, keys, &[]), &mut out, &tag)?;
    }
    Ok(out)
}

/// The proof of the GMAC handshake: the tag over a challenge, made by `title` with `counter`.
pub fn gmac(keys: &SuiteKeys, title: SystemTitle, counter: u32, challenge: &[u8]) -> [u8; TAG_LENGTH] {
    let protected = protect(keys, Protection::Authentication, title, counter, challenge);
    protected.last_chunk().copied().unwrap_or_default()
}

/// Whether `tag` is the proof over `challenge`, compared in constant time.
pub fn gmac_matches(keys: &SuiteKeys, title: SystemTitle, counter: u32, challenge: &[u8], tag: &[u8]) -> bool {
    let content = [challenge, tag].concat();
    let control = SecurityControl { suite: keys.suite, protection: Protection::Authentication, broadcast: false };
    tag.len() == TAG_LENGTH && unprotect(keys, control, title, counter, &content).is_ok()
}
