//! Opening a pack: its lines are read for the signature, then for the index; single records after that by their place.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::content::{Header, PackRecord, SCHEMA};
use super::sealed_keys;
use super::signature::{LineDigest, PackKey, Trailer};
use super::source::Source;
use super::trust::PackTrust;
use crate::headend::HeadEndError;
use crate::hex;
use crate::meter::status::same_number;
use crate::meter::time::rfc3339;
use crate::sts::Drn;

/// Most records that are taken.
const MOST_RECORDS: usize = 2_000_000;

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
    /// Lines of the sealed table of keys, in order.
    keys: Vec<Place>,
    source: Source,
}

/// The end of a pack: who signed it.
const TRAILER: &str = "{\"signature\"";

/// What the parser said of a line: the place within a line is its column; "line 1" of the parser would mislead.
fn misread(number: u64, error: &serde_json::Error) -> String {
    let text = error.to_string();
    format!("line {number}: {}", text.split(" at line ").next().unwrap_or_default())
}

/// First walk: the header, and what is needed to check the signature. No record is read yet.
#[derive(Default)]
struct Seal {
    header: Option<Header>,
    trailer: Option<Trailer>,
    lines: LineDigest,
    records: usize,
}

impl Seal {
    fn take(&mut self, number: u64, line: &str) -> Result<(), String> {
        if self.trailer.is_some() {
            return Err(format!("line {number}: there is something after the signature"));
        }
        if self.header.is_none() {
            let header: Header = serde_json::from_str(line).map_err(|error| misread(number, &error))?;
            if header.schema != SCHEMA {
                return Err(format!("line {number}: its schema is {:?}, and {SCHEMA:?} is read", header.schema));
            }
            self.header = Some(header);
        } else if line.starts_with(TRAILER) {
            self.trailer = Some(serde_json::from_str(line).map_err(|error| misread(number, &error))?);
            return Ok(());
        } else if !sealed_keys::is_part(line) {
            self.records += 1;
            if self.records > MOST_RECORDS {
                return Err(format!("it has more than {MOST_RECORDS} records"));
            }
        }
        self.lines.take(line);
        Ok(())
    }
}

/// Second walk: the records by their meters. Its digest shows that they are those of the first walk.
#[derive(Default)]
struct Records {
    is_behind_header: bool,
    index: HashMap<Drn, Place>,
    keys: Vec<Place>,
    lines: LineDigest,
}

impl Records {
    fn take(&mut self, number: u64, at: u64, line: &str) -> Result<(), String> {
        if line.starts_with(TRAILER) {
            return Ok(());
        }
        self.lines.take(line);
        if !std::mem::replace(&mut self.is_behind_header, true) {
            return Ok(());
        }
        let place = Place { at, digest: digest_of(line) };
        if sealed_keys::is_part(line) {
            self.keys.push(place);
            let is_too_many = self.keys.len() > sealed_keys::MOST_PARTS;
            return if is_too_many { Err(format!("line {number}: its table of keys is too long")) } else { Ok(()) };
        }
        let record: PackRecord = serde_json::from_str(line).map_err(|error| misread(number, &error))?;
        match self.index.insert(record.drn, place) {
            Some(_) => Err(format!("line {number}: meter {} stands in it twice", record.drn)),
            None => Ok(()),
        }
    }
}

fn digest_of(line: &str) -> [u8; 16] {
    let full = Sha256::digest(line.as_bytes());
    full.first_chunk().copied().unwrap_or_default()
}

impl Pack {
    /// Opens a pack and checks it whole, the signature first.
    ///
    /// # Errors
    /// A file that is no pack, names a meter twice, or lacks records; one whose signature does not hold or is by a
    /// key that is not trusted, unless `trust` accepts that.
    pub fn open(path: &Path, trust: &PackTrust) -> Result<Self, HeadEndError> {
        let wrong = |problem: String| HeadEndError::Pack { path: path.to_owned(), problem };
        let source = Source::open(path)?;
        let mut seal = Seal::default();
        source.each(&mut |number, _, line| seal.take(number, line)).map_err(wrong)?;
        let header = seal.header.ok_or_else(|| wrong("there is nothing in it".to_owned()))?;
        let trust = match verify(seal.trailer.as_ref(), seal.lines.clone(), trust) {
            Ok(key) => Trust::Signed(key),
            Err(problem) if trust.accept_unverified => Trust::Unverified(problem),
            Err(problem) => return Err(wrong(problem)),
        };
        let mut records = Records::default();
        source.each(&mut |number, at, line| records.take(number, at, line)).map_err(wrong)?;
        if records.lines != seal.lines {
            return Err(wrong("it was changed while it was read".to_owned()));
        }
        let found = records.index.len() as u64;
        if header.records != found {
            let said = header.records;
            return Err(wrong(format!("its header says {said} records, and it has {found}: a part is missing")));
        }
        let time = |name: &str, text: &str| {
            OffsetDateTime::parse(text, &Rfc3339)
                .map_err(|_| wrong(format!("{name} {text:?} is no RFC 3339 time, such as 2026-11-21T16:00:00Z")))
        };
        Ok(Pack {
            issued_at: time("issued_at", &header.issued_at)?,
            valid_until: time("valid_until", &header.valid_until)?,
            code_key: hex::decode_array(&header.code_key)
                .ok_or_else(|| wrong("code_key is not 64 hex digits".to_owned()))?,
            path: path.to_owned(),
            header,
            trust,
            index: records.index,
            keys: records.keys,
            source,
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
            keys: Vec::new(),
            source: Source::Memory(lines),
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
        let line = self.line_at(*place, || format!("the record of meter {drn}"))?;
        serde_json::from_str(&line).map(Some).map_err(|error| self.wrong(error.to_string()))
    }

    /// The table of keys of the meters' interfaces, sealed as it went in; `None` where the pack has none.
    ///
    /// # Errors
    /// As [`Pack::record`].
    pub fn sealed_keys(&self) -> Result<Option<Vec<u8>>, HeadEndError> {
        if self.keys.is_empty() {
            return Ok(None);
        }
        let mut sealed = Vec::new();
        for place in &self.keys {
            let line = self.line_at(*place, || "its table of keys".to_owned())?;
            sealed.extend(sealed_keys::octets_of(&line).map_err(|problem| self.wrong(problem))?);
        }
        Ok(Some(sealed))
    }

    fn wrong(&self, problem: String) -> HeadEndError {
        HeadEndError::Pack { path: self.path.clone(), problem }
    }

    /// A line as it was when the signature was checked.
    fn line_at(&self, place: Place, what: impl FnOnce() -> String) -> Result<String, HeadEndError> {
        let line = self.source.line_at(place.at).map_err(|problem| self.wrong(problem))?;
        if digest_of(&line) != place.digest {
            return Err(self.wrong(format!("{} was changed since the pack was opened", what())));
        }
        Ok(line)
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
                return Err(self.wrong(problem));
            }
        }
        Ok(found)
    }
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
