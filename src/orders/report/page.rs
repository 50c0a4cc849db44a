//! The report as one page that prints on A4.

use std::io::{self, Write};

use super::{CAUSE_HEADER, CREW_HEADER, Counts, DAY_HEADER, LEASE_HEADER, OrdersReport, area_name};
use crate::output::charts::{BAD, Bar, DOUBT, GOOD, OPEN, PLAIN, SAFE, bars};
use crate::output::html::{FOOT, escape, head, table};

/// Bars of one chart; the tables have them all.
const DRAWN: usize = 14;

const STYLE: &str = "@page{size:A4;margin:15mm}section{margin-bottom:1.6rem}
@media print{body{max-width:none;padding:0;font-size:11px}svg,tr,h2{break-inside:avoid}h2{break-after:avoid}thead{display:table-header-group}}
";

/// Writes the page.
///
/// # Errors
/// Those of the writer.
pub fn write_page(report: &OrdersReport, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(head("Work orders", STYLE).as_bytes())?;
    writeln!(out, "<h1>Work orders</h1>\n<p class=\"quiet\">{} at {}</p>", escape(&report.store), escape(&report.at))?;
    for campaign in &report.campaigns {
        writeln!(out, "<section>\n<h2>{}</h2>", escape(&campaign.campaign))?;
        let first = campaign
            .first_visit_percent
            .map(|share| format!(" {share:.1} % of the visited orders were done by the first visit."))
            .unwrap_or_default();
        let closed = campaign.closed.as_ref().map(|at| format!(" Closed {}.", escape(at))).unwrap_or_default();
        writeln!(
            out,
            "<p>{} orders of the kind {}, begun {}: {:.1} % are done.{first}{closed}</p>",
            campaign.counts.orders,
            escape(&campaign.kind),
            escape(&campaign.created),
            campaign.done_percent
        )?;
        out.write_all(
            bars(&format!("Orders of {} by state", campaign.campaign), &by_state(&campaign.counts)).as_bytes(),
        )?;
        out.write_all(b"</section>\n")?;
    }
    areas(report, out)?;
    crews(report, out)?;
    if !report.days.is_empty() {
        out.write_all(b"<section>\n<h2>Day by day</h2>\n")?;
        let days: Vec<Bar> = report
            .days
            .iter()
            .rev()
            .take(DRAWN)
            .rev()
            .map(|day| Bar { label: day.day.clone(), count: day.done, color: GOOD })
            .collect();
        out.write_all(bars("Orders done by day", &days).as_bytes())?;
        let rows = report.days.iter().map(|day| vec![day.day.clone(), day.visits.to_string(), day.done.to_string()]);
        out.write_all(table(&DAY_HEADER, rows).as_bytes())?;
        out.write_all(b"</section>\n")?;
    }
    if !report.causes.is_empty() {
        out.write_all(b"<section>\n<h2>What keeps orders from being done</h2>\n")?;
        let causes: Vec<Bar> = report
            .causes
            .iter()
            .take(DRAWN)
            .map(|cause| Bar { label: cause.cause.clone(), count: cause.orders, color: BAD })
            .collect();
        out.write_all(bars("Orders by cause", &causes).as_bytes())?;
        out.write_all(table(&CAUSE_HEADER, report.cause_rows().into_iter()).as_bytes())?;
        out.write_all(b"</section>\n")?;
    }
    if !report.expiring.is_empty() {
        out.write_all(b"<section>\n<h2>Leases that are over or end within a day</h2>\n")?;
        out.write_all(table(&LEASE_HEADER, report.lease_rows().into_iter()).as_bytes())?;
        out.write_all(b"</section>\n")?;
    }
    if !report.done_twice.is_empty() {
        out.write_all(b"<section>\n<h2>Orders done twice</h2>\n")?;
        let rows = report.done_twice.iter().map(|one| vec![one.order.clone(), one.visits.to_string()]);
        out.write_all(table(&["order", "visits"], rows).as_bytes())?;
        out.write_all(b"</section>\n")?;
    }
    writeln!(out, "<p class=\"quiet\">{} conflicts wait for a person.</p>", report.open_conflicts)?;
    out.write_all(FOOT.as_bytes())
}

fn by_state(counts: &Counts) -> Vec<Bar> {
    [
        ("done", counts.done, GOOD),
        ("open", counts.open, OPEN),
        ("with a crew", counts.leased, PLAIN),
        ("failed", counts.failed, BAD),
        ("stopped", counts.stopped, SAFE),
        ("unknown", counts.unknown, DOUBT),
    ]
    .map(|(label, count, color)| Bar { label: label.to_owned(), count, color })
    .to_vec()
}

fn areas(report: &OrdersReport, out: &mut dyn Write) -> io::Result<()> {
    if report.areas.is_empty() {
        return Ok(());
    }
    out.write_all(b"<section>\n<h2>Area by area</h2>\n")?;
    let mut left: Vec<Bar> = report
        .areas
        .iter()
        .map(|area| Bar {
            label: format!("{} {}", area.campaign, area_name(&area.area)),
            count: area.counts.orders.saturating_sub(area.counts.done),
            color: PLAIN,
        })
        .collect();
    left.sort_by_key(|bar| std::cmp::Reverse(bar.count));
    left.truncate(DRAWN);
    out.write_all(b"<p class=\"quiet\">Orders left, in the areas that have most:</p>\n")?;
    out.write_all(bars("Orders that are not done, by area", &left).as_bytes())?;
    let (header, rows) = report.area_table();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    out.write_all(table(&header, rows.into_iter()).as_bytes())?;
    out.write_all(b"</section>\n")
}

fn crews(report: &OrdersReport, out: &mut dyn Write) -> io::Result<()> {
    if report.crews.is_empty() {
        return Ok(());
    }
    out.write_all(b"<section>\n<h2>Crew by crew</h2>\n")?;
    let mut done: Vec<Bar> =
        report.crews.iter().map(|crew| Bar { label: crew.device.clone(), count: crew.done, color: GOOD }).collect();
    done.sort_by_key(|bar| std::cmp::Reverse(bar.count));
    done.truncate(DRAWN);
    out.write_all(bars("Orders done by device", &done).as_bytes())?;
    out.write_all(table(&CREW_HEADER, report.crew_rows().into_iter()).as_bytes())?;
    out.write_all(b"</section>\n")
}
