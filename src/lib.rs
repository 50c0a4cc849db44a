//! `wattkey`: the library behind the command-line program for the person in front of an electricity meter.
//!
//! Layers, each of which may use only what stands to its right:
//! `cli` → `bulk`, `monitor` → `commission`, `entry`, `diagnosis`, `output`, `ui` → `meter`, `ledger`, `sim`, `headend` →
//! `keys`, `knowledge`, `smets` →
//! `protocol`, `link`, `sts` → `error`.
//! `sts`, `protocol` and `diagnosis` do no input or output. Nothing below `cli` prints, prompts,
//! reads the environment or exits. `docs/architecture.md` has the picture and the reasons.

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
pub mod sim;
pub mod smets;
pub mod sts;
pub mod xml;
