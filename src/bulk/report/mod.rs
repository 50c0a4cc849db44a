//! What became of a run: counts, times and causes, from the ledger.

mod page;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;
use serde_json::Value;

use super::documents::OrderNote;
use super::outcome::JobOutcome;
use super::run_directory::RunRecord;
use crate::ledger::{Entry, Ledger, LedgerError};
use crate::output::{Document, Style, grid};

pub use page::write_page;

/// A job as the ledger has it now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JobRecord {
    /// Its id.
    pub id: String,
    /// Line of the list.
    pub list_line: u64,
    /// Serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// STS meter number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drn: Option<String>,
    /// The line it is on.
    pub port: String,
    /// Address on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Plan.
    pub plan: String,
    /// How it ended last; `begun` when nobody saw the end.
    pub verdict: &'static str,
    /// Done, and nothing had to be changed.
    pub already: bool,
    /// What it is counted under when it is not done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// In a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// How long the last attempt took, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// How often it was begun.
    pub attempts: u32,
    /// When it was begun last, RFC 3339 UTC.
    pub begun_at: String,
    /// When it ended, RFC 3339 UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<String>,
    /// Who did it.
    pub operator: String,
    /// The work order it stands for.
    #[serde(flatten)]
    pub order: OrderNote,
}

/// How many jobs are how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// On the list.
    pub jobs: u64,
    /// Done.
    pub done: u64,
    /// Those of them where nothing had to be changed.
    pub already: u64,
    /// Failed or broken off.
    pub failed: u64,
    /// Stopped for safety.
    pub stopped: u64,
    /// Left for a person.
    pub unknown: u64,
    /// Begun without an end: under way, or the program died.
    pub begun: u64,
    /// Never begun.
    pub not_begun: u64,
}

/// How long done jobs took, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Times {
    /// The shortest.
    pub shortest_s: f64,
    /// Half are below.
    pub median_s: f64,
    /// 95 of 100 are below.
    pub most_s: f64,
    /// The longest.
    pub longest_s: f64,
}

/// A cause and how many jobs it kept from being done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// A code word, or step and state.
    pub cause: String,
    /// Jobs.
    pub jobs: u64,
}

/// One line's share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineShare {
    /// The port.
    pub port: String,
    /// Jobs begun on it.
    pub jobs: u64,
    /// Done.
    pub done: u64,
    /// Time its last attempts took together, in seconds.
    pub seconds: f64,
}

/// What became of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunReport {
    /// Name of the run.
    pub run: String,
    /// The list.
    pub list: String,
    /// When it was begun first, RFC 3339 UTC.
    pub begun_at: String,
    /// The process that runs it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub running: Option<String>,
    /// How many jobs are how far.
    pub counts: Counts,
    /// How long done jobs took; absent when none is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<Times>,
    /// What kept jobs from being done, the most frequent first.
    pub causes: Vec<Cause>,
    /// Line by line.
    pub lines: Vec<LineShare>,
    /// Every job that was begun, in the order of the list.
    pub jobs: Vec<JobRecord>,
    /// Hash of the ledger's newest row.
    pub ledger_head: String,
}

fn text(detail: &Value, name: &str) -> Option<String> {
    detail.get(name).and_then(Value::as_str).map(str::to_owned)
}

impl JobRecord {
    fn begun(entry: &Entry, id: String, attempts: u32) -> Self {
        let detail = &entry.detail;
        JobRecord {
            id,
            list_line: detail.get("list_line").and_then(Value::as_u64).unwrap_or(0),
            serial: entry.meter.serial.clone(),
            drn: entry.meter.drn.map(|drn| drn.to_string()),
            port: text(detail, "port").unwrap_or_default(),
            address: text(detail, "address"),
            plan: text(detail, "plan").unwrap_or_default(),
            verdict: "begun",
            already: false,
            cause: None,
            message: None,
            seconds: None,
            attempts,
            begun_at: entry.at.clone(),
            ended_at: None,
            operator: entry.operator.clone(),
            order: OrderNote::of(detail.get("order")),
        }
    }

    fn end(&mut self, entry: &Entry) {
        let word = text(&entry.detail, "verdict").unwrap_or_default();
        self.verdict = JobOutcome::from_word(&word).map_or("unknown", JobOutcome::word);
        self.already = entry.detail.get("already").and_then(Value::as_bool).unwrap_or(false);
        self.cause = text(&entry.detail, "cause");
        self.message = text(&entry.detail, "message");
        self.seconds = entry.detail.get("seconds").and_then(Value::as_f64);
        self.ended_at = Some(entry.at.clone());
    }
}

impl RunReport {
    /// Puts it together.
    ///
    /// # Errors
    /// Those of the ledger.
    pub fn read(ledger: &Ledger, record: &RunRecord, running: Option<String>) -> Result<Self, LedgerError> {
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut jobs: Vec<JobRecord> = Vec::new();
        let prefix = record.run.len() + 1;
        ledger.each_job_row(&record.run, &mut |entry| {
            let id = entry.job.as_deref().and_then(|job| job.get(prefix..)).unwrap_or_default().to_owned();
            let place = places.get(&id).copied();
            match (entry.outcome, place.and_then(|place| jobs.get_mut(place))) {
                (None, Some(job)) => *job = JobRecord::begun(&entry, id, job.attempts + 1),
                (None, None) => {
                    places.insert(id.clone(), jobs.len());
                    jobs.push(JobRecord::begun(&entry, id, 1));
                }
                (Some(_), Some(job)) => job.end(&entry),
                // An end without a beginning cannot be: the ledger refuses it.
                (Some(_), None) => {}
            }
        })?;
        jobs.sort_by_key(|job| job.list_line);
        let counts = counts(record.jobs, &jobs);
        Ok(RunReport {
            run: record.run.clone(),
            list: record.list.clone(),
            begun_at: record.begun_at.clone(),
            running,
            counts,
            times: times(&jobs),
            causes: causes(&jobs),
            lines: shares(&jobs),
            jobs,
            ledger_head: ledger.head()?,
        })
    }
}

fn counts(listed: u64, jobs: &[JobRecord]) -> Counts {
    let begun = jobs.len() as u64;
    let mut counts = Counts { jobs: listed.max(begun), not_begun: listed.saturating_sub(begun), ..Counts::default() };
    for job in jobs {
        match job.verdict {
            "done" => {
                counts.done += 1;
                counts.already += u64::from(job.already);
            }
            "stopped" => counts.stopped += 1,
            "unknown" => counts.unknown += 1,
            "begun" => counts.begun += 1,
            _ => counts.failed += 1,
        }
    }
    counts
}

/// Durations of done jobs, the shortest first.
fn durations(jobs: &[JobRecord]) -> Vec<f64> {
    let mut seconds: Vec<f64> = jobs.iter().filter(|job| job.verdict == "done").filter_map(|job| job.seconds).collect();
    seconds.sort_by(f64::total_cmp);
    seconds
}

fn times(jobs: &[JobRecord]) -> Option<Times> {
    let seconds = durations(jobs);
    let at = |share: usize| seconds.get((seconds.len().saturating_sub(1)) * share / 100).copied();
    Some(Times { shortest_s: at(0)?, median_s: at(50)?, most_s: at(95)?, longest_s: at(100)? })
}

fn causes(jobs: &[JobRecord]) -> Vec<Cause> {
    let mut counted: BTreeMap<&str, u64> = BTreeMap::new();
    for job in jobs.iter().filter(|job| !matches!(job.verdict, "done" | "begun")) {
        *counted.entry(job.cause.as_deref().unwrap_or(job.verdict)).or_default() += 1;
    }
    let mut causes: Vec<Cause> =
        counted.into_iter().map(|(cause, jobs)| Cause { cause: cause.to_owned(), jobs }).collect();
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.jobs));
    causes
}

fn shares(jobs: &[JobRecord]) -> Vec<LineShare> {
    let mut shares: BTreeMap<&str, LineShare> = BTreeMap::new();
    for job in jobs {
        let share = shares.entry(&job.port).or_insert_with(|| LineShare {
            port: job.port.clone(),
            jobs: 0,
            done: 0,
            seconds: 0.0,
        });
        share.jobs += 1;
        share.done += u64::from(job.verdict == "done");
        share.seconds += job.seconds.unwrap_or(0.0);
    }
    shares.into_values().collect()
}

impl RunReport {
    /// `campaign spring, area north, crew north`: of the work orders its jobs stand for; `None` when they stand for none.
    fn orders_in_words(&self) -> Option<String> {
        let distinct = |name: &str, of: &dyn Fn(&OrderNote) -> Option<&String>| {
            let found: BTreeSet<&String> = self.jobs.iter().filter_map(|job| of(&job.order)).collect();
            let found: Vec<&str> = found.into_iter().map(String::as_str).collect();
            (!found.is_empty()).then(|| format!("{name} {}", found.join(" and ")))
        };
        let parts = [
            distinct("campaign", &|order| order.campaign.as_ref()),
            distinct("area", &|order| order.area.as_ref()),
            distinct("crew", &|order| order.crew.as_ref()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// Seconds for people.
fn short(seconds: f64) -> String {
    if seconds < 10.0 { format!("{seconds:.1} s") } else { format!("{seconds:.0} s") }
}

impl Document for RunReport {
    const SCHEMA: &'static str = "wattkey/bulk-report/1";

    fn table(&self, style: Style) -> String {
        let Counts { jobs, done, already, failed, stopped, unknown, begun, not_begun } = self.counts;
        let mut out = format!("Run         {}, from {}\n", self.run, crate::output::sanitize(&self.list));
        if let Some(orders) = self.orders_in_words() {
            out.push_str(&crate::output::paragraph(style, "Orders", 12, &orders));
        }
        let state = self.running.as_ref().map_or("not running".to_owned(), |process| format!("running, {process}"));
        out.push_str(&format!("Begun       {}, {state}\n", self.begun_at));
        out.push_str(&format!("Jobs        {jobs}: {done} done ({already} of them so already), {failed} failed, {stopped} stopped for safety, {unknown} in doubt, {begun} begun, {not_begun} not begun\n"));
        if let Some(times) = self.times {
            let [shortest, median, most, longest] =
                [times.shortest_s, times.median_s, times.most_s, times.longest_s].map(short);
            out.push_str(&format!("A job took  {shortest} to {longest}, half below {median}, 95 % below {most}\n"));
        }
        if !self.causes.is_empty() {
            let rows: Vec<Vec<String>> =
                self.causes.iter().map(|cause| vec![cause.jobs.to_string(), cause.cause.clone()]).collect();
            out.push('\n');
            out.push_str(&grid(style, &["jobs", "cause"], &rows));
        }
        let open: Vec<Vec<String>> = self
            .jobs
            .iter()
            .filter(|job| job.verdict != "done")
            .map(|job| {
                let meter = job.drn.clone().or_else(|| job.serial.clone()).unwrap_or_default();
                let why = job.message.clone().or_else(|| job.cause.clone()).unwrap_or_default();
                vec![job.id.clone(), meter, job.verdict.to_uppercase(), why]
            })
            .collect();
        if !open.is_empty() {
            out.push('\n');
            out.push_str(&grid(style, &["job", "meter", "state", "why"], &open));
        }
        out.push_str(&format!("\nLedger      {}\n", self.ledger_head));
        out
    }

    fn csv_header(&self) -> Vec<String> {
        [
            "id",
            "list_line",
            "serial",
            "drn",
            "port",
            "address",
            "plan",
            "verdict",
            "cause",
            "message",
            "seconds",
            "attempts",
            "begun_at",
            "ended_at",
            "operator",
            "already",
            "campaign",
            "area",
            "crew",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |job: &JobRecord| {
            let job = job.clone();
            vec![
                job.id,
                job.list_line.to_string(),
                job.serial.unwrap_or_default(),
                job.drn.unwrap_or_default(),
                job.port,
                job.address.unwrap_or_default(),
                job.plan,
                job.verdict.to_owned(),
                job.cause.unwrap_or_default(),
                job.message.unwrap_or_default(),
                job.seconds.map(|seconds| seconds.to_string()).unwrap_or_default(),
                job.attempts.to_string(),
                job.begun_at,
                job.ended_at.unwrap_or_default(),
                job.operator,
                job.already.to_string(),
                job.order.campaign.unwrap_or_default(),
                job.order.area.unwrap_or_default(),
                job.order.crew.unwrap_or_default(),
            ]
        };
        self.jobs.iter().map(row).collect()
    }
}
