//! `wattkey kct show`: whether a set is whole, and from which key to which it leads.

use super::SetArguments;
use super::document::KeyChangeDocument;
use crate::cli::meter_parameters::MeterParameterOptions;
use crate::cli::{CommandResult, Context};
use wattkey::diagnosis::{KeyChangeSet, Reach, Searcher};
use wattkey::error::Exit;

/// Show whether a set is whole and where it leads
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey kct show 57043592440241877489 00127001930957100147 --drn 01234567897 --keys keys.json\n  \
    wattkey kct show --file reply.xml --drn 01234567897 --keys keys.json\n\n\
    Without --drn only decoder keys of the key file are tried. Exit code 1 when the set is not whole, or leads to\n\
    a key that no vending key at hand makes for this meter.")]
pub struct Arguments {
    #[command(flatten)]
    set: SetArguments,

    #[command(flatten)]
    meter: MeterParameterOptions,
}

/// Reads the set and prints what it is.
///
/// # Errors
/// Keys or tokens that cannot be used.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let tokens = arguments.set.tokens()?;
    let drn = arguments.meter.resolve(context)?.drn;
    let searcher = Searcher::new(crate::cli::diagnose::keyring(context)?.into(), Reach::default());
    let set = KeyChangeSet::read(&tokens, drn, &searcher);
    context.print(&KeyChangeDocument::new(&set))?;
    Ok(if set.is_sound() { Exit::Done } else { Exit::AnswerNo })
}
