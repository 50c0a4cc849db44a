//! Setting the limit of active power: the normal threshold of a limiter (class 71), in the scale of the register it
//! watches, or a register of the profile's own. (IEC 62056-6-2: the active threshold is read only.)

use super::objects::ListedObject;
use super::{DlmsMeter, convert, refusal_word, text, write_answer};
use crate::meter::MeterError;
use crate::meter::driver::Answer;
use crate::meter::profile::Role;
use crate::protocol::dlms::{AttributeDescriptor, ClassId, Data, ObisCode};

/// Attribute 4 of class 71: the threshold of normal operation, which the meter copies to the one in force.
const THRESHOLD_NORMAL: u8 = 4;

impl DlmsMeter {
    /// Sets the limit to `watts`, or lifts it, where the profile says which value means no limit.
    ///
    /// # Errors
    /// [`MeterError::NotOffered`] without such an object; [`MeterError::BadValue`] for a limit the meter cannot hold.
    pub(super) fn write_power_limit(&mut self, watts: Option<f64>) -> Result<Answer, MeterError> {
        let objects = self.objects()?;
        let (role, object, attribute) = match objects.find(&self.profile, Role::Limiter) {
            Some(limiter) => (Role::Limiter, limiter.clone(), THRESHOLD_NORMAL),
            None => {
                let register = self.required(Role::PowerLimit, "power limit that can be set over this line")?;
                (Role::PowerLimit, register, 2)
            }
        };
        let place = object.attribute(attribute);
        let now = self.read_for_limit(place)?;
        let raw = match watts {
            Some(watts) => in_scale(watts, self.limit_scale(role, &object)?)?,
            None => self.profile.objects.get(&role).and_then(|role| role.no_limit).ok_or_else(|| {
                // Nothing in class 71 means no limit: it is the maker's number, or none.
                MeterError::NotOffered("known value for no power limit: give the highest it allows".to_owned())
            })?,
        };
        let value = text::parse(&raw.to_string(), &now)?;
        Ok(write_answer(self.session.set(place, value)?))
    }

    /// Power of ten of the limit in watts.
    fn limit_scale(&mut self, role: Role, object: &ListedObject) -> Result<i8, MeterError> {
        let scaler = if role == Role::Limiter {
            let watched = self.read_for_limit(object.attribute(2))?;
            watched_scaler(&watched).ok_or_else(|| {
                MeterError::NotSupported("the limiter does not say which register it watches".to_owned())
            })?
        } else {
            object.attribute(3)
        };
        let data = self.read_for_limit(scaler)?;
        match convert::scaler_unit(&data) {
            Some((scale, "W")) => Ok(scale),
            Some((_, unit)) => Err(MeterError::NotSupported(format!("the meter limits {unit:?}, not watts"))),
            None => Err(MeterError::Garbled("the scale of the limit is no scaler and unit".to_owned())),
        }
    }

    fn read_for_limit(&mut self, place: AttributeDescriptor) -> Result<Data, MeterError> {
        self.session
            .get(place, None)?
            .map_err(|reason| MeterError::Refused { what: "its power limit".to_owned(), reason: refusal_word(&reason) })
    }
}

/// Where the register a limiter watches keeps its scaler and unit.
fn watched_scaler(watched: &Data) -> Option<AttributeDescriptor> {
    let [class, name, attribute] = watched.as_elements()? else { return None };
    let class = ClassId(u16::try_from(class.as_u64()?).ok()?);
    let scaler: i8 = match class {
        ClassId::REGISTER | ClassId::EXTENDED_REGISTER => 3,
        ClassId::DEMAND_REGISTER => 4,
        _ => return None,
    };
    (attribute.as_u64()? < u64::from(scaler.unsigned_abs()))
        .then(|| ObisCode::from_data(name).map(|name| AttributeDescriptor::new(class, name, scaler)))?
}

/// Watts as the whole number the meter holds.
fn in_scale(watts: f64, scale: i8) -> Result<u64, MeterError> {
    let step = 10f64.powi(i32::from(scale));
    let raw = (watts / step).round();
    if !(0.0..1e15).contains(&raw) {
        return Err(MeterError::BadValue(format!("{watts} W is no limit a meter can hold")));
    }
    if (raw * step - watts).abs() > 1e-6 * watts.abs().max(1.0) {
        return Err(MeterError::BadValue(format!("the meter counts its limit in steps of {step} W, so not {watts} W")));
    }
    Ok(raw as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watts_become_the_meters_steps_or_an_error() {
        assert_eq!(in_scale(5000.0, 0).unwrap(), 5000);
        assert_eq!(in_scale(5000.0, 3).unwrap(), 5);
        assert_eq!(in_scale(0.5, -1).unwrap(), 5);
        for (watts, scale) in [(5500.0, 3), (-1.0, 0), (f64::NAN, 0), (f64::INFINITY, 0)] {
            assert!(matches!(in_scale(watts, scale), Err(MeterError::BadValue(_))), "{watts}");
        }
    }

    #[test]
    fn the_watched_register_names_its_scaler() {
        let watched = |class: u16, attribute: i8| {
            let name = Data::OctetString(vec![1, 0, 1, 7, 0, 255]);
            Data::Structure(vec![Data::UInt16(class), name, Data::Int8(attribute)])
        };
        let scaler = watched_scaler(&watched(3, 2)).unwrap();
        assert_eq!((scaler.class, scaler.instance, scaler.attribute), (ClassId(3), ObisCode([1, 0, 1, 7, 0, 255]), 3));
        assert_eq!(watched_scaler(&watched(5, 3)).unwrap().attribute, 4);
        assert_eq!(watched_scaler(&watched(3, 3)), None);
        assert_eq!(watched_scaler(&watched(70, 2)), None);
        assert_eq!(watched_scaler(&Data::Null), None);
    }
}
