//! The control octet and the sequence numbers in it.

/// A send or receive sequence number, counted modulo 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Sequence(u8);

impl Sequence {
    /// The lowest three bits of `value`.
    pub const fn new(value: u8) -> Self {
        Sequence(value & 7)
    }

    /// 0 to 7.
    pub const fn value(self) -> u8 {
        self.0
    }

    /// The number after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Sequence(self.0.wrapping_add(1) & 7)
    }

    /// The number before this one.
    #[must_use]
    pub const fn previous(self) -> Self {
        Sequence(self.0.wrapping_sub(1) & 7)
    }
}

/// What a frame is for. `poll` is the poll bit of a command, the final bit of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Control {
    /// I: information, numbered.
    Information {
        /// N(S), number of this frame.
        send: Sequence,
        /// N(R), number expected next from the other side.
        receive: Sequence,
        /// Poll or final bit.
        poll: bool,
    },
    /// RR: ready for the frame numbered `receive`.
    ReceiveReady {
        /// N(R).
        receive: Sequence,
        /// Poll or final bit.
        poll: bool,
    },
    /// RNR: not ready at present.
    ReceiveNotReady {
        /// N(R).
        receive: Sequence,
        /// Poll or final bit.
        poll: bool,
    },
    /// REJ: frames from the one numbered `receive` on are to be sent again.
    Reject {
        /// N(R).
        receive: Sequence,
        /// Poll or final bit.
        poll: bool,
    },
    /// SNRM: opens the connection.
    SetNormalResponseMode,
    /// UA: consent to SNRM or DISC.
    UnnumberedAcknowledge,
    /// DISC: closes the connection.
    Disconnect,
    /// DM: there is no connection.
    DisconnectedMode,
    /// FRMR: a frame broke the rules.
    FrameReject,
    /// UI: information without a number, such as a pushed message.
    UnnumberedInformation {
        /// Poll or final bit.
        poll: bool,
    },
    /// Anything else.
    Other(u8),
}

const POLL: u8 = 0x10;

impl Control {
    /// Reads the octet.
    pub const fn from_octet(octet: u8) -> Self {
        let poll = octet & POLL != 0;
        let receive = Sequence::new(octet >> 5);
        match octet & !POLL {
            _ if octet & 1 == 0 => Control::Information { send: Sequence::new(octet >> 1), receive, poll },
            _ if octet & 0x0F == 0x01 => Control::ReceiveReady { receive, poll },
            _ if octet & 0x0F == 0x05 => Control::ReceiveNotReady { receive, poll },
            _ if octet & 0x0F == 0x09 => Control::Reject { receive, poll },
            0x83 => Control::SetNormalResponseMode,
            0x63 => Control::UnnumberedAcknowledge,
            0x43 => Control::Disconnect,
            0x0F => Control::DisconnectedMode,
            0x87 => Control::FrameReject,
            0x03 => Control::UnnumberedInformation { poll },
            _ => Control::Other(octet),
        }
    }

    /// The octet on the line. The unnumbered ones carry the poll bit, as window 1 wants it.
    pub const fn octet(self) -> u8 {
        match self {
            Control::Information { send, receive, poll } => receive.0 << 5 | bit(poll) | send.0 << 1,
            Control::ReceiveReady { receive, poll } => receive.0 << 5 | bit(poll) | 0x01,
            Control::ReceiveNotReady { receive, poll } => receive.0 << 5 | bit(poll) | 0x05,
            Control::Reject { receive, poll } => receive.0 << 5 | bit(poll) | 0x09,
            Control::SetNormalResponseMode => 0x93,
            Control::UnnumberedAcknowledge => 0x73,
            Control::Disconnect => 0x53,
            Control::DisconnectedMode => 0x1F,
            Control::FrameReject => 0x97,
            Control::UnnumberedInformation { poll } => bit(poll) | 0x03,
            Control::Other(octet) => octet,
        }
    }

    /// The abbreviation engineers use.
    pub const fn name(self) -> &'static str {
        match self {
            Control::Information { .. } => "I",
            Control::ReceiveReady { .. } => "RR",
            Control::ReceiveNotReady { .. } => "RNR",
            Control::Reject { .. } => "REJ",
            Control::SetNormalResponseMode => "SNRM",
            Control::UnnumberedAcknowledge => "UA",
            Control::Disconnect => "DISC",
            Control::DisconnectedMode => "DM",
            Control::FrameReject => "FRMR",
            Control::UnnumberedInformation { .. } => "UI",
            Control::Other(_) => "unknown",
        }
    }
}

const fn bit(poll: bool) -> u8 {
    if poll { POLL } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octets_are_those_of_the_standard() {
        for (octet, name) in [(0x93, "SNRM"), (0x73, "UA"), (0x53, "DISC"), (0x1F, "DM"), (0x97, "FRMR"), (0x13, "UI")]
        {
            assert_eq!(Control::from_octet(octet).name(), name);
            assert_eq!(Control::from_octet(octet).octet(), octet);
        }
        let control = Control::Information { send: Sequence::new(3), receive: Sequence::new(5), poll: true };
        assert_eq!(control.octet(), 5 << 5 | 0x10 | 3 << 1);
        assert_eq!(Control::ReceiveReady { receive: Sequence::new(2), poll: true }.octet(), 0x51);
    }

    #[test]
    fn every_numbered_octet_round_trips() {
        for octet in 0..=255u8 {
            let control = Control::from_octet(octet);
            let numbered = octet & 1 == 0 || octet & 3 == 1 && octet & 0x0F != 0x0D;
            if numbered {
                assert_eq!(control.octet(), octet, "{control:?}");
            }
        }
    }
}
