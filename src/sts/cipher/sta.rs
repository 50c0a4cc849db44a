//! EA07: the Standard Transfer Algorithm, 16 rounds of key-chosen nibble substitution and a bit permutation under a
//! 64-bit key (IEC 62055-41 clause 6.5.4).
//!
//! A round is one pass of sixteen look-ups: substitution and permutation of a nibble are both in the table, and the
//! contributions of the nibbles are disjoint bits.

use super::sta_tables::{PassTable, StaTables};

const ROUNDS: usize = 16;

/// Low nibble of every byte.
const LOW_NIBBLES: u64 = 0x0F0F_0F0F_0F0F_0F0F;

/// Lowest bit of every byte.
const LOW_BITS: u64 = 0x0101_0101_0101_0101;

/// One pass. Bit 0 of nibble n of `selection` chooses the table for nibble n of `block`.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "byte n of eight indexes tables 2n and 2n+1 of 16, masked to 32 entries")]
fn pass(table: &PassTable, block: u64, selection: u64) -> u64 {
    let even = (block & LOW_NIBBLES) | ((selection & LOW_BITS) << 4);
    let odd = ((block >> 4) & LOW_NIBBLES) | (((selection >> 4) & LOW_BITS) << 4);
    let even = even.to_le_bytes();
    let odd = odd.to_le_bytes();
    let mut result = 0;
    for byte in 0..8 {
        result |= table[2 * byte][usize::from(even[byte] & 31)];
        result |= table[2 * byte + 1][usize::from(odd[byte] & 31)];
    }
    result
}

/// Encrypts one block.
pub fn encrypt(tables: &StaTables, key: u64, mut block: u64) -> u64 {
    // Selection is by bit 3 of each key nibble; one more rotation brings it to bit 0.
    let mut selection = (!key).rotate_right(12 + 3);
    for _ in 0..ROUNDS {
        block = pass(&tables.encrypt_pass, block, selection);
        selection = selection.rotate_left(1);
    }
    block
}

/// Decrypts one block.
pub fn decrypt(tables: &StaTables, key: u64, block: u64) -> u64 {
    let mut selection = key;
    let mut block = pass(&tables.decrypt_first, block, 0);
    for _ in 1..ROUNDS {
        block = pass(&tables.decrypt_pass, block, selection);
        selection = selection.rotate_right(1);
    }
    pass(&tables.decrypt_last, block, selection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_example_of_the_standard() {
        let tables = StaTables::iec_sample();
        let key = 0x0ABC_12DE_F345_6789;
        assert_eq!(encrypt(tables, key, 0x0B19_EB23_0100_C207), 0xC45E_D161_9406_DF95);
        assert_eq!(decrypt(tables, key, 0xC45E_D161_9406_DF95), 0x0B19_EB23_0100_C207);
    }

    #[test]
    fn other_tables_are_undone_too() {
        let rotated = |shift: u64, count: u64| (0..count).map(|index| (index * 5 + shift) % count).collect::<Vec<_>>();
        let tables = StaTables::new(&rotated(3, 16), &rotated(7, 16), &rotated(11, 64)).unwrap();
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..200 {
            let (key, block) = (random.u64(..), random.u64(..));
            assert_eq!(decrypt(&tables, key, encrypt(&tables, key, block)), block);
        }
    }
}
