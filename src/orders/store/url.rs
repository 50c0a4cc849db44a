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
        let (server, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        let authority = server.split('/').next().unwrap_or_default();
        // A password may hold an @: the last one parts it from the host.
        let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
        let has_password = user.is_some_and(|user| user.contains(':'))
            || parameters.split('&').any(|pair| pair.trim().to_ascii_lowercase().starts_with("password="));
        let database = server.split_once('/').map(|(_, database)| database).unwrap_or_default();
        let name = user.and_then(|user| user.split(':').next()).map(|user| format!("{user}@")).unwrap_or_default();
        let shown = format!("postgres://{name}{host}/{database}");
        if has_password {
            let problem = "it holds a password, which others see in the list of processes: take it out, and put it into \
                           the file that PGPASSFILE or [orders] password_file names";
            return Err(wrong(&shown, problem));
        }
        Ok(StoreUrl { kind: StoreKind::Postgres(format!("postgres://{rest}")), shown })
    }
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
