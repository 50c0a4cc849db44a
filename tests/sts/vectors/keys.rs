//! Decoder key generation.

use wattkey::sts::EncryptionAlgorithm;
use wattkey::sts::derivation::{ControlBlock, PanBlock};

use super::{check, pan, text, ti, vending_key};

#[test]
fn decoder_key_vectors() {
    check("decoder_key_vectors", |row, result| {
        let ea = row["ea"].as_str().map_or(EncryptionAlgorithm::Ea07, |code| code.parse().unwrap());
        let vending_key = vending_key(row, ea);
        let (id, pan, ti) = (vending_key.id(), pan(row), ti(row));
        let key = vending_key.decoder_key(pan, ti);
        result.equal("decoder key", key.reveal().to_string(), text(row, "decoder_key_hex").to_owned());
        if let Some(expected) = row["panblock"].as_str() {
            result.equal("PANBlock", PanBlock::new(pan, id.kt).to_string(), expected.to_owned());
        }
        if let Some(expected) = row["controlblock"].as_str() {
            let block = ControlBlock::new(id.kt, id.sgc, ti, id.krn);
            result.equal("CONTROLBlock", block.to_string(), expected.to_owned());
        }
    });
}
