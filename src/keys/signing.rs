//! Ed25519 signatures (RFC 8032), with keys in the PEM files that OpenSSL writes.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use rustls::pki_types::pem::{PemObject, SectionKind};
use zeroize::Zeroizing;

use super::{Exposure, KeyError, Secret, read_private, write_private};
use crate::hex;

/// What stands before the 32 bytes of a key in a public-key file (RFC 8410 section 4).
const SPKI_PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// A key that signatures are checked with: 32 bytes, shown as 64 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct VerifyingKey([u8; 32]);

impl VerifyingKey {
    /// Reads a public key from PEM text, such as `openssl pkey -pubout` writes, or from 64 hex digits.
    ///
    /// # Errors
    /// One sentence: the text is no Ed25519 public key.
    pub fn read(text: &[u8]) -> Result<Self, &'static str> {
        if let Ok(text) = std::str::from_utf8(text)
            && let Some(key) = hex::decode_array::<32>(text.trim())
        {
            return Ok(VerifyingKey(key));
        }
        let section = <(SectionKind, Vec<u8>)>::from_pem_slice(text);
        let (SectionKind::PublicKey, der) = section.map_err(|_| "this is no public key in PEM form")? else {
            return Err("this is no public key; `wattkey headend pack --public-of KEY` writes one");
        };
        let bytes = der.strip_prefix(&SPKI_PREFIX).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        bytes.map(VerifyingKey).ok_or("the public key is of another kind than Ed25519")
    }

    /// The key as PEM text.
    pub fn to_pem(self) -> String {
        pem("PUBLIC KEY", &[SPKI_PREFIX.as_slice(), &self.0].concat()).to_string()
    }

    /// Whether `signature`, 128 hex digits, is this key's over the message.
    pub fn holds(&self, message: &[u8], signature: &str) -> bool {
        let Some(signature) = hex::decode_array::<64>(signature) else { return false };
        UnparsedPublicKey::new(&ED25519, self.0).verify(message, &signature).is_ok()
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(&self.0))
    }
}

impl FromStr for VerifyingKey {
    type Err = String;

    /// Reads 64 hex digits.
    fn from_str(text: &str) -> Result<Self, String> {
        hex::decode_array(text)
            .map(VerifyingKey)
            .ok_or_else(|| "a public key is 64 hex digits, or a file with the public key".to_owned())
    }
}

/// A key that signs. It prints as its public half.
pub struct SigningKey(Ed25519KeyPair);

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SigningKey({})", self.public())
    }
}

impl SigningKey {
    /// Makes a key; with it its PKCS #8 form as PEM text, which is secret.
    ///
    /// # Errors
    /// One sentence when the system gives no random numbers.
    pub fn generate() -> Result<(Self, Secret), &'static str> {
        let unusable = "no key could be made: the system gives no random numbers";
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| unusable)?;
        let key = Ed25519KeyPair::from_pkcs8(document.as_ref()).map_err(|_| unusable)?;
        let text = pem("PRIVATE KEY", document.as_ref());
        Ok((SigningKey(key), Secret::new(text.to_string())))
    }

    /// Makes a key and writes it to a new file that only its owner may read, as PKCS #8 in PEM form.
    ///
    /// # Errors
    /// A file that is there already or cannot be written.
    pub fn create(path: &Path) -> Result<Self, KeyError> {
        let (key, text) = SigningKey::generate()
            .map_err(|problem| KeyError::Unreadable { path: path.to_owned(), problem: problem.to_owned() })?;
        write_private(path, text.reveal().as_bytes(), false)?;
        Ok(key)
    }

    /// Reads a key from PKCS #8 in PEM form, such as `openssl genpkey -algorithm ed25519` writes.
    ///
    /// # Errors
    /// A file that others may read, or that holds no such key.
    pub fn load(path: &Path, exposure: Exposure) -> Result<Self, KeyError> {
        let text = read_private(path, exposure)?;
        SigningKey::read(&text)
            .map_err(|problem| KeyError::Unreadable { path: path.to_owned(), problem: problem.to_owned() })
    }

    /// Reads a key from PKCS #8 in PEM form.
    ///
    /// # Errors
    /// One sentence: the text holds no such key.
    pub fn read(text: &[u8]) -> Result<Self, &'static str> {
        let section = <(SectionKind, Vec<u8>)>::from_pem_slice(text);
        let (SectionKind::PrivateKey, der) = section.map_err(|_| "this is no private key in PEM form")? else {
            return Err("this is no unencrypted PKCS #8 key (\"BEGIN PRIVATE KEY\")");
        };
        let der = Zeroizing::new(der);
        let key = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der);
        Ok(SigningKey(key.map_err(|_| "the key is of another kind than Ed25519")?))
    }

    /// The key that checks its signatures.
    pub fn public(&self) -> VerifyingKey {
        // An Ed25519 public key has 32 bytes.
        VerifyingKey(self.0.public_key().as_ref().try_into().unwrap_or_default())
    }

    /// The signature over a message, 128 hex digits.
    pub fn sign(&self, message: &[u8]) -> String {
        hex::encode(self.0.sign(message).as_ref())
    }
}

/// DER in PEM form, 64 characters a line.
pub fn pem(kind: &str, der: &[u8]) -> Zeroizing<String> {
    let encoded = Zeroizing::new(STANDARD.encode(der));
    let mut text = Zeroizing::new(String::with_capacity(encoded.len().saturating_mul(2).saturating_add(128)));
    text.push_str(&format!("-----BEGIN {kind}-----\n"));
    for line in encoded.as_bytes().chunks(64) {
        text.push_str(&String::from_utf8_lossy(line));
        text.push('\n');
    }
    text.push_str(&format!("-----END {kind}-----\n"));
    text
}
