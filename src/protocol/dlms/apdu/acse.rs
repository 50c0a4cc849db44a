//! Association: AARQ, AARE, RLRQ and RLRE.

use std::fmt;
use std::ops::Range;

use super::super::cursor::Cursor;
use super::super::error::DecodeError;
use super::{ber, tag};

/// Arc of DLMS UA in object identifiers: joint-iso-ccitt 16, country 756, organisation 5, DLMS UA 8.
const DLMS_UA: [u8; 5] = [0x60, 0x85, 0x74, 0x05, 0x08];
const CONTEXT_NAME: u8 = 1;
const MECHANISM_NAME: u8 = 2;
/// ACSE requirements: authentication functional unit.
const AUTHENTICATION_UNIT: [u8; 2] = [0x07, 0x80];

/// How objects are named and whether APDUs may be ciphered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContextName {
    /// Logical names, plain.
    LogicalName,
    /// Logical names, ciphered.
    LogicalNameCiphered,
    /// Any other, by its last number (2 and 4 are short names).
    Other(u8),
}

impl ContextName {
    /// The last number of the object identifier.
    pub const fn number(self) -> u8 {
        match self {
            ContextName::LogicalName => 1,
            ContextName::LogicalNameCiphered => 3,
            ContextName::Other(number) => number,
        }
    }

    const fn from_number(number: u8) -> Self {
        match number {
            1 => ContextName::LogicalName,
            3 => ContextName::LogicalNameCiphered,
            other => ContextName::Other(other),
        }
    }
}

/// How one side proves itself to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mechanism {
    /// Not at all.
    None,
    /// A password, in the clear.
    Lls,
    /// Challenge and GMAC.
    HlsGmac,
    /// Any other, by number: 2 maker's, 3 MD5, 4 SHA-1, 6 SHA-256, 7 ECDSA.
    Other(u8),
}

impl Mechanism {
    /// The last number of the object identifier.
    pub const fn number(self) -> u8 {
        match self {
            Mechanism::None => 0,
            Mechanism::Lls => 1,
            Mechanism::HlsGmac => 5,
            Mechanism::Other(number) => number,
        }
    }

    const fn from_number(number: u8) -> Self {
        match number {
            0 => Mechanism::None,
            1 => Mechanism::Lls,
            5 => Mechanism::HlsGmac,
            other => Mechanism::Other(other),
        }
    }
}

/// The verdict on an association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssociationResult {
    /// Accepted, perhaps on condition of the handshake.
    Accepted,
    /// Refused for good.
    RejectedPermanent,
    /// Refused for now.
    RejectedTransient,
    /// A number the standard does not give.
    Other(u8),
}

impl AssociationResult {
    const fn from_number(number: u8) -> Self {
        match number {
            0 => AssociationResult::Accepted,
            1 => AssociationResult::RejectedPermanent,
            2 => AssociationResult::RejectedTransient,
            other => AssociationResult::Other(other),
        }
    }

    const fn number(self) -> u8 {
        match self {
            AssociationResult::Accepted => 0,
            AssociationResult::RejectedPermanent => 1,
            AssociationResult::RejectedTransient => 2,
            AssociationResult::Other(number) => number,
        }
    }
}

impl fmt::Display for AssociationResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AssociationResult::Accepted => f.write_str("accepted"),
            AssociationResult::RejectedPermanent => f.write_str("rejected for good"),
            AssociationResult::RejectedTransient => f.write_str("rejected for now"),
            AssociationResult::Other(number) => write!(f, "result {number}"),
        }
    }
}

/// Why an association was refused, or what is still to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AssociationDiagnostic {
    /// Whether the service provider speaks (lower layer), not the service user.
    pub provider: bool,
    /// The number.
    pub number: u8,
}

impl AssociationDiagnostic {
    /// Nothing to say.
    pub const NONE: AssociationDiagnostic = AssociationDiagnostic { provider: false, number: 0 };
    /// No reason given.
    pub const NO_REASON: AssociationDiagnostic = AssociationDiagnostic { provider: false, number: 1 };
    /// The application context is not supported.
    pub const CONTEXT_NOT_SUPPORTED: AssociationDiagnostic = AssociationDiagnostic { provider: false, number: 2 };
    /// The authentication mechanism is not known.
    pub const MECHANISM_UNKNOWN: AssociationDiagnostic = AssociationDiagnostic { provider: false, number: 11 };
    /// Authentication failed.
    pub const AUTHENTICATION_FAILED: AssociationDiagnostic = AssociationDiagnostic { provider: false, number: 13 };
    /// Authentication is required: with HLS, go on with the handshake.
    pub const AUTHENTICATION_REQUIRED: AssociationDiagnostic = AssociationDiagnostic { provider: false, number: 14 };

    /// Whether the meter leaves open why.
    pub const fn gives_no_reason(self) -> bool {
        self.number < 2
    }

    /// Whether credentials are the reason: mechanism unknown or missing, authentication failed or required.
    pub const fn is_about_credentials(self) -> bool {
        !self.provider && matches!(self.number, 11..=14)
    }
}

impl fmt::Display for AssociationDiagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.provider, self.number) {
            (false, 0) => "no diagnostic",
            (_, 1) => "no reason given",
            (false, 2) => "application context not supported",
            (false, 3) => "calling AP title not recognised",
            (false, 11) => "authentication mechanism not recognised",
            (false, 12) => "authentication mechanism required",
            (false, 13) => "authentication failure",
            (false, 14) => "authentication required",
            (true, 2) => "no common ACSE version",
            (_, number) => return write!(f, "diagnostic {number}"),
        })
    }
}

/// AARQ: the client asks for an association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AarqApdu {
    /// Naming and ciphering.
    pub context: ContextName,
    /// The client's system title.
    pub calling_title: Option<Vec<u8>>,
    /// How the client proves itself.
    pub mechanism: Mechanism,
    /// Password or challenge.
    pub authentication_value: Option<Vec<u8>>,
    /// InitiateRequest, plain or ciphered.
    pub user_information: Vec<u8>,
}

/// AARE: the meter's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AareApdu {
    /// Naming and ciphering.
    pub context: ContextName,
    /// The verdict.
    pub result: AssociationResult,
    /// The reason or the next step.
    pub diagnostic: AssociationDiagnostic,
    /// The meter's system title.
    pub responding_title: Option<Vec<u8>>,
    /// The mechanism in use.
    pub mechanism: Mechanism,
    /// The meter's challenge.
    pub authentication_value: Option<Vec<u8>>,
    /// InitiateResponse, plain or ciphered, or a confirmed service error. Absent in some refusals.
    pub user_information: Option<Vec<u8>>,
}

fn object_identifier(kind: u8, number: u8) -> [u8; 7] {
    let [a, b, c, d, e] = DLMS_UA;
    [a, b, c, d, e, kind, number]
}

fn last_number(identifier: &[u8], kind: u8, what: &'static str) -> Result<u8, DecodeError> {
    match identifier.strip_prefix(&DLMS_UA) {
        Some([found, number]) if *found == kind => Ok(*number),
        _ => Err(DecodeError::Field { what }),
    }
}

fn put_authentication(out: &mut Vec<u8>, tags: [u8; 3], mechanism: Mechanism, value: Option<&[u8]>) {
    let [requirements, name, value_tag] = tags;
    if mechanism == Mechanism::None {
        return;
    }
    ber::put(out, requirements, &AUTHENTICATION_UNIT);
    ber::put(out, name, &object_identifier(MECHANISM_NAME, mechanism.number()));
    if let Some(value) = value {
        let mut wrapped = Vec::new();
        ber::put(&mut wrapped, 0x80, value);
        ber::put(out, value_tag, &wrapped);
    }
}

fn put_wrapped(out: &mut Vec<u8>, tag: u8, inner_tag: u8, contents: &[u8]) {
    let mut wrapped = Vec::new();
    ber::put(&mut wrapped, inner_tag, contents);
    ber::put(out, tag, &wrapped);
}

fn contents(bytes: &[u8], expected: u8, what: &'static str) -> Result<Vec<u8>, DecodeError> {
    ber::inner(bytes, expected, what).map(<[u8]>::to_vec)
}

fn body(bytes: &[u8], expected: u8, what: &'static str) -> Result<Vec<(u8, Vec<u8>)>, DecodeError> {
    let mut cursor = Cursor::new(ber::inner(bytes, expected, what)?);
    let mut elements = Vec::new();
    while cursor.remaining() > 0 {
        let (tag, contents) = ber::take(&mut cursor)?;
        elements.push((tag, contents.to_vec()));
    }
    Ok(elements)
}

impl AarqApdu {
    /// Reads the APDU; elements this program does not use are passed over.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut context = None;
        let mut aarq = AarqApdu {
            context: ContextName::LogicalName,
            calling_title: None,
            mechanism: Mechanism::None,
            authentication_value: None,
            user_information: Vec::new(),
        };
        for (tag, value) in body(bytes, tag::AARQ, "the AARQ")? {
            match tag {
                0xA1 => {
                    let identifier = contents(&value, 0x06, "the application context name")?;
                    let number = last_number(&identifier, CONTEXT_NAME, "the application context name")?;
                    context = Some(ContextName::from_number(number));
                }
                0xA6 => aarq.calling_title = Some(contents(&value, 0x04, "the calling AP title")?),
                0x8B => {
                    aarq.mechanism = Mechanism::from_number(last_number(&value, MECHANISM_NAME, "the mechanism name")?);
                }
                0xAC => aarq.authentication_value = Some(contents(&value, 0x80, "the authentication value")?),
                0xBE => aarq.user_information = contents(&value, 0x04, "the user information")?,
                _ => {}
            }
        }
        aarq.context = context.ok_or(DecodeError::Field { what: "the application context name" })?;
        Ok(aarq)
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        put_wrapped(&mut body, 0xA1, 0x06, &object_identifier(CONTEXT_NAME, self.context.number()));
        if let Some(title) = &self.calling_title {
            put_wrapped(&mut body, 0xA6, 0x04, title);
        }
        put_authentication(&mut body, [0x8A, 0x8B, 0xAC], self.mechanism, self.authentication_value.as_deref());
        put_wrapped(&mut body, 0xBE, 0x04, &self.user_information);
        let mut out = Vec::new();
        ber::put(&mut out, tag::AARQ, &body);
        out
    }

    /// Where the password stands in an AARQ; `None` when there is none (a challenge is no secret).
    pub fn password_range(bytes: &[u8]) -> Option<Range<usize>> {
        let mut cursor = Cursor::new(bytes);
        (cursor.u8().ok()? == tag::AARQ).then_some(())?;
        cursor.length().ok()?;
        let mut password = None;
        let mut challenge = false;
        while let Ok((tag, value)) = ber::take(&mut cursor) {
            match tag {
                0x8B => challenge = value.last().is_some_and(|&number| number > Mechanism::Lls.number()),
                0xAC => {
                    let inner = ber::inner(value, 0x80, "").unwrap_or(value);
                    let end = cursor.position();
                    password = Some(end.saturating_sub(inner.len())..end);
                }
                _ => {}
            }
        }
        password.filter(|_| !challenge)
    }
}

impl AareApdu {
    /// Reads the APDU; elements this program does not use are passed over, and user information may be missing.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let number = |value: &[u8]| ber::inner(value, 0x02, "the result").map(|n| n.last().copied().unwrap_or(0));
        let mut result = None;
        let mut aare = AareApdu {
            context: ContextName::LogicalName,
            result: AssociationResult::Accepted,
            diagnostic: AssociationDiagnostic::NONE,
            responding_title: None,
            mechanism: Mechanism::None,
            authentication_value: None,
            user_information: None,
        };
        for (tag, value) in body(bytes, tag::AARE, "the AARE")? {
            match tag {
                0xA1 => {
                    let identifier = contents(&value, 0x06, "the application context name")?;
                    let last = last_number(&identifier, CONTEXT_NAME, "the application context name")?;
                    aare.context = ContextName::from_number(last);
                }
                0xA2 => result = Some(AssociationResult::from_number(number(&value)?)),
                0xA3 => {
                    let provider = value.first() == Some(&0xA2);
                    let source = if provider { 0xA2 } else { 0xA1 };
                    let inner = ber::inner(&value, source, "the diagnostic")?;
                    aare.diagnostic = AssociationDiagnostic { provider, number: number(inner)? };
                }
                0xA4 => aare.responding_title = Some(contents(&value, 0x04, "the responding AP title")?),
                0x89 => {
                    aare.mechanism = Mechanism::from_number(last_number(&value, MECHANISM_NAME, "the mechanism name")?);
                }
                0xAA => aare.authentication_value = Some(contents(&value, 0x80, "the authentication value")?),
                0xBE => aare.user_information = Some(contents(&value, 0x04, "the user information")?),
                _ => {}
            }
        }
        aare.result = result.ok_or(DecodeError::Field { what: "the result" })?;
        Ok(aare)
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        put_wrapped(&mut body, 0xA1, 0x06, &object_identifier(CONTEXT_NAME, self.context.number()));
        put_wrapped(&mut body, 0xA2, 0x02, &[self.result.number()]);
        let source = if self.diagnostic.provider { 0xA2 } else { 0xA1 };
        let mut diagnostic = Vec::new();
        put_wrapped(&mut diagnostic, source, 0x02, &[self.diagnostic.number]);
        ber::put(&mut body, 0xA3, &diagnostic);
        if let Some(title) = &self.responding_title {
            put_wrapped(&mut body, 0xA4, 0x04, title);
        }
        put_authentication(&mut body, [0x88, 0x89, 0xAA], self.mechanism, self.authentication_value.as_deref());
        if let Some(information) = &self.user_information {
            put_wrapped(&mut body, 0xBE, 0x04, information);
        }
        let mut out = Vec::new();
        ber::put(&mut out, tag::AARE, &body);
        out
    }
}

/// RLRQ: the client ends the association.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReleaseRequest {
    /// InitiateRequest again, ciphered, as some meters demand in a ciphered association.
    pub user_information: Option<Vec<u8>>,
}

/// RLRE: the meter's answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReleaseResponse {
    /// Reason: 0 normal, 1 not finished, 30 user defined. Absent in some meters.
    pub reason: Option<u8>,
}

impl ReleaseRequest {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut request = ReleaseRequest::default();
        for (tag, value) in body(bytes, tag::RLRQ, "the RLRQ")? {
            if tag == 0xBE {
                request.user_information = Some(contents(&value, 0x04, "the user information")?);
            }
        }
        Ok(request)
    }

    /// The APDU, with the reason "normal".
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = vec![0x80, 0x01, 0x00];
        if let Some(information) = &self.user_information {
            put_wrapped(&mut body, 0xBE, 0x04, information);
        }
        let mut out = Vec::new();
        ber::put(&mut out, tag::RLRQ, &body);
        out
    }
}

impl ReleaseResponse {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let elements = body(bytes, tag::RLRE, "the RLRE")?;
        let reason = elements.iter().find(|(tag, _)| *tag == 0x80).and_then(|(_, value)| value.last().copied());
        Ok(ReleaseResponse { reason })
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        if let Some(reason) = self.reason {
            ber::put(&mut body, 0x80, &[reason]);
        }
        let mut out = Vec::new();
        ber::put(&mut out, tag::RLRE, &body);
        out
    }
}
