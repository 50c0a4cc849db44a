//! `wattkey events`: the meter's event logs.

use serde::Serialize;
use time::OffsetDateTime;

use crate::cli::profile::{PeriodArguments, log_rows};
use crate::cli::{CommandResult, Context, meter};
use wattkey::error::Exit;
use wattkey::meter::driver::Log;
use wattkey::meter::time::rfc3339;
use wattkey::output::{Document, Style, grid};

/// Read the meter's event logs
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey events --link /dev/ttyUSB0 --credentials reader.toml\n  \
    wattkey events --from 2026-11-01 --format csv\n\n\
    Codes are shown as the meter tells them, or by name where the profile knows the maker's list.")]
pub struct Arguments {
    /// The period asked for.
    #[command(flatten)]
    pub period: PeriodArguments,
}

#[derive(Debug, Serialize)]
struct Events {
    link: String,
    read_at: String,
    logs: Vec<Log>,
}

/// Reads and prints.
///
/// # Errors
/// Those of the line and the meter.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let period = arguments.period.period();
    meter::with(context, |meter, context| {
        let logs = meter.events(period)?;
        context.print(&Events { link: meter.link_name(), read_at: rfc3339(OffsetDateTime::now_utc()), logs })?;
        Ok(Exit::Done)
    })
}

impl Document for Events {
    const SCHEMA: &'static str = "wattkey/events/1";

    fn table(&self, style: Style) -> String {
        let mut text = String::new();
        for log in &self.logs {
            text.push_str(&format!("LOG {}: {} entries\n", log.object, log.rows.len()));
            let header: Vec<String> = log
                .columns
                .iter()
                .map(|column| if column.is_time { "time".to_owned() } else { column.object.clone() })
                .collect();
            let header: Vec<&str> = header.iter().map(String::as_str).collect();
            text.push_str(&grid(style, &header, &log_rows(log)));
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["log", "time", "values"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for log in &self.logs {
            let clock = log.columns.iter().position(|column| column.is_time);
            for row in log_rows(log) {
                let time = clock.and_then(|clock| row.get(clock).cloned()).unwrap_or_default();
                let others =
                    row.iter().enumerate().filter(|(index, _)| Some(*index) != clock).map(|(_, cell)| cell.clone());
                rows.push(vec![log.object.clone(), time, others.collect::<Vec<_>>().join(" ")]);
            }
        }
        rows
    }
}
