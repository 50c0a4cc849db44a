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
#[command(after_long_help = include_str!("../../../data/help/token/card.txt"))]
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
