//! `wattkey firmware`: what a meter tells of its firmware, transferring an image, switching to it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};
use indicatif::ProgressBar;

use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::change::firmware_list::{FirmwareList, ReleasedImage, parse_sha256};
use wattkey::change::{FirmwareChange, FirmwareImage, activate_firmware, transfer_firmware};
use wattkey::documents::firmware::{Firmware, FirmwareActivation, FirmwareTransfer};
use wattkey::error::{Code, Exit};
use wattkey::files;
use wattkey::hex;
use wattkey::ledger::{Entry, Operation, Outcome};
use wattkey::meter::firmware::ImageStatus;
use wattkey::meter::{Meter, MeterError, MeterRef};
use wattkey::quantity::parse_duration;

/// Longest image that is read, in octets.
const LONGEST: u64 = 64 << 20;

/// Show, transfer and activate the firmware of a DLMS meter
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/firmware.txt"))]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// The subcommands.
#[derive(Debug, Clone, Subcommand)]
pub enum Action {
    /// Show the firmware and the state of the image transfer
    Show,
    /// Transfer an image, or go on with a transfer that was cut short
    #[command(after_long_help = include_str!("../../data/help/firmware/transfer.txt"))]
    Transfer(Transfer),
    /// Switch to the image the meter has verified
    #[command(after_long_help = include_str!("../../data/help/firmware/activate.txt"))]
    Activate(Activate),
}

/// What is transferred, and who vouches for it.
#[derive(Debug, Clone, Args)]
pub struct Transfer {
    /// The image
    #[arg(value_name = "FILE")]
    image: PathBuf,

    #[command(flatten)]
    released: Released,

    /// What the meter is told the image is: text, or 0x and hex digits [default: that of the list, else the file's name]
    #[arg(long, value_name = "ID")]
    identifier: Option<String>,
}

#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
struct Released {
    /// The utility's list of released images (CSV)
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,

    /// SHA-256 the image must have, in hex
    #[arg(long, value_name = "HEX")]
    sha256: Option<String>,
}

/// How long the switch may take.
#[derive(Debug, Clone, Args)]
pub struct Activate {
    /// Longest wait for the meter to tell how it went
    #[arg(long, value_name = "DURATION", default_value = "5m", value_parser = parse_duration)]
    wait: Duration,
}

/// Shows, transfers or switches.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        Action::Show => meter::with(context, show),
        Action::Transfer(arguments) => {
            let Released { list, sha256 } = &arguments.released;
            let (list, sha256, identifier) = (list.as_deref(), sha256.as_deref(), arguments.identifier.as_deref());
            let (image, released) = released_image(&arguments.image, list, sha256, identifier)?;
            meter::with(context, |meter, context| transfer(&image, released.as_ref(), meter, context))
        }
        Action::Activate(arguments) => meter::with(context, |meter, context| activate(arguments, meter, context)),
    }
}

fn show(meter: &mut dyn Meter, context: &mut Context) -> CommandResult {
    let protocol = meter.profile().protocol.word();
    let identity = meter.identify()?;
    let link = meter.link_name();
    let transfer = match meter.firmware() {
        Some(meter) => meter.image()?,
        None => {
            let problem = format!("firmware is transferred over DLMS, and this meter is spoken to in {protocol}");
            return Err(MeterError::NotSupported(problem).into());
        }
    };
    let serial = identity.serial.or(identity.device_name);
    context.print(&Firmware { link, serial, firmware: identity.firmware, transfer })?;
    Ok(Exit::Done)
}

/// The image, and what the list says of it. It is checked before the line is opened.
pub fn released_image(
    path: &Path,
    list: Option<&Path>,
    sha256: Option<&str>,
    identifier: Option<&str>,
) -> Result<(FirmwareImage, Option<ReleasedImage>), CommandError> {
    let read = |path: &Path, longest| {
        files::read_bounded(path, longest)
            .map_err(|error| CommandError::new(Code::File, format!("{}: {error}", path.display())))
    };
    let content = read(path, LONGEST)?;
    if content.is_empty() {
        return Err(CommandError::new(Code::File, format!("{} is empty", path.display())));
    }
    let mut image = FirmwareImage { identifier: Vec::new(), content };
    let found = image.sha256();
    let mut released = None;
    if let Some(list_path) = list {
        let list = FirmwareList::read(list_path, &read(list_path, 1 << 20)?);
        released = list.map_err(|problem| CommandError::new(Code::File, problem))?.find(&found).cloned();
        if released.is_none() {
            let (path, list) = (path.display(), list_path.display());
            let problem = format!("{path} has SHA-256 {found}, which {list} does not list; nothing was sent");
            return Err(CommandError::new(Code::Unsafe, problem)
                .hint("Compare the file with the one that was released; a download may have been cut short."));
        }
    }
    if let Some(text) = sha256 {
        let wanted =
            parse_sha256(text).ok_or_else(|| CommandError::new(Code::Usage, "--sha256 does not have 64 hex digits"))?;
        if wanted != found {
            let problem = format!("{} has SHA-256 {found}, not the one given; nothing was sent", path.display());
            return Err(CommandError::new(Code::Unsafe, problem));
        }
    }
    let of_list = released.as_ref().and_then(|image: &ReleasedImage| image.identifier.clone());
    let name = || path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let identifier = identifier.map(str::to_owned).or(of_list).unwrap_or_else(name);
    image.identifier = match identifier.strip_prefix("0x") {
        Some(digits) => hex::decode(digits)
            .ok_or_else(|| CommandError::new(Code::Usage, "the identifier has no hex digits behind 0x"))?,
        None => identifier.into_bytes(),
    };
    Ok((image, released))
}

fn transfer(
    image: &FirmwareImage,
    released: Option<&ReleasedImage>,
    meter: &mut dyn Meter,
    context: &mut Context,
) -> CommandResult {
    let reference = MeterRef::read(meter)?;
    let identity = meter.identify()?;
    if let Some(problem) = released.and_then(|image| image.unfit_for(&identity)) {
        return Err(CommandError::new(Code::Unsafe, format!("{problem}; nothing was sent")));
    }
    let identifier = String::from_utf8_lossy(&image.identifier).into_owned();
    let (name, size) = (reference.name(), image.content.len());
    if !context.confirm(&format!("Transfer {identifier} ({size} octets) to meter {name}?"))? {
        return Err(CommandError::new(Code::NotConfirmed, "nothing was transferred"));
    }
    let link = meter.link_name();
    let bar = if context.options.quiet { ProgressBar::hidden() } else { ProgressBar::new(0) };
    let mut changed = meter::with_changes(meter, context, &reference, &keeps, |meter, changes| {
        transfer_firmware(meter, changes, image, &mut |number, of| {
            bar.set_length(u64::try_from(of).unwrap_or(0));
            bar.set_position(u64::try_from(number).unwrap_or(0));
        })
    })?;
    bar.finish_and_clear();
    let document = FirmwareTransfer {
        link,
        serial: reference.serial,
        identifier,
        sha256: image.sha256(),
        size,
        blocks: changed.blocks,
        blocks_sent: changed.sent,
        outcome: changed.outcome.map_or("incomplete", Outcome::word),
        status: changed.status.map(ImageStatus::word),
        reason: changed.reason.clone(),
    };
    let exit = exit_of(&mut changed);
    context.finish(&document, exit)
}

fn activate(arguments: &Activate, meter: &mut dyn Meter, context: &mut Context) -> CommandResult {
    let reference = MeterRef::read(meter)?;
    let before = meter.identify()?.firmware;
    let name = reference.name();
    if !context.confirm(&format!("Have meter {name} switch to the firmware it has verified?"))? {
        return Err(CommandError::new(Code::NotConfirmed, "nothing was switched to"));
    }
    let link = meter.link_name();
    let mut changed = meter::with_changes(meter, context, &reference, &keeps, |meter, changes| {
        activate_firmware(meter, changes, arguments.wait)
    })?;
    let after = meter.identify_anew().ok().and_then(|identity| identity.firmware);
    let document = FirmwareActivation {
        link,
        serial: reference.serial,
        before,
        after,
        outcome: changed.outcome.map_or("unknown", Outcome::word),
        status: changed.status.map(ImageStatus::word),
        reason: changed.reason.clone(),
    };
    let exit = exit_of(&mut changed);
    context.finish(&document, exit)
}

/// Transfers and switches of earlier runs are gone on with, not settled.
fn keeps(entry: &Entry) -> bool {
    matches!(entry.operation, Operation::TransferFirmware | Operation::ActivateFirmware)
}

fn exit_of(changed: &mut FirmwareChange) -> Result<Exit, CommandError> {
    if let Some(error) = &changed.unrecorded {
        return Err(meter::unrecorded(error));
    }
    match (changed.outcome, changed.error.take()) {
        (Some(Outcome::Accepted), _) => Ok(Exit::Done),
        (Some(Outcome::Unknown), _) => {
            let reason = changed.reason.clone().unwrap_or_default();
            Err(CommandError::new(Code::OutcomeUnknown, reason)
                .hint("`wattkey firmware show` tells the state; `wattkey firmware activate` asks it again."))
        }
        (_, Some(error)) => Err(CommandError::from(error).hint("The same command goes on where it was cut short.")),
        _ => Ok(Exit::MeterRefused),
    }
}
