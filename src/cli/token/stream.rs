//! Tokens as lines of standard input: one result a line.

use std::io::{self, Read, Write};
use std::sync::Arc;

use serde_json::json;

use super::decode::decode;
use crate::cli::{CommandError, CommandResult};
use wattkey::error::{Code, Exit};
use wattkey::lines::{self, LONGEST_LINE, Line, Worker};
use wattkey::output::token as table;
use wattkey::output::{Format, write_csv_row};
use wattkey::sts::request::{self, LineError};
use wattkey::sts::{Keyring, MeterParameters, TokenDocument, document};

/// Octets read at once: a token takes microseconds.
const BLOCK: usize = 128 * 1024;

/// What to do with every line.
#[derive(Debug)]
pub struct Task {
    /// Keys at hand.
    pub keyring: Keyring,
    /// What holds where a line does not say otherwise.
    pub known: MeterParameters,
    /// Whether key halves are shown.
    pub reveal_keys: bool,
    /// Form of the results; both JSON forms are JSON Lines here.
    pub form: Format,
}

/// Runs standard input through the task.
pub fn run(task: Task) -> CommandResult {
    let mut stdout = io::stdout().lock();
    if task.form == Format::Csv {
        write_csv_row(&table::csv_header(), &mut stdout)?;
    }
    decode_lines(io::stdin(), &mut stdout, task, lines::workers())
}

fn decode_lines(
    input: impl Read + Send + 'static,
    output: &mut impl Write,
    task: Task,
    workers: usize,
) -> CommandResult {
    let task = Arc::new(task);
    let exit = lines::answer_lines(input, output, BLOCK, workers, move || Decoder(Arc::clone(&task)));
    exit.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => error.into(),
        _ => CommandError::new(Code::File, format!("the tokens cannot be read or their results not written: {error}")),
    })
}

struct Decoder(Arc<Task>);

impl Worker for Decoder {
    fn answer(&mut self, line: Line<'_>, number: u64, out: &mut Vec<u8>) -> Exit {
        let task = &self.0;
        let text = match line {
            Line::Text(text) => text,
            Line::TooLong => {
                let message = format!("the line is longer than {LONGEST_LINE} bytes");
                write_error(task, &LineError { id: None, code: Code::BadValue, message }, number, out);
                return Exit::AnswerNo;
            }
        };
        match request::parse(text, &task.known) {
            Ok(request) => {
                let document = decode(&request.token, &request.known, &task.keyring, task.reveal_keys);
                write_document(task, request.id, &document, out);
                if document.is_bad() { Exit::AnswerNo } else { Exit::Done }
            }
            Err(error) => {
                write_error(task, &error, number, out);
                Exit::AnswerNo
            }
        }
    }
}

// Writing to memory does not fail, so the results of the writers are dropped.
fn write_document(task: &Task, id: Option<&str>, document: &TokenDocument, bytes: &mut Vec<u8>) {
    match task.form {
        Format::Json | Format::Jsonl => {
            document.write_line(id, bytes);
            bytes.push(b'\n');
        }
        Format::Csv => {
            // Memory takes every row.
            let _ = write_csv_row(&table::csv_row(document), bytes);
        }
        Format::Table => {
            bytes.extend_from_slice(table::summary(document).as_bytes());
            bytes.push(b'\n');
        }
    }
}

/// A line that cannot be understood: an error in its place. Where results are no JSON it goes to standard error.
fn write_error(task: &Task, error: &LineError<'_>, number: u64, bytes: &mut Vec<u8>) {
    if !task.form.is_json() {
        let message = wattkey::output::sanitize(&error.message);
        let _ = writeln!(anstream::stderr(), "error: line {number}: {message}");
        return;
    }
    let mut object = json!({"schema": document::SCHEMA});
    if let (Some(id), Some(object)) = (error.id, object.as_object_mut()) {
        object.insert("id".to_owned(), serde_json::from_str(id).unwrap_or_default());
    }
    if let Some(object) = object.as_object_mut() {
        object.insert("line".to_owned(), json!(number));
        object.insert(
            "error".to_owned(),
            json!({
                "code": error.code.word(),
                "message": format!("line {number}: {}", error.message),
                "hints": [error.code.remedy()],
                "exit": error.code.exit().number(),
            }),
        );
    }
    let _ = serde_json::to_writer(&mut *bytes, &object);
    bytes.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(input: Vec<u8>, workers: usize) -> (Vec<serde_json::Value>, bool) {
        let task = Task {
            keyring: Keyring::default(),
            known: MeterParameters::default(),
            reveal_keys: false,
            form: Format::Jsonl,
        };
        let mut output = Vec::new();
        let exit = decode_lines(io::Cursor::new(input), &mut output, task, workers).unwrap();
        let lines = output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        (lines.map(|line| serde_json::from_slice(line).unwrap()).collect(), exit == Exit::AnswerNo)
    }

    #[test]
    fn order_is_kept_over_many_blocks_and_workers() {
        let count = 30_000;
        let input: String = (0..count).map(|id| format!("{{\"id\":{id},\"token\":\"{id:020}\"}}\n")).collect();
        assert!(input.len() > 8 * BLOCK);
        let (results, _) = stream(input.into_bytes(), 3);
        assert_eq!(results.len(), count);
        assert!(results.iter().enumerate().all(|(id, result)| result["id"] == id));
    }

    #[test]
    fn bad_lines_are_answered_in_place() {
        let mut input = b"\xEF\xBB\xBF56493153725450313471\r\n\n{\"id\":2,\"token\":\"1\",\"krn\":0}\n\xFF\n".to_vec();
        input.extend(std::iter::repeat_n(b'7', 2 * LONGEST_LINE));
        input.extend(b"\n{\"id\":\"last\",\"token\":\"5649 3153 7254 5031 3471\"}");
        let (results, any_bad) = stream(input, 2);
        assert!(any_bad);
        assert_eq!(results.len(), 5, "{results:?}");
        assert_eq!(results[0]["kind"], "meter-test");
        assert_eq!((&results[1]["id"], &results[1]["line"]), (&json!(2), &json!(3)));
        assert_eq!(results[1]["error"]["code"], "bad-value");
        assert_eq!(results[2]["error"]["exit"], 2);
        assert!(results[3]["error"]["message"].as_str().unwrap().starts_with("line 5: the line is longer"));
        assert_eq!((&results[4]["id"], &results[4]["crc"]), (&json!("last"), &json!("ok")));
    }
}
