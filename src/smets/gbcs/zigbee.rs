//! ZigBee cluster frames of gas meters and of prepayment, tunnelled in GBCS (profile 0109).

use super::Reader;
use super::payload::{ItemResult, NamedValue, Outcome, Payload, log_entry};

/// Firmware version of a gas meter.
const FIRMWARE: u16 = 0x0084;
/// Supply state of a gas meter: an attribute of the metering cluster.
const SUPPLY_STATE: (u16, u16) = (0x0702, 0x0014);
/// Event and security log of a gas meter.
const LOGS: [u16; 2] = [0x0014, 0x00A1];

/// Status of a command that found nothing.
const NOT_FOUND: u8 = 0x8b;

/// One frame of a message.
struct Frame<'a> {
    cluster: u16,
    encrypted: bool,
    /// Whether the command is one of the cluster, not of every cluster.
    of_cluster: bool,
    command: u8,
    body: &'a [u8],
}

/// Reads the frames behind the profile number.
pub(super) fn frames(code: u16, bytes: &[u8]) -> Payload {
    match read(bytes) {
        Some(frames) => summary(code, &frames),
        None => Payload::only(Outcome::NotRead),
    }
}

/// Number of frames, then of each: control, cluster, length, and, where it is encrypted, two octets more.
fn read(bytes: &[u8]) -> Option<Vec<Frame<'_>>> {
    let mut reader = Reader(bytes);
    let count = reader.byte("frames").ok()?;
    let mut frames = Vec::new();
    for _ in 0..count {
        let control = reader.byte("control").ok()?;
        let cluster = u16::from_be_bytes(reader.array("cluster").ok()?);
        let length = usize::from(u16::from_be_bytes(reader.array("length").ok()?));
        let mut frame = Reader(reader.take(length, "frame").ok()?);
        let encrypted = control & 2 != 0;
        if encrypted {
            frame.take(2, "security").ok()?;
        }
        let frame_control = frame.byte("frame control").ok()?;
        frame.byte("sequence").ok()?;
        let command = frame.byte("command").ok()?;
        frames.push(Frame { cluster, encrypted, of_cluster: frame_control & 3 == 1, command, body: frame.0 });
    }
    reader.0.is_empty().then_some(frames)
}

fn summary(code: u16, frames: &[Frame<'_>]) -> Payload {
    let mut payload = Payload::only(Outcome::Done);
    for (item, frame) in (1..).zip(frames) {
        if frame.encrypted {
            continue;
        }
        for (part, status) in statuses(frame) {
            let refused = status != NOT_FOUND;
            payload.results.push(ItemResult {
                item,
                part,
                code: format!("{status:02X}"),
                meaning: meaning(status).to_owned(),
                refused,
            });
        }
        values(code, frame, &mut payload);
    }
    // What is encrypted beside a refusal changes nothing about it; beside "not found" it is the data.
    payload.outcome = match payload.results.iter().map(|result| result.refused).max() {
        Some(true) => Outcome::Refused,
        _ if frames.iter().any(|frame| frame.encrypted) => Outcome::Encrypted,
        Some(false) => Outcome::NotFound,
        None => Outcome::Done,
    };
    payload
}

/// What in a frame is no success, with its status.
fn statuses(frame: &Frame<'_>) -> Vec<(String, u8)> {
    let cluster = frame.cluster;
    match (frame.of_cluster, frame.command, frame.body) {
        // Default response: the command it answers, and a status.
        (false, 0x0b, [command, status, ..]) if *status != 0 => {
            vec![(format!("command {command:02X} of cluster {cluster:04X}"), *status)]
        }
        (false, 0x01, body) => {
            let unread = |(number, read): (u16, Result<&[u8], u8>)| {
                read.err().map(|status| (format!("attribute {number:04X} of cluster {cluster:04X}"), status))
            };
            attributes(body).into_iter().filter_map(unread).collect()
        }
        // Write attributes: one status 0, or of each that was not written its status and number.
        (false, 0x04, [0]) => Vec::new(),
        (false, 0x04, records) => {
            let failed = |record: &[u8]| match record {
                [status, low, high] if *status != 0 => {
                    Some((format!("attribute {high:02X}{low:02X} of cluster {cluster:04X}"), *status))
                }
                _ => None,
            };
            records.chunks(3).filter_map(failed).collect()
        }
        // Consumer top-up: the first octet is its result.
        (true, 0x03, [result, ..]) if cluster == 0x0705 && *result != 0 => vec![("top-up".to_owned(), *result)],
        // Fast polling: FFFF is no period.
        (true, 0x0d, [0xff, 0xff]) if cluster == 0x0702 => vec![("fast polling".to_owned(), 1)],
        // Clearing a log: the bits of the logs that were cleared.
        (true, 0x02, [0]) if cluster == 0x0709 => vec![("clearing of the log".to_owned(), 1)],
        _ => Vec::new(),
    }
}

/// The attributes of a read, each with its value or the status that stands for none: number, status, and of those that
/// were read, type and value. The list ends where a type is not known here; what follows is left alone.
fn attributes(bytes: &[u8]) -> Vec<(u16, Result<&[u8], u8>)> {
    let mut found = Vec::new();
    let mut reader = Reader(bytes);
    while let Ok(number) = reader.array("attribute").map(u16::from_le_bytes) {
        match reader.byte("status") {
            Ok(0) => {
                let Some(length) = reader.byte("type").ok().and_then(|kind| value_length(kind, reader.0)) else {
                    break;
                };
                let Ok(value) = reader.take(length, "value") else { break };
                found.push((number, Ok(value)));
            }
            Ok(status) => found.push((number, Err(status))),
            Err(_) => break,
        }
    }
    found
}

/// Octets of a value of a ZigBee type, its own length field included.
fn value_length(kind: u8, value: &[u8]) -> Option<usize> {
    Some(match kind {
        0x08..=0x0f => usize::from(kind - 0x07),
        0x10 | 0x30 => 1,
        0x18..=0x1f => usize::from(kind - 0x17),
        0x20..=0x27 => usize::from(kind - 0x1f),
        0x28..=0x2f => usize::from(kind - 0x27),
        0x31 => 2,
        0x38 => 2,
        0x39 => 4,
        0x3a => 8,
        0x41 | 0x42 => usize::from(*value.first()?).checked_add(1)?,
        0xe0..=0xe2 => 4,
        0xf0 => 8,
        _ => return None,
    })
}

fn values(code: u16, frame: &Frame<'_>, payload: &mut Payload) {
    match (code, frame.body) {
        (FIRMWARE, [_, _, 0, 0x41, 4, version @ ..]) if version.len() == 4 => {
            let value = crate::hex::encode(version).to_uppercase();
            payload.values.push(NamedValue { name: "firmware_version", value });
        }
        _ if (frame.of_cluster, frame.command, frame.cluster) == (false, 0x01, SUPPLY_STATE.0) => {
            let state = attributes(frame.body).into_iter().find(|(number, _)| *number == SUPPLY_STATE.1);
            let value = match state {
                Some((_, Ok([0]))) => "disabled",
                Some((_, Ok([1]))) => "armed",
                Some((_, Ok([2]))) => "enabled",
                _ => return,
            };
            payload.values.push(NamedValue { name: "supply_state", value: value.to_owned() });
        }
        // Total (two octets), command index and count, control, then of each entry: log, code, seconds, length of its
        // data.
        (code, [_, _, _, _, _, entries @ ..]) if LOGS.contains(&code) && frame.of_cluster => {
            let mut reader = Reader(entries);
            while let (Ok(_), Ok(event), Ok(seconds)) =
                (reader.byte("log"), reader.array::<2>("event"), reader.array::<4>("time"))
            {
                payload.log.push(log_entry(u32::from_le_bytes(seconds), u16::from_le_bytes(event)));
                let data = reader.byte("data").map(usize::from).unwrap_or_default();
                if reader.take(data, "data").is_err() {
                    break;
                }
            }
        }
        _ => {}
    }
}

/// What a ZigBee status means.
const fn meaning(status: u8) -> &'static str {
    match status {
        0x01 => "failure",
        0x7e => "not authorised",
        0x80 => "malformed command",
        0x81 | 0x82 => "command not supported",
        0x85 => "invalid field",
        0x86 => "attribute not supported",
        0x87 => "invalid value",
        0x88 => "read only",
        0x89 => "insufficient space",
        0x8a => "duplicate exists",
        NOT_FOUND => "not found",
        0x8d => "invalid data type",
        0x94 => "time-out",
        0xc0 => "hardware failure",
        0xc1 => "software failure",
        _ => "refused",
    }
}
