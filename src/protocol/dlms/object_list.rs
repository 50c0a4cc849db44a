//! The object list of an association (class 15 attribute 2).

use super::data::Data;
use super::decode_error::DecodeError;
use super::identifiers::{ClassId, ObisCode};

/// What may be done with an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AttributeAccess {
    /// The attribute's number.
    pub attribute: i8,
    /// The mode as the meter gives it. Up to version 2 of the class 0 none, 1 read, 2 write, 3 read and write, 4 to 6
    /// the same authenticated; from version 3 on a bit set, bit 0 read, bit 1 write.
    pub mode: u8,
    /// Selections offered, as a bit set of selectors 0 to 31.
    pub selectors: u32,
}

/// What may be done with a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MethodAccess {
    /// The method's number.
    pub method: i8,
    /// The mode: 0 none, else allowed in some way.
    pub mode: u8,
}

/// One object of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectListElement {
    /// Its class.
    pub class: ClassId,
    /// Version of the class.
    pub version: u8,
    /// Its name.
    pub instance: ObisCode,
    /// Rights on attributes.
    pub attributes: Vec<AttributeAccess>,
    /// Rights on methods.
    pub methods: Vec<MethodAccess>,
}

impl ObjectListElement {
    /// Whether an attribute may be read; an attribute without an entry may not. The lowest bit means reading both in
    /// the numbered modes (1, 3, and 5 to 6 authenticated) and in the bit set.
    pub fn is_readable(&self, attribute: i8) -> bool {
        self.mode(attribute).is_some_and(|mode| matches!(mode, 1 | 3 | 5 | 6) || mode > 6 && mode & 1 != 0)
    }

    /// Whether an attribute may be written.
    pub fn is_writable(&self, attribute: i8) -> bool {
        self.mode(attribute).is_some_and(|mode| matches!(mode, 2 | 3 | 4 | 6) || mode > 6 && mode & 2 != 0)
    }

    /// Whether a method may be called.
    pub fn is_callable(&self, method: i8) -> bool {
        self.methods.iter().any(|access| access.method == method && access.mode != 0)
    }

    fn mode(&self, attribute: i8) -> Option<u8> {
        self.attributes.iter().find(|access| access.attribute == attribute).map(|access| access.mode)
    }

    fn from_data(data: &Data) -> Option<Self> {
        let [class, version, instance, rights, ..] = data.as_elements()? else { return None };
        let rights = rights.as_elements().unwrap_or(&[]);
        let list = |index: usize| rights.get(index).and_then(Data::as_elements).unwrap_or(&[]);
        Some(ObjectListElement {
            class: ClassId(u16::try_from(class.as_u64()?).ok()?),
            version: u8::try_from(version.as_u64()?).ok()?,
            instance: ObisCode::from_data(instance)?,
            attributes: list(0).iter().filter_map(attribute_access).collect(),
            methods: list(1).iter().filter_map(method_access).collect(),
        })
    }

    fn to_data(&self) -> Data {
        let attribute = |access: &AttributeAccess| {
            let selectors =
                (0..32i8).filter(|&bit| access.selectors >> bit & 1 != 0).map(Data::Int8).collect::<Vec<_>>();
            let selectors = if selectors.is_empty() { Data::Null } else { Data::Array(selectors) };
            Data::Structure(vec![Data::Int8(access.attribute), Data::Enum(access.mode), selectors])
        };
        let method = |access: &MethodAccess| Data::Structure(vec![Data::Int8(access.method), Data::Enum(access.mode)]);
        Data::Structure(vec![
            Data::UInt16(self.class.0),
            Data::UInt8(self.version),
            Data::OctetString(self.instance.0.to_vec()),
            Data::Structure(vec![
                Data::Array(self.attributes.iter().map(attribute).collect()),
                Data::Array(self.methods.iter().map(method).collect()),
            ]),
        ])
    }
}

fn attribute_access(data: &Data) -> Option<AttributeAccess> {
    let [attribute, mode, rest @ ..] = data.as_elements()? else { return None };
    let selectors = rest.first().and_then(Data::as_elements).unwrap_or(&[]);
    let bits = selectors.iter().filter_map(Data::as_u64).filter(|&number| number < 32);
    Some(AttributeAccess {
        attribute: i8::try_from(attribute.as_i128()?).ok()?,
        mode: u8::try_from(mode.as_u64()?).ok()?,
        selectors: bits.fold(0, |sum, number| sum | 1u32 << (number & 31)),
    })
}

fn method_access(data: &Data) -> Option<MethodAccess> {
    let [method, mode, ..] = data.as_elements()? else { return None };
    Some(MethodAccess { method: i8::try_from(method.as_i128()?).ok()?, mode: u8::try_from(mode.as_u64()?).ok()? })
}

/// Reads the list, and counts the elements that are no objects: one of them must not hide the others. Rights that cannot
/// be read are left out.
///
/// # Errors
/// [`DecodeError::Field`] when it is no list, or none of its elements is an object.
pub fn decode_object_list(data: &Data) -> Result<(Vec<ObjectListElement>, usize), DecodeError> {
    let wrong = DecodeError::Field { what: "the object list" };
    let elements = data.as_elements().ok_or(wrong)?;
    let objects: Vec<_> = elements.iter().filter_map(ObjectListElement::from_data).collect();
    let misread = elements.len().saturating_sub(objects.len());
    if objects.is_empty() && misread > 0 { Err(wrong) } else { Ok((objects, misread)) }
}

/// The list as a meter answers it.
pub fn encode_object_list(elements: &[ObjectListElement]) -> Data {
    Data::Array(elements.iter().map(ObjectListElement::to_data).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_round_trip() {
        let element = ObjectListElement {
            class: ClassId::PROFILE_GENERIC,
            version: 1,
            instance: ObisCode([1, 0, 99, 1, 0, 255]),
            attributes: vec![
                AttributeAccess { attribute: 1, mode: 1, selectors: 0 },
                AttributeAccess { attribute: 2, mode: 3, selectors: 0b110 },
                AttributeAccess { attribute: 3, mode: 0, selectors: 0 },
            ],
            methods: vec![MethodAccess { method: 1, mode: 1 }],
        };
        let data = encode_object_list(std::slice::from_ref(&element));
        assert_eq!(decode_object_list(&data).unwrap(), (vec![element.clone()], 0));
        let Data::Array(mut elements) = data else { panic!() };
        elements.insert(0, Data::Structure(vec![Data::UInt16(7), Data::Null]));
        assert_eq!(decode_object_list(&Data::Array(elements)).unwrap(), (vec![element.clone()], 1));
        assert!(element.is_readable(2) && element.is_writable(2) && !element.is_readable(3) && !element.is_readable(4));
        assert!(element.is_callable(1) && !element.is_callable(2));
        assert!(decode_object_list(&Data::Array(vec![Data::Null])).is_err());
    }
}
