//! Rows of a list as orders: checked, with the utility's record, and signed.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::LoadRequest;
use crate::bulk::list::{Cells, Checker, Field, Known, PlanNeeds};
use crate::commission::{Job, Plan};
use crate::headend::pack::list as record_list;
use crate::headend::pack::{KEY_CHANGE, PackRecord};
use crate::hex;
use crate::meter::profile::{Library, Protocol};
use crate::orders::OrdersError;
use crate::orders::key_set::{Plain, Secrets};
use crate::orders::office::OfficeKey;
use crate::orders::order::{Content, ID_SEPARATOR};

/// Priorities that are taken.
const PRIORITIES: std::ops::RangeInclusive<i64> = -1000..=1000;

/// Columns besides those of every list and of a record.
const OWN_COLUMNS: [&str; 3] = ["area", "priority", "site"];

pub(super) fn is_known(column: &str) -> bool {
    OWN_COLUMNS.contains(&column) || record_list::is_known(column)
}

/// Plans and profiles, each read once. Questions may be open: a person may answer them at the meter.
pub(super) struct Plans {
    pub library: Library,
    pub plans: Mutex<HashMap<String, Result<Arc<NamedPlan>, String>>>,
}

pub(super) struct NamedPlan {
    pub plan: Plan,
    pub digest: String,
}

impl Plans {
    pub(super) fn find(&self, name: &str) -> Result<Arc<NamedPlan>, String> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let find = || {
            let plan = Plan::find(name).map_err(|error| error.to_string())?;
            let digest = digest_of(&plan.text);
            Ok(Arc::new(NamedPlan { plan, digest }))
        };
        plans.entry(name.to_owned()).or_insert_with(find).clone()
    }

    pub(super) fn used(&self) -> Vec<(String, Arc<NamedPlan>)> {
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
pub(super) struct Draft {
    pub line: u64,
    pub content: Content,
    pub secrets: Secrets,
}

/// Makes drafts of rows.
pub(super) struct Drafter<'a> {
    request: &'a LoadRequest,
    plans: &'a Plans,
    checker: Checker<'a>,
}

impl<'a> Drafter<'a> {
    pub(super) fn new(request: &'a LoadRequest, plans: &'a Plans) -> Self {
        Drafter { request, plans, checker: Checker::new(plans).without_links() }
    }

    pub(super) fn draft(&mut self, line: u64, cells: Result<Cells, String>) -> Result<Draft, Vec<String>> {
        let mut cells = cells.map_err(|problem| vec![problem])?;
        self.request.defaults.fill(&mut cells);
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
pub(super) struct Signed {
    pub line: u64,
    pub content: Content,
    pub signature: String,
    pub plain: Option<Plain>,
}

impl Draft {
    pub(super) fn sign(self, office: &OfficeKey) -> Result<Signed, OrdersError> {
        let Draft { line, mut content, secrets } = self;
        let plain = if secrets.is_empty() { None } else { Some(secrets.plain(&content.id, office)?) };
        content.fingerprint = plain.as_ref().map(|plain| plain.fingerprint.clone());
        let signature = content.sign(office.signing())?;
        Ok(Signed { line, content, signature, plain })
    }
}
