//! Which head-end: a section `[headend.NAME]` of the configuration, or the file of a pack.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use time::OffsetDateTime;

use super::HeadEnd;
use super::error::HeadEndError;
use super::outbox::Outbox;
use super::pack::signature::PackKey;
use super::pack::{Pack, PackHeadEnd, PackTrust};
use super::token_api::{self, TokenApiHeadEnd, TokenApiSection};
use super::xmlvend::{Server, XmlvendHeadEnd, XmlvendSection};
use crate::keys::Exposure;

/// A section `[headend.NAME]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Section {
    /// `kind = "pack"`: a signed file.
    Pack(PackSection),
    /// `kind = "xmlvend"`: a server.
    Xmlvend(Box<XmlvendSection>),
    /// `kind = "token-api"`: a server that makes tokens and keeps no records.
    #[serde(rename = "token-api")]
    TokenApi(Box<TokenApiSection>),
}

/// `kind = "pack"`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackSection {
    /// The pack.
    pub file: PathBuf,
    /// Keys whose signature is trusted: 64 hex digits, or files with a public key.
    #[serde(default)]
    pub keys: Vec<String>,
    /// Take a pack that is not signed by one of them.
    #[serde(default)]
    pub accept_unverified: bool,
}

impl Section {
    /// Makes relative paths start at `base`, the folder of the configuration file.
    pub fn rebase(&mut self, base: &dyn Fn(&Path) -> PathBuf) {
        match self {
            Section::Pack(section) => {
                section.file = base(&section.file);
                for key in &mut section.keys {
                    if key.parse::<PackKey>().is_err() {
                        *key = base(Path::new(key.as_str())).display().to_string();
                    }
                }
            }
            Section::Xmlvend(section) => section.rebase(base),
            Section::TokenApi(section) => section.rebase(base),
        }
    }
}

/// What a head-end needs of the process it runs in.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The state folder, where the outbox is.
    pub state: PathBuf,
    /// The clock.
    pub now: fn() -> OffsetDateTime,
    /// What to do with files of secrets that others may read.
    pub exposure: Exposure,
    /// Track 2 of the meter's card, where it was swiped.
    pub meter_card: Option<String>,
}

/// Opens one head-end as often as there are threads. What can be shared, such as a pack that was read, is shared.
#[derive(Debug, Clone)]
pub struct Factory {
    name: String,
    environment: Environment,
    source: Arc<Source>,
}

#[derive(Debug)]
enum Source {
    Pack { file: PathBuf, trust: PackTrust, opened: Mutex<Option<Arc<Pack>>> },
    Opened(Arc<Pack>),
    Xmlvend(Server),
    TokenApi(Arc<token_api::Settings>),
}

impl Factory {
    /// The head-end of this name among `sections`, else the pack in the file of this name. `trust` is added to what
    /// the section says.
    ///
    /// # Errors
    /// Neither a section nor a file; a key or certificate that cannot be used. The head-end itself is not opened yet.
    pub fn new(
        name: &str,
        sections: &BTreeMap<String, Section>,
        mut trust: PackTrust,
        environment: Environment,
    ) -> Result<Self, HeadEndError> {
        let source = match sections.get(name) {
            Some(Section::Pack(section)) => {
                section.keys.iter().try_for_each(|key| trust.add(key))?;
                trust.accept_unverified |= section.accept_unverified;
                Source::Pack { file: section.file.clone(), trust, opened: Mutex::new(None) }
            }
            Some(Section::Xmlvend(section)) => {
                Source::Xmlvend(Server::new(section.settle(name, environment.exposure)?)?)
            }
            Some(Section::TokenApi(section)) => Source::TokenApi(Arc::new(section.settle(name, environment.exposure)?)),
            None if Path::new(name).exists() => {
                Source::Pack { file: PathBuf::from(name), trust, opened: Mutex::new(None) }
            }
            None => {
                let known: Vec<&str> = sections.keys().map(String::as_str).collect();
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                let problem =
                    format!("there is neither a file nor a section [headend.{name}] of this name; sections: {known}");
                return Err(HeadEndError::Setup { name: name.to_owned(), problem });
            }
        };
        Ok(Factory { name: name.to_owned(), environment, source: Arc::new(source) })
    }

    /// The head-end over a pack that is open already.
    pub fn of_pack(pack: Pack, environment: Environment) -> Self {
        let name = pack.header().name.clone();
        Factory { name, environment, source: Arc::new(Source::Opened(Arc::new(pack))) }
    }

    /// The name it was asked for by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One head-end, for one thread.
    ///
    /// # Errors
    /// A pack that does not hold; an outbox that cannot be used.
    pub fn open(&self) -> Result<Box<dyn HeadEnd>, HeadEndError> {
        let outbox = Outbox::open(&self.environment.state)?;
        match self.source.as_ref() {
            Source::Pack { file, trust, opened } => {
                let mut opened = opened.lock().unwrap_or_else(PoisonError::into_inner);
                let pack = match opened.as_ref() {
                    Some(pack) => Arc::clone(pack),
                    None => Arc::clone(opened.insert(Arc::new(Pack::open(file, trust)?))),
                };
                Ok(Box::new(PackHeadEnd::new(pack, outbox, self.environment.now)))
            }
            Source::Opened(pack) => Ok(Box::new(PackHeadEnd::new(Arc::clone(pack), outbox, self.environment.now))),
            Source::Xmlvend(server) => {
                let card = self.environment.meter_card.clone();
                Ok(Box::new(XmlvendHeadEnd::new(server, outbox, self.environment.now, card)))
            }
            Source::TokenApi(settings) => Ok(Box::new(TokenApiHeadEnd::new(settings, outbox, self.environment.now))),
        }
    }
}
