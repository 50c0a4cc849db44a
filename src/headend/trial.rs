//! A sale on trial: would the utility sell credit to this meter, and would a key change come with it? Nothing is made.

use serde::Serialize;

use super::record::Found;
use crate::sts::{Drn, MeterParameters, Token};

/// Asks for a sale on trial.
#[derive(Debug, Clone)]
pub struct TrialRequest {
    /// The meter's number.
    pub drn: Drn,
    /// What the meter says of itself, for servers that want all of it.
    pub found: Found,
    /// Amount of money, such as `10` or `10.50`.
    pub amount: String,
    /// Symbol of the currency, such as `R`.
    pub currency: String,
}

/// What the utility would sell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrialVend {
    /// Credit that the amount buys, as the server writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<String>,
    /// Unit of the credit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The server's description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The key change that a sale would bring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_change: Option<KeyChangeDue>,
    /// What the utility tells the technician.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator_message: Option<String>,
    /// What should be known besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// A key change that rides along with a sale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyChangeDue {
    /// Key the meter must be on.
    pub from: MeterParameters,
    /// Key the meter is on afterwards.
    pub to: MeterParameters,
    /// Its tokens, where the server gives them on trial; most give zeros, which are left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tokens: Vec<Token>,
}
