//! Which attributes a status needs, out of those the meter lists.

use super::objects::{ListedObject, ObjectList};
use crate::meter::profile::{Profile, Role};
use crate::meter::status::Problem;

/// One attribute to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Want {
    /// What it is for.
    pub role: Role,
    /// Its object.
    pub object: ListedObject,
    /// Its number.
    pub attribute: u8,
}

impl Want {
    /// The object and attribute as `read` takes them.
    pub fn label(&self) -> String {
        format!("{}:{}", self.object.label(), self.attribute)
    }
}

/// Everything to ask, and what the object list itself says cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Attributes to read.
    pub wants: Vec<Want>,
    /// Attributes of wanted objects that this client may not read.
    pub closed: Vec<Problem>,
}

/// The roles of a status: all but those that are read by commands of their own.
fn is_status_role(role: Role) -> bool {
    !matches!(role, Role::LoadProfile | Role::Events | Role::InvocationCounter)
}

/// Plans a whole status. The device name is left out when it is `known` already.
pub fn status(profile: &Profile, objects: &ObjectList, known: &[Role]) -> Plan {
    let roles: Vec<Role> =
        profile.objects.keys().copied().filter(|role| is_status_role(*role) && !known.contains(role)).collect();
    of_roles(profile, objects, &roles)
}

/// Plans the roles named.
pub fn of_roles(profile: &Profile, objects: &ObjectList, roles: &[Role]) -> Plan {
    let mut plan = Plan::default();
    let has_account = objects.find(profile, Role::Account).is_some();
    for role in roles {
        if *role == Role::Credit && has_account {
            continue;
        }
        let Some(object) = objects.find(profile, *role) else { continue };
        let (open, closed): (Vec<u8>, Vec<u8>) =
            attributes(object.class).iter().partition(|attribute| object.is_readable(**attribute));
        let denied = |object: String| Problem { object, error: "read-or-write-denied".to_owned() };
        if open.is_empty() {
            plan.closed.push(denied(object.label()));
        } else {
            plan.closed.extend(closed.iter().map(|attribute| denied(format!("{}:{attribute}", object.label()))));
        }
        let wants = open.into_iter().map(|attribute| Want { role: *role, object: object.clone(), attribute });
        plan.wants.extend(wants);
    }
    plan
}

/// Attributes of an interface class that a status uses, from the class descriptions of IEC 62056-6-2.
fn attributes(class: u16) -> &'static [u8] {
    match class {
        // Value, and scaler with unit.
        3 | 4 => &[2, 3],
        // Output state, control state.
        70 => &[2, 3],
        // Monitored value, active threshold.
        71 => &[2, 3],
        // Mode and status, credit status, available credit, currency, low-credit threshold.
        111 => &[2, 4, 5, 15, 16],
        // Token, time, descriptions, status.
        115 => &[2, 3, 4, 6],
        // Meter PAN, EA, SGC, TI, KRN, KT, KEN, KCTs supported.
        116 => &[2, 5, 6, 7, 8, 9, 10, 11],
        _ => &[2],
    }
}
