use proptest::prelude::*;

use super::*;
use crate::protocol::iec62056_21::message::{Command, message, option_select, request};

fn frames(side: Side, bytes: &[u8]) -> Vec<Frame> {
    let mut reader = Reader::new(side);
    bytes.iter().filter_map(|byte| reader.feed(*byte)).collect()
}

fn data(body: &[u8]) -> Frame {
    Frame::Message { code: None, body: body.to_vec(), last: true }
}

#[test]
fn a_sign_on_and_readout_are_read() {
    let mut line = b"/GRX5PEER21V1\r\n".to_vec();
    line.extend(message(None, b"1.8.0(1*kWh)\r\n!\r\n", true));
    assert_eq!(
        frames(Side::Client, &line),
        [Frame::Identification(b"GRX5PEER21V1".to_vec()), data(b"1.8.0(1*kWh)\r\n!\r\n")]
    );
}

#[test]
fn the_parity_bit_is_ignored() {
    let with_parity: Vec<u8> = message(None, b"1.8.0(1)", true)
        .into_iter()
        .map(|byte| if byte.count_ones() % 2 == 1 { byte | 0x80 } else { byte })
        .collect();
    assert_eq!(frames(Side::Client, &with_parity), [data(b"1.8.0(1)")]);
}

#[test]
fn pushed_data_end_with_an_exclamation_mark() {
    let line = b"/ABC3xyz\r\n\r\n1.8.0(1*kWh)\r\n2.8.0(2)\r\n!\r\n/ABC3xyz\r\n\r\n1.8.0(3)\r\n!F00D\r\n";
    assert_eq!(
        frames(Side::Client, line),
        [
            Frame::Identification(b"ABC3xyz".to_vec()),
            Frame::Pushed(b"\n1.8.0(1*kWh)\r\n2.8.0(2)\r\n!\r".to_vec()),
            Frame::Identification(b"ABC3xyz".to_vec()),
            Frame::Pushed(b"\n1.8.0(3)\r\n!F00D\r".to_vec()),
        ]
    );
}

#[test]
fn the_meter_reads_requests_option_selects_and_commands() {
    let mut line = request("00123");
    line.extend(option_select(b'0', b'5', b'1'));
    line.extend(&Command::password("00000000").messages(64)[0]);
    line.extend(&Command::end().messages(64)[0]);
    assert_eq!(
        frames(Side::Meter, &line),
        [
            Frame::Request("00123".into()),
            Frame::OptionSelect { protocol: b'0', speed: b'5', mode: b'1' },
            Frame::Message { code: Some(Code::PASSWORD), body: b"(00000000)".to_vec(), last: true },
            Frame::Message { code: Some(Code::BREAK), body: Vec::new(), last: true },
        ]
    );
}

#[test]
fn a_wrong_check_is_damage_and_the_next_frame_is_found() {
    let mut line = message(None, b"1.8.0(1)", true);
    line[3] ^= 1;
    line.extend(message(None, b"1.8.0(2)", false));
    assert_eq!(
        frames(Side::Client, &line),
        [
            Frame::Damaged("the block check is wrong"),
            Frame::Message { code: None, body: b"1.8.0(2)".to_vec(), last: false }
        ]
    );
}

#[test]
fn a_frame_without_end_is_given_up() {
    let mut line = vec![STX];
    line.resize(LONGEST_MESSAGE + 10, b'1');
    assert_eq!(frames(Side::Client, &line), [Frame::Damaged("the message never ends")]);
    let mut line = b"/".to_vec();
    line.resize(10_000, b'1');
    assert_eq!(frames(Side::Client, &line), []);
}

fn any_frame() -> impl Strategy<Value = (Vec<u8>, Frame)> {
    let body = proptest::collection::vec(b' '..=b'~', 1..60);
    prop_oneof![
        (body.clone(), any::<bool>())
            .prop_map(|(body, last)| { (message(None, &body, last), Frame::Message { code: None, body, last }) }),
        (body, any::<bool>()).prop_map(|(body, last)| {
            (message(Some(Code::READ), &body, last), Frame::Message { code: Some(Code::READ), body, last })
        }),
        Just((vec![ACK], Frame::Ack)),
        Just((vec![NAK], Frame::Nak)),
        "[A-Z]{3}[0-6][A-Za-z0-9.]{0,16}"
            .prop_map(|text| { (format!("/{text}\r\n").into_bytes(), Frame::Identification(text.into_bytes())) }),
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..2000), meter in any::<bool>()) {
        let side = if meter { Side::Meter } else { Side::Client };
        prop_assert!(frames(side, &bytes).len() <= bytes.len());
    }

    /// Bytes come one at a time, so this is a split at every byte; noise that begins no frame stands between.
    #[test]
    fn frames_are_found_between_noise(
        parts in proptest::collection::vec((proptest::collection::vec(0x20u8..=0x2E, 0..8), any_frame()), 1..8),
    ) {
        let bytes: Vec<u8> = parts.iter().flat_map(|(noise, (bytes, _))| [noise.clone(), bytes.clone()].concat()).collect();
        let expected: Vec<Frame> = parts.into_iter().map(|(_, (_, frame))| frame).collect();
        prop_assert_eq!(frames(Side::Client, &bytes), expected);
    }

    /// Whatever came before, a message that follows is found at the second sending at the latest.
    #[test]
    fn a_message_is_found_after_any_noise(noise in proptest::collection::vec(any::<u8>(), 0..300)) {
        let wanted = message(None, b"1.8.0(012345.67*kWh)", true);
        let bytes = [noise, wanted.clone(), wanted].concat();
        prop_assert!(frames(Side::Client, &bytes).contains(&data(b"1.8.0(012345.67*kWh)")));
    }

    /// One damaged character in a message is never taken for good data.
    #[test]
    fn one_flipped_bit_never_passes(place in 1usize..20, bit in 0u32..7) {
        let good = message(None, b"1.8.0(012345.67*kWh)", true);
        let mut bad = good.clone();
        bad[place] ^= 1 << bit;
        let found = frames(Side::Client, &bad);
        prop_assert!(!found.iter().any(|frame| matches!(frame, Frame::Message { .. })), "{:?}", found);
    }
}
