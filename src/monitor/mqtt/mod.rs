//! MQTT 5, or 3.1.1 where the broker speaks no other: readings and events from the outbox to a broker, at least once.
//!
//! The protocol is `mqtt-protocol-core`, which does no input or output; sockets and TLS are here. One thread, no
//! asynchronous runtime.

mod announcement;
mod broker;
pub mod conversation;
mod held;
mod homie;
mod publisher;
pub mod publishing;
mod session;
mod under_way;
pub mod values;

pub use announcement::Announcement;
pub use broker::{Broker, BrokerError, TlsFiles};
pub use publisher::{Publisher, Report};
