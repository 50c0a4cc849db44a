//! The vending keys simulated meters are made under. They are published test patterns and open nothing in the field.

use serde_json::{Value, json};

use crate::sts::{
    BaseDate, DecoderKey, DecoderKeyGenerationAlgorithm, EncryptionAlgorithm, FieldError, KeyExpiryNumber,
    KeyRevisionNumber, KeyType, Pan, SupplyGroupCode, TariffIndex, VendingKey, VendingKeyId,
};

/// One row: SGC, KRN, KT, DKGA, EA, base date, KEN, key.
type Row = (&'static str, u32, u32, &'static str, &'static str, &'static str, u32, &'static str);

const DES_A: &str = "0123456789abcdef";
const DES_B: &str = "abababababababab";
const DES_DEFAULT: &str = "9494949494949494";
const HMAC_A: &str = "abababababababab949494949494949401234567";
const HMAC_B: &str = "000102030405060708090a0b0c0d0e0f10111213";

/// SGC 123456 is that of the STA models, 123457 that of the MISTY1 model; 100200 still counts from 1993 and has its
/// successor, for the roll-over. Each group has a default key (KT 1) and a second revision.
const ROWS: [Row; 10] = [
    ("123456", 1, 2, "02", "07", "2014", 255, DES_A),
    ("123456", 1, 1, "02", "07", "2014", 255, DES_DEFAULT),
    ("123456", 2, 2, "02", "07", "2014", 255, DES_B),
    ("654321", 1, 2, "02", "07", "2014", 255, DES_B),
    ("100200", 1, 2, "02", "07", "1993", 255, DES_A),
    ("100200", 2, 2, "02", "07", "2014", 255, DES_B),
    ("123457", 1, 2, "04", "11", "2014", 255, HMAC_A),
    ("123457", 1, 1, "04", "11", "2014", 255, HMAC_B),
    ("123457", 2, 2, "04", "11", "2014", 255, HMAC_B),
    ("123456", 3, 2, "04", "07", "2014", 255, HMAC_A),
];

fn id(row: &Row) -> Result<VendingKeyId, FieldError> {
    let (sgc, krn, kt, dkga, ea, base_date, ken, _) = *row;
    Ok(VendingKeyId {
        sgc: sgc.parse::<SupplyGroupCode>()?,
        krn: KeyRevisionNumber::new(krn)?,
        kt: KeyType::new(kt)?,
        dkga: dkga.parse::<DecoderKeyGenerationAlgorithm>()?,
        ea: ea.parse::<EncryptionAlgorithm>()?,
        base_date: base_date.parse::<BaseDate>()?,
        ken: KeyExpiryNumber::new(ken)?,
    })
}

/// The lab keys, ready for use.
pub fn vending_keys() -> Vec<VendingKey> {
    let made = ROWS.iter().map(|row| id(row).and_then(|id| VendingKey::from_hex(id, row.7)));
    made.filter_map(Result::ok).collect()
}

/// The supply group whose key of this revision and type makes `key` for the meter, if one of the lab's does.
pub(crate) fn group_of(
    key: &DecoderKey,
    pan: Pan,
    krn: KeyRevisionNumber,
    kt: KeyType,
    ti: TariffIndex,
) -> Option<SupplyGroupCode> {
    let same = |id: &VendingKeyId| (id.krn, id.kt, id.ea) == (krn, kt, key.algorithm());
    let maker =
        vending_keys().into_iter().find(|vending| same(vending.id()) && vending.decoder_key(pan, ti) == *key)?;
    Some(maker.id().sgc)
}

/// The key file for simulated meters, as `wattkey/keys/1`.
pub fn key_file() -> Value {
    let rows = ROWS.iter().map(|(sgc, krn, kt, dkga, ea, base_date, ken, key)| {
        json!({"sgc": sgc, "krn": krn, "kt": kt, "dkga": dkga, "ea": ea, "base_date": base_date, "ken": ken, "key": key})
    });
    json!({
        "schema": "wattkey/keys/1",
        "lab": true,
        "sta_tables": "iec-sample",
        "vending_keys": rows.collect::<Vec<_>>(),
        "decoder_keys": [],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_makes_a_key() {
        assert_eq!(vending_keys().len(), ROWS.len());
    }

    #[test]
    fn a_key_leads_back_to_its_group() {
        let pan: Pan = "600727012345678977".parse().unwrap();
        let ti = TariffIndex::new(7).unwrap();
        for vending in vending_keys() {
            let key = vending.decoder_key(pan, ti);
            assert_eq!(group_of(&key, pan, vending.id().krn, vending.id().kt, ti), Some(vending.id().sgc));
        }
    }
}
