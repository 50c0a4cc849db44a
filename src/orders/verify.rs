//! Whether the store holds what its devices and its office put into it, and nothing else.

use serde::Serialize;

use super::OrdersError;
use super::office;
use super::order::Content;
use super::schema;
use super::store::{Row, Session, Store};
use super::sync::{ResultRow, message};
use crate::bulk::JobOutcome;
use crate::keys::VerifyingKey;
use crate::ledger::{EntryText, chain};
use crate::output::{Document, Style, grid};

/// Findings that are named one by one.
const MOST_NAMED: usize = 200;

/// What is wrong with something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainFinding {
    /// `device ID` or `order ID`.
    pub of: String,
    /// What does not hold, in a sentence.
    pub what: String,
}

/// A device's rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviceCheck {
    /// The device.
    pub device: String,
    /// Its crew.
    pub crew: String,
    /// Rows that were looked at.
    pub rows: u64,
    /// Whether they form one signed chain that ends where the store says.
    pub holds: bool,
    /// When it was revoked, RFC 3339 UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<String>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Verification {
    /// Device by device.
    pub devices: Vec<DeviceCheck>,
    /// Rows of all devices.
    pub rows: u64,
    /// Orders whose signature was looked at.
    pub orders: u64,
    /// What does not hold; at most two hundred are named.
    pub findings: Vec<ChainFinding>,
    /// How many things do not hold.
    pub broken: u64,
}

impl Verification {
    fn find(&mut self, of: String, what: String) {
        self.broken = self.broken.saturating_add(1);
        if self.findings.len() < MOST_NAMED {
            self.findings.push(ChainFinding { of, what });
        }
    }
}

/// Walks every chain and looks at every signature.
///
/// # Errors
/// The store; what does not hold is a finding.
pub fn verify(store: &mut Store) -> Result<Verification, OrdersError> {
    let id = schema::require(store)?;
    store.run(|session| {
        let mut found = Verification::default();
        let devices = session.query(
            "SELECT id, crew, verify_key, base_seq, base_hash, head_seq, head_hash, revoked FROM device ORDER BY id",
            &[],
        )?;
        for row in &devices {
            let check = walk(session, &id, row, &mut found)?;
            found.rows = found.rows.saturating_add(check.rows);
            found.devices.push(check);
        }
        strangers(session, &mut found)?;
        orders(session, &mut found)?;
        done_without_proof(session, &mut found)?;
        Ok(found)
    })
}

/// A device's rows from its enrolment on.
fn walk(
    session: &mut dyn Session,
    store: &str,
    device: &Row,
    found: &mut Verification,
) -> Result<DeviceCheck, OrdersError> {
    let id = device.text(0)?;
    let key: Option<VerifyingKey> = device.text(2)?.parse().ok();
    let (mut seq, mut previous) = (device.int(3)?, device.text(4)?);
    let (head_seq, head_hash) = (device.int(5)?, device.text(6)?);
    let mut rows = 0u64;
    let mut broken: Option<String> = key.is_none().then(|| "its public key is none".to_owned());
    session.each(
        "SELECT seq, at, kind, intent, serial, drn, operation, token_hash, token_last4, job, detail, ending, operator,
         host, tool, hash, previous, signature, order_id, fencing, outcome, cause, already FROM event WHERE device = $1 ORDER BY seq",
        &[(&id).into()],
        &mut |row| {
            rows = rows.saturating_add(1);
            if broken.is_some() {
                return Ok(());
            }
            let entry = entry_of(&row)?;
            seq = seq.saturating_add(1);
            let signature = row.text(17)?;
            broken = if entry.seq != seq {
                Some(format!("row {seq} is missing"))
            } else if row.text(16)? != previous {
                Some(format!("row {seq} does not follow the row before it"))
            } else if chain::link_text(&previous, &entry) != entry.hash {
                Some(format!("row {seq} was changed: its content does not fit its hash"))
            } else if !key.is_some_and(|key| key.holds(&message(&id, seq, &entry.hash), &signature)) {
                Some(format!("row {seq} is not signed by the device"))
            } else {
                misattributed(&row, &entry, store)?.map(|what| format!("row {seq} {what}"))
            };
            previous.clone_from(&entry.hash);
            Ok(())
        },
    )?;
    if broken.is_none() && (seq, previous.as_str()) != (head_seq, head_hash.as_str()) {
        broken = Some(format!("the store says its chain ends at row {head_seq}, and it ends at row {seq}"));
    }
    let check = DeviceCheck {
        device: id.clone(),
        crew: device.text(1)?,
        rows,
        holds: broken.is_none(),
        revoked: device.optional(7)?,
    };
    if let Some(what) = broken {
        found.find(format!("device {id}"), what);
    }
    Ok(check)
}

fn entry_of(row: &Row) -> Result<EntryText, OrdersError> {
    Ok(EntryText {
        seq: row.int(0)?,
        at: row.text(1)?,
        kind: row.text(2)?,
        intent: row.optional_int(3)?,
        serial: row.optional(4)?,
        drn: row.optional(5)?,
        operation: row.text(6)?,
        token_hash: row.optional(7)?,
        token_last4: row.optional(8)?,
        job: row.optional(9)?,
        detail: row.text(10)?,
        ending: row.optional(11)?,
        operator: row.text(12)?,
        host: row.text(13)?,
        tool: row.text(14)?,
        hash: row.text(15)?,
    })
}

/// Whether the columns beside a row say of an order what the row itself says.
fn misattributed(row: &Row, entry: &EntryText, store: &str) -> Result<Option<String>, OrdersError> {
    let filed = match row.optional(18)? {
        Some(order) => Some(ResultRow {
            order,
            version: row.int(19)?,
            outcome: JobOutcome::from_word(&row.text(20)?).unwrap_or(JobOutcome::Planned),
            cause: row.optional(21)?,
            already: row.int(22)? != 0,
        }),
        None => None,
    };
    let told = ResultRow::of_text(entry, store);
    if filed == told {
        return Ok(None);
    }
    let in_words = |result: Option<ResultRow>| match result {
        Some(result) => format!("{} of the order {}", result.outcome.word(), result.order),
        None => "no result of an order".to_owned(),
    };
    Ok(Some(format!("is filed as {}, and is {}", in_words(filed), in_words(told))))
}

/// Rows of devices that were never enrolled.
fn strangers(session: &mut dyn Session, found: &mut Verification) -> Result<(), OrdersError> {
    let rows = session.query(
        "SELECT device, COUNT(*) FROM event WHERE device NOT IN (SELECT id FROM device) GROUP BY device ORDER BY device",
        &[],
    )?;
    for row in rows {
        found.find(format!("device {}", row.text(0)?), format!("it was never enrolled, and has {} rows", row.int(1)?));
    }
    Ok(())
}

/// The office's signature over each order.
fn orders(session: &mut dyn Session, found: &mut Verification) -> Result<(), OrdersError> {
    let Some(public) = office::of_store(session)? else { return Ok(()) };
    let key = public.key()?;
    let sql = format!("SELECT {}, signature FROM work_order", Content::COLUMNS);
    session.each(&sql, &[], &mut |row| {
        found.orders = found.orders.saturating_add(1);
        let content = Content::of_row(&row)?;
        if !content.is_signed_by(&key, &row.text(Content::COLUMN_COUNT)?) {
            found.find(format!("order {}", content.id), "it is not what the office signed".to_owned());
        }
        Ok(())
    })
}

/// Orders that count as done although no device says so and nobody settled them.
fn done_without_proof(session: &mut dyn Session, found: &mut Verification) -> Result<(), OrdersError> {
    session.each(
        "SELECT id FROM work_order w WHERE state = 'done'
         AND NOT EXISTS (SELECT 1 FROM event e WHERE e.order_id = w.id AND e.outcome = 'done')
         AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.action = 'settle' AND a.subject = w.id
                         AND a.detail LIKE 'as done:%')",
        &[],
        &mut |row| {
            found.find(format!("order {}", row.text(0)?), "it counts as done, and no device says so".to_owned());
            Ok(())
        },
    )
}

impl Document for Verification {
    const SCHEMA: &'static str = "wattkey/orders-verification/1";

    fn table(&self, style: Style) -> String {
        let rows: Vec<Vec<String>> = self
            .devices
            .iter()
            .map(|device| {
                let state = if device.holds { "holds" } else { "BROKEN" };
                let revoked = device.revoked.as_ref().map(|at| format!("revoked {at}")).unwrap_or_default();
                vec![device.device.clone(), device.rows.to_string(), state.to_owned(), revoked]
            })
            .collect();
        let mut out = String::new();
        if !rows.is_empty() {
            out.push_str(&grid(style, &["device", "rows", "chain", ""], &rows));
            out.push('\n');
        }
        if !self.findings.is_empty() {
            let rows: Vec<Vec<String>> =
                self.findings.iter().map(|one| vec![one.of.clone(), one.what.clone()]).collect();
            out.push_str(&grid(style, &["of", "what does not hold"], &rows));
            out.push('\n');
        }
        out.push_str(&format!(
            "{} rows of {} devices and {} orders looked at, {} broken\n",
            self.rows,
            self.devices.len(),
            self.orders,
            self.broken
        ));
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["of", "what"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.findings.iter().map(|one| vec![one.of.clone(), one.what.clone()]).collect()
    }
}
