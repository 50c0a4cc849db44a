//! The utility's side of a job: whether a vend code belongs to a meter, tokens for it, and where results go.
//!
//! One trait, [`HeadEnd`], and drivers behind it: a signed [`pack`] of the day's records for work without a network,
//! [`xmlvend`], the vending standard, over HTTPS, and [`token_api`], a token server that keeps no records.
//! A head-end that says no has answered: its verdict is a value with a cause and what to do on site; only what kept
//! it from answering is an error. Results wait in the [`outbox`] until a head-end has taken them.

mod certificate;
pub mod error;
#[doc(hidden)]
pub mod fuzzing;
mod login;
mod maker;
mod message_id;
pub mod outbox;
pub mod pack;
pub mod record;
pub mod registry;
pub mod report;
mod section;
pub mod setup;
pub mod token_api;
pub mod tokens;
pub mod trial;
pub mod verdict;
pub mod verification;
pub mod xmlvend;

use crate::sts::{Drn, Token};

pub use error::HeadEndError;
pub use pack::PackTrust;
pub use record::{Difference, Field, Found, MeterRecord, Standing, VendCode};
pub use report::{Delivery, JobReport, ReportKind};
pub use setup::{Environment, Factory, Section};
pub use tokens::{EngineeringKind, EngineeringRequest, KeyChangeRequest, TokenAnswer, TokenIssue};
pub use trial::{KeyChangeDue, TrialRequest, TrialVend};
pub use verdict::{Handshake, Refusal, ServerFault, Verdict};
pub use verification::{Verification, VerificationResult};

/// A question to the utility: is this the meter for this code?
#[derive(Debug, Clone)]
pub struct Query {
    /// The meter's number.
    pub drn: Drn,
    /// The code on the job sheet; `None` asks about the meter alone.
    pub code: Option<VendCode>,
    /// What the meter itself says, as far as it was read: it is compared with the record.
    pub found: Found,
}

/// The utility as a technician meets it. One value serves one line of meters: make one a thread by [`Factory::open`].
pub trait HeadEnd: Send {
    /// Who answers, for results and messages: the pack's name, or the server's address.
    fn name(&self) -> &str;

    /// Whether the answers come from a file made earlier, not from the utility now.
    fn is_offline(&self) -> bool;

    /// Whether it knows meters by itself. One that does not has to be told everything, and confirms no vend code.
    fn keeps_records(&self) -> bool {
        true
    }

    /// The number of the meter with this serial number, where the head-end keeps serial numbers.
    ///
    /// # Errors
    /// [`HeadEndError::NotSupported`] where it keeps none; those of the head-end.
    fn meter_of_serial(&mut self, serial: &str) -> Result<Option<Drn>, HeadEndError>;

    /// Looks the meter up by its number, then compares the code and what the meter says with the record.
    ///
    /// # Errors
    /// [`HeadEndError`] when no verdict could be had. A verdict that is a no is `Ok`.
    fn check(&mut self, query: &Query) -> Result<Handshake, HeadEndError>;

    /// Key-change tokens that bring the meter from what it holds to what the utility holds.
    ///
    /// # Errors
    /// [`HeadEndError`]; `outcome-unknown` when a token may have been made and cannot be had.
    fn key_change(&mut self, request: &KeyChangeRequest) -> Result<TokenAnswer, HeadEndError>;

    /// One engineering token.
    ///
    /// # Errors
    /// As [`HeadEnd::key_change`].
    fn engineering(&mut self, request: &EngineeringRequest) -> Result<TokenAnswer, HeadEndError>;

    /// Has a token checked under the key that the meter is on, without making anything.
    ///
    /// # Errors
    /// [`HeadEndError::NotSupported`] where tokens cannot be checked; those of the head-end.
    fn verify(
        &mut self,
        _drn: Drn,
        _found: &Found,
        _token: Token,
    ) -> Result<Result<Verification, Refusal>, HeadEndError> {
        let problem = "it checks no tokens; a token server does (kind = \"token-api\")".to_owned();
        Err(HeadEndError::NotSupported { name: self.name().to_owned(), problem })
    }

    /// Asks for a sale on trial: whether credit would be sold to the meter, and whether a key change would come with it.
    ///
    /// # Errors
    /// [`HeadEndError::NotSupported`] where there are no trials; those of the head-end.
    fn trial_vend(&mut self, _request: &TrialRequest) -> Result<Result<TrialVend, Refusal>, HeadEndError> {
        let problem = "it knows no sale on trial; an XMLVend server does (kind = \"xmlvend\")".to_owned();
        Err(HeadEndError::NotSupported { name: self.name().to_owned(), problem })
    }

    /// Hands in what became of a job. It is on the disk when this returns, delivered or not; a report whose `id` was
    /// handed in before is not stored twice.
    ///
    /// # Errors
    /// [`HeadEndError`] when it could not even be stored.
    fn report(&mut self, report: &JobReport) -> Result<Delivery, HeadEndError>;
}
