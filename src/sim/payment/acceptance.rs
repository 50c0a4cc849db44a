//! How a token is judged, step by step: form, lockout, check sum, state, function, value.

use time::OffsetDateTime;

use super::rule::{Function, SectionOrder, SgcReading, TokenForm};
use super::tid_store::TidStanding;
use super::{KeyRegister, Payment};
use crate::sim::energy::Energy;
use crate::sim::lab_keys;
use crate::sim::model::Model;
use crate::sts::token::DIGITS;
use crate::sts::{
    Amount, Commodity, CreditRegister, KeyType, MeterTest, NewKey, StaTables, TestName, Tid, Token, TokenClass,
    TokenContent, TokenResult,
};

/// What a token orders beyond the registers of payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Nothing,
    /// A section was stored.
    SectionTaken,
    /// The decoder key is another one.
    KeyChanged,
    /// Tamper conditions end.
    TamperCleared,
    /// The load switch is tested.
    SwitchTest,
}

/// What became of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// The token, when it was one.
    pub token: Option<Token>,
    /// The result.
    pub result: TokenResult,
    /// What else is to be done.
    pub effect: Effect,
}

/// A token that was not taken, and why.
type Refusal = TokenResult;

impl Payment {
    /// Judges what was entered and carries it out. Either all of it happens or, with a refusal, nothing but the
    /// counting of a wrong entry. `tampered` tells whether a tamper condition is latched.
    pub fn enter(&mut self, model: &Model, entered: &[u8], now: OffsetDateTime, tampered: bool) -> Judgement {
        self.forget_stale_sections(&model.payment, now);
        let token = read(entered, model.payment.token_form);
        let is_test = token.is_some_and(|token| token.class() == TokenClass::Test);
        let locked = self.lockout_seconds(now) > 0 && !is_test;
        let judged = match token {
            _ if locked => Err(TokenResult::Lockout),
            None => Err(TokenResult::FormatError),
            Some(token) => self.judge(model, token, now, tampered),
        };
        match judged {
            // Tests work during a lockout and neither end nor lengthen it.
            _ if is_test || locked => {}
            Ok(_) => self.lockout.good_token(),
            Err(_) => {
                self.lockout.wrong_entry(&model.lockout, now);
            }
        }
        let (result, effect) = judged.unwrap_or_else(|refusal| (refusal, Effect::Nothing));
        self.last_result = Some(result);
        Judgement { token, result, effect }
    }

    /// Answers without a look at what was entered; it counts as no wrong entry.
    pub fn turn_away(&mut self, result: TokenResult) -> Judgement {
        self.last_result = Some(result);
        Judgement { token: None, result, effect: Effect::Nothing }
    }

    fn judge(
        &mut self,
        model: &Model,
        token: Token,
        now: OffsetDateTime,
        tampered: bool,
    ) -> Result<(TokenResult, Effect), Refusal> {
        if token.class() == TokenClass::Reserved {
            return Err(TokenResult::FunctionError);
        }
        let content = self.register.key.read(token, StaTables::iec_sample()).map_err(|_| TokenResult::CrcError)?;
        if let TokenContent::MeterTest(test) = content {
            return self.display_test(model, test);
        }
        if content.is_key_change() {
            return self.key_change(model, &content, now);
        }
        let is_credit = content.class() == TokenClass::Credit;
        if is_credit && self.register.kt == KeyType::Default && !model.payment.default_key_takes_credit {
            return Err(TokenResult::DdtkError);
        }
        let tid = content.tid().ok_or(TokenResult::FunctionError)?;
        self.validate(model, tid)?;
        if is_credit && tampered && model.payment.tamper_refuses_credit {
            return Err(TokenResult::FunctionError);
        }
        let effect = self.carry_out(model, &content)?;
        self.tids.store(tid);
        Ok((TokenResult::Accept, effect))
    }

    fn validate(&self, model: &Model, tid: Tid) -> Result<(), Refusal> {
        if model.payment.ken_check && self.register.ken.has_expired_at(tid) {
            return Err(TokenResult::KeyExpiredError);
        }
        match self.tids.standing(tid) {
            TidStanding::Fresh => Ok(()),
            TidStanding::Used => Err(TokenResult::UsedError),
            TidStanding::Old => Err(TokenResult::OldError),
        }
    }

    /// Does what the token says, after all checks of its value.
    fn carry_out(&mut self, model: &Model, content: &TokenContent) -> Result<Effect, Refusal> {
        let rule = &model.payment;
        let function = function(content).filter(|function| rule.functions.contains(function));
        function.ok_or(TokenResult::FunctionError)?;
        match content {
            TokenContent::Credit { amount, .. } => {
                let amount = Energy::from_tenths_kwh(amount.units().into());
                if !self.credit.fits(amount, &model.credit) {
                    return Err(TokenResult::OverflowError);
                }
                self.credit.add(amount);
            }
            TokenContent::ClearCredit { register, .. } => {
                if !matches!(*register, CreditRegister(0) | CreditRegister::ALL_REGISTERS) {
                    return Err(TokenResult::RangeError);
                }
                self.credit.clear();
            }
            TokenContent::SetMaximumPowerLimit { limit, .. } => {
                self.limits.power_w = Some(watts(*limit, rule.power_limit_max_w)?);
            }
            TokenContent::SetPhaseUnbalanceLimit { limit, .. } => {
                self.limits.phase_unbalance_w = Some(watts(*limit, rule.power_limit_max_w)?);
            }
            TokenContent::SetTariffRate { rate, .. } => self.limits.tariff_rate = Some(*rate),
            TokenContent::SetWaterFactor { factor, .. } => self.limits.water_factor = Some(*factor),
            TokenContent::ClearTamper { .. } => return Ok(Effect::TamperCleared),
            _ => return Err(TokenResult::FunctionError),
        }
        Ok(Effect::Nothing)
    }

    fn display_test(&self, model: &Model, test: MeterTest) -> Result<(TokenResult, Effect), Refusal> {
        let own = self.pan.drn().manufacturer_code();
        if test.manufacturer_code() != 0 && test.manufacturer_code() != own {
            return Err(TokenResult::MfrCodeError);
        }
        let asks_for_all = test.tests() == [TestName::All];
        let one = test.control().is_power_of_two().then(|| test.control().trailing_zeros() + 1);
        let supported =
            one.and_then(|number| u8::try_from(number).ok()).is_some_and(|n| model.payment.tests.contains(&n));
        if !asks_for_all && !supported {
            return Err(TokenResult::FunctionError);
        }
        let effect = if test.opens_load_switch() { Effect::SwitchTest } else { Effect::Nothing };
        Ok((TokenResult::Accept, effect))
    }

    fn key_change(
        &mut self,
        model: &Model,
        section: &TokenContent,
        now: OffsetDateTime,
    ) -> Result<(TokenResult, Effect), Refusal> {
        let sections = self.register.sections(&model.payment);
        let number = Self::check_section(section, &self.register, sections)?;
        let out_of_turn =
            self.pending.held().len() != usize::from(number - 1) && !self.pending.held().contains(&number);
        if model.payment.key_change_order == SectionOrder::Strict && out_of_turn {
            return Err(TokenResult::FormatError);
        }
        self.pending.take(section, sections, now);
        match self.pending.completed(self.register.algorithm()) {
            None => Ok((word_of(number), Effect::SectionTaken)),
            Some(Some(new)) => {
                self.change_key(model, new);
                Ok((TokenResult::Accept, Effect::KeyChanged))
            }
            Some(None) => {
                self.pending.forget();
                Err(TokenResult::RangeError)
            }
        }
    }

    /// The number of a section that may be stored: a section is refused by itself, not only with its set.
    fn check_section(section: &TokenContent, register: &KeyRegister, sections: u8) -> Result<u8, Refusal> {
        match section {
            TokenContent::KeyChange1 { krn, kt, .. } => {
                // A common key belongs on magnetic cards; an initialisation key may only follow another.
                let to_initial = *kt == KeyType::Initialization && register.kt != KeyType::Initialization;
                if *kt == KeyType::Common || to_initial {
                    return Err(TokenResult::KeyTypeError);
                }
                if (1..=9).contains(krn) { Ok(1) } else { Err(TokenResult::RangeError) }
            }
            TokenContent::KeyChange2 { ti, .. } if *ti > 99 => Err(TokenResult::RangeError),
            TokenContent::KeyChange2 { .. } => Ok(2),
            TokenContent::KeyChange3 { .. } if sections == 4 => Ok(3),
            TokenContent::KeyChangeSupplyGroup { .. } if sections == 3 => Ok(3),
            TokenContent::KeyChange4 { .. } if sections == 4 => Ok(4),
            _ => Err(TokenResult::FunctionError),
        }
    }

    /// All of the register at once, and the token store with it where the set says so.
    fn change_key(&mut self, model: &Model, new: NewKey) {
        let NewKey { key, krn, kt, ti, ken, sgc, rollover } = new;
        let sgc = sgc.or_else(|| match model.payment.sgc_after_two_sections {
            SgcReading::Zero => None,
            SgcReading::Keep => self.register.sgc,
            SgcReading::Known => lab_keys::group_of(&key, self.pan, krn, kt, ti),
        });
        self.register = KeyRegister { sgc, krn, kt, ti, ken, key };
        self.pending.forget();
        if rollover {
            self.tids.roll_over();
        }
    }
}

/// The token that was entered, or `None` when it is none.
fn read(entered: &[u8], form: TokenForm) -> Option<Token> {
    match form {
        TokenForm::Digits => Token::from_ascii(&<[u8; DIGITS]>::try_from(entered).ok()?).ok(),
        TokenForm::Binary => {
            let octets = <[u8; 9]>::try_from(entered).ok()?;
            Token::from_number(octets.iter().fold(0, |number, octet| number << 8 | u128::from(*octet)))
        }
        TokenForm::Bcd => {
            let pairs = <[u8; 10]>::try_from(entered).ok()?;
            let digits: Vec<u8> = pairs.iter().flat_map(|pair| [b'0' + (pair >> 4), b'0' + (pair & 0x0F)]).collect();
            Token::from_ascii(&<[u8; DIGITS]>::try_from(digits).ok()?).ok()
        }
    }
}

fn function(content: &TokenContent) -> Option<Function> {
    Some(match content {
        TokenContent::Credit { commodity: Commodity::Electricity, .. } => Function::CreditElectricity,
        TokenContent::SetMaximumPowerLimit { .. } => Function::SetMaximumPowerLimit,
        TokenContent::ClearCredit { .. } => Function::ClearCredit,
        TokenContent::SetTariffRate { .. } => Function::SetTariffRate,
        TokenContent::ClearTamper { .. } => Function::ClearTamper,
        TokenContent::SetPhaseUnbalanceLimit { .. } => Function::SetPhaseUnbalanceLimit,
        TokenContent::SetWaterFactor { .. } => Function::SetWaterFactor,
        _ => return None,
    })
}

fn watts(limit: Amount, highest: u32) -> Result<u32, Refusal> {
    Some(limit.units()).filter(|watts| *watts <= highest).ok_or(TokenResult::RangeError)
}

const fn word_of(section: u8) -> TokenResult {
    match section {
        1 => TokenResult::FirstKct,
        2 => TokenResult::SecondKct,
        3 => TokenResult::ThirdKct,
        _ => TokenResult::FourthKct,
    }
}
