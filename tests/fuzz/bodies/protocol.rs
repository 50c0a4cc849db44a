//! Bodies of the fuzz targets of the protocols: plain functions over any bytes, run by `cargo test` over seeded inputs
//! and by `cargo fuzz` under `fuzz/`. They check what must hold and otherwise only that nothing panics or runs on.

use std::time::Duration;

use wattkey::protocol::describe::{DescribeKeys, data_to_json, data_to_text, describe_apdu, describe_frame, to_text};
use wattkey::protocol::dlms::{
    ActionRequest, ActionResponse, AssociationSettings, AttributeDescriptor, ClassId, ClientSecurity, Data, DateTime,
    DlmsClient, GeneralKeys, GetItem, GetRequest, GetResponse, Hls, InvocationCounter, MethodDescriptor, ObisCode,
    Password, Protection, ScalerUnit, SecretKey, ServerAssociation, ServerAuthentication, ServerCounters,
    ServerSettings, ServerStep, SetItem, SetRequest, SetResponse, Step, SuiteKeys, SystemTitle, WrapperReader,
    decode_object_list, fill_repeated,
};
use wattkey::protocol::hdlc::{
    Address, ClientAddress, ClientConnection, ClientSettings, Frame, FrameReader, ServerLine,
};
use wattkey::protocol::iec62056_21::{
    self as ascii, Client, ClientOptions, Code, Command, DataBlock, Identification, Purpose,
};
use wattkey::protocol::{dlt645, hdlc, modbus};

/// Steps after which a dialogue that was fed all its bytes counts as running on without end.
const ENDLESS: usize = 10_000;

/// Frames out of a line: the same ones whether the octets come at once or one by one, each built again as it was read.
pub fn hdlc_frames(data: &[u8]) {
    let whole = frames_of(data.chunks(data.len().max(1)));
    assert_eq!(whole, frames_of(data.chunks(1)));
    let _ = to_text(&describe_frame(data, None, None));
}

fn frames_of<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> Vec<Vec<u8>> {
    let mut reader = FrameReader::new();
    let mut frames = Vec::new();
    for chunk in chunks {
        reader.push(chunk);
        while let Some(frame) = reader.next_frame() {
            let octets = frame.encode();
            assert_eq!(Frame::parse(&octets).map(|(again, _)| again), Ok(frame));
            frames.push(octets);
        }
    }
    frames
}

/// Both ends of a connection over any octets, and over octets put into good frames addressed to them. The first octet
/// says how far the connection had come.
pub fn hdlc_connection(data: &[u8]) {
    let Some((&stage, data)) = data.split_first() else { return };
    let Ok(address) = "1/17".parse::<Address>() else { return };
    let (server, client) = (address.to_wire(), ClientAddress::PUBLIC.to_wire());
    let mut near = ClientConnection::new(ClientSettings::new(address, ClientAddress::PUBLIC));
    let mut far = ServerLine::new(hdlc::ServerSettings::default());
    let station = far.add(address);
    let mut now = Duration::ZERO;
    near.connect(now);
    if stage & 1 != 0 {
        while let Some(frame) = near.poll_transmit() {
            far.receive(&frame.octets, now);
        }
        while let Some(octets) = far.poll_transmit() {
            near.receive(&octets, now);
        }
        let _ = near.send(&[0xC0; 300], now);
    }
    for chunk in data.chunks(24) {
        now = now.saturating_add(Duration::from_millis(40));
        let Some((&control, information)) = chunk.split_first() else { continue };
        let control = hdlc::Control::from_octet(control);
        let frame = |destination, source| {
            Frame { destination, source, control, segmented: stage & 2 != 0, information }.encode()
        };
        let raw = stage & 4 != 0;
        near.receive(&if raw { chunk.to_vec() } else { frame(client, server) }, now);
        far.receive(&if raw { chunk.to_vec() } else { frame(server, client) }, now);
        while near.poll_transmit().is_some() {}
        while far.poll_transmit().is_some() {}
        while near.poll_event().is_some() {}
        while let Some(event) = far.poll_event() {
            if matches!(event, hdlc::ServerEvent::Request { .. }) {
                far.respond(station, information);
            }
        }
    }
    for _ in 0..ENDLESS {
        let Some(due) = near.deadline() else { return };
        now = now.max(due);
        near.handle_timeout(now);
        while near.poll_transmit().is_some() {}
    }
    unreachable_end("the client of HDLC");
}

/// A value in A-XDR: what reads is written and read again to the same octets.
pub fn axdr(data: &[u8]) {
    let Ok(value) = Data::from_bytes(data) else { return };
    let octets = value.to_bytes();
    let again = Data::from_bytes(&octets).map(|again| again.to_bytes());
    assert_eq!(again, Ok(octets));
    let _ = (data_to_text(&value), data_to_json(&value), value.as_f64(), value.as_text());
    let _ = (decode_object_list(&value), ScalerUnit::from_data(&value));
    if let Some(time) = DateTime::from_data(&value) {
        let _ = (time.to_string(), time.to_utc(), time.local());
    }
    if let Data::Array(mut rows) = value {
        fill_repeated(&mut rows);
    }
}

/// An APDU of any kind: what reads is written and read again to the same octets, and can be told in words.
pub fn dlms_apdu(data: &[u8]) {
    let keys = DescribeKeys {
        keys: bench_keys(),
        general: GeneralKeys::default(),
        protection: None,
        client_title: Some(TITLE),
        server_title: None,
    };
    for keys in [None, Some(&keys)] {
        let _ = to_text(&describe_apdu(data, keys));
    }
    macro_rules! stable {
        ($($kind:ty),*) => {$(
            if let Ok(apdu) = <$kind>::from_bytes(data) {
                let octets = apdu.to_bytes();
                let again = <$kind>::from_bytes(&octets).map(|again| again.to_bytes());
                assert_eq!(again.as_ref(), Ok(&octets));
            }
        )*};
    }
    use wattkey::protocol::dlms::{
        AareApdu, AarqApdu, ExceptionResponse, InitiateRequest, InitiateResponse, ReleaseRequest,
    };
    stable!(AarqApdu, AareApdu, InitiateRequest, InitiateResponse, ReleaseRequest, ExceptionResponse);
    stable!(GetRequest, GetResponse, SetRequest, SetResponse, ActionRequest, ActionResponse);
    if let Some(range) = AarqApdu::password_range(data) {
        assert!(data.get(range).is_some());
    }
}

/// The client of an association, answered by any APDUs. The first octet chooses authentication and request, each
/// further APDU has its length in front.
pub fn dlms_client(data: &[u8]) {
    let Some((&choice, data)) = data.split_first() else { return };
    let mut client = DlmsClient::new(match choice & 3 {
        0 => AssociationSettings::public(),
        1 => AssociationSettings::lls(Password::new(*b"12345678")),
        _ => AssociationSettings::hls_gmac(vec![7; 16], bench_security()),
    });
    let mut step = client.associate();
    // A good answer first, so that the requests behind it are reached; left out by a bit of the choice.
    if choice & 4 == 0 && choice & 3 < 2 {
        step = client.receive(&ACCEPTED);
        assert!(matches!(step, Ok(Step::Done(_))), "{step:?}");
    }
    let target = AttributeDescriptor::new(ClassId(3), ObisCode([1, 0, 1, 8, 0, 255]), 2);
    let (mut rest, mut asked) = (data, choice >> 3);
    for _ in 0..ENDLESS {
        if !matches!(step, Ok(Step::Send(_) | Step::Unsolicited(_))) {
            asked = asked.wrapping_add(1);
            let _ = match asked & 3 {
                0 => client.get(target),
                1 => client.get_list(vec![GetItem::from(target); usize::from(asked >> 2).min(40)]),
                2 => client.set(SetItem { attribute: target, value: Data::OctetString(vec![1; 600]) }),
                _ => client.action(MethodDescriptor::new(ClassId(115), target.instance, 1), Some(Data::Int8(0))),
            };
        }
        let Some((&length, behind)) = rest.split_first() else { return };
        let (apdu, behind) = behind.split_at(usize::from(length).min(behind.len()));
        rest = behind;
        step = client.receive(apdu);
    }
}

/// The meter's end of an association, asked with any APDUs, each with its length in front.
pub fn dlms_server(data: &[u8]) {
    let Some((&choice, mut rest)) = data.split_first() else { return };
    let authentication = match choice & 3 {
        0 => ServerAuthentication::None,
        1 => ServerAuthentication::Lls(Password::new(*b"12345678")),
        _ => ServerAuthentication::Hls(Hls::Gmac),
    };
    let settings = ServerSettings {
        authentication,
        title: TITLE,
        keys: Some(bench_keys()),
        required: None,
        conformance: wattkey::protocol::dlms::Conformance::CLIENT,
        max_pdu: 200,
        longest_list: 0,
        short_names: None,
        general: Default::default(),
    };
    let mut server = ServerAssociation::new(settings, ServerCounters::default());
    let mut random = fastrand::Rng::with_seed(9);
    while let Some((&length, behind)) = rest.split_first() {
        let (apdu, behind) = behind.split_at(usize::from(length).min(behind.len()));
        rest = behind;
        if let ServerStep::Request(_) = server.receive(apdu, &mut random) {
            let _ =
                server.answer(wattkey::protocol::dlms::ServerAnswer::Get(vec![Ok(Data::OctetString(vec![3; 500]))]));
        }
    }
}

/// The TCP wrapper's stream.
pub fn dlms_wrapper(data: &[u8]) {
    let mut reader = WrapperReader::new();
    for chunk in data.chunks(7) {
        reader.push(chunk);
        while let Ok(Some(frame)) = reader.next_frame() {
            assert!(frame.encode().is_some_and(|octets| octets.ends_with(&frame.apdu)));
        }
    }
}

/// The hand-held unit's side of IEC 62056-21: it comes to an end whatever it hears. The first byte chooses the
/// purpose or the command.
pub fn iec62056_21_client(data: &[u8]) {
    let Some((&choice, data)) = data.split_first() else { return };
    let mut client = Client::new(ClientOptions { retries: 1, ..ClientOptions::default() });
    match choice & 15 {
        0 => client.sign_on(Purpose::Readout),
        1 => client.sign_on(Purpose::Programming),
        2 => client.sign_on(Purpose::Hdlc),
        3 => client.sign_on(Purpose::Identification),
        4 => client.sign_on(Purpose::Maker(b'6')),
        5 => client.listen(),
        6 => client.command(&Command::password("00000000")),
        7 => client.command(&Command::write("C.50.0", "1").with_code(Code { letter: b'W', digit: b'3' })),
        8 => client.command(&Command::read("P.01").with_code(Code { letter: b'R', digit: b'3' })),
        9 => client.command(&Command::write("C.50.0", "1")),
        _ => client.command(&Command::read("1.8.0")),
    }
    let mut chunks = data.chunks(usize::from(choice >> 4).max(1));
    for _ in 0..ENDLESS.saturating_add(data.len()) {
        match client.step() {
            ascii::Step::Finished(_) => return,
            ascii::Step::Receive(_) => match chunks.next() {
                Some(chunk) => client.heard(chunk),
                None => client.silence(),
            },
            _ => {}
        }
    }
    unreachable_end("the client of IEC 62056-21");
}

/// The meter's side of IEC 62056-21.
pub fn iec62056_21_server(data: &[u8]) {
    let Ok(identification) = Identification::parse(b"GRX5\\2PEER") else { return };
    let mut server = ascii::Server::new(ascii::ServerOptions {
        identification,
        address: "88000017".to_owned(),
        reaction: Duration::from_millis(200),
        block: 8,
        repeats_option_select: true,
        line_ends: true,
    });
    let mut at = Duration::ZERO;
    for &byte in data {
        at = at.saturating_add(Duration::from_millis(1));
        let _ = server.hear(byte, at, &mut Shelf(String::new()));
        if server.is_handed_over() {
            server.reset();
        }
    }
}

/// What data sets, identifications and register addresses are taken from.
pub fn iec62056_21_text(data: &[u8]) {
    let block = DataBlock::parse(data);
    for set in &block.sets {
        let _ = (set.error_text(), set.first(), ascii::ObisAddress::parse(&set.address));
    }
    let _ = (block.error_text(), block.find("1.8.0"));
    if let Ok(identification) = Identification::parse(data) {
        let _ = (identification.speed_mode(), identification.to_string());
    }
}

/// Frames of DL/T 645: the same ones whether the octets come at once or one by one, each built again as it was read,
/// and each judged as the answer to every kind of request.
pub fn dlt645(data: &[u8]) {
    if let Ok(records) = dlt645::LoadRecord::read_all(data) {
        let octets: Vec<u8> = records.iter().flat_map(dlt645::LoadRecord::to_octets).collect();
        assert_eq!(dlt645::LoadRecord::read_all(&octets).unwrap(), records);
    }
    let whole = dlt645::FrameScanner::default().push(data);
    let mut scanner = dlt645::FrameScanner::default();
    let single: Vec<_> = data.chunks(1).flat_map(|octet| scanner.push(octet)).collect();
    assert_eq!(whole, single);
    for event in whole {
        let dlt645::ScanEvent::Frame(frame) = event else { continue };
        let octets = frame.encode(4).unwrap_or_default();
        assert_eq!(dlt645::FrameScanner::default().push(&octets), [dlt645::ScanEvent::Frame(frame.clone())]);
        let Ok(item) = "02010100".parse() else { return };
        if let Some(answer) = dlt645::Server::new(20).hear(&frame, &mut AnyItems(frame.address)) {
            assert!(answer.encode(4).is_ok());
        }
        for request in
            [dlt645::Request::Read(item), dlt645::Request::ReadFollowing(item, 1), dlt645::Request::ReadAddress]
        {
            let _ = dlt645::interpret(&request, dlt645::Address::ANY, &frame);
        }
    }
}

/// A DL/T 645 meter that has every item and follows every order.
struct AnyItems(dlt645::Address);

impl dlt645::Store for AnyItems {
    fn address(&self) -> dlt645::Address {
        self.0
    }

    fn read(&mut self, item: u32, _: &[u8]) -> Result<Vec<u8>, dlt645::ErrorBits> {
        Ok(vec![7; usize::try_from(item & 0x1FF).unwrap_or_default()])
    }

    fn carry_out(&mut self, _order: dlt645::Order) -> Result<Vec<u8>, dlt645::ErrorBits> {
        Ok(Vec::new())
    }
}

/// Requests a Modbus unit may hear, at once and one octet after the other; each is answered by a whole frame or by none.
pub fn modbus_server(data: &[u8]) {
    let silence = Duration::from_millis(4);
    let whole = modbus::RequestReader::new(silence).push(data, Duration::ZERO);
    let mut reader = modbus::RequestReader::new(silence);
    for octet in data.chunks(1) {
        reader.push(octet, Duration::ZERO);
    }
    for heard in whole {
        if let Some(answer) = heard.serve(&mut AnyRegisters) {
            assert_eq!(modbus::crc16(&answer), 0);
            assert!(answer.len() <= 256);
        }
    }
}

/// A unit that has every register.
struct AnyRegisters;

impl modbus::Unit for AnyRegisters {
    fn holding(&mut self, first: u16, count: u16) -> Result<Vec<u16>, modbus::ExceptionCode> {
        Ok(vec![first; count.into()])
    }

    fn input(&mut self, first: u16, count: u16) -> Result<Vec<u16>, modbus::ExceptionCode> {
        Ok(vec![first; count.into()])
    }

    fn write(&mut self, _first: u16, _values: &[u16]) -> Result<(), modbus::ExceptionCode> {
        Ok(())
    }
}

/// What a Modbus unit may answer; the first octet chooses the request.
pub fn modbus(data: &[u8]) {
    let Some((&choice, received)) = data.split_first() else { return };
    let request = match choice & 7 {
        0 => modbus::Request::Read { table: modbus::Table::Holding, first: 0, count: 2 },
        1 => modbus::Request::Read { table: modbus::Table::Input, first: 0, count: 125 },
        2 => modbus::Request::WriteSingle { register: 20, value: 5 },
        3 => modbus::Request::Read { table: modbus::Table::Coils, first: 3, count: 19 },
        4 => modbus::Request::Read { table: modbus::Table::DiscreteInputs, first: 0, count: 2_000 },
        5 => modbus::Request::WriteCoil { coil: 3, on: true },
        6 => modbus::Request::DeviceIdentification,
        _ => modbus::Request::WriteMultiple { first: 20, values: vec![1, 2] },
    };
    let sent = request.encode(1).unwrap_or_default();
    let _ = modbus::is_only_echo(&sent, received);
    if let Some(found) = modbus::find_answer(&sent, received)
        && let Ok(modbus::Answer::Registers(registers)) = modbus::interpret(&request, found.answer)
    {
        for order in [modbus::WordOrder::Big, modbus::WordOrder::Swapped] {
            let _ = modbus::RegisterType::F32.decode(&registers, order);
            let _ = modbus::RegisterType::U64.decode(&registers, order);
        }
    }
}

/// An AARE that accepts without ciphering, as a meter with every service sends it.
const ACCEPTED: [u8; 43] = [
    0x61, 0x29, 0xA1, 0x09, 0x06, 0x07, 0x60, 0x85, 0x74, 0x05, 0x08, 0x01, 0x01, 0xA2, 0x03, 0x02, 0x01, 0x00, 0xA3,
    0x05, 0xA1, 0x03, 0x02, 0x01, 0x00, 0xBE, 0x10, 0x04, 0x0E, 0x08, 0x00, 0x06, 0x5F, 0x1F, 0x04, 0x00, 0x00, 0x7E,
    0x1F, 0x00, 0x80, 0x00, 0x07,
];

const TITLE: SystemTitle = SystemTitle(*b"TECH0001");

fn bench_keys() -> SuiteKeys {
    SuiteKeys::suite_0(SecretKey::new([1; 16]), SecretKey::new([2; 16]))
}

fn bench_security() -> ClientSecurity {
    let protection = Some(Protection::AuthenticatedEncryption);
    ClientSecurity {
        title: TITLE,
        keys: bench_keys(),
        protection,
        dedicated: None,
        general: GeneralKeys::default(),
        random: Box::new(|count| vec![7; count]),
        counter: Box::new(Counter(0)),
    }
}

#[derive(Debug)]
struct Counter(u32);

impl InvocationCounter for Counter {
    fn reserve(&mut self) -> Result<u32, String> {
        self.0 = self.0.wrapping_add(1);
        Ok(self.0)
    }
}

/// A meter with one register, which holds what was written last.
#[derive(Debug)]
struct Shelf(String);

impl ascii::Store for Shelf {
    fn readout(&mut self) -> Vec<(String, String)> {
        vec![("1.8.0".to_owned(), "012345.67*kWh".to_owned())]
    }
    fn read(&mut self, _code: Code, _address: &str, _parameter: &str) -> Result<String, String> {
        Ok(self.0.clone())
    }
    fn write(&mut self, _code: Code, _address: &str, value: &str) -> Result<(), String> {
        value.clone_into(&mut self.0);
        Ok(())
    }
    fn opens(&mut self, _code: Code, _operand: &str, _password: &str) -> bool {
        true
    }
    fn operand(&mut self) -> String {
        "1234".to_owned()
    }
}

/// Fails the target: a dialogue went on after all its bytes and silences.
fn unreachable_end(who: &str) {
    assert!(who.is_empty(), "{who} does not come to an end");
}
