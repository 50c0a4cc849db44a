//! Help text fitted to the terminal.

use std::ffi::OsString;

use clap::Command;

/// `command` for these words of a command line: its texts are fitted where one of them asks for help. It costs a third
/// of the time of a start.
#[must_use]
pub fn for_line(command: Command, words: &[OsString]) -> Command {
    let asks = words.iter().any(|word| word == "--help" || word == "-h" || word == "help");
    if asks { fitted(command) } else { command }
}

/// `command` with the closing text of it and of its subcommands in whole paragraphs, so that clap breaks them where the
/// terminal ends and not a second time.
#[must_use]
pub fn fitted(command: Command) -> Command {
    let text = command.get_after_long_help().map(|text| whole_paragraphs(&text.to_string()));
    let command = match text {
        Some(text) => command.after_long_help(text),
        None => command,
    };
    command.mut_subcommands(fitted)
}

/// Joins the lines of a paragraph; indented lines and headings ending in a colon stay alone.
fn whole_paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut joins = false;
    for line in text.lines() {
        let plain = !line.is_empty() && !line.starts_with(char::is_whitespace);
        if joins && plain {
            out.push(' ');
        } else if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
        joins = plain && !line.ends_with(':');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_joined_and_examples_stay() {
        let text = "Examples:\n  wattkey a\n  wattkey b\n\nOne line\nand another.\n\nWords:\none";
        assert_eq!(
            whole_paragraphs(text),
            "Examples:\n  wattkey a\n  wattkey b\n\nOne line and another.\n\nWords:\none"
        );
    }
}
