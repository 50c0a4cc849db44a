//! Great Britain's smart metering: service requests, alerts, DUIS messages, the installer's checklist, UTRN.
//!
//! Everything but [`exchange`] works without the DCC: catalogue, building and checking requests, decoding what came back,
//! and the order of steps on site. Nothing here signs or encrypts: the keys are with other programs.

pub mod base64;
pub mod catalogue;
pub mod codes;
pub mod counters;
pub mod distributor;
pub mod duis;
pub mod exchange;
pub mod gbcs;
pub mod identifier;
pub mod install;
pub mod install_code;
pub mod search;
pub mod utrn;
