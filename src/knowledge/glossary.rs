//! Terms of the trade: what they mean, where they belong, and the type that holds them. `explain` and
//! `docs/glossary.md` are made from the same data.

use std::fmt::Write as _;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Kind, KnowledgeEntry};

const TEXT: &str = include_str!("../../data/glossary.json");

static TERMS: LazyLock<File> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema")]
    _schema: String,
    terms: Vec<Term>,
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// As people write it.
    pub term: String,
    /// In one clause.
    pub meaning: String,
    /// Other names.
    #[serde(default)]
    pub also: Vec<String>,
    /// `STS`, `protocol`, `GB`, `GB site` or `orders`.
    pub area: String,
    /// Type of the library that holds it, as a path below the crate.
    #[serde(default, rename = "type")]
    pub type_path: Option<String>,
    /// What to do about it, where it is a symptom, or how to see it.
    #[serde(default)]
    pub next_steps: Vec<String>,
}

/// Every term, area by area.
pub fn terms() -> &'static [Term] {
    &TERMS.terms
}

/// The terms as readings.
pub fn readings() -> Vec<KnowledgeEntry> {
    let reading = |term: &Term| {
        let mut reading = KnowledgeEntry::new(Kind::Term, &term.term, &term.meaning);
        reading.also.clone_from(&term.also);
        reading.class = Some(term.area.clone());
        reading.next_steps.clone_from(&term.next_steps);
        reading
    };
    terms().iter().map(reading).collect()
}

/// `docs/glossary.md`.
pub fn page() -> String {
    let mut page = String::from(
        "# Glossary\n\nMade from `data/glossary.json`, which `wattkey explain TERM` reads too. The last column names the type of the \
         library\nthat holds it.\n",
    );
    let mut area = "";
    for term in terms() {
        if term.area != area {
            area = &term.area;
            let title = match area {
                "STS" => "STS tokens and keys",
                "orders" => "Work orders",
                "protocol" => "Meter protocols",
                "GB" => "GB smart metering",
                _ => "On a GB site",
            };
            let _ = write!(page, "\n## {title}\n\n| term | also | meaning | type |\n|---|---|---|---|\n");
        }
        let type_path = term.type_path.as_ref().map(|path| format!("`{path}`")).unwrap_or_default();
        let _ = writeln!(page, "| {} | {} | {} | {type_path} |", term.term, term.also.join(", "), term.meaning);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_term_stands_once_and_reads_well() {
        let mut seen = HashSet::new();
        for term in terms() {
            for name in std::iter::once(&term.term).chain(&term.also) {
                assert!(seen.insert(name.to_lowercase()), "{name} twice");
            }
            assert!(
                !term.meaning.ends_with('.') && !term.meaning.is_empty(),
                "{}: one clause, no full stop",
                term.term
            );
            assert!(term.next_steps.iter().all(|step| step.ends_with('.')), "{}", term.term);
        }
        assert!(terms().len() > 60);
    }
}
