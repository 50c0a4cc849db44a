//! What goes into a statement and comes out of a row.

use crate::orders::OrdersError;

/// A value of a column: all are numbers or texts, so that every engine has them alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// `BIGINT`.
    Int(i64),
    /// `TEXT`.
    Text(String),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Int(number)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Value::Int(i64::from(yes))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Value::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// A row of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(pub(super) Vec<Value>);

impl Row {
    /// The number in a column, from 0.
    ///
    /// # Errors
    /// [`OrdersError::Content`] when there is none.
    pub fn int(&self, column: usize) -> Result<i64, OrdersError> {
        match self.0.get(column) {
            Some(Value::Int(number)) => Ok(*number),
            other => Err(OrdersError::Content(format!("column {column} is {other:?} and no number"))),
        }
    }

    /// The text in a column, from 0.
    ///
    /// # Errors
    /// [`OrdersError::Content`] when there is none.
    pub fn text(&self, column: usize) -> Result<String, OrdersError> {
        self.optional(column)?.ok_or_else(|| OrdersError::Content(format!("column {column} is empty")))
    }

    /// The text in a column, from 0, where there may be none.
    ///
    /// # Errors
    /// [`OrdersError::Content`] when the column holds a number.
    pub fn optional(&self, column: usize) -> Result<Option<String>, OrdersError> {
        match self.0.get(column) {
            Some(Value::Text(text)) => Ok(Some(text.clone())),
            Some(Value::Null) | None => Ok(None),
            Some(Value::Int(number)) => {
                Err(OrdersError::Content(format!("column {column} is the number {number} and no text")))
            }
        }
    }

    /// The number in a column, from 0, where there may be none.
    ///
    /// # Errors
    /// [`OrdersError::Content`] when the column holds a text.
    pub fn optional_int(&self, column: usize) -> Result<Option<i64>, OrdersError> {
        match self.0.get(column) {
            Some(Value::Null) | None => Ok(None),
            _ => self.int(column).map(Some),
        }
    }
}
