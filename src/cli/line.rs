//! Opening the line a command works on: the one place where a link's text becomes an open link.

use std::fs::OpenOptions as FileOptions;

use time::OffsetDateTime;

use crate::bulk::Place;
use crate::bulk::list::port_of;
use crate::cli::{CommandError, Context};
use crate::error::Code;
use crate::link::trace::TraceLink;
use crate::link::{self, LineSettings, Link, LinkAddress, OpenOptions};
use crate::sim::SimLink;

/// The link the options name.
///
/// # Errors
/// When none is named, or its text cannot be understood.
pub fn address(context: &Context) -> Result<LinkAddress, CommandError> {
    let text = context.options.link.as_deref().ok_or_else(|| {
        CommandError::new(Code::Usage, "no line to the meter is named").hint(
            "Give --link, such as --link /dev/ttyUSB0; `wattkey ports` lists ports, `--link sim:` needs no meter.",
        )
    })?;
    Ok(text.parse()?)
}

/// Opens the link the options name, with the trace they ask for. `settings` hold where the link's text names none.
///
/// # Errors
/// Those of the link, with exit code 3 when the port is absent, busy or not permitted.
pub fn open(context: &Context, settings: LineSettings) -> Result<Box<dyn Link>, CommandError> {
    match &context.shared_line {
        Some(line) => Ok(Box::new(line.attach(settings, || open_own(context, settings))?)),
        None => open_own(context, settings),
    }
}

fn open_own(context: &Context, settings: LineSettings) -> Result<Box<dyn Link>, CommandError> {
    let address = address(context)?;
    not_in_use(context, &address)?;
    let options = OpenOptions { settings, connect_timeout: context.options.timeout(), interrupt: context.interrupt() };
    let link = match &address {
        LinkAddress::Sim(sim) => {
            let folder = context.folders.state()?.join("sim");
            let now = OffsetDateTime::now_utc();
            Box::new(SimLink::open(sim, &folder, now, address.to_string(), context.interrupt())?)
        }
        other => link::open(other, &options)?,
    };
    match &context.options.trace {
        None => Ok(link),
        Some(path) => {
            let file = FileOptions::new().create(true).write(true).truncate(true).open(path).map_err(|error| {
                CommandError::new(Code::File, format!("cannot write the trace {}: {error}", path.display()))
            })?;
            Ok(Box::new(TraceLink::new(link, Box::new(file), OffsetDateTime::now_utc())?))
        }
    }
}

/// A bulk run that is at work on the port is not to be disturbed.
fn not_in_use(context: &Context, address: &LinkAddress) -> Result<(), CommandError> {
    let Ok(state) = context.folders.state() else { return Ok(()) };
    let port = port_of(address);
    match Place::new(&state).port_holder(&port) {
        Some(owner) if !context.is_of_line() => {
            Err(CommandError::new(Code::PortBusy, format!("a bulk run is at work on {port} ({owner})"))
                .hint("Wait until it has ended; `wattkey bulk status` shows how far it is."))
        }
        _ => Ok(()),
    }
}
