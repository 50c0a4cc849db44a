//! A set of key-change tokens as a whole: which sections are there, which key reads them, and where they lead.

mod pasted;
mod proof;
#[cfg(test)]
mod tests;

pub use pasted::{SetText, read_text};
pub use proof::{Claim, ClaimSource, Contradiction, Proof, judge, lacks_rollover};

use super::candidates::{Candidate, derived_identity};
use super::search::Searcher;
use super::{edits, shape};
use crate::sts::key_change::AssemblyError;
use crate::sts::{
    DecoderKey, Drn, KeyChangeAssembly, MeterParameters, NewKey, Pan, Token, TokenClass, TokenContent, VendingKey,
};

/// One token of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetToken {
    /// The token.
    pub token: Token,
    /// What it says, when the key that reads the set reads it.
    pub content: Option<TokenContent>,
    /// Number of its section, 1 to 4, when that is known.
    pub section: Option<u8>,
    /// What it would be with one digit mended, when it does not read.
    pub repair: Option<Repair>,
}

/// A token that one digit or one swap of neighbours makes a section of the set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The token as it should be.
    pub token: Token,
    /// The section it then is.
    pub section: u8,
    /// What to change, in one clause.
    pub change: String,
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
        self.from = Some(with_certain_base_date(candidate.identity, &candidate.key, searcher));
        let mut assembly = KeyChangeAssembly::default();
        for token in given {
            let content = searcher.open(*token, &candidate.key);
            let section = content.as_ref().and_then(|content| assembly.take(content));
            match (&content, section) {
                (None, _) => {}
                (Some(content), None) => self.problems.push(format!(
                    "the token ending {} is {}, not a section of a key",
                    token.last_four(),
                    content.kind().word()
                )),
                (Some(_), Some(_)) => {}
            }
            self.tokens.push(SetToken { token: *token, content, section, repair: None });
        }
        self.look_for_slips(&assembly, candidate, searcher);
        self.tokens.sort_by_key(|token| token.section.unwrap_or(u8::MAX));
        if self.two_of_one_section().is_some() {
            // Which of them belongs to the others is not known, so neither is the key.
            return;
        }
        match assembly.complete(candidate.key.algorithm()) {
            Ok(new) => {
                self.leads_to = candidate.identity.drn.and_then(|drn| origin(&new, drn, searcher));
                self.new = Some(new);
            }
            Err(AssemblyError::Missing(missing)) => {
                let mended = |section: &&u8| {
                    self.tokens
                        .iter()
                        .any(|token| token.repair.as_ref().is_some_and(|repair| repair.section == **section))
                };
                let numbers: Vec<String> = missing.iter().filter(|n| !mended(n)).map(u8::to_string).collect();
                if let [only] = numbers.as_slice() {
                    self.problems.push(format!("section {only} is missing"));
                } else if !numbers.is_empty() {
                    self.problems.push(format!("sections {} are missing", numbers.join(" and ")));
                }
                self.missing = missing;
            }
            Err(error) => self.problems.push(error.to_string()),
        }
    }

    /// For each token that does not read: whether one digit or one swap makes it a section that is missing.
    fn look_for_slips(&mut self, assembly: &KeyChangeAssembly, candidate: &Candidate, searcher: &Searcher) {
        let held = assembly.held();
        for token in self.tokens.iter_mut().filter(|token| token.content.is_none()) {
            let mut mended: Vec<Repair> = Vec::new();
            for edited in edits::of_token(&token.token.to_ascii()).iter().filter_map(|d| Token::from_ascii(d).ok()) {
                let Some(content) = searcher.open(edited, &candidate.key) else { continue };
                let mut whole = assembly.clone();
                let Some(section) = whole.take(&content).filter(|section| !held.contains(section)) else { continue };
                let change = shape::change(token.token, edited);
                let repair = Repair { token: edited, section, change };
                let makes_a_key = || {
                    let new = whole.complete(candidate.key.algorithm()).ok()?;
                    origin(&new, candidate.identity.drn?, searcher)
                };
                if makes_a_key().is_some() {
                    mended = vec![repair];
                    break;
                }
                mended.push(repair);
            }
            let last = token.token.last_four();
            let only = if mended.len() == 1 { mended.pop() } else { None };
            self.problems.push(match &only {
                Some(Repair { section, change, token }) => format!(
                    "the token ending {last} does not read; {change} it is section {section}: {}; compare it with the slip",
                    token.grouped()
                ),
                None => format!("the token ending {last} does not read under the key of the others"),
            });
            token.repair = only;
        }
    }

    /// The first section that two tokens of different content claim to be, with their last four digits: only one of
    /// them can belong to the set.
    pub fn two_of_one_section(&self) -> Option<(u8, [String; 2])> {
        self.tokens.iter().enumerate().find_map(|(index, token)| {
            let section = token.section?;
            let rival = self
                .tokens
                .iter()
                .skip(index.saturating_add(1))
                .find(|other| other.section == Some(section) && other.content != token.content)?;
            Some((section, [token.token.last_four(), rival.token.last_four()]))
        })
    }

    /// Whether every section is there; `None` when no key reads the set.
    pub fn is_complete(&self) -> Option<bool> {
        self.from.map(|_| self.new.is_some())
    }

    /// Whether the set is whole and nothing speaks against it.
    pub fn is_sound(&self) -> bool {
        self.new.is_some() && self.problems.is_empty()
    }
}

fn unread(token: Token) -> SetToken {
    SetToken { token, content: None, section: None, repair: None }
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
    Some(with_certain_base_date(derived_identity(vending, drn, new.ti), &new.key, searcher))
}

/// The identity of a key without its base date when vending keys of several base dates make that very key: under DKGA02
/// the base date does not enter it.
fn with_certain_base_date(identity: MeterParameters, key: &DecoderKey, searcher: &Searcher) -> MeterParameters {
    let (Some(drn), Some(ti)) = (identity.drn, identity.ti) else { return identity };
    let makes_it = |vending: &&VendingKey| vending.decoder_key(Pan::of(drn), ti) == *key;
    let is_other = |vending: &VendingKey| Some(vending.id().base_date) != identity.base_date;
    let is_certain =
        !searcher.vending_keys().iter().filter(|vending| is_other(vending)).any(|vending| makes_it(&vending));
    MeterParameters { base_date: identity.base_date.filter(|_| is_certain), ..identity }
}
