//! The document of `wattkey headend outbox`.

use serde::Serialize;

use crate::headend::outbox::Item;
use crate::output::{Document, Style, grid};

#[derive(Debug, Serialize)]
pub struct Items {
    pub items: Vec<Item>,
}

impl Document for Items {
    const SCHEMA: &'static str = "wattkey/outbox/1";

    fn table(&self, style: Style) -> String {
        if self.items.is_empty() {
            return "Nothing waits.\n".to_owned();
        }
        let rows: Vec<Vec<String>> = self
            .items
            .iter()
            .map(|item| {
                let word = item.body.get("kind").and_then(serde_json::Value::as_str);
                vec![
                    item.row.to_string(),
                    item.at.clone(),
                    item.drn.clone(),
                    word.unwrap_or(item.kind.word()).to_owned(),
                    item.state.word().to_owned(),
                    item.tries.to_string(),
                    item.reference.clone().or_else(|| item.problem.clone()).unwrap_or_default(),
                ]
            })
            .collect();
        grid(style, &["row", "time", "meter", "what", "state", "tries", "reference or problem"], &rows)
    }

    fn csv_header(&self) -> Vec<String> {
        ["row", "id", "kind", "at", "drn", "state", "tries", "reference", "problem"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.items
            .iter()
            .map(|item| {
                vec![
                    item.row.to_string(),
                    item.id.clone(),
                    item.kind.word().to_owned(),
                    item.at.clone(),
                    item.drn.clone(),
                    item.state.word().to_owned(),
                    item.tries.to_string(),
                    item.reference.clone().unwrap_or_default(),
                    item.problem.clone().unwrap_or_default(),
                ]
            })
            .collect()
    }
}
