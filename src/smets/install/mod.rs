//! The installer's checklist: what is done, what comes next, who does it, and what holds it up.

pub mod feed;
pub mod generation;
pub mod lights;
pub mod page;
pub mod steps;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::smets::catalogue::{Catalogue, Permission, Role, may};
use crate::smets::identifier::Eui64;
use steps::{StepDefinition, definitions};

/// Types of devices on a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum DeviceType {
    /// Communications hub.
    Chf,
    /// Electricity meter.
    Esme,
    /// Gas meter.
    Gsme,
    /// Gas proxy function of the hub.
    Gpf,
    /// Prepayment display.
    Ppmid,
    /// In-home display.
    Ihd,
    /// Consumer access device.
    Cad,
    /// External load switch.
    Hcalcs,
}

impl DeviceType {
    /// Every type.
    pub const ALL: [DeviceType; 8] = [
        DeviceType::Chf,
        DeviceType::Esme,
        DeviceType::Gsme,
        DeviceType::Gpf,
        DeviceType::Ppmid,
        DeviceType::Ihd,
        DeviceType::Cad,
        DeviceType::Hcalcs,
    ];

    /// The word of the interface.
    pub const fn word(self) -> &'static str {
        match self {
            DeviceType::Chf => "CHF",
            DeviceType::Esme => "ESME",
            DeviceType::Gsme => "GSME",
            DeviceType::Gpf => "GPF",
            DeviceType::Ppmid => "PPMID",
            DeviceType::Ihd => "IHD",
            DeviceType::Cad => "CAD",
            DeviceType::Hcalcs => "HCALCS",
        }
    }
}

impl fmt::Display for DeviceType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

/// A device of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: DeviceType,
    /// Its ID, once known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl FromStr for Device {
    type Err = String;

    /// `ESME` or `ESME=00-DB-12-34-56-78-90-A0`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, id) = text.split_once('=').map_or((text, None), |(kind, id)| (kind, Some(id)));
        let known = DeviceType::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(kind.trim()));
        let kind = known.ok_or_else(|| {
            format!("{kind:?} is no device type: use CHF, ESME, GSME, GPF, PPMID, IHD, CAD or HCALCS")
        })?;
        let id = id.map(Eui64::from_str).transpose().map_err(|error| error.to_string())?;
        Ok(Device { kind, id: id.map(|id| id.to_string()) })
    }
}

/// Whether the hub reaches the DCC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wan {
    /// Not looked at yet.
    #[default]
    Unknown,
    /// The hub is connected.
    Up,
    /// It is not: what needs the DCC goes by local delivery, or waits.
    None,
}

/// How far a step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not done.
    #[default]
    Open,
    /// Done.
    Done,
    /// Tried and failed.
    Failed,
    /// Left out, for a reason.
    Skipped,
}

impl Status {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Done => "done",
            Status::Failed => "failed",
            Status::Skipped => "skipped",
        }
    }

    const fn is_settled(self) -> bool {
        matches!(self, Status::Done | Status::Skipped)
    }
}

/// What is kept of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// How far it has come.
    pub status: Status,
    /// When that was noted.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub at: Option<OffsetDateTime>,
    /// What shows it, or why it failed or was left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// Requests that the device carried out for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proven: Vec<String>,
    /// Requests to which the last answer was a refusal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<String>,
    /// When the newest message of each kind was written, in seconds since 1970.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub newest: BTreeMap<String, i64>,
}

/// The checklist of one site, as its file holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// Always [`Checklist::SCHEMA`].
    pub schema: String,
    /// The devices.
    pub devices: Vec<Device>,
    /// Meter points, as given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meter_points: Vec<String>,
    /// Whether the hub reaches the DCC.
    #[serde(default)]
    pub wan: Wan,
    /// Whether the hub takes the place of another.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hub_swap: bool,
    /// Steps something is known of, by key.
    #[serde(default)]
    pub steps: BTreeMap<String, Entry>,
}

/// A step of this site with everything a person needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// `announce/ESME`, or `hub` for a step of the site.
    pub key: String,
    /// What is to be done.
    pub title: &'static str,
    /// The device, for a step of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// Service requests that do it.
    pub srv: Vec<&'static str>,
    /// `fitter`, or the roles whose system does it.
    pub who: Vec<String>,
    /// What shows that it is done.
    pub evidence_wanted: &'static str,
    /// How far it has come.
    pub status: Status,
    /// When that was noted.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub at: Option<OffsetDateTime>,
    /// What shows it.
    pub evidence: Vec<String>,
    /// Open steps that come first.
    pub blocked_by: Vec<String>,
    /// Set where there is no WAN: how it goes all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_wan: Option<&'static str>,
}

impl Step {
    /// Whether it can be done now.
    pub fn is_ready(&self) -> bool {
        matches!(self.status, Status::Open | Status::Failed) && self.blocked_by.is_empty()
    }
}

/// Why a checklist cannot be used or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChecklistError {
    /// Not such a file.
    #[error("it does not read as a checklist: {0}")]
    Shape(String),
    /// A step that this site does not have.
    #[error("there is no step {key:?}; there are {}", .known.join(", "))]
    UnknownStep {
        /// As given.
        key: String,
        /// Keys there are.
        known: Vec<String>,
    },
    /// Steps before it are open.
    #[error("{key} waits for {}", .by.join(", "))]
    Blocked {
        /// The step.
        key: String,
        /// What it waits for.
        by: Vec<String>,
    },
}

const LOCAL_DELIVERY: &str = "no WAN: ask for the command with variant 2 (critical: 6), put it on the HAN with the hand-held device \
    and return the answer with 8.13; else it waits for the WAN";

impl Checklist {
    /// Value of the `schema` field.
    pub const SCHEMA: &'static str = "wattkey/smets-install/1";

    /// A fresh checklist. A hub is added when none is named: no site is without.
    pub fn new(mut devices: Vec<Device>, meter_points: Vec<String>) -> Self {
        if devices.iter().all(|device| device.kind != DeviceType::Chf) {
            devices.insert(0, Device { kind: DeviceType::Chf, id: None });
        }
        Checklist {
            schema: Self::SCHEMA.to_owned(),
            devices,
            meter_points,
            wan: Wan::Unknown,
            hub_swap: false,
            steps: BTreeMap::new(),
        }
    }

    /// Reads the text of a checklist's file.
    ///
    /// # Errors
    /// [`ChecklistError::Shape`].
    pub fn parse(text: &str) -> Result<Self, ChecklistError> {
        let checklist: Checklist =
            serde_json::from_str(text).map_err(|error| ChecklistError::Shape(error.to_string()))?;
        if checklist.schema == Self::SCHEMA {
            Ok(checklist)
        } else {
            Err(ChecklistError::Shape(format!("its schema is {:?}", checklist.schema)))
        }
    }

    /// The names devices go by in step keys: the type, with a number from the second of a type on.
    pub fn device_names(&self) -> Vec<String> {
        self.devices
            .iter()
            .enumerate()
            .map(|(index, device)| {
                let before = self.devices.iter().take(index).filter(|other| other.kind == device.kind).count();
                if before == 0 { device.kind.to_string() } else { format!("{}-{}", device.kind, before + 1) }
            })
            .collect()
    }

    /// The device that goes by a name in step keys.
    fn device_named(&self, name: &str) -> Option<&Device> {
        let names = self.device_names();
        self.devices.iter().zip(&names).find(|(_, known)| *known == name).map(|(device, _)| device)
    }

    /// Every step of this site, in order.
    pub fn all_steps(&self) -> Vec<Step> {
        let names = self.device_names();
        let mut steps: Vec<Step> = Vec::new();
        for definition in definitions().iter().filter(|definition| definition.belongs(self)) {
            if definition.devices.is_empty() {
                steps.push(self.step(definition, None));
            }
            for (device, name) in self.devices.iter().zip(&names) {
                if definition.devices.contains(&device.kind) {
                    steps.push(self.step(definition, Some(name)));
                }
            }
        }
        let settled: BTreeMap<String, bool> =
            steps.iter().map(|step| (step.key.clone(), step.status.is_settled())).collect();
        for (step, definition) in steps.iter_mut().zip(self.definitions_of_steps(&names)) {
            for need in &definition.needs {
                let wanted = match (need.split_once("/*"), &step.device) {
                    (Some((id, _)), Some(device)) => format!("{id}/{device}"),
                    _ => need.clone(),
                };
                let waits = |key: &&String| {
                    **key == wanted || key.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.starts_with('/'))
                };
                step.blocked_by.extend(
                    settled.iter().filter(|(_, settled)| !**settled).map(|(key, _)| key).filter(waits).cloned(),
                );
            }
        }
        steps
    }

    /// Every step with its definition.
    fn defined_steps(&self) -> Vec<(&'static StepDefinition, Step)> {
        self.definitions_of_steps(&self.device_names()).into_iter().zip(self.all_steps()).collect()
    }

    /// Requests that a device carried out for a step.
    fn proven(&self, key: &str) -> &[String] {
        self.steps.get(key).map(|entry| entry.proven.as_slice()).unwrap_or_default()
    }

    /// Requests of a step to which the last answer was a refusal.
    fn refused(&self, key: &str) -> &[String] {
        self.steps.get(key).map(|entry| entry.refused.as_slice()).unwrap_or_default()
    }

    /// Notes that a device carried out a request of a step, or did not: the last answer counts.
    fn note_answer(&mut self, key: &str, srv: &str, carried_out: bool) {
        let entry = self.steps.entry(key.to_owned()).or_default();
        entry.proven.retain(|known| known != srv);
        entry.refused.retain(|known| known != srv);
        if carried_out { &mut entry.proven } else { &mut entry.refused }.push(srv.to_owned());
    }

    /// Whether no message of this kind that was written later has spoken of the step; it is then the newest one. A
    /// message without a time counts as new.
    fn is_newest(&mut self, key: &str, about: &str, written: Option<OffsetDateTime>) -> bool {
        let Some(written) = written.map(OffsetDateTime::unix_timestamp) else { return true };
        let newest = &mut self.steps.entry(key.to_owned()).or_default().newest;
        if newest.get(about).is_some_and(|newest| *newest > written) {
            return false;
        }
        newest.insert(about.to_owned(), written);
        true
    }

    /// The definition of each step, in the order of [`Checklist::all_steps`].
    fn definitions_of_steps(&self, names: &[String]) -> Vec<&'static StepDefinition> {
        definitions()
            .iter()
            .filter(|definition| definition.belongs(self))
            .flat_map(|definition| {
                let times = if definition.devices.is_empty() {
                    1
                } else {
                    self.devices
                        .iter()
                        .zip(names)
                        .filter(|(device, _)| definition.devices.contains(&device.kind))
                        .count()
                };
                std::iter::repeat_n(definition, times)
            })
            .collect()
    }

    fn step(&self, definition: &'static StepDefinition, device: Option<&String>) -> Step {
        let key = device.map_or_else(|| definition.id.clone(), |device| format!("{}/{device}", definition.id));
        let entry = self.steps.get(&key).cloned().unwrap_or_default();
        let roles: Vec<Role> = definition.roles.iter().copied().filter(|role| fits_fuel(*role, device)).collect();
        // A request that only the other fuel's parties may send does not belong to this device.
        let sent_by_them = |srv: &str| {
            let request = Catalogue::shipped().find(srv);
            request.is_some_and(|request| roles.iter().any(|role| may(*role, request) != Permission::NotPermitted))
        };
        let srv = definition.srv.iter().map(String::as_str).filter(|srv| sent_by_them(srv)).collect();
        let who =
            if definition.by_hand { vec!["fitter".to_owned()] } else { roles.iter().map(Role::to_string).collect() };
        let over_wan = !definition.by_hand && definition.needs_device && self.wan == Wan::None;
        Step {
            key,
            title: &definition.title,
            device: device.cloned(),
            srv,
            who,
            evidence_wanted: &definition.evidence,
            status: entry.status,
            at: entry.at,
            evidence: entry.evidence,
            blocked_by: Vec::new(),
            without_wan: over_wan.then_some(LOCAL_DELIVERY),
        }
    }

    /// Steps that can be done now, in order.
    pub fn next(&self) -> Vec<Step> {
        self.all_steps().into_iter().filter(Step::is_ready).collect()
    }

    /// Whether nothing is left.
    pub fn is_finished(&self) -> bool {
        self.all_steps().iter().all(|step| step.status.is_settled())
    }

    /// Notes how far a step has come. A step is only done after those it waits for, unless `force`.
    ///
    /// # Errors
    /// An unknown step, or one that waits.
    pub fn mark(
        &mut self,
        key: &str,
        status: Status,
        evidence: Option<String>,
        now: OffsetDateTime,
        force: bool,
    ) -> Result<(), ChecklistError> {
        let steps = self.all_steps();
        let Some(step) = steps.iter().find(|step| step.key.eq_ignore_ascii_case(key)) else {
            let known = steps.into_iter().map(|step| step.key).collect();
            return Err(ChecklistError::UnknownStep { key: key.to_owned(), known });
        };
        if status == Status::Done && !force && !step.blocked_by.is_empty() {
            return Err(ChecklistError::Blocked { key: step.key.clone(), by: step.blocked_by.clone() });
        }
        let entry = self.steps.entry(step.key.clone()).or_default();
        entry.status = status;
        entry.at = Some(now);
        if status == Status::Done {
            entry.refused.clear();
        }
        if let Some(evidence) = evidence {
            entry.evidence.retain(|known| *known != evidence);
            entry.evidence.push(evidence);
        }
        Ok(())
    }
}

/// Gas is the gas supplier's, electricity the import and export supplier's.
fn fits_fuel(role: Role, device: Option<&String>) -> bool {
    match device.map(|device| device.split('-').next().unwrap_or_default()) {
        Some("ESME") => !matches!(role, Role::Gs | Role::Gt),
        Some("GSME") => !matches!(role, Role::Is | Role::Es | Role::Ed),
        _ => true,
    }
}

#[cfg(test)]
mod tests;
