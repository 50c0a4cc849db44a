//! Meters and tokens for the tests.

use time::OffsetDateTime;
use time::macros::datetime;
use wattkey::sim::payment::{KeyRegister, Payment};
use wattkey::sim::{Meter, Model, lab_keys};
use wattkey::sts::{
    Amount, Commodity, DecoderKey, NewKey, Pan, RandomNumber, StaTables, TariffIndex, Tid, Token, TokenContent,
    TokenResult, key_change_tokens,
};

/// When the meters of the tests begin.
pub const BEGIN: OffsetDateTime = datetime!(2026-11-21 08:00 UTC);

/// A meter without load and history, so that its credit changes by tokens alone.
pub fn quiet_meter(changes: &[(&str, &str)]) -> Meter {
    let quiet = [("supply.base_load_w", "0"), ("supply.peak_load_w", "0"), ("history_days", "0")];
    meter("single-phase-keypad", &[&quiet, changes].concat())
}

/// A meter of a model with values changed.
pub fn meter(model: &str, changes: &[(&str, &str)]) -> Meter {
    Meter::new(Model::with_changes(model, changes.iter().copied()).unwrap(), 0, BEGIN).unwrap()
}

/// Credit in tenths of a kWh under a key.
pub fn credit(key: &DecoderKey, tid: u32, tenths: u32) -> Token {
    let content = TokenContent::Credit {
        commodity: Commodity::Electricity,
        rnd: RandomNumber::from_bits(5),
        tid: Tid::new(tid).unwrap(),
        amount: Amount::at_least(tenths).unwrap(),
    };
    key.make(&content, StaTables::iec_sample())
}

/// The set that leads from the meter's key to that of a lab vending key on the same tariff index, with the new key.
pub fn key_change(from: &KeyRegister, pan: Pan, sgc: &str, krn: u32, rollover: bool) -> (Vec<Token>, DecoderKey) {
    key_change_to(from, pan, (sgc, krn, from.ti), rollover)
}

/// The set that leads to group, revision and tariff index.
pub fn key_change_to(
    from: &KeyRegister,
    pan: Pan,
    (sgc, krn, ti): (&str, u32, TariffIndex),
    rollover: bool,
) -> (Vec<Token>, DecoderKey) {
    let vending = lab_keys::vending_keys().into_iter().find(|vending| {
        let id = vending.id();
        (id.sgc.to_string().as_str(), u32::from(id.krn), id.kt, id.ea)
            == (sgc, krn, wattkey::sts::KeyType::Unique, from.algorithm())
    });
    let vending = vending.expect("a lab key");
    let key = vending.decoder_key(pan, ti);
    let id = vending.id();
    let sgc = (from.algorithm() == wattkey::sts::EncryptionAlgorithm::Ea11).then_some(id.sgc);
    let new = NewKey { key: key.clone(), krn: id.krn, kt: id.kt, ti, ken: id.ken, sgc, rollover };
    (key_change_tokens(&from.key, &new, StaTables::iec_sample()).unwrap(), key)
}

/// Enters a token and gives the verdict.
pub fn enter(meter: &mut Meter, token: Token) -> TokenResult {
    meter.enter(&token.to_ascii()).expect("not busy");
    meter.last_entry().expect("judged at once").result
}

/// Credit in hundredths of a kWh.
pub fn hundredths(payment: &Payment) -> i64 {
    payment.credit().available().hundredths_kwh()
}
