//! What a meter answers instead of a value: data-access results and action results.

use std::fmt;

macro_rules! results {
    ($(#[$doc:meta])* $type:ident { $($name:ident = $number:literal, $text:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $type {
            $(#[doc = $text] $name,)*
            /// A number the standard does not give.
            Other(u8),
        }

        impl $type {
            /// Reads the number on the line.
            pub const fn from_number(number: u8) -> Self {
                match number { $($number => $type::$name,)* other => $type::Other(other) }
            }

            /// The number on the line.
            pub const fn number(self) -> u8 {
                match self { $($type::$name => $number,)* $type::Other(number) => number }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $($type::$name => f.write_str($text),)* $type::Other(number) => write!(f, "result {number}") }
            }
        }
    };
}

results! {
    /// Why an attribute was not read or written.
    DataAccessResult {
        Success = 0, "success";
        HardwareFault = 1, "hardware fault";
        TemporaryFailure = 2, "temporary failure";
        ReadWriteDenied = 3, "read or write denied";
        ObjectUndefined = 4, "object undefined";
        ObjectClassInconsistent = 9, "object class inconsistent";
        ObjectUnavailable = 11, "object unavailable";
        TypeUnmatched = 12, "type unmatched";
        ScopeOfAccessViolated = 13, "scope of access violated";
        DataBlockUnavailable = 14, "data block unavailable";
        LongGetAborted = 15, "long get aborted";
        NoLongGetInProgress = 16, "no long get in progress";
        LongSetAborted = 17, "long set aborted";
        NoLongSetInProgress = 18, "no long set in progress";
        DataBlockNumberInvalid = 19, "data block number invalid";
        OtherReason = 250, "other reason";
    }
}

results! {
    /// What came of a method call.
    ActionResult {
        Success = 0, "success";
        HardwareFault = 1, "hardware fault";
        TemporaryFailure = 2, "temporary failure";
        ReadWriteDenied = 3, "read or write denied";
        ObjectUndefined = 4, "object undefined";
        ObjectClassInconsistent = 9, "object class inconsistent";
        ObjectUnavailable = 11, "object unavailable";
        TypeUnmatched = 12, "type unmatched";
        ScopeOfAccessViolated = 13, "scope of access violated";
        DataBlockUnavailable = 14, "data block unavailable";
        LongActionAborted = 15, "long action aborted";
        NoLongActionInProgress = 16, "no long action in progress";
        OtherReason = 250, "other reason";
    }
}
