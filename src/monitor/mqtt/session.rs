//! One connection to the broker, from CONNECT to its end.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use mqtt_protocol_core::mqtt;
use mqtt_protocol_core::mqtt::connection::{Event, TimerKind};
use mqtt_protocol_core::mqtt::packet::{GenericPacketTrait, Packet, Qos, v3_1_1};

use super::broker::{Broker, BrokerError, Stream};
use super::publisher::Announcement;
use crate::monitor::outbox::Message;

/// Interval of keep-alive in seconds; a broker drops a silent client after one and a half of it.
const KEEP_ALIVE_S: u16 = 30;

/// How long the broker may take to accept.
const ACCEPT_TIME: Duration = Duration::from_secs(10);

type Connection = mqtt::Connection<mqtt::role::Client>;

/// Longest packet taken from a broker, in octets: it has only acknowledgements to send, for nothing is subscribed to.
const LONGEST_PACKET: u32 = 4_096;

/// Follows the packets in what a broker sends, so that none is waited for that would fill the memory: the length is in
/// the second to fifth octet, seven bits each, low ones first (MQTT 3.1.1, 2.2.3).
#[derive(Debug, Default)]
struct PacketLengths {
    /// Octets left of the packet under way.
    left: u32,
    /// The length as far as it has come, and how many octets of it have.
    length: Option<(u32, u32)>,
}

impl PacketLengths {
    /// Takes the next octets; the length of a packet that is too long is the error.
    fn follow(&mut self, octets: &[u8]) -> Result<(), u32> {
        for octet in octets {
            if self.left > 0 {
                self.left = self.left.saturating_sub(1);
                continue;
            }
            // The first octet of a packet is its kind.
            let Some((value, count)) = self.length else {
                self.length = Some((0, 0));
                continue;
            };
            let value = value | u32::from(octet & 0x7F).checked_shl(count.saturating_mul(7)).unwrap_or(u32::MAX);
            if value > LONGEST_PACKET || count > 3 {
                return Err(value);
            }
            self.length = Some((value, count.saturating_add(1)));
            if octet & 0x80 == 0 {
                (self.left, self.length) = (value, None);
            }
        }
        Ok(())
    }
}

/// A connection that the broker has accepted.
pub(super) struct Session {
    name: String,
    stream: Stream,
    connection: Connection,
    lengths: PacketLengths,
    /// Timers the protocol asked for; there are at most three.
    timers: Vec<(TimerKind, Instant)>,
    /// Numbers of messages on their way, by packet identifier.
    under_way: HashMap<u16, u64>,
    taken: Vec<u64>,
    accepted: Option<Result<(), String>>,
}

impl Session {
    /// Connects, and waits until the broker has accepted.
    pub(super) fn open(broker: &Broker, will: &Announcement) -> Result<Self, BrokerError> {
        let mut session = Session {
            name: broker.name(),
            stream: broker.connect()?,
            connection: Connection::new(mqtt::Version::V3_1_1),
            lengths: PacketLengths::default(),
            timers: Vec::new(),
            under_way: HashMap::new(),
            taken: Vec::new(),
            accepted: None,
        };
        let protocol = |error| BrokerError::Protocol(broker.name(), format!("{error:?}"));
        let mut connect = v3_1_1::Connect::builder()
            .client_id(broker.client_id.as_str())
            .map_err(protocol)?
            .clean_session(true)
            .keep_alive(KEEP_ALIVE_S)
            .will_message(will.topic.as_str(), will.payload.clone(), Qos::AtLeastOnce, true)
            .map_err(protocol)?;
        if let Some((user, password)) = &broker.login {
            connect = connect
                .user_name(user.as_str())
                .and_then(|connect| connect.password(password.as_bytes().to_vec()))
                .map_err(protocol)?;
        }
        let events = session.connection.send(connect.build().map_err(protocol)?.into());
        session.handle(events)?;
        let deadline = Instant::now() + ACCEPT_TIME;
        loop {
            match session.accepted.take() {
                Some(Ok(())) => return Ok(session),
                Some(Err(reason)) => return Err(BrokerError::Refused(session.name, reason)),
                None if Instant::now() >= deadline => {
                    return Err(BrokerError::Refused(session.name, "no answer".to_owned()));
                }
                None => session.receive()?,
            }
        }
    }

    /// Messages sent and not yet taken by the broker.
    pub(super) fn under_way(&self) -> usize {
        self.under_way.len()
    }

    /// Numbers the broker has taken since the last call.
    pub(super) fn taken(&mut self) -> Vec<u64> {
        std::mem::take(&mut self.taken)
    }

    /// Sends a waiting message.
    pub(super) fn publish(&mut self, prefix: &str, message: &Message) -> Result<(), BrokerError> {
        let id = self.send(&format!("{prefix}/{}", message.topic), &message.payload, false)?;
        self.under_way.insert(id, message.seq);
        Ok(())
    }

    /// Sends what late subscribers are to find.
    pub(super) fn announce(&mut self, announcement: &Announcement) -> Result<(), BrokerError> {
        self.send(&announcement.topic, &announcement.payload, true).map(|_| ())
    }

    fn send(&mut self, topic: &str, payload: &[u8], retain: bool) -> Result<u16, BrokerError> {
        let name = self.name.clone();
        let protocol = |error| BrokerError::Protocol(name.clone(), format!("{error:?}"));
        let id = self.connection.acquire_packet_id().map_err(protocol)?;
        let publish = v3_1_1::Publish::builder()
            .topic_name(topic)
            .map_err(protocol)?
            .qos(Qos::AtLeastOnce)
            .retain(retain)
            .packet_id(id)
            .payload(payload)
            .build()
            .map_err(protocol)?;
        let events = self.connection.send(publish.into());
        self.handle(events)?;
        Ok(id)
    }

    /// Takes what has come, waiting a slice at most, and keeps the connection alive.
    pub(super) fn receive(&mut self) -> Result<(), BrokerError> {
        let mut buffer = [0u8; 4_096];
        let line = |name: &str, error| BrokerError::Line(name.to_owned(), error);
        match self.stream.read_slice(&mut buffer).map_err(|error| line(&self.name, error))? {
            Some(0) => {
                let closed = std::io::Error::new(std::io::ErrorKind::ConnectionAborted, "closed the connection");
                return Err(line(&self.name, closed));
            }
            Some(count) => {
                let too_long = |length| {
                    BrokerError::Protocol(
                        self.name.clone(),
                        format!("the broker announces a packet of {length} octets"),
                    )
                };
                self.lengths.follow(buffer.get(..count).unwrap_or_default()).map_err(too_long)?;
                let mut rest = mqtt::common::Cursor::new(buffer.get(..count).unwrap_or_default());
                // Each call takes one packet.
                while usize::try_from(rest.position()).unwrap_or(usize::MAX) < count {
                    let events = self.connection.recv(&mut rest);
                    self.handle(events)?;
                }
            }
            None => {}
        }
        let now = Instant::now();
        let due: Vec<TimerKind> = self.timers.extract_if(.., |(_, at)| *at <= now).map(|(kind, _)| kind).collect();
        for kind in due {
            let events = self.connection.notify_timer_fired(kind);
            self.handle(events)?;
        }
        Ok(())
    }

    /// Takes leave, so that the broker does not publish the will.
    pub(super) fn close(mut self) -> Result<(), BrokerError> {
        if let Ok(disconnect) = v3_1_1::Disconnect::builder().build() {
            let events = self.connection.send(disconnect.into());
            self.handle(events)?;
        }
        Ok(())
    }

    fn handle(&mut self, events: Vec<Event>) -> Result<(), BrokerError> {
        for event in events {
            match event {
                Event::RequestSendPacket { packet, .. } => {
                    let octets = packet.to_continuous_buffer();
                    self.stream.write_all(&octets).map_err(|error| BrokerError::Line(self.name.clone(), error))?;
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
                Event::NotifyError(error) => {
                    return Err(BrokerError::Protocol(self.name.clone(), format!("{error:?}")));
                }
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
        let mut lengths = PacketLengths::default();
        // CONNACK, PUBACK in two parts, PINGRESP.
        for part in [&[0x20, 2, 0, 0, 0x40, 2][..], &[0, 7, 0xD0], &[0]] {
            assert_eq!(lengths.follow(part), Ok(()));
        }
        assert_eq!(lengths.follow(&[0x30, 0xFF, 0xFF, 0xFF, 0x7F]), Err(16_383));
        assert!(PacketLengths::default().follow(&[0x30, 0x80, 0x80, 0x80, 0x80, 0x80]).is_err());
        assert_eq!(PacketLengths::default().follow(&[0x30, 0x80, 0x20]), Ok(()));
    }
}
