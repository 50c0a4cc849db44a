//! Token identifiers for new tokens: the minute of issue, never one that was given to the meter before, and never
//! the minute 00:01 that is kept for special tokens.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::Bench;
use crate::cli::{CommandError, Context};
use wattkey::error::Code;
use wattkey::keys::issued_tids::{ReserveError, reserve};
use wattkey::sts::{FieldError, RandomNumber, Tid};

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
