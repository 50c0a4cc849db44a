//! `wattkey token card`: reads an STS meter card.

use std::io::{self, BufRead, Read};

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::token::card::CardDocument;
use wattkey::error::{Code, Exit};
use wattkey::sts::MeterCard;

/// Longest line taken from a swipe reader, in bytes.
const LONGEST_SWIPE: u64 = 4096;

/// Read an STS meter card from its text
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey token card 60072701234567897700000207123456011\n  \
    wattkey token card ';600727012345678977=0000=0207123456011?'\n  \
    wattkey token card -\n\n\
    The identity record has 35 digits: PAN 18, date of expiry 4, token carrier type 2, EA 2, SGC 6, TI 2, KRN 1.\n\
    With - the next line of standard input is read: swipe the card. Both check digits of the PAN are verified.\n\
    Where a command asks for the meter's parameters, --meter-card TEXT gives them all at once.")]
pub struct Arguments {
    /// The 35 digits or track 2 (in quotes), or - for the next line of standard input
    #[arg(required = true, value_name = "TEXT")]
    pub text: Vec<String>,
}

/// Reads the card and prints it.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let text = match arguments.text.as_slice() {
        [only] if only == "-" => swiped()?,
        words => words.join(" "),
    };
    context.print(&CardDocument::of(&text.parse::<MeterCard>()?))?;
    Ok(Exit::Done)
}

fn swiped() -> Result<String, CommandError> {
    let mut line = String::new();
    io::stdin()
        .lock()
        .take(LONGEST_SWIPE)
        .read_line(&mut line)
        .map_err(|error| CommandError::new(Code::File, format!("cannot read standard input: {error}")))?;
    Ok(line)
}
