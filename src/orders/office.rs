//! The office key: it signs orders, and opens every sealed set.

use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::OrdersError;
use super::store::{Column, Session, Store};
use crate::hex;
use crate::keys::{
    Exposure, Identities, KeyError, SigningKey, VerifyingKey, new_identity, read_private, write_private,
};

/// Value of `schema` in the file.
const SCHEMA: &str = "wattkey/orders-office/1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    signing_key: Zeroizing<String>,
    identity: Zeroizing<String>,
    recipient: String,
}

/// The office key. It prints as its public half.
#[derive(Debug)]
pub struct OfficeKey {
    signing: SigningKey,
    identities: Identities,
    recipient: String,
    /// Key of the marks by which equal sets are known again; derived, so that it stays secret.
    mark_key: Zeroizing<[u8; 32]>,
}

/// The public half, as the store and every device keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficePublic {
    /// Checks signatures: 64 hex digits.
    pub verify_key: String,
    /// Sets are sealed to it: `age1…`.
    pub recipient: String,
}

impl OfficePublic {
    /// The key that checks orders.
    ///
    /// # Errors
    /// [`OrdersError::Content`].
    pub fn key(&self) -> Result<VerifyingKey, OrdersError> {
        self.verify_key.parse().map_err(OrdersError::Content)
    }

    /// By which two people compare it: the first 16 digits.
    pub fn fingerprint(&self) -> &str {
        self.verify_key.get(..16).unwrap_or(&self.verify_key)
    }
}

impl OfficeKey {
    /// Where it is kept when nobody names a file.
    pub fn path_in(state: &Path, store: &str) -> PathBuf {
        state.join("orders").join(store).join("office.key")
    }

    /// Makes a key and writes it to a new file that only its owner may read.
    ///
    /// # Errors
    /// A file that is there already or cannot be written.
    pub fn create(path: &Path) -> Result<Self, OrdersError> {
        let unusable = |problem: String| KeyError::Unreadable { path: path.to_owned(), problem };
        let (_, signing_key) = SigningKey::generate().map_err(|problem| unusable(problem.to_owned()))?;
        let (identity, recipient) = new_identity().map_err(unusable)?;
        let file = File {
            schema: SCHEMA.to_owned(),
            signing_key: Zeroizing::new(signing_key.reveal().to_owned()),
            identity: Zeroizing::new(identity.reveal().to_owned()),
            recipient,
        };
        let text = Zeroizing::new(serde_json::to_vec_pretty(&file).map_err(|error| unusable(error.to_string()))?);
        write_private(path, &text, false)?;
        OfficeKey::of(file).map_err(|problem| unusable(problem).into())
    }

    /// Reads it.
    ///
    /// # Errors
    /// A file that others may read, or that is no office key.
    pub fn load(path: &Path, exposure: Exposure) -> Result<Self, OrdersError> {
        let text = read_private(path, exposure)?;
        let unusable = |problem: String| KeyError::Unreadable { path: path.to_owned(), problem };
        let file: File = serde_json::from_slice(&text)
            .map_err(|_| unusable("this is no office key of `wattkey orders init`".to_owned()))?;
        Ok(OfficeKey::of(file).map_err(unusable)?)
    }

    fn of(file: File) -> Result<Self, String> {
        if file.schema != SCHEMA {
            return Err(format!("its schema is {:?}, and {SCHEMA:?} is read", file.schema));
        }
        let mut mark_key = Zeroizing::new([0; 32]);
        mark_key.copy_from_slice(&keyed(file.identity.as_bytes(), &[b"wattkey orders mark"])?);
        Ok(OfficeKey {
            signing: SigningKey::read(file.signing_key.as_bytes())?,
            identities: Identities::read(&file.identity)?,
            recipient: file.recipient,
            mark_key,
        })
    }

    /// What signs orders.
    pub fn signing(&self) -> &SigningKey {
        &self.signing
    }

    /// What opens every set.
    pub fn identities(&self) -> &Identities {
        &self.identities
    }

    /// Its public half.
    pub fn public(&self) -> OfficePublic {
        OfficePublic { verify_key: self.signing.public().to_string(), recipient: self.recipient.clone() }
    }

    /// 128 bits, as hex digits, that only this key makes of these parts: equal sets are known again by it, and nobody
    /// else can try out what is in one.
    ///
    /// # Errors
    /// None in practice: a key of any length is allowed.
    pub fn mark(&self, parts: &[&[u8]]) -> Result<String, OrdersError> {
        let mark = keyed(self.mark_key.as_slice(), parts).map_err(OrdersError::Content)?;
        Ok(hex::encode(mark.get(..16).unwrap_or(&mark)))
    }
}

fn keyed(key: &[u8], parts: &[&[u8]]) -> Result<[u8; 32], String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|error| error.to_string())?;
    for part in parts {
        mac.update(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        mac.update(part);
    }
    Ok(mac.finalize().into_bytes().into())
}

/// Notes the public half in a store that has none; the same again changes nothing.
///
/// # Errors
/// [`OrdersError::OfficeKey`] when the store has that of another key.
pub fn note(store: &mut Store, public: &OfficePublic, made: &str) -> Result<(), OrdersError> {
    store.run(|session| {
        // There is one row: of two that make a key at once the second finds the first's.
        let columns = [Column::int("one"), Column::text("verify_key"), Column::text("recipient"), Column::text("made")];
        let row = vec![1.into(), (&public.verify_key).into(), (&public.recipient).into(), made.into()];
        session.insert_new("office", &columns, &[row])?;
        compare(session, public)
    })
}

/// Refuses a key that is not the store's.
///
/// # Errors
/// [`OrdersError::OfficeKey`]; those of the store.
pub fn require(store: &mut Store, public: &OfficePublic) -> Result<(), OrdersError> {
    store.run(|session| compare(session, public))
}

fn compare(session: &mut dyn Session, public: &OfficePublic) -> Result<(), OrdersError> {
    match of_store(session)? {
        Some(found) if found == *public => Ok(()),
        found => Err(OrdersError::OfficeKey(format!(
            "the store belongs to the office key {}, and this is {}",
            found.map_or_else(|| "none".to_owned(), |found| found.fingerprint().to_owned()),
            public.fingerprint()
        ))),
    }
}

/// The public half that a store has.
///
/// # Errors
/// Those of the store.
pub fn of_store(session: &mut dyn Session) -> Result<Option<OfficePublic>, OrdersError> {
    let row = session.first("SELECT verify_key, recipient FROM office", &[])?;
    row.map(|row| Ok(OfficePublic { verify_key: row.text(0)?, recipient: row.text(1)? })).transpose()
}
