//! `wattkey smets install lights`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::smets::input;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::smets::install::lights::Lights;
use wattkey::error::{Code, Exit};
use wattkey::smets::install::lights::{self, Light};

/// Show what the lights of a hub mean
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/smets/install/lights.txt"))]
pub struct Arguments {
    /// Table of your own
    #[arg(long, value_name = "FILE", env = "WATTKEY_SMETS_LIGHTS")]
    pub lights: Option<PathBuf>,

    /// Print the table as a file to edit
    #[arg(long)]
    pub template: bool,
}

/// Prints the table.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    if arguments.template {
        io::stdout().write_all(lights::shipped_text().as_bytes())?;
        return Ok(Exit::Done);
    }
    context.print(&Lights { lights: table(arguments.lights.as_deref())? })?;
    Ok(Exit::Done)
}

/// The user's table, else the shipped one.
pub(super) fn table(path: Option<&Path>) -> Result<Vec<Light>, CommandError> {
    let text = path.map(input::read).transpose()?;
    lights::parse(text.as_deref().unwrap_or_else(|| lights::shipped_text())).map_err(|problem| {
        let name = path.map(|path| path.display().to_string()).unwrap_or_default();
        CommandError::new(Code::File, format!("{name} does not read as a table of lights: {problem}"))
            .hint("Begin from `wattkey smets install lights --template`.")
    })
}
