//! What the slip says of the meter and key that a token was made for. It needs no key to be compared with a readout.

use serde_json::{Map, Value};
use time::Date;
use time::format_description::well_known::Iso8601;

use super::cause::Cause;
use super::evidence::Readout;
use super::identity::{self, Parameter};
use crate::sts::{Drn, KeyRevisionNumber, KeyType, MeterParameters, SupplyGroupCode, TariffIndex};

/// The facts on a slip, as far as it has them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Slip {
    /// The meter's number.
    pub drn: Option<Drn>,
    /// Supply group code; 000000 names none.
    pub sgc: Option<SupplyGroupCode>,
    /// Key revision number.
    pub krn: Option<KeyRevisionNumber>,
    /// Key type.
    pub kt: Option<KeyType>,
    /// Tariff index.
    pub ti: Option<TariffIndex>,
    /// Day of the sale.
    pub date: Option<Date>,
}

/// A fact that slip and readout both name, and differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipDifference {
    /// The cause it is.
    pub cause: Cause,
    /// What differs, in one sentence.
    pub evidence: String,
}

impl Slip {
    /// Reads `{"sgc":…,"krn":…,"ti":…,"kt":…,"drn":…,"date":…}`, numbers or strings; null and absent are alike.
    ///
    /// # Errors
    /// The field that does not read, and why.
    pub fn from_json(fields: &Map<String, Value>) -> Result<Self, String> {
        if let Some(stranger) =
            fields.keys().find(|name| !matches!(name.as_str(), "sgc" | "krn" | "ti" | "kt" | "drn" | "date"))
        {
            return Err(format!("slip has no field {stranger:?}: it takes drn, sgc, krn, kt, ti and date"));
        }
        Ok(Slip {
            drn: field(fields, "drn")?,
            sgc: field(fields, "sgc")?,
            krn: field(fields, "krn")?,
            kt: field(fields, "kt")?,
            ti: field(fields, "ti")?,
            date: text(fields, "date")?.map(|date| parse_date(&date)).transpose()?,
        })
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Slip::default()
    }

    fn parameters(&self) -> MeterParameters {
        MeterParameters {
            sgc: self.sgc.filter(|sgc| sgc.number() != 0),
            krn: self.krn,
            kt: self.kt,
            ti: self.ti,
            ..MeterParameters::default()
        }
    }

    /// Every fact in which slip and readout are known to differ, in the order of the rules: meter number, supply group,
    /// key revision, key type, tariff index.
    pub fn differences(&self, meter: &Readout) -> Vec<SlipDifference> {
        let mut found = Vec::new();
        if let (Some(slip), Some(own)) = (self.drn, meter.drn)
            && slip != own
        {
            let evidence = format!("the slip is for meter {slip}, and this is meter {own}");
            found.push(SlipDifference { cause: Cause::WrongMeter, evidence });
        }
        for identity::Difference { parameter, token, meter } in identity::differences(&self.parameters(), meter) {
            let name = Parameter::abbreviation(parameter);
            let evidence = format!("the slip says {name} {token}, the meter has {name} {meter}");
            found.push(SlipDifference { cause: parameter.cause(), evidence });
        }
        found
    }
}

/// Reads `2026-11-21`, alone or with a time behind it.
///
/// # Errors
/// One sentence.
pub fn parse_date(text: &str) -> Result<Date, String> {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    Date::parse(day, &Iso8601::DATE).map_err(|_| format!("date {text:?} is not like 2026-11-21"))
}

fn text(fields: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(format!("slip: {name} is neither text nor number")),
    }
}

fn field<T: std::str::FromStr>(fields: &Map<String, Value>, name: &str) -> Result<Option<T>, String>
where
    T::Err: std::fmt::Display,
{
    text(fields, name)?.map(|text| text.parse().map_err(|error| format!("slip: {error}"))).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn slip(fields: Value) -> Result<Slip, String> {
        Slip::from_json(fields.as_object().unwrap())
    }

    #[test]
    fn numbers_and_strings_are_alike() {
        let read =
            slip(json!({"sgc": "123456", "krn": 2, "ti": "1", "kt": null, "date": "2026-11-21T09:30:00Z"})).unwrap();
        assert_eq!(read.krn, "2".parse().ok());
        assert_eq!(read.date, Some(time::macros::date!(2026 - 11 - 21)));
        for wrong in [json!({"krn": 12}), json!({"date": "21.11.26"}), json!({"tariff": 1}), json!({"drn": [1]})] {
            assert!(slip(wrong.clone()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_both_name_and_differ_in_is_a_difference() {
        let meter = Readout { sgc: "123456".parse().ok(), krn: "1".parse().ok(), ..Readout::default() };
        let causes = |fields: Value| -> Vec<Cause> {
            slip(fields).unwrap().differences(&meter).iter().map(|difference| difference.cause).collect()
        };
        assert_eq!(causes(json!({"ti": 4, "krn": 2, "sgc": "654321"})), [Cause::SgcMismatch, Cause::KrnMismatch]);
        assert!(causes(json!({"sgc": "000000", "krn": 1})).is_empty());
    }
}
