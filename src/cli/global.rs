//! Options that every command takes, their environment variables, and their place in the help.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{FalseyValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;
use serde::{Deserialize, Serialize};

use crate::cli::candidates;
use wattkey::connect::MeterOptions;
use wattkey::headend::Section;
use wattkey::meter::profile::Protocol;
use wattkey::output::Format;
use wattkey::quantity::parse_duration;

const HEADING: &str = "Global options";

/// When colour is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR or TERM=dumb says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The section `[utility]` of the configuration file: what stands above printed sheets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Utility {
    /// Its name.
    pub name: Option<String>,
    /// File of its logo: PNG, JPEG or SVG.
    pub logo: Option<PathBuf>,
}

/// The global options of the contract.
#[derive(Debug, Clone, Default, Args)]
pub struct GlobalOptions {
    /// Line to the meter: /dev/ttyUSB0, COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, listen:HOST:PORT, sim:NAME, replay:FILE, meter:NAME; without it the only USB adapter
    #[arg(add = ArgValueCandidates::new(candidates::links), short, long, value_name = "LINK", global = true, hide_env = true, env = "WATTKEY_LINK", help_heading = HEADING)]
    pub link: Option<String>,

    /// Protocol; without it the profile's, else detected
    #[arg(short, long, value_name = "PROTOCOL", global = true, hide_env = true, env = "WATTKEY_PROTOCOL", value_parser = protocol_parser(), help_heading = HEADING)]
    pub protocol: Option<Protocol>,

    /// Meter profile: a name from `wattkey profiles list`, or a file
    #[arg(add = ArgValueCandidates::new(candidates::profiles), long, value_name = "NAME|FILE", global = true, hide_env = true, env = "WATTKEY_PROFILE", help_heading = HEADING)]
    pub profile: Option<String>,

    /// Address on a shared line; DLMS: logical/physical such as 1/17, with @1, @2 or @4 to force its length
    #[arg(long, value_name = "A", global = true, hide_env = true, env = "WATTKEY_ADDRESS", help_heading = HEADING)]
    pub address: Option<String>,

    /// File with passwords and keys of the meter's interface (TOML)
    #[arg(long, value_name = "FILE", global = true, hide_env = true, env = "WATTKEY_CREDENTIALS", help_heading = HEADING)]
    pub credentials: Option<PathBuf>,

    /// File with vending and decoder keys (JSON, or the same encrypted by age)
    #[arg(long, value_name = "FILE", global = true, hide_env = true, env = "WATTKEY_KEYS", help_heading = HEADING)]
    pub keys: Option<PathBuf>,

    /// File that holds the passphrase of an encrypted key file, on its first line
    #[arg(long, value_name = "FILE", global = true, hide_env = true, env = "WATTKEY_KEYS_PASSPHRASE_FILE", hide_short_help = true, help_heading = HEADING)]
    pub keys_passphrase_file: Option<PathBuf>,

    /// File with the age identity that opens an encrypted key file
    #[arg(long, value_name = "FILE", global = true, hide_env = true, env = "WATTKEY_KEYS_IDENTITY", hide_short_help = true, help_heading = HEADING)]
    pub keys_identity: Option<PathBuf>,

    /// Take key and credentials files even when others may read them
    #[arg(long, global = true, hide_env = true, env = "WATTKEY_ALLOW_EXPOSED_FILES", hide_short_help = true, value_parser = FalseyValueParser::new(), help_heading = HEADING)]
    pub allow_exposed_files: bool,

    /// Form of the result
    #[arg(long, value_name = "FORMAT", global = true, hide_env = true, env = "WATTKEY_FORMAT", value_parser = format_parser(), help_heading = HEADING)]
    pub format: Option<Format>,

    /// Same as --format json
    #[arg(long, global = true, hide_env = true, env = "WATTKEY_JSON", value_parser = FalseyValueParser::new(), help_heading = HEADING)]
    pub json: bool,

    /// Record every byte on the line, secrets redacted (JSON Lines)
    #[arg(long, value_name = "FILE", global = true, hide_env = true, env = "WATTKEY_TRACE", hide_short_help = true, help_heading = HEADING)]
    pub trace: Option<PathBuf>,

    /// Let a trace or an output take the place of a file that is there
    #[arg(long, global = true, hide_short_help = true, help_heading = HEADING)]
    pub overwrite: bool,

    /// Longest wait for one reply, such as 5s or 800ms [default: 5s]
    #[arg(long, value_name = "DURATION", global = true, hide_env = true, env = "WATTKEY_TIMEOUT", hide_short_help = true, value_parser = parse_duration, help_heading = HEADING)]
    pub timeout: Option<Duration>,

    /// Repeats of one request [default: 2]
    #[arg(long, value_name = "N", global = true, hide_env = true, env = "WATTKEY_RETRIES", hide_short_help = true, help_heading = HEADING)]
    pub retries: Option<u32>,

    /// Never ask; a missing answer is an error
    #[arg(long, global = true, hide_env = true, env = "WATTKEY_NON_INTERACTIVE", hide_short_help = true, value_parser = FalseyValueParser::new(), help_heading = HEADING)]
    pub non_interactive: bool,

    /// Answer yes to confirmations; checks still hold
    #[arg(short, long, global = true, hide_env = true, env = "WATTKEY_YES", value_parser = FalseyValueParser::new(), help_heading = HEADING)]
    pub yes: bool,

    /// No notes on standard error, errors excepted
    #[arg(short, long, global = true, hide_env = true, env = "WATTKEY_QUIET", hide_short_help = true, value_parser = FalseyValueParser::new(), help_heading = HEADING)]
    pub quiet: bool,

    /// More notes on standard error; twice for still more
    #[arg(short, long, action = clap::ArgAction::Count, global = true, hide_env = true, env = "WATTKEY_VERBOSE", hide_short_help = true, help_heading = HEADING)]
    pub verbose: u8,

    /// When to use colour
    #[arg(long, value_name = "WHEN", global = true, hide_env = true, env = "WATTKEY_COLOR", hide_short_help = true, help_heading = HEADING)]
    pub color: Option<ColorChoice>,

    /// Meter parameters from an STS meter card, 35 digits or track 2
    #[arg(long, value_name = "TEXT", global = true, hide_env = true, env = "WATTKEY_METER_CARD", hide_short_help = true, help_heading = HEADING)]
    pub meter_card: Option<String>,

    /// The name of the meter, where the link is that of a `[meter.NAME]` of the configuration file.
    #[arg(skip)]
    pub meter_name: Option<String>,

    /// Whether the trace is named by the environment or the configuration, so that every run is to have its own.
    #[arg(skip)]
    pub trace_is_standing: bool,

    /// Sections `[headend.NAME]` of the configuration file; they have no flag.
    #[arg(skip)]
    pub headends: BTreeMap<String, Section>,

    /// The section `[utility]` of the configuration file.
    #[arg(skip)]
    pub utility: Utility,

    /// The section `[orders]` of the configuration file; its options are those of `wattkey orders`.
    #[arg(skip)]
    pub orders: wattkey::orders::Section,
}

impl GlobalOptions {
    /// Longest wait for one reply.
    pub fn timeout(&self) -> Duration {
        self.timeout.unwrap_or(MeterOptions::DEFAULT_TIMEOUT)
    }

    /// Repeats of one request.
    pub fn retries(&self) -> u32 {
        self.retries.unwrap_or(MeterOptions::DEFAULT_RETRIES)
    }

    /// The form of the result.
    pub fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format.unwrap_or_default() }
    }
}

/// A parser for words of the library, with their meaning in the help.
pub fn words_parser<T: Copy + Send + Sync + 'static>(
    words: &'static [T],
    word: fn(T) -> &'static str,
    meaning: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let values = words.iter().map(|value| PossibleValue::new(word(*value)).help(meaning(*value)));
    PossibleValuesParser::new(values).try_map(move |text| {
        words.iter().copied().find(|value| word(*value) == text).ok_or("not one of the possible values")
    })
}

fn protocol_parser() -> impl TypedValueParser<Value = Protocol> {
    words_parser(Protocol::ALL, Protocol::word, Protocol::name)
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    words_parser(Format::ALL, Format::word, Format::meaning)
}
