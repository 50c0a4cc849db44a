//! The command line: clap types, and one file a subcommand.

pub mod bulk;
mod candidates;
pub mod certificate;
mod choose_link;
pub mod clock;
pub mod commission;
pub mod completions;
pub mod config;
pub mod context;
pub mod diagnose;
pub mod entry;
pub mod error;
pub mod events;
pub mod explain;
pub mod fault;
pub mod firmware;
pub mod folders;
pub mod global;
pub mod headend;
pub mod help;
pub mod interrupt;
pub mod kct;
pub mod keys;
pub mod ledger;
pub mod ledger_file;
pub mod limit;
pub mod man;
pub mod meter;
pub mod monitor;
pub mod options;
pub mod orders;
mod passphrase;
pub mod ports;
pub mod profile;
pub mod profiles;
pub mod read;
pub mod relay;
pub mod scan;
mod secrecy;
pub mod security;
pub mod setup;
pub mod sim;
pub mod smets;
pub mod status;
mod stores;
pub mod token;
pub mod topic;
pub mod trace;
pub mod ui;
pub mod write;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use wattkey::error::{Code, Exit};
use wattkey::output::Format;

pub use context::Context;
pub use error::CommandError;
pub use folders::Folders;
pub use global::GlobalOptions;

/// What a command that ran to its end says about its answer.
pub type CommandResult = Result<Exit, CommandError>;

/// Field tool for prepayment electricity meters.
#[derive(Debug, Parser)]
#[command(
    name = "wattkey",
    version,
    max_term_width = 100,
    propagate_version = true,
    after_long_help = include_str!("../../data/help/wattkey.txt")
)]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub global: GlobalOptions,

    /// Show every option with its value and where it came from, and do nothing else
    #[arg(long, global = true, hide_short_help = true, help_heading = "Global options")]
    pub print_config: bool,

    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Every subcommand; one file each under `src/cli/`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find a meter, ask for its credentials, and keep both under a name
    Setup(setup::Arguments),
    /// Find the meters on a link: protocol, speed, address, profile
    Scan(scan::Arguments),
    /// Show what the meter is doing: credit, key, relay, supply, alarms
    Status(status::Arguments),
    /// Read single objects by OBIS code, register or data identifier
    Read(read::Arguments),
    /// Write one object, after showing its old value
    Write(write::Arguments),
    /// Read the meter's event logs
    Events(events::Arguments),
    /// Read the load profile
    Profile(profile::Arguments),
    /// Show or set the meter's clock
    Clock(clock::Arguments),
    /// Show or switch the supply relay
    Relay(relay::Arguments),
    /// Show, transfer and activate the firmware of a DLMS meter
    Firmware(firmware::Arguments),
    /// Show the security of a DLMS meter, and change its keys
    Security(security::Arguments),
    /// Watch meters: readings by interval, events, MQTT, demand limit
    Monitor(Box<monitor::Arguments>),
    /// Show, set or lift power and demand limits
    Limit(limit::Arguments),
    /// Read, make and enter STS tokens
    Token(token::Arguments),
    /// Simulate meters behind a TCP port, a pseudo-terminal or RFC 2217
    Sim(sim::Arguments),
    /// List serial ports, USB first, and whether each can be used
    Ports(ports::Arguments),
    /// List, show and check meter profiles
    Profiles(profiles::Arguments),
    /// Commission many meters from a list, and tell how far a run is
    Bulk(bulk::Arguments),
    /// Work orders for many crews on one database, offline in the field
    Orders(orders::Arguments),
    /// Show and verify what was done to which meter
    Ledger(ledger::Arguments),
    /// Show, enter and ask for sets of key-change tokens
    Kct(kct::Arguments),
    /// Commission a meter by a plan: checks, key change, limits, first credit
    Commission(commission::Arguments),
    /// Check vend codes, ask the utility for tokens, hand in results
    Headend(headend::Arguments),
    /// Check STS certificates against the utility's register
    Certificate(certificate::Arguments),
    /// Say why a token was refused, and what to do now
    Diagnose(diagnose::Arguments),
    /// Service requests, alerts, installation and top-up codes of GB meters
    Smets(smets::Arguments),
    /// Explain what a meter shows, a short code, or a code of this program
    Explain(explain::Arguments),
    /// List, check, encrypt and decrypt key files
    Keys(keys::Arguments),
    /// Read what was recorded on a line with --trace
    Trace(trace::Arguments),
    /// Print a manual page
    Man(man::Arguments),
    /// Print a completion script for a shell
    Completions(completions::Arguments),
}

impl Command {
    /// Whether it leaves the meter as it is. Whatever else is not meant for a meter that nobody named.
    pub fn only_reads(&self) -> bool {
        match self {
            Command::Setup(_)
            | Command::Scan(_)
            | Command::Status(_)
            | Command::Read(_)
            | Command::Events(_)
            | Command::Profile(_) => true,
            Command::Clock(arguments) => matches!(arguments.action, None | Some(clock::Action::Show)),
            Command::Relay(arguments) => matches!(arguments.action, None | Some(relay::Action::Show)),
            Command::Limit(arguments) => matches!(arguments.action, None | Some(limit::Action::Show)),
            Command::Firmware(arguments) => matches!(arguments.action, firmware::Action::Show),
            Command::Security(arguments) => matches!(arguments.action, security::Action::Show),
            _ => false,
        }
    }
}

/// Runs the program on the process's own arguments and gives its exit code.
pub fn main() -> ExitCode {
    // A shell that asks for completions gets them and nothing else.
    clap_complete::CompleteEnv::with_factory(Cli::command).complete();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    fault::keep_quiet();
    secrecy::keep_out_of_dumps();
    let exit = fault::guarded(wanted_format(&arguments), || run(&arguments));
    ExitCode::from(exit.number())
}

/// Parses `arguments`, runs the command, reports an error, and gives the exit code.
pub fn run(arguments: &[OsString]) -> Exit {
    if let Some(words) = topic::asked_for(arguments) {
        return topic::show(&words).unwrap_or_else(|error| error.report(wanted_format(arguments)));
    }
    let mut command = help::for_line(Cli::command(), arguments);
    let parsed = command.try_get_matches_from_mut(arguments);
    // Taking the tree of commands apart again costs a fifth of a start; the process ends soon.
    std::mem::forget(command);
    let parsed = parsed.and_then(|matches| Cli::from_arg_matches(&matches).map(|cli| (cli, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return report_clap(&error, wanted_format(arguments)),
    };
    let folders = Folders::of_process();
    // A new meter is not to begin with the settings of those that are known.
    let is_setup = matches!(cli.command, Some(Command::Setup(_)));
    if is_setup && cli.global.link.as_deref().is_some_and(|link| link.starts_with("meter:")) {
        return CommandError::new(Code::Usage, "setup wants the link itself, not the name of a meter")
            .hint("`wattkey ports` lists ports; without --link a person at a terminal is asked.")
            .report(wanted_format(arguments));
    }
    let config_of = if is_setup { &Folders::default() } else { &folders };
    let resolved = match config::resolve(cli.global, &matches, config_of) {
        Ok(resolved) => resolved,
        Err(error) => return error.report(wanted_format(arguments)),
    };
    let format = resolved.options.format();
    let outcome = match (cli.print_config, cli.command) {
        (true, _) => {
            let report = resolved.report(&folders);
            Context::new(resolved.options, folders).print(&report).map(|()| Exit::Done)
        }
        (false, Some(command)) => {
            let mut context = Context::new(resolved.options, folders);
            context.only_reads = command.only_reads();
            dispatch(command, &mut context)
        }
        (false, None) if format.is_json() => {
            Err(CommandError::new(Code::Usage, "no command is given").hint("`wattkey --help` lists the commands."))
        }
        (false, None) => {
            let _ = write!(anstream::stderr(), "{}", Cli::command().render_help().ansi());
            Ok(Exit::Usage)
        }
    };
    outcome.unwrap_or_else(|error| error.report(format))
}

fn dispatch(command: Command, context: &mut Context) -> CommandResult {
    match command {
        Command::Token(arguments) => token::run(&arguments, context),
        Command::Sim(arguments) => sim::run(&arguments, context),
        Command::Ports(arguments) => ports::run(&arguments, context),
        Command::Setup(arguments) => setup::run(&arguments, context),
        Command::Scan(arguments) => scan::run(&arguments, context),
        Command::Events(arguments) => events::run(&arguments, context),
        Command::Profile(arguments) => profile::run(&arguments, context),
        Command::Clock(arguments) => clock::run(&arguments, context),
        Command::Monitor(arguments) => monitor::run(&arguments, context),
        Command::Relay(arguments) => relay::run(&arguments, context),
        Command::Limit(arguments) => limit::run(&arguments, context),
        Command::Firmware(arguments) => firmware::run(&arguments, context),
        Command::Security(arguments) => security::run(&arguments, context),
        Command::Status(arguments) => status::run(&arguments, context),
        Command::Read(arguments) => read::run(&arguments, context),
        Command::Write(arguments) => write::run(&arguments, context),
        Command::Profiles(arguments) => profiles::run(&arguments, context),
        Command::Bulk(arguments) => bulk::run(&arguments, context),
        Command::Orders(arguments) => orders::run(&arguments, context),
        Command::Ledger(arguments) => ledger::run(&arguments, context),
        Command::Kct(arguments) => kct::run(&arguments, context),
        Command::Commission(arguments) => commission::run(&arguments, context),
        Command::Headend(arguments) => headend::run(&arguments, context),
        Command::Certificate(arguments) => certificate::run(&arguments, context),
        Command::Diagnose(arguments) => diagnose::run(&arguments, context),
        Command::Smets(arguments) => smets::run(&arguments, context),
        Command::Explain(arguments) => explain::run(&arguments, context),
        Command::Keys(arguments) => keys::run(&arguments, context),
        Command::Trace(arguments) => trace::run(&arguments, context),
        Command::Man(arguments) => man::run(&arguments, context),
        Command::Completions(arguments) => completions::run(&arguments, context),
    }
}

/// Help and version go to standard output with exit 0; everything else is a usage error.
fn report_clap(error: &clap::Error, format: Format) -> Exit {
    if !error.use_stderr() {
        return match error.print() {
            Ok(()) => Exit::Done,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Err(_) => Exit::Internal,
        };
    }
    if format.is_json() {
        return usage_error(error).report(format);
    }
    let _ = write!(anstream::stderr(), "{}", error.render().ansi());
    Exit::Usage
}

/// The parser's words as one sentence, its tips as hints.
fn usage_error(error: &clap::Error) -> CommandError {
    let text = error.render().to_string();
    let mut message = String::new();
    let mut hints = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(tip) = line.strip_prefix("tip: ") {
            hints.push(tip.to_owned());
        } else if line.starts_with("Usage:") || line.starts_with("For more information") {
            hints.push(line.to_owned());
        } else {
            let line = line.strip_prefix("error: ").unwrap_or(line);
            message.push_str(if message.is_empty() { "" } else { " " });
            message.push_str(line);
        }
    }
    hints.into_iter().fold(CommandError::new(Code::Usage, message), CommandError::hint)
}

/// The form asked for by the words themselves, for errors that come before the options are known.
fn wanted_format(arguments: &[OsString]) -> Format {
    let is_json = |text: &OsString| text == "json" || text == "jsonl";
    let mut words = arguments.iter().skip(1);
    while let Some(word) = words.next() {
        if word == "--" {
            break;
        }
        let found = match word.to_str() {
            Some("--json" | "--format=json" | "--format=jsonl") => true,
            Some("--format") => words.next().is_some_and(is_json),
            _ => false,
        };
        if found {
            return Format::Json;
        }
    }
    let variable = std::env::var_os("WATTKEY_FORMAT").is_some_and(|value| is_json(&value))
        || std::env::var_os("WATTKEY_JSON").is_some_and(|value| value == "1" || value == "true");
    if variable { Format::Json } else { Format::Table }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_first_line_and_examples() {
        fn walk(command: &clap::Command, path: &str, examples_above: bool) {
            for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
                let name = format!("{path} {}", sub.get_name());
                let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
                assert!((1..=70).contains(&about.chars().count()), "{name}: {about:?}");
                assert!(!about.ends_with('.'), "{name}: {about:?}");
                let help = sub.get_after_long_help().map(ToString::to_string).unwrap_or_default();
                let examples = help.contains("xample");
                assert!(examples || examples_above, "neither {name} nor its parent has an example");
                walk(sub, &name, examples);
            }
        }
        walk(&Cli::command(), "wattkey", false);
        Cli::command().debug_assert();
    }
}
