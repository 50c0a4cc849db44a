//! The mark by which a state folder knows itself again.
//!
//! `anchor` is an empty file that nobody writes to; `mark.json` says which file it is, when the system last saw it
//! change, and on which machine. A folder that was unpacked, or copied whole, has another anchor or one that changed
//! later, for that time (`ctime`) cannot be set. On systems without such numbers the time of its making has to do, and
//! only Linux names the machine. A tool that puts back single files and leaves the anchor alone is not seen here: that is
//! what the watermarks are for.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use crate::{files, hex};

const MARK: &str = "mark.json";
const ANCHOR: &str = "anchor";
const SCHEMA: &str = "wattkey/state/1";

/// Most times of putting back that are kept.
const MOST_RESTORED: usize = 100;

/// What a look at the mark tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is the folder it was, or a new one.
    Same,
    /// It was put back from a copy, or comes from another machine; seen now for the first time.
    Restored,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Anchor {
    file: u64,
    changed: i64,
    nanos: i64,
}

/// What the mark says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    schema: String,
    /// Name of the folder and of every copy of it.
    pub id: String,
    /// The machine, as a hash of its identifier; empty where it has none.
    host: String,
    anchor: Anchor,
    /// Changes whenever the folder is found to be a copy: what was written under another generation is of before. 0 until
    /// the first time; clocks play no part in comparing.
    #[serde(default)]
    pub generation: i64,
    /// When the folder was found to be a copy, in seconds since 1970, oldest first.
    #[serde(default)]
    pub restored: Vec<i64>,
    /// The file of highest numbers outside the folder.
    #[serde(default)]
    pub beside: Option<PathBuf>,
}

impl Mark {
    /// The mark of a folder; none where there is none that reads.
    pub fn of(folder: &Path) -> Option<Self> {
        let mark: Mark = serde_json::from_slice(&fs::read(folder.join(MARK)).ok()?).ok()?;
        (mark.schema == SCHEMA).then_some(mark)
    }
}

/// Compares the folder with its mark, and marks it anew where it is another or has none.
///
/// # Errors
/// Those of writing the mark of a folder that is a copy: without it numbers would not be jumped over.
pub(super) fn look(folder: &Path, beside: Option<&Path>) -> io::Result<Standing> {
    let before = Mark::of(folder);
    let anchor = anchor_of(folder);
    let host = host();
    let standing = match (&before, &anchor) {
        // A mark that is lost; a folder without anchor is new, or of a version that made none.
        (None, Some(_)) => Standing::Restored,
        (None, None) => Standing::Same,
        (Some(mark), Some(anchor)) if mark.anchor == *anchor && mark.host == host => Standing::Same,
        _ => Standing::Restored,
    };
    let is_settled = before.as_ref().is_some_and(|mark| mark.beside.as_deref() == beside);
    if standing == Standing::Restored || !is_settled {
        let (id, mut generation, mut restored) = match before {
            Some(mark) => (mark.id, mark.generation, mark.restored),
            None => (new_id(), 0, Vec::new()),
        };
        if standing == Standing::Restored {
            let now = OffsetDateTime::now_utc();
            let another = i64::try_from(now.unix_timestamp_nanos()).unwrap_or(i64::MAX);
            generation = if another == generation { another.wrapping_add(1) } else { another };
            restored.push(now.unix_timestamp());
            restored.drain(..restored.len().saturating_sub(MOST_RESTORED));
        }
        let beside = beside.map(Path::to_owned);
        let written = write(folder, anchor, |anchor| Mark {
            schema: SCHEMA.to_owned(),
            id,
            host,
            anchor,
            generation,
            restored,
            beside,
        });
        match written {
            // Nothing can be used up in a folder that cannot be written to.
            Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {}
            Err(error) if standing == Standing::Restored => return Err(error),
            _ => {}
        }
    }
    Ok(standing)
}

/// A random name.
fn new_id() -> String {
    let mut octets = [0u8; 16];
    // Without random numbers nothing ciphered is sent either.
    let _ = getrandom::fill(&mut octets);
    hex::encode(&octets)
}

fn write(folder: &Path, anchor: Option<Anchor>, mark: impl FnOnce(Anchor) -> Mark) -> io::Result<()> {
    let anchor = match anchor {
        Some(anchor) => anchor,
        None => {
            match files::create_private(&folder.join(ANCHOR)) {
                Ok(file) => file.sync_all()?,
                // Another process was quicker.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
            anchor_of(folder).ok_or(ErrorKind::NotFound)?
        }
    };
    files::replace_with(&folder.join(MARK), &serde_json::to_vec(&mark(anchor)).map_err(io::Error::other)?)
}

fn anchor_of(folder: &Path) -> Option<Anchor> {
    let metadata = fs::symlink_metadata(folder.join(ANCHOR)).ok()?;
    metadata.is_file().then(|| identity(&metadata))
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Anchor {
    use std::os::unix::fs::MetadataExt;
    Anchor { file: metadata.ino(), changed: metadata.ctime(), nanos: metadata.ctime_nsec() }
}

#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> Anchor {
    let made = metadata.created().ok().map(OffsetDateTime::from);
    let (changed, nanos) = made.map_or((0, 0), |made| (made.unix_timestamp(), i64::from(made.nanosecond())));
    Anchor { file: 0, changed, nanos }
}

/// The machine by its identifier, which is nobody else's affair, so only a hash of it (`machine-id(5)`).
fn host() -> String {
    let told = ["/etc/machine-id", "/var/lib/dbus/machine-id"].iter().find_map(|path| fs::read_to_string(path).ok());
    let Some(told) = told.filter(|told| !told.trim().is_empty()) else { return String::new() };
    let mut hash = Sha256::new();
    hash.update(b"wattkey host\0");
    hash.update(told.trim().as_bytes());
    hex::encode(hash.finalize().get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }

    #[test]
    fn a_folder_that_stays_where_it_is_stays_the_same() {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..3 {
            assert_eq!(look(folder.path(), None).unwrap(), Standing::Same);
        }
        fs::write(folder.path().join("ledger.sqlite"), "grows").unwrap();
        let moved = folder.path().join("deeper");
        fs::create_dir(&moved).unwrap();
        assert_eq!(look(folder.path(), Some(Path::new("/c/w"))).unwrap(), Standing::Same);
        assert_eq!(Mark::of(folder.path()).unwrap().beside.unwrap(), Path::new("/c/w"));
        assert_eq!(Mark::of(folder.path()).unwrap().restored, [0i64; 0]);
    }

    #[test]
    fn a_copy_is_told_wherever_it_is_put() {
        let home = tempfile::tempdir().unwrap();
        let (folder, backup) = (home.path().join("state"), home.path().join("backup"));
        fs::create_dir(&folder).unwrap();
        look(&folder, None).unwrap();
        copy(&folder, &backup);
        // The folder is replaced by the copy.
        fs::remove_dir_all(&folder).unwrap();
        copy(&backup, &folder);
        assert_eq!(look(&folder, None).unwrap(), Standing::Restored);
        assert_eq!(look(&folder, None).unwrap(), Standing::Same, "it is marked anew");
        // The copy's files go over those of the folder.
        std::thread::sleep(std::time::Duration::from_millis(20));
        copy(&backup, &folder);
        assert_eq!(look(&folder, None).unwrap(), Standing::Restored);
        // The anchor is left out of the copy.
        fs::remove_file(folder.join(ANCHOR)).unwrap();
        assert_eq!(look(&folder, None).unwrap(), Standing::Restored);
        // The mark is left out of it.
        let generation = Mark::of(&folder).unwrap().generation;
        fs::remove_file(folder.join(MARK)).unwrap();
        assert_eq!(look(&folder, None).unwrap(), Standing::Restored);
        assert_ne!(Mark::of(&folder).unwrap().generation, generation);
    }

    #[test]
    fn another_machine_is_another_folder() {
        let folder = tempfile::tempdir().unwrap();
        look(folder.path(), None).unwrap();
        let path = folder.path().join(MARK);
        let mut mark = Mark::of(folder.path()).unwrap();
        mark.host = "0".repeat(32);
        fs::write(&path, serde_json::to_vec(&mark).unwrap()).unwrap();
        assert_eq!(look(folder.path(), None).unwrap(), Standing::Restored);
    }
}
