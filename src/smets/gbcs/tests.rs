use super::*;
use proptest::prelude::*;
use time::macros::datetime;

const METER: [u8; 8] = [0x00, 0xdb, 0x12, 0x34, 0x56, 0x78, 0x90, 0xa0];
const SUPPLIER: [u8; 8] = [0x90, 0xb3, 0xd5, 0x1f, 0x30, 0x01, 0x00, 0x00];

/// A general-signing block with this flag, other information and content.
fn signing_block(flag: u8, other: &[u8], content: &[u8], signature: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xdf, 9, flag, 0, 0, 0, 1, 0, 0, 0, 7, 8];
    bytes.extend(METER);
    bytes.push(8);
    bytes.extend(SUPPLIER);
    bytes.extend([0, other.len() as u8]);
    bytes.extend(other);
    bytes.push(content.len() as u8);
    bytes.extend(content);
    bytes.push(signature.len() as u8);
    bytes.extend(signature);
    bytes
}

fn with_mac(signing: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xdd, 0, 0, 0, 0, 0, 0, (signing.len() + 17) as u8, 0x11, 0, 0, 0, 0];
    bytes.extend(signing);
    bytes.extend([0xaa; 12]);
    bytes
}

const DLMS_ALERT: [u8; 25] =
    [0x0f, 0, 0, 0, 1, 0, 2, 2, 0x12, 0x8f, 0x36, 9, 12, 0x07, 0xe6, 6, 16, 4, 16, 34, 15, 0, 0x80, 0, 0];

#[test]
fn a_response_under_mac() {
    let header = parse(&with_mac(&signing_block(2, &[0x00, 0x59], &[0xda, 0x20], &[]))).expect("a message");
    assert_eq!((header.flag, header.message_code, header.counter), (Flag::Response, 0x59, 0x1_0000_0007));
    assert_eq!((header.originator, header.target), (Eui64(METER), Eui64(SUPPLIER)));
    assert_eq!((header.mac, header.signed, header.content_length, header.alert), (true, false, 2, None));
}

#[test]
fn a_signed_dlms_alert() {
    let header = parse(&signing_block(3, &[0x01, 0x00], &DLMS_ALERT, &[0x55; 64])).expect("a message");
    assert!(header.signed && !header.mac);
    assert_eq!(header.alert, Some(Alert { code: 0x8f36, time: Some(datetime!(2022-06-16 16:34:15 UTC)) }));
}

#[test]
fn a_gbz_alert_and_an_asn1_alert() {
    let gbz = signing_block(3, &[0, 0x8b], &[1, 9, 1, 0x81, 0x9d, 0x00, 0x00, 0x0e, 0x10], &[]);
    assert_eq!(
        parse(&gbz).expect("a message").alert,
        Some(Alert { code: 0x819d, time: Some(datetime!(2000-01-01 01:00:00 UTC)) })
    );
    let asn1 = signing_block(3, &[0, 0xcb], &[0x30, 5, 2, 3, 0, 0x8f, 0x66], &[]);
    assert_eq!(parse(&asn1).expect("a message").alert, Some(Alert { code: 0x8f66, time: None }));
    let mut content = vec![0x30, 22, 2, 3, 0, 0x8f, 0x67, 0x18, 15];
    content.extend(b"20300115090000Z");
    let dated = parse(&signing_block(3, &[0, 0xcb], &content, &[])).expect("a message").alert;
    assert_eq!(dated, Some(Alert { code: 0x8f67, time: Some(datetime!(2030-01-15 09:00 UTC)) }));
}

/// Outcome and refusals of a response with this message code and content.
fn answered(code: u16, content: &str) -> (Outcome, String) {
    let content = crate::hex::decode(content).expect("hex");
    let message = with_mac(&signing_block(2, &code.to_be_bytes(), &content, &[]));
    let payload = parse(&message).expect("a message").payload.expect("a response");
    (payload.outcome, payload.refusals())
}

#[test]
fn a_devices_refusal_is_told_in_every_form() {
    for (code, content) in [
        // DLMS: get, set and action results.
        (0x0062, "da200003ea000005000000000005020003000300010101fa"),
        (0x004c, "da200003ea00000100010201"),
        (0x0001, "da20000517000003000000030300020102fa"),
        // ZigBee: default response, attributes read and written, top-up, clearing of a log.
        (0x0086, "010901010705000508000b05c0"),
        (0x0084, "01090101070200060800010602c0"),
        (0x006e, "010903000705000508000b0200000705000508010b02c0010705000508020bff01"),
        (0x0097, "010901010705000d09000301ffffffff00ffffffff"),
        (0x0015, "010901010709000409000200"),
        // ASN.1: joining, clock, firmware, devices, credentials.
        (0x000d, "020103"),
        (0x007f, "3014180f32303135303130313030303030305a020102"),
        (0x0129, "3009040400000000020101"),
        (0x0012, "300902010104040123abcf"),
        (0x0013, "3003020101"),
        (0x0008, "302f30250201040a0100020100301a301803020308040890b3d51f3000000204084a9ce02c39ab910b30060201030a0119"),
    ] {
        let (outcome, refusals) = answered(code, content);
        assert!(outcome == Outcome::Refused && !refusals.is_empty(), "{code:04X}: {outcome:?}");
    }
    assert_eq!(answered(0x004c, "da200003ea00000100010201").1, "item 1, set: hardware fault (01)");
}

#[test]
fn what_was_done_taken_for_later_not_found_or_is_encrypted_is_told_apart() {
    for (code, content, outcome) in [
        (0x0062, "da200003e8000005000000090c07ea0b1502080000008000ff11000502000300030001000100", Outcome::Done),
        (0x0086, "010901010705000508000b0500", Outcome::Done),
        (0x000d, "020100", Outcome::Done),
        (0x0097, "010901010705000d09000300d012130000c0aa7f01", Outcome::Done),
        (0x0012, "0500", Outcome::FutureDated),
        (0x0102, "30020500", Outcome::FutureDated),
        (0x0014, "010901010709000508000b008b", Outcome::NotFound),
        (0x0074, "01090103070200120000180001000a3100000000112233445566", Outcome::Encrypted),
        (0x0062, "da200003ea0000050000", Outcome::NotRead),
        (0x0062, "ff", Outcome::NotRead),
        (0x000d, "0201", Outcome::NotRead),
    ] {
        assert_eq!(answered(code, content).0, outcome, "{code:04X} {content}");
    }
}

#[test]
fn values_and_logs_in_the_clear_are_shown() {
    let read = |code: u16, content: &str| {
        let message = signing_block(2, &code.to_be_bytes(), &crate::hex::decode(content).expect("hex"), &[]);
        parse(&message).expect("a message").payload.expect("a response")
    };
    let value = |payload: Payload| payload.values.first().map(|value| (value.name, value.value.clone()));
    let firmware = |version: &str| Some(("firmware_version", version.to_owned()));
    assert_eq!(value(read(0x0059, "da200003e8000001090401a2b3c4010100")), firmware("01A2B3C4"));
    assert_eq!(value(read(0x0084, "010901010702000c08000106020041040123abcd")), firmware("0123ABCD"));
    assert_eq!(value(read(0x0129, "300904040123abcd020100")), firmware("0123ABCD"));
    assert_eq!(value(read(0x0052, "da200003e80000011601010100")), Some(("supply_state", "enabled".to_owned())));
    assert_eq!(
        value(read(0x0082, "010901010702000e0800010502002164001400003002")),
        Some(("supply_state", "enabled".to_owned()))
    );
    let devices = read(0x0004, "da20000514000001010102020908 00db1234567890a0 1101 010100".replace(' ', "").as_str());
    assert_eq!(value(devices), Some(("device", "00-DB-12-34-56-78-90-A0".to_owned())));
    let gas = read(
        0x0014,
        "01090101070900 1a 190001 0200000100 031f8f00f9351c00 03458121 01361c02009b".replace(' ', "").as_str(),
    );
    let codes: Vec<_> = gas.log.iter().map(|entry| (entry.code.as_str(), entry.at)).collect();
    assert_eq!(
        codes,
        [("8F1F", Some(datetime!(2014-12-31 0:00:00 UTC))), ("8145", Some(datetime!(2014-12-31 0:34:41 UTC)))]
    );
    assert_eq!(gas.told().as_deref(), Some("2 entries of the log, the last 8145 of 2014-12-31"));
    let log = read(0x0048, "da200003e8000001130203061209091c35f9008f0102009b010100").log;
    assert_eq!(log.len(), 1, "{log:?}");
    assert_eq!((log[0].code.as_str(), log[0].at), ("8F01", Some(datetime!(2014-12-31 0:00:00 UTC))));
}

#[test]
fn a_pre_command_ends_with_its_content_or_a_signature_of_no_length() {
    let mut message = signing_block(1, &[0x00, 0x50], &[0xd9, 1, 2], &[]);
    assert!(parse(&message).expect("a message").pre_command);
    let signed = signing_block(1, &[0x00, 0x50], &[0xd9, 1, 2], &[7; 64]);
    assert_eq!(to_be_signed(&message), to_be_signed(&signed));
    message.pop();
    assert_eq!(to_be_signed(&message), Ok(message.as_slice()));
    let header = parse(&message).expect("a pre-command");
    assert!(header.pre_command && !header.signed);
    assert_eq!(header.use_cases, ["ECS43"]);
    // A response has to go on.
    let mut response = signing_block(2, &[0x00, 0x50], &[0xda], &[]);
    response.pop();
    assert_eq!(parse(&response), Err(GbcsError::Short("signature")));
}

#[test]
fn the_party_behind_the_dcc_is_named() {
    let mut other = vec![0x00, 0x59];
    other.extend([1, 2, 3, 4, 5, 6, 7, 8]);
    let header = parse(&signing_block(1, &other, &[], &[])).expect("a message");
    assert_eq!(header.supplementary_party, Some(Eui64([1, 2, 3, 4, 5, 6, 7, 8])));
}

#[test]
fn every_cut_is_an_error_and_none_is_a_panic() {
    for message in
        [with_mac(&signing_block(3, &[0, 1], &DLMS_ALERT, &[])), signing_block(3, &[0, 1], &DLMS_ALERT, &[1; 64])]
    {
        // A MAC is not looked at.
        let least = message.len() - if message[0] == 0xdd { 64 } else { 0 };
        for length in 0..least {
            assert!(parse(&message[..length]).is_err(), "{length}");
        }
    }
    assert_eq!(parse(&[0xe6, 0xe7]), Err(GbcsError::Tag(0xe6)));
    assert_eq!(parse(&[0xdd, 1, 0, 0, 0, 0, 0]), Err(GbcsError::Field("MAC header")));
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
        let mut block = signing_block(3, &[0, 1], bytes.get(..100).unwrap_or(&bytes), &[]);
        let _ = parse(&block);
        for (to, from) in block.iter_mut().skip(28).zip(&bytes) {
            *to = *from;
        }
        let _ = parse(&block);
    }
}
