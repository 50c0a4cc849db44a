//! Who is asked and told during a job: a person at a prompt, or nobody.

use super::plan::Question;
use super::step::StepOutcome;

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// Nobody is there, and the job does not hold the answer.
    #[error("{question} needs an answer, and nobody is there to give it: give {option}")]
    NonInteractive {
        /// The question.
        question: String,
        /// What answers it.
        option: String,
    },
    /// The person broke off.
    #[error("the question was not answered: {0}")]
    BrokenOff(String),
}

/// Answers questions and sees steps go by.
pub trait Operator {
    /// An answer to a question of the plan that the job does not hold.
    ///
    /// # Errors
    /// [`Unanswered`].
    fn answer(&mut self, question: &Question) -> Result<String, Unanswered>;

    /// A yes to going on.
    ///
    /// # Errors
    /// [`Unanswered`].
    fn confirm(&mut self, question: &str) -> Result<bool, Unanswered>;

    /// A step begins.
    fn step_begins(&mut self, _step: &str) {}

    /// A step has ended.
    fn step_ended(&mut self, _outcome: &StepOutcome) {}

    /// Something to know.
    fn note(&mut self, _text: &str) {}
}

/// Nobody is asked: every question is an error that names what answers it. Confirmations are given as the run was told.
#[derive(Debug, Clone, Copy, Default)]
pub struct NonInteractive {
    /// Whether everything is confirmed beforehand.
    pub confirmed: bool,
}

impl Operator for NonInteractive {
    fn answer(&mut self, question: &Question) -> Result<String, Unanswered> {
        Err(Unanswered::NonInteractive { question: question.ask.clone(), option: format!("answer.{}", question.id) })
    }

    fn confirm(&mut self, question: &str) -> Result<bool, Unanswered> {
        if self.confirmed {
            return Ok(true);
        }
        Err(Unanswered::NonInteractive { question: question.to_owned(), option: "--yes".to_owned() })
    }
}
