//! Bytes to and from a line, with deadlines. A link knows nothing of protocols.

// Replies come from outside: no unchecked arithmetic.
#![warn(clippy::arithmetic_side_effects)]

use std::fmt::Debug;
use std::time::Duration;

use crate::error::Code;

/// Time on a link's own clock, counted from when it was opened. Real links use a monotonic clock; the
/// in-memory line has a virtual one, so that protocols are tested without waiting.
pub type Moment = Duration;

/// Parity of a character on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Parity {
    /// No parity bit.
    None,
    /// Even parity.
    Even,
    /// Odd parity.
    Odd,
}

/// Speed and character form of a serial line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LineSettings {
    /// Speed in bit/s.
    pub baud: u32,
    /// Data bits a character: 7 or 8.
    pub data_bits: u8,
    /// Parity bit.
    pub parity: Parity,
    /// Stop bits: 1 or 2.
    pub stop_bits: u8,
}

impl LineSettings {
    /// `baud` 7E1, the form of IEC 62056-21.
    pub const fn seven_even_one(baud: u32) -> Self {
        LineSettings { baud, data_bits: 7, parity: Parity::Even, stop_bits: 1 }
    }

    /// `baud` 8N1, the form of DLMS over HDLC.
    pub const fn eight_none_one(baud: u32) -> Self {
        LineSettings { baud, data_bits: 8, parity: Parity::None, stop_bits: 1 }
    }

    /// `baud` 8E1, the form of DL/T 645.
    pub const fn eight_even_one(baud: u32) -> Self {
        LineSettings { baud, data_bits: 8, parity: Parity::Even, stop_bits: 1 }
    }
}

/// Why a link could not be opened or used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// There is no such port or host.
    #[error("{port}: {reason}")]
    Absent {
        /// The port or address as the user named it.
        port: String,
        /// What the system said, in one clause.
        reason: String,
    },
    /// Another program holds the port.
    #[error("{port} is in use{}", holder.as_ref().map(|h| format!(" by {h}")).unwrap_or_default())]
    Busy {
        /// The port as the user named it.
        port: String,
        /// Name and process id of the holder, where the system tells.
        holder: Option<String>,
    },
    /// The port may not be opened by this user.
    #[error("{port}: permission denied{}", remedy.as_ref().map(|r| format!(" ({r})")).unwrap_or_default())]
    Permission {
        /// The port as the user named it.
        port: String,
        /// What would give access, where it is known.
        remedy: Option<String>,
    },
    /// Nothing came before the deadline.
    #[error("nothing came within {0:?}")]
    Timeout(Duration),
    /// The far end closed the connection.
    #[error("the line was closed by the far end")]
    Closed,
    /// The port failed in use.
    #[error("the port failed: {0}")]
    Fault(String),
    /// What was sent is not what the recorded trace holds.
    #[error("what was sent differs from the trace at line {line}, byte {offset}: {detail}")]
    ReplayMismatch {
        /// Line of the trace file, from 1.
        line: usize,
        /// Byte within that record, from 0.
        offset: usize,
        /// Expected and sent, in hex.
        detail: String,
    },
    /// The link's text cannot be understood.
    #[error("{0}")]
    Usage(String),
    /// The user asked to stop.
    #[error("interrupted")]
    Interrupted,
}

impl LinkError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            LinkError::Absent { .. } => Code::PortAbsent,
            LinkError::Busy { .. } => Code::PortBusy,
            LinkError::Permission { .. } => Code::PortPermission,
            LinkError::Timeout(_) => Code::NoReply,
            LinkError::Closed => Code::ConnectionLost,
            LinkError::Fault(_) => Code::PortFault,
            LinkError::ReplayMismatch { .. } => Code::ReplayMismatch,
            LinkError::Usage(_) => Code::Usage,
            LinkError::Interrupted => Code::Interrupted,
        }
    }
}

/// A half-duplex line to one or more meters.
pub trait Link: Send + Debug {
    /// Time on this link's clock.
    fn now(&self) -> Moment;

    /// Lets `duration` pass without reading; bytes that come meanwhile are kept.
    ///
    /// # Errors
    /// [`LinkError::Interrupted`].
    fn pause(&mut self, duration: Duration) -> Result<(), LinkError>;

    /// Sends all bytes and returns when the last has been handed to the wire.
    ///
    /// # Errors
    /// [`LinkError::Closed`], [`LinkError::Fault`], [`LinkError::Interrupted`].
    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError>;

    /// Waits until at least one byte is there and takes what has come, up to the buffer's length.
    ///
    /// # Errors
    /// [`LinkError::Timeout`] when `until` passes first; [`LinkError::Closed`], [`LinkError::Fault`].
    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError>;

    /// Changes speed and character form after all sent bytes have left; received bytes are kept.
    ///
    /// # Errors
    /// [`LinkError::Fault`] when the port refuses.
    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError>;

    /// The settings last asked for, or `None` where the line has none (raw TCP).
    fn settings(&self) -> Option<LineSettings>;

    /// Throws away bytes until the line has been silent for `silence`, at most until `until`; tells how many.
    ///
    /// # Errors
    /// [`LinkError::Closed`], [`LinkError::Fault`].
    fn drain(&mut self, silence: Duration, until: Moment) -> Result<usize, LinkError> {
        let mut dropped = 0usize;
        let mut buffer = [0u8; 256];
        loop {
            let quiet_at = self.now().saturating_add(silence).min(until);
            match self.receive(&mut buffer, quiet_at) {
                Ok(count) => dropped = dropped.saturating_add(count),
                Err(LinkError::Timeout(_)) => return Ok(dropped),
                Err(error) => return Err(error),
            }
            if self.now() >= until {
                return Ok(dropped);
            }
        }
    }

    /// Tells wrappers (trace) in words what the bytes just sent or received mean. Ignored by default.
    fn note(&mut self, _text: &str) {}

    /// The link as the user would write it, for documents.
    fn name(&self) -> String;
}
