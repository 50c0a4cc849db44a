//! general-ciphering (DD) and general-signing (DF): APDUs that name sender and recipient, under a key that is identified,
//! wrapped or agreed for each, and signed (Green Book, 9.2.7.2 and 9.5).
//!
//! No published example settles what general-ciphering authenticates besides its content, nor whether a signature covers
//! the length of the content. Here it is security control and authentication key, and no length, as in Gurux.DLMS and
//! pydlms.

use sha2::{Digest, Sha256, Sha384};
use zeroize::Zeroizing;

use super::ecdsa::{PrivateKey, PublicKey};
use super::gcm::{Protection, SecurityControl, protect, unprotect};
use super::hls::SignatureKeys;
use super::keys::{SecretKey, SuiteKeys, SystemTitle};
use super::suite::Suite;
use super::wrap::{unwrap_key, wrap_key};
use crate::protocol::dlms::apdu::tag;
use crate::protocol::dlms::cursor::{Cursor, put_octets};
use crate::protocol::dlms::decode_error::DecodeError;

/// Arc of the algorithms a key is derived for; the last number is 0 for AES-GCM-128 and 1 for AES-GCM-256.
const ALGORITHM: [u8; 6] = [0x60, 0x85, 0x74, 0x05, 0x08, 0x03];
const IDENTIFIED: u8 = 0;
const WRAPPED: u8 = 1;
const AGREED: u8 = 2;
const ONE_PASS: u8 = 1;
const STATIC: u8 = 2;
/// The global unicast key, and the master key, by their numbers.
const UNICAST: u8 = 0;
const MASTER: u8 = 0;
/// Tries at drawing a private key; a random number is none about once in 2^32.
const DRAWS: usize = 16;

/// Which key an APDU is under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyInfo {
    /// The global unicast key.
    Identified,
    /// One drawn for the APDU, wrapped under the master key.
    Wrapped,
    /// One agreed by a key pair drawn for the APDU (one-pass Diffie-Hellman, C(1e, 1s)).
    OnePass,
    /// One agreed by the static key pairs of both (static unified model, C(0e, 2s)).
    Static,
}

/// Our private key for agreements, and the other side's public one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementKeys {
    /// Ours.
    pub own: PrivateKey,
    /// The other side's.
    pub other: PublicKey,
}

/// What these forms need beside the global keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GeneralKeys {
    /// Which key requests are under; `None` leaves general-ciphering out.
    pub key_info: Option<KeyInfo>,
    /// Whether requests are signed and answers must be.
    pub signed: bool,
    /// Master key, for wrapped keys.
    pub master: Option<SecretKey>,
    /// For agreed keys.
    pub agreement: Option<AgreementKeys>,
    /// For signatures, and for the keys of one-pass Diffie-Hellman.
    pub signing: Option<SignatureKeys>,
}

impl GeneralKeys {
    /// Octets these forms add to a plain APDU at most: titles, a point with its signature, and a signature, on P-384.
    pub const OVERHEAD: usize = 2 * (1 + 9 + 9 + 9 + 2) + (4 + 2 + 192) + 3 + 17 + 3 + 98;

    /// Whether requests go out in one of these forms.
    pub const fn is_used(&self) -> bool {
        self.signed || self.key_info.is_some()
    }
}

/// Sender and recipient of an APDU.
#[derive(Debug, Clone, Copy)]
pub struct Parties<'a> {
    /// The sender's system title.
    pub originator: SystemTitle,
    /// The recipient's; empty when it is not known.
    pub recipient: &'a [u8],
    /// Number of the APDU.
    pub transaction: &'a [u8],
}

/// Why an APDU in one of these forms cannot be made or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GeneralFault {
    /// A key it needs is not given.
    #[error("{0} is not given")]
    Missing(&'static str),
    /// It cannot be read.
    #[error("{0}")]
    Decode(#[from] DecodeError),
    /// It does not decipher.
    #[error("it does not decipher")]
    Cipher,
    /// A signature is not the sender's.
    #[error("its signature is not the sender's")]
    Signature,
}

fn header(out: &mut Vec<u8>, parties: Parties<'_>) {
    put_octets(out, parties.transaction);
    put_octets(out, &parties.originator.0);
    put_octets(out, parties.recipient);
    // Date-time and other information.
    out.extend_from_slice(&[0, 0]);
}

/// The key that follows from a shared secret (NIST SP 800-56A, one block of the concatenation KDF).
fn derive(suite: Suite, shared: &[u8], parties: &[&[u8]]) -> Option<SecretKey> {
    let algorithm = u8::from(suite == Suite::Two);
    let mut input = Zeroizing::new(vec![0, 0, 0, 1]);
    input.extend_from_slice(shared);
    input.extend_from_slice(&ALGORITHM);
    input.push(algorithm);
    parties.iter().for_each(|part| input.extend_from_slice(part));
    let digest = match suite {
        Suite::Two => Zeroizing::new(Sha384::digest(&*input).to_vec()),
        Suite::Zero | Suite::One => Zeroizing::new(Sha256::digest(&*input).to_vec()),
    };
    SecretKey::from_octets(digest.get(..suite.key_length())?)
}

fn one_pass_key(suite: Suite, shared: &[u8], parties: Parties<'_>) -> Option<SecretKey> {
    derive(suite, shared, &[&parties.originator.0, parties.recipient])
}

fn static_key(suite: Suite, shared: &[u8], parties: Parties<'_>) -> Option<SecretKey> {
    let mut transaction = Vec::new();
    put_octets(&mut transaction, parties.transaction);
    derive(suite, shared, &[&parties.originator.0, &transaction, parties.recipient])
}

/// Ciphers an APDU into general-ciphering. `random` gives as many octets as asked for that nobody can foresee.
///
/// # Errors
/// [`GeneralFault::Missing`].
pub fn cipher_generally(
    plain: &[u8],
    (protection, counter): (Protection, u32),
    parties: Parties<'_>,
    (keys, general): (&SuiteKeys, &GeneralKeys),
    random: &mut dyn FnMut(usize) -> Vec<u8>,
) -> Result<Vec<u8>, GeneralFault> {
    let suite = keys.suite;
    let mut out = vec![tag::GENERAL_CIPHERING];
    header(&mut out, parties);
    out.push(1);
    let content_key = match general.key_info.unwrap_or(KeyInfo::Identified) {
        KeyInfo::Identified => {
            out.extend_from_slice(&[IDENTIFIED, UNICAST]);
            keys.encryption.clone()
        }
        KeyInfo::Wrapped => {
            let master = general.master.as_ref().ok_or(GeneralFault::Missing("master_key"))?;
            let drawn =
                SecretKey::from_octets(&random(suite.key_length())).ok_or(GeneralFault::Missing("a random key"))?;
            out.extend_from_slice(&[WRAPPED, MASTER]);
            put_octets(&mut out, &wrap_key(master, &drawn));
            drawn
        }
        KeyInfo::OnePass => {
            let agreement = general.agreement.as_ref().ok_or(GeneralFault::Missing("meter_agreement_key"))?;
            let signing = general.signing.as_ref().ok_or(GeneralFault::Missing("signing_key"))?;
            let length = if suite == Suite::Two { 48 } else { 32 };
            let drawn = (0..DRAWS).find_map(|_| PrivateKey::from_octets(suite, &Zeroizing::new(random(length))));
            let drawn = drawn.ok_or(GeneralFault::Missing("a random key pair"))?;
            let point = drawn.public().to_octets();
            out.extend_from_slice(&[AGREED, 1, ONE_PASS]);
            put_octets(&mut out, &[point.clone(), signing.own.sign(&point)].concat());
            let shared = drawn.agree(&agreement.other).ok_or(GeneralFault::Missing("a key pair of this suite"))?;
            one_pass_key(suite, &shared, parties).ok_or(GeneralFault::Cipher)?
        }
        KeyInfo::Static => {
            let agreement = general.agreement.as_ref().ok_or(GeneralFault::Missing("agreement_key"))?;
            out.extend_from_slice(&[AGREED, 1, STATIC, 0]);
            let shared =
                agreement.own.agree(&agreement.other).ok_or(GeneralFault::Missing("a key pair of this suite"))?;
            static_key(suite, &shared, parties).ok_or(GeneralFault::Cipher)?
        }
    };
    let keys = keys.with_encryption(content_key);
    let mut content = vec![protection.security_control(suite)];
    content.extend_from_slice(&counter.to_be_bytes());
    content.extend_from_slice(&protect(&keys, protection, parties.originator, counter, plain));
    put_octets(&mut out, &content);
    Ok(out)
}

/// A general-ciphering APDU, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedGeneral {
    /// What was in it.
    pub plain: Vec<u8>,
    /// Who sent it.
    pub originator: SystemTitle,
    /// To whom; empty when the sender does not know that.
    pub recipient: Vec<u8>,
    /// Its number.
    pub transaction: Vec<u8>,
    /// Under which key it was.
    pub key_info: KeyInfo,
    /// How it was protected.
    pub control: SecurityControl,
    /// The sender's invocation counter.
    pub counter: u32,
}

/// Opens general-ciphering.
///
/// # Errors
/// [`GeneralFault`].
pub fn decipher_generally(
    bytes: &[u8],
    keys: &SuiteKeys,
    general: &GeneralKeys,
) -> Result<OpenedGeneral, GeneralFault> {
    let mut cursor = Cursor::new(bytes);
    let (originator, recipient, transaction) = read_header(&mut cursor, tag::GENERAL_CIPHERING)?;
    let parties = Parties { originator, recipient: &recipient, transaction: &transaction };
    let suite = keys.suite;
    let (key_info, content_key) = if cursor.bool()? {
        read_key(&mut cursor, parties, keys, general)?
    } else {
        (KeyInfo::Identified, keys.encryption.clone())
    };
    let content = cursor.octets()?;
    cursor.finish()?;
    let mut inner = Cursor::new(content);
    let (control, counter) = (inner.u8()?, inner.u32()?);
    let control = SecurityControl::from_octet(control).filter(|control| control.suite == suite && !control.broadcast);
    let control = control.ok_or(GeneralFault::Cipher)?;
    let keys = keys.with_encryption(content_key);
    let plain = unprotect(&keys, control, originator, counter, inner.rest()).map_err(|_| GeneralFault::Cipher)?;
    Ok(OpenedGeneral { plain, originator, recipient, transaction, key_info, control, counter })
}

/// Who says to have sent an APDU in general-ciphering; nothing else of it is looked at.
pub fn general_originator(bytes: &[u8]) -> Option<SystemTitle> {
    read_header(&mut Cursor::new(bytes), tag::GENERAL_CIPHERING).ok().map(|(originator, ..)| originator)
}

/// Title of the sender, title of the recipient, number.
type Header = (SystemTitle, Vec<u8>, Vec<u8>);

fn read_header(cursor: &mut Cursor<'_>, expected: u8) -> Result<Header, DecodeError> {
    cursor.expect_tag(expected)?;
    let transaction = cursor.octets()?.to_vec();
    let originator =
        SystemTitle::from_octets(cursor.octets()?).ok_or(DecodeError::Field { what: "the system title" })?;
    let recipient = cursor.octets()?.to_vec();
    let (_date_time, _other) = (cursor.octets()?, cursor.octets()?);
    Ok((originator, recipient, transaction))
}

fn read_key(
    cursor: &mut Cursor<'_>,
    parties: Parties<'_>,
    keys: &SuiteKeys,
    general: &GeneralKeys,
) -> Result<(KeyInfo, SecretKey), GeneralFault> {
    let unknown = |what, value| GeneralFault::Decode(DecodeError::Unknown { what, value, offset: 0 });
    match cursor.u8()? {
        IDENTIFIED => match cursor.u8()? {
            UNICAST => Ok((KeyInfo::Identified, keys.encryption.clone())),
            other => Err(unknown("key identifier", other)),
        },
        WRAPPED => {
            let _kek = cursor.u8()?;
            let master = general.master.as_ref().ok_or(GeneralFault::Missing("master_key"))?;
            unwrap_key(master, cursor.octets()?).map(|key| (KeyInfo::Wrapped, key)).ok_or(GeneralFault::Cipher)
        }
        AGREED => {
            let scheme = cursor.octets()?.first().copied().unwrap_or(0);
            let data = cursor.octets()?;
            let agreement = general.agreement.as_ref().ok_or(GeneralFault::Missing("agreement_key"))?;
            match scheme {
                ONE_PASS => {
                    let signing = general.signing.as_ref().ok_or(GeneralFault::Missing("meter_signing_key"))?;
                    let (point, signature) = data.split_at_checked(data.len() / 2).unwrap_or((data, &[]));
                    // Gurux signs the scheme in front of the point.
                    let with_scheme = [&[ONE_PASS], point].concat();
                    if !signing.other.verifies(point, signature) && !signing.other.verifies(&with_scheme, signature) {
                        return Err(GeneralFault::Signature);
                    }
                    let ephemeral = PublicKey::from_octets(keys.suite, point).ok_or(GeneralFault::Cipher)?;
                    let shared = agreement.own.agree(&ephemeral).ok_or(GeneralFault::Cipher)?;
                    let key = one_pass_key(keys.suite, &shared, parties).ok_or(GeneralFault::Cipher)?;
                    Ok((KeyInfo::OnePass, key))
                }
                STATIC => {
                    let shared = agreement.own.agree(&agreement.other).ok_or(GeneralFault::Cipher)?;
                    let key = static_key(keys.suite, &shared, parties).ok_or(GeneralFault::Cipher)?;
                    Ok((KeyInfo::Static, key))
                }
                other => Err(unknown("key agreement", other)),
            }
        }
        other => Err(unknown("key information", other)),
    }
}

/// Signs an APDU, ciphered or not.
///
/// # Errors
/// [`GeneralFault::Missing`].
pub fn sign_generally(content: &[u8], parties: Parties<'_>, general: &GeneralKeys) -> Result<Vec<u8>, GeneralFault> {
    let signing = general.signing.as_ref().ok_or(GeneralFault::Missing("signing_key"))?;
    let mut out = vec![tag::GENERAL_SIGNING];
    header(&mut out, parties);
    let signed = [out.get(1..).unwrap_or_default(), content].concat();
    put_octets(&mut out, content);
    put_octets(&mut out, &signing.own.sign(&signed));
    Ok(out)
}

/// What is signed, and who says to have signed it; the signature is not looked at.
///
/// # Errors
/// [`DecodeError`].
pub fn signed_content(bytes: &[u8]) -> Result<(&[u8], SystemTitle), DecodeError> {
    let parts = SignedParts::from_bytes(bytes)?;
    Ok((parts.content, parts.originator))
}

/// Takes the signature off; gives the content and who signed it.
///
/// # Errors
/// [`GeneralFault`].
pub fn unsign_generally(bytes: &[u8], general: &GeneralKeys) -> Result<(Vec<u8>, SystemTitle), GeneralFault> {
    let signing = general.signing.as_ref().ok_or(GeneralFault::Missing("meter_signing_key"))?;
    let SignedParts { originator, head, content, signature } = SignedParts::from_bytes(bytes)?;
    if signing.other.verifies(&[head, content].concat(), signature) {
        Ok((content.to_vec(), originator))
    } else {
        Err(GeneralFault::Signature)
    }
}

struct SignedParts<'a> {
    originator: SystemTitle,
    /// Number, titles, date-time and other information, with their lengths.
    head: &'a [u8],
    content: &'a [u8],
    signature: &'a [u8],
}

impl<'a> SignedParts<'a> {
    fn from_bytes(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let (originator, ..) = read_header(&mut cursor, tag::GENERAL_SIGNING)?;
        let head = bytes.get(1..cursor.position()).unwrap_or_default();
        let (content, signature) = (cursor.octets()?, cursor.octets()?);
        cursor.finish()?;
        Ok(SignedParts { originator, head, content, signature })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENT: SystemTitle = SystemTitle(*b"TECH0001");

    /// The keys of either side, each with the public halves of the other.
    fn sides(suite: Suite, key_info: KeyInfo) -> [GeneralKeys; 2] {
        let length = if suite == Suite::Two { 48 } else { 32 };
        let key = |octet: u8| PrivateKey::from_octets(suite, &vec![octet; length]).expect("a private key");
        let side = |sign: [u8; 2], agree: [u8; 2]| GeneralKeys {
            key_info: Some(key_info),
            signed: true,
            master: SecretKey::from_octets(&vec![9; suite.key_length()]),
            agreement: Some(AgreementKeys { own: key(agree[0]), other: key(agree[1]).public() }),
            signing: Some(SignatureKeys { own: key(sign[0]), other: key(sign[1]).public() }),
        };
        [side([0x11, 0x22], [0x33, 0x44]), side([0x22, 0x11], [0x44, 0x33])]
    }

    fn suite_keys(suite: Suite) -> SuiteKeys {
        let key = |octet: u8| SecretKey::from_octets(&vec![octet; suite.key_length()]).expect("a key");
        SuiteKeys { suite, encryption: key(1), authentication: key(2) }
    }

    #[test]
    fn each_kind_of_key_and_signature_is_opened_by_the_other_side_alone() {
        for suite in [Suite::One, Suite::Two] {
            for key_info in [KeyInfo::Identified, KeyInfo::Wrapped, KeyInfo::OnePass, KeyInfo::Static] {
                let [client, meter] = sides(suite, key_info);
                let keys = suite_keys(suite);
                let parties = Parties { originator: CLIENT, recipient: b"GRX00001", transaction: &[1, 2] };
                let protection = (Protection::AuthenticatedEncryption, 7);
                let mut random = |count| vec![0x55; count];
                let ciphered = cipher_generally(b"content", protection, parties, (&keys, &client), &mut random);
                let ciphered = ciphered.expect("all keys are there");
                let signed = sign_generally(&ciphered, parties, &client).expect("all keys are there");
                assert!(signed.len() <= b"content".len() + GeneralKeys::OVERHEAD);
                let (content, signer) = unsign_generally(&signed, &meter).expect("the client's signature");
                assert_eq!((content.as_slice(), signer), (ciphered.as_slice(), CLIENT));
                let opened = decipher_generally(&content, &keys, &meter).expect("the key of both");
                assert_eq!((opened.plain.as_slice(), opened.originator, opened.counter), (&b"content"[..], CLIENT, 7));
                // One bit changed anywhere opens nothing.
                for place in 0..signed.len() {
                    let mut changed = signed.clone();
                    changed[place] ^= 1;
                    assert!(unsign_generally(&changed, &meter).is_err(), "{suite:?} {key_info:?} {place}");
                }
                let mut changed = ciphered;
                *changed.last_mut().expect("not empty") ^= 1;
                assert_eq!(decipher_generally(&changed, &keys, &meter), Err(GeneralFault::Cipher));
            }
        }
    }

    #[test]
    fn a_key_that_is_not_given_is_named() {
        let keys = suite_keys(Suite::One);
        let parties = Parties { originator: CLIENT, recipient: b"", transaction: &[] };
        for (key_info, name) in [
            (KeyInfo::Wrapped, "master_key"),
            (KeyInfo::OnePass, "meter_agreement_key"),
            (KeyInfo::Static, "agreement_key"),
        ] {
            let general = GeneralKeys { key_info: Some(key_info), ..GeneralKeys::default() };
            let made = cipher_generally(
                b"content",
                (Protection::AuthenticatedEncryption, 1),
                parties,
                (&keys, &general),
                &mut |count| vec![1; count],
            );
            assert_eq!(made, Err(GeneralFault::Missing(name)));
        }
    }
}
