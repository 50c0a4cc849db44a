//! A word for each meter of a watch, for topics and names of files.

use std::collections::{BTreeMap, BTreeSet};

/// The word of each meter. Meters on different lines that have one name, and names that differ in what no word holds, are
/// told apart by a number.
#[derive(Debug, Clone, Default)]
pub struct MeterWords(BTreeMap<(String, String), String>);

impl MeterWords {
    /// Words for lines and meters, in this order.
    pub fn new<'a>(meters: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let (names, words): (Vec<_>, Vec<_>) =
            meters.map(|(line, meter)| ((line.to_owned(), meter.to_owned()), plain_word(meter))).unzip();
        MeterWords(names.into_iter().zip(told_apart(words.into_iter())).collect())
    }

    /// The word of a meter.
    pub fn of(&self, line: &str, meter: &str) -> String {
        self.0.get(&(line.to_owned(), meter.to_owned())).cloned().unwrap_or_else(|| plain_word(meter))
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }
}

/// The words in their order; those that are alike but for capital letters, which files of some systems do not know, get a
/// number behind them.
pub fn told_apart(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let own = |word: String| {
        let mut own = word.clone();
        let mut number = 1u32;
        while !taken.insert(own.to_ascii_lowercase()) {
            number = number.saturating_add(1);
            own = format!("{word}-{number}");
        }
        own
    };
    words.map(own).collect()
}

/// A name as one level of a topic, or a part of a file's name.
fn plain_word(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let word: String = name.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
    if word.is_empty() { "meter".to_owned() } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_meters_have_one_word() {
        let meters = [("a", "flat/1"), ("b", "flat/1"), ("a", "Flat-1"), ("a", "一号"), ("a", "二号")];
        let words = MeterWords::new(meters.into_iter());
        let all: Vec<String> = meters.iter().map(|(line, meter)| words.of(line, meter)).collect();
        assert_eq!(all, ["flat-1", "flat-1-2", "Flat-1-3", "--", "---2"]);
    }
}
