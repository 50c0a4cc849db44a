//! `wattkey headend check`: is this the meter for this code?

use serde::Serialize;

use super::HeadEndOptions;
use super::meter::MeterOptions;
use crate::cli::{CommandResult, Context};
use wattkey::headend::{Handshake, Query, VendCode};
use wattkey::output::{Document, Style, paragraph};

/// Columns before the text of a labelled line.
const INDENT: usize = 12;

/// Check that a vend code belongs to a meter
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey headend check VC-1001 --drn 01234567897 --headend today.pack --pack-key depot.pub\n  \
    wattkey headend check VC-1001 --link /dev/ttyUSB0 --headend city\n  \
    wattkey headend check --drn 01234567897 --headend city --json | jq .verdict\n\n\
    With --link the meter itself is read and compared with the record. Without a code the meter alone is checked.\n\
    Exit code 0: registered and active. 1: any other verdict, with its cause and what to do. 4: no answer.")]
pub struct Arguments {
    /// Code on the job sheet
    #[arg(value_name = "VENDCODE")]
    code: Option<VendCode>,

    #[command(flatten)]
    meter: MeterOptions,

    #[command(flatten)]
    head_end: HeadEndOptions,
}

#[derive(Debug, Serialize)]
struct Answer {
    drn: String,
    #[serde(flatten)]
    handshake: Handshake,
    cause: &'static str,
    act: &'static str,
}

/// Asks and prints.
///
/// # Errors
/// Those of the meter and of the head-end.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let factory = arguments.head_end.factory(context)?;
    let mut head_end = factory.open()?;
    let meter = arguments.meter.resolve(head_end.as_mut(), context)?;
    let query = Query { drn: meter.drn, code: arguments.code.clone(), found: meter.found };
    let handshake = head_end.check(&query)?;
    let verdict = handshake.verdict;
    context.print(&Answer { drn: meter.drn.to_string(), handshake, cause: verdict.cause(), act: verdict.act() })?;
    Ok(verdict.exit())
}

impl Document for Answer {
    const SCHEMA: &'static str = "wattkey/handshake/1";

    fn table(&self, style: Style) -> String {
        let answer = &self.handshake;
        let mut out = String::new();
        let mut line = |label: &str, text: &str| out.push_str(&paragraph(style, label, INDENT, text));
        let unconfirmed = if answer.offline { "  (offline, unconfirmed)" } else { "" };
        line("Verdict", &format!("{}{unconfirmed}", answer.verdict.word().to_uppercase()));
        line("", self.cause);
        line("Meter", &self.drn);
        line("Head-end", &answer.head_end);
        if let Some(fault) = &answer.fault {
            let code = fault.code.as_ref().map(|code| format!(" [{code}]")).unwrap_or_default();
            line("It says", &format!("{} {}{code}", fault.kind, fault.description));
        }
        if let Some(message) = &answer.operator_message {
            line("Operator", message);
        }
        if let Some(record) = &answer.record {
            line("Record", &super::in_words(record));
            let customer = &record.customer;
            let told = [&customer.name, &customer.address, &customer.account, &customer.location];
            let told: Vec<&str> = told.into_iter().flatten().map(String::as_str).collect();
            if !told.is_empty() {
                line("Customer", &told.join(", "));
            }
        }
        for difference in &answer.mismatches {
            line("Mismatch", &difference.to_string());
        }
        for difference in &answer.key_differences {
            line("Key change", &difference.to_string());
        }
        for warning in &answer.warnings {
            line("Warning", warning);
        }
        line("Do", self.act);
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["drn", "verdict", "offline", "head_end", "cause", "act", "fault", "operator_message"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let answer = &self.handshake;
        vec![vec![
            self.drn.clone(),
            answer.verdict.word().to_owned(),
            answer.offline.to_string(),
            answer.head_end.clone(),
            self.cause.to_owned(),
            self.act.to_owned(),
            answer.fault.as_ref().map(|fault| fault.kind.clone()).unwrap_or_default(),
            answer.operator_message.clone().unwrap_or_default(),
        ]]
    }
}
