//! The document of `wattkey smets install lights`.

use serde::Serialize;

use crate::output::{Document, Style, grid};
use crate::smets::install::lights::Light;

/// The lights.
#[derive(Debug, Serialize)]
pub struct Lights {
    pub lights: Vec<Light>,
}

fn row(light: &Light) -> Vec<String> {
    let doubt = if light.unverified { " (unverified)" } else { "" };
    vec![light.hub.clone(), light.light.clone(), light.pattern.clone(), format!("{}{doubt}", light.meaning)]
}

impl Document for Lights {
    const SCHEMA: &'static str = "wattkey/smets-lights/1";

    fn table(&self, style: Style) -> String {
        grid(style, &["hub", "light", "pattern", "meaning"], &self.lights.iter().map(row).collect::<Vec<_>>())
    }

    fn csv_header(&self) -> Vec<String> {
        ["hub", "light", "pattern", "meaning"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.lights.iter().map(row).collect()
    }
}
