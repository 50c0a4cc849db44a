//! Profiles and plans at hand, each read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::list::{Job as ListedJob, Known, PlanNeeds};
use crate::commission::{Action, Job, Plan, PlannedStep, StepName};
use crate::meter::profile::{Library, Protocol};

/// A plan, or why it cannot be used.
type CachedPlan = Result<Arc<Plan>, String>;

/// Reads plans and profiles when they are first asked for.
#[derive(Debug)]
pub struct PlanCache {
    library: Library,
    has_head_end: bool,
    plans: Mutex<HashMap<String, CachedPlan>>,
}

impl PlanCache {
    /// An empty cache over these profiles; `has_head_end` says whether a head-end is named for the run.
    pub fn new(library: Library, has_head_end: bool) -> Self {
        PlanCache { library, has_head_end, plans: Mutex::default() }
    }

    /// Takes a plan in whose text came with the jobs, so that nothing at hand under its name is used.
    ///
    /// # Errors
    /// One sentence: what is wrong with the text.
    pub fn add(&self, name: &str, text: &str) -> Result<(), String> {
        let plan = Plan::parse(name, text).map_err(|error| error.to_string())?;
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        plans.insert(name.to_owned(), Ok(Arc::new(plan)));
        Ok(())
    }

    /// A plan by name or file.
    ///
    /// # Errors
    /// One sentence: why the plan cannot be used.
    pub fn plan(&self, name: &str) -> CachedPlan {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let find = || Plan::find(name).map(Arc::new).map_err(|error| error.to_string());
        plans.entry(name.to_owned()).or_insert_with(find).clone()
    }
}

/// The job a row stands for, under the name the ledger has it by.
///
/// # Errors
/// One sentence: what is wrong with a value.
pub fn commission_job(listed: &ListedJob, name: &str) -> Result<Job, String> {
    let mut job = Job { id: name.to_owned(), ..Job::default() };
    for (field, text) in [("serial", &listed.serial), ("drn", &listed.drn), ("vend_code", &listed.vend_code)] {
        if let Some(text) = text {
            job.set(field, text)?;
        }
    }
    job.set("plan", &listed.plan)?;
    set_all(&mut job, &listed.for_plan)?;
    Ok(job)
}

fn set_all(job: &mut Job, columns: &[(String, String)]) -> Result<(), String> {
    columns.iter().try_for_each(|(name, text)| job.set(name, text).map(|_| ()))
}

/// Whether the key-register step has to fail at every meter, for nobody says which key is right.
fn compares_with_nothing(plan: &Plan, job: &Job) -> bool {
    let is_key_register = |planned: &&PlannedStep| planned.action == Action::Step(StepName::KeyRegister);
    let is_needed = plan.steps.iter().find(is_key_register).is_some_and(|planned| !planned.optional);
    let values = job.values(plan).unwrap_or_default();
    is_needed && values.sgc.is_none() && values.krn.is_none() && values.kt.is_none() && values.ti.is_none()
}

impl Known for PlanCache {
    fn profile(&self, name: &str) -> Result<Protocol, String> {
        self.library.find(name).map(|profile| profile.protocol).map_err(|error| error.to_string())
    }

    fn plan(&self, name: &str, columns: &[(String, String)]) -> Result<PlanNeeds, String> {
        let plan = PlanCache::plan(self, name)?;
        let needs = PlanNeeds { vend_code: plan.has(StepName::VendCode) };
        if needs.vend_code && !self.has_head_end {
            return Err(format!(
                "the plan {name} has the head-end check a vend code, and no head-end is named: give --headend, or a \
                 plan of your own without vend-code"
            ));
        }
        let mut job = Job { id: "row".to_owned(), ..Job::default() };
        set_all(&mut job, columns)?;
        // Nobody can be asked while many lines are at work.
        let mut problems = job.problems(&plan, true);
        if !self.has_head_end && compares_with_nothing(&plan, &job) {
            problems.push(format!(
                "the plan {name} compares the meter's key, and neither head-end nor plan tells which it should be: give \
                 --headend, or plan.sgc, plan.krn, plan.kt and plan.ti"
            ));
        }
        if problems.is_empty() { Ok(needs) } else { Err(problems.join("; ")) }
    }
}
