//! `wattkey smets install feed`.

use std::path::{Path, PathBuf};

use time::OffsetDateTime;

use crate::cli::smets::input;
use crate::cli::smets::install::{load, save};
use crate::cli::{CommandResult, Context};
use wattkey::documents::smets::install::feed::Fed;
use wattkey::error::Exit;
use wattkey::smets::duis::decode::{Decoder, MessageKind};
use wattkey::smets::duis::stream::Messages;
use wattkey::smets::install::feed::{self};

/// Note what decoded messages prove
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/smets/install/feed.txt"))]
pub struct Arguments {
    /// Files with DUIS responses and alerts; - reads standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// Applies the messages, keeps the checklist, and prints what changed.
pub fn run(arguments: &Arguments, file: &Path, context: &mut Context) -> CommandResult {
    let mut checklist = load(file)?;
    let mut fed = Fed { messages: 0, unreadable: 0, changes: Vec::new() };
    let mut decoder = Decoder::default();
    for path in &arguments.files {
        for mut found in Messages::new(input::open(path)?) {
            let message = decoder.decode(&mut found);
            fed.messages += 1;
            fed.unreadable += usize::from(message.kind == MessageKind::Unreadable);
            fed.changes.extend(feed::apply(&mut checklist, &message, OffsetDateTime::now_utc()));
        }
    }
    save(&checklist, file)?;
    let exit = match (fed.unreadable, fed.changes.len()) {
        (1.., _) => Exit::Garbled,
        (0, 0) => Exit::AnswerNo,
        _ => Exit::Done,
    };
    context.print(&fed)?;
    Ok(exit)
}
