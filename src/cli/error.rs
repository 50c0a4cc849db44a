//! The one error type of the command line: a code word, a sentence, and hints.

use std::io::{self, Write};

use serde_json::json;

use wattkey::error::{Code, Exit};
use wattkey::output::{Format, sanitize};

/// An error as the user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandError {
    /// Stable code word and, through it, the exit code.
    pub code: Code,
    /// One sentence: what, where.
    pub message: String,
    /// What to do, most useful first.
    pub hints: Vec<String>,
    /// Set when standard output was closed by its reader: the program ends in silence with exit 0.
    closed_pipe: bool,
}

impl CommandError {
    /// An error with the remedy of its code as the first hint.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        CommandError { code, message: message.into(), hints: vec![code.remedy().to_owned()], closed_pipe: false }
    }

    /// Replaces the general remedy by what fits this very case.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        if self.hints.first().is_some_and(|first| first == self.code.remedy()) {
            self.hints.clear();
        }
        self.hints.push(hint.into());
        self
    }

    /// Prints the error where it belongs and gives the exit code.
    pub fn report(&self, format: Format) -> Exit {
        if self.closed_pipe {
            return Exit::Done;
        }
        let exit = self.code.exit();
        if format.is_json() {
            let document = json!({"error": {
                "code": self.code.word(),
                "message": self.message,
                "hints": self.hints,
                "exit": exit.number(),
            }});
            let _ = writeln!(io::stdout(), "{document}");
        } else {
            let mut stderr = anstream::stderr();
            let _ = writeln!(stderr, "error: {}", sanitize(&self.message));
            for hint in &self.hints {
                let _ = writeln!(stderr, "  hint: {}", sanitize(hint));
            }
        }
        exit
    }
}

/// Failure to write results: a closed pipe ends quietly, anything else is named.
impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        let closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        CommandError { closed_pipe, ..CommandError::new(Code::File, format!("cannot write the result: {error}")) }
    }
}

impl From<crate::cli::ui::PromptError> for CommandError {
    fn from(error: crate::cli::ui::PromptError) -> Self {
        CommandError::new(error.code(), error.to_string())
    }
}

impl From<wattkey::link::LinkError> for CommandError {
    fn from(error: wattkey::link::LinkError) -> Self {
        CommandError::new(error.code(), error.to_string())
    }
}

impl From<wattkey::keys::KeyError> for CommandError {
    fn from(error: wattkey::keys::KeyError) -> Self {
        CommandError::new(error.code(), error.to_string())
    }
}
