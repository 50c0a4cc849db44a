//! Security setup (class 64): policy, certificates, and the calls that bring new keys to a meter (Blue Book, 4.4.7).

use super::data::Data;
use super::security::{SecretKey, wrap_key};

/// Which key of a meter a new one replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyId {
    /// Global unicast encryption key.
    Encryption,
    /// Global broadcast encryption key.
    Broadcast,
    /// Authentication key.
    Authentication,
    /// Master key, under which the others are wrapped.
    Master,
}

impl KeyId {
    /// Every key, by its number.
    const ALL: [KeyId; 4] = [KeyId::Encryption, KeyId::Broadcast, KeyId::Authentication, KeyId::Master];

    /// The number in a key transfer.
    pub const fn number(self) -> u8 {
        match self {
            KeyId::Encryption => 0,
            KeyId::Broadcast => 1,
            KeyId::Authentication => 2,
            KeyId::Master => 3,
        }
    }

    fn from_number(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|key| u64::from(key.number()) == number)
    }
}

/// The argument of key_transfer (method 2): each key with its number, wrapped under the master key.
pub fn key_transfer(master: &SecretKey, keys: &[(KeyId, SecretKey)]) -> Data {
    let wrapped = keys
        .iter()
        .map(|(id, key)| Data::Structure(vec![Data::Enum(id.number()), Data::OctetString(wrap_key(master, key))]));
    Data::Array(wrapped.collect())
}

/// The keys of such an argument, still wrapped; `None` when it is none.
pub fn transferred_keys(argument: &Data) -> Option<Vec<(KeyId, Vec<u8>)>> {
    let Data::Array(elements) = argument else { return None };
    let one = |element: &Data| match element.as_elements()? {
        [id, Data::OctetString(wrapped)] => Some((KeyId::from_number(id.as_u64()?)?, wrapped.clone())),
        _ => None,
    };
    elements.iter().map(one).collect()
}

/// What the policy of a security setup demands, as words. `version` is that of the class: up to 0 a number, from 1 on
/// bits.
pub fn policy_words(version: u8, policy: u64) -> Vec<&'static str> {
    const BITS: [(u64, &str); 6] = [
        (0x04, "authenticated-request"),
        (0x08, "encrypted-request"),
        (0x10, "signed-request"),
        (0x20, "authenticated-response"),
        (0x40, "encrypted-response"),
        (0x80, "signed-response"),
    ];
    let bits = match (version, policy) {
        (0, 1) => 0x04 | 0x20,
        (0, 2) => 0x08 | 0x40,
        (0, 3) => 0x04 | 0x08 | 0x20 | 0x40,
        (0, _) => 0,
        (_, bits) => bits,
    };
    BITS.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, word)| word).collect()
}

/// A certificate in a meter, as attribute 6 lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Whose it is: 0 the meter, 1 a client, 2 an authority, 3 somebody else.
    pub entity: u64,
    /// What it is for: 0 signatures, 1 key agreement, 2 TLS, 3 something else.
    pub purpose: u64,
    /// Serial number.
    pub serial: Vec<u8>,
    /// Who issued it.
    pub issuer: Vec<u8>,
    /// Whom it names.
    pub subject: Vec<u8>,
}

impl Certificate {
    /// Whose it is, as a word.
    pub const fn entity_word(&self) -> &'static str {
        match self.entity {
            0 => "server",
            1 => "client",
            2 => "certification-authority",
            _ => "other",
        }
    }

    /// What it is for, as a word.
    pub const fn purpose_word(&self) -> &'static str {
        match self.purpose {
            0 => "signature",
            1 => "key-agreement",
            2 => "tls",
            _ => "other",
        }
    }
}

/// Reads the list of certificates; elements that are none are left out.
pub fn certificates(data: &Data) -> Vec<Certificate> {
    let one = |element: &Data| match element.as_elements()? {
        [entity, purpose, serial, issuer, subject, ..] => Some(Certificate {
            entity: entity.as_u64()?,
            purpose: purpose.as_u64()?,
            serial: serial.as_octets()?.to_vec(),
            issuer: issuer.as_octets()?.to_vec(),
            subject: subject.as_octets()?.to_vec(),
        }),
        _ => None,
    };
    data.as_elements().unwrap_or(&[]).iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::dlms::unwrap_key;

    #[test]
    fn keys_arrive_under_their_numbers() {
        let master = SecretKey::new([7; 16]);
        let keys = [(KeyId::Encryption, SecretKey::new([1; 16])), (KeyId::Authentication, SecretKey::new([2; 16]))];
        let argument = key_transfer(&master, &keys);
        let found = transferred_keys(&argument).unwrap();
        assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [KeyId::Encryption, KeyId::Authentication]);
        for ((_, wrapped), (_, key)) in found.iter().zip(&keys) {
            assert_eq!(unwrap_key(&master, wrapped).as_ref(), Some(key));
        }
        let spoilt = Data::Array(vec![Data::Structure(vec![Data::Enum(9), Data::OctetString(vec![0; 24])])]);
        assert_eq!(transferred_keys(&spoilt), None);
        assert_eq!(transferred_keys(&Data::Null), None);
    }

    #[test]
    fn policies_are_told_in_words() {
        assert_eq!(policy_words(0, 0), Vec::<&str>::new());
        assert_eq!(policy_words(0, 2), ["encrypted-request", "encrypted-response"]);
        assert_eq!(policy_words(1, 0x0C), ["authenticated-request", "encrypted-request"]);
        assert_eq!(policy_words(1, 0x80), ["signed-response"]);
    }
}
