//! Data objects, the clock, the load switch and the limiter.

use super::{ClassId, ObisCode, names};
use crate::protocol::dlms::{Data, DateTime};
use crate::sim::display::result_number;
use crate::sim::meter::Meter;
use crate::sim::payment::CreditState;
use crate::sim::relay::OpenReason;

/// Attribute 2 of a data object.
pub(super) fn data(meter: &Meter, name: ObisCode) -> Option<Data> {
    let identity = meter.identity();
    let model = meter.model();
    Some(match name {
        names::DEVICE_NAME => octets(&identity.device_name()),
        names::SERIAL => octets(&identity.serial),
        names::MANUFACTURER => visible(&identity.manufacturer),
        names::TYPE => visible(&model.type_name),
        names::FIRMWARE => visible(meter.firmware()),
        names::INVOCATION_COUNTER => Data::UInt32(meter.invocation_counters().client),
        names::EVENT_CODE => Data::UInt8(meter.events().latest().map_or(0, |event| event.kind.number())),
        names::DISPLAY => {
            visible(&meter.last_entry().map_or_else(|| meter.display_at_rest(), |entry| entry.display.clone()))
        }
        names::TOKEN_STATE => token_state(meter),
        names::TIDS => {
            Data::Array(meter.payment().tids().tids().iter().map(|tid| Data::UInt32(tid.minutes())).collect())
        }
        names::RELAY_REASON => visible(meter.open_reason().map_or("", OpenReason::word)),
        names::TAMPER => Data::UInt16(meter.tamper().bits()),
        names::ALARMS => Data::UInt16(alarms(meter)),
        _ => return None,
    })
}

fn octets(text: &str) -> Data {
    Data::OctetString(text.as_bytes().to_vec())
}

fn visible(text: &str) -> Data {
    Data::VisibleString(text.as_bytes().to_vec())
}

fn token_state(meter: &Meter) -> Data {
    let payment = meter.payment();
    let pending = payment.pending_sections().iter().fold(0u8, |bits, section| bits | 1 << (section - 1));
    let lockout = payment.lockout_seconds(meter.now());
    Data::Structure(vec![
        Data::UInt8(pending),
        Data::UInt8(payment.last_result().map_or(0, result_number)),
        Data::UInt32(payment.tids().newest().minutes()),
        Data::UInt32(payment.tids().oldest().minutes()),
        Data::UInt16(u16::try_from(lockout).unwrap_or(u16::MAX)),
    ])
}

/// Bit 0 low credit, 1 out of credit, 2 emergency credit in use, 3 tamper, 4 over a limit, 5 token entry locked.
fn alarms(meter: &Meter) -> u16 {
    let state = meter.credit_state();
    let over_limit = matches!(meter.open_reason(), Some(OpenReason::PowerLimit | OpenReason::PhaseUnbalance));
    let bits = [
        state == CreditState::LowCredit,
        state == CreditState::OutOfCredit,
        state == CreditState::EmergencyInUse,
        meter.tamper().any(),
        over_limit,
        meter.payment().lockout_seconds(meter.now()) > 0,
    ];
    bits.iter().enumerate().fold(0, |sum, (bit, set)| sum | u16::from(*set) << bit)
}

/// The clock, in UTC.
pub(super) fn clock(meter: &Meter, attribute: u8) -> Option<Data> {
    Some(match attribute {
        2 => DateTime::from_offset(meter.clock()).to_data(),
        3 => Data::Int16(0),
        4 => Data::UInt8(0),
        5 | 6 => DateTime::UNSPECIFIED.to_data(),
        7 => Data::Int8(0),
        8 => Data::Boolean(false),
        9 => Data::Enum(1),
        _ => return None,
    })
}

/// The load switch. Control mode 4: opened and closed over the line and by the meter, closed again without a hand.
pub(super) fn relay(meter: &Meter, attribute: u8) -> Option<Data> {
    Some(match attribute {
        2 => Data::Boolean(meter.is_connected()),
        // 2: ready for reconnection, which takes a hand at the meter.
        3 if meter.waits_for_button() => Data::Enum(2),
        3 => Data::Enum(u8::from(meter.is_connected())),
        4 => Data::Enum(4),
        _ => return None,
    })
}

/// The power limit; a meter on which none was set tells its highest.
pub(super) fn limiter(meter: &Meter, attribute: u8) -> Option<Data> {
    let limit = meter.payment().limits().power_w.unwrap_or(meter.model().payment.power_limit_max_w);
    let seconds = |seconds: u32| Some(Data::UInt32(seconds));
    let action = || Data::Structure(vec![Data::OctetString(vec![0, 0, 10, 0, 106, 255]), Data::UInt16(0)]);
    match attribute {
        2 => Some(reference(ClassId::REGISTER, names::POWER)),
        3..=5 => Some(Data::UInt32(limit)),
        6 => seconds(0),
        7 => seconds(meter.model().relay.reclose_after_s),
        8 => Some(Data::Structure(vec![Data::UInt16(0), DateTime::UNSPECIFIED.to_data(), Data::UInt32(0)])),
        9 => Some(Data::Array(Vec::new())),
        10 => Some(Data::Boolean(false)),
        11 => Some(Data::Structure(vec![action(), action()])),
        _ => None,
    }
}

/// The second attribute of an object, as other objects point to it.
fn reference(class: ClassId, name: ObisCode) -> Data {
    Data::Structure(vec![Data::UInt16(class.0), Data::OctetString(name.0.to_vec()), Data::Int8(2)])
}
