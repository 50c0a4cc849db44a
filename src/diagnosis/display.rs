//! What a meter's display showed, and what the knowledge base makes of it.

use super::cause::Cause;
use crate::knowledge::{Kind, Knowledge, KnowledgeEntry, Query};
use crate::sts::TokenResult;

/// A display text with every record of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Display {
    /// Maker, as the user named it; `None` when it is not known.
    pub vendor: Option<String>,
    /// The text as the user typed it.
    pub text: String,
    /// The token result that this text means, when the maker is known and it has one meaning there.
    pub meaning: Option<TokenResult>,
    /// What it may mean: on the maker's meters, or on everybody's when the maker is not known.
    pub readings: Vec<DisplayReading>,
    /// What it means on other makers' meters, when the one named has no such text.
    pub elsewhere: Vec<DisplayReading>,
}

/// One record of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayReading {
    /// Maker or fleet, and models.
    pub whose: String,
    /// What it means, in one clause.
    pub meaning: String,
    /// The token result it stands for, when it stands for one.
    pub result: Option<TokenResult>,
    /// What to do, in order.
    pub steps: Vec<String>,
}

impl DisplayReading {
    fn of(reading: &KnowledgeEntry) -> Self {
        let models = reading.models.as_deref().filter(|models| !matches!(*models, "any" | "not stated" | "various"));
        let vendor = reading.vendor.as_deref().unwrap_or("any maker");
        DisplayReading {
            whose: models.map_or_else(|| vendor.to_owned(), |models| format!("{vendor}, {models}")),
            meaning: reading.meaning.clone(),
            result: reading.maps_to.and_then(|maps_to| maps_to.result()),
            steps: reading.next_steps.clone(),
        }
    }
}

impl Display {
    /// Looks the text up. Without a vendor every maker's records count.
    pub fn look_up(knowledge: &Knowledge, vendor: Option<&str>, text: &str) -> Self {
        let (vendor, text) = (vendor.map(str::trim).filter(|vendor| !vendor.is_empty()), text.trim());
        let every = |vendor: Option<&str>| {
            let query = Query { text: text.to_owned(), vendor: vendor.map(str::to_owned), ..Query::default() };
            let mut found: Vec<DisplayReading> = Vec::new();
            for reading in knowledge.exact(&query).filter(|reading| reading.kind == Kind::Display) {
                let reading = DisplayReading::of(reading);
                if !found.contains(&reading) {
                    found.push(reading);
                }
            }
            found
        };
        let readings = every(vendor);
        let elsewhere = if readings.is_empty() && vendor.is_some() { every(None) } else { Vec::new() };
        let mut display =
            Display { vendor: vendor.map(str::to_owned), text: text.to_owned(), meaning: None, readings, elsewhere };
        display.meaning = display.vendor.as_ref().and_then(|vendor| knowledge.display_result(vendor, text));
        display
    }

    /// What it says, one sentence a record.
    pub fn evidence(&self) -> Vec<String> {
        let text = &self.text;
        if self.readings.is_empty() {
            let whose = self.vendor.as_ref().map(|vendor| format!(" for {vendor} meters")).unwrap_or_default();
            let unknown = format!("the display text \"{text}\" is not known{whose}");
            let others = self.elsewhere.iter().map(|other| format!("on {} it means: {}", other.whose, other.meaning));
            return std::iter::once(unknown).chain(others).collect();
        }
        let sentence =
            |reading: &DisplayReading| format!("display \"{text}\" ({}): {}", reading.whose, reading.meaning);
        self.readings.iter().map(sentence).collect()
    }

    /// What to do about a display that does not speak of the token.
    pub fn steps(&self) -> impl Iterator<Item = &String> {
        let is_beside = |reading: &&DisplayReading| reading.result.is_none();
        self.readings.iter().filter(is_beside).flat_map(|reading| &reading.steps)
    }

    /// The causes that its records may stand for, where they do not settle on one result.
    pub fn causes(&self) -> Vec<Cause> {
        let mut causes: Vec<Cause> = Vec::new();
        if self.meaning.is_none() {
            for cause in self.readings.iter().filter_map(|reading| Cause::of_result(reading.result?)) {
                // That a meter took the token is no reason for a refusal.
                if cause != Cause::NoFault && !causes.contains(&cause) {
                    causes.push(cause);
                }
            }
        }
        causes
    }

    /// Whether every record stands for a token result, and all for the same.
    pub fn is_of_one_result(&self) -> bool {
        let mut results = self.readings.iter().map(|reading| reading.result);
        matches!(results.next(), Some(Some(first)) if results.all(|result| result == Some(first)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(vendor: Option<&str>, text: &str) -> Display {
        Display::look_up(&Knowledge::of_the_field().unwrap(), vendor, text)
    }

    #[test]
    fn a_maker_with_one_meaning_settles_the_result() {
        let display = shown(Some("Conlog"), "10");
        assert_eq!((display.meaning, display.causes()), (Some(TokenResult::UsedError), Vec::new()));
        assert!(display.evidence().iter().any(|sentence| sentence.contains("\"10\"")));
    }

    #[test]
    fn without_a_maker_every_meaning_counts() {
        let display = shown(None, "10");
        assert_eq!(display.meaning, None);
        assert!(display.causes().contains(&Cause::TokenUsed) && display.causes().contains(&Cause::NotReady));
        assert!(!display.is_of_one_result());
    }

    #[test]
    fn an_unknown_text_is_said_to_be_unknown() {
        assert_eq!(
            shown(Some("Conlog"), "QxZ 77").evidence(),
            ["the display text \"QxZ 77\" is not known for Conlog meters"]
        );
        let elsewhere = shown(Some("Conlog"), "XXXXX").evidence();
        assert!(elsewhere.len() > 1 && elsewhere[1].starts_with("on "), "{elsewhere:?}");
    }

    #[test]
    fn a_display_that_is_not_about_the_token_has_steps_of_its_own() {
        let display = shown(Some("Itron"), "Loc Out");
        assert!(display.causes().is_empty() && display.steps().next().is_some());
    }
}
