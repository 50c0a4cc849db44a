//! The ledger of this machine, and who acts.

use std::path::PathBuf;

use crate::cli::{CommandError, Context};
use wattkey::ledger::{Author, Ledger, LedgerError};

/// Where the ledger is.
pub fn path(context: &Context) -> Result<PathBuf, CommandError> {
    Ok(context.folders.state()?.join("ledger.sqlite"))
}

/// Opens the ledger for this person, machine and program.
pub fn open(context: &Context) -> Result<Ledger, CommandError> {
    Ok(Ledger::open(&path(context)?, author())?)
}

/// The same, for a command that writes: who acts should not stay unknown in silence.
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
