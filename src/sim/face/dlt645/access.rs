//! Passwords: right, wrong, and none any more after too many wrong ones.

use time::Duration;

use super::Dlt645Rule;
use crate::protocol::dlt645::ErrorBits;
use crate::sim::meter::Meter;

/// Whether level and password, `PA P0 P1 P2`, allow a change. A wrong one is counted.
pub(super) fn check(meter: &mut Meter, password: [u8; 4]) -> Result<(), ErrorBits> {
    let [level, digits @ ..] = password;
    let rule = &meter.model().dlt645;
    let (locks_after, lock_s) = (rule.locks_after, rule.lock_s);
    if rule.security_module || meter.dlt645().is_locked(meter.now()) {
        return Err(ErrorBits::PASSWORD);
    }
    let right = meter.dlt645().passwords.get(&level).copied().or_else(|| delivered(rule, level));
    if right == Some(digits) {
        if meter.dlt645().failures > 0 {
            meter.dlt645_mut().failures = 0;
        }
        return Ok(());
    }
    let until = meter.now() + Duration::seconds(lock_s.into());
    let memory = meter.dlt645_mut();
    memory.failures = memory.failures.saturating_add(1);
    if locks_after > 0 && memory.failures >= locks_after {
        memory.failures = 0;
        memory.locked_until = Some(until);
        meter.report_password_lockout();
    }
    Err(ErrorBits::PASSWORD)
}

/// The password of a level as the meter was delivered.
fn delivered(rule: &Dlt645Rule, level: u8) -> Option<[u8; 3]> {
    let text = match level {
        0x02 => &rule.password_02,
        0x04 => &rule.password_04,
        _ => return None,
    };
    let mut digits = [0u8; 3];
    for (place, pair) in digits.iter_mut().zip(text.as_bytes().as_chunks::<2>().0) {
        let [high, low] = pair;
        *place = (high & 15) << 4 | (low & 15);
    }
    // The low octet goes first on the wire.
    digits.reverse();
    Some(digits)
}
