//! What the commands about orders tell, one document each.

use serde::Serialize;

use super::conflict::Conflict;
use super::load::Loaded;
use super::report::CrewReport;
use super::sync::Synced;
use crate::output::{Document, Style, grid, paragraph, sanitize};

/// Columns of a label.
const LABEL: usize = 14;

fn pairs(style: Style, rows: &[(&str, String)]) -> String {
    rows.iter().map(|(label, text)| paragraph(style, label, LABEL, text)).collect()
}

fn strings<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}

/// A store whose tables were made or brought up to date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InitDocument {
    /// The store's name.
    pub store: String,
    /// Its identifier.
    pub id: String,
    /// Version of its tables.
    pub version: i64,
    /// Version before; absent when they are new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_version: Option<i64>,
    /// The office key it belongs to, as 64 hex digits.
    pub office: String,
    /// Where the office key is kept; absent when it is not on this machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office_key: Option<String>,
}

impl Document for InitDocument {
    const SCHEMA: &'static str = "wattkey/orders-store/1";

    fn table(&self, style: Style) -> String {
        let version = match self.from_version {
            None => format!("{}, new", self.version),
            Some(from) if from == self.version => format!("{}, nothing to do", self.version),
            Some(from) => format!("{}, was {from}", self.version),
        };
        let mut rows = vec![
            ("Store", self.store.clone()),
            ("Identifier", self.id.clone()),
            ("Tables", format!("version {version}")),
        ];
        let digits = self.office.get(..16).unwrap_or(&self.office);
        rows.push(("Office", format!("{digits}: crews compare these digits with `orders register --office`")));
        if let Some(path) = &self.office_key {
            rows.push(("Office key", format!("{path}: keep a copy in a safe; no set opens without it")));
        }
        pairs(style, &rows)
    }

    fn csv_header(&self) -> Vec<String> {
        strings(["store", "id", "version", "office", "office_key"])
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![
            self.store.clone(),
            self.id.clone(),
            self.version.to_string(),
            self.office.clone(),
            self.office_key.clone().unwrap_or_default(),
        ]]
    }
}

/// A list that was loaded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LoadDocument {
    /// The campaign.
    pub campaign: String,
    /// The list.
    pub list: String,
    /// Rows of the list.
    pub rows: u64,
    /// Orders that are new.
    pub added: u64,
    /// Orders that were there with the same content.
    pub unchanged: u64,
    /// Orders that got new content.
    pub replaced: u64,
    /// Orders of the new ones that have something sealed.
    pub sealed: u64,
    /// How long it took, in seconds.
    pub seconds: f64,
}

impl LoadDocument {
    /// Of what loading did.
    pub fn new(campaign: &str, list: &str, loaded: Loaded, seconds: f64) -> Self {
        LoadDocument {
            campaign: campaign.to_owned(),
            list: list.to_owned(),
            rows: loaded.rows,
            added: loaded.added,
            unchanged: loaded.unchanged,
            replaced: loaded.replaced,
            sealed: loaded.sealed,
            seconds: (seconds * 1000.0).round() / 1000.0,
        }
    }
}

impl Document for LoadDocument {
    const SCHEMA: &'static str = "wattkey/orders-load/1";

    fn table(&self, style: Style) -> String {
        let mut parts = vec![format!("{} new", self.added)];
        for (count, words) in [
            (self.replaced, "replaced"),
            (self.unchanged, "there already"),
            (self.sealed, "of the new with sealed data"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {words}"));
            }
        }
        pairs(
            style,
            &[
                ("Campaign", self.campaign.clone()),
                ("Orders", format!("{} from {}: {}", self.rows, self.list, parts.join(", "))),
                ("Took", format!("{:.1} s", self.seconds)),
            ],
        )
    }

    fn csv_header(&self) -> Vec<String> {
        strings(["campaign", "list", "rows", "added", "unchanged", "replaced", "sealed", "seconds"])
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let numbers =
            [self.rows, self.added, self.unchanged, self.replaced, self.sealed].map(|count| count.to_string());
        let mut row = vec![self.campaign.clone(), self.list.clone()];
        row.extend(numbers);
        row.push(self.seconds.to_string());
        vec![row]
    }
}

/// A device that is enrolled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegisterDocument {
    /// The device.
    pub device: String,
    /// Its crew.
    pub crew: String,
    /// Areas it was enrolled for; empty for all.
    pub areas: Vec<String>,
    /// Identifier of the store.
    pub store: String,
    /// The office key it trusts, as 64 hex digits.
    pub office: String,
    /// Sets that were sealed for it at once; absent when the office key is not on this machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resealed: Option<u64>,
}

impl Document for RegisterDocument {
    const SCHEMA: &'static str = "wattkey/orders-device/1";

    fn table(&self, style: Style) -> String {
        let areas = if self.areas.is_empty() { "all".to_owned() } else { self.areas.join(", ") };
        let office = self.office.get(..16).unwrap_or(&self.office);
        let mut rows = vec![
            ("Device", self.device.clone()),
            ("Crew", self.crew.clone()),
            ("Areas", areas),
            ("Office", format!("{office}: compare these digits with the office's")),
        ];
        if let Some(count) = self.resealed {
            rows.push(("Resealed", format!("{count} sets")));
        }
        pairs(style, &rows)
    }

    fn csv_header(&self) -> Vec<String> {
        strings(["device", "crew", "areas", "store", "office"])
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![
            self.device.clone(),
            self.crew.clone(),
            self.areas.join(" "),
            self.store.clone(),
            self.office.clone(),
        ]]
    }
}

/// The devices of all crews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CrewsDocument {
    /// Device by device.
    pub devices: Vec<CrewReport>,
}

impl Document for CrewsDocument {
    const SCHEMA: &'static str = "wattkey/orders-crews/1";

    fn table(&self, style: Style) -> String {
        if self.devices.is_empty() {
            return "no device is enrolled: `wattkey orders register --crew NAME` enrols one\n".to_owned();
        }
        grid(style, &["crew", "device", "areas", "leased", "visits", "done", "synced", "revoked"], &self.csv_rows())
    }

    fn csv_header(&self) -> Vec<String> {
        strings(["crew", "device", "areas", "leased", "visits", "done", "synced", "revoked"])
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.devices
            .iter()
            .map(|one| {
                vec![
                    one.crew.clone(),
                    one.device.clone(),
                    if one.areas.is_empty() { "all".to_owned() } else { one.areas.join(" ") },
                    one.leased.to_string(),
                    one.visits.to_string(),
                    one.done.to_string(),
                    one.synced.clone().unwrap_or_else(|| "never".to_owned()),
                    one.revoked.clone().unwrap_or_default(),
                ]
            })
            .collect()
    }
}

/// An order as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakenOrder {
    /// Its identifier.
    pub id: String,
    /// STS meter number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drn: Option<String>,
    /// Serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Where the meter is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Area.
    pub area: String,
    /// The higher, the sooner.
    pub priority: i64,
    /// Plan.
    pub plan: String,
    /// Number of the lease.
    pub version: i64,
    /// When the lease ends, RFC 3339 UTC.
    pub expires: String,
}

/// Orders that were taken, and the file they are in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakeDocument {
    /// The order file; absent when there was nothing to take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The device that has them.
    pub device: String,
    /// When the leases end, RFC 3339 UTC; absent when there was nothing to take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// The orders, the most urgent first.
    pub orders: Vec<TakenOrder>,
    /// Open orders that are sealed to other devices.
    pub sealed_to_others: u64,
}

impl Document for TakeDocument {
    const SCHEMA: &'static str = "wattkey/orders-take/1";

    fn table(&self, style: Style) -> String {
        let mut out = String::new();
        if !self.orders.is_empty() {
            let rows: Vec<Vec<String>> = self
                .orders
                .iter()
                .map(|order| {
                    let meter = order.drn.clone().or_else(|| order.serial.clone()).unwrap_or_default();
                    vec![
                        order.id.clone(),
                        meter,
                        order.area.clone(),
                        order.site.clone().unwrap_or_default(),
                        order.plan.clone(),
                    ]
                })
                .collect();
            out.push_str(&grid(style, &["order", "meter", "area", "site", "plan"], &rows));
            out.push('\n');
        }
        let until = self.expires.as_ref().map(|at| format!(", until {at}")).unwrap_or_default();
        out.push_str(&format!("{} orders{until}\n", self.orders.len()));
        if let Some(file) = &self.file {
            out.push_str(&format!("wrote {0}: `wattkey bulk run {0}` works through it\n", sanitize(file)));
        }
        if self.sealed_to_others > 0 {
            let count = self.sealed_to_others;
            out.push_str(&paragraph(
                style,
                "",
                0,
                &format!(
                    "{count} open orders are sealed to other devices: the office has to run `wattkey orders reseal`"
                ),
            ));
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        strings(["id", "drn", "serial", "site", "area", "priority", "plan", "version", "expires"])
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |order: &TakenOrder| {
            vec![
                order.id.clone(),
                order.drn.clone().unwrap_or_default(),
                order.serial.clone().unwrap_or_default(),
                order.site.clone().unwrap_or_default(),
                order.area.clone(),
                order.priority.to_string(),
                order.plan.clone(),
                order.version.to_string(),
                order.expires.clone(),
            ]
        };
        self.orders.iter().map(row).collect()
    }
}

/// An order and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderNote {
    /// The order.
    pub order: String,
    /// In words.
    pub note: String,
}

/// A synchronisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyncDocument {
    /// The device.
    pub device: String,
    /// Rows of the ledger that were sent.
    pub sent: u64,
    /// Results of orders among them.
    pub results: u64,
    /// Leases with a later end.
    pub extended: u64,
    /// Orders that are this device's no more.
    pub withdrawn: Vec<OrderNote>,
    /// Orders this device holds.
    pub held: u64,
    /// Open conflicts about this device's orders.
    pub conflicts: u64,
}

impl SyncDocument {
    /// Of what was done.
    pub fn new(device: &str, synced: Synced) -> Self {
        SyncDocument {
            device: device.to_owned(),
            sent: synced.sent,
            results: synced.results,
            extended: synced.extended,
            withdrawn: synced.withdrawn.into_iter().map(|(order, note)| OrderNote { order, note }).collect(),
            held: synced.held,
            conflicts: synced.conflicts,
        }
    }
}

impl Document for SyncDocument {
    const SCHEMA: &'static str = "wattkey/orders-sync/1";

    fn table(&self, style: Style) -> String {
        let mut out = format!(
            "{} rows sent, {} results of orders among them; {} orders held\n",
            self.sent, self.results, self.held
        );
        if self.extended > 0 {
            out.push_str(&format!("{} leases have a later end\n", self.extended));
        }
        for one in &self.withdrawn {
            out.push_str(&paragraph(style, "Withdrawn", LABEL, &format!("{}: {}", one.order, one.note)));
        }
        if self.conflicts > 0 {
            out.push_str(&format!("{} conflicts wait for the office\n", self.conflicts));
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        strings(["device", "sent", "results", "extended", "withdrawn", "held", "conflicts"])
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let numbers = [self.sent, self.results, self.extended, self.withdrawn.len() as u64, self.held, self.conflicts];
        let mut row = vec![self.device.clone()];
        row.extend(numbers.map(|count| count.to_string()));
        vec![row]
    }
}

/// Something that was done to orders, one note each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotesDocument {
    /// What was done: `give-back`, `extend`, `settle`, `reseal`, `revoke`, `close`.
    pub action: &'static str,
    /// How many things it was done to.
    pub count: u64,
    /// One by one, where there is something to say of each.
    pub orders: Vec<OrderNote>,
    /// In words.
    pub note: String,
}

impl Document for NotesDocument {
    const SCHEMA: &'static str = "wattkey/orders-change/1";

    fn table(&self, style: Style) -> String {
        let mut out = String::new();
        if !self.orders.is_empty() {
            let rows: Vec<Vec<String>> =
                self.orders.iter().map(|one| vec![one.order.clone(), one.note.clone()]).collect();
            out.push_str(&grid(style, &["order", ""], &rows));
            out.push('\n');
        }
        out.push_str(&paragraph(style, "", 0, &self.note));
        out
    }

    fn csv_header(&self) -> Vec<String> {
        strings(["order", "note"])
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.orders.iter().map(|one| vec![one.order.clone(), one.note.clone()]).collect()
    }
}

/// Conflicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConflictsDocument {
    /// In the order they were found.
    pub conflicts: Vec<Conflict>,
}

impl ConflictsDocument {
    /// Those nobody has settled.
    pub fn open(&self) -> usize {
        self.conflicts.iter().filter(|one| one.settled.is_none()).count()
    }
}

impl Document for ConflictsDocument {
    const SCHEMA: &'static str = "wattkey/orders-conflicts/1";

    fn table(&self, style: Style) -> String {
        if self.conflicts.is_empty() {
            return "no conflicts that nobody has settled; --all shows the others\n".to_owned();
        }
        let mut out = String::new();
        for one in &self.conflicts {
            let meaning = super::result::ConflictKind::read(&one.kind).map_or("", super::result::ConflictKind::meaning);
            let other = one
                .other_device
                .as_ref()
                .zip(one.other_seq)
                .map(|(device, seq)| format!(", against row {seq} of {device}"))
                .unwrap_or_default();
            out.push_str(&paragraph(style, "Order", LABEL, &one.order));
            out.push_str(&paragraph(style, "Conflict", LABEL, &format!("{}: {meaning}", one.kind)));
            out.push_str(&paragraph(style, "Events", LABEL, &format!("row {} of {}{other}", one.seq, one.device)));
            out.push_str(&paragraph(style, "Found", LABEL, &one.found));
            if let Some(settled) = &one.settled {
                let by = one.settled_by.as_deref().unwrap_or_default();
                let as_what = one.settled_as.as_deref().unwrap_or_default();
                let why = one.why.as_deref().unwrap_or_default();
                out.push_str(&paragraph(style, "Settled", LABEL, &format!("{settled} by {by} as {as_what}: {why}")));
            }
            out.push('\n');
        }
        out.push_str(&format!("{} conflicts, {} open\n", self.conflicts.len(), self.open()));
        out
    }

    fn csv_header(&self) -> Vec<String> {
        strings([
            "order",
            "kind",
            "device",
            "seq",
            "other_device",
            "other_seq",
            "found",
            "settled",
            "settled_by",
            "settled_as",
            "why",
        ])
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.conflicts
            .iter()
            .map(|one| {
                let one = one.clone();
                vec![
                    one.order,
                    one.kind,
                    one.device,
                    one.seq.to_string(),
                    one.other_device.unwrap_or_default(),
                    one.other_seq.map(|seq| seq.to_string()).unwrap_or_default(),
                    one.found,
                    one.settled.unwrap_or_default(),
                    one.settled_by.unwrap_or_default(),
                    one.settled_as.unwrap_or_default(),
                    one.why.unwrap_or_default(),
                ]
            })
            .collect()
    }
}
