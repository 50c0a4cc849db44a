//! From the options to a meter that can be talked to, and a clean end afterwards.

mod detect;
mod dlms;
mod dlt645;
mod iec62056_21;
mod keys;
mod modbus;

use crate::cli::global::ProtocolName;
use crate::cli::{CommandError, Context, Outcome, line, profiles};
use crate::error::{Code, Exit};
use crate::ledger::{Ending, MeterRef};
use crate::link::ports::intruders;
use crate::link::{LinkAddress, LinkError};
use crate::meter::profile::ProfileProtocol;
use crate::meter::{Answer, Meter, MeterError};
use crate::sim::SimRequest;

pub use keys::derive_from_keys;

/// Opens the meter the options name, runs `command`, and releases the association whatever came of it.
///
/// # Errors
/// Those of the link, the meter and the command; an interrupt is exit code 130.
pub fn with(context: &mut Context, command: impl FnOnce(&mut dyn Meter, &mut Context) -> Outcome) -> Outcome {
    let mut meter = open(context)?;
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
        Err(error) if error.code == Code::Interrupted => Ok(Exit::Interrupted),
        other => other,
    }
}

/// The meter the options name. Nothing was sent to it, unless the protocol had to be found out first.
///
/// # Errors
/// Those of the link and of the options.
pub fn open(context: &Context) -> Result<Box<dyn Meter>, CommandError> {
    let library = profiles::library(context);
    let options = &context.options;
    let chosen = options.profile.as_deref().map(|name| library.find(name)).transpose()?;
    let protocol = options.protocol.or_else(|| chosen.as_ref().map(|profile| name_of(profile.protocol)));
    match protocol.or(of_simulated(&line::address(context)?)?) {
        Some(ProtocolName::Dlms) => Ok(Box::new(dlms::meter(context, chosen, &library)?)),
        Some(ProtocolName::Iec62056_21) => Ok(Box::new(iec62056_21::meter(context, chosen, &library)?)),
        Some(ProtocolName::Dlt645) => Ok(Box::new(dlt645::meter(context, chosen, &library)?)),
        Some(ProtocolName::Modbus) => Ok(Box::new(modbus::meter(context, chosen, &library)?)),
        None => detect::meter(context, &library),
    }
}

/// What a simulated meter speaks: the first face asked for, which is DLMS where none is.
fn of_simulated(address: &LinkAddress) -> Result<Option<ProtocolName>, CommandError> {
    let LinkAddress::Sim(address) = address else { return Ok(None) };
    let faces = SimRequest::parse(address)?.faces();
    Ok(Some(match faces {
        Some(faces) if !faces.dlms && faces.iec62056_21 => ProtocolName::Iec62056_21,
        Some(faces) if !faces.dlms && faces.dlt645 => ProtocolName::Dlt645,
        Some(faces) if !faces.dlms && faces.modbus => ProtocolName::Modbus,
        _ => ProtocolName::Dlms,
    }))
}

fn name_of(protocol: ProfileProtocol) -> ProtocolName {
    match protocol {
        ProfileProtocol::Dlms => ProtocolName::Dlms,
        ProfileProtocol::Iec62056_21 => ProtocolName::Iec62056_21,
        ProfileProtocol::Dlt645 => ProtocolName::Dlt645,
        ProfileProtocol::Modbus => ProtocolName::Modbus,
    }
}

/// Which meter it is, for the ledger.
///
/// # Errors
/// Those of the meter.
pub fn reference(meter: &mut dyn Meter) -> Result<MeterRef, CommandError> {
    let identity = meter.identify()?;
    let drn = meter.sts().ok().and_then(|sts| sts.drn);
    Ok(MeterRef { serial: identity.serial.or(identity.device_name), drn })
}

/// How an act ended, for the ledger, and the meter's reason.
pub fn ending<T>(answer: &Result<T, MeterError>) -> (Ending, Option<String>)
where
    T: AsAnswer,
{
    match answer {
        Ok(answer) => match answer.as_answer() {
            Answer::Done => (Ending::Accepted, None),
            Answer::Refused(reason) => (Ending::Refused, Some(reason.clone())),
        },
        Err(error) if error.leaves_doubt() => (Ending::Unknown, Some(error.to_string())),
        Err(error) => (Ending::Failed, Some(error.to_string())),
    }
}

/// What carries the meter's answer to a change.
pub trait AsAnswer {
    /// The answer.
    fn as_answer(&self) -> &Answer;
}

impl AsAnswer for Answer {
    fn as_answer(&self) -> &Answer {
        self
    }
}

impl<T> AsAnswer for (Answer, T) {
    fn as_answer(&self) -> &Answer {
        &self.0
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
