//! General block transfer: whole APDUs, ciphered or not, cut into numbered blocks either way, in windows as long as the other
//! side takes (Green Book, 9.4.6.13).

use super::super::apdu::{GeneralBlock, tag};
use super::super::error::DlmsError;
use super::{DlmsClient, OutgoingApdu, Step};

/// Longest APDU put together, in octets.
const LONGEST: usize = 16 << 20;
/// How often blocks are sent again, or asked for again, in a row.
const MOST_REPEATS: u8 = 3;

/// What is under way.
#[derive(Debug, Default)]
pub(super) struct GeneralTransfer {
    sending: Option<Sending>,
    /// What has been received of the answer.
    received: Vec<u8>,
    /// Number of the last block taken.
    taken: u16,
    /// Number of the last block of ours.
    sent: u16,
    /// How often blocks were repeated without getting on.
    repeats: u8,
}

/// An APDU that goes out in blocks.
#[derive(Debug)]
struct Sending {
    apdu: Vec<u8>,
    /// Octets of a block.
    size: usize,
    /// Blocks sent so far, and acknowledged: their numbers are the same.
    sent: u16,
    /// Blocks that may still go out before the meter has to say something.
    allowed: u8,
}

impl Sending {
    /// Where a block begins, the first being number 1.
    fn begin(&self, number: u16) -> usize {
        self.size.saturating_mul(usize::from(number.saturating_sub(1)))
    }

    fn is_all_sent(&self) -> bool {
        self.begin(self.sent.saturating_add(1)) >= self.apdu.len()
    }
}

impl DlmsClient {
    /// Cuts an APDU that is longer than the meter takes; the first block is to be sent. Nothing of a record may show it.
    pub(super) fn send_generally(&mut self, apdu: Vec<u8>) -> Result<Step, DlmsError> {
        let room = self.negotiated.map_or(0, |negotiated| usize::from(negotiated.max_pdu));
        let size = if room == 0 { usize::from(u16::MAX) } else { room }.saturating_sub(GeneralBlock::OVERHEAD).max(1);
        // How many the meter takes in a row is in its first acknowledgement.
        let sending = Sending { apdu, size, sent: 0, allowed: 1 };
        self.general = GeneralTransfer { sending: Some(sending), ..GeneralTransfer::default() };
        self.next_general_block().ok_or(DlmsError::Request("there is nothing to send in blocks"))
    }

    /// What follows a block that went out without an answer.
    ///
    /// # Errors
    /// [`DlmsError::Blocks`] when nothing does.
    pub fn go_on(&mut self) -> Result<Step, DlmsError> {
        self.next_general_block().ok_or_else(|| DlmsError::Blocks("there is no further block".to_owned()))
    }

    fn next_general_block(&mut self) -> Option<Step> {
        let window = self.settings.block_window;
        let sending = self.general.sending.as_mut().filter(|sending| !sending.is_all_sent())?;
        let number = sending.sent.checked_add(1)?;
        let begin = sending.begin(number);
        let end = begin.saturating_add(sending.size).min(sending.apdu.len());
        let octets = sending.apdu.get(begin..end)?.to_vec();
        let last = end >= sending.apdu.len();
        sending.sent = number;
        sending.allowed = sending.allowed.saturating_sub(1);
        let streaming = !last && sending.allowed > 0;
        self.general.sent = number;
        let length = octets.len();
        let block = GeneralBlock { last, streaming, window, number, acknowledged: self.general.taken, octets };
        let octets = block.to_bytes();
        let hidden = octets.len().saturating_sub(length)..octets.len();
        let apdu = OutgoingApdu { octets, secrets: std::iter::once(hidden).collect() };
        Some(if streaming { Step::Stream(apdu) } else { Step::Send(apdu) })
    }

    /// Takes a block of the meter's: an acknowledgement of ours, or a part of its answer. With the last part the whole
    /// answer is acted on.
    pub(super) fn receive_general(&mut self, apdu: &[u8]) -> Result<Step, DlmsError> {
        let block = GeneralBlock::from_bytes(apdu).map_err(DlmsError::decode("a general block"))?;
        if let Some(sending) = &mut self.general.sending {
            if block.acknowledged > sending.sent {
                let (got, wanted) = (block.acknowledged, sending.sent);
                return Err(DlmsError::Blocks(format!("block {got} was acknowledged instead of {wanted}")));
            }
            let is_behind = block.acknowledged < sending.sent;
            if is_behind && block.octets.is_empty() || !sending.is_all_sent() {
                // What the meter lacks goes out again, and what follows.
                self.general.repeats = if is_behind { self.general.repeats.saturating_add(1) } else { 0 };
                if self.general.repeats > MOST_REPEATS {
                    return Err(DlmsError::Blocks(format!("block {} was lost again and again", sending.sent)));
                }
                sending.sent = block.acknowledged;
                sending.allowed = block.window.clamp(1, 63);
                self.general.taken = block.number;
                return self.go_on();
            }
            self.general.sending = None;
            self.general.repeats = 0;
        }
        // The acknowledgement of our last block, before the answer.
        if block.octets.is_empty() && self.general.received.is_empty() {
            self.general.taken = block.number;
            return Ok(Step::Unsolicited(Vec::new()));
        }
        let expected = self.general.taken.saturating_add(1);
        // Meters number the blocks of an answer on from their acknowledgements, or from 1.
        let begins = self.general.received.is_empty() && block.number == 1;
        if block.number != expected && !begins {
            // What is left of the meter's window comes by itself.
            if block.streaming {
                return Ok(Step::Unsolicited(Vec::new()));
            }
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
        self.general.repeats = 0;
        self.general.received.extend_from_slice(&block.octets);
        if !block.last {
            // A block that says more follow by themselves is not acknowledged before the last of them.
            return Ok(if block.streaming { Step::More } else { self.acknowledge_general() });
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
            window: self.settings.block_window,
            number: self.general.sent,
            acknowledged: self.general.taken,
            octets: Vec::new(),
        };
        Step::Send(OutgoingApdu { octets: block.to_bytes(), secrets: Vec::new() })
    }
}
