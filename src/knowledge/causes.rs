//! What to do about each cause that a diagnosis may name, in the order of the contract.

/// A cause with its general remedy; a diagnosis adds what fits the case at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CauseEntry {
    /// The word in documents.
    pub word: &'static str,
    /// What it means, in one clause.
    pub meaning: &'static str,
    /// What to do, in order.
    pub remedy: &'static [&'static str],
}

macro_rules! causes {
    ($($word:literal $meaning:literal [$($step:literal),+];)+) => {
        /// Every cause, and the verdict `undetermined`.
        pub const CAUSES: &[CauseEntry] =
            &[$(CauseEntry { word: $word, meaning: $meaning, remedy: &[$($step),+] }),+];
    };
}

causes! {
    "not-a-token" "the string is not an STS token: not 20 digits, a letter among them, or a number of 2^66 or more"
        ["read the slip again and count the digits", "ask the vendor to print or send the token again"];
    "mistyped" "a digit was copied or keyed in wrongly"
        ["enter the corrected digits", "compare slip and entry four digits at a time"];
    "wrong-meter" "the token was made for another meter number"
        ["compare the meter number on label, display and slip", "enter the token at the meter it was made for", "ask the vendor to issue one for this meter"];
    "sgc-mismatch" "token and meter belong to different supply groups"
        ["correct the supply group in the vending record, or enter a key-change set to the right one", "then have the token issued again"];
    "krn-mismatch" "token and meter are on different key revisions"
        ["enter the pending key-change set, or correct the revision in the vending record", "then have the token issued again"];
    "ti-mismatch" "token and meter have different tariff indexes"
        ["enter a key-change set to the new tariff index, or have the token issued under the old one"];
    "key-type-mismatch" "token and meter are on different key types"
        ["a meter still on its default key needs its first key-change set", "else correct the key type in the vending record"];
    "base-date-mismatch" "token and meter count minutes from different base dates"
        ["enter the key-change set with the roll-over bit, or correct the base date of the vending key"];
    "algorithm-mismatch" "token and meter use different encryption or key-generation algorithms"
        ["correct EA and DKGA in the vending record to what the meter's label or readout says"];
    "unknown-key" "the meter's key is not at hand, or is not the one it claims"
        ["add the vending key or decoder key to the key file", "else let the vendor verify the token against the meter's record"];
    "token-old" "the token is older than the oldest the meter remembers"
        ["have a fresh token issued; enter tokens in the order they were bought", "if every token is old, check the vendor's clock and base date"];
    "token-used" "the meter has taken a token with this identifier before"
        ["compare the meter's last token and credit with the slip", "if the credit never came, have the token issued again"];
    "key-expired" "the token was made after the meter's key expired"
        ["enter a key-change set to a key with a later expiry", "then have the token issued again"];
    "default-key" "the meter is on a default key, which takes no credit"
        ["enter the key-change set to the utility's key", "then enter the credit token"];
    "key-type-not-allowed" "the key change leads to a key type this meter may not take"
        ["have the key-change set issued for an allowed key type"];
    "register-overflow" "the credit register cannot hold the amount"
        ["let the credit be used, then enter the same token again", "or have the amount split"];
    "value-out-of-range" "a value in the token is outside what the meter takes"
        ["have the token issued with a value the meter allows"];
    "function-unsupported" "the meter does not offer this function"
        ["check model and firmware; do it over the optical port or from the head-end"];
    "format-error" "the meter could not read the form of the token"
        ["enter it again", "check that the token is for this resource and kind of meter"];
    "manufacturer-mismatch" "the test token is for another maker's meters"
        ["use the test token with this maker's code: `wattkey token test`"];
    "commodity-mismatch" "the token is for another commodity than the meter counts"
        ["take it to the customer's meter for that commodity", "else have the commodity in the vending record corrected and the token issued again"];
    "lockout" "the meter takes no tokens for a while after too many wrong ones"
        ["wait until the time shown has run down, without pressing keys", "then enter the token once, with care"];
    "not-ready" "the meter is busy"
        ["wait a minute and enter the token again"];
    "key-change-incomplete" "a key change was begun and not finished"
        ["enter the missing tokens of the set now, without a pause", "credit goes in last"];
    "key-change-already-applied" "the meter already holds what this key-change token carries"
        ["leave the token out and enter credit made under the new key"];
    "tid-rollover" "the token identifiers ran over at the end of their base date, and meter or vendor was not updated"
        ["read the key revision (test token krn)", "enter the roll-over key-change set, then credit made on the new base date"];
    "no-fault" "nothing is wrong with the token"
        ["look at the credit and at the reason the relay gives for being open"];
    "undetermined" "the evidence does not tell the possible causes apart"
        ["do what the diagnosis names to find out more", "a readout of the meter (`wattkey status --json`) and the keys tell most"];
}

/// The entry of a cause, by its word.
pub fn cause(word: &str) -> Option<&'static CauseEntry> {
    CAUSES.iter().find(|entry| entry.word == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_cause_stands_once() {
        let words: HashSet<&str> = CAUSES.iter().map(|entry| entry.word).collect();
        assert_eq!(words.len(), CAUSES.len());
        assert_eq!(CAUSES.len(), 28);
        assert!(cause("krn-mismatch").is_some() && cause("nonsense").is_none());
    }
}
