//! The association's object list: what a meter has, and what this client may do with it.

use serde::{Deserialize, Serialize};

use crate::meter::profile::{ObjectPlace, Profile, Role};
use crate::meter::value::Value;

/// One object of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedObject {
    /// Interface class.
    pub class: u16,
    /// Version of the class.
    pub version: u8,
    /// Logical name.
    pub name: [u8; 6],
    /// Attributes that may not be read by this client.
    pub unreadable: Vec<u8>,
}

impl ListedObject {
    /// `class/A.B.C.D.E.F`.
    pub fn label(&self) -> String {
        format!("{}/{}", self.class, dotted(self.name))
    }

    /// Whether the list says that this client may read the attribute; a list without rights says nothing against it.
    pub fn is_readable(&self, attribute: u8) -> bool {
        !self.unreadable.contains(&attribute)
    }
}

/// A logical name with dots.
pub fn dotted(name: [u8; 6]) -> String {
    let [a, b, c, d, e, f] = name;
    format!("{a}.{b}.{c}.{d}.{e}.{f}")
}

/// All objects of an association.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ObjectList(pub Vec<ListedObject>);

impl ObjectList {
    /// Reads attribute 2 of class 15: an array of {class, version, logical name, {attribute rights, method rights}}.
    /// Elements that are not of that form are left out.
    pub fn from_value(value: &Value) -> Self {
        let version = |part: &Value| match part.parts() {
            [class, version, ..] if class.as_integer() == Some(15) => version.as_integer(),
            _ => None,
        };
        let masks = value.parts().iter().filter_map(version).any(|version| version >= 3);
        ObjectList(value.parts().iter().filter_map(|part| listed_object(part, masks)).collect())
    }

    /// The object that plays a role: of the profile's places the first that the meter lists.
    pub fn find<'a>(&'a self, profile: &'a Profile, role: Role) -> Option<&'a ListedObject> {
        let places = &profile.objects.get(&role)?.at;
        places.iter().find_map(|place| self.all_at(place).next())
    }

    /// Every object that plays a role.
    pub fn find_all<'a>(&'a self, profile: &'a Profile, role: Role) -> Vec<&'a ListedObject> {
        let Some(places) = profile.objects.get(&role) else { return Vec::new() };
        let mut found: Vec<&ListedObject> = Vec::new();
        for place in &places.at {
            for object in self.all_at(place) {
                if !found.contains(&object) {
                    found.push(object);
                }
            }
        }
        found
    }

    /// Objects of a logical name, of any class.
    pub fn named(&self, name: [u8; 6]) -> impl Iterator<Item = &ListedObject> {
        self.0.iter().filter(move |object| object.name == name)
    }

    fn all_at<'a>(&'a self, place: &'a ObjectPlace) -> impl Iterator<Item = &'a ListedObject> {
        self.0.iter().filter(move |object| match place {
            ObjectPlace::Cosem(pattern) => pattern.fits(object.class, object.name),
            ObjectPlace::DataSet(_) => false,
        })
    }
}

fn listed_object(value: &Value, masks: bool) -> Option<ListedObject> {
    let [class, version, name, rights @ ..] = value.parts() else { return None };
    let name = match name {
        Value::Octets(octets) => octets.as_slice().try_into().ok()?,
        Value::Text(text) => text.as_bytes().try_into().ok()?,
        _ => return None,
    };
    let attribute_rights =
        rights.first().and_then(|rights| rights.parts().first()).map(Value::parts).unwrap_or_default();
    let unreadable = attribute_rights.iter().filter_map(|right| match right.parts() {
        [attribute, mode, ..] => {
            let attribute = u8::try_from(attribute.as_integer()?).ok()?;
            (!may_read(mode.as_integer()?, masks)).then_some(attribute)
        }
        _ => None,
    });
    Some(ListedObject {
        class: u16::try_from(class.as_integer()?).ok()?,
        version: u8::try_from(version.as_integer()?).ok()?,
        name,
        unreadable: unreadable.collect(),
    })
}

/// Access modes. Class 15 up to version 2: 0 none, 1 read, 2 write, 3 both, 4 to 6 the same with authenticated
/// requests. From version 3 on a mask whose lowest bit is reading.
fn may_read(mode: i128, masks: bool) -> bool {
    if masks { mode & 1 == 1 } else { !matches!(mode, 0 | 2 | 5) }
}
