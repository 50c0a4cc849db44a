//! The document of `wattkey profiles check`.

use serde::Serialize;

use crate::output::{Document, Style, fit};

#[derive(Debug, Serialize)]
pub struct Checked {
    pub profiles: Vec<Row>,
}

#[derive(Debug, Serialize)]
pub struct Row {
    pub name: String,
    /// `built in`, or the file.
    pub origin: Option<String>,
    pub findings: Vec<String>,
}

impl Document for Checked {
    const SCHEMA: &'static str = "wattkey/profile-check/1";

    fn table(&self, style: Style) -> String {
        let mut text = String::new();
        for row in &self.profiles {
            let verdict = if row.findings.is_empty() { "good" } else { "NOT GOOD" };
            let origin = row.origin.as_ref().filter(|origin| **origin != row.name);
            let origin = origin.map(|origin| format!(" ({origin})")).unwrap_or_default();
            text.push_str(&crate::output::sanitize(&format!("{}{origin}: {verdict}", row.name)));
            text.push('\n');
            for finding in &row.findings {
                text.push_str(&format!("  {}\n", crate::output::sanitize(finding)));
            }
        }
        fit(style, &text, 4)
    }

    fn csv_header(&self) -> Vec<String> {
        ["name", "finding"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.profiles
            .iter()
            .flat_map(|row| row.findings.iter().map(|finding| vec![row.name.clone(), finding.clone()]))
            .collect()
    }
}
