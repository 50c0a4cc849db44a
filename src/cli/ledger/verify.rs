//! `wattkey ledger verify`.

use crate::cli::{CommandResult, Context};
use wattkey::documents::ledger::verify::Verified;
use wattkey::error::Exit;
use wattkey::ledger::Ledger;

/// Check that no row was changed or taken out
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/ledger/verify.txt"))]
pub struct Arguments {
    /// Hash noted from a report; its first 16 digits will do
    #[arg(long, value_name = "HASH", value_parser = parse_hash)]
    pub head: Option<String>,
}

fn parse_hash(text: &str) -> Result<String, String> {
    let text = text.trim().to_ascii_lowercase();
    let fits = (16..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    fits.then_some(text).ok_or_else(|| "a hash has 64 hexadecimal digits, of which 16 are the least".to_owned())
}

/// Walks the chain; exit code 1 when it is broken.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let path = crate::cli::ledger_file::path(context)?;
    let found = path.exists().then(|| Ledger::open(&path, crate::cli::ledger_file::author())).transpose();
    let verified = match found.and_then(|book| book.map(|book| book.verify(arguments.head.as_deref())).transpose()) {
        Ok(Some(found)) => Verified::from(found),
        Ok(None) if arguments.head.is_some() => Verified::broken(format!("there is no ledger at {}", path.display())),
        Ok(None) => Verified::none(),
        // A file that is no ledger any more is a finding as well.
        Err(error) if error.is_damage() => Verified::broken(error.to_string()),
        Err(error) => return Err(error.into()),
    };
    context.print(&verified)?;
    Ok(if verified.intact { Exit::Done } else { Exit::AnswerNo })
}
