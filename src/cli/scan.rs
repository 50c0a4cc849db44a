//! `wattkey scan`: which protocol, speed and address answers on the chosen link.

use std::time::Duration;

use serde::Serialize;

use crate::cli::{Context, Outcome, line, profiles};
use crate::error::Exit;
use crate::link::{LineSettings, LinkAddress, LinkError};
use crate::meter::scan::{Attempt, Found, Plan};
use crate::output::{Document, Style, grid, sanitize};

/// Find out which protocol, speed and address answers on a link
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey scan --link /dev/ttyUSB0\n  \
    wattkey scan --link tcp:10.0.0.7:4001 --physical 1 --physical 17-20\n\n\
    Only the link named is written to. Tried are the IEC 62056-21 sign-on at 300 baud 7E1 and HDLC at the usual\n\
    speeds and addresses; for each try it is said what came back. At the end stands the command line to use.\n\
    Exit code 4 when nothing answered.")]
pub struct Arguments {
    /// HDLC physical addresses to try, a number or a range
    #[arg(long, value_name = "N|A-B", value_parser = parse_range)]
    pub physical: Vec<(u16, u16)>,

    /// HDLC logical addresses to try
    #[arg(long, value_name = "N", default_values_t = [1u16])]
    pub logical: Vec<u16>,

    /// Speeds for HDLC in bit/s; 9600, 300 to 19200 where the link has a speed
    #[arg(long, value_name = "BAUD")]
    pub baud: Vec<u32>,

    /// Go on after the first answer
    #[arg(long)]
    pub all: bool,
}

#[derive(Debug, Serialize)]
struct Scan {
    link: String,
    attempts: Vec<Attempt>,
    found: Vec<Found>,
    commands: Vec<String>,
}

/// Tries one thing after the other.
///
/// # Errors
/// Those of the link; nothing that does not answer is an error.
pub fn run(arguments: &Arguments, context: &mut Context) -> Outcome {
    let address = line::address(context)?;
    let has_speed = matches!(address, LinkAddress::Serial(_) | LinkAddress::Rfc2217(_));
    let mut link = line::open(context, LineSettings::seven_even_one(300))?;
    let plan = Plan {
        logical: arguments.logical.clone(),
        physical: if arguments.physical.is_empty() {
            vec![(17, 17), (1, 1), (16, 16)]
        } else {
            arguments.physical.clone()
        },
        speeds: match (&arguments.baud, has_speed) {
            (_, false) => vec![None],
            (given, true) if !given.is_empty() => given.iter().copied().map(Some).collect(),
            _ => [9600, 4800, 2400, 19200, 300].map(Some).to_vec(),
        },
        wait: context.options.timeout.unwrap_or(Duration::from_millis(1500)),
        all: arguments.all,
    };
    let library = profiles::library(context);
    let mut attempts = Vec::new();
    let mut found = Vec::new();
    let outcome = plan.carry_out(link.as_mut(), &library, &mut |attempt, finding| {
        context.note(format!("{}: {}", attempt.what, attempt.came));
        attempts.push(attempt);
        found.extend(finding);
    });
    match outcome {
        Err(LinkError::Interrupted) => return Ok(Exit::Interrupted),
        other => other?,
    }
    drop(link);
    let commands = found.iter().map(|found| command(&address.to_string(), found)).collect();
    let nothing = found.is_empty();
    context.print(&Scan { link: address.to_string(), attempts, found, commands })?;
    Ok(if nothing { Exit::NoReply } else { Exit::Done })
}

fn command(link: &str, found: &Found) -> String {
    let profile = found.profile.as_ref().map(|profile| format!(" --profile {profile}"));
    let protocol = profile.unwrap_or_else(|| format!(" -p {}", found.protocol));
    let address = found.address.as_ref().map(|address| format!(" --address {address}")).unwrap_or_default();
    let link = match found.baud {
        Some(baud) if found.protocol == "dlms" && !found.sign_on && baud != 9600 => format!("{link}?baud={baud}"),
        _ => link.to_owned(),
    };
    format!("wattkey status --link {link}{protocol}{address}")
}

fn parse_range(text: &str) -> Result<(u16, u16), String> {
    let wrong = || format!("{text:?} is not an address 0 to 16383 or a range such as 16-20");
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.trim().parse::<u16>().ok().filter(|number| *number < 0x4000);
    let (from, to) = (number(from).ok_or_else(wrong)?, number(to).ok_or_else(wrong)?);
    if from > to { Err(wrong()) } else { Ok((from, to)) }
}

impl Document for Scan {
    const SCHEMA: &'static str = "wattkey/scan/1";

    fn table(&self, style: Style) -> String {
        let rows: Vec<Vec<String>> = self
            .attempts
            .iter()
            .map(|attempt| vec![attempt.what.clone(), attempt.came.clone(), attempt.hex.clone()])
            .collect();
        let mut text = grid(style, &["tried", "came back", "hex"], &rows);
        for command in &self.commands {
            text.push_str(&format!("\nUse:  {}\n", sanitize(command)));
        }
        if self.commands.is_empty() {
            text.push_str("\nNothing answered. Check the head, the cable and the meter's supply.\n");
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["tried", "came_back", "hex"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.attempts
            .iter()
            .map(|attempt| vec![attempt.what.clone(), attempt.came.clone(), attempt.hex.clone()])
            .collect()
    }
}
