//! `wattkey headend pack`: a signed pack from the utility's list, and keys to sign it with.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cli::options::head_end::PackTrustOptions;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::headend::pack::Made;
use wattkey::error::{Code, Exit};
use wattkey::files;
use wattkey::headend::pack::list::{read_csv, read_lines};
use wattkey::headend::pack::make::{Contents, PackForm, Title, write};
use wattkey::headend::pack::signature::SigningKey;
use wattkey::headend::pack::{Pack, Trust};
use wattkey::quantity::parse_duration;

/// Make a signed pack of the day's records, or a key to sign packs with
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/headend/pack.txt"))]
pub struct Arguments {
    /// List of the utility: CSV or JSON Lines
    #[arg(value_name = "LIST", required_unless_present_any = ["new_key", "public_of", "keys_of"], requires = "output")]
    list: Option<PathBuf>,

    /// Pack to write, or file for the keys that come out of one; an existing file is left alone
    #[arg(short, long, value_name = "FILE", conflicts_with_all = ["new_key", "public_of"])]
    output: Option<PathBuf>,

    /// Key to sign with: a file with an Ed25519 key in PEM form
    #[arg(long, value_name = "FILE", required_unless_present_any = ["new_key", "public_of", "keys_of", "unsigned"])]
    key: Option<PathBuf>,

    /// Leave the pack unsigned; it is then only taken with --accept-unverified-pack
    #[arg(long, conflicts_with = "key")]
    unsigned: bool,

    /// Name of the pack, such as the crew and the day
    #[arg(long, value_name = "NAME", default_value = "pack")]
    name: String,

    /// How long its records hold, from now, such as 12h
    #[arg(long, value_name = "DURATION", value_parser = parse_duration, default_value = "24h", conflicts_with = "valid_until")]
    valid_for: Duration,

    /// Until when its records hold, as 2026-11-22T18:00:00Z
    #[arg(long, value_name = "TIME")]
    valid_until: Option<String>,

    /// Keys of the meters' DLMS interfaces that go into the pack: a table sealed to the crew (`wattkey keys encrypt`)
    #[arg(long, value_name = "FILE", requires = "list")]
    dlms_keys: Option<PathBuf>,

    /// Take the sealed table of keys out of a pack, after its signature was checked
    #[arg(long, value_name = "PACK", requires = "output", conflicts_with_all = ["list", "new_key", "public_of"])]
    keys_of: Option<PathBuf>,

    #[command(flatten)]
    trust: PackTrustOptions,

    /// Make a key in a new file, and its public half beside it with .pub at the end
    #[arg(long, value_name = "FILE", conflicts_with_all = ["list", "public_of"])]
    new_key: Option<PathBuf>,

    /// Print the public half of a key
    #[arg(long, value_name = "FILE", conflicts_with = "list")]
    public_of: Option<PathBuf>,
}

/// Makes the pack or the key.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    if let Some(path) = &arguments.new_key {
        return new_key(path, context);
    }
    if let Some(path) = &arguments.public_of {
        let key = SigningKey::load(path, context.exposure())?.public();
        return done(
            Made { file: path.display().to_string(), pack_key: Some(key.to_string()), ..Made::nothing() },
            context,
        );
    }
    if let (Some(pack), Some(output)) = (&arguments.keys_of, &arguments.output) {
        return take_keys_out(pack, output, &arguments.trust, context);
    }
    let (Some(list), Some(output)) = (&arguments.list, &arguments.output) else {
        return Err(CommandError::new(Code::Usage, "a list and --output are needed"));
    };
    let key = arguments.key.as_ref().map(|path| SigningKey::load(path, context.exposure())).transpose()?;
    let file =
        File::open(list).map_err(|error| CommandError::new(Code::File, format!("{}: {error}", list.display())))?;
    let is_csv = list.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let meters = if is_csv { read_csv(file) } else { read_lines(BufReader::new(file)) };
    let meters =
        meters.map_err(|problem| CommandError::new(Code::BadValue, format!("{} {problem}", list.display())))?;
    let issued_at = OffsetDateTime::now_utc();
    let valid_until = match &arguments.valid_until {
        None => issued_at + arguments.valid_for,
        Some(text) => OffsetDateTime::parse(text, &Rfc3339).map_err(|_| {
            CommandError::new(Code::BadValue, format!("--valid-until {text:?} is no time such as 2026-11-22T18:00:00Z"))
        })?,
    };
    if valid_until <= issued_at {
        return Err(CommandError::new(Code::BadValue, "the pack would be past its date from the start"));
    }
    let title = Title { name: arguments.name.clone(), issued_at, valid_until };
    files::check_output(output, context.options.overwrite)
        .map_err(|error| CommandError::new(Code::File, format!("{}: {error}", output.display())))?;
    let sealed_keys = arguments.dlms_keys.as_ref().map(|path| {
        std::fs::read(path).map_err(|error| CommandError::new(Code::File, format!("{}: {error}", path.display())))
    });
    let contents = Contents { meters, sealed_keys: sealed_keys.transpose()? };
    let header = write(output, form_of(output), &title, contents, key.as_ref())?;
    let made = Made {
        file: output.display().to_string(),
        name: Some(header.name),
        records: Some(header.records),
        valid_until: Some(header.valid_until),
        pack_key: key.map(|key| key.public().to_string()),
    };
    done(made, context)
}

fn take_keys_out(pack: &Path, output: &Path, trust: &PackTrustOptions, context: &mut Context) -> CommandResult {
    let opened = Pack::open(pack, &trust.trust()?)?;
    let sealed = opened.sealed_keys()?.ok_or_else(|| {
        CommandError::new(Code::File, format!("{}: there are no keys of interfaces in it", pack.display()))
            .hint("The depot puts them in with --dlms-keys.")
    })?;
    let pack_key = match opened.trust() {
        Trust::Signed(key) => Some(key.to_string()),
        Trust::Unverified(problem) => {
            context.note(format!("{}: {problem}", pack.display()));
            None
        }
    };
    if opened.valid_until() < OffsetDateTime::now_utc() {
        context.note(format!(
            "the pack is past its date, {}: ask the depot whether the keys still hold",
            opened.header().valid_until
        ));
    }
    let failed = |error| CommandError::new(Code::File, format!("{}: {error}", output.display()));
    files::check_output(output, context.options.overwrite).map_err(failed)?;
    files::write_output(output, context.options.overwrite, &mut |out| out.write_all(&sealed)).map_err(failed)?;
    context.note("Name it in a credentials file, as meters_file = \"…\" under [dlms].");
    let name = Some(opened.header().name.clone());
    done(Made { file: output.display().to_string(), name, pack_key, ..Made::nothing() }, context)
}

fn form_of(path: &Path) -> PackForm {
    let is = |name: &str| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(name));
    if is("sqlite") || is("db") { PackForm::Sqlite } else { PackForm::Lines }
}

fn new_key(path: &Path, context: &mut Context) -> CommandResult {
    let mut public = path.as_os_str().to_owned();
    public.push(".pub");
    let key = SigningKey::create(path)?.public();
    files::write_output(Path::new(&public), context.options.overwrite, &mut |out| {
        out.write_all(key.to_pem().as_bytes())
    })
    .map_err(|error| CommandError::new(Code::File, format!("{}: {error}", Path::new(&public).display())))?;
    context.note("Keep the key at the depot; the .pub file is what crews name with --pack-key.");
    done(Made { file: path.display().to_string(), pack_key: Some(key.to_string()), ..Made::nothing() }, context)
}

fn done(made: Made, context: &mut Context) -> CommandResult {
    context.print(&made)?;
    Ok(Exit::Done)
}
