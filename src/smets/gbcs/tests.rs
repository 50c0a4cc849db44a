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
        let least = message.len() - 64;
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
