//! Prompts and progress behind traits, with silent versions for scripts and tests.

mod progress;

use std::io::{self, IsTerminal, Write};

use wattkey::error::Code;
use wattkey::output::{Style, paragraph};

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
    fn confirm(&self, question: &str, option: &'static str) -> Result<bool, PromptError>;

    /// A line of text.
    fn text(&self, question: &str, option: &'static str) -> Result<String, PromptError>;

    /// A secret, not shown while typed.
    fn secret(&self, question: &str, option: &'static str) -> Result<String, PromptError>;

    /// One of several, by its index.
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

/// Columns left for the answer on the line of its question: a token in groups; `y/N`; a mark.
const FOR_TEXT: usize = 32;
const FOR_YES_OR_NO: usize = 12;
const FOR_MARK: usize = 4;

/// What to prompt with. A question that does not fit on one line with its answer is written on lines of its own and
/// answered below: a prompt is drawn anew at every key, and one that wraps would be repeated each time.
fn prompt_for(question: &str, answer: usize, short: &'static str) -> String {
    let columns = dialoguer::console::Term::stderr().size().1;
    if fits(question, answer, columns) {
        return question.to_owned();
    }
    say(question);
    short.to_owned()
}

/// Writes a sentence to the person at the terminal, broken between words.
pub fn say(sentence: &str) {
    let width = dialoguer::console::Term::stderr().size().1;
    // Nobody reads what cannot be written.
    let _ = write!(anstream::stderr(), "{}", paragraph(Style { width, ..Style::default() }, "", 0, sentence));
}

fn fits(text: &str, beside: usize, columns: u16) -> bool {
    text.chars().count().saturating_add(beside) <= usize::from(columns)
}

/// An item cut to the line, as it is drawn anew at every key.
fn cut(item: &str) -> String {
    let columns = dialoguer::console::Term::stderr().size().1;
    if fits(item, FOR_MARK, columns) {
        return item.to_owned();
    }
    let room = usize::from(columns).saturating_sub(FOR_MARK).saturating_sub(1);
    item.chars().take(room).chain(['…']).collect()
}

fn broken(error: dialoguer::Error) -> PromptError {
    let dialoguer::Error::IO(problem) = error;
    PromptError::Terminal(match problem.kind() {
        io::ErrorKind::Interrupted => "interrupted".to_owned(),
        _ => problem.to_string(),
    })
}

impl Prompter for TerminalPrompter {
    fn confirm(&self, question: &str, _option: &'static str) -> Result<bool, PromptError> {
        let prompt = prompt_for(question, FOR_YES_OR_NO, "Yes or no?");
        self.ask(|| dialoguer::Confirm::new().with_prompt(prompt).default(false).interact())
    }

    fn text(&self, question: &str, _option: &'static str) -> Result<String, PromptError> {
        let prompt = prompt_for(question, FOR_TEXT, "Answer");
        self.ask(|| dialoguer::Input::<String>::new().with_prompt(prompt).allow_empty(true).interact_text())
    }

    fn secret(&self, question: &str, _option: &'static str) -> Result<String, PromptError> {
        let prompt = prompt_for(question, FOR_MARK, "Not shown");
        self.ask(|| dialoguer::Password::new().with_prompt(prompt).interact())
    }

    fn choose(&self, question: &str, items: &[String], _option: &'static str) -> Result<usize, PromptError> {
        let prompt = prompt_for(question, FOR_MARK, "Choose");
        let items: Vec<String> = items.iter().map(|item| cut(item)).collect();
        self.ask(|| dialoguer::Select::new().with_prompt(prompt).items(&items).default(0).interact())
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
