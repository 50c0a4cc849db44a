//! The live table at a terminal: one row a meter, drawn anew when something has changed.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use crate::cli::CommandError;
use wattkey::monitor::record::stamp;
use wattkey::monitor::{MeterReading, MeterView};
use wattkey::output::{Style, grid, sanitize};

/// Shortest time between two drawings.
const REDRAW: Duration = Duration::from_millis(500);
/// Sentences shown below the table.
const LAST: usize = 8;

/// The screen.
#[derive(Debug)]
pub struct Screen {
    style: Style,
    drawn: Option<Instant>,
    changed: bool,
    last: Vec<String>,
}

impl Screen {
    pub fn new(style: Style) -> Self {
        Screen { style, drawn: None, changed: true, last: Vec::new() }
    }

    /// Something to be seen below the table.
    pub fn tell(&mut self, sentence: String) {
        self.changed = true;
        if self.last.len() >= LAST {
            self.last.remove(0);
        }
        self.last.push(sentence);
    }

    pub fn touch(&mut self) {
        self.changed = true;
    }

    /// Draws when something has changed and the last drawing is not too near.
    pub fn draw(&mut self, rows: &[MeterView], footer: &str, at_once: bool) -> Result<(), CommandError> {
        let near = self.drawn.is_some_and(|drawn| drawn.elapsed() < REDRAW);
        if !at_once && (!self.changed || near) {
            return Ok(());
        }
        self.changed = false;
        self.drawn = Some(Instant::now());
        let mut text = String::from("\u{1b}[H\u{1b}[J");
        text.push_str(&table(rows, self.style));
        text.push('\n');
        for sentence in &self.last {
            text.push_str(&sanitize(sentence));
            text.push('\n');
        }
        text.push_str(footer);
        text.push('\n');
        let mut stdout = io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()?;
        Ok(())
    }
}

/// The meters as a table for people. Columns nobody fills are left out, and the line where there is only one.
pub fn table(rows: &[MeterView], style: Style) -> String {
    const HEADER: [&str; 12] = ["meter", "line", "at", "V", "A", "W", "PF", "Hz", "kWh", "credit", "relay", "lasting"];
    let read = || rows.iter().filter_map(|row| row.reading.as_ref().map(|reading| (reading, &row.events)));
    let cells: Vec<Vec<String>> = read().map(|(reading, events)| cells(reading, events)).collect();
    let lines: BTreeSet<&str> = read().map(|(reading, _)| reading.line.as_str()).collect();
    let is_filled = |column: usize| cells.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()));
    let shown: Vec<bool> = HEADER
        .iter()
        .enumerate()
        .map(|(column, name)| is_filled(column) && (*name != "line" || lines.len() > 1))
        .collect();
    let header: Vec<&str> = HEADER.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(name, _)| *name).collect();
    let rows: Vec<Vec<String>> = cells
        .into_iter()
        .map(|row| row.into_iter().zip(&shown).filter(|(_, shown)| **shown).map(|(cell, _)| cell).collect())
        .collect();
    grid(style, &header, &rows)
}

fn cells(reading: &MeterReading, events: &[String]) -> Vec<String> {
    let phases = |pick: fn(&wattkey::meter::status::Phase) -> Option<f64>, decimals: usize| {
        let shown = reading.phases.iter().filter_map(pick).map(|value| format!("{value:.decimals$}"));
        shown.collect::<Vec<_>>().join("/")
    };
    let number =
        |value: Option<f64>, decimals: usize| value.map(|value| format!("{value:.decimals$}")).unwrap_or_default();
    let credit = reading.credit.map(|credit| {
        format!("{credit:.2} {}", reading.credit_unit.as_deref().unwrap_or_default()).trim_end().to_owned()
    });
    let lasting = match reading.problem {
        Some(problem) if events.is_empty() => problem.to_owned(),
        _ => events.join(", "),
    };
    vec![
        reading.meter.clone(),
        reading.line.clone(),
        clock(reading.time),
        phases(|phase| phase.voltage_v, 1),
        phases(|phase| phase.current_a, 2),
        number(reading.active_power_w, 0),
        phases(|phase| phase.power_factor, 2),
        number(reading.frequency_hz, 2),
        number(reading.import_kwh, 2),
        credit.unwrap_or_default(),
        reading.relay.clone().unwrap_or_default(),
        lasting,
    ]
}

/// Hours, minutes and seconds, UTC.
fn clock(time: OffsetDateTime) -> String {
    stamp(time).get(11..19).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;
    use wattkey::meter::status::Phase;

    #[test]
    fn a_row_shows_what_the_meter_tells() {
        let mut reading = MeterReading::silent("tcp:cabinet:1", "17", datetime!(2026-06-01 12:34:56.7 UTC));
        reading.answered = true;
        reading.phases = vec![
            Phase { phase: "L1".into(), voltage_v: Some(230.04), ..Phase::default() },
            Phase { phase: "L2".into(), voltage_v: Some(229.0), ..Phase::default() },
        ];
        reading.credit = Some(42.1);
        reading.credit_unit = Some("kWh".into());
        let rows = [MeterView { reading: Some(reading), events: vec!["sag-l2".into()] }];
        let text = table(&rows, Style { color: false, width: 160 });
        let row = text.lines().nth(1).unwrap();
        for part in ["17", "12:34:56", "230.0/229.0", "42.10 kWh", "sag-l2"] {
            assert!(row.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("tcp:cabinet:1") && !text.contains("RELAY"), "{text}");
    }
}
