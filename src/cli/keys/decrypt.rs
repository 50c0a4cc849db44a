//! `wattkey keys decrypt`: the plain form, for the bench and for editing.

use std::ffi::OsStr;
use std::path::PathBuf;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::keys::{is_sealed, read_private, unseal, write_private};

#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/keys/decrypt.txt"))]
pub struct Arguments {
    /// Encrypted file; without it that of --keys
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// New file; without it FILE without its ending .age
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Replace the new file if it is already there
    #[arg(long)]
    force: bool,
}

pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let path = super::file(arguments.file.as_deref(), context)?;
    let sealed = read_private(path, context.exposure())?;
    if !is_sealed(&sealed) {
        return Err(CommandError::new(Code::Usage, format!("{} is not encrypted by age", path.display()))
            .hint("It can be used as it is."));
    }
    let output = super::target(arguments.output.as_ref(), || {
        (path.extension() == Some(OsStr::new("age"))).then(|| path.with_extension(""))
    })?;
    let plain = unseal(path, &sealed, context.opener(path))?;
    write_private(&output, &plain, arguments.force || context.options.overwrite)?;
    context.note(format!("{} written, readable by its owner only", output.display()));
    Ok(Exit::Done)
}
