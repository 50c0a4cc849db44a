//! Bodies of the fuzz targets of files that people and other programs make.

use std::io::Cursor;
use std::path::Path;
use std::sync::OnceLock;

use wattkey::bulk::list::{Defaults, JobList, Known, PlanNeeds};
use wattkey::commission::plan::{Plan, PlanError};
use wattkey::headend::PackTrust;
use wattkey::headend::pack::Pack;
use wattkey::keys::{Identities, KeyError, Opener, SigningKey, is_sealed, new_identity, unseal};
use wattkey::meter::profile::{Library, Protocol, check};
use wattkey::orders::OrdersError;
use wattkey::orders::device::Device;
use wattkey::orders::order_file::OrderFile;

/// An age file: whatever opens is no longer than what it was in; a passphrase is asked for, not tried.
pub fn age_file(data: &[u8]) {
    static OPENS: OnceLock<Option<Identities>> = OnceLock::new();
    let ours = OPENS.get_or_init(|| Identities::read(IDENTITY).ok());
    let Some(ours) = ours else { return };
    if let Ok(plain) = ours.open(data) {
        assert!(plain.len() < data.len());
    }
    let opener = Opener {
        identity_file: None,
        exposure: wattkey::keys::Exposure::Refuse,
        passphrase: Box::new(|| Err(KeyError::Unreadable { path: "p".into(), problem: "is not asked".to_owned() })),
    };
    assert!(unseal(Path::new("keys.age"), data, opener).is_err());
    let _ = is_sealed(data);
}

/// The identity that the examples of [`age_file`] are sealed to.
pub const IDENTITY: &str = "AGE-SECRET-KEY-1L5LVAHZ3NGLQTEXU5LTVTEXXCSZFDX4CUP4G49E7DNNQPEGPSJLSCVHSRW";

/// A pack of either form: unsigned ones too, so that what stands behind the signature is reached.
pub fn pack(data: &[u8]) {
    let Ok(file) = tempfile::NamedTempFile::new() else { return };
    if std::fs::write(file.path(), data).is_err() {
        return;
    }
    assert!(Pack::open(file.path(), &PackTrust::default()).is_err(), "a pack that nobody signed is taken");
    let careless = PackTrust { accept_unverified: true, ..PackTrust::default() };
    let Ok(pack) = Pack::open(file.path(), &careless) else { return };
    let _ = pack.meter_of_serial("1");
    if let Ok(drn) = "01234567897".parse()
        && let Ok(Some(record)) = pack.record(drn)
    {
        assert_eq!(record.drn, drn);
    }
}

/// A list of jobs: each row is a job, or is named with its line.
pub fn job_list(data: &[u8]) {
    match JobList::read(Cursor::new(data), &Defaults::default(), &Everything) {
        Ok(list) => {
            assert!(list.positions().all(|position| list.job(position).is_some()));
            for position in list.positions() {
                let id = list.names(position).map(|[id, ..]| id.to_owned()).unwrap_or_default();
                assert_eq!(list.by_id().find(&id), Some(position), "{id:?}");
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Every profile and plan is at hand.
struct Everything;

impl Known for Everything {
    fn profile(&self, _name: &str) -> Result<Protocol, String> {
        Ok(Protocol::Dlms)
    }

    fn plan(&self, _name: &str, columns: &[(String, String)]) -> Result<PlanNeeds, String> {
        match columns.len() {
            0..=9 => Ok(PlanNeeds { vend_code: false }),
            _ => Err("too many".to_owned()),
        }
    }
}

/// A plan of commissioning: it reads, or each mistake has its line.
pub fn plan(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Err(PlanError::Mistakes { mistakes, .. }) = Plan::parse("mine", &text) {
        assert!(!mistakes.is_empty());
        let lines = text.lines().count().max(1);
        assert!(mistakes.iter().all(|mistake| (1..=lines).contains(&mistake.line)), "{mistakes:?}");
    }
}

/// A profile of a meter.
pub fn profile(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    // One that goes on from another file would make the body read files.
    if text.contains("extends") && text.contains(['/', '\\']) {
        return;
    }
    match Library::new(None).parse("mine", &text) {
        Ok(profile) => drop(check::check(&text, &profile)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// An order file: nothing is taken that this device and the office did not sign.
pub fn order_file(data: &[u8]) {
    static DEVICE: OnceLock<Option<Device>> = OnceLock::new();
    let Some(device) = DEVICE.get_or_init(device) else { return };
    match OrderFile::read_from(Cursor::new(data), Path::new("orders.jsonl"), device) {
        Ok(_) => panic!("an order file that nobody signed is taken"),
        Err(OrdersError::OrderFile { problem, .. } | OrdersError::Untrusted { problem, .. }) => {
            assert!(!problem.is_empty());
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A device enrolled in a folder that is gone afterwards.
fn device() -> Option<Device> {
    let folder = tempfile::tempdir().ok()?;
    let (public, signing) = SigningKey::generate().ok()?;
    let (identity, recipient) = new_identity().ok()?;
    let inner = wattkey::orders::device::folder_of(folder.path(), "store");
    wattkey::files::create_private_folder(&inner).ok()?;
    let file = serde_json::json!({
        "schema": "wattkey/orders-device/1", "store": "store", "id": "crew-00000000", "crew": "crew",
        "signing_key": signing.reveal(), "identity": identity.reveal(), "recipient": recipient,
        "office": {"verify_key": public.public().to_string(), "recipient": recipient},
        "base_seq": 0, "base_hash": ""
    });
    wattkey::files::replace_with(&inner.join("device.json"), file.to_string().as_bytes()).ok()?;
    Device::load(folder.path(), "store").ok()
}
