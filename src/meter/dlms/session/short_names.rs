//! Meters that know their objects by short names: attributes and methods are found through the object list at 0xFA00
//! (Blue Book, 4.1.3 and 5.2), so that everything above goes on naming them by logical names.

use std::collections::HashMap;

use super::Session;
use crate::meter::MeterError;
use crate::protocol::dlms::{
    ActionOutcome, ActionResult, AttributeDescriptor, ClassId, Data, DataAccessResult, GetResult, MethodDescriptor,
    ObisCode, Outcome, SHORT_NAME_OF_ASSOCIATION, SelectiveAccess, VariableAccess, first_method, short_name_distance,
};

/// Attribute 2 of the association: the object list.
const OBJECT_LIST: u16 = SHORT_NAME_OF_ASSOCIATION + 8;
/// Objects of a list that are taken.
const MOST_OBJECTS: usize = 4_000;

/// Base names by class and logical name, and the list as a meter with logical names would give it.
#[derive(Debug, Clone, Default)]
pub struct ShortNames {
    bases: HashMap<(u16, [u8; 6]), u16>,
    list: Vec<Data>,
}

impl ShortNames {
    /// Reads the object list: structures of base name, class, version and logical name. What is none is left out.
    fn from_data(data: &Data) -> Self {
        let mut names = ShortNames::default();
        for element in data.as_elements().unwrap_or(&[]).iter().take(MOST_OBJECTS) {
            let Some([base, class, version, name, ..]) = element.as_elements() else { continue };
            // Base names are signed on the line.
            let base = base.as_i128().map(|base| base.rem_euclid(0x1_0000)).and_then(|base| u16::try_from(base).ok());
            let class_id = class.as_u64().and_then(|class| u16::try_from(class).ok());
            if let (Some(base), Some(class_id), Some(code)) = (base, class_id, ObisCode::from_data(name)) {
                names.bases.insert((class_id, code.0), base);
                let rights = Data::Structure(vec![Data::Array(Vec::new()), Data::Array(Vec::new())]);
                names.list.push(Data::Structure(vec![class.clone(), version.clone(), name.clone(), rights]));
            }
        }
        names
    }

    fn attribute(&self, attribute: AttributeDescriptor) -> Option<u16> {
        let base = self.bases.get(&(attribute.class.0, attribute.instance.0))?;
        base.checked_add(short_name_distance(u16::try_from(attribute.attribute).ok()?)?)
    }

    fn method(&self, method: MethodDescriptor) -> Option<u16> {
        let base = self.bases.get(&(method.class.0, method.instance.0))?;
        let first = first_method(method.class.0)?;
        base.checked_add(first)?.checked_add(short_name_distance(u16::try_from(method.method).ok()?)?)
    }
}

/// Whether an attribute is the object list of the association in use, however it is named.
fn is_object_list(attribute: AttributeDescriptor) -> bool {
    attribute.class == ClassId::ASSOCIATION_LN
        && attribute.instance == ObisCode::CURRENT_ASSOCIATION
        && attribute.attribute == 2
}

impl Session {
    /// Whether the meter is spoken to by short names.
    pub(super) const fn is_short(&self) -> bool {
        self.short_names
    }

    fn names_of_objects(&mut self) -> Result<ShortNames, MeterError> {
        if let Some(names) = &self.names {
            return Ok(names.clone());
        }
        let list = self.read_short(vec![VariableAccess::Name(OBJECT_LIST)])?.into_iter().next();
        let refused = |reason: String| MeterError::Refused { what: "its object list".to_owned(), reason };
        let data = list
            .ok_or_else(|| refused("no-answer".to_owned()))?
            .map_err(|reason| refused(crate::meter::dlms::text::refusal_word(&reason)))?;
        let names = ShortNames::from_data(&data);
        self.names = Some(names.clone());
        Ok(names)
    }

    fn read_short(&mut self, names: Vec<VariableAccess>) -> Result<Vec<GetResult>, MeterError> {
        let told = |error| match error {
            MeterError::Refused { what, reason } => {
                MeterError::Refused { what: format!("{what} by short names"), reason }
            }
            other => other,
        };
        match self.request(|client| client.read_names(names)).map_err(told)? {
            Outcome::GetList(results) => Ok(results),
            other => Err(MeterError::Unexpected(format!("{other:?}"))),
        }
    }

    /// Reads an attribute.
    pub(super) fn get_short(
        &mut self,
        attribute: AttributeDescriptor,
        access: Option<SelectiveAccess>,
    ) -> Result<GetResult, MeterError> {
        let names = self.names_of_objects()?;
        if is_object_list(attribute) {
            return Ok(Ok(Data::Array(names.list)));
        }
        let Some(name) = names.attribute(attribute) else { return Ok(Err(DataAccessResult::ObjectUndefined)) };
        let wanted = match access {
            None => VariableAccess::Name(name),
            Some(access) => VariableAccess::Parameterized { name, access },
        };
        let result = self.read_short(vec![wanted])?.into_iter().next();
        result.ok_or_else(|| MeterError::Unexpected("a READ without a result".to_owned()))
    }

    /// Reads several attributes, those the meter has in one request.
    pub(super) fn get_short_list(&mut self, attributes: &[AttributeDescriptor]) -> Result<Vec<GetResult>, MeterError> {
        let names = self.names_of_objects()?;
        let known: Vec<Option<u16>> = attributes.iter().map(|attribute| names.attribute(*attribute)).collect();
        let wanted: Vec<VariableAccess> = known.iter().flatten().map(|name| VariableAccess::Name(*name)).collect();
        let count = wanted.len();
        let together = if self.list_limit.allows(count) { self.read_short(wanted.clone()) } else { Ok(Vec::new()) };
        let results = match together {
            Ok(results) if results.len() == count && count > 1 => results,
            Ok(_) | Err(MeterError::Refused { .. } | MeterError::Garbled(_) | MeterError::Unexpected(_)) => {
                if count > 1 {
                    self.list_limit.give_up();
                }
                let mut results = Vec::new();
                for name in wanted {
                    results.extend(self.read_short(vec![name])?);
                }
                results
            }
            Err(error) => return Err(error),
        };
        let mut results = results.into_iter();
        let mut next = || results.next().unwrap_or(Err(DataAccessResult::OtherReason));
        Ok(known
            .iter()
            .map(|name| if name.is_some() { next() } else { Err(DataAccessResult::ObjectUndefined) })
            .collect())
    }

    /// Writes an attribute.
    pub(super) fn set_short(
        &mut self,
        attribute: AttributeDescriptor,
        value: Data,
        secret: bool,
    ) -> Result<DataAccessResult, MeterError> {
        let names = self.names_of_objects()?;
        let Some(name) = names.attribute(attribute) else { return Ok(DataAccessResult::ObjectUndefined) };
        match self.request(|client| client.write_name(name, value, secret))? {
            Outcome::Set(result) => Ok(result),
            other => Err(MeterError::Unexpected(format!("{other:?}"))),
        }
    }

    /// Calls a method: a WRITE of its argument. What it returns is not told.
    pub(super) fn action_short(
        &mut self,
        method: MethodDescriptor,
        argument: Data,
        secret: bool,
    ) -> Result<ActionOutcome, MeterError> {
        let names = self.names_of_objects()?;
        let name = names.method(method).ok_or_else(|| {
            let MethodDescriptor { class, instance, method } = method;
            MeterError::NotOffered(format!("method {method} of {instance} (class {}) by short names", class.0))
        })?;
        match self.request(|client| client.write_name(name, argument, secret))? {
            Outcome::Set(result) => Ok(ActionOutcome::bare(ActionResult::from_number(result.number()))),
            other => Err(MeterError::Unexpected(format!("{other:?}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_from_the_object_list() {
        let entry = |base: i16, class: u16, code: [u8; 6]| {
            Data::Structure(vec![
                Data::Int16(base),
                Data::UInt16(class),
                Data::UInt8(0),
                Data::OctetString(code.to_vec()),
            ])
        };
        let energy = [1, 0, 1, 8, 0, 255];
        let relay = [0, 0, 96, 3, 10, 255];
        let list = Data::Array(vec![
            entry(-0x600, 12, [0, 0, 40, 0, 0, 255]),
            entry(0x0A00, 3, energy),
            Data::Null,
            entry(0x1000, 70, relay),
        ]);
        let names = ShortNames::from_data(&list);
        assert_eq!(names.list.len(), 3);
        let attribute = |class, code, number| AttributeDescriptor::new(ClassId(class), ObisCode(code), number);
        assert_eq!(names.attribute(attribute(12, [0, 0, 40, 0, 0, 255], 2)), Some(OBJECT_LIST));
        assert_eq!(names.attribute(attribute(3, energy, 3)), Some(0x0A10));
        assert_eq!(names.attribute(attribute(3, energy, 0)), None);
        assert_eq!(names.method(MethodDescriptor::new(ClassId(70), ObisCode(relay), 2)), Some(0x1028));
        assert_eq!(names.method(MethodDescriptor::new(ClassId(3), ObisCode(relay), 1)), None);
    }
}
