//! Cases as lines: many at once, answers in the order of the questions.
//!
//! One thread reads, as many as there are processors diagnose, and the calling thread prints. A line is handed on as
//! soon as it is read and printed as soon as all before it are, so a script may also ask one question at a time.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use wattkey::error::Exit;

/// Lines under way at most; keeps memory bounded when the input is faster than the work.
const UNDER_WAY: usize = 256;

/// What one line came to.
#[derive(Debug)]
pub struct Answer {
    /// The line to print, without its line feed.
    pub text: String,
    /// The exit code it alone would give.
    pub exit: Exit,
}

/// Answers every line of `input` on `output` and gives the highest exit code.
///
/// `worker` makes what answers lines on one thread, and keeps what is worth keeping between them.
///
/// # Errors
/// Those of reading and printing.
pub fn answer_lines<W>(
    input: impl BufRead + Send,
    output: &mut impl Write,
    threads: usize,
    worker: impl Fn() -> W + Sync,
) -> io::Result<Exit>
where
    W: FnMut(&str) -> Answer,
{
    let (questions, waiting) = sync_channel::<(usize, String)>(UNDER_WAY);
    let (answers, done) = sync_channel::<(usize, Answer)>(UNDER_WAY);
    let waiting = Arc::new(Mutex::new(waiting));
    thread::scope(|scope| {
        let reader = scope.spawn(move || read(input, &questions));
        for _ in 0..threads.max(1) {
            let waiting = Arc::clone(&waiting);
            let answers = answers.clone();
            let worker = &worker;
            scope.spawn(move || {
                let mut work = worker();
                while let Some((number, line)) = next(&waiting) {
                    if answers.send((number, work(&line))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(answers);
        drop(waiting);
        let printed = print(done, output);
        match reader.join() {
            Ok(read) => read.and(printed),
            Err(_) => Err(io::Error::other("the thread that reads standard input failed")),
        }
    })
}

fn next(waiting: &Mutex<Receiver<(usize, String)>>) -> Option<(usize, String)> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Hands on every line that is not blank.
fn read(input: impl BufRead, questions: &SyncSender<(usize, String)>) -> io::Result<()> {
    let mut number = 0;
    for line in input.split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        if line.trim().is_empty() {
            continue;
        }
        if questions.send((number, line)).is_err() {
            break;
        }
        number += 1;
    }
    Ok(())
}

/// Prints answers in the order of their numbers.
fn print(done: Receiver<(usize, Answer)>, output: &mut impl Write) -> io::Result<Exit> {
    let mut early = BTreeMap::new();
    let mut due = 0;
    let mut worst = Exit::Done;
    for (number, answer) in done {
        early.insert(number, answer);
        let mut printed = false;
        while let Some(answer) = early.remove(&due) {
            output.write_all(answer.text.as_bytes())?;
            output.write_all(b"\n")?;
            worst = worst.max(answer.exit);
            due += 1;
            printed = true;
        }
        if printed {
            output.flush()?;
        }
    }
    Ok(worst)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn echo(line: &str) -> Answer {
        let exit = if line.contains("no") { Exit::AnswerNo } else { Exit::Done };
        Answer { text: line.to_uppercase(), exit }
    }

    #[test]
    fn answers_keep_the_order_of_the_questions() {
        let input: String = (0..1000).map(|number| format!("line {number}\n")).collect();
        let mut output = Vec::new();
        let exit = answer_lines(input.as_bytes(), &mut output, 4, || echo).unwrap();
        assert_eq!(String::from_utf8(output).unwrap(), input.to_uppercase());
        assert_eq!(exit, Exit::Done);
    }

    #[test]
    fn the_highest_exit_code_counts_and_blank_lines_do_not() {
        let mut output = Vec::new();
        let exit = answer_lines(&b"yes\n\n  \nno"[..], &mut output, 1, || echo).unwrap();
        assert_eq!(output, b"YES\nNO\n");
        assert_eq!(exit, Exit::AnswerNo);
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
        let input = "line\n".repeat(5000);
        let error = answer_lines(input.as_bytes(), &mut Closed, 2, || echo).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
