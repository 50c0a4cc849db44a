//! AES key wrap (RFC 3394), as keys travel to a meter: under the master key of the meter.

use aes_kw::cipher::KeyInit;
use aes_kw::{KwAes128, KwAes256};

use super::keys::SecretKey;

/// Octets by which a wrapped key is longer than the key.
const OVERHEAD: usize = 8;

/// A key wrapped under the master key; eight octets longer than the key.
pub fn wrap_key(master: &SecretKey, key: &SecretKey) -> Vec<u8> {
    let mut out = vec![0; key.octets().len().saturating_add(OVERHEAD)];
    // The cipher refuses only lengths that no key has.
    let _ = match <[u8; 32]>::try_from(master.octets()) {
        Ok(long) => KwAes256::new(&long.into()).wrap_key(key.octets(), &mut out).map(drop),
        Err(_) => KwAes128::new(&master.short().into()).wrap_key(key.octets(), &mut out).map(drop),
    };
    out
}

/// The key inside; `None` when it was wrapped under another master key or changed on the way.
pub fn unwrap_key(master: &SecretKey, wrapped: &[u8]) -> Option<SecretKey> {
    let mut out = zeroize::Zeroizing::new(vec![0; wrapped.len().checked_sub(OVERHEAD)?]);
    match <[u8; 32]>::try_from(master.octets()) {
        Ok(long) => KwAes256::new(&long.into()).unwrap_key(wrapped, &mut out).map(drop),
        Err(_) => KwAes128::new(&master.short().into()).unwrap_key(wrapped, &mut out).map(drop),
    }
    .ok()?;
    SecretKey::from_octets(&out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    /// RFC 3394, sections 4.1 and 4.6.
    #[test]
    fn the_published_examples() {
        let key = |text: &str| SecretKey::from_octets(&hex::decode(text).unwrap()).unwrap();
        for (master, inner, wrapped) in [
            (
                "000102030405060708090A0B0C0D0E0F",
                "00112233445566778899AABBCCDDEEFF",
                "1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5",
            ),
            (
                "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F",
                "00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F",
                "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21",
            ),
        ] {
            let (master, inner, wrapped) = (key(master), key(inner), hex::decode(wrapped).unwrap());
            assert_eq!(wrap_key(&master, &inner), wrapped);
            assert_eq!(unwrap_key(&master, &wrapped), Some(inner.clone()));
            assert_eq!(unwrap_key(&inner, &wrapped), None);
            assert_eq!(unwrap_key(&master, &wrapped[..wrapped.len() - 8]), None);
        }
        assert_eq!(unwrap_key(&key("000102030405060708090A0B0C0D0E0F"), &[1; 5]), None);
    }
}
