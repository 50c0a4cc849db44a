//! A period of a log, given by its ends.

use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

use wattkey::meter::driver::Period;

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
}
