//! `wattkey smets install generation`.

use crate::cli::{CommandResult, Context};
use wattkey::documents::smets::install::generation::Answer;
use wattkey::error::Exit;
use wattkey::smets::install::generation::{Marks, judge};

/// Tell whether a meter is likely SMETS1 or SMETS2
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/smets/install/generation.txt"))]
#[group(required = true, multiple = true)]
pub struct Arguments {
    /// Serial number on the case
    #[arg(long, value_name = "SERIAL")]
    pub serial: Option<String>,

    /// Other marking on the case, such as SM1
    #[arg(long, value_name = "TEXT")]
    pub marking: Option<String>,

    /// SMETSCHTSVersion of the inventory
    #[arg(long = "smets-version", value_name = "TEXT")]
    pub smets_version: Option<String>,

    /// CSPRegion of the inventory
    #[arg(long, value_name = "TEXT")]
    pub region: Option<String>,

    /// The inventory has an S1SP field
    #[arg(long)]
    pub s1sp: bool,
}

/// Weighs the marks and prints the answer.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let verdict = judge(&Marks {
        serial: arguments.serial.clone(),
        marking: arguments.marking.clone(),
        version: arguments.smets_version.clone(),
        region: arguments.region.clone(),
        s1sp: arguments.s1sp,
    });
    let exit = if verdict.generation.is_some() { Exit::Done } else { Exit::AnswerNo };
    context.print(&Answer { verdict })?;
    Ok(exit)
}
