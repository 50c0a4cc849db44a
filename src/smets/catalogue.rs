//! The service requests of the DCC user interface: number, name, roles, command variants.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// The data file, as shipped.
const TEXT: &str = include_str!("../../data/smets/service_requests.json");

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    // The file is compiled in and a test reads it, so the fallback is never seen by a user.
    serde_json::from_str(TEXT).unwrap_or_default()
});

/// Roles under which a party uses the DCC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Role {
    /// Import supplier.
    Is,
    /// Export supplier.
    Es,
    /// Gas supplier.
    Gs,
    /// Registered supplier agent, the usual role of a meter operator.
    Rsa,
    /// Electricity distributor.
    Ed,
    /// Gas transporter.
    Gt,
    /// Other user.
    Ou,
}

impl Role {
    /// Every role, in the order of the interface.
    pub const ALL: [Role; 7] = [Role::Is, Role::Es, Role::Gs, Role::Rsa, Role::Ed, Role::Gt, Role::Ou];

    /// The abbreviation, such as `RSA`.
    pub const fn word(self) -> &'static str {
        match self {
            Role::Is => "IS",
            Role::Es => "ES",
            Role::Gs => "GS",
            Role::Rsa => "RSA",
            Role::Ed => "ED",
            Role::Gt => "GT",
            Role::Ou => "OU",
        }
    }

    /// The full name.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Is => "Import Supplier",
            Role::Es => "Export Supplier",
            Role::Gs => "Gas Supplier",
            Role::Rsa => "Registered Supplier Agent",
            Role::Ed => "Electricity Distributor",
            Role::Gt => "Gas Transporter",
            Role::Ou => "Other User",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

/// A word that names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no role: use IS, ES, GS, RSA, ED, GT or OU")]
pub struct UnknownRole(String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let plain = |text: &str| text.chars().filter(|c| c.is_ascii_alphabetic()).collect::<String>().to_lowercase();
        let wanted = plain(text);
        Role::ALL
            .into_iter()
            .find(|role| plain(role.word()) == wanted || plain(role.name()) == wanted)
            .ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// What kind of handling a request gets; it decides the command variants and the web service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handling {
    /// Answered by the DCC, no device takes part.
    DccOnly,
    /// Can touch supply, money or keys: the sender signs what the DCC built.
    Critical,
    /// Goes to a device without the sender's signature on the command.
    NonCritical,
}

impl fmt::Display for Handling {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Handling::DccOnly => "dcc-only",
            Handling::Critical => "critical",
            Handling::NonCritical => "non-critical",
        })
    }
}

/// One service reference variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRequest {
    /// Service reference variant, such as `8.14.2`.
    pub srv: String,
    /// Service reference, such as `8.14`.
    pub service_reference: String,
    /// Name in the interface.
    pub name: String,
    /// Element of the request body.
    pub element: String,
    /// Whether the sender has to sign the command.
    pub critical: bool,
    /// Whether the DCC answers without a device.
    pub dcc_only: bool,
    /// Command variants the header may carry.
    pub command_variants: Vec<u8>,
    /// Roles that may ever send it; empty where the public matrix names none.
    pub roles: Vec<Role>,
    /// Whether it may run at once.
    pub on_demand: bool,
    /// Who may hold it for a later time: `No`, `Device`, `DSP` or `DSP & Device`.
    pub future_dated: String,
    /// Whether the DCC may repeat it on a schedule.
    pub dcc_schedulable: bool,
    /// Devices it is sent to, read off the use cases: a hint, not a rule.
    pub devices: Vec<String>,
    /// Names of the device use cases it leads to.
    pub use_cases: Vec<String>,
    /// Names from the trade.
    pub aliases: Vec<String>,
    /// Whether users listed it among what they need.
    pub named_by_users: bool,
    /// Where public sources differ or are silent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl ServiceRequest {
    /// How the interface handles it.
    pub fn handling(&self) -> Handling {
        match (self.dcc_only, self.critical) {
            (true, _) => Handling::DccOnly,
            (false, true) => Handling::Critical,
            (false, false) => Handling::NonCritical,
        }
    }

    /// The command variant a first message carries: 8, 4 or 1.
    pub fn usual_command_variant(&self) -> u8 {
        match self.handling() {
            Handling::DccOnly => 8,
            Handling::Critical => 4,
            Handling::NonCritical => 1,
        }
    }
}

/// All service requests.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Catalogue {
    records: Vec<ServiceRequest>,
}

impl Catalogue {
    /// The catalogue shipped with the program.
    pub fn shipped() -> &'static Catalogue {
        &CATALOGUE
    }

    /// Every request, in the order of the interface.
    pub fn all(&self) -> &[ServiceRequest] {
        &self.records
    }

    /// The request of this number; `8.02` and ` 8.2 ` are `8.2`.
    pub fn find(&self, srv: &str) -> Option<&ServiceRequest> {
        let wanted = srv.trim();
        self.records.iter().find(|request| request.srv == wanted).or_else(|| {
            let parts: Option<Vec<u32>> = wanted.split('.').map(|part| part.parse().ok()).collect();
            let plain = parts?.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
            self.records.iter().find(|request| request.srv == plain)
        })
    }

    /// The variants of a service reference: `8.14` has four.
    pub fn variants<'a>(&'a self, reference: &'a str) -> impl Iterator<Item = &'a ServiceRequest> {
        self.records.iter().filter(move |request| request.service_reference == reference)
    }

    /// The request whose body is this element.
    pub fn by_element(&self, element: &str) -> Option<&ServiceRequest> {
        self.records.iter().find(|request| request.element == element)
    }
}

/// What a command variant is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CommandVariant {
    /// Its number in the header.
    pub number: u8,
    /// What goes in and what comes out.
    pub meaning: &'static str,
    /// Which web service takes it.
    pub service: Service,
}

/// The web services of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// Turns a critical request into a pre-command to check and sign.
    Transform,
    /// Sends a command over the WAN.
    Send,
    /// What the DCC answers itself, and commands for local delivery.
    DccOnly,
}

impl Service {
    /// Path on an adaptor of the DCC Boxed shape.
    pub const fn path(self) -> &'static str {
        match self {
            Service::Transform => "/api/v1/serviceT",
            Service::Send => "/api/v1/serviceS",
            Service::DccOnly => "/api/v1/serviceD",
        }
    }
}

/// The command variants a user may send, in the order of the interface (DUIS header).
pub const COMMAND_VARIANTS: [CommandVariant; 8] = [
    CommandVariant { number: 1, meaning: "command over the WAN", service: Service::Send },
    CommandVariant { number: 2, meaning: "command handed back for local delivery", service: Service::DccOnly },
    CommandVariant { number: 3, meaning: "command over the WAN and for local delivery", service: Service::Send },
    CommandVariant { number: 4, meaning: "pre-command to check and sign", service: Service::Transform },
    CommandVariant { number: 5, meaning: "signed pre-command, over the WAN", service: Service::Send },
    CommandVariant { number: 6, meaning: "signed pre-command, for local delivery", service: Service::DccOnly },
    CommandVariant {
        number: 7,
        meaning: "signed pre-command, over the WAN and for local delivery",
        service: Service::Send,
    },
    CommandVariant { number: 8, meaning: "answered by the DCC itself", service: Service::DccOnly },
];

/// The command variant of this number.
pub fn command_variant(number: u8) -> Option<&'static CommandVariant> {
    COMMAND_VARIANTS.iter().find(|variant| variant.number == number)
}

/// Whether a role may ever send a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// The role is in the list.
    Permitted,
    /// The role is not in the list.
    NotPermitted,
    /// The public matrix names no role at all.
    Unknown,
}

/// Looks the role up in the request's list.
pub fn may(role: Role, request: &ServiceRequest) -> Permission {
    if request.roles.is_empty() {
        Permission::Unknown
    } else if request.roles.contains(&role) {
        Permission::Permitted
    } else {
        Permission::NotPermitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_holds_every_variant_and_the_counts_of_the_matrix() {
        let catalogue: Catalogue = serde_json::from_str(TEXT).expect("the data file parses");
        assert_eq!(catalogue.all().len(), 129);
        let sends = |role| catalogue.all().iter().filter(|r| may(role, r) == Permission::Permitted).count();
        assert_eq!(Role::ALL.map(sends), [111, 16, 83, 18, 38, 21, 25]);
        assert_eq!(catalogue.all().iter().filter(|r| r.critical).count(), 37);
        assert_eq!(catalogue.all().iter().filter(|r| r.dcc_only).count(), 16);
        assert_eq!(catalogue.all().iter().filter(|r| r.named_by_users).count(), 123);
    }

    #[test]
    fn command_variants_follow_from_the_handling() {
        for request in Catalogue::shipped().all() {
            let expected: &[u8] = match request.handling() {
                Handling::DccOnly => &[8],
                Handling::Critical => &[4, 5, 6, 7],
                Handling::NonCritical => &[1, 2, 3],
            };
            assert_eq!(request.command_variants, expected, "{}", request.srv);
            let (srv, reference) = (&request.srv, &request.service_reference);
            assert!(srv == reference || srv.starts_with(&format!("{reference}.")), "{srv}");
        }
    }

    #[test]
    fn numbers_are_found_however_they_are_padded() {
        let find = |srv| Catalogue::shipped().find(srv).map(|request| request.srv.as_str());
        assert_eq!(find("8.02"), Some("8.2"));
        assert_eq!(find(" 8.14.1 "), Some("8.14.1"));
        assert_eq!(find("8.14"), None);
        assert_eq!(find("99.1"), None);
    }

    #[test]
    fn roles_read_by_abbreviation_and_name() {
        for role in Role::ALL {
            assert_eq!(role.word().to_lowercase().parse(), Ok(role));
            assert_eq!(role.name().parse(), Ok(role));
        }
        assert!("MOP".parse::<Role>().is_err());
    }
}
