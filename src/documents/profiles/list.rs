//! The document of `wattkey profiles list`.

use serde::Serialize;

use crate::output::{Document, Style, grid};

#[derive(Debug, Serialize)]
pub struct Profiles {
    pub profiles: Vec<Row>,
}

#[derive(Debug, Serialize)]
pub struct Row {
    pub name: String,
    pub protocol: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maker: Option<String>,
    pub models: Vec<String>,
    pub description: String,
    pub origin: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Document for Profiles {
    const SCHEMA: &'static str = "wattkey/profiles/1";

    fn table(&self, style: Style) -> String {
        let rows: Vec<Vec<String>> = self
            .profiles
            .iter()
            .map(|row| {
                let about =
                    row.error.as_ref().map_or_else(|| row.description.clone(), |error| format!("unusable: {error}"));
                vec![row.name.clone(), row.protocol.clone(), about]
            })
            .collect();
        grid(style, &["name", "protocol", "about"], &rows)
    }

    fn csv_header(&self) -> Vec<String> {
        ["name", "protocol", "maker", "models", "description", "origin", "error"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.profiles
            .iter()
            .map(|row| {
                vec![
                    row.name.clone(),
                    row.protocol.clone(),
                    row.maker.clone().unwrap_or_default(),
                    row.models.join(" "),
                    row.description.clone(),
                    row.origin.clone(),
                    row.error.clone().unwrap_or_default(),
                ]
            })
            .collect()
    }
}
