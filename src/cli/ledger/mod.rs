//! `wattkey ledger`: what was done to which meter.

mod entries;
mod verify;

use std::path::PathBuf;

use clap::Subcommand;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::ledger::{Author, Ledger, LedgerError};

/// Show and verify what was done to which meter
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey ledger list --last 20\n  \
    wattkey ledger show 01234567897\n  \
    wattkey ledger verify\n  \
    wattkey ledger export --format jsonl > ledger.jsonl\n\n\
    Everything that changes a meter is written here before it goes out, and its end after. Tokens are kept as a\n\
    salted hash and their last four digits. Every row carries the hash of the one before.")]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// List the newest rows
    List(entries::ListArguments),
    /// Show every row of one meter, job or row number
    Show(entries::ShowArguments),
    /// Check that no row was changed or taken out
    Verify(verify::Arguments),
    /// Print every row, as --format csv, json or jsonl
    Export,
}

/// Runs the subcommand.
///
/// # Errors
/// A ledger that cannot be read; a failing standard output.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        Action::List(arguments) => entries::list(arguments, context),
        Action::Show(arguments) => entries::show(arguments, context),
        Action::Verify(arguments) => verify::run(arguments, context),
        Action::Export => entries::export(context),
    }
}

/// Where the ledger is.
///
/// # Errors
/// When there is no state folder.
pub fn path(context: &Context) -> Result<PathBuf, CommandError> {
    Ok(context.folders.state()?.join("ledger.sqlite"))
}

/// Opens the ledger for this person, machine and program.
///
/// # Errors
/// When the file cannot be used.
pub fn open(context: &Context) -> Result<Ledger, CommandError> {
    Ok(Ledger::open(&path(context)?, author())?)
}

/// The same, for a command that writes: who acts should not stay unknown in silence.
///
/// # Errors
/// When the file cannot be used.
pub fn open_to_write(context: &Context) -> Result<Ledger, CommandError> {
    let ledger = open(context)?;
    if ledger.author().operator == UNKNOWN {
        context.note("the ledger will say \"unknown\" for who did this: set WATTKEY_OPERATOR to your name or number");
    }
    Ok(ledger)
}

/// Who acts, when neither the environment nor the system tells.
const UNKNOWN: &str = "unknown";

/// Who acts: the name the system gives the user, and the machine's.
pub fn author() -> Author {
    let variable =
        |names: &[&str]| names.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    Author {
        operator: variable(&["WATTKEY_OPERATOR", "SUDO_USER", "USER", "LOGNAME", "USERNAME"])
            .unwrap_or_else(|| UNKNOWN.to_owned()),
        host: host_name().or_else(|| variable(&["HOSTNAME", "COMPUTERNAME"])).unwrap_or_else(|| UNKNOWN.to_owned()),
        tool: concat!("wattkey ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

/// The machine's name where the system keeps it in a file.
fn host_name() -> Option<String> {
    let read = |path: &str| std::fs::read_to_string(path).ok();
    let text = read("/proc/sys/kernel/hostname").or_else(|| read("/etc/hostname"))?;
    Some(text.trim().to_owned()).filter(|name| !name.is_empty())
}

impl From<LedgerError> for CommandError {
    fn from(error: LedgerError) -> Self {
        CommandError::new(error.code(), error.to_string())
    }
}
