//! `wattkey profiles show`.

use serde::Serialize;

use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;
use wattkey::output::{Document, Style};

/// Print a profile as its file has it
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Name or file
    pub profile: String,
}

#[derive(Debug, Serialize)]
struct Shown {
    name: String,
    origin: String,
    text: String,
}

/// Prints the text, sources and all.
///
/// # Errors
/// No such profile; a failing standard output.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let (text, origin) = context.library().text(&arguments.profile)?;
    context.print(&Shown { name: arguments.profile.clone(), origin: origin.to_string(), text })?;
    Ok(Exit::Done)
}

impl Document for Shown {
    const SCHEMA: &'static str = "wattkey/profile/1";

    fn table(&self, _style: Style) -> String {
        // The file's own lines, each made safe for the terminal.
        self.text.lines().map(|line| format!("{}\n", wattkey::output::sanitize(line))).collect()
    }

    fn csv_header(&self) -> Vec<String> {
        ["name", "origin", "text"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![self.name.clone(), self.origin.clone(), self.text.clone()]]
    }
}
