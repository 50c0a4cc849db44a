//! `wattkey limit`: power and demand limits.

mod change;
mod token;

use clap::{Args, Subcommand};

use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::change::LimitKind;
use wattkey::error::{Code, Exit};
use wattkey::meter::MeterRef;
use wattkey::quantity::parse_power;

use wattkey::documents::limit::Limit;

/// Show, set or lift power and demand limits
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/limit.txt"))]
pub struct Arguments {
    /// What to do; shows the limits when left out.
    #[command(subcommand)]
    pub action: Option<Action>,
}

/// The subcommands.
#[derive(Debug, Clone, Subcommand)]
pub enum Action {
    /// Show the limits in force
    Show,
    /// Set a limit, after showing the old one
    #[command(after_long_help = include_str!("../../../data/help/limit/set.txt"))]
    Set(Set),
    /// Lift a limit, after showing the old one
    #[command(after_long_help = "Examples:\n  wattkey limit clear --power --credentials manager.toml")]
    Clear(Clear),
}

/// What is set.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = true)]
pub struct Set {
    /// Active power above which the meter disconnects, in W, or with kW behind it
    #[arg(long, value_name = "WATTS", value_parser = parse_power, conflicts_with = "token")]
    pub power: Option<f64>,

    /// Demand above which the meter acts, in W, or with kW behind it
    #[arg(long, value_name = "WATTS", value_parser = parse_power, conflicts_with = "token")]
    pub demand: Option<f64>,

    /// The head-end's token that sets the power limit, twenty digits
    #[arg(long, value_name = "TOKEN", num_args = 1..)]
    pub token: Vec<String>,
}

/// What is lifted.
#[derive(Debug, Clone, Copy, Args)]
#[group(required = true, multiple = true)]
pub struct Clear {
    /// The power limit
    #[arg(long)]
    pub power: bool,

    /// The demand limit
    #[arg(long)]
    pub demand: bool,
}

/// Shows, sets or lifts.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        None | Some(Action::Show) => show(context),
        Some(Action::Set(set)) if !set.token.is_empty() => token::run(&set.token, context),
        Some(Action::Set(set)) => {
            let wanted = [(LimitKind::Power, set.power), (LimitKind::Demand, set.demand)];
            let wanted: Vec<_> = wanted.into_iter().filter_map(|(which, watts)| Some((which, Some(watts?)))).collect();
            change::run(&wanted, context)
        }
        Some(Action::Clear(clear)) => {
            let wanted = [(LimitKind::Power, clear.power), (LimitKind::Demand, clear.demand)];
            let wanted: Vec<_> = wanted.into_iter().filter(|(_, lift)| *lift).map(|(which, _)| (which, None)).collect();
            change::run(&wanted, context)
        }
    }
}

fn show(context: &mut Context) -> CommandResult {
    meter::with(context, |meter, context| {
        let limits = meter.limits()?;
        let (link, reference) = (meter.link_name(), MeterRef::of_reading(meter)?);
        let serial = reference.serial.clone();
        let document = Limit { link, serial, meter: reference, limits, before: None, outcome: "shown", reason: None };
        context.print(&document)?;
        Ok(Exit::Done)
    })
}

fn not_confirmed() -> CommandError {
    CommandError::new(Code::NotConfirmed, "no limit was changed")
}
