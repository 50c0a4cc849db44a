//! A work order: what the office signs, and how far it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::OrdersError;
use super::store::Row;
use crate::keys::{SigningKey, VerifyingKey};

/// What stands before an order in the signed message, so that no signature for anything else holds.
const LABEL: &[u8] = b"wattkey work order 1\n";

/// Between the name of a campaign and the name of a job in the identifier of an order.
pub const ID_SEPARATOR: char = '/';

/// What the office says of one meter. It is signed; nothing of it changes without a new signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// `CAMPAIGN/JOB`.
    pub id: String,
    /// The campaign.
    pub campaign: String,
    /// STS meter number, 11 or 13 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drn: Option<String>,
    /// Serial number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Where the meter is, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Area; empty when the list has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub area: String,
    /// The higher, the sooner.
    #[serde(default)]
    pub priority: i64,
    /// Line to the meter; the crew's own when it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Address on a shared line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Protocol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// Meter profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Commissioning plan, by its name.
    pub plan: String,
    /// The first 32 hex digits of the SHA-256 of the plan's text.
    pub plan_digest: String,
    /// `plan.KEY` and `answer.ID` with their values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub settings: BTreeMap<String, String>,
    /// SHA-256 of what is sealed for the crew, in hex; absent when nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

impl Content {
    fn message(&self) -> Result<Vec<u8>, OrdersError> {
        let mut message = LABEL.to_vec();
        serde_json::to_writer(&mut message, self).map_err(|error| OrdersError::Content(error.to_string()))?;
        Ok(message)
    }

    /// The office's signature, 128 hex digits. The same content gives the same signature.
    ///
    /// # Errors
    /// None in practice: every field can be written.
    pub fn sign(&self, key: &SigningKey) -> Result<String, OrdersError> {
        Ok(key.sign(&self.message()?))
    }

    /// Whether a signature is the office's over this content.
    pub fn is_signed_by(&self, key: &VerifyingKey, signature: &str) -> bool {
        self.message().is_ok_and(|message| key.holds(&message, signature))
    }

    /// The settings as the store keeps them.
    ///
    /// # Errors
    /// None in practice: texts can be written.
    pub fn settings_text(&self) -> Result<String, OrdersError> {
        if self.settings.is_empty() {
            return Ok(String::new());
        }
        serde_json::to_string(&self.settings).map_err(|error| OrdersError::Content(error.to_string()))
    }

    /// The columns of a content, in the order that [`Content::of_row`] reads.
    pub const COLUMNS: &'static str = "id, campaign, drn, serial, site, area, priority, link, address, protocol, \
                                       profile, plan, plan_digest, settings, fingerprint";

    /// How many columns these are.
    pub const COLUMN_COUNT: usize = 15;

    /// Reads it from a row that begins with [`Content::COLUMNS`].
    ///
    /// # Errors
    /// [`OrdersError::Content`].
    pub fn of_row(row: &Row) -> Result<Self, OrdersError> {
        let settings = row.text(13)?;
        Ok(Content {
            id: row.text(0)?,
            campaign: row.text(1)?,
            drn: row.optional(2)?,
            serial: row.optional(3)?,
            site: row.optional(4)?,
            area: row.text(5)?,
            priority: row.int(6)?,
            link: row.optional(7)?,
            address: row.optional(8)?,
            protocol: row.optional(9)?,
            profile: row.optional(10)?,
            plan: row.text(11)?,
            plan_digest: row.text(12)?,
            settings: if settings.is_empty() {
                BTreeMap::new()
            } else {
                serde_json::from_str(&settings).map_err(|error| OrdersError::Content(error.to_string()))?
            },
            fingerprint: row.optional(14)?,
        })
    }
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_meta])* $variant,)* }

        impl $name {
            /// Every value, in the order of the table.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word stored and shown.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The value of a stored word.
            ///
            /// # Errors
            /// [`OrdersError::Content`] with the word.
            pub fn read(word: &str) -> Result<Self, OrdersError> {
                let found = Self::ALL.iter().copied().find(|value| value.word() == word);
                found.ok_or_else(|| OrdersError::Content(format!("{} {word:?} is not known", stringify!($name))))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }
    };
}

words! {
    /// How far an order is.
    State {
        /// It may be taken.
        Open "open",
        /// A device has it for a time.
        Leased "leased",
        /// A meter is as it should be.
        Done "done",
        /// It was not achieved.
        Failed "failed",
        /// It was stopped for safety, or called off.
        Stopped "stopped",
        /// It cannot be told what the meter did: only a person ends this.
        Unknown "unknown",
    }
}

words! {
    /// Who has to look at an order before it can go on.
    Queue {
        /// The office: tokens, records, registration.
        Office "office",
        /// The supervisor: wrong meters, clones, outcomes that are not known.
        Supervisor "supervisor",
    }
}

words! {
    /// What a campaign is about.
    CampaignKind {
        /// New meters are put into service.
        Commission "commission",
        /// Keys of meters in service are changed.
        KeyChange "key-change",
        /// Meters are looked at, and nothing is changed.
        Inspection "inspection",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Content {
        Content {
            id: "spring/17".into(),
            campaign: "spring".into(),
            drn: Some("01234567897".into()),
            serial: None,
            site: None,
            area: "north".into(),
            priority: 3,
            link: None,
            address: None,
            protocol: None,
            profile: None,
            plan: "key-change".into(),
            plan_digest: "00".into(),
            settings: BTreeMap::new(),
            fingerprint: None,
        }
    }

    #[test]
    fn a_signature_holds_for_the_very_content() {
        let (key, _) = SigningKey::generate().unwrap();
        let signature = content().sign(&key).unwrap();
        assert!(content().is_signed_by(&key.public(), &signature));
        assert_eq!(content().sign(&key).unwrap(), signature, "loading the same list again gives the same");
        let spoiled = [
            Content { drn: Some("01234567905".into()), ..content() },
            Content { priority: 4, ..content() },
            Content { fingerprint: Some("00".into()), ..content() },
            Content { settings: [("plan.krn".to_owned(), "2".to_owned())].into(), ..content() },
        ];
        for other in spoiled {
            assert!(!other.is_signed_by(&key.public(), &signature), "{other:?}");
        }
    }
}
