//! Reading a job list as a stream: CSV as spreadsheets write it, or JSON Lines.

use std::io::{self, BufRead, BufReader, Read};

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::cells::{Cells, Column};

/// Longest first line of a CSV, and longest line of JSON Lines, in octets.
const LONGEST_LINE: u64 = 64 * 1024;

/// Why a list cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file fails.
    #[error("it cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It is not a list.
    #[error("{0}")]
    Form(String),
}

/// What is given for each row: the number of its line, from 1, and its cells or what is wrong with its form.
pub type EachRow<'a> = &'a mut dyn FnMut(u64, Result<Cells, String>);

/// A stream that is hashed while it is read.
struct Hashed<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

/// Ends every line in one line feed, so that lines are counted right, whichever system wrote them.
struct LineFeeds<R> {
    inner: R,
    after_return: bool,
}

impl<R: BufRead> Read for LineFeeds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let octets = self.inner.fill_buf()?;
            if octets.is_empty() || buffer.is_empty() {
                return Ok(0);
            }
            let (mut taken, mut put) = (0, 0);
            for (octet, place) in octets.iter().zip(buffer.iter_mut()) {
                taken += 1;
                if *octet == b'\n' && self.after_return {
                    self.after_return = false;
                    break;
                }
                self.after_return = *octet == b'\r';
                *place = if self.after_return { b'\n' } else { *octet };
                put += 1;
            }
            self.inner.consume(taken);
            if put > 0 {
                return Ok(put);
            }
        }
    }
}

/// Tells of columns that are known besides those of every list.
pub type IsKnown<'a> = &'a dyn Fn(&str) -> bool;

/// Reads every row of a list and gives the SHA-256 of its octets, in lower-case hex. Empty rows are passed over.
///
/// # Errors
/// [`SourceError`]: nothing of the list can be used.
pub fn read(source: impl Read, is_known: IsKnown<'_>, each: EachRow<'_>) -> Result<String, SourceError> {
    let mut reader = BufReader::with_capacity(128 * 1024, Hashed { inner: source, hash: Sha256::new() });
    skip_mark(&mut reader)?;
    let first = reader.fill_buf()?.iter().copied().find(|octet| !octet.is_ascii_whitespace());
    match first {
        None => return Err(SourceError::Form("it is empty".to_owned())),
        Some(b'{') => read_json(&mut reader, is_known, each)?,
        Some(b'[') => {
            return Err(SourceError::Form("it is a JSON array: write one object a line, without the brackets".into()));
        }
        Some(_) => {
            read_csv(&mut BufReader::new(LineFeeds { inner: &mut reader, after_return: false }), is_known, each)?
        }
    }
    Ok(crate::hex::encode(&reader.into_inner().hash.finalize()))
}

/// Passes over the mark that spreadsheets put before UTF-8, and refuses what is not text.
fn skip_mark(reader: &mut impl BufRead) -> Result<(), SourceError> {
    let start = reader.fill_buf()?;
    if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
        return Err(SourceError::Form("it is UTF-16: save it as CSV UTF-8".into()));
    }
    if start.starts_with(b"PK\x03\x04") {
        return Err(SourceError::Form("it is a workbook, not text: save it as CSV UTF-8".into()));
    }
    if start.starts_with(&[0xEF, 0xBB, 0xBF]) {
        reader.consume(3);
    }
    Ok(())
}

fn read_csv(reader: &mut impl BufRead, is_known: IsKnown<'_>, each: EachRow<'_>) -> Result<(), SourceError> {
    let mut skipped = 0u64;
    let (header, separator) = loop {
        let mut line = Vec::new();
        let count = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if count == 0 {
            return Err(SourceError::Form("it has no line with the names of the columns".into()));
        }
        skipped += 1;
        let text = String::from_utf8(line)
            .map_err(|_| SourceError::Form("its first line is not UTF-8: save it as CSV UTF-8".into()))?;
        let text = text.trim_end_matches(['\r', '\n']).to_owned();
        // What a spreadsheet writes to tell its separator; the names still show it.
        if !text.trim().is_empty() && !text.to_lowercase().starts_with("sep=") {
            let separator = separator_of(&text);
            break (text, separator);
        }
    };
    let columns = columns(&header, separator, is_known)?;
    let mut csv = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(reader);
    let mut record = csv::ByteRecord::new();
    loop {
        match csv.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error) => return Err(SourceError::Form(error.to_string())),
        }
        let line = record.position().map_or(0, csv::Position::line).saturating_add(skipped);
        if record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
            each(line, csv_cells(&columns, &record));
        }
    }
}

/// The separator that cuts the names into the most pieces.
fn separator_of(header: &str) -> u8 {
    let count = |separator: u8| header.bytes().filter(|octet| *octet == separator).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// The columns; a nameless one, as spreadsheets leave at the end, is `None`.
fn columns(header: &str, separator: u8, is_known: IsKnown<'_>) -> Result<Vec<Option<Column>>, SourceError> {
    let mut csv = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(header.as_bytes());
    let record = csv.records().next().and_then(Result::ok).unwrap_or_default();
    let mut columns: Vec<Option<Column>> = Vec::new();
    for name in &record {
        if name.trim().is_empty() {
            columns.push(None);
            continue;
        }
        let column =
            Column::parse(name, is_known).map_err(|problem| SourceError::Form(format!("line 1: {problem}")))?;
        if columns.contains(&Some(column.clone())) {
            return Err(SourceError::Form(format!("line 1: the column {:?} is there twice", name.trim())));
        }
        columns.push(Some(column));
    }
    Ok(columns)
}

fn csv_cells(columns: &[Option<Column>], record: &csv::ByteRecord) -> Result<Cells, String> {
    if record.len() != columns.len() && record.iter().skip(columns.len()).any(|cell| !cell.is_empty()) {
        return Err(format!(
            "it has {} cells where the first line names {}: put cells that hold the separator in double quotes",
            record.len(),
            columns.len()
        ));
    }
    if record.len() < columns.len() {
        return Err(format!("it has {} cells where the first line names {}", record.len(), columns.len()));
    }
    let mut cells = Cells::default();
    for (column, cell) in columns.iter().zip(record.iter()) {
        let value = std::str::from_utf8(cell).map_err(|_| "it is not UTF-8: save the list as CSV UTF-8".to_owned())?;
        match column {
            Some(column) => cells.set(column, value),
            None if value.trim().is_empty() => {}
            None => return Err(format!("{:?} stands in a column without a name", super::shown(value))),
        }
    }
    Ok(cells)
}

fn read_json(reader: &mut impl BufRead, is_known: IsKnown<'_>, each: EachRow<'_>) -> Result<(), SourceError> {
    let mut line = Vec::new();
    let mut number = 0u64;
    loop {
        line.clear();
        number += 1;
        let count = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if count == 0 {
            return Ok(());
        }
        if !line.ends_with(b"\n") && count as u64 == LONGEST_LINE {
            return Err(SourceError::Form(format!("line {number} is longer than {LONGEST_LINE} octets")));
        }
        if !line.trim_ascii().is_empty() {
            each(number, json_cells(&line, is_known));
        }
    }
}

fn json_cells(line: &[u8], is_known: IsKnown<'_>) -> Result<Cells, String> {
    let object: Map<String, Value> = serde_json::from_slice(line).map_err(|error| {
        let text = error.to_string();
        format!("it is not a JSON object: {}", text.split(" at line ").next().unwrap_or(&text))
    })?;
    let mut cells = Cells::default();
    for (name, value) in &object {
        let column = Column::parse(name, is_known)?;
        match (&column, value) {
            (_, Value::Null) => {}
            (_, Value::String(text)) => cells.set(&column, text),
            (Column::Plan(_) | Column::Other(_), Value::Number(_) | Value::Bool(_)) => {
                cells.set(&column, &value.to_string())
            }
            // A number has lost its leading zeros, and beyond 2^53 its last digits too.
            (_, Value::Number(_)) => return Err(format!("{name} is a number: put it in double quotes")),
            _ => return Err(format!("{name} is neither text nor a number")),
        }
    }
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::super::cells::Field;
    use super::*;

    fn rows(bytes: &[u8]) -> Vec<(u64, Result<Cells, String>)> {
        let mut rows = Vec::new();
        read(bytes, &|_| false, &mut |line, row| rows.push((line, row))).unwrap();
        rows
    }

    fn refused(bytes: &[u8]) -> String {
        read(bytes, &|_| false, &mut |_, _| {}).unwrap_err().to_string()
    }

    #[test]
    fn csv_as_spreadsheets_write_it() {
        let text = "\u{feff}sep=;\r\nID;Serial;plan.sgc;\r\n1;\"a;b\";123456;\r\n;;;\r\n2;c;;\r\n";
        let rows = rows(text.as_bytes());
        assert_eq!(rows.len(), 2);
        let first = rows[0].1.as_ref().unwrap();
        assert_eq!((rows[0].0, first.get(Field::Id), first.get(Field::Serial)), (3, Some("1"), Some("a;b")));
        assert_eq!(first.for_plan, [("plan.sgc".to_owned(), "123456".to_owned())]);
        assert_eq!(rows[1].0, 5);
        assert!(rows[1].1.as_ref().unwrap().for_plan.is_empty());
    }

    #[test]
    fn json_lines_keep_the_line_numbers() {
        let rows = rows(b"{\"id\":\"1\",\"plan.sgc\":123456}\n\n{\"id\":2}\n{\"id\":\n{\"meter\":\"x\"}\n");
        assert_eq!(rows[0].1.as_ref().unwrap().for_plan, [("plan.sgc".to_owned(), "123456".to_owned())]);
        assert_eq!(rows[1].0, 3);
        assert!(rows[1].1.as_ref().unwrap_err().contains("double quotes"));
        assert!(rows[2].1.as_ref().unwrap_err().contains("not a JSON object"));
        assert!(rows[3].1.as_ref().unwrap_err().contains("no column"));
    }

    #[test]
    fn rows_of_another_shape_are_named() {
        let rows = rows(b"id,serial\n1,a,b\n2\n3,\xe4\n4,d\n");
        let problems: Vec<bool> = rows.iter().map(|row| row.1.is_err()).collect();
        assert_eq!(problems, [true, true, true, false]);
        assert!(rows[0].1.as_ref().unwrap_err().contains("3 cells"));
        assert!(rows[2].1.as_ref().unwrap_err().contains("UTF-8"));
    }

    #[test]
    fn what_is_no_list_is_said() {
        for (bytes, word) in [
            (&b""[..], "empty"),
            (b"\xff\xfei\0", "UTF-16"),
            (b"PK\x03\x04....", "workbook"),
            (b"[{}]", "array"),
            (b"id,meter\n", "no column"),
            (b"id,ID\n", "twice"),
        ] {
            let problem = refused(bytes);
            assert!(problem.contains(word), "{problem}");
        }
    }

    #[test]
    fn the_digest_is_that_of_the_octets() {
        let digest = read(&b"id\n"[..], &|_| false, &mut |_, _| {}).unwrap();
        assert_eq!(digest, "984a644ec3b56d32b0404777e1eb73390c4b0742a6a0e183f07861056b6746de");
    }
}
