//! The steps of a plan, and how each can end.

use serde::Serialize;
use serde_json::Value;

macro_rules! steps {
    ($($(#[$meta:meta])* $name:ident $word:literal $about:literal,)*) => {
        /// A step the program does by itself; what only a person can tell is a question of the plan.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum StepName { $($(#[$meta])* $name,)* }

        impl StepName {
            /// Every step, in the order of a usual plan.
            pub const ALL: &'static [StepName] = &[$(StepName::$name,)*];

            /// The word in plans and reports.
            pub const fn word(self) -> &'static str {
                match self { $(StepName::$name => $word,)* }
            }

            /// What it does, in a few words.
            pub const fn about(self) -> &'static str {
                match self { $(StepName::$name => $about,)* }
            }

            /// The step of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|step| step.word() == word)
            }
        }
    };
}

steps! {
    /// Which meter answers.
    Identify "identify" "read which meter answers",
    /// Serial number, DRN and maker against the job and the ledger.
    Record "record" "compare serial number, DRN and maker code with the record",
    /// Type certificate against the utility's registry.
    Certificate "certificate" "look the STS certificate up in the registry",
    /// Vend code against the head-end.
    VendCode "vend-code" "have the head-end check the vend code",
    /// Firmware against the list allowed.
    Firmware "firmware" "compare the firmware with the list allowed",
    /// New firmware.
    FirmwareUpdate "firmware-update" "transfer a firmware image and switch to it",
    /// Clock.
    Clock "clock" "set the clock when it is off",
    /// SGC, KRN, KT and TI against the record.
    KeyRegister "key-register" "compare SGC, KRN, KT and TI with the record",
    /// Key change when they differ.
    KeyChange "key-change" "enter a key-change set when they differ",
    /// Tamper conditions.
    ClearTamper "clear-tamper" "enter a clear-tamper token when a tamper condition holds",
    /// Active power limit.
    PowerLimit "power-limit" "set the power limit",
    /// Limit of the unbalance between phases.
    PhaseUnbalance "phase-unbalance" "set the limit of unbalance between phases",
    /// Relay opened and closed.
    RelayTest "relay-test" "open and close the supply relay",
    /// First credit.
    FirstCredit "first-credit" "enter the first credit token",
    /// Keys and password of the DLMS interface.
    DlmsKeys "dlms-keys" "replace the keys of the DLMS interface",
    /// What the meter tells at the end.
    Status "status" "read what the meter tells at the end",
    /// Report to the head-end.
    Report "report" "report the result to the head-end",
}

impl StepName {
    /// Whether the step brings something about at the meter.
    pub const fn changes_the_meter(self) -> bool {
        matches!(
            self,
            StepName::Clock
                | StepName::KeyChange
                | StepName::ClearTamper
                | StepName::PowerLimit
                | StepName::PhaseUnbalance
                | StepName::RelayTest
                | StepName::FirstCredit
                | StepName::DlmsKeys
                | StepName::FirmwareUpdate
        )
    }
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// It was done, and reading back agrees; a check held.
    Done,
    /// There was nothing to do: it was true before.
    Already,
    /// A dry run: it would be done.
    Planned,
    /// It was left out, for the reason given.
    Skipped,
    /// It was not achieved, and it is known that it was not.
    Failed,
    /// It cannot be told whether the meter acted: a person has to look.
    Unknown,
}

impl StepState {
    /// The word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            StepState::Done => "done",
            StepState::Already => "already",
            StepState::Planned => "planned",
            StepState::Skipped => "skipped",
            StepState::Failed => "failed",
            StepState::Unknown => "unknown",
        }
    }

    /// Whether the job may count as done with it.
    pub const fn is_good(self) -> bool {
        !matches!(self, StepState::Failed | StepState::Unknown)
    }
}

/// What came of one step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepOutcome {
    /// Word of the step, or the id of the question.
    pub step: String,
    /// How it ended.
    pub state: StepState,
    /// What the meter told before; null when nothing was read.
    pub before: Value,
    /// What it told afterwards.
    pub after: Value,
    /// What it was to tell.
    pub expected: Value,
    /// In words, why it ended so, where the state does not say it all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// It was left out because it could not be done; nobody wanting it is no such thing.
    #[serde(skip)]
    pub unable: bool,
}

impl StepOutcome {
    /// An outcome of which only the state is known yet.
    pub fn new(step: impl Into<String>, state: StepState) -> Self {
        StepOutcome {
            step: step.into(),
            state,
            before: Value::Null,
            after: Value::Null,
            expected: Value::Null,
            reason: None,
            unable: false,
        }
    }

    /// Meter or head-end cannot do it: the plan decides whether the job may go on without it.
    #[must_use]
    pub fn unable(step: impl Into<String>, reason: impl Into<String>) -> Self {
        StepOutcome { unable: true, ..StepOutcome::new(step, StepState::Skipped).reason(reason) }
    }

    /// Nobody asks for it.
    #[must_use]
    pub fn not_wanted(step: impl Into<String>, reason: impl Into<String>) -> Self {
        StepOutcome::new(step, StepState::Skipped).reason(reason)
    }

    /// With what was read before.
    #[must_use]
    pub fn before(mut self, before: impl Into<Value>) -> Self {
        self.before = before.into();
        self
    }

    /// With what was read afterwards.
    #[must_use]
    pub fn after(mut self, after: impl Into<Value>) -> Self {
        self.after = after.into();
        self
    }

    /// With what should be read.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<Value>) -> Self {
        self.expected = expected.into();
        self
    }

    /// With the reason.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}
