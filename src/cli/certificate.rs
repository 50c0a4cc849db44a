//! `wattkey certificate`: whether a meter's STS certificate holds, by the utility's register.

use std::path::PathBuf;

use clap::Subcommand;
use time::OffsetDateTime;

use crate::cli::options::meter_parameters::MeterParameterOptions;
use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::documents::certificate::Report;
use wattkey::error::{Code, Exit};
use wattkey::headend::Found;
use wattkey::headend::registry::{Registry, Subject, is_certified};
use wattkey::sts::Drn;

/// Check STS certificates against the utility's register
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/certificate.txt"))]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Check maker, model, certificate number, expiry and supply group
    Check(CheckArguments),
}

/// Check maker, model, certificate number, expiry and supply group
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/certificate/check.txt"))]
pub struct CheckArguments {
    /// The utility's register: CSV or JSON
    #[arg(long, alias = "registry", value_name = "FILE", env = "WATTKEY_CERTIFICATES", hide_env = true)]
    certificates: PathBuf,

    /// Maker: name or FLAG letters
    #[arg(long, value_name = "NAME")]
    maker: Option<String>,

    /// Model
    #[arg(long, value_name = "NAME")]
    model: Option<String>,

    /// Certificate number on the label
    #[arg(long, value_name = "NUMBER")]
    certificate: Option<String>,

    #[command(flatten)]
    meter: MeterParameterOptions,
}

/// Checks and prints.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let Action::Check(arguments) = &arguments.action;
    let registry = Registry::load(&arguments.certificates)?;
    let mut found = Found::default();
    if context.options.link.is_some() {
        let read = meter::with(context, |meter, _| {
            found = Found::from(&meter.status()?);
            Ok(Exit::Done)
        })?;
        if read != Exit::Done {
            return Ok(read);
        }
    }
    let given = arguments.meter.resolve(context)?;
    if let (Some(wanted), Some(met)) = (given.drn, found.parameters.drn)
        && wanted != met
    {
        let message = format!("the meter on the link is {met}, and {wanted} is meant");
        return Err(CommandError::new(Code::WrongMeter, message));
    }
    let parameters = given.or(found.parameters);
    let subject = Subject {
        maker: arguments.maker.clone().or(found.maker),
        model: arguments.model.clone().or(found.model),
        certificate: arguments.certificate.clone(),
        sgc: parameters.sgc,
        manufacturer_code: parameters.drn.map(Drn::manufacturer_code),
    };
    if subject == Subject::default() {
        return Err(CommandError::new(Code::Usage, "nothing is known of the meter")
            .hint("Give --link, or --maker and --model, or --certificate."));
    }
    let findings = registry.check(&subject, OffsetDateTime::now_utc().date());
    let certified = is_certified(&findings);
    context.print(&Report { certified, findings })?;
    Ok(if certified { Exit::Done } else { Exit::AnswerNo })
}
