//! `wattkey certificate`: whether a meter's STS certificate holds, by the utility's register.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde::Serialize;
use time::OffsetDateTime;

use crate::cli::meter_parameters::MeterParameterOptions;
use crate::cli::{CommandError, Context, Outcome, meter};
use crate::commission::{self, CertificateAnswer, CertifiedMeter};
use crate::error::{Code, Exit};
use crate::headend::Found;
use crate::headend::registry::{self, Finding, Registry, Subject, is_certified};
use crate::output::{Document, Style, grid};
use crate::sts::Drn;

/// Check STS certificates against the utility's register
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey certificate check --certificates register.csv --link /dev/ttyUSB0\n  \
    wattkey certificate check --certificates register.json --maker WKS --model WK1-KP --sgc 123456")]
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
#[command(after_long_help = "Examples:\n  \
    wattkey certificate check --certificates register.csv --link /dev/ttyUSB0\n  \
    wattkey certificate check --certificates register.csv --maker WKS --model WK1-KP --certificate STS-0001 --sgc 123456\n\n\
    The register is supplied by the utility: CSV with the columns manufacturer, manufacturer_code, model, certificate,\n\
    expires (YYYY-MM-DD) and sgc, or JSON {\"certificates\":[…],\"supply_groups\":[…]}. With --link maker, model and\n\
    supply group are read from the meter where no option gives them.\n\
    Exit code 0: certified, nothing against it. 1: something fails, or no certificate could be found.")]
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

/// The register as a step of a plan asks it.
#[derive(Debug)]
pub struct Register {
    registry: Registry,
}

impl Register {
    /// Reads the register.
    ///
    /// # Errors
    /// The line or field that does not read.
    pub fn load(path: &Path) -> Result<Self, CommandError> {
        Ok(Register { registry: Registry::load(path)? })
    }
}

impl commission::Registry for Register {
    fn look_up(&self, meter: &CertifiedMeter) -> CertificateAnswer {
        let subject = Subject {
            maker: meter.manufacturer.clone(),
            model: meter.model.clone(),
            certificate: meter.certificate.clone(),
            sgc: meter.sgc.as_ref().and_then(|sgc| sgc.parse().ok()),
            manufacturer_code: meter.manufacturer_code.as_ref().and_then(|code| code.parse().ok()),
        };
        let findings = self.registry.check(&subject, OffsetDateTime::now_utc().date());
        let told = |outcome: registry::Outcome| {
            let told = findings.iter().filter(|found| found.outcome == outcome).map(|found| found.text.as_str());
            told.collect::<Vec<_>>().join("; ")
        };
        let is_clone = |found: &Finding| {
            found.outcome == registry::Outcome::Fail && matches!(found.check, "manufacturer-code" | "certificate-owner")
        };
        let failed = told(registry::Outcome::Fail);
        if findings.iter().any(is_clone) {
            CertificateAnswer::OtherMaker(failed)
        } else if !failed.is_empty() {
            CertificateAnswer::Bad(failed)
        } else if is_certified(&findings) {
            CertificateAnswer::Good(told(registry::Outcome::Pass))
        } else {
            CertificateAnswer::Bad(told(registry::Outcome::NotKnown))
        }
    }
}

#[derive(Debug, Serialize)]
struct Report {
    certified: bool,
    findings: Vec<Finding>,
}

/// Checks and prints.
///
/// # Errors
/// A register that does not read; those of the meter.
pub fn run(arguments: &Arguments, context: &mut Context) -> Outcome {
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

impl Document for Report {
    const SCHEMA: &'static str = "wattkey/certificate/1";

    fn table(&self, style: Style) -> String {
        let mut out = grid(style, &["check", "outcome", ""], &self.csv_rows());
        out.push_str(if self.certified { "\nCERTIFIED\n" } else { "\nNOT CERTIFIED\n" });
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["check", "outcome", "text"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |found: &Finding| vec![found.check.to_owned(), found.outcome.word().to_owned(), found.text.clone()];
        self.findings.iter().map(row).collect()
    }
}
