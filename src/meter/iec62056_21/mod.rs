//! Meters that speak IEC 62056-21.

mod driver;
mod logs;
mod readout;
pub mod session;

pub use driver::Iec62056_21Meter;
pub use session::{Session, SessionError};

use crate::link::Link;
use crate::meter::MeterError;
use crate::protocol::iec62056_21::{ClientOptions, Failure};

/// Signs on and hands the line over to HDLC (mode E); it then stands at the agreed speed and 8N1.
///
/// # Errors
/// [`MeterError`].
pub fn hand_over(link: &mut dyn Link, options: ClientOptions) -> Result<(), MeterError> {
    let address = options.address.clone();
    Session::new(Box::new(link), options).hand_over().map_err(|error| translate(error, &address))?;
    Ok(())
}

fn translate(error: SessionError, address: &str) -> MeterError {
    let address = if address.is_empty() { "the head".to_owned() } else { address.to_owned() };
    match error {
        SessionError::Link { error, .. } => MeterError::Link(error),
        SessionError::Dialogue(failure) => match failure {
            Failure::NoReply { request, .. } => MeterError::NoReply { address, what: request, echo: false },
            Failure::Garbled { .. } => MeterError::Garbled(failure.to_string()),
            Failure::Unexpected { .. } => MeterError::Unexpected(failure.to_string()),
            Failure::Refused { request, reason } => MeterError::Refused { what: request, reason },
            Failure::Password(reason) => MeterError::Authentication(reason),
            Failure::NotOffered(what) => MeterError::NotOffered(what),
            Failure::BadRequest(problem) => MeterError::BadValue(problem),
        },
    }
}
