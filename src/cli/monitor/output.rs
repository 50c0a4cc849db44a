//! Where records go: standard output, files, and the places they are sent to.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::places::Places;
use crate::cli::{CommandError, Context};
use wattkey::error::Code;
use wattkey::meter::time::machine_offset;
use wattkey::monitor::plan_file::OutputPlan;
use wattkey::monitor::quality::Quality;
use wattkey::monitor::rotation::RotatingFile;
use wattkey::monitor::{Event, MeterReading, Record, WatchPlan, influx};
use wattkey::output::write_csv_row;

/// The form of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// JSON Lines of everything.
    Jsonl,
    /// CSV of readings; events in a file of their own, else as notes.
    Csv,
}

/// Every place the records of a watch go to.
#[derive(Debug)]
pub struct Outputs {
    form: Form,
    stdout: bool,
    headed: bool,
    file: Option<RotatingFile>,
    events: Option<RotatingFile>,
    influx: Option<RotatingFile>,
    quality: Option<Quality>,
    /// Number of the next line of that file.
    points: u64,
    pub places: Places,
    /// The first failure to write, told at the end too.
    pub failed: Option<CommandError>,
}

impl Outputs {
    /// # Errors
    /// A file that cannot be opened.
    pub fn open(
        plan: &OutputPlan,
        watch: &WatchPlan,
        (form, stdout): (Form, bool),
        places: Places,
    ) -> Result<Self, CommandError> {
        let open = |path: &Option<PathBuf>, header: Vec<&str>| {
            open_in(path, plan, if form == Form::Csv { csv_line(header) } else { Vec::new() })
        };
        Ok(Outputs {
            form,
            stdout: stdout && plan.file.is_none(),
            headed: false,
            file: open(&plan.file, MeterReading::csv_header())?,
            events: open(&plan.events, Event::csv_header())?,
            influx: open_in(&plan.influx, plan, Vec::new())?,
            quality: plan.quality.as_ref().map(|folder| quality(folder, watch)).transpose()?,
            points: 0,
            places,
            failed: None,
        })
    }

    /// Writes records everywhere. A file or outbox that fails is told once and tried again with the next records.
    pub fn write(&mut self, records: &[Record], context: &Context) -> Result<(), CommandError> {
        if records.is_empty() {
            return Ok(());
        }
        if self.stdout {
            let mut stdout = io::stdout().lock();
            if self.form == Form::Csv && !self.headed {
                stdout.write_all(&csv_line(MeterReading::csv_header()))?;
                self.headed = true;
            }
            for record in records {
                if let Some(line) = line(self.form, record) {
                    stdout.write_all(&line)?;
                }
            }
            stdout.flush()?;
        }
        let mut problems: Vec<CommandError> = Vec::new();
        for record in records {
            let is_reading = matches!(record, Record::MeterReading(_));
            if let (Some(file), Some(line)) = (&mut self.file, line(self.form, record)) {
                problems.extend(file.write_line(&line).err().map(CommandError::from));
            }
            if let (Some(file), Some(line), false) = (&mut self.events, event_line(self.form, record), is_reading) {
                problems.extend(file.write_line(&line).err().map(CommandError::from));
            }
            if let Some(file) = &mut self.influx
                && let Some(line) = influx::line(&record.document(Some(self.points)))
            {
                self.points = self.points.wrapping_add(1);
                problems.extend(file.write_line(line.as_bytes()).err().map(CommandError::from));
            }
        }
        if let Some(quality) = &mut self.quality {
            problems.extend(quality.take(records).err().map(CommandError::from));
        }
        problems.extend(self.places.store(records).err());
        if let (Some(problem), None) = (problems.into_iter().next(), &self.failed) {
            context.note(format_args!("{}; the watch goes on", problem.message));
            self.failed = Some(problem);
        }
        Ok(())
    }

    /// Writes what is kept until a time of its own.
    ///
    /// # Errors
    /// A document that cannot be written.
    pub fn finish(&mut self) -> Result<(), CommandError> {
        Ok(self.quality.as_mut().map_or(Ok(()), Quality::finish)?)
    }

    /// Whether events reach the person in no other way than as notes.
    pub fn tells_events(&self) -> bool {
        self.form == Form::Jsonl && self.stdout
    }
}

/// The power quality of each day, by the time of this machine.
fn quality(folder: &Path, watch: &WatchPlan) -> Result<Quality, CommandError> {
    Quality::open(folder, watch.thresholds.clone(), watch.words(), machine_offset)
        .map_err(|error| CommandError::new(Code::File, format!("{} cannot be used: {error}", folder.display())))
}

/// A file of records that is set aside when it is full.
fn open_in(path: &Option<PathBuf>, plan: &OutputPlan, heading: Vec<u8>) -> Result<Option<RotatingFile>, CommandError> {
    let open = |path: &PathBuf| {
        RotatingFile::open(path, plan.rotate_size, plan.keep, &heading)
            .map_err(|error| CommandError::new(Code::File, format!("{} cannot be written: {error}", path.display())))
    };
    path.as_ref().map(open).transpose()
}

/// A record in a file of everything; CSV takes readings only.
fn line(form: Form, record: &Record) -> Option<Vec<u8>> {
    match (form, record) {
        (Form::Jsonl, _) => Some(json_line(record)),
        (Form::Csv, Record::MeterReading(reading)) => Some(csv_line(reading.csv_row())),
        (Form::Csv, _) => None,
    }
}

/// A record in a file of events; CSV takes no actions.
fn event_line(form: Form, record: &Record) -> Option<Vec<u8>> {
    match (form, record) {
        (Form::Jsonl, _) => Some(json_line(record)),
        (Form::Csv, Record::Event(event)) => Some(csv_line(event.csv_row())),
        (Form::Csv, _) => None,
    }
}

fn json_line(record: &Record) -> Vec<u8> {
    let mut line = record.json(None);
    line.push(b'\n');
    line
}

fn csv_line<T: AsRef<str>>(fields: Vec<T>) -> Vec<u8> {
    let mut line = Vec::new();
    // Memory takes every row.
    let _ = write_csv_row(&fields, &mut line);
    line
}
