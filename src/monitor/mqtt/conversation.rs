//! What is said on one connection to a broker, without the connection itself: octets in, octets out.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use mqtt_protocol_core::mqtt;
use mqtt_protocol_core::mqtt::connection::{Event, TimerKind};
use mqtt_protocol_core::mqtt::packet::{GenericPacketTrait, Packet, Qos, v3_1_1};

use super::broker::Broker;
use super::publisher::Announcement;

/// Interval of keep-alive in seconds; a broker drops a silent client after one and a half of it.
const KEEP_ALIVE_S: u16 = 30;

type Connection = mqtt::Connection<mqtt::role::Client>;

/// Longest packet taken from a broker, in octets: it has only acknowledgements to send, for nothing is subscribed to.
const LONGEST_PACKET: u32 = 4_096;

/// Kinds of packets that a broker may send to a client without subscriptions, the upper half of the first octet:
/// CONNACK, PUBACK, PINGRESP (MQTT 3.1.1, 2.2.1).
const EXPECTED: [u8; 3] = [2, 4, 13];

/// What a broker has no reason to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum Unexpected {
    #[error("the broker announces a packet of {0} octets")]
    Length(u32),
    #[error("the broker sends a packet of kind {0}, which nothing asked for")]
    Kind(u8),
}

/// Follows the packets in what a broker sends, so that none is waited for that would fill the memory, and none reaches
/// the protocol that no honest broker sends: the length is in the second to fifth octet, seven bits each, low ones
/// first (MQTT 3.1.1, 2.2.3).
#[derive(Debug, Default)]
struct PacketHeads {
    /// Octets left of the packet under way.
    left: u32,
    /// The length as far as it has come, and how many octets of it have.
    length: Option<(u32, u32)>,
}

impl PacketHeads {
    /// Takes the next octets.
    fn follow(&mut self, octets: &[u8]) -> Result<(), Unexpected> {
        for octet in octets {
            if self.left > 0 {
                self.left = self.left.saturating_sub(1);
                continue;
            }
            let Some((value, count)) = self.length else {
                let kind = octet >> 4;
                if !EXPECTED.contains(&kind) {
                    return Err(Unexpected::Kind(kind));
                }
                self.length = Some((0, 0));
                continue;
            };
            let value = value | u32::from(octet & 0x7F).checked_shl(count.saturating_mul(7)).unwrap_or(u32::MAX);
            if value > LONGEST_PACKET || count > 3 {
                return Err(Unexpected::Length(value));
            }
            self.length = Some((value, count.saturating_add(1)));
            if octet & 0x80 == 0 {
                (self.left, self.length) = (value, None);
            }
        }
        Ok(())
    }
}

/// The client's side of a connection. It never waits: what is to be sent is fetched with [`outgoing`](Self::outgoing).
pub struct Conversation {
    connection: Connection,
    heads: PacketHeads,
    /// Timers the protocol asked for; there are at most three.
    timers: Vec<(TimerKind, Instant)>,
    /// Numbers of messages on their way, by packet identifier.
    under_way: HashMap<u16, u64>,
    taken: Vec<u64>,
    accepted: Option<Result<(), String>>,
    outgoing: Vec<u8>,
}

impl std::fmt::Debug for Conversation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Conversation").field("under_way", &self.under_way.len()).finish_non_exhaustive()
    }
}

/// A debug text of the protocol's own errors.
fn in_words(error: impl std::fmt::Debug) -> String {
    format!("{error:?}")
}

impl Conversation {
    /// Begins with CONNECT. `will` is what the broker publishes when the connection is lost.
    ///
    /// # Errors
    /// A name or topic that MQTT cannot carry.
    pub fn open(broker: &Broker, will: &Announcement) -> Result<Self, String> {
        let mut connect = v3_1_1::Connect::builder()
            .client_id(broker.client_id.as_str())
            .map_err(in_words)?
            .clean_session(true)
            .keep_alive(KEEP_ALIVE_S)
            .will_message(will.topic.as_str(), will.payload.clone(), Qos::AtLeastOnce, true)
            .map_err(in_words)?;
        if let Some((user, password)) = &broker.login {
            connect = connect
                .user_name(user.as_str())
                .and_then(|connect| connect.password(password.as_bytes().to_vec()))
                .map_err(in_words)?;
        }
        let mut conversation = Conversation {
            connection: Connection::new(mqtt::Version::V3_1_1),
            heads: PacketHeads::default(),
            timers: Vec::new(),
            under_way: HashMap::new(),
            taken: Vec::new(),
            accepted: None,
            outgoing: Vec::new(),
        };
        let events = conversation.connection.send(connect.build().map_err(in_words)?.into());
        conversation.handle(events)?;
        Ok(conversation)
    }

    /// What the broker said to CONNECT, once: accepted, or why not.
    pub fn accepted(&mut self) -> Option<Result<(), String>> {
        self.accepted.take()
    }

    /// Messages sent and not yet taken by the broker.
    pub fn under_way(&self) -> usize {
        self.under_way.len()
    }

    /// Numbers the broker has taken since the last call.
    pub fn taken(&mut self) -> Vec<u64> {
        std::mem::take(&mut self.taken)
    }

    /// Octets to be sent since the last call.
    pub fn outgoing(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.outgoing)
    }

    /// Publishes a message under a number of the caller's, which [`taken`](Self::taken) gives back.
    ///
    /// # Errors
    /// A topic that MQTT cannot carry, or all packet identifiers in use.
    pub fn publish(&mut self, topic: &str, payload: &[u8], number: u64) -> Result<(), String> {
        let id = self.send(topic, payload, false)?;
        self.under_way.insert(id, number);
        Ok(())
    }

    /// Publishes what late subscribers are to find.
    ///
    /// # Errors
    /// As [`publish`](Self::publish).
    pub fn announce(&mut self, announcement: &Announcement) -> Result<(), String> {
        self.send(&announcement.topic, &announcement.payload, true).map(|_| ())
    }

    fn send(&mut self, topic: &str, payload: &[u8], retain: bool) -> Result<u16, String> {
        let id = self.connection.acquire_packet_id().map_err(in_words)?;
        let publish = v3_1_1::Publish::builder()
            .topic_name(topic)
            .map_err(in_words)?
            .qos(Qos::AtLeastOnce)
            .retain(retain)
            .packet_id(id)
            .payload(payload)
            .build()
            .map_err(in_words)?;
        let events = self.connection.send(publish.into());
        self.handle(events)?;
        Ok(id)
    }

    /// Takes what the broker sent.
    ///
    /// # Errors
    /// Octets that are no MQTT, or announce a packet that would fill the memory.
    pub fn receive(&mut self, octets: &[u8]) -> Result<(), String> {
        self.heads.follow(octets).map_err(|unexpected| unexpected.to_string())?;
        let mut rest = mqtt::common::Cursor::new(octets);
        // Each call takes one packet.
        while usize::try_from(rest.position()).unwrap_or(usize::MAX) < octets.len() {
            let events = self.connection.recv(&mut rest);
            self.handle(events)?;
        }
        Ok(())
    }

    /// Does what is due by `now`, so that the connection stays alive.
    ///
    /// # Errors
    /// A broker that has been silent for too long.
    pub fn tick(&mut self, now: Instant) -> Result<(), String> {
        let due: Vec<TimerKind> = self.timers.extract_if(.., |(_, at)| *at <= now).map(|(kind, _)| kind).collect();
        for kind in due {
            let events = self.connection.notify_timer_fired(kind);
            self.handle(events)?;
        }
        Ok(())
    }

    /// Takes leave, so that the broker does not publish the will.
    ///
    /// # Errors
    /// Those of the protocol.
    pub fn close(&mut self) -> Result<(), String> {
        let disconnect = v3_1_1::Disconnect::builder().build().map_err(in_words)?;
        let events = self.connection.send(disconnect.into());
        self.handle(events)
    }

    fn handle(&mut self, events: Vec<Event>) -> Result<(), String> {
        for event in events {
            match event {
                Event::RequestSendPacket { packet, .. } => {
                    self.outgoing.extend_from_slice(&packet.to_continuous_buffer());
                }
                Event::NotifyPacketReceived(Packet::V3_1_1Connack(answer)) => {
                    let code = answer.return_code();
                    self.accepted = Some(if code.is_success() { Ok(()) } else { Err(code.to_string()) });
                }
                Event::NotifyPacketReceived(Packet::V3_1_1Puback(answer)) => {
                    self.taken.extend(self.under_way.remove(&answer.packet_id()));
                }
                Event::RequestTimerReset { kind, duration_ms } => {
                    self.timers.retain(|(known, _)| *known != kind);
                    self.timers.push((kind, Instant::now() + Duration::from_millis(duration_ms)));
                }
                Event::RequestTimerCancel(kind) => {
                    self.timers.retain(|(known, _)| *known != kind);
                }
                Event::NotifyError(error) => return Err(in_words(error)),
                // The stream is dropped with the session.
                Event::RequestClose | Event::NotifyPacketReceived(_) | Event::NotifyPacketIdReleased(_) => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_that_would_fill_the_memory_is_refused_at_its_length() {
        let mut heads = PacketHeads::default();
        // CONNACK, PUBACK in two parts, PINGRESP.
        for part in [&[0x20, 2, 0, 0, 0x40, 2][..], &[0, 7, 0xD0], &[0]] {
            assert_eq!(heads.follow(part), Ok(()));
        }
        assert_eq!(heads.follow(&[0x40, 0xFF, 0xFF, 0xFF, 0x7F]), Err(Unexpected::Length(16_383)));
        assert!(PacketHeads::default().follow(&[0x40, 0x80, 0x80, 0x80, 0x80, 0x80]).is_err());
        assert_eq!(PacketHeads::default().follow(&[0x40, 0x80, 0x20]), Ok(()));
    }

    #[test]
    fn what_no_broker_has_to_say_to_us_never_reaches_the_protocol() {
        // A PUBLISH with identifier 0 brought the protocol to a panic.
        let broker = Broker::parse("mqtt://broker", None, "box").unwrap();
        let will = Announcement { topic: "box/state".to_owned(), payload: b"offline".to_vec() };
        for kind in (0u8..16).filter(|kind| !EXPECTED.contains(kind)) {
            let mut conversation = Conversation::open(&broker, &will).unwrap();
            conversation.receive(&[0x20, 2, 0, 0]).unwrap();
            let problem = conversation.receive(&[kind << 4 | 5, 5, 0, 0, 2, 0, 1]).unwrap_err();
            assert!(problem.contains(&format!("kind {kind}")), "{problem}");
        }
    }
}
