//! The one way anything is changed on a meter: record the intent, send once, read back, record the outcome.
//!
//! [`apply`] makes a change that shows in what the meter reports afterwards (relay, clock, limits, objects), and
//! [`apply_together`] several of objects in as few requests as the meter takes;
//! [`enter_token`] enters one token; [`Prepared`] enters a key-change set on top of it; [`PreparedSecrets`]
//! replaces the keys and passwords of the meter's interface. The rules are the same for all:
//!
//! - The intent is on the disk before the first octet leaves. Without it nothing is sent.
//! - It is sent once. After a lost reply the meter is read back over a new association, within a time limit.
//! - What cannot be told then is [`Outcome::Unknown`](crate::ledger::Outcome), never "try again".
//! - A ledger that fails after it was sent does not take the outcome away; the intent stays open.
//! - The next run settles open intents by reading the meter before it sends anything ([`settle_open_intents`]).
//! - A first wish to stop waits for the outcome; a second one ends the wait.

pub mod check;
mod context;
pub mod derived;
pub mod document;
pub mod error;
mod firmware;
pub mod firmware_list;
pub mod key_change;
mod open_intents;
mod request;
mod secrets;
mod together;
mod token;
mod transaction;

pub use check::{Expected, Judgement, SetFit, judge_sections};
pub use context::{ChangeContext, read_back_limit};
pub use derived::{derive, explain, read_status, readout};
pub use document::{EntryDocument, EntryOutcome, EntryState, EntryStep};
pub use error::{ChangeError, SafetyCause};
pub use firmware::{FirmwareChange, FirmwareImage, activate_firmware, transfer_firmware};
pub use key_change::{Entered, Prepared};
pub use open_intents::{SettledIntent, settle_open_intents};
pub use request::{Change, LimitKind, Observation, Seen, is_limit};
pub use secrets::{PreparedSecrets, SecretsChanged, StageOutcome, WantedSecrets};
pub use together::apply_together;
pub use token::{TokenEvidence, TokenStep, await_idle, enter_token};
pub use transaction::{Applied, apply};
