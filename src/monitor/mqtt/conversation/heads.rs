//! The heads of the packets a broker sends: only those it has a reason to send reach the protocol, and only short ones.

use super::Version;

/// Longest packet taken from a broker, in octets: it has only acknowledgements to send, for nothing is subscribed to.
pub(super) const LONGEST_PACKET: u32 = 4_096;

const CONNACK: u8 = 2;

/// What a broker has no reason to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unexpected {
    #[error("the broker announces a packet of {0} octets")]
    Length(u32),
    #[error("the broker sends a packet of kind {0}, which nothing asked for")]
    Kind(u8),
}

/// Follows the packets in what a broker sends, so that none is waited for that would fill the memory, and none reaches
/// the protocol that no honest broker sends: the length is in the second to fifth octet, seven bits each, low ones
/// first (MQTT 3.1.1, 2.2.3; MQTT 5, 2.1.4).
#[derive(Debug)]
pub(super) struct PacketHeads {
    /// Kinds of packets that a broker may send to a client without subscriptions, the upper half of the first octet.
    expected: &'static [u8],
    /// Octets left of the packet under way.
    left: u32,
    /// The length as far as it has come, and how many octets of it have.
    length: Option<(u32, u32)>,
    /// The length of the first packet, when it is known.
    first: Option<u32>,
}

impl PacketHeads {
    /// CONNACK, PUBACK and PINGRESP are expected; from a broker of MQTT 5 DISCONNECT, too (MQTT 3.1.1, 2.2.1; MQTT 5,
    /// 2.1.2).
    pub(super) fn new(version: Version) -> Self {
        let expected: &[u8] = match version {
            Version::V3_1_1 => &[CONNACK, 4, 13],
            Version::V5_0 => &[CONNACK, 4, 13, 14],
        };
        PacketHeads { expected, left: 0, length: None, first: None }
    }

    /// Octets after the head of the first packet, when its head has come.
    pub(super) fn first_length(&self) -> Option<u32> {
        self.first
    }

    /// Takes the next octets.
    pub(super) fn follow(&mut self, octets: &[u8]) -> Result<(), Unexpected> {
        for octet in octets {
            if self.left > 0 {
                self.left = self.left.saturating_sub(1);
                continue;
            }
            let Some((value, count)) = self.length else {
                let kind = octet >> 4;
                // A broker welcomes once.
                if !self.expected.contains(&kind) || (kind == CONNACK && self.first.is_some()) {
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
                self.first = self.first.or(Some(value));
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
        let heads = || PacketHeads::new(Version::V3_1_1);
        let mut followed = heads();
        // CONNACK, PUBACK in two parts, PINGRESP.
        for part in [&[0x20, 2, 0, 0, 0x40, 2][..], &[0, 7, 0xD0], &[0]] {
            assert_eq!(followed.follow(part), Ok(()));
        }
        assert_eq!(followed.follow(&[0x40, 0xFF, 0xFF, 0xFF, 0x7F]), Err(Unexpected::Length(16_383)));
        assert!(heads().follow(&[0x40, 0x80, 0x80, 0x80, 0x80, 0x80]).is_err());
        assert_eq!(heads().follow(&[0x40, 0x80, 0x20]), Ok(()));
    }

    #[test]
    fn a_second_welcome_is_refused() {
        let mut heads = PacketHeads::new(Version::V5_0);
        assert_eq!(heads.follow(&[0x20, 3, 0, 0, 0, 0xD0, 0]), Ok(()));
        assert_eq!(heads.follow(&[0x20, 6, 1, 0, 3, 0x21, 0, 2]), Err(Unexpected::Kind(CONNACK)));
    }

    #[test]
    fn a_broker_takes_its_leave_in_mqtt_5_only() {
        assert_eq!(PacketHeads::new(Version::V5_0).follow(&[0xE0, 0]), Ok(()));
        assert_eq!(PacketHeads::new(Version::V3_1_1).follow(&[0xE0, 0]), Err(Unexpected::Kind(14)));
    }
}
