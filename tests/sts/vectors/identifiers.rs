//! PANBlock and CONTROLBlock.

use wattkey::sts::KeyType;
use wattkey::sts::derivation::{ControlBlock, PanBlock};

use super::{check, number, pan, text, ti};

#[test]
fn block_examples() {
    check("block_examples", |row, result| {
        let kt = KeyType::new(u32::try_from(number(row, "kt")).unwrap()).unwrap();
        if let Some(expected) = row["panblock"].as_str() {
            result.equal("PANBlock", PanBlock::new(pan(row), kt).to_string(), expected.to_owned());
        }
        if let Some(expected) = row["controlblock"].as_str() {
            let krn = u32::try_from(number(row, "krn")).unwrap().try_into().unwrap();
            let block = ControlBlock::new(kt, text(row, "sgc").parse().unwrap(), ti(row), krn);
            result.equal("CONTROLBlock", block.to_string(), expected.to_owned());
        }
    });
}
