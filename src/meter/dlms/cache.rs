//! Object lists kept per model and firmware, so that the second meter of a kind is read without asking for its list.
//!
//! An entry is found by the meter's logical device name, or, for profiles that name identity objects, by maker and the
//! values of these. It holds only as long as the identity objects still read the same; a list without any is not kept.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::objects::{ListedObject, ObjectList};
use crate::{files, hex};

/// An object list and the firmware it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Objects that tell model and firmware, and what they told.
    pub identity: Vec<(ListedObject, String)>,
    /// The list.
    pub objects: ObjectList,
    /// Attributes of the longest list meters of this kind answer, where they refused a longer one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest_list: Option<usize>,
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
        if files::create_private_folder(&self.folder).is_ok() {
            let _ = files::replace_with(&path, &text);
        }
    }

    fn path(&self, key: &str) -> PathBuf {
        // Names come from the meter: hex keeps them out of the file system's way.
        let name: String = hex::encode(key.as_bytes()).chars().take(200).collect();
        self.folder.join(format!("{name}.json"))
    }
}
