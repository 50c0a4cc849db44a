//! `wattkey man`: manual pages, made from the parser's own definition.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Command, CommandFactory};
use clap_complete::engine::ArgValueCandidates;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::cli::candidates;
use crate::cli::{Cli, CommandError, CommandResult, Context, help, topic};
use wattkey::error::{Code, Exit};
use wattkey::output::{Style, paragraph};

/// Name of the page about exit codes and error codes.
const EXIT_CODES: &str = "wattkey-exit-codes";

/// What follows `man` for that page.
pub const EXIT_CODES_WORD: &str = "exit-codes";

/// Print a manual page
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/man.txt"))]
pub struct Arguments {
    /// Command, with its subcommand if it has one; `exit-codes` for the codes; none for the program itself
    #[arg(add = ArgValueCandidates::new(candidates::pages), value_name = "COMMAND", conflicts_with = "directory")]
    pub command: Vec<String>,

    /// Write every page into this folder, as packages want them
    #[arg(long, value_name = "FOLDER")]
    pub directory: Option<PathBuf>,
}

/// One manual page.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Page {
    /// Name with section, such as `wattkey-explain.1`.
    file_name: String,
    /// The page in roff.
    roff: Vec<u8>,
}

/// Prints one page.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    if let Some(folder) = &arguments.directory {
        for page in pages()? {
            let path = folder.join(&page.file_name);
            std::fs::write(&path, &page.roff).map_err(|error| {
                CommandError::new(Code::File, format!("{} cannot be written: {error}", path.display()))
            })?;
        }
        return Ok(Exit::Done);
    }
    if io::stdout().is_terminal() {
        return show(&arguments.command, context);
    }
    let mut name = "wattkey".to_owned();
    for word in &arguments.command {
        name.push('-');
        name.push_str(word);
    }
    let stem = |page: &Page| page.file_name.rsplit_once('.').map(|(stem, _)| stem == name);
    let pages = pages()?;
    let page = pages.iter().find(|page| stem(page) == Some(true)).ok_or_else(|| unknown(&arguments.command))?;
    io::stdout().write_all(&page.roff)?;
    Ok(Exit::Done)
}

fn unknown(words: &[String]) -> CommandError {
    CommandError::new(Code::Usage, format!("there is no command {:?}", words.join(" ")))
        .hint("`wattkey --help` lists the commands.")
}

/// The page as text, for people: at a terminal nobody wants roff, and not every system has `man`.
fn show(words: &[String], context: &Context) -> CommandResult {
    if words.join("-") == EXIT_CODES_WORD {
        return context.write(&codes_in_words(context.style())).map(|()| Exit::Done);
    }
    let mut command = help::fitted(Cli::command());
    command.build();
    let mut command = command_named(&command, "", &words.join("-")).ok_or_else(|| unknown(words))?;
    writeln!(anstream::stdout(), "{}", command.render_long_help().ansi())?;
    Ok(Exit::Done)
}

/// The command that a page's name means, words joined by hyphens: the program itself for none.
fn command_named(command: &Command, path: &str, wanted: &str) -> Option<Command> {
    if path == wanted {
        return Some(command.clone());
    }
    command.get_subcommands().find_map(|sub| {
        let name = sub.get_name();
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}-{name}") };
        wanted.starts_with(&path).then(|| command_named(sub, &path, wanted)).flatten()
    })
}

/// Exit codes and error codes with their meaning.
fn codes_in_words(style: Style) -> String {
    let mut out = format!("EXIT CODES\n{}", topic::exit_code_rows(style));
    out.push_str("\nERROR CODES (error.code of a JSON document)\n");
    for code in Code::ALL {
        out.push_str(&format!("  {} (exit {})\n", code.word(), code.exit().number()));
        out.push_str(&paragraph(style, "", 8, &format!("{}. {}", code.meaning(), code.remedy())));
    }
    out
}

/// Every page, as checked in under `man/`.
fn pages() -> io::Result<Vec<Page>> {
    let mut program = Cli::command();
    program.build();
    let mut pages = Vec::new();
    add_pages(&program, "wattkey", &mut pages)?;
    pages.push(exit_codes()?);
    Ok(pages)
}

fn add_pages(command: &Command, name: &str, pages: &mut Vec<Page>) -> io::Result<()> {
    let is_program = name == "wattkey";
    // Options that every command takes stand on the page of the program.
    let mut shown = command.clone().mut_args(|argument| {
        let hide = !is_program && argument.is_global_set();
        if hide { argument.hide(true) } else { argument }
    });
    shown = shown.disable_help_flag(!is_program).disable_version_flag(!is_program);
    let mut roff = Vec::new();
    let source = concat!("wattkey ", env!("CARGO_PKG_VERSION"));
    Man::new(shown).title(name).source(source).manual("wattkey").render(&mut roff)?;
    let roff = String::from_utf8_lossy(&roff).replace(".SH EXTRA\n", ".SH EXAMPLES\n");
    let mut roff = unfilled(&roff).into_bytes();
    if !is_program {
        let mut more = Roff::new();
        more.control("SH", ["SEE ALSO"]);
        more.text([
            bold("wattkey"),
            roman("(1) has the options every command takes, "),
            bold(EXIT_CODES),
            roman("(7) the codes."),
        ]);
        more.to_writer(&mut roff)?;
    }
    pages.push(Page { file_name: format!("{name}.1"), roff });
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        add_pages(sub, &format!("{name}-{}", sub.get_name()), pages)?;
    }
    Ok(())
}

/// The page with its indented lines kept as they are: examples are not filled again.
fn unfilled(roff: &str) -> String {
    let mut out = String::with_capacity(roff.len().saturating_add(64));
    let mut is_kept = false;
    for line in roff.lines() {
        let is_example = line.starts_with("  ");
        if is_example != is_kept {
            out.push_str(if is_example { ".nf\n" } else { ".fi\n" });
            is_kept = is_example;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn exit_codes() -> io::Result<Page> {
    let mut roff = Roff::new();
    roff.control("TH", [EXIT_CODES, "7"]);
    roff.control("SH", ["NAME"]);
    roff.text([roman(format!("{EXIT_CODES} - what wattkey says when it ends"))]);
    roff.control("SH", ["EXIT CODES"]);
    for exit in Exit::ALL {
        roff.control("TP", []);
        roff.text([bold(exit.number().to_string())]);
        roff.text([roman(exit.meaning())]);
    }
    roff.control("SH", ["ERROR CODES"]);
    roff.text([roman(
        "With --json an error is a document on standard output, whose field error.code is one of these words.",
    )]);
    for code in Code::ALL {
        roff.control("TP", []);
        roff.text([bold(code.word()), roman(format!(" (exit {})", code.exit().number()))]);
        roff.text([roman(format!("{}. {}", code.meaning(), code.remedy()))]);
    }
    let mut bytes = Vec::new();
    roff.to_writer(&mut bytes)?;
    Ok(Page { file_name: format!("{EXIT_CODES}.7"), roff: bytes })
}
