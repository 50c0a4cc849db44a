//! Which head-end is asked.

use time::OffsetDateTime;

use crate::cli::{CommandError, Context};
use wattkey::error::Code;
use wattkey::headend::{Environment, Factory, HeadEnd, PackTrust};

const HEADING: &str = "Head-end";

/// Which head-end, for every command that asks one.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct HeadEndOptions {
    /// Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section
    #[arg(long, value_name = "NAME|PACK", env = "WATTKEY_HEADEND", hide_env = true, help_heading = HEADING)]
    pub headend: Option<String>,

    /// Whose packs are taken.
    #[command(flatten)]
    pub trust: PackTrustOptions,
}

/// Whose packs are taken.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct PackTrustOptions {
    /// Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated
    #[arg(long, value_name = "KEY|FILE", env = "WATTKEY_PACK_KEY", hide_env = true, help_heading = HEADING)]
    pub pack_key: Vec<String>,

    /// Take a pack although nobody trusted has signed it, or its signature does not hold
    #[arg(long, help_heading = HEADING)]
    pub accept_unverified_pack: bool,
}

impl PackTrustOptions {
    /// The keys that are trusted.
    pub fn trust(&self) -> Result<PackTrust, CommandError> {
        let mut trust = PackTrust { keys: Vec::new(), accept_unverified: self.accept_unverified_pack };
        self.pack_key.iter().try_for_each(|key| trust.add(key))?;
        Ok(trust)
    }
}

impl HeadEndOptions {
    /// Whether a head-end is named, here or as the only section of the configuration.
    pub fn is_named(&self, context: &Context) -> bool {
        self.headend.is_some() || context.options.headends.len() == 1
    }

    /// What opens the head-end, once for each thread.
    pub fn factory(&self, context: &Context) -> Result<Factory, CommandError> {
        let sections = &context.options.headends;
        let name = match (&self.headend, sections.keys().next()) {
            (Some(name), _) => name,
            (None, Some(only)) if sections.len() == 1 => only,
            (None, Some(_)) => {
                let names = sections.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
                return Err(CommandError::new(Code::Usage, format!("which head-end? The configuration has {names}"))
                    .hint("Give --headend NAME."));
            }
            (None, None) => {
                return Err(CommandError::new(Code::Usage, "no head-end is named")
                    .hint("Give --headend with the file of a pack, or a [headend.NAME] of the configuration file."));
            }
        };
        let trust = self.trust.trust()?;
        let environment = Environment {
            state: context.folders.state()?,
            now: OffsetDateTime::now_utc,
            exposure: context.exposure(),
            meter_card: context.options.meter_card.clone(),
        };
        Ok(Factory::new(name, sections, trust, environment)?)
    }

    /// The head-end, for a command that works on one meter.
    pub fn open(&self, context: &Context) -> Result<Box<dyn HeadEnd>, CommandError> {
        Ok(self.factory(context)?.open()?)
    }
}
