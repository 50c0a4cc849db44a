//! What late subscribers find.

/// A retained message with its full topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Full topic.
    pub topic: String,
    /// What subscribers find there.
    pub payload: Vec<u8>,
}
