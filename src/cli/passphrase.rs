//! A passphrase for a file that is about to be sealed.

use crate::cli::{CommandError, Context};
use wattkey::error::Code;
use wattkey::keys::{Secret, first_line};

/// From the passphrase file, or asked for twice.
pub fn new_passphrase(context: &Context) -> Result<Secret, CommandError> {
    if let Some(file) = &context.options.keys_passphrase_file {
        return Ok(first_line(file, context.exposure())?);
    }
    let option = "--keys-passphrase-file";
    let first = Secret::new(context.prompter.secret("New passphrase", option)?);
    let second = Secret::new(context.prompter.secret("The same again", option)?);
    if first != second {
        return Err(CommandError::new(Code::BadValue, "the two passphrases differ").hint("Try again."));
    }
    if first.reveal().is_empty() {
        return Err(CommandError::new(Code::BadValue, "the passphrase is empty").hint("Choose several words."));
    }
    Ok(first)
}
