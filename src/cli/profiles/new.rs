//! `wattkey profiles new`: the beginning of a register map, from a unit at hand.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::error::{Code, Exit};
use wattkey::files;
use wattkey::meter::profile::Protocol;
use wattkey::meter::profile::skeleton::{Survey, skeleton};
use wattkey::meter::{Item, Value};

/// A register map by numbers only.
const BARE: &str = "generic-modbus";
/// Registers of one question, and those that are looked at where nothing is said.
const BLOCK: u16 = 64;
const USUAL: (u16, u16) = (0, 127);

/// Begin a register map for the Modbus unit on the link: every register it holds, and what that could be
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Name of the profile to be
    pub name: String,

    /// Registers to look at, a number or a range, counted from 0 [default: 0-127]
    #[arg(long, value_name = "N|A-B", value_parser = range)]
    pub registers: Vec<(u16, u16)>,

    /// File for the profile, in place of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Reads holding and input registers and prints the skeleton.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let is_good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if arguments.name.is_empty() || !arguments.name.chars().all(is_good) {
        return Err(CommandError::new(Code::BadValue, format!("{:?} is no name of a profile", arguments.name))
            .hint("Use lower-case letters, digits and hyphens."));
    }
    context.options.protocol = Some(Protocol::Modbus);
    context.options.profile = Some(BARE.to_owned());
    let ranges = if arguments.registers.is_empty() { vec![USUAL] } else { arguments.registers.clone() };
    let unit = context.options.address.clone().filter(|unit| unit.parse::<u8>().is_ok());
    meter::with(context, |meter, context| {
        let mut found: BTreeMap<u8, BTreeMap<u16, u16>> = BTreeMap::new();
        for (function, table) in [(4, "input"), (3, "holding")] {
            for (from, to) in blocks(&ranges) {
                context.note(format_args!("{table} registers {from} to {to}"));
                let items: Vec<Item> = (from..=to)
                    .map(|number| Item { class: None, object: format!("{table}:{number}"), attribute: None })
                    .collect();
                for (number, reading) in (from..=to).zip(meter.read(&items)?) {
                    if let Some(Value::Integer(value)) = reading.value
                        && let Ok(value) = u16::try_from(value)
                    {
                        found.entry(function).or_default().insert(number, value);
                    }
                }
            }
        }
        if found.is_empty() {
            context.note("none of these registers is held; --registers names others");
            return Ok(Exit::MeterRefused);
        }
        let line = meter.profile().line.settings();
        let line = line.map(|settings| (settings.baud, settings.frame().to_string()));
        let text = skeleton(&Survey { name: arguments.name.clone(), line, unit: unit.clone(), found });
        match &arguments.output {
            None => context.write(&text)?,
            Some(path) => {
                files::write_output(path, context.options.overwrite, &mut |out| out.write_all(text.as_bytes()))
                    .map_err(|error| {
                        CommandError::new(Code::File, format!("cannot write {}: {error}", path.display()))
                    })?;
                context.note(format_args!("wrote {}; `wattkey profiles check` goes with it", path.display()));
            }
        }
        Ok(Exit::Done)
    })
}

/// Ranges in parts of one question each.
fn blocks(ranges: &[(u16, u16)]) -> Vec<(u16, u16)> {
    let mut blocks = Vec::new();
    for (from, to) in ranges {
        let mut at = *from;
        loop {
            let end = at.saturating_add(BLOCK - 1).min(*to);
            blocks.push((at, end));
            match end.checked_add(1) {
                Some(next) if end < *to => at = next,
                _ => break,
            }
        }
    }
    blocks
}

fn range(text: &str) -> Result<(u16, u16), String> {
    let number = |text: &str| match text.trim().strip_prefix("0x") {
        Some(digits) => u16::from_str_radix(digits, 16).ok(),
        None => text.trim().parse().ok(),
    };
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let found = number(from).zip(number(to)).filter(|(from, to)| from <= to);
    found.ok_or_else(|| format!("{text:?} is no register 0 to 65535 or a range such as 0x100-0x17F"))
}

#[cfg(test)]
mod tests {
    use super::{blocks, range};

    #[test]
    fn ranges_are_asked_in_parts() {
        assert_eq!(blocks(&[(0, 127), (65_535, 65_535)]), [(0, 63), (64, 127), (65_535, 65_535)]);
        assert_eq!(blocks(&[(10, 80)]), [(10, 73), (74, 80)]);
        assert_eq!(range("0x10-32"), Ok((16, 32)));
        for bad in ["", "5-2", "70000", "x"] {
            assert!(range(bad).is_err(), "{bad}");
        }
    }
}
