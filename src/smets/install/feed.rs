//! What a decoded message tells the checklist.

use time::OffsetDateTime;

use crate::smets::duis::decode::{Message, MessageKind};
use crate::smets::install::{Checklist, DeviceType, Status};

/// One thing a message settled.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// Key of the step.
    pub step: String,
    /// How far it has come now.
    pub status: Status,
    /// What shows it.
    pub evidence: String,
}

/// Steps settled by the final answer to a request.
const ANSWERS: [(&str, &str); 13] = [
    ("12.1", "coverage"),
    ("8.14.1", "hub-report"),
    ("8.14.2", "hub-report-no-wan"),
    ("8.1.1", "commission"),
    ("6.20.1", "meter-point"),
    ("6.15.1", "credentials"),
    ("6.21", "credentials"),
    ("1.1.1", "tariff"),
    ("8.7.1", "bind"),
    ("8.7.2", "bind"),
    ("12.2", "announce"),
    ("8.11", "whitelist"),
    ("6.24.1", "credentials"),
];

/// Alerts that settle a step of the device that sends them.
const ALERTS: [(&str, &str, Status); 4] = [
    ("8183", "join", Status::Done),
    ("8F49", "join", Status::Done),
    ("8F48", "join", Status::Failed),
    ("8F69", "commission", Status::Done),
];

/// Applies a message. A message about devices of another site changes nothing; one about a device without a known ID
/// settles a step only when the site has one such device.
pub fn apply(checklist: &mut Checklist, message: &Message<'_>, now: OffsetDateTime) -> Vec<Change> {
    let mut changes = Vec::new();
    match message.kind {
        MessageKind::Response => {
            inventory(checklist, message, &mut changes);
            answer(checklist, message, &mut changes);
        }
        MessageKind::DeviceAlert | MessageKind::DccAlert => alert(checklist, message, &mut changes),
        _ => {}
    }
    changes.retain(|change| {
        let known = checklist.steps.get(&change.step).is_some_and(|entry| entry.evidence.contains(&change.evidence));
        // A message proves that what comes before it was done, so the order is not asked for.
        !known && checklist.mark(&change.step, change.status, Some(change.evidence.clone()), now, true).is_ok()
    });
    changes
}

/// The final answer to a request: I0, or an error.
fn answer(checklist: &Checklist, message: &Message<'_>, changes: &mut Vec<Change>) {
    let (Some(srv), Some(code)) = (message.srv, message.response_code) else { return };
    let status = match code {
        "I0" => Status::Done,
        _ if code.starts_with('E') => Status::Failed,
        // I99 says that the request was taken, not that it was done.
        _ => return,
    };
    let Some((_, id)) = ANSWERS.iter().find(|(known, _)| *known == srv) else { return };
    let meaning = message.response_meaning.map(|meaning| format!(" ({meaning})")).unwrap_or_default();
    let evidence = format!("{srv} answered {code}{meaning}");
    for step in checklist.all_steps().iter().filter(|step| step.key.split('/').next() == Some(*id)) {
        let fits = match &step.device {
            None => true,
            Some(device) => concerns(checklist, device, message),
        };
        if fits && step.status != Status::Done {
            changes.push(Change { step: step.key.clone(), status, evidence: evidence.clone() });
        }
    }
}

fn alert(checklist: &Checklist, message: &Message<'_>, changes: &mut Vec<Change>) {
    let code = message.alert_code.as_deref().unwrap_or_default();
    let name = message.alert_name.unwrap_or_default();
    if let Some((_, id, status)) = ALERTS.iter().find(|(known, ..)| *known == code) {
        for step in checklist.all_steps().iter().filter(|step| step.key.split('/').next() == Some(*id)) {
            if step.device.as_ref().is_some_and(|device| concerns(checklist, device, message)) {
                changes.push(Change {
                    step: step.key.clone(),
                    status: *status,
                    evidence: format!("alert {code} {name}"),
                });
            }
        }
    }
    let is_log_result = message.body.is_some_and(|body| body.at(&["DCCAlert", "UpdateHANDeviceLogResult"]).is_some());
    if is_log_result {
        // The alert names the request, not the device, so it settles a whitelist step only when one is open.
        let steps = checklist.all_steps();
        let mut open = steps.iter().filter(|step| step.key.starts_with("whitelist/") && step.status == Status::Open);
        if let (Some(step), None) = (open.next(), open.next()) {
            let code = message.dcc_alert_code.unwrap_or_default();
            let evidence = format!("DCC alert {code} Update HAN Device Log Result");
            changes.push(Change { step: step.key.clone(), status: Status::Done, evidence });
        }
    }
}

/// The states of the devices in an answer to 8.2.
fn inventory(checklist: &Checklist, message: &Message<'_>, changes: &mut Vec<Change>) {
    let Some(inventory) = message.body.and_then(|body| body.child("DSPInventory")) else { return };
    for found in inventory.children.iter().filter(|child| child.name == "Device") {
        let (Some(id), Some(status)) = (found.text_at(&["DeviceID"]), found.text_at(&["DeviceStatus"])) else {
            continue;
        };
        let reached: &[&str] = match status {
            "Pending" => &["announce"],
            "Whitelisted" => &["announce", "whitelist"],
            "InstalledNotCommissioned" => &["announce", "whitelist", "join"],
            "Commissioned" => &["announce", "whitelist", "join", "commission"],
            _ => continue,
        };
        let names = checklist.device_names();
        let known = checklist.devices.iter().zip(&names);
        let Some((_, name)) =
            known.clone().find(|(device, _)| device.id.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(id)))
        else {
            continue;
        };
        for step in checklist
            .all_steps()
            .iter()
            .filter(|step| step.device.as_ref() == Some(name) && step.status != Status::Done)
        {
            if step.key.split('/').next().is_some_and(|key| reached.contains(&key)) {
                changes.push(Change {
                    step: step.key.clone(),
                    status: Status::Done,
                    evidence: format!("inventory shows {status}"),
                });
            }
        }
    }
}

/// Whether a message is about the device of this name: by its ID anywhere a message may have it, or because it is
/// the only one of its type and no ID was given.
fn concerns(checklist: &Checklist, name: &str, message: &Message<'_>) -> bool {
    let names = checklist.device_names();
    let Some((device, _)) = checklist.devices.iter().zip(&names).find(|(_, known)| *known == name) else {
        return false;
    };
    let Some(id) = &device.id else {
        let alone = checklist.devices.iter().filter(|other| other.kind == device.kind).count() == 1;
        let others_known = checklist.devices.iter().any(|other| {
            other.id.as_ref().is_some_and(|id| message.device().is_some_and(|found| found.eq_ignore_ascii_case(id)))
        });
        let meters = |kind| matches!(kind, DeviceType::Esme | DeviceType::Gsme);
        let rivals = checklist.devices.iter().filter(|other| other.id.is_none() && meters(other.kind)).count();
        return alone && !others_known && meters(device.kind) && rivals == 1;
    };
    let mut ids = vec![message.device()];
    ids.push(message.gbcs.as_ref().map(|header| header.originator.to_string()));
    for field in ["DeviceID", "OtherDeviceID"] {
        ids.extend(
            message.body.into_iter().flat_map(|body| body.descendants(field)).map(|found| Some(found.text.clone())),
        );
    }
    ids.iter().flatten().any(|found| found.eq_ignore_ascii_case(id))
}
