//! READ and WRITE from the meter's side: objects by their short names.

use super::super::apdu::{
    ActionItem, ActionOutcome, Block, ExceptionResponse, GetItem, GetResult, ReadRequest, ReadResponse, ReadResult,
    SelectiveAccess, VariableAccess, WriteRequest, WriteResponse, WriteResult, tag,
};
use super::super::blocks::{BlockReceiver, BlockSender};
use super::super::conformance::Conformance;
use super::super::data::Data;
use super::super::identifiers::{AttributeDescriptor, ClassId, MethodDescriptor, ObisCode};
use super::super::results::{ActionResult, DataAccessResult};
use super::super::short_names::{ASSOCIATION, STEP, first_method};
use super::exchange::Exchange;
use super::{Phase, ServerAssociation, ServerRequest, ServerStep, exception};

/// Octets of a block response beside the block's own: tag, count, choice, last, number, length.
const BLOCK_OVERHEAD: usize = 9;

/// The association's class where objects have short names, and its version.
const ASSOCIATION_SN: (ClassId, u8) = (ClassId(12), 1);
/// Attribute 2 of the association: the object list.
const OBJECT_LIST: u16 = ASSOCIATION + STEP;
/// Eighth method of the association: reply to the meter's challenge.
const REPLY_TO_HLS: u16 = ASSOCIATION + 0x20 + 7 * STEP;
/// Base name of the first object behind the association.
const FIRST_BASE: u16 = 0x0100;

/// An object and its base name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Named {
    base: u16,
    class: ClassId,
    version: u8,
    instance: ObisCode,
    attributes: u8,
    methods: u8,
}

/// What a short name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Attribute(AttributeDescriptor),
    Method(MethodDescriptor),
}

/// The objects of a meter under their short names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShortNameList(Vec<Named>);

impl ShortNameList {
    /// Gives a base name to each object: class, version, logical name, number of attributes and of methods. Methods of
    /// a class that has no place for them by short names cannot be called.
    pub fn assign(objects: impl IntoIterator<Item = (ClassId, u8, ObisCode, u8, u8)>) -> Self {
        let mut base = FIRST_BASE;
        let mut list = Vec::new();
        for (class, version, instance, attributes, methods) in objects {
            let below = u16::from(attributes).saturating_mul(STEP);
            let end = match first_method(class.0).filter(|_| methods > 0) {
                Some(first) => first.saturating_add(u16::from(methods).saturating_mul(STEP)).max(below),
                None => below,
            };
            list.push(Named { base, class, version, instance, attributes, methods });
            base = base.saturating_add(end);
        }
        ShortNameList(list)
    }

    fn target(&self, name: u16) -> Option<Target> {
        self.0.iter().find_map(|object| {
            let offset = name.checked_sub(object.base)?;
            let number = |offset: u16| {
                let is_one = offset.is_multiple_of(STEP);
                i8::try_from(offset / STEP).ok().filter(|_| is_one)?.checked_add(1)
            };
            let within = |offset: u16, count: u8| offset < u16::from(count).saturating_mul(STEP);
            if within(offset, object.attributes) {
                let attribute = number(offset)?;
                return Some(Target::Attribute(AttributeDescriptor::new(object.class, object.instance, attribute)));
            }
            let offset = offset.checked_sub(first_method(object.class.0)?)?;
            let method = number(offset).filter(|_| within(offset, object.methods))?;
            Some(Target::Method(MethodDescriptor::new(object.class, object.instance, method)))
        })
    }

    /// Structures of base name, class, version and logical name; base names are signed on the line.
    fn object_list(&self) -> Data {
        let (class, version) = ASSOCIATION_SN;
        let association = (ASSOCIATION, class, version, ObisCode::CURRENT_ASSOCIATION);
        let others = self.0.iter().map(|object| (object.base, object.class, object.version, object.instance));
        let element = |(base, class, version, instance): (u16, ClassId, u8, ObisCode)| {
            Data::Structure(vec![
                Data::Int16(base.cast_signed()),
                Data::UInt16(class.0),
                Data::UInt8(version),
                Data::OctetString(instance.0.to_vec()),
            ])
        };
        Data::Array(std::iter::once(association).chain(others).map(element).collect())
    }
}

/// What is going on between two APDUs of READ and WRITE.
#[derive(Debug)]
pub(super) enum ShortExchange {
    /// The object model has those of a READ to answer that stand for `None`.
    Read(Vec<Option<GetResult>>),
    /// It has a method called by READ to answer.
    ReadMethod,
    /// It has a WRITE to answer.
    Write,
    /// It has a method called by WRITE to answer.
    WriteMethod,
    /// A long READ answer is going out.
    SendingRead(BlockSender),
    /// A long WRITE is coming in.
    ReceivingWrite(BlockReceiver),
}

impl ServerAssociation {
    /// Acts on a READ.
    pub(super) fn receive_read(&mut self, request: ReadRequest, before: Exchange) -> ServerStep {
        if let [VariableAccess::Block(number)] = request.0.as_slice() {
            return self.next_read_block(*number, before);
        }
        if self.phase == Phase::Handshake {
            return self.receive_short_proof(&request);
        }
        let limit = self.settings.longest_list;
        let lists = self.negotiated.conformance.contains(Conformance::MULTIPLE_REFERENCES);
        if request.0.is_empty() || (request.0.len() > 1 && (!lists || (limit > 0 && request.0.len() > limit))) {
            return exception(ExceptionResponse::NOT_ALLOWED);
        }
        if let [VariableAccess::Parameterized { name, access }] = request.0.as_slice()
            && let Some(Target::Method(method)) = self.target(*name)
        {
            self.exchange = Exchange::Short(ShortExchange::ReadMethod);
            return ServerStep::Request(ServerRequest::Action(vec![ActionItem {
                method,
                argument: Some(access.parameters.clone()),
            }]));
        }
        let (mut slots, mut asked) = (Vec::new(), Vec::new());
        for item in request.0 {
            let (name, access) = match item {
                VariableAccess::Name(name) => (name, None),
                VariableAccess::Parameterized { name, access } => (name, Some(access)),
                VariableAccess::Block(_) => {
                    slots.push(Some(Err(DataAccessResult::NoLongGetInProgress)));
                    continue;
                }
            };
            let answer = self.of_association(name);
            if answer.is_none() {
                match self.target(name) {
                    Some(Target::Attribute(attribute)) => asked.push(GetItem { attribute, access }),
                    Some(Target::Method(_)) | None => {
                        slots.push(Some(Err(DataAccessResult::ObjectUndefined)));
                        continue;
                    }
                }
            }
            slots.push(answer);
        }
        if asked.is_empty() {
            let results = slots.into_iter().flatten().collect();
            let plain = self.read_response(results);
            return ServerStep::Reply(self.seal(plain));
        }
        self.exchange = Exchange::Short(ShortExchange::Read(slots));
        ServerStep::Request(ServerRequest::Get(asked))
    }

    /// Acts on a WRITE.
    pub(super) fn receive_write(&mut self, request: WriteRequest, before: Exchange) -> ServerStep {
        match request {
            WriteRequest::Values(values) => self.write_values(values),
            WriteRequest::Block(block) => {
                let mut blocks = match before {
                    Exchange::Short(ShortExchange::ReceivingWrite(blocks)) => blocks,
                    _ => BlockReceiver::default(),
                };
                if blocks.take(block.number, &block.octets).is_err() {
                    return self.written(DataAccessResult::DataBlockNumberInvalid);
                }
                if !block.last {
                    self.exchange = Exchange::Short(ShortExchange::ReceivingWrite(blocks));
                    let number = u16::try_from(block.number).unwrap_or(u16::MAX);
                    let plain = WriteResponse(vec![WriteResult::Block(number)]).to_bytes();
                    return ServerStep::Reply(self.seal(plain));
                }
                // What goes in blocks is the request behind its tag.
                let mut whole = vec![tag::WRITE_REQUEST];
                whole.extend(blocks.finish());
                match WriteRequest::from_bytes(&whole) {
                    Ok(WriteRequest::Values(values)) => self.write_values(values),
                    Ok(WriteRequest::Block(_)) | Err(_) => self.written(DataAccessResult::TypeUnmatched),
                }
            }
        }
    }

    fn write_values(&mut self, values: Vec<(VariableAccess, Data)>) -> ServerStep {
        if let [(VariableAccess::Name(name), argument)] = values.as_slice()
            && let Some(Target::Method(method)) = self.target(*name)
        {
            self.exchange = Exchange::Short(ShortExchange::WriteMethod);
            return ServerStep::Request(ServerRequest::Action(vec![ActionItem {
                method,
                argument: Some(argument.clone()),
            }]));
        }
        let targets = values.into_iter().map(|(name, value)| {
            let (name, access) = match name {
                VariableAccess::Name(name) => (name, None),
                VariableAccess::Parameterized { name, access } => (name, Some(access)),
                VariableAccess::Block(_) => return None,
            };
            match self.target(name) {
                Some(Target::Attribute(attribute)) => Some((GetItem { attribute, access }, value)),
                Some(Target::Method(_)) | None => None,
            }
        });
        // One that is not there: none is written.
        let Some(targets) = targets.collect::<Option<Vec<_>>>() else {
            return self.written(DataAccessResult::ObjectUndefined);
        };
        self.exchange = Exchange::Short(ShortExchange::Write);
        ServerStep::Request(ServerRequest::Set(targets))
    }

    fn written(&mut self, result: DataAccessResult) -> ServerStep {
        let plain = WriteResponse(vec![WriteResult::Done(result)]).to_bytes();
        ServerStep::Reply(self.seal(plain))
    }

    /// The values of a READ, some of which were known without the object model.
    pub(super) fn reply_read(&mut self, slots: Vec<Option<GetResult>>, results: Vec<GetResult>) -> Vec<u8> {
        let mut results = results.into_iter();
        let missing = || Err(DataAccessResult::OtherReason);
        let filled =
            slots.into_iter().map(|slot| slot.unwrap_or_else(|| results.next().unwrap_or_else(missing))).collect();
        self.read_response(filled)
    }

    /// What a method called by READ gave.
    pub(super) fn reply_read_method(&mut self, outcome: ActionOutcome) -> Vec<u8> {
        let result = match (outcome.result, outcome.returned) {
            (ActionResult::Success, Some(returned)) => returned,
            (ActionResult::Success, None) => Ok(Data::Null),
            (refused, _) => Err(DataAccessResult::from_number(refused.number())),
        };
        self.read_response(vec![result])
    }

    /// What came of a WRITE.
    pub(super) fn reply_write(results: Vec<DataAccessResult>) -> Vec<u8> {
        WriteResponse(results.into_iter().map(WriteResult::Done).collect()).to_bytes()
    }

    /// The response, or its first block.
    fn read_response(&mut self, results: Vec<GetResult>) -> Vec<u8> {
        let alone = match results.as_slice() {
            [Ok(value)] => Some(value.to_bytes()),
            _ => None,
        };
        let whole = ReadResponse(results.into_iter().map(ReadResult::Value).collect()).to_bytes();
        if whole.len() <= self.room() || self.uses_general_blocks() {
            return whole;
        }
        if !self.negotiated.conformance.contains(Conformance::BLOCK_GET) {
            return ReadResponse(vec![ReadResult::Value(Err(DataAccessResult::DataBlockUnavailable))]).to_bytes();
        }
        // The blocks of one value hold that alone, those of several the response behind its tag.
        let octets = alone.unwrap_or_else(|| whole.get(1..).unwrap_or_default().to_vec());
        let mut blocks = BlockSender::new(octets, self.room().saturating_sub(BLOCK_OVERHEAD));
        let first = block_response(blocks.next_block());
        self.exchange = Exchange::Short(ShortExchange::SendingRead(blocks));
        first
    }

    fn next_read_block(&mut self, number: u16, before: Exchange) -> ServerStep {
        let plain = match before {
            Exchange::Short(ShortExchange::SendingRead(mut blocks))
                if blocks.acknowledge(u32::from(number)).is_ok() =>
            {
                let next = block_response(blocks.next_block());
                if !blocks.is_finished() {
                    self.exchange = Exchange::Short(ShortExchange::SendingRead(blocks));
                }
                next
            }
            _ => ReadResponse(vec![ReadResult::Value(Err(DataAccessResult::NoLongGetInProgress))]).to_bytes(),
        };
        ServerStep::Reply(self.seal(plain))
    }

    fn receive_short_proof(&mut self, request: &ReadRequest) -> ServerStep {
        let [VariableAccess::Parameterized { name: REPLY_TO_HLS, access: SelectiveAccess { parameters, .. } }] =
            request.0.as_slice()
        else {
            return exception(ExceptionResponse::NOT_ALLOWED);
        };
        let outcome = self.shake_hands(Some(parameters));
        let plain = self.reply_read_method(outcome);
        ServerStep::Reply(self.seal(plain))
    }

    fn target(&self, name: u16) -> Option<Target> {
        self.settings.short_names.as_ref()?.target(name)
    }

    /// What belongs to the association rather than the meter.
    fn of_association(&self, name: u16) -> Option<GetResult> {
        match name {
            ASSOCIATION => Some(Ok(Data::OctetString(ObisCode::CURRENT_ASSOCIATION.0.to_vec()))),
            OBJECT_LIST => Some(Ok(self.settings.short_names.as_ref()?.object_list())),
            _ => None,
        }
    }
}

fn block_response(block: Block) -> Vec<u8> {
    ReadResponse(vec![ReadResult::Block(block)]).to_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_the_steps_of_their_class() {
        let relay = ObisCode([0, 0, 96, 3, 10, 255]);
        let list = ShortNameList::assign([
            (ClassId::REGISTER, 0, ObisCode([1, 0, 1, 8, 0, 255]), 3, 1),
            (ClassId::DISCONNECT_CONTROL, 0, relay, 4, 2),
            (ClassId::TOKEN_GATEWAY, 0, ObisCode([0, 0, 19, 40, 0, 255]), 6, 1),
        ]);
        let attribute =
            |number| Some(Target::Attribute(AttributeDescriptor::new(ClassId::DISCONNECT_CONTROL, relay, number)));
        let method = |number| Some(Target::Method(MethodDescriptor::new(ClassId::DISCONNECT_CONTROL, relay, number)));
        // The register takes 0x28 to its method and 8 for it.
        let base = FIRST_BASE + 0x30;
        assert_eq!([0, 8, 0x18].map(|offset| list.target(base + offset)), [1, 2, 4].map(attribute));
        assert_eq!([0x20, 0x28].map(|offset| list.target(base + offset)), [1, 2].map(method));
        assert_eq!(list.target(base + 4), None);
        let last = base + 0x30;
        assert!(list.target(last + 0x28).is_some() && list.target(last + 0x30).is_none());
    }
}
