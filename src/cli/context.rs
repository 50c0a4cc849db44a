//! What every command works with: the options as resolved, the prompter, and where results go.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use time::OffsetDateTime;

use crate::cli::error::WithError;
use crate::cli::global::ColorChoice;
use crate::cli::ui::{self, PromptError, Prompter};
use crate::cli::{CommandError, CommandResult, Folders, GlobalOptions, interrupt};
use wattkey::change::read_status;
use wattkey::connect::{ConnectEvent, Connector, MeterOptions};
use wattkey::error::Code;
use wattkey::files;
use wattkey::keys::{Credentials, Exposure, KeyError, KeyFile, Opener, Secret, first_line};
use wattkey::knowledge::{Knowledge, Records};
use wattkey::link::Interrupt;
use wattkey::meter::dlms::describe_keys;
use wattkey::meter::profile::Library;
use wattkey::meter::time::rfc3339;
use wattkey::meter::{Meter, Status};
use wattkey::output::letterhead::Letterhead;
use wattkey::output::{self, Document, Format, Style};
use wattkey::protocol::describe::DescribeKeys;
use wattkey::sts::keyring::Keyring;

/// Everything a command needs from the process it runs in.
pub struct Context {
    /// Options from the command line, the environment and the configuration file.
    pub options: GlobalOptions,
    /// Asks the person, or refuses when there is none.
    pub prompter: Box<dyn Prompter>,
    /// Where state, cache and configuration are.
    pub folders: Folders,
    /// Whether the command leaves the meter as it is.
    pub only_reads: bool,
    /// Whether the good lines of a damaged readout are kept.
    pub salvage: bool,
    style: Style,
    opened: Opened,
}

/// Files of secrets that were opened: a passphrase is asked for once, however many meters follow.
#[derive(Default)]
struct Opened {
    keys: OnceLock<KeyFile>,
    credentials: OnceLock<Credentials>,
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
        let prompter = ui::prompter(options.non_interactive, interrupt::take_charge);
        Context { options, prompter, folders, only_reads: false, salvage: false, style, opened: Opened::default() }
    }

    /// What opens the meter the options name. The credentials file is opened now, so that no thread has to ask for a
    /// passphrase later.
    pub fn connector(&self) -> Result<Connector, CommandError> {
        let options = self.meter_options()?;
        let (quiet, verbose) = (self.options.quiet, self.options.verbose > 0);
        let non_interactive = self.options.non_interactive;
        let connector = Connector::new(options)
            .with_library(self.library())
            .with_interrupt(self.interrupt())
            .with_listener(Arc::new(move |event| match event {
                ConnectEvent::Trying(what) if !verbose && !quiet => ui::attempt::begin(what),
                ConnectEvent::Trying(_) if !verbose => {}
                event => note(quiet, connect_event_in_words(&event)),
            }))
            .with_counter_question(Arc::new(move |meter, ours| accept_counter(non_interactive, meter, ours)));
        Ok(match self.folders.state_path() {
            Some(_) => connector.with_state_folder(&self.folders.state()?),
            None => connector,
        })
    }

    /// The file of this run's trace: a trace named once for all runs gets the time into its name.
    fn trace_of_this_run(&self, path: &Path) -> PathBuf {
        static BEGUN: OnceLock<String> = OnceLock::new();
        if !self.options.trace_is_standing || files::is_device(path) {
            return path.to_owned();
        }
        let begun = BEGUN.get_or_init(|| rfc3339(OffsetDateTime::now_utc()).replace([':', '-'], ""));
        files::with_suffix(path, begun)
    }

    /// The options that say which meter is meant and how to talk to it.
    pub fn meter_options(&self) -> Result<MeterOptions, CommandError> {
        let options = &self.options;
        Ok(MeterOptions {
            link: options.link.clone(),
            protocol: options.protocol,
            profile: options.profile.clone(),
            address: options.address.clone(),
            credentials: self.credentials()?,
            credentials_file: options.credentials.clone(),
            timeout: options.timeout(),
            retries: options.retries(),
            trace: options.trace.as_deref().map(|path| self.trace_of_this_run(path)),
            overwrite: options.overwrite,
            salvage: self.salvage,
            accept_far_counter: options.yes,
        })
    }

    /// The meter profiles at hand.
    pub fn library(&self) -> Library {
        Library::new(self.folders.profiles())
    }

    /// Raised by the first Ctrl-C, for links and loops to look at; a second one ends the process with exit 130.
    /// Only commands that wait on a line call this: it installs the handler.
    pub fn interrupt(&self) -> Interrupt {
        interrupt::flag()
    }

    /// The keys of `--keys`, or `None` when it is not given.
    pub fn key_file(&self) -> Result<Option<KeyFile>, CommandError> {
        let Some(path) = &self.options.keys else { return Ok(None) };
        if let Some(opened) = self.opened.keys.get() {
            return Ok(Some(opened.clone()));
        }
        let keys = KeyFile::load(path, self.exposure(), self.opener(path))?;
        Ok(Some(self.opened.keys.get_or_init(|| keys).clone()))
    }

    /// The keys of `--keys` to read tokens with; none is a key ring too.
    pub fn keyring(&self) -> Result<Keyring, CommandError> {
        Ok(self.key_file()?.as_ref().map(Keyring::from).unwrap_or_default())
    }

    /// The keys of `--keys`, for commands that cannot do without.
    pub fn required_key_file(&self) -> Result<KeyFile, CommandError> {
        self.key_file()?.ok_or_else(|| {
            CommandError::new(Code::KeyMissing, "this needs keys, and no key file is given")
                .hint("Give --keys FILE, WATTKEY_KEYS, or keys = \"FILE\" in config.toml.")
        })
    }

    /// The credentials of `--credentials`; empty when it is not given.
    pub fn credentials(&self) -> Result<Credentials, CommandError> {
        if let Some(opened) = self.opened.credentials.get() {
            return Ok(opened.clone());
        }
        let Some(path) = &self.options.credentials else { return Ok(Credentials::default()) };
        let credentials = Credentials::load(path, self.exposure(), &mut |path| self.opener(path))?;
        Ok(self.opened.credentials.get_or_init(|| credentials).clone())
    }

    /// Takes credentials that stand in no file yet.
    pub fn use_credentials(&mut self, credentials: Credentials) {
        self.opened.credentials = OnceLock::from(credentials);
    }

    /// Keys of `--credentials`, to look into ciphered data units.
    pub fn describe_keys(&self) -> Result<Option<DescribeKeys>, CommandError> {
        Ok(self.credentials()?.dlms.and_then(|credentials| describe_keys(&credentials, &credentials.secrets)))
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

    /// What stands above printed sheets: the section `[utility]` of the configuration file.
    pub fn letterhead(&self) -> Result<Letterhead, CommandError> {
        let utility = &self.options.utility;
        let unusable = |path: &Path, problem: String| {
            CommandError::new(Code::Config, format!("the logo {}: {problem}", path.display()))
                .hint("Correct logo under [utility] in config.toml.")
        };
        let logo = utility.logo.as_ref().map(|path| {
            std::fs::read(path).map(|logo| (path, logo)).map_err(|error| unusable(path, error.to_string()))
        });
        let logo = logo.transpose()?;
        Letterhead::new(utility.name.clone(), logo.as_ref().map(|(_, logo)| logo.as_slice()))
            .map_err(|problem| unusable(logo.as_ref().map_or(Path::new(""), |(path, _)| path), problem))
    }

    /// A whole status, with what the key file adds.
    pub fn read_status(&self, meter: &mut dyn Meter) -> Result<Status, CommandError> {
        let keys = self.key_file()?;
        Ok(read_status(meter, keys.as_ref().map(KeyFile::vending_keys).unwrap_or_default())?)
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
    pub fn print<T: Document>(&self, document: &T) -> Result<(), CommandError> {
        ui::attempt::end();
        let mut stdout = io::stdout().lock();
        output::write_document(document, self.format(), self.style, &mut stdout)?;
        stdout.flush()?;
        Ok(())
    }

    /// Prints one of several results of one command: as JSON each takes a line, and the head of CSV comes once, before
    /// the first.
    pub fn print_of_several<T: Document>(&self, document: &T, is_first: bool) -> Result<(), CommandError> {
        ui::attempt::end();
        let mut stdout = io::stdout().lock();
        match self.format() {
            Format::Csv => output::write_csv(document, is_first, &mut stdout)?,
            Format::Json => output::write_document(document, Format::Jsonl, self.style, &mut stdout)?,
            format => output::write_document(document, format, self.style, &mut stdout)?,
        }
        stdout.flush()?;
        Ok(())
    }

    /// Prints a result that comes again and again: at a terminal a table takes the place of the one before, and the head
    /// of CSV comes once.
    pub fn print_again<T: Document>(
        &self,
        document: &T,
        is_first: bool,
        comes_again: bool,
    ) -> Result<(), CommandError> {
        let redraws = comes_again && io::stdout().is_terminal() && console_takes_ansi() && !is_dumb();
        match self.format() {
            Format::Csv => self.print_of_several(document, is_first),
            Format::Table if redraws => {
                self.write(CLEAR)?;
                self.print(document)
            }
            _ => self.print(document),
        }
    }

    /// Prints the result of a change, and ends with the exit code that belongs to it. An error beside a document is not a
    /// second document: it is in the document, and on standard error for people.
    pub fn finish<T: Document>(&self, document: &T, exit: CommandResult) -> CommandResult {
        let error = match exit {
            Ok(exit) => {
                self.print(document)?;
                return Ok(exit);
            }
            Err(error) => error,
        };
        if self.format().is_json() {
            self.print(&WithError::new(document, &error))?;
        } else {
            self.print(document)?;
            error.report(self.format());
        }
        Ok(error.code.exit())
    }

    /// Writes text as it is on standard output.
    pub fn write(&self, text: &str) -> Result<(), CommandError> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()?;
        Ok(())
    }

    /// Prints a note on standard error unless quiet was asked for.
    pub fn note(&self, text: impl std::fmt::Display) {
        note(self.options.quiet, text);
    }

    /// A confirmation that `--yes` answers.
    pub fn confirm(&self, question: &str) -> Result<bool, CommandError> {
        if self.options.yes {
            return Ok(true);
        }
        ui::attempt::end();
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

/// Cursor to the upper left corner, and the screen cleared from there.
const CLEAR: &str = "\u{1b}[H\u{1b}[J";

/// Whether the terminal says that it can do nothing but print.
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

fn note(quiet: bool, text: impl std::fmt::Display) {
    if quiet {
        return;
    }
    let text = output::sanitize(&text.to_string());
    if io::stderr().is_terminal() {
        ui::say(&text);
    } else {
        let _ = writeln!(anstream::stderr(), "{text}");
    }
}

fn connect_event_in_words(event: &ConnectEvent) -> String {
    match event {
        ConnectEvent::Trying(what) => format!("trying {what}"),
        ConnectEvent::Recognised { unit, profile } => format!("unit {unit} is read by the profile {profile}"),
        ConnectEvent::NoMapFits { unit } => format!(
            "unit {unit} answers, but no register map fits; name one with --profile, or read registers by number"
        ),
    }
}

/// Asks at the terminal; without one the answer is no, and the error says what to give.
fn accept_counter(non_interactive: bool, meter: u32, ours: Option<u32>) -> bool {
    let ours = ours.map_or_else(|| "none is stored here".to_owned(), |ours| format!("the one stored here is {ours}"));
    let question = format!(
        "The meter reports invocation counter {meter}; {ours}. If the meter's value is wrong, accepting it locks the key \
         out for good. Accept it?"
    );
    ui::prompter(non_interactive, interrupt::take_charge).confirm(&question, "--yes").unwrap_or(false)
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
        ColorChoice::Auto if is("CLICOLOR", "0") || is_dumb() => false,
        ColorChoice::Auto => io::stdout().is_terminal() && console_takes_ansi(),
    }
}

/// Whether the terminal takes escape sequences: consoles of Windows before 10 print them as they are.
fn console_takes_ansi() -> bool {
    #[cfg(windows)]
    return anstyle_query::windows::enable_ansi_colors() == Some(true);
    #[cfg(not(windows))]
    true
}

/// Columns of the terminal on standard output, else COLUMNS, else 80.
fn terminal_width() -> u16 {
    if let Some((_, columns)) = dialoguer::console::Term::stdout().size_checked()
        && columns > 0
        && io::stdout().is_terminal()
    {
        return columns;
    }
    std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok()).filter(|width| *width >= 20).unwrap_or(80)
}
