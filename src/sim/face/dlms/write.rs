//! Writing an attribute.

use super::read::{Asker, find};
use super::{Access, ClassId, MANAGER_CLIENT, READER_CLIENT, names};
use crate::protocol::dlms::{AttributeDescriptor, Data, DataAccessResult, DateTime};
use crate::sim::energy::Energy;
use crate::sim::meter::Meter;

/// Writes an attribute. [`DataAccessResult::Success`] says that it was done.
pub fn write(meter: &mut Meter, asker: Asker, attribute: &AttributeDescriptor, value: &Data) -> DataAccessResult {
    let object = match find(meter, attribute.class, attribute.instance) {
        Ok(object) => object,
        Err(refusal) => return refusal,
    };
    let number = u8::try_from(attribute.attribute).unwrap_or(0);
    if (object.class, number) == (ClassId::ASSOCIATION_LN, 7) {
        return password(meter, asker, value);
    }
    if object.attribute_access(number, asker.rights) != Access::ReadWrite {
        return DataAccessResult::ReadWriteDenied;
    }
    let done = match (object.class, object.name) {
        (ClassId::CLOCK, _) => time(value).map(|time| meter.set_clock(time)),
        (ClassId::LIMITER, _) => watts(value).map(|watts| meter.set_power_limit(Some(watts))),
        (ClassId::ACCOUNT, _) | (ClassId::CREDIT, names::TOKEN_CREDIT) => {
            threshold(value).map(|threshold| meter.set_low_credit_threshold(threshold))
        }
        _ => return DataAccessResult::ReadWriteDenied,
    };
    if done.is_some() { DataAccessResult::Success } else { DataAccessResult::TypeUnmatched }
}

/// The password of low level security: for the clients that have one.
fn password(meter: &mut Meter, asker: Asker, value: &Data) -> DataAccessResult {
    if !matches!(asker.client, READER_CLIENT | MANAGER_CLIENT) {
        return DataAccessResult::ReadWriteDenied;
    }
    let Some(octets) = value.as_octets().filter(|octets| (1..=64).contains(&octets.len())) else {
        return DataAccessResult::TypeUnmatched;
    };
    meter.change_secrets(|secrets| {
        secrets.set_password(octets);
        true
    });
    DataAccessResult::Success
}

fn time(value: &Data) -> Option<time::OffsetDateTime> {
    let time = DateTime::from_data(value)?;
    time.to_utc().or_else(|| time.local().map(|local| local.assume_utc()))
}

fn watts(value: &Data) -> Option<u32> {
    value.as_u64().and_then(|watts| u32::try_from(watts).ok())
}

fn threshold(value: &Data) -> Option<Energy> {
    let hundredths = value.as_i128().and_then(|number| i32::try_from(number).ok()).filter(|number| *number >= 0)?;
    Some(Energy::from_hundredths_kwh(hundredths.into()))
}
