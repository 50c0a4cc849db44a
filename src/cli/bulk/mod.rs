//! `wattkey bulk`: many meters from a list.

mod report;
mod results;
mod run;
mod status;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::cli::options::order_file::run_name;
use crate::cli::{CommandError, CommandResult, Context, ledger_file};
use wattkey::bulk::{RunDirectory, RunDirectoryError, RunRecord};
use wattkey::connect::port_lock::LockError;
use wattkey::error::Code;
use wattkey::ledger::Ledger;

/// Commission many meters from a list, and tell how far a run is
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/bulk.txt"))]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Do the jobs of a list, a thread a line
    Run(Box<run::Arguments>),
    /// Tell how far runs are, also while they are at work
    Status(status::Arguments),
    /// Report on a run: counts, times, causes, certificates
    Report(report::Arguments),
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        Action::Run(arguments) => run::run(arguments, context),
        Action::Status(arguments) => status::run(arguments, context),
        Action::Report(arguments) => report::run(arguments, context),
    }
}

/// Where runs are kept.
fn run_directory(context: &Context) -> Result<RunDirectory, CommandError> {
    Ok(RunDirectory::new(&context.folders.state()?))
}

/// The name a list gives its run: that of its file, without what a run's name may not have.
fn name_of_list(list: &Path) -> String {
    if list == Path::new("-") {
        return "stdin".to_owned();
    }
    let stem = list.file_stem().unwrap_or_default().to_string_lossy();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let name: String = stem.chars().map(|c| if fits(c) { c } else { '-' }).take(64).collect();
    run_name(list, name.trim_start_matches('.'))
}

/// A run by its name or its list; without either the one with the newest row of the ledger.
fn find(
    wanted: Option<&PathBuf>,
    runs: &RunDirectory,
    context: &Context,
) -> Result<(RunRecord, Option<Ledger>), CommandError> {
    let ledger = if ledger_file::path(context)?.exists() { Some(ledger_file::open(context)?) } else { None };
    let name = match (wanted, &ledger) {
        (Some(wanted), _) => {
            let given = wanted.to_string_lossy().into_owned();
            match runs.record(&given) {
                Ok(Some(_)) => given,
                _ => name_of_list(wanted),
            }
        }
        (None, Some(ledger)) => ledger.runs()?.pop().unwrap_or_default(),
        (None, None) => String::new(),
    };
    let none = || {
        let what =
            if name.is_empty() { "no bulk run was begun".to_owned() } else { format!("no run {name:?} was begun") };
        CommandError::new(Code::BadValue, format!("{what} under this state folder"))
            .hint("`wattkey bulk status` lists runs; WATTKEY_STATE_DIR moves the state folder.")
    };
    if name.is_empty() {
        return Err(none());
    }
    Ok((runs.record(&name)?.ok_or_else(none)?, ledger))
}

impl From<RunDirectoryError> for CommandError {
    fn from(error: RunDirectoryError) -> Self {
        let plain = CommandError::new(error.code(), error.to_string());
        match error {
            RunDirectoryError::Lock(LockError::Busy { .. }) => {
                plain.hint("Wait until it has ended; `wattkey bulk status` shows how far it is.")
            }
            RunDirectoryError::BadName(_) => plain.hint("Give a name with --run."),
            RunDirectoryError::Io { .. } | RunDirectoryError::Lock(LockError::Io { .. }) => {
                plain.hint("Free room on the disk or make the folder writable; WATTKEY_STATE_DIR moves it.")
            }
            RunDirectoryError::Unreadable { .. } => plain.hint("Give another name with --run."),
        }
    }
}

impl From<LockError> for CommandError {
    fn from(error: LockError) -> Self {
        RunDirectoryError::from(error).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_name_their_runs() {
        for (list, name) in
            [("jobs.csv", "jobs"), ("/a/b/Monday north.jsonl", "Monday-north"), ("-", "stdin"), ("..x.csv", "x")]
        {
            assert_eq!(name_of_list(Path::new(list)), name);
        }
    }
}
