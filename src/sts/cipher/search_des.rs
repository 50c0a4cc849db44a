//! DES (FIPS 46-3) for searches and streams: the diagnosis makes tens of thousands of DKGA02 decoder keys for one answer, so
//! substitution and permutation of a round are in one table, as in the cipher of EA07. A single key is made with the `des` crate, which also
//! judges this one.

use zeroize::{Zeroize, ZeroizeOnDrop};

const ROUNDS: usize = 16;

/// The substitution boxes S1 to S8, each as four rows of sixteen, as the standard prints them.
const SUBSTITUTION: [[u8; 64]; 8] = [
    [
        14, 4, 13, 1, 2, 15, 11, 8, 3, 10, 6, 12, 5, 9, 0, 7, 0, 15, 7, 4, 14, 2, 13, 1, 10, 6, 12, 11, 9, 5, 3, 8, 4,
        1, 14, 8, 13, 6, 2, 11, 15, 12, 9, 7, 3, 10, 5, 0, 15, 12, 8, 2, 4, 9, 1, 7, 5, 11, 3, 14, 10, 0, 6, 13,
    ],
    [
        15, 1, 8, 14, 6, 11, 3, 4, 9, 7, 2, 13, 12, 0, 5, 10, 3, 13, 4, 7, 15, 2, 8, 14, 12, 0, 1, 10, 6, 9, 11, 5, 0,
        14, 7, 11, 10, 4, 13, 1, 5, 8, 12, 6, 9, 3, 2, 15, 13, 8, 10, 1, 3, 15, 4, 2, 11, 6, 7, 12, 0, 5, 14, 9,
    ],
    [
        10, 0, 9, 14, 6, 3, 15, 5, 1, 13, 12, 7, 11, 4, 2, 8, 13, 7, 0, 9, 3, 4, 6, 10, 2, 8, 5, 14, 12, 11, 15, 1, 13,
        6, 4, 9, 8, 15, 3, 0, 11, 1, 2, 12, 5, 10, 14, 7, 1, 10, 13, 0, 6, 9, 8, 7, 4, 15, 14, 3, 11, 5, 2, 12,
    ],
    [
        7, 13, 14, 3, 0, 6, 9, 10, 1, 2, 8, 5, 11, 12, 4, 15, 13, 8, 11, 5, 6, 15, 0, 3, 4, 7, 2, 12, 1, 10, 14, 9, 10,
        6, 9, 0, 12, 11, 7, 13, 15, 1, 3, 14, 5, 2, 8, 4, 3, 15, 0, 6, 10, 1, 13, 8, 9, 4, 5, 11, 12, 7, 2, 14,
    ],
    [
        2, 12, 4, 1, 7, 10, 11, 6, 8, 5, 3, 15, 13, 0, 14, 9, 14, 11, 2, 12, 4, 7, 13, 1, 5, 0, 15, 10, 3, 9, 8, 6, 4,
        2, 1, 11, 10, 13, 7, 8, 15, 9, 12, 5, 6, 3, 0, 14, 11, 8, 12, 7, 1, 14, 2, 13, 6, 15, 0, 9, 10, 4, 5, 3,
    ],
    [
        12, 1, 10, 15, 9, 2, 6, 8, 0, 13, 3, 4, 14, 7, 5, 11, 10, 15, 4, 2, 7, 12, 9, 5, 6, 1, 13, 14, 0, 11, 3, 8, 9,
        14, 15, 5, 2, 8, 12, 3, 7, 0, 4, 10, 1, 13, 11, 6, 4, 3, 2, 12, 9, 5, 15, 10, 11, 14, 1, 7, 6, 0, 8, 13,
    ],
    [
        4, 11, 2, 14, 15, 0, 8, 13, 3, 12, 9, 7, 5, 10, 6, 1, 13, 0, 11, 7, 4, 9, 1, 10, 14, 3, 5, 12, 2, 15, 8, 6, 1,
        4, 11, 13, 12, 3, 7, 14, 10, 15, 6, 8, 0, 5, 9, 2, 6, 11, 13, 8, 1, 4, 10, 7, 9, 5, 0, 15, 14, 2, 3, 12,
    ],
    [
        13, 2, 8, 4, 6, 15, 11, 1, 10, 9, 3, 14, 5, 0, 12, 7, 1, 15, 13, 8, 10, 3, 7, 4, 12, 5, 6, 11, 0, 14, 9, 2, 7,
        11, 4, 1, 9, 12, 14, 2, 0, 6, 10, 13, 15, 3, 5, 8, 2, 1, 14, 7, 4, 10, 8, 13, 15, 12, 9, 0, 3, 5, 6, 11,
    ],
];

/// Permutation P: bit n of the result (1 = most significant) is bit `P[n - 1]` of the input.
const PERMUTATION: [u32; 32] = [
    16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4,
    25,
];

/// Permuted choice 1: which bits of the key (1 = most significant) go into the halves C and D.
const PERMUTED_CHOICE_1: [u32; 56] = [
    57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36, 63, 55,
    47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
];

/// Permuted choice 2: which of the 56 bits of C and D make a subkey.
const PERMUTED_CHOICE_2: [u32; 48] = [
    14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47, 55, 30,
    40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
];

/// Places by which C and D are rotated before each round.
const ROTATIONS: [u32; ROUNDS] = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];

/// Substitution and P in one: for each box and each of its 64 inputs, the 32 bits it gives to the round.
static ROUND_TABLE: [[u32; 64]; 8] = round_table();

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which would report it")]
const fn round_table() -> [[u32; 64]; 8] {
    let mut table = [[0u32; 64]; 8];
    let mut place = 0;
    while place < 8 {
        let mut input = 0;
        while input < 64 {
            // The outer two bits choose the row, the inner four the column.
            let row = (input >> 4 & 2) | (input & 1);
            let column = input >> 1 & 15;
            let output = (SUBSTITUTION[place][row * 16 + column] as u32) << (28 - 4 * place);
            let mut moved = 0;
            let mut bit = 0;
            while bit < 32 {
                moved |= (output >> (32 - PERMUTATION[bit]) & 1) << (31 - bit);
                bit += 1;
            }
            table[place][input] = moved;
            input += 1;
        }
        place += 1;
    }
    table
}

/// DES under one key: sixteen subkeys of eight times six bits.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SearchDes {
    subkeys: [[u8; 8]; ROUNDS],
}

impl std::fmt::Debug for SearchDes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SearchDes([redacted])")
    }
}

impl SearchDes {
    /// Expands a key, most significant byte first. Parity bits do not count.
    pub fn new(key: u64) -> Self {
        const HALF: u64 = 0x0FFF_FFFF;
        let chosen = pick(key, 64, &PERMUTED_CHOICE_1);
        let (mut left, mut right) = (chosen >> 28, chosen & HALF);
        let mut subkeys = [[0u8; 8]; ROUNDS];
        for (subkey, places) in subkeys.iter_mut().zip(ROTATIONS) {
            left = (left << places | left >> (28 - places)) & HALF;
            right = (right << places | right >> (28 - places)) & HALF;
            let bits = pick(left << 28 | right, 56, &PERMUTED_CHOICE_2);
            for (six, shift) in subkey.iter_mut().zip((0..8).rev()) {
                *six = (bits >> (6 * shift)) as u8 & 63;
            }
        }
        SearchDes { subkeys }
    }

    /// Encrypts one block, most significant byte first.
    pub fn encrypt(&self, block: u64) -> u64 {
        let (mut left, mut right) = initial_permutation(block);
        for pair in self.subkeys.chunks_exact(2) {
            if let [first, second] = pair {
                left ^= round(right, first);
                right ^= round(left, second);
            }
        }
        final_permutation(right, left)
    }
}

/// The bits of `value`, which has `width`, that a table names, the first becoming the most significant.
fn pick(value: u64, width: u32, table: &[u32]) -> u64 {
    table.iter().fold(0, |picked, bit| picked << 1 | (value >> (width - bit) & 1))
}

/// Expansion, subkey, boxes and P. Box n sees the four bits of its place and one neighbour on either side.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "eight boxes of 64 entries, the index masked to 6 bits")]
fn round(half: u32, subkey: &[u8; 8]) -> u32 {
    let mut result = 0;
    for place in 0..8 {
        let six = half.rotate_left(4 * place as u32 + 31) >> 26;
        result ^= ROUND_TABLE[place][(six as usize ^ usize::from(subkey[place])) & 63];
    }
    result
}

/// Swaps the bits of `left`, moved by `shift`, with those of `right` under `mask`.
#[inline(always)]
fn exchange(left: &mut u32, right: &mut u32, shift: u32, mask: u32) {
    let different = ((*left >> shift) ^ *right) & mask;
    *right ^= different;
    *left ^= different << shift;
}

/// IP, as five exchanges between the halves.
#[inline(always)]
fn initial_permutation(block: u64) -> (u32, u32) {
    let (mut left, mut right) = ((block >> 32) as u32, block as u32);
    exchange(&mut left, &mut right, 4, 0x0F0F_0F0F);
    exchange(&mut left, &mut right, 16, 0x0000_FFFF);
    exchange(&mut right, &mut left, 2, 0x3333_3333);
    exchange(&mut right, &mut left, 8, 0x00FF_00FF);
    exchange(&mut left, &mut right, 1, 0x5555_5555);
    (left, right)
}

/// The inverse of IP: the same exchanges backwards.
#[inline(always)]
fn final_permutation(mut left: u32, mut right: u32) -> u64 {
    exchange(&mut left, &mut right, 1, 0x5555_5555);
    exchange(&mut right, &mut left, 8, 0x00FF_00FF);
    exchange(&mut right, &mut left, 2, 0x3333_3333);
    exchange(&mut left, &mut right, 16, 0x0000_FFFF);
    exchange(&mut left, &mut right, 4, 0x0F0F_0F0F);
    u64::from(left) << 32 | u64::from(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use des::cipher::{BlockCipherEncrypt, KeyInit};

    #[test]
    fn published_example() {
        assert_eq!(SearchDes::new(0x1334_5779_9BBC_DFF1).encrypt(0x0123_4567_89AB_CDEF), 0x85E8_1354_0F0A_B405);
    }

    #[test]
    fn agrees_with_another_implementation() {
        let mut random = fastrand::Rng::with_seed(3);
        for _ in 0..500 {
            let (key, block) = (random.u64(..), random.u64(..));
            let mut bytes = block.to_be_bytes().into();
            des::Des::new(&key.to_be_bytes().into()).encrypt_block(&mut bytes);
            assert_eq!(SearchDes::new(key).encrypt(block), u64::from_be_bytes(bytes.into()), "{key:016x} {block:016x}");
        }
    }

    #[test]
    fn debugging_form_is_redacted() {
        assert_eq!(format!("{:?}", SearchDes::new(1)), "SearchDes([redacted])");
    }
}
