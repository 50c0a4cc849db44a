//! The file a crew works from: orders, plans and sealed sets for one device, signed.
//!
//! It is lines of JSON: a header, plans, campaigns, orders, sets, and a trailer with the device's signature. Each order
//! carries the office's signature, which covers the fingerprint of its set. The lines of sets are not under the
//! device's signature: a set can be taken out when the order is done, and both signatures still hold.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use super::OrdersError;
use super::device::Device;
use super::key_set::Secrets;
use super::load::digest_of;
use super::order::Content;
use super::take::Taken;
use crate::bulk::list::Job as ListedJob;
use crate::headend::pack::signature::LineDigest;
use crate::headend::pack::{Pack, PackRecord, code_hash};
use crate::meter::time::rfc3339;

/// Value of `schema` in the header.
pub const SCHEMA: &str = "wattkey/orders/1";
/// Value of `schema` in the line of an order.
pub const ORDER_SCHEMA: &str = "wattkey/order/1";

/// What stands before the digest in the signed message.
const LABEL: &[u8] = b"wattkey orders 1\n";
/// Longest line that is taken.
const LONGEST_LINE: u64 = 1 << 20;
/// Most lines that are taken.
const MOST_LINES: usize = 1_000_000;
/// How long after the end of its lease the records of an order still hold.
const RECORDS_HOLD: Duration = Duration::days(30);

/// First line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// `wattkey/orders/1`.
    pub schema: String,
    /// Identifier of the store.
    pub store: String,
    /// The device it is made for.
    pub device: String,
    /// Names the request by which the orders were taken.
    pub lease: String,
    /// When it was made, RFC 3339 UTC.
    pub taken_at: String,
    /// When the last lease ends, RFC 3339 UTC.
    pub expires: String,
    /// Number of orders.
    pub orders: u64,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanLine {
    /// By which orders name its text.
    pub digest: String,
    /// Its name.
    pub name: String,
    /// TOML.
    pub text: String,
}

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CampaignLine {
    /// Its name.
    pub name: String,
    /// `commission`, `key-change` or `inspection`.
    pub kind: String,
}

/// An order with its lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// What the office signed.
    pub order: Content,
    /// The office's signature.
    pub signature: String,
    /// Number of the lease.
    pub version: i64,
    /// When the lease ends, seconds since 1970.
    pub expires: i64,
    /// What is sealed, when something is.
    pub sealed: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Line {
    Plan(PlanLine),
    Campaign(CampaignLine),
    Order { schema: String, content: Box<Content>, signature: String, version: i64, expires: i64 },
    Set { order: String, sealed: String },
    Signature { device: String, ed25519: String },
}

fn write_line(line: &impl Serialize) -> Result<String, OrdersError> {
    serde_json::to_string(line).map_err(|error| OrdersError::Content(error.to_string()))
}

/// Writes the file of what was taken.
///
/// # Errors
/// Those of the writer.
pub fn write(
    taken: &Taken,
    lease: &str,
    device: &Device,
    now: OffsetDateTime,
    out: &mut dyn Write,
) -> Result<(), OrdersError> {
    let expires = OffsetDateTime::from_unix_timestamp(taken.expires).unwrap_or(now);
    let header = Header {
        schema: SCHEMA.to_owned(),
        store: device.store.clone(),
        device: device.id.clone(),
        lease: lease.to_owned(),
        taken_at: rfc3339(now),
        expires: rfc3339(expires),
        orders: taken.orders.len() as u64,
    };
    let mut lines = vec![write_line(&header)?];
    for plan in &taken.plans {
        lines.push(write_line(&Line::Plan(plan.clone()))?);
    }
    for campaign in &taken.campaigns {
        lines.push(write_line(&Line::Campaign(campaign.clone()))?);
    }
    for order in &taken.orders {
        lines.push(write_line(&Line::Order {
            schema: ORDER_SCHEMA.to_owned(),
            content: Box::new(order.order.clone()),
            signature: order.signature.clone(),
            version: order.version,
            expires: order.expires,
        })?);
    }
    let mut signed = LineDigest::default();
    lines.iter().for_each(|line| signed.take(line));
    for order in &taken.orders {
        if let Some(sealed) = &order.sealed {
            lines.push(write_line(&Line::Set { order: order.order.id.clone(), sealed: sealed.clone() })?);
        }
    }
    let ed25519 = device.signing().sign(&signed.message(LABEL));
    lines.push(write_line(&Line::Signature { device: device.id.clone(), ed25519 })?);
    for line in lines {
        out.write_all(line.as_bytes())
            .and_then(|()| out.write_all(b"\n"))
            .map_err(|source| OrdersError::File { path: PathBuf::from("order file"), source })?;
    }
    Ok(())
}

/// Whether a file begins as an order file does, and its header.
pub fn header_of(path: &Path) -> Option<Header> {
    let mut line = String::new();
    BufReader::new(File::open(path).ok()?).take(4096).read_line(&mut line).ok()?;
    if !line.starts_with("{\"schema\":\"wattkey/orders/1\"") {
        return None;
    }
    serde_json::from_str(&line).ok()
}

/// An order file whose signatures hold.
#[derive(Debug)]
pub struct OrderFile {
    /// The header.
    pub header: Header,
    /// The crew it is made for.
    pub crew: String,
    /// The orders, the most urgent first.
    pub orders: Vec<OrderLine>,
    /// Plans by their digests.
    pub plans: HashMap<String, PlanLine>,
    /// Kinds of campaigns by their names.
    pub campaigns: HashMap<String, String>,
    /// What was sealed, by order.
    pub secrets: HashMap<String, Secrets>,
}

impl OrderFile {
    /// Reads a file and checks it whole: the device's signature, the office's over each order, the plans' digests and
    /// the sets' fingerprints.
    ///
    /// # Errors
    /// [`OrdersError::OrderFile`] for one that is damaged; [`OrdersError::Untrusted`] for one that is another device's,
    /// or whose signatures do not hold.
    pub fn read(path: &Path, device: &Device) -> Result<Self, OrdersError> {
        let file = File::open(path).map_err(|source| OrdersError::File { path: path.to_owned(), source })?;
        Self::read_from(BufReader::new(file), path, device)
    }

    /// As [`read`](Self::read), out of `source`; `path` names it in errors.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_from(source: impl BufRead, path: &Path, device: &Device) -> Result<Self, OrdersError> {
        let wrong = |problem: String| OrdersError::OrderFile { path: path.to_owned(), problem };
        let untrusted = |problem: String| OrdersError::Untrusted { path: path.to_owned(), problem };
        let (header, lines, signature, message) = read_lines(source, path)?;
        if header.device != device.id || header.store != device.store {
            return Err(untrusted(format!(
                "it was made for the device {}, and this is {}; take orders with this one",
                header.device, device.id
            )));
        }
        if !device.signing().public().holds(&message, &signature) {
            return Err(untrusted("its signature does not hold: it was changed since it was made".to_owned()));
        }
        let mut file = OrderFile {
            header,
            crew: device.crew.clone(),
            orders: Vec::new(),
            plans: HashMap::new(),
            campaigns: HashMap::new(),
            secrets: HashMap::new(),
        };
        let mut sets: HashMap<String, String> = HashMap::new();
        for line in lines {
            match line {
                Line::Plan(plan) if digest_of(&plan.text) != plan.digest => {
                    return Err(untrusted(format!("the plan {} is not the one its digest says", plan.name)));
                }
                Line::Plan(plan) => {
                    file.plans.insert(plan.digest.clone(), plan);
                }
                Line::Campaign(campaign) => {
                    file.campaigns.insert(campaign.name, campaign.kind);
                }
                Line::Order { content, signature, version, expires, .. } => {
                    file.orders.push(OrderLine { order: *content, signature, version, expires, sealed: None });
                }
                Line::Set { order, sealed } => {
                    sets.insert(order, sealed);
                }
                Line::Signature { .. } => {}
            }
        }
        if file.header.orders != file.orders.len() as u64 {
            return Err(wrong(format!(
                "its header says {} orders, and it has {}: a part is missing",
                file.header.orders,
                file.orders.len()
            )));
        }
        let office = device.office_key()?;
        for line in &mut file.orders {
            let id = &line.order.id;
            if !line.order.is_signed_by(&office, &line.signature) {
                return Err(untrusted(format!("the order {id} is not signed by the office")));
            }
            if !file.plans.contains_key(&line.order.plan_digest) {
                return Err(wrong(format!("the plan of the order {id} is missing")));
            }
            let Some(fingerprint) = &line.order.fingerprint else { continue };
            // A set that was taken out belongs to an order that is done.
            let Some(sealed) = sets.remove(id) else { continue };
            let secrets = Secrets::open(&sealed, fingerprint, device.identities())
                .map_err(|problem| untrusted(format!("the set of the order {id}: {problem}")))?;
            line.sealed = Some(sealed);
            file.secrets.insert(id.clone(), secrets);
        }
        Ok(file)
    }

    /// When the records in it end to hold.
    fn records_until(&self) -> OffsetDateTime {
        let last = self.orders.iter().map(|line| line.expires).max().unwrap_or(0);
        OffsetDateTime::from_unix_timestamp(last).unwrap_or(OffsetDateTime::UNIX_EPOCH).saturating_add(RECORDS_HOLD)
    }

    /// The utility's records that came with the orders, as a pack; `None` when there are none. `wanted` has at most one
    /// order a meter.
    ///
    /// # Errors
    /// A record that cannot be kept.
    pub fn pack(&self, device: &Device, wanted: &dyn Fn(&OrderLine) -> bool) -> Result<Option<Pack>, OrdersError> {
        let mut digest = Sha256::new();
        digest.update(b"wattkey orders codes\0");
        digest.update(self.header.lease.as_bytes());
        let key: [u8; 32] = digest.finalize().into();
        let mut records: Vec<PackRecord> = Vec::new();
        for line in self.orders.iter().filter(|line| wanted(line)) {
            let Some(secrets) = self.secrets.get(&line.order.id) else { continue };
            let Some(mut record) = secrets.record.clone() else { continue };
            if let Some(code) = secrets.vend_code.as_ref().and_then(|code| code.parse().ok()) {
                record.code_hash = Some(code_hash(&key, record.drn, &code));
            }
            records.push(record);
        }
        if records.is_empty() {
            return Ok(None);
        }
        let taken = OffsetDateTime::parse(&self.header.taken_at, &time::format_description::well_known::Rfc3339)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let name = format!("orders {}", self.header.lease.get(..8).unwrap_or_default());
        let pack = Pack::in_memory(&name, key, (taken, self.records_until()), device.office_key()?, &records);
        pack.map(Some).map_err(|error| OrdersError::Content(error.to_string()))
    }

    /// The first order of each meter, where several campaigns have one for it, by the identifiers of those that come
    /// after it in the file.
    pub fn second_orders(&self) -> HashMap<String, String> {
        let mut first: HashMap<&str, &str> = HashMap::new();
        let mut later = HashMap::new();
        for line in &self.orders {
            let order = &line.order;
            for number in [&order.drn, &order.serial].into_iter().flatten() {
                let before = *first.entry(number).or_insert(&order.id);
                if before != order.id {
                    later.insert(order.id.clone(), before.to_owned());
                }
            }
        }
        later
    }

    /// The orders as the rows of a job list, JSON Lines; `wanted` says which. Plans are named as `plan_name` has them.
    ///
    /// # Errors
    /// None in practice: texts can be written.
    pub fn job_list(&self, wanted: &dyn Fn(&OrderLine) -> bool) -> Result<Vec<u8>, OrdersError> {
        let mut text = Vec::new();
        for line in self.orders.iter().filter(|line| wanted(line)) {
            let order = &line.order;
            let mut row: BTreeMap<&str, &str> = BTreeMap::new();
            let plan = self.plan_name(order);
            row.insert("id", &order.id);
            row.insert("plan", &plan);
            for (name, value) in [
                ("serial", &order.serial),
                ("drn", &order.drn),
                ("link", &order.link),
                ("address", &order.address),
                ("protocol", &order.protocol),
                ("profile", &order.profile),
            ] {
                if let Some(value) = value {
                    row.insert(name, value);
                }
            }
            row.extend(order.settings.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            if let Some(secrets) = self.secrets.get(&order.id) {
                if let Some(code) = &secrets.vend_code {
                    row.insert("vend_code", code);
                }
                if let Some(token) = &secrets.credit_token {
                    row.insert("credit_token", token);
                }
            }
            text.extend_from_slice(write_line(&row)?.as_bytes());
            text.push(b'\n');
        }
        Ok(text)
    }

    /// An order as a row of a job list would make it, on this link.
    pub fn job_of(&self, line: &OrderLine, link: &str) -> ListedJob {
        let order = line.order.clone();
        let secrets = self.secrets.get(&order.id);
        let credit = secrets.and_then(|secrets| secrets.credit_token.clone());
        let credit = credit.map(|token| ("credit_token".to_owned(), token));
        ListedJob {
            line: 0,
            port: link.to_owned(),
            link: link.to_owned(),
            plan: order.plan,
            id: order.id,
            serial: order.serial,
            drn: order.drn,
            address: order.address,
            protocol: order.protocol,
            profile: order.profile,
            vend_code: secrets.and_then(|secrets| secrets.vend_code.clone()),
            for_plan: order.settings.into_iter().chain(credit).collect(),
        }
    }

    /// Name of an order's plan; two plans of one name in a file are told apart by their digests.
    pub fn plan_name(&self, order: &Content) -> String {
        let same = self.plans.values().filter(|plan| plan.name == order.plan).count();
        if same <= 1 {
            order.plan.clone()
        } else {
            format!("{}@{}", order.plan, order.plan_digest.get(..8).unwrap_or_default())
        }
    }

    /// Name and text of each plan, as orders name them.
    pub fn named_plans(&self) -> Vec<(String, &str)> {
        let mut plans: BTreeMap<String, &str> = BTreeMap::new();
        for line in &self.orders {
            if let Some(plan) = self.plans.get(&line.order.plan_digest) {
                plans.insert(self.plan_name(&line.order), &plan.text);
            }
        }
        plans.into_iter().collect()
    }

    /// What the rows of an order's job carry in the ledger, so that the store knows the order again.
    pub fn mark(&self, id: &str) -> Option<serde_json::Value> {
        let line = self.orders.iter().find(|line| line.order.id == id)?;
        Some(serde_json::json!({
            "store": self.header.store, "id": id, "version": line.version,
            "campaign": line.order.campaign, "area": line.order.area, "crew": self.crew,
        }))
    }
}

type Read4 = (Header, Vec<Line>, String, Vec<u8>);

/// Header, lines, signature, and the message it is over.
fn read_lines(mut reader: impl BufRead, path: &Path) -> Result<Read4, OrdersError> {
    let wrong = |problem: String| OrdersError::OrderFile { path: path.to_owned(), problem };
    let (mut header, mut lines, mut signature) = (None, Vec::new(), None);
    let mut signed = LineDigest::default();
    for number in 1.. {
        let mut bytes = Vec::new();
        let length = reader
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut bytes)
            .map_err(|source| OrdersError::File { path: path.to_owned(), source })?;
        if length == 0 {
            break;
        }
        if length as u64 == LONGEST_LINE || number > MOST_LINES {
            return Err(wrong(format!("line {number} is longer, or there are more, than any order file has")));
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| wrong(format!("line {number} is no text in UTF-8")))?;
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            continue;
        }
        let misread = |error: serde_json::Error| {
            let said = error.to_string();
            wrong(format!("line {number}: {}", said.split(" at line ").next().unwrap_or_default()))
        };
        if signature.is_some() {
            return Err(wrong(format!("line {number}: there is something after the signature")));
        }
        if header.is_none() {
            let read: Header = serde_json::from_str(text).map_err(misread)?;
            if read.schema != SCHEMA {
                return Err(wrong(format!("its schema is {:?}, and {SCHEMA:?} is read", read.schema)));
            }
            header = Some(read);
            signed.take(text);
            continue;
        }
        match serde_json::from_str(text).map_err(misread)? {
            Line::Signature { ed25519, .. } => signature = Some(ed25519),
            line @ Line::Set { .. } => lines.push(line),
            line => {
                signed.take(text);
                lines.push(line);
            }
        }
    }
    let header = header.ok_or_else(|| wrong("there is nothing in it".to_owned()))?;
    let signature = signature.ok_or_else(|| wrong("its end is missing: take the orders anew".to_owned()))?;
    Ok((header, lines, signature, signed.message(LABEL)))
}
