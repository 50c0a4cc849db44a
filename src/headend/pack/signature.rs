//! Who made a pack: Ed25519 signatures (RFC 8032), with keys in the files that OpenSSL writes.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use ring::rand::SystemRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use rustls::pki_types::pem::{PemObject, SectionKind};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::headend::HeadEndError;
use crate::hex;
use crate::keys::{Exposure, KeyError, read_private, write_private};
use crate::smets::base64;

/// What stands before the digest in the signed message, so that no signature for anything else holds.
const LABEL: &[u8] = b"wattkey pack 1\n";

/// What stands before the 32 bytes of a key in a public-key file (RFC 8410 section 4).
const SPKI_PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// Last line of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trailer {
    /// The signature.
    pub signature: Signed,
}

/// Who signed, and the signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// The signer's public key, 32 bytes in hex.
    pub key: String,
    /// The signature, 64 bytes in hex.
    pub ed25519: String,
}

/// The digest of a pack's lines while they pass by: SHA-256 over each line and a line feed, the trailer left out.
#[derive(Debug, Clone, Default)]
pub struct LineDigest(Sha256);

impl LineDigest {
    /// Takes a line, without its end.
    pub fn take(&mut self, line: &str) {
        self.0.update(line.as_bytes());
        self.0.update(b"\n");
    }

    /// The message that is signed.
    fn message(self) -> Vec<u8> {
        let mut message = LABEL.to_vec();
        message.extend_from_slice(&self.0.finalize());
        message
    }
}

/// A key that packs are checked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PackKey([u8; 32]);

impl PackKey {
    /// Reads a public key from a PEM file, such as `openssl pkey -pubout` writes.
    ///
    /// # Errors
    /// A file that cannot be read, or that is no Ed25519 public key.
    pub fn load(path: &Path) -> Result<Self, HeadEndError> {
        let failed = |source| HeadEndError::File { path: path.to_owned(), source };
        let text = std::fs::read(path).map_err(failed)?;
        let wrong = |problem: &str| HeadEndError::Pack { path: path.to_owned(), problem: problem.to_owned() };
        if let Ok(text) = std::str::from_utf8(&text)
            && let Some(key) = hex::decode_array::<32>(text)
        {
            return Ok(PackKey(key));
        }
        let section = <(SectionKind, Vec<u8>)>::from_pem_slice(&text);
        let (SectionKind::PublicKey, der) = section.map_err(|_| wrong("this is no public key in PEM form"))? else {
            return Err(wrong("this is no public key; `wattkey headend pack --public-of KEY` writes one"));
        };
        let bytes = der.strip_prefix(&SPKI_PREFIX).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        bytes.map(PackKey).ok_or_else(|| wrong("the public key is of another kind than Ed25519"))
    }

    /// The key as PEM text.
    pub fn to_pem(self) -> String {
        pem("PUBLIC KEY", &[SPKI_PREFIX.as_slice(), &self.0].concat())
    }

    /// Whether the trailer's signature over these lines is by this key, and holds.
    pub fn holds(&self, trailer: &Trailer, lines: LineDigest) -> bool {
        let Some(signature) = hex::decode_array::<64>(&trailer.signature.ed25519) else { return false };
        UnparsedPublicKey::new(&ED25519, self.0).verify(&lines.message(), &signature).is_ok()
    }
}

impl fmt::Display for PackKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(&self.0))
    }
}

impl FromStr for PackKey {
    type Err = String;

    /// Reads 64 hex digits.
    fn from_str(text: &str) -> Result<Self, String> {
        hex::decode_array(text)
            .map(PackKey)
            .ok_or_else(|| "a pack key is 64 hex digits, or a file with the public key".to_owned())
    }
}

/// A key that signs packs. It prints as its public half.
pub struct SigningKey(Ed25519KeyPair);

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SigningKey({})", self.public())
    }
}

impl SigningKey {
    /// Makes a key and writes it to a new file that only its owner may read, as PKCS #8 in PEM form.
    ///
    /// # Errors
    /// A file that is there already or cannot be written.
    pub fn create(path: &Path) -> Result<Self, HeadEndError> {
        let unusable = || KeyError::Unreadable { path: path.to_owned(), problem: "no key could be made".to_owned() };
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| unusable())?;
        let text = Zeroizing::new(pem("PRIVATE KEY", document.as_ref()));
        let key = Ed25519KeyPair::from_pkcs8(document.as_ref()).map_err(|_| unusable())?;
        write_private(path, text.as_bytes(), false)?;
        Ok(SigningKey(key))
    }

    /// Reads a key from PKCS #8 in PEM form, such as `openssl genpkey -algorithm ed25519` writes.
    ///
    /// # Errors
    /// A file that others may read, or that holds no such key.
    pub fn load(path: &Path, exposure: Exposure) -> Result<Self, HeadEndError> {
        let text = read_private(path, exposure)?;
        let wrong = |problem: &str| KeyError::Unreadable { path: path.to_owned(), problem: problem.to_owned() };
        let section = <(SectionKind, Vec<u8>)>::from_pem_slice(&text);
        let (SectionKind::PrivateKey, der) = section.map_err(|_| wrong("this is no private key in PEM form"))? else {
            return Err(wrong("this is no unencrypted PKCS #8 key (\"BEGIN PRIVATE KEY\")").into());
        };
        let der = Zeroizing::new(der);
        let key = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der);
        Ok(SigningKey(key.map_err(|_| wrong("the key is of another kind than Ed25519"))?))
    }

    /// The key that checks its signatures.
    pub fn public(&self) -> PackKey {
        // An Ed25519 public key has 32 bytes.
        PackKey(self.0.public_key().as_ref().try_into().unwrap_or_default())
    }

    /// The trailer for these lines.
    pub fn sign(&self, lines: LineDigest) -> Trailer {
        let signature = hex::encode(self.0.sign(&lines.message()).as_ref());
        Trailer { signature: Signed { key: self.public().to_string(), ed25519: signature } }
    }
}

/// DER in PEM form, 64 characters a line.
pub(in crate::headend) fn pem(kind: &str, der: &[u8]) -> String {
    let mut text = format!("-----BEGIN {kind}-----\n");
    let encoded = Zeroizing::new(base64::encode(der));
    for line in encoded.as_bytes().chunks(64) {
        text.push_str(&String::from_utf8_lossy(line));
        text.push('\n');
    }
    text.push_str(&format!("-----END {kind}-----\n"));
    text
}
