//! Programs that sign: they hold the keys, this program never sees them.

use std::io::Write;
use std::process::{Command, Stdio};

use super::ExchangeError;

/// Runs a signing program: `input` goes to its standard input, the signed form comes from its standard output. The
/// command is split at blanks and run without a shell.
///
/// # Errors
/// [`ExchangeError::Signing`] for a program that cannot be run, fails, or writes no UTF-8.
pub fn run(command: &str, input: &str) -> Result<String, ExchangeError> {
    let failed = |problem: String| ExchangeError::Signing(format!("the signing command {command:?} {problem}"));
    let mut words = command.split_whitespace();
    let program = words.next().ok_or_else(|| failed("is empty".to_owned()))?;
    let mut child = Command::new(program)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| failed(format!("cannot be run: {error}")))?;
    let stdin = child.stdin.take();
    let text = input.to_owned();
    // A command may write before it has read everything, so writing goes on beside.
    let writer = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(text.as_bytes())));
    let output = child.wait_with_output().map_err(|error| failed(format!("fails: {error}")))?;
    let _ = writer.join();
    if !output.status.success() {
        return Err(failed(format!("ends with {}", output.status)));
    }
    String::from_utf8(output.stdout).map_err(|_| failed("writes no UTF-8".to_owned()))
}
