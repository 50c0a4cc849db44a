//! The document of `wattkey events`.

use serde::Serialize;

use crate::documents::profile::log_rows;
use crate::meter::MeterRef;
use crate::meter::log::Log;
use crate::output::{Document, Style, grid, meter_line};

#[derive(Debug, Serialize)]
pub struct Events {
    pub link: String,
    pub read_at: String,
    #[serde(skip_serializing_if = "MeterRef::is_empty")]
    pub meter: MeterRef,
    pub logs: Vec<Log>,
}

impl Document for Events {
    const SCHEMA: &'static str = "wattkey/events/1";

    fn table(&self, style: Style) -> String {
        let mut text = meter_line(&self.meter);
        for log in &self.logs {
            text.push_str(&format!("LOG {}: {} entries\n", log.object, log.rows.len()));
            let header = log.headings();
            let header: Vec<&str> = header.iter().map(String::as_str).collect();
            text.push_str(&grid(style, &header, &log_rows(log)));
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["log", "time", "values"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for log in &self.logs {
            let clock = log.columns.iter().position(|column| column.is_time);
            for row in log_rows(log) {
                let time = clock.and_then(|clock| row.get(clock).cloned()).unwrap_or_default();
                let others =
                    row.iter().enumerate().filter(|(index, _)| Some(*index) != clock).map(|(_, cell)| cell.clone());
                rows.push(vec![log.object.clone(), time, others.collect::<Vec<_>>().join(" ")]);
            }
        }
        rows
    }
}
