//! What is in an answer: records of meters and customers, tokens.

use super::tree::Node;
use crate::headend::record::{Customer, Field};
use crate::headend::tokens::TokenIssue;
use crate::headend::trial::{KeyChangeDue, TrialVend};
use crate::headend::{Found, MeterRecord};
use crate::sts::{Drn, MeterParameters, Token, TokenClass};

/// A value of an answer; `None` where it is not told.
///
/// # Errors
/// One that does not read: what it was meant to say is not known.
fn field<T: std::str::FromStr>(node: &Node, name: &str) -> Result<Option<T>, String> {
    let told = node.told(name).filter(|text| !text.trim().is_empty());
    let read = |text: &str| text.parse().map_err(|_| format!("{name}={text:?} in the answer does not read"));
    told.map(read).transpose()
}

/// Key and number out of a `meterDetail`.
///
/// # Errors
/// A value that does not read.
pub fn meter_record(detail: &Node) -> Result<MeterRecord, String> {
    let drn = field::<Drn>(detail, "msno")?;
    let kind = detail.child("meterType");
    let mut record = MeterRecord::of(MeterParameters {
        iin: drn.map(Drn::iin),
        drn,
        sgc: field(detail, "sgc")?,
        krn: field(detail, "krn")?,
        ti: field(detail, "ti")?,
        ea: kind.map(|kind| field(kind, "at")).transpose()?.flatten(),
        ..MeterParameters::default()
    });
    record.tct = kind.and_then(|kind| kind.told("tt")).map(str::to_owned);
    Ok(record)
}

/// What two answers say differently of one meter's key, in words.
pub fn contradiction(one: &MeterParameters, other: &MeterParameters) -> Option<String> {
    let found = Found { parameters: *other, ..Found::default() };
    let mut differences = MeterRecord::of(*one).differences(&found).into_iter();
    let difference = differences.find(|difference| difference.field.is_key() || difference.field == Field::Ea)?;
    let name = difference.field.name();
    Some(format!("{name} {} and {name} {}", difference.record, difference.meter))
}

/// One customer of a `confirmCustomerResp`.
#[derive(Debug, Clone)]
pub struct CustomerResult {
    /// Who it is.
    pub customer: Customer,
    /// Whether vending is on, where that is told.
    pub can_vend: Option<bool>,
    /// The meter, where it is told.
    pub meter: Option<MeterRecord>,
}

impl CustomerResult {
    /// Number of the customer's meter, where it is told.
    pub fn meter_number(&self) -> Option<Drn> {
        self.meter.as_ref()?.parameters.drn
    }
}

/// The customers of a `confirmCustomerResp`.
///
/// # Errors
/// A value of a meter that does not read.
pub fn customers(reply: &Node) -> Result<Vec<CustomerResult>, String> {
    let results = reply.children.iter().filter(|child| child.name == "confirmCustResult");
    results
        .map(|result| {
            let detail = result.child("custVendDetail").or_else(|| result.child("custDetail"));
            let told = |name: &str| detail.and_then(|detail| detail.told(name)).map(str::to_owned);
            // Told twice it may say both.
            let config = result.child("custVendConfig");
            let told_once = config
                .is_some_and(|config| config.children.iter().filter(|child| child.name == "canVend").count() == 1);
            let can_vend = config.filter(|_| told_once).and_then(|config| config.told_at(&["canVend"]));
            Ok(CustomerResult {
                customer: Customer {
                    name: told("name"),
                    address: told("address"),
                    account: told("accNo"),
                    location: told("locRef"),
                },
                can_vend: can_vend.and_then(|text| match text {
                    "true" | "1" => Some(true),
                    "false" | "0" => Some(false),
                    _ => None,
                }),
                meter: result.child("meterDetail").map(meter_record).transpose()?,
            })
        })
        .collect()
}

/// What the utility tells the technician.
pub fn operator_message(reply: &Node) -> Option<String> {
    reply.told_at(&["operatorMsg"]).map(str::to_owned)
}

/// The tokens of an answer for a meter.
///
/// # Errors
/// No token in it, one that does not read, tokens for another meter, or more than were asked for.
pub fn token_issue(reply: &Node, kind: String, drn: Option<Drn>) -> Result<TokenIssue, String> {
    let mut issues = reply.children.iter().filter(|child| child.child("token").is_some());
    let issue = issues.next().ok_or("there is no token in the answer")?;
    if issues.next().is_some() {
        return Err("the answer holds tokens of several requests".to_owned());
    }
    let told = issue.at(&["meterDetail"]).and_then(|detail| detail.told("msno"));
    match (drn, told) {
        (Some(drn), Some(told)) if told.parse() != Ok(drn) => {
            return Err(format!("the tokens are for meter {told}"));
        }
        (Some(_), None) => return Err("it does not say for which meter the tokens are".to_owned()),
        _ => {}
    }
    let token = issue.child("token").ok_or("there is no token in the answer")?;
    let mut tokens = Vec::new();
    match (token.child("set1stMeterKey"), token.child("set2ndMeterKey")) {
        (None, None) => tokens.push(cipher(token)?),
        (Some(first), Some(second)) => {
            tokens.extend([cipher(first)?, cipher(second)?]);
            if tokens.first() == tokens.last() {
                return Err("both sections of the key-change set are the same token".to_owned());
            }
        }
        _ => return Err("half of a key-change set is missing".to_owned()),
    }
    let (from, to) = key_change_data(issue)?;
    let limit = issue.at(&["pwrLmtToken", "token"]).map(cipher).transpose()?;
    let is_set = issue.child("kctData").is_some();
    let stray = tokens.iter().any(|token| token.class() != TokenClass::Management);
    let stray =
        (is_set && stray).then_some("a token of the set is no key-change token by its digits: it is not entered");
    Ok(TokenIssue {
        from,
        to,
        power_limit: limit,
        description: issue.told_at(&["desc"]).map(str::to_owned),
        operator_message: operator_message(reply),
        warnings: stray.map(str::to_owned).into_iter().collect(),
        ..TokenIssue::of(kind, tokens)
    })
}

/// The result of a sale on trial: what would be sold, and the key change that would come with it.
///
/// # Errors
/// No sale in it, one for another meter, or a value that does not read.
pub fn trial_vend(reply: &Node, drn: Drn) -> Result<TrialVend, String> {
    let sales: Vec<&Node> = reply
        .at(&["creditVendReceipt", "transactions"])
        .into_iter()
        .flat_map(|transactions| &transactions.children)
        .filter(|transaction| transaction.child("creditTokenIssue").is_some())
        .collect();
    let [sale] = sales.as_slice() else {
        return Err(format!("the answer holds {} sales of credit where one was asked for", sales.len()));
    };
    let credit = sale.child("creditTokenIssue").ok_or("there is no sale of credit in the answer")?;
    let of = |issue: &Node| issue.at(&["meterDetail"]).and_then(|detail| detail.told("msno")).map(str::to_owned);
    for issue in [Some(credit), sale.child("kcTokenIssue")].into_iter().flatten() {
        match of(issue) {
            Some(told) if told.parse() == Ok(drn) => {}
            Some(told) => return Err(format!("the sale is for meter {told}")),
            None => return Err("it does not say for which meter the sale is".to_owned()),
        }
    }
    let told = |name: &str| credit.child("units").and_then(|units| units.told(name)).map(str::to_owned);
    Ok(TrialVend {
        units: told("value"),
        unit: told("siUnit"),
        description: credit.told_at(&["desc"]).map(str::to_owned),
        key_change: sale.child("kcTokenIssue").map(key_change_due).transpose()?,
        operator_message: operator_message(reply),
        warnings: Vec::new(),
    })
}

/// A key change that rides along. On trial most servers give zeros in the place of tokens.
fn key_change_due(issue: &Node) -> Result<KeyChangeDue, String> {
    let (from, to) = key_change_data(issue)?;
    let token = issue.child("token");
    let sections = ["set1stMeterKey", "set2ndMeterKey"].map(|name| token.and_then(|token| token.child(name)));
    let digits = |section: &&Node| section.told_at(&["stsCipher"]).is_some_and(|text| text.contains(|c| c != '0'));
    let tokens = sections.iter().flatten().copied().filter(digits).map(cipher).collect::<Result<_, _>>()?;
    Ok(KeyChangeDue { from, to, tokens })
}

/// From which key to which a set leads, as the answer says.
fn key_change_data(issue: &Node) -> Result<(MeterParameters, MeterParameters), String> {
    let (mut from, mut to) = (MeterParameters::default(), MeterParameters::default());
    if let Some(data) = issue.child("kctData") {
        for (side, [sgc, krn, ti]) in
            [(&mut from, ["fromSGC", "fromKRN", "fromTI"]), (&mut to, ["toSGC", "toKRN", "toTI"])]
        {
            side.sgc = field(data, sgc)?;
            side.krn = field(data, krn)?;
            side.ti = field(data, ti)?;
        }
    }
    Ok((from, to))
}

/// That a set starts from the key the meter is on, by what the answer says beside it. `target` is what was asked for.
///
/// # Errors
/// It starts elsewhere, or a value does not read.
pub fn starts_from(
    reply: &Node,
    issue: &TokenIssue,
    found: &MeterParameters,
    target: &MeterParameters,
) -> Result<(), String> {
    let elsewhere = |words: String| format!("the set was asked for and made for different keys: {words}");
    if let Some(words) = contradiction(found, &issue.from) {
        return Err(elsewhere(words));
    }
    let of_tokens = reply.children.iter().find(|child| child.child("token").is_some());
    let Some(detail) = of_tokens.and_then(|issue| issue.child("meterDetail")) else { return Ok(()) };
    let detail = meter_record(detail)?;
    // Servers describe the meter as it is, or as it will be.
    let fits_target = contradiction(&issue.to.or(*target).or(*found), &detail.parameters).is_none();
    match contradiction(found, &detail.parameters) {
        Some(words) if !fits_target => Err(elsewhere(words)),
        _ => Ok(()),
    }
}

/// The digits of a token; they are not repeated in an error.
fn cipher(token: &Node) -> Result<Token, String> {
    let text = token.told_at(&["stsCipher"]).ok_or("a token in the answer has no digits")?;
    text.parse().map_err(|error| format!("a token in the answer is none: {error}"))
}
