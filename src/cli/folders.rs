//! Where the program keeps things: state, cache, and the configuration file.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use etcetera::BaseStrategy;

use crate::cli::CommandError;
use wattkey::error::Code;

/// Name of the program's folder under each of the platform's folders.
const NAME: &str = "wattkey";

/// The folders of this process, from its environment and the platform's conventions.
///
/// Nothing is created here: who writes, creates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    state: Option<PathBuf>,
    config_file: Option<PathBuf>,
}

impl Folders {
    /// `WATTKEY_STATE_DIR` and `WATTKEY_CONFIG` where they are set and not empty, else the platform's folders.
    pub fn of_process() -> Self {
        Folders::resolve(set("WATTKEY_STATE_DIR"), set("WATTKEY_CONFIG"))
    }

    fn resolve(state: Option<OsString>, config_file: Option<OsString>) -> Self {
        let platform = etcetera::choose_base_strategy().ok();
        let platform = platform.as_ref();
        Folders {
            state: state.map(PathBuf::from).or_else(|| {
                platform.map(|folders| folders.state_dir().unwrap_or_else(|| folders.data_dir()).join(NAME))
            }),
            config_file: config_file
                .map(PathBuf::from)
                .or_else(|| platform.map(|folders| folders.config_dir().join(NAME).join("config.toml"))),
        }
    }

    /// Ledger, simulated meters, learned facts about ports.
    pub fn state(&self) -> Result<PathBuf, CommandError> {
        self.state.clone().ok_or_else(|| {
            CommandError::new(Code::Config, "no home folder is known, so there is no place to keep state")
                .hint("Set WATTKEY_STATE_DIR to a folder.")
        })
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
        let folders = Folders::resolve(Some("/a/state".into()), Some("/b/config.toml".into()));
        assert_eq!(folders.state().unwrap(), PathBuf::from("/a/state"));
        assert_eq!(folders.config_file(), Some(PathBuf::from("/b/config.toml")));
    }

    #[test]
    fn without_a_home_the_error_names_the_variable() {
        let error = Folders::default().state().unwrap_err();
        assert_eq!(error.code, Code::Config);
        assert!(error.hints[0].contains("WATTKEY_STATE_DIR"));
    }
}
