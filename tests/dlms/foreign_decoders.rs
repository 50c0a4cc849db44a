//! The octets we make, held in `tests/data/dlms`; `tests/interop/dlms_decode/run` shows the same files to decoders by
//! others. `WATTKEY_UPDATE=1` writes the files anew.

use std::path::PathBuf;

use wattkey::protocol::dlms::*;
use wattkey::protocol::hdlc::{Address, ClientAddress, Control, Frame, LLC_REQUEST, Parameters, Sequence};

fn attribute(class: u16, name: &str, number: i8) -> GetItem {
    AttributeDescriptor::new(ClassId(class), name.parse().unwrap(), number).into()
}

fn apdus() -> Vec<Vec<u8>> {
    let invoke = InvokeId::confirmed(1);
    let buffer = attribute(7, "1.0.99.1.0.255", 2);
    let from = DateTime::from_local(time::macros::datetime!(2026-01-02 03:00));
    let to = DateTime::from_local(time::macros::datetime!(2026-01-02 06:00));
    let enter = MethodDescriptor::new(ClassId::TOKEN_GATEWAY, "0.0.19.40.0.255".parse().unwrap(), 1);
    let token = Data::OctetString(b"12345678901234567890".to_vec());
    let initiate = InitiateRequest { dedicated_key: None, conformance: Conformance::CLIENT, max_pdu: 1024 };
    let aarq = |mechanism, value: Option<&[u8]>| AarqApdu {
        context: ContextName::LogicalName,
        calling_title: None,
        mechanism,
        authentication_value: value.map(<[u8]>::to_vec),
        user_information: initiate.to_bytes(),
    };
    let block = |last, number| Block { last, number, octets: vec![9, 2, 65, 66] };
    let values =
        Data::Structure(vec![Data::UInt32(5), Data::Int8(-1), Data::Boolean(true), Data::VisibleString(b"x".to_vec())]);
    vec![
        aarq(Mechanism::None, None).to_bytes(),
        aarq(Mechanism::Lls, Some(b"12345678")).to_bytes(),
        AareApdu {
            context: ContextName::LogicalName,
            result: AssociationResult::Accepted,
            diagnostic: AssociationDiagnostic::NONE,
            responding_title: None,
            mechanism: Mechanism::None,
            authentication_value: None,
            user_information: Some(InitiateResponse { conformance: Conformance::CLIENT, max_pdu: 512 }.to_bytes()),
        }
        .to_bytes(),
        GetRequest::Normal { invoke, item: attribute(1, "0.0.42.0.0.255", 2) }.to_bytes(),
        GetRequest::Normal {
            invoke,
            item: GetItem { access: Some(SelectiveAccess::by_entry((3, 4), (1, 0))), ..buffer.clone() },
        }
        .to_bytes(),
        GetRequest::Normal {
            invoke,
            item: GetItem { access: Some(SelectiveAccess::by_clock(from, to, &[])), ..buffer },
        }
        .to_bytes(),
        GetRequest::Next { invoke, number: 2 }.to_bytes(),
        GetRequest::WithList {
            invoke,
            items: vec![attribute(3, "1.0.1.8.0.255", 2), attribute(3, "1.0.1.8.0.255", 3)],
        }
        .to_bytes(),
        GetResponse::Normal { invoke, result: Ok(values.clone()) }.to_bytes(),
        GetResponse::Normal { invoke, result: Err(DataAccessResult::ReadWriteDenied) }.to_bytes(),
        GetResponse::WithList { invoke, results: vec![Ok(values.clone()), Err(DataAccessResult::ObjectUndefined)] }
            .to_bytes(),
        SetRequest::Normal { invoke, target: attribute(112, "0.0.19.10.0.255", 5), value: Data::Int32(777) }.to_bytes(),
        SetRequest::FirstBlock { invoke, target: attribute(1, "0.0.96.1.0.255", 2), block: block(false, 1) }.to_bytes(),
        SetRequest::Block { invoke, block: block(true, 2) }.to_bytes(),
        SetResponse::Normal { invoke, result: DataAccessResult::Success }.to_bytes(),
        ActionRequest::Normal { invoke, method: enter, argument: Some(token) }.to_bytes(),
        ActionResponse::Normal { invoke, outcome: ActionOutcome::bare(ActionResult::Success) }.to_bytes(),
        ReleaseRequest::default().to_bytes(),
    ]
}

fn frames() -> Vec<Vec<u8>> {
    let server = "1/17".parse::<Address>().unwrap().to_wire();
    let client = ClientAddress::PUBLIC.to_wire();
    let frame = |control, information: &[u8]| {
        Frame { destination: server, source: client, control, segmented: false, information }.encode()
    };
    let mut frames = vec![
        frame(Control::SetNormalResponseMode, &Parameters::with_information(512).encode()),
        frame(Control::SetNormalResponseMode, &[]),
        frame(Control::Disconnect, &[]),
        frame(Control::ReceiveReady { receive: Sequence::new(3), poll: true }, &[]),
    ];
    for apdu in apdus().into_iter().filter(|apdu| matches!(apdu[0], 0x60 | 0xC0 | 0xC1 | 0xC3)) {
        let control = Control::Information { send: Sequence::new(0), receive: Sequence::new(0), poll: true };
        frames.push(frame(control, &[&LLC_REQUEST[..], &apdu].concat()));
    }
    frames
}

fn hex_lines(messages: &[Vec<u8>]) -> String {
    let line = |message: &Vec<u8>| message.iter().map(|octet| format!("{octet:02x}")).collect::<String>() + "\n";
    messages.iter().map(line).collect()
}

#[test]
fn the_octets_shown_to_other_decoders_are_still_ours() {
    for (name, messages) in [("apdus.txt", apdus()), ("frames.txt", frames())] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/dlms").join(name);
        let text = hex_lines(&messages);
        if std::env::var_os("WATTKEY_UPDATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "{name}; WATTKEY_UPDATE=1 writes it anew");
    }
}
