//! Where a run keeps what it is about, and the lock that keeps a second process away from it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::connect::port_lock::{Lock, LockError};
use crate::error::Code;
use crate::files;

/// Longest name of a run, in characters.
const LONGEST_NAME: usize = 64;

/// Why the place cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RunDirectoryError {
    /// The name cannot be a file's.
    #[error("{0:?} is no name for a run: use up to 64 letters, digits, dots, hyphens and underscores")]
    BadName(String),
    /// Another process has the run, or its lock cannot be taken.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// A file or folder cannot be used.
    #[error("{path} cannot be written: {source}", path = path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file about the run is not one of this program.
    #[error("{path} does not tell of a run: {reason}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl RunDirectoryError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            RunDirectoryError::BadName(_) => Code::BadValue,
            RunDirectoryError::Lock(error) => error.code(),
            RunDirectoryError::Io { .. } | RunDirectoryError::Unreadable { .. } => Code::File,
        }
    }
}

/// What is known of a run besides the ledger's rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Name of the run.
    pub run: String,
    /// The list, as the user named it.
    pub list: String,
    /// SHA-256 of the list.
    pub digest: String,
    /// Jobs of the list.
    pub jobs: u64,
    /// Lines they are on.
    pub lines: u64,
    /// When it was started last, RFC 3339 UTC.
    pub started_at: String,
    /// When it was begun first, RFC 3339 UTC.
    pub begun_at: String,
}

/// The folder of all runs.
#[derive(Debug, Clone)]
pub struct RunDirectory {
    folder: PathBuf,
}

impl RunDirectory {
    /// In the state folder.
    pub fn new(state: &Path) -> Self {
        RunDirectory { folder: state.join("bulk") }
    }

    /// Names of the runs that were begun, in order; none where the folder cannot be read.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let records =
            entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "json"));
        let mut names: Vec<String> = records.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
        names.sort();
        names
    }

    fn make(&self) -> Result<(), RunDirectoryError> {
        files::create_private_folder(&self.folder)
            .map_err(|source| RunDirectoryError::Io { path: self.folder.clone(), source })
    }

    fn file(&self, run: &str, extension: &str) -> Result<PathBuf, RunDirectoryError> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if run.is_empty() || run.len() > LONGEST_NAME || run.starts_with('.') || !run.chars().all(fits) {
            return Err(RunDirectoryError::BadName(run.to_owned()));
        }
        Ok(self.folder.join(format!("{run}.{extension}")))
    }

    /// Takes a run for this process.
    ///
    /// # Errors
    /// [`LockError::Busy`] when another process runs it.
    pub fn lock_run(&self, run: &str) -> Result<Lock, RunDirectoryError> {
        let path = self.file(run, "lock")?;
        self.make()?;
        Ok(Lock::take(&path, &format!("the run {run:?}"))?)
    }

    /// The process that runs it now.
    pub fn runner(&self, run: &str) -> Option<String> {
        Lock::holder(&self.file(run, "lock").ok()?)
    }

    /// What is kept of a run; `None` when it was never begun here.
    ///
    /// # Errors
    /// [`RunDirectoryError`].
    pub fn record(&self, run: &str) -> Result<Option<RunRecord>, RunDirectoryError> {
        let path = self.file(run, "json")?;
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(RunDirectoryError::Io { path, source }),
        };
        let record = serde_json::from_slice(&text);
        record.map(Some).map_err(|error| RunDirectoryError::Unreadable { path, reason: error.to_string() })
    }

    /// Keeps it. Until this returns, a crash leaves what was kept before.
    ///
    /// # Errors
    /// [`RunDirectoryError::Io`], as on a full disk.
    pub fn keep(&self, record: &RunRecord) -> Result<(), RunDirectoryError> {
        let path = self.file(&record.run, "json")?;
        let text = serde_json::to_vec_pretty(record)
            .map_err(|error| RunDirectoryError::Unreadable { path: path.clone(), reason: error.to_string() })?;
        files::replace_with(&path, &text).map_err(|source| RunDirectoryError::Io { path, source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_belongs_to_one_process_until_it_is_released() {
        let folder = tempfile::tempdir().unwrap();
        let place = RunDirectory::new(folder.path());
        assert_eq!(place.runner("monday"), None);
        let run = place.lock_run("monday").unwrap();
        let refused = place.lock_run("monday").unwrap_err();
        assert!(refused.to_string().contains(&format!("process {}", std::process::id())), "{refused}");
        assert!(place.runner("monday").is_some());
        drop(run);
        assert!(place.lock_run("monday").is_ok());
        assert_eq!(place.runner("monday"), None);
    }

    #[test]
    fn names_stay_inside_the_folder() {
        let place = RunDirectory::new(Path::new("/nowhere"));
        for name in ["", ".", "..", "../x", "a/b", "a b", &"x".repeat(65)] {
            assert!(matches!(place.lock_run(name), Err(RunDirectoryError::BadName(_))), "{name}");
        }
    }

    #[test]
    fn what_is_kept_of_a_run_is_the_old_or_the_new() {
        let folder = tempfile::tempdir().unwrap();
        let place = RunDirectory::new(folder.path());
        let _lock = place.lock_run("monday").unwrap();
        assert_eq!(place.record("monday").unwrap(), None);
        let record = RunRecord {
            run: "monday".into(),
            list: "jobs.csv".into(),
            digest: "00".into(),
            jobs: 2,
            lines: 1,
            started_at: "2026-11-21T08:00:00Z".into(),
            begun_at: "2026-11-21T08:00:00Z".into(),
        };
        place.keep(&record).unwrap();
        assert_eq!(place.record("monday").unwrap(), Some(record));
    }
}
