//! Great Britain's smart metering: service requests, alerts, DUIS messages, the installer's checklist, UTRN.
//!
//! Everything here works without the DCC: catalogue, building and checking requests, decoding what came back,
//! and the order of steps on site. Nothing here signs, encrypts or sends.

pub mod base64;
pub mod catalogue;
pub mod codes;
pub mod counters;
pub mod distributor;
pub mod duis;
pub mod gbcs;
pub mod identifier;
pub mod install;
pub mod install_code;
pub mod search;
pub mod utrn;
