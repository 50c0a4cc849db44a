//! Linux drivers that turn an RS485 line round by themselves: exact to the character, where a program is late.

use super::direction::Direction;

#[cfg(target_os = "linux")]
use serial2::rs4xx::{Rs485Config, TransceiverMode};

/// A port opened beside the handle that reads and writes, and before it: that one may lock the port. Nothing of the port is
/// changed yet.
#[derive(Debug)]
pub struct Beside(#[cfg(target_os = "linux")] serial2::SerialPort);

impl Beside {
    /// The port at `path`; `None` where it cannot be opened, or no driver could be asked.
    #[cfg(target_os = "linux")]
    pub fn open(path: &str) -> Option<Self> {
        serial2::SerialPort::open(path, serial2::KeepSettings).ok().map(Beside)
    }

    /// Nothing: only Linux has drivers that are told so.
    #[cfg(not(target_os = "linux"))]
    pub fn open(_path: &str) -> Option<Self> {
        None
    }
}

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
    /// Asks the driver to turn the line of its port round; `None` where it cannot, or not with this level.
    pub fn take(beside: Beside, direction: Direction) -> Option<Self> {
        let Beside(port) = beside;
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
    pub fn take(_beside: Beside, _direction: Direction) -> Option<Self> {
        None
    }
}
