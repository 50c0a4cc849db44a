//! `config.toml`: every global option has a key of its long name; flags win over environment variables,
//! those over this file, and this file over what is built in. `--print-config` shows the outcome.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::ArgMatches;
use clap::parser::ValueSource;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::cli::CommandError;
use crate::cli::folders::Folders;
use crate::cli::global::{ColorChoice, GlobalOptions, Utility};
use wattkey::connect::MeterOptions;
use wattkey::error::Code;
use wattkey::headend::Section;
use wattkey::meter::profile::Protocol;
use wattkey::output::{Document, Format, Style, grid};
use wattkey::quantity::parse_duration;
use wattkey::toml_problem;

/// Where the value of an option came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Built into the program.
    Default,
    /// The configuration file.
    Config,
    /// An environment variable.
    Environment,
    /// The command line.
    Flag,
}

/// A wait as a config file writes it: `"800ms"`, `"5s"`, or a number of seconds.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a duration such as \"5s\", or a number of seconds")]
enum Wait {
    Seconds(f64),
    Text(String),
}

/// A value of the file as the option holds it; `base` is the folder of the file.
trait Convert<T> {
    fn convert(self, base: &Path) -> Result<T, String>;
}

impl Convert<Duration> for Wait {
    fn convert(self, _base: &Path) -> Result<Duration, String> {
        match self {
            Wait::Seconds(seconds) => parse_duration(&seconds.to_string()),
            Wait::Text(text) => parse_duration(&text),
        }
    }
}

impl Convert<PathBuf> for PathBuf {
    /// Relative paths start at the folder of the file, `~/` at the user's home.
    fn convert(self, base: &Path) -> Result<PathBuf, String> {
        Ok(rebased(&self, base))
    }
}

fn rebased(path: &Path, base: &Path) -> PathBuf {
    match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(rest), Ok(home)) => home.join(rest),
        _ => base.join(path),
    }
}

macro_rules! taken_as_it_is {
    ($($kind:ty),*) => {$(
        impl Convert<$kind> for $kind {
            fn convert(self, _base: &Path) -> Result<$kind, String> {
                Ok(self)
            }
        }
    )*};
}
taken_as_it_is!(String, Protocol, Format, ColorChoice, u32, u8, bool);

/// The field of an option: optional ones start empty, flags and counts at false and 0.
trait Slot<T> {
    fn put(&mut self, value: T);
    fn shown(&self) -> Value;
}

impl<T: Shown> Slot<T> for Option<T> {
    fn put(&mut self, value: T) {
        *self = Some(value);
    }
    fn shown(&self) -> Value {
        self.as_ref().map_or(Value::Null, Shown::shown)
    }
}

macro_rules! plain_slot {
    ($($kind:ty),*) => {$(
        impl Slot<$kind> for $kind {
            fn put(&mut self, value: $kind) {
                *self = value;
            }
            fn shown(&self) -> Value {
                json!(self)
            }
        }
    )*};
}
plain_slot!(bool, u8);

/// How a value stands in `--print-config`.
trait Shown {
    fn shown(&self) -> Value;
}

macro_rules! shown_as_json {
    ($($kind:ty),*) => {$(
        impl Shown for $kind {
            fn shown(&self) -> Value {
                json!(self)
            }
        }
    )*};
}
shown_as_json!(String, u32, Protocol, Format, ColorChoice, PathBuf);

impl Shown for Duration {
    fn shown(&self) -> Value {
        let millis = self.as_millis();
        Value::String(if millis.is_multiple_of(1000) { format!("{}s", millis / 1000) } else { format!("{millis}ms") })
    }
}

macro_rules! settings {
    ($($field:ident $key:literal $(or $alias:literal)?: $kind:ty;)*) => {
        /// The file's keys, each as its option is called.
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        struct ConfigFile {
            $(#[serde(rename = $key $(, alias = $alias)?)] $field: Option<toml::Spanned<$kind>>,)*
            headend: BTreeMap<String, Section>,
            orders: wattkey::orders::Section,
            utility: Utility,
            /// Meters by name, each with options of its own.
            meter: BTreeMap<String, ConfigFile>,
        }

        /// Option names with their identifiers in the parser.
        const SETTINGS: &[(&str, &str)] = &[$((stringify!($field), $key),)*];

        impl ConfigFile {
            /// Fills every option that neither the command line nor the environment gives; names what it filled.
            fn fill(
                self,
                options: &mut GlobalOptions,
                base: &Path,
                given: impl Fn(&str) -> bool,
            ) -> Result<Vec<&'static str>, (std::ops::Range<usize>, String)> {
                let mut filled = Vec::new();
                $(if let Some(value) = self.$field
                    && !given(stringify!($field))
                {
                    let span = value.span();
                    let value = value.into_inner().convert(base).map_err(|problem| (span, problem))?;
                    options.$field.put(value);
                    filled.push($key);
                })*
                Ok(filled)
            }
        }

        fn values(options: &GlobalOptions) -> Vec<Value> {
            vec![$(options.$field.shown(),)*]
        }
    };
}

settings! {
    link "link": String;
    protocol "protocol": Protocol;
    profile "profile": String;
    address "address": String;
    credentials "credentials": PathBuf;
    keys "keys": PathBuf;
    keys_passphrase_file "keys-passphrase-file" or "keys_passphrase_file": PathBuf;
    keys_identity "keys-identity" or "keys_identity": PathBuf;
    allow_exposed_files "allow-exposed-files" or "allow_exposed_files": bool;
    format "format": Format;
    json "json": bool;
    trace "trace": PathBuf;
    timeout "timeout": Wait;
    retries "retries": u32;
    non_interactive "non-interactive" or "non_interactive": bool;
    yes "yes": bool;
    quiet "quiet": bool;
    verbose "verbose": u8;
    color "color": ColorChoice;
    meter_card "meter-card" or "meter_card": String;
}

/// The options with the configuration file applied, and where each came from.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    /// The options every command works with.
    pub options: GlobalOptions,
    sources: Vec<Source>,
    config_file: Option<PathBuf>,
    config_found: bool,
}

/// Applies the configuration file to what the command line and the environment gave.
///
/// # Errors
/// A file that does not parse or holds what an option cannot be.
pub fn resolve(mut options: GlobalOptions, matches: &ArgMatches, folders: &Folders) -> Result<Resolved, CommandError> {
    let mut sources: Vec<Source> = SETTINGS.iter().map(|(field, _)| source(matches, field)).collect();
    let config_file = folders.config_file();
    let mut config_found = false;
    if let Some(path) = &config_file
        && let Some(text) = read(path)?
    {
        config_found = true;
        let base = path.parent().unwrap_or(Path::new(""));
        let mut file: ConfigFile = toml::from_str(&text)
            .map_err(|error| problem(path, &text, error.span().unwrap_or(0..0), error.message()))?;
        options.headends = std::mem::take(&mut file.headend);
        options.orders = std::mem::take(&mut file.orders);
        options.orders.rebase(&|path| rebased(path, base));
        options.utility = std::mem::take(&mut file.utility);
        options.utility.logo = options.utility.logo.take().map(|path| rebased(&path, base));
        options.headends.values_mut().for_each(|section| section.rebase(&|path| rebased(path, base)));
        let is_given = |field: &str| source(matches, field) != Source::Default;
        let misread = |(span, message): (std::ops::Range<usize>, String)| problem(path, &text, span, &message);
        let link_of_file = file.link.as_ref().map(|link| link.get_ref().clone());
        let mut filled = Vec::new();
        if let Some(name) = options.link.clone().or(link_of_file).as_deref().and_then(named_meter) {
            let section = take_meter(&mut file.meter, name, path)?;
            // The section's link stands for the name, wherever that was given.
            options.link = None;
            options.meter_name = Some(name.to_owned());
            let of_section = |field: &str| field != "link" && is_given(field);
            filled = section.fill(&mut options, base, of_section).map_err(misread)?;
        }
        let is_taken = |field: &str| {
            // Both say which form the result takes.
            let names: &[&str] = if matches!(field, "json" | "format") { &["json", "format"] } else { &[field] };
            let mut keys = SETTINGS.iter().filter(|(name, _)| names.contains(name)).map(|(_, key)| *key);
            is_given(field) || keys.any(|key| filled.contains(&key))
        };
        let of_file = file.fill(&mut options, base, is_taken).map_err(misread)?;
        filled.extend(of_file);
        for (slot, (_, key)) in sources.iter_mut().zip(SETTINGS) {
            if filled.contains(key) {
                *slot = Source::Config;
            }
        }
    }
    if let Some(name) = options.link.as_deref().and_then(named_meter) {
        let place = config_file.as_deref().map_or("config.toml".to_owned(), |path| path.display().to_string());
        return Err(CommandError::new(Code::Config, format!("[meter.{name}] is not defined: {place} does not exist"))
            .hint("Write the section with at least link = \"...\", or give the link itself."));
    }
    settle_format(&mut options, &mut sources)?;
    let trace = SETTINGS.iter().position(|(field, _)| *field == "trace").and_then(|at| sources.get(at));
    options.trace_is_standing = trace.is_some_and(|source| *source != Source::Flag);
    Ok(Resolved { options, sources, config_file, config_found })
}

/// The name in `meter:NAME`.
fn named_meter(link: &str) -> Option<&str> {
    link.strip_prefix("meter:")
}

/// The section `[meter.NAME]`, which has to hold a link.
fn take_meter(meters: &mut BTreeMap<String, ConfigFile>, name: &str, path: &Path) -> Result<ConfigFile, CommandError> {
    let wrong = |problem: String| CommandError::new(Code::Config, format!("{}: {problem}", path.display()));
    let Some(section) = meters.remove(name) else {
        let known: Vec<&str> = meters.keys().map(String::as_str).collect();
        let known =
            if known.is_empty() { "it names no meter".to_owned() } else { format!("it has {}", known.join(", ")) };
        return Err(wrong(format!("there is no [meter.{name}]; {known}"))
            .hint("Give one of these names; `wattkey setup` adds a meter."));
    };
    let own = [
        !section.meter.is_empty(),
        !section.headend.is_empty(),
        section.orders != wattkey::orders::Section::default(),
        section.utility != Utility::default(),
    ];
    if own.contains(&true) {
        return Err(wrong(format!("[meter.{name}] holds options only, no section of its own")));
    }
    match section.link.as_ref().map(|link| link.get_ref().as_str()) {
        Some(link) if named_meter(link).is_none() => Ok(section),
        Some(_) => Err(wrong(format!("the link of [meter.{name}] is another name: write the link itself"))),
        None => Err(wrong(format!("[meter.{name}] has no link"))),
    }
}

/// `--json` and `--format` say the same thing twice: the stronger source holds, and two on one command line clash.
fn settle_format(options: &mut GlobalOptions, sources: &mut [Source]) -> Result<(), CommandError> {
    let of = |key: &str| SETTINGS.iter().position(|(_, name)| *name == key);
    let (Some(json), Some(format)) = (of("json"), of("format")) else { return Ok(()) };
    let (json_source, format_source) = (
        sources.get(json).copied().unwrap_or(Source::Default),
        sources.get(format).copied().unwrap_or(Source::Default),
    );
    if !options.json || options.format.is_none() {
        return Ok(());
    }
    if json_source == Source::Flag && format_source == Source::Flag && options.format != Some(Format::Json) {
        return Err(CommandError::new(Code::Usage, "--json and --format ask for two forms").hint("Give one of them."));
    }
    if json_source >= format_source {
        options.format = Some(Format::Json);
        if let Some(source) = sources.get_mut(format) {
            *source = json_source;
        }
    } else {
        options.json = false;
    }
    Ok(())
}

fn source(matches: &ArgMatches, field: &str) -> Source {
    match matches.value_source(field) {
        Some(ValueSource::CommandLine) => Source::Flag,
        Some(ValueSource::EnvVariable) => Source::Environment,
        _ => Source::Default,
    }
}

/// The text of the file, or nothing when there is none.
fn read(path: &Path) -> Result<Option<String>, CommandError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(CommandError::new(Code::Config, format!("{}: {error}", path.display()))),
    }
}

/// How the parser says that a text stands without quotation marks.
const UNQUOTED: &str = "string values must be quoted";

/// An error with the line and column of the byte at which `span` begins, both from 1.
fn problem(path: &Path, text: &str, span: std::ops::Range<usize>, message: &str) -> CommandError {
    let before = text.get(..span.start.min(text.len())).unwrap_or_default();
    let line = toml_problem::line_of(text, span.start);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let place = format!("{} line {line}, column {column}", path.display());
    if message.starts_with(UNQUOTED) {
        let key =
            text.lines().nth(line.saturating_sub(1)).and_then(|line| line.split_once('=')).map(|(key, _)| key.trim());
        let example = format!("{} = \"…\"", key.unwrap_or("link"));
        return CommandError::new(Code::Config, format!("{place}: a text needs quotation marks: {example}"));
    }
    let message = message.replace('\n', ", ");
    CommandError::new(Code::Config, format!("{place}: {message}"))
}

/// What `--print-config` shows.
#[derive(Debug, Serialize)]
pub struct ConfigReport {
    config_file: Value,
    state_folder: Value,
    options: Map<String, Value>,
}

impl Resolved {
    /// Every option with its value and where that came from.
    pub fn report(&self, folders: &Folders) -> ConfigReport {
        let options = SETTINGS
            .iter()
            .zip(values(&self.options))
            .zip(&self.sources)
            .map(|(((field, key), value), source)| {
                let value = if value.is_null() { built_in(key) } else { value };
                let mut row = Map::new();
                row.insert("value".to_owned(), value);
                row.insert("source".to_owned(), json!(source));
                match source {
                    Source::Environment => {
                        row.insert("variable".to_owned(), format!("WATTKEY_{}", field.to_uppercase()).into());
                    }
                    Source::Config => {
                        row.insert("file".to_owned(), json!(self.config_file));
                    }
                    Source::Default | Source::Flag => {}
                }
                ((*key).to_owned(), Value::Object(row))
            })
            .collect();
        ConfigReport {
            config_file: json!({"path": self.config_file, "found": self.config_found}),
            state_folder: json!({"path": folders.state_path()}),
            options,
        }
    }
}

/// What holds when nobody says anything, for options whose field is then empty.
fn built_in(key: &str) -> Value {
    match key {
        "format" => Format::default().shown(),
        "color" => ColorChoice::default().shown(),
        "timeout" => MeterOptions::DEFAULT_TIMEOUT.shown(),
        "retries" => MeterOptions::DEFAULT_RETRIES.shown(),
        _ => Value::Null,
    }
}

impl ConfigReport {
    fn rows(&self) -> Vec<Vec<String>> {
        let text = |value: &Value| match value {
            Value::Null => "-".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.options
            .iter()
            .map(|(key, row)| {
                let field = |name: &str| row.get(name).map(text).unwrap_or_default();
                let from = match field("source").as_str() {
                    "environment" => format!("environment {}", field("variable")),
                    "config" => format!("config {}", field("file")),
                    "flag" => "command line".to_owned(),
                    _ => "built in".to_owned(),
                };
                vec![key.clone(), field("value"), from]
            })
            .collect()
    }
}

impl Document for ConfigReport {
    const SCHEMA: &'static str = "wattkey/config/1";

    fn table(&self, style: Style) -> String {
        let path = |value: &Value| value.get("path").and_then(Value::as_str).unwrap_or("none").to_owned();
        let found = if self.config_file.get("found") == Some(&Value::Bool(true)) { "" } else { " (not there)" };
        format!(
            "{}\nconfig file   {}{found}\nstate folder  {}\n",
            grid(style, &["option", "value", "from"], &self.rows()),
            path(&self.config_file),
            path(&self.state_folder),
        )
    }

    fn csv_header(&self) -> Vec<String> {
        ["option", "value", "from"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.rows()
    }
}
