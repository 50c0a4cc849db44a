//! Bringing a firmware image to a meter, and having it switch to it. A transfer that was cut short goes on with the blocks
//! the meter misses; the switch is made once.

use std::time::Duration;

use serde_json::json;
use sha2::{Digest, Sha256};

use super::ChangeError;
use super::context::ChangeContext;
use super::transaction::read_back;
use crate::hex;
use crate::ledger::{Entry, EntryKind, Filter, IntentId, LedgerError, Operation, Outcome};
use crate::link::LinkError;
use crate::meter::firmware::{FirmwareMeter, ImageState, ImageStatus};
use crate::meter::{Answer, Meter, MeterError};

/// Failures one after another, each with a new association, after which a transfer is given up for now.
const MOST_FAILURES: u32 = 5;
/// Pause between two looks at a meter that is at work.
const PAUSE: Duration = Duration::from_secs(1);
/// Blocks between two looks at whether the meter holds what it was sent.
const LOOK_EVERY: u32 = 256;
/// Looks at a meter that checks an image, a pause apart, before it is left: half an hour.
const MOST_LOOKS: u32 = 1_800;
/// Rounds in which the meter is sent what it misses.
const MOST_ROUNDS: u32 = 16;

/// An image as it is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirmwareImage {
    /// Its identifier: what the meter is told it is.
    pub identifier: Vec<u8>,
    /// Its octets.
    pub content: Vec<u8>,
}

impl FirmwareImage {
    /// SHA-256 of the content, in hex.
    pub fn sha256(&self) -> String {
        hex::encode(&Sha256::digest(&self.content))
    }

    fn size(&self) -> Result<u32, MeterError> {
        u32::try_from(self.content.len()).map_err(|_| MeterError::BadValue("the image is longer than 4 GiB".to_owned()))
    }

    fn blocks(&self, size: u32) -> impl Iterator<Item = (u32, &[u8])> {
        let size = usize::try_from(size).unwrap_or(usize::MAX).max(1);
        (0u32..).zip(self.content.chunks(size))
    }

    /// Whether a transfer that is under way in the meter is of this image.
    fn is_under_way(&self, state: &ImageState) -> bool {
        let size = usize::try_from(state.block_size).unwrap_or(1).max(1);
        state.status == ImageStatus::Initiated && state.blocks == self.content.len().div_ceil(size)
    }
}

/// How a transfer or a switch ended.
#[derive(Debug, Default)]
pub struct FirmwareChange {
    /// How it ended; `None` when it was cut short and can go on.
    pub outcome: Option<Outcome>,
    /// Blocks of the image.
    pub blocks: usize,
    /// Blocks that were sent now.
    pub sent: usize,
    /// Associations that were opened anew after a failure.
    pub reopened: u32,
    /// The state the meter tells at the end.
    pub status: Option<ImageStatus>,
    /// What stands behind the outcome.
    pub reason: Option<String>,
    /// Why it was cut short.
    pub error: Option<MeterError>,
    /// Why the outcome could not be recorded.
    pub unrecorded: Option<LedgerError>,
}

/// Told after each block: its number, and the number of blocks.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize);

fn of(meter: &mut dyn Meter) -> Result<&mut dyn FirmwareMeter, MeterError> {
    meter.firmware().ok_or_else(|| MeterError::NotSupported("firmware is transferred over DLMS only".to_owned()))
}

/// Sends an image until the meter holds and has verified it. An earlier run with the same image that was cut short is gone on
/// with.
///
/// # Errors
/// [`ChangeError`] when nothing was sent.
pub fn transfer_firmware(
    meter: &mut dyn Meter,
    context: &mut ChangeContext<'_>,
    image: &FirmwareImage,
    progress: Progress<'_>,
) -> Result<FirmwareChange, ChangeError> {
    let size = image.size()?;
    let state = of(meter)?.image()?;
    if !state.is_enabled {
        return Err(MeterError::Refused { what: "firmware images".to_owned(), reason: "disabled".to_owned() }.into());
    }
    let mut change = FirmwareChange { blocks: image.blocks(state.block_size).count(), ..FirmwareChange::default() };
    let goes_on = open_transfer(context, image)?;
    // Whose image it verified, or switched to last, the meter tells by its name and size; one that does not is sent it.
    let names = [String::from_utf8_lossy(&image.identifier).into_owned(), hex::encode(&image.identifier)];
    let is_held = state.images.iter().any(|held| names.contains(&held.identifier) && held.size == u64::from(size))
        && match state.status {
            ImageStatus::VerificationSuccessful => goes_on.is_some() || was_last(context, image)?,
            ImageStatus::ActivationSuccessful => goes_on.is_none() && was_last(context, image)?,
            _ => false,
        };
    if is_held {
        change.status = Some(state.status);
        return conclude(context, goes_on, change, Outcome::Accepted, "the meter holds the whole image already");
    }
    let begun = goes_on.is_some() && image.is_under_way(&state);
    let intent = match goes_on {
        Some(intent) => intent,
        None => context.intend(Operation::TransferFirmware, None, detail(image))?,
    };
    let sent = send_image(meter, context, image, (size, state.block_size, begun), &mut change, progress);
    let verified = match sent {
        Ok(true) => verify(meter, context),
        Ok(false) => {
            let reason = change.reason.clone().unwrap_or_else(|| "the meter refused the image".to_owned());
            return conclude(context, Some(intent), change, Outcome::Refused, &reason);
        }
        Err(error) => Err(error),
    };
    match verified {
        Ok(ImageStatus::VerificationSuccessful) => {
            change.status = Some(ImageStatus::VerificationSuccessful);
            conclude(context, Some(intent), change, Outcome::Accepted, "")
        }
        Ok(status) => {
            change.status = Some(status);
            conclude(context, Some(intent), change, Outcome::Refused, "the meter did not find the image good")
        }
        // The intent stays open: the next run goes on with what is missing.
        Err(error) => {
            change.reason = Some("cut short; the same command goes on with the blocks that are missing".to_owned());
            change.error = Some(error);
            Ok(change)
        }
    }
}

fn detail(image: &FirmwareImage) -> serde_json::Value {
    json!({
        "identifier": hex::encode(&image.identifier),
        "sha256": image.sha256(),
        "size": image.content.len(),
    })
}

/// The open intent of a transfer of this image; one of another image is settled as failed, for the meter takes one at a
/// time.
fn open_transfer(context: &mut ChangeContext<'_>, image: &FirmwareImage) -> Result<Option<IntentId>, ChangeError> {
    let mut found = None;
    let wanted = detail(image);
    for entry in context.ledger.open_intents(&context.meter)? {
        let (Operation::TransferFirmware, Some(intent)) = (entry.operation, IntentId::of(&entry)) else { continue };
        if is_of(&entry, &wanted) && found.is_none() {
            found = Some(intent);
        } else if let Some(error) = context.conclude(intent, Outcome::Failed, json!({"reason": "another image"})) {
            return Err(error.into());
        }
    }
    Ok(found)
}

/// Whether the last image that this meter took whole is this one.
fn was_last(context: &ChangeContext<'_>, image: &FirmwareImage) -> Result<bool, ChangeError> {
    let wanted = detail(image);
    let rows = rows_of_meter(context)?;
    let transfers = rows.iter().filter(|row| row.operation == Operation::TransferFirmware);
    let mut last = None;
    for row in transfers {
        match (row.kind, row.outcome) {
            (EntryKind::Intent, _) => last = Some((row, false)),
            (EntryKind::Outcome, Some(Outcome::Accepted)) => last = last.map(|(intent, _)| (intent, true)),
            _ => {}
        }
    }
    Ok(last.is_some_and(|(intent, accepted)| accepted && is_of(intent, &wanted)))
}

/// Whether a row is of the image that is told so.
fn is_of(row: &Entry, wanted: &serde_json::Value) -> bool {
    ["identifier", "sha256"].iter().all(|key| row.detail.get(key) == wanted.get(key))
}

/// What the ledger has of this meter, the oldest first.
fn rows_of_meter(context: &ChangeContext<'_>) -> Result<Vec<Entry>, LedgerError> {
    let mut rows = context.ledger.entries(&Filter { meter: Some(context.meter.name()), ..Filter::default() })?;
    rows.retain(|row| row.meter.is_same(&context.meter));
    Ok(rows)
}

fn conclude(
    context: &mut ChangeContext<'_>,
    intent: Option<IntentId>,
    mut change: FirmwareChange,
    outcome: Outcome,
    reason: &str,
) -> Result<FirmwareChange, ChangeError> {
    if let Some(intent) = intent {
        let status = change.status.map(ImageStatus::word);
        let detail = json!({"reason": reason, "status": status, "blocks_sent": change.sent});
        change.unrecorded = context.conclude(intent, outcome, detail);
    }
    change.outcome = Some(outcome);
    change.reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty()).or(change.reason);
    Ok(change)
}

/// Sends the blocks the meter misses; `false` when it refuses them.
fn send_image(
    meter: &mut dyn Meter,
    context: &ChangeContext<'_>,
    image: &FirmwareImage,
    (size, block_size, begun): (u32, u32, bool),
    change: &mut FirmwareChange,
    progress: Progress<'_>,
) -> Result<bool, MeterError> {
    let mut failures = 0u32;
    let mut begun = begun;
    for _ in 0..MOST_ROUNDS {
        let sent_before = change.sent;
        let round = send_round(meter, context, image, (size, block_size), &mut begun, change, progress);
        match round {
            Ok(Round::Whole) => return Ok(true),
            Ok(Round::Refused) => return Ok(false),
            Ok(Round::Missing) => {}
            Err(error) if !error.leaves_doubt() || is_stop(&error) => return Err(error),
            Err(error) => {
                // A block may be sent again: a new association, and on with what is missing.
                failures = if change.sent > sent_before { 1 } else { failures.saturating_add(1) };
                if failures >= MOST_FAILURES {
                    return Err(error);
                }
                change.reopened = change.reopened.saturating_add(1);
                meter.close();
                meter.pause(PAUSE)?;
            }
        }
    }
    Err(MeterError::Unexpected(format!("the meter still misses blocks after {MOST_ROUNDS} rounds")))
}

const fn is_stop(error: &MeterError) -> bool {
    matches!(error, MeterError::Link(LinkError::Interrupted))
}

enum Round {
    /// The meter holds every block.
    Whole,
    /// It misses some.
    Missing,
    /// It takes no more.
    Refused,
}

fn send_round(
    meter: &mut dyn Meter,
    context: &ChangeContext<'_>,
    image: &FirmwareImage,
    (size, block_size): (u32, u32),
    begun: &mut bool,
    change: &mut FirmwareChange,
    progress: Progress<'_>,
) -> Result<Round, MeterError> {
    if !*begun {
        if let Answer::Refused(reason) = of(meter)?.begin_image(&image.identifier, size)? {
            change.reason = Some(reason);
            return Ok(Round::Refused);
        }
        *begun = true;
    }
    let held = of(meter)?.held_blocks()?;
    let is_held = |number: u32| usize::try_from(number).ok().and_then(|number| held.get(number)).copied();
    let mut since = 0u32;
    for (number, octets) in image.blocks(block_size).filter(|(number, _)| is_held(*number) != Some(true)) {
        if context.interrupt.requested() {
            return Err(LinkError::Interrupted.into());
        }
        if let Answer::Refused(reason) = of(meter)?.send_block(number, octets)? {
            // A meter that forgot the transfer, as after a power cut, wants it begun anew.
            if of(meter)?.image_status()? == ImageStatus::Initiated {
                change.reason = Some(reason);
                return Ok(Round::Refused);
            }
            *begun = false;
            return Ok(Round::Missing);
        }
        change.sent = change.sent.saturating_add(1);
        progress(usize::try_from(number).unwrap_or(0).saturating_add(1), change.blocks);
        since = since.saturating_add(1);
        if since == LOOK_EVERY {
            since = 0;
            // Blocks lost on the way show here at the latest in the next round.
            of(meter)?.image_status()?;
        }
    }
    let held = of(meter)?.held_blocks()?;
    // A meter that tells no blocks is believed by its verification.
    let whole = held.is_empty() || held.len() >= change.blocks && held.iter().take(change.blocks).all(|held| *held);
    Ok(if whole { Round::Whole } else { Round::Missing })
}

/// Has the image checked and waits for the verdict.
fn verify(meter: &mut dyn Meter, context: &ChangeContext<'_>) -> Result<ImageStatus, MeterError> {
    for _ in 0..MOST_LOOKS {
        // Meters that take their time answer with a temporary failure, and go on checking.
        let answer = of(meter)?.verify_image()?;
        let mut status = of(meter)?.image_status()?;
        let mut looks = 0u32;
        while status.is_busy() {
            if context.interrupt.requested() {
                return Err(LinkError::Interrupted.into());
            }
            looks = looks.saturating_add(1);
            if looks > MOST_LOOKS {
                return Err(MeterError::Unexpected("the meter goes on checking the image without an end".to_owned()));
            }
            meter.pause(PAUSE)?;
            status = of(meter)?.image_status()?;
        }
        match (answer, status) {
            (Answer::Refused(reason), ImageStatus::Initiated) if reason == TEMPORARY => meter.pause(PAUSE)?,
            (_, status) => return Ok(status),
        }
        if context.interrupt.requested() {
            return Err(LinkError::Interrupted.into());
        }
    }
    Err(MeterError::Unexpected("the meter puts the check of the image off without an end".to_owned()))
}

/// The meter's word for "ask again".
const TEMPORARY: &str = "temporary-failure";

/// Has the meter switch to the image it verified, once, and waits until it tells how that went, `wait` at most.
///
/// # Errors
/// [`ChangeError`] when nothing was sent.
pub fn activate_firmware(
    meter: &mut dyn Meter,
    context: &mut ChangeContext<'_>,
    wait: Duration,
) -> Result<FirmwareChange, ChangeError> {
    let before = meter.identify_anew()?.firmware;
    let state = of(meter)?.image()?;
    let mut change = FirmwareChange { status: Some(state.status), ..FirmwareChange::default() };
    let open = open_activation(context)?;
    match (state.status, open) {
        (ImageStatus::ActivationSuccessful, open) if open.is_some() || was_switched(context)? => {
            return conclude(context, open, change, Outcome::Accepted, "the meter had switched to it already");
        }
        (ImageStatus::ActivationInitiated | ImageStatus::VerificationSuccessful, _) => {}
        (status, open) => {
            let reason = format!("there is no verified image to switch to: the state is {}", status.word());
            return conclude(context, open, change, Outcome::Refused, &reason);
        }
    }
    let images: Vec<_> = state.images.iter().map(|image| image.identifier.clone()).collect();
    let intent = match open {
        Some(intent) => intent,
        None => {
            context.intend(Operation::ActivateFirmware, None, json!({"images": images, "firmware_before": before}))?
        }
    };
    let protection = context.interrupt.protect(None);
    let answer = match state.status {
        ImageStatus::ActivationInitiated => Ok(Answer::Done),
        _ => of(meter).and_then(|meter| meter.activate_image()),
    };
    let lost = match answer {
        // It says so when it begins and needs time.
        Ok(Answer::Done) => None,
        Ok(Answer::Refused(reason)) if reason == TEMPORARY => None,
        Ok(Answer::Refused(reason)) | Err(MeterError::Refused { reason, .. }) => {
            drop(protection);
            return conclude(context, Some(intent), change, Outcome::Refused, &reason);
        }
        Err(error) if error.leaves_doubt() => Some(error),
        Err(error) => {
            let reason = error.to_string();
            change.error = Some(error);
            drop(protection);
            return conclude(context, Some(intent), change, Outcome::Failed, &reason);
        }
    };
    drop(protection);
    let (outcome, reason) = await_activation(meter, context, wait, before.as_deref(), &mut change);
    change.error = if outcome == Outcome::Unknown { change.error.or(lost) } else { None };
    conclude(context, Some(intent), change, outcome, &reason)
}

/// Whether the last of our changes to this meter's firmware was a switch that it made.
fn was_switched(context: &ChangeContext<'_>) -> Result<bool, ChangeError> {
    let rows = rows_of_meter(context)?;
    let is_firmware = |row: &&Entry| matches!(row.operation, Operation::TransferFirmware | Operation::ActivateFirmware);
    let last = rows.iter().rfind(is_firmware);
    Ok(last.is_some_and(|row| row.operation == Operation::ActivateFirmware && row.outcome == Some(Outcome::Accepted)))
}

fn open_activation(context: &ChangeContext<'_>) -> Result<Option<IntentId>, ChangeError> {
    let open = context.ledger.open_intents(&context.meter)?;
    Ok(open.iter().find(|entry| entry.operation == Operation::ActivateFirmware).and_then(IntentId::of))
}

/// Looks until the meter tells how the switch went. It may start anew meanwhile.
fn await_activation(
    meter: &mut dyn Meter,
    context: &ChangeContext<'_>,
    wait: Duration,
    before: Option<&str>,
    change: &mut FirmwareChange,
) -> (Outcome, String) {
    let mut waited = Duration::ZERO;
    loop {
        let look = read_back(meter, context, |meter| {
            let status = of(meter)?.image_status()?;
            Ok((status, meter.identify_anew()?.firmware))
        });
        match look {
            Ok((ImageStatus::ActivationSuccessful, _)) => {
                change.status = Some(ImageStatus::ActivationSuccessful);
                return (Outcome::Accepted, String::new());
            }
            Ok((ImageStatus::ActivationFailed, _)) => {
                change.status = Some(ImageStatus::ActivationFailed);
                return (Outcome::Refused, "the meter could not switch to it".to_owned());
            }
            // A meter may forget the transfer when it starts anew with the new firmware.
            Ok((status, Some(firmware))) if before.is_some_and(|before| before != firmware) => {
                change.status = Some(status);
                return (Outcome::Accepted, "the meter tells another firmware version than before".to_owned());
            }
            Ok((status, _)) => change.status = Some(status),
            Err(error) => change.error = Some(error),
        }
        if waited >= wait || context.interrupt.requested() {
            let status = change.status.map_or("unknown", ImageStatus::word);
            let seconds = waited.as_secs();
            return (
                Outcome::Unknown,
                format!("after {seconds} s the meter does not tell how it went (state {status})"),
            );
        }
        if meter.pause(PAUSE).is_err() {
            return (Outcome::Unknown, "it was not waited for".to_owned());
        }
        waited = waited.saturating_add(PAUSE.saturating_add(Duration::from_millis(500)));
    }
}
