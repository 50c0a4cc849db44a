//! A pack as a head-end.

use std::sync::Arc;

use serde_json::json;
use time::{Duration, OffsetDateTime};

use super::content::{IssuedTokens, PackRecord, code_hash};
use super::reader::{Pack, Trust};
use crate::headend::outbox::{ItemKind, Outbox};
use crate::headend::record::{Found, Standing};
use crate::headend::report::{Delivery, JobReport};
use crate::headend::tokens::{EngineeringKind, EngineeringRequest, KeyChangeRequest, TokenAnswer, TokenIssue};
use crate::headend::verdict::{Handshake, Refusal, Verdict};
use crate::headend::{HeadEnd, HeadEndError, Query, VendCode};
use crate::meter::time::rfc3339;
use crate::sts::{Drn, EncryptionAlgorithm, MeterParameters};

/// Wrong codes that are taken for one meter of one pack.
const MOST_TRIES: u32 = 5;

/// How far ahead of this computer's clock a pack may be dated.
const CLOCK_SLACK: Duration = Duration::hours(1);

/// Kind of a key-change set among the tokens of a record.
pub const KEY_CHANGE: &str = "key-change";

/// A pack and the outbox its results go to.
#[derive(Debug)]
pub struct PackHeadEnd {
    name: String,
    pack: Arc<Pack>,
    outbox: Outbox,
    now: fn() -> OffsetDateTime,
}

impl PackHeadEnd {
    /// A head-end over a pack.
    pub fn new(pack: Arc<Pack>, outbox: Outbox, now: fn() -> OffsetDateTime) -> Self {
        PackHeadEnd { name: format!("pack {}", pack.header().name), pack, outbox, now }
    }

    /// Why the pack's records do not hold today.
    fn out_of_date(&self) -> Option<Verdict> {
        let now = (self.now)();
        if now > self.pack.valid_until() {
            Some(Verdict::PackExpired)
        } else if now + CLOCK_SLACK < self.pack.issued_at() {
            Some(Verdict::PackNotYet)
        } else {
            None
        }
    }

    fn warnings(&self) -> Vec<String> {
        match self.pack.trust() {
            Trust::Signed(_) => Vec::new(),
            Trust::Unverified(problem) => vec![format!("the pack was taken without a check of who made it: {problem}")],
        }
    }

    fn plain(&self, verdict: Verdict) -> Handshake {
        Handshake { warnings: self.warnings(), ..Handshake::plain(verdict, &self.name, true) }
    }

    /// Whether the code is the record's; a wrong one is counted.
    fn code_verdict(&mut self, record: &PackRecord, code: &VendCode) -> Result<Option<Verdict>, HeadEndError> {
        let Some(expected) = &record.code_hash else { return Ok(Some(Verdict::CodeMissing)) };
        // The key is made anew with each pack, so it names the pack.
        let pack = self.pack.header().code_key.clone();
        if self.outbox.wrong_codes(&pack, record.drn)? >= MOST_TRIES {
            return Ok(Some(Verdict::CodeLocked));
        }
        if expected.eq_ignore_ascii_case(&code_hash(self.pack.code_key(), record.drn, code)) {
            return Ok(None);
        }
        self.outbox.count_wrong_code(&pack, record.drn)?;
        Ok(Some(Verdict::CodeMismatch))
    }

    /// The record of a meter, or why there is none to act on.
    fn usable(&self, drn: Drn) -> Result<Result<PackRecord, Refusal>, HeadEndError> {
        if let Some(verdict) = self.out_of_date() {
            return Ok(Err(Refusal::plain(verdict)));
        }
        let Some(record) = self.pack.record(drn)? else { return Ok(Err(Refusal::plain(Verdict::NotInPack))) };
        let verdict = match record.standing {
            Standing::Unknown => Verdict::NotRegistered,
            Standing::Blocked => Verdict::Blocked,
            Standing::Active | Standing::Inactive => return Ok(Ok(record)),
        };
        Ok(Err(Refusal { operator_message: record.operator_message, ..Refusal::plain(verdict) }))
    }

    fn issue(&self, record: &PackRecord, issued: &IssuedTokens) -> TokenAnswer {
        TokenAnswer::Issued(TokenIssue {
            from: issued.from.unwrap_or_default().parameters(),
            to: issued.to.unwrap_or_default().parameters(),
            holds: record.record().parameters,
            description: issued.description.clone(),
            operator_message: record.operator_message.clone(),
            warnings: self.warnings(),
            ..TokenIssue::of(issued.kind.clone(), issued.tokens.clone())
        })
    }
}

impl HeadEnd for PackHeadEnd {
    fn name(&self) -> &str {
        &self.name
    }

    fn is_offline(&self) -> bool {
        true
    }

    fn meter_of_serial(&mut self, serial: &str) -> Result<Option<Drn>, HeadEndError> {
        self.pack.meter_of_serial(serial)
    }

    fn check(&mut self, query: &Query) -> Result<Handshake, HeadEndError> {
        if let Some(verdict) = self.out_of_date() {
            return Ok(self.plain(verdict));
        }
        let Some(record) = self.pack.record(query.drn)? else { return Ok(self.plain(Verdict::NotInPack)) };
        let with_message =
            |handshake: Handshake| Handshake { operator_message: record.operator_message.clone(), ..handshake };
        if record.standing == Standing::Unknown {
            return Ok(with_message(self.plain(Verdict::NotRegistered)));
        }
        if let Some(code) = &query.code
            && let Some(verdict) = self.code_verdict(&record, code)?
        {
            // Whoever does not know the code learns nothing of the customer.
            return Ok(self.plain(verdict));
        }
        let verdict = match record.standing {
            Standing::Active => Verdict::RegisteredActive,
            Standing::Inactive => Verdict::RegisteredInactive,
            Standing::Blocked | Standing::Unknown => Verdict::Blocked,
        };
        let handshake = self.plain(verdict).compared(record.record(), &query.found);
        if let Some(code) = query.code.as_ref().filter(|_| handshake.verdict.is_yes()) {
            let id = format!("{} {}", self.pack.header().name, query.drn);
            let body = json!({"vend_code": code.as_str(), "pack": self.pack.header().name});
            self.outbox.put(ItemKind::Confirm, &id, &rfc3339((self.now)()), query.drn, &body)?;
        }
        Ok(handshake)
    }

    fn key_change(&mut self, request: &KeyChangeRequest) -> Result<TokenAnswer, HeadEndError> {
        let record = match self.usable(request.drn)? {
            Ok(record) => record,
            Err(refusal) => return Ok(TokenAnswer::Refused(refusal)),
        };
        let held = record.record().parameters;
        let target = request.to.unwrap_or(held);
        if is_on(&request.found, &target) {
            return Ok(TokenAnswer::Refused(Refusal::plain(Verdict::KeyAlreadyRight)));
        }
        let sets: Vec<&IssuedTokens> = record.tokens.iter().filter(|issued| issued.kind == KEY_CHANGE).collect();
        let fitting = sets.iter().filter(|set| {
            set.from.is_none_or(|from| from.fits(&request.found.parameters))
                && set.to.is_none_or(|to| to.fits(&target))
                && takes(&request.found, set.tokens.len())
        });
        let wanted = request.set_size();
        match fitting.min_by_key(|set| set.tokens.len().abs_diff(wanted)) {
            Some(set) => Ok(self.issue(&record, set)),
            None if sets.is_empty() => Ok(TokenAnswer::Refused(Refusal::plain(Verdict::NoTokens))),
            None => Ok(TokenAnswer::Refused(Refusal::plain(Verdict::TokensUnfit))),
        }
    }

    fn engineering(&mut self, request: &EngineeringRequest) -> Result<TokenAnswer, HeadEndError> {
        let record = match self.usable(request.drn)? {
            Ok(record) => record,
            Err(refusal) => return Ok(TokenAnswer::Refused(refusal)),
        };
        let is_kind = |issued: &&IssuedTokens| issued.kind.parse::<EngineeringKind>() == Ok(request.kind);
        let fits = |issued: &&IssuedTokens| issued.from.is_none_or(|from| from.fits(&request.found.parameters));
        let mut issued = record.tokens.iter().filter(is_kind).peekable();
        if issued.peek().is_none() {
            return Ok(TokenAnswer::Refused(Refusal::plain(Verdict::NoTokens)));
        }
        Ok(match issued.find(fits) {
            Some(issued) => self.issue(&record, issued),
            None => TokenAnswer::Refused(Refusal::plain(Verdict::TokensUnfit)),
        })
    }

    fn report(&mut self, report: &JobReport) -> Result<Delivery, HeadEndError> {
        let item = self.outbox.put_report(report)?;
        Ok(Delivery::Queued { row: item.row, reason: None })
    }
}

/// Whether the meter tells SGC, KRN and TI, and all that both tell of the key agrees.
fn is_on(found: &Found, target: &MeterParameters) -> bool {
    let meter = &found.parameters;
    let pairs = [
        target.sgc.map(|sgc| meter.sgc == Some(sgc)),
        target.krn.map(|krn| meter.krn == Some(krn)),
        target.ti.map(|ti| meter.ti == Some(ti)),
        target.kt.zip(meter.kt).map(|(target, meter)| target == meter),
        target.base_date.zip(meter.base_date).map(|(target, meter)| target == meter),
    ];
    pairs.iter().flatten().next().is_some() && !pairs.contains(&Some(false))
}

/// Whether a meter takes a set of so many tokens: EA 11 four, others two or three.
fn takes(found: &Found, tokens: usize) -> bool {
    match found.parameters.ea {
        Some(EncryptionAlgorithm::Ea11) => tokens == 4,
        Some(_) => matches!(tokens, 2 | 3),
        None => matches!(tokens, 2..=4),
    }
}
