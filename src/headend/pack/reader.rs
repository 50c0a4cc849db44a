//! Opening a pack: every line read once for signature and index, single records after that by their place.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags, params};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::content::{Header, PackRecord, SCHEMA};
use super::signature::{LineDigest, PackKey, Trailer};
use super::trust::PackTrust;
use crate::headend::HeadEndError;
use crate::hex;
use crate::meter::status::same_number;
use crate::meter::time::rfc3339;
use crate::sts::Drn;

/// Longest line that is taken; a record with every field and forty tokens is far below.
const LONGEST_LINE: u64 = 64 * 1024;

/// Most records that are taken.
const MOST_RECORDS: usize = 2_000_000;

/// First bytes of an SQLite file.
const SQLITE_MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Whether the pack's maker is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// Signed by this key, which is trusted.
    Signed(PackKey),
    /// Taken without, because somebody said so; the text says what is wrong.
    Unverified(String),
}

/// Where a record stands, and what it was when the signature was checked.
#[derive(Debug, Clone, Copy)]
struct Place {
    at: u64,
    digest: [u8; 16],
}

#[derive(Debug)]
enum Store {
    Lines(Mutex<File>),
    Table(Mutex<Connection>),
    Memory(Vec<String>),
}

/// A pack whose signature was checked. It may be shared by threads.
#[derive(Debug)]
pub struct Pack {
    path: PathBuf,
    header: Header,
    code_key: [u8; 32],
    issued_at: OffsetDateTime,
    valid_until: OffsetDateTime,
    trust: Trust,
    index: HashMap<Drn, Place>,
    store: Store,
}

/// What a walk along the lines gathers.
#[derive(Default)]
struct Walk {
    header: Option<Header>,
    trailer: Option<Trailer>,
    digest: LineDigest,
    index: HashMap<Drn, Place>,
    count: u64,
}

impl Walk {
    /// Takes the line at `at`, whose number from 1 is `number`.
    fn take(&mut self, number: u64, at: u64, line: &str) -> Result<(), String> {
        let line = line.strip_prefix('\u{feff}').unwrap_or(line).trim_end_matches(['\r', '\n']);
        if line.trim().is_empty() {
            return Ok(());
        }
        let wrong = |error: serde_json::Error| {
            let text = error.to_string();
            // The place within a line is its column; "line 1" of the parser would mislead.
            format!("line {number}: {}", text.split(" at line ").next().unwrap_or_default())
        };
        if self.trailer.is_some() {
            return Err(format!("line {number}: there is something after the signature"));
        }
        if self.header.is_none() {
            let header: Header = serde_json::from_str(line).map_err(wrong)?;
            if header.schema != SCHEMA {
                return Err(format!("line {number}: its schema is {:?}, and {SCHEMA:?} is read", header.schema));
            }
            self.header = Some(header);
        } else if line.starts_with("{\"signature\"") {
            self.trailer = Some(serde_json::from_str(line).map_err(wrong)?);
            return Ok(());
        } else {
            let record: PackRecord = serde_json::from_str(line).map_err(wrong)?;
            if self.index.len() >= MOST_RECORDS {
                return Err(format!("it has more than {MOST_RECORDS} records"));
            }
            if self.index.insert(record.drn, Place { at, digest: digest_of(line) }).is_some() {
                return Err(format!("line {number}: meter {} stands in it twice", record.drn));
            }
            self.count += 1;
        }
        self.digest.take(line);
        Ok(())
    }
}

fn digest_of(line: &str) -> [u8; 16] {
    let full = Sha256::digest(line.as_bytes());
    full.first_chunk().copied().unwrap_or_default()
}

impl Pack {
    /// Opens a pack and checks it whole.
    ///
    /// # Errors
    /// A file that is no pack, names a meter twice, or lacks records; one whose signature does not hold or is by a
    /// key that is not trusted, unless `trust` accepts that.
    pub fn open(path: &Path, trust: &PackTrust) -> Result<Self, HeadEndError> {
        let failed = |source| HeadEndError::File { path: path.to_owned(), source };
        let wrong = |problem: String| HeadEndError::Pack { path: path.to_owned(), problem };
        let mut file = File::open(path).map_err(failed)?;
        let mut magic = Vec::new();
        file.by_ref().take(SQLITE_MAGIC.len() as u64).read_to_end(&mut magic).map_err(failed)?;
        let mut walk = Walk::default();
        let store = if magic == SQLITE_MAGIC {
            let table = open_table(path).map_err(|error| wrong(error.to_string()))?;
            walk_table(&table, &mut walk).map_err(wrong)?;
            Store::Table(Mutex::new(table))
        } else {
            file.seek(SeekFrom::Start(0)).map_err(failed)?;
            walk_lines(&file, &mut walk).map_err(wrong)?;
            Store::Lines(Mutex::new(file))
        };
        let header = walk.header.ok_or_else(|| wrong("there is nothing in it".to_owned()))?;
        if header.records != walk.count {
            let (said, found) = (header.records, walk.count);
            return Err(wrong(format!("its header says {said} records, and it has {found}: a part is missing")));
        }
        let time = |name: &str, text: &str| {
            OffsetDateTime::parse(text, &Rfc3339)
                .map_err(|_| wrong(format!("{name} {text:?} is no RFC 3339 time, such as 2026-11-21T16:00:00Z")))
        };
        let trust = match verify(walk.trailer.as_ref(), walk.digest, trust) {
            Ok(key) => Trust::Signed(key),
            Err(problem) if trust.accept_unverified => Trust::Unverified(problem),
            Err(problem) => return Err(wrong(problem)),
        };
        Ok(Pack {
            issued_at: time("issued_at", &header.issued_at)?,
            valid_until: time("valid_until", &header.valid_until)?,
            code_key: hex::decode_array(&header.code_key)
                .ok_or_else(|| wrong("code_key is not 64 hex digits".to_owned()))?,
            path: path.to_owned(),
            header,
            trust,
            index: walk.index,
            store,
        })
    }

    /// A pack of records that came another way, by somebody whose signature over them was checked. `holds` is when they
    /// were made and until when they hold.
    ///
    /// # Errors
    /// Two records of one meter.
    pub fn in_memory(
        name: &str,
        code_key: [u8; 32],
        holds: (OffsetDateTime, OffsetDateTime),
        signer: PackKey,
        records: &[PackRecord],
    ) -> Result<Self, HeadEndError> {
        let wrong = |problem: String| HeadEndError::Pack { path: PathBuf::from(name), problem };
        let mut index = HashMap::new();
        let mut lines = Vec::with_capacity(records.len());
        for record in records {
            let line = serde_json::to_string(record).map_err(|error| wrong(error.to_string()))?;
            let place = Place { at: lines.len() as u64, digest: digest_of(&line) };
            if index.insert(record.drn, place).is_some() {
                return Err(wrong(format!("meter {} stands in it twice", record.drn)));
            }
            lines.push(line);
        }
        let (issued_at, valid_until) = holds;
        Ok(Pack {
            path: PathBuf::from(name),
            header: Header {
                schema: SCHEMA.to_owned(),
                name: name.to_owned(),
                issued_at: rfc3339(issued_at),
                valid_until: rfc3339(valid_until),
                records: lines.len() as u64,
                code_key: hex::encode(&code_key),
            },
            code_key,
            issued_at,
            valid_until,
            trust: Trust::Signed(signer),
            index,
            store: Store::Memory(lines),
        })
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// When it was made.
    pub fn issued_at(&self) -> OffsetDateTime {
        self.issued_at
    }

    /// Until when its records hold.
    pub fn valid_until(&self) -> OffsetDateTime {
        self.valid_until
    }

    /// Whether its maker is known.
    pub fn trust(&self) -> &Trust {
        &self.trust
    }

    /// Key of the codes' hashes.
    pub fn code_key(&self) -> &[u8; 32] {
        &self.code_key
    }

    /// The record of a meter.
    ///
    /// # Errors
    /// A file that cannot be read any more, or was changed since it was opened.
    pub fn record(&self, drn: Drn) -> Result<Option<PackRecord>, HeadEndError> {
        let Some(place) = self.index.get(&drn) else { return Ok(None) };
        let wrong = |problem: String| HeadEndError::Pack { path: self.path.clone(), problem };
        let line = match &self.store {
            Store::Lines(file) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(place.at)).map_err(|error| wrong(error.to_string()))?;
                let mut line = String::new();
                let read = BufReader::new(file.by_ref().take(LONGEST_LINE)).read_line(&mut line);
                read.map_err(|error| wrong(error.to_string()))?;
                line
            }
            Store::Table(table) => {
                let table = table.lock().unwrap_or_else(PoisonError::into_inner);
                let seq = i64::try_from(place.at).unwrap_or(i64::MAX);
                let found = table.query_row("SELECT line FROM lines WHERE seq = ?1", params![seq], |row| row.get(0));
                found.map_err(|error| wrong(error.to_string()))?
            }
            Store::Memory(lines) => {
                let place = usize::try_from(place.at).unwrap_or(usize::MAX);
                lines.get(place).cloned().unwrap_or_default()
            }
        };
        let line = line.trim_end_matches(['\r', '\n']);
        if digest_of(line) != place.digest {
            return Err(wrong(format!("the record of meter {drn} was changed since the pack was opened")));
        }
        serde_json::from_str(line).map(Some).map_err(|error| wrong(error.to_string()))
    }

    /// The meter with this serial number, when exactly one has it. Every record is read.
    ///
    /// # Errors
    /// As [`Pack::record`].
    pub fn meter_of_serial(&self, serial: &str) -> Result<Option<Drn>, HeadEndError> {
        let mut found = None;
        for drn in self.index.keys() {
            let record = self.record(*drn)?;
            let is_it = record.and_then(|record| record.serial).is_some_and(|known| same_number(&known, serial));
            if is_it && found.replace(*drn).is_some() {
                let problem = format!("two meters have the serial number {serial}; give the meter number");
                return Err(HeadEndError::Pack { path: self.path.clone(), problem });
            }
        }
        Ok(found)
    }
}

fn walk_lines(file: &File, walk: &mut Walk) -> Result<(), String> {
    let mut reader = BufReader::with_capacity(LONGEST_LINE as usize, file);
    let (mut at, mut number) = (0u64, 0u64);
    loop {
        let mut bytes = Vec::new();
        let read = reader.by_ref().take(LONGEST_LINE + 1).read_until(b'\n', &mut bytes);
        let length = read.map_err(|error| error.to_string())? as u64;
        if length == 0 {
            return Ok(());
        }
        number += 1;
        if length > LONGEST_LINE {
            return Err(format!("line {number}: longer than {LONGEST_LINE} bytes"));
        }
        let line = std::str::from_utf8(&bytes).map_err(|_| format!("line {number}: not a text in UTF-8"))?;
        walk.take(number, at, line)?;
        at += length;
    }
}

fn open_table(path: &Path) -> rusqlite::Result<Connection> {
    let table = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    table.pragma_update(None, "trusted_schema", false)?;
    Ok(table)
}

fn walk_table(table: &Connection, walk: &mut Walk) -> Result<(), String> {
    let mut read = || -> rusqlite::Result<Result<(), String>> {
        let mut statement = table.prepare("SELECT seq, substr(line, 1, ?1) FROM lines ORDER BY seq")?;
        let mut rows = statement.query(params![LONGEST_LINE as i64 + 1])?;
        let mut number = 0;
        while let Some(row) = rows.next()? {
            number += 1;
            let (seq, line): (i64, String) = (row.get(0)?, row.get(1)?);
            if line.len() as u64 > LONGEST_LINE {
                return Ok(Err(format!("line {number}: longer than {LONGEST_LINE} bytes")));
            }
            if let Err(problem) = walk.take(number, u64::try_from(seq).unwrap_or_default(), &line) {
                return Ok(Err(problem));
            }
        }
        Ok(Ok(()))
    };
    read().map_err(|error| error.to_string())?
}

/// The trusted key whose signature holds.
fn verify(trailer: Option<&Trailer>, lines: LineDigest, trust: &PackTrust) -> Result<PackKey, String> {
    let Some(trailer) = trailer else {
        return Err("it is not signed; get a signed pack from the depot".to_owned());
    };
    let Ok(signer) = trailer.signature.key.parse::<PackKey>() else {
        return Err("the key of its signature is not 64 hex digits".to_owned());
    };
    if !trailer.holds(lines, signer) {
        return Err("its signature does not hold: the pack was changed or damaged on the way".to_owned());
    }
    if trust.keys.contains(&signer) {
        return Ok(signer);
    }
    if trust.keys.is_empty() {
        return Err(format!("it is signed by key {signer}, and no key is trusted; name the depot's with --pack-key"));
    }
    Err(format!("it is signed by key {signer}, which is not one of those trusted"))
}
