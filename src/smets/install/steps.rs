//! The steps of an installation, as data.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::smets::catalogue::Role;
use crate::smets::install::{Checklist, DeviceType, Wan};

const TEXT: &str = include_str!("../../../data/smets/installation.json");

static STEPS: LazyLock<File> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
struct File {
    records: Vec<StepDefinition>,
}

/// When a step belongs to a site, by its WAN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WanCondition {
    /// Always.
    Any,
    /// Unless the site is known to have no WAN.
    Up,
    /// Only where there is no WAN.
    None,
}

/// A step, for any site.
#[derive(Debug, Clone, Deserialize)]
pub struct StepDefinition {
    /// Its name in keys.
    pub id: String,
    /// What is to be done.
    pub title: String,
    /// Service requests that do it.
    pub srv: Vec<String>,
    /// Roles that may send them.
    pub roles: Vec<Role>,
    /// Whether the fitter does it.
    pub by_hand: bool,
    /// Device types it is done for; empty for the site.
    #[serde(rename = "for")]
    pub devices: Vec<DeviceType>,
    /// Steps before it; `/*` is the same step of the same device.
    pub needs: Vec<String>,
    /// When it belongs to a site.
    pub wan: WanCondition,
    /// What shows that it is done.
    pub evidence: String,
    /// Answers that settle it: of each list one request must have been carried out.
    #[serde(default)]
    pub proven_by: Vec<Vec<String>>,
    /// Message codes, four hex digits, of which a GBCS answer must carry one; empty for any.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Device types of which the site must have one; empty for any site.
    #[serde(default)]
    pub with: Vec<DeviceType>,
    /// Whether it belongs only to a site whose hub is replaced.
    #[serde(default)]
    pub hub_swap: bool,
    /// Whether a request of it goes to a device on site, so that it needs the WAN.
    #[serde(skip)]
    pub needs_device: bool,
}

impl StepDefinition {
    /// Whether the answer to a request speaks of the step.
    pub fn is_proven_by(&self, srv: &str, message_code: Option<u16>) -> bool {
        let carries = |code: &String| u16::from_str_radix(code, 16).ok() == message_code;
        // An error of the DCC comes without a message of the device.
        let fits = self.codes.is_empty() || message_code.is_none() || self.codes.iter().any(carries);
        fits && self.proven_by.iter().flatten().any(|known| known == srv)
    }

    /// Whether `srv` and the requests carried out before settle it.
    pub fn is_settled_by(&self, srv: &str, before: &[String]) -> bool {
        let is_done = |known: &String| known == srv || before.contains(known);
        !self.proven_by.is_empty() && self.proven_by.iter().all(|list| list.iter().any(is_done))
    }

    /// Whether the step belongs to a site.
    pub fn belongs(&self, site: &Checklist) -> bool {
        let has = |kind: &DeviceType| site.devices.iter().any(|device| device.kind == *kind);
        (self.with.is_empty() || self.with.iter().any(has))
            && (!self.hub_swap || site.hub_swap)
            && self.belongs_with(site.wan)
    }

    fn belongs_with(&self, wan: Wan) -> bool {
        match self.wan {
            WanCondition::Any => true,
            WanCondition::Up => wan != Wan::None,
            WanCondition::None => wan == Wan::None,
        }
    }
}

/// Every step, in order.
pub fn definitions() -> &'static [StepDefinition] {
    static WITH_DEVICES: LazyLock<Vec<StepDefinition>> = LazyLock::new(|| {
        let catalogue = crate::smets::catalogue::Catalogue::shipped();
        let needs_device = |srv: &String| catalogue.find(srv).is_some_and(|request| !request.dcc_only);
        STEPS
            .records
            .iter()
            .map(|step| StepDefinition { needs_device: step.srv.iter().any(needs_device), ..step.clone() })
            .collect()
    });
    &WITH_DEVICES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smets::catalogue::{Catalogue, Permission, may};

    #[test]
    fn every_step_names_requests_and_roles_that_exist_and_needs_that_come_before() {
        let file: File = serde_json::from_str(TEXT).expect("the data file parses");
        let mut before: Vec<&str> = Vec::new();
        for step in &file.records {
            for need in &step.needs {
                let id = need.split('/').next().unwrap_or_default();
                assert!(before.contains(&id), "{} needs {need}", step.id);
            }
            for role in &step.roles {
                let permitted =
                    |srv: &String| may(*role, Catalogue::shipped().find(srv).expect(srv)) == Permission::Permitted;
                assert!(step.srv.iter().any(permitted), "{role} sends nothing of {}", step.id);
            }
            assert_eq!(step.by_hand, step.srv.is_empty(), "{}", step.id);
            for srv in step.proven_by.iter().flatten() {
                assert!(step.srv.contains(srv), "{} is proven by {srv}", step.id);
            }
            before.push(&step.id);
        }
    }
}
