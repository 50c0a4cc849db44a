//! Object lists kept per model and firmware, so that the second meter of a kind is read without asking for its list.
//!
//! An entry is found by the meter's logical device name, or, for profiles that name identity objects, by maker and the
//! values of these. It holds only as long as the identity objects still read the same; a list without any is not kept.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::objects::{ListedObject, ObjectList};
use crate::meter::value::hex;

/// An object list and the firmware it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Objects that tell model and firmware, and what they told.
    pub identity: Vec<(ListedObject, String)>,
    /// The list.
    pub objects: ObjectList,
}

/// The folder of kept lists.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Lists kept in this folder, which is made when the first is stored.
    pub fn new(folder: PathBuf) -> Self {
        Cache { folder }
    }

    /// What is kept under a key. A file that cannot be read or understood counts as none: it is only a cache.
    pub fn find(&self, key: &str) -> Option<Kept> {
        serde_json::from_slice(&std::fs::read(self.path(key)).ok()?).ok()
    }

    /// Keeps a list. Failure costs time at the next meter and nothing else.
    pub fn store(&self, key: &str, kept: &Kept) {
        let path = self.path(key);
        let Ok(text) = serde_json::to_vec(kept) else { return };
        if std::fs::create_dir_all(&self.folder).is_ok() {
            let _ = replace(&path, &text);
        }
    }

    fn path(&self, key: &str) -> PathBuf {
        // Names come from the meter: hex keeps them out of the file system's way.
        let name: String = hex(key.as_bytes()).chars().take(200).collect();
        self.folder.join(format!("{name}.json"))
    }
}

/// Writes beside and renames, so that another process never reads half a file.
fn replace(path: &Path, text: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension(format!("{}.tmp", std::process::id()));
    std::fs::write(&beside, text)?;
    std::fs::rename(&beside, path)
}
