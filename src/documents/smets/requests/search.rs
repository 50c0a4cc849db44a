//! The document of `wattkey smets requests search`.

use serde::Serialize;

use crate::output::{Document, Style, grid};
use crate::smets::search::{Hit, Kind};

/// What was found.
#[derive(Debug, Serialize)]
pub struct Hits {
    pub query: String,
    pub hits: Vec<Hit>,
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Request => "request",
        Kind::DccAlert => "dcc-alert",
        Kind::Role => "role",
    }
}

fn row(hit: &Hit) -> Vec<String> {
    vec![kind(hit.kind).to_owned(), hit.key.clone(), hit.name.clone()]
}

impl Document for Hits {
    const SCHEMA: &'static str = "wattkey/smets-search/1";

    fn table(&self, style: Style) -> String {
        if self.hits.is_empty() {
            return format!("Nothing is called {:?}.\n", crate::output::sanitize(&self.query));
        }
        grid(style, &["kind", "key", "name"], &self.hits.iter().map(row).collect::<Vec<_>>())
    }

    fn csv_header(&self) -> Vec<String> {
        ["kind", "key", "name"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.hits.iter().map(row).collect()
    }
}
