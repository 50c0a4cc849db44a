//! The document of `wattkey bulk status`.

use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::bulk::report::{Cause, Counts, RunReport};
use crate::output::{Document, Style, grid};

#[derive(Debug, Serialize)]
pub struct RunStatus {
    pub run: String,
    pub list: String,
    pub begun_at: String,
    pub started_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub running: Option<String>,
    #[serde(flatten)]
    pub counts: Counts,
    pub under_way: Vec<String>,
    pub causes: Vec<Cause>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jobs_per_hour: Option<f64>,
}

#[derive(Debug, Serialize)]
pub struct StatusDocument {
    pub runs: Vec<RunStatus>,
}

/// Jobs that ended an hour since the run was started last; `None` before the first has.
pub fn pace(report: &RunReport, started_at: &str) -> Option<f64> {
    let started = OffsetDateTime::parse(started_at, &Rfc3339).ok()?;
    let since: Vec<OffsetDateTime> = report
        .jobs
        .iter()
        .filter_map(|job| OffsetDateTime::parse(job.ended_at.as_deref()?, &Rfc3339).ok())
        .filter(|ended| *ended >= started)
        .collect();
    let seconds = (*since.iter().max()? - started).as_seconds_f64();
    (seconds > 0.0).then(|| (since.len() as f64 * 3600.0 / seconds).round())
}

impl Document for StatusDocument {
    const SCHEMA: &'static str = "wattkey/bulk-status/1";

    fn table(&self, style: Style) -> String {
        if self.runs.is_empty() {
            return "no bulk run was begun under this state folder\n".to_owned();
        }
        let rows: Vec<Vec<String>> = self
            .runs
            .iter()
            .map(|run| {
                let counts = &run.counts;
                vec![
                    run.run.clone(),
                    run.running.clone().map_or("not running".to_owned(), |process| format!("running, {process}")),
                    counts.jobs.to_string(),
                    counts.done.to_string(),
                    counts.failed.to_string(),
                    counts.stopped.to_string(),
                    counts.unknown.to_string(),
                    counts.begun.to_string(),
                    counts.not_begun.to_string(),
                    run.jobs_per_hour.map(|pace| format!("{pace}/h")).unwrap_or_default(),
                ]
            })
            .collect();
        let header = ["run", "state", "jobs", "done", "failed", "stopped", "in doubt", "begun", "left", "pace"];
        let mut out = grid(style, &header, &rows);
        for run in &self.runs {
            if !run.under_way.is_empty() && run.running.is_none() {
                out.push_str(&format!(
                    "\nThe process of {} ended while these were under way: {}. Go on with --resume.\n",
                    run.run,
                    crate::output::sanitize(&run.under_way.join(", "))
                ));
            }
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["run", "running", "jobs", "done", "failed", "stopped", "unknown", "begun", "not_begun", "jobs_per_hour"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.runs
            .iter()
            .map(|run| {
                let counts = &run.counts;
                let mut row = vec![run.run.clone(), run.running.clone().unwrap_or_default()];
                let numbers = [
                    counts.jobs,
                    counts.done,
                    counts.failed,
                    counts.stopped,
                    counts.unknown,
                    counts.begun,
                    counts.not_begun,
                ];
                row.extend(numbers.map(|number| number.to_string()));
                row.push(run.jobs_per_hour.map(|pace| pace.to_string()).unwrap_or_default());
                row
            })
            .collect()
    }
}
