//! A pseudo-terminal whose client side has a name of the user's choice.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use crate::sim::serve::hosted::{HostError, SharedLine};
use crate::sim::serve::talk::{Ending, talk};

/// A pseudo-terminal and the symbolic link to its client side. The link goes when this is dropped.
#[derive(Debug)]
pub struct Pty {
    ours: File,
    /// Held open so that reading goes on when the client closes its end.
    _theirs: File,
    device: PathBuf,
    link: PathBuf,
}

impl Pty {
    /// Makes a pseudo-terminal in raw mode and links `path` to it. A symbolic link that leads nowhere, as one is left
    /// behind by a process that was killed, is replaced; anything else is left alone.
    ///
    /// # Errors
    /// What the system says; `ResourceBusy` when `path` leads to a terminal, `AlreadyExists` when it is anything else.
    pub fn open(path: &Path) -> io::Result<Self> {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&ours)?;
        unlockpt(&ours)?;
        let name = ptsname(&ours, Vec::new())?;
        let device = PathBuf::from(name.to_string_lossy().into_owned());
        let theirs = fs::OpenOptions::new().read(true).write(true).open(&device)?;
        let mut form = tcgetattr(&theirs)?;
        form.make_raw();
        tcsetattr(&theirs, OptionalActions::Now, &form)?;
        match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_symlink() && !path.exists() => fs::remove_file(path)?,
            Ok(_) if fs::canonicalize(path)?.starts_with("/dev") => return Err(io::ErrorKind::ResourceBusy.into()),
            Ok(_) => return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is there and leads to no terminal")),
            Err(_) => {}
        }
        symlink(&device, path)?;
        Ok(Pty { ours: File::from(ours), _theirs: theirs, device, link: path.to_owned() })
    }

    /// A second handle on our side, for the thread that serves it.
    ///
    /// # Errors
    /// What the system says.
    pub fn try_clone(&self) -> io::Result<File> {
        self.ours.try_clone()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // Another may have put its own there meanwhile.
        if fs::read_link(&self.link).is_ok_and(|target| target == self.device) {
            let _ = fs::remove_file(&self.link);
        }
    }
}

/// Serves the line for ever; where the line hangs up, it just begins anew, as a pseudo-terminal has no connection.
///
/// # Errors
/// [`HostError`].
pub fn serve(ours: &File, line: &SharedLine) -> Result<(), HostError> {
    let (mut reader, mut writer) = (ours, ours);
    while talk(line, &mut reader, &mut writer)? == Ending::ByMeter {}
    Ok(())
}
