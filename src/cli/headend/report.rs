//! `wattkey headend report`: hand in what became of a job, or what is wrong with a meter.

use time::OffsetDateTime;

use crate::cli::global::words_parser;
use crate::cli::options::head_end::HeadEndOptions;
use crate::cli::options::meter_asked::MeterOptions;
use crate::cli::{CommandResult, Context, ledger_file};
use wattkey::documents::headend::report::Reported;
use wattkey::error::Exit;
use wattkey::headend::{Delivery, JobReport, ReportKind, VendCode};
use wattkey::meter::time::rfc3339;

/// Hand in the result of a job, or what is wrong with a meter
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/headend/report.txt"))]
pub struct Arguments {
    /// What happened
    #[arg(value_name = "KIND", value_parser = words_parser(ReportKind::ALL, ReportKind::word, ReportKind::meaning))]
    kind: ReportKind,

    /// Job it belongs to
    #[arg(long, value_name = "ID")]
    job: String,

    /// Vend code of the customer
    #[arg(long, value_name = "CODE")]
    vend_code: Option<VendCode>,

    /// In words
    #[arg(long, value_name = "TEXT", default_value = "")]
    text: String,

    #[command(flatten)]
    meter: MeterOptions,

    #[command(flatten)]
    head_end: HeadEndOptions,
}

/// Stores and sends.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let mut head_end = arguments.head_end.open(context)?;
    let meter = arguments.meter.resolve(head_end.as_mut(), context)?;
    let ledger_head =
        if ledger_file::path(context)?.exists() { Some(ledger_file::open(context)?.verify(None)?.head) } else { None };
    let report = JobReport {
        id: format!("{} {}", arguments.job, arguments.kind.word()),
        drn: meter.drn,
        serial: meter.found.serial,
        vend_code: arguments.vend_code.as_ref().map(|code| code.as_str().to_owned()),
        kind: arguments.kind,
        at: rfc3339(OffsetDateTime::now_utc()),
        text: arguments.text.clone(),
        ledger_head,
        details: serde_json::Value::Null,
    };
    let delivery = head_end.report(&report)?;
    let waits = matches!(&delivery, Delivery::Queued { reason: Some(_), .. });
    context.print(&Reported {
        id: report.id,
        drn: meter.drn.to_string(),
        kind: report.kind,
        head_end: head_end.name().to_owned(),
        delivery,
    })?;
    Ok(if waits { Exit::AnswerNo } else { Exit::Done })
}
