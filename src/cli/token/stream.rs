//! Tokens as lines of standard input: one result a line, in order, in bounded memory, on every core.
//!
//! One thread reads blocks of whole lines and deals them out to the workers in turn; the results are collected in
//! the same turn, so the order holds without numbering.

use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use serde_json::json;

use super::decode::decode;
use crate::cli::{CommandError, CommandResult};
use wattkey::error::{Code, Exit};
use wattkey::output::token as table;
use wattkey::output::{Format, write_csv_row};
use wattkey::sts::request::{self, LineError};
use wattkey::sts::{Keyring, MeterParameters, TokenDocument, document};

/// Bytes read at once.
const BLOCK: usize = 128 * 1024;

/// Longest line; a longer one is an error and is skipped to its end.
const LONGEST_LINE: usize = 256 * 1024;

/// Blocks that may wait for a worker or for the writer.
const WAITING: usize = 4;

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

/// Whole lines, with the number of the first.
struct Block {
    bytes: Vec<u8>,
    first_line: u64,
    /// Whether the last line was cut off because it is too long.
    overlong: bool,
}

/// Results of a block.
struct Results {
    bytes: Vec<u8>,
    any_bad: bool,
}

/// Runs standard input through the task.
///
/// # Errors
/// A failing standard input or output.
pub fn run(task: Task) -> CommandResult {
    let mut stdout = io::stdout().lock();
    if task.form == Format::Csv {
        write_csv_row(&table::csv_header(), &mut stdout)?;
    }
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let any_bad = pump(io::stdin(), &mut stdout, Arc::new(task), workers)?;
    Ok(if any_bad { Exit::AnswerNo } else { Exit::Done })
}

/// Moves all lines from `input` to `output` and tells whether any result was bad.
///
/// The threads are not joined when `output` fails: the reader may wait for input that never comes.
pub(super) fn pump(
    input: impl Read + Send + 'static,
    output: &mut impl Write,
    task: Arc<Task>,
    workers: usize,
) -> Result<bool, CommandError> {
    let mut inlets = Vec::new();
    let mut outlets = Vec::new();
    for _ in 0..workers.max(1) {
        let (inlet, blocks) = sync_channel(WAITING);
        let (results, outlet) = sync_channel(WAITING);
        let task = Arc::clone(&task);
        thread::spawn(move || work(&task, &blocks, &results));
        inlets.push(inlet);
        outlets.push(outlet);
    }
    let reader: JoinHandle<io::Result<u64>> = thread::spawn(move || read_blocks(input, &inlets));
    let (written, any_bad) = write_results(output, &outlets)?;
    match reader.join() {
        Ok(Ok(blocks)) if blocks == written => Ok(any_bad),
        Ok(Err(error)) => Err(CommandError::new(Code::File, format!("cannot read standard input: {error}"))),
        _ => Err(CommandError::new(Code::Internal, "a part of the input was not decoded")),
    }
}

fn write_results(output: &mut impl Write, outlets: &[Receiver<Results>]) -> io::Result<(u64, bool)> {
    let mut written = 0;
    let mut any_bad = false;
    for outlet in outlets.iter().cycle() {
        let Ok(results) = outlet.recv() else { break };
        output.write_all(&results.bytes)?;
        output.flush()?;
        written += 1;
        any_bad |= results.any_bad;
    }
    Ok((written, any_bad))
}

/// Deals out whole lines as they come, so that a slow producer gets its answers at once. Tells the number of blocks.
fn read_blocks(mut input: impl Read, inlets: &[SyncSender<Block>]) -> io::Result<u64> {
    let mut blocks = 0;
    let mut turns = inlets.iter().cycle();
    let mut first_line = 1;
    let mut pending: Vec<u8> = Vec::new();
    let mut skipping = false;
    let mut send = |bytes: Vec<u8>, lines: u64, overlong: bool| {
        let block = Block { bytes, first_line, overlong };
        first_line += lines;
        blocks += 1;
        // A worker that is gone shows in the count of blocks.
        turns.next().is_some_and(|inlet| inlet.send(block).is_ok())
    };
    let mut buffer = vec![0; BLOCK];
    loop {
        let count = match input.read(&mut buffer) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let mut fresh = buffer.get(..count).unwrap_or_default();
        if count == 0 {
            if !pending.is_empty() && !skipping {
                send(pending, 1, false);
            }
            return Ok(blocks);
        }
        if skipping {
            match fresh.iter().position(|byte| *byte == b'\n') {
                Some(end) => fresh = fresh.get(end + 1..).unwrap_or_default(),
                None => continue,
            }
            skipping = false;
        }
        let cut = fresh.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let (whole, rest) = fresh.split_at(cut);
        if !whole.is_empty() {
            let lines = whole.iter().filter(|byte| **byte == b'\n').count() as u64;
            pending.extend_from_slice(whole);
            if !send(std::mem::take(&mut pending), lines, false) {
                return Ok(blocks);
            }
        }
        pending.extend_from_slice(rest);
        if pending.len() > LONGEST_LINE {
            pending.clear();
            skipping = true;
            if !send(Vec::new(), 1, true) {
                return Ok(blocks);
            }
        }
    }
}

fn work(task: &Task, blocks: &Receiver<Block>, results: &SyncSender<Results>) {
    while let Ok(block) = blocks.recv() {
        if results.send(decode_block(task, &block)).is_err() {
            return;
        }
    }
}

fn decode_block(task: &Task, block: &Block) -> Results {
    let mut results = Results { bytes: Vec::with_capacity(3 * block.bytes.len()), any_bad: false };
    for (bytes, number) in block.bytes.split(|byte| *byte == b'\n').zip(block.first_line..) {
        let bytes = if number == 1 { bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes) } else { bytes };
        let bytes = bytes.trim_ascii();
        if !bytes.is_empty() {
            decode_line(task, bytes, number, &mut results);
        }
    }
    if block.overlong {
        let message = format!("the line is longer than {LONGEST_LINE} bytes");
        write_error(task, &LineError { id: None, code: Code::BadValue, message }, block.first_line, &mut results);
    }
    results
}

fn decode_line(task: &Task, bytes: &[u8], number: u64, results: &mut Results) {
    match request::parse(bytes, &task.known) {
        Ok(request) => {
            let document = decode(&request.token, &request.known, &task.keyring, task.reveal_keys);
            results.any_bad |= document.is_bad();
            write_document(task, request.id, &document, &mut results.bytes);
        }
        Err(error) => write_error(task, &error, number, results),
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
fn write_error(task: &Task, error: &LineError<'_>, number: u64, results: &mut Results) {
    results.any_bad = true;
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
    let _ = serde_json::to_writer(&mut results.bytes, &object);
    results.bytes.push(b'\n');
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
        let any_bad = pump(io::Cursor::new(input), &mut output, Arc::new(task), workers).unwrap();
        let lines = output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        (lines.map(|line| serde_json::from_slice(line).unwrap()).collect(), any_bad)
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
