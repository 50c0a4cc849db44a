//! What a run tells: one document a job as it ends, and one at the end.

use std::io::{self, Write};

use serde::Serialize;

use wattkey::bulk::run::JobResult;
use wattkey::output::{Document, Format, Style, paragraph, sanitize, write_csv, write_document};

/// A job that ended.
#[derive(Debug, Clone, Serialize)]
pub(super) struct JobDocument {
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
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    exit: u8,
    seconds: f64,
}

impl JobDocument {
    pub(super) fn new(run: &str, result: &JobResult) -> Self {
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
            verdict: end.outcome.word(),
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
        let why: Vec<&str> = [self.cause.as_deref(), self.message.as_deref()].into_iter().flatten().collect();
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
        ]]
    }
}

/// The end of a run.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct RunDocument {
    pub(super) run: String,
    pub(super) dry_run: bool,
    pub(super) jobs: u64,
    pub(super) done_before: u64,
    pub(super) done: u64,
    pub(super) planned: u64,
    pub(super) failed: u64,
    pub(super) stopped: u64,
    pub(super) unknown: u64,
    pub(super) interrupted: u64,
    /// Not begun: the run was ended before, or they were not asked for.
    pub(super) not_begun: u64,
    /// In doubt from before, and not asked for.
    pub(super) left_in_doubt: u64,
    pub(super) lines: u64,
    pub(super) seconds: f64,
    pub(super) ledger_head: String,
}

impl Document for RunDocument {
    const SCHEMA: &'static str = "wattkey/bulk-run/1";

    fn table(&self, style: Style) -> String {
        let mut parts = vec![format!("{} done", self.done)];
        for (count, words) in [
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

/// Writes documents on standard output as they come.
#[derive(Debug)]
pub(super) struct Results {
    format: Format,
    style: Style,
    header: bool,
}

impl Results {
    pub(super) fn new(format: Format, style: Style) -> Self {
        Results { format, style, header: true }
    }

    /// A job that ended: a line, on its way at once.
    pub(super) fn job(&mut self, document: &JobDocument) -> io::Result<()> {
        let mut out = io::stdout().lock();
        match self.format {
            Format::Table => out.write_all(document.table(self.style).as_bytes())?,
            Format::Json | Format::Jsonl => write_document(document, Format::Jsonl, self.style, &mut out)?,
            Format::Csv => write_csv(document, self.header, &mut out)?,
        }
        self.header = false;
        out.flush()
    }

    /// The end of the run. CSV has only jobs.
    pub(super) fn end(&self, document: &RunDocument) -> io::Result<()> {
        let mut out = io::stdout().lock();
        match self.format {
            Format::Table => out.write_all(document.table(self.style).as_bytes())?,
            Format::Json | Format::Jsonl => write_document(document, Format::Jsonl, self.style, &mut out)?,
            Format::Csv => {}
        }
        out.flush()
    }
}

/// A list that was only checked.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CheckDocument {
    pub(super) list: String,
    pub(super) jobs: u64,
    pub(super) lines: u64,
    pub(super) digest: String,
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
