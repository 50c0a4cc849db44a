//! The DLMS/COSEM driver.

pub mod answers;
pub mod assemble;
mod authentication;
pub mod cache;
pub mod convert;
pub mod counter;
mod driver;
mod firmware;
mod limit;
mod listing;
mod logs;
mod methods;
pub mod objects;
pub mod plan;
pub mod push;
mod security;
pub mod session;
mod text;
pub mod transport;

use crate::meter::profile::{Library, Profile};
use crate::meter::{Identity, MeterError};
use crate::protocol::dlms::{ActionResult, DataAccessResult};

pub use authentication::{SecretSource, describe_keys, general_keys, protection_of};
pub use cache::Cache;
pub use session::{Access, Authentication, Session};
pub use transport::{Transport, TransportSettings};

use objects::ObjectList;
use text::refusal_word;

/// A meter spoken to in DLMS.
#[derive(Debug)]
pub struct DlmsMeter {
    session: Session,
    profile: Profile,
    /// Where a better profile is looked for once the meter's name is known; `None` when the user chose one.
    library: Option<Library>,
    cache: Option<Cache>,
    /// The names under which the object list is kept there.
    kept_as: Vec<String>,
    objects: Option<ObjectList>,
    /// What is missing from the object list.
    list_problem: Option<String>,
    /// Whether the meter gave no list, and the objects of the profile are asked for on chance.
    list_is_guessed: bool,
    device_name: Option<String>,
    /// The first device identifier, when it was read beside something else: what the meter told, if anything.
    device_id: Option<Option<String>>,
    identity: Option<Identity>,
}

impl DlmsMeter {
    /// A meter nothing was sent to yet.
    pub fn new(session: Session, profile: Profile, library: Option<Library>, cache: Option<Cache>) -> Self {
        DlmsMeter {
            session,
            profile,
            library,
            cache,
            kept_as: Vec::new(),
            objects: None,
            list_problem: None,
            list_is_guessed: false,
            device_name: None,
            device_id: None,
            identity: None,
        }
    }

    /// Opens the association now, so that the caller learns whether a DLMS meter is there.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn open(&mut self) -> Result<(), MeterError> {
        self.session.open()
    }

    /// Finds out whether a DLMS meter is there without opening an association; in the TCP wrapper there is nothing else.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn knock(&mut self) -> Result<(), MeterError> {
        self.session.knock()
    }

    /// Changes how long and how often the meter is asked.
    pub fn set_patience(&mut self, timeout: std::time::Duration, retries: u32) {
        self.session.transport().set_patience(timeout, retries);
    }

    /// Gives the line back, after closing what is open.
    pub fn into_link(mut self) -> Box<dyn crate::link::Link> {
        self.session.close();
        self.session.into_link()
    }
}

/// A write's result as an answer.
fn write_answer(result: DataAccessResult) -> crate::meter::Answer {
    match result {
        DataAccessResult::Success => crate::meter::Answer::Done,
        reason => crate::meter::Answer::Refused(refusal_word(&reason)),
    }
}

/// A call's result as an answer.
fn call_answer(result: ActionResult) -> crate::meter::Answer {
    match result {
        ActionResult::Success => crate::meter::Answer::Done,
        reason => crate::meter::Answer::Refused(refusal_word(&reason)),
    }
}
