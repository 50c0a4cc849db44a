//! STS tokens, keys, ciphers and identifiers (IEC 62055-41): pure functions, no input or output.
//!
//! Values are checked where they are made; everything after works on types that cannot be wrong.

pub mod error;
pub mod identifiers;
pub mod luhn;
pub mod parameters;
pub mod result;
pub mod tid;
pub mod token;

pub use error::FieldError;
pub use identifiers::{Drn, Iin, Pan};
pub use parameters::{
    BaseDate, DecoderKeyGenerationAlgorithm, EncryptionAlgorithm, KeyExpiryNumber, KeyRevisionNumber, KeyType,
    SupplyGroupCode, TariffIndex,
};
pub use result::TokenResult;
pub use tid::Tid;
pub use token::{Token, TokenClass, TokenError};
