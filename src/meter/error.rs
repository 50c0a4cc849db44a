//! Why a meter could not be talked to. That the meter says no is not here: it is an answer, see [`super::Answer`].

use std::time::Duration;

use crate::error::Code;
use crate::keys::CounterError;
use crate::link::LinkError;

use super::profile::ProfileError;

/// Why an operation did not come to an answer.
#[derive(Debug, thiserror::Error)]
pub enum MeterError {
    /// The line failed, or the user asked to stop.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// Nothing came back.
    #[error("the meter at {address} did not answer {what}{}", if *echo { "; our own bytes came back, so the head works and the meter is silent" } else { "" })]
    NoReply {
        /// Where it was asked.
        address: String,
        /// What it was asked for.
        what: String,
        /// Whether our own bytes were handed back.
        echo: bool,
    },
    /// The connection was there and broke.
    #[error("the connection to the meter was lost: {0}")]
    Lost(String),
    /// What came back is damaged or not in the protocol.
    #[error("what came back cannot be understood: {0}")]
    Garbled(String),
    /// A sound reply that does not fit the question.
    #[error("the meter's reply does not fit the question: {0}")]
    Unexpected(String),
    /// Another meter answered, and the one asked did not.
    #[error("{answered} answered when {asked} was asked: it answers for another, or another master is on the line")]
    OtherMeter {
        /// Who was asked.
        asked: String,
        /// Who answered.
        answered: String,
    },
    /// More than one meter answers at one address.
    #[error("two meters answer at address {address}: disconnect one and give it another address")]
    Collision {
        /// The address.
        address: String,
    },
    /// Only answers to earlier requests came.
    #[error(
        "{address} answers after {:.1} s, later than the time-out of {:.1} s: what came belongs to earlier requests; give a \
         --timeout above that delay",
        delay.as_secs_f64(), timeout.as_secs_f64()
    )]
    LateReply {
        /// Who was asked.
        address: String,
        /// How long it took to answer an earlier request.
        delay: Duration,
        /// How long it was waited for.
        timeout: Duration,
    },
    /// The meter did not accept the password or keys.
    #[error("the meter rejected the credentials: {0}")]
    Authentication(String),
    /// Frames arrive, but do not decrypt.
    #[error("frames arrive from the meter, but the key does not fit: {0}")]
    Undecipherable(String),
    /// The credentials lack something this meter wants.
    #[error("{0}")]
    CredentialsMissing(String),
    /// The meter refused what was asked as a whole.
    #[error("the meter refused {what}: {reason}")]
    Refused {
        /// What was asked.
        what: String,
        /// The meter's reason, as a word.
        reason: String,
    },
    /// The meter knows its objects by short names only, and does not let itself be asked by those either.
    #[error("the meter refused the association: {0}")]
    ShortNames(String),
    /// The meter lists no object for this.
    #[error("this meter offers no {0}")]
    NotOffered(String),
    /// The driver cannot do this over this protocol.
    #[error("{0}")]
    NotSupported(String),
    /// The meter claims an invocation counter so high that taking it could lock the key out.
    #[error(
        "the meter claims invocation counter {meter}, ours is {ours}: taking a false one would lock the key out for good"
    )]
    CounterFarAhead {
        /// The meter's counter.
        meter: u32,
        /// Ours.
        ours: u32,
    },
    /// Counters could not be stored.
    #[error(transparent)]
    Counter(#[from] CounterError),
    /// The profile cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// Another meter answers than the one the work began with.
    #[error("another meter answers now: {found} in place of {expected}; nothing was sent to it")]
    Swapped {
        /// The one the work began with.
        expected: String,
        /// The one that answers.
        found: String,
    },
    /// A value given by the user does not fit.
    #[error("{0}")]
    BadValue(String),
}

impl MeterError {
    /// The same of one of several things: a value that does not fit says where it was to go.
    #[must_use]
    pub fn about(self, what: &dyn std::fmt::Display) -> Self {
        match self {
            MeterError::BadValue(text) => MeterError::BadValue(format!("{what}: {text}")),
            MeterError::NotSupported(text) => MeterError::NotSupported(format!("{what}: {text}")),
            other => other,
        }
    }

    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            MeterError::Link(error) => error.code(),
            MeterError::NoReply { .. } => Code::NoReply,
            MeterError::Lost(_) => Code::ConnectionLost,
            MeterError::Garbled(_) => Code::Garbled,
            MeterError::Unexpected(_) => Code::Unexpected,
            MeterError::OtherMeter { .. } => Code::OtherMeter,
            MeterError::Collision { .. } => Code::Collision,
            MeterError::LateReply { .. } => Code::LateReply,
            MeterError::Authentication(_) => Code::Authentication,
            MeterError::Undecipherable(_) => Code::Decryption,
            MeterError::CredentialsMissing(_) => Code::CredentialsMissing,
            MeterError::Refused { .. } | MeterError::ShortNames(_) => Code::MeterRefused,
            MeterError::NotOffered(_) => Code::NotOffered,
            MeterError::NotSupported(_) => Code::NotSupported,
            MeterError::CounterFarAhead { .. } => Code::CounterFarAhead,
            MeterError::Counter(error) => error.code(),
            MeterError::Profile(error) => error.code(),
            MeterError::Swapped { .. } => Code::WrongMeter,
            MeterError::BadValue(_) => Code::BadValue,
        }
    }

    /// Whether the line or the meter gave out in mid-exchange, so that it is open whether the meter acted.
    pub fn leaves_doubt(&self) -> bool {
        matches!(
            self,
            MeterError::Link(
                LinkError::Timeout(_)
                    | LinkError::Closed
                    | LinkError::ClosedOver(_)
                    | LinkError::Fault(_)
                    | LinkError::ReplayMismatch { .. }
                    | LinkError::Interrupted,
            ) | MeterError::NoReply { .. }
                | MeterError::Lost(_)
                | MeterError::Garbled(_)
                | MeterError::Unexpected(_)
                | MeterError::OtherMeter { .. }
                | MeterError::Collision { .. }
                | MeterError::LateReply { .. }
                | MeterError::Undecipherable(_)
        )
    }
}
