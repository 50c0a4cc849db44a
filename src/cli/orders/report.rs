//! `wattkey orders status` and `report`: how far campaigns are.

use std::path::PathBuf;

use super::store::StoreArguments;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::files;
use wattkey::orders::report::{OrdersReport, write_page};

/// Show how far campaigns are
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/report.txt"))]
pub struct StatusArguments {
    /// Campaign [default: all]
    #[arg(value_name = "CAMPAIGN")]
    campaign: Option<String>,

    #[command(flatten)]
    store: StoreArguments,
}

/// Shows.
pub(super) fn status(arguments: &StatusArguments, context: &mut Context) -> CommandResult {
    let mut open = arguments.store.open(context)?;
    let report = OrdersReport::read(&mut open.store, arguments.campaign.as_deref())?;
    context.print(&report)?;
    Ok(Exit::Done)
}

/// Report by campaign, area, crew and day, also as a page for print
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/report-2.txt"))]
pub struct ReportArguments {
    /// Only this campaign
    #[arg(long, value_name = "NAME")]
    campaign: Option<String>,

    /// Write the report as one HTML page with charts
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    #[command(flatten)]
    store: StoreArguments,
}

/// Reports.
pub(super) fn report(arguments: &ReportArguments, context: &mut Context) -> CommandResult {
    if let Some(path) = &arguments.html {
        files::check_output(path, context.options.overwrite)
            .map_err(|error| CommandError::new(Code::File, format!("{}: {error}", path.display())))?;
    }
    let mut open = arguments.store.open(context)?;
    let report = OrdersReport::read(&mut open.store, arguments.campaign.as_deref())?;
    if let Some(path) = &arguments.html {
        files::write_output(path, context.options.overwrite, &mut |out| write_page(&report, out))
            .map_err(|error| CommandError::new(Code::File, format!("cannot write {}: {error}", path.display())))?;
        context.note(format!("wrote {}", path.display()));
    }
    context.print(&report)?;
    Ok(Exit::Done)
}
