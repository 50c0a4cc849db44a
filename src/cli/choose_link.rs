//! The link of a command that names none: the only known adapter, or the one a person picks.

use crate::cli::{CommandError, Context};
use wattkey::error::Code;
use wattkey::link::ports::{self, KnownAdapter};

impl Context {
    /// Takes the adapter of this machine where no link is given, and says so. A command that changes the meter takes
    /// none without a person at the terminal.
    pub fn choose_link(&mut self) -> Result<(), CommandError> {
        let may_take = self.only_reads || self.prompter.has_person();
        if self.options.link.is_some() || !may_take {
            return Ok(());
        }
        let adapters = ports::known_adapters();
        let chosen = match adapters.as_slice() {
            [] => return Ok(()),
            [only] => only,
            several if self.prompter.has_person() => {
                let names: Vec<String> = several.iter().map(in_words).collect();
                let index = self.prompter.choose("Which adapter is at the meter?", &names, "--link")?;
                let Some(chosen) = several.get(index) else { return Ok(()) };
                chosen
            }
            several => {
                let names: Vec<String> = several.iter().map(in_words).collect();
                return Err(CommandError::new(
                    Code::Usage,
                    format!("several adapters are plugged in, and --link names none: {}", names.join(", ")),
                )
                .hint("Give --link with one of them."));
            }
        };
        self.note(format!("--link {} is taken: {}", chosen.path, chosen.name));
        self.options.link = Some(chosen.path.clone());
        Ok(())
    }
}

/// Port, adapter and serial number, which tells two of a kind apart.
fn in_words(adapter: &KnownAdapter) -> String {
    let serial = adapter.serial.as_ref().map(|serial| format!(", {serial}")).unwrap_or_default();
    format!("{} ({}{serial})", adapter.path, adapter.name)
}
