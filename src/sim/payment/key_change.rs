//! An unfinished key change: the sections taken so far, and when they are forgotten.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::sts::key_change::AssemblyError;
use crate::sts::{EncryptionAlgorithm, KeyChangeAssembly, NewKey, TokenClass, TokenContent};

/// The sections held. Kept as clear blocks, in the order of their arrival.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PendingKeyChange {
    blocks: Vec<u64>,
    #[serde(with = "time::serde::rfc3339::option")]
    last_section_at: Option<OffsetDateTime>,
}

impl PendingKeyChange {
    /// Numbers of the sections held, rising.
    pub fn held(&self) -> Vec<u8> {
        self.sections()
            .filter_map(|section| KeyChangeAssembly::default().take(&section))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    fn sections(&self) -> impl Iterator<Item = TokenContent> {
        self.blocks.iter().filter_map(|block| TokenContent::parse(TokenClass::Management, *block).ok())
    }

    fn assembly(&self, ea: EncryptionAlgorithm) -> KeyChangeAssembly {
        let mut assembly = KeyChangeAssembly::default();
        for section in self.sections() {
            assembly.take(&section.under(ea));
        }
        assembly
    }

    /// Takes a section in place of an earlier one with its number; `most` is how many sections the meter takes.
    pub fn take(&mut self, section: &TokenContent, most: u8, now: OffsetDateTime) {
        // Where a set has two sections it is complete without the third token that this bit announces.
        let section = match section {
            TokenContent::KeyChange1 { ken_high, krn, rollover, kt, key_part, .. } if most != 3 => {
                TokenContent::KeyChange1 {
                    ken_high: *ken_high,
                    krn: *krn,
                    rollover: *rollover,
                    three_tokens: false,
                    kt: *kt,
                    key_part: key_part.clone(),
                }
            }
            other => other.clone(),
        };
        let same = |block: &u64| block >> 60 == u64::from(section.subclass());
        self.blocks.retain(|block| !same(block));
        self.blocks.push(section.block());
        self.last_section_at = Some(now);
    }

    /// The new key once all sections are there; `Some(None)` when they do not make one.
    pub fn completed(&self, ea: EncryptionAlgorithm) -> Option<Option<NewKey>> {
        match self.assembly(ea).complete(ea) {
            Err(AssemblyError::Missing(_)) => None,
            complete => Some(complete.ok()),
        }
    }

    /// Forgets everything.
    pub fn forget(&mut self) {
        *self = PendingKeyChange::default();
    }

    /// Forgets sections older than the time-out; tells whether there were any.
    pub fn forget_stale(&mut self, timeout_s: u32, now: OffsetDateTime) -> bool {
        let stale = self.last_section_at.is_some_and(|at| now - at > Duration::seconds(timeout_s.into()));
        if stale {
            self.forget();
        }
        stale
    }
}
