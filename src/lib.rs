//! `wattkey`: the library behind the command-line program for the person in front of an electricity meter.
//!
//! A few places to begin: [`connect::Connector`] opens a meter (`examples/status.rs` prints one in twenty lines), [`change`] is the
//! one way anything on a meter is changed, [`sts`] has tokens and keys, [`diagnosis::diagnose`] says why a token was refused,
//! [`sim`] is a meter without hardware, and [`documents`] are what the program prints.
//!
//! A module uses only those below it, and `sts`, `protocol` and `diagnosis` do no input or output. Nothing here prints, prompts,
//! reads the environment or exits: that is the program's. `docs/architecture.md` has the picture and the reasons.

pub mod bulk;
pub mod change;
pub mod commission;
pub mod connect;
pub mod diagnosis;
pub mod documents;
pub mod error;
pub mod files;
pub mod headend;
pub mod hex;
pub mod keys;
pub mod knowledge;
pub mod ledger;
pub mod lines;
pub mod link;
pub mod meter;
pub mod monitor;
pub mod orders;
pub mod output;
pub mod protocol;
pub mod quantity;
pub mod readings;
pub mod sim;
pub mod smets;
pub mod state;
pub mod sts;
pub mod toml_problem;
pub mod xml;
