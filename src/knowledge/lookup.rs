//! Finding what a text means: exactly, by a slip of the finger, or by its words.

use serde::Serialize;

use super::text::{fits, look_alike, near, normal};
use super::{Kind, KnowledgeEntry, Records};
use crate::sts::TokenResult;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The text as typed.
    pub text: String,
    /// Maker or fleet; a part of the name is enough.
    pub vendor: Option<String>,
    /// Model; a part of the name is enough.
    pub model: Option<String>,
    /// Whether a number in the text is hexadecimal.
    pub hex: bool,
}

/// How a reading was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// The text is the one asked for, but for case, blanks and hyphens.
    Exact,
    /// The text differs by a slip, or by look-alikes of a seven-segment display.
    Near,
    /// The words stand in the text or its meaning.
    Mention,
    /// The text is the one asked for, on meters of other makers than the one named.
    OtherVendor,
}

/// A reading, and how it was found.
#[derive(Debug, Clone, Serialize)]
pub struct Lookup<'a> {
    /// How it was found.
    #[serde(rename = "match")]
    pub fit: Fit,
    /// What was found.
    #[serde(flatten)]
    pub reading: &'a KnowledgeEntry,
}

/// All that can be looked up.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    readings: Vec<KnowledgeEntry>,
}

impl Knowledge {
    /// The records that come with the program: displays and short codes.
    ///
    /// # Errors
    /// A damaged data file, which the tests exclude.
    pub fn of_the_field() -> Result<Self, String> {
        Ok(Knowledge { readings: Records::built_in()?.into_readings() })
    }

    /// Adds readings from another table.
    pub fn extend(&mut self, readings: impl IntoIterator<Item = KnowledgeEntry>) {
        self.readings.extend(readings);
    }

    /// Every reading, in the order it was added.
    pub fn readings(&self) -> &[KnowledgeEntry] {
        &self.readings
    }

    /// Vendors by name, each once, in the order of first appearance.
    pub fn vendors(&self) -> Vec<&str> {
        let mut vendors = Vec::new();
        for vendor in self.readings.iter().filter_map(|reading| reading.vendor.as_deref()) {
            if !vendors.contains(&vendor) {
                vendors.push(vendor);
            }
        }
        vendors
    }

    /// Whether any reading is from this maker or fleet.
    pub fn has_vendor(&self, vendor: &str) -> bool {
        let wanted = normal(vendor);
        self.readings.iter().any(|reading| named(Some(&wanted), reading.vendor.as_deref(), &[]))
    }

    /// All that the text may mean, the best kind of fit only: exact ones hide slips, slips hide mentions.
    /// With a vendor named, exact fits on other makers' meters come last, when that vendor has none.
    pub fn lookup(&self, query: &Query) -> Vec<Lookup<'_>> {
        let wanted = Wanted::of(query);
        if wanted.text.is_empty() {
            return Vec::new();
        }
        let of_vendor = || self.readings.iter().filter(|reading| wanted.is_for(reading));
        for (fit, test) in [
            (Fit::Exact, Wanted::exact as fn(&Wanted, &KnowledgeEntry) -> bool),
            (Fit::Near, Wanted::near),
            (Fit::Mention, Wanted::mention),
        ] {
            let mut found: Vec<Lookup<'_>> =
                of_vendor().filter(|reading| test(&wanted, reading)).map(|reading| Lookup { fit, reading }).collect();
            // A part of a display is also a part of many GB codes, which nobody asks for by a part.
            if fit == Fit::Mention && found.iter().any(|found| found.reading.kind == Kind::Display) {
                found.retain(|found| !found.reading.kind.is_gb_code());
            }
            if !found.is_empty() {
                return found;
            }
        }
        if wanted.vendor.is_none() && wanted.model.is_none() {
            return Vec::new();
        }
        let elsewhere = self.readings.iter().filter(|reading| reading.vendor.is_some() && wanted.exact(reading));
        elsewhere.map(|reading| Lookup { fit: Fit::OtherVendor, reading }).collect()
    }

    /// Every reading whose text is the one asked for; slips are not forgiven.
    pub fn exact(&self, query: &Query) -> impl Iterator<Item = &KnowledgeEntry> {
        let wanted = Wanted::of(query);
        self.readings
            .iter()
            .filter(move |reading| !wanted.text.is_empty() && wanted.is_for(reading) && wanted.exact(reading))
    }

    /// The token result that `text` stands for on this vendor's meters, when it stands for only one thing.
    pub fn display_result(&self, vendor: &str, text: &str) -> Option<TokenResult> {
        let query = Query { text: text.to_owned(), vendor: Some(vendor.to_owned()), ..Query::default() };
        let displays = self.exact(&query).filter(|reading| reading.kind == Kind::Display);
        let mut meanings = displays.map(|reading| reading.maps_to);
        let first = meanings.next()?;
        if meanings.all(|other| other == first) { first?.result() } else { None }
    }
}

/// A query in normal form.
struct Wanted {
    text: String,
    look_alike: String,
    words: Vec<String>,
    vendor: Option<String>,
    model: Option<String>,
    /// The number asked for, when it is to be read as hexadecimal.
    hex: Option<u32>,
}

impl Wanted {
    fn of(query: &Query) -> Self {
        let text = normal(&query.text);
        let (digits, prefixed) = text.strip_prefix("0x").map_or((text.as_str(), false), |digits| (digits, true));
        let hex = if query.hex || prefixed { u32::from_str_radix(digits, 16).ok() } else { None };
        let name = |name: &Option<String>| name.as_deref().map(normal).filter(|name| !name.is_empty());
        Wanted {
            hex,
            look_alike: look_alike(&query.text),
            words: query.text.split_whitespace().map(normal).filter(|word| !word.is_empty()).collect(),
            vendor: name(&query.vendor),
            model: name(&query.model),
            text,
        }
    }

    /// Whether the reading belongs to the vendor and the model asked for.
    fn is_for(&self, reading: &KnowledgeEntry) -> bool {
        named(self.vendor.as_deref(), reading.vendor.as_deref(), &[])
            && named(self.model.as_deref(), reading.models.as_deref(), &["any", "notstated", "various"])
    }

    fn texts(reading: &KnowledgeEntry) -> impl Iterator<Item = &str> {
        std::iter::once(reading.text.as_str()).chain(reading.also.iter().map(String::as_str))
    }

    fn exact(&self, reading: &KnowledgeEntry) -> bool {
        if let Some(number) = self.hex {
            return Self::texts(reading).any(|text| u32::from_str_radix(&normal(text), reading.radix) == Ok(number))
                && (reading.radix == 16 || reading.kind != Kind::ExitCode);
        }
        normal(&reading.text) == self.text || reading.also.iter().any(|pattern| fits(&normal(pattern), &self.text))
    }

    fn near(&self, reading: &KnowledgeEntry) -> bool {
        self.hex.is_none()
            && Self::texts(reading).any(|text| look_alike(text) == self.look_alike || near(&normal(text), &self.text))
    }

    fn mention(&self, reading: &KnowledgeEntry) -> bool {
        if self.text.chars().count() < 3 || self.hex.is_some() {
            return false;
        }
        let text = normal(&reading.text);
        let meaning = normal(&reading.meaning);
        self.words.iter().all(|word| text.contains(word.as_str()) || meaning.contains(word.as_str()))
    }
}

/// Whether `name` (as it stands in a record) is meant by `wanted` (in normal form); a part is enough, and a slip in
/// one word is forgiven. Records whose name is among `everyone` fit every wish.
fn named(wanted: Option<&str>, name: Option<&str>, everyone: &[&str]) -> bool {
    let Some(wanted) = wanted else { return true };
    let Some(name) = name else { return false };
    let whole = normal(name);
    whole.contains(wanted)
        || everyone.contains(&whole.as_str())
        || name.split(|c: char| !c.is_alphanumeric()).any(|word| word.len() > 3 && near(&normal(word), wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask<'a>(knowledge: &'a Knowledge, text: &str, vendor: Option<&str>, hex: bool) -> Vec<Lookup<'a>> {
        let vendor = vendor.map(str::to_owned);
        knowledge.lookup(&Query { text: text.to_owned(), vendor, model: None, hex })
    }

    #[test]
    fn an_ambiguous_code_lists_every_vendor() {
        let knowledge = Knowledge::of_the_field().unwrap();
        let found = ask(&knowledge, "10", None, false);
        let vendors: Vec<&str> = found.iter().filter_map(|found| found.reading.vendor.as_deref()).collect();
        assert!(vendors.contains(&"Conlog") && vendors.iter().any(|vendor| vendor.contains("virtual-carrier")));
        assert!(found.iter().all(|found| found.fit == Fit::Exact));
    }

    #[test]
    fn a_vendor_narrows_and_a_slip_in_its_name_is_forgiven() {
        let knowledge = Knowledge::of_the_field().unwrap();
        for vendor in ["conlog", "Conlgo", "CONLOG"] {
            let found = ask(&knowledge, "13", Some(vendor), false);
            assert_eq!(found.len(), 1, "{vendor}");
            assert_eq!(found[0].reading.maps_to.unwrap().word(), "crc-error");
        }
    }

    #[test]
    fn hexadecimal_numbers_are_read_on_both_kinds_of_meter() {
        let knowledge = Knowledge::of_the_field().unwrap();
        let found = ask(&knowledge, "10", None, true);
        assert!(found.iter().any(|found| found.reading.vendor.as_deref() == Some("Conlog")));
        assert!(found.iter().all(|found| found.reading.maps_to.is_none_or(|maps_to| maps_to.word() == "not-ready")));
        assert_eq!(ask(&knowledge, "0x0A", Some("virtual"), false)[0].reading.maps_to.unwrap().word(), "used-error");
    }

    #[test]
    fn case_blanks_and_slips_are_forgiven() {
        let knowledge = Knowledge::of_the_field().unwrap();
        assert_eq!(ask(&knowledge, "loc  OUT", None, false)[0].reading.text, "Loc Out");
        assert!(ask(&knowledge, "rejcet", None, false).iter().all(|found| found.fit == Fit::Near));
        assert_eq!(ask(&knowledge, "AAAA", None, false)[0].reading.text, "AAAAA");
        assert_eq!(ask(&knowledge, "45612", Some("itron"), false)[0].reading.text, "456xx Enter");
        assert!(ask(&knowledge, "no such thing anywhere", None, false).is_empty());
    }

    #[test]
    fn another_vendors_reading_is_marked_as_such() {
        let knowledge = Knowledge::of_the_field().unwrap();
        let found = ask(&knowledge, "XXXXX", Some("Conlog"), false);
        assert!(!found.is_empty() && found.iter().all(|found| found.fit == Fit::OtherVendor));
    }

    #[test]
    fn only_one_meaning_is_a_result() {
        let knowledge = Knowledge::of_the_field().unwrap();
        assert_eq!(knowledge.display_result("Conlog", "aaaaa"), Some(TokenResult::CrcError));
        assert_eq!(knowledge.display_result("Conlog", "10"), Some(TokenResult::UsedError));
        assert_eq!(knowledge.display_result("Itron", "EEEEE 02"), None);
        assert_eq!(knowledge.display_result("Nobody", "AAAAA"), None);
    }
}
