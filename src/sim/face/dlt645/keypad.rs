//! The keypad protocol of STS customer units: short codes show values, tokens go in as at the keys.

use super::clock;
use crate::protocol::dlt645::{Address, Frame};
use crate::sim::meter::Meter;
use crate::sts::TokenResult;

/// Behind each good answer; its octets are not understood, only where credit and energy stand behind them.
const MARK: [u8; 7] = [0x11, 0xC3, 0x40, 0x23, 0x30, 0x00, 0x1A];

/// The answer to a frame with control code 00; `None` for other frames and for what a unit does not answer.
pub fn answer(frame: &Frame, meter: &mut Meter, own: Address) -> Option<Frame> {
    if frame.control != 0 {
        return None;
    }
    let data = match frame.data.as_slice() {
        [0x02, 0xE0, code @ ..] => code_shown(code.try_into().ok()?, meter),
        [0x01, 0xE0, token @ ..] => token_entered(token, meter),
        _ => return None,
    };
    Some(Frame { address: own, control: 0x80, data })
}

fn code_shown(code: [u8; 3], meter: &Meter) -> Vec<u8> {
    let mut data = [&[0x02, 0xE0], &code[..]].concat();
    match value(code, meter) {
        Some((descriptor, octets)) => {
            data.push(0x50);
            data.extend(descriptor.to_le_bytes());
            data.extend(octets);
            data.extend(tail(meter));
        }
        None => {
            data.extend([0x51, 0x20, 0xC3]);
            data.extend(b"45\xFF\xFFrEJECt\0\0");
        }
    }
    data
}

fn token_entered(token: &[u8], meter: &mut Meter) -> Vec<u8> {
    let mut data = vec![0x01, 0xE0, 0x00];
    let entered = meter.enter(token).ok().and_then(|()| meter.last_entry().filter(|_| !meter.is_processing()).cloned());
    match entered {
        Some(entry) if entry.result.is_taken() => {
            data.extend([0x50, 0x00, 0x75, 0xC3]);
            data.extend(hundredths(entry.credit_after.saturating_sub(entry.credit_before)));
            data.extend(tail(meter));
        }
        refused => {
            let text: &[u8; 8] = match refused.map(|entry| entry.result) {
                Some(TokenResult::UsedError) => b"UsEd\0\0\0\0",
                Some(_) => b"rEJECt\0\0",
                None => b"bUSy\0\0\0\0",
            };
            data.extend([0x0B, 0x00, 0x20, 0xC3]);
            data.extend(b"EE\xFF\xFF");
            data.extend(text);
        }
    }
    data
}

/// Descriptor and octets of what a short code shows.
fn value(code: [u8; 3], meter: &Meter) -> Option<(u16, Vec<u8>)> {
    let digits =
        |text: String| -> Vec<u8> { crate::hex::decode(&text).unwrap_or_default().into_iter().rev().collect() };
    Some(match &code {
        b"009" => (0xC362, hundredths(meter.payment().credit().available().hundredths_kwh())),
        b"004" => (0x9010, hundredths(meter.import().hundredths_kwh())),
        b"111" => {
            let volts = meter.readings().phases.first()?.voltage_dv;
            (0xC400, u16::try_from(volts).unwrap_or_default().to_le_bytes().to_vec())
        }
        b"030" => {
            let sgc = meter.payment().register().sgc.map_or(0, |sgc| sgc.number());
            (0xC00A, digits(format!("{sgc:06}")))
        }
        b"100" => {
            let number = meter.identity().pan.drn().to_string();
            let (pairs, last) = number.split_at_checked(10)?;
            let last = last.parse::<u8>().ok()?;
            (0xC004, [vec![0xFF, 0xF0 | last & 15], digits(pairs.to_owned())].concat())
        }
        b"126" => match clock::date_octets(meter.clock()).as_slice() {
            [weekday, day, month, year] => (0xC195, vec![*weekday, *year, *month, *day]),
            _ => return None,
        },
        b"127" => (0xC180, clock::time_octets(meter.clock()).into_iter().rev().collect()),
        _ => return None,
    })
}

/// Mark, twelve octets without a known meaning, then credit and total energy.
fn tail(meter: &Meter) -> Vec<u8> {
    let mut tail = [&MARK[..], &[0; 12]].concat();
    tail.extend(hundredths(meter.payment().credit().available().hundredths_kwh()));
    tail.extend(hundredths(meter.import().hundredths_kwh()));
    tail
}

/// Hundredths of a kWh, 32 bits, low octet first.
fn hundredths(value: i64) -> Vec<u8> {
    u32::try_from(value.max(0)).unwrap_or(u32::MAX).to_le_bytes().to_vec()
}
