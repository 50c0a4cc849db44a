//! Codes of GB smart metering as readings, and the texts a user adds to them.

use crate::knowledge::{Kind, KnowledgeEntry};
use crate::smets::catalogue::{Catalogue, Role};
use crate::smets::codes::dcc_alert::{self, CodeStanding};
use crate::smets::codes::{device_alert, response};

/// Name of the user's own texts, beside the configuration file.
pub const OWN_TEXTS: &str = "smets-texts.json";

/// Every response code; one without a public meaning says so.
pub fn response_codes() -> Vec<KnowledgeEntry> {
    response::all()
        .iter()
        .map(|record| {
            let of = record.service_reference.as_ref().map(|reference| format!("; it belongs to {reference}"));
            let meaning = record
                .meaning
                .clone()
                .unwrap_or_else(|| format!("{}, no public text says which{}", record.kind, of.unwrap_or_default()));
            let mut reading = KnowledgeEntry::new(Kind::ResponseCode, &record.code, meaning);
            reading.class = Some(record.class.as_ref().unwrap_or(&record.kind).clone());
            reading.next_steps.extend(record.installer.clone());
            if record.meaning.is_none() {
                reading
                    .next_steps
                    .push(format!("Add the text of the DUIS document to {OWN_TEXTS} beside config.toml."));
            }
            reading
        })
        .collect()
}

/// Every DCC alert: its codes, and its messages by name.
pub fn dcc_alerts() -> Vec<KnowledgeEntry> {
    let codes = dcc_alert::codes().iter().filter_map(|code| dcc_alert::by_code(code)).map(|(code, alert, standing)| {
        let meaning = match (alert, standing) {
            (Some(alert), CodeStanding::Verified | CodeStanding::Unverified) => {
                format!("{}: {}", alert.message, alert.meaning)
            }
            _ => "a DCC alert; no public text ties the code to a message, so read the body".to_owned(),
        };
        let mut reading = KnowledgeEntry::new(Kind::DccAlert, code, meaning);
        reading.unverified = standing == CodeStanding::Unverified;
        reading
    });
    let messages = dcc_alert::all().iter().map(|alert| {
        let mut reading = KnowledgeEntry::new(Kind::DccAlert, &alert.message, &alert.meaning).also(&alert.element);
        reading.next_steps.push(format!("Its body holds {}.", alert.fields.join(", ")));
        reading
    });
    codes.chain(messages).collect()
}

/// Every device alert.
pub fn device_alerts() -> Vec<KnowledgeEntry> {
    device_alert::all()
        .iter()
        .map(|alert| {
            let mut reading = KnowledgeEntry::new(Kind::DeviceAlert, &alert.code, &alert.name);
            reading.radix = 16;
            reading.class = Some(alert.class.clone());
            reading.recipients.clone_from(&alert.recipients);
            reading.unverified = alert.unverified;
            reading.next_steps.extend(alert.installer.clone());
            reading
        })
        .collect()
}

/// Every service request, by number and name.
pub fn requests() -> Vec<KnowledgeEntry> {
    let all = Catalogue::shipped().all().iter();
    all.map(|request| {
        let roles = request.roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(", ");
        let critical =
            if request.critical { "critical: the DCC answers with a pre-command to sign" } else { "not critical" };
        KnowledgeEntry::new(Kind::Request, &request.srv, format!("{}; {critical}", request.name))
            .also(&request.name)
            .also(&request.element)
            .step(format!(
                "May be sent by {}.",
                if roles.is_empty() { "roles that no public source names" } else { &roles }
            ))
            .step(format!("`wattkey smets requests show {}` tells its fields.", request.srv))
    })
    .collect()
}

/// Every role.
pub fn roles() -> Vec<KnowledgeEntry> {
    let reading = |role: Role| {
        KnowledgeEntry::new(Kind::Request, role.word(), format!("DCC user role: {}", role.name()))
            .also(role.name())
            .step(format!("`wattkey smets may {} SRV` tells what it may send.", role.word()))
    };
    Role::ALL.into_iter().map(reading).collect()
}
