//! `wattkey profiles check`.

use crate::cli::{CommandResult, Context};
use wattkey::documents::profiles::check::{Checked, Row};
use wattkey::error::Exit;
use wattkey::meter::profile::check::check;

/// Check profiles for errors and values without a source
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Names or files; every profile when none is given
    pub profiles: Vec<String>,
}

/// Checks what was named; exit code 1 when something is wrong.
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
