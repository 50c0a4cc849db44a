//! DUIS: the XML messages of the DCC user interface.

pub mod body;
pub mod build;
pub mod check;
pub mod decode;
pub mod encoding;
pub mod kind;
pub mod stream;
pub mod tree;

/// Namespace of requests and responses.
pub const NAMESPACE: &str = "http://www.dccinterface.co.uk/ServiceUserGateway";

/// Namespace of XML signatures.
pub const SIGNATURE_NAMESPACE: &str = "http://www.w3.org/2000/09/xmldsig#";
