//! `wattkey setup`: from a cable in the hand to a meter with a name.
//!
//! Nothing is written before the meter was read the way it will be read from then on.

mod place;
mod secrets;
mod section;

use std::path::{Path, PathBuf};

use crate::cli::options::search::{SearchOptions, search};
use crate::cli::passphrase::new_passphrase;
use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::documents::scan::{Way, conclusion, way};
use wattkey::documents::setup::Setup;
use wattkey::error::{Code, Exit};
use wattkey::keys::{KeyError, Recipient, is_sealed, read_private, seal, unseal, write_private};
use wattkey::meter::MeterRef;
use wattkey::meter::profile::Protocol;
use wattkey::meter::scan::FoundMeter;

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
    // What cannot be written at the end is known at the beginning.
    section::check(&config_file, arguments.name.as_deref())?;
    context.options.link = Some(place::link(context)?);
    let Some(way) = find(arguments, context)? else { return Ok(Exit::Interrupted) };
    take(&way, context)?;
    let given_file = context.options.credentials.clone();
    let (reference, given) = first_reading(way.protocol, context)?;
    let name = match &arguments.name {
        Some(name) => name.clone(),
        None => section::ask_name(&config_file, &reference, context)?,
    };
    let credentials_file = match &given {
        Some(given) => Some(keep_credentials(given, &config_file, &name, context)?),
        None => given_file.map(|path| std::path::absolute(&path).unwrap_or(path)),
    };
    let default = arguments.default || section::ask_default(&config_file, context)?;
    let section = MeterSection { name: &name, way: &way, credentials: credentials_file.as_deref() };
    section::write(&config_file, &section, default)?;
    context.print(&Setup {
        command: if default { "wattkey status".to_owned() } else { format!("wattkey status --link meter:{name}") },
        name,
        link: way.link,
        protocol: way.protocol,
        profile: way.profile,
        address: way.address,
        meter: reference,
        config_file: config_file.display().to_string(),
        credentials_file: credentials_file.map(|path| path.display().to_string()),
        default,
    })?;
    Ok(Exit::Done)
}

/// The meter on the link that is meant, and how it is reached; nothing when the search was interrupted.
fn find(arguments: &Arguments, context: &mut Context) -> Result<Option<Way>, CommandError> {
    let plan = SearchOptions { serial: arguments.serial.clone(), logical: vec![1], ..SearchOptions::default() };
    let Some(found) = search(&plan, context)? else { return Ok(None) };
    let meter = match found.found.as_slice() {
        [] => {
            return Err(CommandError::new(Code::NoReply, format!("no meter was found on {}", found.link))
                .hint(conclusion(&found.attempts))
                .hint("-p names the protocol, --profile the model, --serial the number on the label."));
        }
        [only] => only,
        several if context.prompter.has_person() => {
            let rows: Vec<String> = several.iter().map(in_words).collect();
            let index = context.prompter.choose("Which meter?", &rows, "--address")?;
            several.get(index).ok_or_else(|| CommandError::new(Code::Usage, "none of the meters was chosen"))?
        }
        several => {
            let rows: Vec<String> = several.iter().map(in_words).collect();
            let message = format!("several meters are on {}: {}", found.link, rows.join("; "));
            return Err(CommandError::new(Code::Usage, message).hint("Give --address with one of them."));
        }
    };
    Ok(Some(way(&found.link, meter)))
}

fn in_words(found: &FoundMeter) -> String {
    let parts = [found.address.as_deref(), Some(found.protocol), found.serial.as_deref(), found.profile.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Makes the options of this command those of the meter.
fn take(way: &Way, context: &mut Context) -> Result<(), CommandError> {
    let options = &mut context.options;
    options.link = Some(way.link.clone());
    options.profile = options.profile.clone().or_else(|| way.profile.clone());
    options.protocol = Protocol::ALL.iter().copied().find(|known| known.word() == way.protocol);
    options.address = way.address.clone().or_else(|| options.address.clone());
    if let (None, Some(timeout)) = (options.timeout, &way.timeout) {
        options.timeout = wattkey::quantity::parse_duration(timeout).ok();
    }
    Ok(())
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
            context.note(format!("It does not let us in: {}", error.message));
            let gives_up =
                given.is_some() && !context.prompter.confirm("Type the credentials again?", "--credentials")?;
            given = if gives_up { None } else { secrets::ask(protocol, context)? };
            if given.is_none() {
                return Err(error.hint("Nothing was written. Some meters lock after wrong passwords."));
            }
        }
        if let Some(given) = &given {
            context.use_credentials(given.credentials.clone());
        }
    }
}

/// Whether a meter that answers to anybody is to be asked with credentials all the same.
fn wants_more(context: &Context) -> Result<bool, CommandError> {
    let question = "It answers to anybody. Is there a password or key that lets you do more?";
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

/// Seals what was typed beside the configuration, and opens it again to see that it holds.
fn keep_credentials(
    given: &GivenCredentials,
    config_file: &Path,
    name: &str,
    context: &Context,
) -> Result<PathBuf, CommandError> {
    let path = config_file.with_file_name(format!("{name}.credentials.age"));
    if path.exists() && !context.options.overwrite {
        return Err(CommandError::new(Code::File, format!("{} is there already", path.display()))
            .hint("Give another --name, or --overwrite."));
    }
    context.note("A passphrase seals the credentials; commands ask for it, or take it from --keys-passphrase-file.");
    let passphrase = new_passphrase(context)?;
    let sealed = seal(given.text.as_bytes(), &Recipient::Passphrase(passphrase.clone()))
        .map_err(|problem| CommandError::new(Code::Internal, format!("the credentials cannot be sealed: {problem}")))?;
    let failed = |source| KeyError::Io { path: path.clone(), source };
    wattkey::files::create_private_folder(path.parent().unwrap_or(Path::new(""))).map_err(failed)?;
    write_private(&path, &sealed, context.options.overwrite)?;
    let bytes = read_private(&path, context.exposure())?;
    let mut opener = context.opener(&path);
    opener.passphrase = Box::new(move || Ok(passphrase));
    if !is_sealed(&bytes) || unseal(&path, &bytes, opener)?.as_slice() != given.text.as_bytes() {
        return Err(CommandError::new(
            Code::KeyFileSealed,
            format!("{} does not hold what was written", path.display()),
        ));
    }
    Ok(path)
}
