//! Where a run keeps what it is about, and the locks that keep a second process away.
//!
//! A lock is a file held open and locked; the system drops it when its owner dies, however it dies.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Code;
use crate::ledger::chain::hex;

/// Longest name of a run, in characters.
const LONGEST_NAME: usize = 64;

/// How long a lock is waited for.
const PATIENCE: Duration = Duration::from_millis(500);

/// Why the place cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// The name cannot be a file's.
    #[error("{0:?} is no name for a run: use up to 64 letters, digits, dots, hyphens and underscores")]
    BadName(String),
    /// Another process has the run or the port.
    #[error("{what} is in use by another process{}", owner.as_ref().map(|owner| format!(" ({owner})")).unwrap_or_default())]
    Busy {
        /// The run or port.
        what: String,
        /// Who has it, as far as its lock file tells.
        owner: Option<String>,
    },
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

impl PlaceError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            PlaceError::BadName(_) => Code::BadValue,
            PlaceError::Busy { .. } => Code::PortBusy,
            PlaceError::Io { .. } | PlaceError::Unreadable { .. } => Code::File,
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

/// Held while this lives, and no longer than its process.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock at `path`; `what` names it to people.
    fn take(path: &Path, what: &str) -> Result<Self, PlaceError> {
        let failed = |source| PlaceError::Io { path: path.to_owned(), source };
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
        // Somebody who only looks whether the lock is held has it for an instant.
        let patience = Instant::now() + PATIENCE;
        let mut locked = file.try_lock();
        while matches!(locked, Err(TryLockError::WouldBlock)) && Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(10));
            locked = file.try_lock();
        }
        match locked {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(PlaceError::Busy { what: what.to_owned(), owner: owner(&mut file) });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        // For people only; a disk without room for it does not take the lock away.
        let _ = file.set_len(0).and_then(|()| write!(file, "process {} holds {what}", std::process::id()));
        Ok(Lock { _file: file })
    }

    /// Whether somebody holds the lock at `path` now, and who.
    fn holder(path: &Path) -> Option<String> {
        let mut file = File::open(path).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Some(owner(&mut file).unwrap_or_else(|| "another process".to_owned())),
            _ => None,
        }
    }
}

/// The first word or two of a lock file: `process N`.
fn owner(file: &mut File) -> Option<String> {
    let mut text = String::new();
    file.take(256).read_to_string(&mut text).ok()?;
    let (process, _) = text.split_once(" holds ")?;
    Some(process.to_owned())
}

/// The folder of all runs.
#[derive(Debug, Clone)]
pub struct Place {
    folder: PathBuf,
}

impl Place {
    /// In the state folder.
    pub fn new(state: &Path) -> Self {
        Place { folder: state.join("bulk") }
    }

    fn make(&self) -> Result<(), PlaceError> {
        let ports = self.folder.join("ports");
        fs::create_dir_all(&ports).map_err(|source| PlaceError::Io { path: ports, source })
    }

    fn file(&self, run: &str, extension: &str) -> Result<PathBuf, PlaceError> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if run.is_empty() || run.len() > LONGEST_NAME || run.starts_with('.') || !run.chars().all(fits) {
            return Err(PlaceError::BadName(run.to_owned()));
        }
        Ok(self.folder.join(format!("{run}.{extension}")))
    }

    /// Takes a run for this process.
    ///
    /// # Errors
    /// [`PlaceError::Busy`] when another process runs it.
    pub fn lock_run(&self, run: &str) -> Result<Lock, PlaceError> {
        let path = self.file(run, "lock")?;
        self.make()?;
        Lock::take(&path, &format!("the run {run:?}"))
    }

    /// The process that runs it now.
    pub fn runner(&self, run: &str) -> Option<String> {
        Lock::holder(&self.file(run, "lock").ok()?)
    }

    fn port_file(&self, port: &str) -> PathBuf {
        let digest = hex(&Sha256::digest(port.as_bytes()));
        self.folder.join("ports").join(format!("{}.lock", digest.get(..32).unwrap_or(&digest)))
    }

    /// Takes a port for this process.
    ///
    /// # Errors
    /// [`PlaceError::Busy`] when another process works on it.
    pub fn lock_port(&self, port: &str) -> Result<Lock, PlaceError> {
        self.make()?;
        Lock::take(&self.port_file(port), &format!("the port {port}"))
    }

    /// The process that works on a port now.
    pub fn port_holder(&self, port: &str) -> Option<String> {
        Lock::holder(&self.port_file(port))
    }

    /// What is kept of a run; `None` when it was never begun here.
    ///
    /// # Errors
    /// [`PlaceError`].
    pub fn record(&self, run: &str) -> Result<Option<RunRecord>, PlaceError> {
        let path = self.file(run, "json")?;
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(PlaceError::Io { path, source }),
        };
        let record = serde_json::from_slice(&text);
        record.map(Some).map_err(|error| PlaceError::Unreadable { path, reason: error.to_string() })
    }

    /// Keeps it. Until this returns, a crash leaves what was kept before.
    ///
    /// # Errors
    /// [`PlaceError::Io`], as on a full disk.
    pub fn keep(&self, record: &RunRecord) -> Result<(), PlaceError> {
        let path = self.file(&record.run, "json")?;
        let text = serde_json::to_vec_pretty(record)
            .map_err(|error| PlaceError::Unreadable { path: path.clone(), reason: error.to_string() })?;
        write_whole(&path, &mut |file| file.write_all(&text)).map_err(|source| PlaceError::Io { path, source })
    }
}

/// Writes a file so that a crash or a full disk leaves the old one or the new one, never a part.
///
/// # Errors
/// Those of the system; what was begun is taken away again.
pub fn write_whole(path: &Path, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let mut begun = || -> io::Result<()> {
        let mut file = io::BufWriter::new(File::create(&part)?);
        write(&mut file)?;
        file.flush()?;
        file.get_ref().sync_all()?;
        fs::rename(&part, path)
    };
    begun().inspect_err(|_| {
        let _ = fs::remove_file(&part);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_and_a_port_are_one_process_s_until_it_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path());
        assert_eq!(place.runner("monday"), None);
        let run = place.lock_run("monday").unwrap();
        let port = place.lock_port("h:1").unwrap();
        let refused = place.lock_run("monday").unwrap_err();
        assert!(refused.to_string().contains(&format!("process {}", std::process::id())), "{refused}");
        assert!(matches!(place.lock_port("h:1"), Err(PlaceError::Busy { .. })));
        assert!(place.runner("monday").is_some() && place.port_holder("h:1").is_some());
        assert!(place.lock_port("h:2").is_ok());
        drop((run, port));
        assert!(place.lock_run("monday").is_ok() && place.lock_port("h:1").is_ok());
        assert_eq!(place.runner("monday"), None);
    }

    #[test]
    fn names_stay_inside_the_folder() {
        let place = Place::new(Path::new("/nowhere"));
        for name in ["", ".", "..", "../x", "a/b", "a b", &"x".repeat(65)] {
            assert!(matches!(place.lock_run(name), Err(PlaceError::BadName(_))), "{name}");
        }
    }

    #[test]
    fn what_is_kept_of_a_run_is_the_old_or_the_new() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path());
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
        let path = folder.path().join("report.html");
        fs::write(&path, "old").unwrap();
        let full = write_whole(&path, &mut |_| Err(io::ErrorKind::StorageFull.into()));
        assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no part is left");
    }
}
