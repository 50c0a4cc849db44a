//! Bodies of the fuzz targets of this module: plain functions over any bytes, run by `cargo test` over seeded inputs
//! and by `cargo fuzz` under `fuzz/`. They check what must hold and otherwise only that nothing panics.

use wattkey::sts::card::MeterCard;
use wattkey::sts::cipher::sta_tables::StaTables;
use wattkey::sts::content::TokenContent;
use wattkey::sts::token::{Token, TokenClass};

/// A token from text: what reads is printed as it was read, and its block survives reading and building.
pub fn token_text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match text.parse::<Token>() {
        Ok(token) => {
            assert_eq!(token.to_string().parse(), Ok(token));
            assert_eq!(token.grouped().parse(), Ok(token));
            let (class, block) = token.dissect();
            assert_eq!(Token::assemble(class, block), token);
        }
        Err(problem) => assert!(!problem.to_string().is_empty()),
    }
}

/// A clear block of any class: whatever passes the check sum is built again bit for bit.
pub fn clear_block(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let Some(block) = rest.first_chunk::<8>() else { return };
    let class = TokenClass::from_bits(u64::from(*first));
    let block = u64::from_be_bytes(*block);
    for block in [block, (block & !0xFFFF) | u64::from(wattkey::sts::crc::block_crc(class, block))] {
        if let Ok(content) = TokenContent::parse(class, block)
            && class != TokenClass::Reserved
        {
            assert_eq!(content.block(), block);
        }
    }
}

/// A meter card from text.
pub fn meter_card(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(card) = text.parse::<MeterCard>() {
        assert_eq!(card.pan.to_string().parse(), Ok(card.pan));
    }
}

/// A file of EA07 tables: whatever is taken decrypts what it encrypts.
pub fn sta_tables(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(tables) = StaTables::from_json(&text) {
        let block = wattkey::sts::cipher::sta::encrypt(&tables, 0x0123_4567_89AB_CDEF, 42);
        assert_eq!(wattkey::sts::cipher::sta::decrypt(&tables, 0x0123_4567_89AB_CDEF, block), 42);
    }
}

/// Any bytes as lines of requests: each reads, or names its problem.
pub fn request_lines(data: &[u8]) {
    for line in data.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()) {
        match wattkey::sts::request::parse(line, &wattkey::sts::MeterParameters::default()) {
            Ok(request) => {
                let _ = request.token.parse::<Token>();
            }
            Err(error) => assert!(!error.message.is_empty()),
        }
    }
}

/// Any bytes as a key file.
pub fn key_file(data: &[u8]) {
    let _ = wattkey::keys::KeyFile::parse(std::path::Path::new("keys.json"), data);
}
