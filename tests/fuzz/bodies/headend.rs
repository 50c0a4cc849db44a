//! Bodies of the fuzz targets of what head-ends and brokers send.

use std::time::{Duration, Instant};

use wattkey::headend::fuzzing;
use wattkey::monitor::mqtt::conversation::{Conversation, Outcome, Version};
use wattkey::monitor::mqtt::{Announcement, Broker};

/// A reply of an XMLVend server.
pub fn xmlvend(data: &[u8]) {
    if let (Ok(text), Ok(drn)) = (std::str::from_utf8(data), "01425370010".parse()) {
        let _ = fuzzing::xmlvend_reply(text, drn);
    }
}

/// A reply of a token server.
pub fn token_api(data: &[u8]) {
    let _ = fuzzing::token_api_reply(data);
}

/// What a broker sends, in the version of MQTT that the first octet chooses: no message counts as taken that was not published, and the client's own words stay short.
pub fn mqtt(data: &[u8]) {
    let Ok(broker) = Broker::parse("mqtt://broker", None, "box") else { return };
    let will = Announcement { topic: "wattkey/box/state".to_owned(), payload: b"offline".to_vec() };
    let Some((choice, data)) = data.split_first() else { return };
    let version = if choice & 1 == 0 { Version::V3_1_1 } else { Version::V5_0 };
    let Ok(mut conversation) = Conversation::open(&broker, &will, version) else { return };
    let mut octets = conversation.outgoing().len();
    let (mut published, mut taken) = (0u64, 0usize);
    for chunk in data.chunks(11) {
        if conversation.receive(chunk).is_err() {
            break;
        }
        if published < 20 && conversation.publish("wattkey/box/readings", b"{}", published).is_ok() {
            published = published.saturating_add(1);
        }
        let _ = (conversation.accepted(), conversation.tick(Instant::now() + Duration::from_secs(60)));
        let now_taken: Vec<u64> = conversation.outcomes().iter().filter_map(Outcome::taken).collect();
        assert!(now_taken.iter().all(|number| *number < published));
        taken = taken.saturating_add(now_taken.len());
        octets = octets.saturating_add(conversation.outgoing().len());
    }
    assert!(taken as u64 <= published && octets <= 4_096 + data.len().saturating_mul(16));
}
