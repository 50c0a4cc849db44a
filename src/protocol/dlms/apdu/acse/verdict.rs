//! The meter's verdict on an association, and its reason.

use std::fmt;

/// The verdict on an association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssociationResult {
    /// Accepted, perhaps on condition of the handshake.
    Accepted,
    /// Refused for good.
    RejectedPermanent,
    /// Refused for now.
    RejectedTransient,
    /// A number the standard does not give.
    Other(u8),
}

impl AssociationResult {
    pub(super) const fn from_number(number: u8) -> Self {
        match number {
            0 => AssociationResult::Accepted,
            1 => AssociationResult::RejectedPermanent,
            2 => AssociationResult::RejectedTransient,
            other => AssociationResult::Other(other),
        }
    }

    pub(super) const fn number(self) -> u8 {
        match self {
            AssociationResult::Accepted => 0,
            AssociationResult::RejectedPermanent => 1,
            AssociationResult::RejectedTransient => 2,
            AssociationResult::Other(number) => number,
        }
    }
}

impl fmt::Display for AssociationResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AssociationResult::Accepted => f.write_str("accepted"),
            AssociationResult::RejectedPermanent => f.write_str("rejected for good"),
            AssociationResult::RejectedTransient => f.write_str("rejected for now"),
            AssociationResult::Other(number) => write!(f, "result {number}"),
        }
    }
}

/// Why an association was refused, or what is still to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AssociationDiagnostic {
    /// Whether the service provider speaks (lower layer), not the service user.
    pub provider: bool,
    /// The number.
    pub number: u8,
}

impl AssociationDiagnostic {
    /// Nothing to say.
    pub const NONE: AssociationDiagnostic = AssociationDiagnostic { provider: false, number: 0 };
    /// No reason given.
    pub const NO_REASON: AssociationDiagnostic = AssociationDiagnostic { provider: false, number: 1 };
    /// The application context is not supported.
    pub const CONTEXT_NOT_SUPPORTED: AssociationDiagnostic = AssociationDiagnostic { provider: false, number: 2 };
    /// The authentication mechanism is not known.
    pub const MECHANISM_UNKNOWN: AssociationDiagnostic = AssociationDiagnostic { provider: false, number: 11 };
    /// Authentication failed.
    pub const AUTHENTICATION_FAILED: AssociationDiagnostic = AssociationDiagnostic { provider: false, number: 13 };
    /// Authentication is required: with HLS, go on with the handshake.
    pub const AUTHENTICATION_REQUIRED: AssociationDiagnostic = AssociationDiagnostic { provider: false, number: 14 };

    /// Whether the meter leaves open why.
    pub const fn gives_no_reason(self) -> bool {
        self.number < 2
    }

    /// Whether credentials are the reason: mechanism unknown or missing, authentication failed or required.
    pub const fn is_about_credentials(self) -> bool {
        !self.provider && matches!(self.number, 11..=14)
    }
}

impl fmt::Display for AssociationDiagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.provider, self.number) {
            (false, 0) => "no diagnostic",
            (_, 1) => "no reason given",
            (false, 2) => "application context not supported",
            (false, 3) => "calling AP title not recognised",
            (false, 11) => "authentication mechanism not recognised",
            (false, 12) => "authentication mechanism required",
            (false, 13) => "authentication failure",
            (false, 14) => "authentication required",
            (true, 2) => "no common ACSE version",
            (_, number) => return write!(f, "diagnostic {number}"),
        })
    }
}
