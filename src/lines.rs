//! Lines through all cores: one answer a line, in order, in bounded memory.
//!
//! One thread reads blocks of whole lines and deals them out to the workers in turn; the answers are collected in
//! the same turn, so the order holds without numbering. A line is handed on as soon as it is read, so that a script may
//! ask one question at a time.

use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;

use crate::error::Exit;

/// Octets of the longest line; a longer one is answered as such and skipped to its end.
pub const LONGEST_LINE: usize = 256 * 1024;

/// Blocks that may wait for a worker or for the writer.
const WAITING: usize = 4;

/// A line of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    /// Its octets without white space at the ends; never empty.
    Text(&'a [u8]),
    /// It is longer than [`LONGEST_LINE`].
    TooLong,
}

/// What answers lines on one thread, and keeps what is worth keeping between them.
pub trait Worker {
    /// Writes the answer to the line with this number, counted from 1, with its line feed; gives the exit code it alone would give.
    fn answer(&mut self, line: Line<'_>, number: u64, out: &mut Vec<u8>) -> Exit;
}

/// Whole lines, with the number of the first.
struct Block {
    octets: Vec<u8>,
    first_line: u64,
    /// Whether the last line was cut off because it is too long.
    overlong: bool,
}

struct Answers {
    octets: Vec<u8>,
    exit: Exit,
}

/// Answers every line of `input` that is not blank on `output` and gives the highest exit code. At most `block` octets are
/// read at once: few where an answer takes long, so that all workers have some. `make` makes a worker on its own thread.
///
/// The threads are not joined when `output` fails: the reader may wait for input that never comes.
///
/// # Errors
/// Those of reading and printing; a worker that did not come to its end.
pub fn answer_lines<W: Worker>(
    input: impl Read + Send + 'static,
    output: &mut impl Write,
    block: usize,
    workers: usize,
    make: impl Fn() -> W + Send + Sync + 'static,
) -> io::Result<Exit> {
    let make = Arc::new(make);
    let mut inlets = Vec::new();
    let mut outlets = Vec::new();
    for _ in 0..workers.max(1) {
        let (inlet, blocks) = sync_channel(WAITING);
        let (answers, outlet) = sync_channel(WAITING);
        let make = Arc::clone(&make);
        thread::spawn(move || work(&mut make(), &blocks, &answers));
        inlets.push(inlet);
        outlets.push(outlet);
    }
    let (tell, told) = channel();
    thread::spawn(move || {
        // Told before the inlets close, so that it is there when the answers end. Nobody listens once printing has failed.
        let _ = tell.send(read_blocks(input, block.max(1), &inlets));
    });
    let (written, worst) = write_answers(output, outlets)?;
    // Answers that end while the reader still waits for input end because a worker is gone.
    match told.try_recv() {
        Ok(Ok(blocks)) if blocks == written => Ok(worst),
        Ok(Err(error)) => Err(error),
        _ => Err(io::Error::other("a part of the input was not answered")),
    }
}

/// One worker for every core.
pub fn workers() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn write_answers(output: &mut impl Write, outlets: Vec<Receiver<Answers>>) -> io::Result<(u64, Exit)> {
    let mut written = 0;
    let mut worst = Exit::Done;
    for outlet in outlets.iter().cycle() {
        let Ok(answers) = outlet.recv() else { break };
        output.write_all(&answers.octets)?;
        output.flush()?;
        written += 1;
        worst = worst.max(answers.exit);
    }
    Ok((written, worst))
}

/// Deals out whole lines as they come, so that a slow producer gets its answers at once. Tells the number of blocks.
fn read_blocks(mut input: impl Read, size: usize, inlets: &[SyncSender<Block>]) -> io::Result<u64> {
    let mut blocks = 0;
    let mut turns = inlets.iter().cycle();
    let mut first_line = 1;
    let mut pending: Vec<u8> = Vec::new();
    let mut skipping = false;
    let mut send = |octets: Vec<u8>, lines: u64, overlong: bool| {
        let block = Block { octets, first_line, overlong };
        first_line += lines;
        blocks += 1;
        // A worker that is gone shows in the count of blocks.
        turns.next().is_some_and(|inlet| inlet.send(block).is_ok())
    };
    let mut buffer = vec![0; size];
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
            match fresh.iter().position(|octet| *octet == b'\n') {
                Some(end) => fresh = fresh.get(end + 1..).unwrap_or_default(),
                None => continue,
            }
            skipping = false;
        }
        let cut = fresh.iter().rposition(|octet| *octet == b'\n').map_or(0, |end| end + 1);
        let (whole, rest) = fresh.split_at(cut);
        if !whole.is_empty() {
            let lines = whole.iter().filter(|octet| **octet == b'\n').count() as u64;
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

fn work(worker: &mut impl Worker, blocks: &Receiver<Block>, answers: &SyncSender<Answers>) {
    while let Ok(block) = blocks.recv() {
        if answers.send(answer_block(worker, &block)).is_err() {
            return;
        }
    }
}

fn answer_block(worker: &mut impl Worker, block: &Block) -> Answers {
    let mut answers = Answers { octets: Vec::with_capacity(3 * block.octets.len()), exit: Exit::Done };
    for (octets, number) in block.octets.split(|octet| *octet == b'\n').zip(block.first_line..) {
        let octets = if number == 1 { octets.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(octets) } else { octets };
        let octets = octets.trim_ascii();
        if !octets.is_empty() {
            answers.exit = answers.exit.max(worker.answer(Line::Text(octets), number, &mut answers.octets));
        }
    }
    if block.overlong {
        answers.exit = answers.exit.max(worker.answer(Line::TooLong, block.first_line, &mut answers.octets));
    }
    answers
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers a line with its number and itself in capitals.
    struct Echo;

    impl Worker for Echo {
        fn answer(&mut self, line: Line<'_>, number: u64, out: &mut Vec<u8>) -> Exit {
            let text = match line {
                Line::Text(text) => String::from_utf8_lossy(text).to_uppercase(),
                Line::TooLong => "TOO LONG".to_owned(),
            };
            out.extend(format!("{number} {text}\n").bytes());
            if text == "NO" { Exit::AnswerNo } else { Exit::Done }
        }
    }

    fn echoed(input: Vec<u8>, block: usize, workers: usize) -> (String, Exit) {
        let mut output = Vec::new();
        let exit = answer_lines(io::Cursor::new(input), &mut output, block, workers, || Echo).unwrap();
        (String::from_utf8(output).unwrap(), exit)
    }

    #[test]
    fn answers_keep_the_order_of_the_questions() {
        let input: String = (1..=30_000).map(|number| format!("line {number}\n")).collect();
        let wanted: String = (1..=30_000).map(|number| format!("{number} LINE {number}\n")).collect();
        for (block, workers) in [(1, 1), (100, 3), (128 * 1024, 4)] {
            assert_eq!(echoed(input.clone().into_bytes(), block, workers), (wanted.clone(), Exit::Done));
        }
    }

    #[test]
    fn the_highest_exit_code_counts_and_blank_lines_do_not() {
        let (output, exit) = echoed(b"\xEF\xBB\xBFyes\r\n\n  \nno".to_vec(), 3, 2);
        assert_eq!((output.as_str(), exit), ("1 YES\n4 NO\n", Exit::AnswerNo));
    }

    #[test]
    fn a_line_that_is_too_long_is_answered_in_its_place() {
        let input = [b"a\n".as_slice(), &vec![b'7'; 2 * LONGEST_LINE], b"\nb"].concat();
        assert_eq!(echoed(input, 4096, 2).0, "1 A\n2 TOO LONG\n3 B\n");
    }

    #[test]
    fn a_reader_that_goes_away_ends_the_work() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let input = io::Cursor::new("line\n".repeat(5000));
        let error = answer_lines(input, &mut Closed, 128, 2, || Echo).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
