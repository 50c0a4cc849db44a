//! Finding every meter on a shared line by wildcard digits.

use crate::meter::MeterError;
use crate::protocol::dlt645::{Address, Reply, Request, SearchPattern};

use super::Exchange;

/// What a search came upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A meter.
    Meter(Address),
    /// Answers that collide although every digit was given: two meters with one address.
    Duplicate(Address),
}

/// Searches the line. `deep` goes on into a hundred finer patterns wherever answers collide; a pattern without any
/// answer holds no meter, except the first one, where meters may drown each other out.
///
/// `progress` gets the patterns asked and the patterns known to remain.
///
/// # Errors
/// Those of the line; silence and damage are findings.
pub fn search(exchange: &mut Exchange, mut progress: impl FnMut(usize, usize)) -> Result<Vec<Found>, MeterError> {
    let mut found = Vec::new();
    let mut patterns = vec![SearchPattern::all()];
    let mut asked = 0usize;
    while let Some(pattern) = patterns.pop() {
        progress(asked, patterns.len());
        let first = asked == 0;
        asked = asked.saturating_add(1);
        match exchange.ask(pattern.address(), &Request::ReadAddress) {
            Ok(Reply::Address(address)) => found.push(Found::Meter(address)),
            Ok(Reply::Refused { from, .. } | Reply::Value { from, .. } | Reply::Done { from }) => {
                found.push(Found::Meter(from));
            }
            Err(MeterError::NoReply { .. }) if !first => {}
            Err(MeterError::NoReply { .. } | MeterError::Garbled(_) | MeterError::Unexpected(_)) => {
                let finer = pattern.split();
                if finer.is_empty() {
                    found.push(Found::Duplicate(pattern.address()));
                }
                patterns.extend(finer.into_iter().rev());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}
