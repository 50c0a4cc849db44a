//! What other tokens of the same meter settle: those it took before, and others sold with this one.

use super::evidence::{Case, Readout};
use super::fit::Fit;
use super::identity::{Difference, differences};
use super::search::Searcher;
use super::state::Accepted;
use crate::sts::{BaseDate, Drn, MeterParameters, Token, VendingKey};

/// The readout, with what it does not tell filled in: the meter's number from tokens it took before, when they read under
/// the decoder key of exactly one meter; the base date from the vending key at hand that the readout names.
pub fn settled_readout(case: &Case, searcher: &Searcher) -> Readout {
    let mut meter = case.meter.clone().unwrap_or_default();
    if meter.drn.is_none() {
        let mut drns: Vec<Drn> = Vec::new();
        for (drn, key) in searcher.decoder_keys() {
            let reads = |token: &Token| searcher.open(*token, key).is_some();
            if case.previous_tokens.iter().any(reads) && !drns.contains(drn) {
                drns.push(*drn);
            }
        }
        if let [drn] = drns.as_slice() {
            meter.drn = Some(*drn);
        }
    }
    if meter.base_date.is_none() {
        meter.base_date = only_base_date(&meter, searcher);
    }
    meter
}

/// The base date of the vending keys at hand that have the meter's supply group, revision and type, when they agree.
fn only_base_date(meter: &Readout, searcher: &Searcher) -> Option<BaseDate> {
    let named = (meter.sgc?, meter.krn?, meter.kt?);
    let ids = searcher.vending_keys().iter().map(VendingKey::id);
    let mut bases = ids.filter(|id| (id.sgc, id.krn, id.kt) == named).map(|id| id.base_date);
    let first = bases.next()?;
    bases.all(|base| base == first).then_some(first)
}

/// Whether another token of this meter reads under the key of `fit`.
pub fn is_witnessed(case: &Case, fit: &Fit, searcher: &Searcher) -> bool {
    let others = || {
        let this = case.token.parse::<Token>().ok();
        case.previous_tokens.iter().chain(&case.companions).copied().filter(move |token| Some(*token) != this)
    };
    if !fit.content.class().is_encrypted() || others().next().is_none() {
        return false;
    }
    let Some(key) = searcher.key_of(&fit.identity) else { return false };
    others().any(|token| searcher.open(token, &key).is_some())
}

/// Tokens the meter took before that read under the key of `fit`.
pub fn accepted_under(case: &Case, fit: &Fit, searcher: &Searcher) -> Vec<Accepted> {
    if case.previous_tokens.is_empty() || !fit.content.class().is_encrypted() {
        return Vec::new();
    }
    let Some(key) = searcher.key_of(&fit.identity) else { return Vec::new() };
    case.previous_tokens
        .iter()
        .filter_map(|token| {
            let content = searcher.open(*token, &key)?;
            Some(Accepted { token: *token, content })
        })
        .collect()
}

/// Where the readout leaves open which of several keys the meter is on: how the key of `fit` differs from the one
/// key under which the tokens it took before were made. `None` when they tell nothing, or the same key.
pub fn key_of_earlier_tokens(case: &Case, meter: &Readout, fit: &Fit, searcher: &Searcher) -> Option<Vec<Difference>> {
    if case.previous_tokens.is_empty() || !fit.content.class().is_encrypted() || is_witnessed(case, fit, searcher) {
        return None;
    }
    let mut keys: Vec<MeterParameters> = Vec::new();
    for candidate in searcher.own_keys(meter) {
        let reads = |token: &Token| searcher.open(*token, &candidate.key).is_some();
        if case.previous_tokens.iter().any(reads) {
            keys.push(candidate.identity);
        }
    }
    let [earlier] = keys.as_slice() else { return None };
    let on_earlier = Readout {
        sgc: earlier.sgc,
        krn: earlier.krn,
        kt: earlier.kt,
        ti: earlier.ti,
        base_date: earlier.base_date,
        ea: earlier.ea,
        dkga: earlier.dkga,
        ..Readout::default()
    };
    let found = differences(&fit.identity, &on_earlier);
    (!found.is_empty()).then_some(found)
}
