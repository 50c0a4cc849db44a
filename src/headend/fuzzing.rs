//! Ways for the fuzz bodies to the readers of replies, which nothing else outside this module calls.

pub use super::token_api::look_through as token_api_reply;
pub use super::xmlvend::look_through as xmlvend_reply;
