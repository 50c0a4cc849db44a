//! `wattkey commission`: one meter by a plan.

mod job_file;
mod of_order;
mod plans;
mod terminal_operator;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap_complete::engine::ArgValueCandidates;
use time::OffsetDateTime;

use crate::cli::candidates;
use crate::cli::options::head_end::HeadEndOptions;
use crate::cli::options::interface::InterfaceOptions;
use crate::cli::{CommandError, CommandResult, Context, ledger_file, meter};
use wattkey::change::read_back_limit;
use wattkey::commission::certificate::{Handover, write_certificates};
use wattkey::commission::{CommissionOutcome, Commissioning, Job, Plan, PlanError, Registry, Report, StepName};
use wattkey::error::Code;
use wattkey::files;
use wattkey::headend::HeadEnd;
use wattkey::headend::registry::Registry as CertificateRegistry;
use wattkey::output::letterhead::Letterhead;
use wattkey::sts::{Drn, Token};

use terminal_operator::TerminalOperator;

/// Commission a meter by a plan: checks, key change, limits, first credit
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/commission.txt"))]
pub struct Arguments {
    /// Plan: a name from --list-plans, or a file [default: that of the job, else single-phase]
    #[arg(add = ArgValueCandidates::new(candidates::plans), long, value_name = "NAME|FILE")]
    plan: Option<String>,

    /// File with the job (TOML or JSON): id, serial, drn, vend_code, plan, answer.ID, plan.KEY
    #[arg(long, value_name = "FILE")]
    job: Option<PathBuf>,

    /// Work orders of `wattkey orders take`: the one of the meter at hand is carried out, or the one --id names
    #[arg(long, value_name = "FILE", conflicts_with_all = ["plan", "job", "expect_serial", "expect_drn"])]
    orders: Option<PathBuf>,

    /// Name of the job in the ledger [default: the meter's serial number]; with --orders, the order
    #[arg(long, value_name = "ID")]
    id: Option<String>,

    /// Serial number of the meter that is meant; another gets nothing
    #[arg(long, value_name = "SERIAL")]
    expect_serial: Option<String>,

    /// Meter number of the meter that is meant; another gets nothing
    #[arg(long, value_name = "DRN")]
    expect_drn: Option<Drn>,

    /// Code on the job sheet that the head-end checks
    #[arg(long, value_name = "CODE")]
    vend_code: Option<String>,

    /// Answer to a question of the plan; may be repeated
    #[arg(long = "answer", value_name = "ID=ANSWER", value_parser = pair)]
    answers: Vec<(String, String)>,

    /// Value in the place of the plan's, such as power_limit_w=9200; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = pair)]
    values: Vec<(String, String)>,

    /// The utility's register of STS certificates: CSV or JSON, as `wattkey certificate check` takes it
    #[arg(long, value_name = "FILE", env = "WATTKEY_CERTIFICATES", hide_env = true)]
    certificates: Option<PathBuf>,

    /// First credit token, when it was bought beforehand
    #[arg(long, value_name = "TOKEN")]
    credit_token: Option<Token>,

    /// The meter was moved here on purpose from where this ledger has it as commissioned
    #[arg(long)]
    moved: bool,

    /// Write a certificate of the commissioned meter, one HTML sheet for print, to this file
    #[arg(long, value_name = "FILE", conflicts_with = "dry_run")]
    sheet: Option<PathBuf>,

    /// Customer's name for the certificate; it is kept nowhere else
    #[arg(long, value_name = "NAME", requires = "sheet")]
    customer: Option<String>,

    /// Address of the premises for the certificate; it is kept nowhere else
    #[arg(long, value_name = "ADDRESS", requires = "sheet")]
    premises: Option<String>,

    /// Token that the customer still has to enter, for the certificate; may be repeated
    #[arg(long, value_name = "TOKEN", requires = "sheet")]
    hand_over: Vec<Token>,

    /// Set clocks, too, that are whole half hours off: such a drift looks like a time zone
    #[arg(long)]
    accept_offset: bool,

    /// Enter key changes, too, that move to a later base date without the roll-over bit: the meter keeps its old token
    /// identifiers and calls new tokens old
    #[arg(long)]
    accept_no_rollover: bool,

    #[command(flatten)]
    interface: InterfaceOptions,

    /// Read and compare, and show what would be done; write nothing
    #[arg(long)]
    dry_run: bool,

    /// List the plans that come with the program
    #[arg(long, conflicts_with_all = ["show_plan", "job", "dry_run"])]
    list_plans: bool,

    /// Print a plan, to begin one of your own with
    #[arg(add = ArgValueCandidates::new(candidates::plans), long, value_name = "NAME|FILE", conflicts_with_all = ["job", "dry_run"])]
    show_plan: Option<String>,

    #[command(flatten)]
    head_end: HeadEndOptions,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or_else(|| format!("{text:?} has no = in it"))?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}

/// Checks plan and job, then carries the plan out on the meter of the link.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    if arguments.list_plans {
        return plans::list(context);
    }
    if let Some(name) = &arguments.show_plan {
        return plans::show(name, context);
    }
    if let Some(path) = &arguments.sheet {
        // Before anything is sent.
        context.letterhead()?;
        files::check_output(path, context.options.overwrite)
            .map_err(|error| CommandError::new(Code::File, format!("{}: {error}", path.display())))?;
    }
    if let Some(path) = &arguments.orders {
        return of_order::run(arguments, path, context);
    }
    let job = job(arguments)?;
    let plan = Plan::find(arguments.plan.as_deref().or(job.plan.as_deref()).unwrap_or(Plan::DEFAULT))?;
    let mut head_end = head_end(arguments, &plan, context)?;
    check(&job, &plan, arguments, context)?;
    let register = arguments.certificates.as_deref().map(CertificateRegistry::load).transpose()?;
    let commissioning = commissioning(&plan, &job, register.as_ref(), arguments, context)?;
    meter::with_unproved(context, |meter, context| {
        let mut book = ledger_file::open_to_write(context)?;
        let mut person = TerminalOperator::new(context);
        let report = commissioning.run(meter, head_end.as_deref_mut().map(|one| one as _), &mut book, &mut person);
        context.print(&report)?;
        keep_sheet(arguments, &report, context)?;
        Ok(report.exit())
    })
}

fn commissioning<'a>(
    plan: &'a Plan,
    job: &'a Job,
    register: Option<&'a CertificateRegistry>,
    arguments: &Arguments,
    context: &Context,
) -> Result<Commissioning<'a>, CommandError> {
    Ok(Commissioning {
        plan,
        job,
        keyring: Arc::new(context.keyring()?),
        registry: register.map(|register| register as &dyn Registry),
        dry_run: arguments.dry_run,
        accept_offset: arguments.accept_offset,
        accept_no_rollover: arguments.accept_no_rollover,
        interface: arguments.interface.material(context)?,
        now: OffsetDateTime::now_utc,
        interrupt: context.interrupt(),
        read_back_limit: read_back_limit(context.options.timeout(), context.options.retries()),
    })
}

/// Writes the sheet that was asked for, of a meter that is commissioned.
fn keep_sheet(arguments: &Arguments, report: &Report, context: &Context) -> Result<(), CommandError> {
    let Some(path) = &arguments.sheet else { return Ok(()) };
    if report.outcome == CommissionOutcome::Commissioned {
        let handover = Handover {
            customer: arguments.customer.clone(),
            premises: arguments.premises.clone(),
            tokens: arguments.hand_over.clone(),
        };
        return write_sheet(path, &context.letterhead()?, &handover, context.options.overwrite, report);
    }
    context.note("no certificate is written: the meter is not commissioned");
    Ok(())
}

fn write_sheet(
    path: &Path,
    letterhead: &Letterhead,
    handover: &Handover,
    overwrite: bool,
    report: &Report,
) -> Result<(), CommandError> {
    let report = serde_json::to_value(report)
        .map_err(|error| CommandError::new(Code::Internal, format!("the report has no JSON form: {error}")))?;
    files::write_output(path, overwrite, &mut |out| {
        write_certificates("Certificate", letterhead, handover, out, &mut |sheet| sheet(&report))
    })
    .map_err(|error| {
        CommandError::new(Code::File, format!("cannot write {}: {error}", path.display()))
            .hint("The meter is commissioned; run the same command again with another file: it writes the sheet only.")
    })
}

/// The job of the file, with the options over it.
fn job(arguments: &Arguments) -> Result<Job, CommandError> {
    let mut job = match &arguments.job {
        Some(path) => job_file::load(path)?,
        None => Job::default(),
    };
    if let Some(id) = &arguments.id {
        job.set("id", id).map_err(|problem| CommandError::new(Code::BadValue, problem))?;
    }
    with_options(job, arguments)
}

/// A job with what the options say of it.
fn with_options(mut job: Job, arguments: &Arguments) -> Result<Job, CommandError> {
    let mut set = |name: &str, value: Option<&String>| match value {
        Some(value) => job.set(name, value).map(|_| ()),
        None => Ok(()),
    };
    let wrong = |problem: String| CommandError::new(Code::BadValue, problem);
    set("serial", arguments.expect_serial.as_ref()).map_err(wrong)?;
    set("vend_code", arguments.vend_code.as_ref()).map_err(wrong)?;
    for (id, answer) in &arguments.answers {
        set(&format!("answer.{id}"), Some(answer)).map_err(wrong)?;
    }
    for (key, value) in &arguments.values {
        set(&format!("plan.{key}"), Some(value)).map_err(wrong)?;
    }
    job.drn = arguments.expect_drn.or(job.drn);
    job.credit_token = arguments.credit_token.or(job.credit_token);
    job.moved |= arguments.moved;
    Ok(job)
}

/// The head-end, which a plan without a handshake can do without.
fn head_end(arguments: &Arguments, plan: &Plan, context: &Context) -> Result<Option<Box<dyn HeadEnd>>, CommandError> {
    if arguments.head_end.is_named(context) {
        return arguments.head_end.open(context).map(Some);
    }
    if plan.has(StepName::VendCode) {
        return Err(CommandError::new(
            Code::Usage,
            format!("the plan {} has the head-end check a vend code, and no head-end is named", plan.name),
        )
        .hint("Give --headend with the file of a pack, or a [headend.NAME] of the configuration file.")
        .hint("Or give --plan with a plan of your own without vend-code; --show-plan prints one to begin with."));
    }
    Ok(None)
}

/// What is wrong or missing is told before the meter is opened.
fn check(job: &Job, plan: &Plan, arguments: &Arguments, context: &Context) -> Result<(), CommandError> {
    let problems = job.problems(plan, false);
    if !problems.is_empty() {
        return Err(CommandError::new(Code::BadValue, problems.join("; ")));
    }
    if arguments.dry_run || context.prompter.has_person() {
        return Ok(());
    }
    let mut missing: Vec<String> =
        job.unanswered(plan).map(|question| format!("--answer {}=… ({})", question.id, question.ask)).collect();
    if plan.has(StepName::VendCode) && job.vend_code.is_none() {
        missing.insert(0, "--vend-code CODE".to_owned());
    }
    if missing.is_empty() {
        return Ok(());
    }
    let message = format!("the plan {} has questions, and there is no terminal to ask at", plan.name);
    Err(missing
        .into_iter()
        .fold(CommandError::new(Code::MissingAnswer, message), |error, option| error.hint(format!("Give {option}."))))
}

impl From<PlanError> for CommandError {
    fn from(error: PlanError) -> Self {
        let code = if matches!(error, PlanError::File { .. }) { Code::File } else { Code::BadValue };
        let plain = CommandError::new(code, error.to_string());
        match error {
            PlanError::Unknown { .. } => plain.hint("`wattkey commission --list-plans` lists them."),
            PlanError::File { .. } => plain,
            PlanError::Mistakes { .. } => plain
                .hint("Correct the lines; `wattkey commission --show-plan single-phase` prints a plan that is right."),
        }
    }
}
