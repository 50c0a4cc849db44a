//! A command's meter: opened, used, and released whatever comes of it; and what its errors advise.

use time::OffsetDateTime;

use crate::cli::{CommandError, CommandResult, Context, ledger_file};
use wattkey::change::{Applied, ChangeContext, ChangeError, read_back_limit, settle_open_intents};
use wattkey::connect::ConnectError;
use wattkey::error::{Code, Exit};
use wattkey::ledger::{Entry, LedgerError, Outcome};
use wattkey::link::LinkError;
use wattkey::link::ports::intruders;
use wattkey::meter::profile::Protocol;
use wattkey::meter::{Meter, MeterError, MeterRef};

/// Opens the meter the options name, runs `command`, and releases the association whatever came of it.
pub fn with(
    context: &mut Context,
    command: impl FnOnce(&mut dyn Meter, &mut Context) -> CommandResult,
) -> CommandResult {
    context.choose_link()?;
    let connector = context.connector()?;
    with_opened(connector.open()?, context, command)
}

/// As [`with`], for a command that finds out itself which keys the meter holds: nothing is proved to it before.
pub fn with_unproved(
    context: &mut Context,
    command: impl FnOnce(&mut dyn Meter, &mut Context) -> CommandResult,
) -> CommandResult {
    context.choose_link()?;
    let connector = context.connector()?.without_proof();
    with_opened(connector.open()?, context, command)
}

fn with_opened(
    mut meter: Box<dyn Meter>,
    context: &mut Context,
    command: impl FnOnce(&mut dyn Meter, &mut Context) -> CommandResult,
) -> CommandResult {
    let outcome = command(meter.as_mut(), context);
    meter.close();
    for trouble in meter.take_line_troubles() {
        context.note(format!("on the line: {trouble}"));
    }
    if context.options.verbose > 0 {
        let traffic = meter.traffic();
        context.note(format!(
            "{} exchanges, {} octets sent, {} received, {} good frames, {} damaged, {} not decrypted",
            traffic.exchanges,
            traffic.sent,
            traffic.received,
            traffic.frames_good,
            traffic.frames_bad,
            traffic.undecipherable
        ));
    }
    match outcome {
        // What a script has read so far stays whole documents.
        Err(error) if error.code == Code::Interrupted && context.format().is_json() => Ok(Exit::Interrupted),
        other => other,
    }
}

/// What a change to this meter needs, with the ledger open and what earlier runs left open settled by reading the meter.
pub fn with_changes<T>(
    meter: &mut dyn Meter,
    context: &Context,
    reference: &MeterRef,
    keeps: &dyn Fn(&Entry) -> bool,
    change: impl FnOnce(&mut dyn Meter, &mut ChangeContext<'_>) -> Result<T, ChangeError>,
) -> Result<T, CommandError> {
    let mut ledger = ledger_file::open_to_write(context)?;
    let mut changes = ChangeContext {
        ledger: &mut ledger,
        meter: reference.clone(),
        job: None,
        now: &OffsetDateTime::now_utc,
        interrupt: context.interrupt(),
        read_back_limit: read_back_limit(context.options.timeout(), context.options.retries()),
    };
    for settled in settle_open_intents(meter, &mut changes, keeps)? {
        context.note(settled.in_words());
    }
    Ok(change(meter, &mut changes)?)
}

/// Settles what earlier runs left open at this meter, where nothing is to be changed now. Without a ledger nothing is.
pub fn settle_earlier(meter: &mut dyn Meter, context: &Context) -> Result<(), CommandError> {
    if !ledger_file::path(context)?.exists() {
        return Ok(());
    }
    let reference = MeterRef::read(meter)?;
    with_changes(meter, context, &reference, &|_| false, |_, _| Ok(()))
}

/// A change whose outcome could not be recorded: what the meter answered was printed, and the person has to know.
pub fn unrecorded(error: &LedgerError) -> CommandError {
    CommandError::new(Code::OutcomeUnrecorded, format!("the outcome above could not be recorded: {error}"))
}

/// The exit code of a change whose document was printed: `refused` when the meter said no.
pub fn exit_of(applied: &mut Applied, refused: Exit) -> Result<Exit, CommandError> {
    if let Some(error) = &applied.unrecorded {
        return Err(unrecorded(error));
    }
    match (applied.outcome, applied.error.take()) {
        (Outcome::Unknown, _) => {
            let reason = applied.reason.clone().unwrap_or_else(|| "the reply was lost".to_owned());
            Err(CommandError::new(Code::OutcomeUnknown, reason))
        }
        (Outcome::Failed, Some(error)) => match &applied.reason {
            Some(reason) if applied.read_back => Err(CommandError::new(error.code(), reason.clone())),
            _ => Err(error.into()),
        },
        (Outcome::Accepted, _) if applied.took_effect() == Some(false) => Ok(Exit::AnswerNo),
        (Outcome::Accepted, _) => Ok(Exit::Done),
        _ => Ok(refused),
    }
}

impl From<ChangeError> for CommandError {
    fn from(error: ChangeError) -> Self {
        let plain = CommandError::new(error.code(), error.to_string());
        match error {
            ChangeError::Meter(error) => error.into(),
            ChangeError::Nameless { .. } => {
                plain.hint("Compare the label, then leave the expectation out and give --keys instead.")
            }
            ChangeError::OtherKey { present, .. } => {
                plain.hint(format!("A set that starts from {present} would fit; nothing was sent."))
            }
            ChangeError::Unreadable { present } => plain
                .hint(format!("A set that starts from {present} would fit."))
                .hint("`wattkey diagnose TOKEN` on the same link tells more."),
            ChangeError::CannotTell => {
                plain.hint("Give --keys with this meter's key, or --expect-drn or --expect-serial from the slip.")
            }
            ChangeError::SectionMissing { .. } => plain.hint("Get the whole set from the head-end."),
            ChangeError::SectionMistyped { token, .. } => plain.hint(format!(
                "Compare it with the slip: {} would fit; enter the set with that token.",
                token.grouped()
            )),
            ChangeError::Contradicted(_) => plain
                .hint(
                    "Get one whole set, made in one go for this meter, from the head-end; throw the mixed slips away.",
                )
                .hint("`wattkey kct show` tells what each token is."),
            ChangeError::NoRollover { .. } => plain
                .hint("Ask vending for the set with the roll-over bit.")
                .hint("--accept-no-rollover enters it all the same, where the meter is known to cope."),
            ChangeError::Stray { .. } | ChangeError::TooManySections { .. } => {
                plain.hint("`wattkey kct show` tells what each token is.")
            }
            ChangeError::SecretsUnfinished => {
                plain.hint("`wattkey security change-keys --resume` goes on with it; then change them again.")
            }
            ChangeError::NotKept(_)
            | ChangeError::NothingToResume
            | ChangeError::Ledger(_)
            | ChangeError::Interrupted
            | ChangeError::OtherMeter { .. }
            | ChangeError::SetForAnother { .. }
            | ChangeError::NoKey { .. } => plain,
        }
    }
}

impl From<MeterError> for CommandError {
    fn from(error: MeterError) -> Self {
        let code = error.code();
        let plain = CommandError::new(code, error.to_string());
        match error {
            MeterError::Link(LinkError::Timeout(_)) | MeterError::NoReply { echo: false, .. } => plain
                .hint("Check that the head sits right, and that cable and address are those of the meter.")
                .hint("`wattkey scan` tries the usual speeds, protocols and addresses on this link.")
                .hint("A head powered from the port may need ?dtr=on or ?rts=on after the port's name."),
            MeterError::NoReply { echo: true, .. } => plain
                .hint("Turn the head, clean the window, check that the meter is powered, then try `wattkey scan`."),
            MeterError::Link(LinkError::Fault(_)) => plain
                .hint("Plug the adapter in again, mind its cable, then repeat; `wattkey ports --watch` shows when it is back.")
                .hint("With ?wait=30s after the port's name a command waits for it."),
            MeterError::Garbled(_) => intruders().into_iter().fold(plain, |error, name| {
                error.hint(format!(
                    "{name} is running and writes to new ports for some seconds: wait, or stop it with `sudo systemctl stop {name}`."
                ))
            }),
            MeterError::Authentication(_) => plain
                .hint("Check client, password and keys in the file given with --credentials; some meters lock after wrong passwords."),
            MeterError::Undecipherable(_) => plain
                .hint("Line and meter are fine: check the encryption and authentication keys of this very meter."),
            _ => plain,
        }
    }
}

impl From<ConnectError> for CommandError {
    fn from(error: ConnectError) -> Self {
        let plain = CommandError::new(error.code(), error.to_string());
        match error {
            ConnectError::Meter(error) => error.into(),
            ConnectError::NoLink => plain.hint(
                "Give --link, such as --link /dev/ttyUSB0 or --link meter:NAME; `wattkey ports` lists ports, `--link sim:` \
                 needs no meter.",
            ),
            ConnectError::PortInUse { .. } => {
                plain.hint("Wait until it has ended; `wattkey bulk status` shows how far it is.")
            }
            ConnectError::NoStateFolder => plain.hint("Set WATTKEY_STATE_DIR to a folder."),
            ConnectError::NoAddress { .. } => plain.hint(format!("Give {}.", Protocol::Dlms.address_form())),
            ConnectError::OtherFraming { spoken, .. } => {
                plain.hint(format!("Leave -p out or give -p {}; a profile must be one for it, too.", spoken.word()))
            }
            ConnectError::SeveralMaps { .. } => {
                plain.hint("`wattkey profiles list` shows what each is for.")
            }
            ConnectError::BadAddress { protocol, .. } => plain.hint(format!("Give {}.", protocol.address_form())),
            ConnectError::CredentialsField { field, .. } => {
                plain.hint(format!("Add {field} under [dlms], or change auth."))
            }
            ConnectError::CredentialsMissing { clients, .. } => plain.hint(format!(
                "Give --credentials with [dlms] client and password; the clients are {}.",
                clients.join(", ")
            )),
            ConnectError::CredentialsForm(_) => {
                plain.hint("The password is its level (02 or 04), then the six digits of the meter's papers.")
            }
            ConnectError::NoAnswer { .. } => plain
                .hint("`wattkey scan` finds the meters of a line; -p names the protocol, --profile the model."),
            ConnectError::NoOpticalAnswer { .. } => plain
                .hint("Check that the head sits right, and that cable and address are those of the meter.")
                .hint("`wattkey scan` tries more protocols, speeds and addresses; -p dlt645 and -p modbus name those of RS485."),
            ConnectError::Link(_)
            | ConnectError::Trace { .. }
            | ConnectError::Profile(_)
            | ConnectError::Counters(_) => plain,
        }
    }
}
