//! A token's way into a meter, as any driver tells it.

use serde::Serialize;

use super::MeterError;
use crate::sts::{Token, TokenResult};

/// What became of a token that was to be delivered. An error beside it means that it surely never left.
#[derive(Debug)]
pub enum Delivery {
    /// The meter took the call; the verdict is in the token report.
    Taken,
    /// The meter refused the call, with its reason.
    Refused(String),
    /// It went out and the answer was lost: read back before anything else, never send again.
    Lost(MeterError),
}

/// How far a token came, by class 115 attribute 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GatewayStatus {
    /// Its form is right; nothing more is known.
    FormatOk,
    /// It is for this meter.
    AuthenticationOk,
    /// It is not used and not old.
    ValidationOk,
    /// It was carried out.
    ExecutionOk,
    /// Its form is wrong.
    FormatFailure,
    /// It is not for this meter.
    AuthenticationFailure,
    /// It was used, is old, or the key is in the wrong state.
    ValidationFailure,
    /// It could not be carried out.
    ExecutionFailure,
    /// It was received and is not processed yet.
    Pending,
}

impl GatewayStatus {
    /// The status of the number of class 115.
    pub fn from_number(number: i128) -> Option<Self> {
        Some(match number {
            0 => GatewayStatus::FormatOk,
            1 => GatewayStatus::AuthenticationOk,
            2 => GatewayStatus::ValidationOk,
            3 => GatewayStatus::ExecutionOk,
            4 => GatewayStatus::FormatFailure,
            5 => GatewayStatus::AuthenticationFailure,
            6 => GatewayStatus::ValidationFailure,
            7 => GatewayStatus::ExecutionFailure,
            8 => GatewayStatus::Pending,
            _ => return None,
        })
    }

    /// Whether the meter said no.
    pub fn is_refusal(self) -> bool {
        matches!(
            self,
            GatewayStatus::FormatFailure
                | GatewayStatus::AuthenticationFailure
                | GatewayStatus::ValidationFailure
                | GatewayStatus::ExecutionFailure
        )
    }

    /// The result that follows without doubt.
    pub fn certain_result(self) -> Option<TokenResult> {
        match self {
            GatewayStatus::ExecutionOk => Some(TokenResult::Accept),
            GatewayStatus::FormatFailure => Some(TokenResult::FormatError),
            _ => None,
        }
    }
}

/// What a meter tells of the last token it was given.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct TokenReport {
    /// The result in the words of the contract, where the meter's answer allows only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<TokenResult>,
    /// How far the token came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<GatewayStatus>,
    /// The meter's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When the meter got it, as the meter tells the time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The token itself, for comparing; never shown.
    #[serde(skip)]
    pub token: Option<Token>,
}

impl TokenReport {
    /// Whether the meter has made up its mind.
    pub fn is_final(&self) -> bool {
        self.status != Some(GatewayStatus::Pending)
    }

    /// Whether the meter accepted it; `None` when its report does not show that.
    pub fn is_accepted(&self) -> Option<bool> {
        if let Some(result) = self.result {
            return Some(result.is_taken());
        }
        match self.status? {
            GatewayStatus::ExecutionOk => Some(true),
            status if status.is_refusal() => Some(false),
            _ => None,
        }
    }
}
