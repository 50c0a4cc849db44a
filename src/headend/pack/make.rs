//! Making a pack from the utility's list.

use std::io::{BufWriter, Write};
use std::path::Path;

use rusqlite::{Connection, params};
use time::OffsetDateTime;

use super::content::{Header, IssuedTokens, PackRecord, SCHEMA, code_hash};
use super::driver::KEY_CHANGE;
use super::list::ListedMeter;
use super::sealed_keys;
use super::signature::{LineDigest, SigningKey, Trailer};
use crate::files;
use crate::headend::HeadEndError;
use crate::headend::record::VendCode;
use crate::headend::tokens::EngineeringKind;
use crate::hex;
use crate::keys::is_sealed;
use crate::meter::time::rfc3339;

/// Form of the file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackForm {
    /// JSON Lines.
    Lines,
    /// An SQLite file.
    Sqlite,
}

/// What a pack is to say of itself.
#[derive(Debug, Clone)]
pub struct Title {
    /// Its name.
    pub name: String,
    /// When it is made.
    pub issued_at: OffsetDateTime,
    /// Until when it holds.
    pub valid_until: OffsetDateTime,
}

/// What goes into a pack.
#[derive(Debug, Default)]
pub struct Contents {
    /// The meters, one record each.
    pub meters: Vec<ListedMeter>,
    /// A table of keys of the meters' interfaces, sealed by age.
    pub sealed_keys: Option<Vec<u8>>,
}

/// Checks a listed meter as far as one record can be checked, and takes its code in as a hash.
fn packed(meter: ListedMeter, key: &[u8; 32]) -> Result<PackRecord, String> {
    let mut record = meter.record;
    let drn = record.drn;
    let wrong = |problem: String| format!("meter {drn}: {problem}");
    if let Some(code) = &meter.vend_code {
        let code: VendCode = code.parse().map_err(|error| wrong(format!("{error}")))?;
        record.code_hash = Some(code_hash(key, drn, &code));
    }
    record.check().map_err(wrong)?;
    Ok(record)
}

impl PackRecord {
    /// Whether the key's parameters go together, and every kind of token has as many as it takes.
    ///
    /// # Errors
    /// One sentence: what does not hold.
    pub fn check(&self) -> Result<(), String> {
        self.record().parameters.check().map_err(|error| error.to_string())?;
        self.tokens.iter().try_for_each(check_tokens)
    }
}

fn check_tokens(issued: &IssuedTokens) -> Result<(), String> {
    let count = issued.tokens.len();
    if issued.kind == KEY_CHANGE {
        return match count {
            2..=4 => Ok(()),
            _ => Err(format!("a key-change set has 2, 3 or 4 tokens, and this one has {count}")),
        };
    }
    issued.kind.parse::<EngineeringKind>().map_err(|error| error.to_string())?;
    if count == 1 { Ok(()) } else { Err(format!("{} has {count} tokens, and one is taken", issued.kind)) }
}

/// Writes a pack to a new file. Without a key it is unsigned, and only taken where somebody says so.
///
/// # Errors
/// A record that does not hold, a meter listed twice, keys that are not sealed, a file that is there already or cannot be written.
pub fn write(
    path: &Path,
    form: PackForm,
    title: &Title,
    contents: Contents,
    key: Option<&SigningKey>,
) -> Result<Header, HeadEndError> {
    let wrong = |problem: String| HeadEndError::Pack { path: path.to_owned(), problem };
    let mut code_key = [0; 32];
    getrandom::fill(&mut code_key).map_err(|error| wrong(format!("no random numbers: {error}")))?;
    let mut seen = std::collections::HashSet::new();
    let key_lines = match &contents.sealed_keys {
        Some(sealed) if is_sealed(sealed) => sealed_keys::lines_of(sealed).map_err(wrong)?,
        Some(_) => {
            return Err(wrong(
                "the keys that are to go in are not sealed: `wattkey keys encrypt` does that".to_owned(),
            ));
        }
        None => Vec::new(),
    };
    let mut records = Vec::with_capacity(contents.meters.len());
    for meter in contents.meters {
        let record = packed(meter, &code_key).map_err(wrong)?;
        if !seen.insert(record.drn) {
            return Err(wrong(format!("meter {} is listed twice", record.drn)));
        }
        records.push(record);
    }
    let header = Header {
        schema: SCHEMA.to_owned(),
        name: title.name.clone(),
        issued_at: rfc3339(title.issued_at),
        valid_until: rfc3339(title.valid_until),
        records: records.len() as u64,
        code_key: hex::encode(&code_key),
    };
    let mut digest = LineDigest::default();
    let line = |value: serde_json::Result<String>| value.map_err(|error| wrong(error.to_string()));
    let mut lines = vec![line(serde_json::to_string(&header))?];
    for record in &records {
        lines.push(line(serde_json::to_string(record))?);
    }
    lines.extend(key_lines);
    lines.iter().for_each(|line| digest.take(line));
    if let Some(key) = key {
        lines.push(line(serde_json::to_string(&Trailer::over(digest, key)))?);
    }
    match form {
        PackForm::Lines => {
            write_lines(path, &lines).map_err(|source| HeadEndError::File { path: path.to_owned(), source })
        }
        PackForm::Sqlite if path.exists() => Err(wrong("it is there already; give another name".to_owned())),
        // Customers, codes and tokens are in it: SQLite takes over the mode of the file that is there.
        PackForm::Sqlite => files::create_private(path)
            .map_err(|error| wrong(error.to_string()))
            .and_then(|_| write_table(path, &lines).map_err(|error| wrong(error.to_string())))
            .inspect_err(|_| {
                let _ = std::fs::remove_file(path);
            }),
    }?;
    Ok(header)
}

fn write_lines(path: &Path, lines: &[String]) -> std::io::Result<()> {
    let mut file = BufWriter::new(files::create_private(path)?);
    for line in lines {
        file.write_all(line.as_bytes())?;
        file.write_all(b"\n")?;
    }
    file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
}

fn write_table(path: &Path, lines: &[String]) -> rusqlite::Result<()> {
    let mut database = Connection::open(path)?;
    let transaction = database.transaction()?;
    transaction.execute_batch("CREATE TABLE lines (seq INTEGER PRIMARY KEY, line TEXT NOT NULL);")?;
    for (line, seq) in lines.iter().zip(1i64..) {
        transaction.execute("INSERT INTO lines (seq, line) VALUES (?1, ?2)", params![seq, line])?;
    }
    transaction.commit()
}
