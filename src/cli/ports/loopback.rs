//! The loop-back check: test bytes at the usual speeds, on a port whose output is led to its input.

use std::time::Duration;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::ports::loopback::{Check, Speed};
use wattkey::error::{Code, Exit};
use wattkey::link::address::EchoMode;
use wattkey::link::{self, LineSettings, Link, LinkAddress, LinkError, OpenOptions};

/// Speeds tried, in bit/s.
const SPEEDS: [u32; 9] = [300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 115_200];

/// Every bit position in both states, and both levels held long.
const PATTERN: [u8; 8] = [0x55, 0xAA, 0x00, 0xFF, 0x0F, 0xF0, b'/', b'?'];

/// Wait beyond what the characters take.
const SLACK: Duration = Duration::from_millis(500);

/// Tests one port.
pub(super) fn run(port: &str, context: &mut Context) -> CommandResult {
    let mut address: LinkAddress = port.parse()?;
    match &mut address {
        // The echo is what is looked for here.
        LinkAddress::Serial(serial) => serial.options.echo = EchoMode::Off,
        LinkAddress::Rfc2217(remote) => remote.options.echo = EchoMode::Off,
        _ => {
            return Err(CommandError::new(
                Code::Usage,
                format!("{port} is no serial port, so it has no speeds to test"),
            ));
        }
    }
    let options = OpenOptions {
        settings: LineSettings::eight_none_one(SPEEDS[0]),
        connect_timeout: context.options.timeout(),
        interrupt: context.interrupt(),
    };
    let mut link = link::open(&address, &options)?;
    let mut speeds = Vec::new();
    for baud in SPEEDS {
        if link.stop_requested() {
            return Err(LinkError::Interrupted.into());
        }
        speeds.push(try_speed(link.as_mut(), baud)?);
    }
    let all_good = speeds.iter().all(|speed| speed.result == "ok");
    if speeds.iter().all(|speed| speed.result == "nothing came back") {
        context.note("Nothing came back at any speed: is the output led to the input, or the head on a mirror?");
    }
    context.print(&Check { port: port.to_owned(), speeds })?;
    Ok(if all_good { Exit::Done } else { Exit::AnswerNo })
}

fn try_speed(link: &mut dyn Link, baud: u32) -> Result<Speed, LinkError> {
    let settings = LineSettings::eight_none_one(baud);
    link.configure(settings)?;
    let until = link.now().saturating_add(SLACK);
    link.drain(Duration::from_millis(20), until)?;
    let begun = link.now();
    let on_the_wire = settings.time_for(PATTERN.len());
    link.send(&PATTERN)?;
    let until = begun.saturating_add(on_the_wire).saturating_add(SLACK);
    let mut heard = Vec::new();
    let mut buffer = [0u8; 64];
    while heard.len() < PATTERN.len() {
        match link.receive(&mut buffer, until) {
            Ok(count) => heard.extend_from_slice(buffer.get(..count).unwrap_or_default()),
            Err(LinkError::Timeout(_)) => break,
            Err(error) => return Err(error),
        }
    }
    let took = link.now().saturating_sub(begun).saturating_sub(on_the_wire);
    let result = if heard == PATTERN {
        "ok"
    } else if heard.is_empty() {
        "nothing came back"
    } else {
        "came back damaged"
    };
    let turnaround_ms = (result == "ok").then(|| (took.as_secs_f64() * 10_000.0).round() / 10.0);
    Ok(Speed { baud, result, turnaround_ms })
}
