//! Texts a user adds to codes, kept in a file of their own because the tables they come from are not public.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What a user wrote about codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// Must be `wattkey/smets-texts/1`.
    schema: String,
    /// Code, as any command prints it, and its text.
    texts: BTreeMap<String, String>,
}

/// Why a file of texts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// Not the JSON that is wanted.
    #[error("it does not read as {{\"schema\":\"wattkey/smets-texts/1\",\"texts\":{{CODE: TEXT}}}}: {0}")]
    Shape(#[from] serde_json::Error),
    /// Another document.
    #[error("its schema is {0:?}, not \"wattkey/smets-texts/1\"")]
    Schema(String),
}

impl Texts {
    /// Value of the `schema` field.
    pub const SCHEMA: &'static str = "wattkey/smets-texts/1";

    /// Reads the JSON text of such a file.
    ///
    /// # Errors
    /// [`TextsError`] when it is not such a file.
    pub fn parse(text: &str) -> Result<Self, TextsError> {
        let texts: Texts = serde_json::from_str(text)?;
        if texts.schema == Self::SCHEMA { Ok(texts) } else { Err(TextsError::Schema(texts.schema)) }
    }

    /// The user's text for a code.
    pub fn find(&self, code: &str) -> Option<&str> {
        self.texts.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, text)| text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_whatever_the_case() {
        let texts = Texts::parse(r#"{"schema":"wattkey/smets-texts/1","texts":{"N42":"credentials replaced"}}"#);
        assert_eq!(texts.expect("parses").find("n42"), Some("credentials replaced"));
    }

    #[test]
    fn another_document_is_refused() {
        assert!(matches!(Texts::parse(r#"{"schema":"x","texts":{}}"#), Err(TextsError::Schema(_))));
        assert!(matches!(Texts::parse(r#"{"texts":{}}"#), Err(TextsError::Shape(_))));
    }
}
