//! `wattkey smets request check`.

use std::path::PathBuf;

use serde::Serialize;
use time::OffsetDateTime;

use crate::cli::smets::input;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::output::{Document, Style, paragraph, sanitize};
use wattkey::smets::catalogue::{Catalogue, Role};
use wattkey::smets::counters::Counters;
use wattkey::smets::duis::build::examples_left;
use wattkey::smets::duis::check::{self, Circumstances, Finding, RULES, Severity};
use wattkey::smets::duis::stream::Messages;
use wattkey::smets::duis::tree::Element;
use wattkey::smets::exchange::send::last_sent;

/// Check a service request before it is sent
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey smets request check request.xml --role RSA\n  \
    wattkey smets request build 8.2 … | wattkey smets request check -\n  \
    wattkey smets request check --precommand request.xml reply.xml\n  \
    wattkey smets request check --rules\n\n\
    Looks for what the schema asks for and for what it lets pass. \"Nothing found\" is not \"the DCC will accept\n\
    it\". A file may hold several requests. Exit code 1: something is wrong.")]
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

/// What was found in one request.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Where it was read from.
    pub file: String,
    /// Service reference variant, as far as it is legible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub srv: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'static str>,
    /// The request's ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// Whether a signature is there; it is not verified.
    pub signed: bool,
    /// Whether no error was found; warnings do not count.
    pub ok: bool,
    /// What was found.
    pub findings: Vec<Finding>,
    /// How many values of the request were looked for in its pre-command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values_compared: Option<usize>,
    /// Values that have no form known here: a person has to compare them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values_not_compared: Vec<String>,
}

impl Report {
    /// Checks a message.
    fn of(file: String, message: &Element, circumstances: &Circumstances<'_>) -> Self {
        Self::with(file, message, check::request(message, circumstances))
    }

    /// What was found about a request.
    fn with(file: String, message: &Element, findings: Vec<Finding>) -> Self {
        let srv = message.text_at(&["Header", "ServiceReferenceVariant"]).map(str::to_owned);
        Report {
            file,
            name: srv.as_deref().and_then(|srv| Catalogue::shipped().find(srv)).map(|request| request.name.as_str()),
            srv,
            request_id: message.text_at(&["Header", "RequestID"]).map(str::to_owned),
            signed: message.child("Signature").is_some(),
            ok: findings.iter().all(|finding| finding.severity != Severity::Error),
            findings,
            values_compared: None,
            values_not_compared: Vec::new(),
        }
    }
}

/// Checks every request of every file.
///
/// # Errors
/// A file that cannot be read or holds no request.
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
    report.values_compared = Some(comparison.compared);
    report.values_not_compared = comparison.not_compared;
    context.print(&report)?;
    Ok(if report.ok { Exit::Done } else { Exit::AnswerNo })
}

/// The highest counter this program has sent for the originator of a message; without a state folder none is known.
fn last_counter(message: &Element, context: &Context) -> Result<Option<u64>, CommandError> {
    let Ok(state) = context.folders.state() else { return Ok(None) };
    Ok(last_sent(message, &Counters::in_folder(&state))?)
}

/// At most [`SHOWN`] of the values, and how many more there are.
fn few(values: &[String]) -> String {
    let shown = values.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match values.len().checked_sub(SHOWN) {
        None | Some(0) => shown,
        Some(more) => format!("{shown}, and {more} more (`--json` lists all)"),
    }
}

/// Values to be compared by hand that a person is shown.
const SHOWN: usize = 6;

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

impl Document for Report {
    const SCHEMA: &'static str = "wattkey/smets-check/1";

    fn table(&self, style: Style) -> String {
        let what = [self.srv.as_deref(), self.name].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let verdict = if self.ok { "nothing wrong found" } else { "wrong" };
        let mut text = format!("{}: {} — {verdict}\n", sanitize(&self.file), sanitize(&what));
        for finding in &self.findings {
            let refusal = finding.refusal.map(|code| format!(" (the DCC refuses with {code})")).unwrap_or_default();
            let line = format!("{}: {}{refusal} [{}]", finding.at, finding.problem, finding.rule);
            text.push_str(&paragraph(style, &format!("  {}", word(finding.severity)), 11, &line));
        }
        if let Some(compared) = self.values_compared {
            let mut line = format!("{compared} values of the request were looked for in the command");
            if !self.values_not_compared.is_empty() {
                line.push_str(&format!("; compare by hand: {}", sanitize(&few(&self.values_not_compared))));
            }
            text.push_str(&paragraph(style, "  values", 11, &line));
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["file", "srv", "ok", "severity", "rule", "at", "problem", "refusal"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let head = |rest: [String; 5]| {
            let mut row = vec![self.file.clone(), self.srv.clone().unwrap_or_default(), self.ok.to_string()];
            row.extend(rest);
            row
        };
        if self.findings.is_empty() {
            return vec![head(Default::default())];
        }
        let row = |finding: &Finding| {
            head([
                word(finding.severity).to_owned(),
                finding.rule.to_owned(),
                finding.at.clone(),
                finding.problem.clone(),
                finding.refusal.unwrap_or_default().to_owned(),
            ])
        };
        self.findings.iter().map(row).collect()
    }
}

#[derive(Debug, Serialize)]
struct Rule {
    rule: &'static str,
    meaning: &'static str,
}

#[derive(Debug, Serialize)]
struct Rules {
    rules: Vec<Rule>,
}

impl Document for Rules {
    const SCHEMA: &'static str = "wattkey/smets-rules/1";

    fn table(&self, style: Style) -> String {
        self.rules.iter().map(|rule| paragraph(style, rule.rule, 18, rule.meaning)).collect()
    }

    fn csv_header(&self) -> Vec<String> {
        ["rule", "meaning"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.rules.iter().map(|rule| vec![rule.rule.to_owned(), rule.meaning.to_owned()]).collect()
    }
}
