//! The key file (schema `wattkey/keys/1`): vending keys, decoder keys, and the EA07 tables they go with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use zeroize::Zeroize;

use super::reader::{Reader, TOP_FIELDS};
use super::{Exposure, KeyError, Opener, is_sealed, read_private, unseal};
use crate::sts::{
    BaseDate, DecoderKey, DecoderKeyGenerationAlgorithm, Drn, EncryptionAlgorithm, KeyRevisionNumber, KeyType,
    StaTables, SupplyGroupCode, VendingKey, VendingKeyId,
};

/// Value of `schema` in a key file.
pub const SCHEMA: &str = "wattkey/keys/1";

/// The decoder key of one meter.
#[derive(Debug, Clone)]
pub struct MeterKey {
    /// The meter.
    pub drn: Drn,
    /// Its key, which knows its algorithm.
    pub key: DecoderKey,
}

/// What is wanted of a vending key; a field that is absent fits every key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VendingKeySelector {
    /// Supply group.
    pub sgc: Option<SupplyGroupCode>,
    /// Revision.
    pub krn: Option<KeyRevisionNumber>,
    /// Key type.
    pub kt: Option<KeyType>,
    /// Key generation algorithm.
    pub dkga: Option<DecoderKeyGenerationAlgorithm>,
    /// Encryption algorithm.
    pub ea: Option<EncryptionAlgorithm>,
    /// Base date.
    pub base_date: Option<BaseDate>,
}

impl VendingKeySelector {
    /// Whether a key is one of those wanted.
    pub fn fits(&self, id: &VendingKeyId) -> bool {
        fn same<T: PartialEq>(wanted: Option<T>, found: T) -> bool {
            wanted.is_none_or(|wanted| wanted == found)
        }
        same(self.sgc, id.sgc)
            && same(self.krn, id.krn)
            && same(self.kt, id.kt)
            && same(self.dkga, id.dkga)
            && same(self.ea, id.ea)
            && same(self.base_date, id.base_date)
    }
}

/// Something wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field, as `vending_keys[2].krn`.
    pub field: String,
    /// What is wrong and what to do, without any secret.
    pub problem: String,
}

/// Keys at hand, all of them checked.
#[derive(Debug, Clone)]
pub struct KeyFile {
    path: PathBuf,
    lab: bool,
    sealed: bool,
    tables: Option<Arc<StaTables>>,
    vending_keys: Vec<VendingKey>,
    decoder_keys: Vec<MeterKey>,
    unknown_fields: Vec<String>,
}

impl KeyFile {
    /// Reads a key file, plain or encrypted by age.
    ///
    /// # Errors
    /// [`KeyError`]: the file, or the first field that is wrong.
    pub fn load(path: &Path, exposure: Exposure, opener: Opener<'_>) -> Result<Self, KeyError> {
        let (file, problems) = KeyFile::examine(path, exposure, opener)?;
        file.accept(problems)
    }

    /// Reads a key file and keeps what is right in it beside all that is wrong.
    ///
    /// # Errors
    /// [`KeyError`] when the file as a whole cannot be read.
    pub fn examine(path: &Path, exposure: Exposure, opener: Opener<'_>) -> Result<(Self, Vec<Problem>), KeyError> {
        let bytes = read_private(path, exposure)?;
        if is_sealed(&bytes) {
            let plain = unseal(path, &bytes, opener)?;
            let (file, problems) = KeyFile::examine_plain(path, &plain)?;
            Ok((KeyFile { sealed: true, ..file }, problems))
        } else {
            KeyFile::examine_plain(path, &bytes)
        }
    }

    /// Reads the plain content of a key file; `path` is for messages and for where a tables file is.
    ///
    /// # Errors
    /// As [`KeyFile::load`].
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, KeyError> {
        let (file, problems) = KeyFile::examine_plain(path, bytes)?;
        file.accept(problems)
    }

    fn accept(self, problems: Vec<Problem>) -> Result<Self, KeyError> {
        match problems.into_iter().next() {
            None => Ok(self),
            Some(Problem { field, problem }) => Err(KeyError::Field { path: self.path, field, problem }),
        }
    }

    fn examine_plain(path: &Path, bytes: &[u8]) -> Result<(Self, Vec<Problem>), KeyError> {
        let unreadable = |problem: String| KeyError::Unreadable { path: path.to_owned(), problem };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let document = Wiped(serde_json::from_slice(bytes).map_err(|error| unreadable(format!("not JSON: {error}")))?);
        let Value::Object(top) = &document.0 else {
            return Err(unreadable("a key file is one JSON object".to_owned()));
        };
        match top.get("schema").and_then(Value::as_str) {
            Some(SCHEMA) => {}
            Some(other) => return Err(unreadable(format!("schema is {other:?}, where a key file has {SCHEMA:?}"))),
            None => return Err(unreadable(format!("schema is missing; a key file has {SCHEMA:?}"))),
        }
        let mut reader = Reader::default();
        reader.note_unknown("", top, TOP_FIELDS);
        let lab = match top.get("lab") {
            None => false,
            Some(Value::Bool(lab)) => *lab,
            Some(_) => {
                reader.wrong("lab", "is neither true nor false");
                false
            }
        };
        let tables = reader.tables(path, top.get("sta_tables"));
        let vending_keys = reader.vending_keys(top.get("vending_keys"));
        let decoder_keys = reader.decoder_keys(top.get("decoder_keys"));
        let Reader { problems, unknown_fields } = reader;
        let file =
            KeyFile { path: path.to_owned(), lab, sealed: false, tables, vending_keys, decoder_keys, unknown_fields };
        Ok((file, problems))
    }

    /// Where the keys came from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether these are bench keys, for which tokens may be generated.
    pub fn is_lab(&self) -> bool {
        self.lab
    }

    /// Whether the file is encrypted.
    pub fn is_sealed(&self) -> bool {
        self.sealed
    }

    /// The EA07 tables; the sample set of the standard where the file names none.
    pub fn tables(&self) -> &StaTables {
        self.tables.as_deref().unwrap_or_else(|| StaTables::iec_sample())
    }

    /// Whether the file itself says which tables hold.
    pub fn names_tables(&self) -> bool {
        self.tables.is_some()
    }

    /// All vending keys, in the order of the file.
    pub fn vending_keys(&self) -> &[VendingKey] {
        &self.vending_keys
    }

    /// The vending keys that fit a selector, in the order of the file.
    pub fn select(&self, wanted: VendingKeySelector) -> impl Iterator<Item = &VendingKey> {
        self.vending_keys.iter().filter(move |key| wanted.fits(key.id()))
    }

    /// All decoder keys, in the order of the file.
    pub fn decoder_keys(&self) -> &[MeterKey] {
        &self.decoder_keys
    }

    /// The decoder keys of one meter: one for each algorithm at most.
    pub fn decoder_keys_of(&self, drn: Drn) -> impl Iterator<Item = &DecoderKey> {
        self.decoder_keys.iter().filter(move |entry| entry.drn == drn).map(|entry| &entry.key)
    }

    /// Fields that no version of the key file known here has.
    pub fn unknown_fields(&self) -> &[String] {
        &self.unknown_fields
    }
}

/// A document whose texts are wiped on drop: keys among them.
struct Wiped(Value);

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests;
