//! What a head-end is asked for, put to a token server.

use std::collections::BTreeSet;

use thrift::protocol::TType;

use super::client::Lost;
use super::messages::{Amendment, MeterConfig, VerifyResult, structure, text};
use super::{Making, TokenApiHeadEnd, is_under, refusal};
use crate::headend::message_id::MessageEnd;
use crate::headend::outbox::ItemState;
use crate::headend::record::Found;
use crate::headend::report::{Delivery, JobReport};
use crate::headend::tokens::{EngineeringKind, EngineeringRequest, KeyChangeRequest, TokenAnswer, TokenIssue};
use crate::headend::verdict::{Handshake, Refusal, Verdict};
use crate::headend::verification::{Verification, VerificationResult};
use crate::headend::{HeadEnd, HeadEndError, Query};
use crate::sts::{Drn, MeterParameters, MeterTest, TestForm, Token, TokenClass};

/// Token carrier technology: a keypad.
const KEYPAD: i16 = 2;

/// Key expiry number that is named to the server, for a meter tells none: keys do not expire.
const NEVER_EXPIRES: i16 = 255;

/// Subclasses of key-change sections: the first and second of a set, and the third and fourth.
const SECTIONS: [i16; 4] = [3, 4, 8, 9];

/// Register number that stands for all credit.
const ALL_REGISTERS: f64 = 65_535.0;

/// The meter with its key, of which the server wants everything.
fn meter_config(drn: Drn, found: &Found, three_tokens: bool) -> Result<MeterConfig, HeadEndError> {
    let MeterParameters { sgc, krn, ti, ea, .. } = found.parameters;
    let missing: Vec<&str> =
        [("SGC", sgc.is_none()), ("KRN", krn.is_none()), ("TI", ti.is_none()), ("EA", ea.is_none())]
            .into_iter()
            .filter_map(|(name, is_missing)| is_missing.then_some(name))
            .collect();
    let (Some(sgc), Some(krn), Some(ti), Some(ea)) = (sgc, krn, ti, ea) else {
        return Err(HeadEndError::Incomplete { missing: missing.join(", ") });
    };
    Ok(MeterConfig {
        drn: drn.to_string(),
        ea: ea.code().parse().unwrap_or_default(),
        tct: KEYPAD,
        sgc: i32::try_from(sgc.number()).unwrap_or_default(),
        krn: krn.number().into(),
        ti: ti.number().into(),
        ken: NEVER_EXPIRES,
        three_tokens,
    })
}

impl HeadEnd for TokenApiHeadEnd {
    fn name(&self) -> &str {
        &self.settings.address
    }

    fn is_offline(&self) -> bool {
        false
    }

    fn keeps_records(&self) -> bool {
        false
    }

    fn meter_of_serial(&mut self, _serial: &str) -> Result<Option<Drn>, HeadEndError> {
        let problem = "a token server keeps no register of meters; give --drn".to_owned();
        Err(HeadEndError::NotSupported { name: self.settings.address.clone(), problem })
    }

    fn check(&mut self, _query: &Query) -> Result<Handshake, HeadEndError> {
        let problem = "a token server keeps no register of meters: name another head-end for vend codes".to_owned();
        Err(HeadEndError::NotSupported { name: self.settings.address.clone(), problem })
    }

    fn key_change(&mut self, request: &KeyChangeRequest) -> Result<TokenAnswer, HeadEndError> {
        let Some(to) = request.to else {
            let problem =
                "a token server keeps no record that says where the key is to go: give --to-sgc, --to-krn or \
                           --to-ti"
                    .to_owned();
            return Err(HeadEndError::NotSupported { name: self.settings.address.clone(), problem });
        };
        let size = request.set_size();
        let meter = meter_config(request.drn, &request.found, size == 3)?;
        let to = to.or(MeterParameters { drn: None, ..request.found.parameters });
        let amendment = Amendment {
            sgc: to.sgc.and_then(|sgc| i32::try_from(sgc.number()).ok()).unwrap_or(meter.sgc),
            krn: to.krn.map_or(meter.krn, |krn| krn.number().into()),
            ti: to.ti.map_or(meter.ti, |ti| ti.number().into()),
        };
        let making = Making::KeyChange { meter: meter.clone(), to: amendment };
        let made = match self.make(&making, request.drn)? {
            Ok(made) => made,
            Err(refused) => return Ok(TokenAnswer::Refused(refused)),
        };
        let advice = made.tokens.iter().find_map(|issued| issued.advice.clone());
        let sections: Vec<i16> = made.tokens.iter().filter_map(|issued| issued.subclass).collect();
        let issue = self.issue("key-change".to_owned(), request.drn, &making, made)?;
        if issue.tokens.len() != size {
            return Err(self.garbled(format!("{} tokens came, and a set of this meter has {size}", issue.tokens.len())));
        }
        let sections: BTreeSet<i16> = sections.into_iter().collect();
        if sections.len() != size || !sections.is_subset(&SECTIONS.into()) {
            return Err(self.garbled("the tokens of the answer are not the sections of one set"));
        }
        let Some(advice) = advice else {
            return Err(self.garbled("the answer does not say where the set leads (newConfig)"));
        };
        if (advice.sgc, advice.krn, advice.ti) != (Some(amendment.sgc), Some(amendment.krn), Some(amendment.ti)) {
            return Err(self.garbled("the set leads to another key than the one asked for"));
        }
        let mut warnings = issue.warnings.clone();
        if advice.rollover == Some(false) && amendment.krn != meter.krn {
            warnings.push("the set has no roll-over bit".to_owned());
        }
        // Only what the server itself has said: the key type of the new key it does not.
        let named =
            |key: &MeterParameters| MeterParameters { sgc: key.sgc, krn: key.krn, ti: key.ti, ..Default::default() };
        let (from, to) = (named(&request.found.parameters), named(&to));
        Ok(TokenAnswer::Issued(TokenIssue { from, to, warnings, ..issue }))
    }

    fn engineering(&mut self, request: &EngineeringRequest) -> Result<TokenAnswer, HeadEndError> {
        let kind = request.kind.to_string();
        let of_key = |subclass, amount| -> Result<Making, HeadEndError> {
            let meter = meter_config(request.drn, &request.found, false)?;
            Ok(Making::Engineering { meter, subclass, amount })
        };
        let making = match request.kind {
            EngineeringKind::PowerLimit(watts) => of_key(0, watts)?,
            EngineeringKind::ClearCredit => of_key(1, ALL_REGISTERS)?,
            EngineeringKind::ClearTamper => of_key(5, 0.0)?,
            EngineeringKind::PhaseUnbalance(watts) => of_key(6, watts)?,
            EngineeringKind::WaterFactor(factor) => of_key(7, factor)?,
            EngineeringKind::FirstCredit => return Ok(TokenAnswer::Refused(Refusal::plain(Verdict::Unsupported))),
            EngineeringKind::Test(test) => {
                // Code 0 is every maker's, and fits both forms.
                let test =
                    MeterTest::new(TestForm::TwoDigit, test, 0).map_err(|error| self.garbled(error.to_string()))?;
                Making::Test { subclass: 0, control: i64::try_from(test.control()).unwrap_or_default() }
            }
        };
        let made = match self.make(&making, request.drn)? {
            Ok(made) => made,
            Err(refused) => return Ok(TokenAnswer::Refused(refused)),
        };
        let issue = self.issue(kind, request.drn, &making, made)?;
        match issue.tokens.len() {
            1 => Ok(TokenAnswer::Issued(issue)),
            count => Err(self.garbled(format!("{count} tokens came where one was asked for"))),
        }
    }

    fn verify(&mut self, drn: Drn, found: &Found, token: Token) -> Result<Result<Verification, Refusal>, HeadEndError> {
        let meter = meter_config(drn, found, false)?;
        self.session = None;
        if let Err(fault) = self.sign_in()? {
            return Ok(Err(refusal(fault)));
        }
        let id = self.number("verifyToken", None)?;
        let message = self.name_of(&id);
        let answer = self.call(
            "verifyToken",
            |out, access| {
                text(out, 1, &message)?;
                text(out, 2, access)?;
                structure(out, 3, |out| meter.write(out))?;
                text(out, 4, &token.to_string())
            },
            |input, kind| match kind {
                TType::Struct => VerifyResult::read(input),
                _ => Err(thrift::Error::from("the result is no verification")),
            },
        );
        self.outbox.end_message(&self.sender, &id, MessageEnd::Answered)?;
        match answer {
            Ok(Ok(verified)) => self.verification(drn, &meter, token, verified).map(Ok),
            Ok(Err(fault)) => Ok(Err(refusal(fault))),
            Err(Lost::Unanswered(problem)) => {
                Err(HeadEndError::NoAnswer { name: self.settings.address.clone(), problem })
            }
            Err(Lost::Garbled(problem)) => Err(self.garbled(problem)),
        }
    }

    fn report(&mut self, report: &JobReport) -> Result<Delivery, HeadEndError> {
        // Kept for a head-end that takes reports.
        let item = self.outbox.put_report(report)?;
        Ok(match item.state {
            ItemState::Delivered => Delivery::Delivered { reference: item.reference },
            _ => Delivery::Queued { row: item.row, reason: None },
        })
    }
}

impl TokenApiHeadEnd {
    fn verification(
        &self,
        drn: Drn,
        meter: &MeterConfig,
        token: Token,
        said: VerifyResult,
    ) -> Result<Verification, HeadEndError> {
        let word = said.result.ok_or_else(|| self.garbled("the answer holds no result of the check"))?;
        let result = match word.as_str() {
            "EVerify.Ok" => VerificationResult::Ok,
            "EVerify.Crc" => VerificationResult::Crc,
            "EVerify.DdtkCredit" => VerificationResult::DdtkCredit,
            "EVerify.KeyExpired" => VerificationResult::KeyExpired,
            _ => VerificationResult::Other,
        };
        let of_key = said.token.is_some();
        let read = said.token.or(said.test);
        if result == VerificationResult::Ok {
            let digits = read.as_ref().and_then(|read| read.digits.as_ref()).and_then(|text| text.parse().ok());
            if digits != Some(token) {
                return Err(self.garbled("it says that the token is right, and not which token that is"));
            }
            let of = read.as_ref().and_then(|read| read.drn.as_ref()).and_then(|text| text.parse::<Drn>().ok());
            if of_key && (of != Some(drn) || !read.as_ref().is_some_and(|read| is_under(read, meter))) {
                return Err(self.garbled("it says that the token is right for another meter or key"));
            }
            if !of_key && token.class() != TokenClass::Test {
                return Err(self.garbled("it says that the token is right, and not under which key"));
            }
        }
        let read = read.unwrap_or_default();
        Ok(Verification {
            result,
            said: word,
            class: read.class,
            subclass: read.subclass,
            tid: read.tid,
            amount: read.amount.filter(|amount| !amount.is_empty()),
            unit: read.unit.filter(|unit| !unit.is_empty()),
            description: read.description,
        })
    }
}
