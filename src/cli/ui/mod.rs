//! Prompts and progress behind traits, with silent versions for scripts and tests.

mod progress;
mod theme;

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::cli::interrupt;
use wattkey::error::Code;
use wattkey::output::{Style, paragraph};

pub mod attempt;
pub mod step_line;

use theme::PlainQuestions;

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
    /// Ctrl-C.
    #[error("stopped at the question")]
    Interrupted,
    /// The terminal failed.
    #[error("the question was not answered: {0}")]
    Terminal(String),
    /// Nobody typed a secret for so long that nobody may be there any more.
    #[error("no passphrase was typed within two minutes")]
    TimedOut,
}

impl PromptError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            PromptError::NoTerminal { .. } | PromptError::TimedOut => Code::MissingAnswer,
            PromptError::Interrupted => Code::Interrupted,
            PromptError::Terminal(_) => Code::MissingAnswer,
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

    /// A yes-or-no question without a default: it stays until it is answered by a letter.
    fn decide(&self, question: &str, option: &'static str) -> Result<bool, PromptError>;

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
    /// Asks until a line says yes or no; an empty one is `empty`, where there is such an answer. A key alone decides nothing:
    /// what a person types behind it would answer the next question.
    fn yes_or_no(&self, question: &str, empty: Option<bool>) -> Result<bool, PromptError> {
        let marked = |question: &str| format!("{question} {}", if empty.is_some() { "[y/N]" } else { "[y/n]" });
        let prompt = prompt_for(&marked(question), FOR_YES_OR_NO, "Yes or no?");
        loop {
            let typed = self.line(prompt.clone())?;
            match (typed.trim().to_lowercase().as_str(), empty) {
                ("y" | "yes", _) => return Ok(true),
                ("n" | "no", _) => return Ok(false),
                ("", Some(answer)) => return Ok(answer),
                _ => say("Answer yes or no."),
            }
        }
    }

    /// One line of text, which may be empty.
    fn line(&self, prompt: String) -> Result<String, PromptError> {
        self.ask(|| {
            dialoguer::Input::<String>::with_theme(&PlainQuestions)
                .with_prompt(prompt)
                .allow_empty(true)
                .interact_text()
        })
    }

    fn ask<T>(&self, question: impl FnOnce() -> dialoguer::Result<T>) -> Result<T, PromptError> {
        // What is being tried must not write over the question.
        attempt::end();
        (self.before)();
        let _cursor = ShownCursor;
        question().map_err(broken).inspect_err(leave_line)
    }
}

/// How long a passphrase is waited for: a laptop that was left at the question asks nobody who comes by later.
const SECRET_WAIT: Duration = Duration::from_secs(120);

/// How often is looked whether the person wants to stop.
const LOOK: Duration = Duration::from_millis(50);

/// The answer of a question, when it comes in time and nobody asks to `stop` before. A question that nobody answers is left
/// standing in its thread: the program is about to end.
fn within<T: Send + 'static>(
    limit: Duration,
    stop: impl Fn() -> bool,
    question: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PromptError> {
    let (answer, answered) = mpsc::sync_channel(1);
    std::thread::spawn(move || {
        let _ = answer.send(question());
    });
    let begun = Instant::now();
    loop {
        match answered.recv_timeout(LOOK.min(limit.saturating_sub(begun.elapsed()))) {
            Ok(answer) => return Ok(answer),
            Err(_) if stop() => return Err(PromptError::Interrupted),
            Err(_) if begun.elapsed() >= limit => return Err(PromptError::TimedOut),
            Err(_) => {}
        }
    }
}

/// What follows an interrupted question begins on a line of its own.
fn leave_line(error: &PromptError) {
    if matches!(error, PromptError::Interrupted) {
        let _ = writeln!(io::stderr());
    }
}

/// Puts the terminal back as it was: a question for a secret that is broken off leaves it without echo.
#[cfg(unix)]
#[derive(Debug)]
struct EchoAsItWas(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl EchoAsItWas {
    fn now() -> Self {
        EchoAsItWas(rustix::termios::tcgetattr(io::stdin()).ok())
    }
}

#[cfg(unix)]
impl Drop for EchoAsItWas {
    fn drop(&mut self) {
        if let Some(before) = &self.0 {
            let _ = rustix::termios::tcsetattr(io::stdin(), rustix::termios::OptionalActions::Now, before);
        }
    }
}

#[cfg(not(unix))]
#[derive(Debug)]
struct EchoAsItWas;

#[cfg(not(unix))]
impl EchoAsItWas {
    fn now() -> Self {
        EchoAsItWas
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
    let _ = if fits(sentence, 0, width) {
        writeln!(anstream::stderr(), "{sentence}")
    } else {
        write!(anstream::stderr(), "{}", paragraph(Style { width, ..Style::default() }, "", 0, sentence))
    };
}

/// Writes a label and what belongs to it, which goes on in its own column.
pub fn say_row(label: &str, indent: usize, text: &str) {
    let width = dialoguer::console::Term::stderr().size().1;
    // On a narrow screen what follows the first line begins further left.
    let indent = if usize::from(width) < indent.saturating_add(30) { 4 } else { indent };
    let _ = write!(anstream::stderr(), "{}", paragraph(Style { width, ..Style::default() }, label, indent, text));
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
    match problem.kind() {
        io::ErrorKind::Interrupted => PromptError::Interrupted,
        io::ErrorKind::UnexpectedEof => PromptError::Terminal("the input ended".to_owned()),
        _ => PromptError::Terminal(problem.to_string()),
    }
}

impl Prompter for TerminalPrompter {
    fn confirm(&self, question: &str, _option: &'static str) -> Result<bool, PromptError> {
        self.yes_or_no(question, Some(false))
    }

    fn decide(&self, question: &str, _option: &'static str) -> Result<bool, PromptError> {
        self.yes_or_no(question, None)
    }

    fn text(&self, question: &str, _option: &'static str) -> Result<String, PromptError> {
        let prompt = prompt_for(question, FOR_TEXT, "Answer");
        self.line(prompt)
    }

    fn secret(&self, question: &str, _option: &'static str) -> Result<String, PromptError> {
        let prompt = prompt_for(question, FOR_MARK, "Not shown");
        attempt::end();
        (self.before)();
        let _cursor = ShownCursor;
        let _echo = EchoAsItWas::now();
        let asked = within(
            SECRET_WAIT,
            || interrupt::flag().requested(),
            move || {
                dialoguer::Password::with_theme(&PlainQuestions)
                    .with_prompt(prompt)
                    .allow_empty_password(true)
                    .interact()
            },
        );
        asked.and_then(|answer| answer.map_err(broken)).inspect_err(leave_line)
    }

    fn choose(&self, question: &str, items: &[String], _option: &'static str) -> Result<usize, PromptError> {
        let longest = items.iter().map(|item| item.chars().count()).max().unwrap_or_default();
        let prompt = prompt_for(question, longest.saturating_add(FOR_MARK), "Choose");
        let items: Vec<String> = items.iter().map(|item| cut(item)).collect();
        self.ask(|| {
            dialoguer::Select::with_theme(&PlainQuestions).with_prompt(prompt).items(&items).default(0).interact()
        })
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

    fn decide(&self, question: &str, option: &'static str) -> Result<bool, PromptError> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_that_nobody_answers_ends() {
        assert!(matches!(within(Duration::from_secs(60), || false, || "answer"), Ok("answer")));
        let (_never, question) = mpsc::channel::<()>();
        let late = within(Duration::from_millis(20), || false, move || question.recv());
        assert!(matches!(late, Err(PromptError::TimedOut)));
        let (_never, question) = mpsc::channel::<()>();
        let stopped = within(Duration::from_secs(60), || true, move || question.recv());
        assert!(matches!(stopped, Err(PromptError::Interrupted)));
    }
}
