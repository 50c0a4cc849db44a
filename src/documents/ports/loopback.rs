//! The loop-back check: test bytes at the usual speeds, on a port whose output is led to its input.

use serde::Serialize;

use crate::output::{Document, Style, grid};

/// The result of `wattkey ports --test`.
#[derive(Debug, Serialize)]
pub struct Check {
    pub port: String,
    pub speeds: Vec<Speed>,
}

#[derive(Debug, Serialize)]
pub struct Speed {
    pub baud: u32,
    pub result: &'static str,
    /// From handing over the first byte to having the last, beyond what the characters take on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turnaround_ms: Option<f64>,
}

impl Document for Check {
    const SCHEMA: &'static str = "wattkey/loopback/1";

    fn table(&self, style: Style) -> String {
        grid(style, &["speed", "result", "turnaround"], &self.csv_rows())
    }

    fn csv_header(&self) -> Vec<String> {
        ["baud", "result", "turnaround_ms"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |speed: &Speed| {
            let turnaround = speed.turnaround_ms.map(|value| format!("{value:.1}")).unwrap_or_default();
            vec![speed.baud.to_string(), speed.result.to_owned(), turnaround]
        };
        self.speeds.iter().map(row).collect()
    }
}
