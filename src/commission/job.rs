//! One meter to be commissioned: what is expected of it, and what was answered beforehand.

use std::collections::BTreeMap;

use super::plan::{Plan, Question};
use super::values::Values;
use crate::sts::{Drn, Token};

/// Longest job id.
const LONGEST_ID: usize = 100;

/// A job. What is `None` is not compared.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Job {
    /// Names the job in the ledger: running it again under the same id goes on where it stopped. Empty is the meter's
    /// own number.
    pub id: String,
    /// Serial number of the meter that is meant.
    pub serial: Option<String>,
    /// Meter number of the meter that is meant.
    pub drn: Option<Drn>,
    /// Code on the job sheet.
    pub vend_code: Option<String>,
    /// Plan: a name or a file; `None` is the plan of the run.
    pub plan: Option<String>,
    /// Values that take the place of the plan's.
    pub overrides: Vec<(String, String)>,
    /// Answers to the plan's questions, by their id.
    pub answers: BTreeMap<String, String>,
    /// Token of the first credit, when it was bought beforehand.
    pub credit_token: Option<Token>,
    /// The meter was moved here on purpose from a place where this ledger has it as commissioned.
    pub moved: bool,
}

impl Job {
    /// Fields of a job besides `plan.KEY` and `answer.ID`.
    pub const FIELDS: [&'static str; 7] = ["id", "serial", "drn", "vend_code", "plan", "credit_token", "moved"];

    /// Sets a field of a job list: one of [`Job::FIELDS`], `plan.KEY` or `answer.ID`. An empty text leaves it unset.
    /// `Ok(false)` is a name that belongs to something else, such as `link`.
    ///
    /// # Errors
    /// One sentence that says what is wrong with the value.
    pub fn set(&mut self, name: &str, text: &str) -> Result<bool, String> {
        let text = text.trim();
        let known = Self::FIELDS.contains(&name) || name.starts_with("plan.") || name.starts_with("answer.");
        if !known || text.is_empty() {
            return Ok(known);
        }
        match name {
            "id" if text.chars().count() > LONGEST_ID || text.chars().any(char::is_control) => {
                return Err(format!("the id has control characters, or more than {LONGEST_ID} characters"));
            }
            "id" => self.id = text.to_owned(),
            "serial" => self.serial = Some(text.to_owned()),
            "drn" => self.drn = Some(text.parse().map_err(|error| format!("{error}"))?),
            "vend_code" => self.vend_code = Some(text.to_owned()),
            "plan" => self.plan = Some(text.to_owned()),
            "moved" => {
                self.moved = match text.to_ascii_lowercase().as_str() {
                    "yes" | "true" | "1" => true,
                    "no" | "false" | "0" => false,
                    _ => return Err(format!("moved is {text:?}, not yes or no")),
                };
            }
            "credit_token" => self.credit_token = Some(text.parse().map_err(|error| format!("credit_token: {error}"))?),
            _ => {
                if let Some(key) = name.strip_prefix("plan.") {
                    Values::default().set(key, text)?;
                    self.overrides.push((key.to_owned(), text.to_owned()));
                } else if let Some(id) = name.strip_prefix("answer.") {
                    self.answers.insert(id.to_owned(), text.to_owned());
                }
            }
        }
        Ok(true)
    }

    /// The plan's values with this job's in their place.
    ///
    /// # Errors
    /// One sentence that says what is wrong with an override.
    pub fn values(&self, plan: &Plan) -> Result<Values, String> {
        let mut values = plan.values.clone();
        for (key, text) in &self.overrides {
            values.set(key, text)?;
        }
        Ok(values)
    }

    /// What keeps the job from running under this plan when nobody can be asked: answers that are wrong, that no
    /// question asks for, and, with `complete`, those that are missing.
    pub fn problems(&self, plan: &Plan, complete: bool) -> Vec<String> {
        let mut problems = Vec::new();
        if let Err(problem) = self.values(plan) {
            problems.push(problem);
        }
        for (id, answer) in &self.answers {
            match plan.questions().find(|question| question.id == *id) {
                Some(question) => problems.extend(question.read(answer).err()),
                None => problems.push(format!("answer.{id} answers no question of the plan {}", plan.name)),
            }
        }
        if complete {
            problems.extend(self.unanswered(plan).map(|question| {
                format!("the question {} has no answer: give answer.{} ({})", question.id, question.id, question.ask)
            }));
        }
        problems
    }

    /// Questions of the plan this job does not answer.
    pub fn unanswered<'p>(&'p self, plan: &'p Plan) -> impl Iterator<Item = &'p Question> {
        plan.questions().filter(|question| !self.answers.contains_key(&question.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_set_by_name_and_checked() {
        let mut job = Job::default();
        for (name, text) in [
            ("id", "j-1"),
            ("serial", "23456789"),
            ("drn", "01234567897"),
            ("vend_code", "VC-1"),
            ("plan", ""),
            ("plan.power_limit_w", "9200"),
            ("answer.seal", "A 17"),
        ] {
            assert_eq!(job.set(name, text), Ok(true), "{name}");
        }
        assert_eq!(job.set("link", "sim:"), Ok(false));
        assert!(job.set("drn", "01234567890").is_err());
        assert!(job.set("plan.krn", "x").is_err());
        assert!(job.set("plan.colour", "x").is_err());
        assert!(job.set("credit_token", "12").is_err());
        assert_eq!(job.plan, None);
        let plan = Plan::find(Plan::DEFAULT).unwrap();
        assert_eq!(job.values(&plan).unwrap().power_limit_w, Some(9200.0));
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        let plan = Plan::find(Plan::DEFAULT).unwrap();
        let mut job = Job { id: "j".into(), ..Job::default() };
        assert!(job.problems(&plan, false).is_empty());
        assert_eq!(job.problems(&plan, true).len(), plan.questions().count());
        job.answers.insert("polarity".into(), "perhaps".into());
        job.answers.insert("weather".into(), "fine".into());
        let problems = job.problems(&plan, false);
        assert!(problems.iter().any(|problem| problem.contains("weather")), "{problems:?}");
        assert!(problems.iter().any(|problem| problem.contains("perhaps")), "{problems:?}");
    }
}
