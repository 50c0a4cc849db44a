//! What the commands tell: one type a command, drawn as a table, JSON, JSON Lines or CSV by [`crate::output`].
//!
//! The folders are those of the commands. A document's schema and the names of its fields are promises to scripts; a number carries
//! its unit in its name.

#![allow(missing_docs, reason = "the name of a field, with its unit, is the contract and says what it holds")]

pub mod bulk;
pub mod certificate;
pub mod clock;
pub mod commission;
pub mod events;
pub mod explain;
pub mod firmware;
pub mod headend;
pub mod kct;
pub mod keys;
pub mod ledger;
pub mod limit;
pub mod ports;
pub mod profile;
pub mod profiles;
pub mod push;
pub mod read;
pub mod relay;
pub mod scan;
pub mod security;
pub mod setup;
pub mod sim;
pub mod smets;
pub mod token;
pub mod trace;
pub mod write;
