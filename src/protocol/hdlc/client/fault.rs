//! Why a connection failed.

use std::time::Duration;

use super::MAX_MESSAGE;
use crate::error::Code;
use crate::protocol::hdlc::address::Address;

/// Why a connection failed. It is over after any of these, save that
/// [`disconnect`](super::ClientConnection::disconnect) is still allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientFault {
    /// Nothing came at all.
    #[error("the meter at {server} did not answer {frame} ({attempts} attempts)")]
    NoReply {
        /// The address asked.
        server: Address,
        /// Name of the frame that stayed without answer.
        frame: &'static str,
        /// How often it was sent.
        attempts: u32,
    },
    /// Only our own frames came back.
    #[error("only the echo of our own frames came back, nothing from the meter at {server} ({attempts} attempts)")]
    EchoOnly {
        /// The address asked.
        server: Address,
        /// How often the frame was sent.
        attempts: u32,
    },
    /// Octets came, but no good frame.
    #[error("{octets} octets came back from the line but no frame with a good check ({bad} with a bad one)")]
    Garbled {
        /// Octets received.
        octets: u64,
        /// Frames whose header or frame check was wrong.
        bad: u64,
    },
    /// A frame began and did not end.
    #[error("frame incomplete after {octets} of {of} octets, pause of {} ms", pause.as_millis())]
    Incomplete {
        /// Octets that came, from the opening flag.
        octets: usize,
        /// Octets the frame has, flags included.
        of: usize,
        /// Silence after which it was given up.
        pause: Duration,
    },
    /// Good frames came, but not for us or out of turn.
    #[error("{frames} good frames came back, none of them the answer: wrong address or out of sequence")]
    NotForUs {
        /// Frames received.
        frames: u64,
    },
    /// The meter answered SNRM with DM.
    #[error("the meter at {0} refuses a connection (DM)")]
    Refused(Address),
    /// The meter said DM in the middle of a connection.
    #[error("the meter has dropped the connection (DM)")]
    Dropped,
    /// The meter said FRMR.
    #[error("the meter rejected a frame (FRMR, reason octets {0:02X?})")]
    FrameRejected(Vec<u8>),
    /// The meter stayed "not ready".
    #[error("the meter stayed busy for {0:?}")]
    Busy(Duration),
    /// A message does not begin with the logical link header.
    #[error("the reply lacks the LLC header E6 E7 00")]
    LinkHeader,
    /// A segment without octets: more of them would never add up to a message.
    #[error("the meter sends empty segments of a message")]
    EmptySegment,
    /// Segments add up to more than any APDU.
    #[error("the reply is longer than {MAX_MESSAGE} octets")]
    TooLong,
    /// A call that does not fit the state.
    #[error("{0}")]
    OutOfTurn(&'static str),
}

impl ClientFault {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            ClientFault::NoReply { .. } | ClientFault::EchoOnly { .. } | ClientFault::Busy(_) => Code::NoReply,
            ClientFault::Dropped => Code::ConnectionLost,
            ClientFault::Garbled { .. }
            | ClientFault::Incomplete { .. }
            | ClientFault::LinkHeader
            | ClientFault::EmptySegment
            | ClientFault::TooLong => Code::Garbled,
            ClientFault::NotForUs { .. } | ClientFault::FrameRejected(_) => Code::Unexpected,
            ClientFault::Refused(_) => Code::MeterRefused,
            ClientFault::OutOfTurn(_) => Code::Internal,
        }
    }
}
