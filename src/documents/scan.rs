//! The document of `wattkey scan`.

use serde::Serialize;

use crate::meter::scan::{Attempt, FoundMeter, NO_ANSWER};
use crate::output::{Document, Style, grid, sanitize};

#[derive(Debug, Serialize)]
pub struct Scan {
    pub link: String,
    pub attempts: Vec<Attempt>,
    pub found: Vec<FoundMeter>,
    pub commands: Vec<String>,
}

/// Answers that take no longer than this are well within the usual time-out.
const PATIENT_ENOUGH_S: f64 = 3.0;

/// What to conclude when nothing was found: only a silent line speaks against the cable.
pub fn conclusion(attempts: &[Attempt]) -> &'static str {
    if attempts.iter().all(|attempt| attempt.hex.is_empty() && attempt.came == NO_ANSWER) {
        "Nothing answered. Check the head, the cable and the meter's supply."
    } else {
        "Something was on the line, but no answer that belongs to what was asked. Try a longer --timeout, other speeds \
         (--baud) and addresses; noise or an echo of one's own octets looks like this too."
    }
}

/// The options that reach a meter that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundConnection {
    /// The link with the speed and form that the meter answers at.
    pub link: String,
    /// The profile that fits; without one the protocol is named.
    pub profile: Option<String>,
    /// Word of the protocol.
    pub protocol: &'static str,
    /// As `--address` takes it.
    pub address: Option<String>,
    /// Longest wait, where the usual one is too short.
    pub timeout: Option<String>,
}

/// How a meter that was found on `link` is reached.
pub fn connection(link: &str, found: &FoundMeter) -> FoundConnection {
    // The speed each protocol begins with needs no word.
    let usual = match found.protocol {
        "dlms" => (9_600, "8n1"),
        "dlt645" => (2_400, "8e1"),
        _ => (9_600, "8n1"),
    };
    let mut options = Vec::new();
    if let (Some(baud), false) = (found.baud, found.sign_on) {
        if baud != usual.0 {
            options.push(format!("baud={baud}"));
        }
        if let Some(frame) = found.frame.as_ref().filter(|frame| *frame != usual.1) {
            options.push(format!("frame={frame}"));
        }
    }
    let slow = found.answers_after_s.filter(|after| *after > PATIENT_ENOUGH_S);
    FoundConnection {
        link: with_options(link, &options),
        profile: found.profile.clone(),
        protocol: found.protocol,
        address: found.address.clone(),
        timeout: slow.map(|after| format!("{:.0}s", (after * 2.0).ceil())),
    }
}

/// The link with these options, in the place of those of the same names.
fn with_options(link: &str, options: &[String]) -> String {
    let (place, query) = link.split_once('?').unwrap_or((link, ""));
    let key = |option: &str| option.split('=').next().unwrap_or_default().to_owned();
    let is_new = |option: &&str| options.iter().any(|new| key(new) == key(option));
    let kept = query.split('&').filter(|option| !option.is_empty() && !is_new(option));
    let all: Vec<&str> = kept.chain(options.iter().map(String::as_str)).collect();
    if all.is_empty() { place.to_owned() } else { format!("{place}?{}", all.join("&")) }
}

/// The command line to use for a meter that was found.
pub fn command(link: &str, found: &FoundMeter) -> String {
    let FoundConnection { link: reached_by, profile, protocol, address, timeout } = connection(link, found);
    // A shell takes ? and & for its own.
    let reached_by = if reached_by == link { reached_by } else { format!("'{reached_by}'") };
    let protocol = profile.map_or_else(|| format!(" -p {protocol}"), |profile| format!(" --profile {profile}"));
    let address = address.map(|address| format!(" --address {address}")).unwrap_or_default();
    let timeout = timeout.map(|timeout| format!(" --timeout {timeout}")).unwrap_or_default();
    format!("wattkey status --link {reached_by}{protocol}{address}{timeout}")
}

impl Scan {
    pub fn rows(&self) -> Vec<Vec<String>> {
        self.found
            .iter()
            .map(|found| {
                let speed = match (found.baud, &found.frame) {
                    (Some(baud), Some(frame)) => format!("{baud} {frame}"),
                    (Some(baud), None) => baud.to_string(),
                    _ => String::new(),
                };
                let other = match found.alternatives.as_slice() {
                    [] => String::new(),
                    others => format!(" (or {})", others.join(", ")),
                };
                vec![
                    found.address.clone().unwrap_or_default(),
                    found.protocol.to_owned(),
                    speed,
                    format!("{}{other}", found.profile.as_deref().unwrap_or_default()),
                    found.serial.clone().or_else(|| found.identification.clone()).unwrap_or_default(),
                    trouble(found),
                ]
            })
            .collect()
    }
}

/// What is wrong with a meter that was found, and how slow it is.
fn trouble(found: &FoundMeter) -> String {
    let slow = found.answers_after_s.map(|after| format!("answers after {after:.1} s"));
    found.trouble.clone().into_iter().chain(slow).collect::<Vec<_>>().join("; ")
}

const HEADER: [&str; 6] = ["address", "protocol", "speed", "profile", "meter", "trouble"];

impl Document for Scan {
    const SCHEMA: &'static str = "wattkey/scan/1";

    fn table(&self, style: Style) -> String {
        if self.found.is_empty() {
            let attempts = self.attempts.iter();
            let rows: Vec<Vec<String>> =
                attempts.map(|attempt| vec![attempt.what.clone(), attempt.came.clone(), attempt.hex.clone()]).collect();
            let mut text = grid(style, &["tried", "came back", "hex"], &rows);
            text.push_str(&format!("\n{}\n", conclusion(&self.attempts)));
            return text;
        }
        let mut text = format!("LINE      {}\n", sanitize(&self.link));
        let mut rows = self.rows();
        let count = rows.len();
        for (index, row) in rows.iter_mut().enumerate() {
            let joint = if index.saturating_add(1) == count { "└──" } else { "├──" };
            row.insert(0, joint.to_owned());
        }
        let mut header = vec![""];
        header.extend(HEADER);
        text.push_str(&grid(style, &header, &rows));
        text.push('\n');
        for command in &self.commands {
            text.push_str(&format!("Use:  {}\n", sanitize(command)));
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        HEADER.map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.rows()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_a_link_are_kept_and_replaced() {
        let with = |link| with_options(link, &["baud=1200".to_owned()]);
        assert_eq!(with("/dev/ttyS0"), "/dev/ttyS0?baud=1200");
        assert_eq!(with("/dev/ttyS0?dtr=on&baud=9600"), "/dev/ttyS0?dtr=on&baud=1200");
        assert_eq!(with_options("/dev/ttyS0?dtr=on", &[]), "/dev/ttyS0?dtr=on");
    }

    #[test]
    fn the_command_names_what_differs_from_the_usual() {
        let modbus = FoundMeter {
            protocol: "modbus",
            baud: Some(9_600),
            frame: Some("8n1".into()),
            address: Some("3".into()),
            profile: Some("eastron-sdm120".into()),
            ..FoundMeter::default()
        };
        let line = "wattkey status --link /dev/ttyS0 --profile eastron-sdm120 --address 3";
        assert_eq!(command("/dev/ttyS0", &modbus), line);
        let other = FoundMeter { baud: Some(19_200), frame: Some("8e1".into()), profile: None, ..modbus };
        let line = "wattkey status --link '/dev/ttyS0?baud=19200&frame=8e1' -p modbus --address 3";
        assert_eq!(command("/dev/ttyS0", &other), line);
        let slow = FoundMeter { protocol: "dlms", answers_after_s: Some(6.5), ..FoundMeter::default() };
        assert_eq!(command("tcp:h:1", &slow), "wattkey status --link tcp:h:1 -p dlms --timeout 13s");
    }

    #[test]
    fn only_a_silent_line_speaks_against_the_cable() {
        let attempt = |came: &str, hex: &str| Attempt { what: String::new(), came: came.into(), hex: hex.into() };
        assert!(conclusion(&[attempt(NO_ANSWER, "")]).contains("cable"));
        for heard in [attempt(NO_ANSWER, "7EA0"), attempt("no answer, answers of 3 came late", "")] {
            assert!(!conclusion(&[attempt(NO_ANSWER, ""), heard]).contains("cable"));
        }
    }
}
