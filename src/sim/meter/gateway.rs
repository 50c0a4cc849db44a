//! The token gateway: takes what is entered, judges it after the model's processing time, and remembers the verdict.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::Meter;
use crate::sim::display::DisplayValues;
use crate::sim::events::EventKind;
use crate::sts::TokenResult;

/// A token that was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, on the meter's clock.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// What was entered, octet for octet.
    pub entered: Vec<u8>,
    /// The digits, when it was a token.
    pub token: Option<String>,
    /// The verdict.
    pub result: TokenResult,
    /// What the display showed.
    pub display: String,
    /// Credit before, in hundredths of a kWh.
    pub credit_before: i64,
    /// Credit after, in hundredths of a kWh.
    pub credit_after: i64,
}

/// The status of a token as class 115 counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatewayStatus {
    /// 2: a section was taken, the set is unfinished (3 on models that say so).
    Validated,
    /// 3: done.
    Executed,
    /// 4: not a token.
    FormatFailure,
    /// 5: check sum or maker code wrong.
    AuthenticationFailure,
    /// 6: used, old, expired or credit on a default key.
    ValidationFailure,
    /// 7: refused for another reason.
    ExecutionFailure,
    /// 8: received and not yet judged.
    Processing,
}

impl GatewayStatus {
    /// The number on the line.
    pub const fn number(self) -> u8 {
        match self {
            GatewayStatus::Validated => 2,
            GatewayStatus::Executed => 3,
            GatewayStatus::FormatFailure => 4,
            GatewayStatus::AuthenticationFailure => 5,
            GatewayStatus::ValidationFailure => 6,
            GatewayStatus::ExecutionFailure => 7,
            GatewayStatus::Processing => 8,
        }
    }

    fn of(result: TokenResult, sections_count_as_executed: bool) -> Self {
        match result {
            TokenResult::Accept => GatewayStatus::Executed,
            taken if taken.is_taken() && sections_count_as_executed => GatewayStatus::Executed,
            taken if taken.is_taken() => GatewayStatus::Validated,
            TokenResult::FormatError => GatewayStatus::FormatFailure,
            TokenResult::CrcError | TokenResult::MfrCodeError => GatewayStatus::AuthenticationFailure,
            TokenResult::OldError | TokenResult::UsedError | TokenResult::KeyExpiredError | TokenResult::DdtkError => {
                GatewayStatus::ValidationFailure
            }
            _ => GatewayStatus::ExecutionFailure,
        }
    }
}

/// The meter is still at work on the token before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Waiting {
    entered: Vec<u8>,
    due: OffsetDateTime,
}

/// What is being judged and what was judged last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Gateway {
    last: Option<Entry>,
    #[serde(with = "time::serde::rfc3339")]
    manufactured: OffsetDateTime,
    #[serde(skip)]
    waiting: Option<Waiting>,
}

impl Gateway {
    pub(super) fn new(manufactured: OffsetDateTime) -> Self {
        Gateway { last: None, manufactured, waiting: None }
    }

    pub(super) fn verdict_due(&self) -> Option<OffsetDateTime> {
        self.waiting.as_ref().map(|waiting| waiting.due)
    }

    /// A token that was not yet judged is gone.
    pub(super) fn power_cut(&mut self) {
        self.waiting = None;
    }
}

impl Meter {
    /// Enters what came over the line or the keypad. The verdict is in [`Meter::last_entry`] once
    /// [`Meter::gateway_status`] no longer says that it is being processed.
    ///
    /// # Errors
    /// [`Busy`] while another token is being judged.
    pub fn enter(&mut self, entered: &[u8]) -> Result<(), Busy> {
        if self.gateway.waiting.is_some() || !self.powered {
            return Err(Busy);
        }
        let due = self.now + Duration::milliseconds(self.model.payment.processing_ms.into());
        self.gateway.waiting = Some(Waiting { entered: entered.to_vec(), due });
        self.settle();
        Ok(())
    }

    pub(super) fn process_if_due(&mut self) {
        if let Some(waiting) = self.gateway.waiting.take_if(|waiting| waiting.due <= self.now) {
            self.judge(waiting.entered);
        }
    }

    fn judge(&mut self, entered: Vec<u8>) {
        let credit_before = self.payment.credit().available().hundredths_kwh();
        let was_locked = self.payment.lockout_seconds(self.now) > 0;
        let tampered = self.tamper.any();
        let verdict = if self.is_starting_up() {
            self.payment.turn_away(TokenResult::NotReady)
        } else {
            self.payment.enter(&self.model, &entered, self.now, tampered)
        };
        self.record(if verdict.result.is_taken() { EventKind::TokenAccepted } else { EventKind::TokenRefused });
        if !was_locked && self.payment.lockout_seconds(self.now) > 0 {
            self.record(EventKind::LockoutBegan);
        }
        self.carry_out(verdict.effect);
        let entry = Entry {
            at: self.clock(),
            entered,
            token: verdict.token.map(|token| String::from_utf8_lossy(&token.to_ascii()).into_owned()),
            result: verdict.result,
            display: self.model.display.result(verdict.result, self.display_values()),
            credit_before,
            credit_after: self.payment.credit().available().hundredths_kwh(),
        };
        if entry.credit_after > entry.credit_before {
            self.billing.count_purchase(entry.credit_after - entry.credit_before);
        }
        self.gateway.last = Some(entry.clone());
        self.journal.push(entry);
        self.changed();
    }

    /// Whether the supply came back so lately that tokens are not looked at yet.
    fn is_starting_up(&self) -> bool {
        let pause = Duration::milliseconds(self.model.payment.ready_after_ms.into());
        self.powered_at.is_some_and(|at| self.now - at < pause)
    }

    fn display_values(&self) -> DisplayValues {
        DisplayValues {
            wrong_entries: self.payment.wrong_entries(),
            lockout_s: self.payment.lockout_seconds(self.now),
            credit_hundredths: self.payment.credit().available().hundredths_kwh(),
        }
    }

    /// What the display shows at rest.
    pub fn display_at_rest(&self) -> String {
        self.model.display.idle(self.display_values())
    }

    /// The token judged last.
    pub fn last_entry(&self) -> Option<&Entry> {
        self.gateway.last.as_ref()
    }

    /// What is being judged or was judged last, octet for octet.
    pub fn token_in_gateway(&self) -> &[u8] {
        match (&self.gateway.waiting, &self.gateway.last) {
            (Some(waiting), _) => &waiting.entered,
            (None, Some(entry)) => &entry.entered,
            (None, None) => &[],
        }
    }

    /// Whether a token is being judged.
    pub fn is_processing(&self) -> bool {
        self.gateway.waiting.is_some()
    }

    /// When the last token was judged; the time of manufacture before the first.
    pub fn gateway_time(&self) -> OffsetDateTime {
        self.gateway.last.as_ref().map_or(self.gateway.manufactured, |entry| entry.at)
    }

    /// Status of the token that was entered last; `None` before the first.
    pub fn gateway_status(&self) -> Option<GatewayStatus> {
        if self.gateway.waiting.is_some() {
            return Some(GatewayStatus::Processing);
        }
        let sections_executed = self.model.payment.key_change_status == 3;
        self.gateway.last.as_ref().map(|entry| GatewayStatus::of(entry.result, sections_executed))
    }
}
