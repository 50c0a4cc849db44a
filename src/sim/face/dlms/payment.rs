//! Account, credit, charge, token gateway and the STS key register: classes 111, 112, 113, 115 and 116.

use super::{ObisCode, names};
use crate::protocol::dlms::{BitString, ClassId, Data, DateTime};
use crate::sim::display::result_number;
use crate::sim::energy::Energy;
use crate::sim::meter::Meter;
use crate::sim::payment::CreditState;

/// Type of a credit that tokens fill.
const TOKEN_CREDIT_TYPE: u8 = 0;
/// Type of a credit that is lent in an emergency.
const EMERGENCY_CREDIT_TYPE: u8 = 2;

fn hundredths(amount: Energy) -> Data {
    Data::Int32(i32::try_from(amount.hundredths_kwh()).unwrap_or(i32::MAX))
}

fn name(name: ObisCode) -> Data {
    Data::OctetString(name.0.to_vec())
}

fn bits<const N: usize>(set: [bool; N]) -> Data {
    Data::BitString(BitString::from_bits(&set))
}

/// The account, in hundredths of a kWh.
pub(super) fn account(meter: &Meter, attribute: u8) -> Option<Data> {
    let credit = meter.payment().credit();
    let lends = meter.model().credit.emergency > 0;
    let debt = (-credit.available()).max(Energy::ZERO);
    Some(match attribute {
        // Prepayment mode, active account.
        2 => Data::Structure(vec![Data::Enum(2), Data::Enum(2)]),
        3 => Data::UInt8(u8::from(!credit.emergency_chosen())),
        4 => status_bits(meter),
        5 => hundredths(credit.available().max(Energy::ZERO)),
        6 | 8 => hundredths(debt),
        7 | 17 => Data::Int32(0),
        9 if lends => Data::Array(vec![name(names::TOKEN_CREDIT), name(names::EMERGENCY_CREDIT)]),
        9 => Data::Array(vec![name(names::TOKEN_CREDIT)]),
        10 => Data::Array(vec![name(names::CHARGE)]),
        11 => Data::Array(vec![Data::Structure(vec![
            name(names::TOKEN_CREDIT),
            name(names::CHARGE),
            bits([false, false, false]),
        ])]),
        12 => Data::Array(vec![Data::Structure(vec![name(names::TOKEN_CREDIT), Data::UInt8(100)])]),
        13 => DateTime::from_offset(meter.model().manufactured).to_data(),
        14 => DateTime::UNSPECIFIED.to_data(),
        // Hundredths of a kWh, a consumption.
        15 => Data::Structure(vec![Data::Utf8String(b"kWh".to_vec()), Data::Int8(-2), Data::Enum(1)]),
        16 => hundredths(credit.low_threshold()),
        18 => Data::UInt16(0),
        19 => Data::Int32(0),
        _ => return None,
    })
}

/// In credit, low credit, next credit enabled, selectable, selected, in use, out of credit, reserved.
fn status_bits(meter: &Meter) -> Data {
    let state = meter.credit_state();
    let credit = meter.payment().credit();
    let selectable = credit.emergency_selectable(&meter.model().credit);
    bits([
        matches!(state, CreditState::InCredit | CreditState::LowCredit),
        state == CreditState::LowCredit,
        meter.model().credit.emergency > 0,
        selectable,
        credit.emergency_chosen(),
        state == CreditState::EmergencyInUse,
        state == CreditState::OutOfCredit,
        false,
    ])
}

/// One of the two credits.
pub(super) fn credit(meter: &Meter, object: ObisCode, attribute: u8) -> Option<Data> {
    let credit = meter.payment().credit();
    let rule = &meter.model().credit;
    let emergency = object == names::EMERGENCY_CREDIT;
    let lent = Energy::from_hundredths_kwh(rule.emergency);
    let zero = Energy::ZERO;
    let amount = match emergency {
        false => credit.available().max(zero),
        true if credit.emergency_chosen() => lent - (-credit.available()).max(zero),
        true => lent,
    };
    Some(match attribute {
        2 => hundredths(amount),
        3 => Data::Enum(if emergency { EMERGENCY_CREDIT_TYPE } else { TOKEN_CREDIT_TYPE }),
        4 => Data::UInt8(if emergency { 2 } else { 1 }),
        5 => hundredths(if emergency { zero } else { credit.low_threshold() }),
        6 | 10 => Data::Int32(0),
        // Needs confirmation, for the lent credit; visual warning.
        7 => bits([true, emergency, emergency, !emergency, false]),
        8 => Data::Enum(credit_status(meter, emergency)),
        9 => hundredths(if emergency { lent } else { zero }),
        11 => DateTime::UNSPECIFIED.to_data(),
        _ => return None,
    })
}

/// 0 enabled, 1 selectable, 2 selected, 3 in use, 4 exhausted.
fn credit_status(meter: &Meter, emergency: bool) -> u8 {
    let credit = meter.payment().credit();
    let state = meter.credit_state();
    match emergency {
        false if credit.available() <= Energy::ZERO => 4,
        false => 3,
        true if credit.emergency_chosen() && state == CreditState::OutOfCredit => 4,
        true if state == CreditState::EmergencyInUse => 3,
        true if credit.emergency_chosen() => 2,
        true if credit.emergency_selectable(&meter.model().credit) => 1,
        true => 0,
    }
}

/// The charge for consumption: one hundredth of a kWh of credit for each of energy.
pub(super) fn charge(meter: &Meter, attribute: u8) -> Option<Data> {
    let unit_charge = || {
        let import = vec![Data::UInt16(ClassId::REGISTER.0), name(names::IMPORT), Data::Int8(2)];
        let row = vec![Data::OctetString(Vec::new()), Data::Int16(1)];
        Data::Structure(vec![
            Data::Structure(vec![Data::Int8(1), Data::Int8(-2)]),
            Data::Structure(import),
            Data::Array(vec![Data::Structure(row)]),
        ])
    };
    Some(match attribute {
        2 => hundredths(meter.import()),
        // Consumption based collection.
        3 => Data::Enum(0),
        4 => Data::UInt8(1),
        5 | 6 => unit_charge(),
        7 => DateTime::from_offset(meter.model().manufactured).to_data(),
        8 => Data::UInt32(0),
        9 => bits([false, true]),
        10 => DateTime::from_offset(meter.clock()).to_data(),
        11 | 12 => Data::Int32(0),
        13 => Data::UInt16(0),
        _ => return None,
    })
}

/// The token gateway: token, its time, the result word, and class 115's status with the result number in eight bits.
pub(super) fn token_gateway(meter: &Meter, attribute: u8) -> Option<Data> {
    let status = meter.gateway_status();
    let judged = meter.last_entry().filter(|_| !meter.is_processing());
    Some(match attribute {
        2 => Data::OctetString(meter.token_in_gateway().to_vec()),
        3 => DateTime::from_offset(meter.gateway_time()).to_data(),
        4 => Data::Array(
            judged.map(|entry| Data::OctetString(entry.result.word().as_bytes().to_vec())).into_iter().collect(),
        ),
        // Delivered over the line.
        5 => Data::Enum(0),
        6 => {
            let number = judged.map_or(0, |entry| result_number(entry.result));
            let detail = Data::BitString(BitString::new(vec![number], 8));
            Data::Structure(vec![Data::Enum(status.map_or(0, |status| status.number())), detail])
        }
        _ => return None,
    })
}

/// Class 116: the meter's number and its key register.
pub(super) fn sts_attributes(meter: &Meter, attribute: u8) -> Option<Data> {
    let pan = meter.identity().pan;
    let register = meter.payment().register();
    // 2: a numeric keypad.
    const NUMERIC_KEYPAD: u8 = 2;
    Some(match attribute {
        2 => Data::Structure(vec![
            Data::UInt32(pan.iin().code().parse().unwrap_or(0)),
            Data::UInt64(pan.drn().number()),
            Data::UInt8(pan.check_digit()),
        ]),
        3 => Data::VisibleString(b"ELECTRICITY".to_vec()),
        4 => Data::Array(vec![Data::UInt8(NUMERIC_KEYPAD)]),
        5 => Data::UInt8(register.algorithm().code().parse().unwrap_or(0)),
        6 => Data::UInt32(register.sgc.map_or(0, |sgc| sgc.number())),
        7 => Data::UInt8(register.ti.number()),
        8 => Data::UInt8(register.krn.number()),
        9 => Data::UInt8(register.kt.number()),
        10 => Data::UInt8(register.ken.number()),
        11 => Data::UInt8(register.sections(&meter.model().payment)),
        12 => Data::VisibleString(meter.model().payment.certificate.as_bytes().to_vec()),
        _ => return None,
    })
}
