//! Simulated meters behind ports: TCP, pseudo-terminals and RFC 2217.

mod endpoint;
mod frame_log;
mod hosted;
#[cfg(unix)]
mod pty;
mod rfc2217;
mod talk;
mod tcp;

pub use endpoint::{Endpoint, EndpointError, OpenEndpoint};
pub use frame_log::{FrameLog, LogFile};
pub use hosted::{HostError, HostedLine, SharedLine, TokenLog, lock};
