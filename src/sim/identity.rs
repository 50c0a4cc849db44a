//! What names one simulated meter among others: all of it follows from the model and the seed.

use serde::{Deserialize, Serialize};

use crate::sim::model::Model;
use crate::sts::{Drn, FieldError, Iin, Pan};

/// Serial number of the meter with seed 0, whose DRN is that of the published test vectors.
const FIRST_SERIAL: u32 = 23_456_789;

/// The numbers on the label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Eight digits.
    pub serial: String,
    /// The STS meter number with its issuer.
    pub pan: Pan,
    /// The first three letters of the logical device name, as in identifications.
    pub manufacturer: String,
}

impl Identity {
    /// The meter a seed makes.
    ///
    /// # Errors
    /// A DRN in the model that is none.
    pub fn of(model: &Model, seed: u64) -> Result<Self, FieldError> {
        let iin: Iin = model.key.iin.parse()?;
        let drn = if model.key.drn.is_empty() {
            let manufacturer_code = match iin {
                Iin::N600727 => 1,
                Iin::N0000 => 100,
            };
            Drn::from_parts(iin, manufacturer_code, serial_of(seed))?
        } else {
            model.key.drn.parse()?
        };
        let pan = Pan::new(iin, drn)?;
        let serial = format!("{:08}", drn.number() / 10 % 100_000_000);
        Ok(Identity { serial, pan, manufacturer: model.manufacturer.clone() })
    }

    /// COSEM logical device name: the maker's letters and the serial number.
    pub fn device_name(&self) -> String {
        format!("{}{}", self.manufacturer, self.serial)
    }

    /// System title for ciphering: the maker's letters, a zero octet and the serial number in four octets.
    pub fn system_title(&self) -> [u8; 8] {
        let mut title = [0u8; 8];
        let number = self.serial.parse::<u32>().unwrap_or(0).to_be_bytes();
        for (place, byte) in title.iter_mut().zip(self.manufacturer.bytes().chain([0]).chain(number)) {
            *place = byte;
        }
        title
    }
}

fn serial_of(seed: u64) -> u32 {
    if seed == 0 { FIRST_SERIAL } else { fastrand::Rng::with_seed(seed).u32(10_000_000..=99_999_999) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_meter_has_the_number_of_the_vectors() {
        let model = Model::named("single-phase-keypad").unwrap();
        let identity = Identity::of(&model, 0).unwrap();
        assert_eq!(identity.pan.to_string(), "600727012345678977");
        assert_eq!(identity.device_name(), "WKS23456789");
        assert_eq!(identity.system_title(), *b"WKS\0\x01\x65\xec\x15");
    }

    #[test]
    fn seeds_make_different_meters_and_the_same_seed_the_same() {
        let model = Model::named("three-phase-ct").unwrap();
        let one = Identity::of(&model, 1).unwrap();
        assert_eq!(one, Identity::of(&model, 1).unwrap());
        assert_ne!(one, Identity::of(&model, 2).unwrap());
    }

    #[test]
    fn a_number_of_thirteen_digits_is_made_on_request() {
        let model = Model::with_changes("single-phase-keypad", [("key.iin", "0000")]).unwrap();
        assert_eq!(Identity::of(&model, 0).unwrap().pan.drn().to_string().len(), 13);
    }
}
