//! What became of a job: the `wattkey/commission/1` document.

use serde::Serialize;
use serde_json::Value;

use super::step::{StepName, StepOutcome, StepState};
use crate::change::SafetyCause;
use crate::error::{Code, Exit};
use crate::meter::MeterRef;
use crate::meter::status::{Identity, Status};
use crate::output::{self, Document, Style, grid, paragraph, sanitize};

/// Columns before the text of a labelled line.
const INDENT: usize = 12;

/// How a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CommissionOutcome {
    /// Every step that had to be is done.
    Commissioned,
    /// A dry run: this is what would be done.
    Planned,
    /// A step is known not to be achieved.
    Failed,
    /// It was stopped for safety: wrong meter, a suspected clone, a confirmation missing.
    Stopped,
    /// It cannot be told whether the meter did what was asked: a person has to look.
    Unknown,
}

impl CommissionOutcome {
    /// The word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            CommissionOutcome::Commissioned => "commissioned",
            CommissionOutcome::Planned => "planned",
            CommissionOutcome::Failed => "failed",
            CommissionOutcome::Stopped => "stopped",
            CommissionOutcome::Unknown => "unknown",
        }
    }
}

/// What ended a job before its last step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The stable code word.
    pub code: Code,
    /// The cause that counts are kept under, where the code word is too wide.
    pub cause: Option<SafetyCause>,
    /// One sentence.
    pub message: String,
    /// What to do.
    pub hints: Vec<String>,
}

impl Fault {
    /// With the remedy of the code as its hint.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Fault { code, cause: None, message: message.into(), hints: vec![code.remedy().to_owned()] }
    }

    /// The same, counted under this cause.
    #[must_use]
    pub fn counted_as(self, cause: Option<SafetyCause>) -> Self {
        Fault { cause, ..self }
    }

    /// The word that counts are kept under.
    pub fn cause_word(&self) -> &'static str {
        self.cause.map_or(self.code.word(), SafetyCause::word)
    }
}

impl Serialize for Fault {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Plain<'a> {
            code: &'static str,
            cause: &'static str,
            message: &'a str,
            hints: &'a [String],
            exit: u8,
        }
        let code = self.code.word();
        let (cause, exit) = (self.cause_word(), self.code.exit().number());
        Plain { code, cause, message: &self.message, hints: &self.hints, exit }.serialize(serializer)
    }
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The job's id.
    pub job: String,
    /// Name of the plan.
    pub plan: String,
    /// Whether nothing was to be written.
    pub dry_run: bool,
    /// The work order it was done for, as the rows of the ledger have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Value>,
    /// The link as the user wrote it.
    pub link: String,
    /// When it began, RFC 3339 UTC.
    pub started_at: String,
    /// When it ended, RFC 3339 UTC.
    pub ended_at: String,
    /// The meter's numbers.
    pub meter: MeterRef,
    /// What the meter tells of maker, model and firmware.
    pub identity: Identity,
    /// How it ended.
    pub outcome: CommissionOutcome,
    /// The steps, in order. Those not come to are not there.
    pub steps: Vec<StepOutcome>,
    /// Who answered for the utility.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head_end: Option<HeadEndNote>,
    /// What the meter told at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// What ended it before its last step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Fault>,
    /// What should be known besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Who did it.
    pub operator: String,
    /// On which machine.
    pub host: String,
    /// With which program.
    pub tool: String,
    /// Hash of the ledger's last row: note it, and `wattkey ledger verify --head` finds later cuts.
    pub ledger_head: String,
    /// Whether an earlier run of the job changed the meter, or may have.
    #[serde(skip)]
    pub changed_earlier: bool,
    /// The head-end's verdict that ended it, where one did.
    #[serde(skip)]
    pub refused_by: Option<&'static str>,
}

/// Who answered for the utility, and how its answers are to be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadEndNote {
    /// Its name.
    pub name: String,
    /// Whether the answers come from a file made earlier.
    pub offline: bool,
    /// Its verdict on the vend code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<&'static str>,
}

impl Report {
    /// The exit code of a command whose result this is.
    pub fn exit(&self) -> Exit {
        match (&self.error, self.outcome) {
            (Some(fault), _) => fault.code.exit(),
            (None, CommissionOutcome::Commissioned | CommissionOutcome::Planned) => Exit::Done,
            (None, CommissionOutcome::Failed) => Exit::AnswerNo,
            (None, CommissionOutcome::Stopped | CommissionOutcome::Unknown) => Exit::Safety,
        }
    }

    /// The step that ended it, when one did.
    pub fn culprit(&self) -> Option<&StepOutcome> {
        self.steps.iter().rev().find(|step| !step.state.is_good())
    }

    /// Whether the job is done, and everything it was to bring about was there before.
    pub fn was_already_so(&self) -> bool {
        self.outcome == CommissionOutcome::Commissioned && self.changed_nothing()
    }

    /// Whether the steps so far found everything as it was to be: neither this run nor an earlier one changed the meter.
    pub fn changed_nothing(&self) -> bool {
        let was = |state: StepState| {
            let writes = |step: &&StepOutcome| StepName::from_word(&step.step).is_some_and(StepName::changes_the_meter);
            self.steps.iter().filter(writes).any(|step| step.state == state)
        };
        was(StepState::Already) && !was(StepState::Done) && !self.changed_earlier
    }

    /// The first word of what went wrong, for counts of causes: a code word, or the step.
    pub fn cause(&self) -> Option<String> {
        match (&self.error, self.culprit()) {
            (Some(fault), _) => Some(fault.cause_word().to_owned()),
            (None, Some(_)) if self.refused_by.is_some() => self.refused_by.map(str::to_owned),
            (None, Some(step)) => Some(format!("{} {}", step.step, step.state.word())),
            (None, None) => None,
        }
    }
}

/// Endings of field names that are units, and how these are written.
const UNITS: [(&str, &str); 3] = [("_w", " W"), ("_s", " s"), ("_kwh", " kWh")];

/// A value of a step for people.
pub fn in_words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.is_empty() => "none".to_owned(),
        Value::Array(list) => list.iter().map(in_words).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let part = |(name, value): (&String, &Value)| {
                let unit = UNITS.iter().find_map(|(end, unit)| Some((name.strip_suffix(end)?, *unit)));
                let (name, unit) = unit.unwrap_or((name, ""));
                format!("{} {}{unit}", name.replace('_', " "), in_words(value))
            };
            fields.iter().filter(|(_, value)| !value.is_null()).map(part).collect::<Vec<_>>().join(", ")
        }
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string()),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
    }
}

impl StepOutcome {
    /// `before → after (expected …): reason`, as far as there is something to say.
    pub fn in_words(&self) -> String {
        let [before, after, expected] = [&self.before, &self.after, &self.expected].map(in_words);
        let mut text = match (before.is_empty(), after.is_empty() || after == before) {
            (true, true) => String::new(),
            (false, true) => before.clone(),
            (true, false) => after.clone(),
            (false, false) => format!("{before} → {after}"),
        };
        let told = if after.is_empty() { &before } else { &after };
        if !expected.is_empty() && expected != *told && !matches!(self.state, StepState::Done | StepState::Already) {
            text.push_str(if text.is_empty() { "" } else { ", " });
            text.push_str(&format!("expected {expected}"));
        }
        if let Some(reason) = &self.reason {
            text.push_str(if text.is_empty() { "" } else { "; " });
            text.push_str(reason);
        }
        text
    }
}

impl Document for Report {
    const SCHEMA: &'static str = "wattkey/commission/1";

    fn table(&self, style: Style) -> String {
        let rows: Vec<Vec<String>> = self
            .steps
            .iter()
            .map(|step| vec![step.step.clone(), step.state.word().to_uppercase(), step.in_words()])
            .collect();
        let mut out = if rows.is_empty() { String::new() } else { grid(style, &["step", "state", "what"], &rows) };
        out.push('\n');
        let numbers = self.meter.numbers();
        if !numbers.is_empty() {
            out.push_str(&paragraph(style, "Meter", INDENT, &numbers.join(", DRN ")));
        }
        out.push_str(&paragraph(style, "Job", INDENT, &format!("{}, plan {}", self.job, self.plan)));
        if let Some(order) = &self.order {
            let part = |name: &str| {
                let text = order.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())?;
                Some(if name == "id" { text.to_owned() } else { format!("{name} {text}") })
            };
            let parts: Vec<String> = ["id", "area", "crew"].into_iter().filter_map(part).collect();
            out.push_str(&paragraph(style, "Order", INDENT, &parts.join(", ")));
        }
        if let Some(head_end) = &self.head_end {
            let offline = if head_end.offline { ", offline and so unconfirmed" } else { "" };
            let verdict = head_end.verdict.map(|word| format!(": {}", output::in_words(word))).unwrap_or_default();
            out.push_str(&paragraph(style, "Head-end", INDENT, &format!("{}{verdict}{offline}", head_end.name)));
        }
        for note in &self.notes {
            out.push_str(&paragraph(style, "Note", INDENT, note));
        }
        out.push_str(&paragraph(style, "Outcome", INDENT, &self.outcome.word().to_uppercase()));
        if let Some(fault) = &self.error {
            out.push_str(&paragraph(style, "Because", INDENT, &fault.message));
            for hint in &fault.hints {
                out.push_str(&paragraph(style, "", INDENT, hint));
            }
        }
        out.push_str(&format!("{:<INDENT$}{}\n", "Ledger", sanitize(&self.ledger_head)));
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["job", "serial", "drn", "outcome", "step", "state", "before", "after", "expected", "reason", "ledger_head"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.steps
            .iter()
            .map(|step| {
                vec![
                    self.job.clone(),
                    self.meter.serial.clone().unwrap_or_default(),
                    self.meter.drn.map(|drn| drn.to_string()).unwrap_or_default(),
                    self.outcome.word().to_owned(),
                    step.step.clone(),
                    step.state.word().to_owned(),
                    in_words(&step.before),
                    in_words(&step.after),
                    in_words(&step.expected),
                    step.reason.clone().unwrap_or_default(),
                    self.ledger_head.clone(),
                ]
            })
            .collect()
    }
}
