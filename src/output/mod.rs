//! Renderers: one result type a command, printed as table, JSON, JSON Lines or CSV.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

pub mod charts;
pub mod diagnosis;
pub mod html;
pub mod letterhead;
pub mod markdown;
pub mod slip;
mod status;
mod text;
pub mod token;

pub use text::{fit, grid, in_words, meter_line, paragraph};

/// The form results take on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Text for people.
    #[default]
    Table,
    /// One JSON document, indented.
    Json,
    /// One JSON document a line.
    Jsonl,
    /// Comma-separated values with a header line.
    Csv,
}

impl Format {
    /// Every form.
    pub const ALL: &'static [Format] = &[Format::Table, Format::Json, Format::Jsonl, Format::Csv];

    /// The word of the contract.
    pub const fn word(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
        }
    }

    /// What it is, in a few words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Format::Table => "Text for people",
            Format::Json => "One JSON document, indented",
            Format::Jsonl => "One JSON document a line",
            Format::Csv => "Comma-separated values with a header line",
        }
    }

    /// Whether errors, too, are to be documents on standard output.
    pub fn is_json(self) -> bool {
        matches!(self, Format::Json | Format::Jsonl)
    }
}

/// How a table may be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colour may be used. Colour never carries meaning alone.
    pub color: bool,
    /// Width of the terminal in columns; 80 when there is none.
    pub width: u16,
}

impl Default for Style {
    fn default() -> Self {
        Style { color: false, width: 80 }
    }
}

/// A command's result: serialised for scripts, drawn for people.
pub trait Document: Serialize {
    /// Value of the `schema` field, such as `wattkey/status/1`.
    const SCHEMA: &'static str;

    /// The table form, ending in a line feed.
    fn table(&self, style: Style) -> String;

    /// Column names of the CSV form.
    fn csv_header(&self) -> Vec<String>;

    /// Rows of the CSV form, each as long as the header.
    fn csv_rows(&self) -> Vec<Vec<String>>;
}

#[derive(Serialize)]
struct Tagged<'a, T: Serialize> {
    schema: &'static str,
    #[serde(flatten)]
    body: &'a T,
}

/// Writes one document in the form asked for.
///
/// # Errors
/// Those of the writer.
pub fn write_document<T: Document>(
    document: &T,
    format: Format,
    style: Style,
    writer: &mut impl Write,
) -> io::Result<()> {
    let tagged = Tagged { schema: T::SCHEMA, body: document };
    match format {
        Format::Table => writer.write_all(document.table(style).as_bytes()),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *writer, &tagged)?;
            writer.write_all(b"\n")
        }
        Format::Jsonl => {
            serde_json::to_writer(&mut *writer, &tagged)?;
            writer.write_all(b"\n")
        }
        Format::Csv => write_csv(document, true, writer),
    }
}

/// Writes the CSV rows of a document, with its header line when asked.
///
/// # Errors
/// Those of the writer.
pub fn write_csv<T: Document>(document: &T, header: bool, writer: &mut impl Write) -> io::Result<()> {
    let header = header.then(|| document.csv_header());
    writer.write_all(&csv_lines(header.into_iter().chain(document.csv_rows()))?)?;
    writer.flush()
}

/// Writes one row, which a caller flushes with the rest. A text cell that a spreadsheet would run as a formula gets an
/// apostrophe in front.
///
/// # Errors
/// Those of the writer.
pub fn write_csv_row<T: AsRef<str>>(cells: &[T], writer: &mut impl Write) -> io::Result<()> {
    writer.write_all(&csv_lines([cells])?)
}

/// Rows as lines, made in memory first so that errors of the writer, such as a closed pipe, keep their kind.
fn csv_lines<R: AsRef<[C]>, C: AsRef<str>>(rows: impl IntoIterator<Item = R>) -> io::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    for row in rows {
        let cells: Vec<Cow<'_, str>> = row.as_ref().iter().map(|cell| harmless(cell.as_ref())).collect();
        csv.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(io::Error::other)?;
    }
    csv.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// The cell, with an apostrophe in front when a spreadsheet would take it for a formula (OWASP, CSV injection). A number
/// with its sign, and a lone hyphen, are none.
fn harmless(cell: &str) -> Cow<'_, str> {
    let is_number = || {
        let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
        cell == "-" || (digits.starts_with(|c: char| c.is_ascii_digit()) && digits.parse::<f64>().is_ok())
    };
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number() {
        return Cow::Owned(format!("'{cell}"));
    }
    Cow::Borrowed(cell)
}

/// Text that came from a meter or a file, made safe for a terminal: control characters become `·`.
pub fn sanitize(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || is_invisible_direction(c) { '·' } else { c }).collect()
}

/// Unicode marks that reorder or hide text on a terminal.
fn is_invisible_direction(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe() {
        for formula in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "+1.2.3", "-inf"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        for plain in ["-12.5", "+3", "-", "", "text", "1=2", "'=1", "-3e2"] {
            assert_eq!(harmless(plain), plain);
        }
        let mut row = Vec::new();
        write_csv_row(&["=1+1", "a,b"], &mut row).unwrap();
        assert_eq!(row, b"'=1+1,\"a,b\"\n");
    }
}
