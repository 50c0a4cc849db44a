//! The report as one page that prints on A4.

use std::io::{self, Write};

use maud::{Markup, html};

use super::{CAUSE_HEADER, CREW_HEADER, CampaignReport, Counts, DAY_HEADER, LEASE_HEADER, OrdersReport, area_name};
use crate::output::charts::{BAD, Bar, DOUBT, GOOD, OPEN, PLAIN, SAFE, bars};
use crate::output::html::{document, table};
use crate::output::sanitize;

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
    let days: Vec<Bar> = report
        .days
        .iter()
        .rev()
        .take(DRAWN)
        .rev()
        .map(|day| Bar { label: day.day.clone(), count: day.done, color: GOOD })
        .collect();
    let day_rows = report.days.iter().map(|day| vec![day.day.clone(), day.visits.to_string(), day.done.to_string()]);
    let causes: Vec<Bar> = report
        .causes
        .iter()
        .take(DRAWN)
        .map(|cause| Bar { label: cause.cause.clone(), count: cause.orders, color: BAD })
        .collect();
    let twice = report.done_twice.iter().map(|one| vec![one.order.clone(), one.visits.to_string()]);
    let body = html! {
        h1 { "Work orders" }
        p.quiet { (sanitize(&report.store)) " at " (sanitize(&report.at)) }
        @for campaign in &report.campaigns { (of_campaign(campaign)) }
        @if !report.areas.is_empty() { (areas(report)) }
        @if !report.crews.is_empty() { (crews(report)) }
        @if !days.is_empty() {
            section { h2 { "Day by day" } (bars("Orders done by day", &days)) (table(&DAY_HEADER, day_rows)) }
        }
        @if !causes.is_empty() {
            section {
                h2 { "What keeps orders from being done" }
                (bars("Orders by cause", &causes))
                (table(&CAUSE_HEADER, report.cause_rows().into_iter()))
            }
        }
        @if !report.expiring.is_empty() {
            section {
                h2 { "Leases that are over or end within a day" }
                (table(&LEASE_HEADER, report.lease_rows().into_iter()))
            }
        }
        @if !report.done_twice.is_empty() {
            section { h2 { "Orders done twice" } (table(&["order", "visits"], twice)) }
        }
        p.quiet { (report.open_conflicts) " conflicts wait for a person." }
    };
    out.write_all(document("Work orders", STYLE, &body).as_bytes())
}

fn of_campaign(campaign: &CampaignReport) -> Markup {
    html! {
        section {
            h2 { (sanitize(&campaign.campaign)) }
            p {
                (campaign.counts.orders) " orders of the kind " (sanitize(&campaign.kind)) ", begun "
                (sanitize(&campaign.created)) ": " (format!("{:.1}", campaign.done_percent)) " % are done."
                @if let Some(share) = campaign.first_visit_percent {
                    " " (format!("{share:.1}")) " % of the visited orders were done by the first visit."
                }
                @if let Some(at) = &campaign.closed { " Closed " (sanitize(at)) "." }
            }
            (bars(&format!("Orders of {} by state", campaign.campaign), &by_state(&campaign.counts)))
        }
    }
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

fn areas(report: &OrdersReport) -> Markup {
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
    let (header, rows) = report.area_table();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    html! {
        section {
            h2 { "Area by area" }
            p.quiet { "Orders left, in the areas that have most:" }
            (bars("Orders that are not done, by area", &left))
            (table(&header, rows.into_iter()))
        }
    }
}

fn crews(report: &OrdersReport) -> Markup {
    let mut done: Vec<Bar> =
        report.crews.iter().map(|crew| Bar { label: crew.device.clone(), count: crew.done, color: GOOD }).collect();
    done.sort_by_key(|bar| std::cmp::Reverse(bar.count));
    done.truncate(DRAWN);
    html! {
        section {
            h2 { "Crew by crew" }
            (bars("Orders done by device", &done))
            (table(&CREW_HEADER, report.crew_rows().into_iter()))
        }
    }
}
