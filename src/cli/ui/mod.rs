//! Prompts and progress behind traits, with silent versions for scripts and tests.

mod progress;

use std::io::{self, IsTerminal};

use wattkey::error::Code;

pub mod attempt;
pub mod step_line;

pub use progress::{LineBars, LineProgress, PlainProgress, ShownLine};

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// There is no terminal to ask at.
    #[error("{question} needs an answer, and there is no terminal to ask at: give {option}")]
    NoTerminal {
        /// The question that would have been put.
        question: String,
        /// The option that answers it.
        option: &'static str,
    },
    /// The terminal failed or the user broke off.
    #[error("the question was not answered: {0}")]
    Terminal(String),
}

impl PromptError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            PromptError::NoTerminal { .. } => Code::MissingAnswer,
            PromptError::Terminal(_) => Code::Interrupted,
        }
    }
}

/// Asks the person at the terminal.
pub trait Prompter {
    /// Whether there is anybody to ask.
    fn has_person(&self) -> bool {
        true
    }

    /// A yes-or-no question whose default is no. `option` is what answers it without a terminal.
    ///
    /// # Errors
    /// [`PromptError`] when nobody can answer.
    fn confirm(&self, question: &str, option: &'static str) -> Result<bool, PromptError>;

    /// A line of text.
    ///
    /// # Errors
    /// [`PromptError`] when nobody can answer.
    fn text(&self, question: &str, option: &'static str) -> Result<String, PromptError>;

    /// A secret, not shown while typed.
    ///
    /// # Errors
    /// [`PromptError`] when nobody can answer.
    fn secret(&self, question: &str, option: &'static str) -> Result<String, PromptError>;

    /// One of several, by its index.
    ///
    /// # Errors
    /// [`PromptError`] when nobody can answer.
    fn choose(&self, question: &str, items: &[String], option: &'static str) -> Result<usize, PromptError>;
}

/// Prompts at the terminal through `dialoguer`.
#[derive(Debug, Clone, Copy)]
pub struct TerminalPrompter {
    /// Called before each question: sees to it that Ctrl-C does not end the program while the cursor is hidden.
    before: fn(),
}

/// Shows the cursor again, also after a question that was broken off.
#[derive(Debug)]
struct ShownCursor;

impl Drop for ShownCursor {
    fn drop(&mut self) {
        // Without a terminal there is no cursor either.
        let _ = dialoguer::console::Term::stderr().show_cursor();
    }
}

impl TerminalPrompter {
    fn ask<T>(&self, question: impl FnOnce() -> dialoguer::Result<T>) -> Result<T, PromptError> {
        (self.before)();
        let _cursor = ShownCursor;
        question().map_err(broken)
    }
}

fn broken(error: dialoguer::Error) -> PromptError {
    PromptError::Terminal(error.to_string())
}

impl Prompter for TerminalPrompter {
    fn confirm(&self, question: &str, _option: &'static str) -> Result<bool, PromptError> {
        self.ask(|| dialoguer::Confirm::new().with_prompt(question).default(false).interact())
    }

    fn text(&self, question: &str, _option: &'static str) -> Result<String, PromptError> {
        self.ask(|| dialoguer::Input::<String>::new().with_prompt(question).allow_empty(true).interact_text())
    }

    fn secret(&self, question: &str, _option: &'static str) -> Result<String, PromptError> {
        self.ask(|| dialoguer::Password::new().with_prompt(question).interact())
    }

    fn choose(&self, question: &str, items: &[String], _option: &'static str) -> Result<usize, PromptError> {
        self.ask(|| dialoguer::Select::new().with_prompt(question).items(items).default(0).interact())
    }
}

/// Answers nothing: every question is an error that names its option.
#[derive(Debug, Clone, Copy, Default)]
pub struct SilentPrompter;

impl SilentPrompter {
    fn refuse<T>(question: &str, option: &'static str) -> Result<T, PromptError> {
        Err(PromptError::NoTerminal { question: question.to_owned(), option })
    }
}

impl Prompter for SilentPrompter {
    fn has_person(&self) -> bool {
        false
    }

    fn confirm(&self, question: &str, option: &'static str) -> Result<bool, PromptError> {
        Self::refuse(question, option)
    }

    fn text(&self, question: &str, option: &'static str) -> Result<String, PromptError> {
        Self::refuse(question, option)
    }

    fn secret(&self, question: &str, option: &'static str) -> Result<String, PromptError> {
        Self::refuse(question, option)
    }

    fn choose(&self, question: &str, _items: &[String], option: &'static str) -> Result<usize, PromptError> {
        Self::refuse(question, option)
    }
}

/// The prompter that fits: the terminal's when standard input and error are terminals and prompting is allowed. `before`
/// is called before each question and takes charge of Ctrl-C.
pub fn prompter(non_interactive: bool, before: fn()) -> Box<dyn Prompter> {
    if !non_interactive && io::stdin().is_terminal() && io::stderr().is_terminal() {
        Box::new(TerminalPrompter { before })
    } else {
        Box::new(SilentPrompter)
    }
}
