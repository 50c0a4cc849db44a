//! What is in an answer: records of meters and customers, tokens.

use super::tree::Node;
use crate::headend::MeterRecord;
use crate::headend::record::Customer;
use crate::headend::tokens::TokenIssue;
use crate::sts::{Drn, MeterParameters, Token};

/// Key and number out of a `meterDetail`; a value that does not read is left out.
pub fn meter_record(detail: &Node) -> MeterRecord {
    fn field<T: std::str::FromStr>(node: &Node, name: &str) -> Option<T> {
        node.attribute(name).and_then(|text| text.parse().ok())
    }
    let drn = field::<Drn>(detail, "msno");
    let kind = detail.child("meterType");
    let mut record = MeterRecord::of(MeterParameters {
        iin: drn.map(Drn::iin),
        drn,
        sgc: field(detail, "sgc"),
        krn: field(detail, "krn"),
        ti: field(detail, "ti"),
        ea: kind.and_then(|kind| field(kind, "at")),
        ..MeterParameters::default()
    });
    record.tct = kind.and_then(|kind| kind.attribute("tt")).map(str::to_owned);
    record
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
pub fn customers(reply: &Node) -> Vec<CustomerResult> {
    let results = reply.children.iter().filter(|child| child.name == "confirmCustResult");
    results
        .map(|result| {
            let detail = result.child("custVendDetail").or_else(|| result.child("custDetail"));
            let told = |name: &str| detail.and_then(|detail| detail.attribute(name)).map(str::to_owned);
            let can_vend = result.text_at(&["custVendConfig", "canVend"]);
            CustomerResult {
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
                meter: result.child("meterDetail").map(meter_record),
            }
        })
        .collect()
}

/// What the utility tells the technician.
pub fn operator_message(reply: &Node) -> Option<String> {
    reply.text_at(&["operatorMsg"]).map(str::to_owned)
}

/// The tokens of an answer for a meter.
///
/// # Errors
/// No token in it, one that does not read, or tokens for another meter.
pub fn token_issue(reply: &Node, kind: String, drn: Option<Drn>) -> Result<TokenIssue, String> {
    let issue = reply.children.iter().find(|child| child.child("token").is_some());
    let issue = issue.ok_or("there is no token in the answer")?;
    let told = issue.at(&["meterDetail"]).and_then(|detail| detail.attribute("msno"));
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
        (Some(first), Some(second)) => tokens.extend([cipher(first)?, cipher(second)?]),
        _ => return Err("half of a key-change set is missing".to_owned()),
    }
    let (mut from, mut to) = (MeterParameters::default(), MeterParameters::default());
    if let Some(data) = issue.child("kctData") {
        for (side, [sgc, krn, ti]) in
            [(&mut from, ["fromSGC", "fromKRN", "fromTI"]), (&mut to, ["toSGC", "toKRN", "toTI"])]
        {
            side.sgc = data.attribute(sgc).and_then(|text| text.parse().ok());
            side.krn = data.attribute(krn).and_then(|text| text.parse().ok());
            side.ti = data.attribute(ti).and_then(|text| text.parse().ok());
        }
    }
    let limit = issue.at(&["pwrLmtToken", "token"]).map(cipher).transpose()?;
    Ok(TokenIssue {
        from,
        to,
        power_limit: limit,
        description: issue.text_at(&["desc"]).map(str::to_owned),
        operator_message: operator_message(reply),
        ..TokenIssue::of(kind, tokens)
    })
}

/// The digits of a token; they are not repeated in an error.
fn cipher(token: &Node) -> Result<Token, String> {
    let text = token.text_at(&["stsCipher"]).ok_or("a token in the answer has no digits")?;
    text.parse().map_err(|error| format!("a token in the answer is none: {error}"))
}
