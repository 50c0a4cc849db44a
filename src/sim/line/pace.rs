//! A line that takes time: octets last as long as their speed makes them.

use std::str::FromStr;
use std::time::Duration;

use super::LineAction;
use crate::link::Moment;
use crate::protocol::modbus::frame_silence;

/// Start bit, eight bits of data (or seven and parity), stop bit.
pub const BITS_A_CHARACTER: u8 = 10;

/// Octets sent at a time: a client sees an answer grow.
const PIECE: usize = 16;

/// A speed in bit/s, 50 to 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Baud(u32);

impl Baud {
    /// Bits per second.
    pub fn bits_per_second(self) -> u32 {
        self.0
    }
}

impl FromStr for Baud {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not a speed in bit/s: write 50 to 1000000, such as 9600");
        text.parse().ok().filter(|baud| (50..=1_000_000).contains(baud)).map(Baud).ok_or_else(wrong)
    }
}

/// When the line is free again.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    character: Duration,
    /// What parts an answer from its request: 3.5 characters.
    gap: Duration,
    busy_until: Moment,
}

impl Pace {
    pub(super) fn new(baud: Baud) -> Self {
        let character = Duration::from_nanos(u64::from(BITS_A_CHARACTER) * 1_000_000_000 / u64::from(baud.0));
        Pace { character, gap: frame_silence(baud.0, BITS_A_CHARACTER), busy_until: Moment::ZERO }
    }

    fn lasts(&self, octets: usize) -> Duration {
        self.character.saturating_mul(u32::try_from(octets).unwrap_or(u32::MAX))
    }

    /// Spreads what the line does over the time it takes, `heard` octets having come at `at`. An echo comes while the
    /// request is sent, an answer after it and the gap.
    pub(super) fn stretch(
        &mut self,
        heard: usize,
        actions: Vec<LineAction>,
        at: Moment,
        echoes: bool,
    ) -> Vec<LineAction> {
        let begins = self.busy_until.max(at);
        self.busy_until = begins.saturating_add(self.lasts(heard));
        let mut spread = vec![LineAction::Pause(self.busy_until.saturating_sub(at))];
        let mut parted = false;
        for (index, action) in actions.into_iter().enumerate() {
            let is_echo = echoes && index == 0;
            if !is_echo && !parted {
                parted = true;
                self.wait(self.gap, &mut spread);
            }
            match action {
                LineAction::Send(octets) if is_echo => spread.push(LineAction::Send(octets)),
                LineAction::Send(octets) => {
                    for piece in octets.chunks(PIECE) {
                        self.wait(self.lasts(piece.len()), &mut spread);
                        spread.push(LineAction::Send(piece.to_vec()));
                    }
                }
                LineAction::Pause(pause) => self.wait(pause, &mut spread),
                LineAction::HangUp => spread.push(LineAction::HangUp),
            }
        }
        spread
    }

    fn wait(&mut self, pause: Duration, spread: &mut Vec<LineAction>) {
        self.busy_until = self.busy_until.saturating_add(pause);
        spread.push(LineAction::Pause(pause));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(actions: &[LineAction]) -> Duration {
        let pauses =
            actions.iter().map(|action| if let LineAction::Pause(pause) = action { *pause } else { Duration::ZERO });
        pauses.sum()
    }

    #[test]
    fn request_gap_and_answer_take_their_time() {
        let mut pace = Pace::new("9600".parse().unwrap());
        let actions = pace.stretch(8, vec![LineAction::Send(vec![7; 85])], Duration::from_secs(5), false);
        let characters = 8.0 + 3.5 + 85.0;
        assert!((total(&actions).as_secs_f64() - characters * 10.0 / 9600.0).abs() < 1e-6);
        let octets: usize =
            actions.iter().map(|action| if let LineAction::Send(octets) = action { octets.len() } else { 0 }).sum();
        assert_eq!(octets, 85);
        let early = pace.stretch(1, Vec::new(), Duration::from_secs(5), false);
        assert!(total(&early) > Duration::from_millis(100), "the line is still busy with the answer");
        assert!("0".parse::<Baud>().is_err());
    }
}
