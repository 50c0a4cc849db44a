//! High level security: how two sides prove themselves to each other by answering each other's challenge
//! (Green Book, 9.2.7.4).

use aes_gcm::aead::KeyInit;
use aes_gcm::aes::Aes128;
use aes_gcm::aes::cipher::{Array, BlockCipherEncrypt};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::ecdsa::{PrivateKey, PublicKey};
use super::keys::Password;
use crate::protocol::dlms::apdu::Mechanism;

/// A mechanism of high level security with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hls {
    /// A maker's own transformation of the challenge (mechanism 2).
    Manufacturer(ManufacturerHls, Password),
    /// MD5 over challenge and secret (mechanism 3).
    Md5(Password),
    /// SHA-1 over challenge and secret (4).
    Sha1(Password),
    /// GMAC under the keys of the association (5).
    Gmac,
    /// SHA-256 over secret, titles and challenges (6).
    Sha256(Password),
    /// ECDSA over titles and challenges (7).
    Ecdsa(SignatureKeys),
}

/// The transformations of mechanism 2 that are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ManufacturerHls {
    /// AES-128 of the challenge in blocks of 16 octets, each by itself, under the secret filled up with zeros: as Indian
    /// meters (IS 15959) have it, and what Gurux takes any other for.
    AesEcb,
    /// Landis+Gyr: each digit of the secret is added to the hexadecimal digit of the challenge at its place, modulo 16.
    DigitSum,
}

impl ManufacturerHls {
    /// The answer to a challenge; `None` when challenge or secret do not have the form it needs.
    fn transform(self, secret: &Password, challenge: &[u8]) -> Option<Vec<u8>> {
        match self {
            ManufacturerHls::AesEcb => {
                let mut key = zeroize::Zeroizing::new([0u8; 16]);
                let (front, _) = key.split_at_mut_checked(secret.octets().len())?;
                front.copy_from_slice(secret.octets());
                let cipher = Aes128::new(&Array::from(*key));
                let (blocks, rest) = challenge.as_chunks::<16>();
                let encrypted = blocks.iter().flat_map(|block| {
                    let mut block = Array::from(*block);
                    cipher.encrypt_block(&mut block);
                    block
                });
                rest.is_empty().then(|| encrypted.collect())
            }
            ManufacturerHls::DigitSum => {
                let digit = |octet: u8| char::from(octet).to_digit(10);
                let mut answer = challenge.to_vec();
                for (place, added) in answer.iter_mut().zip(secret.octets()) {
                    let sum = char::from(*place).to_digit(16)?.wrapping_add(digit(*added)?);
                    let sum = char::from_digit(sum % 16, 16)?.to_ascii_uppercase();
                    *place = u8::try_from(sum).ok()?;
                }
                Some(answer)
            }
        }
    }
}

/// Our private key and the other side's public one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureKeys {
    /// What we sign with.
    pub own: PrivateKey,
    /// What the other side's signatures are checked with.
    pub other: PublicKey,
}

/// The two sides of a handshake, seen from one of them.
#[derive(Debug, Clone, Copy)]
pub struct Parties<'a> {
    /// Our system title; empty when we have none.
    pub own_title: &'a [u8],
    /// That of the other side.
    pub other_title: &'a [u8],
    /// The challenge we sent.
    pub own_challenge: &'a [u8],
    /// The challenge that came.
    pub other_challenge: &'a [u8],
}

impl Parties<'_> {
    /// The same handshake from the other side.
    const fn turned(self) -> Self {
        Parties {
            own_title: self.other_title,
            other_title: self.own_title,
            own_challenge: self.other_challenge,
            other_challenge: self.own_challenge,
        }
    }

    /// Titles and challenges as they are hashed and signed by the prover.
    fn message(self) -> Vec<u8> {
        [self.own_title, self.other_title, self.other_challenge, self.own_challenge].concat()
    }
}

impl Hls {
    /// The mechanism as an association request names it.
    pub const fn mechanism(&self) -> Mechanism {
        match self {
            Hls::Manufacturer(..) => Mechanism::HlsManufacturer,
            Hls::Md5(_) => Mechanism::HlsMd5,
            Hls::Sha1(_) => Mechanism::HlsSha1,
            Hls::Gmac => Mechanism::HlsGmac,
            Hls::Sha256(_) => Mechanism::HlsSha256,
            Hls::Ecdsa(_) => Mechanism::HlsEcdsa,
        }
    }

    /// Whether both sides must name themselves by a system title.
    pub const fn needs_titles(&self) -> bool {
        matches!(self, Hls::Gmac | Hls::Sha256(_) | Hls::Ecdsa(_))
    }

    /// Our answer to the other side's challenge. `None` for GMAC, which needs keys and a counter: see
    /// [`gmac`](super::gmac).
    pub fn prove(&self, parties: Parties<'_>) -> Option<Vec<u8>> {
        Some(match self {
            Hls::Gmac => return None,
            Hls::Manufacturer(maker, secret) => return maker.transform(secret, parties.other_challenge),
            Hls::Md5(secret) => {
                let hash = Md5::new_with_prefix(parties.other_challenge).chain_update(secret.octets());
                hash.finalize().to_vec()
            }
            Hls::Sha1(secret) => {
                let hash = Sha1::new_with_prefix(parties.other_challenge).chain_update(secret.octets());
                hash.finalize().to_vec()
            }
            Hls::Sha256(secret) => {
                Sha256::new_with_prefix(secret.octets()).chain_update(parties.message()).finalize().to_vec()
            }
            Hls::Ecdsa(keys) => keys.own.sign(&parties.message()),
        })
    }

    /// Whether `proof` is the other side's answer to our challenge; never for GMAC.
    pub fn is_proved(&self, parties: Parties<'_>, proof: &[u8]) -> bool {
        match self {
            Hls::Ecdsa(keys) => keys.other.verifies(&parties.turned().message(), proof),
            // The meter's answer is not published, and none is made where there is nothing to compare with.
            Hls::Manufacturer(ManufacturerHls::DigitSum, _) => true,
            _ => self.prove(parties.turned()).is_some_and(|right| Password::new(right).matches(proof)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    /// The answers to the first challenge of FIPS 197 (appendix C.1), and those worked out by the published steps of
    /// Landis+Gyr's transformation.
    #[test]
    fn the_transformations_of_makers() {
        let octets = |text: &str| hex::decode(text).unwrap();
        let key = Password::new(octets("000102030405060708090A0B0C0D0E0F"));
        let aes = ManufacturerHls::AesEcb;
        let challenge = octets("00112233445566778899AABBCCDDEEFF");
        assert_eq!(aes.transform(&key, &challenge), Some(octets("69C4E0D86A7B0430D8CDB78070B4C55A")));
        assert_eq!(aes.transform(&key, &challenge[..15]), None);
        assert_eq!(aes.transform(&Password::new([0; 17]), &challenge), None);
        for (secret, challenge, answer) in [
            ("00000000", "0123456789ABCDEF", Some("0123456789ABCDEF")),
            ("12345678", "0123456789ABCDEF", Some("13579BDF89ABCDEF")),
            ("99999999", "0123456789ABCDEF", Some("9ABCDEF089ABCDEF")),
            ("11111111", "FFFFFFFFFFFFFFFF", Some("00000000FFFFFFFF")),
            ("1A", "FFFF", None),
            ("11", "XX", None),
        ] {
            let found = ManufacturerHls::DigitSum.transform(&Password::new(secret), challenge.as_bytes());
            assert_eq!(found, answer.map(|text| text.as_bytes().to_vec()));
        }
    }
}
