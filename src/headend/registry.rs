//! The utility's register of STS certificates: which makers and models are certified, until when, and which supply
//! groups are allotted to this utility.

use std::path::Path;

use serde::{Deserialize, Serialize};
use time::Date;
use time::macros::format_description;

use super::{HeadEndError, maker};
use crate::sts::SupplyGroupCode;

/// Largest register that is read.
const MAX_SIZE: u64 = 16 * 1024 * 1024;

/// A certificate of a model.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Maker: name, or the FLAG letters the meter tells.
    pub manufacturer: String,
    /// Code of the maker in meter numbers: 2 or 4 digits.
    #[serde(default)]
    pub manufacturer_code: Option<String>,
    /// Model; absent or `*` for every model of the maker.
    #[serde(default)]
    pub model: Option<String>,
    /// Number of the certificate.
    pub certificate: String,
    /// Last day it holds, `YYYY-MM-DD`; absent when it does not expire.
    #[serde(default)]
    pub expires: Option<String>,
    /// Standards it attests, such as `IEC 62055-41, IEC 62055-51`; absent when the register does not say.
    #[serde(default)]
    pub standards: Option<String>,
}

impl Certificate {
    /// Whether its maker is meant by a name, FLAG letters, or a variant of the name.
    fn is_of(&self, maker: &str) -> bool {
        maker::is_same(&self.manufacturer, maker)
            || self.manufacturer_code.as_ref().is_some_and(|code| maker::is_flag(maker, code))
    }
}

/// A register.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registry {
    /// Certificates.
    #[serde(default)]
    pub certificates: Vec<Certificate>,
    /// Supply groups allotted to this utility; empty when the register does not say.
    #[serde(default)]
    pub supply_groups: Vec<SupplyGroupCode>,
}

/// What is held against the register. What is not known is left out, and said to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// Maker as the meter tells it.
    pub maker: Option<String>,
    /// Model as the meter tells it.
    pub model: Option<String>,
    /// Certificate number on the label or in the utility's record.
    pub certificate: Option<String>,
    /// Supply group of the meter.
    pub sgc: Option<SupplyGroupCode>,
    /// Maker code of the meter number.
    pub manufacturer_code: Option<u16>,
}

/// How one question came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is as it should be.
    Pass,
    /// It is not.
    Fail,
    /// It cannot be told.
    NotKnown,
}

impl Outcome {
    /// The word shown.
    pub const fn word(self) -> &'static str {
        match self {
            Outcome::Pass => "pass",
            Outcome::Fail => "fail",
            Outcome::NotKnown => "not-known",
        }
    }
}

/// One question to the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateFinding {
    /// `manufacturer`, `manufacturer-code`, `model`, `certificate`, `certificate-owner`, `expiry`, `standards` or
    /// `supply-group`.
    pub check: &'static str,
    /// How it came out.
    pub outcome: Outcome,
    /// In words.
    pub text: String,
}

/// Whether nothing fails, and a certificate was found at all.
pub fn is_certified(findings: &[CertificateFinding]) -> bool {
    let passed = |check: &str| findings.iter().any(|found| found.check == check && found.outcome == Outcome::Pass);
    findings.iter().all(|found| found.outcome != Outcome::Fail) && passed("certificate")
}

impl Registry {
    /// Reads a register: JSON, or CSV with the columns `manufacturer, manufacturer_code, model, certificate, expires,
    /// sgc, standards`. A cell of `sgc` may hold several groups; a row may hold nothing else.
    ///
    /// # Errors
    /// The line or field that does not read.
    pub fn load(path: &Path) -> Result<Self, HeadEndError> {
        let failed = |source| HeadEndError::File { path: path.to_owned(), source };
        let wrong = |problem: String| HeadEndError::Register { path: path.to_owned(), problem };
        if std::fs::metadata(path).map_err(failed)?.len() > MAX_SIZE {
            return Err(wrong("larger than 16 MiB".to_owned()));
        }
        let text = std::fs::read_to_string(path).map_err(failed)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let registry: Registry = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?
        } else {
            read_csv(text).map_err(wrong)?
        };
        for row in &registry.certificates {
            if let Some(day) = &row.expires
                && date(day).is_none()
            {
                return Err(wrong(format!("certificate {}: {day:?} is no day such as 2027-12-31", row.certificate)));
            }
        }
        if registry.certificates.is_empty() && registry.supply_groups.is_empty() {
            return Err(wrong("there is neither a certificate nor a supply group in it".to_owned()));
        }
        Ok(registry)
    }

    /// Holds a meter against the register.
    pub fn check(&self, subject: &Subject, today: Date) -> Vec<CertificateFinding> {
        let mut findings = Vec::new();
        let mut tell = |check, outcome, text: String| findings.push(CertificateFinding { check, outcome, text });
        let of_maker: Vec<&Certificate> = match &subject.maker {
            None => {
                tell("manufacturer", Outcome::NotKnown, "the meter does not tell its maker".to_owned());
                Vec::new()
            }
            Some(maker) => {
                let rows: Vec<_> = self.certificates.iter().filter(|row| row.is_of(maker)).collect();
                if let (true, Some(row)) = (rows.is_empty(), self.by_model_and_number(subject)) {
                    // The names differ, and everything else agrees: it may be one maker under two names.
                    let (owner, number) = (&row.manufacturer, &row.certificate);
                    let text = format!(
                        "model and certificate are those of {owner}; whether {maker} is the same maker is not known"
                    );
                    tell("manufacturer", Outcome::NotKnown, text);
                    let text = format!("certificate {number} is in the register for {owner}: compare the label");
                    tell("certificate", Outcome::NotKnown, text);
                    check_expiry(&[row], today, &mut tell);
                    self.check_group(subject, &mut tell);
                    return findings;
                }
                if rows.is_empty() {
                    tell("manufacturer", Outcome::Fail, format!("maker {maker} is not in the register"));
                } else {
                    tell("manufacturer", Outcome::Pass, format!("maker {maker} is in the register"));
                }
                rows
            }
        };
        self.check_code(subject, &of_maker, &mut tell);
        let mut rows = of_maker;
        if let Some(model) = &subject.model
            && !rows.is_empty()
        {
            rows.retain(|row| row.model.as_deref().is_none_or(|known| known == "*" || same(known, model)));
            if rows.is_empty() {
                tell("model", Outcome::Fail, format!("model {model} has no certificate in the register"));
            } else {
                tell("model", Outcome::Pass, format!("model {model} is in the register"));
            }
        } else if !rows.is_empty() {
            tell("model", Outcome::NotKnown, "the meter does not tell its model".to_owned());
        }
        if let Some(number) = &subject.certificate {
            let by_number: Vec<&Certificate> =
                self.certificates.iter().filter(|row| same(&row.certificate, number)).collect();
            match by_number.first() {
                None => {
                    tell("certificate", Outcome::Fail, format!("certificate {number} is not in the register"));
                    rows.clear();
                }
                Some(first) if subject.maker.is_some() && !rows.iter().any(|row| same(&row.certificate, number)) => {
                    let of = first.model.as_ref().map(|model| format!(" {model}")).unwrap_or_default();
                    let text = format!("certificate {number} belongs to {}{of}, not to this meter", first.manufacturer);
                    tell("certificate-owner", Outcome::Fail, text);
                    rows.clear();
                }
                Some(_) => {
                    tell("certificate", Outcome::Pass, format!("certificate {number} is in the register"));
                    rows = by_number;
                }
            }
        } else if !rows.is_empty() {
            let numbers: Vec<&str> = rows.iter().map(|row| row.certificate.as_str()).collect();
            tell("certificate", Outcome::Pass, format!("certified as {}", numbers.join(", ")));
        } else if subject.maker.is_none() {
            tell("certificate", Outcome::NotKnown, "neither maker nor certificate number is known".to_owned());
        }
        check_expiry(&rows, today, &mut tell);
        check_standards(&rows, &mut tell);
        self.check_group(subject, &mut tell);
        findings
    }

    /// The row with the subject's model and certificate number, whatever the maker.
    fn by_model_and_number(&self, subject: &Subject) -> Option<&Certificate> {
        let (model, number) = (subject.model.as_ref()?, subject.certificate.as_ref()?);
        let fits = |row: &&Certificate| {
            same(&row.certificate, number) && row.model.as_ref().is_some_and(|known| same(known, model))
        };
        self.certificates.iter().find(fits)
    }

    fn check_group(&self, subject: &Subject, tell: &mut dyn FnMut(&'static str, Outcome, String)) {
        match subject.sgc {
            _ if self.supply_groups.is_empty() => {
                tell("supply-group", Outcome::NotKnown, "the register names no supply groups".to_owned());
            }
            None => tell("supply-group", Outcome::NotKnown, "the meter does not tell its supply group".to_owned()),
            Some(sgc) if self.supply_groups.contains(&sgc) => {
                tell("supply-group", Outcome::Pass, format!("SGC {sgc} is allotted to this utility"));
            }
            Some(sgc) => tell("supply-group", Outcome::Fail, format!("SGC {sgc} is not allotted to this utility")),
        }
    }

    /// Whether the maker's code in the meter number is the maker's.
    fn check_code(
        &self,
        subject: &Subject,
        rows: &[&Certificate],
        tell: &mut dyn FnMut(&'static str, Outcome, String),
    ) {
        let Some(code) = subject.manufacturer_code else { return };
        let number = |text: &String| text.trim().parse::<u16>().ok();
        let codes: Vec<u16> = rows.iter().filter_map(|row| row.manufacturer_code.as_ref().and_then(number)).collect();
        if codes.is_empty() {
            return;
        }
        let is_own = codes.contains(&code);
        let text = if is_own {
            format!("the meter number has the maker's code {code:02}")
        } else {
            let owner =
                self.certificates.iter().find(|row| row.manufacturer_code.as_ref().and_then(number) == Some(code));
            let whose = owner.map(|row| format!(", which is {}'s", row.manufacturer)).unwrap_or_default();
            format!("the meter number has the maker code {code:02}{whose}: a suspected clone")
        };
        tell("manufacturer-code", if is_own { Outcome::Pass } else { Outcome::Fail }, text);
    }
}

fn check_expiry(rows: &[&Certificate], today: Date, tell: &mut dyn FnMut(&'static str, Outcome, String)) {
    if rows.is_empty() {
        return;
    }
    let until = |row: &&Certificate| row.expires.as_deref().and_then(date);
    if rows.iter().any(|row| row.expires.is_none()) {
        tell("expiry", Outcome::Pass, "the certificate does not expire".to_owned());
        return;
    }
    match rows.iter().filter_map(until).max() {
        Some(day) if day >= today => tell("expiry", Outcome::Pass, format!("the certificate holds until {day}")),
        Some(day) => tell("expiry", Outcome::Fail, format!("the certificate ended on {day}")),
        None => tell("expiry", Outcome::NotKnown, "the register does not tell until when".to_owned()),
    }
}

/// Whether the certificate attests the standard of the token (IEC 62055-41) and of a keypad's token carrier (-51).
fn check_standards(rows: &[&Certificate], tell: &mut dyn FnMut(&'static str, Outcome, String)) {
    let Some(told) = rows.iter().find_map(|row| row.standards.as_deref()) else { return };
    let lacking: Vec<&str> = ["62055-41", "62055-51"].into_iter().filter(|standard| !told.contains(standard)).collect();
    match lacking.as_slice() {
        [] => tell("standards", Outcome::Pass, "it attests IEC 62055-41 and -51".to_owned()),
        lacking => tell("standards", Outcome::Fail, format!("it does not attest IEC {}", lacking.join(" and IEC "))),
    }
}

/// Names and numbers are the same without case, blanks and hyphens.
fn same(left: &str, right: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect()
    };
    plain(left) == plain(right)
}

fn date(text: &str) -> Option<Date> {
    Date::parse(text.trim(), format_description!("[year]-[month]-[day]")).ok()
}

fn read_csv(text: &str) -> Result<Registry, String> {
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.matches(';').count() > head.matches(',').count() { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| error.to_string())?.clone();
    let known = ["manufacturer", "manufacturer_code", "model", "certificate", "expires", "sgc", "standards"];
    let columns: Vec<String> = headers.iter().map(|name| name.to_ascii_lowercase().replace([' ', '-'], "_")).collect();
    if let Some(strange) = columns.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(format!("line 1: column {strange:?} is not known; columns are {}", known.join(", ")));
    }
    let mut registry = Registry::default();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |name: &str| {
            let place = columns.iter().position(|column| column == name)?;
            row.get(place).filter(|cell| !cell.is_empty()).map(str::to_owned)
        };
        for group in cell("sgc").unwrap_or_default().split([' ', ';', '/', ',']).filter(|text| !text.is_empty()) {
            let sgc = group.parse().map_err(|error| format!("line {line}: {error}"))?;
            if !registry.supply_groups.contains(&sgc) {
                registry.supply_groups.push(sgc);
            }
        }
        match (cell("manufacturer"), cell("certificate")) {
            (Some(manufacturer), Some(certificate)) => registry.certificates.push(Certificate {
                manufacturer,
                manufacturer_code: cell("manufacturer_code"),
                model: cell("model"),
                certificate,
                expires: cell("expires"),
                standards: cell("standards"),
            }),
            (None, None) => {}
            _ => return Err(format!("line {line}: manufacturer and certificate go together")),
        }
    }
    Ok(registry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const TABLE: &str = "Manufacturer;Manufacturer code;Model;Certificate;Expires;SGC\n\
                         WKS;01;WK1-KP;STS-0001;2027-12-31;123456 600400\n\
                         WKS;01;WK3;STS-0002;2025-01-31;\n\
                         ACM;02;*;STS-0100;;\n";

    fn registry() -> Registry {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.csv");
        std::fs::write(&path, TABLE).unwrap();
        Registry::load(&path).unwrap()
    }

    fn meter(maker: &str, model: &str) -> Subject {
        Subject {
            maker: Some(maker.to_owned()),
            model: Some(model.to_owned()),
            certificate: None,
            sgc: Some("123456".parse().unwrap()),
            manufacturer_code: Some(1),
        }
    }

    fn failed(subject: &Subject) -> Vec<&'static str> {
        let findings = registry().check(subject, date!(2026 - 11 - 21));
        let certified = is_certified(&findings);
        let failed: Vec<_> =
            findings.iter().filter(|found| found.outcome == Outcome::Fail).map(|found| found.check).collect();
        assert!(!certified || failed.is_empty());
        failed
    }

    #[test]
    fn a_certified_meter_passes_and_each_fault_is_named() {
        let good = meter("wks", "WK1 KP");
        assert!(failed(&good).is_empty());
        assert!(is_certified(&registry().check(&good, date!(2026 - 11 - 21))));
        assert_eq!(failed(&meter("WKS", "WK3")), ["expiry"]);
        assert_eq!(failed(&meter("WKS", "WK9")), ["model"]);
        assert_eq!(failed(&meter("XYZ", "WK1-KP")), ["manufacturer"]);
        assert_eq!(failed(&meter("ACM", "any")), ["manufacturer-code"], "another maker's number");
        let certificate = |number: &str| Subject { certificate: Some(number.to_owned()), ..meter("WKS", "WK1-KP") };
        assert_eq!(failed(&certificate("sts 0001")), [""; 0]);
        assert_eq!(failed(&certificate("STS-0100")), ["certificate-owner"]);
        assert_eq!(failed(&certificate("STS-9")), ["certificate"]);
        let elsewhere = Subject { sgc: Some("999999".parse().unwrap()), ..meter("WKS", "WK1-KP") };
        assert_eq!(failed(&elsewhere), ["supply-group"]);
        assert!(!is_certified(&registry().check(&Subject::default(), date!(2026 - 11 - 21))));
    }

    #[test]
    fn a_maker_under_another_name_is_not_known_when_all_else_agrees() {
        let registry = Registry {
            certificates: vec![Certificate {
                manufacturer: "Example Metering Co., Ltd.".to_owned(),
                manufacturer_code: Some("EXM".to_owned()),
                model: Some("EX-12".to_owned()),
                certificate: "STSA-1001".to_owned(),
                standards: Some("IEC 62055-41".to_owned()),
                ..Certificate::default()
            }],
            ..Registry::default()
        };
        let check = |maker: &str, certificate: &str| {
            let subject = Subject { certificate: Some(certificate.to_owned()), ..meter(maker, "EX-12") };
            registry.check(&Subject { manufacturer_code: None, ..subject }, date!(2026 - 11 - 21))
        };
        let outcome = |findings: &[CertificateFinding], name: &str| {
            findings.iter().find(|found| found.check == name).map(|found| found.outcome)
        };
        for maker in ["Example Metering", "EXM", "example metering company limited"] {
            let findings = check(maker, "STSA-1001");
            assert_eq!(outcome(&findings, "certificate"), Some(Outcome::Pass), "{maker}: {findings:?}");
            assert_eq!(outcome(&findings, "standards"), Some(Outcome::Fail));
        }
        let other = check("Sample Meters", "STSA-1001");
        assert_eq!(outcome(&other, "manufacturer"), Some(Outcome::NotKnown));
        assert!(!is_certified(&other) && other.iter().all(|found| found.outcome != Outcome::Fail));
        assert_eq!(outcome(&check("Sample Meters", "STSA-1002"), "manufacturer"), Some(Outcome::Fail));
    }

    #[test]
    fn json_is_read_and_errors_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let load = |text: &str| {
            let path = folder.path().join("register");
            std::fs::write(&path, text).unwrap();
            Registry::load(&path).map_err(|error| error.to_string())
        };
        let json = r#"{"certificates":[{"manufacturer":"WKS","certificate":"A"}],"supply_groups":["123456"]}"#;
        assert_eq!(load(json).unwrap().certificates.len(), 1);
        assert!(load("{\"certificate\":1}").unwrap_err().contains("unknown field"));
        assert!(load("manufacturer,certificate,expires\nA,1,31/12/2027\n").unwrap_err().contains("31/12/2027"));
        assert!(load("manufacturer,certificate\nA,\n").unwrap_err().contains("line 2"));
        assert!(load("maker\nA\n").unwrap_err().contains("\"maker\""));
        assert!(load("sgc\n12\n").unwrap_err().contains("line 2: SGC"));
        assert!(load("sgc\n").unwrap_err().contains("neither"));
    }
}
