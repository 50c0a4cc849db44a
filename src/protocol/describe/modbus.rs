//! Frames of Modbus RTU in words.

use super::Layer;
use crate::hex;
use crate::protocol::modbus::{ExceptionCode, Table, crc16};

/// Octets of a read request, or of the answer to a write, with the check.
const FIXED: usize = 8;

/// What a frame says, whose end is known from elsewhere; `None` when its check is wrong.
pub fn describe_modbus(octets: &[u8]) -> Option<Vec<Layer>> {
    let (frame, _) = octets.split_last_chunk::<2>()?;
    let &[unit, function, ref body @ ..] = frame else { return None };
    if crc16(octets) != 0 {
        return None;
    }
    let layer = |what: &str| Layer::new("modbus", format!("unit {unit}, {what}"));
    let word = |at: usize| body.get(at..)?.first_chunk::<2>().map(|pair| u16::from_be_bytes(*pair));
    let pair = |layer: Layer, second: &'static str| {
        let layer = word(0).map_or(layer.clone(), |first| layer.with("register", first));
        word(2).map_or(layer.clone(), |value| layer.with(second, value))
    };
    let registers = |octets: &[u8]| {
        let words: Vec<String> =
            octets.as_chunks::<2>().0.iter().map(|pair| format!("{:04x}", u16::from_be_bytes(*pair))).collect();
        words.join(" ")
    };
    if let Some(table) = Table::read_by(function) {
        let values = body.get(1..).unwrap_or_default();
        // Bits in three octets come in an answer as long as a request, and the same in form.
        return Some(vec![if octets.len() == FIXED && table.holds_bits() && body.first() == Some(&3) {
            layer(&format!("{}, or a request for some", table.contents())).with("octets", hex::encode_spaced(body))
        } else if octets.len() == FIXED {
            pair(layer(&format!("read {}", table.contents())), "count")
        } else if table.holds_bits() {
            layer(table.contents()).with("octets", hex::encode_spaced(values))
        } else {
            layer(table.contents()).with("values", registers(values))
        }]);
    }
    Some(vec![match function {
        5 => pair(layer("write one coil"), "value"),
        6 => pair(layer("write one register"), "value"),
        15 if octets.len() == FIXED => pair(layer("coils written"), "count"),
        15 => pair(layer("write coils"), "count").with("octets", hex::encode_spaced(body.get(5..).unwrap_or_default())),
        0x11 if body.is_empty() => layer("ask for its identification"),
        0x11 => layer("its identification").with("octets", hex::encode_spaced(body)),
        // A request has nine octets more than its values, an answer one.
        0x17 if body.first().is_some_and(|count| usize::from(*count).saturating_add(1) == body.len()) => {
            layer("registers written and read").with("values", registers(body.get(1..).unwrap_or_default()))
        }
        0x17 => pair(layer("write registers and read"), "count")
            .with("values", registers(body.get(9..).unwrap_or_default())),
        16 if octets.len() == FIXED => pair(layer("registers written"), "count"),
        16 => pair(layer("write registers"), "count").with("values", registers(body.get(5..).unwrap_or_default())),
        0x2B if octets.len() == 7 => layer("ask for its identification"),
        0x2B => layer("its identification").with("octets", hex::encode_spaced(body)),
        refused if refused & 0x80 != 0 => {
            let code = ExceptionCode::from_octet(body.first().copied().unwrap_or(0));
            layer(&format!("function {} refused", refused & 0x7F)).with("reason", code)
        }
        other => layer(&format!("function {other}")).with("octets", hex::encode_spaced(body)),
    }])
}
