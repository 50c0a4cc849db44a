//! Locks that keep a second process away from a port or a run.
//!
//! A lock is a file held open and locked; the system drops it when its owner ends, however it ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::error::Code;
use crate::files;
use crate::hex;
use crate::link::LinkAddress;

/// How long a lock is waited for.
const PATIENCE: Duration = Duration::from_millis(500);

/// Why a lock cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process holds it.
    #[error("{what} is in use by another process{}", owner.as_ref().map(|owner| format!(" ({owner})")).unwrap_or_default())]
    Busy {
        /// What the lock protects.
        what: String,
        /// Who holds it, as far as the lock file says.
        owner: Option<String>,
    },
    /// The lock file or its folder cannot be used.
    #[error("{path} cannot be written: {source}", path = path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl LockError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            LockError::Busy { .. } => Code::PortBusy,
            LockError::Io { .. } => Code::File,
        }
    }
}

/// Held while this lives, and no longer than its process.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock at `path`, whose folder must exist; `what` names what it protects in messages.
    ///
    /// # Errors
    /// [`LockError::Busy`] when another process holds it.
    pub fn take(path: &Path, what: &str) -> Result<Self, LockError> {
        let failed = |source| LockError::Io { path: path.to_owned(), source };
        let mut file = files::private(OpenOptions::new().read(true).write(true).create(true).truncate(false))
            .open(path)
            .map_err(failed)?;
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
                return Err(LockError::Busy { what: what.to_owned(), owner: owner(&mut file) });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        // For people only; a disk without room for it does not take the lock away.
        let _ = file.set_len(0).and_then(|()| write!(file, "process {} holds {what}", std::process::id()));
        Ok(Lock { _file: file })
    }

    /// Who holds the lock at `path` now, if anybody does.
    pub fn holder(path: &Path) -> Option<String> {
        let mut file = File::open(path).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Some(owner(&mut file).unwrap_or_else(|| "another process".to_owned())),
            _ => None,
        }
    }
}

/// The first two words of a lock file: `process N`.
fn owner(file: &mut File) -> Option<String> {
    let mut text = String::new();
    file.take(256).read_to_string(&mut text).ok()?;
    let (process, _) = text.split_once(" holds ")?;
    Some(process.to_owned())
}

/// The locks of ports, in the state folder.
#[derive(Debug, Clone)]
pub struct PortLocks {
    folder: PathBuf,
}

impl PortLocks {
    /// The locks of this state folder.
    pub fn new(state: &Path) -> Self {
        PortLocks { folder: state.join("bulk").join("ports") }
    }

    fn file(&self, port: &str) -> PathBuf {
        let digest = hex::encode(&Sha256::digest(port.as_bytes()));
        self.folder.join(format!("{}.lock", digest.get(..32).unwrap_or(&digest)))
    }

    /// Takes a port, as [`port_of`] names it, for this process.
    ///
    /// # Errors
    /// [`LockError::Busy`] when another process works on it.
    pub fn take(&self, port: &str) -> Result<Lock, LockError> {
        files::create_private_folder(&self.folder)
            .map_err(|source| LockError::Io { path: self.folder.clone(), source })?;
        Lock::take(&self.file(port), &format!("the port {port}"))
    }

    /// The process that works on a port now.
    pub fn holder(&self, port: &str) -> Option<String> {
        Lock::holder(&self.file(port))
    }
}

/// The port of a link: two links to one device have the same.
pub fn port_of(link: &LinkAddress) -> String {
    match link {
        // Adapters have several names; the device behind them is one.
        LinkAddress::Serial(serial) => {
            fs::canonicalize(&serial.path).map_or_else(|_| serial.path.clone(), |path| path.display().to_string())
        }
        LinkAddress::Tcp(tcp) => format!("{}:{}", tcp.host.to_lowercase(), tcp.port),
        LinkAddress::Rfc2217(remote) => format!("{}:{}", remote.host.to_lowercase(), remote.port),
        LinkAddress::Sim(sim) if !sim.name.is_empty() => format!("sim:{}", sim.name),
        LinkAddress::Sim(_) | LinkAddress::Replay(_) => link.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_belongs_to_one_process_until_it_is_released() {
        let folder = tempfile::tempdir().unwrap();
        let locks = PortLocks::new(folder.path());
        let held = locks.take("h:1").unwrap();
        let refused = locks.take("h:1").unwrap_err();
        assert!(refused.to_string().contains(&format!("process {}", std::process::id())), "{refused}");
        assert!(locks.holder("h:1").is_some());
        assert!(locks.take("h:2").is_ok());
        drop(held);
        assert_eq!(locks.holder("h:1"), None);
        assert!(locks.take("h:1").is_ok());
    }
}
