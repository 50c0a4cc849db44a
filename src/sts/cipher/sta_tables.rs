//! The substitution and permutation tables of EA07. They are data: the standard prints a sample set for tests, real
//! meters use another set that members of the STS Association get on application.

use std::fmt::{self, Write as _};
use std::sync::LazyLock;

use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Value of `schema` in a tables file.
pub const SCHEMA: &str = "wattkey/sta-tables/1";

/// SHA-256 over encrypt table 1, encrypt table 2 and the encrypt permutation of the production set, one byte an
/// entry. The set itself is never part of this program.
const PRODUCTION_CHECK: &str = "2417810c087e153a22ef481682e2b5da0c93499cadbc2de73d6febd88b19fabd";

/// Partial results of one pass over a block: for each of its 16 nibbles, least significant first, the contribution
/// of every nibble value under key selection 0 (entries 0 to 15) and 1 (entries 16 to 31).
pub(super) type PassTable = [[u64; 32]; 16];

/// One set of EA07 tables, with the look-up tables made from it.
#[derive(Clone)]
pub struct StaTables {
    encrypt_1: [u8; 16],
    encrypt_2: [u8; 16],
    permutation: [u8; 64],
    production: bool,
    /// Substitution, then permutation.
    pub(super) encrypt_pass: Box<PassTable>,
    /// Inverse permutation alone; both selections are alike.
    pub(super) decrypt_first: Box<PassTable>,
    /// Inverse substitution, then inverse permutation.
    pub(super) decrypt_pass: Box<PassTable>,
    /// Inverse substitution alone.
    pub(super) decrypt_last: Box<PassTable>,
}

/// Why a set of tables cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StaTablesError {
    /// Not JSON of the expected form.
    #[error("{0}")]
    Form(String),
    /// The schema is another one.
    #[error("schema is {0:?}, where a tables file has \"wattkey/sta-tables/1\"")]
    Schema(String),
    /// A table of the wrong length.
    #[error("{table} has {found} entries, where {expected} belong")]
    Length {
        /// Field name.
        table: &'static str,
        /// Entries found.
        found: usize,
        /// Entries expected.
        expected: usize,
    },
    /// An entry above the last place.
    #[error("{table} entry {position} is {value}, where 0 to {highest} may stand")]
    Range {
        /// Field name.
        table: &'static str,
        /// Entry, counted from 0.
        position: usize,
        /// The value found.
        value: u64,
        /// Highest value allowed.
        highest: usize,
    },
    /// A value that stands twice, so that the table is no permutation.
    #[error("{table} entry {position} repeats the value {value} of entry {first}; each value stands once")]
    Repeated {
        /// Field name.
        table: &'static str,
        /// Entry, counted from 0.
        position: usize,
        /// Where the value stood first.
        first: usize,
        /// The value.
        value: u64,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    encrypt_1: Vec<u64>,
    encrypt_2: Vec<u64>,
    permutation: Vec<u64>,
}

static IEC_SAMPLE: LazyLock<StaTables> = LazyLock::new(|| {
    StaTables::from_checked(
        [12, 10, 8, 4, 3, 15, 0, 2, 14, 1, 5, 13, 6, 9, 7, 11],
        [6, 9, 7, 4, 3, 10, 12, 14, 2, 13, 1, 15, 0, 11, 8, 5],
        [
            29, 27, 34, 9, 16, 62, 55, 2, 40, 49, 38, 25, 33, 61, 30, 23, 1, 41, 21, 57, 42, 15, 5, 58, 19, 53, 22, 17,
            48, 28, 24, 39, 3, 60, 36, 14, 11, 52, 54, 12, 31, 51, 10, 26, 0, 45, 37, 43, 44, 6, 59, 4, 7, 35, 56, 50,
            13, 18, 32, 47, 46, 63, 20, 8,
        ],
    )
});

impl StaTables {
    /// The sample set that IEC 62055-41 prints for test purposes.
    pub fn iec_sample() -> &'static StaTables {
        &IEC_SAMPLE
    }

    /// Checks three tables: entry n is the substitute of n, or the place that bit n (0 = least significant) moves to.
    ///
    /// # Errors
    /// A table that is no permutation, with the entry that shows it.
    pub fn new(encrypt_1: &[u64], encrypt_2: &[u64], permutation: &[u64]) -> Result<Self, StaTablesError> {
        Ok(Self::from_checked(
            checked("encrypt_1", encrypt_1)?,
            checked("encrypt_2", encrypt_2)?,
            checked("permutation", permutation)?,
        ))
    }

    /// Reads a tables file `{"schema":"wattkey/sta-tables/1","encrypt_1":[…],"encrypt_2":[…],"permutation":[…]}`.
    ///
    /// # Errors
    /// Another form, or tables that are no permutations.
    pub fn from_json(text: &str) -> Result<Self, StaTablesError> {
        let file: File = serde_json::from_str(text).map_err(|error| StaTablesError::Form(error.to_string()))?;
        if file.schema != SCHEMA {
            return Err(StaTablesError::Schema(crate::sts::error::shortened(&file.schema)));
        }
        Self::new(&file.encrypt_1, &file.encrypt_2, &file.permutation)
    }

    /// Whether this is the set that real meters use.
    pub const fn is_production(&self) -> bool {
        self.production
    }

    /// What the set is: `production`, `iec-sample` or `other`.
    pub fn name(&self) -> &'static str {
        let sample = Self::iec_sample();
        if self.production {
            "production"
        } else if (self.encrypt_1, self.encrypt_2, self.permutation)
            == (sample.encrypt_1, sample.encrypt_2, sample.permutation)
        {
            "iec-sample"
        } else {
            "other"
        }
    }

    fn from_checked(encrypt_1: [u8; 16], encrypt_2: [u8; 16], permutation: [u8; 64]) -> Self {
        let move_bits = |places: &[u8; 64], block: u64| {
            places.iter().zip(0u32..).fold(0u64, |moved, (place, bit)| moved | (((block >> bit) & 1) << place))
        };
        let inverse_permutation = inverse(&permutation);
        // Decrypt table 1 is the inverse of encrypt table 2, and the other way round.
        let decrypt = [inverse(&encrypt_2), inverse(&encrypt_1)];
        let substitute = |tables: [[u8; 16]; 2]| {
            pass_table(|nibble, selection, value| {
                let substitute = tables.get(selection).and_then(|table| table.get(value)).copied().unwrap_or_default();
                u64::from(substitute) << (4 * nibble)
            })
        };
        let then_move = |mut table: Box<PassTable>, places: &[u8; 64]| {
            table.iter_mut().flatten().for_each(|entry| *entry = move_bits(places, *entry));
            table
        };
        let nothing = pass_table(|nibble, _, value| (value as u64) << (4 * nibble));
        StaTables {
            encrypt_pass: then_move(substitute([encrypt_1, encrypt_2]), &permutation),
            decrypt_first: then_move(nothing, &inverse_permutation),
            decrypt_pass: then_move(substitute(decrypt), &inverse_permutation),
            decrypt_last: substitute(decrypt),
            production: is_production(&encrypt_1, &encrypt_2, &permutation),
            encrypt_1,
            encrypt_2,
            permutation,
        }
    }
}

fn pass_table(entry: impl Fn(usize, usize, usize) -> u64) -> Box<PassTable> {
    Box::new(std::array::from_fn(|nibble| std::array::from_fn(|index| entry(nibble, index / 16, index % 16))))
}

fn inverse<const N: usize>(table: &[u8; N]) -> [u8; N] {
    let mut inverse = [0; N];
    for (entry, index) in table.iter().zip(0u8..) {
        if let Some(place) = inverse.get_mut(usize::from(*entry)) {
            *place = index;
        }
    }
    inverse
}

fn checked<const N: usize>(table: &'static str, entries: &[u64]) -> Result<[u8; N], StaTablesError> {
    let mut result = [0u8; N];
    if entries.len() != N {
        return Err(StaTablesError::Length { table, found: entries.len(), expected: N });
    }
    for (position, (value, place)) in entries.iter().copied().zip(&mut result).enumerate() {
        *place = u8::try_from(value).ok().filter(|small| usize::from(*small) < N).ok_or(StaTablesError::Range {
            table,
            position,
            value,
            highest: N - 1,
        })?;
        if let Some(first) = entries.iter().take(position).position(|earlier| *earlier == value) {
            return Err(StaTablesError::Repeated { table, position, first, value });
        }
    }
    Ok(result)
}

fn is_production(encrypt_1: &[u8; 16], encrypt_2: &[u8; 16], permutation: &[u8; 64]) -> bool {
    let digest = Sha256::new().chain_update(encrypt_1).chain_update(encrypt_2).chain_update(permutation).finalize();
    let hex = digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    hex == PRODUCTION_CHECK
}

/// The tables of real meters are confidential, so none is ever printed.
impl fmt::Debug for StaTables {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "StaTables({})", self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (Vec<u64>, Vec<u64>, Vec<u64>) {
        let tables = StaTables::iec_sample();
        let wide = |table: &[u8]| table.iter().map(|entry| u64::from(*entry)).collect();
        (wide(&tables.encrypt_1), wide(&tables.encrypt_2), wide(&tables.permutation))
    }

    #[test]
    fn a_file_of_the_sample_set_is_the_sample_set() {
        let (first, second, permutation) = sample();
        let text = serde_json::json!({
            "schema": SCHEMA, "encrypt_1": first, "encrypt_2": second, "permutation": permutation
        });
        let tables = StaTables::from_json(&text.to_string()).unwrap();
        assert_eq!(tables.name(), "iec-sample");
        assert!(!tables.is_production());
        assert_eq!(format!("{tables:?}"), "StaTables(iec-sample)");
    }

    #[test]
    fn a_repeated_entry_is_named() {
        let (first, second, mut permutation) = sample();
        permutation[9] = permutation[4];
        let error = StaTables::new(&first, &second, &permutation).unwrap_err();
        assert_eq!(error.to_string(), "permutation entry 9 repeats the value 16 of entry 4; each value stands once");
        permutation[9] = 64;
        assert!(matches!(
            StaTables::new(&first, &second, &permutation),
            Err(StaTablesError::Range { position: 9, value: 64, .. })
        ));
        assert!(matches!(StaTables::new(&first[1..], &second, &permutation), Err(StaTablesError::Length { .. })));
        assert!(matches!(StaTables::from_json("{}"), Err(StaTablesError::Form(_))));
    }

    #[test]
    fn inverse_permutation_of_the_standard() {
        let inverse = inverse(&StaTables::iec_sample().permutation);
        assert_eq!(&inverse[..8], &[44, 16, 7, 32, 51, 22, 49, 52]);
    }
}
