//! `wattkey smets install page`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::smets::install::{lights, load};
use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;
use wattkey::smets::install::page;

/// Print the checklist as an HTML page
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  wattkey smets install page > checklist.html")]
pub struct Arguments {
    /// Table of lights of your own
    #[arg(long, value_name = "FILE", env = "WATTKEY_SMETS_LIGHTS")]
    pub lights: Option<PathBuf>,
}

/// Prints the page.
pub fn run(arguments: &Arguments, file: &Path, context: &mut Context) -> CommandResult {
    let lights = lights::table(arguments.lights.as_deref())?;
    io::stdout().write_all(page::html(&load(file)?, &lights, &context.letterhead()?).as_bytes())?;
    Ok(Exit::Done)
}
