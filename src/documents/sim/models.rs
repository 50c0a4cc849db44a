//! The document of `wattkey sim models`.

use serde::Serialize;

use crate::output::{Document, Style, paragraph};

#[derive(Debug, Serialize)]
pub struct Listed {
    pub name: String,
    pub description: String,
    pub phases: u8,
    pub ea: String,
    pub display: String,
}

#[derive(Debug, Serialize)]
pub struct Models {
    pub models: Vec<Listed>,
}

impl Document for Models {
    const SCHEMA: &'static str = "wattkey/sim-models/1";

    fn table(&self, style: Style) -> String {
        // A narrow screen has no room for a column of names.
        let indent = if style.width < 60 { 4 } else { 23 };
        let row = |model: &Listed| paragraph(style, &format!("{:<22} ", model.name), indent, &model.description);
        self.models.iter().map(row).collect()
    }

    fn csv_header(&self) -> Vec<String> {
        ["name", "description", "phases", "ea", "display"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |model: &Listed| {
            let Listed { name, description, phases, ea, display } = model;
            vec![name.clone(), description.clone(), phases.to_string(), ea.clone(), display.clone()]
        };
        self.models.iter().map(row).collect()
    }
}
