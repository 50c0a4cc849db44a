//! What an order keeps secret: sealed for the devices of its area and for the office.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::office::{OfficeKey, OfficePublic};
use super::store::{Column, Session, Store};
use super::{OrdersError, office};
use crate::headend::pack::PackRecord;
use crate::hex;
use crate::keys::{Identities, Recipient, seal};

/// Group of orders that have nothing sealed.
pub const NOTHING_SEALED: &str = "";

/// Orders resealed in one transaction.
const BATCH: i64 = 200;

/// What is sealed with an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    /// The office's mark: without it nobody can try out what the fingerprint stands for.
    #[serde(default)]
    pub mark: String,
    /// The customer's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vend_code: Option<String>,
    /// Token of the first credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_token: Option<String>,
    /// The utility's record, with tokens issued ahead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<PackRecord>,
}

/// The plain text of what is sealed, and the SHA-256 that stands for it in the signed order.
#[derive(Debug)]
pub struct Plain {
    /// JSON.
    pub text: Zeroizing<Vec<u8>>,
    /// Lower-case hex.
    pub fingerprint: String,
}

impl Secrets {
    /// Whether there is nothing to seal.
    pub fn is_empty(&self) -> bool {
        self.vend_code.is_none() && self.credit_token.is_none() && self.record.is_none()
    }

    /// The text that is sealed for an order; equal secrets of one order give the same.
    ///
    /// # Errors
    /// None in practice: every field can be written.
    pub fn plain(mut self, order: &str, office: &OfficeKey) -> Result<Plain, OrdersError> {
        let write = |secrets: &Secrets| {
            serde_json::to_vec(secrets).map(Zeroizing::new).map_err(|error| OrdersError::Content(error.to_string()))
        };
        self.mark = String::new();
        let unmarked = write(&self)?;
        self.mark = office.mark(&[order.as_bytes(), &unmarked])?;
        let text = write(&self)?;
        let fingerprint = fingerprint(&text);
        Ok(Plain { text, fingerprint })
    }

    /// Opens what is sealed and compares it with the fingerprint of the signed order.
    ///
    /// # Errors
    /// One sentence: it is sealed to others, or it is not what the office signed.
    pub fn open(sealed: &str, fingerprint_signed: &str, identities: &Identities) -> Result<Self, String> {
        let text = identities.open(sealed.as_bytes())?;
        if fingerprint(&text) != fingerprint_signed {
            return Err("what is sealed is not what the office signed".to_owned());
        }
        serde_json::from_slice(&text).map_err(|_| "what is sealed is in no form this version reads".to_owned())
    }
}

fn fingerprint(text: &[u8]) -> String {
    hex::encode(&Sha256::digest(text))
}

/// For whom the sets of an area are sealed.
#[derive(Debug, Clone)]
pub struct Recipients {
    /// Names the group of devices.
    pub group: String,
    devices: Vec<String>,
    keys: Vec<String>,
}

impl Recipients {
    /// The devices that are enrolled for an area and not revoked, and the office.
    ///
    /// # Errors
    /// Those of the store.
    pub fn of_area(session: &mut dyn Session, area: &str, office: &OfficePublic) -> Result<Self, OrdersError> {
        let mut devices = Vec::new();
        let mut keys = vec![office.recipient.clone()];
        let mut digest = Sha256::new();
        digest.update(office.recipient.as_bytes());
        let rows = session.query("SELECT id, recipient, areas FROM device WHERE revoked IS NULL ORDER BY id", &[])?;
        for row in rows {
            if covers(&row.text(2)?, area)? {
                let (id, key) = (row.text(0)?, row.text(1)?);
                digest.update([0]);
                digest.update(id.as_bytes());
                digest.update(key.as_bytes());
                devices.push(id);
                keys.push(key);
            }
        }
        let group = hex::encode(digest.finalize().get(..8).unwrap_or_default());
        Ok(Recipients { group, devices, keys })
    }

    /// Notes who is in the group.
    ///
    /// # Errors
    /// Those of the store.
    pub fn note(&self, session: &mut dyn Session) -> Result<(), OrdersError> {
        let rows: Vec<_> = self.devices.iter().map(|device| vec![(&self.group).into(), device.into()]).collect();
        session.insert_new("seal_member", &[Column::text("seal_group"), Column::text("device")], &rows)?;
        Ok(())
    }

    /// Seals a text for the group.
    ///
    /// # Errors
    /// A device whose recipient is none.
    pub fn seal(&self, plain: &Plain) -> Result<String, OrdersError> {
        let sealed = seal(&plain.text, &Recipient::PublicKeys(self.keys.clone())).map_err(OrdersError::Content)?;
        String::from_utf8(sealed).map_err(|error| OrdersError::Content(error.to_string()))
    }
}

/// Whether a device with these areas (a JSON list; empty for all) is for this area.
///
/// # Errors
/// [`OrdersError::Content`].
pub fn covers(areas: &str, area: &str) -> Result<bool, OrdersError> {
    let areas = areas_of(areas)?;
    Ok(areas.is_empty() || areas.iter().any(|one| one == area))
}

/// The areas of a device.
///
/// # Errors
/// [`OrdersError::Content`].
pub fn areas_of(areas: &str) -> Result<Vec<String>, OrdersError> {
    serde_json::from_str(areas).map_err(|error| OrdersError::Content(format!("areas of a device: {error}")))
}

/// Takes the set of an order that is done out of the store: the office's signature holds by the fingerprint.
///
/// # Errors
/// The store.
pub fn wipe(session: &mut dyn Session, order: &str, now: &str) -> Result<(), OrdersError> {
    session.execute(
        "UPDATE key_set SET sealed = '', wiped = $1 WHERE order_id = $2 AND wiped IS NULL",
        &[now.into(), order.into()],
    )?;
    Ok(())
}

/// Seals every set anew that is not sealed to just the devices it should be; tells how many.
///
/// # Errors
/// [`OrdersError::OfficeKey`] when the key is another than the store's; those of the store.
pub fn reseal(store: &mut Store, office: &OfficeKey) -> Result<u64, OrdersError> {
    let public = office.public();
    store.run(|session| match office::of_store(session)? {
        Some(found) if found == public => Ok(()),
        _ => Err(OrdersError::OfficeKey("the office key is another than the store's".to_owned())),
    })?;
    let (mut last, mut count) = (String::new(), 0u64);
    loop {
        let (next, resealed) = store.run(|session| reseal_some(session, office, &public, &last))?;
        count = count.saturating_add(resealed);
        match next {
            Some(next) => last = next,
            None => return Ok(count),
        }
    }
}

/// Reseals sets of orders after `last`; the last of them, unless there are no more.
fn reseal_some(
    session: &mut dyn Session,
    office: &OfficeKey,
    public: &OfficePublic,
    last: &str,
) -> Result<(Option<String>, u64), OrdersError> {
    let rows = session.query(
        "SELECT w.id, w.area, w.seal_group, k.sealed, k.fingerprint FROM key_set k JOIN work_order w
         ON w.id = k.order_id WHERE k.order_id > $1 AND k.wiped IS NULL ORDER BY k.order_id LIMIT $2",
        &[last.into(), BATCH.into()],
    )?;
    let mut groups: HashMap<String, Recipients> = HashMap::new();
    let mut resealed = 0u64;
    for row in &rows {
        let (id, area, group) = (row.text(0)?, row.text(1)?, row.text(2)?);
        if !groups.contains_key(&area) {
            let recipients = Recipients::of_area(session, &area, public)?;
            recipients.note(session)?;
            groups.insert(area.clone(), recipients);
        }
        let Some(recipients) = groups.get(&area) else { continue };
        if recipients.group == group {
            continue;
        }
        let text = office
            .identities()
            .open(row.text(3)?.as_bytes())
            .map_err(|problem| OrdersError::Content(format!("the set of order {id}: {problem}")))?;
        let sealed = recipients.seal(&Plain { text, fingerprint: row.text(4)? })?;
        session.execute("UPDATE key_set SET sealed = $1 WHERE order_id = $2", &[sealed.into(), (&id).into()])?;
        session.execute(
            "UPDATE work_order SET seal_group = $1 WHERE id = $2",
            &[(&recipients.group).into(), (&id).into()],
        )?;
        resealed = resealed.saturating_add(1);
    }
    let is_last = i64::try_from(rows.len()).unwrap_or(i64::MAX) < BATCH;
    let next = if is_last { None } else { rows.last().map(|row| row.text(0)).transpose()? };
    Ok((next, resealed))
}
