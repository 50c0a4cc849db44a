//! Which objects a meter has, and who may do what with them.

use super::{ClassId, ObisCode, names};
use crate::sim::meter::Meter;
use crate::sim::model::PublicAccess;

/// What a client may do with an attribute or method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nothing.
    None,
    /// Read an attribute.
    Read,
    /// Read and write an attribute.
    ReadWrite,
    /// Call a method.
    Call,
}

/// What the client of an association may do at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rights {
    /// Nameplate and clock only.
    Nameplate,
    /// Read everything.
    Reader,
    /// Read, write and act.
    Manager,
}

impl Rights {
    /// Rights of a client by its address: 16 without authentication, 32 with a password, 48 with GMAC.
    pub fn of_client(client: u16, public: PublicAccess) -> Self {
        match (client, public) {
            (48, _) | (_, PublicAccess::Open) => Rights::Manager,
            (32, _) => Rights::Reader,
            _ => Rights::Nameplate,
        }
    }
}

/// One object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CosemObject {
    /// Interface class.
    pub class: ClassId,
    /// Version of the class.
    pub version: u8,
    /// Logical name.
    pub name: ObisCode,
    /// Number of attributes, the logical name included.
    pub attributes: u8,
    /// Number of methods.
    pub methods: u8,
    /// Attributes that may be written, as bits: bit n for attribute n.
    writable: u32,
    /// Methods that may be called, as bits.
    callable: u32,
    /// Whether everybody may read it.
    nameplate: bool,
}

impl CosemObject {
    const fn new(class: ClassId, version: u8, name: ObisCode, attributes: u8, methods: u8) -> Self {
        CosemObject { class, version, name, attributes, methods, writable: 0, callable: 0, nameplate: false }
    }

    const fn data(name: ObisCode) -> Self {
        CosemObject::new(ClassId::DATA, 0, name, 2, 0)
    }

    const fn register(name: ObisCode) -> Self {
        CosemObject::new(ClassId::REGISTER, 0, name, 3, 1)
    }

    const fn for_everybody(mut self) -> Self {
        self.nameplate = true;
        self
    }

    const fn writable(mut self, attribute: u8) -> Self {
        self.writable |= 1 << attribute;
        self
    }

    const fn callable(mut self, method: u8) -> Self {
        self.callable |= 1 << method;
        self
    }

    /// What a client may do with an attribute.
    pub fn attribute_access(&self, attribute: u8, rights: Rights) -> Access {
        let exists = (1..=self.attributes).contains(&attribute);
        let secret = self.class == ClassId::ASSOCIATION_LN && attribute == 7;
        if !exists || secret || (rights == Rights::Nameplate && !self.nameplate) {
            Access::None
        } else if rights == Rights::Manager && self.writable & (1 << attribute) != 0 {
            Access::ReadWrite
        } else {
            Access::Read
        }
    }

    /// What a client may do with a method.
    pub fn method_access(&self, method: u8, rights: Rights) -> Access {
        let exists = (1..=self.methods).contains(&method) && self.callable & (1 << method) != 0;
        if exists && rights == Rights::Manager { Access::Call } else { Access::None }
    }
}

/// The objects of a meter, in the order of its object list.
pub fn catalogue(meter: &Meter) -> Vec<CosemObject> {
    let mut objects = nameplate();
    objects.extend(measurements(meter.model().supply.phases));
    objects.extend(payment(meter.model().credit.emergency > 0));
    objects.extend([
        CosemObject::new(ClassId::DISCONNECT_CONTROL, 0, names::RELAY, 4, 2).callable(1).callable(2),
        CosemObject::new(ClassId::LIMITER, 0, names::LIMITER, 11, 0).writable(4),
        CosemObject::new(ClassId::SECURITY_SETUP, 0, names::SECURITY_SETUP, 5, 2).callable(2),
        CosemObject::new(ClassId::IMAGE_TRANSFER, 0, names::IMAGE_TRANSFER, 7, 4)
            .callable(1)
            .callable(2)
            .callable(3)
            .callable(4),
        CosemObject::new(ClassId::PROFILE_GENERIC, 1, names::LOAD_PROFILE, 8, 2).callable(1),
        CosemObject::new(ClassId::PROFILE_GENERIC, 1, names::EVENT_LOG, 8, 2).callable(1),
        CosemObject::data(names::EVENT_CODE),
        CosemObject::data(names::DISPLAY),
        CosemObject::data(names::TOKEN_STATE),
        CosemObject::data(names::TIDS),
        CosemObject::data(names::RELAY_REASON),
        CosemObject::data(names::TAMPER),
        CosemObject::data(names::ALARMS),
    ]);
    objects
}

fn nameplate() -> Vec<CosemObject> {
    vec![
        CosemObject::new(ClassId::ASSOCIATION_LN, 1, names::ASSOCIATION, 9, 4).for_everybody().callable(2),
        CosemObject::data(names::DEVICE_NAME).for_everybody(),
        CosemObject::data(names::SERIAL).for_everybody(),
        CosemObject::data(names::MANUFACTURER).for_everybody(),
        CosemObject::data(names::TYPE).for_everybody(),
        CosemObject::data(names::FIRMWARE).for_everybody(),
        CosemObject::data(names::INVOCATION_COUNTER).for_everybody(),
        CosemObject::new(ClassId::CLOCK, 0, names::CLOCK, 9, 6).for_everybody().writable(2).callable(6),
    ]
}

fn measurements(phases: u8) -> Vec<CosemObject> {
    let mut objects = vec![
        CosemObject::register(names::IMPORT),
        CosemObject::register(names::EXPORT),
        CosemObject::new(ClassId::EXTENDED_REGISTER, 0, names::MAXIMUM_DEMAND, 5, 1),
        CosemObject::new(ClassId::DEMAND_REGISTER, 0, names::DEMAND, 9, 2),
        CosemObject::register(names::POWER),
        CosemObject::register(names::POWER_FACTOR),
        CosemObject::register(names::FREQUENCY),
    ];
    for phase in 1..=phases {
        objects.push(CosemObject::register(names::voltage(phase)));
        objects.push(CosemObject::register(names::current(phase)));
        if phases > 1 {
            objects.push(CosemObject::register(names::power(phase)));
            objects.push(CosemObject::register(names::power_factor(phase)));
        }
    }
    if phases > 1 {
        objects.push(CosemObject::register(names::UNBALANCE_LIMIT));
    }
    objects
}

fn payment(emergency: bool) -> Vec<CosemObject> {
    let mut objects = vec![
        CosemObject::new(ClassId::ACCOUNT, 0, names::ACCOUNT, 19, 3).writable(16),
        CosemObject::new(ClassId::CREDIT, 0, names::TOKEN_CREDIT, 11, 3).writable(5),
        CosemObject::new(ClassId::CHARGE, 0, names::CHARGE, 13, 5),
        CosemObject::new(ClassId::TOKEN_GATEWAY, 0, names::TOKEN_GATEWAY, 6, 1).callable(1),
        CosemObject::new(ClassId::STS_ATTRIBUTES, 0, names::STS_ATTRIBUTES, 12, 0),
    ];
    if emergency {
        objects.insert(2, CosemObject::new(ClassId::CREDIT, 0, names::EMERGENCY_CREDIT, 11, 3).callable(3));
    }
    objects
}
