//! `wattkey smets request check`.

use std::path::PathBuf;

use time::OffsetDateTime;

use crate::cli::smets::input;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::smets::request::check::{Report, Rule, Rules};
use wattkey::error::{Code, Exit};
use wattkey::smets::catalogue::Role;
use wattkey::smets::counters::Counters;
use wattkey::smets::duis::build::examples_left;
use wattkey::smets::duis::check::{self, Circumstances, RULES};
use wattkey::smets::duis::stream::Messages;
use wattkey::smets::duis::tree::Element;
use wattkey::smets::exchange::send::last_sent;

/// Check a service request before it is sent
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/smets/request/check.txt"))]
pub struct Arguments {
    /// Files with requests; - reads standard input
    #[arg(required_unless_present = "rules", value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Role it will be sent under: IS, ES, GS, RSA, ED, GT or OU
    #[arg(long, value_name = "ROLE")]
    pub role: Option<Role>,

    /// Highest counter this originator has sent; without it what this program has sent itself
    #[arg(long, value_name = "N")]
    pub last_counter: Option<u64>,

    /// Compare a pre-command with its request before it is signed: the files are the request and the DCC's reply
    #[arg(long, conflicts_with = "rules")]
    pub precommand: bool,

    /// List the rules and do nothing else
    #[arg(long)]
    pub rules: bool,
}

/// Checks every request of every file.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    if arguments.rules {
        context.print(&Rules { rules: RULES.iter().map(|(rule, meaning)| Rule { rule, meaning }).collect() })?;
        return Ok(Exit::Done);
    }
    if arguments.precommand {
        return pre_command(arguments, context);
    }
    let mut all_ok = true;
    let mut is_first = true;
    for path in &arguments.files {
        let text = input::read(path)?;
        let examples = examples_left(&text);
        let messages: Vec<_> = Messages::new(text.as_bytes()).collect();
        let (count, several) = (messages.len(), arguments.files.len() > 1 || messages.len() > 1);
        for found in messages {
            let message = found.message.map_err(|error| {
                CommandError::new(Code::Garbled, format!("{}, byte {}: {error}", path.display(), found.offset))
                    .hint("Write the request again, for instance with `wattkey smets request build`.")
            })?;
            let last_counter = match arguments.last_counter {
                Some(last) => Some(last),
                None => last_counter(&message, context)?,
            };
            let circumstances = Circumstances {
                role: arguments.role,
                last_counter,
                now: Some(OffsetDateTime::now_utc()),
                examples_left: &examples,
            };
            let report = Report::of(path.display().to_string(), &message, &circumstances);
            all_ok &= report.ok;
            if several { context.print_of_several(&report, is_first) } else { context.print(&report) }?;
            is_first = false;
        }
        if count == 0 {
            return Err(CommandError::new(Code::Garbled, format!("{} holds no DUIS request", path.display()))
                .hint("A request is an element Request of the DUIS namespace."));
        }
    }
    Ok(if all_ok { Exit::Done } else { Exit::AnswerNo })
}

/// Compares a pre-command with the request it answers.
fn pre_command(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let [request_file, reply_file] = arguments.files.as_slice() else {
        return Err(CommandError::new(Code::Usage, "--precommand takes two files")
            .hint("wattkey smets request check --precommand REQUEST REPLY"));
    };
    let only = |path: &PathBuf, name: &str| -> Result<Element, CommandError> {
        let text = input::read(path)?;
        let message = Messages::new(text.as_bytes()).next().and_then(|found| found.message.ok());
        message.filter(|message| message.name == name).ok_or_else(|| {
            CommandError::new(Code::Garbled, format!("{} holds no {name} of the DUIS namespace", path.display()))
                .hint("Give the request first, then the reply of the DCC.")
        })
    };
    let (request, reply) = (only(request_file, "Request")?, only(reply_file, "Response")?);
    let comparison = check::pre_command(&request, &reply);
    let mut report = Report::with(reply_file.display().to_string(), &request, comparison.findings);
    report.values_found = Some(comparison.found);
    report.values_not_compared = comparison.not_compared;
    context.print(&report)?;
    Ok(if report.ok { Exit::Done } else { Exit::AnswerNo })
}

/// The highest counter this program has sent for the originator of a message; without a state folder none is known.
fn last_counter(message: &Element, context: &Context) -> Result<Option<u64>, CommandError> {
    if context.folders.state_path().is_none() {
        return Ok(None);
    }
    Ok(last_sent(message, &Counters::in_folder(&context.folders.state()?))?)
}
