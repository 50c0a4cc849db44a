//! `wattkey token generate credit`.

use clap::ValueEnum;

use super::Bench;
use super::issue::IssueOptions;
use super::result::{Generated, notes, table_note};
use crate::cli::options::meter_parameters::MeterParameterOptions;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::Exit;
use wattkey::sts::amount::parse_decimal;
use wattkey::sts::{Amount, Commodity, CurrencyAmount, EncryptionAlgorithm, FieldError, TokenContent};

/// What is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CommodityName {
    /// kWh.
    Electricity,
    /// Cubic metres of water.
    Water,
    /// Cubic metres of gas.
    Gas,
    /// Minutes.
    Time,
}

impl From<CommodityName> for Commodity {
    fn from(name: CommodityName) -> Self {
        match name {
            CommodityName::Electricity => Commodity::Electricity,
            CommodityName::Water => Commodity::Water,
            CommodityName::Gas => Commodity::Gas,
            CommodityName::Time => Commodity::Time,
        }
    }
}

/// Make credit tokens
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Amount with one decimal place, or with --currency five; rounded up to what a token can hold
    #[arg(value_name = "AMOUNT", allow_negative_numbers = true)]
    pub amount: String,

    /// What is sold
    #[arg(long, value_enum, default_value = "electricity")]
    pub commodity: CommodityName,

    /// Credit in money instead of units; may be negative
    #[arg(long)]
    pub currency: bool,

    /// Number of tokens, each with its own identifier
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub count: u16,

    /// Identifier and random number.
    #[command(flatten)]
    pub issue: IssueOptions,

    /// The meter and its present key.
    #[command(flatten)]
    pub meter: MeterParameterOptions,
}

/// Makes and prints the tokens.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let bench = Bench::open(&arguments.meter, context)?;
    // The amount is checked before an identifier is spent on it.
    let amount = amount(arguments)?;
    let tids = arguments.issue.tids(&bench, usize::from(arguments.count), context)?;
    let commodity = arguments.commodity.into();
    let contents: Vec<TokenContent> = tids
        .into_iter()
        .map(|tid| match amount {
            CreditAmount::Units(amount) => TokenContent::Credit { commodity, rnd: arguments.issue.rnd(), tid, amount },
            CreditAmount::Money(amount) => TokenContent::CurrencyCredit { commodity, tid, amount },
        })
        .collect();
    finish(&bench, &contents, Generated::make(&bench, &contents), context)
}

/// Prints the tokens after the notes on them.
pub fn finish(bench: &Bench, contents: &[TokenContent], tokens: Generated, context: &Context) -> CommandResult {
    let sample = (bench.key.algorithm() == EncryptionAlgorithm::Ea07).then(|| table_note(&bench.keyring)).flatten();
    for note in notes(bench, contents).into_iter().chain(sample) {
        context.note(format!("note: {note}"));
    }
    context.print(&tokens)?;
    Ok(Exit::Done)
}

#[derive(Debug, Clone, Copy)]
enum CreditAmount {
    Units(Amount),
    Money(CurrencyAmount),
}

fn amount(arguments: &Arguments) -> Result<CreditAmount, CommandError> {
    if arguments.currency {
        let units = parse_decimal("amount", &arguments.amount, 5, true)?;
        return Ok(CreditAmount::Money(CurrencyAmount::at_least(units)?));
    }
    let tenths = parse_decimal("amount", &arguments.amount, 1, false)?;
    let tenths = u32::try_from(tenths)
        .map_err(|_| FieldError::new("amount", &arguments.amount, "it is too large", "1820162.4 is the largest"))?;
    Ok(CreditAmount::Units(Amount::at_least(tenths)?))
}
