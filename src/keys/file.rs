//! The key file (schema `wattkey/keys/1`): vending keys, decoder keys, and the EA07 tables they go with.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use serde_json::{Map, Value};
use zeroize::{Zeroize, Zeroizing};

use super::{Exposure, KeyError, Opener, is_sealed, read_private, unseal};
use crate::sts::{
    BaseDate, DecoderKey, DecoderKeyGenerationAlgorithm, Drn, EncryptionAlgorithm, FieldError, Iin, KeyExpiryNumber,
    KeyRevisionNumber, KeyType, StaTables, SupplyGroupCode, VendingKey, VendingKeyId,
};

/// Value of `schema` in a key file.
pub const SCHEMA: &str = "wattkey/keys/1";

const TOP_FIELDS: &[&str] = &["schema", "lab", "sta_tables", "vending_keys", "decoder_keys"];
const VENDING_FIELDS: &[&str] = &["sgc", "krn", "kt", "dkga", "ea", "base_date", "ken", "key"];
const DECODER_FIELDS: &[&str] = &["iin", "drn", "ea", "key"];

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
    pub fn examine(
        path: &Path,
        exposure: Exposure,
        opener: Opener<'_>,
    ) -> Result<(Self, Vec<Problem>), KeyError> {
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
        let document =
            Wiped(serde_json::from_slice(bytes).map_err(|error| unreadable(format!("not JSON: {error}")))?);
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
        let file = KeyFile {
            path: path.to_owned(),
            lab,
            sealed: false,
            tables,
            vending_keys,
            decoder_keys,
            unknown_fields,
        };
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

/// Reads field by field and collects what is wrong.
#[derive(Default)]
struct Reader {
    problems: Vec<Problem>,
    unknown_fields: Vec<String>,
}

impl Reader {
    fn wrong(&mut self, field: impl Into<String>, problem: impl Into<String>) {
        self.problems.push(Problem { field: field.into(), problem: problem.into() });
    }

    fn note_unknown(&mut self, prefix: &str, fields: &Map<String, Value>, known: &[&str]) {
        let unknown = fields.keys().filter(|name| !known.contains(&name.as_str()));
        self.unknown_fields.extend(unknown.map(|name| format!("{prefix}{name}")));
    }

    /// The entries of a list; anything else than a list is one problem.
    fn entries<'a>(&mut self, list: &str, value: Option<&'a Value>) -> Vec<(String, &'a Map<String, Value>)> {
        let items = match value {
            None => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.wrong(list, "is not a list");
                return Vec::new();
            }
        };
        let mut entries = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let name = format!("{list}[{index}]");
            match item {
                Value::Object(fields) => entries.push((name, fields)),
                _ => self.wrong(name, "is not an object"),
            }
        }
        entries
    }

    /// A field that is a text or a whole number.
    fn field<T: FromStr<Err = FieldError>>(
        &mut self,
        entry: &str,
        fields: &Map<String, Value>,
        name: &str,
    ) -> Option<T> {
        let place = format!("{entry}.{name}");
        let text = match fields.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(_) => {
                self.wrong(place, "is neither a text nor a number");
                return None;
            }
            None => {
                self.wrong(place, "is missing");
                return None;
            }
        };
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(place, in_words(&error));
                None
            }
        }
    }

    /// The `key` field: hex digits that never reach a message.
    fn secret(&mut self, entry: &str, fields: &Map<String, Value>) -> Option<Zeroizing<String>> {
        match fields.get("key") {
            Some(Value::String(text)) => Some(Zeroizing::new(text.clone())),
            Some(_) => {
                self.wrong(format!("{entry}.key"), "is not a text of hexadecimal digits");
                None
            }
            None => {
                self.wrong(format!("{entry}.key"), "is missing");
                None
            }
        }
    }

    fn tables(&mut self, key_file: &Path, value: Option<&Value>) -> Option<Arc<StaTables>> {
        let name = match value {
            None => return None,
            Some(Value::String(name)) => name,
            Some(_) => {
                self.wrong("sta_tables", "is neither \"iec-sample\" nor the path of a tables file");
                return None;
            }
        };
        if name == "iec-sample" {
            return Some(Arc::new(StaTables::iec_sample().clone()));
        }
        let path = key_file.parent().unwrap_or(Path::new("")).join(name);
        let tables = fs::read_to_string(&path)
            .map_err(|error| error.to_string())
            .and_then(|text| StaTables::from_json(&text).map_err(|error| error.to_string()));
        match tables {
            Ok(tables) => Some(Arc::new(tables)),
            Err(problem) => {
                self.wrong("sta_tables", format!("{}: {problem}", path.display()));
                None
            }
        }
    }

    fn vending_keys(&mut self, value: Option<&Value>) -> Vec<VendingKey> {
        let mut keys: Vec<(String, VendingKey)> = Vec::new();
        for (entry, fields) in self.entries("vending_keys", value) {
            self.note_unknown(&format!("{entry}."), fields, VENDING_FIELDS);
            let Some(key) = self.vending_key(&entry, fields) else { continue };
            let same = |known: &VendingKeyId| VendingKeyId { ken: key.id().ken, ..*known } == *key.id();
            if let Some((first, _)) = keys.iter().find(|(_, known)| same(known.id())) {
                let problem = format!("repeats the sgc, krn, kt, dkga, ea and base_date of {first}; remove one");
                self.wrong(entry, problem);
                continue;
            }
            keys.push((entry, key));
        }
        keys.into_iter().map(|(_, key)| key).collect()
    }

    fn vending_key(&mut self, entry: &str, fields: &Map<String, Value>) -> Option<VendingKey> {
        let sgc = self.field::<SupplyGroupCode>(entry, fields, "sgc");
        let krn = self.field::<KeyRevisionNumber>(entry, fields, "krn");
        let kt = self.field::<KeyType>(entry, fields, "kt");
        let dkga = self.field::<DecoderKeyGenerationAlgorithm>(entry, fields, "dkga");
        let ea = self.field::<EncryptionAlgorithm>(entry, fields, "ea");
        let base_date = self.field::<BaseDate>(entry, fields, "base_date");
        let ken = if fields.contains_key("ken") {
            self.field::<KeyExpiryNumber>(entry, fields, "ken")
        } else {
            Some(KeyExpiryNumber::NEVER)
        };
        let key = self.secret(entry, fields);
        let id = VendingKeyId {
            sgc: sgc?,
            krn: krn?,
            kt: kt?,
            dkga: dkga?,
            ea: ea?,
            base_date: base_date?,
            ken: ken?,
        };
        match VendingKey::from_hex(id, &key?) {
            Ok(key) => Some(key),
            Err(error) => {
                self.wrong(format!("{entry}.{}", place_of(&error)), in_words(&error));
                None
            }
        }
    }

    fn decoder_keys(&mut self, value: Option<&Value>) -> Vec<MeterKey> {
        let mut keys: Vec<(String, MeterKey)> = Vec::new();
        for (entry, fields) in self.entries("decoder_keys", value) {
            self.note_unknown(&format!("{entry}."), fields, DECODER_FIELDS);
            let Some(key) = self.decoder_key(&entry, fields) else { continue };
            let same = |known: &MeterKey| known.drn == key.drn && known.key.algorithm() == key.key.algorithm();
            if let Some((first, _)) = keys.iter().find(|(_, known)| same(known)) {
                let problem = format!("repeats the drn and ea of {first}; remove one");
                self.wrong(entry, problem);
                continue;
            }
            keys.push((entry, key));
        }
        keys.into_iter().map(|(_, key)| key).collect()
    }

    fn decoder_key(&mut self, entry: &str, fields: &Map<String, Value>) -> Option<MeterKey> {
        let iin = if fields.contains_key("iin") { Some(self.field::<Iin>(entry, fields, "iin")) } else { None };
        let drn = self.field::<Drn>(entry, fields, "drn");
        let ea = self.field::<EncryptionAlgorithm>(entry, fields, "ea");
        let key = self.secret(entry, fields);
        let drn = drn?;
        if let Some(iin) = iin
            && iin? != drn.iin()
        {
            self.wrong(
                format!("{entry}.iin"),
                format!("does not go with a drn of {} digits; that has {}", drn.iin().drn_length(), drn.iin()),
            );
            return None;
        }
        match DecoderKey::from_hex(ea?, &key?) {
            Ok(key) => Some(MeterKey { drn, key }),
            Err(error) => {
                self.wrong(format!("{entry}.{}", place_of(&error)), in_words(&error));
                None
            }
        }
    }
}

/// The field of an entry that an error about the whole key is about.
fn place_of(error: &FieldError) -> &'static str {
    match error.field {
        "EA" => "ea",
        "DKGA" => "dkga",
        _ => "key",
    }
}

/// The value (never that of a key), what is wrong with it, what to do.
fn in_words(error: &FieldError) -> String {
    let value = if error.value.is_empty() { String::new() } else { format!("{:?}: ", error.value) };
    format!("{value}{}; {}", error.problem, error.remedy)
}
