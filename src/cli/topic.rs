//! `wattkey help topic NAME`: the project's own pages at a terminal, without a network.

use std::ffi::OsString;
use std::io::{self, Write as _};

use clap::CommandFactory;

use crate::cli::{Cli, CommandError, CommandResult};
use wattkey::error::{Code, Exit};
use wattkey::output::markdown::rendered;
use wattkey::output::{Style, paragraph};

/// Name, first line, and page. Exit codes are made from the table of the program.
const TOPICS: &[(&str, &str, &str)] = &[
    ("links", "how a line to a meter is written, and what is done when it fails", include_str!("../../docs/lines.md")),
    (
        "credentials",
        "passwords and keys of a meter's interface, by protocol",
        include_str!("../../docs/credentials.md"),
    ),
    ("dlms", "DLMS/COSEM: associations, interface keys, firmware, reports", include_str!("../../docs/dlms.md")),
    ("keys", "key files: vending and decoder keys", include_str!("../../docs/keys.md")),
    ("state", "what the program keeps, and what an older copy of it means", include_str!("../../docs/state.md")),
    ("plans", "commissioning: steps, plans, jobs", include_str!("../../docs/commission.md")),
    ("bulk", "many meters from a list", include_str!("../../docs/bulk.md")),
    ("orders", "one list for many crews, on a database", include_str!("../../docs/orders.md")),
    ("diagnosis", "why a token was refused", include_str!("../../docs/diagnosis.md")),
    ("head-ends", "the utility's side: packs, XMLVend, token servers", include_str!("../../docs/headend.md")),
    ("rs485", "shared lines, DL/T 645 and Modbus", include_str!("../../docs/rs485.md")),
    ("monitor", "meters by interval, events, MQTT", include_str!("../../docs/monitor.md")),
    ("smets", "GB smart metering", include_str!("../../docs/smets.md")),
    ("simulator", "meters without hardware", include_str!("../../docs/simulator.md")),
    ("exit-codes", "what each exit code means", ""),
];

/// The words behind `help topic`, when the command line asks for one.
pub fn asked_for(arguments: &[OsString]) -> Option<Vec<String>> {
    let words: Vec<String> = arguments.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let [help, topic, rest @ ..] = words.as_slice() else { return None };
    if help != "help" {
        return None;
    }
    if matches!(topic.as_str(), "topic" | "topics") {
        return Some(rest.to_vec());
    }
    // A command goes before a page of the same name.
    let is_page = rest.is_empty() && TOPICS.iter().any(|(name, ..)| name == topic);
    let is_command = || Cli::command().find_subcommand(topic).is_some();
    (is_page && !is_command()).then(|| vec![topic.clone()])
}

/// Prints the page of a topic, or the list of them.
pub fn show(words: &[String]) -> CommandResult {
    let terminal = dialoguer::console::Term::stdout();
    let width = if terminal.is_term() { terminal.size().1 } else { Style::default().width };
    let page = text(words, Style { color: true, width })?;
    match anstream::stdout().write_all(page.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(Exit::Done),
    }
}

/// The page of a topic, or the list of them.
pub fn text(words: &[String], style: Style) -> Result<String, CommandError> {
    let name = words.join("-").to_lowercase();
    if name.is_empty() {
        let mut out = "Pages of help: wattkey help topic NAME\n\n".to_owned();
        for (name, about, _) in TOPICS {
            out.push_str(&paragraph(style, &format!("  {name}"), 16, about));
        }
        return Ok(out);
    }
    let found =
        TOPICS.iter().find(|(known, ..)| *known == name || known.trim_end_matches('s') == name.trim_end_matches('s'));
    match found {
        Some(("exit-codes", about, _)) => Ok(exit_codes(about, style)),
        Some((_, _, page)) => Ok(rendered(page, style)),
        None => {
            let names: Vec<&str> = TOPICS.iter().map(|(name, ..)| *name).collect();
            Err(CommandError::new(Code::Usage, format!("there is no page of help {name:?}"))
                .hint(format!("Known are: {}.", names.join(", ")))
                .hint("`wattkey help COMMAND` shows a command, `wattkey explain WORD` a word."))
        }
    }
}

/// A line for each exit code with its meaning.
pub fn exit_code_rows(style: Style) -> String {
    let row = |exit: Exit| paragraph(style, &format!("{:>5}", exit.number()), 8, exit.meaning());
    Exit::ALL.into_iter().map(row).collect()
}

fn exit_codes(about: &str, style: Style) -> String {
    format!("{about}\n\n{}", exit_code_rows(style))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { width: 60, color: false };

    #[test]
    fn every_topic_has_a_page_that_fits_but_for_what_is_kept() {
        for (name, ..) in TOPICS {
            let page = text(&[(*name).to_owned()], STYLE).unwrap();
            assert!(page.lines().count() > 8, "{name}: {page}");
            // A word is never broken, however long.
            let is_long = |line: &&str| {
                let is_kept = line.starts_with("    ") || line.split_whitespace().any(|word| word.len() > 50);
                !is_kept && line.chars().count() > 90
            };
            assert_eq!(page.lines().find(is_long), None, "{name}");
        }
        assert!(text(&[], STYLE).unwrap().contains("credentials"));
        assert!(text(&["exit".into(), "codes".into()], STYLE).unwrap().contains("usage or configuration"));
        assert!(text(&["link".into()], STYLE).unwrap().starts_with("LINES TO METERS"));
        assert!(text(&["weather".into()], STYLE).is_err());
    }

    #[test]
    fn only_help_topic_is_taken() {
        let line = |words: &str| words.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(asked_for(&line("wattkey help topic links")), Some(vec!["links".to_owned()]));
        assert_eq!(asked_for(&line("wattkey help links")), Some(vec!["links".to_owned()]));
        assert_eq!(asked_for(&line("wattkey help status")), None);
        assert_eq!(asked_for(&line("wattkey help keys")), None, "a command goes before a page");
        assert_eq!(asked_for(&line("wattkey status help topic")), None);
    }
}
