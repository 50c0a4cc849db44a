//! Loading a list of orders: read twice as a stream, checked whole before the first row is written.
//!
//! Memory holds two numbers a row for finding duplicates, and a few thousand rows on their way to the store.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::BuildHasher;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use sha2::{Digest, Sha256};

use super::audit::Audit;
use super::conflict::CALLED_OFF;
use super::error::MOST_BAD_ROWS;
use super::key_set::{NOTHING_SEALED, Plain, Recipients, Secrets};
use super::office::{self, OfficeKey};
use super::order::{CampaignKind, Content, ID_SEPARATOR};
use super::store::{Column, Session, Store, Value};
use super::{OrdersError, statement};
use crate::bulk::list::{BadRow, Cells, Checker, Defaults, Field, Known, PlanNeeds, read_rows};
use crate::commission::{Job, Plan, StepName};
use crate::headend::pack::list as record_list;
use crate::headend::pack::{KEY_CHANGE, PackRecord};
use crate::hex;
use crate::meter::profile::{Library, Protocol};

/// Rows on their way to the store in one transaction.
const BATCH: usize = 4000;
/// Rows asked about in one statement.
const ASKED: usize = 500;
/// Batches that wait for the store.
const WAITING: usize = 2;
/// Longest name of a campaign, in characters.
const LONGEST_NAME: usize = 64;
/// Priorities that are taken.
const PRIORITIES: std::ops::RangeInclusive<i64> = -1000..=1000;

/// What a list is loaded as.
#[derive(Debug, Clone)]
pub struct LoadRequest {
    /// Name of the campaign.
    pub campaign: String,
    /// What the campaign is about; `None` follows from its plan.
    pub kind: Option<CampaignKind>,
    /// What holds for rows that do not say otherwise.
    pub defaults: Defaults,
    /// Area of rows that name none.
    pub area: Option<String>,
    /// Give orders that are there new content and open them again, unless they are done or at work.
    pub replace: bool,
    /// Who loads.
    pub who: String,
    /// When, RFC 3339 UTC.
    pub now: String,
}

/// What loading did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loaded {
    /// Rows of the list.
    pub rows: u64,
    /// Orders that are new.
    pub added: u64,
    /// Orders that were there with the same content.
    pub unchanged: u64,
    /// Orders that got new content.
    pub replaced: u64,
    /// Orders with something sealed.
    pub sealed: u64,
}

/// Columns besides those of every list and of a record.
const OWN_COLUMNS: [&str; 3] = ["area", "priority", "site"];

fn is_known(column: &str) -> bool {
    OWN_COLUMNS.contains(&column) || record_list::is_known(column)
}

/// Plans and profiles, each read once. Questions may be open: a person may answer them at the meter.
struct Plans {
    library: Library,
    plans: Mutex<HashMap<String, Result<Arc<NamedPlan>, String>>>,
}

struct NamedPlan {
    plan: Plan,
    digest: String,
}

impl Plans {
    fn find(&self, name: &str) -> Result<Arc<NamedPlan>, String> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let find = || {
            let plan = Plan::find(name).map_err(|error| error.to_string())?;
            let digest = digest_of(&plan.text);
            Ok(Arc::new(NamedPlan { plan, digest }))
        };
        plans.entry(name.to_owned()).or_insert_with(find).clone()
    }

    fn used(&self) -> Vec<(String, Arc<NamedPlan>)> {
        let plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        plans.iter().filter_map(|(name, plan)| Some((name.clone(), Arc::clone(plan.as_ref().ok()?)))).collect()
    }
}

/// By which the text of a plan is known: 32 hex digits of its SHA-256.
pub fn digest_of(text: &str) -> String {
    let digest = hex::encode(&Sha256::digest(text.as_bytes()));
    digest.get(..32).unwrap_or(&digest).to_owned()
}

impl Known for Plans {
    fn profile(&self, name: &str) -> Result<Protocol, String> {
        self.library.find(name).map(|profile| profile.protocol).map_err(|error| error.to_string())
    }

    fn plan(&self, name: &str, columns: &[(String, String)]) -> Result<PlanNeeds, String> {
        let plan = &self.find(name)?.plan;
        let mut job = Job { id: "row".to_owned(), ..Job::default() };
        columns.iter().try_for_each(|(name, text)| job.set(name, text).map(|_| ()))?;
        let problems = job.problems(plan, false);
        if problems.is_empty() { Ok(PlanNeeds::default()) } else { Err(problems.join("; ")) }
    }
}

/// A row as an order, before it is signed.
struct Draft {
    line: u64,
    content: Content,
    secrets: Secrets,
}

/// Makes drafts of rows.
struct Drafter<'a> {
    request: &'a LoadRequest,
    plans: &'a Plans,
    checker: Checker<'a>,
}

impl<'a> Drafter<'a> {
    fn new(request: &'a LoadRequest, plans: &'a Plans) -> Self {
        Drafter { request, plans, checker: Checker::new(plans).without_links() }
    }

    fn draft(&mut self, line: u64, cells: Result<Cells, String>) -> Result<Draft, Vec<String>> {
        let mut cells = cells.map_err(|problem| vec![problem])?;
        let defaults = &self.request.defaults;
        cells.default_to(Field::Link, defaults.link.as_deref());
        cells.default_to(Field::Address, defaults.address.as_deref());
        cells.default_to(Field::Protocol, defaults.protocol.as_deref());
        cells.default_to(Field::Profile, defaults.profile.as_deref());
        cells.default_to(Field::Plan, defaults.plan.as_deref());
        self.checker.check(&cells)?;
        self.content(line, &cells).map_err(|problem| vec![problem])
    }

    fn content(&self, line: u64, cells: &Cells) -> Result<Draft, String> {
        let text = |field| cells.get(field).map(str::to_owned);
        let job = cells.get(Field::Id).unwrap_or_default();
        let plan = cells.get(Field::Plan).unwrap_or_default();
        let priority = match cells.other("priority") {
            None => 0,
            Some(text) => text.parse().ok().filter(|number| PRIORITIES.contains(number)).ok_or_else(|| {
                format!("priority {text:?} is not a whole number from -1000 to 1000; higher goes first")
            })?,
        };
        let mut settings = BTreeMap::new();
        let mut secrets =
            Secrets { mark: String::new(), vend_code: text(Field::VendCode), credit_token: None, record: None };
        for (name, value) in &cells.for_plan {
            if name == "credit_token" {
                secrets.credit_token = Some(value.clone());
            } else {
                settings.insert(name.clone(), value.clone());
            }
        }
        let of_record = || cells.others.iter().filter(|(name, _)| !OWN_COLUMNS.contains(&name.as_str()));
        match cells.get(Field::Drn) {
            Some(drn) if of_record().next().is_some() || secrets.vend_code.is_some() => {
                let serial = cells.get(Field::Serial).map(|serial| ("serial", serial));
                let columns = of_record().map(|(name, value)| (name.as_str(), value.as_str()));
                let mut record = record_list::record_of(drn, columns.chain(serial))?;
                take_target(&mut record)?;
                secrets.record = Some(record);
            }
            None if of_record().next().is_some() => {
                let columns: Vec<&str> = of_record().map(|(name, _)| name.as_str()).collect();
                return Err(format!("{} belong to a meter number, and drn is missing", columns.join(", ")));
            }
            _ => {}
        }
        let content = Content {
            id: format!("{}{ID_SEPARATOR}{job}", self.request.campaign),
            campaign: self.request.campaign.clone(),
            drn: text(Field::Drn),
            serial: text(Field::Serial),
            site: cells.other("site").map(str::to_owned),
            area: cells.other("area").or(self.request.area.as_deref()).unwrap_or_default().to_owned(),
            priority,
            link: text(Field::Link),
            address: text(Field::Address),
            protocol: text(Field::Protocol),
            profile: text(Field::Profile),
            plan: plan.to_owned(),
            plan_digest: self.plans.find(plan)?.digest.clone(),
            settings,
            fingerprint: None,
        };
        Ok(Draft { line, content, secrets })
    }
}

/// Makes the key that a set leads to the one the meter is to be on: the plan compares the meter with the record, and
/// a record of the old key would call the order done before the set goes in.
fn take_target(record: &mut PackRecord) -> Result<(), String> {
    fn merge<T: PartialEq + Copy + std::fmt::Display>(
        name: &str,
        own: &mut Option<T>,
        target: Option<T>,
    ) -> Result<(), String> {
        match (*own, target) {
            (None, Some(target)) => *own = Some(target),
            (Some(held), Some(target)) if held != target => {
                return Err(format!(
                    "{name} is {held} and to_{name} is {target}: sgc, krn, kt and ti are what the meter is to have, so leave \
                     {name} out or write the new value; from_{name} is for the old one"
                ));
            }
            _ => {}
        }
        Ok(())
    }
    let targets: Vec<_> =
        record.tokens.iter().filter(|issued| issued.kind == KEY_CHANGE).filter_map(|issued| issued.to).collect();
    for target in targets {
        merge("sgc", &mut record.sgc, target.sgc)?;
        merge("krn", &mut record.krn, target.krn)?;
        merge("kt", &mut record.kt, target.kt)?;
        merge("ti", &mut record.ti, target.ti)?;
    }
    Ok(())
}

/// An order, signed.
struct Signed {
    line: u64,
    content: Content,
    signature: String,
    plain: Option<Plain>,
}

impl Draft {
    fn sign(self, office: &OfficeKey) -> Result<Signed, OrdersError> {
        let Draft { line, mut content, secrets } = self;
        let plain = if secrets.is_empty() { None } else { Some(secrets.plain(&content.id, office)?) };
        content.fingerprint = plain.as_ref().map(|plain| plain.fingerprint.clone());
        let signature = content.sign(office.signing())?;
        Ok(Signed { line, content, signature, plain })
    }
}

/// Bad rows in order, as many as are named.
#[derive(Default)]
struct BadRows {
    bad: Vec<BadRow>,
}

impl BadRows {
    fn add(&mut self, line: u64, problems: Vec<String>) {
        if self.bad.len() < MOST_BAD_ROWS {
            self.bad.push(BadRow { line, problems });
        }
    }
}

/// Where names were seen: their hashes with the lines, sorted at the end.
struct Seen {
    hasher: RandomState,
    seen: Vec<(u64, u32)>,
    what: &'static str,
}

impl Seen {
    fn new(what: &'static str) -> Self {
        Seen { hasher: RandomState::new(), seen: Vec::new(), what }
    }

    fn add(&mut self, name: &str, line: u64) {
        self.seen.push((self.hasher.hash_one(name), u32::try_from(line).unwrap_or(u32::MAX)));
    }

    /// Names every line whose name was on an earlier one.
    fn duplicates(mut self, bad: &mut BadRows) {
        self.seen.sort_unstable();
        for pair in self.seen.windows(2) {
            if let [(first, line), (second, again)] = pair
                && first == second
            {
                bad.add(
                    u64::from(*again),
                    vec![format!("{} is that of line {line} too: take one of them out", self.what)],
                );
            }
        }
    }
}

/// Opens the list anew, from its beginning.
pub type OpenList<'a> = &'a (dyn Fn() -> io::Result<Box<dyn Read + Send>> + Sync);

/// Loads a list. Loading the same again changes nothing.
///
/// # Errors
/// [`OrdersError::Rows`] with every bad row, before anything is written; the office key; the store.
pub fn load(
    store: &mut Store,
    open: OpenList<'_>,
    request: &LoadRequest,
    office: &OfficeKey,
    library: Library,
) -> Result<Loaded, OrdersError> {
    check_name(&request.campaign)?;
    require_office(store, office)?;
    let plans = Plans { library, plans: Mutex::default() };
    if let Some(name) = &request.defaults.plan {
        plans.find(name).map_err(|problem| OrdersError::Unknown(format!("--plan: {problem}")))?;
    }
    let campaign = request.campaign.as_str();
    let known = store.run(|session| {
        let row = session.first("SELECT closed FROM campaign WHERE name = $1", &[campaign.into()])?;
        if let Some(row) = &row
            && let Some(closed) = row.optional(0)?
        {
            return Err(OrdersError::Conflict(format!("the campaign {campaign:?} was closed at {closed}")));
        }
        Ok(row.is_some())
    })?;
    let rows = check_all(store, open, request, office, &plans, known)?;
    begin_campaign(store, request, &plans)?;
    let mut loaded = write_all(store, open, request, office, &plans)?;
    loaded.rows = rows;
    loaded.unchanged = rows.saturating_sub(loaded.added).saturating_sub(loaded.replaced);
    if loaded.added > 0 || loaded.replaced > 0 {
        let audit = Audit::new("load", campaign, &request.who, &request.now)?
            .detail(format!("{} new, {} replaced, {} unchanged", loaded.added, loaded.replaced, loaded.unchanged));
        store.run(|session| audit.write(session, None))?;
    }
    Ok(loaded)
}

fn check_name(name: &str) -> Result<(), OrdersError> {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    if name.is_empty() || name.chars().count() > LONGEST_NAME || !name.chars().all(fits) {
        let problem = "use up to 64 letters, digits, dots, hyphens and underscores";
        return Err(OrdersError::Unknown(format!("{name:?} is no name for a campaign: {problem}")));
    }
    Ok(())
}

fn require_office(store: &mut Store, office: &OfficeKey) -> Result<(), OrdersError> {
    let public = office.public();
    match store.run(office::of_store)? {
        Some(found) if found == public => Ok(()),
        found => Err(OrdersError::OfficeKey(format!(
            "the office key at hand is {}, and the store belongs to {}",
            public.fingerprint(),
            found.map_or_else(|| "none".to_owned(), |found| found.fingerprint().to_owned())
        ))),
    }
}

fn list_failed(source: io::Error) -> OrdersError {
    OrdersError::List(source.into())
}

/// Looks at every row, and at what the store has of it; tells how many there are.
fn check_all(
    store: &mut Store,
    open: OpenList<'_>,
    request: &LoadRequest,
    office: &OfficeKey,
    plans: &Plans,
    has_orders: bool,
) -> Result<u64, OrdersError> {
    let mut bad = BadRows::default();
    let (mut rows, mut failed) = (0u64, None);
    let (mut ids, mut meters) = (Seen::new("id"), Seen::new("the meter number"));
    let mut waiting: Vec<Draft> = Vec::new();
    let mut drafter = Drafter::new(request, plans);
    read_rows(open().map_err(list_failed)?, &is_known, &mut |line, cells| {
        rows = rows.saturating_add(1);
        match drafter.draft(line, cells) {
            Err(problems) => bad.add(line, problems),
            Ok(draft) => {
                ids.add(&draft.content.id, line);
                if let Some(drn) = &draft.content.drn {
                    meters.add(drn, line);
                }
                if has_orders && failed.is_none() {
                    waiting.push(draft);
                    if waiting.len() >= ASKED {
                        failed = compare(store, request, office, std::mem::take(&mut waiting), &mut bad).err();
                    }
                }
            }
        }
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    compare(store, request, office, waiting, &mut bad)?;
    ids.duplicates(&mut bad);
    meters.duplicates(&mut bad);
    if rows == 0 {
        return Err(OrdersError::Unknown("the list names no order".to_owned()));
    }
    if !bad.bad.is_empty() {
        bad.bad.sort_by_key(|row| row.line);
        return Err(OrdersError::Rows { rows, bad: bad.bad });
    }
    Ok(rows)
}

/// What the store has of these rows: other content under their names, or other orders for their meters.
fn compare(
    store: &mut Store,
    request: &LoadRequest,
    office: &OfficeKey,
    drafts: Vec<Draft>,
    bad: &mut BadRows,
) -> Result<(), OrdersError> {
    if drafts.is_empty() {
        return Ok(());
    }
    let ids: Vec<Value> = drafts.iter().map(|draft| (&draft.content.id).into()).collect();
    let meters: Vec<Value> = drafts.iter().filter_map(|draft| draft.content.drn.as_ref().map(Into::into)).collect();
    // CROSS JOIN has SQLite walk along the few that are wanted, and not along all orders.
    let (there, orders_of_meters) = store.run(|session| {
        let mut there = HashMap::new();
        let sql = format!(
            "WITH wanted (id) AS ({}) SELECT w.id, w.signature, w.state, w.queue, w.cause, k.wiped FROM wanted
             CROSS JOIN work_order w LEFT JOIN key_set k ON k.order_id = w.id WHERE w.id = wanted.id",
            statement::values(1, ids.len())
        );
        for row in session.query(&sql, &ids)? {
            there.insert(row.text(0)?, OrderThere::of_row(&row)?);
        }
        let mut of_meters = Vec::new();
        if !meters.is_empty() {
            let sql = format!(
                "WITH wanted (drn) AS ({}) SELECT w.drn, w.id FROM wanted CROSS JOIN work_order w
                 WHERE w.drn = wanted.drn AND w.campaign = $1 AND (w.state = 'open' OR w.state = 'leased')",
                statement::values(2, meters.len())
            );
            let mut parameters = vec![Value::from(&request.campaign)];
            parameters.extend(meters.iter().cloned());
            for row in session.query(&sql, &parameters)? {
                of_meters.push((row.text(0)?, row.text(1)?));
            }
        }
        Ok((there, of_meters))
    })?;
    for draft in drafts {
        let line = draft.line;
        let other = orders_of_meters
            .iter()
            .find(|(drn, id)| draft.content.drn.as_deref() == Some(drn.as_str()) && *id != draft.content.id);
        if let Some((drn, id)) = other {
            bad.add(line, vec![format!("meter {drn} has the order {id:?} in this campaign, which is not done yet")]);
            continue;
        }
        let Some(found) = there.get(&draft.content.id) else { continue };
        let signed = draft.sign(office)?;
        let is_same = signed.signature == found.signature;
        if is_same && !(request.replace && found.is_wiped) {
            continue;
        }
        let id = &signed.content.id;
        if !request.replace {
            let problem =
                format!("there is an order {id:?} with other content: give the job another id, or give --replace");
            bad.add(signed.line, vec![problem]);
        } else if let Some(why) = found.stays() {
            // What is done and the same is no mistake of the list.
            if !is_same {
                bad.add(signed.line, vec![format!("the order {id:?} {why}, and cannot be replaced")]);
            }
        }
    }
    Ok(())
}

/// What the store has under the name of a row.
struct OrderThere {
    signature: String,
    state: String,
    queue: Option<String>,
    cause: Option<String>,
    is_wiped: bool,
}

impl OrderThere {
    fn of_row(row: &super::store::Row) -> Result<Self, OrdersError> {
        Ok(OrderThere {
            signature: row.text(1)?,
            state: row.text(2)?,
            queue: row.optional(3)?,
            cause: row.optional(4)?,
            is_wiped: row.optional(5)?.is_some(),
        })
    }

    /// Why it cannot get new content and be opened again; `None` when it can.
    fn stays(&self) -> Option<String> {
        match (self.state.as_str(), self.queue.as_deref()) {
            (_, Some("supervisor")) => Some("waits for the supervisor".to_owned()),
            ("open" | "failed", _) => None,
            ("stopped", _) if self.cause.as_deref() != Some(CALLED_OFF) => None,
            (state, _) => Some(format!("is {state}")),
        }
    }
}

fn begin_campaign(store: &mut Store, request: &LoadRequest, plans: &Plans) -> Result<(), OrdersError> {
    let used = plans.used();
    let default = request.defaults.plan.clone().or_else(|| used.first().map(|(name, _)| name.clone()));
    let kind = request.kind.unwrap_or_else(|| kind_of(&used));
    store.run(|session| {
        session.insert_new(
            "campaign",
            &["name", "kind", "plan", "created", "created_by"].map(Column::text),
            &[vec![
                (&request.campaign).into(),
                kind.word().into(),
                default.as_deref().unwrap_or_default().into(),
                (&request.now).into(),
                (&request.who).into(),
            ]],
        )?;
        let rows: Vec<_> = used
            .iter()
            .map(|(name, plan)| vec![(&plan.digest).into(), name.into(), (&plan.plan.text).into()])
            .collect();
        if request.replace {
            session.execute(
                "UPDATE campaign SET kind = $1, plan = $2 WHERE name = $3",
                &[kind.word().into(), default.as_deref().unwrap_or_default().into(), (&request.campaign).into()],
            )?;
        }
        session.insert_new("plan", &["digest", "name", "body"].map(Column::text), &rows)?;
        Ok(())
    })
}

fn kind_of(plans: &[(String, Arc<NamedPlan>)]) -> CampaignKind {
    let changes = |plan: &Plan| StepName::ALL.iter().any(|step| step.changes_the_meter() && plan.has(*step));
    if !plans.iter().any(|(_, named)| changes(&named.plan)) {
        CampaignKind::Inspection
    } else if plans.iter().all(|(_, named)| named.plan.is_for_installed_meters()) {
        CampaignKind::KeyChange
    } else {
        CampaignKind::Commission
    }
}

/// Signs in one thread and writes in this one.
fn write_all(
    store: &mut Store,
    open: OpenList<'_>,
    request: &LoadRequest,
    office: &OfficeKey,
    plans: &Plans,
) -> Result<Loaded, OrdersError> {
    let (sender, receiver) = sync_channel::<Vec<Signed>>(WAITING);
    thread::scope(|scope| {
        let signer = scope.spawn(move || -> Result<(), OrdersError> {
            let mut batch = Vec::with_capacity(BATCH);
            let mut failed = None;
            let mut drafter = Drafter::new(request, plans);
            read_rows(open().map_err(list_failed)?, &is_known, &mut |line, cells| {
                if failed.is_some() {
                    return;
                }
                let signed = drafter
                    .draft(line, cells)
                    .map_err(|problems| OrdersError::Unknown(format!("line {line}: {}", problems.join("; "))))
                    .and_then(|draft| draft.sign(office));
                match signed {
                    Ok(signed) => batch.push(signed),
                    // The list was sound a moment ago: somebody has changed it.
                    Err(error) => failed = Some(error),
                }
                if batch.len() >= BATCH && sender.send(std::mem::take(&mut batch)).is_err() {
                    failed = Some(OrdersError::Content("the store has stopped taking orders".to_owned()));
                }
            })?;
            // A receiver that is gone has an error of its own.
            let _ = sender.send(batch);
            failed.map_or(Ok(()), Err)
        });
        let written = write_batches(store, request, office, receiver);
        let signed = signer.join().unwrap_or_else(|_| Err(OrdersError::Content("signing broke off".to_owned())));
        // The store's own error says more than that nobody took what was signed.
        let written = written?;
        signed?;
        Ok(written)
    })
}

fn write_batches(
    store: &mut Store,
    request: &LoadRequest,
    office: &OfficeKey,
    batches: Receiver<Vec<Signed>>,
) -> Result<Loaded, OrdersError> {
    let public = office.public();
    let mut groups: HashMap<String, Recipients> = HashMap::new();
    let mut loaded = Loaded::default();
    for batch in batches {
        let areas: HashSet<&String> =
            batch.iter().filter(|order| order.plain.is_some()).map(|order| &order.content.area).collect();
        for area in areas {
            if !groups.contains_key(area) {
                let recipients = store.run(|session| {
                    let recipients = Recipients::of_area(session, area, &public)?;
                    recipients.note(session)?;
                    Ok(recipients)
                })?;
                groups.insert(area.clone(), recipients);
            }
        }
        let rows = batch.iter().map(|order| Written::new(order, &groups)).collect::<Result<Vec<_>, _>>()?;
        let one = store.run(|session| write_batch(session, request, &rows))?;
        loaded.added = loaded.added.saturating_add(one.added);
        loaded.replaced = loaded.replaced.saturating_add(one.replaced);
        loaded.sealed = loaded.sealed.saturating_add(one.sealed);
    }
    Ok(loaded)
}

/// An order as rows of the store.
struct Written<'a> {
    order: &'a Signed,
    sealed: Option<String>,
    group: String,
}

impl<'a> Written<'a> {
    fn new(order: &'a Signed, groups: &HashMap<String, Recipients>) -> Result<Self, OrdersError> {
        let (mut sealed, mut group) = (None, NOTHING_SEALED.to_owned());
        if let Some(plain) = &order.plain
            && let Some(recipients) = groups.get(&order.content.area)
        {
            sealed = Some(recipients.seal(plain)?);
            group.clone_from(&recipients.group);
        }
        Ok(Written { order, sealed, group })
    }

    /// What an order is and how it stands when it is new, in the order of [`ORDER_COLUMNS`].
    fn row(&self, now: i64) -> Result<Vec<Value>, OrdersError> {
        let content = &self.order.content;
        Ok(vec![
            (&content.id).into(),
            (&content.campaign).into(),
            content.drn.as_ref().into(),
            content.serial.as_ref().into(),
            content.site.as_ref().into(),
            (&content.area).into(),
            content.priority.into(),
            content.link.as_ref().into(),
            content.address.as_ref().into(),
            content.protocol.as_ref().into(),
            content.profile.as_ref().into(),
            (&content.plan).into(),
            (&content.plan_digest).into(),
            content.settings_text()?.into(),
            content.fingerprint.as_ref().into(),
            (&self.order.signature).into(),
            (&self.group).into(),
            "open".into(),
            0.into(),
            0.into(),
            0.into(),
            now.into(),
        ])
    }

    fn key_set(&self) -> Option<Vec<Value>> {
        let fingerprint = self.order.content.fingerprint.as_ref()?;
        Some(vec![(&self.order.content.id).into(), self.sealed.as_ref()?.into(), fingerprint.into()])
    }
}

const ORDER_COLUMNS: [Column; 22] = [
    Column::text("id"),
    Column::text("campaign"),
    Column::text("drn"),
    Column::text("serial"),
    Column::text("site"),
    Column::text("area"),
    Column::int("priority"),
    Column::text("link"),
    Column::text("address"),
    Column::text("protocol"),
    Column::text("profile"),
    Column::text("plan"),
    Column::text("plan_digest"),
    Column::text("settings"),
    Column::text("fingerprint"),
    Column::text("signature"),
    Column::text("seal_group"),
    Column::text("state"),
    Column::int("version"),
    Column::int("done_sent"),
    Column::int("attempts"),
    Column::int("changed"),
];

const SET_COLUMNS: [Column; 3] = [Column::text("order_id"), Column::text("sealed"), Column::text("fingerprint")];

fn write_batch(session: &mut dyn Session, request: &LoadRequest, batch: &[Written<'_>]) -> Result<Loaded, OrdersError> {
    let now = session.now()?;
    let mut loaded = Loaded::default();
    let rows = batch.iter().map(|order| order.row(now)).collect::<Result<Vec<_>, _>>()?;
    loaded.added = session.insert_new("work_order", &ORDER_COLUMNS, &rows)?;
    if loaded.added < batch.len() as u64 {
        let ids: Vec<Value> = batch.iter().map(|order| (&order.order.content.id).into()).collect();
        let sql = format!("SELECT COUNT(*) FROM work_order WHERE id IN ({})", statement::list(1, ids.len()));
        let there = session.first(&sql, &ids)?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
        if u64::try_from(there).unwrap_or(0) < batch.len() as u64 {
            // The check a moment ago found no such order.
            return Err(OrdersError::Conflict(
                "somebody loaded other orders for the same meters at the same time: load the list again".to_owned(),
            ));
        }
    }
    let sets: Vec<_> = batch.iter().filter_map(Written::key_set).collect();
    loaded.sealed = session.insert_new("key_set", &SET_COLUMNS, &sets)?;
    if request.replace && loaded.added < batch.len() as u64 {
        for order in batch {
            loaded.replaced = loaded.replaced.saturating_add(replace(session, order, now)?);
        }
    }
    Ok(loaded)
}

/// Gives an order that is there, and has another content, the new one.
fn replace(session: &mut dyn Session, order: &Written<'_>, now: i64) -> Result<u64, OrdersError> {
    let changed: Vec<&Column> =
        ORDER_COLUMNS.iter().filter(|column| !matches!(column.name, "id" | "version")).collect();
    let assignments: Vec<String> =
        changed.iter().zip(1..).map(|(column, place)| format!("{} = ${place}", column.name)).collect();
    let sql = format!(
        "UPDATE work_order SET {}, version = version + 1, queue = NULL, cause = NULL WHERE id = ${}
         AND (signature <> ${} OR EXISTS (SELECT 1 FROM key_set k WHERE k.order_id = work_order.id AND k.wiped IS NOT NULL))
         AND (queue IS NULL OR queue = 'office')
         AND (state = 'open' OR state = 'failed' OR (state = 'stopped' AND (cause IS NULL OR cause <> 'called-off')))",
        assignments.join(", "),
        changed.len() + 1,
        changed.len() + 2
    );
    let row = order.row(now)?;
    let mut parameters: Vec<Value> = ORDER_COLUMNS
        .iter()
        .zip(row)
        .filter(|(column, _)| !matches!(column.name, "id" | "version"))
        .map(|(_, value)| value)
        .collect();
    let id = &order.order.content.id;
    parameters.push(id.into());
    parameters.push((&order.order.signature).into());
    let replaced = session.execute(&sql, &parameters)?;
    if replaced > 0 {
        session.execute("DELETE FROM key_set WHERE order_id = $1", &[id.into()])?;
        if let Some(set) = order.key_set() {
            session.insert_new("key_set", &SET_COLUMNS, &[set])?;
        }
    }
    Ok(replaced)
}
