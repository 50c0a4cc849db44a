//! How far campaigns are: by area, crew and day, with what keeps orders from being done.

mod page;

use std::collections::BTreeMap;

use serde::Serialize;

use super::OrdersError;
use super::order::State;
use super::store::{Session, Store, Value};
use super::time_text;
use crate::output::{Document, Style, grid};

pub use page::write_page;

/// Leases that end within this many seconds are named.
const SOON_S: i64 = 24 * 3600;
/// Leases and orders that are named one by one.
const MOST_NAMED: i64 = 1000;

/// Orders by state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// All.
    pub orders: u64,
    /// To be taken.
    pub open: u64,
    /// With a crew.
    pub leased: u64,
    /// Done.
    pub done: u64,
    /// Not achieved.
    pub failed: u64,
    /// Stopped for safety, or called off.
    pub stopped: u64,
    /// For a person.
    pub unknown: u64,
}

impl Counts {
    fn add(&mut self, state: State, count: u64) {
        self.orders = self.orders.saturating_add(count);
        let place = match state {
            State::Open => &mut self.open,
            State::Leased => &mut self.leased,
            State::Done => &mut self.done,
            State::Failed => &mut self.failed,
            State::Stopped => &mut self.stopped,
            State::Unknown => &mut self.unknown,
        };
        *place = place.saturating_add(count);
    }

    /// Share of orders that are done, in percent.
    pub fn done_percent(&self) -> f64 {
        percent(self.done, self.orders)
    }

    fn cells(&self) -> Vec<String> {
        [self.orders, self.done, self.open, self.leased, self.failed, self.stopped, self.unknown]
            .map(|count| count.to_string())
            .to_vec()
    }
}

const COUNT_NAMES: [&str; 7] = ["orders", "done", "open", "leased", "failed", "stopped", "unknown"];

fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { (1000.0 * part as f64 / whole as f64).round() / 10.0 }
}

/// A campaign.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CampaignReport {
    /// Its name.
    pub campaign: String,
    /// `commission`, `key-change` or `inspection`.
    pub kind: String,
    /// When it was begun, RFC 3339 UTC.
    pub created: String,
    /// When it was closed, RFC 3339 UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
    /// Its orders.
    pub counts: Counts,
    /// Share of them that are done, in percent.
    pub done_percent: f64,
    /// Share of the visited orders that the first visit has done, in percent; absent before the first visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_visit_percent: Option<f64>,
}

/// An area of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AreaReport {
    /// The campaign.
    pub campaign: String,
    /// The area; empty for orders without one.
    pub area: String,
    /// Its orders.
    pub counts: Counts,
}

/// A device of a crew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CrewReport {
    /// The crew.
    pub crew: String,
    /// The device.
    pub device: String,
    /// Areas it is for; empty for all.
    pub areas: Vec<String>,
    /// Orders it holds.
    pub leased: u64,
    /// Visits it has told of.
    pub visits: u64,
    /// Visits that ended with the order done.
    pub done: u64,
    /// When it was synchronised last, RFC 3339 UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub synced: Option<String>,
    /// When it was revoked, RFC 3339 UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<String>,
}

/// A day's visits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayReport {
    /// `YYYY-MM-DD`, UTC.
    pub day: String,
    /// Visits.
    pub visits: u64,
    /// Visits that ended with the order done.
    pub done: u64,
}

/// What keeps orders from being done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CauseReport {
    /// A code word, or step and state.
    pub cause: String,
    /// Who has to look at them; absent when they are open again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// Orders.
    pub orders: u64,
}

/// A lease that is over, or soon will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeaseReport {
    /// The order.
    pub order: String,
    /// The device that holds it.
    pub device: String,
    /// When the lease ends, RFC 3339 UTC.
    pub expires: String,
    /// Whether it is over.
    pub is_over: bool,
}

/// An order that two devices have done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoneTwice {
    /// The order.
    pub order: String,
    /// Visits that found or left it done.
    pub visits: u64,
}

/// How far campaigns are.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct OrdersReport {
    /// When it was made, RFC 3339 UTC by the store's clock.
    pub at: String,
    /// The store.
    pub store: String,
    /// Campaign by campaign.
    pub campaigns: Vec<CampaignReport>,
    /// Area by area.
    pub areas: Vec<AreaReport>,
    /// Device by device.
    pub crews: Vec<CrewReport>,
    /// Day by day.
    pub days: Vec<DayReport>,
    /// What keeps orders from being done, the most frequent first.
    pub causes: Vec<CauseReport>,
    /// Leases that are over or end within a day.
    pub expiring: Vec<LeaseReport>,
    /// Orders done by two devices.
    pub done_twice: Vec<DoneTwice>,
    /// Conflicts nobody has settled.
    pub open_conflicts: u64,
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

impl OrdersReport {
    /// Reads it, of one campaign or of all.
    ///
    /// # Errors
    /// [`OrdersError::Unknown`] for a campaign that is not there; the store.
    pub fn read(store: &mut Store, campaign: Option<&str>) -> Result<Self, OrdersError> {
        let name = store.name().to_owned();
        store.run(|session| {
            let now = session.now()?;
            let filter = CampaignFilter { campaign };
            let mut report = OrdersReport { at: time_text(now), store: name.clone(), ..OrdersReport::default() };
            report.areas = filter.areas(session)?;
            report.campaigns = filter.campaigns(session, &report.areas)?;
            if let (Some(campaign), true) = (campaign, report.campaigns.is_empty()) {
                return Err(OrdersError::Unknown(format!("there is no campaign {campaign:?}")));
            }
            report.crews = filter.crews(session)?;
            report.days = filter.days(session)?;
            report.causes = filter.causes(session)?;
            report.expiring = filter.expiring(session, now)?;
            report.done_twice = filter.done_twice(session)?;
            report.open_conflicts = filter.open_conflicts(session)?;
            Ok(report)
        })
    }
}

struct CampaignFilter<'a> {
    campaign: Option<&'a str>,
}

impl CampaignFilter<'_> {
    /// A condition on a column that holds the name of the campaign, which is the only parameter.
    fn only(&self, column: &str) -> String {
        self.campaign.map(|_| format!(" AND {column} = $1")).unwrap_or_default()
    }

    fn parameters(&self) -> Vec<Value> {
        self.campaign.map(Value::from).into_iter().collect()
    }

    fn areas(&self, session: &mut dyn Session) -> Result<Vec<AreaReport>, OrdersError> {
        let sql = format!(
            "SELECT campaign, area, state, COUNT(*) FROM work_order WHERE 1 = 1{} GROUP BY campaign, area, state",
            self.only("campaign")
        );
        let mut areas: BTreeMap<(String, String), Counts> = BTreeMap::new();
        for row in session.query(&sql, &self.parameters())? {
            let counts = areas.entry((row.text(0)?, row.text(1)?)).or_default();
            counts.add(State::read(&row.text(2)?)?, count(row.int(3)?));
        }
        Ok(areas.into_iter().map(|((campaign, area), counts)| AreaReport { campaign, area, counts }).collect())
    }

    fn campaigns(&self, session: &mut dyn Session, areas: &[AreaReport]) -> Result<Vec<CampaignReport>, OrdersError> {
        let mut first_visits: BTreeMap<String, f64> = BTreeMap::new();
        let sql = format!(
            "SELECT w.campaign, COUNT(*), CAST(SUM(CASE WHEN v.visits = v.done THEN 1 ELSE 0 END) AS BIGINT)
             FROM (SELECT order_id, COUNT(*) AS visits, SUM(CASE WHEN outcome = 'done' THEN 1 ELSE 0 END) AS done
                   FROM event WHERE order_id IS NOT NULL AND outcome <> 'interrupted' GROUP BY order_id) v
             JOIN work_order w ON w.id = v.order_id WHERE 1 = 1{} GROUP BY w.campaign",
            self.only("w.campaign")
        );
        for row in session.query(&sql, &self.parameters())? {
            first_visits.insert(row.text(0)?, percent(count(row.int(2)?), count(row.int(1)?)));
        }
        let sql = format!(
            "SELECT name, kind, created, closed FROM campaign WHERE 1 = 1{} ORDER BY created, name",
            self.only("name")
        );
        let mut campaigns = Vec::new();
        for row in session.query(&sql, &self.parameters())? {
            let campaign = row.text(0)?;
            let mut counts = Counts::default();
            for area in areas.iter().filter(|area| area.campaign == campaign) {
                for (state, count) in [
                    (State::Open, area.counts.open),
                    (State::Leased, area.counts.leased),
                    (State::Done, area.counts.done),
                    (State::Failed, area.counts.failed),
                    (State::Stopped, area.counts.stopped),
                    (State::Unknown, area.counts.unknown),
                ] {
                    counts.add(state, count);
                }
            }
            campaigns.push(CampaignReport {
                kind: row.text(1)?,
                created: row.text(2)?,
                closed: row.optional(3)?,
                done_percent: counts.done_percent(),
                counts,
                first_visit_percent: first_visits.get(&campaign).copied(),
                campaign,
            });
        }
        Ok(campaigns)
    }

    fn crews(&self, session: &mut dyn Session) -> Result<Vec<CrewReport>, OrdersError> {
        let mut visits: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        let sql = format!(
            "SELECT e.device, COUNT(*), CAST(SUM(CASE WHEN e.outcome = 'done' THEN 1 ELSE 0 END) AS BIGINT)
             FROM event e JOIN work_order w ON w.id = e.order_id
             WHERE e.order_id IS NOT NULL AND e.outcome <> 'interrupted'{} GROUP BY e.device",
            self.only("w.campaign")
        );
        for row in session.query(&sql, &self.parameters())? {
            visits.insert(row.text(0)?, (count(row.int(1)?), count(row.int(2)?)));
        }
        let mut leased: BTreeMap<String, u64> = BTreeMap::new();
        let sql = format!(
            "SELECT holder, COUNT(*) FROM work_order WHERE state = 'leased'{} GROUP BY holder",
            self.only("campaign")
        );
        for row in session.query(&sql, &self.parameters())? {
            leased.insert(row.text(0)?, count(row.int(1)?));
        }
        let rows =
            session.query("SELECT crew, id, areas, synced, revoked FROM device ORDER BY crew, enrolled, id", &[])?;
        rows.iter()
            .map(|row| {
                let device = row.text(1)?;
                let (all, done) = visits.get(&device).copied().unwrap_or_default();
                Ok(CrewReport {
                    crew: row.text(0)?,
                    areas: super::key_set::areas_of(&row.text(2)?)?,
                    leased: leased.get(&device).copied().unwrap_or(0),
                    visits: all,
                    done,
                    synced: row.optional(3)?,
                    revoked: row.optional(4)?,
                    device,
                })
            })
            .collect()
    }

    fn days(&self, session: &mut dyn Session) -> Result<Vec<DayReport>, OrdersError> {
        let sql = format!(
            "SELECT SUBSTR(e.at, 1, 10), COUNT(*), CAST(SUM(CASE WHEN e.outcome = 'done' THEN 1 ELSE 0 END) AS BIGINT)
             FROM event e JOIN work_order w ON w.id = e.order_id
             WHERE e.order_id IS NOT NULL AND e.outcome <> 'interrupted'{} GROUP BY SUBSTR(e.at, 1, 10)
             ORDER BY SUBSTR(e.at, 1, 10)",
            self.only("w.campaign")
        );
        let rows = session.query(&sql, &self.parameters())?;
        rows.iter()
            .map(|row| Ok(DayReport { day: row.text(0)?, visits: count(row.int(1)?), done: count(row.int(2)?) }))
            .collect()
    }

    fn causes(&self, session: &mut dyn Session) -> Result<Vec<CauseReport>, OrdersError> {
        let sql = format!(
            "SELECT cause, queue, COUNT(*) FROM work_order WHERE cause IS NOT NULL AND state <> 'done'{}
             GROUP BY cause, queue ORDER BY COUNT(*) DESC, cause",
            self.only("campaign")
        );
        let rows = session.query(&sql, &self.parameters())?;
        rows.iter()
            .map(|row| Ok(CauseReport { cause: row.text(0)?, queue: row.optional(1)?, orders: count(row.int(2)?) }))
            .collect()
    }

    fn expiring(&self, session: &mut dyn Session, now: i64) -> Result<Vec<LeaseReport>, OrdersError> {
        let mut parameters = self.parameters();
        parameters.push(now.saturating_add(SOON_S).into());
        parameters.push(MOST_NAMED.into());
        let sql = format!(
            "SELECT id, holder, expires FROM work_order WHERE state = 'leased' AND expires < ${}{} ORDER BY expires, id
             LIMIT ${}",
            parameters.len() - 1,
            self.only("campaign"),
            parameters.len()
        );
        let rows = session.query(&sql, &parameters)?;
        rows.iter()
            .map(|row| {
                let expires = row.int(2)?;
                Ok(LeaseReport {
                    order: row.text(0)?,
                    device: row.text(1)?,
                    expires: time_text(expires),
                    is_over: expires < now,
                })
            })
            .collect()
    }

    fn done_twice(&self, session: &mut dyn Session) -> Result<Vec<DoneTwice>, OrdersError> {
        let mut parameters = self.parameters();
        parameters.push(MOST_NAMED.into());
        let sql = format!(
            "SELECT e.order_id, COUNT(*) FROM event e JOIN work_order w ON w.id = e.order_id
             WHERE e.outcome = 'done'{} GROUP BY e.order_id HAVING COUNT(DISTINCT e.device) > 1 ORDER BY e.order_id
             LIMIT ${}",
            self.only("w.campaign"),
            parameters.len()
        );
        let rows = session.query(&sql, &parameters)?;
        rows.iter().map(|row| Ok(DoneTwice { order: row.text(0)?, visits: count(row.int(1)?) })).collect()
    }

    fn open_conflicts(&self, session: &mut dyn Session) -> Result<u64, OrdersError> {
        let sql = format!(
            "SELECT COUNT(*) FROM conflict c JOIN work_order w ON w.id = c.order_id WHERE c.settled IS NULL{}",
            self.only("w.campaign")
        );
        let row = session.first(&sql, &self.parameters())?;
        Ok(row.map(|row| row.int(0)).transpose()?.map_or(0, count))
    }
}

fn named_counts(first: &[&str], rows: Vec<(Vec<String>, Counts)>) -> (Vec<String>, Vec<Vec<String>>) {
    let header = first.iter().chain(&COUNT_NAMES).map(|name| (*name).to_owned()).collect();
    let rows = rows
        .into_iter()
        .map(|(mut cells, counts)| {
            cells.extend(counts.cells());
            cells
        })
        .collect();
    (header, rows)
}

fn area_name(area: &str) -> String {
    if area.is_empty() { "-".to_owned() } else { area.to_owned() }
}

impl OrdersReport {
    fn campaign_table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let rows = self.campaigns.iter().map(|one| (vec![one.campaign.clone()], one.counts)).collect();
        named_counts(&["campaign"], rows)
    }

    fn area_table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let rows =
            self.areas.iter().map(|one| (vec![one.campaign.clone(), area_name(&one.area)], one.counts)).collect();
        named_counts(&["campaign", "area"], rows)
    }

    fn crew_rows(&self) -> Vec<Vec<String>> {
        self.crews
            .iter()
            .map(|one| {
                let synced = match (&one.revoked, &one.synced) {
                    (Some(revoked), _) => format!("revoked {revoked}"),
                    (None, Some(synced)) => synced.clone(),
                    (None, None) => "never".to_owned(),
                };
                let numbers = [one.leased, one.visits, one.done].map(|count| count.to_string());
                let mut cells = vec![one.crew.clone(), one.device.clone()];
                cells.extend(numbers);
                cells.push(synced);
                cells
            })
            .collect()
    }

    fn cause_rows(&self) -> Vec<Vec<String>> {
        self.causes
            .iter()
            .map(|one| {
                let queue = one.queue.clone().unwrap_or_else(|| "open again".to_owned());
                vec![one.orders.to_string(), one.cause.clone(), queue]
            })
            .collect()
    }

    fn lease_rows(&self) -> Vec<Vec<String>> {
        self.expiring
            .iter()
            .map(|one| {
                let over = if one.is_over { "over" } else { "" };
                vec![one.order.clone(), one.device.clone(), one.expires.clone(), over.to_owned()]
            })
            .collect()
    }
}

const CREW_HEADER: [&str; 6] = ["crew", "device", "leased", "visits", "done", "synced"];
const DAY_HEADER: [&str; 3] = ["day", "visits", "done"];
const CAUSE_HEADER: [&str; 3] = ["orders", "cause", "where"];
const LEASE_HEADER: [&str; 4] = ["order", "device", "lease ends", ""];

/// Leases that a table names.
const SHOWN_LEASES: usize = 20;

impl Document for OrdersReport {
    const SCHEMA: &'static str = "wattkey/orders-report/1";

    fn table(&self, style: Style) -> String {
        let mut out = String::new();
        let mut add = |header: &[&str], rows: &[Vec<String>]| {
            if !rows.is_empty() {
                if !out.is_empty() {
                    out.push('\n');
                }
                out.push_str(&grid(style, header, rows));
            }
        };
        for (header, rows) in [self.campaign_table(), self.area_table()] {
            let header: Vec<&str> = header.iter().map(String::as_str).collect();
            add(&header, &rows);
        }
        add(&CREW_HEADER, &self.crew_rows());
        let days: Vec<Vec<String>> =
            self.days.iter().map(|one| vec![one.day.clone(), one.visits.to_string(), one.done.to_string()]).collect();
        add(&DAY_HEADER, &days);
        add(&CAUSE_HEADER, &self.cause_rows());
        let leases = self.lease_rows();
        add(&LEASE_HEADER, leases.get(..SHOWN_LEASES).unwrap_or(&leases));
        if self.campaigns.is_empty() {
            return "no campaigns yet: `wattkey orders load FILE --campaign NAME` begins one\n".to_owned();
        }
        out.push('\n');
        for one in &self.campaigns {
            let first = one
                .first_visit_percent
                .map(|share| format!(", {share:.1} % of the visited by the first visit"))
                .unwrap_or_default();
            let closed = one.closed.as_ref().map(|at| format!(", closed {at}")).unwrap_or_default();
            out.push_str(&format!("{}: {:.1} % done{first}{closed}\n", one.campaign, one.done_percent));
        }
        if leases.len() > SHOWN_LEASES {
            out.push_str(&format!("{} more leases end within a day\n", leases.len() - SHOWN_LEASES));
        }
        if !self.done_twice.is_empty() {
            out.push_str(&format!(
                "{} orders were done twice: `wattkey orders conflicts --all` names the visits\n",
                self.done_twice.len()
            ));
        }
        if self.open_conflicts > 0 {
            out.push_str(&format!("{} conflicts are open: `wattkey orders conflicts`\n", self.open_conflicts));
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        self.area_table().0
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.area_table().1
    }
}
