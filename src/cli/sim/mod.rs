//! `wattkey sim`: simulated meters behind a port, and what goes with them.

mod lab_files;
mod models;
mod reach;
mod run;

use std::path::PathBuf;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cli::{CommandResult, Context};
use wattkey::sim::clock::Speed;
use wattkey::sim::face::ProtocolOrder;
use wattkey::sim::fault::FaultRule;
use wattkey::sim::line::Baud;
use wattkey::sim::serve::Endpoint;
use wattkey::sim::tamper::Tamper;

/// Simulate meters behind a TCP port, a pseudo-terminal or RFC 2217
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_long_help = include_str!("../../../data/help/sim.txt")
)]
pub struct Arguments {
    /// Something other than running meters.
    #[command(subcommand)]
    pub command: Option<SimCommand>,

    /// What to run.
    #[command(flatten)]
    pub run: RunArguments,
}

/// What goes with simulated meters.
#[derive(Debug, clap::Subcommand)]
pub enum SimCommand {
    /// Write the key file of simulated meters (bench keys, mode 600)
    Keys(lab_files::Arguments),
    /// Write the credentials file of simulated meters (bench keys, mode 600)
    Credentials(lab_files::Arguments),
    /// List the models of simulated meters
    Models,
}

/// The meters to run and how.
#[derive(Debug, clap::Args)]
pub struct RunArguments {
    /// Where to listen: tcp:HOST:PORT, rfc2217:HOST:PORT or pty:PATH; loopback without a host, any port with 0
    #[arg(long, value_name = "ENDPOINT", default_value = "tcp:127.0.0.1:4059")]
    pub listen: Endpoint,

    /// Number of meters, on one line with addresses 1/17, 1/18 and so on
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=20_000))]
    pub meters: u16,

    /// Give each meter a line of its own: ports count up, pty paths get .2, .3 and so on
    #[arg(long)]
    pub separate: bool,

    /// Spread the meters over N lines: ports count up, pty paths get .2, .3 and so on
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "separate", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub lines: u16,

    /// Model, see `wattkey sim models` [default: single-phase-keypad]
    #[arg(long, value_name = "NAME")]
    pub model: Option<String>,

    /// Change a value of the model, such as lockout.after=3
    #[arg(long, value_name = "NAME=VALUE", value_parser = parse_change)]
    pub set: Vec<(String, String)>,

    /// What the meters speak, in turn: dlms, iec62056-21, dlt645 or modbus; + joins several [default: the model's]
    #[arg(long, alias = "face", value_name = "PROTOCOLS")]
    pub serve: Option<ProtocolOrder>,

    /// Let octets take the time they need at this speed in bit/s; without it they take none
    #[arg(long, value_name = "BAUD")]
    pub baud: Option<Baud>,

    /// Seed of everything drawn; the meters count up from it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,

    /// How much faster than real time passes for the meters
    #[arg(long, value_name = "FACTOR", default_value = "1x")]
    pub speed: Speed,

    /// Time at which fresh meters begin, RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub clock: Option<OffsetDateTime>,

    /// Latch a tamper condition: cover-open, terminal-cover-open, magnetic-field or reverse-energy
    #[arg(long, value_name = "CONDITION")]
    pub tamper: Option<Tamper>,

    /// Keep the meters in this folder and go on from there the next time
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,

    /// Faults: drop=1%,corrupt=1%,delay=200ms,late=1%,echo,cut-after=OCTETS,power-cut=1% or power-cut=REQUEST
    #[arg(long, value_name = "FAULTS", default_value = "", hide_default_value = true)]
    pub fault: FaultRule,

    /// Log every frame, as a trace; - is standard error
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,

    /// Account for every token a meter accepted, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub log_tokens: Option<PathBuf>,
}

fn parse_change(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| format!("{text:?} is not NAME=VALUE"))?;
    Ok((name.to_owned(), value.to_owned()))
}

fn parse_time(text: &str) -> Result<OffsetDateTime, String> {
    OffsetDateTime::parse(text, &Rfc3339).map_err(|_| format!("{text:?} is not a time such as 2026-11-21T08:00:00Z"))
}

/// Runs the meters, or writes what goes with them.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.command {
        Some(SimCommand::Keys(arguments)) => lab_files::keys(arguments, context),
        Some(SimCommand::Credentials(arguments)) => lab_files::credentials(arguments, context),
        Some(SimCommand::Models) => models::run(context),
        None => run::run(&arguments.run, context),
    }
}
