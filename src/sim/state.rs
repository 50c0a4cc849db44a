//! Where simulated meters are kept between runs: one file a meter, written so that a crash leaves the old or the new.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::files;
use crate::sim::meter::Meter;

/// Version of the file's layout.
const VERSION: u32 = 1;

/// How long another process may keep a meter before it counts as busy.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);

/// Why a meter's state cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The name cannot be a file's name.
    #[error("{0:?} is no name for a simulated meter: use up to 64 letters, digits, dots, hyphens and underscores")]
    BadName(String),
    /// Another process has the meter open.
    #[error("the simulated meter {0:?} is open in another process")]
    Busy(String),
    /// The file or its folder cannot be read or written.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file does not hold a meter of this version.
    #[error("{path} does not hold a simulated meter: {reason}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

/// The place of one meter, locked against other processes while this lives.
#[derive(Debug)]
pub struct MeterFile {
    path: PathBuf,
    _lock: File,
}

#[derive(Serialize)]
struct Saved<'a> {
    version: u32,
    meter: &'a Meter,
}

#[derive(Deserialize)]
struct Loaded {
    version: u32,
    meter: Meter,
}

impl MeterFile {
    /// Opens the place of the meter `name` in `folder`, which is made when it is missing.
    ///
    /// # Errors
    /// [`StateError`].
    pub fn open(folder: &Path, name: &str) -> Result<Self, StateError> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if name.is_empty() || name.len() > 64 || name.starts_with('.') || !name.chars().all(fits) {
            return Err(StateError::BadName(name.to_owned()));
        }
        files::create_private_folder(folder).map_err(failed(folder))?;
        let lock_path = folder.join(format!("{name}.lock"));
        let lock = private(&lock_path, false).map_err(failed(&lock_path))?;
        // A command that is just ending, as in a pipeline, is waited for; a meter that is being served is not.
        let patience = Instant::now() + LOCK_PATIENCE;
        let mut locked = lock.try_lock();
        while matches!(locked, Err(TryLockError::WouldBlock)) && Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(10));
            locked = lock.try_lock();
        }
        match locked {
            Ok(()) => Ok(MeterFile { path: folder.join(format!("{name}.json")), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(StateError::Busy(name.to_owned())),
            Err(TryLockError::Error(source)) => Err(StateError::Io { path: lock_path, source }),
        }
    }

    /// The meter kept here, if there is one.
    ///
    /// # Errors
    /// [`StateError::Io`], [`StateError::Unreadable`].
    pub fn load(&self) -> Result<Option<Meter>, StateError> {
        let text = match fs::read(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(StateError::Io { path: self.path.clone(), source }),
        };
        let unreadable = |reason: String| StateError::Unreadable { path: self.path.clone(), reason };
        let loaded: Loaded = serde_json::from_slice(&text).map_err(|error| unreadable(error.to_string()))?;
        if loaded.version != VERSION {
            return Err(unreadable(format!("its version is {}, not {VERSION}", loaded.version)));
        }
        Ok(Some(loaded.meter))
    }

    /// Keeps the meter. Until this returns, a crash leaves what was kept before.
    ///
    /// # Errors
    /// [`StateError::Io`].
    pub fn save(&self, meter: &Meter) -> Result<(), StateError> {
        let temporary = self.path.with_extension("json.new");
        let text = serde_json::to_vec(&Saved { version: VERSION, meter })
            .map_err(|error| StateError::Unreadable { path: self.path.clone(), reason: error.to_string() })?;
        let write = || -> io::Result<()> {
            let mut file = private(&temporary, true)?;
            file.write_all(&text)?;
            file.sync_all()?;
            fs::rename(&temporary, &self.path)?;
            self.path.parent().map_or(Ok(()), sync_folder)
        };
        write().map_err(failed(&self.path))
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> StateError {
    let path = path.to_owned();
    |source| StateError::Io { path, source }
}

/// A file that only its owner may read, since it holds a key.
fn private(path: &Path, truncate: bool) -> io::Result<File> {
    files::private(OpenOptions::new().write(true).create(true).truncate(truncate)).open(path)
}

/// A rename is on disk only once the folder is.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
