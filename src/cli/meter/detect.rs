//! Finding out which protocol a meter speaks, when neither option nor profile says it.

use std::time::Duration;

use crate::cli::{CommandError, Context, line};
use crate::error::Code;
use crate::meter::iec62056_21::Session;
use crate::meter::profile::{Library, Opening, ProfileProtocol};
use crate::meter::{Meter, MeterError};

/// Longest wait for a first sign of life in HDLC.
const FIRST_WAIT: Duration = Duration::from_secs(2);

/// A meter on the link the options name: DLMS when it answers HDLC, what it says of itself at the IEC 62056-21
/// sign-on, then DL/T 645, then Modbus. An address of digits alone tells which of the last two comes first and that
/// it is not HDLC. What was opened to find out stays open and is used.
///
/// # Errors
/// Those of the link; no reply when it answers none of them.
pub fn meter(context: &Context, library: &Library) -> Result<Box<dyn Meter>, CommandError> {
    let digits = context.options.address.as_deref().filter(|text| text.bytes().all(|octet| octet.is_ascii_digit()));
    match digits.map(|text| (text.len() <= 3, super::modbus::is_unit(text))) {
        Some((true, true)) => by_bus(context, library, &[Bus::Modbus, Bus::Dlt645]),
        Some(_) => by_bus(context, library, &[Bus::Dlt645]),
        None => optical(context, library),
    }
}

/// A protocol of RS485 lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bus {
    Dlt645,
    Modbus,
}

/// The first of `buses` that brings an answer.
fn by_bus(context: &Context, library: &Library, buses: &[Bus]) -> Result<Box<dyn Meter>, CommandError> {
    for bus in buses {
        let found: Result<Box<dyn Meter>, CommandError> = match bus {
            Bus::Modbus => super::modbus::meter(context, None, library).map(|meter| Box::new(meter) as Box<dyn Meter>),
            Bus::Dlt645 => super::dlt645::meter(context, None, library).and_then(|mut meter| {
                meter.identify()?;
                Ok(Box::new(meter) as Box<dyn Meter>)
            }),
        };
        match found {
            Ok(meter) => return Ok(meter),
            Err(error) if matches!(error.code, Code::NoReply | Code::Garbled) => {}
            Err(error) => return Err(error),
        }
    }
    let tried: Vec<&str> = buses.iter().map(|bus| if *bus == Bus::Modbus { "Modbus" } else { "DL/T 645" }).collect();
    let address = context.options.address.clone().unwrap_or_default();
    Err(CommandError::new(
        Code::NoReply,
        format!("no meter answers at address {address}: tried {}", tried.join(" and ")),
    )
    .hint("`wattkey scan` finds the meters of a line; -p names the protocol, --profile the model."))
}

/// The protocols of optical heads: HDLC, then the sign-on.
fn optical(context: &Context, library: &Library) -> Result<Box<dyn Meter>, CommandError> {
    let generic = library.find("generic-dlms")?;
    let link = line::open(context, super::dlms::settings(&generic))?;
    let mut dlms = super::dlms::on_link(context, generic, Some(library.clone()), link)?;
    let (timeout, retries) = (context.options.timeout(), context.options.retries());
    dlms.set_patience(timeout.min(FIRST_WAIT), retries.min(1));
    match dlms.open() {
        Ok(()) => {
            dlms.set_patience(timeout, retries);
            return Ok(Box::new(dlms));
        }
        // In the wrapper there is nothing but DLMS.
        Err(error) if super::dlms::is_wrapped(context)? => {
            dlms.close();
            return Err(error.into());
        }
        // Octets that are no frame: the line is alive, perhaps at another speed or in ASCII.
        Err(MeterError::NoReply { .. } | MeterError::Garbled(_)) => {}
        Err(error) => {
            dlms.close();
            return Err(error.into());
        }
    }
    let profile = library.find("generic-iec62056-21")?;
    let mut link = dlms.into_link();
    let options = super::iec62056_21::client_options(context, &profile);
    let signed_on = Session::new(Box::new(link.as_mut()), options).identify();
    let identification = match signed_on {
        Ok(identification) => identification,
        Err(error) => {
            return Err(CommandError::new(
                Code::NoReply,
                format!("the meter answers neither HDLC nor the IEC 62056-21 sign-on: {error}"),
            )
            .hint("Check that the head sits right, and that cable and address are those of the meter.")
            .hint("`wattkey scan` tries more protocols, speeds and addresses; -p dlt645 and -p modbus name those of RS485."));
        }
    };
    // The meter waits for an option select; it gives up by itself before the next sign-on.
    link.pause(Duration::from_millis(1600))?;
    if identification.offers_hdlc() {
        let mut profile = library.find("generic-dlms")?;
        profile.line.opening = Opening::ModeE;
        debug_assert_eq!(profile.protocol, ProfileProtocol::Dlms);
        return Ok(Box::new(super::dlms::on_link(context, profile, Some(library.clone()), link)?));
    }
    Ok(Box::new(super::iec62056_21::on_link(context, profile, Some(library.clone()), link)?))
}
