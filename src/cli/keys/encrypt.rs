//! `wattkey keys encrypt`: the normal form of a key file.

use std::path::PathBuf;

use crate::cli::passphrase::new_passphrase;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::keys::{Recipient, is_sealed, read_private, seal, write_private};

#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/keys/encrypt.txt"))]
pub struct Arguments {
    /// Plain file; without it that of --keys
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// New file; without it FILE.age
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Age public key that may open the file; may be given more than once
    #[arg(short, long, value_name = "KEY")]
    recipient: Vec<String>,

    /// Replace the new file if it is already there
    #[arg(long)]
    force: bool,
}

pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let path = super::file(arguments.file.as_deref(), context)?;
    let plain = read_private(path, context.exposure())?;
    if is_sealed(&plain) {
        return Err(CommandError::new(Code::Usage, format!("{} is encrypted already", path.display()))
            .hint("`wattkey keys decrypt` gives the plain file."));
    }
    let output = super::target(arguments.output.as_ref(), || {
        let mut name = path.file_name()?.to_owned();
        name.push(".age");
        Some(path.with_file_name(name))
    })?;
    let recipient = if arguments.recipient.is_empty() {
        Recipient::Passphrase(new_passphrase(context)?)
    } else {
        Recipient::PublicKeys(arguments.recipient.clone())
    };
    let sealed = seal(&plain, &recipient).map_err(|problem| {
        CommandError::new(Code::BadValue, format!("--recipient: {problem}"))
            .hint("A recipient is the public key that `age-keygen` prints.")
    })?;
    write_private(&output, &sealed, arguments.force || context.options.overwrite)?;
    context.note(format!("{} written; remove {} when it opens", output.display(), path.display()));
    Ok(Exit::Done)
}
