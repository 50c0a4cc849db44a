//! Token identifiers that were given to bench meters, kept in a file so that none is given twice; the minute 00:01 is kept
//! for special tokens.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::files;
use crate::sts::{BaseDate, FieldError, Tid};

/// Identifiers remembered for one meter and base date; the lowest go first.
const REMEMBERED: usize = 1000;

/// Why identifiers could not be reserved.
#[derive(Debug, thiserror::Error)]
pub enum ReserveError {
    /// The file cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is not such a file.
    #[error("{path}: {problem}")]
    Form {
        /// The file.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The identifiers of a base date are used up.
    #[error(transparent)]
    Field(#[from] FieldError),
}

/// Takes the next identifiers from `first` on that the meter has not had, and remembers them.
///
/// # Errors
/// [`ReserveError`].
pub fn reserve(folder: &Path, drn: &str, base: BaseDate, first: Tid, count: usize) -> Result<Vec<Tid>, ReserveError> {
    let path = folder.join("issued-tids.json");
    let failed = |source| ReserveError::Io { path: path.display().to_string(), source };
    files::create_private_folder(folder).map_err(failed)?;
    let mut file = files::private(OpenOptions::new().read(true).write(true).create(true).truncate(false))
        .open(&path)
        .map_err(failed)?;
    // Two runs at once must not take the same minute.
    file.lock().map_err(failed)?;
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(failed)?;
    let mut issued: BTreeMap<String, Vec<Tid>> = if text.trim().is_empty() {
        BTreeMap::new()
    } else {
        serde_json::from_str(&text)
            .map_err(|error| ReserveError::Form { path: path.display().to_string(), problem: error.to_string() })?
    };
    let before = issued.entry(format!("{drn}/{base}")).or_default();
    let taken = take(before, first, count)?;
    before.extend(&taken);
    before.sort_unstable();
    before.drain(..before.len().saturating_sub(REMEMBERED));
    rewrite(&mut file, &issued).map_err(failed)?;
    Ok(taken)
}

fn take(before: &[Tid], first: Tid, count: usize) -> Result<Vec<Tid>, FieldError> {
    let mut taken = Vec::new();
    let mut candidate = first.for_ordinary_issue()?;
    while taken.len() < count {
        if !before.contains(&candidate) {
            taken.push(candidate);
        }
        if taken.len() < count {
            candidate = candidate.next()?.for_ordinary_issue()?;
        }
    }
    Ok(taken)
}

fn rewrite(file: &mut File, issued: &BTreeMap<String, Vec<Tid>>) -> std::io::Result<()> {
    let text = serde_json::to_vec(issued)?;
    file.rewind()?;
    file.set_len(0)?;
    file.write_all(&text)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tid(minutes: u32) -> Tid {
        Tid::new(minutes).unwrap()
    }

    #[test]
    fn repeated_minutes_take_the_next_identifier() {
        let folder = tempfile::tempdir().unwrap();
        let reserve =
            |first, count| reserve(folder.path(), "01234567897", BaseDate::Base2014, tid(first), count).unwrap();
        assert_eq!(reserve(100, 1), [tid(100)]);
        assert_eq!(reserve(100, 3), [tid(101), tid(102), tid(103)]);
        assert_eq!(reserve(99, 2), [tid(99), tid(104)]);
        assert_eq!(reserve(500, 1), [tid(500)]);
    }

    #[test]
    fn another_meter_or_base_date_has_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let reserve = |drn, base| reserve(folder.path(), drn, base, tid(7), 1).unwrap();
        assert_eq!(reserve("01234567897", BaseDate::Base2014), [tid(7)]);
        assert_eq!(reserve("00000000000", BaseDate::Base2014), [tid(7)]);
        assert_eq!(reserve("01234567897", BaseDate::Base2035), [tid(7)]);
    }

    #[test]
    fn the_minute_after_midnight_is_left_out() {
        assert_eq!(take(&[], tid(1440), 3).unwrap(), [tid(1440), tid(1442), tid(1443)]);
        assert_eq!(take(&[tid(1442)], tid(1441), 1).unwrap(), [tid(1443)]);
        assert!(take(&[], tid(0xFF_FFFF), 2).is_err());
    }
}
