//! Vending keys and decoder keys. Key material zeroises on drop and prints as `[redacted]`.

use std::fmt;

use des::cipher::BlockCipherEncrypt as _;
use hmac::digest::FixedOutput;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::cipher::misty1::Misty1;
use super::cipher::search_des::SearchDes;
use super::cipher::sta;
use super::cipher::sta_tables::StaTables;
use super::error::FieldError;
use super::parameters::{
    BaseDate, DecoderKeyGenerationAlgorithm, EncryptionAlgorithm, KeyExpiryNumber, KeyRevisionNumber, KeyType,
    SupplyGroupCode,
};

/// The key of one meter, for one encryption algorithm.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct DecoderKey(DecoderSecret);

#[derive(Clone, PartialEq, Eq, Zeroize)]
enum DecoderSecret {
    Sta(u64),
    Misty1(u128),
}

impl DecoderKey {
    /// A 64-bit key for EA07.
    pub const fn sta(key: u64) -> Self {
        DecoderKey(DecoderSecret::Sta(key))
    }

    /// A 128-bit key for EA11.
    pub const fn misty1(key: u128) -> Self {
        DecoderKey(DecoderSecret::Misty1(key))
    }

    /// From hexadecimal digits, most significant first: 16 for EA07, 32 for EA11. Decoder keys have no parity.
    ///
    /// # Errors
    /// A wrong length, a character that is no hexadecimal digit, or an algorithm that is not supported. The digits
    /// are never part of the error.
    pub fn from_hex(ea: EncryptionAlgorithm, hex: &str) -> Result<Self, FieldError> {
        match ea.supported()? {
            EncryptionAlgorithm::Ea11 => {
                let bytes = from_hex::<16>(hex, "an EA 11 decoder key")?;
                Ok(Self::misty1(u128::from_be_bytes(*bytes)))
            }
            EncryptionAlgorithm::Ea07 | EncryptionAlgorithm::Ea09 => {
                let bytes = from_hex::<8>(hex, "an EA 07 decoder key")?;
                Ok(Self::sta(u64::from_be_bytes(*bytes)))
            }
        }
    }

    /// The encryption algorithm the key is for.
    pub const fn algorithm(&self) -> EncryptionAlgorithm {
        match self.0 {
            DecoderSecret::Sta(_) => EncryptionAlgorithm::Ea07,
            DecoderSecret::Misty1(_) => EncryptionAlgorithm::Ea11,
        }
    }

    /// Encrypts one 64-bit block.
    pub fn encrypt_block(&self, block: u64, tables: &StaTables) -> u64 {
        match self.0 {
            DecoderSecret::Sta(key) => sta::encrypt(tables, key, block),
            DecoderSecret::Misty1(key) => Misty1::new(key).encrypt(block),
        }
    }

    /// Decrypts one 64-bit block.
    #[inline]
    pub fn decrypt_block(&self, block: u64, tables: &StaTables) -> u64 {
        match self.0 {
            DecoderSecret::Sta(key) => sta::decrypt(tables, key, block),
            DecoderSecret::Misty1(key) => Misty1::new(key).decrypt(block),
        }
    }

    /// The key in parts of 32 bits, as key-change tokens carry it, most significant first.
    /// EA07: NKHO, NKLO. EA11: NKHO, NKMO2, NKMO1, NKLO.
    pub(crate) fn parts(&self) -> Zeroizing<Vec<u32>> {
        Zeroizing::new(match self.0 {
            DecoderSecret::Sta(key) => vec![(key >> 32) as u32, key as u32],
            DecoderSecret::Misty1(key) => {
                vec![(key >> 96) as u32, (key >> 64) as u32, (key >> 32) as u32, key as u32]
            }
        })
    }

    /// The key in hexadecimal, for the one place where the user has asked to see it.
    pub fn reveal(&self) -> Zeroizing<String> {
        Zeroizing::new(match self.0 {
            DecoderSecret::Sta(key) => format!("{key:016x}"),
            DecoderSecret::Misty1(key) => format!("{key:032x}"),
        })
    }
}

impl fmt::Debug for DecoderKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DecoderKey(EA{}, [redacted])", self.algorithm())
    }
}

/// What names a vending key and goes with it, all of it public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct VendingKeyId {
    /// Supply group.
    pub sgc: SupplyGroupCode,
    /// Revision within the group.
    pub krn: KeyRevisionNumber,
    /// Type of the keys it makes.
    pub kt: KeyType,
    /// How it makes them.
    pub dkga: DecoderKeyGenerationAlgorithm,
    /// Algorithm of the meters.
    pub ea: EncryptionAlgorithm,
    /// Base date of the token identifiers.
    pub base_date: BaseDate,
    /// End of its life.
    pub ken: KeyExpiryNumber,
}

/// A vending key: makes the decoder keys of all meters of a supply group.
#[derive(Clone)]
pub struct VendingKey {
    id: VendingKeyId,
    secret: Box<VendingSecret>,
}

/// Key material, with the schedule that is worth keeping. The ciphers' own types zeroise on drop.
#[derive(Clone)]
pub(super) enum VendingSecret {
    /// DKGA02.
    Des {
        /// The key as given.
        key: u64,
        /// Its schedule, for a key at a time.
        cipher: des::Des,
        /// Its schedule for many, once a search or a stream has asked for it.
        search: Option<SearchDes>,
    },
    /// DKGA04.
    Hmac(MacSchedule),
}

impl Drop for VendingSecret {
    fn drop(&mut self) {
        if let VendingSecret::Des { key, .. } = self {
            key.zeroize();
        }
    }
}

/// HMAC-SHA-256 under one key, both pads already absorbed.
#[derive(Clone)]
pub(super) struct MacSchedule(Hmac<Sha256>);

impl MacSchedule {
    pub(super) fn sign(&self, message: &[u8], output: &mut [u8; 32]) {
        self.0.clone().chain_update(message).finalize_into(output.into());
    }
}

/// One block encrypted by DES, most significant byte first.
pub(super) fn des_encrypt(cipher: &des::Des, block: u64) -> u64 {
    let mut bytes = block.to_be_bytes().into();
    cipher.encrypt_block(&mut bytes);
    u64::from_be_bytes(bytes.into())
}

impl VendingKey {
    /// From hexadecimal digits, most significant first: 16 for DKGA02 (odd parity in every byte), 40 for DKGA04.
    ///
    /// # Errors
    /// A wrong length, a character that is no hexadecimal digit, even parity, an algorithm that is not supported, or
    /// DKGA02 for a meter with EA11. The digits are never part of the error.
    pub fn from_hex(id: VendingKeyId, hex: &str) -> Result<Self, FieldError> {
        id.ea.supported()?;
        let secret = match id.dkga.supported()? {
            DecoderKeyGenerationAlgorithm::Dkga04 => {
                let key = from_hex::<20>(hex, "a DKGA 04 vending key")?;
                let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&*key).map_err(|_| {
                    FieldError::secret("a DKGA 04 vending key has 40 hexadecimal digits", "copy it again")
                })?;
                VendingSecret::Hmac(MacSchedule(mac))
            }
            _ => {
                if id.ea != EncryptionAlgorithm::Ea07 {
                    return Err(FieldError::new(
                        "EA",
                        id.ea.code(),
                        "DKGA 02 makes 64-bit keys, which only EA 07 takes",
                        "give DKGA 04 or EA 07",
                    ));
                }
                let key = from_hex::<8>(hex, "a DKGA 02 vending key")?;
                if let Some(byte) = key.iter().position(|byte| byte.count_ones() % 2 == 0) {
                    return Err(FieldError::secret(
                        format!(
                            "byte {} of 8 has even parity, and a DES vending key has odd parity in every byte",
                            byte + 1
                        ),
                        "copy the key again; a key with even parity would give wrong decoder keys",
                    ));
                }
                VendingSecret::Des {
                    key: u64::from_be_bytes(*key),
                    cipher: des::Des::new((&*key).into()),
                    search: None,
                }
            }
        };
        Ok(VendingKey { id, secret: Box::new(secret) })
    }

    /// Prepares it to make keys by the ten thousand.
    pub(super) fn prepare_for_search(&mut self) {
        if let VendingSecret::Des { key, search, .. } = &mut *self.secret {
            *search = Some(SearchDes::new(*key));
        }
    }

    /// What names the key and goes with it.
    pub const fn id(&self) -> &VendingKeyId {
        &self.id
    }

    /// The key check value of a DES key, by which two holders of a key tell that they have the same one: the first three
    /// octets of eight zero octets encrypted under it, as six hexadecimal digits. For a DKGA04 key no public source
    /// defines one.
    pub fn check_value(&self) -> Option<String> {
        match &*self.secret {
            VendingSecret::Des { cipher, .. } => Some(format!("{:06X}", des_encrypt(cipher, 0) >> 40)),
            VendingSecret::Hmac(_) => None,
        }
    }

    pub(super) fn secret(&self) -> &VendingSecret {
        &self.secret
    }
}

impl fmt::Debug for VendingKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("VendingKey").field("id", &self.id).field("key", &format_args!("[redacted]")).finish()
    }
}

/// Exactly `N` bytes of hexadecimal digits. The digits never reach the error.
fn from_hex<const N: usize>(hex: &str, what: &str) -> Result<Zeroizing<[u8; N]>, FieldError> {
    let remedy = "copy it again from its source";
    let digits = hex.as_bytes();
    if let Some(position) = digits.iter().position(|digit| !digit.is_ascii_hexdigit()) {
        return Err(FieldError::secret(format!("character {} is no hexadecimal digit", position + 1), remedy));
    }
    if digits.len() != 2 * N {
        return Err(FieldError::secret(
            format!("it has {} hexadecimal digits, and {what} has {}", digits.len(), 2 * N),
            remedy,
        ));
    }
    let mut bytes = Zeroizing::new([0u8; N]);
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = pair.iter().fold(0, |value, digit| (value << 4) | char::from(*digit).to_digit(16).unwrap_or(0) as u8);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(dkga: &str, ea: &str) -> VendingKeyId {
        VendingKeyId {
            sgc: "123456".parse().unwrap(),
            krn: "1".parse().unwrap(),
            kt: KeyType::Unique,
            dkga: dkga.parse().unwrap(),
            ea: ea.parse().unwrap(),
            base_date: BaseDate::Base1993,
            ken: KeyExpiryNumber::NEVER,
        }
    }

    #[test]
    fn even_parity_is_refused_with_its_byte() {
        let error = VendingKey::from_hex(id("02", "07"), "0abc12def3456789").unwrap_err().to_string();
        assert!(error.contains("byte 1 of 8 has even parity"), "{error}");
        assert!(!error.contains("0abc"), "{error}");
        assert!(VendingKey::from_hex(id("02", "07"), "abababababababab").is_ok());
    }

    #[test]
    fn the_check_value_is_that_of_the_textbook_key() {
        // Eight zero octets under 0123456789ABCDEF give D5D44FF720683D0D (NBS Special Publication 500-20).
        let key = VendingKey::from_hex(id("02", "07"), "0123456789abcdef").unwrap();
        assert_eq!(key.check_value().as_deref(), Some("D5D44F"));
        let key = VendingKey::from_hex(id("04", "11"), &"ab".repeat(20)).unwrap();
        assert_eq!(key.check_value(), None);
    }

    #[test]
    fn lengths_and_digits_are_named_without_the_key() {
        for (dkga, ea, hex, part) in [
            ("02", "07", "ababababababab", "has 14 hexadecimal digits"),
            ("04", "11", "abababababababab", "has 16 hexadecimal digits"),
            ("02", "07", "ababxbabababab", "character 5"),
            ("02", "11", "abababababababab", "only EA 07"),
            ("01", "07", "abababababababab", "not supported, because"),
            ("04", "09", "abababababababab949494949494949401234567", "not supported, because"),
        ] {
            let error = VendingKey::from_hex(id(dkga, ea), hex).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
            assert!(!error.contains(hex), "{error}");
        }
    }

    #[test]
    fn debugging_form_is_redacted() {
        let key = VendingKey::from_hex(id("02", "07"), "abababababababab").unwrap();
        assert!(format!("{key:?}").contains("[redacted]"));
        assert!(!format!("{key:?}").contains("abab"));
        assert_eq!(format!("{:?}", DecoderKey::sta(1)), "DecoderKey(EA07, [redacted])");
    }
}
