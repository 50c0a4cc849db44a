//! The values of a report, with the names they go by.

use serde::Serialize;

use crate::meter::dlms::convert;
use crate::meter::log::PushTemplate;
use crate::meter::value::Value;
use crate::protocol::dlms::{Data, DateTime, ObisCode};

/// What the name of a push setup begins with: its class.
const PUSH_SETUP: &str = "40/";

/// One value of a report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reported {
    /// Which object it is of, where the report tells; a short name in hex in an information report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The value, scaled where the report tells how.
    pub value: Value,
    /// Its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// The values of a report with the names it gives them: by the push object list at its front, by the codes between its
/// values, or by none.
pub(super) fn named_values(body: &Data, known: &[PushTemplate]) -> Vec<Reported> {
    let Some(elements) = body.as_elements() else { return vec![unnamed(body)] };
    // A list of one structure is that structure.
    if let ([Data::Structure(inner)], Data::Array(_)) = (elements, body) {
        return named_values(&Data::Structure(inner.clone()), known);
    }
    if let [template, values @ ..] = elements
        && let Some(names) = template_names(template)
    {
        // The list may count itself among the objects.
        let names = match names.split_first() {
            Some((first, rest)) if first.starts_with(PUSH_SETUP) && rest.len() == values.len() => rest,
            _ => &names,
        };
        // Names that do not fit the values are those of others.
        return by_template(if names.len() == values.len() { names } else { &[] }, values);
    }
    let by_shape = by_shape(elements);
    if by_shape.iter().any(|value| value.object.is_some()) {
        return by_shape;
    }
    // Two setups with as many objects would be told apart by nothing.
    let mut fitting = known.iter().filter(|template| template.columns.len() == elements.len());
    match (fitting.next(), fitting.next(), body) {
        // Rows of an array are of one kind, and no list of objects.
        (Some(template), None, Data::Structure(_)) if template.fits(elements) => by_setup(template, elements),
        _ => by_shape,
    }
}

impl PushTemplate {
    /// Whether each value is of a kind that its object has: a time, a name, a number.
    fn fits(&self, values: &[Data]) -> bool {
        self.columns.iter().zip(values).all(|(column, value)| match () {
            () if column.object.ends_with(":1") => value.as_octets().is_some_and(|name| name.len() == 6),
            () if column.object.starts_with("8/") && column.object.ends_with(":2") => {
                DateTime::from_data(value).is_some()
            }
            () if column.scaling.is_some() => convert::value(value).as_number().is_some(),
            () => true,
        })
    }
}

/// Values in the order of the meter's push setup.
fn by_setup(template: &PushTemplate, values: &[Data]) -> Vec<Reported> {
    let named = template.columns.iter().zip(values);
    named
        .map(|(column, data)| {
            let plain = unnamed(data);
            let (value, unit) = match (&column.scaling, plain.value.as_number()) {
                (Some((exponent, unit)), Some(raw)) => {
                    let unit = Some((*unit).to_owned()).filter(|unit| !unit.is_empty());
                    (Value::Real(crate::meter::value::scaled(raw, *exponent)), unit)
                }
                _ => (plain.value, None),
            };
            Reported { object: Some(column.object.clone()), value, unit }
        })
        .collect()
}

/// Values with their names. Scaler and unit behind the value they are of are taken into it.
fn by_template(names: &[String], values: &[Data]) -> Vec<Reported> {
    let mut reported = Vec::new();
    let mut at = 0_usize;
    while let Some(data) = values.get(at) {
        let next = at.saturating_add(1);
        let (name, scaler) = (names.get(at), names.get(next).zip(values.get(next)));
        at = next;
        let Some(name) = name else {
            reported.push(unnamed(data));
            continue;
        };
        let of_value = name.strip_suffix(":2").map(|object| format!("{object}:3"));
        match scaler.filter(|(other, data)| of_value.as_ref() == Some(*other) && is_scaler(data)) {
            Some((_, scaler)) => {
                reported.push(scaled(name.clone(), data, Some(scaler)));
                at = next.saturating_add(1);
            }
            None => reported.push(Reported { object: Some(name.clone()), ..unnamed(data) }),
        }
    }
    reported
}

/// The names of a push object list: an array of class, logical name, attribute and index.
pub(in crate::meter::dlms) fn template_names(data: &Data) -> Option<Vec<String>> {
    let Data::Array(elements) = data else { return None };
    let one = |element: &Data| match element.as_elements()? {
        [class, name, attribute, _index, ..] => {
            Some(format!("{}/{}:{}", class.as_u64()?, ObisCode::from_data(name)?, attribute.as_i128()?))
        }
        _ => None,
    };
    (!elements.is_empty()).then(|| elements.iter().map(one).collect())?
}

/// Code, value and, where they follow, scaler and unit: each in a structure of its own, or one after the other.
fn by_shape(elements: &[Data]) -> Vec<Reported> {
    let mut values = Vec::new();
    let mut rest = elements;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if let Some([name, value, more @ ..]) = first.as_elements()
            && let Some(code) = code(name)
        {
            values.push(scaled(code, value, more.first()));
            continue;
        }
        match (code(first), behind) {
            (Some(object), [value, behind @ ..]) if code(value).is_none() => {
                let scaler = behind.first().filter(|data| is_scaler(data));
                rest = if scaler.is_some() { behind.get(1..).unwrap_or_default() } else { behind };
                values.push(scaled(object, value, scaler));
            }
            _ => values.push(unnamed(first)),
        }
    }
    values
}

fn code(data: &Data) -> Option<String> {
    match data {
        Data::OctetString(octets) if octets.len() == 6 && octets.last() == Some(&255) => {
            ObisCode::from_data(data).map(|code| code.to_string())
        }
        _ => None,
    }
}

fn is_scaler(data: &Data) -> bool {
    matches!(data, Data::Structure(parts) if matches!(parts.as_slice(), [Data::Int8(_), Data::Enum(_)]))
}

fn scaled(object: String, data: &Data, scaler: Option<&Data>) -> Reported {
    let scaling = scaler.filter(|data| is_scaler(data)).and_then(convert::scaler_unit);
    let plain = unnamed(data);
    match (scaling, plain.value.as_number()) {
        (Some((exponent, unit)), Some(raw)) => Reported {
            object: Some(object),
            value: Value::Real(crate::meter::value::scaled(raw, exponent)),
            unit: Some(unit.to_owned()).filter(|unit| !unit.is_empty()),
        },
        _ => Reported { object: Some(object), ..plain },
    }
}

/// A value without a name. Twelve octets that read as a date-time are one.
pub(super) fn unnamed(data: &Data) -> Reported {
    let value = match data {
        Data::OctetString(octets) if octets.len() == 12 => convert::value_of_time(data),
        _ => convert::value(data),
    };
    Reported { object: None, value, unit: None }
}
