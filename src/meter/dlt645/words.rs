//! Status words and what follows from them: relay, credit, tamper and alarms.

use super::driver::Dlt645Meter;
use super::items::status_word_number;
use crate::meter::MeterError;
use crate::meter::status::{CreditState, Problem, RelayState};
use crate::protocol::dlt645::{DataIdentifier, StatusFlag, StatusWord};

/// All seven status words in one answer.
const ALL_WORDS: DataIdentifier = DataIdentifier::E2007(0x0400_05FF);

/// Names of bits that mean somebody or something has laid hands on meter or wires.
const TAMPER: [&str; 5] =
    ["cover-open", "terminal-cover-open", "active-power-reversed", "power-reversed", "esam-fault"];

/// Names of bits that are states, not troubles.
const STATES: [&str; 14] = [
    "demand-by-interval",
    "reactive-power-reversed",
    "second-",
    "programming-allowed",
    "relay-",
    "prepaid-",
    "kept-supplied",
    "authenticated",
    "account-",
    "auxiliary-supply",
    "pre-trip-alarm",
    "power-down",
    "bit-",
    "overdrawn",
];

impl Dlt645Meter {
    /// Every status word the meter gives; empty where the profile names none.
    pub(super) fn status_words(&mut self, problems: &mut Vec<Problem>) -> Result<Vec<StatusWord>, MeterError> {
        let Some(place) = self.profile.dlt645.status_word.clone() else { return Ok(Vec::new()) };
        if status_word_number(place.at).is_none() {
            return Ok(Vec::new());
        }
        if let Some(octets) = self.known_item(ALL_WORDS, &mut Vec::new())? {
            let words = octets.as_chunks::<2>().0;
            return Ok((1u8..=7).zip(words).map(|(number, word)| StatusWord::from_wire(number, *word)).collect());
        }
        let mut words = Vec::new();
        for number in 1u8..=7 {
            let at = DataIdentifier::E2007(0x0400_0500 | u32::from(number));
            let Some(octets) = self.known_item(at, problems)? else { continue };
            words.extend(octets.first_chunk::<2>().map(|octets| StatusWord::from_wire(number, *octets)));
        }
        Ok(words)
    }

    /// The flags of status word 3.
    pub(super) fn operation_flags(&mut self) -> Result<Vec<StatusFlag>, MeterError> {
        let place = self.profile.dlt645.status_word.clone();
        let place = place.ok_or_else(|| MeterError::NotOffered("relay".to_owned()))?;
        match self.item(place.at)? {
            super::items::ItemValue::Octets(octets) => match octets.first_chunk::<2>() {
                Some(octets) => Ok(StatusWord::from_wire(3, *octets).flags()),
                None => Err(MeterError::Unexpected("the status word is shorter than two octets".to_owned())),
            },
            super::items::ItemValue::Refused(error) if error.is_no_data() => {
                Err(MeterError::NotOffered("relay".to_owned()))
            }
            super::items::ItemValue::Refused(error) => {
                Err(MeterError::Refused { what: format!("the read of {}", place.at), reason: error.to_string() })
            }
        }
    }

    /// What is left of what was paid. The status word says which of the two registers counts; without it neither is
    /// shown as the credit.
    pub(super) fn credit(
        &mut self,
        flags: &[StatusFlag],
        problems: &mut Vec<Problem>,
    ) -> Result<Option<CreditState>, MeterError> {
        let (energy, amount) = (self.profile.dlt645.credit_energy.clone(), self.profile.dlt645.credit_amount.clone());
        let place = if flags.contains(&StatusFlag::PrepaymentByAmount) {
            amount
        } else if flags.contains(&StatusFlag::PrepaymentByEnergy) {
            energy
        } else {
            None
        };
        let unit = place.as_ref().and_then(|place| place.unit.clone());
        let available = self.optional(place, problems)?;
        Ok(available.map(|available| CreditState { available: Some(available), unit, ..CreditState::default() }))
    }
}

/// The flags of status word 3 among all words.
pub(super) fn operation(words: &[StatusWord]) -> Option<Vec<StatusFlag>> {
    words.iter().find(|word| word.number == 3).map(|word| word.flags())
}

/// The relay as status word 3 tells it.
pub(super) fn relay_state(flags: &[StatusFlag]) -> RelayState {
    let has = |flag| flags.contains(&flag);
    RelayState {
        output: Some(if has(StatusFlag::RelayOpen) { "open" } else { "closed" }.to_owned()),
        control: Some(if has(StatusFlag::RelayToldToOpen) { "disconnected" } else { "connected" }.to_owned()),
        reason: has(StatusFlag::KeptSupplied).then(|| "kept supplied whatever the credit".to_owned()),
    }
}

/// Tamper conditions and alarms that the words tell, by name; `None` when there are no words.
pub(super) fn conditions(words: &[StatusWord]) -> (Option<Vec<String>>, Option<Vec<String>>) {
    if words.is_empty() {
        return (None, None);
    }
    let names = || words.iter().flat_map(|word| word.names());
    let begins = |name: &str, list: &[&str]| list.iter().any(|start| name.starts_with(start));
    let tamper: Vec<String> = names().filter(|name| begins(name, &TAMPER)).collect();
    let mut alarms: Vec<String> = names().filter(|name| !begins(name, &TAMPER) && !begins(name, &STATES)).collect();
    if operation(words).is_some_and(|flags| flags.contains(&StatusFlag::PreTripAlarm)) {
        alarms.insert(0, "low-credit".to_owned());
    }
    // A meter that gives only word 3 has told nothing of covers and phases.
    let told_of_tamper = words.iter().any(|word| word.number != 3);
    let told_of_alarms = told_of_tamper || !alarms.is_empty();
    (told_of_tamper.then_some(tamper), told_of_alarms.then_some(alarms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn troubles_are_told_from_states() {
        let words = [
            StatusWord { number: 1, bits: 0x0014 },
            StatusWord { number: 3, bits: 0x0290 },
            StatusWord { number: 4, bits: 0x0042 },
            StatusWord { number: 7, bits: 0x0204 },
        ];
        let (tamper, alarms) = conditions(&words);
        assert_eq!(tamper.unwrap(), ["active-power-reversed", "power-reversed-l1", "cover-open"]);
        assert_eq!(alarms.unwrap(), ["low-credit", "clock-battery-low", "undervoltage-l1", "voltage-unbalance"]);
        assert_eq!(conditions(&words[1..2]), (None, Some(vec!["low-credit".to_owned()])));
        assert_eq!(conditions(&[]), (None, None));
    }
}
