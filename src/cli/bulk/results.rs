//! Results of a run on standard output, as they come.

use std::io::{self, Write};

use wattkey::bulk::documents::{JobDocument, RunDocument};
use wattkey::output::{Document, Format, Style, write_csv, write_document};

/// Writes documents on standard output as they come.
#[derive(Debug)]
pub struct Results {
    format: Format,
    style: Style,
    header: bool,
}

impl Results {
    pub fn new(format: Format, style: Style) -> Self {
        Results { format, style, header: true }
    }

    /// A job that ended: a line, on its way at once.
    pub fn job(&mut self, document: &JobDocument) -> io::Result<()> {
        let mut out = io::stdout().lock();
        match self.format {
            Format::Table => out.write_all(document.table(self.style).as_bytes())?,
            Format::Json | Format::Jsonl => write_document(document, Format::Jsonl, self.style, &mut out)?,
            Format::Csv => write_csv(document, self.header, &mut out)?,
        }
        self.header = false;
        out.flush()
    }

    /// The end of the run. CSV has only jobs.
    pub fn end(&self, document: &RunDocument) -> io::Result<()> {
        let mut out = io::stdout().lock();
        match self.format {
            Format::Table => out.write_all(document.table(self.style).as_bytes())?,
            Format::Json | Format::Jsonl => write_document(document, Format::Jsonl, self.style, &mut out)?,
            Format::Csv => {}
        }
        out.flush()
    }
}
