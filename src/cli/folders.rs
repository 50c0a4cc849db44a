//! Where the program keeps things: state, cache, and the configuration file.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use etcetera::BaseStrategy;

use crate::cli::{CommandError, ui};
use wattkey::error::Code;
use wattkey::state::mark::Standing;
use wattkey::state::{self, StateError};

/// Name of the program's folder under each of the platform's folders.
const NAME: &str = "wattkey";

/// The state folder that this process has looked at.
static LOOKED_AT: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Said once, by the command that finds it.
const RESTORED: &str = "note: the state folder seems to be a copy of an earlier time, or comes from another machine: \
                        counters and message numbers go on above what may have been used since, and the ledger may lack \
                        what was done since (`wattkey help topic state`)";

/// The folders of this process, from its environment and the platform's conventions.
///
/// Nothing but the state folder is created here: who writes, creates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    state: Option<PathBuf>,
    cache: Option<PathBuf>,
    config_file: Option<PathBuf>,
}

impl Folders {
    /// `WATTKEY_STATE_DIR`, `WATTKEY_CACHE_DIR` and `WATTKEY_CONFIG` where they are set and not empty, else the platform's
    /// folders.
    pub fn of_process() -> Self {
        Folders::resolve(set("WATTKEY_STATE_DIR"), set("WATTKEY_CACHE_DIR"), set("WATTKEY_CONFIG"))
    }

    fn resolve(state: Option<OsString>, cache: Option<OsString>, config_file: Option<OsString>) -> Self {
        let platform = etcetera::choose_base_strategy().ok();
        let platform = platform.as_ref();
        Folders {
            state: state.map(PathBuf::from).or_else(|| {
                platform.map(|folders| folders.state_dir().unwrap_or_else(|| folders.data_dir()).join(NAME))
            }),
            cache: cache.map(PathBuf::from).or_else(|| platform.map(|folders| folders.cache_dir().join(NAME))),
            config_file: config_file
                .map(PathBuf::from)
                .or_else(|| platform.map(|folders| folders.config_dir().join(NAME).join("config.toml"))),
        }
    }

    /// Where the state folder is, which need not exist; `None` without a home folder.
    pub fn state_path(&self) -> Option<&Path> {
        self.state.as_deref()
    }

    /// Ledger, simulated meters, learned facts about ports. The folder is looked at before its first use.
    pub fn state(&self) -> Result<PathBuf, CommandError> {
        let folder = self.state.clone().ok_or_else(|| {
            CommandError::new(Code::Config, "no home folder is known, so there is no place to keep state")
                .hint("Set WATTKEY_STATE_DIR to a folder.")
        })?;
        let mut looked_at = LOOKED_AT.lock().unwrap_or_else(PoisonError::into_inner);
        if looked_at.as_ref() != Some(&folder) {
            let beside = self.cache.as_ref().map(|cache| cache.join("watermarks.sqlite"));
            let standing = state::check(&folder, beside.as_deref()).map_err(|error| {
                let plain = CommandError::new(Code::StateFolder, error.to_string());
                match error {
                    StateError::Open { path, .. } => plain.hint(format!("Run `chmod go-w {}`.", path.display())),
                    _ => plain.hint("Set WATTKEY_STATE_DIR to a folder of your own on a disk of this machine."),
                }
            })?;
            if standing == Standing::Restored {
                ui::say(RESTORED);
            }
            *looked_at = Some(folder.clone());
        }
        Ok(folder)
    }

    /// The configuration file, which need not exist; `None` without a home folder.
    pub fn config_file(&self) -> Option<PathBuf> {
        self.config_file.clone()
    }

    /// The user's own records for `explain`, beside the configuration file; it need not exist.
    pub fn records_file(&self) -> Option<PathBuf> {
        Some(self.config_file.as_ref()?.with_file_name("records.json"))
    }

    /// The user's own meter profiles, beside the configuration file; it need not exist.
    pub fn profiles(&self) -> Option<PathBuf> {
        Some(self.config_file.as_ref()?.with_file_name("profiles"))
    }
}

fn set(variable: &str) -> Option<OsString> {
    env::var_os(variable).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_win_over_the_platform() {
        let folders = Folders::resolve(Some("/a/state".into()), None, Some("/b/config.toml".into()));
        assert_eq!(folders.state_path(), Some(Path::new("/a/state")));
        assert_eq!(folders.config_file(), Some(PathBuf::from("/b/config.toml")));
    }

    #[test]
    fn without_a_home_the_error_names_the_variable() {
        let error = Folders::default().state().unwrap_err();
        assert_eq!(error.code, Code::Config);
        assert!(error.hints[0].contains("WATTKEY_STATE_DIR"));
    }
}
