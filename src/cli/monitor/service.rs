//! What systemd is told of a watch that runs as a service: that it has begun, that it goes on, and how it stands.

use std::time::{Duration, Instant};

use wattkey::monitor::MeterView;

/// Time between two signs of life; the unit waits much longer.
const EVERY: Duration = Duration::from_secs(10);

/// A watch that may run as a service; without systemd, nothing is told.
#[derive(Debug, Default)]
pub struct Service {
    told_at: Option<Instant>,
}

impl Service {
    /// The loop of the watch has come round.
    pub fn goes_on(&mut self, meters: &[MeterView]) {
        if self.told_at.is_some_and(|told_at| told_at.elapsed() < EVERY) {
            return;
        }
        let asked = meters.iter().filter_map(|meter| meter.reading.as_ref());
        let answering = asked.clone().filter(|reading| reading.answered).count();
        tell(self.told_at.is_none(), &format!("{answering} of {} meters answer", asked.count()));
        self.told_at = Some(Instant::now());
    }

    /// The watch ends.
    pub fn ends(&self) {
        if self.told_at.is_some() {
            tell_end();
        }
    }
}

/// A service manager that does not listen is none.
#[cfg(target_os = "linux")]
fn tell(is_first: bool, status: &str) {
    use sd_notify::NotifyState::{Ready, Status, Watchdog};
    let first: &[_] = if is_first { &[Ready] } else { &[] };
    drop(sd_notify::notify(&[first, &[Watchdog, Status(status)]].concat()));
}

#[cfg(target_os = "linux")]
fn tell_end() {
    drop(sd_notify::notify(&[sd_notify::NotifyState::Stopping]));
}

#[cfg(not(target_os = "linux"))]
fn tell(_is_first: bool, _status: &str) {}

#[cfg(not(target_os = "linux"))]
fn tell_end() {}
