//! Reading an attribute.

use super::{Access, ClassId, CosemObject, Rights, association, catalogue, image, payment, plain, profiles, registers};
use crate::protocol::dlms::{AttributeDescriptor, Data, DataAccessResult, SelectiveAccess};
use crate::sim::meter::Meter;

/// Who asks: the client's address and what it may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// HDLC address of the client.
    pub client: u16,
    /// What it may do.
    pub rights: Rights,
}

/// The object an attribute or method belongs to.
pub(super) fn find(meter: &Meter, class: ClassId, name: super::ObisCode) -> Result<CosemObject, DataAccessResult> {
    let named = catalogue(meter).into_iter().find(|object| object.name == name);
    let object = named.ok_or(DataAccessResult::ObjectUndefined)?;
    if object.class == class { Ok(object) } else { Err(DataAccessResult::ObjectClassInconsistent) }
}

/// The value of an attribute.
///
/// # Errors
/// The answer in its place: no such object, another class, or not for this client.
pub fn read(
    meter: &Meter,
    asker: Asker,
    attribute: &AttributeDescriptor,
    selection: Option<&SelectiveAccess>,
) -> Result<Data, DataAccessResult> {
    let object = find(meter, attribute.class, attribute.instance)?;
    let number = u8::try_from(attribute.attribute).unwrap_or(0);
    if !(1..=object.attributes).contains(&number) {
        return Err(DataAccessResult::ObjectUndefined);
    }
    if object.attribute_access(number, asker.rights) == Access::None {
        return Err(DataAccessResult::ReadWriteDenied);
    }
    if number == 1 {
        return Ok(Data::OctetString(object.name.0.to_vec()));
    }
    let value = match object.class {
        ClassId::DATA => plain::data(meter, object.name),
        ClassId::REGISTER => registers::register(meter, object.name, number),
        ClassId::EXTENDED_REGISTER => registers::maximum_demand(meter, number),
        ClassId::DEMAND_REGISTER => registers::demand(meter, number),
        ClassId::PROFILE_GENERIC => return profiles::profile(meter, object.name, number, selection),
        ClassId::CLOCK => plain::clock(meter, number),
        ClassId::ASSOCIATION_LN => association::association(meter, asker, number),
        ClassId::SECURITY_SETUP => association::security_setup(meter, number),
        ClassId::IMAGE_TRANSFER => image::read(meter, number),
        ClassId::DISCONNECT_CONTROL => plain::relay(meter, number),
        ClassId::LIMITER => plain::limiter(meter, number),
        ClassId::ACCOUNT => payment::account(meter, number),
        ClassId::CREDIT => payment::credit(meter, object.name, number),
        ClassId::CHARGE => payment::charge(meter, number),
        ClassId::TOKEN_GATEWAY => payment::token_gateway(meter, number),
        ClassId::STS_ATTRIBUTES => payment::sts_attributes(meter, number),
        _ => None,
    };
    value.ok_or(DataAccessResult::ObjectUnavailable)
}
