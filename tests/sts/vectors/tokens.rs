//! Whole tokens: key, block, check sum, fields, 66 bits and 20 digits, in both directions.

use serde_json::Value;
use wattkey::sts::{DecoderKey, StaTables, Token, TokenClass, TokenContent, crc};

use super::{Row, check, decoder_key, hex64, number, pan, text, ti, vending_key};

fn field(row: &Value, name: &str) -> Option<u64> {
    row["fields"][name].as_u64()
}

fn field_hex(row: &Value, name: &str) -> Option<u64> {
    row["fields"][name].as_str().map(|hex| u64::from_str_radix(hex, 16).unwrap())
}

fn check_token(row: &Value, result: &mut Row) {
    let tables = StaTables::iec_sample();
    let token: Token = text(row, "token_20_digits").parse().unwrap();
    let (class, block) = token.dissect();
    result.equal("class", u64::from(class.number()), number(row, "class"));
    if row["token66_hex"].is_string() {
        result.equal("66 bits", format!("{:017x}", token.number()), text(row, "token66_hex").to_owned());
    }

    let key = class.is_encrypted().then(|| decoder_key(row));
    let clear = key.as_ref().map_or(block, |key| key.decrypt_block(block, tables));
    result.equal("clear block", clear, hex64(row, "block_plain_hex"));
    result.equal("check sum", format!("{:04x}", crc::block_crc(class, clear)), text(row, "crc_hex").to_owned());

    let content = TokenContent::parse(class, clear).expect("the check sum fits");
    result.equal("subclass", u64::from(content.subclass()), number(row, "subclass"));
    check_fields(&content, row, result);
    let made = key.unwrap_or(DecoderKey::sta(0)).make(&content, tables);
    result.equal("token made again", made, token);
}

/// Compares every field the row gives with the field of the content.
fn check_fields(content: &TokenContent, row: &Value, result: &mut Row) {
    let mut same = |what: &str, ours: Option<u64>, theirs: Option<u64>| {
        if theirs.is_some() {
            result.equal(what, ours, theirs);
        }
    };
    same("RND", content.rnd().map(|rnd| u64::from(rnd.number())), field(row, "rnd"));
    same("TID", content.tid().map(|tid| u64::from(tid.minutes())), field(row, "tid"));
    match content {
        TokenContent::Credit { amount, .. } => {
            same("amount field", Some(u64::from(amount.field())), field_hex(row, "amount_field_hex"));
            same("amount", Some(u64::from(amount.units())), field(row, "amount_units_tenths"));
        }
        TokenContent::CurrencyCredit { amount, .. } => {
            same("amount field", Some(u64::from(amount.field())), field_hex(row, "amount_field_hex"));
            same("S&E", Some(u64::from(amount.sign_and_exponent())), field(row, "se_field"));
        }
        TokenContent::MeterTest(test) => {
            same("manufacturer", Some(u64::from(test.manufacturer_code())), field(row, "mfr_code"));
            same("control", Some(test.control()), field_hex(row, "control_hex"));
        }
        TokenContent::SetMaximumPowerLimit { limit, .. } | TokenContent::SetPhaseUnbalanceLimit { limit, .. } => {
            same("limit field", Some(u64::from(limit.field())), field_hex(row, "value_field_hex"));
            same("limit", Some(u64::from(limit.units())), field(row, "value_watts"));
        }
        TokenContent::ClearCredit { register, .. } => {
            same("register", Some(u64::from(register.0)), field(row, "register"));
        }
        TokenContent::SetTariffRate { rate: value, .. } | TokenContent::SetWaterFactor { factor: value, .. } => {
            same("value", Some(u64::from(*value)), field_hex(row, "value_field_hex"));
        }
        TokenContent::ClearTamper { padding, .. } => same("pad", Some(u64::from(*padding)), field(row, "pad")),
        TokenContent::KeyChange1 { ken_high, krn, rollover, three_tokens, kt, key_part } => {
            same("KENHO", Some(u64::from(*ken_high)), field(row, "kenho"));
            same("KRN", Some(u64::from(*krn)), field(row, "krn"));
            same("RO", Some(u64::from(*rollover)), field(row, "ro"));
            same("3KCT", Some(u64::from(*three_tokens)), field(row, "res_3kct"));
            same("KT", Some(u64::from(kt.number())), field(row, "kt"));
            same("NKHO", Some(u64::from(key_part.bits())), field_hex(row, "nkho_hex"));
        }
        TokenContent::KeyChange2 { ken_low, ti, key_part } => {
            same("KENLO", Some(u64::from(*ken_low)), field(row, "kenlo"));
            same("TI", Some(u64::from(*ti)), field(row, "ti"));
            same("NKLO", Some(u64::from(key_part.bits())), field_hex(row, "nklo_hex"));
        }
        TokenContent::KeyChange3 { sgc_low, key_part } => {
            same("SGCLO", Some(u64::from(*sgc_low)), field(row, "sgclo"));
            same("NKMO2", Some(u64::from(key_part.bits())), field_hex(row, "nkmo2_hex"));
        }
        TokenContent::KeyChange4 { sgc_high, key_part } => {
            same("SGCHO", Some(u64::from(*sgc_high)), field(row, "sgcho"));
            same("NKMO1", Some(u64::from(key_part.bits())), field_hex(row, "nkmo1_hex"));
        }
        TokenContent::ExtendedRead(_)
        | TokenContent::ExtendedSet(_)
        | TokenContent::KeyChangeSupplyGroup { .. }
        | TokenContent::Proprietary { .. }
        | TokenContent::Reserved { .. } => panic!("no row has this kind"),
    }
}

#[test]
fn token_vectors() {
    check("token_vectors", check_token);
}

#[test]
fn currency_and_time_vectors() {
    check("currency_and_time_vectors", check_token);
}

/// The key each row names is the one its vending key makes.
#[test]
fn decoder_keys_of_token_vectors() {
    check("token_vectors", |row, result| {
        if TokenClass::from_bits(number(row, "class")).is_encrypted() {
            let vending_key = vending_key(row, text(row, "ea").parse().unwrap());
            let key = vending_key.decoder_key(pan(row), ti(row));
            result.equal("decoder key", key.reveal().to_string(), text(row, "decoder_key_hex").to_owned());
        }
    });
}

/// The dates printed in the rows are those of their identifiers under their base dates.
#[test]
fn times_of_token_vectors() {
    check("token_vectors", |row, result| {
        if let (Some(expected), Some(_)) = (row["fields"]["tid_time"].as_str(), row["bdt"].as_str()) {
            let base = vending_key(row, text(row, "ea").parse().unwrap()).id().base_date;
            let tid = wattkey::sts::Tid::new(u32::try_from(field(row, "tid").unwrap()).unwrap()).unwrap();
            let time = tid.time(base);
            let ours = format!("{}T{:02}:{:02}", time.date(), time.hour(), time.minute());
            result.equal("time", ours, expected.to_owned());
        }
    });
}
