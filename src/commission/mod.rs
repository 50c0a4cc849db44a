//! Commissioning: a [`Plan`] of named steps carried out for a [`Job`] on one meter, each step read, compared, done,
//! and read back.
//!
//! What is already true is left alone, so that a job may be run again at any time: every intent is in the ledger
//! before it goes out, and what an earlier run left open is settled by what the meter tells.

pub mod certificate;
mod guard;
mod interface;
pub mod job;
pub mod operator;
pub mod plan;
mod plan_file;
pub mod registry;
pub mod report;
mod run;
pub mod step;
mod steps;
pub mod values;

pub use interface::{InterfaceMaterial, NewFirmware, NewSecrets};
pub use job::Job;
pub use operator::{NonInteractive, Operator, Unanswered};
pub use plan::{Action, AnswerKind, Plan, PlanError, PlannedStep, Question};
pub use registry::{CertificateAnswer, CertifiedMeter, Registry};
pub use report::{CommissionOutcome, Fault, Report};
pub use run::Commissioning;
pub use step::{StepName, StepOutcome, StepState};
pub use values::Values;
