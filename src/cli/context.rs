//! What every command works with: the options as resolved, the prompter, and where results go.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::cli::global::ColorChoice;
use crate::cli::{CommandError, Folders, GlobalOptions, interrupt};
use crate::error::Code;
use crate::knowledge::{Knowledge, Records};
use crate::link::Interrupt;
use crate::output::{self, Document, Format, Style};
use crate::ui::Prompter;

/// Everything a command needs from the process it runs in.
pub struct Context {
    /// Options from the command line, the environment and the configuration file.
    pub options: GlobalOptions,
    /// Asks the person, or refuses when there is none.
    pub prompter: Box<dyn Prompter>,
    /// Where state, cache and configuration are.
    pub folders: Folders,
    style: Style,
}

impl std::fmt::Debug for Context {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Context")
            .field("options", &self.options)
            .field("style", &self.style)
            .finish_non_exhaustive()
    }
}

impl Context {
    /// The context of a command with its options resolved.
    pub fn new(options: GlobalOptions, folders: Folders) -> Self {
        let style = Style { color: use_color(options.color.unwrap_or_default()), width: terminal_width() };
        let prompter = crate::ui::prompter(options.non_interactive);
        Context { options, prompter, folders, style }
    }

    /// Raised by the first Ctrl-C, for links and loops to look at; a second one ends the process with exit 130.
    /// Only commands that wait on a line call this: it installs the handler.
    pub fn interrupt(&self) -> Interrupt {
        interrupt::flag()
    }

    /// What displays and short codes mean: the records that come with the program, those of `own` and those of
    /// `records.json` beside the configuration file.
    ///
    /// # Errors
    /// A file of records that does not parse.
    pub fn knowledge(&self, own: Option<&Path>) -> Result<Knowledge, CommandError> {
        let failed = |problem| CommandError::new(Code::Internal, format!("the built-in records: {problem}"));
        let mut knowledge = Knowledge::of_the_field().map_err(failed)?;
        let beside = self.folders.records_file().filter(|path| path.exists());
        for path in own.into_iter().map(Path::to_owned).chain(beside) {
            let records = Records::load(&path).map_err(|error| {
                CommandError::new(Code::BadValue, error.to_string()).hint("Correct the record the message names.")
            })?;
            knowledge.extend(records.into_readings());
        }
        Ok(knowledge)
    }

    /// The form results take.
    pub fn format(&self) -> Format {
        self.options.format()
    }

    /// How tables are drawn.
    pub fn style(&self) -> Style {
        self.style
    }

    /// Prints a command's result on standard output.
    ///
    /// # Errors
    /// A failing standard output; a closed pipe ends the program quietly.
    pub fn print<T: Document>(&self, document: &T) -> Result<(), CommandError> {
        let mut stdout = io::stdout().lock();
        output::write_document(document, self.format(), self.style, &mut stdout)?;
        stdout.flush()?;
        Ok(())
    }

    /// Prints a note on standard error unless quiet was asked for.
    pub fn note(&self, text: impl std::fmt::Display) {
        if !self.options.quiet {
            let _ = writeln!(anstream::stderr(), "{}", output::sanitize(&text.to_string()));
        }
    }

    /// A confirmation that `--yes` answers.
    ///
    /// # Errors
    /// When there is nobody to ask; the error names `--yes`.
    pub fn confirm(&self, question: &str) -> Result<bool, CommandError> {
        if self.options.yes { Ok(true) } else { Ok(self.prompter.confirm(question, "--yes")?) }
    }
}

/// `--color` over NO_COLOR over CLICOLOR_FORCE over CLICOLOR=0 over TERM=dumb over the terminal.
fn use_color(choice: ColorChoice) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is = |name: &str, value: &str| std::env::var_os(name).is_some_and(|found| found == value);
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR") => false,
        ColorChoice::Auto if set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
        ColorChoice::Auto if is("CLICOLOR", "0") || is("TERM", "dumb") => false,
        ColorChoice::Auto => io::stdout().is_terminal(),
    }
}

/// Columns of the terminal on standard output, else COLUMNS, else 80.
fn terminal_width() -> u16 {
    #[cfg(unix)]
    if let Ok(size) = rustix::termios::tcgetwinsize(io::stdout())
        && size.ws_col > 0
    {
        return size.ws_col;
    }
    std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok()).filter(|width| *width >= 20).unwrap_or(80)
}
