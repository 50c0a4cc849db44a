//! The association's object list: what a meter has, and what this client may do with it.

use serde::{Deserialize, Serialize};

use crate::meter::MeterError;
use crate::meter::profile::{ObjectPlace, Profile, Role};
use crate::protocol::dlms::{AttributeDescriptor, ClassId, Data, ObisCode, decode_object_list};

/// One object of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedObject {
    /// Interface class.
    pub class: u16,
    /// Version of the class.
    pub version: u8,
    /// Logical name.
    pub name: [u8; 6],
    /// Attributes that this client may not read.
    pub unreadable: Vec<i8>,
}

impl ListedObject {
    /// `class/A.B.C.D.E.F`.
    pub fn label(&self) -> String {
        format!("{}/{}", self.class, ObisCode(self.name))
    }

    /// Whether the list says that this client may read the attribute; a list without rights says nothing against it.
    pub fn is_readable(&self, attribute: u8) -> bool {
        i8::try_from(attribute).is_ok_and(|attribute| !self.unreadable.contains(&attribute))
    }

    /// One of its attributes.
    pub fn attribute(&self, attribute: u8) -> AttributeDescriptor {
        let attribute = i8::try_from(attribute).unwrap_or(i8::MAX);
        AttributeDescriptor::new(ClassId(self.class), ObisCode(self.name), attribute)
    }
}

/// All objects of an association.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ObjectList(pub Vec<ListedObject>);

impl ObjectList {
    /// Reads attribute 2 of the current association, and tells how many entries are no objects and left out.
    ///
    /// # Errors
    /// [`MeterError::Garbled`] when it is not an object list.
    pub fn from_data(data: &Data) -> Result<(Self, usize), MeterError> {
        let (elements, misread) =
            decode_object_list(data).map_err(|problem| MeterError::Garbled(format!("the object list: {problem}")))?;
        let masks = elements.iter().any(|element| element.class == ClassId::ASSOCIATION_LN && element.version >= 3);
        let objects = elements.into_iter().map(|element| {
            let closed = element.attributes.iter().filter(|access| !may_read(access.mode, masks));
            ListedObject {
                class: element.class.0,
                version: element.version,
                name: element.instance.0,
                unreadable: closed.map(|access| access.attribute).collect(),
            }
        });
        Ok((ObjectList(objects.collect()), misread))
    }

    /// The object that plays a role: of the profile's places the first that the meter lists.
    pub fn find(&self, profile: &Profile, role: Role) -> Option<&ListedObject> {
        let places = &profile.objects.get(&role)?.at;
        places.iter().find_map(|place| self.0.iter().find(|object| is_at(object, place)))
    }

    /// Every object that plays a role.
    pub fn find_all(&self, profile: &Profile, role: Role) -> Vec<&ListedObject> {
        let Some(places) = profile.objects.get(&role) else { return Vec::new() };
        let mut found: Vec<&ListedObject> = Vec::new();
        for place in &places.at {
            for object in self.0.iter().filter(|object| is_at(object, place)) {
                if !found.contains(&object) {
                    found.push(object);
                }
            }
        }
        found
    }

    /// Objects of a class.
    pub fn of_class(&self, class: ClassId) -> impl Iterator<Item = &ListedObject> {
        self.0.iter().filter(move |object| object.class == class.0)
    }

    /// Objects of a logical name, of any class.
    pub fn named(&self, name: [u8; 6]) -> impl Iterator<Item = &ListedObject> {
        self.0.iter().filter(move |object| object.name == name)
    }
}

fn is_at(object: &ListedObject, place: &ObjectPlace) -> bool {
    match place {
        ObjectPlace::Cosem(pattern) => pattern.fits(object.class, object.name),
        ObjectPlace::DataSet(_) => false,
    }
}

/// Access modes. Class 15 up to version 2: 0 none, 1 read, 2 write, 3 both, 4 to 6 the same with authenticated
/// requests. From version 3 on a mask whose lowest bit is reading.
fn may_read(mode: u8, masks: bool) -> bool {
    if masks { mode & 1 == 1 } else { !matches!(mode, 0 | 2 | 5) }
}
