//! Why a token was refused: evidence in, ranked causes out. Pure; no input or output.
//!
//! [`Case`] holds what is known, [`Searcher`] tries the keys, [`diagnose`] applies the rules in the order of thought:
//! the shape of the string, the meter's own word, trial decryption, the state of the meter. Strength is arithmetic:
//! see [`chance`].

pub mod candidates;
pub mod case_line;
pub mod cause;
pub mod chance;
pub mod display;
pub mod document;
pub mod edits;
pub mod evidence;
pub mod fit;
pub mod identity;
pub mod interview;
pub mod key_change;
pub mod key_change_set;
pub mod meter_word;
pub mod remedy;
pub mod rollover;
pub mod search;
pub mod settle;
pub mod shape;
pub mod slip;
pub mod state;
pub mod verdict;

pub use cause::{Cause, Strength, UNDETERMINED, meaning_of};
pub use display::Display;
pub use document::DiagnosisDocument;
pub use evidence::{Case, Readout};
pub use key_change_set::KeyChangeSet;
pub use remedy::Situation;
pub use search::{Reach, Searcher};
pub use slip::Slip;
pub use verdict::{Diagnosis, Finding, diagnose};
