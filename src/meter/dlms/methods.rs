//! Methods that a user calls by number: their arguments, and those that have a command of their own.

use super::objects::ListedObject;
use super::text;
use crate::meter::MeterError;
use crate::meter::order::MethodName;
use crate::protocol::dlms::{ActionItem, AttributeDescriptor, ClassId, Data, MethodDescriptor};

/// What a method call is in the meter's terms. The argument is `TYPE:VALUE` or a value alone, which is then of the type
/// the method takes (Blue Book), or an integer where that is not known here.
///
/// # Errors
/// [`MeterError::BadValue`] for an argument that is none; [`MeterError::NotSupported`] for a method that is called by
/// another command, which knows how to do it safely.
pub fn resolve(object: &ListedObject, name: &MethodName, argument: &str) -> Result<ActionItem, MeterError> {
    let AttributeDescriptor { class, instance, .. } = object.attribute(0);
    if let Some(command) = own_command(class, name.method) {
        return Err(MeterError::NotSupported(format!("this method is not called here: use `wattkey {command}`")));
    }
    let number =
        i8::try_from(name.method).map_err(|_| MeterError::BadValue("no method has a number above 127".to_owned()))?;
    let method = MethodDescriptor::new(class, instance, number);
    Ok(ActionItem { method, argument: Some(self::argument(class, name.method, argument)?) })
}

/// The command that calls this method, with all that it takes not to lose a meter, a token or a key.
const fn own_command(class: ClassId, method: u8) -> Option<&'static str> {
    match (class, method) {
        (ClassId::DISCONNECT_CONTROL, 1 | 2) => Some("relay"),
        (ClassId::TOKEN_GATEWAY, 1) => Some("token enter"),
        (ClassId::ASSOCIATION_LN | ClassId::SECURITY_SETUP, _) => Some("security change-keys"),
        (ClassId::IMAGE_TRANSFER, _) => Some("firmware"),
        _ => None,
    }
}

fn argument(class: ClassId, method: u8, text: &str) -> Result<Data, MeterError> {
    if let Some((kind, value)) = text.split_once(':') {
        return text::parse_typed(kind, value);
    }
    let like = match (class, method) {
        // The number of a script; seconds the clock is shifted by.
        (ClassId::SCRIPT_TABLE, 1) => Data::UInt16(0),
        (ClassId::CLOCK, 6) => Data::Int16(0),
        _ => Data::Int8(0),
    };
    text::parse(text, &like)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(class: u16, method: u8, argument: &str) -> Result<Option<Data>, MeterError> {
        let object = ListedObject { class, version: 0, name: [0, 0, 10, 0, 1, 255], unreadable: Vec::new() };
        let name = MethodName { class: Some(class), object: "0.0.10.0.1.255".into(), method };
        resolve(&object, &name, argument).map(|item| item.argument)
    }

    #[test]
    fn arguments_have_the_type_the_method_takes() {
        assert_eq!(resolved(9, 1, "1").unwrap(), Some(Data::UInt16(1)));
        assert_eq!(resolved(8, 6, "-30").unwrap(), Some(Data::Int16(-30)));
        assert_eq!(resolved(3, 1, "0").unwrap(), Some(Data::Int8(0)));
        assert_eq!(resolved(3, 1, "double-long-unsigned:70000").unwrap(), Some(Data::UInt32(70_000)));
        assert_eq!(resolved(3, 1, "octet-string:0x0A0B").unwrap(), Some(Data::OctetString(vec![10, 11])));
        assert_eq!(resolved(3, 1, "null-data:").unwrap(), Some(Data::Null));
        for bad in ["300", "word:1", "unsigned:x", ""] {
            assert!(matches!(resolved(3, 1, bad), Err(MeterError::BadValue(_))), "{bad}");
        }
        assert!(resolved(3, 1, "structure:1").is_err());
    }

    #[test]
    fn what_has_a_command_of_its_own_is_not_called() {
        for (class, method) in [(70, 1), (70, 2), (115, 1), (15, 2), (64, 2), (64, 1), (18, 4)] {
            assert!(matches!(resolved(class, method, "0"), Err(MeterError::NotSupported(_))), "{class} {method}");
        }
    }
}
