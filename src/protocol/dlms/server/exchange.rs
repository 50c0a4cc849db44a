//! GET, SET and ACTION from the meter's side, with blocks both ways.

use super::super::apdu::{
    AccessRequest, AccessResponse, ActionItem, ActionOutcome, ActionRequest, ActionResponse, Block, ExceptionResponse,
    GetItem, GetRequest, GetResponse, GetResult, InvokeId, LongInvokeId, ReadRequest, SetRequest, SetResponse,
    WriteRequest, tag,
};
use super::super::blocks::{BlockReceiver, BlockSender};
use super::super::conformance::Conformance;
use super::super::cursor::Cursor;
use super::super::data::Data;
use super::super::identifiers::MethodDescriptor;
use super::super::results::{ActionResult, DataAccessResult};
use super::short_names::ShortExchange;
use super::{Phase, ServerAnswer, ServerAssociation, ServerRequest, ServerStep, exception};

/// Octets of a block response beside the block's own: service header, last, number, choice, length.
const BLOCK_OVERHEAD: usize = 3 + 1 + 4 + 1 + 3;

/// What is going on between two APDUs.
#[derive(Debug)]
pub(super) enum Exchange {
    None,
    /// Something by short names.
    Short(ShortExchange),
    /// The object model has a GET to answer.
    Get {
        invoke: InvokeId,
        list: bool,
    },
    /// The object model has a SET to answer; `last_block` is the number of the block that completed it.
    Set {
        invoke: InvokeId,
        list: bool,
        last_block: Option<u32>,
    },
    /// The object model has an ACCESS to answer.
    Access {
        invoke: LongInvokeId,
    },
    /// The object model has an ACTION to answer.
    Action {
        invoke: InvokeId,
        list: bool,
    },
    /// A long GET answer is going out.
    SendingGet {
        blocks: BlockSender,
    },
    /// A long ACTION answer is going out.
    SendingAction {
        blocks: BlockSender,
    },
    /// A long SET value is coming in.
    ReceivingSet {
        targets: Vec<GetItem>,
        list: bool,
        blocks: BlockReceiver,
    },
    /// A long ACTION argument, or those of a list, is coming in.
    ReceivingAction {
        methods: Vec<MethodDescriptor>,
        list: bool,
        blocks: BlockReceiver,
    },
}

impl ServerAssociation {
    /// Acts on a request without protection.
    pub(super) fn receive_plain(&mut self, plain: &[u8]) -> ServerStep {
        let before = std::mem::replace(&mut self.exchange, Exchange::None);
        let conformance = self.negotiated.conformance;
        let step = match plain.first() {
            Some(&tag::GET_REQUEST) if conformance.contains(Conformance::GET) && self.phase == Phase::Open => {
                GetRequest::from_bytes(plain).ok().map(|request| self.receive_get(request, before))
            }
            Some(&tag::SET_REQUEST) if conformance.contains(Conformance::SET) && self.phase == Phase::Open => {
                SetRequest::from_bytes(plain).ok().map(|request| self.receive_set(request, before))
            }
            // Without the service in the conformance block the handshake is still made with it.
            Some(&tag::ACTION_REQUEST)
                if conformance.contains(Conformance::ACTION) || self.phase == Phase::Handshake =>
            {
                ActionRequest::from_bytes(plain).ok().map(|request| self.receive_action(request, before))
            }
            Some(&tag::ACCESS_REQUEST) if conformance.contains(Conformance::ACCESS) && self.phase == Phase::Open => {
                AccessRequest::from_bytes(plain).ok().map(|AccessRequest { invoke, items }| {
                    self.exchange = Exchange::Access { invoke };
                    ServerStep::Request(ServerRequest::Access(items))
                })
            }
            // Without the services the handshake is still made with READ.
            Some(&tag::READ_REQUEST) if self.settings.short_names.is_some() => {
                ReadRequest::from_bytes(plain).ok().map(|request| self.receive_read(request, before))
            }
            Some(&tag::WRITE_REQUEST) if conformance.contains(Conformance::WRITE) && self.phase == Phase::Open => {
                WriteRequest::from_bytes(plain).ok().map(|request| self.receive_write(request, before))
            }
            Some(&(tag::GET_REQUEST | tag::SET_REQUEST | tag::ACTION_REQUEST)) => None,
            _ => Some(exception(ExceptionResponse::UNKNOWN_SERVICE)),
        };
        step.unwrap_or_else(|| exception(ExceptionResponse::NOT_ALLOWED))
    }

    fn reply(&mut self, plain: Vec<u8>) -> ServerStep {
        ServerStep::Reply(self.seal(plain))
    }

    fn receive_get(&mut self, request: GetRequest, before: Exchange) -> ServerStep {
        match request {
            GetRequest::Normal { invoke, item } => {
                self.exchange = Exchange::Get { invoke, list: false };
                ServerStep::Request(ServerRequest::Get(vec![item]))
            }
            GetRequest::WithList { invoke, items } => {
                if !self.takes_list(items.len()) {
                    return exception(ExceptionResponse::NOT_ALLOWED);
                }
                self.exchange = Exchange::Get { invoke, list: true };
                ServerStep::Request(ServerRequest::Get(items))
            }
            GetRequest::Next { invoke, number } => {
                let refuse = |reason| GetResponse::Block { invoke, last: true, number, content: Err(reason) };
                let Exchange::SendingGet { mut blocks } = before else {
                    return self.reply(refuse(DataAccessResult::NoLongGetInProgress).to_bytes());
                };
                if blocks.acknowledge(number).is_err() {
                    return self.reply(refuse(DataAccessResult::DataBlockNumberInvalid).to_bytes());
                }
                let response = get_block(invoke, blocks.next_block());
                if !blocks.is_finished() {
                    self.exchange = Exchange::SendingGet { blocks };
                }
                self.reply(response)
            }
        }
    }

    fn takes_list(&self, items: usize) -> bool {
        let limit = self.settings.longest_list;
        let fits = limit == 0 || items <= limit;
        fits && self.negotiated.conformance.contains(Conformance::MULTIPLE_REFERENCES)
    }

    fn receive_set(&mut self, request: SetRequest, before: Exchange) -> ServerStep {
        match request {
            SetRequest::Normal { invoke, target, value } => {
                self.exchange = Exchange::Set { invoke, list: false, last_block: None };
                ServerStep::Request(ServerRequest::Set(vec![(target, value)]))
            }
            SetRequest::WithList { targets, .. } | SetRequest::FirstBlockWithList { targets, .. }
                if !self.takes_list(targets.len()) =>
            {
                exception(ExceptionResponse::NOT_SUPPORTED)
            }
            SetRequest::WithList { invoke, targets, values } => {
                if targets.len() != values.len() {
                    let results = vec![DataAccessResult::OtherReason; targets.len()];
                    return self.reply(SetResponse::WithList { invoke, results }.to_bytes());
                }
                self.exchange = Exchange::Set { invoke, list: true, last_block: None };
                ServerStep::Request(ServerRequest::Set(targets.into_iter().zip(values).collect()))
            }
            SetRequest::FirstBlock { invoke, target, block } => {
                self.take_set_block(invoke, vec![target], false, BlockReceiver::default(), &block)
            }
            SetRequest::FirstBlockWithList { invoke, targets, block } => {
                self.take_set_block(invoke, targets, true, BlockReceiver::default(), &block)
            }
            SetRequest::Block { invoke, block } => match before {
                Exchange::ReceivingSet { targets, list, blocks } => {
                    self.take_set_block(invoke, targets, list, blocks, &block)
                }
                _ => {
                    let (result, number) = (DataAccessResult::NoLongSetInProgress, block.number);
                    self.reply(SetResponse::LastBlock { invoke, result, number }.to_bytes())
                }
            },
        }
    }

    fn take_set_block(
        &mut self,
        invoke: InvokeId,
        targets: Vec<GetItem>,
        list: bool,
        mut blocks: BlockReceiver,
        block: &Block,
    ) -> ServerStep {
        let number = block.number;
        let refuse = |result| SetResponse::LastBlock { invoke, result, number }.to_bytes();
        if blocks.take(number, &block.octets).is_err() {
            return self.reply(refuse(DataAccessResult::DataBlockNumberInvalid));
        }
        if !block.last {
            self.exchange = Exchange::ReceivingSet { targets, list, blocks };
            return self.reply(SetResponse::Block { invoke, number }.to_bytes());
        }
        match values_of_blocks(&blocks.finish(), targets.len(), list) {
            Some(values) => {
                self.exchange = Exchange::Set { invoke, list, last_block: Some(number) };
                ServerStep::Request(ServerRequest::Set(targets.into_iter().zip(values).collect()))
            }
            None => self.reply(refuse(DataAccessResult::TypeUnmatched)),
        }
    }

    fn receive_action(&mut self, request: ActionRequest, before: Exchange) -> ServerStep {
        match request {
            ActionRequest::Normal { invoke, method, argument } => self.call(invoke, method, argument),
            ActionRequest::WithList { methods, .. } | ActionRequest::FirstBlockWithList { methods, .. }
                if self.phase == Phase::Handshake || !self.takes_list(methods.len()) =>
            {
                exception(ExceptionResponse::NOT_SUPPORTED)
            }
            ActionRequest::WithList { invoke, methods, arguments } => {
                if methods.len() != arguments.len() {
                    let outcomes = vec![ActionOutcome::bare(ActionResult::OtherReason); methods.len()];
                    return self.reply(ActionResponse::WithList { invoke, outcomes }.to_bytes());
                }
                self.call_list(invoke, methods, arguments)
            }
            ActionRequest::FirstBlock { invoke, method, block } => {
                self.take_action_block(invoke, vec![method], false, BlockReceiver::default(), &block)
            }
            ActionRequest::FirstBlockWithList { invoke, methods, block } => {
                self.take_action_block(invoke, methods, true, BlockReceiver::default(), &block)
            }
            ActionRequest::Block { invoke, block } => match before {
                Exchange::ReceivingAction { methods, list, blocks } => {
                    self.take_action_block(invoke, methods, list, blocks, &block)
                }
                _ => self.refuse_action(invoke, ActionResult::NoLongActionInProgress),
            },
            ActionRequest::Next { invoke, number } => match before {
                Exchange::SendingAction { mut blocks } if blocks.acknowledge(number).is_ok() => {
                    let response = ActionResponse::Block { invoke, block: blocks.next_block() }.to_bytes();
                    if !blocks.is_finished() {
                        self.exchange = Exchange::SendingAction { blocks };
                    }
                    self.reply(response)
                }
                Exchange::SendingAction { .. } => self.refuse_action(invoke, ActionResult::LongActionAborted),
                _ => self.refuse_action(invoke, ActionResult::NoLongActionInProgress),
            },
        }
    }

    fn refuse_action(&mut self, invoke: InvokeId, result: ActionResult) -> ServerStep {
        self.reply(ActionResponse::Normal { invoke, outcome: ActionOutcome::bare(result) }.to_bytes())
    }

    fn take_action_block(
        &mut self,
        invoke: InvokeId,
        methods: Vec<MethodDescriptor>,
        list: bool,
        mut blocks: BlockReceiver,
        block: &Block,
    ) -> ServerStep {
        if blocks.take(block.number, &block.octets).is_err() {
            return self.refuse_action(invoke, ActionResult::LongActionAborted);
        }
        if !block.last {
            self.exchange = Exchange::ReceivingAction { methods, list, blocks };
            return self.reply(ActionResponse::Next { invoke, number: block.number }.to_bytes());
        }
        match (values_of_blocks(&blocks.finish(), methods.len(), list), methods.as_slice()) {
            (Some(arguments), [method]) if !list => self.call(invoke, *method, arguments.into_iter().next()),
            (Some(arguments), _) => self.call_list(invoke, methods, arguments),
            (None, _) => self.refuse_action(invoke, ActionResult::TypeUnmatched),
        }
    }

    fn call(&mut self, invoke: InvokeId, method: MethodDescriptor, argument: Option<Data>) -> ServerStep {
        if self.phase == Phase::Handshake {
            if !ServerAssociation::is_handshake(method) {
                return exception(ExceptionResponse::NOT_ALLOWED);
            }
            let outcome = self.shake_hands(argument.as_ref());
            return self.reply(ActionResponse::Normal { invoke, outcome }.to_bytes());
        }
        self.exchange = Exchange::Action { invoke, list: false };
        ServerStep::Request(ServerRequest::Action(vec![ActionItem { method, argument }]))
    }

    fn call_list(&mut self, invoke: InvokeId, methods: Vec<MethodDescriptor>, arguments: Vec<Data>) -> ServerStep {
        self.exchange = Exchange::Action { invoke, list: true };
        let calls = methods.into_iter().zip(arguments);
        let items = calls.map(|(method, argument)| ActionItem { method, argument: Some(argument) });
        ServerStep::Request(ServerRequest::Action(items.collect()))
    }

    /// The first APDU of an answer; `None` when no such request is open.
    pub(super) fn first_reply(&mut self, answer: ServerAnswer) -> Option<Vec<u8>> {
        match (std::mem::replace(&mut self.exchange, Exchange::None), answer) {
            (Exchange::Get { invoke, list }, ServerAnswer::Get(results)) => self.reply_get(invoke, list, results),
            (Exchange::Set { invoke, list, last_block }, ServerAnswer::Set(results)) => {
                let first = results.first().copied();
                let response = match (list, last_block) {
                    (true, None) => SetResponse::WithList { invoke, results },
                    (true, Some(number)) => SetResponse::LastBlockWithList { invoke, results, number },
                    (false, None) => SetResponse::Normal { invoke, result: first? },
                    (false, Some(number)) => SetResponse::LastBlock { invoke, result: first?, number },
                };
                Some(response.to_bytes())
            }
            (Exchange::Access { invoke }, ServerAnswer::Access(results)) => {
                let whole = AccessResponse { invoke, results }.to_bytes();
                let fits = whole.len() <= self.room() || self.uses_general_blocks();
                Some(if fits { whole } else { ExceptionResponse::NOT_ALLOWED.to_bytes() })
            }
            (Exchange::Action { invoke, list }, ServerAnswer::Action(outcomes)) => {
                self.reply_action(invoke, list, outcomes)
            }
            (Exchange::Short(ShortExchange::Read(slots)), ServerAnswer::Get(results)) => {
                Some(self.reply_read(slots, results))
            }
            (Exchange::Short(ShortExchange::ReadMethod), ServerAnswer::Action(outcomes)) => {
                outcomes.into_iter().next().map(|outcome| self.reply_read_method(outcome))
            }
            (Exchange::Short(ShortExchange::Write), ServerAnswer::Set(results)) => Some(Self::reply_write(results)),
            (Exchange::Short(ShortExchange::WriteMethod), ServerAnswer::Action(outcomes)) => {
                let numbers = outcomes.iter().map(|outcome| outcome.result.number());
                Some(Self::reply_write(numbers.map(DataAccessResult::from_number).collect()))
            }
            _ => None,
        }
    }

    fn reply_get(&mut self, invoke: InvokeId, list: bool, results: Vec<GetResult>) -> Option<Vec<u8>> {
        let long = |results: &[GetResult]| match results {
            [Ok(data)] if !list => data.to_bytes(),
            results => GetResponse::encode_list(results),
        };
        let octets = long(&results);
        let whole = if list {
            GetResponse::WithList { invoke, results }.to_bytes()
        } else {
            GetResponse::Normal { invoke, result: results.into_iter().next()? }.to_bytes()
        };
        if whole.len() <= self.room() || self.uses_general_blocks() {
            return Some(whole);
        }
        if !self.negotiated.conformance.contains(Conformance::BLOCK_GET) {
            let result = Err(DataAccessResult::DataBlockUnavailable);
            return Some(GetResponse::Normal { invoke, result }.to_bytes());
        }
        let mut blocks = BlockSender::new(octets, self.room().saturating_sub(BLOCK_OVERHEAD));
        let response = get_block(invoke, blocks.next_block());
        self.exchange = Exchange::SendingGet { blocks };
        Some(response)
    }

    fn reply_action(&mut self, invoke: InvokeId, list: bool, outcomes: Vec<ActionOutcome>) -> Option<Vec<u8>> {
        let long = match outcomes.as_slice() {
            outcomes if list => Some(ActionOutcome::list_to_bytes(outcomes)),
            [ActionOutcome { returned: Some(Ok(data)), .. }] => Some(data.to_bytes()),
            _ => None,
        };
        let whole = if list {
            ActionResponse::WithList { invoke, outcomes }.to_bytes()
        } else {
            ActionResponse::Normal { invoke, outcome: outcomes.into_iter().next()? }.to_bytes()
        };
        let blocks = self.negotiated.conformance.contains(Conformance::BLOCK_ACTION);
        match long {
            Some(octets) if blocks && whole.len() > self.room() && !self.uses_general_blocks() => {
                let mut blocks = BlockSender::new(octets, self.room().saturating_sub(BLOCK_OVERHEAD));
                let response = ActionResponse::Block { invoke, block: blocks.next_block() }.to_bytes();
                self.exchange = Exchange::SendingAction { blocks };
                Some(response)
            }
            _ => Some(whole),
        }
    }
}

/// The values that came in blocks: one alone, or a list with its count in front. `None` when they are not `wanted` many.
fn values_of_blocks(octets: &[u8], wanted: usize, list: bool) -> Option<Vec<Data>> {
    let mut cursor = Cursor::new(octets);
    let count = if list { cursor.length().ok()? } else { 1 };
    if count != wanted {
        return None;
    }
    let values = (0..count).map(|_| Data::decode(&mut cursor)).collect::<Result<_, _>>().ok()?;
    cursor.finish().ok()?;
    Some(values)
}

fn get_block(invoke: InvokeId, block: Block) -> Vec<u8> {
    let Block { last, number, octets } = block;
    GetResponse::Block { invoke, last, number, content: Ok(octets) }.to_bytes()
}
