//! `wattkey bulk report`: what became of a run, from the ledger.

use std::io;
use std::path::{Path, PathBuf};

use clap_complete::engine::ArgValueCandidates;

use crate::cli::candidates;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::bulk::report::{RunReport, write_page};
use wattkey::commission::certificate::{Handover, write_certificates};
use wattkey::error::{Code, Exit};
use wattkey::files;
use wattkey::ledger::{Filter, Ledger, Operation, Outcome};
use wattkey::output::letterhead::Letterhead;

/// Report on a run: counts, times, causes, certificates
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/bulk/report.txt"))]
pub struct Arguments {
    /// A run, by its name or its list; without one, the newest
    #[arg(add = ArgValueCandidates::new(candidates::runs), value_name = "RUN|JOBS")]
    run: Option<PathBuf>,

    /// Write the report as one HTML page with charts
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// Write a certificate for each meter that is done, one sheet each, into one HTML file
    #[arg(long, value_name = "FILE")]
    certificates: Option<PathBuf>,

    /// Only the certificate of this job; may be given again
    #[arg(long, value_name = "ID", requires = "certificates")]
    job: Vec<String>,
}

/// Reports.
pub(super) fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let runs = super::run_directory(context)?;
    let (record, ledger) = super::find(arguments.run.as_ref(), &runs, context)?;
    let ledger = ledger.ok_or_else(|| CommandError::new(Code::Ledger, "there is no ledger under this state folder"))?;
    let report = RunReport::read(&ledger, &record, runs.runner(&record.run))?;
    if let Some(path) = &arguments.html {
        files::write_output(path, context.options.overwrite, &mut |out| write_page(&report, out))
            .map_err(|error| unwritten(path, &error))?;
        context.note(format!("wrote {}", path.display()));
    }
    if let Some(path) = &arguments.certificates {
        let letterhead = context.letterhead()?;
        let count = certificates(path, &letterhead, context.options.overwrite, &report, &arguments.job, &ledger)?;
        context.note(format!("wrote {count} certificates to {}", path.display()));
    }
    context.print(&report)?;
    Ok(if report.counts.done == report.counts.jobs { Exit::Done } else { Exit::AnswerNo })
}

fn unwritten(path: &Path, error: &io::Error) -> CommandError {
    CommandError::new(Code::File, format!("cannot write {}: {error}", path.display()))
        .hint("Free room on the disk or name a file in another folder; what was there before is untouched.")
}

/// A sheet for each job that is done, from what the ledger kept of it; memory holds one at a time.
fn certificates(
    path: &Path,
    letterhead: &Letterhead,
    overwrite: bool,
    report: &RunReport,
    only: &[String],
    ledger: &Ledger,
) -> Result<usize, CommandError> {
    let wanted: Vec<&str> = report
        .jobs
        .iter()
        .filter(|job| job.verdict == "done" && (only.is_empty() || only.contains(&job.id)))
        .map(|job| job.id.as_str())
        .collect();
    if let Some(missing) = only.iter().find(|id| !wanted.contains(&id.as_str())) {
        return Err(CommandError::new(Code::BadValue, format!("job {missing:?} of run {:?} is not done", report.run))
            .hint("`wattkey bulk report` lists the jobs that are not done, and why."));
    }
    let mut count = 0;
    let mut failed = None;
    files::write_output(path, overwrite, &mut |out| {
        write_certificates(
            &format!("Certificates of run {}", report.run),
            letterhead,
            &Handover::default(),
            out,
            &mut |sheet| {
                for id in &wanted {
                    let filter = Filter { job: Some(format!("{}/{id}", report.run)), ..Filter::default() };
                    let rows = ledger.entries(&filter).map_err(|error| {
                        let text = error.to_string();
                        failed = Some(CommandError::from(error));
                        io::Error::other(text)
                    })?;
                    let done = rows
                        .iter()
                        .rev()
                        .find(|row| row.operation == Operation::BulkJob && row.outcome == Some(Outcome::Accepted));
                    if let Some(kept) = done.and_then(|row| row.detail.get("report")).filter(|kept| !kept.is_null()) {
                        sheet(kept)?;
                        count += 1;
                    }
                }
                Ok(())
            },
        )
    })
    .map_err(|error| failed.take().unwrap_or_else(|| unwritten(path, &error)))?;
    Ok(count)
}
