//! Token identifiers for new tokens: the minute of issue, never one that was given to the meter before, and never
//! the minute 00:01 that is kept for special tokens.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::path::Path;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::Bench;
use crate::cli::{CommandError, Context};
use wattkey::error::Code;
use wattkey::sts::{BaseDate, FieldError, RandomNumber, Tid};

/// Identifiers remembered for one meter and base date; the lowest go first.
const REMEMBERED: usize = 1000;

/// Options that choose identifier and random number.
#[derive(Debug, Clone, clap::Args)]
pub struct IssueOptions {
    /// Time of issue, such as 2026-03-25T13:55:00Z [default: now]
    #[arg(long, value_name = "TIME", value_parser = parse_time, conflicts_with = "tid")]
    pub time: Option<OffsetDateTime>,

    /// Token identifier itself, in minutes since the base date, even when it was given before
    #[arg(long, value_name = "MINUTES")]
    pub tid: Option<u32>,

    /// Random number, 0 to 15 [default: random]
    #[arg(long, value_name = "RND", value_parser = clap::value_parser!(u8).range(0..=15))]
    pub rnd: Option<u8>,
}

fn parse_time(text: &str) -> Result<OffsetDateTime, String> {
    OffsetDateTime::parse(text, &Rfc3339).map_err(|_| format!("{text:?} is not a time such as 2026-03-25T13:55:00Z"))
}

impl IssueOptions {
    /// `count` identifiers for the meter, in rising order.
    pub(super) fn tids(&self, bench: &Bench, count: usize, context: &Context) -> Result<Vec<Tid>, CommandError> {
        if let Some(minutes) = self.tid {
            let first = Tid::new(minutes)?;
            return Ok(following(first, count)?);
        }
        let base = bench.known.base_date.ok_or_else(|| {
            CommandError::new(Code::Usage, "the base date of the meter's token identifiers is not known")
                .hint("Give --base-date, or --tid.")
        })?;
        let first = Tid::at(self.time.unwrap_or_else(OffsetDateTime::now_utc), base)?;
        let folder = context.folders.state()?;
        Ok(reserve(&folder, &bench.pan.drn().to_string(), base, first, count)?)
    }

    /// The random number.
    pub fn rnd(&self) -> RandomNumber {
        RandomNumber::from_bits(self.rnd.unwrap_or_else(|| fastrand::u8(0..16)))
    }
}

fn following(first: Tid, count: usize) -> Result<Vec<Tid>, FieldError> {
    let mut tids = vec![first];
    while tids.len() < count {
        let last = tids.last().copied().unwrap_or(first);
        tids.push(last.next()?);
    }
    Ok(tids)
}

/// Why identifiers could not be reserved.
#[derive(Debug, thiserror::Error)]
enum ReserveError {
    #[error("{path}: {source}")]
    Io { path: String, source: std::io::Error },
    #[error("{path}: {problem}")]
    Form { path: String, problem: String },
    #[error(transparent)]
    Field(#[from] FieldError),
}

impl From<ReserveError> for CommandError {
    fn from(error: ReserveError) -> Self {
        match error {
            ReserveError::Field(error) => error.into(),
            ReserveError::Io { .. } => CommandError::new(Code::File, error.to_string()),
            ReserveError::Form { .. } => CommandError::new(Code::File, error.to_string())
                .hint("The file remembers identifiers given to bench meters; remove it to begin anew."),
        }
    }
}

/// Takes the next identifiers from `first` on that the meter has not had, and remembers them.
fn reserve(folder: &Path, drn: &str, base: BaseDate, first: Tid, count: usize) -> Result<Vec<Tid>, ReserveError> {
    let path = folder.join("issued-tids.json");
    let failed = |source| ReserveError::Io { path: path.display().to_string(), source };
    fs::create_dir_all(folder).map_err(failed)?;
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
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
