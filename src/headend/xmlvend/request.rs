//! Requests, written in the order and namespaces of the schemas. SOAP 1.1, document/literal bare.

use std::fmt::Write;

use super::settings::{CodeField, Settings};
use crate::headend::message_id::MessageId;
use crate::headend::record::Found;
use crate::headend::report::{JobReport, ReportKind};
use crate::headend::tokens::EngineeringKind;
use crate::sts::{Drn, MeterParameters, TestName};

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const BASE: &str = "http://www.nrs.eskom.co.za/xmlvend/base/2.1/schema";
const METER: &str = "http://www.nrs.eskom.co.za/xmlvend/meter/2.1/schema";
const REVENUE: &str = "http://www.nrs.eskom.co.za/xmlvend/revenue/2.1/schema";
const METER_EXTENSION: &str = "http://www.eskom.co.za/xmlvend/meter-ext/2.1/schema";

/// Longest text of a `Msg`.
const LONGEST_TEXT: usize = 500;

/// How a meter is named in a request.
#[derive(Debug, Clone)]
pub enum Identifier {
    /// By its number.
    Number(Drn),
    /// By everything the meter holds.
    Detail(Detail),
    /// By track 2 of its card.
    Card(String),
}

/// Number and key of a meter as XMLVend writes them.
#[derive(Debug, Clone)]
pub struct Detail {
    drn: Drn,
    sgc: String,
    krn: String,
    ti: String,
    at: String,
    tt: String,
}

impl Detail {
    /// Everything that is needed, or the names of what is missing.
    ///
    /// # Errors
    /// The fields the meter does not tell.
    pub fn of(drn: Drn, found: &Found, tt: &str) -> Result<Self, Vec<&'static str>> {
        let known = &found.parameters;
        match (known.sgc, known.krn, known.ti, known.ea) {
            (Some(sgc), Some(krn), Some(ti), Some(ea)) => Ok(Detail {
                drn,
                sgc: sgc.to_string(),
                krn: krn.to_string(),
                ti: format!("{:02}", ti.number()),
                at: ea.code().to_owned(),
                tt: tt.to_owned(),
            }),
            _ => {
                let told = [
                    ("SGC", known.sgc.is_some()),
                    ("KRN", known.krn.is_some()),
                    ("TI", known.ti.is_some()),
                    ("EA", known.ea.is_some()),
                ];
                Err(told.into_iter().filter(|(_, told)| !told).map(|(name, _)| name).collect())
            }
        }
    }
}

/// What is asked.
#[derive(Debug, Clone)]
pub enum UseCase {
    /// `confirmCustomerReq` by the meter.
    ConfirmCustomer(Identifier),
    /// `confirmCustomerReq` by the code itself, where a reply does not repeat it.
    ConfirmCode(CodeField, String),
    /// `confirmMeterReq`
    ConfirmMeter(Identifier),
    /// `updateMeterKeyReq` with what the meter holds.
    UpdateMeterKey(Identifier),
    /// `EngKCTReq` from one key to another.
    KeyChange {
        /// The meter.
        meter: Identifier,
        /// SGC, KRN and TI the meter holds.
        from: MeterParameters,
        /// SGC, KRN and TI it is to hold.
        to: MeterParameters,
    },
    /// An engineering token for one meter.
    Engineering(Identifier, EngineeringKind),
    /// A test token for any meter of an algorithm.
    Test {
        /// The request's type.
        kind: &'static str,
        /// Encryption algorithm.
        at: String,
    },
    /// `trialCreditVendReq`: amount and symbol of the currency.
    TrialVend(Identifier, String, String),
    /// `custReportFaultReq`
    Report(Box<JobReport>),
    /// `LastRespAdviceReq` about an earlier message.
    LastResponse(MessageId),
}

impl UseCase {
    /// The request's type, or its root where it has none.
    pub fn name(&self) -> &'static str {
        match self {
            UseCase::ConfirmCustomer(_) | UseCase::ConfirmCode(..) => "confirmCustomerReq",
            UseCase::ConfirmMeter(_) => "confirmMeterReq",
            UseCase::UpdateMeterKey(_) => "updateMeterKeyReq",
            UseCase::KeyChange { .. } => "EngKCTReq",
            UseCase::Engineering(_, kind) => engineering_type(*kind).unwrap_or("meterSpecificEngReq"),
            UseCase::Test { kind, .. } => kind,
            UseCase::TrialVend(..) => "trialCreditVendReq",
            UseCase::Report(_) => "custReportFaultReq",
            UseCase::LastResponse(_) => "LastRespAdviceReq",
        }
    }

    /// The root of the reply.
    pub fn reply(&self) -> &'static str {
        match self {
            UseCase::ConfirmCustomer(_) | UseCase::ConfirmCode(..) => "confirmCustomerResp",
            UseCase::ConfirmMeter(_) => "confirmMeterResp",
            UseCase::UpdateMeterKey(_) => "updateMeterKeyResp",
            UseCase::KeyChange { .. } | UseCase::Engineering(..) => "meterSpecificEngResp",
            UseCase::Test { .. } => "nonMeterSpecificEngResp",
            UseCase::TrialVend(..) => "trialCreditVendResp",
            UseCase::Report(_) => "custReportFaultResp",
            UseCase::LastResponse(_) => "adviceResp",
        }
    }
}

/// The type of a request for a token of one meter; `None` for tests.
pub const fn engineering_type(kind: EngineeringKind) -> Option<&'static str> {
    match kind {
        EngineeringKind::ClearTamper => Some("ClearTamperReq"),
        EngineeringKind::ClearCredit => Some("ClearCreditReq"),
        EngineeringKind::PowerLimit(_) => Some("PwrLmtReq"),
        EngineeringKind::PhaseUnbalance(_) => Some("PhUnbalReq"),
        EngineeringKind::WaterFactor(_) => Some("SetWaterFactorReq"),
        EngineeringKind::FirstCredit => Some("DefCreditReq"),
        EngineeringKind::Test(_) => None,
    }
}

/// The type of a request for a test token; `None` for tests XMLVend does not have.
pub const fn test_type(test: TestName) -> Option<&'static str> {
    match test {
        TestName::All => Some("TestAllReq"),
        TestName::LoadSwitch => Some("TestBreakerReq"),
        TestName::Display => Some("TestDisplayReq"),
        TestName::Totals => Some("DispConsTotReq"),
        TestName::KeyRevision => Some("DispKRNReq"),
        TestName::TariffIndex => Some("DispTIReq"),
        TestName::PowerLimit => Some("DispPwrLmtReq"),
        TestName::TamperStatus => Some("DispTamperReq"),
        TestName::Power => Some("DispInstPwrReq"),
        TestName::SoftwareVersion => Some("DispVerReq"),
        TestName::PhaseUnbalanceLimit => Some("DispPhUnbalanceReq"),
        _ => None,
    }
}

/// The request as it goes out.
pub fn write(use_case: &UseCase, id: &MessageId, settings: &Settings) -> String {
    let mut out = Writer { text: String::with_capacity(1500) };
    let root = match use_case {
        UseCase::ConfirmCustomer(_) | UseCase::ConfirmCode(..) => "r:confirmCustomerReq",
        UseCase::ConfirmMeter(_) => "m:confirmMeterReq",
        UseCase::UpdateMeterKey(_) => "m:updateMeterKeyReq",
        UseCase::KeyChange { .. } | UseCase::Engineering(..) => "m:meterSpecificEngReq",
        UseCase::Test { .. } => "m:nonMeterSpecificEngReq",
        UseCase::TrialVend(..) => "r:trialCreditVendReq",
        UseCase::Report(_) => "m:custReportFaultReq",
        UseCase::LastResponse(_) => "b:adviceReq",
    };
    // Abstract roots need their type; concrete ones have none.
    let kind = match use_case {
        UseCase::KeyChange { .. } | UseCase::Engineering(..) | UseCase::Test { .. } => format!("m:{}", use_case.name()),
        UseCase::LastResponse(_) => "b:LastRespAdviceReq".to_owned(),
        _ => String::new(),
    };
    out.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = write!(out.text, "<soap:Envelope xmlns:soap=\"{SOAP}\"><soap:Body>");
    let mut attributes = vec![("xmlns:b", BASE), ("xmlns:m", METER), ("xmlns:r", REVENUE), ("xmlns:xsi", XSI)];
    if matches!(use_case, UseCase::Report(_)) && settings.profile.has_eskom_reports() {
        attributes.push(("xmlns:x", METER_EXTENSION));
    }
    if !kind.is_empty() {
        attributes.push(("xsi:type", &kind));
    }
    out.open(root, &attributes);
    out.header(id, settings);
    out.body(use_case, settings);
    out.close(root);
    out.text.push_str("</soap:Body></soap:Envelope>");
    out.text
}

struct Writer {
    text: String,
}

impl Writer {
    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        let _ = write!(self.text, "<{name}");
        for (name, value) in attributes {
            let _ = write!(self.text, " {name}=\"");
            self.escaped(value);
            self.text.push('"');
        }
        self.text.push_str(end);
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, ">");
    }

    fn close(&mut self, name: &str) {
        let _ = write!(self.text, "</{name}>");
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, "/>");
    }

    fn element(&mut self, name: &str, text: &str) {
        self.open(name, &[]);
        self.escaped(text);
        self.close(name);
    }

    /// Text with the markup escaped; characters XML does not have become spaces.
    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '&' => self.text.push_str("&amp;"),
                '"' => self.text.push_str("&quot;"),
                c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => self.text.push(' '),
                c => self.text.push(c),
            }
        }
    }

    fn device(&mut self, name: &str, id: &str) {
        let is_ean = id.len() == 13 && id.bytes().all(|byte| byte.is_ascii_digit());
        if is_ean {
            self.empty(name, &[("xsi:type", "b:EANDeviceID"), ("ean", id)]);
        } else {
            self.empty(name, &[("xsi:type", "b:GenericDeviceID"), ("id", id)]);
        }
    }

    fn message_id(&mut self, name: &str, id: &MessageId) {
        self.empty(name, &[("dateTime", &id.date_time), ("uniqueNumber", &id.number.to_string())]);
    }

    fn header(&mut self, id: &MessageId, settings: &Settings) {
        self.device("b:clientID", &settings.client_id);
        self.device("b:terminalID", &settings.terminal_id);
        self.message_id("b:msgID", id);
        if let Some(operator) = &settings.credentials.operator {
            self.open("b:authCred", &[]);
            self.element("b:opName", operator);
            if let Some(password) = &settings.credentials.password {
                self.element("b:password", password.reveal());
            }
            self.close("b:authCred");
        }
    }

    fn meter_identifier(&mut self, name: &str, meter: &Identifier) {
        match meter {
            Identifier::Number(drn) => {
                self.empty(name, &[("xsi:type", "b:MeterNumber"), ("msno", &drn.to_string())]);
            }
            Identifier::Detail(detail) => {
                let attributes = [
                    ("xsi:type", "b:MeterDetail"),
                    ("msno", &detail.drn.to_string()),
                    ("sgc", &detail.sgc),
                    ("krn", &detail.krn),
                    ("ti", &detail.ti),
                ];
                self.open(name, &attributes);
                self.empty("b:meterType", &[("at", &detail.at), ("tt", &detail.tt)]);
                self.close(name);
            }
            Identifier::Card(track) => {
                self.open(name, &[("xsi:type", "b:MeterCard")]);
                self.element("b:track2Data", track);
                self.close(name);
            }
        }
    }

    fn vend_method(&mut self, name: &str, meter: &Identifier) {
        self.open(name, &[("xsi:type", "b:VendIDMethod")]);
        self.meter_identifier("b:meterIdentifier", meter);
        self.close(name);
    }

    /// What stands at the head of every request for a token of one meter.
    fn vend_request(&mut self, meter: &Identifier) {
        self.empty("b:resource", &[("xsi:type", "b:Electricity")]);
        self.vend_method("b:idMethod", meter);
    }

    fn body(&mut self, use_case: &UseCase, settings: &Settings) {
        match use_case {
            UseCase::ConfirmCustomer(meter) => self.vend_method("r:idMethod", meter),
            UseCase::ConfirmCode(field, code) => {
                let (kind, attribute) = match field {
                    CodeField::IdNumber => ("b:CustIDNumber", "idNo"),
                    CodeField::AccountNumber | CodeField::LocationReference | CodeField::None => {
                        ("b:CustAccountNo", "accNo")
                    }
                };
                self.open("r:idMethod", &[("xsi:type", "b:CustIDMethod")]);
                self.empty("b:custIdentifier", &[("xsi:type", kind), (attribute, code)]);
                self.close("r:idMethod");
            }
            UseCase::ConfirmMeter(meter) => self.vend_method("m:idMethod", meter),
            UseCase::UpdateMeterKey(meter) => self.meter_identifier("m:idMethod", meter),
            UseCase::KeyChange { meter, from, to } => {
                self.vend_request(meter);
                let text = |value: Option<String>| value.unwrap_or_default();
                let side = |key: &MeterParameters| {
                    let ti = key.ti.map(|ti| format!("{:02}", ti.number()));
                    (text(key.sgc.map(|sgc| sgc.to_string())), text(key.krn.map(|krn| krn.to_string())), text(ti))
                };
                let ((from_sgc, from_krn, from_ti), (to_sgc, to_krn, to_ti)) = (side(from), side(to));
                let attributes = [
                    ("fromSGC", from_sgc.as_str()),
                    ("fromKRN", &from_krn),
                    ("fromTI", &from_ti),
                    ("toSGC", &to_sgc),
                    ("toKRN", &to_krn),
                    ("toTI", &to_ti),
                ];
                self.empty("m:kctData", &attributes);
            }
            UseCase::Engineering(meter, kind) => {
                self.vend_request(meter);
                match kind {
                    EngineeringKind::PowerLimit(watts) | EngineeringKind::PhaseUnbalance(watts) => {
                        self.empty("m:pwrLmt", &[("value", &(watts / 1000.0).to_string()), ("siUnit", "kW")]);
                    }
                    EngineeringKind::WaterFactor(factor) => self.element("m:waterFactor", &factor.to_string()),
                    _ => {}
                }
            }
            UseCase::Test { at, .. } => {
                self.empty("m:meterType", &[("at", at), ("tt", &settings.token_technology)]);
            }
            UseCase::TrialVend(meter, amount, currency) => {
                self.vend_request(meter);
                self.open("r:purchaseValue", &[("xsi:type", "r:PurchaseValueCurrency")]);
                self.empty("r:amt", &[("value", amount), ("symbol", currency)]);
                self.close("r:purchaseValue");
            }
            UseCase::Report(report) => self.report(report, settings),
            UseCase::LastResponse(id) => self.message_id("b:adviceReqMsgID", id),
        }
    }

    fn report(&mut self, report: &JobReport, settings: &Settings) {
        let mut customer = vec![("name", "-"), ("address", "-")];
        if let Some(code) = report.vend_code.as_deref() {
            match settings.vend_code {
                CodeField::AccountNumber => customer.push(("accNo", code)),
                CodeField::LocationReference => customer.push(("locRef", code)),
                CodeField::IdNumber | CodeField::None => {}
            }
        }
        self.empty("m:custDetail", &customer);
        let kind = if settings.profile.has_eskom_reports() { eskom_report(report.kind) } else { None };
        let name = kind.map_or_else(|| "m:MeterFaultReport".to_owned(), |(kind, _)| format!("x:{kind}"));
        self.open("m:custFaultReport", &[("xsi:type", &name)]);
        self.element("m:desc", &description(report));
        self.vend_method("m:meterInfo", &Identifier::Number(report.drn));
        if let Some((_, Some(reason))) = kind {
            self.empty("x:reason", &[("xsi:type", &format!("x:{reason}"))]);
        }
        self.close("m:custFaultReport");
    }
}

/// What happened, in one line that an office can search for the job.
fn description(report: &JobReport) -> String {
    let mut text = format!("{}: {} at {}; job {}", report.kind.word(), report.kind.meaning(), report.at, report.id);
    if let Some(serial) = &report.serial {
        let _ = write!(text, "; serial {serial}");
    }
    if !report.text.is_empty() {
        let _ = write!(text, "; {}", report.text);
    }
    if let Some(head) = &report.ledger_head {
        let _ = write!(text, "; ledger {head}");
    }
    text.chars().take(LONGEST_TEXT).collect()
}

/// The type of the Eskom extension for a report, and its reason.
const fn eskom_report(kind: ReportKind) -> Option<(&'static str, Option<&'static str>)> {
    match kind {
        ReportKind::NewInstallation => Some(("RecordMissing", Some("NewInstallation"))),
        ReportKind::MeterChangedOut => Some(("RecordMissing", Some("MeterChangedOut"))),
        ReportKind::Converted => Some(("RecordMissing", Some("ConvertedFrmConventional"))),
        ReportKind::CommissioningFailed
        | ReportKind::KeyChanged
        | ReportKind::KeyChangeFailed
        | ReportKind::AlreadyDone => None,
        ReportKind::IncorrectSgc => Some(("IncorrectSGC", None)),
        ReportKind::IncorrectTi => Some(("IncorrectTI", None)),
        ReportKind::MeterDead => Some(("MeterDead", None)),
        ReportKind::TokensNotWorking => Some(("TokensNotWorking", None)),
        ReportKind::NoTrip => Some(("NoTrip", None)),
        ReportKind::KeepsTripping => Some(("KeepsTripping", None)),
        ReportKind::DisplayLightsButtons => Some(("DisplayLightsButtons", None)),
        ReportKind::FireWaterDamage => Some(("FireWaterDamage", None)),
        ReportKind::SeriousBoxDamage => Some(("SeriousBoxDamage", None)),
    }
}
