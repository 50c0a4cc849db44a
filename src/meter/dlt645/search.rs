//! Finding every meter on a shared line by wildcard digits.

use crate::meter::MeterError;
use crate::protocol::dlt645::{Address, Reply, Request, SearchPattern};

use super::Exchange;

/// What a search came upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundAddress {
    /// A meter.
    Meter(Address),
    /// Answers that collide although every digit was given: two meters with one address.
    Duplicate(Address),
}

/// What a search of a line brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// The meters, and the addresses that several have.
    pub found: Vec<FoundAddress>,
    /// Whether answers came that belonged to none of the patterns they came after: then meters may have been missed.
    pub answers_late: bool,
}

/// Searches the line: `request` (for the address, or a read every meter of the edition has) goes out under patterns that
/// fix digits from the lowest pair upwards, a hundred finer ones wherever answers collide. A pattern without any answer
/// holds no meter; with `thorough` the first one, where meters may drown each other out, is taken apart all the same.
///
/// An answer that belongs to an earlier pattern takes nothing apart: on a slow line every pattern would meet one.
///
/// `progress` gets the patterns asked and the patterns known to remain.
///
/// # Errors
/// Those of the line; silence and damage are findings.
pub fn search(
    exchange: &mut Exchange,
    request: &Request,
    thorough: bool,
    mut progress: impl FnMut(usize, usize),
) -> Result<Search, MeterError> {
    let mut found = Vec::new();
    let mut answers_late = false;
    let mut patterns = vec![SearchPattern::all()];
    let mut asked = 0usize;
    let mut was_silent = false;
    while let Some(pattern) = patterns.pop() {
        progress(asked, patterns.len().saturating_add(1));
        let apart_when_silent = thorough && asked == 0;
        asked = asked.saturating_add(1);
        match exchange.ask(pattern.address(), request) {
            Ok(Reply::Address(address)) => found.push(FoundAddress::Meter(address)),
            Ok(
                Reply::Refused { from, .. }
                | Reply::Value { from, .. }
                | Reply::Done { from }
                | Reply::Shown { from, .. },
            ) => {
                found.push(FoundAddress::Meter(from));
            }
            Err(MeterError::Link(error)) => return Err(error.into()),
            Err(MeterError::NoReply { .. }) if !apart_when_silent => {}
            Err(MeterError::Collision { .. }) if !pattern.address().is_wild() => {
                found.push(FoundAddress::Duplicate(pattern.address()));
            }
            Err(MeterError::OtherMeter { .. } | MeterError::LateReply { .. } | MeterError::Unexpected(_)) => {
                answers_late = true;
                // Silence alone had taken the first pattern apart, and now it is explained.
                if was_silent && found.is_empty() {
                    break;
                }
            }
            // Anything but silence and one clean answer: several talk at once.
            Err(error) => {
                was_silent |= matches!(error, MeterError::NoReply { .. });
                let finer = pattern.split();
                if finer.is_empty() {
                    found.push(FoundAddress::Duplicate(pattern.address()));
                }
                patterns.extend(finer.into_iter().rev());
            }
        }
    }
    Ok(Search { found, answers_late })
}
