//! Whether a state folder may be used at all.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use super::mark::{self, Standing};
use crate::files;

/// Why a state folder is not used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// Another user's: what it says cannot be relied upon, and what is written to it is theirs.
    #[error("the state folder {path} belongs to another user (uid {owner})", path = path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// Its owner.
        owner: u32,
    },
    /// Everybody may write to it.
    #[error("everybody may write to the state folder {path} (mode {mode:o})", path = path.display())]
    Open {
        /// The folder.
        path: PathBuf,
        /// Its mode bits.
        mode: u32,
    },
    /// On a network file system, where locks and shared memory of SQLite do not hold between hosts.
    #[error("the state folder {path} is on a network file system ({kind}), where two laptops could use it at once", path = path.display())]
    Network {
        /// The folder.
        path: PathBuf,
        /// Name of the file system.
        kind: &'static str,
    },
    /// It is a copy of an earlier time, and that cannot be noted in it.
    #[error("the state folder {path} is a copy of an earlier time, and that cannot be noted in it: {reason}", path = path.display())]
    Unmarked {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
}

/// Looks at a state folder before it is used, makes it where it is not there, and leaves the mark in it by which a copy
/// is told. One that cannot be made is fine here: whoever writes says what keeps it from being made. `beside` is where
/// numbers are kept outside the folder.
///
/// # Errors
/// [`StateError`].
pub fn check(folder: &Path, beside: Option<&Path>) -> Result<Standing, StateError> {
    if !folder.exists() && files::create_private_folder(folder).is_err() {
        return Ok(Standing::Same);
    }
    let metadata = match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => metadata,
        _ => return Ok(Standing::Same),
    };
    refuse_foreign(folder, &metadata)?;
    refuse_network(folder)?;
    mark::look(folder, beside)
        .map_err(|error| StateError::Unmarked { path: folder.to_owned(), reason: error.to_string() })
}

#[cfg(unix)]
fn refuse_foreign(folder: &Path, metadata: &Metadata) -> Result<(), StateError> {
    use std::os::unix::fs::MetadataExt;
    let (owner, mode) = (metadata.uid(), metadata.mode() & 0o7777);
    if is_foreign(owner, rustix::process::geteuid().as_raw()) {
        return Err(StateError::Foreign { path: folder.to_owned(), owner });
    }
    if mode & 0o002 != 0 { Err(StateError::Open { path: folder.to_owned(), mode }) } else { Ok(()) }
}

#[cfg(not(unix))]
fn refuse_foreign(_folder: &Path, _metadata: &Metadata) -> Result<(), StateError> {
    Ok(())
}

/// Whether a folder of `owner` is somebody else's for `user`. The super-user's is not: who is root can change anything here
/// anyway, and containers mount folders so.
#[cfg_attr(not(unix), allow(dead_code))]
const fn is_foreign(owner: u32, user: u32) -> bool {
    owner != 0 && owner != user
}

/// Magic numbers of file systems that other hosts may have mounted too (Linux, `statfs(2)`). Those of FUSE and of
/// virtual machines' shared folders do not tell, and are taken.
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
const NETWORK: [(i64, &str); 8] = [
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0xFE53_4D42, "SMB2"),
    (0x5346_414F, "AFS"),
    (0x7375_7245, "Coda"),
    (0x00C3_6400, "Ceph"),
    (0x0BD0_0BD0, "Lustre"),
];

#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
fn network_name(magic: i64) -> Option<&'static str> {
    // The field is signed on some machines and of 32 bits on others.
    NETWORK.iter().find(|(known, _)| *known == magic & 0xFFFF_FFFF).map(|(_, name)| *name)
}

#[cfg(target_os = "linux")]
fn refuse_network(folder: &Path) -> Result<(), StateError> {
    let Ok(found) = rustix::fs::statfs(folder) else { return Ok(()) };
    #[allow(clippy::unnecessary_cast, clippy::useless_conversion)]
    match network_name(i64::from(found.f_type)) {
        Some(kind) => Err(StateError::Network { path: folder.to_owned(), kind }),
        None => Ok(()),
    }
}

#[cfg(not(target_os = "linux"))]
fn refuse_network(_folder: &Path) -> Result<(), StateError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn network_file_systems_are_told_by_their_numbers() {
        assert_eq!(network_name(0x6969), Some("NFS"));
        assert_eq!(network_name(i64::from(0xFF53_4D42_u32.cast_signed())), Some("CIFS"));
        // ext4, Btrfs, tmpfs, FUSE, 9p.
        for local in [0xEF53, 0x9123_683E, 0x0102_1994, 0x6573_5546, 0x0102_1997] {
            assert_eq!(network_name(local), None);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_of_another_user_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        // Only the super-user can give a folder away; what is refused is told by the numbers alone for anybody else.
        if rustix::process::geteuid().is_root() {
            std::os::unix::fs::chown(folder.path(), Some(1), None).unwrap();
            assert!(matches!(check(folder.path(), None), Err(StateError::Foreign { owner: 1, .. })));
        }
        assert!(is_foreign(1, 1000) && is_foreign(1, 0));
        assert!(!is_foreign(1000, 1000) && !is_foreign(0, 1000));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_everybody_writes_to_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let set = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
        set(0o777);
        assert!(matches!(check(folder.path(), None), Err(StateError::Open { mode: 0o777, .. })));
        set(0o755);
        assert_eq!(check(folder.path(), None).unwrap(), Standing::Same);
        let new = folder.path().join("new/state");
        assert_eq!(check(&new, None).unwrap(), Standing::Same);
        assert_eq!(fs::metadata(&new).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(check(Path::new("/dev/null/state"), None).unwrap(), Standing::Same, "who writes tells");
    }
}
