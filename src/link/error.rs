//! Why a link could not be opened or used.

use std::time::Duration;

use crate::error::Code;

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
    /// The far end closed the connection while so many requests were on their way, two at least.
    #[error(
        "the line was closed by the far end with {0} requests on their way; one that takes one at a time needs the link without in-flight"
    )]
    ClosedOver(usize),
    /// The state folder, where a simulated meter is kept, cannot be used.
    #[error("the state folder cannot be used: {0}")]
    StateFolder(String),
    /// The port does not take this speed or character form; others it may take.
    #[error("{port} refuses {settings}: {reason}")]
    SettingsRefused {
        /// The port as the user named it.
        port: String,
        /// Speed and character form.
        settings: String,
        /// What the system said.
        reason: String,
    },
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
            LinkError::Closed | LinkError::ClosedOver(_) => Code::ConnectionLost,
            LinkError::StateFolder(_) => Code::StateFolder,
            LinkError::SettingsRefused { .. } | LinkError::Fault(_) => Code::PortFault,
            LinkError::ReplayMismatch { .. } => Code::ReplayMismatch,
            LinkError::Usage(_) => Code::Usage,
            LinkError::Interrupted => Code::Interrupted,
        }
    }
}
