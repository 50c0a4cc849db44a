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

    /// Every code with its text.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(code, text)| (code.as_str(), text.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_with_their_texts() {
        let texts = Texts::parse(r#"{"schema":"wattkey/smets-texts/1","texts":{"N42":"credentials replaced"}}"#);
        assert_eq!(texts.expect("parses").all().collect::<Vec<_>>(), [("N42", "credentials replaced")]);
    }

    #[test]
    fn another_document_is_refused() {
        assert!(matches!(Texts::parse(r#"{"schema":"x","texts":{}}"#), Err(TextsError::Schema(_))));
        assert!(matches!(Texts::parse(r#"{"texts":{}}"#), Err(TextsError::Shape(_))));
    }
}
