//! Who did what to orders, devices and leases.

use super::OrdersError;
use super::schema::random_id;
use super::store::{Column, Session};

/// A row of the audit, made before the transaction that writes it, so that carrying that out again adds no second one.
#[derive(Debug, Clone)]
pub struct Audit {
    id: String,
    at: String,
    who: String,
    action: &'static str,
    subject: String,
    detail: String,
}

impl Audit {
    /// A row about a subject.
    ///
    /// # Errors
    /// [`OrdersError::Random`].
    pub fn new(action: &'static str, subject: &str, who: &str, at: &str) -> Result<Self, OrdersError> {
        Ok(Audit {
            id: random_id()?,
            at: at.to_owned(),
            who: who.to_owned(),
            action,
            subject: subject.to_owned(),
            detail: String::new(),
        })
    }

    /// With what there is to say besides.
    #[must_use]
    pub fn detail(self, detail: impl Into<String>) -> Self {
        Audit { detail: detail.into(), ..self }
    }

    /// Writes it, once.
    ///
    /// # Errors
    /// Those of the store.
    pub fn write(&self, session: &mut dyn Session, device: Option<&str>) -> Result<(), OrdersError> {
        let columns = ["id", "at", "who", "device", "action", "subject", "detail"].map(Column::text);
        let row = vec![
            (&self.id).into(),
            (&self.at).into(),
            (&self.who).into(),
            device.into(),
            self.action.into(),
            (&self.subject).into(),
            (&self.detail).into(),
        ];
        session.insert_new("audit", &columns, &[row])?;
        Ok(())
    }
}
