//! `wattkey bulk status`: how far runs are, by the ledger and the locks, also while another process runs them.

use std::path::PathBuf;

use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cli::{CommandResult, Context, ledger};
use wattkey::bulk::report::{Cause, Counts, RunReport};
use wattkey::error::Exit;
use wattkey::output::{Document, Style, grid};

/// Tell how far runs are
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey bulk status\n  \
    wattkey bulk status jobs --json")]
pub struct Arguments {
    /// A run, by its name or its list; without one, every run
    #[arg(value_name = "RUN|JOBS")]
    run: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct RunStatus {
    run: String,
    list: String,
    begun_at: String,
    started_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    running: Option<String>,
    #[serde(flatten)]
    counts: Counts,
    under_way: Vec<String>,
    causes: Vec<Cause>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jobs_per_hour: Option<f64>,
}

#[derive(Debug, Serialize)]
struct StatusDocument {
    runs: Vec<RunStatus>,
}

/// Tells it.
///
/// # Errors
/// A run that was never begun; those of the ledger.
pub(super) fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let directory = super::run_directory(context)?;
    let mut runs = Vec::new();
    if let Some(wanted) = &arguments.run {
        let (record, ledger) = super::find(Some(wanted), &directory, context)?;
        runs.push((record, ledger));
    } else if ledger::path(context)?.exists() {
        let book = ledger::open(context)?;
        for name in book.runs()? {
            if let Some(record) = directory.record(&name)? {
                runs.push((record, Some(book.handle())));
            }
        }
    }
    let mut document = StatusDocument { runs: Vec::new() };
    for (record, ledger) in runs {
        let Some(ledger) = ledger else { continue };
        let running = directory.runner(&record.run);
        let report = RunReport::read(&ledger, &record, running)?;
        let under_way: Vec<String> =
            report.jobs.iter().filter(|job| job.verdict == "begun").map(|job| job.id.clone()).collect();
        document.runs.push(RunStatus {
            jobs_per_hour: pace(&report, &record.started_at),
            run: record.run,
            list: record.list,
            begun_at: record.begun_at,
            started_at: record.started_at,
            running: report.running,
            counts: report.counts,
            under_way,
            causes: report.causes,
        });
    }
    context.print(&document)?;
    Ok(Exit::Done)
}

/// Jobs that ended an hour since the run was started last; `None` before the first has.
fn pace(report: &RunReport, started_at: &str) -> Option<f64> {
    let started = OffsetDateTime::parse(started_at, &Rfc3339).ok()?;
    let since: Vec<OffsetDateTime> = report
        .jobs
        .iter()
        .filter_map(|job| OffsetDateTime::parse(job.ended_at.as_deref()?, &Rfc3339).ok())
        .filter(|ended| *ended >= started)
        .collect();
    let seconds = (*since.iter().max()? - started).as_seconds_f64();
    (seconds > 0.0).then(|| (since.len() as f64 * 3600.0 / seconds).round())
}

impl Document for StatusDocument {
    const SCHEMA: &'static str = "wattkey/bulk-status/1";

    fn table(&self, style: Style) -> String {
        if self.runs.is_empty() {
            return "no bulk run was begun under this state folder\n".to_owned();
        }
        let rows: Vec<Vec<String>> = self
            .runs
            .iter()
            .map(|run| {
                let counts = &run.counts;
                vec![
                    run.run.clone(),
                    run.running.clone().map_or("not running".to_owned(), |process| format!("running, {process}")),
                    counts.jobs.to_string(),
                    counts.done.to_string(),
                    counts.failed.to_string(),
                    counts.stopped.to_string(),
                    counts.unknown.to_string(),
                    counts.begun.to_string(),
                    counts.not_begun.to_string(),
                    run.jobs_per_hour.map(|pace| format!("{pace}/h")).unwrap_or_default(),
                ]
            })
            .collect();
        let header = ["run", "state", "jobs", "done", "failed", "stopped", "in doubt", "begun", "left", "pace"];
        let mut out = grid(style, &header, &rows);
        for run in &self.runs {
            if !run.under_way.is_empty() && run.running.is_none() {
                out.push_str(&format!(
                    "\nThe process of {} ended while these were under way: {}. Go on with --resume.\n",
                    run.run,
                    wattkey::output::sanitize(&run.under_way.join(", "))
                ));
            }
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["run", "running", "jobs", "done", "failed", "stopped", "unknown", "begun", "not_begun", "jobs_per_hour"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.runs
            .iter()
            .map(|run| {
                let counts = &run.counts;
                let mut row = vec![run.run.clone(), run.running.clone().unwrap_or_default()];
                let numbers = [
                    counts.jobs,
                    counts.done,
                    counts.failed,
                    counts.stopped,
                    counts.unknown,
                    counts.begun,
                    counts.not_begun,
                ];
                row.extend(numbers.map(|number| number.to_string()));
                row.push(run.jobs_per_hour.map(|pace| pace.to_string()).unwrap_or_default());
                row
            })
            .collect()
    }
}
