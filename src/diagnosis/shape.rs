//! Strings that are no token, and what a slip of the finger made of one.

use super::cause::{Cause, Strength};
use super::edits;
use super::evidence::{Case, Readout};
use super::remedy::{self, Situation};
use super::search::{SearchResult, Searcher};
use super::settle;
use super::verdict::{Diagnosis, Finding, Reading};
use crate::sts::token::is_separator;
use crate::sts::{Token, TokenError};

/// The verdict on a string that is no token. When exactly one single edit makes it a token that reads under the key
/// the meter is on, that token is given.
pub(super) fn not_a_token(case: &Case, problem: &TokenError, searcher: &Searcher) -> Diagnosis {
    let meter = settle::settled_readout(case, searcher);
    let mut evidence = vec![problem.to_string()];
    let is_utrn = *problem == TokenError::Utrn;
    // The smart meters' numbers lie above every STS token: nothing is to be mended.
    let mended = if is_utrn { None } else { mend(&case.token, &meter, searcher) };
    if let Some(reading) = &mended {
        let reads = "one edit makes it a token that reads under the meter's key";
        evidence.push(format!("{reads}: {}", reading.token.grouped()));
    }
    let fit = mended.as_ref().map(|reading| &reading.fit);
    let mut remedy = remedy::of(Cause::NotAToken, &Situation { case, meter: &meter, fit });
    if is_utrn {
        remedy = vec![
            "Enter it at the customer's GB smart meter; no STS meter takes it.".to_owned(),
            "`wattkey smets utrn` tells its amount and whether its check digit is right.".to_owned(),
        ];
    }
    if let Some(reading) = &mended {
        remedy.insert(0, format!("Compare with the slip, then enter {}.", reading.token.grouped()));
    }
    let finding = Finding { cause: Cause::NotAToken, strength: Strength::Certain, evidence, remedy };
    let corrected = mended.as_ref().map(|reading| reading.token);
    Diagnosis { corrected, reading: mended, ..Diagnosis::single(finding) }
}

/// The only token one edit away that reads under a key the meter may be on; tests read without a key.
fn mend(text: &str, meter: &Readout, searcher: &Searcher) -> Option<Reading> {
    let plain: String = text.chars().filter(|c| !is_separator(*c)).take(edits::DIGITS + 2).collect();
    let mut found = SearchResult::default();
    searcher.read_edits(&edits::of_text(&plain), &searcher.own_keys(meter), &mut found);
    let (token, fit) = found.repaired.first()?;
    let only = found.repaired.iter().all(|(other, _)| other == token);
    only.then(|| Reading { token: *token, fit: fit.clone() })
}

/// How `mended` differs from the token as typed, and what that makes of it.
pub(super) fn repair_sentence(typed: Token, mended: Token) -> String {
    format!("{} it reads under the meter's key", change(typed, mended))
}

/// How `mended` differs from the token as typed: `with digit 5 as 3 instead of 8`.
pub(super) fn change(typed: Token, mended: Token) -> String {
    let (typed, right) = (typed.to_ascii(), mended.to_ascii());
    let different: Vec<(usize, char, char)> = typed
        .iter()
        .zip(&right)
        .enumerate()
        .filter(|(_, (a, b))| a != b)
        .map(|(place, (a, b))| (place + 1, char::from(*a), char::from(*b)))
        .collect();
    match different.as_slice() {
        [(place, was, is)] => {
            format!("with digit {place} as {is} instead of {was}")
        }
        [(first, ..), (second, ..)] => {
            format!("with digits {first} and {second} swapped")
        }
        _ => "with a digit mended".to_owned(),
    }
}
