//! What meters report by themselves: data and event notifications out of the bytes of a line, HDLC or the TCP wrapper,
//! deciphered and put together from segments and blocks.

mod keys;
mod values;

use std::collections::BTreeMap;

use serde::Serialize;

use super::convert;
use crate::hex;
use crate::meter::log::PushTemplate;
use crate::protocol::describe::DescribeKeys;
use crate::protocol::dlms::{
    DataNotification, DateTime, Envelope, EventNotification, GeneralBlock, InformationReport, SecurityControl,
    SystemTitle, WrapperReader, decipher_generally, general_originator, signed_content, tag, unprotect,
    unsign_generally,
};
use crate::protocol::hdlc::{Address, Control, FrameReader, LLC_REQUEST, LLC_RESPONSE, WireAddress};

/// Longest message put together from segments or blocks, in octets.
const LONGEST: usize = 0xFFFF;
/// Senders whose counters are remembered.
const MOST_SENDERS: usize = 1_024;
/// Layers of ciphering and blocks that are taken off.
const MOST_LAYERS: u32 = 8;

pub use keys::ReportKeys;
pub use values::Reported;
pub(super) use values::template_names;
use values::{named_values, unnamed};

/// A report of a meter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// `data-notification`, `event-notification` or `information-report`.
    pub kind: &'static str,
    /// Where it stood: `hdlc` or `wrapper`.
    pub framing: &'static str,
    /// The sender's address.
    pub sender: String,
    /// Its number, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The time it was made at, where it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// System title of the sender, where the report was ciphered or names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_title: Option<String>,
    /// Invocation counter of a ciphered report, by which one that is sent again can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counter: Option<u32>,
    /// What it tells.
    pub values: Vec<Reported>,
    /// Why it could not be read, or what speaks against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The octets of a report that could not be read, in hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub octets: Option<String>,
}

/// Takes reports out of bytes. Whatever comes gives some reports, and never more memory than one message takes.
#[derive(Debug, Default)]
pub struct PushReader {
    /// What the values of reports without names are of.
    templates: Vec<PushTemplate>,
    hdlc: FrameReader,
    wrapper: WrapperReader,
    /// Which of the two is spoken; `None` before the first byte.
    is_wrapper: Option<bool>,
    segments: Vec<u8>,
    blocks: Vec<u8>,
    /// Number of the last block.
    last_block: u16,
    /// System title of the last report that had one; ciphering of a single service names none.
    title: Option<SystemTitle>,
    /// The highest counter of each sender.
    counters: BTreeMap<[u8; 8], u32>,
}

impl PushReader {
    /// A reader that knows the push setups of a meter.
    pub fn with_templates(templates: Vec<PushTemplate>) -> Self {
        PushReader { templates, ..PushReader::default() }
    }

    /// Takes bytes and gives the reports that end in them.
    pub fn push(&mut self, bytes: &[u8], keys: &ReportKeys) -> Vec<Report> {
        if bytes.is_empty() {
            return Vec::new();
        }
        // The version of the wrapper is 0001; a frame of HDLC never begins so.
        let is_wrapper = *self.is_wrapper.get_or_insert(matches!(bytes, [0] | [0, 1, ..]));
        if is_wrapper { self.wrapper(bytes, keys) } else { self.hdlc(bytes, keys) }
    }

    fn wrapper(&mut self, bytes: &[u8], keys: &ReportKeys) -> Vec<Report> {
        self.wrapper.push(bytes);
        let mut reports = Vec::new();
        loop {
            match self.wrapper.next_frame() {
                Ok(Some(frame)) => {
                    let sender = frame.source.to_string();
                    reports.extend(self.apdu(&frame.apdu, ("wrapper", &sender), keys));
                }
                Ok(None) => return reports,
                Err(_) => {
                    // What follows cannot be told apart from what is lost: the next packet begins anew.
                    self.wrapper.clear();
                    return reports;
                }
            }
        }
    }

    fn hdlc(&mut self, bytes: &[u8], keys: &ReportKeys) -> Vec<Report> {
        self.hdlc.push(bytes);
        let mut messages = Vec::new();
        while let Some(frame) = self.hdlc.next_frame() {
            let carries = matches!(frame.control, Control::Information { .. } | Control::UnnumberedInformation { .. });
            if !carries || frame.information.is_empty() {
                continue;
            }
            let begins = [LLC_REQUEST, LLC_RESPONSE].iter().any(|header| frame.information.starts_with(header));
            if begins || self.segments.len().saturating_add(frame.information.len()) > LONGEST {
                self.segments.clear();
            }
            self.segments.extend_from_slice(frame.information);
            if !frame.segmented {
                messages.push((std::mem::take(&mut self.segments), sender_of(frame.source)));
            }
        }
        let mut reports = Vec::new();
        for (message, sender) in messages {
            let header = [LLC_REQUEST, LLC_RESPONSE].iter().find(|header| message.starts_with(*header));
            let apdu = message.get(header.map_or(0, |header| header.len())..).unwrap_or_default();
            reports.extend(self.apdu(apdu, ("hdlc", &sender), keys));
        }
        reports
    }

    /// The report an APDU brings to its end; `None` for a block that is not the last, and for what is no report.
    fn apdu(&mut self, apdu: &[u8], (framing, sender): (&'static str, &str), keys: &ReportKeys) -> Option<Report> {
        let mut report = Report {
            kind: "data-notification",
            framing,
            sender: sender.to_owned(),
            number: None,
            time: None,
            system_title: None,
            counter: None,
            values: Vec::new(),
            problem: None,
            octets: None,
        };
        let mut plain = apdu.to_vec();
        let (mut is_ciphered, mut is_signed) = (false, false);
        for _ in 0..MOST_LAYERS {
            // Whatever the credentials promise and the report lacks is said beside its values.
            if is_report(&plain) && report.problem.is_none() {
                let lacks = |is_there: bool, is_promised: bool, what: &str| {
                    (is_promised && !is_there).then(|| format!("{what}, though the credentials promise it"))
                };
                report.problem = lacks(is_ciphered, keys.promises_protection(), "it is not protected")
                    .or_else(|| lacks(is_signed, keys.promises_signature(), "it is not signed"));
            }
            match plain.first() {
                Some(&tag::GENERAL_BLOCK_TRANSFER) => match self.block(&plain) {
                    Ok(whole) => plain = whole?,
                    Err(problem) => return Some(unread(report, problem, &plain)),
                },
                Some(&first) if Envelope::is_protected(first) => match self.decipher(&plain, keys, &mut report) {
                    Ok(inner) => (plain, is_ciphered) = (inner, true),
                    Err(problem) => return Some(unread(report, problem, &plain)),
                },
                Some(&tag::GENERAL_CIPHERING) => match self.decipher_general(&plain, keys, &mut report) {
                    Ok(inner) => (plain, is_ciphered) = (inner, true),
                    Err(problem) => return Some(unread(report, problem, &plain)),
                },
                Some(&tag::GENERAL_SIGNING) => match unsign(&plain, keys, &mut report) {
                    Ok(inner) => (plain, is_signed) = (inner, true),
                    Err(problem) => return Some(unread(report, problem, &plain)),
                },
                Some(&tag::INFORMATION_REPORT) => {
                    report.kind = "information-report";
                    return Some(match InformationReport::from_bytes(&plain) {
                        Ok(information) => information_report(report, &information),
                        Err(error) => unread(report, error.to_string(), &plain),
                    });
                }
                Some(&tag::DATA_NOTIFICATION) => {
                    return Some(match DataNotification::from_bytes(&plain) {
                        Ok(notification) => data_report(report, &notification, &self.templates),
                        Err(error) => unread(report, error.to_string(), &plain),
                    });
                }
                Some(&tag::EVENT_NOTIFICATION) => {
                    report.kind = "event-notification";
                    return Some(match EventNotification::from_bytes(&plain) {
                        Ok(event) => event_report(report, &event),
                        Err(error) => unread(report, error.to_string(), &plain),
                    });
                }
                _ => return None,
            }
        }
        None
    }

    fn decipher(&mut self, apdu: &[u8], keys: &ReportKeys, report: &mut Report) -> Result<Vec<u8>, String> {
        let envelope = Envelope::from_bytes(apdu).map_err(|error| error.to_string())?;
        report.system_title = envelope.title.or(self.title).map(|title| title.to_string());
        let keys = &*keys.of(envelope.title.or(self.title))?;
        let control = check_protection(SecurityControl::from_octet(envelope.security_control), keys)?;
        self.title = envelope.title.or(self.title);
        let titles = [self.title, keys.server_title];
        if titles == [None, None] {
            return Err("it is ciphered and names no system title, and no report before it did".to_owned());
        }
        let opened = titles.into_iter().flatten().find_map(|title| {
            let plain = unprotect(&keys.keys, control, title, envelope.counter, envelope.content).ok()?;
            let is_read = is_report(&plain) || plain.first() == Some(&tag::GENERAL_BLOCK_TRANSFER);
            is_read.then_some((plain, title))
        });
        let (plain, title) = opened.ok_or("it does not decipher under the keys given")?;
        self.note_sender(title, envelope.counter, report);
        Ok(plain)
    }

    fn decipher_general(&mut self, apdu: &[u8], keys: &ReportKeys, report: &mut Report) -> Result<Vec<u8>, String> {
        let keys = &*keys.of(general_originator(apdu))?;
        let opened = decipher_generally(apdu, &keys.keys, &keys.general).map_err(|fault| fault.to_string())?;
        check_protection(Some(opened.control), keys)?;
        self.note_sender(opened.originator, opened.counter, report);
        Ok(opened.plain)
    }

    /// Puts sender and counter into the report. A counter that is not above the last is one of an old report.
    fn note_sender(&mut self, title: SystemTitle, counter: u32, report: &mut Report) {
        report.system_title = Some(title.to_string());
        report.counter = Some(counter);
        let last = self.counters.get(&title.0).copied();
        if last.is_some_and(|last| counter <= last) {
            report.problem =
                Some("its invocation counter is not above the last one: it may be an old report".to_owned());
        } else if last.is_some() || self.counters.len() < MOST_SENDERS {
            self.counters.insert(title.0, counter);
        }
    }

    /// Takes a block; gives the whole with the last one.
    fn block(&mut self, apdu: &[u8]) -> Result<Option<Vec<u8>>, String> {
        let block = GeneralBlock::from_bytes(apdu).map_err(|error| error.to_string())?;
        if block.number <= 1 {
            self.blocks.clear();
            self.last_block = 0;
        }
        let expected = self.last_block.saturating_add(1);
        if block.number.max(1) != expected || self.blocks.len().saturating_add(block.octets.len()) > LONGEST {
            self.blocks.clear();
            return Err(format!("block {} came instead of {expected}", block.number));
        }
        self.last_block = expected;
        self.blocks.extend_from_slice(&block.octets);
        Ok(block.last.then(|| std::mem::take(&mut self.blocks)))
    }
}

/// Whether an APDU is a report, uncovered.
fn is_report(apdu: &[u8]) -> bool {
    matches!(apdu.first(), Some(&(tag::DATA_NOTIFICATION | tag::EVENT_NOTIFICATION | tag::INFORMATION_REPORT)))
}

/// Whether a report is of the suite, and protected as well as the credentials promise.
fn check_protection(control: Option<SecurityControl>, keys: &DescribeKeys) -> Result<SecurityControl, String> {
    let control = control.filter(|control| control.suite == keys.keys.suite && !control.broadcast);
    let control = control.ok_or("its protection is of another suite, under a broadcast key, or not known")?;
    match keys.protection {
        Some(promised) if !control.protection.covers(promised) => {
            Err("it is protected less than the credentials promise".to_owned())
        }
        _ => Ok(control),
    }
}

fn sender_of(source: WireAddress) -> String {
    Address::from_wire(source).map_or_else(|| hex::encode(source.octets()), |address| address.to_string())
}

fn unread(report: Report, problem: String, octets: &[u8]) -> Report {
    Report { problem: Some(problem), octets: Some(hex::encode(octets)), ..report }
}

/// The content of a signed report. A signature that is not the sender's is refused; one that cannot be checked is told.
fn unsign(apdu: &[u8], keys: &ReportKeys, report: &mut Report) -> Result<Vec<u8>, String> {
    let (content, title) = signed_content(apdu).map_err(|error| error.to_string())?;
    report.system_title = Some(title.to_string());
    match keys.of(Some(title)) {
        Ok(keys) if keys.general.signing.is_some() => {
            unsign_generally(apdu, &keys.general).map_err(|fault| fault.to_string()).map(|(content, _)| content)
        }
        keys => {
            let missing = || "signing_key and meter_signing_key are not given".to_owned();
            let why = keys.err().unwrap_or_else(missing);
            report.problem = Some(format!("its signature is not checked: {why}"));
            Ok(content.to_vec())
        }
    }
}

fn information_report(report: Report, information: &InformationReport) -> Report {
    let values = information.values.iter();
    let values = values.map(|(name, data)| Reported { object: Some(format!("{name:04X}")), ..unnamed(data) }).collect();
    Report { time: information.time.map(|time| convert::moment(time).to_string()), values, ..report }
}

fn data_report(report: Report, notification: &DataNotification, templates: &[PushTemplate]) -> Report {
    let time = <[u8; 12]>::try_from(notification.time.as_slice()).ok().map(|octets| convert::moment(DateTime(octets)));
    Report {
        number: Some(notification.invoke & 0x00FF_FFFF),
        time: time.map(|time| time.to_string()),
        values: named_values(&notification.body, templates),
        ..report
    }
}

fn event_report(report: Report, event: &EventNotification) -> Report {
    let object = format!("{}/{}:{}", event.attribute.class.0, event.attribute.instance, event.attribute.attribute);
    let value = Reported { object: Some(object), value: convert::value(&event.value), unit: None };
    Report { time: event.time.map(|time| convert::moment(time).to_string()), values: vec![value], ..report }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::log::PushColumn;
    use crate::meter::value::Value;
    use crate::protocol::dlms::{Data, GeneralKeys, Protection, SecretKey, SuiteKeys, WrapperFrame, protect};

    fn notification(body: &Data) -> Vec<u8> {
        [&[0x0F, 0, 0, 0, 5, 0][..], &body.to_bytes()].concat()
    }

    fn wrapped(apdu: Vec<u8>) -> Vec<u8> {
        WrapperFrame { source: 1, destination: 102, apdu }.encode().unwrap()
    }

    fn name(octets: [u8; 6]) -> Data {
        Data::OctetString(octets.to_vec())
    }

    #[test]
    fn values_are_named_by_template_by_codes_and_by_none() {
        let energy = [1, 0, 1, 8, 0, 255];
        let entry = Data::Structure(vec![Data::UInt16(3), name(energy), Data::Int8(2), Data::UInt16(0)]);
        let by_template = Data::Structure(vec![Data::Array(vec![entry]), Data::UInt32(42)]);
        let scaler = Data::Structure(vec![Data::Int8(-1), Data::Enum(35)]);
        let by_codes = Data::Structure(vec![name(energy), Data::UInt32(2305), scaler.clone(), Data::UInt8(7)]);
        let in_rows = Data::Array(vec![
            Data::Structure(vec![name(energy), Data::UInt32(2305), scaler]),
            Data::Structure(vec![name([0, 0, 96, 1, 0, 255]), Data::VisibleString(b"77".to_vec())]),
        ]);
        let told = |body: &Data| {
            let report = PushReader::default().push(&wrapped(notification(body)), &ReportKeys::default()).remove(0);
            let words = report.values.iter().map(|one| {
                format!(
                    "{}={}{}",
                    one.object.clone().unwrap_or_default(),
                    one.value,
                    one.unit.clone().unwrap_or_default()
                )
            });
            words.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(told(&by_template), "3/1.0.1.8.0.255:2=42");
        assert_eq!(told(&by_codes), "1.0.1.8.0.255=230.5V =7");
        assert_eq!(told(&in_rows), "1.0.1.8.0.255=230.5V 0.0.96.1.0.255=77");
    }

    #[test]
    fn values_without_names_are_those_of_the_push_setup() {
        let column = |object: &str, scaling| PushColumn { object: object.to_owned(), scaling };
        let setup = PushTemplate {
            columns: vec![column("8/0.0.1.0.0.255:2", None), column("3/1.0.1.8.0.255:2", Some((1, "Wh")))],
        };
        let time = DateTime::from_local(time::macros::datetime!(2026-11-30 12:00)).to_data();
        let body = Data::Structure(vec![time.clone(), Data::UInt32(42)]);
        let told = |templates: Vec<PushTemplate>, body: &Data| {
            let mut reader = PushReader::with_templates(templates);
            reader.push(&wrapped(notification(body)), &ReportKeys::default()).remove(0).values
        };
        let values = told(vec![setup.clone()], &body);
        assert_eq!(values[1].object.as_deref(), Some("3/1.0.1.8.0.255:2"));
        assert_eq!((&values[1].value, values[1].unit.as_deref()), (&Value::Real(420.0), Some("Wh")));
        // A body of another length or kind, or two setups that would fit, name nothing.
        let longer = Data::Structure(vec![time.clone(), Data::UInt32(42), Data::UInt8(2)]);
        let other = Data::Structure(vec![Data::UInt32(42), time.clone()]);
        let rows = Data::Array(vec![time.clone(), time]);
        for body in [&longer, &other, &rows] {
            assert!(told(vec![setup.clone()], body).iter().all(|value| value.object.is_none()), "{body:?}");
        }
        assert!(told(vec![setup.clone(), setup], &body).iter().all(|value| value.object.is_none()));
    }

    #[test]
    fn ciphered_reports_open_and_blocks_come_together() {
        let keys = SuiteKeys::suite_0(SecretKey::new([1; 16]), SecretKey::new([2; 16]));
        let title = SystemTitle(*b"MTR00001");
        let plain = notification(&Data::UInt8(9));
        let content = protect(&keys, Protection::AuthenticatedEncryption, title, 4, &plain);
        let ciphered = Envelope {
            tag: tag::GENERAL_GLO,
            title: Some(title),
            security_control: 0x30,
            counter: 4,
            content: &content,
        }
        .to_bytes();
        let closed = PushReader::default().push(&wrapped(ciphered.clone()), &ReportKeys::default()).remove(0);
        assert!(closed.problem.unwrap().contains("no keys"), "its octets are kept: {:?}", closed.octets);
        let keys = DescribeKeys {
            keys,
            general: GeneralKeys::default(),
            protection: None,
            client_title: None,
            server_title: None,
        };
        let keys = ReportKeys::of_all(keys);
        let mut reader = PushReader::default();
        let (first, second) = ciphered.split_at(20);
        let block = |last: u8, number: u8, octets: &[u8]| {
            [&[0xE0, last, 0, number, 0, 0, octets.len() as u8][..], octets].concat()
        };
        assert!(reader.push(&wrapped(block(0, 1, first)), &keys).is_empty());
        let report = reader.push(&wrapped(block(0x80, 2, second)), &keys).remove(0);
        assert_eq!(report.values, [Reported { object: None, value: Value::Integer(9), unit: None }]);
        assert_eq!(report.system_title.as_deref(), Some("4D54523030303031"));
    }

    #[test]
    fn events_name_their_attribute() {
        let name = [0, 0, 96, 11, 0, 255];
        let apdu = [&[0xC2, 0, 0, 1][..], &name, &[2], &Data::UInt16(12).to_bytes()].concat();
        let report = PushReader::default().push(&wrapped(apdu), &ReportKeys::default()).remove(0);
        assert_eq!(report.values[0].object.as_deref(), Some("1/0.0.96.11.0.255:2"));
    }

    #[test]
    fn what_is_protected_less_than_promised_is_not_read_and_what_came_before_is_marked() {
        let suite_keys = SuiteKeys::suite_0(SecretKey::new([1; 16]), SecretKey::new([2; 16]));
        let title = SystemTitle(*b"MTR00001");
        let report = |protection: Protection, counter: u32| {
            let content = protect(&suite_keys, protection, title, counter, &notification(&Data::UInt8(9)));
            let security_control = protection.security_control(suite_keys.suite);
            let envelope =
                Envelope { tag: tag::GENERAL_GLO, title: Some(title), security_control, counter, content: &content };
            wrapped(envelope.to_bytes())
        };
        let keys = DescribeKeys {
            keys: suite_keys.clone(),
            general: GeneralKeys::default(),
            protection: Some(Protection::AuthenticatedEncryption),
            client_title: None,
            server_title: None,
        };
        let keys = ReportKeys::of_all(keys);
        let mut reader = PushReader::default();
        let mut told = |octets: Vec<u8>| reader.push(&octets, &keys).remove(0);
        let good = told(report(Protection::AuthenticatedEncryption, 5));
        assert_eq!((good.values.len(), good.counter, good.problem), (1, Some(5), None));
        let weak = told(report(Protection::Encryption, 6));
        assert!(weak.values.is_empty() && weak.problem.unwrap().contains("less"));
        let old = told(report(Protection::AuthenticatedEncryption, 5));
        assert!(old.problem.unwrap().contains("not above"));
        let plain = told(wrapped(notification(&Data::UInt8(9))));
        assert!(plain.values.len() == 1 && plain.problem.unwrap().contains("not protected"));
    }
}
