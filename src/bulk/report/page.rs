//! The report as one page: counts, times and causes drawn, then every job.

use std::io::{self, Write};

use maud::{Markup, html};

use super::{RunReport, durations, short};
use crate::output::charts::{BAD, Bar, DOUBT, GOOD, OPEN, PLAIN, SAFE, bars, histogram};
use crate::output::html::{FOOT, head, table};
use crate::output::sanitize;

/// Causes and lines drawn at most; the tables have them all.
const DRAWN: usize = 24;

const STYLE: &str = ".facts{display:flex;flex-wrap:wrap;gap:1.2rem;margin:1rem 0}.facts div{min-width:6rem}
.facts b{display:block;font-size:1.5rem}details{margin-top:.6rem}summary{cursor:pointer}
@media print{body{max-width:none;padding:0}svg,tr{break-inside:avoid}}
";

/// Writes the page.
///
/// # Errors
/// Those of the writer.
pub fn write_page(report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(head(&format!("Run {}", report.run), STYLE).as_bytes())?;
    out.write_all(summary(report).into_string().as_bytes())?;
    let not_done = jobs(report, &|verdict| verdict != "done");
    let done = jobs(report, &|verdict| verdict == "done");
    let rest = html! {
        @if let Some(table) = not_done { h2 { "Not done" } (table) }
        @if let Some(table) = done { details open { summary { "Every job that is done" } (table) } }
        p.quiet {
            "Newest row of the ledger " span.mono { (sanitize(&report.ledger_head)) } "; "
            span.mono { "wattkey ledger verify --head HASH" } " checks it."
        }
    };
    out.write_all(rest.into_string().as_bytes())?;
    out.write_all(FOOT.as_bytes())
}

/// Counts, times, causes and lines.
fn summary(report: &RunReport) -> Markup {
    let counts = report.counts;
    let state = report.running.as_ref().map_or("not running".to_owned(), |process| format!("running, {process}"));
    let share = if counts.jobs == 0 { 0.0 } else { 100.0 * counts.done as f64 / counts.jobs as f64 };
    let mut facts = vec![("jobs", counts.jobs.to_string()), ("done", format!("{share:.1} %"))];
    if let Some(times) = report.times {
        facts.extend([("half took less than", short(times.median_s)), ("the longest", short(times.longest_s))]);
    }
    let states = [
        ("done", counts.done.saturating_sub(counts.already), GOOD),
        ("so already", counts.already, GOOD),
        ("failed", counts.failed, BAD),
        ("stopped for safety", counts.stopped, SAFE),
        ("in doubt", counts.unknown, DOUBT),
        ("begun, no end seen", counts.begun, PLAIN),
        ("not begun", counts.not_begun, OPEN),
    ];
    let states = states.map(|(label, count, color)| Bar { label: label.to_owned(), count, color });
    let seconds = durations(&report.jobs);
    let causes: Vec<Bar> = report
        .causes
        .iter()
        .take(DRAWN)
        .map(|cause| Bar { label: cause.cause.clone(), count: cause.jobs, color: BAD })
        .collect();
    let cause_rows = report.causes.iter().map(|one| vec![one.cause.clone(), one.jobs.to_string()]);
    let lines: Vec<Bar> = report
        .lines
        .iter()
        .take(DRAWN)
        .map(|line| Bar { label: line.port.clone(), count: line.done, color: GOOD })
        .collect();
    let line_rows = report
        .lines
        .iter()
        .map(|line| vec![line.port.clone(), line.jobs.to_string(), line.done.to_string(), short(line.seconds)]);
    html! {
        h1 { "Run " (sanitize(&report.run)) }
        p.quiet { "List " (sanitize(&report.list)) ", begun " (sanitize(&report.begun_at)) ", " (sanitize(&state)) }
        @if let Some(orders) = report.orders_in_words() { p { "Work orders: " (sanitize(&orders)) } }
        div.facts { @for (name, value) in &facts { div { b { (value) } (name) } } }
        h2 { "Jobs" }
        (bars("Jobs by state", &states))
        @if !seconds.is_empty() {
            h2 { "How long a done job took, in seconds" }
            (histogram("Jobs by duration", &seconds, PLAIN))
        }
        @if !causes.is_empty() {
            h2 { "What kept jobs from being done" }
            (bars("Causes", &causes))
            (table(&["cause", "jobs"], cause_rows))
        }
        h2 { "Lines" }
        (bars("Jobs done by line", &lines))
        details {
            summary { "Line by line" }
            (table(&["line", "jobs begun", "done", "time at work"], line_rows))
        }
    }
}

/// A table of the jobs with such a verdict; nothing when there is none.
fn jobs(report: &RunReport, wanted: &dyn Fn(&str) -> bool) -> Option<Markup> {
    let mut chosen = report.jobs.iter().filter(|job| wanted(job.verdict)).peekable();
    chosen.peek()?;
    let header = ["job", "serial", "DRN", "line", "address", "state", "why", "took", "ended", "by"];
    let rows = chosen.map(|job| {
        vec![
            job.id.clone(),
            job.serial.clone().unwrap_or_default(),
            job.drn.clone().unwrap_or_default(),
            job.port.clone(),
            job.address.clone().unwrap_or_default(),
            job.verdict.to_owned(),
            job.message.clone().or_else(|| job.cause.clone()).unwrap_or_default(),
            job.seconds.map(short).unwrap_or_default(),
            job.ended_at.clone().unwrap_or_default(),
            job.operator.clone(),
        ]
    });
    Some(table(&header, rows))
}
