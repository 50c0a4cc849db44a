//! A set of key-change tokens as a whole: which sections are there, which key reads them, and where they lead.

use super::candidates::{Candidate, derived_identity};
use super::search::Searcher;
use crate::sts::key_change::AssemblyError;
use crate::sts::{Drn, KeyChangeAssembly, MeterParameters, NewKey, Pan, Token, TokenClass, TokenContent};

/// One token of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetToken {
    /// The token.
    pub token: Token,
    /// What it says, when the key that reads the set reads it.
    pub content: Option<TokenContent>,
    /// Number of its section, 1 to 4, when that is known.
    pub section: Option<u8>,
}

/// What could be told of a set.
#[derive(Debug, Clone)]
pub struct KeyChangeSet {
    /// Its tokens: by section when that is known, else in the order given.
    pub tokens: Vec<SetToken>,
    /// The key under which the set reads, which is the one the meter must be on.
    pub from: Option<MeterParameters>,
    /// Sections that a whole set has and this one lacks.
    pub missing: Vec<u8>,
    /// The key it leads to, once whole.
    pub new: Option<NewKey>,
    /// Which vending key makes that very key for this meter; `None` when none at hand does.
    pub leads_to: Option<MeterParameters>,
    /// What is wrong with it, one sentence each.
    pub problems: Vec<String>,
}

impl KeyChangeSet {
    /// Reads the tokens with every key that may be had for `drn`, or, without it, with every decoder key.
    pub fn read(tokens: &[Token], drn: Option<Drn>, searcher: &Searcher) -> Self {
        let mut set = KeyChangeSet {
            tokens: Vec::new(),
            from: None,
            missing: Vec::new(),
            new: None,
            leads_to: None,
            problems: Vec::new(),
        };
        let mut given: Vec<Token> = Vec::new();
        for token in tokens {
            if given.contains(token) {
                set.problems.push(format!("the token ending {} is there twice", token.last_four()));
            } else {
                given.push(*token);
            }
        }
        match best_key(&given, drn, searcher) {
            Some(candidate) => set.read_under(&given, &candidate, searcher),
            None => set.tokens = given.iter().map(|token| unread(*token)).collect(),
        }
        for token in set.tokens.iter().filter(|token| token.token.class() != TokenClass::Management) {
            let last = token.token.last_four();
            set.problems.push(format!("the token ending {last} is not a management token: it belongs to no set"));
        }
        set
    }

    fn read_under(&mut self, given: &[Token], candidate: &Candidate, searcher: &Searcher) {
        self.from = Some(candidate.identity);
        let mut assembly = KeyChangeAssembly::default();
        for token in given {
            let content = searcher.open(*token, &candidate.key);
            let section = content.as_ref().and_then(|content| assembly.take(content));
            match (&content, section) {
                (None, _) => self
                    .problems
                    .push(format!("the token ending {} does not read under the key of the others", token.last_four())),
                (Some(content), None) => self.problems.push(format!(
                    "the token ending {} is {}, not a section of a key",
                    token.last_four(),
                    content.kind().word()
                )),
                (Some(_), Some(_)) => {}
            }
            self.tokens.push(SetToken { token: *token, content, section });
        }
        self.tokens.sort_by_key(|token| token.section.unwrap_or(u8::MAX));
        match assembly.complete(candidate.key.algorithm()) {
            Ok(new) => {
                self.leads_to = candidate.identity.drn.and_then(|drn| origin(&new, drn, searcher));
                if self.leads_to.is_none() {
                    self.problems.push("no vending key at hand makes the key it leads to".to_owned());
                }
                self.new = Some(new);
            }
            Err(AssemblyError::Missing(missing)) => {
                let numbers: Vec<String> = missing.iter().map(u8::to_string).collect();
                self.problems.push(format!("section {} is missing", numbers.join(" and ")));
                self.missing = missing;
            }
            Err(error) => self.problems.push(error.to_string()),
        }
    }

    /// Whether every section is there; `None` when no key reads the set.
    pub fn is_complete(&self) -> Option<bool> {
        self.from.map(|_| self.new.is_some())
    }

    /// Whether the set is whole and leads to a key that a vending key at hand makes for this meter.
    pub fn is_sound(&self) -> bool {
        self.new.is_some() && self.leads_to.is_some() && self.problems.is_empty()
    }
}

fn unread(token: Token) -> SetToken {
    SetToken { token, content: None, section: None }
}

/// The key under which most of the tokens are sections of a key; none when it reads not even one.
fn best_key(tokens: &[Token], drn: Option<Drn>, searcher: &Searcher) -> Option<Candidate> {
    let sections = |candidate: &Candidate| {
        let is_section =
            |token: &&Token| searcher.open(**token, &candidate.key).is_some_and(|content| content.is_key_change());
        tokens.iter().filter(is_section).count()
    };
    // One section alone passes by accident once in 65536 keys; among equals the first, which is the most likely.
    let (candidate, _) = searcher
        .keys_for(drn)
        .map(|candidate| (sections(&candidate), candidate))
        .filter(|(count, _)| *count > 0)
        .fold(None, |best: Option<(Candidate, usize)>, (count, candidate)| match best {
            Some((_, most)) if most >= count => best,
            _ => Some((candidate, count)),
        })?;
    Some(candidate)
}

/// The vending key and tariff index that make this very key for a meter.
fn origin(new: &NewKey, drn: Drn, searcher: &Searcher) -> Option<MeterParameters> {
    let vending = searcher.vending_keys().iter().find(|vending| {
        let id = vending.id();
        id.krn == new.krn
            && id.kt == new.kt
            && new.sgc.is_none_or(|sgc| sgc == id.sgc)
            && vending.decoder_key(Pan::of(drn), new.ti) == new.key
    })?;
    Some(derived_identity(vending, drn, new.ti))
}

/// Every token of a text: one a line, or anywhere in a head-end's reply. From a reply only key-change tokens are
/// taken, which are of class 2; digits that run on longer than a token are none.
///
/// # Errors
/// A line that is neither a token nor blank nor a remark after `#`, when the text is no reply.
pub fn tokens_of_text(text: &str) -> Result<Vec<Token>, String> {
    if text.trim_start().starts_with(['<', '{', '[']) {
        let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 20);
        return Ok(runs
            .filter_map(|run| run.parse::<Token>().ok())
            .filter(|token| token.class() == TokenClass::Management)
            .collect());
    }
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(|(line, number)| line.parse().map_err(|problem| format!("line {number}: {problem}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_from_lines_and_from_replies() {
        let lines = "# old meter\n3481 2744 9152 1113 3004\n\n46903925208523674737\n";
        assert_eq!(tokens_of_text(lines).map(|tokens| tokens.len()), Ok(2));
        assert!(tokens_of_text("12").unwrap_err().starts_with("line 1: "));
        let class_2 = tokens_of_text(lines).unwrap();
        assert!(class_2.iter().all(|token| token.class() == TokenClass::Management));
        let reply = "<reply><stsCipher>34812744915211133004</stsCipher><credit>51043465443420856213</credit>\
                     <x>134812744915211133004</x></reply>";
        assert_eq!(tokens_of_text(reply), Ok(vec!["34812744915211133004".parse().unwrap()]));
    }
}
