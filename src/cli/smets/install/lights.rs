//! `wattkey smets install lights`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::smets::input;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::output::{Document, Style, grid};
use wattkey::smets::install::lights::{self, Light};

/// Show what the lights of a hub mean
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey smets install lights\n  \
    wattkey smets install lights --template > lights.json\n  \
    wattkey smets install lights --lights lights.json\n\n\
    No public table of the lights of SMETS2 hubs was found; those lines are marked as unverified. Write your own\n\
    table from the template.")]
pub struct Arguments {
    /// Table of your own
    #[arg(long, value_name = "FILE", env = "WATTKEY_SMETS_LIGHTS")]
    pub lights: Option<PathBuf>,

    /// Print the table as a file to edit
    #[arg(long)]
    pub template: bool,
}

/// The lights.
#[derive(Debug, Serialize)]
struct Lights {
    lights: Vec<Light>,
}

/// Prints the table.
///
/// # Errors
/// A table that does not read.
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

fn row(light: &Light) -> Vec<String> {
    let doubt = if light.unverified { " (unverified)" } else { "" };
    vec![light.hub.clone(), light.light.clone(), light.pattern.clone(), format!("{}{doubt}", light.meaning)]
}

impl Document for Lights {
    const SCHEMA: &'static str = "wattkey/smets-lights/1";

    fn table(&self, style: Style) -> String {
        grid(style, &["hub", "light", "pattern", "meaning"], &self.lights.iter().map(row).collect::<Vec<_>>())
    }

    fn csv_header(&self) -> Vec<String> {
        ["hub", "light", "pattern", "meaning"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.lights.iter().map(row).collect()
    }
}
