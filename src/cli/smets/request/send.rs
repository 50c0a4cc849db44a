//! `wattkey smets request send`.

use std::path::PathBuf;

use crate::cli::smets::input;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::smets::request::send::Sent;
use wattkey::error::Exit;
use wattkey::smets::catalogue::Role;
use wattkey::smets::counters::Counters;
use wattkey::smets::duis::decode::RequestOutcome;
use wattkey::smets::exchange::ExchangeError;
use wattkey::smets::exchange::send::{Route, TIMEOUT};

/// Send a service request to a DCC adaptor
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/smets/request/send.txt"))]
pub struct Arguments {
    /// File with one request; - reads standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Address of the adaptor, such as http://localhost:8079
    #[arg(long, value_name = "URL", env = "WATTKEY_SMETS_ADAPTOR")]
    pub adaptor: String,

    /// Program that signs, with its arguments
    #[arg(long, value_name = "COMMAND", env = "WATTKEY_SMETS_SIGN_COMMAND")]
    pub sign_command: Option<String>,

    /// Role it is sent under, for the check
    #[arg(long, value_name = "ROLE")]
    pub role: Option<Role>,
}

/// Checks, signs, sends and decodes the answer.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let counters = Counters::in_folder(&context.folders.state()?);
    let route = Route {
        adaptor: &arguments.adaptor,
        timeout: context.options.timeout.unwrap_or(TIMEOUT),
        sign_command: arguments.sign_command.as_deref(),
        role: arguments.role,
        counters: &counters,
    };
    let request = route.prepare(input::read(&arguments.file)?, &arguments.file.display().to_string())?;
    if !request.signed {
        context.note(UNSIGNED);
    }
    let reply = route.send(&request)?;
    let is_refusal = reply.is_refusal();
    context.print(&Sent {
        request_id: request.id,
        service: request.service.path(),
        http_status: reply.http_status,
        signed: request.signed,
        response: reply.response,
    })?;
    match reply.outcome {
        Some(RequestOutcome::PreCommand) => context.note(
            "what came back is a pre-command: check it with `wattkey smets request check --precommand REQUEST REPLY`, sign it, \
             and send it as variant 5; nothing has reached the device. `wattkey smets request critical` does all of it",
        ),
        Some(RequestOutcome::LocalCommand) => {
            context.note("what came back is the command for local delivery; nothing has reached the device");
        }
        _ => {}
    }
    for misfit in &reply.misfits {
        context.note(format_args!("the pre-command does not fit the request, do not sign it: {misfit}"));
    }
    if !reply.misfits.is_empty() {
        return Ok(Exit::Safety);
    }
    Ok(if is_refusal { Exit::AnswerNo } else { Exit::Done })
}

/// Said of a request without a signature.
pub(super) const UNSIGNED: &str = "the request is not signed: only an adaptor that signs itself will take it";

impl From<ExchangeError> for CommandError {
    fn from(error: ExchangeError) -> Self {
        let plain = CommandError::new(error.code(), error.to_string());
        match error.hint() {
            Some(hint) => plain.hint(hint),
            None => plain,
        }
    }
}
