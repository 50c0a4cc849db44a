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
const BATCH: i64 = 100;

/// What is sealed with an order. It prints as `[redacted]`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
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

impl std::fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secrets([redacted])")
    }
}

/// The plain text of what is sealed, and the SHA-256 that stands for it in the signed order.
pub struct Plain {
    /// JSON.
    pub text: Zeroizing<Vec<u8>>,
    /// Lower-case hex.
    pub fingerprint: String,
}

impl std::fmt::Debug for Plain {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Plain").field("fingerprint", &self.fingerprint).finish_non_exhaustive()
    }
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
    office::require(store, &public)?;
    let (mut last, mut count) = (String::new(), 0u64);
    loop {
        let batch = store.run(|session| Batch::read(session, &public, &last))?;
        // Sealing takes its time, and no transaction waits for it.
        let resealed = batch.sets.iter().filter_map(|set| set.reseal(office, &batch.groups).transpose());
        let resealed = resealed.collect::<Result<Vec<_>, _>>()?;
        count = count.saturating_add(store.run(|session| {
            resealed.iter().try_fold(0u64, |written, set| Ok(written.saturating_add(set.write(session)?)))
        })?);
        match batch.next {
            Some(next) => last = next,
            None => break,
        }
    }
    // Groups of devices that no order is sealed to any more would only slow down whoever takes.
    store.run(|session| {
        session.execute(
            "DELETE FROM seal_member WHERE seal_group NOT IN (SELECT DISTINCT seal_group FROM work_order)",
            &[],
        )
    })?;
    Ok(count)
}

/// Sets of orders, and for whom those of each area are to be sealed.
struct Batch {
    sets: Vec<StoredSet>,
    groups: HashMap<String, Recipients>,
    /// The last order, unless there are no more.
    next: Option<String>,
}

/// A set as the store has it.
struct StoredSet {
    order: String,
    area: String,
    group: String,
    sealed: String,
    fingerprint: String,
}

/// A set for another group.
struct Resealed<'a> {
    order: &'a str,
    from: &'a str,
    to: &'a str,
    fingerprint: &'a str,
    sealed: String,
}

impl Batch {
    fn read(session: &mut dyn Session, office: &OfficePublic, last: &str) -> Result<Self, OrdersError> {
        let rows = session.query(
            "SELECT w.id, w.area, w.seal_group, k.sealed, k.fingerprint FROM key_set k JOIN work_order w
             ON w.id = k.order_id WHERE k.order_id > $1 AND k.wiped IS NULL ORDER BY k.order_id LIMIT $2",
            &[last.into(), BATCH.into()],
        )?;
        let mut batch = Batch { sets: Vec::with_capacity(rows.len()), groups: HashMap::new(), next: None };
        for row in &rows {
            let set = StoredSet {
                order: row.text(0)?,
                area: row.text(1)?,
                group: row.text(2)?,
                sealed: row.text(3)?,
                fingerprint: row.text(4)?,
            };
            if !batch.groups.contains_key(&set.area) {
                let recipients = Recipients::of_area(session, &set.area, office)?;
                recipients.note(session)?;
                batch.groups.insert(set.area.clone(), recipients);
            }
            batch.sets.push(set);
        }
        let is_last = i64::try_from(rows.len()).unwrap_or(i64::MAX) < BATCH;
        batch.next = if is_last { None } else { batch.sets.last().map(|set| set.order.clone()) };
        Ok(batch)
    }
}

impl StoredSet {
    /// The set for the group it should be sealed to; `None` when it is.
    fn reseal<'a>(
        &'a self,
        office: &OfficeKey,
        groups: &'a HashMap<String, Recipients>,
    ) -> Result<Option<Resealed<'a>>, OrdersError> {
        let Some(recipients) = groups.get(&self.area).filter(|group| group.group != self.group) else {
            return Ok(None);
        };
        let text = office
            .identities()
            .open(self.sealed.as_bytes())
            .map_err(|problem| OrdersError::Content(format!("the set of order {}: {problem}", self.order)))?;
        let sealed = recipients.seal(&Plain { text, fingerprint: self.fingerprint.clone() })?;
        Ok(Some(Resealed {
            order: &self.order,
            from: &self.group,
            to: &recipients.group,
            fingerprint: &self.fingerprint,
            sealed,
        }))
    }
}

impl Resealed<'_> {
    /// Puts it in the place of the old one, unless the order has changed or is done meanwhile; tells how many.
    fn write(&self, session: &mut dyn Session) -> Result<u64, OrdersError> {
        let moved = session.execute(
            "UPDATE key_set SET sealed = $1 WHERE order_id = $2 AND fingerprint = $3 AND wiped IS NULL",
            &[(&self.sealed).into(), self.order.into(), self.fingerprint.into()],
        )?;
        if moved == 1 {
            session.execute(
                "UPDATE work_order SET seal_group = $1 WHERE id = $2 AND seal_group = $3",
                &[self.to.into(), self.order.into(), self.from.into()],
            )?;
        }
        Ok(moved)
    }
}
