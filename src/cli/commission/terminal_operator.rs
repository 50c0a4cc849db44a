//! The person at the prompt, as a job sees one.

use std::io::{self, IsTerminal};

use crate::cli::ui::PromptError;
use crate::cli::ui::step_line::{StepLine, step_line};
use crate::cli::{Context, ui};
use wattkey::commission::{AnswerKind, Operator, Question, StepOutcome, Unanswered};
use wattkey::output::sanitize;

/// Width of a step's name and state.
const LABEL: usize = 25;

/// Asks through the command's prompter, and shows steps at a terminal.
pub struct TerminalOperator<'c> {
    context: &'c Context,
    shows_steps: bool,
    /// The step that runs; its outcome is written over it.
    line: Box<dyn StepLine>,
}

impl Drop for TerminalOperator<'_> {
    fn drop(&mut self) {
        self.line.clear();
    }
}

impl<'c> TerminalOperator<'c> {
    pub fn new(context: &'c Context) -> Self {
        let shows_steps = context.prompter.has_person() && io::stderr().is_terminal();
        TerminalOperator { context, shows_steps, line: step_line(!shows_steps || context.options.quiet) }
    }
}

/// A question that was put and has no answer.
fn broken_off(error: PromptError) -> Unanswered {
    Unanswered::BrokenOff(match error {
        PromptError::Terminal(why) => why,
        PromptError::Interrupted => "interrupted".to_owned(),
        other => other.to_string(),
    })
}

impl Operator for TerminalOperator<'_> {
    fn answer(&mut self, question: &Question) -> Result<String, Unanswered> {
        self.line.clear();
        let asked = match question.kind {
            AnswerKind::Yes => self
                .context
                .prompter
                .decide(&question.ask, "--answer")
                .map(|yes| if yes { "yes" } else { "no" }.to_owned()),
            AnswerKind::Text => self.context.prompter.text(&question.ask, "--answer"),
        };
        asked.map_err(|error| match error {
            PromptError::NoTerminal { question: ask, .. } => {
                let option = match question.id.as_str() {
                    "vend-code" => "--vend-code CODE".to_owned(),
                    id => format!("--answer {id}=…"),
                };
                Unanswered::NonInteractive { question: ask, option }
            }
            error => broken_off(error),
        })
    }

    fn confirm(&mut self, question: &str) -> Result<bool, Unanswered> {
        if self.context.options.yes {
            return Ok(true);
        }
        self.line.clear();
        self.context.prompter.confirm(question, "--yes").map_err(|error| match error {
            PromptError::NoTerminal { question, .. } => {
                Unanswered::NonInteractive { question, option: "--yes".to_owned() }
            }
            error => broken_off(error),
        })
    }

    fn step_begins(&mut self, step: &str) {
        self.line.show(&format!("{step} …"));
    }

    fn step_ended(&mut self, outcome: &StepOutcome) {
        self.line.clear();
        if self.shows_steps {
            let what = outcome.in_words();
            if !self.context.options.quiet {
                let label = format!("{:<15} {:<8}", outcome.step, outcome.state.word());
                ui::say_row(&label, LABEL, &sanitize(&what));
            }
        }
    }

    fn note(&mut self, text: &str) {
        self.line.clear();
        self.context.note(text);
    }
}
