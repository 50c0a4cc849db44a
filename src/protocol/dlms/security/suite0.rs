//! AES-GCM as DLMS uses it: IV of system title and counter, security control octet, 12-octet tag.

use std::fmt;

use aes_gcm::AesGcm;
use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{AeadInOut, Key, KeyInit, Nonce, Tag};
use aes_gcm::aes::Aes128;

use super::keys::{SecretKey, SuiteKeys, SystemTitle};

type Cipher = AesGcm<Aes128, U12, U12>;

const TAG: usize = 12;
const AUTHENTICATED: u8 = 0x10;
const ENCRYPTED: u8 = 0x20;
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
    /// The security control octet of suite 0.
    pub const fn security_control(self) -> u8 {
        match self {
            Protection::Authentication => AUTHENTICATED,
            Protection::Encryption => ENCRYPTED,
            Protection::AuthenticatedEncryption => AUTHENTICATED | ENCRYPTED,
        }
    }

    /// Reads the octet; `None` for other suites and for no protection. Key set and compression bits are not looked at.
    pub const fn from_security_control(octet: u8) -> Option<Self> {
        match (octet & SUITE_MASK, octet & (AUTHENTICATED | ENCRYPTED)) {
            (0, AUTHENTICATED) => Some(Protection::Authentication),
            (0, ENCRYPTED) => Some(Protection::Encryption),
            (0, both) if both == AUTHENTICATED | ENCRYPTED => Some(Protection::AuthenticatedEncryption),
            _ => None,
        }
    }

    /// Whether this protects in every way `other` does.
    pub const fn covers(self, other: Protection) -> bool {
        self.security_control() & other.security_control() == other.security_control()
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

fn nonce(title: SystemTitle, counter: u32) -> Nonce<Cipher> {
    let mut nonce = Nonce::<Cipher>::default();
    for (slot, octet) in nonce.iter_mut().zip(title.0.into_iter().chain(counter.to_be_bytes())) {
        *slot = octet;
    }
    nonce
}

fn cipher(key: &SecretKey) -> Cipher {
    Cipher::new(&Key::<Cipher>::from(*key.octets()))
}

/// Security control, authentication key and, where it stays readable, the content.
fn associated(control: u8, keys: &SuiteKeys, readable: &[u8]) -> Vec<u8> {
    [&[control][..], keys.authentication.octets(), readable].concat()
}

/// Protects `plain` sent by `title` with `counter` and gives what follows the counter in the envelope.
pub fn protect(keys: &SuiteKeys, protection: Protection, title: SystemTitle, counter: u32, plain: &[u8]) -> Vec<u8> {
    let cipher = cipher(&keys.encryption);
    let nonce = nonce(title, counter);
    let control = protection.security_control();
    let mut out = plain.to_vec();
    // The cipher refuses only contents of 2^36 octets and more.
    let tag = match protection {
        Protection::Authentication => {
            cipher.encrypt_inout_detached(&nonce, &associated(control, keys, plain), (&mut [][..]).into())
        }
        Protection::Encryption => cipher.encrypt_inout_detached(&nonce, &[], out.as_mut_slice().into()),
        Protection::AuthenticatedEncryption => {
            cipher.encrypt_inout_detached(&nonce, &associated(control, keys, &[]), out.as_mut_slice().into())
        }
    };
    if protection != Protection::Encryption {
        out.extend_from_slice(&tag.unwrap_or_default());
    }
    out
}

/// Takes the protection off what follows the counter in an envelope.
///
/// # Errors
/// [`CipherFault::Tag`] when keys, title or counter do not fit or an octet was changed. Encryption alone notices
/// nothing: the caller must see whether the result makes sense.
pub fn unprotect(
    keys: &SuiteKeys,
    protection: Protection,
    title: SystemTitle,
    counter: u32,
    content: &[u8],
) -> Result<Vec<u8>, CipherFault> {
    let cipher = cipher(&keys.encryption);
    let nonce = nonce(title, counter);
    let control = protection.security_control();
    if protection == Protection::Encryption {
        // The key stream is the same both ways.
        let mut out = content.to_vec();
        let _tag = cipher.encrypt_inout_detached(&nonce, &[], out.as_mut_slice().into());
        return Ok(out);
    }
    let split = content.len().checked_sub(TAG).ok_or(CipherFault::TooShort)?;
    let (body, tag) = content.split_at_checked(split).ok_or(CipherFault::TooShort)?;
    let tag = Tag::<Cipher>::try_from(tag).map_err(|_| CipherFault::TooShort)?;
    let mut out = body.to_vec();
    let verdict = if protection == Protection::Authentication {
        cipher.decrypt_inout_detached(&nonce, &associated(control, keys, body), (&mut [][..]).into(), &tag)
    } else {
        cipher.decrypt_inout_detached(&nonce, &associated(control, keys, &[]), out.as_mut_slice().into(), &tag)
    };
    verdict.map(|()| out).map_err(|_| CipherFault::Tag)
}

/// The proof of the HLS handshake: the tag over a challenge, made by `title` with `counter`.
pub fn gmac(keys: &SuiteKeys, title: SystemTitle, counter: u32, challenge: &[u8]) -> [u8; TAG] {
    let protected = protect(keys, Protection::Authentication, title, counter, challenge);
    protected.last_chunk().copied().unwrap_or_default()
}

/// Whether `tag` is the proof over `challenge`, compared in constant time.
pub fn gmac_matches(keys: &SuiteKeys, title: SystemTitle, counter: u32, challenge: &[u8], tag: &[u8]) -> bool {
    let content = [challenge, tag].concat();
    tag.len() == TAG && unprotect(keys, Protection::Authentication, title, counter, &content).is_ok()
}
