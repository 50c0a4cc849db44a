//! ACTION: calling methods.

use super::super::cursor::{Cursor, put_length};
use super::super::data::Data;
use super::super::decode_error::DecodeError;
use super::super::identifiers::MethodDescriptor;
use super::super::results::ActionResult;
use super::get::{GetResult, decode_result, encode_result};
use super::{Block, InvokeId, list, service_header, tag, unknown_choice};

/// One method to call.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionItem {
    /// The method.
    pub method: MethodDescriptor,
    /// Its argument. In a list every method has one, which is null where it takes none.
    pub argument: Option<Data>,
}

/// An ACTION request.
#[derive(Debug, Clone, PartialEq)]
pub enum ActionRequest {
    /// One method.
    Normal {
        /// Invoke id.
        invoke: InvokeId,
        /// The method.
        method: MethodDescriptor,
        /// Its argument.
        argument: Option<Data>,
    },
    /// The next block of a long answer.
    Next {
        /// Invoke id.
        invoke: InvokeId,
        /// Number of the last block received.
        number: u32,
    },
    /// One method, and the first block of its argument.
    FirstBlock {
        /// Invoke id.
        invoke: InvokeId,
        /// The method.
        method: MethodDescriptor,
        /// The first block.
        block: Block,
    },
    /// A further block of the argument, or of those of a list.
    Block {
        /// Invoke id.
        invoke: InvokeId,
        /// The block.
        block: Block,
    },
    /// Several methods with their arguments, in the same order.
    WithList {
        /// Invoke id.
        invoke: InvokeId,
        /// The methods.
        methods: Vec<MethodDescriptor>,
        /// The arguments.
        arguments: Vec<Data>,
    },
    /// Several methods, and the first block of their arguments.
    FirstBlockWithList {
        /// Invoke id.
        invoke: InvokeId,
        /// The methods.
        methods: Vec<MethodDescriptor>,
        /// The first block.
        block: Block,
    },
}

impl ActionRequest {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let cursor = &mut cursor;
        let (choice, invoke) = service_header(cursor, tag::ACTION_REQUEST)?;
        let request = match choice {
            1 => {
                let method = MethodDescriptor::decode(cursor)?;
                let argument = if cursor.bool()? { Some(Data::decode(cursor)?) } else { None };
                ActionRequest::Normal { invoke, method, argument }
            }
            2 => ActionRequest::Next { invoke, number: cursor.u32()? },
            3 => ActionRequest::WithList {
                invoke,
                methods: list(cursor, MethodDescriptor::decode)?,
                arguments: list(cursor, Data::decode)?,
            },
            4 => {
                let method = MethodDescriptor::decode(cursor)?;
                ActionRequest::FirstBlock { invoke, method, block: Block::decode(cursor)? }
            }
            5 => ActionRequest::FirstBlockWithList {
                invoke,
                methods: list(cursor, MethodDescriptor::decode)?,
                block: Block::decode(cursor)?,
            },
            6 => ActionRequest::Block { invoke, block: Block::decode(cursor)? },
            other => return unknown_choice(other),
        };
        cursor.finish()?;
        Ok(request)
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::ACTION_REQUEST];
        match self {
            ActionRequest::Normal { invoke, method, argument } => {
                out.extend_from_slice(&[1, invoke.0]);
                method.encode(&mut out);
                out.push(u8::from(argument.is_some()));
                if let Some(argument) = argument {
                    argument.encode(&mut out);
                }
            }
            ActionRequest::Next { invoke, number } => {
                out.extend_from_slice(&[2, invoke.0]);
                out.extend_from_slice(&number.to_be_bytes());
            }
            ActionRequest::FirstBlock { invoke, method, block } => {
                out.extend_from_slice(&[4, invoke.0]);
                method.encode(&mut out);
                block.encode(&mut out);
            }
            ActionRequest::Block { invoke, block } => {
                out.extend_from_slice(&[6, invoke.0]);
                block.encode(&mut out);
            }
            ActionRequest::WithList { invoke, methods, arguments } => {
                out.extend_from_slice(&[3, invoke.0]);
                put_length(&mut out, methods.len());
                methods.iter().for_each(|method| method.encode(&mut out));
                put_length(&mut out, arguments.len());
                arguments.iter().for_each(|argument| argument.encode(&mut out));
            }
            ActionRequest::FirstBlockWithList { invoke, methods, block } => {
                out.extend_from_slice(&[5, invoke.0]);
                put_length(&mut out, methods.len());
                methods.iter().for_each(|method| method.encode(&mut out));
                block.encode(&mut out);
            }
        }
        out
    }
}

/// What a method call gave.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionOutcome {
    /// Whether the method was carried out.
    pub result: ActionResult,
    /// What it gave back, if it gives anything.
    pub returned: Option<GetResult>,
}

impl ActionOutcome {
    /// A result without a value.
    pub const fn bare(result: ActionResult) -> Self {
        ActionOutcome { result, returned: None }
    }

    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let result = ActionResult::from_number(cursor.u8()?);
        // Some meters leave out the flag of the optional part.
        let present = cursor.remaining() > 0 && cursor.bool()?;
        let returned = if present { Some(decode_result(cursor)?) } else { None };
        Ok(ActionOutcome { result, returned })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&[self.result.number(), u8::from(self.returned.is_some())]);
        if let Some(returned) = &self.returned {
            encode_result(returned, out);
        }
    }

    /// What the blocks of a long answer to a list hold: a count, and each result with its value.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn list_from_blocks(octets: &[u8]) -> Result<Vec<Self>, DecodeError> {
        let mut cursor = Cursor::new(octets);
        let outcomes = list(&mut cursor, ActionOutcome::decode)?;
        cursor.finish()?;
        Ok(outcomes)
    }

    /// The octets that [`ActionOutcome::list_from_blocks`] reads.
    pub fn list_to_bytes(outcomes: &[Self]) -> Vec<u8> {
        let mut out = Vec::new();
        put_length(&mut out, outcomes.len());
        outcomes.iter().for_each(|outcome| outcome.encode(&mut out));
        out
    }

    /// Reads what the blocks of a long answer add up to: the value alone, or result and value.
    ///
    /// # Errors
    /// [`DecodeError`] when it is neither.
    pub fn from_blocks(octets: &[u8]) -> Result<Self, DecodeError> {
        let whole = |octets| {
            let mut cursor = Cursor::new(octets);
            let outcome = ActionOutcome::decode(&mut cursor)?;
            cursor.finish()?;
            Ok(outcome)
        };
        match Data::from_bytes(octets) {
            Ok(data) => Ok(ActionOutcome { result: ActionResult::Success, returned: Some(Ok(data)) }),
            Err(reason) => whole(octets).map_err(|_: DecodeError| reason),
        }
    }
}

/// An ACTION response.
#[derive(Debug, Clone, PartialEq)]
pub enum ActionResponse {
    /// What came of the call.
    Normal {
        /// Invoke id.
        invoke: InvokeId,
        /// Result and value.
        outcome: ActionOutcome,
    },
    /// A part of a long answer.
    Block {
        /// Invoke id.
        invoke: InvokeId,
        /// The block.
        block: Block,
    },
    /// What came of several calls.
    WithList {
        /// Invoke id.
        invoke: InvokeId,
        /// Results and values in order.
        outcomes: Vec<ActionOutcome>,
    },
    /// A block of the argument was taken, the next is due.
    Next {
        /// Invoke id.
        invoke: InvokeId,
        /// Number of the block taken.
        number: u32,
    },
}

impl ActionResponse {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let cursor = &mut cursor;
        let (choice, invoke) = service_header(cursor, tag::ACTION_RESPONSE)?;
        let response = match choice {
            1 => ActionResponse::Normal { invoke, outcome: ActionOutcome::decode(cursor)? },
            2 => ActionResponse::Block { invoke, block: Block::decode(cursor)? },
            3 => ActionResponse::WithList { invoke, outcomes: list(cursor, ActionOutcome::decode)? },
            4 => ActionResponse::Next { invoke, number: cursor.u32()? },
            other => return unknown_choice(other),
        };
        cursor.finish()?;
        Ok(response)
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::ACTION_RESPONSE];
        match self {
            ActionResponse::Normal { invoke, outcome } => {
                out.extend_from_slice(&[1, invoke.0]);
                outcome.encode(&mut out);
            }
            ActionResponse::WithList { invoke, outcomes } => {
                out.extend_from_slice(&[3, invoke.0]);
                out.extend_from_slice(&ActionOutcome::list_to_bytes(outcomes));
            }
            ActionResponse::Block { invoke, block } => {
                out.extend_from_slice(&[2, invoke.0]);
                block.encode(&mut out);
            }
            ActionResponse::Next { invoke, number } => {
                out.extend_from_slice(&[4, invoke.0]);
                out.extend_from_slice(&number.to_be_bytes());
            }
        }
        out
    }
}
