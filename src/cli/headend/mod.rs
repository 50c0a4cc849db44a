//! `wattkey headend`, and the option by which every command names a head-end.

mod check;
pub mod meter;
mod outbox;
mod pack;
mod report;
pub mod tokens;
mod trial;
mod verify;

use clap::Subcommand;
use time::OffsetDateTime;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::Code;
use wattkey::headend::{Environment, Factory, HeadEnd, HeadEndError, PackTrust};

const HEADING: &str = "Head-end";

/// Check vend codes, ask the utility for tokens, hand in results
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey headend check VC-1001 --link /dev/ttyUSB0 --headend today.pack --pack-key depot.pub\n  \
    wattkey headend tokens clear-tamper --drn 01234567897 --headend city\n  \
    wattkey headend send --headend city\n\n\
    A head-end is a section [headend.NAME] of the configuration file, or the file of a pack; docs/headend.md tells how\n\
    to set one up.")]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Check that a vend code belongs to a meter
    Check(check::Arguments),
    /// Ask for an engineering or test token
    Tokens(tokens::Arguments),
    /// Ask for a sale on trial and whether a key change is due
    Trial(trial::Arguments),
    /// Have a token checked by a token server
    Verify(verify::Arguments),
    /// Hand in the result of a job, or what is wrong with a meter
    Report(report::Arguments),
    /// List what waits for the utility
    Outbox(outbox::ListArguments),
    /// Hand in what waits
    Send(outbox::SendArguments),
    /// Make a signed pack of the day's records, or a key to sign packs with
    Pack(pack::Arguments),
}

/// Runs the subcommand.
///
/// # Errors
/// Those of the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        Action::Check(arguments) => check::run(arguments, context),
        Action::Tokens(arguments) => tokens::run(arguments, context),
        Action::Trial(arguments) => trial::run(arguments, context),
        Action::Verify(arguments) => verify::run(arguments, context),
        Action::Report(arguments) => report::run(arguments, context),
        Action::Outbox(arguments) => outbox::list(arguments, context),
        Action::Send(arguments) => outbox::send(arguments, context),
        Action::Pack(arguments) => pack::run(arguments, context),
    }
}

/// Which head-end, for every command that asks one.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct HeadEndOptions {
    /// Head-end: a [headend.NAME] of the configuration file, or the file of a pack; needless when there is one section
    #[arg(long, value_name = "NAME|PACK", env = "WATTKEY_HEADEND", hide_env = true, help_heading = HEADING)]
    pub headend: Option<String>,

    /// Trust packs signed by this key: 64 hex digits, or a file with the public key; may be repeated
    #[arg(long, value_name = "KEY|FILE", env = "WATTKEY_PACK_KEY", hide_env = true, help_heading = HEADING)]
    pub pack_key: Vec<String>,

    /// Take a pack although nobody trusted has signed it, or its signature does not hold
    #[arg(long, help_heading = HEADING)]
    pub accept_unverified_pack: bool,
}

impl HeadEndOptions {
    /// Whether a head-end is named, here or as the only section of the configuration.
    pub fn is_named(&self, context: &Context) -> bool {
        self.headend.is_some() || context.options.headends.len() == 1
    }

    /// What opens the head-end, once for each thread.
    ///
    /// # Errors
    /// None named, or a name that is neither a section nor a file.
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
        let mut trust = PackTrust { keys: Vec::new(), accept_unverified: self.accept_unverified_pack };
        self.pack_key.iter().try_for_each(|key| trust.add(key))?;
        let environment = Environment {
            state: context.folders.state()?,
            now: OffsetDateTime::now_utc,
            exposure: context.exposure(),
            meter_card: context.options.meter_card.clone(),
        };
        Ok(Factory::new(name, sections, trust, environment)?)
    }

    /// The head-end, for a command that works on one meter.
    ///
    /// # Errors
    /// Those of [`HeadEndOptions::factory`] and of the head-end.
    pub fn open(&self, context: &Context) -> Result<Box<dyn HeadEnd>, CommandError> {
        Ok(self.factory(context)?.open()?)
    }
}

impl From<HeadEndError> for CommandError {
    fn from(error: HeadEndError) -> Self {
        let plain = CommandError::new(error.code(), error.to_string());
        match error {
            HeadEndError::OutcomeUnknown { .. } => plain
                .hint("Run the same command again later: it asks about this message first.")
                .hint("Else ask the office what was made under the message number before asking for more."),
            _ => plain,
        }
    }
}
