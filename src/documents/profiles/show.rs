//! The document of `wattkey profiles show`.

use serde::Serialize;

use crate::output::{Document, Style};

#[derive(Debug, Serialize)]
pub struct Shown {
    pub name: String,
    pub origin: String,
    pub text: String,
}

impl Document for Shown {
    const SCHEMA: &'static str = "wattkey/profile/1";

    fn table(&self, _style: Style) -> String {
        // The file's own lines, each made safe for the terminal.
        self.text.lines().map(|line| format!("{}\n", crate::output::sanitize(line))).collect()
    }

    fn csv_header(&self) -> Vec<String> {
        ["name", "origin", "text"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![self.name.clone(), self.origin.clone(), self.text.clone()]]
    }
}
