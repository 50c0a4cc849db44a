//! General block transfer from the meter's side: requests come in blocks, long answers go out in them, one at a time.

use super::super::apdu::{ExceptionResponse, GeneralBlock};
use super::super::conformance::Conformance;
use super::{ServerAssociation, ServerStep, exception};

/// Longest request put together, in octets.
const LONGEST: usize = 1 << 20;
/// Blocks taken in a row.
const WINDOW: u8 = 1;

/// What is under way.
#[derive(Debug, Default)]
pub(super) struct GeneralTransfer {
    /// What has come of a request.
    received: Vec<u8>,
    /// Number of the client's last block.
    taken: u16,
    /// The answer, and the number before that of its first block.
    sending: Option<(Vec<u8>, u16)>,
    /// Number of the last block sent.
    sent: u16,
    /// Whether the request came in blocks, so that its answer goes in them, too.
    answers_blocks: bool,
}

impl ServerAssociation {
    /// Whether both sides use general block transfer.
    pub(super) fn uses_general_blocks(&self) -> bool {
        self.is_open() && self.negotiated.conformance.contains(Conformance::GENERAL_BLOCK_TRANSFER)
    }

    /// Takes a block of the client's: a part of a request, or the wish for the next block of the answer.
    pub(super) fn receive_block(&mut self, apdu: &[u8], random: &mut fastrand::Rng) -> ServerStep {
        let Ok(block) = GeneralBlock::from_bytes(apdu) else { return exception(ExceptionResponse::NOT_ALLOWED) };
        if let Some((answer, before)) = self.general.sending.take() {
            if block.octets.is_empty() {
                self.general.taken = block.number;
                let wanted = block.acknowledged.max(before).min(self.general.sent);
                return ServerStep::Reply(self.next_block(answer, before, wanted));
            }
            // The last block of the request once more: the answer was lost. Block 1 may be a new request.
            if block.last && block.number > 1 && block.number == self.general.taken {
                return ServerStep::Reply(self.next_block(answer, before, before));
            }
            self.general = GeneralTransfer::default();
        }
        let is_next = block.number == self.general.taken.saturating_add(1);
        let fits = self.general.received.len().saturating_add(block.octets.len()) <= LONGEST;
        if block.number == 1 || is_next && fits {
            if block.number == 1 {
                self.general = GeneralTransfer::default();
            }
            self.general.taken = block.number;
            self.general.received.extend_from_slice(&block.octets);
            if block.last {
                let whole = std::mem::take(&mut self.general.received);
                self.general.answers_blocks = true;
                let step = self.receive_whole(&whole, random);
                return self.in_blocks(step);
            }
        }
        self.general.sent = self.general.sent.saturating_add(1);
        let acknowledgement = GeneralBlock {
            last: false,
            streaming: false,
            window: WINDOW,
            number: self.general.sent,
            acknowledged: self.general.taken,
            octets: Vec::new(),
        };
        ServerStep::Reply(acknowledgement.to_bytes())
    }

    /// A step with its reply in blocks, where it is too long for one APDU or answers blocks.
    pub(super) fn in_blocks(&mut self, step: ServerStep) -> ServerStep {
        match step {
            ServerStep::Reply(reply) => ServerStep::Reply(self.cut(reply)),
            request @ ServerStep::Request(_) => request,
        }
    }

    /// A reply, or the first of its blocks.
    pub(super) fn cut(&mut self, reply: Vec<u8>) -> Vec<u8> {
        let limit = usize::from(self.negotiated.max_pdu);
        let is_too_long = limit > 0 && reply.len() > limit;
        let answers_blocks = std::mem::take(&mut self.general.answers_blocks);
        if !self.uses_general_blocks() || !(is_too_long || answers_blocks) {
            return reply;
        }
        let before = self.general.sent;
        self.next_block(reply, before, before)
    }

    /// The block after number `acknowledged` of an answer whose first is the one after `before`.
    fn next_block(&mut self, answer: Vec<u8>, before: u16, acknowledged: u16) -> Vec<u8> {
        let limit = match self.negotiated.max_pdu {
            0 => usize::from(u16::MAX),
            limit => usize::from(limit),
        };
        let size = limit.saturating_sub(GeneralBlock::OVERHEAD).max(1);
        let begin = usize::from(acknowledged.saturating_sub(before)).saturating_mul(size).min(answer.len());
        let end = begin.saturating_add(size).min(answer.len());
        let octets = answer.get(begin..end).unwrap_or_default().to_vec();
        let last = end >= answer.len();
        self.general.sent = acknowledged.saturating_add(1);
        let (number, acknowledged) = (self.general.sent, self.general.taken);
        // The last is kept, too: the client may not have had it.
        self.general.sending = Some((answer, before));
        GeneralBlock { last, streaming: false, window: WINDOW, number, acknowledged, octets }.to_bytes()
    }
}
