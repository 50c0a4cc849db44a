//! Finds requests, DCC alerts and roles under the names people use for them.

use serde::Serialize;

use crate::smets::catalogue::{Catalogue, Role};
use crate::smets::codes::dcc_alert;

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A service request; the key is its SRV.
    Request,
    /// A DCC alert message; the key is its body element.
    DccAlert,
    /// A role; the key is its abbreviation.
    Role,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// SRV, element or abbreviation.
    pub key: String,
    /// Full name.
    pub name: String,
    /// How well it fits; lower is better, 0 is the very number or name.
    pub rank: u8,
}

/// Searches everything; best hits first, then in the order of the interface.
pub fn search(query: &str) -> Vec<Hit> {
    let query = Query::new(query);
    if query.squeezed.is_empty() {
        return Vec::new();
    }
    let requests = Catalogue::shipped().all().iter().filter_map(|request| {
        let rank = query.rank(&request.srv, [request.name.as_str(), &request.element], &request.use_cases);
        // A word of the trade never outranks the name of another thing.
        let alias = request.aliases.iter().filter_map(|alias| query.rank_name(alias)).min();
        let rank = rank.into_iter().chain(alias.map(|rank| rank.max(1))).min()?;
        Some(Hit { kind: Kind::Request, key: request.srv.clone(), name: request.name.clone(), rank })
    });
    let alerts = dcc_alert::all().iter().filter_map(|alert| {
        let rank = query.rank(&alert.element, [alert.message.as_str(), &alert.element], &alert.codes)?;
        Some(Hit { kind: Kind::DccAlert, key: alert.element.clone(), name: alert.message.clone(), rank })
    });
    let roles = Role::ALL.into_iter().filter_map(|role| {
        let rank = query.rank(role.word(), [role.name()], &[])?;
        Some(Hit { kind: Kind::Role, key: role.word().to_owned(), name: role.name().to_owned(), rank })
    });
    let mut hits: Vec<Hit> = requests.chain(alerts).chain(roles).collect();
    hits.sort_by_key(|hit| hit.rank);
    hits
}

struct Query {
    exact: String,
    squeezed: String,
    words: Vec<String>,
}

impl Query {
    fn new(text: &str) -> Self {
        Query { exact: text.trim().to_lowercase(), squeezed: squeeze(text), words: words(text) }
    }

    /// How well a thing with this key, these names and these codes fits, if at all.
    fn rank<'a>(&self, key: &str, names: impl IntoIterator<Item = &'a str>, codes: &[String]) -> Option<u8> {
        if key.to_lowercase() == self.exact {
            return Some(0);
        }
        if codes.iter().any(|code| code.to_lowercase() == self.exact) {
            return Some(1);
        }
        let under = self.exact.chars().all(|c| c.is_ascii_digit() || c == '.') && !self.exact.is_empty();
        if under {
            return key.starts_with(&format!("{}.", self.exact.trim_end_matches('.'))).then_some(1);
        }
        names.into_iter().filter_map(|name| self.rank_name(name)).min()
    }

    fn rank_name(&self, name: &str) -> Option<u8> {
        let squeezed = squeeze(name);
        if squeezed == self.squeezed {
            return Some(0);
        }
        if squeezed.starts_with(&self.squeezed) {
            return Some(2);
        }
        let have = words(name);
        let in_order = |wanted: &String| have.iter().any(|word| word == wanted);
        if self.words.iter().all(in_order) {
            return Some(3);
        }
        let begins = |wanted: &String| have.iter().any(|word| word.starts_with(wanted.as_str()));
        if self.words.iter().all(begins) {
            return Some(4);
        }
        (self.squeezed.len() >= 4 && squeezed.contains(&self.squeezed)).then_some(5)
    }
}

/// Letters and digits only, in lower case.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words of a name; `ReadInventory` has two.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut after_lower = false;
    for c in text.chars() {
        let new_word = !c.is_alphanumeric() || (c.is_uppercase() && after_lower);
        if new_word && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        after_lower = c.is_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(query: &str) -> Option<(Kind, String)> {
        search(query).into_iter().next().map(|hit| (hit.kind, hit.key))
    }

    #[test]
    fn everything_users_name_comes_first_under_its_name() {
        for request in Catalogue::shipped().all().iter().filter(|request| request.named_by_users) {
            for query in
                [request.name.clone(), request.name.to_uppercase(), request.element.clone(), request.srv.clone()]
            {
                assert_eq!(first(&query), Some((Kind::Request, request.srv.clone())), "{query}");
            }
        }
        for alert in dcc_alert::all().iter().filter(|alert| alert.named_by_users) {
            for query in [&alert.message, &alert.element] {
                assert_eq!(first(query), Some((Kind::DccAlert, alert.element.clone())), "{query}");
            }
        }
        for role in Role::ALL {
            for query in [role.word(), role.name()] {
                assert_eq!(first(query), Some((Kind::Role, role.word().to_owned())), "{query}");
            }
        }
    }

    #[test]
    fn words_of_the_trade_lead_to_the_request() {
        for (query, srv) in [
            ("whitelist", "8.11"),
            ("coverage", "12.1"),
            ("no wan", "8.14.2"),
            ("top up", "2.2"),
            ("pre-notify", "12.2"),
        ] {
            assert_eq!(first(query), Some((Kind::Request, srv.to_owned())), "{query}");
        }
    }

    #[test]
    fn a_reference_lists_its_variants() {
        let keys: Vec<String> = search("8.14").into_iter().map(|hit| hit.key).collect();
        assert_eq!(keys, ["8.14.1", "8.14.2", "8.14.3", "8.14.4"]);
    }

    #[test]
    fn nonsense_and_nothing_find_nothing() {
        assert!(search("").is_empty());
        assert!(search(" - ").is_empty());
        assert!(search("zebra crossing").is_empty());
    }
}
