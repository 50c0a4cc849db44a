//! The certificate of one commissioned meter: a sheet of paper that tells the customer what was put into service, and the
//! utility what was done to it, with the ledger's hash.
//!
//! It is made from a `wattkey/commission/1` document, so that one printed months later from the ledger is the same as
//! one printed on the day.

use std::io::{self, Write};

use maud::{Markup, html};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

use super::report::in_words;
use crate::headend::Verdict;
use crate::meter::time::machine_offset;
use crate::output::html::{FOOT, head, table};
use crate::output::letterhead::{self, Letterhead};
use crate::output::sanitize;
use crate::sts::Token;

const STYLE: &str = "@page{size:A4;margin:12mm}
.sheet{border:1px solid #d8dee4;padding:1.4rem;margin-bottom:1.5rem;font-size:13px}
.sheet dl{display:grid;grid-template-columns:9rem 1fr 9rem 1fr;gap:.15rem .8rem;margin:.8rem 0}
.sheet dt{color:#57606a}.sheet dd{margin:0;overflow-wrap:anywhere}.outcome{font-size:1.1rem;font-weight:700}
.sheet td,.sheet th{padding:.12rem .5rem .12rem 0;font-size:12px}
.write{display:flex;gap:2rem;margin:1.6rem 0 .4rem}.write div{flex:1;border-bottom:1px solid #1b1f24;color:#57606a;padding-bottom:.2rem}
.tokens{font-size:1.15rem;letter-spacing:.05em}
.doubt{font-weight:700;border:2px solid #1b1f24;padding:.2rem .6rem}
.simulated{position:relative;overflow:hidden}.simulated::after{content:'SIMULATED';position:absolute;top:35%;left:0;right:0;text-align:center;
font-size:5.5rem;font-weight:700;letter-spacing:.3rem;transform:rotate(-30deg);color:rgba(160,30,30,.18);pointer-events:none}
.sign{display:flex;gap:2rem;margin-top:2.2rem}.sign div{flex:1;border-top:1px solid #1b1f24;padding-top:.2rem;color:#57606a}
@media print{body{max-width:none;padding:0}.sheet{border:0;padding:0;margin:0;break-after:page;break-inside:avoid}
.sheet:last-child{break-after:auto}.sheet.long{zoom:.8}}
";

/// Steps beyond which a sheet is printed smaller, so that it stays one.
const LONG: usize = 22;
/// Longest text of a step that is printed, in characters.
const LONGEST: usize = 160;

/// What stands on a certificate and in no record: who the customer is, and what is handed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handover {
    /// The customer's name; room to write it where it is not given.
    pub customer: Option<String>,
    /// The address of the premises; likewise.
    pub premises: Option<String>,
    /// Tokens that are still to be entered, in the order in which they go in.
    pub tokens: Vec<Token>,
}

/// Takes one report after the other.
pub type Sheets<'a> = &'a mut dyn FnMut(&Value) -> io::Result<()>;

/// Writes a page with one sheet a meter, each under the letterhead. `each` is called with what takes the reports.
///
/// # Errors
/// Those of the writer.
pub fn write_certificates(
    title: &str,
    letterhead: &Letterhead,
    handover: &Handover,
    out: &mut dyn Write,
    each: &mut dyn FnMut(Sheets<'_>) -> io::Result<()>,
) -> io::Result<()> {
    out.write_all(head(title, &format!("{STYLE}{}", letterhead::STYLE)).as_bytes())?;
    each(&mut |report| out.write_all(sheet(report, letterhead, handover).into_string().as_bytes()))?;
    out.write_all(FOOT.as_bytes())
}

/// One sheet.
fn sheet(report: &Value, letterhead: &Letterhead, handover: &Handover) -> Markup {
    let text = |path: &str| report.pointer(path).map(in_words).unwrap_or_default();
    let identity = |name: &str| text(&format!("/identity/{name}"));
    let facts = [
        ("Plan", text("/plan")),
        ("Job", text("/job")),
        ("Line", text("/link")),
        ("Begun", local(&text("/started_at"))),
        ("Ended", local(&text("/ended_at"))),
        ("Head-end", head_end(report)),
        ("Done by", text("/operator")),
        ("Machine", text("/host")),
        ("Program", text("/tool")),
    ];
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    let customer = [
        ("Customer", given(&handover.customer)),
        ("Address", given(&handover.premises)),
        ("Meter number", text("/meter/drn")),
        ("Serial number", text("/meter/serial")),
        ("Maker", identity("manufacturer")),
        ("Model", identity("model")),
        ("Firmware", identity("firmware")),
        ("Energy so far", number(report, "/status/energy/import_kwh", 2, "kWh")),
        ("Credit", number(report, "/status/credit/available", 2, &text("/status/credit/unit"))),
        ("Power limit", number(report, "/status/limits/power_w", 0, "W")),
        ("Supply", supply(&text("/status/relay/output")).to_owned()),
        ("Put into service", local(&text("/ended_at"))),
    ];
    let steps = report.get("steps").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let notes = report.get("notes").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let long = if steps.len() > LONG { " long" } else { "" };
    let simulated = if text("/link").starts_with("sim:") { " simulated" } else { "" };
    html! {
        section class={ "sheet" (long) (simulated) } {
            (letterhead.drawn())
            h1 { "Commissioning certificate" }
            p.outcome { (sanitize(&text("/outcome").to_uppercase())) }
            @if !simulated.is_empty() { p.doubt { "SIMULATED: there is no such meter" } }
            @if !is_confirmed(report) { p.doubt { "Not confirmed by the utility" } }
            (list(&customer))
            @if handover.customer.is_none() || handover.premises.is_none() {
                div.write {
                    @if handover.customer.is_none() { div { "Customer" } }
                    @if handover.premises.is_none() { div { "Address" } }
                }
            }
            @if !handover.tokens.is_empty() {
                h2 { "Still to be entered at the meter" }
                ol.tokens { @for token in &handover.tokens { li.mono { (token.grouped()) } } }
            }
            h2 { "What was done" }
            (list(&facts))
            (table(&["step", "state", "what"], steps.iter().map(row)))
            @for note in notes { p.quiet { (sanitize(&in_words(note))) } }
            @if let Some(message) = report.pointer("/error/message") { p { (sanitize(&in_words(message))) } }
            p.quiet { "Ledger " span.mono { (sanitize(&text("/ledger_head"))) } }
            div.sign { div { "Installer" } div { "Customer" } div { "Date" } }
        }
    }
}

/// Facts side by side; what is not known is left out.
fn list(facts: &[(&str, String)]) -> Markup {
    html! {
        dl {
            @for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
                dt { (name) } dd { (sanitize(value)) }
            }
        }
    }
}

/// A number of the report with its unit, `decimals` behind the point; nothing where there is none.
fn number(report: &Value, path: &str, decimals: usize, unit: &str) -> String {
    let value = report.pointer(path).and_then(Value::as_f64);
    value.map(|value| format!("{value:.decimals$} {unit}").trim_end().to_owned()).unwrap_or_default()
}

fn supply(output: &str) -> &'static str {
    match output {
        "closed" => "on",
        "open" => "off",
        _ => "",
    }
}

/// A time of the report in the time zone of this machine, with its offset; as it is where it is no time.
fn local(time: &str) -> String {
    let Ok(utc) = OffsetDateTime::parse(time, &Rfc3339) else { return time.to_owned() };
    let local = utc.to_offset(machine_offset(utc));
    let form =
        format_description!("[year]-[month]-[day] [hour]:[minute] (UTC[offset_hour sign:mandatory]:[offset_minute])");
    local.format(form).unwrap_or_else(|_| time.to_owned())
}

/// Whether the head-end was reached and said yes.
fn is_confirmed(report: &Value) -> bool {
    let word = |path: &str| report.pointer(path).and_then(Value::as_str);
    let is_offline = report.pointer("/head_end/offline").and_then(Value::as_bool).unwrap_or(false);
    !is_offline && word("/head_end/verdict").and_then(Verdict::from_word).is_some_and(Verdict::is_yes)
}

/// Step, state, and what it did, cut to what a sheet has room for.
fn row(step: &Value) -> Vec<String> {
    let word = |name: &str| step.get(name).map(in_words).unwrap_or_default();
    let mut what = step_in_words(step);
    if what.chars().count() > LONGEST {
        what = what.chars().take(LONGEST).chain(['…']).collect();
    }
    vec![word("step"), word("state"), what]
}

fn head_end(report: &Value) -> String {
    let Some(head_end) = report.get("head_end") else { return String::new() };
    let name = head_end.get("name").map(in_words).unwrap_or_default();
    let verdict = head_end.get("verdict").map(in_words).filter(|verdict| !verdict.is_empty());
    verdict.map_or(name.clone(), |verdict| format!("{name}: {}", crate::output::in_words(&verdict)))
}

/// Before and after, and the reason.
fn step_in_words(step: &Value) -> String {
    let word = |name: &str| step.get(name).map(in_words).unwrap_or_default();
    let (before, after, reason) = (word("before"), word("after"), word("reason"));
    let change = match (before.is_empty(), after.is_empty() || after == before) {
        (true, true) => String::new(),
        (false, true) => before,
        (true, false) => after,
        (false, false) => format!("{before} → {after}"),
    };
    [change, reason].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn page(reports: &[Value]) -> String {
        let mut out = Vec::new();
        write_certificates("t", &Letterhead::default(), &Handover::default(), &mut out, &mut |sheet| {
            reports.iter().try_for_each(&mut *sheet)
        })
        .unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_sheet_a_meter_with_what_the_report_says() {
        let report = json!({
            "job": "monday/j1", "plan": "single-phase", "outcome": "commissioned",
            "meter": {"serial": "<b>17", "drn": "01234567897"},
            "steps": [{"step": "clock", "state": "done", "before": "-90 s", "after": "0 s", "expected": null}],
            "operator": "tech", "ledger_head": "abc",
        });
        let page = page(&[report.clone(), report]);
        assert_eq!(page.matches("<section").count(), 2);
        for words in ["COMMISSIONED", "&lt;b&gt;17", "01234567897", "-90 s → 0 s", "abc"] {
            assert!(page.contains(words), "{words}");
        }
        assert!(!page.contains("<b>17") && !page.contains("Firmware") && !page.contains("<script"));
    }

    #[test]
    fn customer_and_tokens_stand_on_the_sheet_alone() {
        let handover = Handover {
            customer: Some("A. <Customer>".to_owned()),
            premises: None,
            tokens: vec!["51043465443420856213".parse().unwrap()],
        };
        let mut out = Vec::new();
        write_certificates("t", &Letterhead::default(), &handover, &mut out, &mut |sheet| sheet(&Value::Null)).unwrap();
        let page = String::from_utf8(out).unwrap();
        for words in ["A. &lt;Customer&gt;", "5104 3465 4434 2085 6213", "<div>Address</div>"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("<div>Customer</div></div><h2>"));
    }

    #[test]
    fn many_steps_still_make_one_sheet() {
        let steps: Vec<Value> = (0..30).map(|step| json!({"step": format!("s{step}"), "state": "done"})).collect();
        assert!(page(&[json!({"steps": steps})]).contains("sheet long"));
        assert!(page(&[Value::Null]).contains("<section class=\"sheet\">"));
    }

    #[test]
    fn the_customer_reads_what_the_meter_shows() {
        let report = json!({
            "link": "/dev/ttyUSB0", "outcome": "commissioned", "ended_at": "2026-11-30T14:57:47Z",
            "head_end": {"name": "depot", "verdict": "registered-active", "offline": false},
            "status": {"energy": {"import_kwh": 118.046}, "credit": {"available": 42.1, "unit": "kWh"},
                       "limits": {"power_w": 9200.0}, "relay": {"output": "closed"}},
        });
        let page_of = |report: &Value| page(std::slice::from_ref(report));
        let sheet = page_of(&report);
        for words in ["118.05 kWh", "42.10 kWh", "9200 W", "<dd>on</dd>", "2026-1"] {
            assert!(sheet.contains(words), "{words}: {sheet}");
        }
        assert!(!sheet.contains("Not confirmed") && !sheet.contains("sheet simulated"));
        let mut offline = report.clone();
        offline["head_end"]["offline"] = true.into();
        let mut alone = report.clone();
        alone["head_end"] = Value::Null;
        for doubtful in [offline, alone] {
            assert!(page_of(&doubtful).contains("Not confirmed by the utility"));
        }
        let mut simulated = report;
        simulated["link"] = "sim:yard".into();
        assert!(page_of(&simulated).contains("sheet simulated"));
    }
}
