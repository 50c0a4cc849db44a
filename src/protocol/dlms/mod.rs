//! DLMS/COSEM application layer, logical names, without input or output: values, APDUs, ciphering, associations and
//! block transfer for both ends.

mod apdu;
mod blocks;
mod client;
mod conformance;
mod cursor;
mod data;
mod date_time;
mod decode_error;
mod error;
mod identifiers;
mod object_list;
mod results;
mod security;
mod security_setup;
mod server;
mod short_names;
mod unit;
mod wrapper;

pub use apdu::*;
pub use client::{
    AssociationInfo, AssociationSettings, Authentication, ClientSecurity, DlmsClient, ListRefusal, Outcome,
    OutgoingApdu, Step,
};
pub use conformance::Conformance;
pub use cursor::Cursor;
pub use data::{BitString, Data, MAX_DEPTH, MAX_VALUES, TypeDescription, fill_repeated};
pub use date_time::DateTime;
pub use decode_error::DecodeError;
pub use error::DlmsError;
pub use identifiers::{AttributeDescriptor, ClassId, MethodDescriptor, ObisCode, ObisCodeError};
pub use object_list::{AttributeAccess, MethodAccess, ObjectListElement, decode_object_list, encode_object_list};
pub use results::{ActionResult, DataAccessResult};
pub use security::{
    AgreementKeys, CipherFault, Envelope, GeneralFault, GeneralKeys, GeneralParties, Hls, InvocationCounter, KeyInfo,
    KeyKind, ManufacturerHls, Parties, Password, PrivateKey, Protection, PublicKey, SecretKey, SecurityControl,
    SignatureKeys, Suite, SuiteKeys, SystemTitle, SystemTitleError, Wrapping, cipher_generally, decipher_generally,
    general_originator, gmac, gmac_matches, protect, sign_generally, signed_content, unprotect, unsign_generally,
    unwrap_key, wrap_key,
};
pub use security_setup::{Certificate, KeyId, certificates, key_transfer, policy_words, transferred_keys};
pub use server::{
    ServerAnswer, ServerAssociation, ServerAuthentication, ServerCounters, ServerRequest, ServerSettings, ServerStep,
    ShortNameList,
};
pub use short_names::{ASSOCIATION as SHORT_NAME_OF_ASSOCIATION, distance as short_name_distance, first_method};
pub use unit::{ScalerUnit, Unit};
pub use wrapper::{WrapperFrame, WrapperReader};
