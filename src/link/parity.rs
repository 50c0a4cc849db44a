//! Even parity made in software, for lines that carry eight bits whatever the meter speaks: TCP device servers and
//! adapters that cannot do 7E1.

use std::ops::Range;

use super::{LineSettings, Link, LinkError, Moment, Parity, pass_on};

/// Adds even parity to what is sent and takes bit 7 off what comes, while the settings asked for are 7E1.
///
/// A character whose parity is wrong is handed on as 0, as a port does. Device servers that do 7E1 themselves deliver
/// bit 7 as 0 always: parity counts as being there once a set bit 7 has been seen.
#[derive(Debug)]
pub struct SoftwareParity<L> {
    inner: L,
    asked: LineSettings,
    parity_seen: bool,
}

/// The byte with its even parity in bit 7.
const fn with_even_parity(byte: u8) -> u8 {
    let low = byte & 0x7F;
    if low.count_ones() % 2 == 1 { low | 0x80 } else { low }
}

impl<L: Link> SoftwareParity<L> {
    /// Wraps a line that carries eight bits. `asked` is what the meter speaks to begin with.
    ///
    /// # Errors
    /// Those of [`Link::configure`].
    pub fn new(mut inner: L, asked: LineSettings) -> Result<Self, LinkError> {
        inner.configure(LineSettings::eight_none_one(asked.baud))?;
        Ok(SoftwareParity { inner, asked, parity_seen: false })
    }

    fn active(&self) -> bool {
        self.asked.data_bits == 7 && self.asked.parity == Parity::Even
    }

    fn coded(&self, bytes: &[u8]) -> Vec<u8> {
        if self.active() { bytes.iter().copied().map(with_even_parity).collect() } else { bytes.to_vec() }
    }
}

impl<L: Link> Link for SoftwareParity<L> {
    pass_on!(self => self.inner; now pause stop_requested echo note name);

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        let coded = self.coded(bytes);
        self.inner.send(&coded)
    }

    fn send_secret(&mut self, bytes: &[u8], secrets: &[Range<usize>]) -> Result<(), LinkError> {
        let coded = self.coded(bytes);
        self.inner.send_secret(&coded, secrets)
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        let count = self.inner.receive(buffer, until)?;
        if self.active() {
            for byte in buffer.iter_mut().take(count) {
                self.parity_seen |= *byte & 0x80 != 0;
                let is_good = !self.parity_seen || byte.count_ones() % 2 == 0;
                *byte = if is_good { *byte & 0x7F } else { 0 };
            }
        }
        Ok(count)
    }

    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError> {
        self.asked = settings;
        let below = if self.active() { LineSettings::eight_none_one(settings.baud) } else { settings };
        self.inner.configure(below)
    }

    fn settings(&self) -> Option<LineSettings> {
        self.inner.settings().map(|_| self.asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parity_is_even_over_eight_bits() {
        for byte in 0..=0x7F_u8 {
            assert_eq!(with_even_parity(byte).count_ones() % 2, 0, "{byte:02x}");
            assert_eq!(with_even_parity(byte) & 0x7F, byte);
        }
        assert_eq!(with_even_parity(b'/'), 0xAF);
    }
}
