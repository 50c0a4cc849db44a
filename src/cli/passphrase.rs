//! A passphrase for a file that is about to be sealed.

use crate::cli::{CommandError, Context, ui};
use wattkey::keys::{Secret, first_line};

/// From the passphrase file, or asked for twice.
pub fn new_passphrase(context: &Context) -> Result<Secret, CommandError> {
    if let Some(file) = &context.options.keys_passphrase_file {
        return Ok(first_line(file, context.exposure())?);
    }
    let option = "--keys-passphrase-file";
    loop {
        let first = Secret::new(context.prompter.secret("New passphrase", option)?);
        let second = Secret::new(context.prompter.secret("The same again", option)?);
        if first.reveal().is_empty() {
            ui::say("The passphrase is empty: choose several words.");
        } else if first == second {
            return Ok(first);
        } else {
            ui::say("The two passphrases differ.");
        }
    }
}
