//! What a run tells: one document a job as it ends, and one at the end.

use serde::Serialize;
use serde_json::Value;

use crate::bulk::run::JobResult;
use crate::output::{Document, Style, paragraph, sanitize};

/// What a job's rows in the ledger say of the work order it stands for; empty for a job that stands for none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OrderNote {
    /// The campaign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// Area of the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// The crew that works on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crew: Option<String>,
}

impl OrderNote {
    /// Of what the rows say of the order.
    pub fn of(order: Option<&Value>) -> Self {
        let text = |name: &str| {
            let text = order.and_then(|order| order.get(name)).and_then(Value::as_str).unwrap_or_default();
            (!text.is_empty()).then(|| text.to_owned())
        };
        OrderNote { campaign: text("campaign"), area: text("area"), crew: text("crew") }
    }
}

/// A job that ended.
#[derive(Debug, Clone, Serialize)]
pub struct JobDocument {
    run: String,
    id: String,
    list_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    serial: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drn: Option<String>,
    link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    plan: String,
    /// The work order it stands for.
    #[serde(flatten)]
    order: OrderNote,
    verdict: &'static str,
    /// Done, and nothing had to be changed.
    already: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    exit: u8,
    seconds: f64,
}

impl JobDocument {
    /// Of a job that ended in a run.
    pub fn new(run: &str, result: &JobResult) -> Self {
        let (job, end) = (&result.job, &result.end);
        JobDocument {
            run: run.to_owned(),
            id: job.id.clone(),
            list_line: job.line,
            serial: job.serial.clone(),
            drn: job.drn.clone(),
            link: job.link.clone(),
            address: job.address.clone(),
            plan: job.plan.clone(),
            order: OrderNote::of(result.order.as_ref()),
            verdict: end.outcome.word(),
            already: end.already,
            cause: end.cause.clone(),
            message: end.message.clone(),
            exit: end.exit,
            seconds: (result.seconds * 1000.0).round() / 1000.0,
        }
    }
}

impl Document for JobDocument {
    const SCHEMA: &'static str = "wattkey/bulk-job/1";

    fn table(&self, _style: Style) -> String {
        let meter = self.drn.as_ref().or(self.serial.as_ref()).map(String::as_str).unwrap_or_default();
        let verdict = self.verdict.to_uppercase();
        let mut text = format!("{verdict:<12}{:<16} {meter:<13} {:>7.1} s", self.id, self.seconds);
        let already = self.already.then_some("was so already");
        let why: Vec<&str> = [already, self.cause.as_deref(), self.message.as_deref()].into_iter().flatten().collect();
        if !why.is_empty() {
            text.push_str("  ");
            text.push_str(&why.join(": "));
        }
        format!("{}\n", sanitize(&text))
    }

    fn csv_header(&self) -> Vec<String> {
        [
            "run",
            "id",
            "list_line",
            "serial",
            "drn",
            "link",
            "address",
            "plan",
            "verdict",
            "cause",
            "message",
            "exit",
            "seconds",
            "already",
            "campaign",
            "area",
            "crew",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let own = self.clone();
        vec![vec![
            own.run,
            own.id,
            own.list_line.to_string(),
            own.serial.unwrap_or_default(),
            own.drn.unwrap_or_default(),
            own.link,
            own.address.unwrap_or_default(),
            own.plan,
            own.verdict.to_owned(),
            own.cause.unwrap_or_default(),
            own.message.unwrap_or_default(),
            own.exit.to_string(),
            own.seconds.to_string(),
            own.already.to_string(),
            own.order.campaign.unwrap_or_default(),
            own.order.area.unwrap_or_default(),
            own.order.crew.unwrap_or_default(),
        ]]
    }
}

/// The end of a run.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RunDocument {
    /// Name of the run.
    pub run: String,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Jobs of the list that were looked at.
    pub jobs: u64,
    /// Done before this run.
    pub done_before: u64,
    /// Done now.
    pub done: u64,
    /// Those of them where nothing had to be changed.
    pub already: u64,
    /// Would be done, in a dry run.
    pub planned: u64,
    /// Failed.
    pub failed: u64,
    /// Stopped for safety.
    pub stopped: u64,
    /// In doubt.
    pub unknown: u64,
    /// Cut short by the user.
    pub interrupted: u64,
    /// Not begun: the run was ended before, or they were not asked for.
    pub not_begun: u64,
    /// In doubt from before, and not asked for.
    pub left_in_doubt: u64,
    /// Lines they are on.
    pub lines: u64,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// Hash of the last row of the ledger.
    pub ledger_head: String,
}

impl Document for RunDocument {
    const SCHEMA: &'static str = "wattkey/bulk-run/1";

    fn table(&self, style: Style) -> String {
        let mut parts = vec![format!("{} done", self.done)];
        for (count, words) in [
            (self.already, "of them so already"),
            (self.planned, "read for a dry run"),
            (self.failed, "failed"),
            (self.stopped, "stopped for safety"),
            (self.unknown, "in doubt, for a person to look at"),
            (self.interrupted, "broken off"),
            (self.not_begun, "not begun"),
            (self.left_in_doubt, "in doubt from before"),
            (self.done_before, "done before"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {words}"));
            }
        }
        let mut out =
            paragraph(style, "Run", 12, &format!("{}, {} jobs in {:.1} s", self.run, self.jobs, self.seconds));
        out.push_str(&paragraph(style, "Jobs", 12, &parts.join(", ")));
        if !self.ledger_head.is_empty() {
            out.push_str(&format!("Ledger      {}\n", self.ledger_head));
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        Vec::new()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        Vec::new()
    }
}

/// A list that was only checked.
#[derive(Debug, Clone, Serialize)]
pub struct CheckDocument {
    /// The list's file.
    pub list: String,
    /// Jobs of the list that were looked at.
    pub jobs: u64,
    /// Lines they are on.
    pub lines: u64,
    /// SHA-256 of the list, in hex.
    pub digest: String,
}

impl Document for CheckDocument {
    const SCHEMA: &'static str = "wattkey/bulk-check/1";

    fn table(&self, _style: Style) -> String {
        format!("{}: {} jobs on {} lines, nothing wrong with any row\n", sanitize(&self.list), self.jobs, self.lines)
    }

    fn csv_header(&self) -> Vec<String> {
        ["list", "jobs", "lines", "digest"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![self.list.clone(), self.jobs.to_string(), self.lines.to_string(), self.digest.clone()]]
    }
}
