//! Where the store of an office is, as the configuration file has it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The section `[orders]` of the configuration file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The store.
    pub url: Option<String>,
    /// The office key.
    pub office_key: Option<PathBuf>,
    /// Passwords, in the form of PostgreSQL's `.pgpass`.
    pub password_file: Option<PathBuf>,
    /// Certificates that the server's is checked with.
    pub root_certificates: Option<PathBuf>,
}

impl Section {
    /// Makes relative paths start at `base`.
    pub fn rebase(&mut self, base: &dyn Fn(&Path) -> PathBuf) {
        for path in [&mut self.office_key, &mut self.password_file, &mut self.root_certificates].into_iter().flatten() {
            *path = base(path);
        }
        // The file of a store is named as a path, too.
        if let Some(url) = &mut self.url
            && let Some(file) = url.strip_prefix("sqlite:").filter(|file| Path::new(file).is_relative())
        {
            *url = format!("sqlite:{}", base(Path::new(file)).display());
        }
    }
}
