//! What every command works with: the options as resolved, the prompter, and where results go.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::cli::global::ColorChoice;
use crate::cli::{CommandError, Folders, GlobalOptions, interrupt};
use crate::error::Code;
use crate::keys::{Credentials, Exposure, KeyError, KeyFile, Opener, Secret, first_line};
use crate::knowledge::{Knowledge, Records};
use crate::link::{Interrupt, SharedLine};
use crate::output::{self, Document, Format, Style};
use crate::ui::{PromptError, Prompter, SilentPrompter};

/// Everything a command needs from the process it runs in.
pub struct Context {
    /// Options from the command line, the environment and the configuration file.
    pub options: GlobalOptions,
    /// Asks the person, or refuses when there is none.
    pub prompter: Box<dyn Prompter>,
    /// Where state, cache and configuration are.
    pub folders: Folders,
    /// The open line, when several meters on it are asked in turn; else every meter opens its own.
    pub shared_line: Option<SharedLine>,
    style: Style,
    opened: Arc<Opened>,
    of_line: Option<Interrupt>,
}

/// Files of secrets that were opened: a passphrase is asked for once, however many meters follow.
#[derive(Default)]
struct Opened {
    keys: OnceLock<KeyFile>,
    credentials: OnceLock<Credentials>,
}

/// What the contexts of several lines have in common, for their threads.
#[derive(Clone)]
pub struct SharedContext {
    folders: Folders,
    style: Style,
    opened: Arc<Opened>,
}

impl std::fmt::Debug for SharedContext {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SharedContext").field("folders", &self.folders).finish_non_exhaustive()
    }
}

impl SharedContext {
    /// The context of one line of many, whose ports this process holds. Nobody is asked; waits on the line end by
    /// `stop`, not by the process's own Ctrl-C.
    pub fn line(&self, options: GlobalOptions, stop: Interrupt) -> Context {
        Context {
            options,
            prompter: Box::new(SilentPrompter),
            folders: self.folders.clone(),
            shared_line: None,
            style: self.style,
            opened: Arc::clone(&self.opened),
            of_line: Some(stop),
        }
    }
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
        let prompter = crate::ui::prompter(options.non_interactive, interrupt::take_charge);
        Context { options, prompter, folders, shared_line: None, style, opened: Arc::default(), of_line: None }
    }

    /// The context of one of several meters that are watched at the same time: nobody is asked anything.
    #[must_use]
    pub fn of_one_meter(mut options: GlobalOptions, folders: Folders, line: SharedLine) -> Self {
        options.non_interactive = true;
        Context { shared_line: Some(line), ..Context::new(options, folders) }
    }

    /// What other threads need for contexts of their own. Key and credentials files are opened now, so that no thread
    /// has to ask for a passphrase.
    ///
    /// # Errors
    /// As [`Context::key_file`] and [`Context::credentials`].
    pub fn share(&self) -> Result<SharedContext, CommandError> {
        self.key_file()?;
        self.credentials()?;
        Ok(SharedContext { folders: self.folders.clone(), style: self.style, opened: Arc::clone(&self.opened) })
    }

    /// Whether this is the context of one line of many, whose ports the process holds.
    pub fn is_of_line(&self) -> bool {
        self.of_line.is_some()
    }

    /// Raised by the first Ctrl-C, for links and loops to look at; a second one ends the process with exit 130.
    /// Only commands that wait on a line call this: it installs the handler.
    pub fn interrupt(&self) -> Interrupt {
        self.of_line.clone().unwrap_or_else(interrupt::flag)
    }

    /// The keys of `--keys`, or `None` when it is not given.
    ///
    /// # Errors
    /// Exit 6: a file that others may read, that does not open, or with a field that is wrong.
    pub fn key_file(&self) -> Result<Option<KeyFile>, CommandError> {
        let Some(path) = &self.options.keys else { return Ok(None) };
        if let Some(opened) = self.opened.keys.get() {
            return Ok(Some(opened.clone()));
        }
        let keys = KeyFile::load(path, self.exposure(), self.opener(path))?;
        Ok(Some(self.opened.keys.get_or_init(|| keys).clone()))
    }

    /// The keys of `--keys`, for commands that cannot do without.
    ///
    /// # Errors
    /// As [`Context::key_file`], and `key-missing` without `--keys`.
    pub fn required_key_file(&self) -> Result<KeyFile, CommandError> {
        self.key_file()?.ok_or_else(|| {
            CommandError::new(Code::KeyMissing, "this needs keys, and no key file is given")
                .hint("Give --keys FILE, WATTKEY_KEYS, or keys = \"FILE\" in config.toml.")
        })
    }

    /// The credentials of `--credentials`; empty when it is not given.
    ///
    /// # Errors
    /// Exit 6: a file that others may read, that does not open, or with a field that is wrong.
    pub fn credentials(&self) -> Result<Credentials, CommandError> {
        let Some(path) = &self.options.credentials else { return Ok(Credentials::default()) };
        if let Some(opened) = self.opened.credentials.get() {
            return Ok(opened.clone());
        }
        let credentials = Credentials::load(path, self.exposure(), self.opener(path))?;
        Ok(self.opened.credentials.get_or_init(|| credentials).clone())
    }

    /// What `--allow-exposed-files` says.
    pub fn exposure(&self) -> Exposure {
        if self.options.allow_exposed_files { Exposure::Allow } else { Exposure::Refuse }
    }

    /// How an encrypted file is opened: `--keys-identity`, `--keys-passphrase-file`, else a question.
    pub fn opener<'a>(&'a self, path: &Path) -> Opener<'a> {
        let question = format!("Passphrase of {}", path.display());
        Opener {
            identity_file: self.options.keys_identity.clone(),
            exposure: self.exposure(),
            passphrase: Box::new(move || self.passphrase(&question)),
        }
    }

    fn passphrase(&self, question: &str) -> Result<Secret, KeyError> {
        match &self.options.keys_passphrase_file {
            Some(file) => first_line(file, self.exposure()),
            None => self
                .prompter
                .secret(question, "--keys-passphrase-file")
                .map(Secret::new)
                .map_err(|error| KeyError::NoPassphrase { code: error.code(), problem: error.to_string() }),
        }
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

    /// Writes text as it is on standard output.
    ///
    /// # Errors
    /// A failing standard output; a closed pipe ends the program quietly.
    pub fn write(&self, text: &str) -> Result<(), CommandError> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
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
    /// When there is nobody to ask, exit code 8: nothing was done, and the error names `--yes`.
    pub fn confirm(&self, question: &str) -> Result<bool, CommandError> {
        if self.options.yes {
            return Ok(true);
        }
        self.prompter.confirm(question, "--yes").map_err(|error| match error {
            PromptError::NoTerminal { .. } => CommandError::new(
                Code::NotConfirmed,
                format!("nothing was done, for nobody is there to answer: {question}"),
            )
            .hint("Repeat with --yes when you are sure."),
            other => other.into(),
        })
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
