//! General block transfer: whole APDUs, ciphered or not, cut into numbered blocks either way (Green Book, 9.4.6.13).

use super::super::apdu::{GeneralBlock, tag};
use super::super::error::DlmsError;
use super::{DlmsClient, OutgoingApdu, Step};

/// Blocks we take in a row: one, so that each is acknowledged before the next.
const WINDOW: u8 = 1;
/// Longest APDU put together, in octets.
const LONGEST: usize = 16 << 20;
/// How often a block that came out of turn is asked for again.
const MOST_REPEATS: u8 = 3;

/// What is under way.
#[derive(Debug, Default)]
pub(super) struct GeneralTransfer {
    /// The APDU being sent and how much of it went out.
    sending: Option<(Vec<u8>, usize)>,
    /// What has been received of the answer.
    received: Vec<u8>,
    /// Number of the last block taken.
    taken: u16,
    /// Number of the last block of ours.
    sent: u16,
    /// How often a block was asked for again.
    repeats: u8,
}

impl DlmsClient {
    /// Cuts an APDU that is longer than the meter takes; the first block is to be sent. Nothing of a record may show it.
    pub(super) fn send_generally(&mut self, apdu: Vec<u8>) -> Result<Step, DlmsError> {
        self.general = GeneralTransfer { sending: Some((apdu, 0)), ..GeneralTransfer::default() };
        self.next_general_block().ok_or(DlmsError::Request("there is nothing to send in blocks"))
    }

    fn next_general_block(&mut self) -> Option<Step> {
        let room = self.negotiated.map_or(0, |negotiated| usize::from(negotiated.max_pdu));
        let size = if room == 0 { usize::from(u16::MAX) } else { room }.saturating_sub(GeneralBlock::OVERHEAD).max(1);
        let (apdu, begin) = self.general.sending.as_mut()?;
        let end = begin.saturating_add(size).min(apdu.len());
        let octets = apdu.get(*begin..end)?.to_vec();
        let last = end >= apdu.len();
        *begin = end;
        self.general.sent = self.general.sent.saturating_add(1);
        if last {
            self.general.sending = None;
        }
        let block = GeneralBlock {
            last,
            streaming: false,
            window: WINDOW,
            number: self.general.sent,
            acknowledged: self.general.taken,
            octets,
        };
        let octets = block.to_bytes();
        let hidden = GeneralBlock::OVERHEAD.min(octets.len())..octets.len();
        let secrets = std::iter::once(hidden).collect();
        Some(Step::Send(OutgoingApdu { octets, secrets }))
    }

    /// Takes a block of the meter's: an acknowledgement of ours, or a part of its answer. With the last part the whole
    /// answer is acted on.
    pub(super) fn receive_general(&mut self, apdu: &[u8]) -> Result<Step, DlmsError> {
        let block = GeneralBlock::from_bytes(apdu).map_err(DlmsError::decode("a general block"))?;
        if self.general.sending.is_some() {
            if block.acknowledged != self.general.sent {
                let (got, wanted) = (block.acknowledged, self.general.sent);
                return Err(DlmsError::Blocks(format!("block {got} was acknowledged instead of {wanted}")));
            }
            self.general.taken = block.number;
            return self.next_general_block().ok_or(DlmsError::Blocks("another block was asked for".to_owned()));
        }
        // The acknowledgement of our last block, before the answer.
        if block.octets.is_empty() && !block.last {
            self.general.taken = block.number;
            return Ok(Step::Unsolicited(Vec::new()));
        }
        let expected = self.general.taken.saturating_add(1);
        // Meters number the blocks of an answer on from their acknowledgements, or from 1.
        if block.number != expected && !self.general.received.is_empty() {
            self.general.repeats = self.general.repeats.saturating_add(1);
            if self.general.repeats > MOST_REPEATS {
                return Err(DlmsError::Blocks(format!("block {} came instead of {expected}", block.number)));
            }
            return Ok(self.acknowledge_general());
        }
        if self.general.received.len().saturating_add(block.octets.len()) > LONGEST {
            return Err(DlmsError::Blocks(format!("the answer is longer than {LONGEST} octets")));
        }
        self.general.taken = block.number;
        self.general.received.extend_from_slice(&block.octets);
        if !block.last {
            // A block that says more follow by themselves is not acknowledged before the last of them.
            return Ok(if block.streaming { Step::Unsolicited(Vec::new()) } else { self.acknowledge_general() });
        }
        let whole = std::mem::take(&mut self.general).received;
        if whole.first() == Some(&tag::GENERAL_BLOCK_TRANSFER) {
            return Err(DlmsError::Blocks("blocks stand within blocks".to_owned()));
        }
        self.receive(&whole)
    }

    fn acknowledge_general(&mut self) -> Step {
        self.general.sent = self.general.sent.saturating_add(1);
        let block = GeneralBlock {
            last: true,
            streaming: false,
            window: WINDOW,
            number: self.general.sent,
            acknowledged: self.general.taken,
            octets: Vec::new(),
        };
        Step::Send(OutgoingApdu { octets: block.to_bytes(), secrets: Vec::new() })
    }
}
