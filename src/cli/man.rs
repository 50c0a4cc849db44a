//! `wattkey man`: manual pages, made from the parser's own definition.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::cli::{Cli, CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};

/// Name of the page about exit codes and error codes.
const EXIT_CODES: &str = "wattkey-exit-codes";

/// Print a manual page
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/man.txt"))]
pub struct Arguments {
    /// Command, with its subcommand if it has one; `exit-codes` for the codes; none for the program itself
    #[arg(value_name = "COMMAND", conflicts_with = "directory")]
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
pub fn run(arguments: &Arguments, _context: &mut Context) -> CommandResult {
    if let Some(folder) = &arguments.directory {
        for page in pages()? {
            let path = folder.join(&page.file_name);
            std::fs::write(&path, &page.roff).map_err(|error| {
                CommandError::new(Code::File, format!("{} cannot be written: {error}", path.display()))
            })?;
        }
        return Ok(Exit::Done);
    }
    let mut name = "wattkey".to_owned();
    for word in &arguments.command {
        name.push('-');
        name.push_str(word);
    }
    let stem = |page: &Page| page.file_name.rsplit_once('.').map(|(stem, _)| stem == name);
    let pages = pages()?;
    let page = pages.iter().find(|page| stem(page) == Some(true)).ok_or_else(|| {
        CommandError::new(Code::Usage, format!("there is no command {:?}", arguments.command.join(" ")))
            .hint("`wattkey --help` lists the commands.")
    })?;
    io::stdout().write_all(&page.roff)?;
    Ok(Exit::Done)
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
    let mut roff = String::from_utf8_lossy(&roff).replace(".SH EXTRA\n", ".SH EXAMPLES\n").into_bytes();
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
