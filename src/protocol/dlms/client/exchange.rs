//! GET, SET and ACTION: building requests, following blocks, collecting answers.

use std::collections::VecDeque;

use super::super::apdu::{
    AccessItem, AccessRequest, AccessResponse, AccessResult, ActionOutcome, ActionRequest, ActionResponse, GetItem,
    GetRequest, GetResponse, GetResult, InvokeId, LongInvokeId, SetItem, SetRequest, SetResponse, apdu_name, tag,
};
use super::super::blocks::{BlockReceiver, BlockSender};
use super::super::conformance::Conformance;
use super::super::data::Data;
use super::super::error::DlmsError;
use super::super::identifiers::MethodDescriptor;
use super::super::results::DataAccessResult;
use super::lists::List;
use super::protection::Secret;
use super::short_names::{Read, Write};
use super::{DlmsClient, ListRefusal, Outcome, Step};

/// Octets of a first-block request beside its block's octets: service header, descriptor, block header.
const FIRST_BLOCK_OVERHEAD: usize = 3 + 9 + 1 + 1 + 4 + 5;

/// Octets of an ACCESS request beside its items: tag, long invoke id, date, two counts.
const ACCESS_OVERHEAD: usize = 12;

/// What is being waited for.
#[derive(Debug)]
pub(super) enum Operation {
    None,
    Associate,
    Release,
    Handshake(Action),
    Get(Get),
    Set(Set),
    Action(Action),
    List(List),
    /// By short names.
    Read(Read),
    Write(Write),
}

#[derive(Debug)]
pub(super) struct Get {
    invoke: InvokeId,
    /// Whether one value was asked for, not a list.
    single: bool,
    /// How many items the request under way asks for.
    asked: usize,
    /// How the request under way was made.
    form: GetForm,
    pending: VecDeque<GetItem>,
    results: Vec<GetResult>,
    blocks: BlockReceiver,
    /// Elements that are enough of an array.
    front: Option<usize>,
}

/// How attributes are asked for.
#[derive(Debug)]
enum GetForm {
    /// One alone.
    Single,
    /// As a list.
    List,
    /// By ACCESS.
    Access(AccessRequest),
}

/// Octets of an element of an array on average, above which no more blocks are asked for.
const OCTETS_AN_ELEMENT: usize = 128;

#[derive(Debug)]
pub(super) struct Set {
    invoke: InvokeId,
    blocks: Option<BlockSender>,
    secret: bool,
}

#[derive(Debug)]
pub(super) struct Action {
    invoke: InvokeId,
    sending: Option<BlockSender>,
    receiving: BlockReceiver,
    secret: bool,
}

impl DlmsClient {
    pub(super) fn start_get(&mut self, items: Vec<GetItem>, single: bool) -> Result<Step, DlmsError> {
        self.begin_get(items, single, None)
    }

    pub(super) fn start_get_front(&mut self, item: GetItem, most: usize) -> Result<Step, DlmsError> {
        self.begin_get(vec![item], true, Some(most))
    }

    fn begin_get(&mut self, items: Vec<GetItem>, single: bool, front: Option<usize>) -> Result<Step, DlmsError> {
        self.negotiated()?;
        let get = Get {
            front,
            invoke: InvokeId::confirmed(0),
            single,
            asked: 0,
            form: GetForm::Single,
            pending: items.into(),
            results: Vec::new(),
            blocks: BlockReceiver::default(),
        };
        self.next_get(get)
    }

    /// Asks for the next items, or is done.
    fn next_get(&mut self, mut get: Get) -> Result<Step, DlmsError> {
        let (room, conformance) = (self.room()?, self.negotiated()?.conformance);
        if get.pending.is_empty() {
            let results = std::mem::take(&mut get.results);
            let outcome = match (get.single, results.into_iter()) {
                (true, mut results) => Outcome::Get(results.next().unwrap_or(Err(DataAccessResult::OtherReason))),
                (false, results) => Outcome::GetList(results.collect()),
            };
            return Ok(Step::Done(outcome));
        }
        let lists = conformance.contains(Conformance::MULTIPLE_REFERENCES);
        let by_access = !lists && get.pending.len() > 1 && self.takes_access();
        let items = match () {
            () if lists => take_fitting(&mut get.pending, (room, 0)),
            // Each has an octet of data, too, which is null.
            () if by_access => take_fitting(&mut get.pending, (room.saturating_sub(ACCESS_OVERHEAD), 1)),
            () => get.pending.drain(..1).collect(),
        };
        get.invoke = self.next_invoke();
        get.asked = items.len();
        get.blocks = BlockReceiver::default();
        let invoke = get.invoke;
        let mut items = items;
        let request = match (items.len(), items.pop()) {
            (1, Some(item)) => {
                get.form = GetForm::Single;
                GetRequest::Normal { invoke, item }.to_bytes()
            }
            (_, last) if by_access => {
                let items = items.into_iter().chain(last).map(AccessItem::Get).collect();
                let request = AccessRequest { invoke: LongInvokeId::confirmed(u32::from(invoke.id())), items };
                let octets = request.to_bytes();
                get.form = GetForm::Access(request);
                octets
            }
            (_, last) => {
                get.form = GetForm::List;
                items.extend(last);
                GetRequest::WithList { invoke, items }.to_bytes()
            }
        };
        self.operation = Operation::Get(get);
        self.seal(request, Secret::NONE).map(Step::Send)
    }

    pub(super) fn start_set(&mut self, item: SetItem, secret: bool) -> Result<Step, DlmsError> {
        let (room, conformance) = (self.room()?, self.negotiated()?.conformance);
        let invoke = self.next_invoke();
        let target = GetItem::from(item.attribute);
        let value = item.value.to_bytes();
        let request = SetRequest::Normal { invoke, target: target.clone(), value: item.value };
        let bytes = request.to_bytes();
        if bytes.len() <= room {
            self.operation = Operation::Set(Set { invoke, blocks: None, secret });
            return self.seal(bytes, Secret::tail(secret, value.len())).map(Step::Send);
        }
        if !conformance.contains(Conformance::BLOCK_SET) && self.takes_general_blocks() {
            self.operation = Operation::Set(Set { invoke, blocks: None, secret });
            let whole = self.seal(bytes, Secret::NONE)?;
            return self.send_generally(whole.octets);
        }
        if !conformance.contains(Conformance::BLOCK_SET) {
            return Err(DlmsError::Request("the value is longer than the meter takes, and it takes no blocks"));
        }
        let mut blocks = BlockSender::new(value, room.saturating_sub(FIRST_BLOCK_OVERHEAD));
        let block = blocks.next_block();
        let hidden = Secret::tail(secret, block.octets.len());
        self.operation = Operation::Set(Set { invoke, blocks: Some(blocks), secret });
        self.seal(SetRequest::FirstBlock { invoke, target, block }.to_bytes(), hidden).map(Step::Send)
    }

    /// `shown` is given for a secret argument: how many octets at its end may be told.
    pub(super) fn start_action(
        &mut self,
        method: MethodDescriptor,
        argument: Option<Data>,
        shown: Option<usize>,
    ) -> Result<Step, DlmsError> {
        let (room, conformance) = (self.room()?, self.negotiated()?.conformance);
        let invoke = self.next_invoke();
        let octets = argument.as_ref().map(Data::to_bytes).unwrap_or_default();
        let contents = argument.as_ref().and_then(Data::as_octets).map_or(octets.len(), <[u8]>::len);
        let bytes = ActionRequest::Normal { invoke, method, argument }.to_bytes();
        let receiving = BlockReceiver::default();
        if bytes.len() <= room {
            let hidden = shown.map_or(Secret::NONE, |shown| Secret { length: contents, shown });
            self.operation = Operation::Action(Action { invoke, sending: None, receiving, secret: shown.is_some() });
            return self.seal(bytes, hidden).map(Step::Send);
        }
        if !conformance.contains(Conformance::BLOCK_ACTION) && self.takes_general_blocks() {
            self.operation = Operation::Action(Action { invoke, sending: None, receiving, secret: shown.is_some() });
            let whole = self.seal(bytes, Secret::NONE)?;
            return self.send_generally(whole.octets);
        }
        if !conformance.contains(Conformance::BLOCK_ACTION) {
            return Err(DlmsError::Request("the argument is longer than the meter takes, and it takes no blocks"));
        }
        let mut sending = BlockSender::new(octets, room.saturating_sub(FIRST_BLOCK_OVERHEAD));
        let block = sending.next_block();
        let hidden = Secret::tail(shown.is_some(), block.octets.len());
        self.operation =
            Operation::Action(Action { invoke, sending: Some(sending), receiving, secret: shown.is_some() });
        self.seal(ActionRequest::FirstBlock { invoke, method, block }.to_bytes(), hidden).map(Step::Send)
    }

    /// Acts on the reply to a GET, SET or ACTION.
    pub(super) fn receive_service(&mut self, operation: Operation, apdu: &[u8]) -> Result<Step, DlmsError> {
        let operation = match operation {
            Operation::Read(read) => {
                let plain = self.open(apdu, "a READ response")?;
                return self.receive_read(read, &plain);
            }
            Operation::Write(write) => {
                let plain = self.open(apdu, "a WRITE response")?;
                return self.receive_write(write, &plain);
            }
            other => other,
        };
        let (what, expected, invoke) = match &operation {
            Operation::Get(Get { form: GetForm::Access(_), invoke, .. }) => {
                ("an ACCESS response", tag::ACCESS_RESPONSE, *invoke)
            }
            Operation::Get(get) => ("a GET response", tag::GET_RESPONSE, get.invoke),
            Operation::Set(set) => ("a SET response", tag::SET_RESPONSE, set.invoke),
            Operation::Action(action) | Operation::Handshake(action) => {
                ("an ACTION response", tag::ACTION_RESPONSE, action.invoke)
            }
            Operation::List(list) => list.expects(),
            _ => ("a response", 0, InvokeId(0)),
        };
        let plain = match (self.open(apdu, what), &operation) {
            // What is wrong with ciphering is not about the list.
            (Err(DlmsError::Exception(exception)), Operation::List(_)) if !matches!(exception.service, 5 | 6) => {
                return Ok(Step::Done(Outcome::ListRefused(ListRefusal::Exception(exception))));
            }
            (plain, _) => plain?,
        };
        let first = plain.first().copied().unwrap_or(0);
        if matches!(first, tag::DATA_NOTIFICATION | tag::EVENT_NOTIFICATION) {
            self.operation = operation;
            return Ok(Step::Unsolicited(plain));
        }
        let number = plain.get(if first == tag::ACCESS_RESPONSE { 4 } else { 2 });
        let stale = number.is_some_and(|&got| InvokeId(got).id() != invoke.id());
        let is_answer =
            matches!(first, tag::GET_RESPONSE | tag::SET_RESPONSE | tag::ACTION_RESPONSE | tag::ACCESS_RESPONSE);
        if stale && is_answer {
            self.operation = operation;
            return Ok(Step::Unsolicited(plain));
        }
        if first != expected {
            return Err(DlmsError::Unexpected { expected: what, got: apdu_name(first).to_owned() });
        }
        match operation {
            Operation::Get(get) if first == tag::ACCESS_RESPONSE => {
                let response = AccessResponse::from_bytes(&plain).map_err(DlmsError::decode(what))?;
                self.receive_access(get, response)
            }
            Operation::Get(get) => {
                let response = GetResponse::from_bytes(&plain).map_err(DlmsError::decode(what))?;
                self.receive_get(get, response)
            }
            Operation::Set(set) => {
                let response = SetResponse::from_bytes(&plain).map_err(DlmsError::decode(what))?;
                self.receive_set(set, &response)
            }
            Operation::Action(action) => {
                let response = ActionResponse::from_bytes(&plain).map_err(DlmsError::decode(what))?;
                self.receive_action(action, response, false)
            }
            Operation::Handshake(action) => {
                let response = ActionResponse::from_bytes(&plain).map_err(DlmsError::decode(what))?;
                self.receive_action(action, response, true)
            }
            Operation::List(list) => self.receive_list(list, &plain),
            _ => Err(DlmsError::Request("nothing was asked")),
        }
    }

    fn receive_front(&mut self, mut get: Get, response: GetResponse, most: usize) -> Result<Step, DlmsError> {
        let what = "a GET response";
        let (result, whole) = match response {
            GetResponse::Normal { result: Ok(Data::Array(mut elements)), .. } => {
                let whole = elements.len() <= most;
                elements.truncate(most);
                (Ok(Data::Array(elements)), whole)
            }
            GetResponse::Normal { result, .. } => (result, true),
            GetResponse::Block { content: Err(reason), .. } => (Err(reason), true),
            GetResponse::Block { last, number, content: Ok(octets), invoke } => {
                if octets.is_empty() && !last {
                    return Err(DlmsError::Blocks(format!("block {number} is empty and not the last")));
                }
                get.blocks.take(number, &octets).map_err(DlmsError::Blocks)?;
                let is_enough = get.blocks.len() >= most.saturating_mul(OCTETS_AN_ELEMENT);
                if !last && !is_enough {
                    self.operation = Operation::Get(get);
                    return self.seal(GetRequest::Next { invoke, number }.to_bytes(), Secret::NONE).map(Step::Send);
                }
                // A meter whose blocks are left unasked for begins anew with the next request.
                let octets = get.blocks.finish();
                let (elements, whole) = Data::front_of_array(&octets, most).map_err(DlmsError::decode(what))?;
                (Ok(Data::Array(elements)), whole && last)
            }
            GetResponse::WithList { .. } => {
                return Err(DlmsError::Unexpected { expected: what, got: "one of another form".to_owned() });
            }
        };
        Ok(Step::Done(Outcome::Front { result, whole }))
    }

    fn receive_get(&mut self, mut get: Get, response: GetResponse) -> Result<Step, DlmsError> {
        let what = "a GET response";
        if let Some(most) = get.front {
            return self.receive_front(get, response, most);
        }
        let as_list = matches!(get.form, GetForm::List);
        let results = match response {
            GetResponse::Normal { result, .. } if !as_list => vec![result],
            // A list refused as a whole.
            GetResponse::Normal { result: Err(reason), .. } => vec![Err(reason); get.asked],
            GetResponse::WithList { results, .. } if as_list => results,
            GetResponse::Block { content: Err(reason), .. } => vec![Err(reason); get.asked],
            GetResponse::Block { last, number, content: Ok(octets), invoke } => {
                get.blocks.take(number, &octets).map_err(DlmsError::Blocks)?;
                if !last {
                    self.operation = Operation::Get(get);
                    return self.seal(GetRequest::Next { invoke, number }.to_bytes(), Secret::NONE).map(Step::Send);
                }
                let whole = std::mem::take(&mut get.blocks).finish();
                if as_list {
                    GetResponse::decode_list(&whole).map_err(DlmsError::decode(what))?
                } else {
                    vec![Ok(Data::from_bytes(&whole).map_err(DlmsError::decode(what))?)]
                }
            }
            GetResponse::Normal { .. } | GetResponse::WithList { .. } => {
                return Err(DlmsError::Unexpected { expected: what, got: "one of another form".to_owned() });
            }
        };
        self.take_results(get, results, what)
    }

    fn receive_access(&mut self, get: Get, response: AccessResponse) -> Result<Step, DlmsError> {
        let what = "an ACCESS response";
        let GetForm::Access(request) = &get.form else {
            return Err(DlmsError::Unexpected { expected: what, got: "one to another request".to_owned() });
        };
        if response.results.iter().zip(&request.items).any(|(result, item)| !result.answers(item)) {
            return Err(DlmsError::Unexpected { expected: what, got: "results of another service".to_owned() });
        }
        let results = response.results.into_iter().map(AccessResult::into_get).collect();
        self.take_results(get, results, what)
    }

    /// Keeps the results of a request, and asks for the rest.
    fn take_results(&mut self, mut get: Get, results: Vec<GetResult>, what: &'static str) -> Result<Step, DlmsError> {
        if results.len() != get.asked {
            let got = format!("{} results for {} attributes", results.len(), get.asked);
            return Err(DlmsError::Unexpected { expected: what, got });
        }
        get.results.extend(results);
        self.next_get(get)
    }

    fn receive_set(&mut self, mut set: Set, response: &SetResponse) -> Result<Step, DlmsError> {
        match (response, &mut set.blocks) {
            (SetResponse::Normal { result, .. }, _) | (SetResponse::LastBlock { result, .. }, Some(_)) => {
                Ok(Step::Done(Outcome::Set(*result)))
            }
            (SetResponse::Block { number, .. }, Some(blocks)) => {
                blocks.acknowledge(*number).map_err(DlmsError::Blocks)?;
                let block = blocks.next_block();
                let hidden = Secret::tail(set.secret, block.octets.len());
                let request = SetRequest::Block { invoke: set.invoke, block };
                self.operation = Operation::Set(set);
                self.seal(request.to_bytes(), hidden).map(Step::Send)
            }
            _ => Err(DlmsError::Unexpected { expected: "a SET response", got: "one of another form".to_owned() }),
        }
    }

    fn receive_action(
        &mut self,
        mut action: Action,
        response: ActionResponse,
        handshake: bool,
    ) -> Result<Step, DlmsError> {
        let again = |action| if handshake { Operation::Handshake(action) } else { Operation::Action(action) };
        let outcome = match response {
            ActionResponse::Normal { outcome, .. } => outcome,
            ActionResponse::WithList { .. } => {
                return Err(DlmsError::Unexpected { expected: "an ACTION response", got: "one to a list".to_owned() });
            }
            ActionResponse::Next { number, .. } => {
                let blocks = action.sending.as_mut().ok_or_else(|| DlmsError::Unexpected {
                    expected: "an ACTION response",
                    got: "a request for a block of the argument".to_owned(),
                })?;
                blocks.acknowledge(number).map_err(DlmsError::Blocks)?;
                let block = blocks.next_block();
                let hidden = Secret::tail(action.secret, block.octets.len());
                let request = ActionRequest::Block { invoke: action.invoke, block };
                self.operation = again(action);
                return self.seal(request.to_bytes(), hidden).map(Step::Send);
            }
            ActionResponse::Block { invoke, block } => {
                action.receiving.take(block.number, &block.octets).map_err(DlmsError::Blocks)?;
                if !block.last {
                    self.operation = again(action);
                    return self
                        .seal(ActionRequest::Next { invoke, number: block.number }.to_bytes(), Secret::NONE)
                        .map(Step::Send);
                }
                let whole = std::mem::take(&mut action.receiving).finish();
                ActionOutcome::from_blocks(&whole).map_err(DlmsError::decode("an ACTION response"))?
            }
        };
        if handshake { self.finish_handshake(outcome) } else { Ok(Step::Done(Outcome::Action(outcome))) }
    }
}

/// Takes from the front as many items as fit one request, each with so many octets beside its own.
fn take_fitting(pending: &mut VecDeque<GetItem>, (room, beside): (usize, usize)) -> Vec<GetItem> {
    // Service header and count of the list.
    let mut used = 5usize;
    let mut items = Vec::new();
    while let Some(item) = pending.front() {
        let mut bytes = Vec::new();
        item.encode(&mut bytes);
        used = used.saturating_add(bytes.len()).saturating_add(beside);
        if !items.is_empty() && (used > room || items.len() >= 255) {
            break;
        }
        items.extend(pending.pop_front());
    }
    items
}
