//! What a DLMS meter answers instead of a value (data-access-result and action-result of IEC 62056-53), with the usual
//! cause and what to try.

use super::{Kind, KnowledgeEntry};
use crate::protocol::dlms::DataAccessResult as Refusal;

/// Each result with its meaning and the steps that help, most useful first. The numbers and names are the standard's; the
/// causes are those met in the field.
const REFUSALS: &[(Refusal, &str, &[&str])] = &[
    (
        Refusal::HardwareFault,
        "a part of the meter failed while it was asked",
        &["Ask again once; when it stays, note the meter's event log and have the meter changed."],
    ),
    (
        Refusal::TemporaryFailure,
        "the meter cannot answer just now: it is busy, as after a token or while it stores a profile",
        &["Wait some seconds and repeat."],
    ),
    (
        Refusal::ReadWriteDenied,
        "the object is there, and this client may not do that with it",
        &[
            "Use a client with more rights: --credentials with the client, password or keys of a reader or manager.",
            "Objects that are only read cannot be written by anybody; see the access rights in the association.",
        ],
    ),
    (
        Refusal::ObjectUndefined,
        "the meter has no object of this class and code, or does not show it to this client",
        &[
            "Compare the OBIS code and class with `wattkey status` or the meter's object list.",
            "Another client may see more: give --credentials.",
        ],
    ),
    (
        Refusal::ObjectClassInconsistent,
        "the code is there, in another class than the one asked for",
        &["Leave the class out, so that it is taken from the meter's object list."],
    ),
    (
        Refusal::ObjectUnavailable,
        "the object is known and cannot be reached: mostly it belongs to another association or a part this model lacks",
        &[
            "Not a fault of the line. Try a client with more rights: --credentials.",
            "Some models list objects that only their larger brothers fill.",
        ],
    ),
    (
        Refusal::TypeUnmatched,
        "the value has another type than the attribute",
        &["Read the attribute first: `wattkey write` takes the type it has now."],
    ),
    (
        Refusal::ScopeOfAccessViolated,
        "the request needs protection it did not have, or reaches beyond what the association allows",
        &["Use the client that works with keys (hls-gmac), not the one with a password."],
    ),
    (
        Refusal::DataBlockUnavailable,
        "the meter lost its place in a long answer",
        &["Repeat; on a bad line ask for a shorter period with --from and --to."],
    ),
    (Refusal::LongGetAborted, "the meter gave up a long answer", &["Repeat with a shorter period: --from and --to."]),
    (Refusal::NoLongGetInProgress, "the meter knows of no long answer under way", &["Repeat the command."]),
    (Refusal::LongSetAborted, "the meter gave up a long write", &["Read the object back before writing again."]),
    (Refusal::NoLongSetInProgress, "the meter knows of no long write under way", &["Repeat the command."]),
    (
        Refusal::DataBlockNumberInvalid,
        "blocks of a long value came out of order",
        &["Repeat; frames are lost on the line."],
    ),
    (
        Refusal::OtherReason,
        "the meter says no and not why",
        &["Check the value against the limits of the meter's manual, then the client's rights."],
    ),
];

/// Every refusal, under its word as documents show it.
pub fn data_access_results() -> Vec<KnowledgeEntry> {
    REFUSALS
        .iter()
        .map(|(refusal, meaning, steps)| {
            let reading = KnowledgeEntry::new(Kind::MeterRefusal, refusal.to_string().replace(' ', "-"), *meaning);
            steps.iter().fold(reading, |reading, step| reading.step(*step))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_result_of_the_standard_is_told() {
        let known: Vec<u8> = REFUSALS.iter().map(|(refusal, ..)| refusal.number()).collect();
        let named = |number: &u8| !matches!(Refusal::from_number(*number), Refusal::Other(_) | Refusal::Success);
        assert_eq!(known, (0..=255).filter(named).collect::<Vec<u8>>());
    }
}
