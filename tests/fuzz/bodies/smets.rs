//! Bodies of the fuzz targets of GB smart metering.

use wattkey::smets::codes::texts::Texts;
use wattkey::smets::duis::check::{Circumstances, pre_command, request};
use wattkey::smets::duis::decode::Decoder;
use wattkey::smets::duis::stream::Messages;
use wattkey::smets::gbcs;
use wattkey::smets::gbcs::Payload;

/// A stream of DUIS messages: each is decoded and checked, or says where it went wrong.
pub fn duis(data: &[u8]) {
    let circumstances = Circumstances { role: None, last_counter: None, now: None, examples_left: &[] };
    let mut decoder = Decoder::new(true);
    let mut before = 0;
    for mut found in Messages::new(data) {
        assert!(found.offset >= before && found.offset <= data.len() as u64);
        before = found.offset;
        if let Ok(message) = &found.message {
            let _ = (request(message, &circumstances), pre_command(message, message));
        }
        let message = decoder.decode(&mut found);
        assert!(serde_json::to_string(&message).is_ok());
        let _ = message.summary();
    }
}

/// A GBCS message, and every payload read as that of each use case it may be of.
pub fn gbcs_message(data: &[u8]) {
    if let Ok(header) = gbcs::parse(data) {
        assert!(serde_json::to_string(&header).is_ok());
    }
    if let Ok(signed) = gbcs::to_be_signed(data) {
        assert!(signed.len() <= data.len());
    }
    let Some((code, content)) = data.split_first_chunk::<2>() else { return };
    let payload = Payload::of_response(u16::from_be_bytes(*code), content);
    let _ = (payload.told(), payload.refusals());
}

/// A file of texts of alerts.
pub fn texts(data: &[u8]) {
    let _ = Texts::parse(&String::from_utf8_lossy(data));
}
