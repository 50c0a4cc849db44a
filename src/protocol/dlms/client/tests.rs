//! Client and meter against each other, through every authentication, protection and size.

use super::super::apdu::{AccessItem, AccessResult, ExceptionResponse, GeneralBlock, GetResponse, SelectiveAccess};
use super::super::identifiers::{AttributeDescriptor, ClassId, ObisCode};
use super::super::results::ActionResult;
use super::super::security::{Envelope, PrivateKey, SignatureKeys, Suite};
use super::super::server::{
    ServerAnswer, ServerAssociation, ServerAuthentication, ServerCounters, ServerRequest, ServerSettings, ServerStep,
};
use super::*;
use crate::protocol::dlms::{AttributeAccess, ObjectListElement, encode_object_list};

struct Counting(u32);

impl InvocationCounter for Counting {
    fn reserve(&mut self) -> Result<u32, String> {
        self.0 += 1;
        Ok(self.0)
    }
}

fn keys() -> SuiteKeys {
    SuiteKeys::suite_0(SecretKey::new([1; 16]), SecretKey::new([2; 16]))
}

fn gmac_settings(protection: Option<Protection>) -> AssociationSettings {
    let security = ClientSecurity {
        title: SystemTitle(*b"TECH0001"),
        keys: keys(),
        protection,
        dedicated: None,
        general: GeneralKeys::default(),
        random: Box::new(|count| vec![7; count]),
        counter: Box::new(Counting(1000)),
    };
    AssociationSettings::hls_gmac(b"challenge1234567".to_vec(), security)
}

fn hls(mechanism: Hls) -> ServerAuthentication {
    ServerAuthentication::Hls(mechanism)
}

fn server(authentication: ServerAuthentication, required: Option<Protection>, max_pdu: u16) -> ServerAssociation {
    let settings = ServerSettings {
        authentication,
        title: SystemTitle(*b"GRX00001"),
        keys: Some(keys()),
        required,
        conformance: Conformance::CLIENT.with(Conformance::GENERAL_PROTECTION),
        max_pdu,
        longest_list: 0,
        short_names: None,
        general: Default::default(),
    };
    ServerAssociation::new(settings, ServerCounters::default())
}

/// An object model: attribute n of anything is n times the octet n; attribute 9 is denied; writes are echoed by
/// their length; methods give back their argument.
fn model(request: ServerRequest) -> ServerAnswer {
    match request {
        ServerRequest::Get(items) => {
            ServerAnswer::Get(items.iter().map(|item| value(item.attribute.attribute)).collect())
        }
        ServerRequest::Set(items) => ServerAnswer::Set(
            items
                .iter()
                .map(|(target, data)| match data {
                    Data::OctetString(octets) if octets.len() == target.attribute.attribute as usize * 10 => {
                        DataAccessResult::Success
                    }
                    _ => DataAccessResult::TypeUnmatched,
                })
                .collect(),
        ),
        ServerRequest::Access(items) => ServerAnswer::Access(
            items
                .iter()
                .map(|item| match item {
                    AccessItem::Get(get) => match value(get.attribute.attribute) {
                        Ok(data) => AccessResult::of(item, DataAccessResult::Success, data),
                        Err(reason) => AccessResult::of(item, reason, Data::Null),
                    },
                    other => AccessResult::of(other, DataAccessResult::Success, Data::Null),
                })
                .collect(),
        ),
        ServerRequest::Action(items) => ServerAnswer::Action(
            items
                .into_iter()
                .map(|item| ActionOutcome { result: ActionResult::Success, returned: item.argument.map(Ok) })
                .collect(),
        ),
    }
}

fn value(attribute: i8) -> GetResult {
    match attribute {
        9 => Err(DataAccessResult::ReadWriteDenied),
        n => Ok(Data::OctetString(vec![n as u8; n as usize * 30])),
    }
}

fn attribute(number: i8) -> AttributeDescriptor {
    AttributeDescriptor::new(ClassId::DATA, ObisCode([0, 0, 96, 1, 0, 255]), number)
}

/// Carries an exchange to its end and counts the requests.
fn run(
    step: Result<Step, DlmsError>,
    client: &mut DlmsClient,
    server: &mut ServerAssociation,
) -> (Result<Outcome, DlmsError>, usize) {
    let mut random = fastrand::Rng::with_seed(1);
    let mut step = step;
    for requests in 0..10_000 {
        match step {
            Err(error) => return (Err(error), requests),
            Ok(Step::Done(outcome)) => return (Ok(outcome), requests),
            Ok(Step::Unsolicited(apdu)) => panic!("{apdu:02X?}"),
            Ok(Step::More) => panic!("the meter sends one block at a time"),
            Ok(Step::Stream(apdu)) => panic!("the meter takes one block at a time: {apdu:02X?}"),
            Ok(Step::Send(apdu)) => {
                let reply = match server.receive(&apdu.octets, &mut random) {
                    ServerStep::Reply(reply) => reply,
                    ServerStep::Request(request) => server.answer(model(request)),
                };
                step = client.receive(&reply);
            }
        }
    }
    panic!("the exchange has no end");
}

/// A client and a meter under keys, with these services beside the usual ones, and without those.
fn with_services(more: Conformance, less: Conformance, max_pdu: u16) -> (DlmsClient, ServerAssociation) {
    let mut meter = server(hls(Hls::Gmac), None, max_pdu);
    meter.settings.conformance = meter.settings.conformance.with(more).without(less);
    let conformance = Conformance::CLIENT.with(more);
    let settings = AssociationSettings { conformance, ..gmac_settings(Some(Protection::AuthenticatedEncryption)) };
    associate(settings, meter).unwrap()
}

const SERVICE_BLOCKS: Conformance = Conformance::BLOCK_GET.with(Conformance::BLOCK_SET).with(Conformance::BLOCK_ACTION);

#[test]
fn long_values_go_in_general_blocks_both_ways() {
    for max_pdu in [90, 128, 600, 0] {
        let (mut client, mut meter) = with_services(Conformance::GENERAL_BLOCK_TRANSFER, SERVICE_BLOCKS, max_pdu);
        for number in [1, 20, 100] {
            let step = client.get(attribute(number));
            assert_eq!(run(step, &mut client, &mut meter).0.unwrap(), Outcome::Get(value(number)));
            let step = client
                .set(SetItem { attribute: attribute(number), value: Data::OctetString(vec![7; number as usize * 10]) });
            assert_eq!(run(step, &mut client, &mut meter).0.unwrap(), Outcome::Set(DataAccessResult::Success));
        }
        let argument = Data::OctetString(vec![9; 2000]);
        let method = MethodDescriptor::new(ClassId::DATA, ObisCode([0, 0, 96, 1, 0, 255]), 1);
        let step = client.action(method, Some(argument.clone()));
        let outcome = ActionOutcome { result: ActionResult::Success, returned: Some(Ok(argument)) };
        assert_eq!(run(step, &mut client, &mut meter).0.unwrap(), Outcome::Action(outcome));
    }
}

#[test]
fn a_repeated_last_block_brings_the_answer_again_and_is_not_carried_out_twice() {
    let (mut client, mut meter) = with_services(Conformance::GENERAL_BLOCK_TRANSFER, SERVICE_BLOCKS, 90);
    let mut random = fastrand::Rng::with_seed(1);
    let item = SetItem { attribute: attribute(20), value: Data::OctetString(vec![7; 200]) };
    let mut step = client.set(item).unwrap();
    let (last, reply) = loop {
        let Step::Send(apdu) = step else { panic!("{step:?}") };
        match meter.receive(&apdu.octets, &mut random) {
            ServerStep::Reply(reply) => step = client.receive(&reply).unwrap(),
            ServerStep::Request(request) => break (apdu.octets, meter.answer(model(request))),
        }
    };
    let ServerStep::Reply(again) = meter.receive(&last, &mut random) else { panic!("carried out twice") };
    assert_eq!(again, reply);
    assert!(matches!(client.receive(&again), Ok(Step::Done(Outcome::Set(DataAccessResult::Success)))));
}

/// A block of the meter's.
fn general_block(last: bool, streaming: bool, number: u16, acknowledged: u16, octets: &[u8]) -> Vec<u8> {
    GeneralBlock { last, streaming, window: 3, number, acknowledged, octets: octets.to_vec() }.to_bytes()
}

fn number_of(apdu: &OutgoingApdu) -> (u16, bool, u16) {
    let block = GeneralBlock::from_bytes(&apdu.octets).unwrap();
    (block.number, block.streaming, block.acknowledged)
}

#[test]
fn blocks_go_in_windows_and_lost_ones_go_again() {
    let mut client = DlmsClient::new(AssociationSettings { block_window: 3, ..AssociationSettings::public() });
    client.pre_established(Conformance::CLIENT.with(Conformance::GENERAL_BLOCK_TRANSFER).without(SERVICE_BLOCKS), 40);
    let value = Data::OctetString(vec![5; 150]);
    let Ok(Step::Send(first)) = client.set(SetItem { attribute: attribute(1), value }) else { panic!() };
    assert_eq!(number_of(&first), (1, false, 0));
    // The meter takes three in a row; the last of them waits for a word.
    let Ok(Step::Stream(second)) = client.receive(&general_block(false, false, 1, 1, &[])) else { panic!() };
    assert_eq!(number_of(&second), (2, true, 1));
    let (Ok(Step::Stream(_)), Ok(Step::Send(fourth))) = (client.go_on(), client.go_on()) else { panic!() };
    assert_eq!(number_of(&fourth), (4, false, 1));
    // Block 3 was lost: it and the next go out again.
    let Ok(Step::Stream(third)) = client.receive(&general_block(false, false, 2, 2, &[])) else { panic!() };
    assert_eq!(number_of(&third), (3, true, 2));
    let Ok(Step::Stream(again)) = client.go_on() else { panic!() };
    assert_eq!(again.octets[6..], fourth.octets[6..]);
    assert!(matches!(client.go_on(), Ok(Step::Send(_))));
    // A meter that never gets on is given up.
    for number in 3..5 {
        assert!(matches!(client.receive(&general_block(false, false, number, 2, &[])), Ok(Step::Stream(_))));
        while let Ok(Step::Stream(_)) = client.go_on() {}
    }
    assert!(matches!(client.receive(&general_block(false, false, 5, 2, &[])), Err(DlmsError::Blocks(_))));

    // An answer in a window of which one block is missing is asked for from there, once the window has ended.
    let response = GetResponse::Normal { invoke: InvokeId::confirmed(2), result: Ok(Data::OctetString(vec![3; 60])) };
    let octets = response.to_bytes();
    let parts: Vec<&[u8]> = octets.chunks(20).collect();
    assert!(matches!(client.get(attribute(1)), Ok(Step::Send(_))));
    let Ok(Step::More) = client.receive(&general_block(false, true, 1, 0, parts[0])) else { panic!() };
    let Ok(Step::Unsolicited(_)) = client.receive(&general_block(false, true, 3, 0, parts[2])) else { panic!() };
    let Ok(Step::Send(wish)) = client.receive(&general_block(true, false, 4, 0, parts[3])) else { panic!() };
    assert_eq!(number_of(&wish).2, 1);
    for (number, part) in (2..).zip(&parts[1..3]) {
        assert!(matches!(client.receive(&general_block(false, true, number, 1, part)), Ok(Step::More)));
    }
    let done = client.receive(&general_block(true, false, 4, 1, parts[3])).unwrap();
    assert_eq!(done, Step::Done(Outcome::Get(Ok(Data::OctetString(vec![3; 60])))));
}

#[test]
fn a_meter_without_lists_is_read_by_access() {
    let numbers = [1, 9, 2];
    let items = || numbers.map(|number| attribute(number).into()).to_vec();
    let expected = Outcome::GetList(numbers.map(value).to_vec());
    for (more, requests) in [(Conformance::ACCESS, 1), (Conformance::from_bits(0), 3)] {
        let (mut client, mut meter) = with_services(more, Conformance::MULTIPLE_REFERENCES, 0);
        let step = client.get_list(items());
        assert_eq!(run(step, &mut client, &mut meter), (Ok(expected.clone()), requests));
    }
    let general = Conformance::ACCESS.with(Conformance::GENERAL_BLOCK_TRANSFER);
    let (mut client, mut meter) = with_services(general, Conformance::MULTIPLE_REFERENCES, 90);
    let step = client.get_list(items());
    assert_eq!(run(step, &mut client, &mut meter).0, Ok(expected));
}

fn associate(
    settings: AssociationSettings,
    mut server: ServerAssociation,
) -> Result<(DlmsClient, ServerAssociation), DlmsError> {
    let mut client = DlmsClient::new(settings);
    let step = client.associate();
    run(step, &mut client, &mut server).0?;
    assert!(server.is_open());
    Ok((client, server))
}

#[test]
fn all_services_under_every_authentication_and_size() {
    let protections =
        [Protection::Authentication, Protection::Encryption, Protection::AuthenticatedEncryption].map(Some);
    for max_pdu in [0, 90, 128, 600] {
        let mut pairs = vec![
            (AssociationSettings::public(), server(ServerAuthentication::None, None, max_pdu)),
            (
                AssociationSettings::lls(Password::new(*b"12345678")),
                server(ServerAuthentication::Lls(Password::new(*b"12345678")), None, max_pdu),
            ),
            (gmac_settings(None), server(hls(Hls::Gmac), None, max_pdu)),
        ];
        for protection in protections {
            pairs.push((gmac_settings(protection), server(hls(Hls::Gmac), protection, max_pdu)));
            let mut specific = server(hls(Hls::Gmac), protection, max_pdu);
            specific.settings.conformance = Conformance::CLIENT;
            pairs.push((gmac_settings(protection), specific));
        }
        for (settings, server) in pairs {
            let (mut client, mut server) = associate(settings, server).unwrap();
            for number in [1i8, 9, 20] {
                let step = client.get(attribute(number));
                assert_eq!(run(step, &mut client, &mut server).0, Ok(Outcome::Get(value(number))));
            }
            let numbers = [1i8, 9, 2, 3, 1, 9];
            let step = client.get_list(numbers.iter().map(|&n| attribute(n).into()).collect());
            let expected = numbers.iter().map(|&n| value(n)).collect();
            assert_eq!(run(step, &mut client, &mut server).0, Ok(Outcome::GetList(expected)));
            for number in [1i8, 30] {
                let value = Data::OctetString(vec![7; number as usize * 10]);
                let step = client.set(SetItem { attribute: attribute(number), value });
                let done = Ok(Outcome::Set(DataAccessResult::Success));
                assert_eq!(run(step, &mut client, &mut server).0, done);
            }
            for size in [0, 20, 700] {
                let argument = Data::OctetString(vec![5; size]);
                let method = MethodDescriptor::new(ClassId::TOKEN_GATEWAY, ObisCode([0, 0, 19, 40, 0, 255]), 1);
                let step = client.action(method, Some(argument.clone()));
                let outcome = ActionOutcome { result: ActionResult::Success, returned: Some(Ok(argument)) };
                assert_eq!(run(step, &mut client, &mut server).0, Ok(Outcome::Action(outcome)));
            }
            let step = client.release();
            assert_eq!(run(step, &mut client, &mut server).0, Ok(Outcome::Released));
            assert!(client.info().is_none() && !server.is_open());
        }
    }
}

/// Keys of a suite, and the signature keys of both sides.
fn suite_keys(suite: Suite) -> (SuiteKeys, SignatureKeys, SignatureKeys) {
    let key = |octet: u8| SecretKey::from_octets(&vec![octet; suite.key_length()]).unwrap();
    let (curve, length) = if suite == Suite::Two { (suite, 48) } else { (Suite::One, 32) };
    let pair = |octet: u8| PrivateKey::from_octets(curve, &vec![octet; length]).unwrap();
    let (client, meter) = (pair(3), pair(4));
    let of = |own: &PrivateKey, other: &PrivateKey| SignatureKeys { own: own.clone(), other: other.public() };
    let keys = SuiteKeys { suite, encryption: key(1), authentication: key(2) };
    (keys, of(&client, &meter), of(&meter, &client))
}

#[test]
fn every_mechanism_suite_and_dedicated_key() {
    let secret = || Password::new(*b"secret");
    for suite in [Suite::Zero, Suite::One, Suite::Two] {
        let (keys, of_client, of_meter) = suite_keys(suite);
        let mechanisms = [
            (Hls::Md5(secret()), Hls::Md5(secret())),
            (Hls::Sha1(secret()), Hls::Sha1(secret())),
            (Hls::Sha256(secret()), Hls::Sha256(secret())),
            (Hls::Gmac, Hls::Gmac),
            (Hls::Ecdsa(of_client), Hls::Ecdsa(of_meter)),
        ];
        for (own, other) in mechanisms {
            for (protection, is_dedicated, is_general) in [
                (None, false, false),
                (Some(Protection::Authentication), false, true),
                (Some(Protection::Encryption), true, false),
                (Some(Protection::AuthenticatedEncryption), true, true),
                (Some(Protection::AuthenticatedEncryption), false, false),
            ] {
                let mut settings = gmac_settings(protection);
                let challenge = b"challenge1234567".to_vec();
                settings.authentication = Authentication::Hls { mechanism: own.clone(), challenge };
                let security = settings.security.as_mut().unwrap();
                security.keys = keys.clone();
                security.dedicated =
                    is_dedicated.then(|| SecretKey::from_octets(&vec![9; suite.key_length()]).unwrap());
                let mut meter = server(hls(other.clone()), protection, 500);
                meter.settings.keys = Some(keys.clone());
                if !is_general {
                    meter.settings.conformance = Conformance::CLIENT;
                }
                let (mut client, mut meter) = associate(settings, meter).unwrap();
                let step = client.get(attribute(1));
                if let Ok(Step::Send(request)) = &step {
                    let expected = match (protection, is_dedicated, is_general) {
                        (None, ..) => 0xC0,
                        (_, true, true) => tag::GENERAL_DED,
                        (_, true, false) => 0xD0,
                        (_, false, true) => tag::GENERAL_GLO,
                        (_, false, false) => 0xC8,
                    };
                    assert_eq!(request.octets[0], expected);
                }
                assert_eq!(run(step, &mut client, &mut meter).0, Ok(Outcome::Get(value(1))));
            }
        }
    }
}

#[test]
fn a_proof_under_another_secret_is_refused_by_both_sides() {
    for (right, wrong) in [
        (Hls::Md5(Password::new(*b"right")), Hls::Md5(Password::new(*b"wrong"))),
        (Hls::Sha1(Password::new(*b"right")), Hls::Sha1(Password::new(*b"wrong"))),
        (Hls::Sha256(Password::new(*b"right")), Hls::Sha256(Password::new(*b"wrong"))),
    ] {
        let mut settings = gmac_settings(None);
        let challenge = b"challenge1234567".to_vec();
        settings.authentication = Authentication::Hls { mechanism: right, challenge };
        let error = associate(settings, server(hls(wrong), None, 500)).map(drop).unwrap_err();
        assert!(matches!(error, DlmsError::HandshakeRejected(_)), "{error}");
    }
    // A meter that cannot sign: its public key is not the one we hold.
    let (keys, of_client, of_meter) = suite_keys(Suite::One);
    let mut settings = gmac_settings(None);
    let impostor = SignatureKeys { other: of_client.own.public(), ..of_client };
    let challenge = b"challenge1234567".to_vec();
    settings.authentication = Authentication::Hls { mechanism: Hls::Ecdsa(impostor), challenge };
    settings.security.as_mut().unwrap().keys = keys;
    let error = associate(settings, server(hls(Hls::Ecdsa(of_meter)), None, 500)).map(drop).unwrap_err();
    assert_eq!(error, DlmsError::ServerNotAuthentic);
    // A dedicated key never goes out readable.
    let mut settings = gmac_settings(Some(Protection::Authentication));
    settings.security.as_mut().unwrap().dedicated = Some(SecretKey::new([9; 16]));
    assert!(matches!(DlmsClient::new(settings).associate(), Err(DlmsError::Request(_))));
}

#[test]
fn a_list_takes_one_exchange_where_it_fits() {
    let (mut client, mut server) =
        associate(AssociationSettings::public(), server(ServerAuthentication::None, None, 2000)).unwrap();
    let step = client.get_list((0..25).map(|_| attribute(1).into()).collect());
    assert_eq!(run(step, &mut client, &mut server).1, 1);
    client.negotiated.as_mut().unwrap().conformance = Conformance::GET;
    let step = client.get_list((0..25).map(|_| attribute(1).into()).collect());
    assert_eq!(run(step, &mut client, &mut server).1, 25);
}

#[test]
fn wrong_credentials_are_refused_as_such() {
    let refused = |settings, server| {
        let error = associate(settings, server).map(|_| ()).unwrap_err();
        assert_eq!(error.code(), crate::error::Code::Authentication, "{error}");
    };
    let password = || ServerAuthentication::Lls(Password::new(*b"12345678"));
    refused(AssociationSettings::lls(Password::new(*b"12345679")), server(password(), None, 500));
    refused(AssociationSettings::public(), server(password(), None, 500));
    refused(AssociationSettings::lls(Password::new(*b"x")), server(hls(Hls::Gmac), None, 500));
    let other_key = |protection| {
        let mut settings = gmac_settings(protection);
        settings.security.as_mut().unwrap().keys.encryption = SecretKey::new([9; 16]);
        settings
    };
    refused(other_key(Some(Protection::AuthenticatedEncryption)), server(hls(Hls::Gmac), None, 500));
    refused(other_key(None), server(hls(Hls::Gmac), None, 500));
}

#[test]
fn a_reply_under_another_key_is_a_decryption_error() {
    let both = Some(Protection::AuthenticatedEncryption);
    let (mut client, mut server) = associate(gmac_settings(both), server(hls(Hls::Gmac), both, 500)).unwrap();
    let Ok(Step::Send(request)) = client.get(attribute(1)) else { panic!() };
    let mut random = fastrand::Rng::with_seed(1);
    let ServerStep::Request(request) = server.receive(&request.octets, &mut random) else { panic!() };
    let reply = server.answer(model(request));
    let mut spoilt = reply.clone();
    *spoilt.last_mut().unwrap() ^= 1;
    let error = client.receive(&spoilt).unwrap_err();
    assert!(matches!(error, DlmsError::Decryption { .. }), "{error}");
    let _ = client.get(attribute(1)).unwrap();
    let plain = [0xC4, 1, 0xC0 | client.invoke, 0, 0];
    assert!(matches!(client.receive(&plain), Err(DlmsError::Unprotected(_))));
}

#[test]
fn a_stale_counter_is_told_with_the_one_expected() {
    let both = Some(Protection::AuthenticatedEncryption);
    let mut meter = server(hls(Hls::Gmac), both, 500);
    meter.counters.client_last = Some(1001);
    // The counter of the AARQ itself is 1001: refused at once.
    assert!(associate(gmac_settings(both), meter).is_err());
    let (mut client, mut meter) = associate(gmac_settings(both), server(hls(Hls::Gmac), both, 500)).unwrap();
    meter.counters.client_last = Some(5000);
    let step = client.get(attribute(1));
    let expected = Err(DlmsError::Exception(ExceptionResponse::counter(5001)));
    assert_eq!(run(step, &mut client, &mut meter).0, expected);
}

#[test]
fn what_is_no_answer_is_passed_over() {
    let (mut client, _) =
        associate(AssociationSettings::public(), server(ServerAuthentication::None, None, 500)).unwrap();
    let _ = client.get(attribute(1)).unwrap();
    let notification = [tag::EVENT_NOTIFICATION, 0];
    assert!(matches!(client.receive(&notification), Ok(Step::Unsolicited(_))));
    let earlier = [0xC4, 1, 0xC0 | client.invoke.wrapping_sub(1) & 0x0F, 0, 0];
    assert!(matches!(client.receive(&earlier), Ok(Step::Unsolicited(_))));
    let own = [0xC4, 1, 0xC0 | client.invoke, 0, 0];
    assert_eq!(client.receive(&own), Ok(Step::Done(Outcome::Get(Ok(Data::Null)))));
    assert!(client.receive(&own).is_err());
}

#[test]
fn blocks_out_of_order_end_the_exchange() {
    let (mut client, _) =
        associate(AssociationSettings::public(), server(ServerAuthentication::None, None, 500)).unwrap();
    let _ = client.get(attribute(1)).unwrap();
    let second_first = [0xC4, 2, 0xC0 | client.invoke, 0, 0, 0, 0, 2, 0, 1, 0];
    assert!(matches!(client.receive(&second_first), Err(DlmsError::Blocks(_))));
}

/// A list of 100,000 objects, in blocks: the front of it is taken, and no more is asked for.
#[test]
fn an_array_without_end_is_read_as_far_as_is_wanted() {
    let (mut client, _) =
        associate(AssociationSettings::public(), server(ServerAuthentication::None, None, 500)).unwrap();
    let element = ObjectListElement {
        class: ClassId(3),
        version: 0,
        instance: ObisCode([1, 0, 1, 8, 0, 255]),
        attributes: vec![AttributeAccess { attribute: 2, mode: 1, selectors: 0 }],
        methods: Vec::new(),
    };
    let list = encode_object_list(&vec![element; 100_000]).to_bytes();
    for (most, whole) in [(1_000, false), (100_000, true)] {
        let mut step = client.get_front(attribute(2), most).unwrap();
        let mut blocks = 0u32;
        let outcome = loop {
            if let Step::Done(outcome) = step {
                break outcome;
            }
            let from = usize::try_from(blocks).unwrap() * 4_000;
            let octets = &list[from..(from + 4_000).min(list.len())];
            blocks += 1;
            let last = u8::from(from + 4_000 >= list.len());
            let length = u16::try_from(octets.len()).unwrap().to_be_bytes();
            let head =
                [&[0xC4, 2, 0xC0 | client.invoke, last][..], &blocks.to_be_bytes(), &[0, 0x82], &length].concat();
            step = client.receive(&[head, octets.to_vec()].concat()).unwrap();
        };
        let Outcome::Front { result: Ok(Data::Array(elements)), whole: is_whole } = outcome else { panic!() };
        assert_eq!((elements.len(), is_whole), (most, whole));
        assert!(whole || blocks < 100, "{blocks} blocks were asked for");
    }
}

#[test]
fn passwords_are_pointed_out() {
    let mut client = DlmsClient::new(AssociationSettings::lls(Password::new(*b"12345678")));
    let Ok(Step::Send(aarq)) = client.associate() else { panic!() };
    assert_eq!(aarq.secrets.len(), 1);
    assert_eq!(aarq.octets[aarq.secrets[0].clone()], *b"12345678");
    let mut client = DlmsClient::new(gmac_settings(None));
    let Ok(Step::Send(aarq)) = client.associate() else { panic!() };
    assert!(aarq.secrets.is_empty());
    let (mut client, _) =
        associate(AssociationSettings::public(), server(ServerAuthentication::None, None, 500)).unwrap();
    let item = SetItem { attribute: attribute(7), value: Data::OctetString(b"newsecret".to_vec()) };
    let Ok(Step::Send(set)) = client.set_secret(item) else { panic!() };
    assert!(set.octets[set.secrets[0].clone()].ends_with(b"newsecret"));
}

#[test]
fn random_and_damaged_apdus_never_upset_either_side() {
    let mut random = fastrand::Rng::with_seed(11);
    let both = Some(Protection::AuthenticatedEncryption);
    let tags = [0x60u8, 0x61, 0x62, 0x63, 0xC0, 0xC1, 0xC3, 0xC4, 0xC5, 0xC7, 0xC8, 0xCC, 0xDB, 0xD8, 0x0E];
    for round in 0..4000 {
        let mut meter = server(ServerAuthentication::None, None, 200);
        let mut client =
            DlmsClient::new(if round % 2 == 0 { AssociationSettings::public() } else { gmac_settings(both) });
        let Ok(Step::Send(aarq)) = client.associate() else { panic!() };
        let mut bytes = aarq.octets;
        if random.bool() {
            let index = random.usize(..bytes.len());
            bytes[index] = random.u8(..);
        } else {
            bytes = (0..random.usize(1..40)).map(|_| random.u8(..)).collect();
            bytes[0] = tags[random.usize(..tags.len())];
        }
        if let ServerStep::Reply(mut reply) = meter.receive(&bytes, &mut random) {
            let index = random.usize(..reply.len());
            reply[index] = random.u8(..);
            let _ = client.receive(&reply);
        }
        meter.phase_open_for_test();
        let _ = meter.receive(&bytes, &mut random);
        let _ = Envelope::from_bytes(&bytes);
        let _ = SelectiveAccess::by_entry((1, 2), (1, 0)).entry_bounds();
    }
}
