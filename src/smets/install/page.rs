//! The checklist as a page for print.

use std::fmt::Write as _;

use crate::smets::install::lights::Light;
use crate::smets::install::{Checklist, Status, Wan};

/// One HTML document without references to anything outside it.
pub fn html(checklist: &Checklist, lights: &[Light]) -> String {
    let mut page = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Installation checklist</title><style>\n\
         body{font:10pt sans-serif;margin:1.5cm}h1{font-size:14pt}h2{font-size:12pt}table{border-collapse:collapse;width:100%}\n\
         th,td{border:1px solid #888;padding:3px 5px;text-align:left;vertical-align:top}th{background:#eee}\n\
         tr{page-break-inside:avoid}.box{width:1.2em;text-align:center}\n</style></head><body>\n<h1>Installation checklist</h1>\n",
    );
    let wan = match checklist.wan {
        Wan::Unknown => "not looked at yet",
        Wan::Up => "connected",
        Wan::None => "none: local delivery",
    };
    let _ = writeln!(page, "<p>WAN: {wan}. Meter points: {}.</p>", escape(&checklist.meter_points.join(", ")));
    page.push_str("<table><tr><th>Device</th><th>ID</th></tr>\n");
    for (device, name) in checklist.devices.iter().zip(checklist.device_names()) {
        let id = device.id.as_deref().unwrap_or("&nbsp;");
        let id = if device.id.is_some() { escape(id) } else { id.to_owned() };
        let _ = writeln!(page, "<tr><td>{}</td><td>{id}</td></tr>", escape(&name));
    }
    page.push_str("</table>\n<h2>Steps</h2>\n<table><tr><th></th><th>Step</th><th>Request</th><th>Who</th><th>Evidence</th><th>Noted</th></tr>\n");
    for step in checklist.all_steps() {
        let mark = match step.status {
            Status::Done => "☑",
            Status::Failed => "☒",
            Status::Skipped => "–",
            Status::Open => "☐",
        };
        let device = step.device.as_ref().map(|device| format!(" — {device}")).unwrap_or_default();
        let local = step.without_wan.map(|text| format!("<br><i>{}</i>", escape(text))).unwrap_or_default();
        let _ = writeln!(
            page,
            "<tr><td class=\"box\">{mark}</td><td>{}{}</td><td>{}</td><td>{}</td><td>{}{local}</td><td>{}</td></tr>",
            escape(step.title),
            escape(&device),
            escape(&step.srv.join(", ")),
            escape(&step.who.join(", ")),
            escape(step.evidence_wanted),
            escape(&step.evidence.join("; ")),
        );
    }
    page.push_str("</table>\n<h2>Lights of the hub</h2>\n<table><tr><th>Hub</th><th>Light</th><th>Pattern</th><th>Meaning</th></tr>\n");
    for light in lights {
        let doubt = if light.unverified { " (unverified)" } else { "" };
        let _ = writeln!(
            page,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}{doubt}</td></tr>",
            escape(&light.hub),
            escape(&light.light),
            escape(&light.pattern),
            escape(&light.meaning)
        );
    }
    page.push_str("</table>\n</body></html>\n");
    page
}

fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
