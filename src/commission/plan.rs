//! Plans: which steps in which order, the values they set, and the questions only a person can answer.
//!
//! A plan is TOML. It is read whole: every mistake is named with its line before anything is done.

use std::path::Path;

use serde::Serialize;

use super::plan_file;
use super::step::StepName;
use super::values::Values;

/// Largest plan file that is read, in octets.
const LARGEST: u64 = 1 << 20;

/// Plans that come with the program: name and text.
const PRESETS: [(&str, &str); 4] = [
    ("single-phase", include_str!("../../data/plans/single-phase.toml")),
    ("three-phase-ct", include_str!("../../data/plans/three-phase-ct.toml")),
    ("key-change", include_str!("../../data/plans/key-change.toml")),
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
        plan_file::read(text).map_err(|mistakes| PlanError::Mistakes { origin: origin.to_owned(), mistakes })
    }

    /// Whether the plan has this step.
    pub fn has(&self, step: StepName) -> bool {
        self.steps.iter().any(|planned| planned.action == Action::Step(step))
    }

    /// Whether the plan changes the keys of meters in service, rather than putting new ones into service.
    pub fn is_for_installed_meters(&self) -> bool {
        self.has(StepName::KeyChange) && !self.has(StepName::VendCode) && !self.has(StepName::FirstCredit)
    }

    /// The questions of the plan.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.steps.iter().filter_map(|planned| match &planned.action {
            Action::Ask(question) => Some(question),
            Action::Step(_) => None,
        })
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
            for step in [StepName::KeyChange, StepName::Status, StepName::Report] {
                assert!(plan.has(step), "{name}: {}", step.word());
            }
            // A new meter is checked by its vend code and looked at; one in service is known.
            let is_new = !plan.is_for_installed_meters();
            assert_eq!((plan.has(StepName::VendCode), plan.questions().count() > 2), (is_new, is_new), "{name}");
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
