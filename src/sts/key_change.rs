//! Key-change sets: the two tokens of a 64-bit key, the four of a 128-bit key (IEC 62055-41 clauses 6.2.7 to 6.2.10).
//! A 64-bit key may have a third token, announced by the first, which carries the supply group; its layout rests on a
//! single source.

use super::cipher::sta_tables::StaTables;
use super::content::{KeyPart, TokenContent};
use super::error::FieldError;
use super::key::DecoderKey;
use super::parameters::{
    EncryptionAlgorithm, KeyExpiryNumber, KeyRevisionNumber, KeyType, SupplyGroupCode, TariffIndex,
};
use super::token::Token;

/// What a meter holds after a key change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    /// The key itself.
    pub key: DecoderKey,
    /// Its revision number.
    pub krn: KeyRevisionNumber,
    /// Its type.
    pub kt: KeyType,
    /// The tariff index.
    pub ti: TariffIndex,
    /// Its expiry number.
    pub ken: KeyExpiryNumber,
    /// The supply group: in a set of three or four tokens; two cannot carry it.
    pub sgc: Option<SupplyGroupCode>,
    /// Whether the meter forgets its token identifiers.
    pub rollover: bool,
}

/// The contents of the tokens that bring a meter to a new key, first section first. A 64-bit key with a supply group
/// makes a set of three.
///
/// # Errors
/// A 128-bit key without its supply group.
pub fn sections(new: &NewKey) -> Result<Vec<TokenContent>, FieldError> {
    let (ken_high, ken_low) = new.ken.halves();
    let parts = new.key.parts();
    let part = |index: usize| KeyPart::new(parts.get(index).copied().unwrap_or_default());
    let last = parts.len().saturating_sub(1);
    let mut sections = vec![
        TokenContent::KeyChange1 {
            ken_high,
            krn: new.krn.number(),
            rollover: new.rollover,
            three_tokens: new.key.algorithm() != EncryptionAlgorithm::Ea11 && new.sgc.is_some(),
            kt: new.kt,
            key_part: part(0),
        },
        TokenContent::KeyChange2 { ken_low, ti: new.ti.number(), key_part: part(last) },
    ];
    if new.key.algorithm() == EncryptionAlgorithm::Ea11 {
        let sgc = new.sgc.ok_or_else(|| {
            FieldError::new(
                "SGC",
                "",
                "a set of four tokens carries the supply group",
                "give the new supply group code",
            )
        })?;
        sections.push(TokenContent::KeyChange3 { sgc_low: (sgc.number() & 0xFFF) as u16, key_part: part(1) });
        sections.push(TokenContent::KeyChange4 { sgc_high: (sgc.number() >> 12) as u16, key_part: part(2) });
    } else if let Some(sgc) = new.sgc {
        sections.push(TokenContent::KeyChangeSupplyGroup { sgc });
    }
    Ok(sections)
}

/// The tokens that bring a meter from its `current` key to a new one, all encrypted under the current key.
///
/// # Errors
/// A new key for another encryption algorithm, which the meter does not change, or a missing supply group.
pub fn key_change_tokens(current: &DecoderKey, new: &NewKey, tables: &StaTables) -> Result<Vec<Token>, FieldError> {
    if current.algorithm() != new.key.algorithm() {
        return Err(FieldError::new(
            "EA",
            new.key.algorithm().code(),
            format!("the meter has EA {} and a key change does not alter it", current.algorithm()),
            "choose a new vending key for the meter's own algorithm",
        ));
    }
    Ok(sections(new)?.iter().map(|section| current.make(section, tables)).collect())
}

/// Collects the sections of a set in any order, as a meter does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyChangeAssembly {
    first: Option<TokenContent>,
    second: Option<TokenContent>,
    third: Option<TokenContent>,
    fourth: Option<TokenContent>,
}

/// Why the sections at hand make no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssemblyError {
    /// Not all sections are there; numbers 1 to 4.
    #[error("the set lacks section {}", .0.iter().map(u8::to_string).collect::<Vec<_>>().join(" and "))]
    Missing(Vec<u8>),
    /// A supply group for a 64-bit key whose first section announces none.
    #[error(
        "the third token, which carries the supply group, is not of the set of the first, which announces no third"
    )]
    Unannounced,
    /// A field holds what no key can have.
    #[error(transparent)]
    Field(#[from] FieldError),
}

impl KeyChangeAssembly {
    /// Takes a section and tells its number, 1 to 4; other contents are not taken. A section given again replaces
    /// the one before.
    pub fn take(&mut self, content: &TokenContent) -> Option<u8> {
        let (slot, number) = match content {
            TokenContent::KeyChange1 { .. } => (&mut self.first, 1),
            TokenContent::KeyChange2 { .. } => (&mut self.second, 2),
            TokenContent::KeyChange3 { .. } | TokenContent::KeyChangeSupplyGroup { .. } => (&mut self.third, 3),
            TokenContent::KeyChange4 { .. } => (&mut self.fourth, 4),
            _ => return None,
        };
        *slot = Some(content.clone());
        Some(number)
    }

    /// Numbers of the sections taken.
    pub fn held(&self) -> Vec<u8> {
        let slots = [&self.first, &self.second, &self.third, &self.fourth];
        slots.into_iter().zip(1..).filter_map(|(slot, number)| slot.as_ref().map(|_| number)).collect()
    }

    /// The new key of a meter with this encryption algorithm, once all its sections are there.
    ///
    /// # Errors
    /// [`AssemblyError`]: sections missing or of different sets, or KRN, TI or SGC out of range.
    pub fn complete(&self, ea: EncryptionAlgorithm) -> Result<NewKey, AssemblyError> {
        let held = self.held();
        let announced = matches!(self.first, Some(TokenContent::KeyChange1 { three_tokens: true, .. }));
        let needed = match ea.key_change_tokens() {
            2 if announced => 3,
            count => count as u8,
        };
        let missing: Vec<u8> = (1..=needed).filter(|number| !held.contains(number)).collect();
        if !missing.is_empty() {
            return Err(AssemblyError::Missing(missing));
        }
        let (
            Some(TokenContent::KeyChange1 { ken_high, krn, rollover, kt, key_part: high, .. }),
            Some(TokenContent::KeyChange2 { ken_low, ti, key_part: low }),
        ) = (&self.first, &self.second)
        else {
            return Err(AssemblyError::Missing(vec![1, 2]));
        };
        let high = high.bits();
        let low = low.bits();
        let (key, sgc) = match (ea, &self.third, &self.fourth) {
            (
                EncryptionAlgorithm::Ea11,
                Some(TokenContent::KeyChange3 { sgc_low, key_part: upper }),
                Some(TokenContent::KeyChange4 { sgc_high, key_part: lower }),
            ) => {
                let key = u128::from(high) << 96
                    | u128::from(upper.bits()) << 64
                    | u128::from(lower.bits()) << 32
                    | u128::from(low);
                let sgc = SupplyGroupCode::new(u32::from(*sgc_high) << 12 | u32::from(*sgc_low))?;
                (DecoderKey::misty1(key), Some(sgc))
            }
            (_, third, _) => {
                let sgc = match third {
                    Some(TokenContent::KeyChangeSupplyGroup { sgc }) if announced => Some(*sgc),
                    Some(_) => return Err(AssemblyError::Unannounced),
                    None => None,
                };
                (DecoderKey::sta(u64::from(high) << 32 | u64::from(low)), sgc)
            }
        };
        Ok(NewKey {
            key,
            krn: KeyRevisionNumber::new(u32::from(*krn))?,
            kt: *kt,
            ti: TariffIndex::new(u32::from(*ti))?,
            ken: KeyExpiryNumber::new(u32::from(*ken_high) << 4 | u32::from(*ken_low))?,
            sgc,
            rollover: *rollover,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new_key(key: DecoderKey) -> NewKey {
        let sgc = (key.algorithm() == EncryptionAlgorithm::Ea11).then(|| "123457".parse().unwrap());
        NewKey {
            key,
            krn: "3".parse().unwrap(),
            kt: KeyType::Unique,
            ti: "99".parse().unwrap(),
            ken: KeyExpiryNumber::new(0xA5).unwrap(),
            sgc,
            rollover: true,
        }
    }

    #[test]
    fn sets_of_two_three_and_four_come_back_in_any_order() {
        let tables = StaTables::iec_sample();
        let short = || (DecoderKey::sta(0x0123_4567_89AB_CDEF), new_key(DecoderKey::sta(0xFEDC_BA98_7654_3210)));
        let (long, long_new) =
            (DecoderKey::misty1(77), new_key(DecoderKey::misty1(0x0011_2233_4455_6677_8899_AABB_CCDD_EEFF)));
        let with_group = NewKey { sgc: "123457".parse().ok(), ..short().1 };
        for (current, new, count) in [(short().0, short().1, 2), (short().0, with_group, 3), (long, long_new, 4)] {
            let tokens = key_change_tokens(&current, &new, tables).unwrap();
            assert_eq!(tokens.len(), count);
            let mut assembly = KeyChangeAssembly::default();
            for token in tokens.iter().rev() {
                assert!(assembly.take(&current.read(*token, tables).unwrap()).is_some());
            }
            assert_eq!(assembly.complete(current.algorithm()).unwrap(), new);
        }
    }

    #[test]
    fn an_unfinished_set_names_what_it_lacks() {
        let sections = sections(&new_key(DecoderKey::misty1(1))).unwrap();
        let mut assembly = KeyChangeAssembly::default();
        assembly.take(&sections[2]);
        assembly.take(&sections[0]);
        assert_eq!(assembly.held(), [1, 3]);
        let error = assembly.complete(EncryptionAlgorithm::Ea11).unwrap_err();
        assert_eq!(error.to_string(), "the set lacks section 2 and 4");
    }

    #[test]
    fn the_algorithm_cannot_change_and_the_third_token_must_be_announced() {
        let error = key_change_tokens(&DecoderKey::sta(1), &new_key(DecoderKey::misty1(1)), StaTables::iec_sample());
        assert!(error.unwrap_err().to_string().contains("does not alter"));
        let two = new_key(DecoderKey::sta(1));
        let three = sections(&NewKey { sgc: "123457".parse().ok(), ..two.clone() }).unwrap();
        let complete = |sections: &[TokenContent]| {
            let mut assembly = KeyChangeAssembly::default();
            sections.iter().for_each(|section| {
                assembly.take(section);
            });
            assembly.complete(EncryptionAlgorithm::Ea07)
        };
        assert_eq!(complete(&three[..2]), Err(AssemblyError::Missing(vec![3])));
        let mut mixed = sections(&two).unwrap();
        mixed.push(three[2].clone());
        assert_eq!(complete(&mixed), Err(AssemblyError::Unannounced));
    }
}
