//! How far the jobs of a run are, by the ledger.

use serde_json::json;
use time::OffsetDateTime;

use super::list::JobList;
use crate::ledger::{IntentId, Ledger, LedgerError, Outcome};

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobState {
    /// Never begun.
    Fresh,
    /// Begun, and nobody saw the end: the process died.
    Begun,
    /// Done.
    Done,
    /// Failed, or broken off by the user.
    Failed,
    /// Stopped for safety.
    Stopped,
    /// It cannot be told what the meter did.
    Unknown,
}

impl JobState {
    /// The state after a job ended so.
    pub const fn after(ending: Outcome) -> Self {
        match ending {
            Outcome::Accepted => JobState::Done,
            Outcome::Refused => JobState::Stopped,
            Outcome::Failed => JobState::Failed,
            Outcome::Unknown => JobState::Unknown,
        }
    }
}

/// A job that the ledger has under another meter than the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherMeter {
    /// The job's id.
    pub id: String,
    /// The meter of the ledger.
    pub ledger: String,
    /// The meter of the list.
    pub list: String,
}

/// How far every job of a list is.
#[derive(Debug)]
pub struct RunState {
    states: Vec<JobState>,
    /// Jobs whose id stands for another meter in the ledger.
    pub other_meters: Vec<OtherMeter>,
    /// Whether the ledger has anything of this run.
    pub begun: bool,
}

impl RunState {
    /// Reads it. The ledger is looked at row by row, so memory grows with the list alone.
    ///
    /// # Errors
    /// Those of the ledger.
    pub fn read(ledger: &Ledger, run: &str, list: &JobList) -> Result<Self, LedgerError> {
        let mut state = RunState { states: vec![JobState::Fresh; list.len()], other_meters: Vec::new(), begun: false };
        let mut index = None;
        ledger.each_job_mark(run, &mut |mark| {
            state.begun = true;
            let index = index.get_or_insert_with(|| list.by_id());
            let Some(position) = index.find(&mark.id) else { return };
            if let Some(place) = state.states.get_mut(position as usize) {
                *place = mark.ending.map_or(JobState::Begun, JobState::after);
            }
            let Some([_, serial, drn]) = list.names(position) else { return };
            let differs = |ledger: &Option<String>, list: &str| {
                ledger.as_deref().is_some_and(|ledger| !list.is_empty() && ledger != list)
            };
            if mark.ending.is_some() && (differs(&mark.serial, serial) || differs(&mark.drn, drn)) {
                let one = |serial: &str, drn: &str| if drn.is_empty() { serial.to_owned() } else { drn.to_owned() };
                state.other_meters.push(OtherMeter {
                    id: mark.id,
                    ledger: one(&mark.serial.unwrap_or_default(), &mark.drn.unwrap_or_default()),
                    list: one(serial, drn),
                });
            }
        })?;
        Ok(state)
    }

    /// The state of the job at a position.
    pub fn of(&self, position: u32) -> JobState {
        self.states.get(position as usize).copied().unwrap_or(JobState::Fresh)
    }

    /// How many jobs are in this state.
    pub fn count(&self, state: JobState) -> usize {
        self.states.iter().filter(|one| **one == state).count()
    }
}

/// Concludes jobs whose process died, so that they can begin anew; tells how many.
///
/// # Errors
/// Those of the ledger.
pub fn close_open_jobs(ledger: &mut Ledger, run: &str, now: OffsetDateTime) -> Result<usize, LedgerError> {
    let open = ledger.open_jobs(run)?;
    for intent in open.iter().filter_map(IntentId::of) {
        let detail = json!({"verdict": "interrupted", "cause": "interrupted",
            "message": "the program ended before the job did"});
        ledger.conclude(intent, Outcome::Failed, detail, now)?;
    }
    Ok(open.len())
}
