//! Loading a list of orders: read twice as a stream, checked whole before the first row is written.
//!
//! Memory holds two numbers a row for finding duplicates, and a few thousand rows on their way to the store.

mod check;
mod draft;
mod write;

use std::io::{self, Read};
use std::sync::{Arc, Mutex};

use self::check::check_all;
use self::draft::{NamedPlan, Plans};
use self::write::write_all;
use super::audit::Audit;
use super::office::{self, OfficeKey};
use super::order::CampaignKind;
use super::store::{Column, Store};
use super::{NAME_RULE, OrdersError, is_name};
use crate::bulk::list::Defaults;
use crate::commission::{Plan, StepName};
use crate::meter::profile::Library;

pub use self::draft::digest_of;

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
    if !is_name(&request.campaign) {
        return Err(OrdersError::Unknown(format!("{:?} is no name for a campaign: {NAME_RULE}", request.campaign)));
    }
    office::require(store, &office.public())?;
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

fn list_failed(source: io::Error) -> OrdersError {
    OrdersError::List(source.into())
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
