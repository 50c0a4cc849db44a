//! `wattkey keys list`: what keys a file holds, never the keys.

use std::path::PathBuf;

use crate::cli::{CommandResult, Context};
use wattkey::documents::keys::list::KeyList;
use wattkey::error::Exit;
use wattkey::keys::KeyFile;

#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/keys/list.txt"))]
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
