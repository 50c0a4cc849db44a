//! `wattkey diagnose`: why a token was refused, and what to do.

mod interview;
mod on_link;

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cli::options::meter_parameters::MeterParameterOptions;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::diagnosis::case_line::{self, LineError};
use wattkey::diagnosis::evidence::ShortCode;
use wattkey::diagnosis::{Case, DiagnosisDocument, Display, Reach, Readout, Searcher, Slip, diagnose};
use wattkey::error::{Code, Exit};
use wattkey::knowledge::Knowledge;
use wattkey::lines::{self, LONGEST_LINE, Line, Worker};
use wattkey::output::{Format, Style, write_csv, write_document};
use wattkey::sts::keyring::Keyring;
use wattkey::sts::pasted;
use wattkey::sts::{
    Drn, KeyRevisionNumber, KeyType, MeterParameters, SupplyGroupCode, TariffIndex, Token, TokenResult,
};

/// Say why a token was refused, and what to do now
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/diagnose.txt"))]
pub struct Arguments {
    /// Token of 20 digits, several of one customer, or - for cases from standard input
    #[arg(value_name = "TOKEN")]
    pub tokens: Vec<String>,

    /// Saved status of the meter, from `wattkey status --json`
    #[arg(long, value_name = "FILE")]
    pub meter: Option<PathBuf>,

    /// Enter the token into the meter on the link, and diagnose its answer
    #[arg(long, conflicts_with_all = ["meter", "result", "display"])]
    pub enter: bool,

    /// The meter's answer to the token, such as crc-error
    #[arg(long, value_name = "RESULT")]
    pub result: Option<TokenResult>,

    /// Maker of the meter or the utility's fleet, for --display
    #[arg(long, value_name = "NAME")]
    pub vendor: Option<String>,

    /// What the display showed
    #[arg(long, value_name = "TEXT")]
    pub display: Option<String>,

    /// What the slip says, to be compared with the meter.
    #[command(flatten)]
    pub slip: SlipOptions,

    /// Token that this meter took before; may be given more than once
    #[arg(long, value_name = "TOKEN")]
    pub previous: Vec<Token>,

    /// Time of the diagnosis, RFC 3339; without it the present
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,

    /// Try the vending keys with this other meter number too; a fit is never more than possible
    #[arg(long, value_name = "DRN")]
    pub cross_meter: Vec<Drn>,

    /// What is known of the meter, where neither a link nor a saved status tells it.
    #[command(flatten)]
    pub parameters: MeterParameterOptions,
}

/// What the slip says.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "On the slip")]
pub struct SlipOptions {
    /// Meter number on the slip
    #[arg(long, value_name = "DRN")]
    slip_drn: Option<Drn>,

    /// Supply group code on the slip
    #[arg(long, value_name = "SGC")]
    slip_sgc: Option<SupplyGroupCode>,

    /// Key revision number on the slip
    #[arg(long, value_name = "KRN")]
    slip_krn: Option<KeyRevisionNumber>,

    /// Key type on the slip
    #[arg(long, value_name = "KT")]
    slip_kt: Option<KeyType>,

    /// Tariff index on the slip
    #[arg(long, value_name = "TI")]
    slip_ti: Option<TariffIndex>,

    /// Day of the sale, such as 2026-11-21
    #[arg(long, value_name = "DATE", value_parser = wattkey::diagnosis::slip::parse_date)]
    slip_date: Option<time::Date>,
}

impl SlipOptions {
    const fn slip(&self) -> Slip {
        Slip {
            drn: self.slip_drn,
            sgc: self.slip_sgc,
            krn: self.slip_krn,
            kt: self.slip_kt,
            ti: self.slip_ti,
            date: self.slip_date,
        }
    }
}

/// Diagnoses the tokens given.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let keyring = Arc::new(context.keyring()?);
    let reach = Reach { crossed_meters: arguments.cross_meter.clone() };
    let knowledge = Arc::new(context.knowledge(None)?);
    let now = match &arguments.now {
        Some(text) => time_of(text)?,
        None => OffsetDateTime::now_utc(),
    };
    if arguments.tokens.iter().any(|token| token == "-") {
        return from_standard_input(context, &keyring, &reach, &knowledge, now);
    }
    let has_keys = !keyring.is_empty();
    let mut searcher = Searcher::new(keyring, reach);
    let evidence = evidence(arguments, context, &knowledge, now)?;
    let mut tokens = pasted::tokens(&arguments.tokens);
    let reads_the_meter = context.options.link.is_some() && arguments.meter.is_none();
    if tokens.is_empty() {
        let interviewer = interview::Interviewer { context, knowledge: &knowledge, has_keys };
        if reads_the_meter {
            tokens.push(interviewer.token()?);
        } else {
            let document = interviewer.ask(evidence, &mut searcher)?;
            context.print(&document)?;
            return Ok(exit_of(&document));
        }
    }
    if reads_the_meter {
        return on_link::run(arguments, context, &tokens, &evidence, &mut searcher);
    }
    if arguments.enter {
        return Err(CommandError::new(Code::Usage, "--enter needs a line to the meter").hint("Give --link."));
    }
    let mut exit = Exit::Done;
    for token in &tokens {
        let case = Case { token: token.clone(), companions: companions(&tokens, token), ..evidence.clone() };
        let document = DiagnosisDocument::new(&case, diagnose(&case, &mut searcher));
        exit = exit.max(exit_of(&document));
        context.print(&document)?;
    }
    Ok(exit)
}

fn exit_of(document: &DiagnosisDocument) -> Exit {
    if document.is_no_fault() { Exit::Done } else { Exit::AnswerNo }
}

fn time_of(text: &str) -> Result<OffsetDateTime, CommandError> {
    OffsetDateTime::parse(text, &Rfc3339).map_err(|error| {
        CommandError::new(Code::BadValue, format!("--now {text:?} is not an RFC 3339 time: {error}"))
            .hint("Write it as 2026-11-21T10:00:00Z.")
    })
}

/// What the options tell about all the tokens.
fn evidence(
    arguments: &Arguments,
    context: &Context,
    knowledge: &Knowledge,
    now: OffsetDateTime,
) -> Result<Case, CommandError> {
    let mut case = Case::of_token("", now);
    case.result = arguments.result;
    case.previous_tokens.clone_from(&arguments.previous);
    let told = match &arguments.meter {
        Some(path) => Some(Readout::from_status(&status_file(path)?)),
        None => None,
    };
    let known = arguments.parameters.resolve(context)?;
    case.meter = match told {
        Some(readout) => Some(readout.or(known)),
        None => (known != MeterParameters::default()).then(|| Readout::default().or(known)),
    };
    let vendor = arguments.vendor.clone();
    case.display = arguments.display.as_ref().map(|text| Display::look_up(knowledge, vendor.as_deref(), text));
    case.slip = arguments.slip.slip();
    let maker = vendor.or_else(|| case.meter.as_ref().and_then(|meter| meter.manufacturer.clone()));
    case.short_codes = maker.map(|maker| ShortCode::of_maker(knowledge, &maker)).unwrap_or_default();
    Ok(case)
}

/// The other tokens on the command line.
fn companions(tokens: &[String], token: &str) -> Vec<Token> {
    tokens.iter().filter(|other| *other != token).filter_map(|other| other.parse().ok()).collect()
}

/// A saved status document; `-` is standard input.
fn status_file(path: &Path) -> Result<Value, CommandError> {
    let failed = |problem: String| {
        CommandError::new(Code::File, format!("the status {} cannot be used: {problem}", path.display()))
            .hint("Make one with `wattkey status --json > status.json`.")
    };
    let mut text = String::new();
    if path.as_os_str() == "-" {
        io::stdin().read_to_string(&mut text).map_err(|error| failed(error.to_string()))?;
    } else {
        text = std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
    }
    let status: Value = serde_json::from_str(&text).map_err(|error| failed(format!("it is not JSON: {error}")))?;
    if status.get("sts").is_none() {
        return Err(failed("it has no \"sts\" part".to_owned()));
    }
    Ok(status)
}

/// Octets of cases read at once: a diagnosis takes milliseconds, so that a few are dealt out at a time.
const BLOCK: usize = 1024;

/// Cases from standard input, on all processors.
fn from_standard_input(
    context: &Context,
    keyring: &Arc<Keyring>,
    reach: &Reach,
    knowledge: &Arc<Knowledge>,
    now: OffsetDateTime,
) -> CommandResult {
    let (format, keyring, reach, knowledge) =
        (context.format(), Arc::clone(keyring), reach.clone(), Arc::clone(knowledge));
    let worker = move || Diagnostician {
        searcher: Searcher::new(Arc::clone(&keyring), reach.clone()),
        knowledge: Arc::clone(&knowledge),
        format,
        now,
    };
    let mut stdout = io::stdout().lock();
    Ok(lines::answer_lines(io::stdin(), &mut stdout, BLOCK, lines::workers(), worker)?)
}

/// Diagnoses one case after the other.
struct Diagnostician {
    searcher: Searcher,
    knowledge: Arc<Knowledge>,
    format: Format,
    now: OffsetDateTime,
}

impl Worker for Diagnostician {
    fn answer(&mut self, line: Line<'_>, _number: u64, out: &mut Vec<u8>) -> Exit {
        let parsed = match line {
            Line::Text(text) => case_line::parse(&String::from_utf8_lossy(text), self.now, &self.knowledge),
            Line::TooLong => {
                Err(LineError { id: None, problem: format!("the line is longer than {LONGEST_LINE} octets") })
            }
        };
        let (text, exit) = match parsed {
            Ok(case) => {
                let document = DiagnosisDocument::new(&case, diagnose(&case, &mut self.searcher));
                (rendered(&document, self.format), exit_of(&document))
            }
            Err(error) => (refused(&error), Exit::Usage),
        };
        out.extend(text.bytes().chain([b'\n']));
        exit
    }
}

/// One document on one line: JSON, or a row of CSV.
fn rendered(document: &DiagnosisDocument, format: Format) -> String {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = match format {
        Format::Csv => write_csv(document, false, &mut bytes),
        _ => write_document(document, Format::Jsonl, Style::default(), &mut bytes),
    };
    String::from_utf8_lossy(&bytes).trim_end().to_owned()
}

/// The answer to a line that is no case.
fn refused(error: &LineError) -> String {
    let code = Code::BadValue;
    let mut answer = json!({"schema": wattkey::diagnosis::document::SCHEMA});
    if let (Value::Object(fields), Some(id)) = (&mut answer, &error.id) {
        fields.insert("id".to_owned(), id.clone());
    }
    if let Value::Object(fields) = &mut answer {
        fields.insert(
            "error".to_owned(),
            json!({"code": code.word(), "message": error.problem, "hints": [code.remedy()], "exit": code.exit().number()}),
        );
    }
    answer.to_string()
}
