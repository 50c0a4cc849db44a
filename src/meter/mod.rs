//! What any meter can do, the drivers over the protocols, and model profiles.

pub mod dlms;
pub mod dlt645;
pub mod driver;
pub mod error;
pub mod firmware;
pub mod iec62056_21;
pub mod log;
mod measured;
pub mod modbus;
pub mod obis_names;
pub mod order;
pub mod profile;
pub mod reference;
pub mod request_limit;
pub mod scan;
pub mod security;
pub mod status;
pub mod time;
pub mod token;
pub mod trouble;
pub mod value;

pub use driver::{Answer, Item, Meter, Reading};
pub use error::MeterError;
pub use iec62056_21::SessionError;
pub use order::{Carried, MethodName, Order, OrderTarget};
pub use profile::Profile;
pub use reference::MeterRef;
pub use status::{Identity, Status};
pub use time::MeterTime;
pub use token::{Delivery, GatewayStatus, TokenReport};
pub use trouble::LineTrouble;
pub use value::Value;
