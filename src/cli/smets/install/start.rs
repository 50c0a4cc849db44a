//! `wattkey smets install start`.

use std::path::Path;

use crate::cli::smets::install::save;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::smets::install::show::Report;
use wattkey::error::{Code, Exit};
use wattkey::smets::identifier::{MprnError, check_mpan, check_mprn};
use wattkey::smets::install::{Checklist, Device};

/// Begin a checklist for the devices of a site
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/smets/install/start.txt"))]
pub struct Arguments {
    /// Device of the site, with its ID where it is known; a hub is always there
    #[arg(long = "device", value_name = "TYPE[=EUI64]", required = true)]
    pub devices: Vec<Device>,

    /// MPAN or MPRN of the site
    #[arg(long = "mpxn", value_name = "NUMBER")]
    pub meter_points: Vec<String>,

    /// The hub takes the place of another: its lists of devices are restored, the old one is reported
    #[arg(long)]
    pub hub_swap: bool,

    /// Replace a checklist that is already there
    #[arg(long)]
    pub force: bool,
}

/// Writes a fresh checklist and shows what comes next.
pub fn run(arguments: &Arguments, file: &Path, context: &mut Context) -> CommandResult {
    if file.exists() && !arguments.force {
        return Err(CommandError::new(Code::Unsafe, format!("{} is there already", file.display()))
            .hint("Name another with --file, or replace it with --force."));
    }
    for number in &arguments.meter_points {
        let problem = if number.len() > 10 {
            check_mpan(number).err().map(|error| error.to_string())
        } else {
            match check_mprn(number) {
                Err(error @ MprnError::CheckDigits { .. }) => {
                    context.note(format_args!("{number}: {error}"));
                    None
                }
                other => other.err().map(|error| error.to_string()),
            }
        };
        if let Some(problem) = problem {
            return Err(CommandError::new(Code::BadValue, format!("--mpxn {number}: {problem}")));
        }
    }
    let mut checklist = Checklist::new(arguments.devices.clone(), arguments.meter_points.clone());
    checklist.hub_swap = arguments.hub_swap;
    save(&checklist, file)?;
    context.print(&Report::of(&checklist, true))?;
    Ok(Exit::Done)
}
