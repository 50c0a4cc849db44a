//! Long values in numbered blocks.

use super::apdu::Block;

/// Longest value put together from blocks, in octets.
const MAX_VALUE: usize = 16 << 20;
/// Blocks taken at most for one value.
const MAX_BLOCKS: u32 = 1 << 17;

/// Puts blocks together.
#[derive(Debug, Default)]
pub(super) struct BlockReceiver {
    octets: Vec<u8>,
    last: u32,
}

impl BlockReceiver {
    /// Takes the next block.
    pub(super) fn take(&mut self, number: u32, octets: &[u8]) -> Result<(), String> {
        let expected = self.last.saturating_add(1);
        if number != expected {
            return Err(format!("block {number} came instead of {expected}"));
        }
        if number > MAX_BLOCKS || self.octets.len().saturating_add(octets.len()) > MAX_VALUE {
            return Err(format!("the value is longer than {MAX_VALUE} octets or {MAX_BLOCKS} blocks"));
        }
        self.last = number;
        self.octets.extend_from_slice(octets);
        Ok(())
    }

    /// Octets taken so far.
    pub(super) fn len(&self) -> usize {
        self.octets.len()
    }

    /// The whole value.
    pub(super) fn finish(self) -> Vec<u8> {
        self.octets
    }
}

/// Cuts a value into blocks.
#[derive(Debug)]
pub(super) struct BlockSender {
    octets: Vec<u8>,
    sent: usize,
    size: usize,
    last: u32,
}

impl BlockSender {
    /// Blocks of at most `size` octets, one at least.
    pub(super) fn new(octets: Vec<u8>, size: usize) -> Self {
        BlockSender { octets, sent: 0, size: size.max(1), last: 0 }
    }

    /// The next block; empty and last when all are sent.
    pub(super) fn next_block(&mut self) -> Block {
        let end = self.sent.saturating_add(self.size).min(self.octets.len());
        let octets = self.octets.get(self.sent..end).unwrap_or(&[]).to_vec();
        self.sent = end;
        self.last = self.last.saturating_add(1);
        Block { last: end >= self.octets.len(), number: self.last, octets }
    }

    /// Whether everything has been sent.
    pub(super) fn is_finished(&self) -> bool {
        self.sent >= self.octets.len()
    }

    /// The other side has taken block `number` and wants the next.
    pub(super) fn acknowledge(&self, number: u32) -> Result<(), String> {
        if number != self.last {
            Err(format!("block {number} was acknowledged instead of {}", self.last))
        } else if self.is_finished() {
            Err("another block was asked for after the last".to_owned())
        } else {
            Ok(())
        }
    }
}
