//! GBCS messages: header, alert code, and what a device answered. Nothing is verified or decrypted: that takes the
//! parties' keys.
//!
//! A message is a DLMS general-signing block (tag DF), inside a general-ciphering block (tag DD) when it carries
//! a MAC. All numbers are big-endian.

mod asn1;
mod dlms;
pub mod message_code;
pub mod payload;
mod zigbee;

use serde::Serialize;
use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

use crate::smets::identifier::Eui64;
pub use payload::{Outcome, Payload};

/// Command, response or alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// To the device.
    Command,
    /// The device's answer.
    Response,
    /// Sent by the device unasked.
    Alert,
}

/// The header of a GBCS message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Header {
    /// Command, response or alert.
    pub flag: Flag,
    /// Sender.
    pub originator: Eui64,
    /// Receiver.
    pub target: Eui64,
    /// The originator's counter; in a response that of the command it answers.
    pub counter: u64,
    /// Message code: the use case.
    #[serde(serialize_with = "hex_code")]
    pub message_code: u16,
    /// Use cases that have this message code, where they are known.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub use_cases: &'static [String],
    /// The party behind the DCC, when the message names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplementary_party: Option<Eui64>,
    /// Whether the message carries a MAC (not checked).
    pub mac: bool,
    /// Whether the message carries a signature (not checked).
    pub signed: bool,
    /// Whether it ends with its content: a command that is yet to be signed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub pre_command: bool,
    /// Bytes of content.
    pub content_length: usize,
    /// Alert code and time, when the message is an alert in a known form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert: Option<Alert>,
    /// What the device answered, when the message is a response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<Payload>,
}

/// What an alert says first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// Alert code.
    #[serde(serialize_with = "hex_code")]
    pub code: u16,
    /// When the device raised it, where the form is known.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub time: Option<OffsetDateTime>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn hex_code<S: serde::Serializer>(code: &u16, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{code:04X}"))
}

/// Why bytes are no GBCS message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GbcsError {
    /// The message ends too early.
    #[error("the GBCS message ends inside its {0}")]
    Short(&'static str),
    /// Another first byte, or a form without a public description.
    #[error("the payload starts with {0:02X}, which is no GBCS message")]
    Tag(u8),
    /// A field other than the header prescribes.
    #[error("the {0} of the GBCS message is not as prescribed")]
    Field(&'static str),
}

/// Bytes still to be read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize, what: &'static str) -> Result<&'a [u8], GbcsError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(GbcsError::Short(what))?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self, what: &'static str) -> Result<u8, GbcsError> {
        self.take(1, what)?.first().copied().ok_or(GbcsError::Short(what))
    }

    fn array<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], GbcsError> {
        self.take(N, what)?.try_into().map_err(|_| GbcsError::Short(what))
    }

    /// A length in one byte, or after 81 or 82 in one or two.
    fn length(&mut self, what: &'static str) -> Result<usize, GbcsError> {
        match self.byte(what)? {
            short @ ..=0x7f => Ok(usize::from(short)),
            0x81 => Ok(usize::from(self.byte(what)?)),
            0x82 => Ok(usize::from(u16::from_be_bytes(self.array(what)?))),
            _ => Err(GbcsError::Field(what)),
        }
    }

    fn block(&mut self, what: &'static str) -> Result<&'a [u8], GbcsError> {
        let length = self.length(what)?;
        self.take(length, what)
    }

    fn eui64(&mut self, what: &'static str) -> Result<Eui64, GbcsError> {
        let bytes = self.block(what)?;
        bytes.try_into().map(Eui64).map_err(|_| GbcsError::Field(what))
    }
}

/// Reads the header, and the alert code when it is an alert.
///
/// # Errors
/// [`GbcsError`] when the bytes are no GBCS message.
pub fn parse(message: &[u8]) -> Result<Header, GbcsError> {
    match message.split_first() {
        Some((0xdf, rest)) => signing(rest, false),
        Some((0xdd, rest)) => {
            let mut reader = Reader(rest);
            if reader.take(6, "MAC header")?.iter().any(|byte| *byte != 0) {
                return Err(GbcsError::Field("MAC header"));
            }
            let mut inner = Reader(reader.block("ciphered block")?);
            inner.take(5, "security header")?;
            match inner.byte("grouping header")? {
                0xdf => signing(inner.0, true),
                tag => Err(GbcsError::Tag(tag)),
            }
        }
        Some((tag, _)) => Err(GbcsError::Tag(*tag)),
        None => Err(GbcsError::Short("first byte")),
    }
}

/// The part of a message without a MAC that a signature is made over, and goes before: everything up to the end of the content.
///
/// # Errors
/// [`GbcsError`] when the bytes are no GBCS message of this form.
pub fn to_be_signed(message: &[u8]) -> Result<&[u8], GbcsError> {
    let mut reader = match message.split_first() {
        Some((0xdf, rest)) => Reader(rest),
        Some((tag, _)) => return Err(GbcsError::Tag(*tag)),
        None => return Err(GbcsError::Short("first byte")),
    };
    for field in ["transaction ID", "originator", "target", "date and time", "other information", "content"] {
        reader.block(field)?;
    }
    let length = message.len().saturating_sub(reader.0.len());
    message.get(..length).ok_or(GbcsError::Short("content"))
}

/// The general-signing block behind its tag; `mac` when twelve bytes of MAC follow it.
fn signing(bytes: &[u8], mac: bool) -> Result<Header, GbcsError> {
    let mut reader = Reader(bytes);
    let transaction: [u8; 9] =
        reader.block("transaction ID")?.try_into().map_err(|_| GbcsError::Field("transaction ID"))?;
    let [flag, counter @ ..] = transaction;
    let flag = match flag {
        1 => Flag::Command,
        2 => Flag::Response,
        3 => Flag::Alert,
        _ => return Err(GbcsError::Field("command, response or alert flag")),
    };
    let originator = reader.eui64("originator")?;
    let target = reader.eui64("target")?;
    reader.block("date and time")?;
    let mut other = Reader(reader.block("other information")?);
    let message_code = u16::from_be_bytes(other.array("message code")?);
    // A party and its counter, where there is one behind the DCC.
    let supplementary_party = other.array("supplementary party").ok().map(Eui64);
    let content = reader.block("content")?;
    // A pre-command ends here or in a signature of no length: the party that asked for it adds the signature.
    let pre_command = matches!(reader.0, [] | [0]) && !mac && flag == Flag::Command;
    let signed = !pre_command && {
        let length = reader.length("signature")?;
        length > 0 && reader.take(length, "signature")?.len() == length
    };
    let alert = if flag == Flag::Alert { alert(content) } else { None };
    Ok(Header {
        flag,
        originator,
        target,
        counter: u64::from_be_bytes(counter),
        message_code,
        supplementary_party,
        use_cases: message_code::find(message_code).map(|known| known.use_cases.as_slice()).unwrap_or_default(),
        mac,
        signed,
        pre_command,
        content_length: content.len(),
        alert,
        payload: (flag == Flag::Response).then(|| Payload::of_response(message_code, content)),
    })
}

/// The alert code in a DLMS data notification, a GBZ alert or an ASN.1 sequence.
fn alert(content: &[u8]) -> Option<Alert> {
    match content {
        // Data notification: four bytes of invoke ID, no date, a structure whose first member is the code.
        [0x0f, _, _, _, _, 0, 2, _, 0x12, high, low, rest @ ..] => {
            let time = match rest {
                [9, 12, time @ ..] => time.first_chunk().and_then(cosem_time),
                _ => None,
            };
            Some(Alert { code: u16::from_be_bytes([*high, *low]), time })
        }
        // GBZ: profile 0109, number of components, code, seconds since 2000.
        [0x01, 0x09, _, high, low, rest @ ..] => {
            let time = rest.first_chunk().and_then(|seconds| zigbee_time(u32::from_be_bytes(*seconds)));
            Some(Alert { code: u16::from_be_bytes([*high, *low]), time })
        }
        [0x30, ..] => asn1_alert(content),
        _ => None,
    }
}

/// The first integer of a sequence, when it fits an alert code.
fn asn1_alert(content: &[u8]) -> Option<Alert> {
    let mut sequence = Reader(content.get(1..)?);
    let mut members = Reader(sequence.block("sequence").ok()?);
    if members.byte("integer").ok()? != 2 {
        return None;
    }
    let code = match members.block("integer").ok()? {
        [0, high, low] | [high, low] => u16::from_be_bytes([*high, *low]),
        _ => return None,
    };
    let time = (members.byte("time") == Ok(0x18)).then(|| members.block("time").ok()).flatten();
    Some(Alert { code, time: time.and_then(generalized_time) })
}

/// `20300115090000Z` of ASN.1.
fn generalized_time(text: &[u8]) -> Option<OffsetDateTime> {
    const FORM: &[time::format_description::BorrowedFormatItem<'_>] =
        time::macros::format_description!("[year][month][day][hour][minute][second]Z");
    let text = std::str::from_utf8(text).ok()?;
    time::PrimitiveDateTime::parse(text, FORM).ok().map(time::PrimitiveDateTime::assume_utc)
}

/// Year, month, day, weekday, hour, minute, second, hundredths, deviation from UTC in minutes, status. GBCS devices
/// keep UTC and leave the deviation undefined (8000 hex).
fn cosem_time(bytes: &[u8; 12]) -> Option<OffsetDateTime> {
    let [year_high, year_low, month, day, _, hour, minute, second, _, deviation_high, deviation_low, _] = *bytes;
    let year = i32::from(u16::from_be_bytes([year_high, year_low]));
    let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
    let time = Time::from_hms(hour, minute, second).ok()?;
    let deviation = i16::from_be_bytes([deviation_high, deviation_low]);
    let offset = if deviation == i16::MIN { 0 } else { i32::from(deviation).checked_neg()?.checked_mul(60)? };
    let offset = UtcOffset::from_whole_seconds(offset).ok()?;
    Some(date.with_time(time).assume_offset(offset).to_offset(UtcOffset::UTC))
}

/// 2000-01-01 00:00:00 UTC in seconds since 1970: ZigBee counts from there.
pub(super) const YEAR_2000: i64 = 946_684_800;

/// Seconds since the start of 2000, UTC; all ones is no time.
fn zigbee_time(seconds: u32) -> Option<OffsetDateTime> {
    if seconds == u32::MAX {
        return None;
    }
    OffsetDateTime::from_unix_timestamp(YEAR_2000.checked_add(i64::from(seconds))?).ok()
}

#[cfg(test)]
mod tests;
