//! The text of a plan: read whole, every mistake with its line.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::plan::{Action, AnswerKind, Mistake, Plan, PlannedStep, Question};
use super::step::StepName;
use super::values::Values;
use crate::toml_problem;

/// Schema named in a plan file.
pub const SCHEMA: &str = "wattkey/plan/1";
/// Steps of one plan.
const MOST_STEPS: usize = 100;

/// Reads a plan.
///
/// # Errors
/// Every mistake, in the order of the lines.
pub fn read(text: &str) -> Result<Plan, Vec<Mistake>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text, mistakes: Vec::new() };
    let plan = reader.plan();
    reader.mistakes.sort_by_key(|mistake| mistake.line);
    match plan {
        Some(plan) if reader.mistakes.is_empty() => Ok(plan),
        _ => Err(reader.mistakes),
    }
}

/// Reads a plan and collects what is wrong with it.
struct Reader<'t> {
    text: &'t str,
    mistakes: Vec<Mistake>,
}

impl<'t> Reader<'t> {
    fn wrong(&mut self, span: &Range<usize>, what: impl Into<String>) {
        // What is missing at the end is missing from the last line.
        let line = toml_problem::line_of(self.text, span.start).min(self.text.lines().count().max(1));
        self.mistakes.push(Mistake { line, what: what.into() });
    }

    fn plan(&mut self) -> Option<Plan> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            self.wrong(&error.span().unwrap_or(0..0), error.message().to_owned());
        }
        if !errors.is_empty() {
            // One slip makes the parser stumble over the rest of its line.
            self.mistakes.dedup_by_key(|mistake| mistake.line);
            return None;
        }
        let whole = 0..0;
        let mut plan = Plan {
            name: String::new(),
            description: String::new(),
            steps: Vec::new(),
            values: Values::default(),
            text: self.text.to_owned(),
        };
        let (mut schema, mut words, mut optional, mut questions) = (None, None, Vec::new(), Vec::new());
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "schema" => schema = self.words_of(key.get_ref(), value),
                "name" => plan.name = self.words_of(key.get_ref(), value).unwrap_or_default(),
                "description" => plan.description = self.words_of(key.get_ref(), value).unwrap_or_default(),
                "steps" => words = Some(self.list(key.get_ref(), value)),
                "optional" => optional = self.list(key.get_ref(), value),
                "values" => self.values(value, &mut plan.values),
                "questions" => questions = self.questions(value),
                other => self.wrong(
                    &key.span(),
                    format!(
                        "a plan has no {other:?}; it has schema, name, description, steps, optional, values, questions"
                    ),
                ),
            }
        }
        if schema.as_deref() != Some(SCHEMA) {
            self.wrong(&whole, format!("schema = {SCHEMA:?} is missing"));
        }
        if plan.name.is_empty() {
            self.wrong(&whole, "name is missing");
        }
        let Some(words) = words else {
            self.wrong(&whole, "steps is missing");
            return Some(plan);
        };
        plan.steps = self.steps(&words, &optional, questions);
        Some(plan)
    }

    fn steps(
        &mut self,
        words: &[(String, Range<usize>)],
        optional: &[(String, Range<usize>)],
        mut questions: Vec<(Question, Range<usize>)>,
    ) -> Vec<PlannedStep> {
        let mut steps: Vec<PlannedStep> = Vec::new();
        for (word, span) in words.iter().take(MOST_STEPS) {
            let asked = questions.iter().position(|(question, _)| question.id == *word);
            let action = match (StepName::from_word(word), asked) {
                _ if steps.iter().any(|step| step.word() == word) => {
                    self.wrong(span, format!("{word} is there twice"));
                    continue;
                }
                (Some(step), _) => Action::Step(step),
                (None, Some(index)) => Action::Ask(questions.remove(index).0),
                (None, None) => {
                    let known: Vec<&str> = StepName::ALL.iter().map(|step| step.word()).collect();
                    self.wrong(
                        span,
                        format!("{word:?} is neither a step nor a question; steps are {}", known.join(", ")),
                    );
                    continue;
                }
            };
            let optional = optional.iter().any(|(name, _)| name == word);
            steps.push(PlannedStep { action, optional });
        }
        let at = words.first().map_or(0..0, |(_, span)| span.clone());
        if steps.first().map(PlannedStep::word) != Some(StepName::Identify.word()) {
            self.wrong(&at, "the first step must be identify");
        }
        let position = |step: StepName| steps.iter().position(|planned| planned.action == Action::Step(step));
        if let Some(report) = position(StepName::Report)
            && report.saturating_add(1) != steps.len()
        {
            self.wrong(&at, "report must be the last step");
        }
        if let Some(change) = position(StepName::KeyChange)
            && position(StepName::KeyRegister).is_none_or(|compared| compared > change)
        {
            self.wrong(&at, "key-change needs key-register before it");
        }
        if let (Some(handshake), Some(compared)) = (position(StepName::VendCode), position(StepName::KeyRegister))
            && handshake > compared
        {
            self.wrong(&at, "vend-code must come before key-register, which compares with what the head-end tells");
        }
        for (question, span) in questions {
            self.wrong(&span, format!("the question {} is not among the steps", question.id));
        }
        for (word, span) in optional {
            if !steps.iter().any(|step| step.word() == word) {
                self.wrong(span, format!("optional names {word}, which is not among the steps"));
            }
            if matches!(StepName::from_word(word), Some(StepName::Identify | StepName::Record | StepName::VendCode)) {
                self.wrong(span, format!("{word} cannot be optional: it tells whether this is the right meter"));
            }
        }
        steps
    }

    fn values(&mut self, value: &Spanned<DeValue<'_>>, values: &mut Values) {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(&value.span(), "values is not a table");
            return;
        };
        for (key, value) in table {
            let text = match value.get_ref() {
                DeValue::Array(_) => {
                    let list = self.list(key.get_ref(), value);
                    Some(list.into_iter().map(|(text, _)| text).collect::<Vec<_>>().join("|"))
                }
                DeValue::Boolean(truth) => Some(truth.to_string()),
                other => scalar(other),
            };
            let problem = match text {
                Some(text) => values.set(key.get_ref(), &text).err(),
                None => Some(format!("{} is neither text, number, true nor false", key.get_ref())),
            };
            if let Some(problem) = problem {
                self.wrong(&key.span(), problem);
            }
        }
    }

    fn questions(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<(Question, Range<usize>)> {
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(&value.span(), "questions are written as [[questions]]");
            return Vec::new();
        };
        let mut questions: Vec<(Question, Range<usize>)> = Vec::new();
        for entry in array.iter() {
            let span = entry.span();
            let Some(table) = entry.get_ref().as_table() else {
                self.wrong(&span, "a question is a table with id and ask");
                continue;
            };
            let mut question = Question { id: String::new(), ask: String::new(), kind: AnswerKind::Yes };
            for (key, value) in table {
                match (key.get_ref().as_ref(), scalar(value.get_ref()).as_deref()) {
                    ("id", Some(id)) => question.id = id.to_owned(),
                    ("ask", Some(ask)) => question.ask = ask.to_owned(),
                    ("kind", Some("yes")) => question.kind = AnswerKind::Yes,
                    ("kind", Some("text")) => question.kind = AnswerKind::Text,
                    ("kind", _) => self.wrong(&value.span(), "kind is \"yes\" or \"text\""),
                    (other, _) => self.wrong(&key.span(), format!("a question has id, ask and kind, not {other:?}")),
                }
            }
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if question.id.is_empty() || !question.id.chars().all(plain) {
                self.wrong(&span, "a question needs an id of small letters, digits and hyphens");
            } else if StepName::from_word(&question.id).is_some() {
                self.wrong(&span, format!("the id {} is the name of a step", question.id));
            } else if questions.iter().any(|(other, _)| other.id == question.id) {
                self.wrong(&span, format!("the id {} is there twice", question.id));
            } else if question.ask.is_empty() {
                self.wrong(&span, format!("the question {} has no text: ask is missing", question.id));
            } else {
                questions.push((question, span));
            }
        }
        questions
    }

    fn words_of(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(&value.span(), format!("{key} is not text"));
        }
        text
    }

    fn list(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<(String, Range<usize>)> {
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(&value.span(), format!("{key} is not a list"));
            return Vec::new();
        };
        let mut words = Vec::new();
        for entry in array.iter() {
            match entry.get_ref().as_str() {
                Some(text) => words.push((text.to_owned(), entry.span())),
                None => self.wrong(&entry.span(), format!("{key} holds something that is not text")),
            }
        }
        words
    }
}

fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        _ => None,
    }
}
