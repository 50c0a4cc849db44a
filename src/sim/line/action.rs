//! What a line does.

use std::time::Duration;

/// What a line does, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineAction {
    /// Waits before the next action.
    Pause(Duration),
    /// Sends octets.
    Send(Vec<u8>),
    /// Ends the connection.
    HangUp,
}
