//! Key pairs of suites 1 and 2: ECDSA signatures and ECDH shared secrets on P-256 and P-384.
//!
//! Signatures are r and s one after the other, each as long as the curve's field; public keys are x and y likewise,
//! without a leading 04 (Green Book, 9.2.3.4).

use std::fmt;

use p256::ecdsa::signature::{Signer, Verifier};
use zeroize::Zeroizing;

use super::suite::Suite;

/// A private key, for signatures or for key agreement. Wiped when dropped, never printed.
#[derive(Clone)]
pub enum PrivateKey {
    /// On P-256, for suite 1.
    P256(p256::SecretKey),
    /// On P-384, for suite 2.
    P384(p384::SecretKey),
}

/// A public key.
#[derive(Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// On P-256, for suite 1.
    P256(p256::PublicKey),
    /// On P-384, for suite 2.
    P384(p384::PublicKey),
}

impl PrivateKey {
    /// Takes the scalar, 32 octets for suite 1 and 48 for suite 2, most significant first. `None` when it is no private
    /// key of that curve, or the suite has none.
    pub fn from_octets(suite: Suite, octets: &[u8]) -> Option<Self> {
        match suite {
            Suite::Zero => None,
            Suite::One => p256::SecretKey::from_slice(octets).ok().map(PrivateKey::P256),
            Suite::Two => p384::SecretKey::from_slice(octets).ok().map(PrivateKey::P384),
        }
    }

    /// The public key that belongs to it.
    pub fn public(&self) -> PublicKey {
        match self {
            PrivateKey::P256(key) => PublicKey::P256(key.public_key()),
            PrivateKey::P384(key) => PublicKey::P384(key.public_key()),
        }
    }

    /// The signature over a message: r and s.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            PrivateKey::P256(key) => {
                let signature: p256::ecdsa::Signature = p256::ecdsa::SigningKey::from(key).sign(message);
                signature.to_bytes().to_vec()
            }
            PrivateKey::P384(key) => {
                let signature: p384::ecdsa::Signature = p384::ecdsa::SigningKey::from(key).sign(message);
                signature.to_bytes().to_vec()
            }
        }
    }

    /// The secret shared with the holder of the other key (the x coordinate); `None` when the curves differ.
    pub fn agree(&self, other: &PublicKey) -> Option<Zeroizing<Vec<u8>>> {
        match (self, other) {
            (PrivateKey::P256(own), PublicKey::P256(other)) => {
                let shared = p256::ecdh::diffie_hellman(own.to_nonzero_scalar(), other.as_affine());
                Some(Zeroizing::new(shared.raw_secret_bytes().to_vec()))
            }
            (PrivateKey::P384(own), PublicKey::P384(other)) => {
                let shared = p384::ecdh::diffie_hellman(own.to_nonzero_scalar(), other.as_affine());
                Some(Zeroizing::new(shared.raw_secret_bytes().to_vec()))
            }
            _ => None,
        }
    }
}

impl PublicKey {
    /// Takes x and y, with or without a leading 04. `None` when it is no point of the suite's curve.
    pub fn from_octets(suite: Suite, octets: &[u8]) -> Option<Self> {
        let point = match octets {
            [4, rest @ ..] if rest.len() % 2 == 0 => octets.to_vec(),
            _ => [&[4], octets].concat(),
        };
        match suite {
            Suite::Zero => None,
            Suite::One => p256::PublicKey::from_sec1_bytes(&point).ok().map(PublicKey::P256),
            Suite::Two => p384::PublicKey::from_sec1_bytes(&point).ok().map(PublicKey::P384),
        }
    }

    /// x and y.
    pub fn to_octets(&self) -> Vec<u8> {
        let point = match self {
            PublicKey::P256(key) => key.to_sec1_bytes(),
            PublicKey::P384(key) => key.to_sec1_bytes(),
        };
        point.get(1..).unwrap_or(&[]).to_vec()
    }

    /// Whether a signature over a message is by the holder of this key.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            PublicKey::P256(key) => p256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| p256::ecdsa::VerifyingKey::from(key).verify(message, &signature).is_ok()),
            PublicKey::P384(key) => p384::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| p384::ecdsa::VerifyingKey::from(key).verify(message, &signature).is_ok()),
        }
    }
}

impl PartialEq for PrivateKey {
    fn eq(&self, other: &Self) -> bool {
        self.public() == other.public()
    }
}

impl Eq for PrivateKey {}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::hex::encode(&self.to_octets()))
    }
}
