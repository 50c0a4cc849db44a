//! Reads the fields of a key file one by one and collects all that is wrong, never a key's digits.

use std::fs;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::{MeterKey, Problem};
use crate::sts::{
    BaseDate, DecoderKey, DecoderKeyGenerationAlgorithm, Drn, EncryptionAlgorithm, FieldError, Iin, KeyExpiryNumber,
    KeyRevisionNumber, KeyType, StaTables, SupplyGroupCode, VendingKey, VendingKeyId,
};

pub(super) const TOP_FIELDS: &[&str] = &["schema", "lab", "sta_tables", "vending_keys", "decoder_keys"];
const VENDING_FIELDS: &[&str] = &["sgc", "krn", "kt", "dkga", "ea", "base_date", "ken", "key"];
const DECODER_FIELDS: &[&str] = &["iin", "drn", "ea", "key"];

/// Reads field by field and collects what is wrong.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
    pub(super) unknown_fields: Vec<String>,
}

impl Reader {
    pub(super) fn wrong(&mut self, field: impl Into<String>, problem: impl Into<String>) {
        self.problems.push(Problem { field: field.into(), problem: problem.into() });
    }

    pub(super) fn note_unknown(&mut self, prefix: &str, fields: &Map<String, Value>, known: &[&str]) {
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

    pub(super) fn tables(&mut self, key_file: &Path, value: Option<&Value>) -> Option<Arc<StaTables>> {
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

    pub(super) fn vending_keys(&mut self, value: Option<&Value>) -> Vec<VendingKey> {
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
        let id = VendingKeyId { sgc: sgc?, krn: krn?, kt: kt?, dkga: dkga?, ea: ea?, base_date: base_date?, ken: ken? };
        match VendingKey::from_hex(id, &key?) {
            Ok(key) => Some(key),
            Err(error) => {
                self.wrong(format!("{entry}.{}", place_of(&error)), in_words(&error));
                None
            }
        }
    }

    pub(super) fn decoder_keys(&mut self, value: Option<&Value>) -> Vec<MeterKey> {
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

/// The value, what is wrong with it, what to do. A value longer than any field's is left out: it may be a key that
/// was written in the wrong place.
fn in_words(error: &FieldError) -> String {
    const LONGEST_FIELD: usize = 13;
    let shown = !error.value.is_empty() && error.value.chars().count() <= LONGEST_FIELD;
    let value = if shown { format!("{:?}: ", error.value) } else { String::new() };
    format!("{value}{}; {}", error.problem, error.remedy)
}
