//! Which meter something concerns.

use serde::Serialize;

use super::status::{Status, same_number};
use super::{Meter, MeterError};
use crate::link::LinkError;
use crate::sts::Drn;

/// The numbers a meter is known by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct MeterRef {
    /// Serial number as the meter tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// STS decoder reference number, 11 or 13 digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drn: Option<Drn>,
}

impl MeterRef {
    /// The meter a status is of.
    pub fn of(status: &Status) -> Self {
        MeterRef {
            serial: status.meter.serial.clone().or_else(|| status.meter.device_name.clone()),
            drn: status.sts.as_ref().and_then(|sts| sts.drn),
        }
    }

    /// The number to name the meter by: its DRN, else its serial number.
    pub fn name(&self) -> String {
        let drn = self.drn.map(|drn| drn.to_string());
        drn.or_else(|| self.serial.clone()).unwrap_or_else(|| "without a number".to_owned())
    }

    /// Asks a meter for its numbers.
    ///
    /// # Errors
    /// Those of the meter.
    pub fn read<M: Meter + ?Sized>(meter: &mut M) -> Result<Self, MeterError> {
        let identity = meter.identify()?;
        let drn = meter.sts().ok().and_then(|sts| sts.drn);
        Ok(MeterRef { serial: identity.serial.or(identity.device_name), drn })
    }

    /// The numbers of a meter that was just read, for the head of a result. A meter that does not tell them now, or could
    /// only by a whole readout or list, goes without; so does a recording that ends before.
    ///
    /// # Errors
    /// [`LinkError::Interrupted`] alone.
    pub fn of_reading(meter: &mut dyn Meter) -> Result<Self, MeterError> {
        match meter.numbers() {
            Err(error @ MeterError::Link(LinkError::Interrupted)) => Err(error),
            read => Ok(read.unwrap_or_default()),
        }
    }

    /// Whether there is no number at all.
    pub fn is_empty(&self) -> bool {
        self.serial.is_none() && self.drn.is_none()
    }

    /// The numbers it is known by: serial number, then DRN.
    pub fn numbers(&self) -> Vec<String> {
        self.serial.clone().into_iter().chain(self.drn.map(|drn| drn.to_string())).collect()
    }

    /// Whether two references name one meter, as far as both tell.
    pub fn is_same(&self, other: &MeterRef) -> bool {
        let answers = [
            self.serial.as_ref().zip(other.serial.as_ref()).map(|(one, other)| same_number(one, other)),
            self.drn.zip(other.drn).map(|(one, other)| one == other),
        ];
        !answers.contains(&Some(false)) && answers.contains(&Some(true))
    }
}
