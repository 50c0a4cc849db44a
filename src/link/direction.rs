//! RS485 converters that are told by RTS when to send: the line is driven from just before a frame to just after it.

use std::ops::Range;
use std::time::Duration;

use super::{Link, LinkError, pass_on};

/// Pause between the level and the first character, and after the last one: a driver needs some microseconds, an adapter on
/// USB a frame of a millisecond.
const SETTLES: Duration = Duration::from_millis(1);

/// A port whose RTS can be set.
pub trait RequestToSend {
    /// Sets RTS.
    ///
    /// # Errors
    /// [`LinkError::Fault`] where the port has no such line, or refuses.
    fn request_to_send(&mut self, on: bool) -> Result<(), LinkError>;
}

/// When RTS is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// While we send (`rs485=rts`).
    OnToSend,
    /// While we listen (`rs485=rts-inverted`).
    OnToListen,
}

/// A port that drives the line while it sends and leaves it to others otherwise.
#[derive(Debug)]
pub struct DrivenLine<L> {
    inner: L,
    direction: Direction,
}

impl<L: Link + RequestToSend> DrivenLine<L> {
    /// The port, listening.
    ///
    /// # Errors
    /// [`LinkError::Fault`] where its RTS cannot be set: nothing sent over it would reach the line.
    pub fn new(inner: L, direction: Direction) -> Result<Self, LinkError> {
        let mut line = DrivenLine { inner, direction };
        line.drive(false)?;
        Ok(line)
    }

    fn drive(&mut self, sends: bool) -> Result<(), LinkError> {
        self.inner.request_to_send(sends == (self.direction == Direction::OnToSend))
    }

    fn sending(&mut self, octets: usize, send: impl FnOnce(&mut L) -> Result<(), LinkError>) -> Result<(), LinkError> {
        self.drive(true)?;
        let begun = self.inner.now();
        let sent = self.inner.pause(SETTLES).and_then(|()| send(&mut self.inner));
        // The port may say that all is written while characters still wait: the line is held for as long as they take.
        let wire = self.inner.settings().map_or(Duration::ZERO, |settings| settings.time_for(octets));
        let held = self.inner.now().saturating_sub(begun);
        let rest = wire.saturating_add(SETTLES).saturating_add(SETTLES).saturating_sub(held);
        let waited = if sent.is_ok() { self.inner.pause(rest) } else { Ok(()) };
        // Whatever went wrong, the line is left to others.
        self.drive(false)?;
        sent.and(waited)
    }
}

impl<L: Link + RequestToSend> Link for DrivenLine<L> {
    pass_on!(self => self.inner; now pause receive configure settings stop_requested echo note name);

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.sending(bytes.len(), |inner| inner.send(bytes))
    }

    fn send_secret(&mut self, bytes: &[u8], secrets: &[Range<usize>]) -> Result<(), LinkError> {
        self.sending(bytes.len(), |inner| inner.send_secret(bytes, secrets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::{LineSettings, Moment};

    /// A port that notes what is done with it, and when.
    #[derive(Debug, Default)]
    struct Port {
        now: Moment,
        did: Vec<(Duration, String)>,
        has_rts: bool,
    }

    impl RequestToSend for Port {
        fn request_to_send(&mut self, on: bool) -> Result<(), LinkError> {
            self.did.push((self.now, format!("rts {on}")));
            if self.has_rts { Ok(()) } else { Err(LinkError::Fault("no RTS".to_owned())) }
        }
    }

    impl Link for Port {
        fn now(&self) -> Moment {
            self.now
        }
        fn pause(&mut self, duration: Duration) -> Result<(), LinkError> {
            self.now = self.now.saturating_add(duration);
            Ok(())
        }
        fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
            self.did.push((self.now, format!("{} octets", bytes.len())));
            if bytes.is_empty() { Err(LinkError::Closed) } else { Ok(()) }
        }
        fn receive(&mut self, _: &mut [u8], _: Moment) -> Result<usize, LinkError> {
            Err(LinkError::Closed)
        }
        fn configure(&mut self, _: LineSettings) -> Result<(), LinkError> {
            Ok(())
        }
        fn settings(&self) -> Option<LineSettings> {
            Some(LineSettings::eight_none_one(9600))
        }
        fn name(&self) -> String {
            "port".to_owned()
        }
    }

    #[test]
    fn the_line_is_driven_for_as_long_as_a_frame_takes() {
        for (direction, sends) in [(Direction::OnToSend, true), (Direction::OnToListen, false)] {
            let mut line = DrivenLine::new(Port { has_rts: true, ..Port::default() }, direction).unwrap();
            line.send(&[0; 8]).unwrap();
            let did: Vec<&str> = line.inner.did.iter().map(|(_, what)| what.as_str()).collect();
            let (on, off) = (format!("rts {sends}"), format!("rts {}", !sends));
            assert_eq!(did, [off.as_str(), on.as_str(), "8 octets", off.as_str()]);
            let held = line.inner.did[3].0 - line.inner.did[2].0;
            // Eight characters of ten bits at 9600 bit/s.
            assert!(held >= Duration::from_micros(8_333) && held < Duration::from_millis(11), "{held:?}");
            // A frame that does not go out does not keep the line.
            assert!(line.send(&[]).is_err());
            assert_eq!(line.inner.did.last().unwrap().1, off);
        }
        assert!(DrivenLine::new(Port::default(), Direction::OnToSend).is_err());
    }
}
