//! This laptop as a device of a store: its keys, which never leave it, and what it knows of the orders it has.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::OrdersError;
use super::audit::Audit;
use super::office::{self, OfficePublic};
use super::schema::random_id;
use super::store::{Column, Session, Store, Value};
use crate::connect::port_lock::{Lock, LockError};
use crate::files;
use crate::keys::{
    Exposure, Identities, KeyError, SigningKey, VerifyingKey, new_identity, read_private, write_private,
};
use crate::ledger::Ledger;

/// Value of `schema` in the file.
const SCHEMA: &str = "wattkey/orders-device/1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    store: String,
    id: String,
    crew: String,
    signing_key: Zeroizing<String>,
    identity: Zeroizing<String>,
    recipient: String,
    office: OfficePublic,
    base_seq: i64,
    base_hash: String,
}

/// The device that this laptop is for a store.
#[derive(Debug)]
pub struct Device {
    /// Its identifier, `CREW-XXXXXXXX`.
    pub id: String,
    /// Its crew.
    pub crew: String,
    /// Identifier of the store.
    pub store: String,
    /// The office that this device trusts: that of the store when it was enrolled.
    pub office: OfficePublic,
    signing: SigningKey,
    identities: Identities,
    folder: PathBuf,
}

/// Who enrols a device, and for what.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// Name of the crew.
    pub crew: String,
    /// `crew`, `planner`, `auditor`: what the crew is, for people.
    pub role: String,
    /// Areas it works in; empty for all.
    pub areas: Vec<String>,
    /// Name of the machine.
    pub host: String,
    /// First digits of the office key, when they were told by another way.
    pub office: Option<String>,
    /// When, RFC 3339 UTC.
    pub now: String,
}

/// Where a device keeps what belongs to a store.
pub fn folder_of(state: &Path, store: &str) -> PathBuf {
    state.join("orders").join(store)
}

impl Device {
    /// The device of a store in this state folder.
    ///
    /// # Errors
    /// [`OrdersError::NotEnrolled`]; a file that cannot be used.
    pub fn load(state: &Path, store: &str) -> Result<Self, OrdersError> {
        let folder = folder_of(state, store);
        let Some(file) = read(&folder)? else { return Err(OrdersError::NotEnrolled { store: store.to_owned() }) };
        Device::of(file, folder)
    }

    fn of(file: File, folder: PathBuf) -> Result<Self, OrdersError> {
        let path = folder.join("device.json");
        let unusable = |problem: String| KeyError::Unreadable { path: path.clone(), problem };
        if file.schema != SCHEMA {
            return Err(unusable(format!("its schema is {:?}, and {SCHEMA:?} is read", file.schema)).into());
        }
        Ok(Device {
            signing: SigningKey::read(file.signing_key.as_bytes()).map_err(|problem| unusable(problem.to_owned()))?,
            identities: Identities::read(&file.identity).map_err(unusable)?,
            id: file.id,
            crew: file.crew,
            store: file.store,
            office: file.office,
            folder,
        })
    }

    /// What signs its rows.
    pub fn signing(&self) -> &SigningKey {
        &self.signing
    }

    /// What opens the sets sealed to it.
    pub fn identities(&self) -> &Identities {
        &self.identities
    }

    /// The key that checks orders.
    ///
    /// # Errors
    /// [`OrdersError::Content`].
    pub fn office_key(&self) -> Result<VerifyingKey, OrdersError> {
        self.office.key()
    }

    /// Keeps other commands of this device away while one changes what it knows.
    ///
    /// # Errors
    /// [`LockError::Busy`].
    pub fn lock(&self) -> Result<Lock, LockError> {
        Lock::take(&self.folder.join("device.lock"), "the device of this laptop")
    }

    /// What it knows of its orders.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn known(&self) -> Result<KnownOrders, OrdersError> {
        let path = self.folder.join("orders.json");
        let failed = |source| OrdersError::File { path: path.clone(), source };
        match fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text).map_err(|error| failed(std::io::Error::other(error))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(KnownOrders::default()),
            Err(error) => Err(failed(error)),
        }
    }

    /// Keeps what it knows of its orders: the old or the new, never a part.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn keep(&self, known: &KnownOrders) -> Result<(), OrdersError> {
        let path = self.folder.join("orders.json");
        let failed = |source| OrdersError::File { path: path.clone(), source };
        let text = serde_json::to_vec(known).map_err(|error| failed(std::io::Error::other(error)))?;
        files::replace_with(&path, &text).map_err(failed)
    }
}

/// What a device knows of the orders it took, by their identifiers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KnownOrders {
    /// Each order.
    pub orders: BTreeMap<String, KnownOrder>,
}

/// What a device knows of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownOrder {
    /// Number of the lease.
    pub version: i64,
    /// When the lease ends, seconds since 1970.
    pub expires: i64,
    /// Why it is no longer this device's; absent while it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<String>,
}

fn read(folder: &Path) -> Result<Option<File>, OrdersError> {
    let path = folder.join("device.json");
    let text = match read_private(&path, Exposure::Refuse) {
        Ok(text) => text,
        Err(KeyError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let file = serde_json::from_slice(&text).map_err(|_| KeyError::Unreadable {
        path,
        problem: "this is no device of `wattkey orders register`".to_owned(),
    })?;
    Ok(Some(file))
}

/// Enrols this laptop with a store, or finds that it is. The keys are on the disk before the store hears of them.
///
/// # Errors
/// An office that is not the one expected; files; the store.
pub fn register(
    store: &mut Store,
    store_id: &str,
    state: &Path,
    ledger: &Ledger,
    wanted: &Enrolment,
) -> Result<Device, OrdersError> {
    let Some(office) = store.run(office::of_store)? else {
        return Err(OrdersError::OfficeKey(
            "the store has no office key yet: `wattkey orders init` makes one".to_owned(),
        ));
    };
    if let Some(expected) = &wanted.office
        && !(expected.len() >= 16 && office.verify_key.starts_with(&expected.to_ascii_lowercase()))
    {
        return Err(OrdersError::OfficeKey(format!(
            "the store's office key begins with {}, and {expected} was expected: this may be another store",
            office.fingerprint()
        )));
    }
    let folder = folder_of(state, store_id);
    files::create_private_folder(&folder).map_err(|source| OrdersError::File { path: folder.clone(), source })?;
    let mut file = read(&folder)?;
    if let Some(old) = &file
        && store.run(|session| revoked_at(session, &old.id))?.is_some()
    {
        // Its rows in the store stay as they are; the laptop begins anew under another name.
        let aside = folder.join(format!("device-{}.json", old.id));
        fs::rename(folder.join("device.json"), &aside).map_err(|source| OrdersError::File { path: aside, source })?;
        file = None;
    }
    let file = match file {
        Some(file) => file,
        None => create(&folder, store_id, ledger, wanted, office)?,
    };
    insert(store, &file, wanted)?;
    Device::of(file, folder)
}

fn create(
    folder: &Path,
    store: &str,
    ledger: &Ledger,
    wanted: &Enrolment,
    office: OfficePublic,
) -> Result<File, OrdersError> {
    let path = folder.join("device.json");
    let unusable = |problem: String| KeyError::Unreadable { path: path.clone(), problem };
    let (_, signing_key) = SigningKey::generate().map_err(|problem| unusable(problem.to_owned()))?;
    let (identity, recipient) = new_identity().map_err(unusable)?;
    let (base_seq, base_hash) = ledger.tip()?;
    let name = random_id()?;
    let file = File {
        schema: SCHEMA.to_owned(),
        store: store.to_owned(),
        id: format!("{}-{}", wanted.crew, name.get(..8).unwrap_or(&name)),
        crew: wanted.crew.clone(),
        signing_key: Zeroizing::new(signing_key.reveal().to_owned()),
        identity: Zeroizing::new(identity.reveal().to_owned()),
        recipient,
        office,
        base_seq,
        base_hash,
    };
    let text = Zeroizing::new(serde_json::to_vec_pretty(&file).map_err(|error| unusable(error.to_string()))?);
    write_private(&path, &text, false)?;
    Ok(file)
}

fn insert(store: &mut Store, file: &File, wanted: &Enrolment) -> Result<(), OrdersError> {
    let public = SigningKey::read(file.signing_key.as_bytes())
        .map_err(|problem| OrdersError::Content(problem.to_owned()))?
        .public()
        .to_string();
    let areas = serde_json::to_string(&wanted.areas).map_err(|error| OrdersError::Content(error.to_string()))?;
    let audit = Audit::new("register", &file.id, &wanted.crew, &wanted.now)?;
    store.run(|session| {
        session.insert_new(
            "crew",
            &[Column::text("name"), Column::text("role"), Column::text("created")],
            &[vec![(&file.crew).into(), (&wanted.role).into(), (&wanted.now).into()]],
        )?;
        let columns = [
            Column::text("id"),
            Column::text("crew"),
            Column::text("host"),
            Column::text("verify_key"),
            Column::text("recipient"),
            Column::text("areas"),
            Column::text("enrolled"),
            Column::int("base_seq"),
            Column::text("base_hash"),
            Column::int("head_seq"),
            Column::text("head_hash"),
        ];
        let row: Vec<Value> = vec![
            (&file.id).into(),
            (&file.crew).into(),
            (&wanted.host).into(),
            (&public).into(),
            (&file.recipient).into(),
            (&areas).into(),
            (&wanted.now).into(),
            file.base_seq.into(),
            (&file.base_hash).into(),
            file.base_seq.into(),
            (&file.base_hash).into(),
        ];
        if session.insert_new("device", &columns, &[row])? > 0 {
            audit.write(session, Some(&file.id))?;
        }
        Ok(())
    })
}

/// When a device was revoked, if it was.
///
/// # Errors
/// Those of the store.
pub fn revoked_at(session: &mut dyn Session, device: &str) -> Result<Option<String>, OrdersError> {
    match session.first("SELECT revoked FROM device WHERE id = $1", &[device.into()])? {
        Some(row) => row.optional(0),
        None => Ok(None),
    }
}

/// Refuses a device that is revoked or not known to the store.
///
/// # Errors
/// [`OrdersError::Revoked`], [`OrdersError::NotEnrolled`]; those of the store.
pub fn require_enrolled(session: &mut dyn Session, device: &Device) -> Result<(), OrdersError> {
    match session.first("SELECT revoked FROM device WHERE id = $1", &[(&device.id).into()])? {
        None => Err(OrdersError::NotEnrolled { store: device.store.clone() }),
        Some(row) => match row.optional(0)? {
            Some(revoked) => Err(OrdersError::Revoked { device: device.id.clone(), revoked }),
            None => Ok(()),
        },
    }
}

/// Refuses a name that no device has.
///
/// # Errors
/// [`OrdersError::Unknown`]; those of the store.
pub fn require_known(session: &mut dyn Session, device: &str) -> Result<(), OrdersError> {
    match session.first("SELECT id FROM device WHERE id = $1", &[device.into()])? {
        Some(_) => Ok(()),
        None => Err(OrdersError::Unknown(format!("there is no device {device:?}; `wattkey orders crews` lists them"))),
    }
}

/// Revokes a device: it gets nothing more, and its leases are open again. `false` when it was revoked before.
///
/// # Errors
/// [`OrdersError::Unknown`]; those of the store.
pub fn revoke(store: &mut Store, device: &str, who: &str, now: &str) -> Result<bool, OrdersError> {
    let audit = Audit::new("revoke", device, who, now)?;
    store.run(|session| {
        require_known(session, device)?;
        if revoked_at(session, device)?.is_some() {
            return Ok(false);
        }
        session.execute("UPDATE device SET revoked = $1 WHERE id = $2", &[now.into(), device.into()])?;
        let at = session.now()?;
        session.execute(
            "UPDATE work_order SET state = 'open', holder = NULL, expires = NULL, lease = NULL, changed = $1
             WHERE state = 'leased' AND holder = $2",
            &[at.into(), device.into()],
        )?;
        audit.write(session, None)?;
        Ok(true)
    })
}
