//! The association in use and the security setup: classes 15 and 64.

use super::read::Asker;
use super::{Access, CosemObject, catalogue, names};
use crate::protocol::dlms::{AttributeAccess, ClassId, Data, MethodAccess, ObjectListElement, encode_object_list};
use crate::sim::meter::Meter;

/// Selections a profile's buffer offers: by range and by entry.
const BY_RANGE_AND_ENTRY: u32 = 0b110;

/// The association. What belongs to the connection rather than the meter (contexts, mechanism) is answered by the
/// association server itself.
pub(super) fn association(meter: &Meter, asker: Asker, attribute: u8) -> Option<Data> {
    Some(match attribute {
        2 => object_list(meter, asker),
        3 => Data::Structure(vec![Data::Int8(i8::try_from(asker.client).unwrap_or(0)), Data::UInt16(1)]),
        // 2: associated.
        8 => Data::Enum(2),
        9 => Data::OctetString(names::SECURITY_SETUP.0.to_vec()),
        _ => return None,
    })
}

fn object_list(meter: &Meter, asker: Asker) -> Data {
    let elements: Vec<ObjectListElement> = catalogue(meter).iter().map(|object| element(object, asker)).collect();
    encode_object_list(&elements)
}

fn element(object: &CosemObject, asker: Asker) -> ObjectListElement {
    let attributes = (1..=object.attributes).map(|attribute| {
        let mode = match object.attribute_access(attribute, asker.rights) {
            Access::Read => 1,
            Access::ReadWrite => 3,
            Access::None | Access::Call => 0,
        };
        let buffer = object.class == ClassId::PROFILE_GENERIC && attribute == 2;
        let selectors = if buffer { BY_RANGE_AND_ENTRY } else { 0 };
        AttributeAccess { attribute: i8::try_from(attribute).unwrap_or(0), mode, selectors }
    });
    let methods = (1..=object.methods).map(|method| MethodAccess {
        method: i8::try_from(method).unwrap_or(0),
        mode: u8::from(object.method_access(method, asker.rights) == Access::Call),
    });
    ObjectListElement {
        class: object.class,
        version: object.version,
        instance: object.name,
        attributes: attributes.collect(),
        methods: methods.collect(),
    }
}

/// Policy, suite and system titles.
pub(super) fn security_setup(meter: &Meter, attribute: u8) -> Option<Data> {
    let rule = &meter.model().security;
    Some(match attribute {
        2 => Data::Enum(rule.policy_number()),
        3 => Data::Enum(rule.suite),
        4 => Data::OctetString(Vec::new()),
        5 => Data::OctetString(meter.identity().system_title().to_vec()),
        _ => return None,
    })
}
