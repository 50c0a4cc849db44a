//! What became of a job, on its way to the utility.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::sts::Drn;

macro_rules! kinds {
    ($($name:ident $word:literal $meaning:literal;)*) => {
        /// What is reported. Most words are those of the fault reports that utilities take.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum ReportKind {
            $(#[doc = $meaning] $name,)*
        }

        impl ReportKind {
            /// Every kind, in the order of the table.
            pub const ALL: &'static [ReportKind] = &[$(ReportKind::$name,)*];

            /// The word in documents.
            pub const fn word(self) -> &'static str {
                match self { $(ReportKind::$name => $word,)* }
            }

            /// What it says, in a few words.
            pub const fn meaning(self) -> &'static str {
                match self { $(ReportKind::$name => $meaning,)* }
            }
        }
    };
}

kinds! {
    NewInstallation "new-installation" "a new meter was fitted and commissioned";
    MeterChangedOut "meter-changed-out" "the meter took the place of another";
    Converted "converted" "the supply was changed from a credit meter";
    KeyChanged "key-changed" "the meter was moved to another key";
    KeyChangeFailed "key-change-failed" "the meter could not be moved to another key";
    AlreadyDone "already-done" "everything was as it should be before: nothing was changed";
    CommissioningFailed "commissioning-failed" "the meter could not be commissioned";
    IncorrectSgc "incorrect-sgc" "the record has another supply group than the meter";
    IncorrectTi "incorrect-ti" "the record has another tariff index than the meter";
    MeterDead "meter-dead" "the meter does nothing";
    TokensNotWorking "tokens-not-working" "the meter refuses its tokens";
    NoTrip "no-trip" "the meter does not disconnect";
    KeepsTripping "keeps-tripping" "the meter disconnects again and again";
    DisplayLightsButtons "display-lights-buttons" "display, lights or buttons are broken";
    FireWaterDamage "fire-water-damage" "fire or water damaged the meter";
    SeriousBoxDamage "serious-box-damage" "the box is broken";
}

/// A result to hand in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobReport {
    /// Names the intent, once and for all: the job's id, or a step of it.
    pub id: String,
    /// The meter.
    pub drn: Drn,
    /// Its serial number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// The vend code, for servers that file reports under a customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vend_code: Option<String>,
    /// What happened.
    pub kind: ReportKind,
    /// When, RFC 3339 UTC.
    pub at: String,
    /// In words, 200 characters at most reach an XMLVend server.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The ledger's head after the last act, so that an auditor can find the rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ledger_head: Option<String>,
    /// Whatever else belongs to it, without secrets.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub details: Value,
}

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Delivery {
    /// The utility has it, under its own number.
    Delivered {
        /// The utility's number.
        #[serde(skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
    },
    /// It waits on the disk for `wattkey headend send`.
    Queued {
        /// Its row in the outbox.
        row: i64,
        /// Why it was not delivered now; absent for a head-end that only stores.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_serde() {
        for kind in ReportKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
        }
    }
}
