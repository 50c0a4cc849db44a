//! `wattkey setup`: first-time setup of a meter.
//!
//! Nothing is written before the meter was read the way it will be read from then on.

mod place;
mod secrets;
mod section;

use std::path::{Path, PathBuf};

use crate::cli::options::search::{SearchOptions, search};
use crate::cli::passphrase::new_passphrase;
use crate::cli::{CommandError, CommandResult, Context, meter, ui};
use wattkey::documents::scan::{FoundConnection, conclusion, connection};
use wattkey::documents::setup::Setup;
use wattkey::error::{Code, Exit};
use wattkey::keys::{KeyError, Recipient, is_sealed, read_private, seal, unseal, write_private};
use wattkey::meter::MeterRef;
use wattkey::meter::profile::Protocol;
use wattkey::meter::scan::FoundMeter;
use wattkey::output;

use secrets::GivenCredentials;
use section::MeterSection;

/// Find a meter, ask for its credentials, and keep both under a name
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/setup.txt"))]
pub struct Arguments {
    /// Name of the meter: `--link meter:NAME` reaches it from then on
    #[arg(long, value_name = "NAME", value_parser = section::name)]
    pub name: Option<String>,

    /// Use this meter when a command names no link
    #[arg(long)]
    pub default: bool,

    /// Serial number on the label: the addresses that makers count from it are tried first
    #[arg(long, value_name = "NUMBER")]
    pub serial: Option<String>,
}

/// Finds, asks, tries, writes.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let config_file = context.folders.config_file().ok_or_else(|| {
        CommandError::new(Code::Config, "no home folder is known, so there is no place for config.toml")
            .hint("Set WATTKEY_CONFIG to a file.")
    })?;
    let overwrite = context.options.overwrite;
    // What cannot be written at the end is known at the beginning.
    section::check(&config_file, arguments.name.as_deref(), arguments.default, overwrite)?;
    if arguments.name.is_none() && !context.prompter.has_person() {
        return Err(CommandError::new(
            Code::MissingAnswer,
            "the meter needs a name, and there is no terminal to ask at",
        )
        .hint("Give --name."));
    }
    context.options.link = Some(place::link(context)?);
    let Some(found) = find(arguments, context)? else { return Ok(Exit::Interrupted) };
    take(&found, context);
    let given_file = context.options.credentials.clone();
    let (reference, given) = first_reading(found.protocol, context)?;
    let name = match &arguments.name {
        Some(name) => name.clone(),
        None => section::ask_name(&config_file, &reference, context)?,
    };
    let default = arguments.default || section::ask_default(&config_file, context)?;
    let sealed = match &given {
        Some(given) => Some(keep_credentials(given, &section::credentials_file(&config_file, &name), context)?),
        None => None,
    };
    let section = section_of(&name, found.protocol, sealed.clone().or(given_file), context);
    if let Err(error) = section::write(&config_file, &section, default) {
        // Without its section nobody would find it.
        sealed.as_ref().map(std::fs::remove_file);
        return Err(error);
    }
    context.print(&Setup {
        command: if default { "wattkey status".to_owned() } else { format!("wattkey status --link meter:{name}") },
        name,
        link: section.link,
        protocol: found.protocol,
        profile: section.profile,
        address: section.address,
        meter: reference,
        config_file: config_file.display().to_string(),
        credentials_file: section.credentials.map(|path| path.display().to_string()),
        default,
    })?;
    Ok(Exit::Done)
}

/// The options that the meter was read with, files by their whole paths.
fn section_of(name: &str, protocol: &str, credentials: Option<PathBuf>, context: &Context) -> MeterSection {
    let whole = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    let options = &context.options;
    let profile = options.profile.clone().map(|profile| {
        let path = Path::new(&profile);
        if path.is_file() { whole(path.to_owned()).display().to_string() } else { profile }
    });
    MeterSection {
        name: name.to_owned(),
        link: options.link.clone().unwrap_or_default(),
        protocol: profile.is_none().then(|| protocol.to_owned()),
        profile,
        address: options.address.clone(),
        timeout: options.timeout.map(|timeout| format!("{}ms", timeout.as_millis())),
        retries: options.retries,
        credentials: credentials.map(whole),
    }
}

/// The meter on the link that is meant, and how it is reached; nothing when the search was interrupted.
fn find(arguments: &Arguments, context: &mut Context) -> Result<Option<FoundConnection>, CommandError> {
    let plan = SearchOptions { serial: arguments.serial.clone(), logical: vec![1], ..SearchOptions::default() };
    let Some(found) = search(&plan, context)? else { return Ok(None) };
    let wanted = context.options.address.clone();
    let is_wanted = |meter: &&FoundMeter| wanted.is_none() || meter.address == wanted;
    let meters: Vec<&FoundMeter> = found.found.iter().filter(is_wanted).collect();
    let meter = match meters.as_slice() {
        [] => {
            return Err(CommandError::new(Code::NoReply, format!("the meter was not found on {}", found.link))
                .hint(conclusion(&found.attempts))
                .hint("-p names the protocol, --profile the model, --serial the number on the label."));
        }
        [only] => only,
        several if context.prompter.has_person() => {
            let rows: Vec<String> = several.iter().copied().map(in_words).collect();
            let index = context.prompter.choose("Which meter?", &rows, "--address")?;
            several.get(index).ok_or_else(|| CommandError::new(Code::Usage, "none of the meters was chosen"))?
        }
        several => {
            let rows: Vec<String> = several.iter().copied().map(in_words).collect();
            let message = format!("several meters are on {}: {}", found.link, rows.join("; "));
            return Err(CommandError::new(Code::Usage, message).hint("Give --address with one of them."));
        }
    };
    Ok(Some(connection(&found.link, meter)))
}

fn in_words(found: &FoundMeter) -> String {
    let parts = [found.address.as_deref(), Some(found.protocol), found.serial.as_deref(), found.profile.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Makes the options of this command those of the meter; what was given on the command line stays.
fn take(found: &FoundConnection, context: &mut Context) {
    let options = &mut context.options;
    options.link = Some(found.link.clone());
    options.profile = options.profile.take().or_else(|| found.profile.clone());
    options.protocol = Protocol::ALL.iter().copied().find(|known| known.word() == found.protocol);
    options.address = options.address.take().or_else(|| found.address.clone());
    if let (None, Some(timeout)) = (options.timeout, &found.timeout) {
        options.timeout = wattkey::quantity::parse_duration(timeout).ok();
    }
}

/// Reads the meter, with credentials where it wants some, until it lets itself be read; and which meter it is.
fn first_reading(protocol: &str, context: &mut Context) -> Result<(MeterRef, Option<GivenCredentials>), CommandError> {
    let mut given: Option<GivenCredentials> = None;
    loop {
        let refusal = match read(context) {
            Ok(reference) => {
                let is_settled = given.is_some() || context.options.credentials.is_some();
                if is_settled || protocol == Protocol::Modbus.word() || !wants_more(context)? {
                    return Ok((reference, given));
                }
                match secrets::ask(protocol, context)? {
                    Some(asked) => given = Some(asked),
                    None => return Ok((reference, None)),
                }
                None
            }
            Err(error) if !is_about_credentials(error.code) || !context.prompter.has_person() => return Err(error),
            Err(error) => Some(error),
        };
        if let Some(error) = refusal {
            ui::say(&format!("The meter refused access: {}", output::sanitize(&error.message)));
            let gives_up =
                given.is_some() && !context.prompter.confirm("Type the credentials again?", "--credentials")?;
            given = if gives_up { None } else { secrets::ask(protocol, context)? };
            if given.is_none() {
                return Err(CommandError::new(error.code, error.message)
                    .hint("Nothing was written. Some meters lock after wrong passwords."));
            }
        }
        if let Some(given) = &given {
            context.use_credentials(given.credentials.clone());
        }
    }
}

/// Whether a meter that answers to anybody is to be asked with credentials all the same.
fn wants_more(context: &Context) -> Result<bool, CommandError> {
    let question = "The meter answers without credentials. Is there a password or key that allows more?";
    Ok(context.prompter.has_person() && context.prompter.confirm(question, "--credentials")?)
}

fn is_about_credentials(code: Code) -> bool {
    matches!(code, Code::Authentication | Code::CredentialsMissing | Code::Decryption | Code::KeyMissing)
}

/// One reading of the meter as later commands do it.
fn read(context: &mut Context) -> Result<MeterRef, CommandError> {
    let mut reference = MeterRef::default();
    meter::with(context, |meter, context| {
        reference = MeterRef::of(&context.read_status(meter)?);
        Ok(Exit::Done)
    })?;
    Ok(reference)
}

/// Seals what was typed, and opens it again to see that it holds.
fn keep_credentials(given: &GivenCredentials, path: &Path, context: &Context) -> Result<PathBuf, CommandError> {
    ui::say("A passphrase seals the credentials. Commands ask for it, or take it from --keys-passphrase-file.");
    let passphrase = new_passphrase(context)?;
    let sealed = seal(given.text.as_bytes(), &Recipient::Passphrase(passphrase.clone()))
        .map_err(|problem| CommandError::new(Code::Internal, format!("the credentials cannot be sealed: {problem}")))?;
    let failed = |source| KeyError::Io { path: path.to_owned(), source };
    wattkey::files::create_private_folder(path.parent().unwrap_or(Path::new(""))).map_err(failed)?;
    write_private(path, &sealed, context.options.overwrite)?;
    let bytes = read_private(path, context.exposure())?;
    let mut opener = context.opener(path);
    opener.passphrase = Box::new(move || Ok(passphrase));
    if !is_sealed(&bytes) || unseal(path, &bytes, opener)?.as_slice() != given.text.as_bytes() {
        return Err(CommandError::new(
            Code::KeyFileSealed,
            format!("{} does not hold what was written", path.display()),
        ));
    }
    Ok(path.to_owned())
}
