//! `wattkey smets request critical`.

use std::path::PathBuf;

use crate::cli::smets::input;
use crate::cli::smets::request::send::UNSIGNED;
use crate::cli::{CommandResult, Context};
use wattkey::documents::smets::request::critical::Progress;
use wattkey::error::Exit;
use wattkey::smets::catalogue::{Catalogue, Role};
use wattkey::smets::counters::Counters;
use wattkey::smets::exchange::critical::{CriticalRequest, Stage};
use wattkey::smets::exchange::send::{Route, TIMEOUT};

/// Take a critical request from the DCC to the device and back
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/smets/request/critical.txt"))]
pub struct Arguments {
    /// Folder of the request, one for each
    pub folder: PathBuf,

    /// File with the request, command variant 4, to begin with
    #[arg(long, value_name = "FILE")]
    pub request: Option<PathBuf>,

    /// How the signed command goes: 5 over the WAN, 6 for local delivery, 7 both
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u8).range(5..=7), requires = "request")]
    pub command_variant: u8,

    /// File with the signed command, as base64 or hex; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub signed: Option<PathBuf>,

    /// File with what came back from the device; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub response: Option<PathBuf>,

    /// Address of the adaptor, such as http://localhost:8079
    #[arg(long, value_name = "URL")]
    pub adaptor: Option<String>,

    /// Program that signs requests, with its arguments
    #[arg(long, value_name = "COMMAND", env = "WATTKEY_SMETS_SIGN_COMMAND")]
    pub sign_command: Option<String>,

    /// Program that signs pre-commands, with its arguments
    #[arg(long, value_name = "COMMAND")]
    pub sign_precommand: Option<String>,

    /// A person has compared the values that cannot be found in a command: sign it
    #[arg(long)]
    pub compared: bool,

    /// Role it is sent under, for the check
    #[arg(long, value_name = "ROLE")]
    pub role: Option<Role>,
}

/// Begins or resumes the request, and tells how far it is.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let counters = Counters::in_folder(&context.folders.state()?);
    let mut request = match &arguments.request {
        Some(file) => CriticalRequest::begin(&arguments.folder, &input::read(file)?, arguments.command_variant)?,
        None => CriticalRequest::open(&arguments.folder)?,
    };
    if let Some(file) = &arguments.signed {
        request.take_signed(&input::read(file)?)?;
    }
    if let Some(file) = &arguments.response {
        request.take_response(&input::read(file)?, &file.display().to_string())?;
    }
    let route = arguments.adaptor.as_deref().map(|adaptor| Route {
        adaptor,
        timeout: context.options.timeout.unwrap_or(TIMEOUT),
        sign_command: arguments.sign_command.as_deref(),
        role: arguments.role,
        counters: &counters,
    });
    request.advance(route.as_ref(), None)?;
    let comparison = request.comparison()?.unwrap_or_default();
    if arguments.compared || comparison.not_compared.is_empty() {
        request.advance(route.as_ref(), arguments.sign_precommand.as_deref())?;
    }
    if request.sent_unsigned() {
        context.note(UNSIGNED);
    }
    for misfit in comparison.misfits() {
        context.note(format_args!("the pre-command does not fit the request: {misfit}"));
    }
    let fits = comparison.misfits().next().is_none();
    let is_compared = request.files().contains(&"pre-command.xml");
    context.print(&Progress {
        folder: arguments.folder.display().to_string(),
        request_id: request.id(),
        srv: request.srv().to_owned(),
        name: Catalogue::shipped().find(request.srv()).map(|known| known.name.as_str()),
        stage: request.stage(),
        since: request.since(),
        response_code: request.response_code().map(str::to_owned),
        outcome: request.outcome().map(str::to_owned),
        files: request.files(),
        values_found: is_compared.then_some(comparison.found),
        values_not_compared: comparison.not_compared,
        next: request.stage().next(),
    })?;
    Ok(match request.stage() {
        _ if request.is_refusal() => Exit::AnswerNo,
        Stage::CommandSent | Stage::Unclear => Exit::Safety,
        _ if !fits => Exit::Safety,
        _ => Exit::Done,
    })
}
