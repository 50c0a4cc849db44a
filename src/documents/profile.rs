//! The document of `wattkey profile`.

use serde::Serialize;

use crate::meter::MeterRef;
use crate::meter::log::Log;
use crate::meter::value::Value;
use crate::output::{Document, Style, grid, meter_line};

#[derive(Debug, Serialize)]
pub struct LoadProfile {
    pub link: String,
    pub read_at: String,
    #[serde(skip_serializing_if = "MeterRef::is_empty")]
    pub meter: MeterRef,
    #[serde(flatten)]
    pub log: Log,
    #[serde(skip)]
    pub bars: bool,
}

/// The rows of a log as text.
pub fn log_rows(log: &Log) -> Vec<Vec<String>> {
    log.rows.iter().map(|row| row.iter().map(Value::to_string).collect()).collect()
}

/// One bar a row, from the first column that holds numbers; differences where the numbers only rise.
pub fn drawing(log: &Log, style: Style) -> String {
    let clock = log.columns.iter().position(|column| column.is_time);
    let numbers =
        |index: usize| -> Option<Vec<f64>> { log.rows.iter().map(|row| row.get(index)?.as_number()).collect() };
    let found =
        (0..log.columns.len()).filter(|index| Some(*index) != clock).find_map(|index| Some((index, numbers(index)?)));
    let Some((index, values)) = found.filter(|(_, values)| !values.is_empty()) else {
        return "There are no numbers to draw.\n".to_owned();
    };
    let rises = values.len() > 2 && values.is_sorted() && values.first() != values.last();
    let bars: Vec<f64> = if rises {
        std::iter::once(0.0)
            .chain(values.windows(2).map(|pair| pair.iter().rev().copied().reduce(|a, b| a - b).unwrap_or(0.0)))
            .collect()
    } else {
        values
    };
    let most = bars.iter().copied().fold(0.0, f64::max);
    let room = usize::from(style.width).saturating_sub(36).max(10);
    let what = if rises { "rise in " } else { "" };
    let mut text = format!("{what}{}\n", log.headings().get(index).cloned().unwrap_or_default());
    for (row, value) in log.rows.iter().zip(&bars) {
        let time = clock.and_then(|clock| row.get(clock)).map(Value::to_string).unwrap_or_default();
        let length = if most > 0.0 { (value / most * room as f64).round().max(0.0) as usize } else { 0 };
        text.push_str(format!("{:<19} {value:>12.1} {}", time.replace('T', " "), "#".repeat(length)).trim_end());
        text.push('\n');
    }
    text
}

impl Document for LoadProfile {
    const SCHEMA: &'static str = "wattkey/load-profile/1";

    fn table(&self, style: Style) -> String {
        if self.bars {
            return meter_line(&self.meter) + &drawing(&self.log, style);
        }
        let header = self.log.headings();
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        meter_line(&self.meter) + &grid(style, &header, &log_rows(&self.log))
    }

    fn csv_header(&self) -> Vec<String> {
        self.log.headings()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        log_rows(&self.log)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::log::Column;

    #[test]
    fn a_counter_is_drawn_by_what_it_rose() {
        let column = |object: &str, unit: Option<&str>| Column::new(object.into(), unit.map(Into::into), false);
        let log = Log {
            columns: vec![column("1.0.1.8.0.255:2", Some("Wh"))],
            rows: [10.0, 30.0, 40.0].map(|number| vec![Value::Real(number)]).to_vec(),
            ..Log::default()
        };
        let text = drawing(&log, Style { color: false, width: 46 });
        let bars: Vec<usize> = text.lines().skip(1).map(|line| line.matches('#').count()).collect();
        assert_eq!(bars, [0, 10, 5]);
    }
}
