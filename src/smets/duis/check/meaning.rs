//! What the schema lets pass: dates that run backwards, a device joined to itself, details that do not fit.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::smets::duis::check::{Circumstances, Findings};
use crate::smets::duis::kind::RequestId;
use crate::smets::duis::tree::Element;
use crate::smets::identifier::check_mprn;

/// Checks a request for sense across its fields.
pub(super) fn check(message: &Element, circumstances: &Circumstances<'_>, findings: &mut Findings) {
    let Some(element) = message.at(&["Body"]).and_then(|body| body.children.first()) else { return };
    let at = format!("Request.Body.{}", element.name);
    let target = message.text_at(&["Header", "RequestID"]).and_then(RequestId::parse).map(|id| id.target.to_string());
    periods(element, &at, findings);
    execution_time(element, &at, circumstances, findings);
    mprn(element, &at, findings);
    let is_target = |id: &str| target.as_deref().is_some_and(|target| target.eq_ignore_ascii_case(id));
    match element.name.as_str() {
        "UpdateHANDeviceLog" => whitelist(element, &at, is_target, findings),
        "DevicePrenotification" => {
            let kind = element.text_at(&["DeviceType"]).unwrap_or_default();
            if element.child("ESMEVariant").is_some() && kind != "ESME" {
                findings.error("device", &format!("{at}.ESMEVariant"), format!("belongs to an ESME, not to a {kind}"));
            }
        }
        "JoinServiceCritical" | "JoinServiceNonCritical" | "UnjoinServiceCritical" | "UnjoinServiceNonCritical"
            if element.text_at(&["OtherDeviceID"]).is_some_and(is_target) =>
        {
            findings.error("device", &format!("{at}.OtherDeviceID"), "is the target itself");
        }
        _ => {}
    }
}

fn whitelist(element: &Element, at: &str, is_target: impl Fn(&str) -> bool, findings: &mut Findings) {
    let details = element.child("AddDeviceToCHFWhitelist").is_some();
    match element.text_at(&["RequestType"]) {
        Some("Add") if !details => {
            findings.error("whitelist", at, "an Add needs AddDeviceToCHFWhitelist with join time and install code");
        }
        Some("Remove") if details => {
            findings.error("whitelist", at, "a Remove has no AddDeviceToCHFWhitelist");
        }
        _ => {}
    }
    if element.text_at(&["DeviceID"]).is_some_and(is_target) {
        findings.error("whitelist", &format!("{at}.DeviceID"), "is the hub the request goes to");
    }
}

/// Start and end under one parent, wherever they are.
fn periods(element: &Element, at: &str, findings: &mut Findings) {
    let moment = |name: &str| element.text_at(&[name]).and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok());
    if let (Some(start), Some(end)) = (moment("StartDateTime"), moment("EndDateTime"))
        && end < start
    {
        findings.error("period", &format!("{at}.EndDateTime"), "lies before StartDateTime");
    }
    for child in &element.children {
        periods(child, &format!("{at}.{}", child.name), findings);
    }
}

fn execution_time(element: &Element, at: &str, circumstances: &Circumstances<'_>, findings: &mut Findings) {
    let moment = element.text_at(&["ExecutionDateTime"]).and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok());
    if let (Some(moment), Some(now)) = (moment, circumstances.now)
        && moment < now
    {
        findings.warning("execution-time", &format!("{at}.ExecutionDateTime"), "lies in the past");
    }
}

/// A doubtful check pair of a gas meter point number is worth a look, no more.
fn mprn(element: &Element, at: &str, findings: &mut Findings) {
    for name in ["ImportMPxN", "ImportMPRN", "MPxN"] {
        for found in element.descendants(name).filter(|found| (6..=10).contains(&found.text.len())) {
            if let Err(problem) = check_mprn(&found.text) {
                findings.warning("mpxn", &format!("{at}.{name}"), format!("as an MPRN, {problem} ({})", found.text));
            }
        }
    }
}
