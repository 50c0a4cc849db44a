//! Bytes to and from a line, with deadlines. A link knows nothing of protocols.
//!
//! [`Link`] is the one interface protocols see. Frames that carry passwords or keys go out through
//! [`Link::send_secret`], so that no trace file ever holds them.

// Replies come from outside: no unchecked arithmetic.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

pub mod address;
mod clock;
pub mod direction;
pub mod echo;
pub mod error;
pub mod fault;
mod given_frame;
pub mod interrupt;
mod kernel_direction;
pub mod memory;
pub mod names;
mod open;
pub mod parity;
pub mod ports;
pub mod rfc2217;
pub mod serial;
pub mod settings;
pub mod shared;
pub mod tcp;
pub mod trace;

use std::fmt::Debug;
use std::ops::Range;
use std::time::Duration;

pub use address::LinkAddress;
pub use error::LinkError;
pub use interrupt::Interrupt;
pub use memory::{FarAction, FarEnd, MemoryLine};
pub use open::{OpenOptions, open};
pub use settings::{Frame, LineSettings, Parity};
pub use shared::{SharedLine, SharedLink};
pub use trace::TraceLink;

/// Time on a link's own clock, counted from when it was opened. Real links use a monotonic clock; the
/// in-memory line has a virtual one, so that protocols are tested without waiting.
pub type Moment = Duration;

/// A half-duplex line to one or more meters.
pub trait Link: Send + Debug {
    /// Time on this link's clock.
    fn now(&self) -> Moment;

    /// Lets `duration` pass without reading; bytes that come meanwhile are kept.
    ///
    /// # Errors
    /// [`LinkError::Interrupted`].
    fn pause(&mut self, duration: Duration) -> Result<(), LinkError>;

    /// Sends all bytes and returns when the last has been handed to the wire.
    ///
    /// # Errors
    /// [`LinkError::Closed`], [`LinkError::Fault`], [`LinkError::Interrupted`].
    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError>;

    /// As [`Link::send`], for a frame that carries secrets: passwords or keys at the byte ranges `secrets` of `bytes`.
    /// What records the line (the trace) masks them; everything else sends the frame as it is. Wrappers must hand
    /// the ranges on.
    ///
    /// # Errors
    /// As [`Link::send`].
    fn send_secret(&mut self, bytes: &[u8], _secrets: &[Range<usize>]) -> Result<(), LinkError> {
        self.send(bytes)
    }

    /// Waits until at least one byte is there and takes what has come, up to the buffer's length.
    ///
    /// # Errors
    /// [`LinkError::Timeout`] when `until` passes first; [`LinkError::Closed`], [`LinkError::Fault`],
    /// [`LinkError::Interrupted`].
    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError>;

    /// Changes speed and character form after all sent bytes have left; received bytes are kept.
    ///
    /// # Errors
    /// [`LinkError::Fault`] when the port refuses.
    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError>;

    /// The settings last asked for, or `None` where the line has none (raw TCP).
    fn settings(&self) -> Option<LineSettings>;

    /// Throws away bytes until the line has been silent for `silence`, at most until `until`; tells how many.
    ///
    /// # Errors
    /// [`LinkError::Closed`], [`LinkError::Fault`].
    fn drain(&mut self, silence: Duration, until: Moment) -> Result<usize, LinkError> {
        let mut dropped = 0usize;
        let mut buffer = [0u8; 256];
        loop {
            let quiet_at = self.now().saturating_add(silence).min(until);
            match self.receive(&mut buffer, quiet_at) {
                Ok(count) => dropped = dropped.saturating_add(count),
                Err(LinkError::Timeout(_)) => return Ok(dropped),
                Err(error) => return Err(error),
            }
            if self.now() >= until {
                return Ok(dropped);
            }
        }
    }

    /// Whether the user asked to stop after the exchange under way. Drivers look here before every new request and
    /// every retry, and then release the association; waits themselves fail only when the user insists.
    fn stop_requested(&self) -> bool {
        false
    }

    /// Whether the line hands back what is sent: `None` while that is not known. An echo and no answer means that
    /// the head works and the meter is silent.
    fn echo(&self) -> Option<bool> {
        None
    }

    /// Frames that go out next, in this order, as far as is known now. A connection on which several requests may be on
    /// their way may send them before their turn. Ignored by default.
    ///
    /// # Errors
    /// As [`Link::send`].
    fn announce(&mut self, _frames: Vec<Vec<u8>>) -> Result<(), LinkError> {
        Ok(())
    }

    /// Whole frames that came too late to answer what was asked, on links that tell them from answers. None by default.
    fn take_late(&mut self) -> Vec<Vec<u8>> {
        Vec::new()
    }

    /// Tells wrappers (trace) in words what the bytes just sent or received mean. Ignored by default.
    fn note(&mut self, _text: &str) {}

    /// The link as the user would write it, for documents.
    fn name(&self) -> String;
}

/// Within `impl Link for …`: the named calls go as they are to another link, such as `self.inner`.
macro_rules! pass_on {
    ($me:ident => $to:expr; $($call:ident)+) => { $($crate::link::pass_on!(@$call $me $to);)+ };
    (@now $me:ident $to:expr) => {
        fn now(&$me) -> $crate::link::Moment {
            $to.now()
        }
    };
    (@pause $me:ident $to:expr) => {
        fn pause(&mut $me, duration: std::time::Duration) -> Result<(), $crate::link::LinkError> {
            $to.pause(duration)
        }
    };
    (@send $me:ident $to:expr) => {
        fn send(&mut $me, bytes: &[u8]) -> Result<(), $crate::link::LinkError> {
            $to.send(bytes)
        }
    };
    (@send_secret $me:ident $to:expr) => {
        fn send_secret(
            &mut $me,
            bytes: &[u8],
            secrets: &[std::ops::Range<usize>],
        ) -> Result<(), $crate::link::LinkError> {
            $to.send_secret(bytes, secrets)
        }
    };
    (@receive $me:ident $to:expr) => {
        fn receive(&mut $me, buffer: &mut [u8], until: $crate::link::Moment) -> Result<usize, $crate::link::LinkError> {
            $to.receive(buffer, until)
        }
    };
    (@configure $me:ident $to:expr) => {
        fn configure(&mut $me, settings: $crate::link::LineSettings) -> Result<(), $crate::link::LinkError> {
            $to.configure(settings)
        }
    };
    (@settings $me:ident $to:expr) => {
        fn settings(&$me) -> Option<$crate::link::LineSettings> {
            $to.settings()
        }
    };
    (@stop_requested $me:ident $to:expr) => {
        fn stop_requested(&$me) -> bool {
            $to.stop_requested()
        }
    };
    (@echo $me:ident $to:expr) => {
        fn echo(&$me) -> Option<bool> {
            $to.echo()
        }
    };
    (@drain $me:ident $to:expr) => {
        fn drain(
            &mut $me,
            silence: std::time::Duration,
            until: $crate::link::Moment,
        ) -> Result<usize, $crate::link::LinkError> {
            $to.drain(silence, until)
        }
    };
    (@announce $me:ident $to:expr) => {
        fn announce(&mut $me, frames: Vec<Vec<u8>>) -> Result<(), $crate::link::LinkError> {
            $to.announce(frames)
        }
    };
    (@take_late $me:ident $to:expr) => {
        fn take_late(&mut $me) -> Vec<Vec<u8>> {
            $to.take_late()
        }
    };
    (@note $me:ident $to:expr) => {
        fn note(&mut $me, text: &str) {
            $to.note(text);
        }
    };
    (@name $me:ident $to:expr) => {
        fn name(&$me) -> String {
            $to.name()
        }
    };
}
pub(crate) use pass_on;

/// Every call goes to the link behind the pointer.
macro_rules! forward_link {
    ($(#[$meta:meta])* $pointer:ty) => {
        $(#[$meta])*
        impl<L: Link + ?Sized> Link for $pointer {
            pass_on!(self => (**self); now pause send send_secret receive drain configure settings stop_requested echo announce take_late note name);
        }
    };
}

forward_link!(Box<L>);
forward_link!(
    /// A link lent for a while, such as for the sign-on before HDLC.
    &mut L
);

/// Where `secret` stands inside `frame`, for [`Link::send_secret`]. An empty secret stands nowhere.
///
/// ```
/// assert_eq!(wattkey::link::occurrences(b"(12345678)", b"12345678"), vec![1..9]);
/// ```
pub fn occurrences(frame: &[u8], secret: &[u8]) -> Vec<Range<usize>> {
    if secret.is_empty() {
        return Vec::new();
    }
    let starts = frame.windows(secret.len()).enumerate().filter(|(_, window)| *window == secret);
    starts.map(|(start, _)| start..start.saturating_add(secret.len())).collect()
}
