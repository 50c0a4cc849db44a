//! The document of `wattkey smets id`.

use serde::Serialize;

use crate::output::{Document, Style, grid};
use crate::smets::distributor::{distributor, is_independent};
use crate::smets::identifier::{Eui64, MprnError, check_mpan, check_mprn, shown};

/// Kinds of identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdKind {
    /// Device ID, eight bytes.
    Eui64,
    /// Electricity meter point, 13 digits with a check digit.
    Mpan,
    /// Gas meter point, 6 to 10 digits.
    Mprn,
}

impl IdKind {
    /// Every kind.
    pub const ALL: &[IdKind] = &[IdKind::Eui64, IdKind::Mpan, IdKind::Mprn];

    /// The word on the command line and in documents.
    pub const fn word(self) -> &'static str {
        match self {
            IdKind::Eui64 => "eui64",
            IdKind::Mpan => "mpan",
            IdKind::Mprn => "mprn",
        }
    }

    /// What it is.
    pub const fn meaning(self) -> &'static str {
        match self {
            IdKind::Eui64 => "Device ID, eight bytes",
            IdKind::Mpan => "Electricity meter point, 13 digits with a check digit",
            IdKind::Mprn => "Gas meter point, 6 to 10 digits",
        }
    }
}

/// How an identifier fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdVerdict {
    Ok,
    Warning,
    Bad,
}

impl IdVerdict {
    pub const fn word(self) -> &'static str {
        match self {
            IdVerdict::Ok => "ok",
            IdVerdict::Warning => "warning",
            IdVerdict::Bad => "bad",
        }
    }
}

#[derive(Debug, Serialize)]
pub struct Checked {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<IdKind>,
    pub result: IdVerdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The form DUIS wants a device ID in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duis_form: Option<String>,
    /// First two digits of an MPAN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distributor: Option<String>,
    /// Whose network that is, where the table has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub struct Report {
    pub ids: Vec<Checked>,
}

fn row(checked: &Checked) -> Vec<String> {
    let kind = match checked.kind {
        Some(IdKind::Eui64) => "eui64",
        Some(IdKind::Mpan) => "mpan",
        Some(IdKind::Mprn) => "mprn",
        None => "",
    };
    vec![
        checked.id.clone(),
        kind.to_owned(),
        checked.result.word().to_owned(),
        checked.problem.clone().unwrap_or_default(),
        checked.network.unwrap_or_default().to_owned(),
    ]
}

impl Document for Report {
    const SCHEMA: &'static str = "wattkey/smets-ids/1";

    fn table(&self, style: Style) -> String {
        grid(style, &["id", "kind", "result", "problem", "network"], &self.ids.iter().map(row).collect::<Vec<_>>())
    }

    fn csv_header(&self) -> Vec<String> {
        ["id", "kind", "result", "problem", "network"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.ids.iter().map(row).collect()
    }
}

/// A meter point number without the word before it and the blanks between its groups; of the 21 digits of a bill the
/// last 13, which are the number itself.
fn plain_number(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let number = ["MPAN", "MPRN"].iter().find_map(|word| plain.strip_prefix(word)).unwrap_or(&plain);
    let number = number.trim_start_matches([':', '=']).to_owned();
    let is_whole = number.len() == 21 && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole { number.get(8..).unwrap_or_default().to_owned() } else { number }
}

/// What the shape of an identifier tells.
fn guess(text: &str) -> Option<IdKind> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        _ if text.contains('-') => Some(IdKind::Eui64),
        16 => Some(IdKind::Eui64),
        11..=15 if digits => Some(IdKind::Mpan),
        1..=10 if digits => Some(IdKind::Mprn),
        _ => None,
    }
}

/// Judges an identifier; without a kind its shape tells.
pub fn judge(text: &str, kind: Option<IdKind>) -> Checked {
    let text = text.trim();
    let eui64 = text.parse::<Eui64>().ok();
    let id = eui64.filter(|_| shown(text) != text).map_or_else(|| shown(text), |eui64| eui64.to_string());
    let plain = plain_number(text);
    let kind = kind.or_else(|| if eui64.is_some() { Some(IdKind::Eui64) } else { guess(&plain) });
    let mut checked =
        Checked { id, kind, result: IdVerdict::Ok, problem: None, duis_form: None, distributor: None, network: None };
    let found = match kind {
        None => Some((IdVerdict::Bad, "it is neither a device ID nor an MPAN nor an MPRN".to_owned())),
        Some(IdKind::Eui64) => match text.parse::<Eui64>() {
            Err(error) => Some((IdVerdict::Bad, error.to_string())),
            Ok(eui64) => {
                checked.duis_form = Some(eui64.to_string());
                let hyphens = Eui64::is_hyphenated(text);
                (!hyphens).then(|| (IdVerdict::Warning, format!("DUIS wants it as {eui64}")))
            }
        },
        Some(IdKind::Mpan) => match check_mpan(&plain) {
            Ok(()) => {
                let id = plain.get(..2).unwrap_or_default();
                checked.distributor = Some(id.to_owned());
                checked.network = distributor(id);
                let is_known = checked.network.is_some() || is_independent(id);
                (!is_known).then(|| (IdVerdict::Warning, format!("no distributor is known to have the number {id}")))
            }
            Err(error) => Some((IdVerdict::Bad, error.to_string())),
        },
        Some(IdKind::Mprn) => match check_mprn(&plain) {
            Ok(()) => None,
            Err(error @ MprnError::CheckDigits { .. }) => Some((IdVerdict::Warning, error.to_string())),
            Err(error @ MprnError::Length) => Some((IdVerdict::Bad, error.to_string())),
        },
    };
    if let Some((result, problem)) = found {
        checked.result = result;
        checked.problem = Some(problem);
    }
    checked
}
