//! SET and ACTION with list: several writes or calls in one request, each with a result of its own. A list never goes
//! in blocks: what is longer than the meter takes is cut by the caller, for few meters put lists together.

use super::super::apdu::{
    ActionItem, ActionOutcome, ActionRequest, ActionResponse, ExceptionResponse, GetItem, InvokeId, SetItem,
    SetRequest, SetResponse, tag,
};
use super::super::blocks::BlockReceiver;
use super::super::conformance::Conformance;
use super::super::data::Data;
use super::super::error::DlmsError;
use super::super::results::{ActionResult, DataAccessResult};
use super::exchange::Operation;
use super::protection::Secret;
use super::{DlmsClient, Outcome, Step};

/// How a meter refused a list as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListRefusal {
    /// With one result for all.
    Result(DataAccessResult),
    /// With an exception.
    Exception(ExceptionResponse),
}

impl ListRefusal {
    /// Whether it is sure that nothing was carried out: the meter knows no lists, or took this one for too long.
    pub fn says_nothing_was_done(self) -> bool {
        match self {
            ListRefusal::Result(_) => true,
            ListRefusal::Exception(ExceptionResponse { state, service, .. }) => state == 2 || matches!(service, 2 | 4),
        }
    }
}

impl std::fmt::Display for ListRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ListRefusal::Result(result) => result.fmt(f),
            ListRefusal::Exception(exception) => exception.fmt(f),
        }
    }
}

/// Several writes or calls in one request.
#[derive(Debug)]
pub(super) struct List {
    invoke: InvokeId,
    service: ListService,
    asked: usize,
    receiving: BlockReceiver,
}

impl List {
    /// What the reply is called, its tag, and the number of the request.
    pub(super) const fn expects(&self) -> (&'static str, u8, InvokeId) {
        match self.service {
            ListService::Set => ("a SET response", tag::SET_RESPONSE, self.invoke),
            ListService::Action => ("an ACTION response", tag::ACTION_RESPONSE, self.invoke),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ListService {
    Set,
    Action,
}

impl DlmsClient {
    /// Writes several attributes with one request, none of them a secret.
    ///
    /// # Errors
    /// [`DlmsError::Request`] without an association, when the meter takes no lists, or none of this length.
    pub fn set_list(&mut self, items: Vec<SetItem>) -> Result<Step, DlmsError> {
        let (invoke, asked) = (self.next_invoke(), items.len());
        let (targets, values) = items.into_iter().map(|item| (GetItem::from(item.attribute), item.value)).unzip();
        let request = SetRequest::WithList { invoke, targets, values };
        self.start_list((invoke, ListService::Set, asked), request.to_bytes())
    }

    /// Calls several methods with one request, none of them with a secret.
    ///
    /// # Errors
    /// Those of [`DlmsClient::set_list`].
    pub fn action_list(&mut self, items: Vec<ActionItem>) -> Result<Step, DlmsError> {
        let (invoke, asked) = (self.next_invoke(), items.len());
        let calls = items.into_iter().map(|item| (item.method, item.argument.unwrap_or(Data::Null)));
        let (methods, arguments) = calls.unzip();
        let request = ActionRequest::WithList { invoke, methods, arguments };
        self.start_list((invoke, ListService::Action, asked), request.to_bytes())
    }

    fn start_list(
        &mut self,
        (invoke, service, asked): (InvokeId, ListService, usize),
        request: Vec<u8>,
    ) -> Result<Step, DlmsError> {
        if !self.negotiated()?.conformance.contains(Conformance::MULTIPLE_REFERENCES) {
            return Err(DlmsError::Request("the meter takes no lists"));
        }
        if request.len() > self.room()? {
            return Err(DlmsError::Request("the list is longer than the meter takes"));
        }
        self.operation = Operation::List(List { invoke, service, asked, receiving: BlockReceiver::default() });
        self.seal(request, Secret::NONE).map(Step::Send)
    }

    /// Acts on the reply to a list.
    pub(super) fn receive_list(&mut self, list: List, plain: &[u8]) -> Result<Step, DlmsError> {
        let (what, ..) = list.expects();
        match list.service {
            ListService::Set => {
                let response = SetResponse::from_bytes(plain).map_err(DlmsError::decode(what))?;
                list_written(&list, response)
            }
            ListService::Action => {
                let response = ActionResponse::from_bytes(plain).map_err(DlmsError::decode(what))?;
                self.receive_called(list, response)
            }
        }
    }

    /// What came of a list of calls.
    fn receive_called(&mut self, mut list: List, response: ActionResponse) -> Result<Step, DlmsError> {
        let what = "an ACTION response";
        let outcomes = match response {
            ActionResponse::WithList { outcomes, .. } => outcomes,
            ActionResponse::Normal { outcome, .. } if outcome.result != ActionResult::Success => {
                let result = DataAccessResult::from_number(outcome.result.number());
                return Ok(Step::Done(Outcome::ListRefused(ListRefusal::Result(result))));
            }
            ActionResponse::Block { invoke, block } => {
                list.receiving.take(block.number, &block.octets).map_err(DlmsError::Blocks)?;
                if !block.last {
                    self.operation = Operation::List(list);
                    let next = ActionRequest::Next { invoke, number: block.number };
                    return self.seal(next.to_bytes(), Secret::NONE).map(Step::Send);
                }
                let whole = std::mem::take(&mut list.receiving).finish();
                ActionOutcome::list_from_blocks(&whole).map_err(DlmsError::decode(what))?
            }
            ActionResponse::Normal { .. } | ActionResponse::Next { .. } => return Err(not_of_the_list(what)),
        };
        if outcomes.len() != list.asked {
            return Err(not_of_the_list(what));
        }
        Ok(Step::Done(Outcome::ActionList(outcomes)))
    }
}

/// What came of a list of writes.
fn list_written(list: &List, response: SetResponse) -> Result<Step, DlmsError> {
    match response {
        SetResponse::WithList { results, .. } if results.len() == list.asked => {
            Ok(Step::Done(Outcome::SetList(results)))
        }
        SetResponse::Normal { result, .. } if result != DataAccessResult::Success => {
            Ok(Step::Done(Outcome::ListRefused(ListRefusal::Result(result))))
        }
        _ => Err(not_of_the_list("a SET response")),
    }
}

/// A reply of which nobody knows what it says of each item.
fn not_of_the_list(expected: &'static str) -> DlmsError {
    DlmsError::Unexpected { expected, got: "one without a result for each of the list".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::AssociationSettings;
    use super::*;
    use crate::protocol::dlms::{
        AttributeDescriptor, ClassId, DataAccessResult, MethodDescriptor, ObisCode, ServerAnswer, ServerAssociation,
        ServerAuthentication, ServerCounters, ServerRequest, ServerSettings, ServerStep, SystemTitle,
    };

    const OBJECT: ObisCode = ObisCode([0, 0, 96, 1, 0, 255]);

    fn set(attribute: i8, octets: usize) -> SetItem {
        let value = Data::OctetString(vec![7; octets]);
        SetItem { attribute: AttributeDescriptor::new(ClassId::DATA, OBJECT, attribute), value }
    }

    fn call(method: i8, octets: usize) -> ActionItem {
        let argument = Some(Data::OctetString(vec![9; octets]));
        ActionItem { method: MethodDescriptor::new(ClassId::DATA, OBJECT, method), argument }
    }

    fn client(max_pdu: u16) -> DlmsClient {
        let mut client = DlmsClient::new(AssociationSettings::public());
        client.pre_established(Conformance::CLIENT, max_pdu);
        client
    }

    /// A meter with an open association.
    fn meter(max_pdu: u16, longest_list: usize) -> ServerAssociation {
        let settings = ServerSettings {
            authentication: ServerAuthentication::None,
            title: SystemTitle(*b"GRX00001"),
            keys: None,
            required: None,
            conformance: Conformance::CLIENT,
            max_pdu,
            longest_list,
            short_names: None,
            general: Default::default(),
        };
        let mut meter = ServerAssociation::new(settings, ServerCounters::default());
        let Ok(Step::Send(aarq)) = DlmsClient::new(AssociationSettings::public()).associate() else { panic!() };
        assert!(matches!(meter.receive(&aarq.octets, &mut fastrand::Rng::with_seed(1)), ServerStep::Reply(_)));
        meter
    }

    /// Odd attributes are written; odd methods give back their argument.
    fn model(request: ServerRequest) -> ServerAnswer {
        let odd = |number: i8| number % 2 != 0;
        match request {
            ServerRequest::Set(items) => ServerAnswer::Set(
                items
                    .iter()
                    .map(|(target, _)| match odd(target.attribute.attribute) {
                        true => DataAccessResult::Success,
                        false => DataAccessResult::ReadWriteDenied,
                    })
                    .collect(),
            ),
            ServerRequest::Action(items) => ServerAnswer::Action(
                items
                    .into_iter()
                    .map(|item| match odd(item.method.method) {
                        true => ActionOutcome { result: ActionResult::Success, returned: item.argument.map(Ok) },
                        false => ActionOutcome::bare(ActionResult::ObjectUndefined),
                    })
                    .collect(),
            ),
            other => panic!("{other:?}"),
        }
    }

    fn run(step: Result<Step, DlmsError>, client: &mut DlmsClient, meter: &mut ServerAssociation) -> Outcome {
        let mut step = step.unwrap();
        loop {
            match step {
                Step::Done(outcome) => return outcome,
                Step::Send(apdu) => {
                    let reply = match meter.receive(&apdu.octets, &mut fastrand::Rng::with_seed(1)) {
                        ServerStep::Reply(reply) => reply,
                        ServerStep::Request(request) => meter.answer(model(request)),
                    };
                    step = client.receive(&reply).unwrap();
                }
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn each_write_and_each_call_has_its_own_result_also_where_the_answer_is_long() {
        for max_pdu in [200, 0] {
            let (mut client, mut meter) = (client(max_pdu), meter(max_pdu, 0));
            let step = client.set_list(vec![set(1, 4), set(2, 4), set(3, 4)]);
            let expected = [DataAccessResult::Success, DataAccessResult::ReadWriteDenied, DataAccessResult::Success];
            assert_eq!(run(step, &mut client, &mut meter), Outcome::SetList(expected.to_vec()));
            // With what they give back the answer does not fit 200 octets.
            let step = client.action_list(vec![call(1, 60), call(2, 1), call(3, 61)]);
            let Outcome::ActionList(outcomes) = run(step, &mut client, &mut meter) else { panic!() };
            let given: Vec<Option<usize>> = outcomes
                .iter()
                .map(|outcome| outcome.returned.as_ref()?.as_ref().ok()?.as_octets().map(<[u8]>::len))
                .collect();
            assert_eq!(given, [Some(60), None, Some(61)]);
            assert_eq!(outcomes[1].result, ActionResult::ObjectUndefined);
        }
    }

    #[test]
    fn a_list_the_meter_does_not_take_is_told_from_one_it_carried_out() {
        let (mut client, mut short) = (client(0), meter(0, 2));
        let step = client.set_list(vec![set(1, 4), set(3, 4), set(5, 4)]);
        let Outcome::ListRefused(refusal) = run(step, &mut client, &mut short) else { panic!() };
        assert!(refusal.says_nothing_was_done(), "{refusal}");
        // One result for a list: of a failure it says that nothing was done, of a success nothing at all.
        let one = |invoke, result| SetResponse::Normal { invoke, result }.to_bytes();
        for (result, refused) in [(DataAccessResult::TypeUnmatched, true), (DataAccessResult::Success, false)] {
            let Ok(Step::Send(request)) = client.set_list(vec![set(1, 4), set(3, 4)]) else { panic!() };
            let step = client.receive(&one(InvokeId(request.octets[2]), result));
            assert_eq!(matches!(step, Ok(Step::Done(Outcome::ListRefused(_)))), refused, "{step:?}");
            assert_eq!(matches!(step, Err(DlmsError::Unexpected { .. })), !refused);
        }
        let Ok(Step::Send(request)) = client.action_list(vec![call(1, 4), call(3, 4)]) else { panic!() };
        let outcomes = vec![ActionOutcome::bare(ActionResult::Success)];
        let short = ActionResponse::WithList { invoke: InvokeId(request.octets[2]), outcomes };
        assert!(matches!(client.receive(&short.to_bytes()), Err(DlmsError::Unexpected { .. })));
        // Some other fault of the meter's may have come in the middle of a list.
        let Ok(Step::Send(_)) = client.action_list(vec![call(1, 4), call(3, 4)]) else { panic!() };
        let step = client.receive(&ExceptionResponse::NOT_ALLOWED.to_bytes());
        let Ok(Step::Done(Outcome::ListRefused(refusal))) = step else { panic!("{step:?}") };
        assert!(!refusal.says_nothing_was_done());
    }

    #[test]
    fn a_list_longer_than_the_meter_takes_is_not_sent() {
        let mut narrow = client(100);
        assert!(matches!(narrow.set_list(vec![set(1, 40), set(3, 40)]), Err(DlmsError::Request(_))));
        assert!(matches!(narrow.set_list(vec![set(1, 20), set(3, 20)]), Ok(Step::Send(_))));
        let mut without = DlmsClient::new(AssociationSettings::public());
        without.pre_established(Conformance::CLIENT.without(Conformance::MULTIPLE_REFERENCES), 0);
        assert!(matches!(without.action_list(vec![call(1, 1), call(3, 1)]), Err(DlmsError::Request(_))));
    }

    #[test]
    fn arguments_of_a_list_come_in_blocks_too() {
        let mut meter = meter(0, 0);
        let arguments = [Data::OctetString(vec![1; 30]), Data::OctetString(vec![2; 30])];
        let mut octets = vec![2];
        arguments.iter().for_each(|argument| octets.extend(argument.to_bytes()));
        let mut blocks = crate::protocol::dlms::blocks::BlockSender::new(octets, 40);
        let (invoke, methods) = (InvokeId::confirmed(1), vec![call(1, 0).method, call(3, 0).method]);
        let first = ActionRequest::FirstBlockWithList { invoke, methods, block: blocks.next_block() };
        let mut random = fastrand::Rng::with_seed(1);
        let ServerStep::Reply(reply) = meter.receive(&first.to_bytes(), &mut random) else { panic!() };
        assert_eq!(ActionResponse::from_bytes(&reply), Ok(ActionResponse::Next { invoke, number: 1 }));
        let second = ActionRequest::Block { invoke, block: blocks.next_block() };
        let ServerStep::Request(ServerRequest::Action(items)) = meter.receive(&second.to_bytes(), &mut random) else {
            panic!()
        };
        let got: Vec<Option<Data>> = items.into_iter().map(|item| item.argument).collect();
        assert_eq!(got, arguments.map(Some));
    }
}
