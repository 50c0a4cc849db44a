//! `wattkey profile`: the load profile, as a table, a drawing, CSV or JSON.

use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

use crate::cli::{CommandResult, Context, meter};
use wattkey::documents::profile::LoadProfile;
use wattkey::error::Exit;
use wattkey::meter::driver::Period;
use wattkey::meter::time::rfc3339;

/// Read the load profile
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey profile --from 2026-11-20 --to 2026-11-21 --format csv > load.csv\n  \
    wattkey profile --from 2026-11-20 --bars\n\n\
    The meter selects the rows where it can; else all are read and those asked for are kept. Values are scaled\n\
    to the unit in the column's head.")]
pub struct Arguments {
    /// The period asked for.
    #[command(flatten)]
    pub period: PeriodArguments,

    /// Draw a bar for each row; a register that counts up is drawn by what it rose
    #[arg(long)]
    pub bars: bool,
}

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

/// Reads and prints.
///
/// # Errors
/// Those of the line and the meter.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let period = arguments.period.period();
    meter::with(context, |meter, context| {
        let log = meter.load_profile(period)?;
        let read_at = rfc3339(OffsetDateTime::now_utc());
        context.print(&LoadProfile { link: meter.link_name(), read_at, log, bars: arguments.bars })?;
        Ok(Exit::Done)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;
    use wattkey::meter::driver::Column;

    #[test]
    fn times_are_read_in_three_forms() {
        assert_eq!(parse_from("2026-11-21").unwrap(), datetime!(2026-11-21 00:00 UTC));
        assert_eq!(parse_to("2026-11-21").unwrap(), datetime!(2026-11-21 23:59:59 UTC));
        assert_eq!(parse_from("2026-11-21T08:30").unwrap(), datetime!(2026-11-21 08:30 UTC));
        assert_eq!(parse_from("2026-11-21T08:30:00+02:00").unwrap(), datetime!(2026-11-21 06:30 UTC));
        assert!(parse_from("yesterday").is_err());
    }

    #[test]
    fn a_counter_is_drawn_by_what_it_rose() {
        let column = |object: &str, unit: Option<&str>| Column {
            object: object.into(),
            unit: unit.map(Into::into),
            is_time: false,
        };
        let log = Log {
            columns: vec![column("1.0.1.8.0.255:2", Some("Wh"))],
            rows: [10.0, 30.0, 40.0].map(|number| vec![Value::Real(number)]).to_vec(),
            ..Log::default()
        };
        let text = drawing(&log, Style { color: false, width: 46 });
        let bars: Vec<usize> = text.lines().skip(1).map(|line| line.matches('#').count()).collect();
        assert_eq!(bars, [0, 10, 5]);
    }
}
