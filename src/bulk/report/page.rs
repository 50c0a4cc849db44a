//! The report as one page: counts, times and causes drawn, then every job.

use std::io::{self, Write};

use super::{RunReport, durations, short};
use crate::output::charts::{BAD, Bar, DOUBT, GOOD, OPEN, PLAIN, SAFE, bars, histogram};
use crate::output::html::{FOOT, escape, head, table};

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
    let counts = report.counts;
    out.write_all(head(&format!("Run {}", report.run), STYLE).as_bytes())?;
    writeln!(out, "<h1>Run {}</h1>", escape(&report.run))?;
    let state = report.running.as_ref().map_or("not running".to_owned(), |process| format!("running, {process}"));
    writeln!(
        out,
        "<p class=\"quiet\">List {}, begun {}, {}</p>",
        escape(&report.list),
        escape(&report.begun_at),
        escape(&state)
    )?;
    if let Some(orders) = report.orders_in_words() {
        writeln!(out, "<p>Work orders: {}</p>", escape(&orders))?;
    }
    out.write_all(b"<div class=\"facts\">")?;
    let share = if counts.jobs == 0 { 0.0 } else { 100.0 * counts.done as f64 / counts.jobs as f64 };
    let mut facts = vec![("jobs", counts.jobs.to_string()), ("done", format!("{share:.1} %"))];
    if let Some(times) = report.times {
        facts.extend([("half took less than", short(times.median_s)), ("the longest", short(times.longest_s))]);
    }
    for (name, value) in facts {
        write!(out, "<div><b>{}</b>{name}</div>", escape(&value))?;
    }
    out.write_all(b"</div>\n<h2>Jobs</h2>\n")?;
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
    out.write_all(bars("Jobs by state", &states).as_bytes())?;
    let seconds = durations(&report.jobs);
    if !seconds.is_empty() {
        out.write_all(b"<h2>How long a done job took, in seconds</h2>\n")?;
        out.write_all(histogram("Jobs by duration", &seconds, PLAIN).as_bytes())?;
    }
    if !report.causes.is_empty() {
        out.write_all(b"<h2>What kept jobs from being done</h2>\n")?;
        let causes: Vec<Bar> = report
            .causes
            .iter()
            .take(DRAWN)
            .map(|cause| Bar { label: cause.cause.clone(), count: cause.jobs, color: BAD })
            .collect();
        out.write_all(bars("Causes", &causes).as_bytes())?;
        out.write_all(
            table(&["cause", "jobs"], report.causes.iter().map(|one| vec![one.cause.clone(), one.jobs.to_string()]))
                .as_bytes(),
        )?;
    }
    out.write_all(b"<h2>Lines</h2>\n")?;
    let lines: Vec<Bar> = report
        .lines
        .iter()
        .take(DRAWN)
        .map(|line| Bar { label: line.port.clone(), count: line.done, color: GOOD })
        .collect();
    out.write_all(bars("Jobs done by line", &lines).as_bytes())?;
    let rows = report
        .lines
        .iter()
        .map(|line| vec![line.port.clone(), line.jobs.to_string(), line.done.to_string(), short(line.seconds)]);
    out.write_all(b"<details><summary>Line by line</summary>\n")?;
    out.write_all(table(&["line", "jobs begun", "done", "time at work"], rows).as_bytes())?;
    out.write_all(b"</details>\n")?;
    jobs(report, out, "<h2>Not done</h2>\n", "", &|verdict| verdict != "done")?;
    jobs(report, out, "<details><summary>Every job that is done</summary>\n", "</details>\n", &|verdict| {
        verdict == "done"
    })?;
    writeln!(
        out,
        "<p class=\"quiet\">Newest row of the ledger <span class=\"mono\">{}</span>; \
         <span class=\"mono\">wattkey ledger verify --head HASH</span> checks it.</p>",
        escape(&report.ledger_head)
    )?;
    out.write_all(FOOT.as_bytes())
}

/// A table of the jobs with such a verdict; nothing when there is none.
fn jobs(
    report: &RunReport,
    out: &mut dyn Write,
    before: &str,
    after: &str,
    wanted: &dyn Fn(&str) -> bool,
) -> io::Result<()> {
    let mut chosen = report.jobs.iter().filter(|job| wanted(job.verdict)).peekable();
    if chosen.peek().is_none() {
        return Ok(());
    }
    out.write_all(before.as_bytes())?;
    let header = ["job", "serial", "DRN", "line", "address", "state", "why", "took", "ended", "by"];
    let rows = chosen.map(|job| {
        let why = job.message.clone().or_else(|| job.cause.clone()).unwrap_or_default();
        vec![
            job.id.clone(),
            job.serial.clone().unwrap_or_default(),
            job.drn.clone().unwrap_or_default(),
            job.port.clone(),
            job.address.clone().unwrap_or_default(),
            job.verdict.to_owned(),
            why,
            job.seconds.map(short).unwrap_or_default(),
            job.ended_at.clone().unwrap_or_default(),
            job.operator.clone(),
        ]
    });
    out.write_all(table(&header, rows).as_bytes())?;
    out.write_all(after.as_bytes())
}
