//! Linux drivers that turn an RS485 line round by themselves: exact to the character, where a program is late.

use super::direction::Direction;

#[cfg(target_os = "linux")]
use serial2::rs4xx::{Rs485Config, TransceiverMode};

/// A port whose driver turns its line round for as long as this lives.
#[derive(Debug)]
pub struct KernelDirection {
    #[cfg(target_os = "linux")]
    port: serial2::SerialPort,
    #[cfg(target_os = "linux")]
    before: TransceiverMode,
}

#[cfg(target_os = "linux")]
impl KernelDirection {
    /// Has the driver of the port at `path` turn the line round; `None` where it cannot, or not with this level.
    pub fn take(path: &str, direction: Direction) -> Option<Self> {
        let port = serial2::SerialPort::open(path, serial2::KeepSettings).ok()?;
        let before = port.get_rs4xx_mode().ok()?;
        let is_inverted = direction == Direction::OnToListen;
        let mut wanted = Rs485Config::new();
        wanted.set_invert_rts(is_inverted);
        port.set_rs4xx_mode(wanted).ok()?;
        let taken = KernelDirection { port, before };
        // Drivers leave out what they cannot do, and say so only when they are asked.
        let is_so = matches!(
            taken.port.get_rs4xx_mode(),
            Ok(TransceiverMode::Rs485(config)) if config.get_invert_rts() == is_inverted
        );
        is_so.then_some(taken)
    }
}

#[cfg(target_os = "linux")]
impl Drop for KernelDirection {
    fn drop(&mut self) {
        // A port that is gone needs it no more.
        let _ = self.port.set_rs4xx_mode(self.before.clone());
    }
}

#[cfg(not(target_os = "linux"))]
impl KernelDirection {
    /// Nothing: only Linux has drivers that are told so.
    pub fn take(_path: &str, _direction: Direction) -> Option<Self> {
        None
    }
}
