//! `wattkey profiles check`.

use serde::Serialize;

use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;
use wattkey::meter::profile::check::check;
use wattkey::output::{Document, Style};

/// Check profiles for errors and values without a source
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Names or files; every profile when none is given
    pub profiles: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Checked {
    profiles: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    /// `built in`, or the file.
    origin: Option<String>,
    findings: Vec<String>,
}

/// Checks what was named; exit code 1 when something is wrong.
///
/// # Errors
/// A failing standard output.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let library = context.library();
    let names = if arguments.profiles.is_empty() {
        library.list().into_iter().map(|listed| listed.name).collect()
    } else {
        arguments.profiles.clone()
    };
    let rows = names.into_iter().map(|name| {
        let read = library.text(&name).and_then(|(text, origin)| Ok((text, origin, library.find(&name)?)));
        match read {
            Ok((text, origin, profile)) => {
                Row { name, origin: Some(origin.to_string()), findings: check(&text, &profile) }
            }
            Err(error) => Row { name, origin: None, findings: vec![error.to_string()] },
        }
    });
    let checked = Checked { profiles: rows.collect() };
    context.print(&checked)?;
    let good = checked.profiles.iter().all(|row| row.findings.is_empty());
    Ok(if good { Exit::Done } else { Exit::AnswerNo })
}

impl Document for Checked {
    const SCHEMA: &'static str = "wattkey/profile-check/1";

    fn table(&self, _style: Style) -> String {
        let mut text = String::new();
        for row in &self.profiles {
            let verdict = if row.findings.is_empty() { "good" } else { "NOT GOOD" };
            let origin = row.origin.as_ref().filter(|origin| **origin != row.name);
            let origin = origin.map(|origin| format!(" ({origin})")).unwrap_or_default();
            text.push_str(&wattkey::output::sanitize(&format!("{}{origin}: {verdict}", row.name)));
            text.push('\n');
            for finding in &row.findings {
                text.push_str(&format!("  {}\n", wattkey::output::sanitize(finding)));
            }
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["name", "finding"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.profiles
            .iter()
            .flat_map(|row| row.findings.iter().map(|finding| vec![row.name.clone(), finding.clone()]))
            .collect()
    }
}
