//! `wattkey smets request build`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use time::OffsetDateTime;

use crate::cli::smets::input;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::smets::request::build::Built;
use wattkey::error::{Code, Exit};
use wattkey::files;
use wattkey::smets::base64;
use wattkey::smets::catalogue::{ServiceRequest, command_variant};
use wattkey::smets::counters::Counters;
use wattkey::smets::duis::build::{self, BuildError, Header, Missing};
use wattkey::smets::duis::kind::RequestId;
use wattkey::smets::duis::stream::Messages;
use wattkey::smets::duis::tree::Element;
use wattkey::smets::duis::{body, check};
use wattkey::smets::exchange::ExchangeError;
use wattkey::smets::identifier::Eui64;

/// Build a service request as DUIS XML
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/smets/request/build.txt"))]
pub struct Arguments {
    /// Service reference variant, such as 8.11
    pub srv: String,

    /// Fields of the body
    #[arg(value_name = "FIELD=VALUE")]
    pub fields: Vec<String>,

    /// Your device ID as a user of the DCC
    #[arg(long, value_name = "EUI64")]
    pub originator: Eui64,

    /// Device ID the request goes to; for what the DCC answers itself, that of its service
    #[arg(long, value_name = "EUI64")]
    pub target: Eui64,

    /// Counter of the request; without it the next one of this originator
    #[arg(long, value_name = "N")]
    pub counter: Option<u64>,

    /// Command variant; without it 8, 4 or 1, as the request takes
    #[arg(long, value_name = "N")]
    pub command_variant: Option<u8>,

    /// Version of the interface in the root element
    #[arg(long, value_name = "VERSION", value_parser = schema_version)]
    pub schema_version: Option<String>,

    /// Put example values where none are given, each with a remark to replace it
    #[arg(long)]
    pub skeleton: bool,

    /// File with the body element, for one that is too large to be typed
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fields", "skeleton"])]
    pub body: Option<PathBuf>,

    /// File to write; without it the XML goes to standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Builds the request and writes it.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let request = input::request(&arguments.srv)?;
    let variant = arguments.command_variant.unwrap_or_else(|| request.usual_command_variant());
    if !request.command_variants.contains(&variant) {
        let allowed = request.command_variants.clone();
        return Err(fault(&BuildError::CommandVariant { srv: request.srv.clone(), given: variant, allowed }, request));
    }
    let body = body_element(arguments, request, variant)?;
    // The counter is taken last, so that a request that cannot be built uses none up.
    let counter = match arguments.counter {
        Some(counter) => counter,
        None => {
            let counters = Counters::in_folder(&context.folders.state()?);
            counters.issue(arguments.originator, OffsetDateTime::now_utc()).map_err(ExchangeError::from)?
        }
    };
    let request_id = RequestId { originator: arguments.originator, target: arguments.target, counter };
    let schema_version = arguments.schema_version.as_deref().unwrap_or_else(|| body::duis_version());
    if schema_version != body::duis_version() {
        context.note(format_args!("the body is that of version {}", body::duis_version()));
    }
    let header = Header { request_id, request, command_variant: variant, schema_version };
    let message = build::request(&header, body).map_err(|error| fault(&error, request))?;
    for finding in check::request(&message, &check::Circumstances::default()) {
        if finding.rule == "time-zone" {
            context.note(format_args!("{}: {}", finding.at, finding.problem));
        }
    }
    let xml = build::to_xml(&message);
    if let Some(path) = &arguments.output {
        files::write_output(path, context.options.overwrite, &mut |out| out.write_all(xml.as_bytes()))
            .map_err(|error| CommandError::new(Code::File, format!("{} cannot be written: {error}", path.display())))?;
        context.note(format_args!("{} written, request ID {request_id}, not signed", path.display()));
    }
    let document = Built {
        request_id,
        srv: &request.srv,
        name: &request.name,
        command_variant: variant,
        service: command_variant(variant).map_or("", |known| known.service.path()),
        xml,
    };
    if context.format().is_json() {
        context.print(&document)?;
    } else if arguments.output.is_none() {
        io::stdout().write_all(document.xml.as_bytes())?;
    }
    Ok(Exit::Done)
}

fn body_element(arguments: &Arguments, request: &ServiceRequest, variant: u8) -> Result<Element, CommandError> {
    let table = build::table(request, variant)
        .ok_or_else(|| CommandError::new(Code::Internal, format!("there is no table for {}", request.srv)))?;
    if let Some(path) = &arguments.body {
        return read_body(path, &table.element);
    }
    let fields: Result<Vec<_>, _> = arguments.fields.iter().map(|field| field_value(field)).collect();
    let missing = if arguments.skeleton { Missing::Example } else { Missing::Refused };
    build::fill(table, &fields?, missing).map_err(|error| fault(&error, request))
}

/// `FIELD=VALUE`, `FIELD=@FILE` or `FIELD`.
fn field_value(text: &str) -> Result<(String, String), CommandError> {
    let (key, value) = text.split_once('=').unwrap_or((text, ""));
    let value = match value.strip_prefix('@') {
        Some(path) => base64::encode(&input::bytes(Path::new(path))?),
        None => value.to_owned(),
    };
    Ok((key.trim().to_owned(), value))
}

/// The body element of a file, alone or inside a whole request.
fn read_body(path: &Path, wanted: &str) -> Result<Element, CommandError> {
    let text = input::read(path)?;
    let bare = text.trim_start_matches('\u{feff}').trim_start();
    let bare = if bare.starts_with("<?xml") { bare.split_once("?>").map_or("", |(_, rest)| rest) } else { bare };
    let whole =
        format!("<sr:Request xmlns:sr=\"{0}\" xmlns=\"{0}\">{bare}</sr:Request>", wattkey::smets::duis::NAMESPACE);
    let wrong = |problem: String| {
        CommandError::new(Code::BadValue, format!("{}: {problem}", path.display()))
            .hint(format!("The file has to hold one element {wanted}."))
    };
    let found = Messages::new(whole.as_bytes()).next();
    let message = found.ok_or_else(|| wrong("it is empty".to_owned()))?.message;
    let message = message.map_err(|error| wrong(error.to_string()))?;
    let body = message.descendants(wanted).next().cloned();
    body.ok_or_else(|| wrong(format!("it holds no element {wanted}")))
}

fn fault(error: &BuildError, request: &ServiceRequest) -> CommandError {
    let error = CommandError::new(Code::BadValue, format!("{} {}: {error}", request.srv, request.name));
    error.hint(format!("`wattkey smets requests show {}` lists the fields.", request.srv))
}

fn schema_version(text: &str) -> Result<String, String> {
    if body::is_version(text) {
        Ok(text.to_owned())
    } else {
        Err(format!("{text:?} is no version of the interface: write it such as {}", body::duis_version()))
    }
}
