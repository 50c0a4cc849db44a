//! What a decoded message tells the checklist.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::smets::catalogue::Catalogue;
use crate::smets::duis::decode::{Message, MessageKind, RequestOutcome};
use crate::smets::duis::kind::RequestId;
use crate::smets::duis::tree::Element;
use crate::smets::gbcs::Outcome;
use crate::smets::install::{Checklist, DeviceType, Status, Step};

/// One thing a message settled.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// Key of the step.
    pub step: String,
    /// How far it has come now.
    pub status: Status,
    /// What shows it.
    pub evidence: String,
    /// What kind of message shows it: a request, an alert, the inventory.
    #[serde(skip)]
    about: String,
    /// For an answer, whether the device carried the request out.
    #[serde(skip)]
    carried_out: Option<bool>,
}

/// Requests to the DCC whose answer is data, so that I99 does not end them.
const RETURNS_DATA: [&str; 3] = ["12.1", "8.2", "5.2"];

/// Steps that the state of a device in the inventory speaks of.
const INVENTORY_STEPS: [&str; 4] = ["announce", "whitelist", "join", "commission"];

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
    if message.is_contradictory {
        return changes;
    }
    match message.kind {
        MessageKind::Response => {
            inventory(checklist, message, &mut changes);
            answer(checklist, message, &mut changes);
        }
        MessageKind::DeviceAlert | MessageKind::DccAlert => alert(checklist, message, &mut changes),
        _ => {}
    }
    let written = message.time.and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok());
    changes.retain(|change| {
        // The same message again, or one from before the newest of its kind, says nothing new.
        let entry = checklist.steps.get(&change.step);
        let is_last =
            entry.is_some_and(|entry| entry.status == change.status && entry.evidence.last() == Some(&change.evidence));
        let is_newest = checklist.is_newest(&change.step, &change.about, written);
        if is_last || !is_newest {
            return false;
        }
        if let Some(carried_out) = change.carried_out {
            checklist.note_answer(&change.step, &change.about, carried_out);
        }
        // A message proves that what comes before it was done, so the order is not asked for.
        checklist.mark(&change.step, change.status, Some(change.evidence.clone()), now, true).is_ok()
    });
    changes
}

/// The final answer to a request. What proves a step is in the data: which requests, all of them carried out by the
/// device; a pre-command, a command for local delivery and an answer that does not read prove nothing.
fn answer(checklist: &Checklist, message: &Message<'_>, changes: &mut Vec<Change>) {
    let (Some(srv), Some(code), Some(outcome)) = (message.srv, message.response_code, message.outcome) else { return };
    let to_the_dcc = Catalogue::shipped().find(srv).is_some_and(|request| request.dcc_only);
    let carried_out = match outcome {
        RequestOutcome::Failed | RequestOutcome::Answered(Outcome::Refused | Outcome::NotFound) => false,
        RequestOutcome::Answered(Outcome::Done) => true,
        RequestOutcome::Done => to_the_dcc,
        // A request to the DCC that returns no data ends with I99; to a device it only means that it was taken.
        RequestOutcome::Taken if to_the_dcc && !RETURNS_DATA.contains(&srv) => true,
        _ => return,
    };
    if !carried_out && outcome == RequestOutcome::Done {
        return;
    }
    let meaning = message.response_meaning.as_ref().map(|meaning| format!(" ({meaning})")).unwrap_or_default();
    let evidence = format!("{srv} answered {code}{meaning}");
    let message_code = message.gbcs.as_ref().map(|header| header.message_code);
    for (definition, step) in checklist.defined_steps() {
        if !definition.is_proven_by(srv, message_code) {
            continue;
        }
        let fits = |device: &String| concerns(checklist, device, message) && speaks_for(checklist, device, message);
        if !step.device.as_ref().is_none_or(fits) {
            continue;
        }
        let status = match carried_out {
            false => Status::Failed,
            // Another request of the step is still refused.
            true if checklist.refused(&step.key).iter().any(|refused| refused != srv) => Status::Failed,
            true if definition.is_settled_by(srv, checklist.proven(&step.key)) => Status::Done,
            true if step.status == Status::Done => Status::Done,
            true => Status::Open,
        };
        changes.push(Change {
            step: step.key.clone(),
            status,
            evidence: evidence.clone(),
            about: srv.to_owned(),
            carried_out: Some(carried_out),
        });
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
                    about: "alert".to_owned(),
                    carried_out: None,
                });
            }
        }
    }
    let log_result = message.body.and_then(|body| body.at(&["DCCAlert", "UpdateHANDeviceLogResult"]));
    if let Some(result) = log_result {
        let request = result.text_at(&["UpdateHANDeviceLogServiceRequestID"]).unwrap_or_default().trim();
        let evidence =
            |code: &str, says: &str| format!("DCC alert {code} Update HAN Device Log Result{says}, request {request}");
        let steps = checklist.all_steps();
        let mut whitelist = steps.iter().filter(|step| step.key.starts_with("whitelist/"));
        let (step, status, evidence) = match message.dcc_alert_code {
            // Of the codes that come with this body only N24 is known to say that the list was changed. The alert names
            // the request, not the device, so it settles a whitelist step only when one is open.
            Some(code @ "N24") if is_of_this_hub(checklist, result) => {
                let mut open = whitelist.filter(|step| step.status == Status::Open);
                let only = open.next().filter(|_| open.next().is_none());
                (only, Status::Done, evidence(code, ""))
            }
            // The same request cannot have ended well and doubtfully: what it had settled is open again.
            Some(code @ ("N25" | "N26"))
                if is_of_this_hub(checklist, result) && RequestId::parse(request).is_some() =>
            {
                let told = format!(", request {request}");
                let settled = |step: &&Step| {
                    step.status == Status::Done && step.evidence.last().is_some_and(|last| last.ends_with(&told))
                };
                (whitelist.find(settled), Status::Open, evidence(code, " says that the outcome is doubtful"))
            }
            _ => return,
        };
        if let Some(step) = step {
            let about = "device log".to_owned();
            changes.push(Change { step: step.key.clone(), status, evidence, about, carried_out: None });
        }
    }
}

/// The states of the devices in an answer to 8.2.
fn inventory(checklist: &Checklist, message: &Message<'_>, changes: &mut Vec<Change>) {
    let Some(inventory) = message.body.and_then(|body| body.child("DSPInventory")) else { return };
    for found in inventory.children.iter().filter(|child| child.name == "Device") {
        let (Some(id), Some(found_status)) = (found.text_at(&["DeviceID"]), found.text_at(&["DeviceStatus"])) else {
            continue;
        };
        let reached: &[&str] = match found_status {
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
        for step in checklist.all_steps().iter().filter(|step| step.device.as_ref() == Some(name)) {
            let Some(id) = step.key.split('/').next().filter(|id| INVENTORY_STEPS.contains(id)) else { continue };
            let status = match (reached.contains(&id), step.status) {
                (true, Status::Done) | (false, Status::Open | Status::Failed | Status::Skipped) => continue,
                (true, _) => Status::Done,
                // What the inventory does not know of is not done, whatever was noted before.
                (false, Status::Done) => Status::Open,
            };
            let evidence = format!("inventory shows {found_status}");
            let about = "inventory".to_owned();
            changes.push(Change { step: step.key.clone(), status, evidence, about, carried_out: None });
        }
    }
}

/// Whether the request that a device log result answers went to the hub of the site, as far as its ID is known.
fn is_of_this_hub(checklist: &Checklist, result: &Element) -> bool {
    let request = result.text_at(&["UpdateHANDeviceLogServiceRequestID"]).and_then(RequestId::parse);
    let mut hubs = checklist.devices.iter().filter(|device| device.kind == DeviceType::Chf);
    let Some(request) = request else { return true };
    let is_target = |id: &String| id.eq_ignore_ascii_case(&request.target.to_string());
    hubs.all(|hub| hub.id.as_ref().is_none_or(is_target))
}

/// Whether the use case of the device's answer is one of this type of device: electricity meters do not answer with
/// those of gas.
fn speaks_for(checklist: &Checklist, name: &str, message: &Message<'_>) -> bool {
    let kind = checklist.device_named(name).map(|device| device.kind);
    let use_cases = message.gbcs.as_ref().map(|header| header.use_cases).unwrap_or_default();
    let foreign = match kind {
        Some(DeviceType::Esme) => "GCS",
        Some(DeviceType::Gsme | DeviceType::Gpf) => "ECS",
        _ => return true,
    };
    use_cases.is_empty() || use_cases.iter().any(|use_case| !use_case.starts_with(foreign))
}

/// Whether a message is about the device of this name: by its ID anywhere a message may have it, or because it is
/// the only one of its type and no ID was given.
fn concerns(checklist: &Checklist, name: &str, message: &Message<'_>) -> bool {
    let Some(device) = checklist.device_named(name) else { return false };
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
