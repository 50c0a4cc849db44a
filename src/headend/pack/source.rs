//! Where the lines of a pack stand: a file of lines, or a table of SQLite. Neither is trusted: the lines are handed out
//! one by one, within limits, before anybody knows who made them.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, params};

use crate::headend::HeadEndError;

/// Longest line that is taken, in bytes; a record with every field and forty tokens is far below.
const LONGEST_LINE: u64 = 64 * 1024;

/// Most lines, empty ones included: those of the most records, and as many between them.
const MOST_LINES: u64 = 4_000_000;

/// First bytes of an SQLite file.
const SQLITE_MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The lines of a pack.
#[derive(Debug)]
pub(super) enum Source {
    /// A text file.
    Lines(Mutex<File>),
    /// The table `lines` of a database.
    Table(Mutex<Connection>),
    /// Lines that came another way.
    Memory(Vec<String>),
}

/// What is done with a line: its number from 1, its place, its text without the end.
pub(super) type EachLine<'a> = &'a mut dyn FnMut(u64, u64, &str) -> Result<(), String>;

impl Source {
    /// Opens a file of either form.
    pub(super) fn open(path: &Path) -> Result<Self, HeadEndError> {
        let failed = |source| HeadEndError::File { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(failed)?;
        let mut magic = Vec::new();
        file.by_ref().take(SQLITE_MAGIC.len() as u64).read_to_end(&mut magic).map_err(failed)?;
        if magic != SQLITE_MAGIC {
            return Ok(Source::Lines(Mutex::new(file)));
        }
        let wrong = |problem: String| HeadEndError::Pack { path: path.to_owned(), problem };
        let table = open_table(path).map_err(|error| wrong(error.to_string()))?;
        only_a_plain_table(&table).map_err(wrong)?;
        Ok(Source::Table(Mutex::new(table)))
    }

    /// Hands out every line that is not empty, in order.
    pub(super) fn each(&self, take: EachLine<'_>) -> Result<(), String> {
        let mut take = |number: u64, at: u64, line: &str| {
            let line = line.strip_prefix('\u{feff}').unwrap_or(line).trim_end_matches(['\r', '\n']);
            if line.trim().is_empty() { Ok(()) } else { take(number, at, line) }
        };
        match self {
            Source::Lines(file) => walk_lines(&mut file.lock().unwrap_or_else(PoisonError::into_inner), &mut take),
            Source::Table(table) => walk_table(&table.lock().unwrap_or_else(PoisonError::into_inner), &mut take),
            Source::Memory(lines) => {
                (1..).zip(0..).zip(lines).try_for_each(|((number, at), line)| take(number, at, line))
            }
        }
    }

    /// The line at a place, without its end; empty when there is none any more.
    pub(super) fn line_at(&self, at: u64) -> Result<String, String> {
        let mut line = match self {
            Source::Lines(file) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(at)).map_err(|error| error.to_string())?;
                let mut line = String::new();
                let read = BufReader::new(file.by_ref().take(LONGEST_LINE)).read_line(&mut line);
                read.map_err(|error| error.to_string())?;
                line
            }
            Source::Table(table) => {
                let table = table.lock().unwrap_or_else(PoisonError::into_inner);
                let seq = i64::try_from(at).unwrap_or(i64::MAX);
                let found = table.query_row("SELECT line FROM lines WHERE seq = ?1", params![seq], |row| row.get(0));
                found.map_err(|error| error.to_string())?
            }
            Source::Memory(lines) => lines.get(usize::try_from(at).unwrap_or(usize::MAX)).cloned().unwrap_or_default(),
        };
        line.truncate(line.trim_end_matches(['\r', '\n']).len());
        Ok(line)
    }
}

fn walk_lines(file: &mut File, take: EachLine<'_>) -> Result<(), String> {
    file.seek(SeekFrom::Start(0)).map_err(|error| error.to_string())?;
    let mut reader = BufReader::with_capacity(LONGEST_LINE as usize, file);
    let (mut at, mut number) = (0u64, 0u64);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let read = reader.by_ref().take(LONGEST_LINE + 1).read_until(b'\n', &mut bytes);
        let length = read.map_err(|error| error.to_string())? as u64;
        if length == 0 {
            return Ok(());
        }
        number += 1;
        if length > LONGEST_LINE {
            return Err(too_long(number));
        }
        too_many(number)?;
        let line = std::str::from_utf8(&bytes).map_err(|_| format!("line {number}: not a text in UTF-8"))?;
        take(number, at, line)?;
        at += length;
    }
}

fn too_long(number: u64) -> String {
    format!("line {number}: longer than {LONGEST_LINE} bytes")
}

/// Empty lines count, too: a table may be made to have more rows than its file has octets.
fn too_many(number: u64) -> Result<(), String> {
    if number > MOST_LINES { Err(format!("it has more than {MOST_LINES} lines")) } else { Ok(()) }
}

/// Opens a database that somebody else made, as the authors of SQLite advise for such ("Defense Against The Dark Arts"):
/// its schema is not trusted, its cells are checked, and no value or statement may be long.
fn open_table(path: &Path) -> rusqlite::Result<Connection> {
    let table = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let longest = i32::try_from(LONGEST_LINE * 2).unwrap_or(i32::MAX);
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, longest),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 10_000),
        (Limit::SQLITE_LIMIT_COLUMN, 20),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 10),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 3),
        (Limit::SQLITE_LIMIT_VDBE_OP, 25_000),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    ] {
        table.set_limit(limit, most)?;
    }
    table.pragma_update(None, "trusted_schema", false)?;
    table.pragma_update(None, "cell_size_check", true)?;
    table.pragma_update(None, "mmap_size", 0)?;
    table.pragma_update(None, "query_only", true)?;
    Ok(table)
}

/// A view or a virtual table may go on without end, and a generated column may compute: `lines` has to be a table of
/// two plain columns.
fn only_a_plain_table(table: &Connection) -> Result<(), String> {
    let said = |error: rusqlite::Error| error.to_string();
    let kind: Option<String> = table
        .query_row("SELECT max(type) FROM pragma_table_list WHERE schema = 'main' AND name = 'lines'", [], |row| {
            row.get(0)
        })
        .map_err(said)?;
    let plain_columns = "SELECT count(*) = 2 AND sum(hidden = 0 AND name IN ('seq', 'line')) = 2
                         FROM pragma_table_xinfo('lines')";
    match kind.as_deref() {
        None => Err("it has no table \"lines\"".to_owned()),
        Some("table") if table.query_row(plain_columns, [], |row| row.get(0)).map_err(said)? => Ok(()),
        Some(_) => Err("its \"lines\" is no plain table of seq and line".to_owned()),
    }
}

fn walk_table(table: &Connection, take: EachLine<'_>) -> Result<(), String> {
    let mut read = || -> rusqlite::Result<Result<(), String>> {
        let mut statement = table.prepare("SELECT seq, line FROM lines ORDER BY seq")?;
        let mut rows = statement.query([])?;
        let mut number = 0;
        while let Some(row) = rows.next()? {
            number += 1;
            let (seq, line): (i64, String) = (row.get(0)?, row.get(1)?);
            if line.len() as u64 > LONGEST_LINE {
                return Ok(Err(too_long(number)));
            }
            if let Err(problem) = too_many(number) {
                return Ok(Err(problem));
            }
            if let Err(problem) = take(number, u64::try_from(seq).unwrap_or_default(), &line) {
                return Ok(Err(problem));
            }
        }
        Ok(Ok(()))
    };
    read().map_err(|error| error.to_string())?
}
