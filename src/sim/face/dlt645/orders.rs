//! Orders over the line: writing, the relay, clock, freezes, clearing.

use time::{Duration, OffsetDateTime};

use super::access::check;
use super::{Freeze, clock};
use crate::protocol::dlt645::{Address, BcdFormat, Credentials, ErrorBits, Order, RelayOrder, decode_bcd};
use crate::sim::energy::Energy;
use crate::sim::meter::Meter;

/// How far the broadcast time may be from the meter's clock.
const BROADCAST_REACH: Duration = Duration::minutes(5);
/// In place of a time: at once, or without end.
const NO_TIME: u8 = 0x99;
/// All events.
const ALL_EVENTS: u32 = 0xFFFF_FFFF;
/// Passwords of levels 0 to 9 are items 04000C01 to 04000C0A.
const PASSWORDS: std::ops::RangeInclusive<u32> = 0x0400_0C01..=0x0400_0C0A;
/// Bits of the speeds 600 to 19200.
const SPEEDS: u8 = 0x7E;

/// Does what is ordered and gives what the answer holds.
pub(super) fn carry_out(meter: &mut Meter, own: Address, order: Order) -> Result<Vec<u8>, ErrorBits> {
    match order {
        Order::Write(item, credentials, value) => {
            admit(meter, &credentials)?;
            write(meter, own, item, &value)?;
        }
        Order::WriteAddress(address) if address.is_decimal() && !address.is_broadcast() => {
            meter.dlt645_mut().address = Some(address.wire());
        }
        Order::WriteAddress(_) | Order::Security(_) => return Err(ErrorBits::OTHER),
        Order::Freeze(when) => freeze(meter, when)?,
        Order::BroadcastTime(time) => take_time(meter, time)?,
        Order::ChangeSpeed(speed) if speed.is_power_of_two() && speed & SPEEDS != 0 => return Ok(vec![speed]),
        Order::ChangeSpeed(_) => return Err(ErrorBits::SPEED),
        Order::ChangePassword(item, old, new) => {
            check(meter, old)?;
            let [level, password @ ..] = new;
            if !PASSWORDS.contains(&item) || u32::from(level) + 1 != item & 0xFF {
                return Err(ErrorBits::NO_DATA);
            }
            meter.dlt645_mut().passwords.insert(level, password);
            return Ok(new.to_vec());
        }
        Order::ClearDemand(credentials) => {
            admit(meter, &credentials)?;
            meter.clear_demand();
        }
        Order::ClearMeter(credentials) => {
            admit(meter, &credentials)?;
            meter.clear_registers();
            meter.clear_events();
        }
        Order::ClearEvents(credentials, item) => {
            admit(meter, &credentials)?;
            if item != ALL_EVENTS {
                return Err(ErrorBits::NO_DATA);
            }
            meter.clear_events();
        }
        Order::Control(credentials, order, expiry) => {
            admit(meter, &credentials)?;
            control(meter, order, expiry)?;
        }
    }
    Ok(Vec::new())
}

fn admit(meter: &mut Meter, credentials: &Credentials) -> Result<(), ErrorBits> {
    let [level, p0, p1, p2, ..] = credentials.wire();
    check(meter, [level, p0, p1, p2])
}

/// What is known and not written here may only be read.
fn write(meter: &mut Meter, own: Address, item: u32, value: &[u8]) -> Result<(), ErrorBits> {
    let limit = || {
        let format = BcdFormat { octets: 4, decimals: 2, signed: false };
        decode_bcd(value, format).map_err(|_| ErrorBits::OTHER)
    };
    let now = meter.clock();
    match item {
        0x0400_0101 => meter.set_clock(now.replace_date(clock::date(value).ok_or(ErrorBits::OTHER)?)),
        0x0400_0102 => meter.set_clock(now.replace_time(clock::time_of_day(value).ok_or(ErrorBits::OTHER)?)),
        0x0400_1001 => meter.set_low_credit_threshold(Energy::from_hundredths_kwh(limit()?)),
        0x0400_1002 => meter.dlt645_mut().second_alarm = Some(limit()?),
        known if super::items::read(meter, own, known).is_some() => return Err(ErrorBits::OTHER),
        _ => return Err(ErrorBits::NO_DATA),
    }
    Ok(())
}

/// Only a freeze at once is known here.
fn freeze(meter: &mut Meter, when: [u8; 4]) -> Result<(), ErrorBits> {
    if when != [NO_TIME; 4] {
        return Err(ErrorBits::OTHER);
    }
    let freeze = Freeze { at: meter.clock(), import: meter.import() };
    meter.dlt645_mut().freeze(freeze);
    Ok(())
}

/// Once a day, and only when it is less than five minutes off.
fn take_time(meter: &mut Meter, time: [u8; 6]) -> Result<(), ErrorBits> {
    let time = clock::instant(time).ok_or(ErrorBits::OTHER)?;
    let today = meter.clock().date();
    let far = (time - meter.clock()).abs() > BROADCAST_REACH;
    if far || meter.dlt645().time_taken_on == Some(today) {
        return Err(ErrorBits::OTHER);
    }
    meter.set_clock(time);
    meter.dlt645_mut().time_taken_on = Some(today);
    Ok(())
}

fn control(meter: &mut Meter, order: u8, expiry: [u8; 6]) -> Result<(), ErrorBits> {
    let order = RelayOrder::from_octet(order).ok_or(ErrorBits::OTHER)?;
    if has_lapsed(meter.clock(), expiry)? {
        return Err(ErrorBits::OTHER);
    }
    match order {
        // As long as the supply is kept up, nothing opens it.
        RelayOrder::Trip if meter.is_kept_supplied() => return Err(ErrorBits::OTHER),
        RelayOrder::Trip => meter.disconnect(),
        RelayOrder::PermitClosing => meter.permit_closing(),
        RelayOrder::Close => meter.reconnect(),
        RelayOrder::AlarmOn => meter.dlt645_mut().alarm = true,
        RelayOrder::AlarmOff => meter.dlt645_mut().alarm = false,
        RelayOrder::KeepSuppliedOn => meter.keep_supplied(true),
        RelayOrder::KeepSuppliedOff => meter.keep_supplied(false),
    }
    Ok(())
}

fn has_lapsed(now: OffsetDateTime, expiry: [u8; 6]) -> Result<bool, ErrorBits> {
    if expiry == [NO_TIME; 6] {
        return Ok(false);
    }
    clock::instant(expiry).map(|until| until < now).ok_or(ErrorBits::OTHER)
}
