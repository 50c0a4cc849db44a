//! The one error type of the command line: a code word, a sentence, and hints.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;
use serde_json::{Value, json};

use crate::cli::ui;
use wattkey::error::{Code, Exit};
use wattkey::output::{Document, Format, Style, sanitize};

/// Schema of an error that takes the place of a result.
const SCHEMA: &str = "wattkey/error/1";

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

    /// What stands in `error` of a document.
    pub fn to_json(&self) -> Value {
        json!({
            "code": self.code.word(),
            "message": self.message,
            "hints": self.hints,
            "exit": self.code.exit().number(),
        })
    }

    /// Prints the error where it belongs and gives the exit code.
    pub fn report(&self, format: Format) -> Exit {
        if self.closed_pipe {
            return Exit::Done;
        }
        let exit = self.code.exit();
        if format.is_json() {
            let _ = writeln!(io::stdout(), "{}", json!({"schema": SCHEMA, "error": self.to_json()}));
        } else {
            if self.code == Code::Interrupted {
                tell("interrupted:", 2, &self.message);
                return exit;
            }
            tell("error:", 2, &self.message);
            for hint in &self.hints {
                tell("  hint:", 4, hint);
            }
        }
        exit
    }
}

/// A line on standard error, broken between words at a terminal.
fn tell(label: &str, indent: usize, text: &str) {
    let text = sanitize(text);
    if io::stderr().is_terminal() {
        ui::say_row(&format!("{label} "), indent, &text);
    } else {
        let _ = writeln!(io::stderr(), "{label} {text}");
    }
}

/// A document with the error that it ended in, where it does not tell that itself.
#[derive(Serialize)]
pub struct WithError<'a, T: Serialize> {
    #[serde(flatten)]
    document: &'a T,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
}

impl<'a, T: Serialize> WithError<'a, T> {
    /// The document, and the error in it.
    pub fn new(document: &'a T, error: &CommandError) -> Self {
        let told = serde_json::to_value(document).is_ok_and(|document| document.get("error").is_some());
        WithError { document, error: (!told).then(|| error.to_json()) }
    }
}

impl<T: Document> Document for WithError<'_, T> {
    const SCHEMA: &'static str = T::SCHEMA;

    fn table(&self, style: Style) -> String {
        self.document.table(style)
    }

    fn csv_header(&self) -> Vec<String> {
        self.document.csv_header()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.document.csv_rows()
    }
}

/// Failure to write results: a closed pipe ends quietly, anything else is named.
impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        let closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        CommandError { closed_pipe, ..CommandError::new(Code::File, format!("cannot write the result: {error}")) }
    }
}

impl From<ui::PromptError> for CommandError {
    fn from(error: ui::PromptError) -> Self {
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
        let plain = CommandError::new(error.code(), error.to_string());
        match error {
            wattkey::keys::KeyError::ExposedTo { remedy, .. } => {
                plain.hint(format!("Run `{remedy}`, or encrypt it with `wattkey keys encrypt`."))
            }
            _ => plain,
        }
    }
}
