//! The document of `wattkey headend pack`.

use serde::Serialize;

use crate::output::{Document, Style, paragraph};

#[derive(Debug, Serialize)]
pub struct Made {
    pub file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub records: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// The key that checks the signature; absent for an unsigned pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack_key: Option<String>,
}

impl Made {
    pub const fn nothing() -> Self {
        Made { file: String::new(), name: None, records: None, valid_until: None, pack_key: None }
    }
}

impl Document for Made {
    const SCHEMA: &'static str = "wattkey/pack-made/1";

    fn table(&self, style: Style) -> String {
        let mut out = paragraph(style, "File", 14, &self.file);
        let records = self.records.map(|records| records.to_string());
        let lines = [("Name", &self.name), ("Records", &records), ("Valid until", &self.valid_until)];
        for (label, text) in lines {
            if let Some(text) = text {
                out.push_str(&paragraph(style, label, 14, text));
            }
        }
        let key = self.pack_key.as_deref().unwrap_or("none: the pack is unsigned");
        out.push_str(&paragraph(style, "Signed by", 14, key));
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["file", "name", "records", "valid_until", "pack_key"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![
            self.file.clone(),
            self.name.clone().unwrap_or_default(),
            self.records.map(|records| records.to_string()).unwrap_or_default(),
            self.valid_until.clone().unwrap_or_default(),
            self.pack_key.clone().unwrap_or_default(),
        ]]
    }
}
