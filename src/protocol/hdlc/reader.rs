//! Finds frames in what comes over the line, and counts what is not one.

use super::FLAG;
use super::frame::{Frame, FrameFault, Layout};

/// What has come so far, good and bad apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReaderStatistics {
    /// Octets received.
    pub octets: u64,
    /// Frames whose checks were good.
    pub good_frames: u64,
    /// Frames whose header was good and whose frame check was not.
    pub bad_frame_checks: u64,
    /// Frame beginnings whose header check was wrong.
    pub bad_header_checks: u64,
    /// Octets thrown away because they belong to no good frame; flags are not counted.
    pub discarded_octets: u64,
}

/// A buffer that takes octets as they come and gives whole frames.
///
/// A frame is found by its length field. After damage the search goes on at the next flag: behind the damaged frame
/// when its header check was good, else just behind its opening flag.
#[derive(Debug, Clone, Default)]
pub struct FrameReader {
    buffer: Vec<u8>,
    start: usize,
    statistics: ReaderStatistics,
}

impl FrameReader {
    /// An empty reader.
    pub fn new() -> Self {
        FrameReader::default()
    }

    /// Takes octets in the order they came.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.start > 0 {
            self.buffer.drain(..self.start.min(self.buffer.len()));
            self.start = 0;
        }
        self.buffer.extend_from_slice(bytes);
        self.statistics.octets = self.statistics.octets.saturating_add(bytes.len() as u64);
    }

    /// The next good frame, or `None` until more octets come. At most one unfinished frame stays in memory.
    pub fn next_frame(&mut self) -> Option<Frame<'_>> {
        let (from, layout) = self.find()?;
        self.start = from.saturating_add(layout.length);
        self.buffer.get(from..).map(|bytes| layout.frame(bytes))
    }

    /// Moves to the next good frame and tells where it begins and where its parts stand.
    fn find(&mut self) -> Option<(usize, Layout)> {
        loop {
            let rest = self.buffer.get(self.start..).unwrap_or(&[]);
            let Some(noise) = rest.iter().position(|&b| b == FLAG) else {
                self.discard(rest.len());
                return None;
            };
            self.discard(noise);
            let rest = self.buffer.get(self.start..).unwrap_or(&[]);
            match Layout::find(rest) {
                Ok(layout) => {
                    self.statistics.good_frames = self.statistics.good_frames.saturating_add(1);
                    return Some((self.start, layout));
                }
                Err(FrameFault::Incomplete) => return None,
                Err(FrameFault::NotAFrame) => self.start = self.start.saturating_add(1),
                Err(FrameFault::HeaderCheck) => {
                    self.statistics.bad_header_checks = self.statistics.bad_header_checks.saturating_add(1);
                    self.start = self.start.saturating_add(1);
                }
                Err(FrameFault::FrameCheck { length }) => {
                    self.statistics.bad_frame_checks = self.statistics.bad_frame_checks.saturating_add(1);
                    self.start = self.start.saturating_add(1);
                    self.discard(length.saturating_sub(1));
                }
            }
        }
    }

    /// Gives up the unfinished frame at the front, because the line has fallen silent in the middle of it. Frames
    /// that began inside it can be found afterwards.
    pub fn give_up(&mut self) {
        if self.is_unfinished() {
            self.start = self.start.saturating_add(1);
        }
    }

    /// How many octets of an unfinished frame are there and how many it has, flags included, once its header check
    /// vouches for its length.
    pub fn progress(&self) -> Option<(usize, usize)> {
        let rest = self.buffer.get(self.start..).unwrap_or(&[]);
        Layout::begun(rest).map(|whole| (rest.len(), whole))
    }

    /// Whether a frame has begun and not ended.
    pub fn is_unfinished(&self) -> bool {
        self.buffer.get(self.start..).is_some_and(|rest| rest.len() > 1)
    }

    /// Throws away all that is kept.
    pub fn clear(&mut self) {
        let kept = self.buffer.len().saturating_sub(self.start);
        self.discard(kept);
    }

    /// What has come so far.
    pub fn statistics(&self) -> ReaderStatistics {
        self.statistics
    }

    fn discard(&mut self, count: usize) {
        let end = self.start.saturating_add(count).min(self.buffer.len());
        let dropped = self.buffer.get(self.start..end).unwrap_or(&[]).iter().filter(|&&b| b != FLAG).count();
        self.statistics.discarded_octets = self.statistics.discarded_octets.saturating_add(dropped as u64);
        self.start = end;
    }
}
