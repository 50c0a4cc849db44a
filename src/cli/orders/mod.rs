//! `wattkey orders`: one list for many crews, on a database.

mod crews;
mod export;
mod init;
mod load;
mod report;
mod settle;
mod store;
mod sync;
mod take;
mod verify;

use clap::Subcommand;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::Code;
use wattkey::orders::OrdersError;

/// Work orders for many crews on one database, offline in the field
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders.txt"))]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make the tables of a store, or bring them up to date
    Init(init::Arguments),
    /// Load a list of orders into a campaign
    Load(load::Arguments),
    /// Enrol this laptop
    Register(crews::RegisterArguments),
    /// List the devices of all crews
    Crews(crews::CrewsArguments),
    /// Revoke a device: it gets nothing more
    Revoke(crews::RevokeArguments),
    /// Seal the sets anew, for the devices that are enrolled now
    Reseal(crews::ResealArguments),
    /// Take orders for a time, into one file for work without a network
    Take(take::Arguments),
    /// Send results, and fetch what was decided meanwhile
    Sync(sync::Arguments),
    /// Give orders back that were not begun
    GiveBack(sync::GiveBackArguments),
    /// Give leases a later end
    Extend(sync::ExtendArguments),
    /// Show how far campaigns are
    Status(report::StatusArguments),
    /// Report by campaign, area, crew and day, also as a page for print
    Report(report::ReportArguments),
    /// List events that disagree about an order
    Conflicts(settle::ConflictsArguments),
    /// Settle an order that only a person can settle
    Settle(settle::SettleArguments),
    /// Close a campaign: nothing more is taken from it
    Close(settle::CloseArguments),
    /// Check every chain and every signature in the store
    Verify(verify::Arguments),
    /// Print orders, events, conflicts or the audit, row by row
    Export(export::Arguments),
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        Action::Init(arguments) => init::run(arguments, context),
        Action::Load(arguments) => load::run(arguments, context),
        Action::Register(arguments) => crews::register(arguments, context),
        Action::Crews(arguments) => crews::list(arguments, context),
        Action::Revoke(arguments) => crews::revoke(arguments, context),
        Action::Reseal(arguments) => crews::reseal(arguments, context),
        Action::Take(arguments) => take::run(arguments, context),
        Action::Sync(arguments) => sync::run(arguments, context),
        Action::GiveBack(arguments) => sync::give_back(arguments, context),
        Action::Extend(arguments) => sync::extend(arguments, context),
        Action::Status(arguments) => report::status(arguments, context),
        Action::Report(arguments) => report::report(arguments, context),
        Action::Conflicts(arguments) => settle::conflicts(arguments, context),
        Action::Settle(arguments) => settle::settle(arguments, context),
        Action::Close(arguments) => settle::close(arguments, context),
        Action::Verify(arguments) => verify::run(arguments, context),
        Action::Export(arguments) => export::run(arguments, context),
    }
}

impl From<OrdersError> for CommandError {
    fn from(error: OrdersError) -> Self {
        let plain = CommandError::new(error.code(), error.to_string());
        match error {
            OrdersError::Rows { bad, .. } => bad.into_iter().fold(plain, |error, row| {
                row.problems
                    .into_iter()
                    .fold(error, |error, problem| error.hint(format!("line {}: {problem}", row.line)))
            }),
            OrdersError::List(_) => plain
                .hint("The columns are those of `wattkey bulk run`, and area, priority, site, and those of a record; docs/orders.md lists them."),
            OrdersError::NotInitialised { store } => plain.hint(format!("Run `wattkey orders init {store}`.")),
            OrdersError::Url { .. } => plain.hint("Name the store with --store, WATTKEY_ORDERS, or url under [orders]."),
            OrdersError::OfficeKey(_) => {
                plain.hint(
                "Planner: give --office-key with the file that `wattkey orders init` wrote. Crew: compare the digits with the office.",
            )
            }
            OrdersError::Failed { problem, .. } if problem.contains("no such file") => {
                plain.hint("Check the path; `wattkey orders init sqlite:FILE` makes a store.")
            }
            OrdersError::Unknown(_) if plain.code == Code::BadValue => {
                plain.hint("Correct the name or value; `wattkey orders status` shows what there is.")
            }
            _ => plain,
        }
    }
}
