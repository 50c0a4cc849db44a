//! The payment part of a meter: key register, token store, credit, limits, and the rules by which a token is taken
//! (IEC 62055-41 clause 7.3).
//!
//! The rules are those of a bench meter; where makers differ, the model says which way, see [`PaymentRule`].

mod acceptance;
mod credit;
mod key_change;
mod key_register;
mod lockout;
mod rule;
mod tid_store;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

pub use acceptance::{Effect, Judgement};
pub use credit::{Credit, CreditRule, CreditState};
pub use key_change::PendingKeyChange;
pub use key_register::KeyRegister;
pub use lockout::{Lockout, LockoutRule};
pub use rule::{Function, PaymentRule, SectionOrder, SgcReading, StartingKey, TokenForm};
pub use tid_store::{TidStanding, TidStore};

use crate::sim::model::Model;
use crate::sts::{BaseDate, FieldError, Pan, Tid, TokenResult};

/// Limits and values that tokens set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Limits {
    /// Power limit in watts; `None` until one is set.
    pub power_w: Option<u32>,
    /// Limit of the difference between phases in watts.
    pub phase_unbalance_w: Option<u32>,
    /// Tariff rate as transmitted.
    pub tariff_rate: Option<u16>,
    /// Water factor as transmitted.
    pub water_factor: Option<u16>,
}

/// The payment part of one meter, all of it in permanent memory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Payment {
    pan: Pan,
    register: KeyRegister,
    tids: TidStore,
    pending: PendingKeyChange,
    lockout: Lockout,
    credit: Credit,
    limits: Limits,
    last_result: Option<TokenResult>,
}

impl Payment {
    /// As it leaves the workshop.
    ///
    /// # Errors
    /// A starting key that is none, or a time of manufacture outside its base date.
    pub fn new(model: &Model, pan: Pan) -> Result<Self, FieldError> {
        let base: BaseDate = model.key.base_date.parse()?;
        // A meter made after its base date ran out has no identifier for that time and starts from the last one.
        let manufactured = Tid::at(model.manufactured, base).or_else(|error| {
            if model.manufactured > base.start() { Ok(Tid::from_field(u32::MAX)) } else { Err(error) }
        })?;
        Ok(Payment {
            pan,
            register: KeyRegister::starting(&model.key, pan)?,
            tids: TidStore::new(model.payment.tid_slots, manufactured),
            pending: PendingKeyChange::default(),
            lockout: Lockout::default(),
            credit: Credit::new(&model.credit),
            limits: Limits::default(),
            last_result: None,
        })
    }

    /// The supply went off: what the model does not keep is lost.
    pub fn power_cut(&mut self, model: &Model) {
        self.lockout.power_cut(&model.lockout);
        if !model.payment.key_change_survives_power_cut {
            self.pending.forget();
        }
    }

    /// Forgets sections of a key change that was not finished in time; tells whether there were any.
    pub fn forget_stale_sections(&mut self, rule: &PaymentRule, now: OffsetDateTime) -> bool {
        self.pending.forget_stale(rule.key_change_timeout_s, now)
    }

    /// Decoder key and its numbers.
    pub fn register(&self) -> &KeyRegister {
        &self.register
    }

    /// Puts another key in the register, as a workshop does.
    pub fn set_register(&mut self, register: KeyRegister) {
        self.register = register;
    }

    /// Token identifiers remembered.
    pub fn tids(&self) -> &TidStore {
        &self.tids
    }

    /// Puts other identifiers in the store, as a workshop does.
    pub fn set_tids(&mut self, tids: TidStore) {
        self.tids = tids;
    }

    /// Numbers of the sections of an unfinished key change.
    pub fn pending_sections(&self) -> Vec<u8> {
        self.pending.held()
    }

    /// Seconds until tokens are taken again.
    pub fn lockout_seconds(&self, now: OffsetDateTime) -> u32 {
        self.lockout.seconds_left(now)
    }

    /// Wrong entries in a row.
    pub fn wrong_entries(&self) -> u32 {
        self.lockout.wrong_entries()
    }

    /// The credit register.
    pub fn credit(&self) -> &Credit {
        &self.credit
    }

    pub(crate) fn credit_mut(&mut self) -> &mut Credit {
        &mut self.credit
    }

    /// In what state the account is.
    pub fn credit_state(&self, model: &Model) -> CreditState {
        self.credit.state(&model.credit)
    }

    /// Limits and values that tokens set.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(crate) fn set_power_limit(&mut self, watts: Option<u32>) {
        self.limits.power_w = watts;
    }

    /// The result of the last token.
    pub fn last_result(&self) -> Option<TokenResult> {
        self.last_result
    }
}
