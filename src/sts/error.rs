//! Why a value cannot be what its field asks for.

use crate::error::Code;

/// A value that its field cannot hold: which field, what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}{}: {problem}; {remedy}", quoted(.value))]
pub struct FieldError {
    /// The field in the words of the trade, such as `DRN`.
    pub field: &'static str,
    /// The value as given, cut to a printable length. Empty for key material.
    pub value: String,
    /// What is wrong with it, one clause.
    pub problem: String,
    /// What to do about it, one clause.
    pub remedy: String,
    code: Code,
}

impl FieldError {
    /// An error about `value` in `field`.
    pub fn new(field: &'static str, value: &str, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        FieldError {
            field,
            value: shortened(value),
            problem: problem.into(),
            remedy: remedy.into(),
            code: Code::BadValue,
        }
    }

    /// An error about key material, which shows nothing of it.
    pub fn secret(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new("key", "", problem, remedy)
    }

    /// Marks the value as one that exists in the field but that this program does not handle.
    #[must_use]
    pub fn not_supported(mut self) -> Self {
        self.code = Code::NotSupported;
        self
    }

    /// The same error under the name that the field has where the value came from.
    #[must_use]
    pub fn in_field(mut self, field: &'static str) -> Self {
        self.field = field;
        self
    }

    /// The stable code word.
    pub fn code(&self) -> Code {
        self.code
    }
}

/// The value in quotes after a space; nothing for key material.
fn quoted(value: &str) -> String {
    if value.is_empty() { String::new() } else { format!(" {value:?}") }
}

/// `text` with its tail replaced by `…` when it is too long for one line of an error.
pub(crate) fn shortened(text: &str) -> String {
    const LONGEST: usize = 48;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}
