//! What goes wrong on a shared line without being a fault of the meter asked, each named for what it is.

use std::fmt;

use serde::Serialize;

/// One trouble of the line. Addresses are as the user writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "trouble", rename_all = "kebab-case")]
pub enum LineTrouble {
    /// The adapter hands back what is sent.
    Echo,
    /// An answer to an earlier request came late and was thrown away.
    LateAnswer {
        /// Whose it was.
        address: String,
    },
    /// Another meter answered, or another master is asking it.
    OtherMeter {
        /// Who was asked.
        asked: String,
        /// Who answered.
        answered: String,
    },
    /// More than one meter answers at one address.
    Collision {
        /// The address.
        address: String,
    },
    /// What came was damaged.
    Damaged {
        /// Who was asked.
        address: String,
    },
}

impl fmt::Display for LineTrouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LineTrouble::Echo => formatter.write_str("the adapter echoes what is sent; the echo is taken out"),
            LineTrouble::LateAnswer { address } => write!(
                formatter,
                "an answer of {address} to an earlier request came late and was thrown away; a longer --timeout waits \
                 for it"
            ),
            LineTrouble::OtherMeter { asked, answered } => write!(
                formatter,
                "{answered} answered when {asked} was asked: it answers for another, or another master is on the line"
            ),
            LineTrouble::Collision { address } => {
                write!(formatter, "two meters answer at address {address}: give one of them another address")
            }
            LineTrouble::Damaged { address } => write!(
                formatter,
                "an answer of {address} was damaged: noise, a missing terminator, or two meters with one address"
            ),
        }
    }
}

/// Troubles kept for who asks, each kind once.
#[derive(Debug, Clone, Default)]
pub struct Troubles(Vec<LineTrouble>);

/// Troubles kept at most: more kinds at once tell nothing new.
const KEPT: usize = 64;

impl Troubles {
    /// Keeps a trouble, unless it is there already.
    pub fn add(&mut self, trouble: LineTrouble) {
        if self.0.len() < KEPT && !self.0.contains(&trouble) {
            self.0.push(trouble);
        }
    }

    /// Hands out what was kept and forgets it.
    pub fn take(&mut self) -> Vec<LineTrouble> {
        std::mem::take(&mut self.0)
    }

    /// What was kept.
    pub fn all(&self) -> &[LineTrouble] {
        &self.0
    }
}
