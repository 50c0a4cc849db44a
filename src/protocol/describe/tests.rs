use super::*;
use crate::protocol::dlms::{Data, Envelope, Protection, SecretKey, protect};

const GET: [u8; 13] = [0xC0, 1, 0xC1, 0, 1, 0, 0, 42, 0, 0, 255, 2, 0];

fn frame(apdu: &[u8]) -> Vec<u8> {
    let information = [&LLC_REQUEST[..], apdu].concat();
    let control = Control::from_octet(0x10);
    let (destination, source) = ("1/17".parse::<Address>().unwrap().to_wire(), ClientAddress::PUBLIC.to_wire());
    Frame { destination, source, control, segmented: false, information: &information }.encode()
}

#[test]
fn a_request_reads_layer_by_layer() {
    let text = to_text(&describe_frame(&frame(&GET), None, None));
    let expected = "hdlc: I client 16 -> meter 1/17, N(S)=0 N(R)=0, poll/final\n\
                    \u{20} llc: to the meter\n\
                    \u{20}   apdu: GET request\n\
                    \u{20}       attribute: class 1 (data) 0.0.42.0.0.255 attribute 2\n";
    assert_eq!(text, expected);
}

#[test]
fn keys_open_what_is_ciphered_and_passwords_stay_hidden() {
    let title = SystemTitle(*b"TECH0001");
    let keys = SuiteKeys::suite_0(SecretKey::new([1; 16]), SecretKey::new([2; 16]));
    let content = protect(&keys, Protection::AuthenticatedEncryption, title, 9, &GET);
    let apdu = Envelope { tag: 0xC8, title: None, security_control: 0x30, counter: 9, content: &content }.to_bytes();
    let closed = describe_apdu(&apdu, None);
    assert_eq!(closed.len(), 1);
    let keys = DescribeKeys {
        keys,
        general: GeneralKeys::default(),
        protection: None,
        client_title: Some(title),
        server_title: None,
    };
    let open = describe_apdu(&apdu, Some(&keys));
    assert_eq!(open[1].summary, "GET request");
    let other = DescribeKeys { client_title: Some(SystemTitle(*b"TECH0002")), ..keys };
    assert!(describe_apdu(&apdu, Some(&other))[0].fields.iter().any(|field| field.name == "problem"));
    let aarq = [
        0x60, 0x1D, 0xA1, 9, 6, 7, 0x60, 0x85, 0x74, 5, 8, 1, 1, 0x8B, 7, 0x60, 0x85, 0x74, 5, 8, 2, 1, 0xAC, 7, 0x80,
        5, b's', b'e', b'c', b'r', b'e',
    ];
    let text = to_text(&describe_apdu(&aarq, None));
    assert!(text.contains("password: [redacted]"), "{text}");
    assert!(!text.contains("secre"), "{text}");
}

#[test]
fn damage_is_told_and_nothing_upsets_it() {
    let mut spoilt = frame(&GET);
    spoilt[12] ^= 1;
    assert_eq!(describe_frame(&spoilt, None, None)[0].layer, "error");
    let mut random = fastrand::Rng::with_seed(5);
    let tags = [0x60u8, 0x61, 0x01, 0x08, 0x0E, 0xC0, 0xC1, 0xC3, 0xC4, 0xC5, 0xC7, 0xC8, 0xCC, 0xD8, 0xDB];
    for _ in 0..5000 {
        let mut bytes: Vec<u8> = (0..random.usize(1..50)).map(|_| random.u8(..)).collect();
        bytes[0] = tags[random.usize(..tags.len())];
        let _ = to_text(&describe_apdu(&bytes, None));
        let _ = describe_frame(&frame(&bytes), None, None);
    }
}

#[test]
fn values_as_text_and_json() {
    let data = Data::Structure(vec![Data::OctetString(b"GRX1".to_vec()), Data::Int8(-1), Data::Null]);
    assert_eq!(data_to_text(&data), "structure of 3\n  octet-string 47 52 58 31 \"GRX1\"\n  integer -1\n  null-data");
    let json = data_to_json(&data);
    assert_eq!(json["value"][0]["value"], "47525831");
    assert_eq!(json["value"][1]["value"], -1);
}
