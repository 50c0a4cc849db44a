//! `wattkey keys list`: what keys a file holds, never the keys.

use std::path::PathBuf;

use crate::cli::{CommandResult, Context};
use wattkey::documents::keys::list::KeyList;
use wattkey::error::Exit;
use wattkey::keys::KeyFile;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  wattkey keys list bench.json\n\n\
    kcv is the key check value of a DES vending key: the first three octets of eight zero octets encrypted under it, as\n\
    security modules print it. Compare it with the office to see that both have the same key.")]
pub struct Arguments {
    /// Key file; without it that of --keys
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let path = super::file(arguments.file.as_deref(), context)?;
    let file = KeyFile::load(path, context.exposure(), context.opener(path))?;
    context.print(&KeyList::of(&file))?;
    Ok(Exit::Done)
}
