//! STS tokens, keys, ciphers and identifiers (IEC 62055-41): pure functions, no input or output.
//!
//! Values are checked where they are made; everything after works on types that cannot be wrong.

pub mod amount;
pub mod card;
pub mod cipher;
pub mod content;
pub mod crc;
mod decimal;
pub mod derivation;
pub mod document;
pub mod encryption;
pub mod error;
pub mod identifiers;
mod json_line;
pub mod key;
pub mod key_change;
pub mod keyring;
pub mod luhn;
pub mod meter_parameters;
pub mod parameters;
pub mod pasted;
pub mod request;
pub mod result;
pub mod tid;
pub mod token;

pub use amount::{Amount, CurrencyAmount};
pub use card::MeterCard;
pub use cipher::sta_tables::{StaTables, StaTablesError};
pub use content::{Commodity, CrcMismatch, CreditRegister, KeyPart, RandomNumber, TokenContent, TokenKind};
pub use content::{MeterTest, TestForm, TestName};
pub(crate) use decimal::plain_decimal;
pub use document::TokenDocument;
pub use error::FieldError;
pub use identifiers::{Drn, Iin, Pan};
pub use key::{DecoderKey, VendingKey, VendingKeyId};
pub use key_change::{KeyChangeAssembly, NewKey, key_change_tokens};
pub use keyring::{Check, Keyring, Reading};
pub use meter_parameters::MeterParameters;
pub use parameters::{
    BaseDate, DecoderKeyGenerationAlgorithm, EncryptionAlgorithm, KeyExpiryNumber, KeyRevisionNumber, KeyType,
    SupplyGroupCode, TariffIndex,
};
pub use result::TokenResult;
pub use tid::Tid;
pub use token::{Token, TokenClass, TokenError};
