//! `wattkey kct show`: whether a set is whole, and from which key to which it leads.

use super::SetArguments;
use crate::cli::options::meter_parameters::MeterParameterOptions;
use crate::cli::options::slip::SlipOptions;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::diagnosis::key_change_set::{judge, lacks_rollover};
use wattkey::diagnosis::{KeyChangeSet, Reach, Searcher};
use wattkey::documents::kct::KeyChangeDocument;
use wattkey::error::{Code, Exit};
use wattkey::output::slip::{Slip, SlipToken};

/// Show whether a set is whole and where it leads
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/kct/show.txt"))]
pub struct Arguments {
    #[command(flatten)]
    set: SetArguments,

    #[command(flatten)]
    meter: MeterParameterOptions,

    #[command(flatten)]
    slip: SlipOptions,
}

/// The tokens of a sound set on paper, by section.
fn slip(set: &KeyChangeSet, meter: Option<String>) -> Slip {
    let count = set.tokens.len();
    let tokens = set.tokens.iter().enumerate().map(|(at, token)| SlipToken {
        digits: token.token.grouped(),
        what: format!("Key change, token {} of {count}", at.saturating_add(1)),
    });
    let unread =
        set.is_complete().is_none().then(|| "No key at hand reads these tokens: they were not checked.".to_owned());
    let notes = [
        "Key in credit that is already bought first: it is no longer taken afterwards.".to_owned(),
        "Key in all of them without a long pause; the meter forgets an unfinished set.".to_owned(),
    ];
    Slip { meter, tokens: tokens.collect(), notes: notes.into_iter().chain(unread).collect() }
}

/// Reads the set and prints what it is.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let text = arguments.set.read()?;
    let meter = arguments.meter.resolve(context)?;
    let searcher = Searcher::new(context.keyring()?.into(), Reach::default());
    let mut set = KeyChangeSet::read(&text.tokens, meter.drn, &searcher);
    let claims = text.claims();
    let proof =
        judge(&set, &claims, &searcher).map_err(|contradiction| set.problems.push(contradiction.to_string())).ok();
    if let Some((from, to)) = lacks_rollover(&set, meter.base_date, &claims) {
        set.problems.push(format!(
            "it moves from base date {from} to {to} without the roll-over bit: the meter would keep its old token \
             identifiers and call every new token old"
        ));
    }
    let proof = proof.filter(|_| set.is_complete() != Some(false));
    if arguments.slip.is_wanted() {
        if set.is_complete() == Some(false) || !set.problems.is_empty() {
            let why = set.problems.first().map_or("a section is missing", String::as_str);
            return Err(CommandError::new(Code::BadValue, format!("no slip is written: {why}"))
                .hint("A set that is not whole must not be keyed in."));
        }
        arguments.slip.write(&slip(&set, meter.drn.map(|drn| drn.grouped())), context)?;
    }
    context.print(&KeyChangeDocument::new(&set, proof))?;
    Ok(if set.is_sound() { Exit::Done } else { Exit::AnswerNo })
}
