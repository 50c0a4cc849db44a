//! Looking for the meters on a link, for every command that does.

use crate::cli::ui::step_line::{StepLine, step_line};
use crate::cli::{CommandError, Context};
use wattkey::connect::ConnectError;
use wattkey::documents::scan::{Scan, command};
use wattkey::link::address::TcpFraming;
use wattkey::link::{LineSettings, LinkAddress, LinkError};
use wattkey::meter::profile::Protocol;
use wattkey::meter::scan::{Attempt, FoundMeter, Listener, Plan, addresses_of_serial};

/// What is tried.
#[derive(Debug, Default, clap::Args)]
pub struct SearchOptions {
    /// HDLC physical addresses to try, a number or a range
    #[arg(long, value_name = "N|A-B", value_parser = parse_range)]
    pub physical: Vec<(u16, u16)>,

    /// Serial number on the label: the physical addresses that makers count from it are tried first
    #[arg(long, value_name = "NUMBER")]
    pub serial: Option<String>,

    /// HDLC logical addresses to try
    #[arg(long, value_name = "N", default_values_t = [1u16])]
    pub logical: Vec<u16>,

    /// Modbus units to try, a number or a range; 1-247 when not given
    #[arg(long, value_name = "N|A-B", value_parser = parse_units)]
    pub unit: Vec<(u8, u8)>,

    /// Speeds in bit/s in place of each protocol's usual ones
    #[arg(long, value_name = "BAUD")]
    pub baud: Vec<u32>,

    /// Go on with the next speed and protocol after an answer
    #[arg(long)]
    pub all: bool,
}

/// Keeps what is found, and shows how far the scan is.
struct Notebook<'c> {
    context: &'c Context,
    line: Box<dyn StepLine>,
    attempts: Vec<Attempt>,
    found: Vec<FoundMeter>,
}

impl Listener for Notebook<'_> {
    fn tried(&mut self, attempt: Attempt) {
        self.line.clear();
        self.context.note(format!("{}: {}", attempt.what, attempt.came));
        self.attempts.push(attempt);
    }

    fn found(&mut self, found: FoundMeter) {
        self.line.clear();
        let address = found.address.as_deref().unwrap_or("without address");
        let serial = found.serial.as_ref().map(|serial| format!(", number {serial}")).unwrap_or_default();
        let profile = found.profile.as_ref().map(|profile| format!(", {profile}")).unwrap_or_default();
        self.context.note(format!("found {} {address}{profile}{serial}", found.protocol));
        self.found.push(found);
    }

    fn progress(&mut self, what: &str, done: usize, of: usize) {
        self.line.step(what, done, of);
    }
}

/// What is on the link; nothing when the search was interrupted.
pub fn search(wanted: &SearchOptions, context: &mut Context) -> Result<Option<Scan>, CommandError> {
    context.choose_link()?;
    let connector = context.connector()?;
    let address = connector.address()?;
    let protocol = connector.carried(context.options.protocol)?;
    let named = named_address(context, protocol);
    let has_speed = matches!(address, LinkAddress::Serial(_) | LinkAddress::Rfc2217(_));
    let first = LineSettings::seven_even_one(300);
    // Some ports open with eight bits only; what they refuse later costs one attempt.
    let link = match connector.open_link(first) {
        Err(ConnectError::Link(LinkError::Fault(_) | LinkError::SettingsRefused { .. })) => {
            connector.open_link(LineSettings::eight_none_one(9_600))?
        }
        opened => opened?,
    };
    let mut plan = plan(wanted, context, has_speed);
    match named {
        None => {}
        Some(OneAddress::Hdlc(logical, physical)) => {
            (plan.logical, plan.physical) = (vec![logical], vec![(physical, physical)])
        }
        Some(OneAddress::Unit(unit)) => plan.units = vec![(unit, unit)],
    }
    let framing = connector.spoken_over()?.framing();
    plan.wrapper = framing == TcpFraming::Wrapper;
    plan.mbap = framing == TcpFraming::Mbap;
    let library = context.library();
    let mut notebook =
        Notebook { context, line: step_line(context.options.quiet), attempts: Vec::new(), found: Vec::new() };
    let outcome = plan.carry_out(link, &library, &mut notebook);
    notebook.line.clear();
    let Notebook { attempts, found, .. } = notebook;
    match outcome {
        Err(LinkError::Interrupted) => return Ok(None),
        other => drop(other?),
    }
    let commands = found.iter().map(|found| command(&address.to_string(), found)).collect();
    Ok(Some(Scan { link: address.to_string(), attempts, found, commands }))
}

/// The one address that --address names.
enum OneAddress {
    Hdlc(u16, u16),
    Unit(u8),
}

/// What --address narrows the scan to. One that does not fit the protocol, as a configuration may hold it, is said not to
/// be used.
fn named_address(context: &Context, protocol: Option<Protocol>) -> Option<OneAddress> {
    let text = context.options.address.as_deref()?;
    let halves =
        text.split_once('/').and_then(|(logical, physical)| Some((logical.parse().ok()?, physical.parse().ok()?)));
    match (protocol, halves, text.parse::<u8>().ok()) {
        (None | Some(Protocol::Dlms), Some((logical, physical)), _) => Some(OneAddress::Hdlc(logical, physical)),
        (Some(Protocol::Modbus), None, Some(unit @ 1..=247)) => Some(OneAddress::Unit(unit)),
        _ => {
            context.note(format!(
                "address {text} does not narrow this scan: give --logical and --physical for DLMS or --unit for Modbus"
            ));
            None
        }
    }
}

fn plan(wanted: &SearchOptions, context: &Context, has_speed: bool) -> Plan {
    let protocols = context.options.protocol.map_or(Protocol::SCAN_ORDER, Protocol::scanned).to_vec();
    let of_serial = wanted.serial.as_deref().map(addresses_of_serial).unwrap_or_default();
    let mut physical: Vec<(u16, u16)> = of_serial.into_iter().map(|address| (address, address)).collect();
    let usual: &[(u16, u16)] =
        if wanted.physical.is_empty() { &[(17, 17), (1, 1), (16, 16)] } else { &wanted.physical };
    physical.extend(usual);
    Plan {
        protocols,
        logical: wanted.logical.clone(),
        physical,
        units: if wanted.unit.is_empty() { vec![(1, 247)] } else { wanted.unit.clone() },
        wrapper: false,
        mbap: false,
        has_speed,
        speeds: wanted.baud.clone(),
        wait: context.options.timeout,
        all: wanted.all,
        thorough: context.options.protocol == Some(Protocol::Dlt645),
    }
}

fn parse_range(text: &str) -> Result<(u16, u16), String> {
    range(text, 0, 0x3FFF).ok_or_else(|| format!("{text:?} is not an address 0 to 16383 or a range such as 16-20"))
}

fn parse_units(text: &str) -> Result<(u8, u8), String> {
    let wrong = || format!("{text:?} is not a unit 1 to 247 or a range such as 1-32");
    let (from, to) = range(text, 1, 247).ok_or_else(wrong)?;
    u8::try_from(from).ok().zip(u8::try_from(to).ok()).ok_or_else(wrong)
}

fn range(text: &str, lowest: u16, highest: u16) -> Option<(u16, u16)> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.trim().parse::<u16>().ok().filter(|number| (lowest..=highest).contains(number));
    let (from, to) = (number(from)?, number(to)?);
    (from <= to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_addresses_are_held_to_their_ranges() {
        assert_eq!(parse_units("1-32"), Ok((1, 32)));
        for bad in ["0", "248", "5-2", "x"] {
            assert!(parse_units(bad).is_err(), "{bad}");
        }
        assert!(parse_range("16384").is_err());
    }
}
