//! Documents of `wattkey smets`.

pub mod alerts;
pub mod decode;
pub mod id;
pub mod install;
pub mod permissions;
pub mod request;
pub mod requests;
pub mod utrn;
