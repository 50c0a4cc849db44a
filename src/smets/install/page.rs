//! The checklist as a page for print.

use maud::{Markup, html};

use crate::output::html::document;
use crate::output::letterhead::{self, Letterhead};
use crate::output::sanitize;
use crate::smets::install::lights::Light;
use crate::smets::install::{Checklist, Status, Step, Wan};

const STYLE: &str = "@page{size:A4;margin:12mm}.outcome{font-size:1.1rem;font-weight:700}
.sign{display:flex;gap:2rem;margin-top:2.2rem}.sign div{flex:1;border-top:1px solid #1b1f24;padding-top:.2rem;color:#57606a}
.box{width:1.6em;font-size:1.1em}.small{font-size:.85em}
@media print{body{max-width:none;padding:0;font-size:10pt}tr{break-inside:avoid}h2{break-after:avoid}h2.lights{break-before:page}.sign{break-inside:avoid}}
";

/// One HTML document without references to anything outside it.
pub fn html(checklist: &Checklist, lights: &[Light], letterhead: &Letterhead) -> String {
    let wan = match checklist.wan {
        Wan::Unknown => "not looked at yet",
        Wan::Up => "connected",
        Wan::None => "none: local delivery",
    };
    let steps = checklist.all_steps();
    let settled = steps.iter().filter(|step| matches!(step.status, Status::Done | Status::Skipped)).count();
    let points = checklist.meter_points.join(", ");
    let failed = steps.iter().filter(|step| step.status == Status::Failed).count();
    let outcome = if failed > 0 {
        "FAILED STEPS"
    } else if settled == steps.len() {
        "ALL STEPS SETTLED"
    } else {
        "UNFINISHED"
    };
    let body = html! {
        (letterhead.drawn())
        h1 { "Installation checklist" }
        p.outcome { (outcome) }
        p {
            "WAN: " (wan) ". "
            @if !points.is_empty() { "Meter points: " (sanitize(&points)) ". " }
            (settled) " of " (steps.len()) " steps settled."
        }
        table {
            thead { tr { th { "Device" } th { "ID" } } }
            tbody {
                @for (device, name) in checklist.devices.iter().zip(checklist.device_names()) {
                    tr { td { (sanitize(&name)) } td.mono { (sanitize(device.id.as_deref().unwrap_or_default())) } }
                }
            }
        }
        h2 { "Steps" }
        table {
            thead { tr { th {} th { "Step" } th { "What shows it" } th { "Noted" } } }
            tbody { @for step in &steps { (row(step)) } }
        }
        div.sign { div { "Installer" } div { "Customer" } div { "Date" } }
        h2.lights { "Lights of the hub" }
        table {
            thead { tr { th { "Hub" } th { "Light" } th { "Pattern" } th { "Meaning" } } }
            tbody {
                @for light in lights {
                    tr {
                        td { (sanitize(&light.hub)) }
                        td { (sanitize(&light.light)) }
                        td { (sanitize(&light.pattern)) }
                        td { (sanitize(&light.meaning)) @if light.unverified { " (unverified)" } }
                    }
                }
            }
        }
    };
    document("Installation checklist", &format!("{STYLE}{}", letterhead::STYLE), &body)
}

fn row(step: &Step) -> Markup {
    let mark = match step.status {
        Status::Done => "☑",
        Status::Failed => "☒",
        Status::Skipped => "–",
        Status::Open => "☐",
    };
    let who = [step.srv.join(", "), step.who.join(" ")].into_iter().filter(|part| !part.is_empty());
    html! {
        tr {
            td.box { (mark) }
            td {
                @if let Some(device) = &step.device { b { (sanitize(device)) } " " }
                (step.title)
                div.quiet.small { (sanitize(&who.collect::<Vec<_>>().join(" · "))) }
            }
            td.small {
                (step.evidence_wanted)
                @if let Some(local) = step.without_wan { div { i { (local) } } }
            }
            td.small { @for evidence in &step.evidence { div { (sanitize(evidence)) } } }
        }
    }
}
