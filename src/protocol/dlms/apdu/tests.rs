//! APDUs as other programs make them, and round trips.

use super::super::conformance::Conformance;
use super::super::data::Data;
use super::super::identifiers::{AttributeDescriptor, ClassId, MethodDescriptor, ObisCode};
use super::super::results::{ActionResult, DataAccessResult};
use super::*;

fn item(attribute: i8) -> GetItem {
    AttributeDescriptor::new(ClassId::PROFILE_GENERIC, ObisCode([1, 0, 99, 1, 0, 255]), attribute).into()
}

fn block(last: bool) -> Block {
    Block { last, number: 3, octets: vec![1, 2, 3] }
}

const INVOKE: InvokeId = InvokeId(0xC1);

#[test]
fn a_get_request_is_the_octets_of_the_standard() {
    let name = AttributeDescriptor::new(ClassId::DATA, ObisCode([0, 0, 42, 0, 0, 255]), 2);
    let request = GetRequest::Normal { invoke: INVOKE, item: name.into() };
    assert_eq!(request.to_bytes(), [0xC0, 1, 0xC1, 0, 1, 0, 0, 42, 0, 0, 255, 2, 0]);
}

#[test]
fn requests_and_responses_round_trip_and_no_shortening_passes() {
    let selected = GetItem { access: Some(SelectiveAccess::by_entry((3, 4), (1, 0))), ..item(2) };
    let method = MethodDescriptor::new(ClassId::TOKEN_GATEWAY, ObisCode([0, 0, 19, 40, 0, 255]), 1);
    let data = Data::Structure(vec![Data::Int8(-1), Data::OctetString(vec![1, 2])]);
    macro_rules! check {
        ($type:ident: $($value:expr),* $(,)?) => {$(
            let value = $value;
            let bytes = value.to_bytes();
            assert_eq!($type::from_bytes(&bytes), Ok(value.clone()));
            for length in 0..bytes.len() {
                // ACTION responses may lack their optional part.
                let shorter = $type::from_bytes(&bytes[..length]);
                assert!(shorter.is_err() || bytes[0] == tag::ACTION_RESPONSE, "{value:?} {length}");
            }
        )*};
    }
    check!(GetRequest:
        GetRequest::Normal { invoke: INVOKE, item: selected.clone() },
        GetRequest::Next { invoke: INVOKE, number: 7 },
        GetRequest::WithList { invoke: INVOKE, items: vec![item(3), selected.clone()] },
    );
    check!(GetResponse:
        GetResponse::Normal { invoke: INVOKE, result: Ok(data.clone()) },
        GetResponse::Normal { invoke: INVOKE, result: Err(DataAccessResult::ReadWriteDenied) },
        GetResponse::Block { invoke: INVOKE, last: false, number: 1, content: Ok(vec![9; 200]) },
        GetResponse::Block { invoke: INVOKE, last: true, number: 2, content: Err(DataAccessResult::LongGetAborted) },
        GetResponse::WithList { invoke: INVOKE, results: vec![Ok(data.clone()), Err(DataAccessResult::ObjectUndefined)] },
    );
    check!(SetRequest:
        SetRequest::Normal { invoke: INVOKE, target: item(4), value: data.clone() },
        SetRequest::FirstBlock { invoke: INVOKE, target: item(4), block: block(false) },
        SetRequest::Block { invoke: INVOKE, block: block(true) },
        SetRequest::WithList { invoke: INVOKE, targets: vec![item(4), item(5)], values: vec![data.clone(), Data::Null] },
        SetRequest::FirstBlockWithList { invoke: INVOKE, targets: vec![item(4)], block: block(false) },
    );
    check!(SetResponse:
        SetResponse::Normal { invoke: INVOKE, result: DataAccessResult::Success },
        SetResponse::Block { invoke: INVOKE, number: 1 },
        SetResponse::LastBlock { invoke: INVOKE, result: DataAccessResult::TypeUnmatched, number: 2 },
        SetResponse::LastBlockWithList { invoke: INVOKE, results: vec![DataAccessResult::Success], number: 2 },
        SetResponse::WithList { invoke: INVOKE, results: vec![DataAccessResult::Success, DataAccessResult::Other(77)] },
    );
    check!(ActionRequest:
        ActionRequest::Normal { invoke: INVOKE, method, argument: Some(data.clone()) },
        ActionRequest::Normal { invoke: INVOKE, method, argument: None },
        ActionRequest::Next { invoke: INVOKE, number: 1 },
        ActionRequest::FirstBlock { invoke: INVOKE, method, block: block(false) },
        ActionRequest::Block { invoke: INVOKE, block: block(true) },
        ActionRequest::WithList {
            invoke: INVOKE,
            methods: vec![method, method],
            arguments: vec![data.clone(), Data::Null],
        },
        ActionRequest::FirstBlockWithList { invoke: INVOKE, methods: vec![method], block: block(false) },
    );
    check!(ActionResponse:
        ActionResponse::Normal { invoke: INVOKE, outcome: ActionOutcome::bare(ActionResult::Success) },
        ActionResponse::Normal {
            invoke: INVOKE,
            outcome: ActionOutcome { result: ActionResult::Success, returned: Some(Ok(data.clone())) },
        },
        ActionResponse::WithList {
            invoke: INVOKE,
            outcomes: vec![
                ActionOutcome::bare(ActionResult::Other(77)),
                ActionOutcome { result: ActionResult::Success, returned: Some(Ok(data.clone())) },
            ],
        },
        ActionResponse::Block { invoke: INVOKE, block: block(true) },
        ActionResponse::Next { invoke: INVOKE, number: 1 },
    );
}

#[test]
fn a_plain_association_leaves_authentication_out() {
    let initiate = InitiateRequest { dedicated_key: None, conformance: Conformance::CLIENT, max_pdu: 0xFFFF };
    let aarq = AarqApdu {
        context: ContextName::LogicalName,
        calling_title: None,
        mechanism: Mechanism::None,
        authentication_value: None,
        user_information: initiate.to_bytes(),
    };
    let bytes = aarq.to_bytes();
    let expected = [
        0x60, 0x1D, 0xA1, 0x09, 0x06, 0x07, 0x60, 0x85, 0x74, 0x05, 0x08, 0x01, 0x01, 0xBE, 0x10, 0x04, 0x0E, 0x01, 0,
        0, 0, 0x06, 0x5F, 0x1F, 0x04, 0, 0x00, 0x7E, 0x1F, 0xFF, 0xFF,
    ];
    assert_eq!(bytes, expected);
    assert_eq!(AarqApdu::from_bytes(&bytes), Ok(aarq));
    assert_eq!(InitiateRequest::from_bytes(&initiate.to_bytes()), Ok(initiate));
    assert_eq!(AarqApdu::password_range(&bytes), None);
}

#[test]
fn association_answers_round_trip_also_without_user_information() {
    let response = InitiateResponse { conformance: Conformance::CLIENT, max_pdu: 512 };
    assert_eq!(InitiateResponse::from_bytes(&response.to_bytes()), Ok(response));
    let mut aare = AareApdu {
        context: ContextName::LogicalNameCiphered,
        result: AssociationResult::Accepted,
        diagnostic: AssociationDiagnostic::AUTHENTICATION_REQUIRED,
        responding_title: Some(b"GRX00001".to_vec()),
        mechanism: Mechanism::HlsGmac,
        authentication_value: Some(vec![1; 16]),
        user_information: Some(response.to_bytes()),
    };
    assert_eq!(AareApdu::from_bytes(&aare.to_bytes()), Ok(aare.clone()));
    aare.user_information = None;
    aare.result = AssociationResult::RejectedTransient;
    aare.diagnostic = AssociationDiagnostic { provider: true, number: 2 };
    assert_eq!(AareApdu::from_bytes(&aare.to_bytes()), Ok(aare.clone()));
    let bytes = aare.to_bytes();
    for length in 0..bytes.len() {
        assert!(AareApdu::from_bytes(&bytes[..length]).is_err());
    }
    let release = ReleaseRequest { user_information: Some(vec![0x21, 0]) };
    assert_eq!(ReleaseRequest::from_bytes(&release.to_bytes()), Ok(release));
    assert_eq!(ReleaseResponse::from_bytes(&[0x63, 0]), Ok(ReleaseResponse { reason: None }));
    assert_eq!(ReleaseRequest::default().to_bytes(), [0x62, 3, 0x80, 1, 0]);
}

#[test]
fn exceptions_tell_the_counter_expected() {
    let exception = ExceptionResponse::from_bytes(&[0xD8, 1, 6, 0, 0, 1, 0]).unwrap();
    assert_eq!(exception, ExceptionResponse::counter(256));
    assert_eq!(ExceptionResponse::from_bytes(&exception.to_bytes()), Ok(exception));
    assert_eq!(exception.to_string(), "service not allowed, invocation counter error (it expects 256)");
    let refused = ServiceError::from_bytes(&[0x0E, 1, 6, 2]).unwrap();
    assert_eq!(refused.to_string(), "initiate error, incompatible conformance");
}

#[test]
fn long_action_answers_with_and_without_a_result_in_front() {
    let data = Data::OctetString(vec![7; 20]);
    let bare = data.to_bytes();
    let with_result = [&[0, 1, 0][..], &bare].concat();
    for octets in [bare, with_result] {
        let outcome = ActionOutcome::from_blocks(&octets).unwrap();
        assert_eq!(outcome, ActionOutcome { result: ActionResult::Success, returned: Some(Ok(data.clone())) });
    }
}
