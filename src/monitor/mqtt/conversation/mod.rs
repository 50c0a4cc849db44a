//! What is said on one connection to a broker, without the connection itself: octets in, octets out.

mod heads;
mod packets;

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::time::{Duration, Instant};

use mqtt_protocol_core::mqtt;
use mqtt_protocol_core::mqtt::connection::{Event, TimerKind};
use mqtt_protocol_core::mqtt::packet::{GenericPacketTrait, Packet, Property, v5_0};
use mqtt_protocol_core::mqtt::result_code::{ConnectReasonCode, PubackReasonCode};

use self::heads::PacketHeads;
use self::packets::Publication;
use super::announcement::Announcement;
use super::broker::Broker;

/// Octets after the head of a CONNACK before MQTT 5: session present, return code (MQTT 3.1.1, 3.2).
const LENGTH_OF_OLD_CONNACK: u32 = 2;

/// Publications on their way at once, where the broker sets no bound: there are no more packet identifiers than 65,535.
const MOST_UNDER_WAY: usize = 1_024;

type Connection = mqtt::Connection<mqtt::role::Client>;

/// A version of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// MQTT 3.1.1, which every broker speaks.
    V3_1_1,
    /// MQTT 5, in which a broker says why it does not take something.
    V5_0,
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Version::V3_1_1 => "MQTT 3.1.1",
            Version::V5_0 => "MQTT 5",
        })
    }
}

/// What the broker said to CONNECT.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// Messages may be sent.
    Yes,
    /// It does not speak this version of the protocol.
    OtherVersion,
    /// Why not.
    No(String),
}

/// A message the broker did not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its topic.
    pub topic: String,
    /// The reason in words of the standard.
    pub reason: String,
    /// What the broker says besides.
    pub said: Option<String>,
    /// Its number, when it is from the outbox.
    pub message: Option<u64>,
    /// Whether it will never be taken, whatever is done at the broker's side about rights and quotas.
    pub is_final: bool,
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&with_words_of_broker(&self.reason, self.said.as_deref()))
    }
}

/// What has become of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The broker has taken the message from the outbox with this number.
    Taken(u64),
    /// It has not taken a message.
    Refused(Refusal),
}

impl Outcome {
    /// The number of a message that was taken.
    pub fn taken(&self) -> Option<u64> {
        match self {
            Outcome::Taken(number) => Some(*number),
            Outcome::Refused(_) => None,
        }
    }
}

/// The client's side of a connection. It never waits: what is to be sent is fetched with [`outgoing`](Self::outgoing).
pub struct Conversation {
    version: Version,
    connection: Connection,
    heads: PacketHeads,
    /// Timers the protocol asked for; there are at most three.
    timers: Vec<(TimerKind, Instant)>,
    /// What is to be sent when the broker has room for it.
    waiting: VecDeque<Publication>,
    /// Numbers and topics of what is on its way, by packet identifier.
    under_way: HashMap<u16, (Option<u64>, String)>,
    outcomes: Vec<Outcome>,
    accepted: Option<Accepted>,
    /// Whether the broker keeps messages for late subscribers.
    retains: bool,
    /// Longest packet the broker takes, in octets, where it says so.
    longest: Option<u32>,
    outgoing: Vec<u8>,
}

impl fmt::Debug for Conversation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Conversation")
            .field("version", &self.version)
            .field("under_way", &self.under_way())
            .finish_non_exhaustive()
    }
}

/// A debug text of the protocol's own errors.
fn in_words(error: impl fmt::Debug) -> String {
    format!("{error:?}")
}

/// A name of the standard's as people read it: `NotAuthorized` is "not authorized".
fn plain_words(name: &str) -> String {
    let mut words = String::new();
    for (nth, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && nth > 0 {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

fn exceeds(size: usize, longest: u32) -> bool {
    usize::try_from(longest).is_ok_and(|longest| size > longest)
}

/// What the broker says in words.
fn words_of_broker(properties: &[Property]) -> Option<String> {
    properties.iter().find_map(|property| match property {
        Property::ReasonString(text) => Some(text.val().to_owned()),
        _ => None,
    })
}

/// The reason with what the broker adds to it.
fn with_words_of_broker(reason: &str, said: Option<&str>) -> String {
    said.map_or_else(|| reason.to_owned(), |said| format!("{reason} ({said})"))
}

fn with_reason_string(reason: &str, properties: &[Property]) -> String {
    with_words_of_broker(reason, words_of_broker(properties).as_deref())
}

impl Conversation {
    /// Begins with CONNECT. `will` is what the broker publishes when the connection is lost.
    ///
    /// # Errors
    /// A name or topic that MQTT cannot carry.
    pub fn open(broker: &Broker, will: &Announcement, version: Version) -> Result<Self, String> {
        let spoken = match version {
            Version::V3_1_1 => mqtt::Version::V3_1_1,
            Version::V5_0 => mqtt::Version::V5_0,
        };
        let mut conversation = Conversation {
            version,
            connection: Connection::new(spoken),
            heads: PacketHeads::new(version),
            timers: Vec::new(),
            waiting: VecDeque::new(),
            under_way: HashMap::new(),
            outcomes: Vec::new(),
            accepted: None,
            retains: true,
            longest: None,
            outgoing: Vec::new(),
        };
        let events = conversation.connection.send(packets::connect(broker, will, version)?);
        conversation.handle(events)?;
        Ok(conversation)
    }

    /// What the broker said to CONNECT, once.
    pub fn accepted(&mut self) -> Option<Accepted> {
        self.accepted.take()
    }

    /// Publications not yet taken by the broker, those it has no room for among them.
    pub fn under_way(&self) -> usize {
        self.under_way.len().saturating_add(self.waiting.len())
    }

    /// What has become of messages since the last call, in the order of the broker's answers.
    pub fn outcomes(&mut self) -> Vec<Outcome> {
        std::mem::take(&mut self.outcomes)
    }

    /// Octets to be sent since the last call.
    pub fn outgoing(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.outgoing)
    }

    /// Publishes a message under a number of the caller's, which [`outcomes`](Self::outcomes) gives back.
    ///
    /// # Errors
    /// A topic that MQTT cannot carry, or all packet identifiers in use.
    pub fn publish(&mut self, topic: &str, payload: &[u8], number: u64) -> Result<(), String> {
        self.waiting.push_back(Publication {
            topic: topic.to_owned(),
            payload: payload.to_vec(),
            number: Some(number),
        });
        self.send_waiting()
    }

    /// Publishes what late subscribers are to find.
    ///
    /// # Errors
    /// As [`publish`](Self::publish).
    pub fn announce(&mut self, announcement: &Announcement) -> Result<(), String> {
        let Announcement { topic, payload } = announcement.clone();
        self.waiting.push_back(Publication { topic, payload, number: None });
        self.send_waiting()
    }

    /// Sends as much as the broker has room for: in MQTT 5 it says how many may be on their way (3.2.2.3.3).
    fn send_waiting(&mut self) -> Result<(), String> {
        while self.under_way.len() < MOST_UNDER_WAY
            && self.connection.get_receive_maximum_vacancy_for_send() != Some(0)
            && let Some(publication) = self.waiting.pop_front()
        {
            let id = self.connection.acquire_packet_id().map_err(in_words)?;
            let packet = packets::publish(&publication, id, self.version, self.retains)?;
            if let Some(longest) = self.longest.filter(|longest| exceeds(packet.size(), *longest)) {
                let events = self.connection.release_packet_id(id);
                self.handle(events)?;
                let reason = format!("it is longer than the {longest} octets the broker takes");
                let (topic, message) = (publication.topic, publication.number);
                self.outcomes.push(Outcome::Refused(Refusal { topic, reason, said: None, message, is_final: true }));
                continue;
            }
            self.under_way.insert(id, (publication.number, publication.topic));
            let events = self.connection.send(packet);
            self.handle(events)?;
        }
        Ok(())
    }

    /// Takes what the broker sent.
    ///
    /// # Errors
    /// Octets that are no MQTT, or announce a packet that would fill the memory; the broker's own words at its leave.
    pub fn receive(&mut self, octets: &[u8]) -> Result<(), String> {
        self.heads.follow(octets).map_err(|unexpected| unexpected.to_string())?;
        // A CONNACK of MQTT 5 has the length of its properties, too: one without it is of an older broker.
        if self.version == Version::V5_0 && self.heads.first_length() == Some(LENGTH_OF_OLD_CONNACK) {
            self.accepted = Some(Accepted::OtherVersion);
            return Ok(());
        }
        let mut rest = mqtt::common::Cursor::new(octets);
        // Each call takes one packet.
        while usize::try_from(rest.position()).unwrap_or(usize::MAX) < octets.len() {
            let events = self.connection.recv(&mut rest);
            self.handle(events)?;
        }
        self.send_waiting()
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
        let events = self.connection.send(packets::disconnect(self.version)?);
        self.handle(events)
    }

    fn handle(&mut self, events: Vec<Event>) -> Result<(), String> {
        for event in events {
            match event {
                Event::RequestSendPacket { packet, .. } => {
                    self.outgoing.extend_from_slice(&packet.to_continuous_buffer());
                }
                Event::NotifyPacketReceived(packet) => self.take(packet)?,
                Event::RequestTimerReset { kind, duration_ms } => {
                    self.timers.retain(|(known, _)| *known != kind);
                    self.timers.push((kind, Instant::now() + Duration::from_millis(duration_ms)));
                }
                Event::RequestTimerCancel(kind) => {
                    self.timers.retain(|(known, _)| *known != kind);
                }
                Event::NotifyError(error) => return Err(format!("what it sent is no {}: {error:?}", self.version)),
                // The stream is dropped with the session.
                Event::RequestClose | Event::NotifyPacketIdReleased(_) => {}
            }
        }
        Ok(())
    }

    fn take(&mut self, packet: Packet) -> Result<(), String> {
        match packet {
            Packet::V3_1_1Connack(answer) => {
                let code = answer.return_code();
                self.accepted = Some(if code.is_success() { Accepted::Yes } else { Accepted::No(code.to_string()) });
            }
            Packet::V5_0Connack(answer) => {
                self.accepted = Some(self.welcomed(&answer));
            }
            Packet::V3_1_1Puback(answer) => {
                if let Some((Some(number), _)) = self.under_way.remove(&answer.packet_id()) {
                    self.outcomes.push(Outcome::Taken(number));
                }
            }
            Packet::V5_0Puback(answer) => {
                let Some((number, topic)) = self.under_way.remove(&answer.packet_id()) else { return Ok(()) };
                match answer.reason_code().filter(PubackReasonCode::is_failure) {
                    None => self.outcomes.extend(number.map(Outcome::Taken)),
                    Some(code) => {
                        let reason = plain_words(&code.to_string());
                        let said = words_of_broker(answer.props().as_deref().unwrap_or_default());
                        let is_final = code == PubackReasonCode::PayloadFormatInvalid;
                        let refusal = Refusal { topic, reason, said, message: number, is_final };
                        self.outcomes.push(Outcome::Refused(refusal));
                    }
                }
            }
            Packet::V5_0Disconnect(leave) => {
                let code = leave.reason_code().map_or_else(|| "no reason".to_owned(), |code| code.to_string());
                let properties = leave.props().as_deref().unwrap_or_default();
                let reason = with_reason_string(&plain_words(&code), properties);
                return Err(format!("it ends the connection: {reason}"));
            }
            _ => {}
        }
        Ok(())
    }

    /// What an answer to CONNECT in MQTT 5 means for us.
    fn welcomed(&mut self, answer: &v5_0::Connack) -> Accepted {
        let code = answer.reason_code();
        if code == ConnectReasonCode::UnsupportedProtocolVersion {
            return Accepted::OtherVersion;
        }
        if code != ConnectReasonCode::Success {
            return Accepted::No(with_reason_string(&plain_words(&code.to_string()), answer.props()));
        }
        for property in answer.props() {
            match property {
                Property::MaximumPacketSize(longest) => self.longest = Some(longest.val()),
                Property::RetainAvailable(available) => self.retains = available.val() != 0,
                Property::MaximumQos(most) if most.val() == 0 => {
                    return Accepted::No("it acknowledges no message (maximum QoS 0)".to_owned());
                }
                _ => {}
            }
        }
        Accepted::Yes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(version: Version) -> Conversation {
        let broker = Broker::parse("mqtt://broker", None, "box").unwrap();
        let will = Announcement { topic: "box/state".to_owned(), payload: b"offline".to_vec() };
        let mut conversation = Conversation::open(&broker, &will, version).unwrap();
        conversation.outgoing();
        conversation
    }

    #[test]
    fn what_no_broker_has_to_say_to_us_never_reaches_the_protocol() {
        // A PUBLISH with identifier 0 brought the protocol to a panic.
        for (version, welcome, expected) in [
            (Version::V3_1_1, &[0x20, 2, 0, 0][..], &[2, 4, 13][..]),
            (Version::V5_0, &[0x20, 3, 0, 0, 0], &[2, 4, 13, 14]),
        ] {
            for kind in (0u8..16).filter(|kind| !expected.contains(kind)) {
                let mut conversation = opened(version);
                conversation.receive(welcome).unwrap();
                let problem = conversation.receive(&[kind << 4 | 5, 5, 0, 0, 2, 0, 1]).unwrap_err();
                assert!(problem.contains(&format!("kind {kind}")), "{problem}");
            }
        }
    }

    #[test]
    fn a_broker_of_the_older_version_is_recognised_however_its_answer_is_cut() {
        let mut conversation = opened(Version::V5_0);
        conversation.receive(&[0x20]).unwrap();
        assert_eq!(conversation.accepted(), None);
        conversation.receive(&[2]).unwrap();
        assert_eq!(conversation.accepted(), Some(Accepted::OtherVersion));
        let mut conversation = opened(Version::V5_0);
        conversation.receive(&[0x20, 3, 0, 0x84, 0]).unwrap();
        assert_eq!(conversation.accepted(), Some(Accepted::OtherVersion));
    }

    #[test]
    fn no_more_is_on_its_way_than_the_broker_has_room_for() {
        let mut conversation = opened(Version::V5_0);
        // Receive Maximum 2.
        conversation.receive(&[0x20, 6, 0, 0, 3, 0x21, 0, 2]).unwrap();
        assert_eq!(conversation.accepted(), Some(Accepted::Yes));
        for number in 0..5 {
            conversation.publish("box/reading", b"{}", number).unwrap();
        }
        let sent = |octets: &[u8]| octets.windows(11).filter(|part| *part == b"box/reading").count();
        assert_eq!((sent(&conversation.outgoing()), conversation.under_way()), (2, 5));
        conversation.receive(&[0x40, 2, 0, 1]).unwrap();
        assert_eq!((sent(&conversation.outgoing()), conversation.outcomes()), (1, vec![Outcome::Taken(0)]));
    }

    #[test]
    fn a_message_that_is_refused_is_not_taken() {
        let mut conversation = opened(Version::V5_0);
        conversation.receive(&[0x20, 3, 0, 0, 0]).unwrap();
        conversation.publish("box/reading", b"{}", 7).unwrap();
        // Not authorized, with a reason in words.
        conversation.receive(&[0x40, 9, 0, 1, 0x87, 5, 0x1F, 0, 2, b'n', b'o']).unwrap();
        let [Outcome::Refused(refusal)] = &conversation.outcomes()[..] else { panic!("it is taken") };
        assert_eq!((refusal.topic.as_str(), refusal.to_string().as_str()), ("box/reading", "not authorized (no)"));
        assert_eq!((refusal.message, refusal.is_final), (Some(7), false));
        // No matching subscribers: that is as good as taken.
        conversation.publish("box/reading", b"{}", 8).unwrap();
        conversation.receive(&[0x40, 3, 0, 1, 0x10]).unwrap();
        assert_eq!(conversation.outcomes(), [Outcome::Taken(8)]);
        let leave = conversation.receive(&[0xE0, 1, 0x8B]).unwrap_err();
        assert!(leave.contains("server shutting down"), "{leave}");
    }

    #[test]
    fn a_message_longer_than_the_broker_takes_does_not_hold_up_the_others() {
        let mut conversation = opened(Version::V5_0);
        // Maximum Packet Size 60.
        conversation.receive(&[0x20, 8, 0, 0, 5, 0x27, 0, 0, 0, 60]).unwrap();
        conversation.publish("box/reading", &[b' '; 100], 7).unwrap();
        conversation.publish("box/reading", b"{}", 8).unwrap();
        let outcomes = conversation.outcomes();
        let [Outcome::Refused(refusal)] = &outcomes[..] else { panic!("{outcomes:?}") };
        assert!(refusal.is_final && refusal.reason.contains("60 octets"), "{refusal:?}");
        conversation.receive(&[0x40, 2, 0, 1]).unwrap();
        assert_eq!((conversation.outcomes(), conversation.under_way()), (vec![Outcome::Taken(8)], 0));
    }

    #[test]
    fn numbers_that_must_not_be_zero_are_refused_when_they_are() {
        // Receive Maximum and Maximum Packet Size.
        for properties in [&[0x21, 0, 0][..], &[0x27, 0, 0, 0, 0]] {
            let length = u8::try_from(properties.len()).unwrap();
            let answer = [&[0x20, length + 3, 0, 0, length], properties].concat();
            assert!(opened(Version::V5_0).receive(&answer).is_err(), "{answer:02X?}");
        }
    }
}
