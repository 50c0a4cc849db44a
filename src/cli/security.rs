//! `wattkey security`: what a meter tells of its keys, and replacing them.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::change::{PreparedSecrets, SecretsChanged, WantedSecrets};
use wattkey::documents::security::{Security, SecurityChange, SecurityStep};
use wattkey::error::{Code, Exit};
use wattkey::keys::{Credentials, DlmsCredentials, MeterSecrets, PendingSecrets, Recipient, seal, write_private};
use wattkey::ledger::{Operation, Outcome};
use wattkey::meter::security::KeyedMeter;
use wattkey::meter::{Meter, MeterError, MeterRef};

/// Show the security of a DLMS meter, and change its keys
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/security.txt"))]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// The subcommands.
#[derive(Debug, Clone, Subcommand)]
pub enum Action {
    /// Show policy, suite, system titles, certificates and counters
    Show,
    /// Replace keys and password of the meter's interface
    #[command(after_long_help = include_str!("../../data/help/security/change-keys.txt"))]
    ChangeKeys(ChangeKeys),
}

/// Where the new secrets come from.
#[derive(Debug, Clone, Args)]
pub struct ChangeKeys {
    #[command(flatten)]
    source: Source,

    /// Folder the generated keys are written to: a credentials file for each meter
    #[arg(long, value_name = "DIR", requires = "generate")]
    store: Option<PathBuf>,

    /// Age public key that may open the written file; may be given more than once
    #[arg(long, value_name = "KEY", requires = "store")]
    recipient: Vec<String>,

    /// Write the generated keys unencrypted
    #[arg(long, requires = "store", conflicts_with = "recipient")]
    plain: bool,
}

#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
struct Source {
    /// Credentials file with the new keys and passwords
    #[arg(long, value_name = "FILE")]
    new: Option<PathBuf>,

    /// Draw new encryption and authentication keys
    #[arg(long, requires = "store")]
    generate: bool,

    /// Go on with a change that was broken off
    #[arg(long)]
    resume: bool,
}

/// Shows or changes.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        Action::Show => meter::with(context, show),
        Action::ChangeKeys(arguments) => {
            meter::with_unproved(context, |meter, context| change(arguments, meter, context))
        }
    }
}

fn show(meter: &mut dyn Meter, context: &mut Context) -> CommandResult {
    let link = meter.link_name();
    let state = keyed(meter)?.security()?;
    let identity = meter.identify()?;
    context.print(&Security { link, serial: identity.serial.or(identity.device_name), state })?;
    Ok(Exit::Done)
}

fn keyed(meter: &mut dyn Meter) -> Result<&mut dyn KeyedMeter, CommandError> {
    let protocol = meter.profile().protocol.word();
    meter.keyed().ok_or_else(|| {
        let problem = format!("keys are kept by DLMS meters, and this one is spoken to in {protocol}");
        MeterError::NotSupported(problem).into()
    })
}

fn change(arguments: &ChangeKeys, meter: &mut dyn Meter, context: &mut Context) -> CommandResult {
    let Some(credentials) = context.credentials()?.dlms else {
        return Err(CommandError::new(Code::Usage, "changing keys needs the present ones")
            .hint("Give --credentials with the [dlms] section that opens this meter now."));
    };
    let link = meter.link_name();
    let names = keyed(meter)?.names()?;
    let copies = if names.is_empty() { vec![keyed(meter)?.place()] } else { names.clone() };
    let pending = PendingSecrets::in_state(&context.folders.state()?);
    let new = new_secrets(arguments, &credentials, (&names, &copies), &pending, context)?;
    let wanted = match &new {
        Some(new) => WantedSecrets::New(new.clone()),
        None => WantedSecrets::Resumed,
    };
    let prepared = PreparedSecrets::find(meter, pending, &names, &wanted)?;
    let reference = MeterRef::read(meter)?;
    let remaining = prepared.remaining();
    if !remaining.is_empty() {
        let what: Vec<_> = remaining.iter().map(|word| word.replace('-', " ")).collect();
        let (what, name) = (what.join(", "), reference.name());
        if !context.confirm(&format!("Replace {what} of meter {name}?"))? {
            return Err(CommandError::new(Code::NotConfirmed, "no key was changed"));
        }
    }
    let stored = match &arguments.store {
        Some(folder) if !remaining.is_empty() => {
            Some(store(folder, arguments, &credentials, copies.first().map_or("", String::as_str), prepared.last())?)
        }
        _ => None,
    };
    let keeps = |entry: &wattkey::ledger::Entry| entry.operation == Operation::ChangeKeys;
    let mut changed = meter::with_changes(meter, context, &reference, &keeps, |meter, changes| {
        for settled in prepared.settle(changes)? {
            context.note(settled.in_words());
        }
        prepared.send(meter, changes)
    })?;
    let document = SecurityChange {
        link,
        serial: reference.serial,
        outcome: outcome(&changed),
        stored: stored.map(|path| path.display().to_string()),
        steps: changed
            .stages
            .iter()
            .map(|stage| SecurityStep {
                what: stage.what.clone(),
                outcome: stage.outcome.word(),
                reason: stage.reason.clone(),
            })
            .collect(),
    };
    let exit = exit_of(&mut changed);
    if changed.is_complete && new.is_some() {
        prepared.forget()?;
    } else if changed.is_complete {
        context.note("the new keys are still sealed in the state folder: give them with --new to have them removed");
    }
    context.finish(&document, exit)
}

/// What the meter is to hold; `None` to go on with what a run before was about to send.
fn new_secrets(
    arguments: &ChangeKeys,
    credentials: &DlmsCredentials,
    (names, copies): (&[String], &[String]),
    pending: &PendingSecrets,
    context: &Context,
) -> Result<Option<MeterSecrets>, CommandError> {
    if let Some(path) = &arguments.source.new {
        let file = Credentials::load(path, context.exposure(), &mut |path| context.opener(path))?;
        let section = file.dlms.ok_or_else(|| {
            CommandError::new(Code::File, format!("{}: there is no section [dlms] with new keys", path.display()))
        })?;
        if section.suite != credentials.suite {
            return Err(CommandError::new(
                Code::Usage,
                format!("{}: suite {} is not that of --credentials", path.display(), section.suite),
            ));
        }
        let new = section.new_secrets_of(names);
        return Ok(Some(new.map_err(|problem| {
            CommandError::new(Code::CredentialsMissing, format!("{}: {problem}", path.display()))
        })?));
    }
    if arguments.source.resume {
        return Ok(None);
    }
    if arguments.recipient.is_empty() && !arguments.plain {
        return Err(CommandError::new(Code::Usage, "--store needs --recipient, whom the new keys are sealed to").hint(
            "`wattkey keys encrypt --help` tells of recipients; --plain writes them unencrypted, for the bench.",
        ));
    }
    if pending.holds(copies) {
        return Err(CommandError::new(Code::Unsafe, "a change of this meter's keys is unfinished; nothing was sent")
            .hint("`wattkey security change-keys --resume` goes on with it."));
    }
    Ok(Some(MeterSecrets::generate(credentials.suite).map_err(|problem| CommandError::new(Code::Internal, problem))?))
}

/// Writes the new secrets as a credentials file of one meter, before any of it is sent.
fn store(
    folder: &Path,
    arguments: &ChangeKeys,
    credentials: &DlmsCredentials,
    name: &str,
    new: &MeterSecrets,
) -> Result<PathBuf, CommandError> {
    let file = |problem: String| CommandError::new(Code::File, format!("{}: {problem}", folder.display()));
    std::fs::create_dir_all(folder).map_err(|error| file(error.to_string()))?;
    let stem: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let text = credentials.with_secrets(new).to_toml();
    let (path, content) = if arguments.plain {
        (folder.join(format!("{stem}.toml")), text.as_bytes().to_vec())
    } else {
        let sealed = seal(text.as_bytes(), &Recipient::PublicKeys(arguments.recipient.clone()));
        let sealed = sealed.map_err(|problem| CommandError::new(Code::BadValue, format!("--recipient: {problem}")))?;
        (folder.join(format!("{stem}.toml.age")), sealed)
    };
    write_private(&path, &content, false)?;
    Ok(path)
}

fn outcome(changed: &SecretsChanged) -> &'static str {
    let accepted = changed.stages.iter().filter(|stage| stage.outcome == Outcome::Accepted).count();
    match changed.stages.last() {
        None => "unchanged",
        Some(_) if changed.is_complete => "accepted",
        Some(last) if last.outcome == Outcome::Unknown => "unknown",
        Some(_) if accepted > 0 => "incomplete",
        Some(last) => last.outcome.word(),
    }
}

fn exit_of(changed: &mut SecretsChanged) -> Result<Exit, CommandError> {
    if let Some(error) = &changed.unrecorded {
        return Err(meter::unrecorded(error));
    }
    let last = changed.stages.last();
    match (last.map(|stage| stage.outcome), changed.error.take()) {
        (None | Some(Outcome::Accepted), None) if changed.is_complete => Ok(Exit::Done),
        (Some(Outcome::Accepted), None) => Ok(Exit::Interrupted),
        (Some(Outcome::Refused), _) => Ok(Exit::MeterRefused),
        (Some(Outcome::Unknown), _) => {
            let reason = last.and_then(|stage| stage.reason.clone()).unwrap_or_default();
            Err(CommandError::new(Code::OutcomeUnknown, reason)
                .hint("Run the same command again: it tries the new and the old keys."))
        }
        (_, Some(error)) => Err(error.into()),
        (_, None) => Ok(Exit::MeterRefused),
    }
}
