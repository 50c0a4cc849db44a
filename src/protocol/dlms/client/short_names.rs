//! READ and WRITE by short names, in the client.

use super::super::apdu::{
    Block, GetResult, ReadRequest, ReadResponse, ReadResult, VariableAccess, WriteRequest, WriteResponse, WriteResult,
};
use super::super::blocks::{BlockReceiver, BlockSender};
use super::super::conformance::Conformance;
use super::super::data::Data;
use super::super::error::DlmsError;
use super::super::results::DataAccessResult;
use super::exchange::Operation;
use super::protection::Secret;
use super::{DlmsClient, Outcome, Step};

/// Octets of a block beside what it carries: tag, count, access, last, number, count, type, length.
const BLOCK_OVERHEAD: usize = 12;

#[derive(Debug)]
pub(super) struct Read {
    asked: usize,
    blocks: BlockReceiver,
    /// Whether it is the answer to the meter's challenge.
    is_proof: bool,
}

#[derive(Debug)]
pub(super) struct Write {
    blocks: Option<BlockSender>,
    secret: bool,
}

impl DlmsClient {
    /// Reads attributes by their short names, in one request.
    ///
    /// # Errors
    /// [`DlmsError::Request`] without an association; [`DlmsError::Counter`].
    pub fn read_names(&mut self, names: Vec<VariableAccess>) -> Result<Step, DlmsError> {
        self.start_read(names, false, Secret::NONE)
    }

    pub(super) fn start_read(
        &mut self,
        names: Vec<VariableAccess>,
        is_proof: bool,
        secret: Secret,
    ) -> Result<Step, DlmsError> {
        self.negotiated()?;
        let read = Read { asked: names.len(), blocks: BlockReceiver::default(), is_proof };
        // A proof is sealed as the handshake is.
        let request = self.seal(ReadRequest(names).to_bytes(), secret)?;
        self.operation = Operation::Read(read);
        Ok(Step::Send(request))
    }

    /// Writes an attribute, or calls a method, by its short name.
    ///
    /// # Errors
    /// [`DlmsError::Request`] without an association or when the value is too long for the meter.
    pub fn write_name(&mut self, name: u16, value: Data, secret: bool) -> Result<Step, DlmsError> {
        let (room, conformance) = (self.room()?, self.negotiated()?.conformance);
        let length = value.to_bytes().len();
        let whole = WriteRequest::Values(vec![(VariableAccess::Name(name), value)]).to_bytes();
        if whole.len() <= room {
            self.operation = Operation::Write(Write { blocks: None, secret });
            return self.seal(whole, Secret::tail(secret, length)).map(Step::Send);
        }
        if !conformance.contains(Conformance::BLOCK_SET) {
            return Err(DlmsError::Request("the value is longer than the meter takes, and it takes no blocks"));
        }
        // What goes in blocks is the request behind its tag.
        let body = whole.get(1..).unwrap_or_default().to_vec();
        let mut blocks = BlockSender::new(body, room.saturating_sub(BLOCK_OVERHEAD));
        let block = blocks.next_block();
        self.operation = Operation::Write(Write { blocks: Some(blocks), secret });
        self.send_write_block(block, secret)
    }

    fn send_write_block(&mut self, block: Block, secret: bool) -> Result<Step, DlmsError> {
        let hidden = Secret::tail(secret, block.octets.len());
        self.seal(WriteRequest::Block(block).to_bytes(), hidden).map(Step::Send)
    }

    pub(super) fn receive_read(&mut self, mut read: Read, plain: &[u8]) -> Result<Step, DlmsError> {
        let what = "a READ response";
        let ReadResponse(mut results) = ReadResponse::from_bytes(plain).map_err(DlmsError::decode(what))?;
        let values: Vec<GetResult> = match (results.len(), results.pop()) {
            (1, Some(ReadResult::Block(block))) => {
                read.blocks.take(block.number, &block.octets).map_err(DlmsError::Blocks)?;
                if !block.last {
                    let number = u16::try_from(block.number).unwrap_or(u16::MAX);
                    let next = ReadRequest(vec![VariableAccess::Block(number)]);
                    let request = self.seal(next.to_bytes(), Secret::NONE)?;
                    self.operation = Operation::Read(read);
                    return Ok(Step::Send(request));
                }
                let whole = std::mem::take(&mut read.blocks).finish();
                ReadResponse::from_blocks(&whole, read.asked).map_err(DlmsError::decode(what))?
            }
            (_, last) => {
                let values = results.into_iter().chain(last).map(|result| match result {
                    ReadResult::Value(value) => Ok(value),
                    ReadResult::Block(_) => {
                        Err(DlmsError::Unexpected { expected: what, got: "a block among values".to_owned() })
                    }
                });
                values.collect::<Result<_, _>>()?
            }
        };
        if values.len() != read.asked {
            let got = format!("{} results for {} names", values.len(), read.asked);
            return Err(DlmsError::Unexpected { expected: what, got });
        }
        if read.is_proof {
            return self.finish_short_handshake(values.into_iter().next());
        }
        Ok(Step::Done(Outcome::GetList(values)))
    }

    pub(super) fn receive_write(&mut self, mut write: Write, plain: &[u8]) -> Result<Step, DlmsError> {
        let what = "a WRITE response";
        let WriteResponse(results) = WriteResponse::from_bytes(plain).map_err(DlmsError::decode(what))?;
        match (results.as_slice(), &mut write.blocks) {
            ([WriteResult::Done(result)], _) => Ok(Step::Done(Outcome::Set(*result))),
            // A meter that took everything may say nothing of it.
            ([], None) => Ok(Step::Done(Outcome::Set(DataAccessResult::Success))),
            ([WriteResult::Block(number)], Some(blocks)) => {
                blocks.acknowledge(u32::from(*number)).map_err(DlmsError::Blocks)?;
                let (block, secret) = (blocks.next_block(), write.secret);
                self.operation = Operation::Write(write);
                self.send_write_block(block, secret)
            }
            _ => Err(DlmsError::Unexpected { expected: what, got: "one of another form".to_owned() }),
        }
    }
}
