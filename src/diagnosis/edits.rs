//! Strings one slip of the finger away: the repairs that are tried on a token.

use std::collections::BTreeSet;

/// Digits of a token.
pub const DIGITS: usize = 20;

/// Every string one digit or one swap of neighbours away from `digits`: at most 180 + 19.
///
/// Equal neighbours give no swap, and a swap never gives what a single digit gives, so all are different.
pub fn of_token(digits: &[u8; DIGITS]) -> Vec<[u8; DIGITS]> {
    let mut found = Vec::with_capacity(199);
    for place in 0..DIGITS {
        for digit in b'0'..=b'9' {
            let mut edited = *digits;
            if let Some(slot) = edited.get_mut(place)
                && *slot != digit
            {
                *slot = digit;
                found.push(edited);
            }
        }
    }
    for place in 1..DIGITS {
        let mut edited = *digits;
        edited.swap(place - 1, place);
        if edited != *digits {
            found.push(edited);
        }
    }
    found
}

/// Every 20-digit string that one edit (a character replaced, left out, put in, or swapped with its neighbour)
/// makes of `text`, which is the token as typed without separators. Empty when one edit cannot do it.
pub fn of_text(text: &str) -> Vec<[u8; DIGITS]> {
    let characters: Vec<char> = text.chars().take(DIGITS + 2).collect();
    let strangers: Vec<usize> =
        characters.iter().enumerate().filter(|(_, c)| !c.is_ascii_digit()).map(|(place, _)| place).collect();
    if strangers.len() > 1 {
        return Vec::new();
    }
    let mut found = BTreeSet::new();
    match characters.len() {
        length if length == DIGITS - 1 && strangers.is_empty() => {
            for place in 0..=length {
                for digit in '0'..='9' {
                    let mut edited = characters.clone();
                    edited.insert(place, digit);
                    found.extend(digits_of(&edited));
                }
            }
        }
        DIGITS => match strangers.first() {
            Some(&place) => {
                for digit in '0'..='9' {
                    let mut edited = characters.clone();
                    if let Some(slot) = edited.get_mut(place) {
                        *slot = digit;
                    }
                    found.extend(digits_of(&edited));
                }
            }
            None => found.extend(digits_of(&characters).iter().flat_map(of_token)),
        },
        length if length == DIGITS + 1 => {
            for place in 0..length {
                let mut edited = characters.clone();
                edited.remove(place);
                found.extend(digits_of(&edited));
            }
        }
        _ => {}
    }
    found.into_iter().collect()
}

/// The characters as 20 digits, when that is what they are.
fn digits_of(characters: &[char]) -> Option<[u8; DIGITS]> {
    let bytes: Vec<u8> = characters.iter().filter(|c| c.is_ascii_digit()).map(|c| *c as u8).collect();
    if bytes.len() == characters.len() { bytes.try_into().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str) -> [u8; DIGITS] {
        text.as_bytes().try_into().unwrap()
    }

    #[test]
    fn a_token_has_180_replacements_and_a_swap_for_each_unequal_pair() {
        assert_eq!(of_token(&token("01234567890123456789")).len(), 199);
        assert_eq!(of_token(&token("00000000000000000000")).len(), 180);
        let edits = of_token(&token("51043465443420856213"));
        let different: BTreeSet<_> = edits.iter().collect();
        assert_eq!(different.len(), edits.len());
        assert!(edits.contains(&token("15043465443420856213")));
        assert!(edits.contains(&token("51043465443420856219")));
    }

    #[test]
    fn a_missing_digit_may_be_any_digit_at_any_place() {
        let edits = of_text("5104346544342085621");
        assert!(edits.contains(&token("51043465443420856213")));
        assert!(edits.contains(&token("05104346544342085621")));
        assert_eq!(edits.len(), 20 * 10 - 19, "the same digit beside its like counts once");
    }

    #[test]
    fn a_digit_too_many_may_be_left_out() {
        assert!(of_text("510434654434208562133").contains(&token("51043465443420856213")));
        assert!(of_text("5104346544342085621x3").contains(&token("51043465443420856213")));
    }

    #[test]
    fn a_letter_stands_for_one_digit() {
        let edits = of_text("5104346S443420856213");
        assert_eq!(edits.len(), 10);
        assert!(edits.contains(&token("51043465443420856213")));
    }

    #[test]
    fn two_faults_cannot_be_mended() {
        assert!(of_text("5104346S44342O856213").is_empty());
        assert!(of_text("510434654434208562").is_empty());
        assert!(of_text("").is_empty());
        assert!(of_text(&"1".repeat(10_000)).is_empty());
    }
}
