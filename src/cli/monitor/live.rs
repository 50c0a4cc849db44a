//! The live table at a terminal: one line a meter, or one meter with its course, drawn anew when something has changed.

use std::cmp::Ordering;
use std::collections::{BTreeSet, VecDeque};
use std::io::{self, Write};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use dialoguer::console::Term;
use time::OffsetDateTime;

use crate::cli::CommandError;
use wattkey::meter::status::Phase;
use wattkey::monitor::record::stamp;
use wattkey::monitor::{MeterReading, MeterView};
use wattkey::output::{Style, fit, sanitize};

/// Shortest time between two drawings.
const REDRAW: Duration = Duration::from_millis(500);
/// Sentences shown below the table.
const LAST: usize = 8;
/// Blanks between columns.
const GAP: usize = 2;
/// Readings of one meter whose course is kept.
const COURSE: usize = 512;

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Column {
    /// Its name
    Meter,
    /// The line it is on
    Line,
    /// When it was read, UTC
    At,
    /// Voltages of the phases
    V,
    /// Currents
    A,
    /// Power
    W,
    /// Power factors
    Pf,
    /// Frequency
    Hz,
    /// Energy taken
    Kwh,
    /// Prepaid credit
    Credit,
    /// Supply relay
    Relay,
    /// Conditions that last
    Lasting,
}

impl Column {
    const ALL: [Column; 12] = [
        Column::Meter,
        Column::Line,
        Column::At,
        Column::V,
        Column::A,
        Column::W,
        Column::Pf,
        Column::Hz,
        Column::Kwh,
        Column::Credit,
        Column::Relay,
        Column::Lasting,
    ];

    /// The order in which columns leave a screen that is too narrow; the others stay.
    const LEAVING: [Column; 9] = [
        Column::Hz,
        Column::Pf,
        Column::Line,
        Column::Credit,
        Column::A,
        Column::Kwh,
        Column::Relay,
        Column::At,
        Column::V,
    ];

    fn heading(self) -> &'static str {
        match self {
            Column::Meter => "METER",
            Column::Line => "LINE",
            Column::At => "AT",
            Column::V => "V",
            Column::A => "A",
            Column::W => "W",
            Column::Pf => "PF",
            Column::Hz => "Hz",
            Column::Kwh => "kWh",
            Column::Credit => "CREDIT",
            Column::Relay => "RELAY",
            Column::Lasting => "LASTING",
        }
    }

    fn cell(self, reading: &MeterReading, events: &[String]) -> String {
        let phases = |pick: fn(&Phase) -> Option<f64>, decimals: usize| {
            let shown = reading.phases.iter().filter_map(pick).map(|value| format!("{value:.decimals$}"));
            shown.collect::<Vec<_>>().join("/")
        };
        let number =
            |value: Option<f64>, decimals: usize| value.map(|value| format!("{value:.decimals$}")).unwrap_or_default();
        match self {
            Column::Meter => sanitize(&reading.meter),
            Column::Line => sanitize(&reading.line),
            Column::At => clock(reading.time),
            Column::V => phases(|phase| phase.voltage_v, 1),
            Column::A => phases(|phase| phase.current_a, 2),
            Column::W => number(reading.active_power_w, 0),
            Column::Pf => phases(|phase| phase.power_factor, 2),
            Column::Hz => number(reading.frequency_hz, 2),
            Column::Kwh => number(reading.import_kwh, 2),
            Column::Credit => reading.credit.map_or_else(String::new, |credit| {
                format!("{credit:.2} {}", reading.credit_unit.as_deref().unwrap_or_default()).trim_end().to_owned()
            }),
            Column::Relay => reading.relay.clone().unwrap_or_default(),
            Column::Lasting => match reading.problem {
                Some(problem) if events.is_empty() => problem.to_owned(),
                _ => sanitize(&events.join(", ")),
            },
        }
    }

    /// What a meter is sorted by in this column: the largest number, or the first word.
    fn key(self, reading: &MeterReading, events: &[String]) -> (f64, String) {
        let largest = |pick: fn(&Phase) -> Option<f64>| reading.phases.iter().filter_map(pick).reduce(f64::max);
        let number = match self {
            Column::V => largest(|phase| phase.voltage_v),
            Column::A => largest(|phase| phase.current_a),
            Column::W => reading.active_power_w,
            Column::Pf => largest(|phase| phase.power_factor),
            Column::Hz => reading.frequency_hz,
            Column::Kwh => reading.import_kwh,
            Column::Credit => reading.credit,
            Column::At => Some(reading.time.unix_timestamp() as f64),
            Column::Meter | Column::Line | Column::Relay | Column::Lasting => Some(0.0),
        };
        let word = matches!(self, Column::Meter | Column::Line | Column::Relay | Column::Lasting)
            .then(|| self.cell(reading, events));
        (number.unwrap_or(f64::NEG_INFINITY), word.unwrap_or_default())
    }
}

/// How the table is to look.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Look {
    /// Order of the live table: the largest number of this column first, or the first word; meters with a lasting condition stay on top
    #[arg(long, value_name = "COLUMN", help_heading = "Live table")]
    pub sort: Option<Column>,

    /// Columns that leave the live table first when it is too wide
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',', help_heading = "Live table")]
    pub leave: Vec<Column>,

    /// Show this meter alone, with the course of its power and voltage
    #[arg(long, value_name = "METER", help_heading = "Live table")]
    pub view: Option<String>,
}

/// The screen.
#[derive(Debug)]
pub struct Screen {
    style: Style,
    look: Look,
    drawn: Option<Instant>,
    changed: bool,
    last: Vec<String>,
    course: Course,
}

impl Screen {
    pub fn new(style: Style, look: Look) -> Self {
        Screen { style, look, drawn: None, changed: true, last: Vec::new(), course: Course::default() }
    }

    /// Something to be seen below the table.
    pub fn tell(&mut self, sentence: String) {
        self.changed = true;
        if self.last.len() >= LAST {
            self.last.remove(0);
        }
        self.last.push(sentence);
    }

    /// There is a new reading.
    pub fn take(&mut self, reading: &MeterReading) {
        self.changed = true;
        if self.look.view.as_ref() == Some(&reading.meter) {
            self.course.take(reading);
        }
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
        let (height, width) = Term::stdout().size();
        let style = Style { width, ..self.style };
        let told: String = self.last.iter().map(|sentence| format!("{}\n", sanitize(sentence))).collect();
        let below = fit(style, &format!("{told}{footer}\n"), 4);
        let room = usize::from(height).saturating_sub(below.lines().count()).saturating_sub(2).max(3);
        let above = match &self.look.view {
            Some(meter) => self.course.page(meter, rows, style),
            None => table(rows, style, &self.look, Some(room)),
        };
        // Over what stands there, so that nothing flickers.
        let mut text = String::from("\u{1b}[H");
        for line in above.lines().chain([""]).chain(below.lines()) {
            text.push_str(line);
            text.push_str("\u{1b}[K\n");
        }
        text.push_str("\u{1b}[J");
        let mut stdout = io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()?;
        Ok(())
    }
}

/// The meters as a table for people, a line each, those with a lasting condition first. Columns nobody fills are left out, and
/// the line where there is only one; where the screen is too narrow, more leave. At most `room` lines.
pub fn table(rows: &[MeterView], style: Style, look: &Look, room: Option<usize>) -> String {
    let mut meters: Vec<(&MeterReading, &[String])> =
        rows.iter().filter_map(|row| Some((row.reading.as_ref()?, row.events.as_slice()))).collect();
    let is_troubled = |(reading, events): &(&MeterReading, &[String])| !reading.answered || !events.is_empty();
    meters.sort_by(|left, right| {
        let trouble = is_troubled(right).cmp(&is_troubled(left));
        let by_column = look.sort.map_or(Ordering::Equal, |column| {
            let (left, right) = (column.key(left.0, left.1), column.key(right.0, right.1));
            right.0.total_cmp(&left.0).then_with(|| left.1.cmp(&right.1))
        });
        trouble.then(by_column)
    });
    let lines: BTreeSet<&str> = meters.iter().map(|(reading, _)| reading.line.as_str()).collect();
    let is_filled = |column: Column| meters.iter().any(|(reading, events)| !column.cell(reading, events).is_empty());
    let mut columns: Vec<(Column, usize)> = Column::ALL
        .into_iter()
        .filter(|column| is_filled(*column) && (*column != Column::Line || lines.len() > 1))
        .map(|column| {
            let cells = meters.iter().map(|(reading, events)| column.cell(reading, events).chars().count());
            (column, cells.chain([column.heading().len()]).max().unwrap_or_default())
        })
        .collect();
    let width = usize::from(style.width);
    for leaving in look.leave.iter().chain(&Column::LEAVING) {
        if wide(&columns) <= width {
            break;
        }
        columns.retain(|(column, _)| column != leaving || *column == Column::Meter);
    }
    let line = |cell: &dyn Fn(Column) -> String| {
        let cells: Vec<String> =
            columns.iter().map(|(column, width)| format!("{:<width$}", cell(*column), width = width)).collect();
        cut(cells.join(&" ".repeat(GAP)).trim_end(), width)
    };
    let mut text = format!("{}\n", line(&|column| column.heading().to_owned()));
    let fits = room.map_or(meters.len(), |room| room.saturating_sub(1));
    let shown = if meters.len() > fits { fits.saturating_sub(1) } else { meters.len() };
    for (reading, events) in meters.iter().take(shown) {
        text.push_str(&line(&|column| column.cell(reading, events)));
        text.push('\n');
    }
    if shown < meters.len() {
        let more = meters.len().saturating_sub(shown);
        text.push_str(&cut(&format!("and {more} more; --sort brings others up"), width));
        text.push('\n');
    }
    text
}

fn wide(columns: &[(Column, usize)]) -> usize {
    columns.iter().map(|(_, width)| width.saturating_add(GAP)).sum::<usize>().saturating_sub(GAP)
}

/// A line without what goes over the edge; a mark stands for it.
fn cut(line: &str, width: usize) -> String {
    if line.chars().count() <= width {
        return line.to_owned();
    }
    line.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// The course of one meter.
#[derive(Debug, Default)]
struct Course {
    power: VecDeque<f64>,
    voltage: VecDeque<f64>,
}

impl Course {
    fn take(&mut self, reading: &MeterReading) {
        let voltage = reading.phases.first().and_then(|phase| phase.voltage_v);
        for (course, value) in [(&mut self.power, reading.active_power_w), (&mut self.voltage, voltage)] {
            course.extend(value);
            if course.len() > COURSE {
                course.pop_front();
            }
        }
    }

    /// The meter with all it tells, and how power and voltage went.
    fn page(&self, meter: &str, rows: &[MeterView], style: Style) -> String {
        let found = rows.iter().find(|row| row.reading.as_ref().is_some_and(|reading| reading.meter == meter));
        let Some(MeterView { reading: Some(reading), events }) = found else {
            return format!("{} has not been read yet\n", sanitize(meter));
        };
        let mut text = String::new();
        for column in Column::ALL {
            let cell = column.cell(reading, events);
            if !cell.is_empty() {
                text.push_str(&cut(&format!("{:<10}{cell}", column.heading()), style.width.into()));
                text.push('\n');
            }
        }
        for (name, value) in &reading.values {
            let unit = value.unit.as_deref().unwrap_or_default();
            text.push_str(&cut(sanitize(&format!("{name:<10} {} {unit}", value.value)).trim_end(), style.width.into()));
            text.push('\n');
        }
        for (heading, course, unit) in [("POWER", &self.power, "W"), ("VOLTAGE", &self.voltage, "V")] {
            if let Some((line, least, most)) = sparkline(course, usize::from(style.width).saturating_sub(10)) {
                text.push_str(&format!("{heading:<10}{line}\n{:<10}{least:.0} to {most:.0} {unit}\n", ""));
            }
        }
        text
    }
}

/// The last values as bars of eight heights, as many as fit, with the least and the most of them.
fn sparkline(values: &VecDeque<f64>, width: usize) -> Option<(String, f64, f64)> {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let shown = values.iter().copied().skip(values.len().saturating_sub(width));
    let least = shown.clone().reduce(f64::min)?;
    let most = shown.clone().reduce(f64::max)?;
    let span = (most - least).max(f64::MIN_POSITIVE);
    let line = shown.map(|value| {
        let eighth = ((value - least) / span * 7.0).round().clamp(0.0, 7.0) as usize;
        BARS.get(eighth).copied().unwrap_or(' ')
    });
    Some((line.collect(), least, most))
}

/// Hours, minutes and seconds, UTC.
fn clock(time: OffsetDateTime) -> String {
    stamp(time).get(11..19).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn meter(name: &str, watts: f64, events: &[&str]) -> MeterView {
        let mut reading = MeterReading::silent("tcp:cabinet:1", name, datetime!(2026-06-01 12:34:56.7 UTC));
        reading.answered = true;
        reading.active_power_w = Some(watts);
        reading.frequency_hz = Some(50.01);
        reading.import_kwh = Some(12_345.67);
        reading.phases = vec![
            Phase { phase: "L1".into(), voltage_v: Some(230.04), current_a: Some(1.5), ..Phase::default() },
            Phase { phase: "L2".into(), voltage_v: Some(229.0), current_a: Some(2.5), ..Phase::default() },
        ];
        reading.credit = Some(42.1);
        reading.credit_unit = Some("kWh".into());
        MeterView { reading: Some(reading), events: events.iter().map(|event| (*event).to_owned()).collect() }
    }

    fn drawn(rows: &[MeterView], width: u16, look: &Look, room: Option<usize>) -> String {
        table(rows, Style { color: false, width }, look, room)
    }

    #[test]
    fn a_row_shows_what_the_meter_tells() {
        let text = drawn(&[meter("17", 500.0, &["sag-l2"])], 160, &Look::default(), None);
        let row = text.lines().nth(1).unwrap();
        for part in ["17", "12:34:56", "230.0/229.0", "42.10 kWh", "sag-l2"] {
            assert!(row.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("tcp:cabinet:1") && !text.contains("RELAY"), "{text}");
    }

    #[test]
    fn columns_leave_a_narrow_screen_and_no_number_is_cut() {
        let rows = [meter("flat-1", 500.0, &[]), meter("flat-2", 1_500.0, &["sag-l1"])];
        for width in 40..=200 {
            let text = drawn(&rows, width, &Look::default(), None);
            assert_eq!(text.lines().count(), 3, "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= usize::from(width)), "{width}:\n{text}");
            let row = text.lines().find(|line| line.starts_with("flat-1")).unwrap();
            assert!(row.split_whitespace().any(|cell| cell == "500") && !row.contains('…'), "{width}:\n{text}");
        }
        let chosen = Look { leave: vec![Column::W], ..Look::default() };
        assert!(!drawn(&rows, 60, &chosen, None).contains(" W "));
    }

    #[test]
    fn trouble_comes_first_and_then_the_order_that_was_asked_for() {
        let rows = [meter("a", 1.0, &[]), meter("b", 3.0, &[]), meter("c", 2.0, &["outage-l1"])];
        let order = |look: &Look| {
            let text = drawn(&rows, 120, look, None);
            text.lines().skip(1).filter_map(|line| line.chars().next()).collect::<String>()
        };
        assert_eq!(order(&Look::default()), "cab");
        assert_eq!(order(&Look { sort: Some(Column::W), ..Look::default() }), "cba");
        assert_eq!(order(&Look { sort: Some(Column::Meter), ..Look::default() }), "cab");
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let rows: Vec<MeterView> = (0..20).map(|number| meter(&format!("m{number}"), 1.0, &[])).collect();
        let text = drawn(&rows, 80, &Look::default(), Some(10));
        assert_eq!(text.lines().count(), 10);
        assert!(text.starts_with("METER") && text.contains("and 12 more"), "{text}");
    }

    #[test]
    fn the_course_of_a_meter_is_drawn() {
        let (line, least, most) = sparkline(&VecDeque::from([1.0, 8.0, 4.5]), 10).unwrap();
        assert_eq!((line.as_str(), least, most), ("▁█▅", 1.0, 8.0));
        assert_eq!(sparkline(&VecDeque::from([5.0; 20]), 10).unwrap().0, "▁▁▁▁▁▁▁▁▁▁");
        assert!(sparkline(&VecDeque::new(), 10).is_none());
        let mut screen = Screen::new(Style::default(), Look { view: Some("a".into()), ..Look::default() });
        let rows = [meter("a", 100.0, &[]), meter("b", 1.0, &[])];
        rows.iter().for_each(|row| screen.take(row.reading.as_ref().unwrap()));
        let page = screen.course.page("a", &rows, Style { color: false, width: 60 });
        assert!(page.contains("POWER     ▁") && page.contains("100 to 100 W"), "{page}");
        assert!(screen.course.page("x", &rows, Style::default()).contains("not been read"));
    }
}
