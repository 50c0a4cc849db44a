//! What can be wrong with the octets of an APDU.

/// Octets that are not what the standard says they should be. Offsets count from the start of what was being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The octets end too early.
    #[error("it ends too early, at octet {offset}")]
    Truncated {
        /// Where more was needed.
        offset: usize,
    },
    /// A length field has an impossible form.
    #[error("the length at octet {offset} has no valid form")]
    Length {
        /// Where it stands.
        offset: usize,
    },
    /// A tag or choice is unknown.
    #[error("{what} {value:#04x} at octet {offset} is unknown")]
    Unknown {
        /// What kind of tag.
        what: &'static str,
        /// Its value.
        value: u8,
        /// Where it stands.
        offset: usize,
    },
    /// Values are nested deeper than any meter needs.
    #[error("values are nested deeper than {limit} levels")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// More values than memory is spent on.
    #[error("there are more than {limit} values")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// Octets are left over.
    #[error("{count} octets are left over at octet {offset}")]
    Trailing {
        /// Where the rest begins.
        offset: usize,
        /// How many octets are left.
        count: usize,
    },
    /// A field has a value it may not have.
    #[error("{what} cannot be read")]
    Field {
        /// What the field is.
        what: &'static str,
    },
}
