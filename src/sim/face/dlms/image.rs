//! Image transfer (class 18).

use crate::protocol::dlms::{ActionResult, BitString, Data};
use crate::sim::meter::Meter;

/// An attribute.
pub(super) fn read(meter: &Meter, attribute: u8) -> Option<Data> {
    let image = meter.image();
    Some(match attribute {
        2 => Data::UInt32(image.block_size()),
        3 => Data::BitString(BitString::from_bits(image.taken())),
        4 => Data::UInt32(image.first_missing()),
        5 => Data::Boolean(true),
        6 => Data::Enum(image.status().number()),
        7 => {
            let element = |(size, identifier, hash)| {
                Data::Structure(vec![Data::UInt32(size), Data::OctetString(identifier), Data::OctetString(hash)])
            };
            Data::Array(image.to_activate().map(element).into_iter().collect())
        }
        _ => return None,
    })
}

/// A method: 1 initiate, 2 block, 3 verify, 4 activate.
pub(super) fn invoke(meter: &mut Meter, method: u8, argument: Option<&Data>) -> ActionResult {
    let parts = argument.and_then(Data::as_elements).unwrap_or(&[]);
    let taken = match (method, parts) {
        (1, [Data::OctetString(identifier), size]) => {
            let size = size.as_u64().and_then(|size| u32::try_from(size).ok()).unwrap_or(0);
            meter.change_image(|image| image.initiate(identifier, size))
        }
        (2, [number, Data::OctetString(octets)]) => {
            let number = number.as_u64().and_then(|number| u32::try_from(number).ok()).unwrap_or(u32::MAX);
            meter.change_image(|image| image.take(number, octets))
        }
        (3, _) => meter.change_image(crate::sim::image::Image::verify),
        (4, _) => meter.activate_image(),
        _ => return ActionResult::TypeUnmatched,
    };
    if taken { ActionResult::Success } else { ActionResult::TemporaryFailure }
}
