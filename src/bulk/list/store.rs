//! The rows of a list in little memory: words that repeat are kept once, everything else in one piece of text.

use std::collections::HashMap;

use super::Job;
use super::cells::{Cells, Field};

/// A word kept once.
type Word = u32;

/// No word.
const NONE: Word = Word::MAX;

/// Separates the texts of a row. A control character, which no value may hold.
const END: char = '\u{1f}';

/// One row: where its own texts begin, and the words it shares with others.
#[derive(Debug, Clone, Copy)]
struct Row {
    line: u32,
    start: u32,
    port: Word,
    link: Word,
    protocol: Word,
    profile: Word,
    plan: Word,
}

/// Why a row cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Full;

/// All rows.
#[derive(Debug, Default)]
pub(super) struct Store {
    rows: Vec<Row>,
    texts: String,
    words: Vec<String>,
    known: HashMap<String, Word>,
}

impl Store {
    fn word(&mut self, text: Option<&str>) -> Word {
        let Some(text) = text else { return NONE };
        if let Some(word) = self.known.get(text) {
            return *word;
        }
        let word = Word::try_from(self.words.len()).unwrap_or(NONE);
        self.words.push(text.to_owned());
        self.known.insert(text.to_owned(), word);
        word
    }

    fn text(&self, word: Word) -> Option<&str> {
        self.words.get(usize::try_from(word).ok()?).map(String::as_str)
    }

    /// Keeps a checked row of the line on `port`.
    pub(super) fn push(&mut self, line: u64, port: &str, cells: &Cells) -> Result<u32, Full> {
        let index = u32::try_from(self.rows.len()).map_err(|_| Full)?;
        let start = u32::try_from(self.texts.len()).map_err(|_| Full)?;
        let row = Row {
            line: u32::try_from(line).map_err(|_| Full)?,
            start,
            port: self.word(Some(port)),
            link: self.word(cells.get(Field::Link)),
            protocol: self.word(cells.get(Field::Protocol)),
            profile: self.word(cells.get(Field::Profile)),
            plan: self.word(cells.get(Field::Plan)),
        };
        for field in [Field::Id, Field::Serial, Field::Drn, Field::Address, Field::VendCode] {
            self.texts.push_str(cells.get(field).unwrap_or_default());
            self.texts.push(END);
        }
        for (key, value) in &cells.for_plan {
            let key = self.word(Some(key));
            self.texts.push_str(&key.to_string());
            self.texts.push('=');
            self.texts.push_str(value);
            self.texts.push(END);
        }
        self.rows.push(row);
        Ok(index)
    }

    /// Octets the rows and their texts take.
    #[cfg(test)]
    pub(super) fn room(&self) -> usize {
        let words: usize = self.words.iter().map(|word| word.capacity() + size_of::<String>()).sum();
        self.rows.capacity() * size_of::<Row>() + self.texts.capacity() + words
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Room that was taken for growing and is not needed is given back; so is the index of words.
    pub(super) fn settle(&mut self) {
        self.known = HashMap::new();
        self.rows.shrink_to_fit();
        self.texts.shrink_to_fit();
    }

    fn own_texts(&self, index: u32) -> Option<(Row, impl Iterator<Item = &str>)> {
        let index = usize::try_from(index).ok()?;
        let row = *self.rows.get(index)?;
        let end = self.rows.get(index + 1).map_or(self.texts.len(), |next| next.start as usize);
        let texts = self.texts.get(row.start as usize..end)?;
        Some((row, texts.split_terminator(END)))
    }

    /// Serial number, DRN and id of a row, without making a job of it.
    pub(super) fn names(&self, index: u32) -> Option<[&str; 3]> {
        let (_, mut texts) = self.own_texts(index)?;
        let (id, serial, drn) = (texts.next()?, texts.next()?, texts.next()?);
        Some([id, serial, drn])
    }

    pub(super) fn address(&self, index: u32) -> Option<&str> {
        self.own_texts(index)?.1.nth(3)
    }

    pub(super) fn line(&self, index: u32) -> u32 {
        self.rows.get(index as usize).map_or(0, |row| row.line)
    }

    pub(super) fn port(&self, index: u32) -> &str {
        self.rows.get(index as usize).and_then(|row| self.text(row.port)).unwrap_or_default()
    }

    pub(super) fn job(&self, index: u32) -> Option<Job> {
        let (row, mut texts) = self.own_texts(index)?;
        let mut next = || texts.next().filter(|text| !text.is_empty()).map(str::to_owned);
        let (id, serial, drn, address, vend_code) = (next()?, next(), next(), next(), next());
        let for_plan = texts
            .filter_map(|text| {
                let (key, value) = text.split_once('=')?;
                Some((self.text(key.parse().ok()?)?.to_owned(), value.to_owned()))
            })
            .collect();
        let word = |word| self.text(word).map(str::to_owned);
        Some(Job {
            id,
            line: row.line,
            serial,
            drn,
            port: word(row.port).unwrap_or_default(),
            link: word(row.link).unwrap_or_default(),
            address,
            protocol: word(row.protocol),
            profile: word(row.profile),
            plan: word(row.plan).unwrap_or_default(),
            vend_code,
            for_plan,
        })
    }
}
