//! The highest number of each kind, kept in a file outside the state folder.
//!
//! One file serves all state folders of a user; a folder and its copies share a name in it. It is a second line of
//! defence, so that what goes wrong with it is passed over in silence.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use super::mark::Mark;
use crate::files;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS watermarks (
    folder TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (folder, kind, owner));";

/// How long another process that writes is waited for.
const WAIT_FOR_OTHERS: Duration = Duration::from_secs(2);

/// Highest numbers outside a state folder, and the generation of that folder.
#[derive(Debug, Default)]
pub struct Watermarks {
    database: Option<Connection>,
    folder: String,
    generation: i64,
}

impl Watermarks {
    /// Those that the mark of a state folder names; without a mark there are none.
    pub fn of(folder: &Path) -> Self {
        let Some(mark) = Mark::of(folder) else { return Watermarks::default() };
        let database = mark.beside.as_deref().and_then(|path| open(path).ok());
        Watermarks { database, generation: mark.generation, folder: mark.id }
    }

    /// The folder's generation: what was written under another is of a copy of an earlier time.
    pub fn generation(&self) -> i64 {
        self.generation
    }

    /// The highest number known here.
    pub fn highest(&self, kind: &str, owner: &str) -> Option<i64> {
        let sql = "SELECT number FROM watermarks WHERE folder = ?1 AND kind = ?2 AND owner = ?3";
        let found = self.database.as_ref()?.query_row(sql, params![self.folder, kind, owner], |row| row.get(0));
        found.optional().ok().flatten()
    }

    /// Notes a number that is used; a lower one than is known changes nothing.
    pub fn raise(&self, kind: &str, owner: &str, number: i64) {
        let Some(database) = &self.database else { return };
        let _ = database.execute(
            "INSERT INTO watermarks (folder, kind, owner, number) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (folder, kind, owner) DO UPDATE SET number = max(number, excluded.number)",
            params![self.folder, kind, owner, number],
        );
    }

    /// Takes back numbers that were not used after all, unless more were taken since.
    pub fn lower(&self, kind: &str, owner: &str, from: i64, to: i64) {
        let Some(database) = &self.database else { return };
        let _ = database.execute(
            "UPDATE watermarks SET number = ?5 WHERE folder = ?1 AND kind = ?2 AND owner = ?3 AND number = ?4",
            params![self.folder, kind, owner, from, to],
        );
    }
}

fn open(path: &Path) -> std::io::Result<Connection> {
    let database = files::open_database(path)?;
    let prepare = || -> rusqlite::Result<()> {
        database.busy_timeout(WAIT_FOR_OTHERS)?;
        // The folder's own files are the ones that survive a power cut.
        database.pragma_update(None, "synchronous", "OFF")?;
        database.execute_batch(TABLE)
    };
    prepare().map_err(std::io::Error::other)?;
    Ok(database)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_number_outlives_the_folder() {
        let home = tempfile::tempdir().unwrap();
        let (folder, beside) = (home.path().join("state"), home.path().join("cache/watermarks.sqlite"));
        std::fs::create_dir(&folder).unwrap();
        crate::state::check(&folder, Some(&beside)).unwrap();
        let marks = Watermarks::of(&folder);
        assert_eq!(marks.highest("invocation", "k"), None);
        marks.raise("invocation", "k", 32);
        marks.raise("invocation", "k", 16);
        marks.lower("invocation", "k", 32, 20);
        marks.lower("invocation", "k", 32, 4);
        let mark = std::fs::read(folder.join("mark.json")).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        crate::state::check(&folder, Some(&beside)).unwrap();
        assert_eq!(Watermarks::of(&folder).highest("invocation", "k"), None, "a new folder is another");
        std::fs::write(folder.join("mark.json"), mark).unwrap();
        crate::state::check(&folder, Some(&beside)).unwrap();
        let again = Watermarks::of(&folder);
        assert_eq!((again.highest("invocation", "k"), again.highest("message", "k")), (Some(20), None));
        assert_ne!(again.generation(), 0);
    }

    #[test]
    fn a_file_that_cannot_be_had_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        crate::state::check(folder.path(), Some(Path::new("/dev/null/watermarks.sqlite"))).unwrap();
        let marks = Watermarks::of(folder.path());
        marks.raise("invocation", "k", 1);
        assert_eq!(marks.highest("invocation", "k"), None);
    }
}
