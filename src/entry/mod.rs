//! Tokens into a meter, whoever asks for it: one at a time, or a key-change set section by section.
//!
//! [`crate::meter::entry`] delivers one token, journalled; here is what stands around it: whether a set may go in, what
//! the meter holds before and afterwards, what an earlier run left open, and why a token was refused.

pub mod check;
pub mod derived;
pub mod document;
pub mod error;
pub mod key_change;

pub use check::{Expected, Finding};
pub use derived::derive;
pub use document::{EntryDocument, EntryState, EntryStep};
pub use error::EntryError;
pub use key_change::{Entered, Prepared};

use std::sync::Arc;

use time::OffsetDateTime;

use crate::diagnosis::{Case, DiagnosisDocument, Readout, Searcher, diagnose};
use crate::ledger::MeterRef;
use crate::meter::{Meter, MeterError, Status};
use crate::sts::keyring::Keyring;
use crate::sts::{Token, TokenResult, VendingKey};

/// A status, with what the keys at hand add.
///
/// # Errors
/// Those of line and meter.
pub fn read_status(meter: &mut dyn Meter, keys: &[VendingKey]) -> Result<Status, MeterError> {
    let mut status = meter.status()?;
    if let Some(sts) = &mut status.sts {
        derive(sts, keys);
    }
    Ok(status)
}

/// Which meter a status is of.
pub fn reference(status: &Status) -> MeterRef {
    MeterRef {
        serial: status.meter.serial.clone().or_else(|| status.meter.device_name.clone()),
        drn: status.sts.as_ref().and_then(|sts| sts.drn.clone()),
    }
}

/// The STS part of a status, as a diagnosis takes it.
pub fn readout(status: &Status) -> Readout {
    // A status is made of texts and numbers: it always has a JSON form.
    Readout::from_status(&serde_json::to_value(status).unwrap_or_default())
}

/// Why the meter refused `token` with `result`, from what it told before and what the keys at hand show.
pub fn explain(
    token: Token,
    result: Option<TokenResult>,
    meter: Readout,
    keyring: &Arc<Keyring>,
    now: OffsetDateTime,
) -> DiagnosisDocument {
    let mut case = Case::of_token(&token.to_string(), now);
    case.result = result;
    case.meter = Some(meter);
    let mut searcher = Searcher::new(Arc::clone(keyring), Default::default());
    DiagnosisDocument::new(&case, diagnose(&case, &mut searcher))
}
