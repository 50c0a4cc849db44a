//! `wattkey token generate management`.

use clap::Subcommand;

use super::Bench;
use super::credit::finish;
use super::issue::IssueOptions;
use super::result::Generated;
use crate::cli::options::meter_parameters::MeterParameterOptions;
use crate::cli::{CommandResult, Context};
use wattkey::sts::{Amount, CreditRegister, FieldError, RandomNumber, Tid, TokenContent};

/// Make a token that sets or clears something in the meter
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/token/generate/management.txt"))]
pub struct Arguments {
    /// What the token does.
    #[command(subcommand)]
    pub kind: Kind,
}

/// The kinds of management token, by the names documents use.
#[derive(Debug, Subcommand)]
pub enum Kind {
    /// Set the maximum power, in watts
    SetMaximumPowerLimit(Valued<u32>),
    /// Set the phase power unbalance limit, in watts
    SetPhaseUnbalanceLimit(Valued<u32>),
    /// Clear a credit register (water, gas-currency, all and the like)
    ClearCredit(Valued<CreditRegister>),
    /// Set the tariff rate, 0 to 65535
    SetTariffRate(Valued<u16>),
    /// Set the water meter factor, 0 to 65535
    SetWaterFactor(Valued<u16>),
    /// Clear the tamper state
    ClearTamper(Common),
}

/// A kind with a value.
#[derive(Debug, clap::Args)]
pub struct Valued<T: Clone + Send + Sync + 'static + std::str::FromStr<Err: std::error::Error + Send + Sync>> {
    /// The value to set
    #[arg(value_name = "VALUE")]
    pub value: T,

    /// The rest.
    #[command(flatten)]
    pub common: Common,
}

/// What every kind takes.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// Identifier and random number.
    #[command(flatten)]
    pub issue: IssueOptions,

    /// The meter and its present key.
    #[command(flatten)]
    pub meter: MeterParameterOptions,
}

impl Kind {
    const fn common(&self) -> &Common {
        match self {
            Kind::SetMaximumPowerLimit(valued) | Kind::SetPhaseUnbalanceLimit(valued) => &valued.common,
            Kind::ClearCredit(valued) => &valued.common,
            Kind::SetTariffRate(valued) | Kind::SetWaterFactor(valued) => &valued.common,
            Kind::ClearTamper(common) => common,
        }
    }

    fn content(&self, rnd: RandomNumber, tid: Tid) -> Result<TokenContent, FieldError> {
        Ok(match self {
            Kind::SetMaximumPowerLimit(Valued { value, .. }) => {
                TokenContent::SetMaximumPowerLimit { rnd, tid, limit: Amount::at_least(*value)? }
            }
            Kind::SetPhaseUnbalanceLimit(Valued { value, .. }) => {
                TokenContent::SetPhaseUnbalanceLimit { rnd, tid, limit: Amount::at_least(*value)? }
            }
            Kind::ClearCredit(Valued { value, .. }) => TokenContent::ClearCredit { rnd, tid, register: *value },
            Kind::SetTariffRate(Valued { value, .. }) => TokenContent::SetTariffRate { rnd, tid, rate: *value },
            Kind::SetWaterFactor(Valued { value, .. }) => TokenContent::SetWaterFactor { rnd, tid, factor: *value },
            Kind::ClearTamper(_) => TokenContent::ClearTamper { rnd, tid, padding: 0 },
        })
    }
}

/// Makes and prints the token.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let common = arguments.kind.common();
    let bench = Bench::open(&common.meter, context)?;
    let rnd = common.issue.rnd();
    // The value is checked before an identifier is spent on it.
    arguments.kind.content(rnd, Tid::from_field(0))?;
    let mut contents = Vec::new();
    for tid in common.issue.tids(&bench, 1, context)? {
        contents.push(arguments.kind.content(rnd, tid)?);
    }
    finish(&bench, &contents, Generated::make(&bench, &contents), context)
}
