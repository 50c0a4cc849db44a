//! `wattkey bulk status`: how far runs are, by the ledger and the locks, also while another process runs them.

use std::path::PathBuf;

use clap_complete::engine::ArgValueCandidates;

use crate::cli::candidates;
use crate::cli::{CommandResult, Context, ledger_file};
use wattkey::bulk::report::RunReport;
use wattkey::documents::bulk::status::{RunStatus, StatusDocument, pace};
use wattkey::error::Exit;

/// Tell how far runs are
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/bulk/status.txt"))]
pub struct Arguments {
    /// A run, by its name or its list; without one, every run
    #[arg(add = ArgValueCandidates::new(candidates::runs), value_name = "RUN|JOBS")]
    run: Option<PathBuf>,
}

/// Tells it.
pub(super) fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let directory = super::run_directory(context)?;
    let mut runs = Vec::new();
    if let Some(wanted) = &arguments.run {
        let (record, ledger) = super::find(Some(wanted), &directory, context)?;
        runs.push((record, ledger));
    } else if ledger_file::path(context)?.exists() {
        let book = ledger_file::open(context)?;
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
