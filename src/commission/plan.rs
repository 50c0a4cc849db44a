//! Plans: which steps in which order, the values they set, and the questions only a person can answer.
//!
//! A plan is TOML. It is read whole: every mistake is named with its line before anything is done.

use std::ops::Range;
use std::path::Path;

use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::step::StepName;
use super::values::Values;

/// Schema named in a plan file.
pub const SCHEMA: &str = "wattkey/plan/1";
/// Largest plan file that is read, in octets.
const LARGEST: u64 = 1 << 20;
/// Steps of one plan.
const MOST_STEPS: usize = 100;

/// Plans that come with the program: name and text.
const PRESETS: [(&str, &str); 3] = [
    ("single-phase", include_str!("../../data/plans/single-phase.toml")),
    ("three-phase-ct", include_str!("../../data/plans/three-phase-ct.toml")),
    ("split-din-rail-ciu", include_str!("../../data/plans/split-din-rail-ciu.toml")),
];

/// What is to be done to a meter.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Name, for reports.
    pub name: String,
    /// One line about it.
    pub description: String,
    /// The steps in order.
    pub steps: Vec<PlannedStep>,
    /// What they compare with and set.
    pub values: Values,
    /// The text of its file.
    pub text: String,
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedStep {
    /// What is done.
    pub action: Action,
    /// Whether the job goes on, and may count as done, when the meter or the head-end cannot do it.
    pub optional: bool,
}

/// Something the program does, or something a person is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// The program's own.
    Step(StepName),
    /// A question.
    Ask(Question),
}

/// An installer's check that no wire can tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Its name in answers and reports.
    pub id: String,
    /// The question.
    pub ask: String,
    /// What answer is wanted.
    pub kind: AnswerKind,
}

/// Which answers a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerKind {
    /// `yes` or `no`; `no` is a failed check.
    Yes,
    /// Any words, such as the number of a seal.
    Text,
}

impl Question {
    /// The answer in its plain form.
    ///
    /// # Errors
    /// One sentence, when it is none.
    pub fn read(&self, answer: &str) -> Result<String, String> {
        let answer = answer.trim();
        match (self.kind, answer.to_ascii_lowercase().as_str()) {
            (_, "") => Err(format!("the answer to {} is empty", self.id)),
            (AnswerKind::Text, _) => Ok(answer.to_owned()),
            (AnswerKind::Yes, "yes" | "y" | "true" | "1") => Ok("yes".to_owned()),
            (AnswerKind::Yes, "no" | "n" | "false" | "0") => Ok("no".to_owned()),
            (AnswerKind::Yes, _) => Err(format!("the answer to {} is {answer:?}, not yes or no", self.id)),
        }
    }
}

impl PlannedStep {
    /// Its word in reports.
    pub fn word(&self) -> &str {
        match &self.action {
            Action::Step(step) => step.word(),
            Action::Ask(question) => &question.id,
        }
    }
}

/// Why a plan cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// No plan of this name comes with the program, and no file is there.
    #[error("there is no plan {name:?}: it is neither a plan of the program ({known}) nor a file")]
    Unknown {
        /// What was asked for.
        name: String,
        /// The plans that are there.
        known: String,
    },
    /// The file cannot be read.
    #[error("the plan {path} cannot be read: {reason}")]
    File {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// Mistakes in it, each with its line.
    #[error("{origin}: {}", mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Mistakes {
        /// The file or the plan's name.
        origin: String,
        /// Every mistake, in the order of the lines.
        mistakes: Vec<Mistake>,
    },
}

/// One mistake in a plan file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.what)
    }
}

impl Plan {
    /// Plan used when none is named.
    pub const DEFAULT: &'static str = "single-phase";

    /// Names of the plans that come with the program.
    pub fn preset_names() -> impl Iterator<Item = &'static str> {
        PRESETS.iter().map(|(name, _)| *name)
    }

    /// A plan of the program by its name, else the file of this path.
    ///
    /// # Errors
    /// [`PlanError`], with every mistake of the file.
    pub fn find(name: &str) -> Result<Self, PlanError> {
        if let Some((name, text)) = PRESETS.iter().find(|(preset, _)| *preset == name) {
            return Plan::parse(name, text);
        }
        let path = Path::new(name);
        if !path.exists() {
            let known = Plan::preset_names().collect::<Vec<_>>().join(", ");
            return Err(PlanError::Unknown { name: name.to_owned(), known });
        }
        let failed = |reason: String| PlanError::File { path: name.to_owned(), reason };
        let size = std::fs::metadata(path).map_err(|error| failed(error.to_string()))?.len();
        if size > LARGEST {
            return Err(failed(format!("it has {size} octets, more than any plan")));
        }
        let text = std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
        Plan::parse(name, &text)
    }

    /// Reads the text of a plan; `origin` names it in errors.
    ///
    /// # Errors
    /// [`PlanError::Mistakes`] with every mistake.
    pub fn parse(origin: &str, text: &str) -> Result<Self, PlanError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader { text, mistakes: Vec::new() };
        let plan = reader.plan();
        reader.mistakes.sort_by_key(|mistake| mistake.line);
        match plan {
            Some(plan) if reader.mistakes.is_empty() => Ok(plan),
            _ => Err(PlanError::Mistakes { origin: origin.to_owned(), mistakes: reader.mistakes }),
        }
    }

    /// Whether the plan has this step.
    pub fn has(&self, step: StepName) -> bool {
        self.steps.iter().any(|planned| planned.action == Action::Step(step))
    }

    /// The questions of the plan.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.steps.iter().filter_map(|planned| match &planned.action {
            Action::Ask(question) => Some(question),
            Action::Step(_) => None,
        })
    }
}

/// Reads a plan and collects what is wrong with it.
struct Reader<'t> {
    text: &'t str,
    mistakes: Vec<Mistake>,
}

impl<'t> Reader<'t> {
    fn wrong(&mut self, span: &Range<usize>, what: impl Into<String>) {
        let before = self.text.get(..span.start.min(self.text.len())).unwrap_or_default();
        let line = before.matches('\n').count().saturating_add(1);
        self.mistakes.push(Mistake { line, what: what.into() });
    }

    fn plan(&mut self) -> Option<Plan> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            self.wrong(&error.span().unwrap_or(0..0), error.message().to_owned());
        }
        if !errors.is_empty() {
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
                other => scalar(other),
            };
            let problem = match text {
                Some(text) => values.set(key.get_ref(), &text).err(),
                None => Some(format!("{} is neither text nor a number", key.get_ref())),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plans_of_the_program_are_sound() {
        for name in Plan::preset_names() {
            let plan = Plan::find(name).unwrap();
            assert_eq!(plan.name, name);
            for step in [StepName::VendCode, StepName::KeyChange, StepName::Status, StepName::Report] {
                assert!(plan.has(step), "{name}: {}", step.word());
            }
            assert!(plan.questions().count() > 2, "{name}");
        }
        assert!(Plan::preset_names().any(|name| name == Plan::DEFAULT));
    }

    fn mistakes(text: &str) -> Vec<(usize, String)> {
        match Plan::parse("p", text) {
            Err(PlanError::Mistakes { mistakes, .. }) => mistakes.into_iter().map(|m| (m.line, m.what)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_mistake_is_named_with_its_line() {
        let text = "schema = \"wattkey/plan/1\"\nname = \"x\"\ncolour = 1\nsteps = [\n \"clock\",\n \"clock\",\n \"paint\",\n \
                    \"key-change\"]\noptional = [\"seals\"]\n\n[values]\nkrn = 12\npower_limit_w = 2000.5\n\n[[questions]]\n\
                    id = \"seals\"\nask = \"Sealed?\"\nkind = \"maybe\"\n";
        let found = mistakes(text);
        for (line, part) in [
            (3, "colour"),
            (5, "identify"),
            (5, "key-register"),
            (6, "twice"),
            (7, "paint"),
            (9, "seals"),
            (12, "12"),
            (15, "not among the steps"),
            (18, "kind"),
        ] {
            assert!(found.iter().any(|(at, what)| *at == line && what.contains(part)), "{line} {part}: {found:#?}");
        }
        assert_eq!(found.len(), 9, "{found:#?}");
    }

    #[test]
    fn what_is_no_toml_is_named_with_its_line() {
        assert_eq!(mistakes("schema = \"wattkey/plan/1\"\nname = \n")[0].0, 2);
        assert!(mistakes("").len() >= 3);
    }

    #[test]
    fn answers_are_read_as_people_write_them() {
        let yes = Question { id: "sealed".into(), ask: "?".into(), kind: AnswerKind::Yes };
        assert_eq!(yes.read(" Y "), Ok("yes".into()));
        assert_eq!(yes.read("No"), Ok("no".into()));
        assert!(yes.read("perhaps").is_err() && yes.read(" ").is_err());
        let text = Question { kind: AnswerKind::Text, ..yes };
        assert_eq!(text.read("A 17"), Ok("A 17".into()));
    }

    #[test]
    fn an_unknown_name_tells_the_plans() {
        let error = Plan::find("no-such-plan").unwrap_err().to_string();
        assert!(error.contains("single-phase") && error.contains("three-phase-ct"), "{error}");
    }
}
