//! Names of stores: `postgres://…` and `sqlite:FILE`.

use std::path::PathBuf;

use crate::orders::OrdersError;

/// Which engine, and what it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreKind {
    /// A file of SQLite.
    Sqlite(PathBuf),
    /// A server that speaks PostgreSQL's protocol, by its connection URL.
    Postgres(String),
}

/// The name of a store. It never holds a password.
///
/// ```
/// use wattkey::orders::store::StoreUrl;
/// assert!("sqlite:orders.sqlite".parse::<StoreUrl>().is_ok());
/// assert!("postgres://planner@db.example/orders".parse::<StoreUrl>().is_ok());
/// assert!("postgres://planner:secret@db.example/orders".parse::<StoreUrl>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreUrl {
    kind: StoreKind,
    shown: String,
}

impl StoreUrl {
    /// Which engine, and what it is told.
    pub fn kind(&self) -> &StoreKind {
        &self.kind
    }

    /// The name as it is shown.
    pub fn shown(&self) -> &str {
        &self.shown
    }
}

impl std::str::FromStr for StoreUrl {
    type Err = OrdersError;

    fn from_str(text: &str) -> Result<Self, OrdersError> {
        let text = text.trim();
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").filter(|rest| rest.starts_with('/')).unwrap_or(path);
            if path.is_empty() {
                return Err(wrong(text, "it names no file: write sqlite:FILE"));
            }
            return Ok(StoreUrl { kind: StoreKind::Sqlite(PathBuf::from(path)), shown: format!("sqlite:{path}") });
        }
        let Some(rest) = text.strip_prefix("postgres://").or_else(|| text.strip_prefix("postgresql://")) else {
            // What is before the first colon may be a password's beginning in a mistyped name: only that much is shown.
            let scheme: String = text.chars().take_while(char::is_ascii_alphanumeric).take(16).collect();
            return Err(wrong(&scheme, "write postgres://USER@HOST/DATABASE or sqlite:FILE"));
        };
        // The driver takes everything before the first @ for user and password, slashes and question marks included.
        let (credentials, place) = rest.split_once('@').map_or((None, rest), |(before, behind)| (Some(before), behind));
        let (server, parameters) = place.split_once('?').unwrap_or((place, ""));
        let name_of = |pair: &str| percent_decoded(pair.split('=').next().unwrap_or_default()).to_ascii_lowercase();
        let has_password = credentials.is_some_and(|credentials| credentials.contains(':'))
            || parameters.split('&').any(|pair| name_of(pair).trim() == "password");
        let user = credentials.and_then(|credentials| credentials.split(':').next()).unwrap_or_default();
        let user = if user.is_empty() { String::new() } else { format!("{user}@") };
        if has_password {
            // What follows may be the rest of a password that holds an @.
            let problem = "it holds a password, which others see in the list of processes: take it out, and put it into \
                           the file that PGPASSFILE or [orders] password_file names";
            return Err(wrong(&format!("postgres://{user}…"), problem));
        }
        let shown = format!("postgres://{user}{server}");
        Ok(StoreUrl { kind: StoreKind::Postgres(format!("postgres://{rest}")), shown })
    }
}

/// A text of a URL with its `%XX` as characters.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let octet = match (first, behind) {
            (b'%', [high, low, ..]) => crate::hex::decode_pair(&[*high, *low]),
            _ => None,
        };
        octets.push(octet.unwrap_or(*first));
        rest = if octet.is_some() { behind.get(2..).unwrap_or_default() } else { behind };
    }
    String::from_utf8_lossy(&octets).into_owned()
}

fn wrong(store: &str, problem: &str) -> OrdersError {
    OrdersError::Url { store: store.to_owned(), problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_refused_and_not_shown() {
        for text in [
            "postgres://planner:hunter2@db/orders",
            "postgresql://planner:hun@ter2@db/orders",
            "postgres://planner:hun/ter2@db/orders",
            "postgres://planner:hun?ter2@db/orders",
            "postgres://db/orders?user=planner&pass%77ord=hunter2",
            "postgres://db/orders?user=planner&password=hunter2",
        ] {
            let error = text.parse::<StoreUrl>().unwrap_err();
            assert_eq!(error.code().exit().number(), 2);
            let said = error.to_string();
            assert!(!said.contains("hunter2") && !said.contains("ter2") && said.contains("PGPASSFILE"), "{said}");
        }
    }

    #[test]
    fn names_of_files_are_taken_as_they_are() {
        for (text, path) in
            [("sqlite:a b.db", "a b.db"), ("sqlite:/x/y.db", "/x/y.db"), ("sqlite:///x/y.db", "/x/y.db")]
        {
            let url: StoreUrl = text.parse().unwrap();
            assert_eq!(url.kind(), &StoreKind::Sqlite(PathBuf::from(path)), "{text}");
        }
        for text in ["", "orders.db", "sqlite:", "mysql://x/y"] {
            assert!(text.parse::<StoreUrl>().is_err(), "{text}");
        }
    }
}
