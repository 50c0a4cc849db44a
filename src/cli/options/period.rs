//! What is wanted of a log: a period given by its ends, rows, columns.

use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

use wattkey::meter::log::{Extract, Period, Rows};

/// A period given by its ends.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct PeriodArguments {
    /// First moment: 2026-11-21, 2026-11-21T08:30, or RFC 3339 with an offset; UTC without one
    #[arg(long, value_name = "TIME", value_parser = parse_from)]
    pub from: Option<OffsetDateTime>,

    /// Last moment; a date alone means its end
    #[arg(long, value_name = "TIME", value_parser = parse_to)]
    pub to: Option<OffsetDateTime>,
}

impl PeriodArguments {
    /// As the driver takes it.
    pub fn period(&self) -> Period {
        Period { from: self.from, to: self.to }
    }
}

/// Which log, and what of it.
#[derive(Debug, Clone, clap::Args)]
pub struct ExtractArguments {
    /// The period asked for.
    #[command(flatten)]
    pub period: PeriodArguments,

    /// Only the newest N rows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub last: Option<u32>,

    /// Rows by their place in the log, the first being 1: 100-200
    #[arg(long, value_name = "FIRST-LAST", value_parser = parse_rows, conflicts_with_all = ["last", "from", "to"])]
    pub rows: Option<(u32, u32)>,

    /// Which log, where the meter has several: 1.0.99.2.0, P.02
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,
}

impl ExtractArguments {
    /// As the driver takes it.
    pub fn extract(&self, columns: &[String]) -> Extract {
        let rows = match (self.last, self.rows) {
            (Some(most), _) => Rows::Last(most),
            (None, Some((first, last))) => Rows::Span(first, last),
            (None, None) => Rows::All,
        };
        Extract { object: self.object.clone(), period: self.period.period(), rows, columns: columns.to_vec() }
    }
}

fn parse_rows(text: &str) -> Result<(u32, u32), String> {
    let ends = text.split_once('-').and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)));
    ends.filter(|(first, last)| *first > 0 && first <= last)
        .ok_or_else(|| format!("{text:?} names no rows: write the first and the last, such as 100-200"))
}

fn parse_from(text: &str) -> Result<OffsetDateTime, String> {
    parse_time(text, Time::MIDNIGHT)
}

fn parse_to(text: &str) -> Result<OffsetDateTime, String> {
    parse_time(text, Time::from_hms(23, 59, 59).unwrap_or(Time::MIDNIGHT))
}

fn parse_time(text: &str, of_day: Time) -> Result<OffsetDateTime, String> {
    if let Ok(moment) = OffsetDateTime::parse(text, &Rfc3339) {
        return Ok(moment);
    }
    if let Ok(date) = Date::parse(text, format_description!("[year]-[month]-[day]")) {
        return Ok(PrimitiveDateTime::new(date, of_day).assume_utc());
    }
    let text = text.replace(' ', "T");
    let long = PrimitiveDateTime::parse(&text, format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]"));
    let short = || PrimitiveDateTime::parse(&text, format_description!("[year]-[month]-[day]T[hour]:[minute]"));
    long.or_else(|_| short())
        .map(PrimitiveDateTime::assume_utc)
        .map_err(|_| format!("{text:?} is not a time: write 2026-11-21, 2026-11-21T08:30 or RFC 3339"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn times_are_read_in_three_forms() {
        assert_eq!(parse_from("2026-11-21").unwrap(), datetime!(2026-11-21 00:00 UTC));
        assert_eq!(parse_to("2026-11-21").unwrap(), datetime!(2026-11-21 23:59:59 UTC));
        assert_eq!(parse_from("2026-11-21T08:30").unwrap(), datetime!(2026-11-21 08:30 UTC));
        assert_eq!(parse_from("2026-11-21T08:30:00+02:00").unwrap(), datetime!(2026-11-21 06:30 UTC));
        assert!(parse_from("yesterday").is_err());
    }

    #[test]
    fn rows_are_counted_from_one() {
        assert_eq!(parse_rows("100-200"), Ok((100, 200)));
        assert_eq!(parse_rows("7-7"), Ok((7, 7)));
        for wrong in ["0-5", "5-4", "5", "-5", "a-b"] {
            assert!(parse_rows(wrong).is_err(), "{wrong}");
        }
    }
}
