//! Requests on their way to the DCC and back: signing hooks, an adaptor over HTTP, and a critical request through all its stages.

pub mod adaptor;
pub mod critical;
pub mod error;
pub mod send;
pub mod signer;

pub use error::ExchangeError;
