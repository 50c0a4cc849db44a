//! The time a simulated meter lives in: real, accelerated, or begun at a chosen instant.

use std::time::Duration;

use time::OffsetDateTime;

/// Turns time elapsed on the host into the meter's time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SimClock {
    began: OffsetDateTime,
    speed: Speed,
}

/// How much faster than the host's clock a meter's time runs: 1 to 100,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speed(u32);

impl Speed {
    /// As fast as the host.
    pub const REAL: Speed = Speed(1);
    const FASTEST: u32 = 100_000;
}

impl Default for Speed {
    fn default() -> Self {
        Speed::REAL
    }
}

impl std::str::FromStr for Speed {
    type Err = String;

    /// Reads `60x` or `60`.
    fn from_str(text: &str) -> Result<Self, String> {
        let factor = text.strip_suffix(['x', 'X']).unwrap_or(text).parse().unwrap_or(0);
        if (1..=Self::FASTEST).contains(&factor) {
            Ok(Speed(factor))
        } else {
            Err(format!("{text:?} is not a speed: write a whole number 1 to {}, such as 60x", Self::FASTEST))
        }
    }
}

impl std::fmt::Display for Speed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}x", self.0)
    }
}

impl SimClock {
    /// A clock that shows `began` when nothing has elapsed.
    pub fn starting(began: OffsetDateTime, speed: Speed) -> Self {
        SimClock { began, speed }
    }

    /// The meter's time after `elapsed` on the host.
    pub fn at(&self, elapsed: Duration) -> OffsetDateTime {
        let elapsed = elapsed.saturating_mul(self.speed.0);
        self.began.checked_add(elapsed.try_into().unwrap_or(time::Duration::MAX)).unwrap_or(self.began)
    }

    /// How long the host waits for `duration` of the meter's time.
    pub fn host_time(&self, duration: Duration) -> Duration {
        duration / self.speed.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_at_sixty_is_an_hour() {
        let clock = SimClock::starting(OffsetDateTime::UNIX_EPOCH, "60x".parse().unwrap());
        assert_eq!(clock.at(Duration::from_secs(60)), OffsetDateTime::UNIX_EPOCH + Duration::from_secs(3600));
        assert_eq!(clock.host_time(Duration::from_secs(60)), Duration::from_secs(1));
        assert!("0x".parse::<Speed>().is_err() && "fast".parse::<Speed>().is_err());
    }
}
