//! The packets we send, in each version of the protocol.

use mqtt_protocol_core::mqtt::packet::{
    ContentType, MaximumPacketSize, Packet, PayloadFormat, PayloadFormatIndicator, Property, Qos, v3_1_1, v5_0,
};
use mqtt_protocol_core::mqtt::result_code::DisconnectReasonCode;

use super::heads::LONGEST_PACKET;
use super::{Version, in_words};
use crate::monitor::mqtt::announcement::Announcement;
use crate::monitor::mqtt::broker::Broker;

/// Interval of keep-alive in seconds; a broker drops a silent client after one and a half of it.
const KEEP_ALIVE_S: u16 = 30;

/// What is published.
#[derive(Debug)]
pub(super) struct Publication {
    /// Full topic.
    pub topic: String,
    /// What subscribers get.
    pub payload: Vec<u8>,
    /// The caller's number of a message from the outbox; what late subscribers are to find has none, and is retained.
    pub number: Option<u64>,
}

/// CONNECT with a new session. `will` is what the broker publishes when the connection is lost.
pub(super) fn connect(broker: &Broker, will: &Announcement, version: Version) -> Result<Packet, String> {
    let (topic, payload) = (will.topic.as_str(), will.payload.clone());
    match version {
        Version::V3_1_1 => {
            let mut connect = v3_1_1::Connect::builder()
                .client_id(broker.client_id.as_str())
                .map_err(in_words)?
                .clean_session(true)
                .keep_alive(KEEP_ALIVE_S)
                .will_message(topic, payload, Qos::AtLeastOnce, true)
                .map_err(in_words)?;
            if let Some((user, password)) = &broker.login {
                connect = connect
                    .user_name(user.as_str())
                    .and_then(|connect| connect.password(password.as_bytes().to_vec()))
                    .map_err(in_words)?;
            }
            connect.build().map(Into::into).map_err(in_words)
        }
        Version::V5_0 => {
            let longest = MaximumPacketSize::new(LONGEST_PACKET).map_err(in_words)?;
            let mut connect = v5_0::Connect::builder()
                .client_id(broker.client_id.as_str())
                .map_err(in_words)?
                .clean_start(true)
                .keep_alive(KEEP_ALIVE_S)
                .props(vec![Property::MaximumPacketSize(longest)])
                .will_message(topic, payload, Qos::AtLeastOnce, true)
                .map_err(in_words)?;
            if let Some((user, password)) = &broker.login {
                connect = connect
                    .user_name(user.as_str())
                    .and_then(|connect| connect.password(password.as_bytes().to_vec()))
                    .map_err(in_words)?;
            }
            connect.build().map(Into::into).map_err(in_words)
        }
    }
}

/// PUBLISH under a packet identifier, to be acknowledged. In MQTT 5 it says that the payload is text, and JSON where it
/// is a record; `retains` is whether the broker keeps messages for late subscribers.
pub(super) fn publish(what: &Publication, id: u16, version: Version, retains: bool) -> Result<Packet, String> {
    let retain = what.number.is_none() && retains;
    match version {
        Version::V3_1_1 => v3_1_1::Publish::builder()
            .topic_name(what.topic.as_str())
            .map_err(in_words)?
            .qos(Qos::AtLeastOnce)
            .retain(retain)
            .packet_id(id)
            .payload(what.payload.as_slice())
            .build()
            .map(Into::into)
            .map_err(in_words),
        Version::V5_0 => {
            let text = PayloadFormatIndicator::new(PayloadFormat::String).map_err(in_words)?;
            let mut properties = vec![Property::PayloadFormatIndicator(text)];
            if what.number.is_some() {
                properties.push(Property::ContentType(ContentType::new("application/json").map_err(in_words)?));
            }
            v5_0::Publish::builder()
                .topic_name(what.topic.as_str())
                .map_err(in_words)?
                .qos(Qos::AtLeastOnce)
                .retain(retain)
                .packet_id(id)
                .payload(what.payload.as_slice())
                .props(properties)
                .build()
                .map(Into::into)
                .map_err(in_words)
        }
    }
}

/// DISCONNECT, after which the broker does not publish the will.
pub(super) fn disconnect(version: Version) -> Result<Packet, String> {
    match version {
        Version::V3_1_1 => v3_1_1::Disconnect::builder().build().map(Into::into).map_err(in_words),
        Version::V5_0 => v5_0::Disconnect::builder()
            .reason_code(DisconnectReasonCode::NormalDisconnection)
            .build()
            .map(Into::into)
            .map_err(in_words),
    }
}
