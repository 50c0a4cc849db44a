//! What a row must hold before anything is sent to any meter.

use std::collections::HashMap;

use super::cells::{Cells, Field, spreadsheet_damage};
use super::shown;
use crate::link::{LinkAddress, LinkError};
use crate::meter::profile::Protocol;
use crate::sim::SimRequest;
use crate::sts::Drn;

/// Longest value of a cell, in characters.
const LONGEST: usize = 512;
/// Longest id of a job, in characters.
const LONGEST_ID: usize = 128;

/// What a plan wants of every row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlanNeeds {
    /// The customer's code, for the handshake.
    pub vend_code: bool,
}

/// What a list's checker cannot know by itself: profiles and plans at hand.
pub trait Known {
    /// The protocol of a profile.
    ///
    /// # Errors
    /// One sentence: why the profile cannot be used.
    fn profile(&self, name: &str) -> Result<Protocol, String>;

    /// Whether a plan can be had with what the columns `plan.KEY`, `answer.ID` and `credit_token` say, and what else
    /// it wants of the row.
    ///
    /// # Errors
    /// One sentence: what is wrong with the plan or a value.
    fn plan(&self, name: &str, columns: &[(String, String)]) -> Result<PlanNeeds, String>;
}

/// Checks rows, and remembers what it has found out about words that repeat.
pub struct Checker<'a> {
    known: &'a dyn Known,
    wants_link: bool,
    profiles: HashMap<String, Result<Protocol, String>>,
    plans: HashMap<String, Result<PlanNeeds, String>>,
    ports: HashMap<String, Result<String, String>>,
}

impl std::fmt::Debug for Checker<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Checker").field("wants_link", &self.wants_link).finish_non_exhaustive()
    }
}

impl<'a> Checker<'a> {
    /// A checker of rows that each name a link, or get one by default.
    pub fn new(known: &'a dyn Known) -> Self {
        Checker { known, wants_link: true, profiles: HashMap::new(), plans: HashMap::new(), ports: HashMap::new() }
    }

    /// Rows need no link: it is known only to whoever stands at the meter.
    #[must_use]
    pub fn without_links(self) -> Self {
        Checker { wants_link: false, ..self }
    }

    /// The name of the port that a row is on, empty without a link.
    ///
    /// # Errors
    /// Everything that is wrong with the row for itself, a sentence each.
    pub fn check(&mut self, cells: &Cells) -> Result<String, Vec<String>> {
        let mut problems = Vec::new();
        for (name, value) in named(cells) {
            if let Some(damage) = spreadsheet_damage(value) {
                problems.push(format!("{name} {:?}: {damage}", shown(value)));
            } else if value.chars().any(char::is_control) {
                problems.push(format!("{name} {:?}: it holds a control character; type it anew", shown(value)));
            } else if value.chars().count() > LONGEST {
                problems.push(format!("{name} is longer than {LONGEST} characters"));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        match cells.get(Field::Id) {
            None => problems.push("id is missing: give every job a name that stays the same when it is resumed".into()),
            Some(id) if id.chars().count() > LONGEST_ID => {
                problems.push(format!("id is longer than {LONGEST_ID} characters"));
            }
            Some(_) => {}
        }
        if cells.get(Field::Serial).is_none() && cells.get(Field::Drn).is_none() {
            problems.push("serial and drn are both missing: one of them must say which meter is meant".into());
        }
        if let Some(problem) = cells.get(Field::Drn).and_then(wrong_drn) {
            problems.push(problem);
        }
        let protocol = self.protocol(cells).unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        if let Some(problem) = cells.get(Field::Address).and_then(|address| wrong_address(address, protocol)) {
            problems.push(problem);
        }
        match self.plan(cells) {
            Ok(needs) if needs.vend_code && cells.get(Field::VendCode).is_none() => {
                problems.push("vend_code is missing: the plan has it checked; fill it in, or name another plan".into());
            }
            Ok(_) => {}
            Err(problem) => problems.push(problem),
        }
        match self.port(cells) {
            Ok(port) if problems.is_empty() => Ok(port),
            Ok(_) => Err(problems),
            Err(problem) => {
                problems.push(problem);
                Err(problems)
            }
        }
    }

    /// The protocol the row or its profile names; `None` when it is to be found out at the meter.
    fn protocol(&mut self, cells: &Cells) -> Result<Option<Protocol>, String> {
        let of_profile = match cells.get(Field::Profile) {
            None => None,
            Some(name) => {
                let known = self.known;
                let found = self.profiles.entry(name.to_owned()).or_insert_with(|| known.profile(name));
                Some(found.clone().map_err(|problem| format!("profile {:?}: {problem}", shown(name)))?)
            }
        };
        let Some(word) = cells.get(Field::Protocol) else { return Ok(of_profile) };
        let found = Protocol::from_word(word).ok_or_else(|| {
            let words: Vec<&str> = Protocol::ALL.iter().map(|protocol| protocol.word()).collect();
            format!("protocol {:?}: write one of {}, or leave it empty", shown(word), words.join(", "))
        })?;
        Ok(Some(found))
    }

    fn plan(&mut self, cells: &Cells) -> Result<PlanNeeds, String> {
        let name = cells
            .get(Field::Plan)
            .ok_or_else(|| "plan is missing: name one in the list, or give --plan for all rows".to_owned())?;
        let known = self.known;
        if cells.for_plan.is_empty() {
            return self.plans.entry(name.to_owned()).or_insert_with(|| known.plan(name, &[])).clone();
        }
        known.plan(name, &cells.for_plan)
    }

    fn port(&mut self, cells: &Cells) -> Result<String, String> {
        let link = match cells.get(Field::Link) {
            Some(link) => link,
            None if !self.wants_link => return Ok(String::new()),
            None => return Err("link is missing: name one in the list, or give --link for all rows".to_owned()),
        };
        let wrong = |error: LinkError| format!("link: {error}");
        let find = || {
            let address = link.parse::<LinkAddress>().map_err(wrong)?;
            if let LinkAddress::Sim(sim) = &address {
                SimRequest::parse(sim).map_err(wrong)?;
            }
            Ok(port_of(&address))
        };
        self.ports.entry(link.to_owned()).or_insert_with(find).clone()
    }
}

/// Every value of a row with the name of its column.
fn named(cells: &Cells) -> impl Iterator<Item = (String, &str)> {
    let fields = Field::ALL.into_iter().filter_map(|field| Some((field.name().to_owned(), cells.get(field)?)));
    fields.chain(cells.for_plan.iter().chain(&cells.others).map(|(name, value)| (name.clone(), value.as_str())))
}

/// Two links with the same port are one line, whatever settings they carry.
pub fn port_of(link: &LinkAddress) -> String {
    match link {
        // Adapters have several names; the device behind them is one.
        LinkAddress::Serial(serial) => {
            std::fs::canonicalize(&serial.path).map_or_else(|_| serial.path.clone(), |path| path.display().to_string())
        }
        LinkAddress::Tcp(tcp) => format!("{}:{}", tcp.host.to_lowercase(), tcp.port),
        LinkAddress::Rfc2217(remote) => format!("{}:{}", remote.host.to_lowercase(), remote.port),
        LinkAddress::Sim(sim) if !sim.name.is_empty() => format!("sim:{}", sim.name),
        LinkAddress::Sim(_) | LinkAddress::Replay(_) => link.to_string(),
    }
}

fn wrong_drn(text: &str) -> Option<String> {
    let error = text.parse::<Drn>().err()?;
    let is_short = text.bytes().all(|octet| octet.is_ascii_digit()) && matches!(text.len(), 1..=10 | 12);
    let padded = if text.len() == 12 { format!("{text:0>13}") } else { format!("{text:0>11}") };
    if is_short && padded.parse::<Drn>().is_ok() {
        return Some(format!(
            "drn {text:?} has lost its leading zeros, as spreadsheets do to numbers: {padded} has the right check \
             digit; make the column text"
        ));
    }
    Some(format!("drn {:?}: {}; {}", shown(text), error.problem, error.remedy))
}

fn wrong_address(text: &str, protocol: Option<Protocol>) -> Option<String> {
    let protocol = protocol?;
    let problem = protocol.check_address(text).err()?;
    let date = text.chars().any(|c| c.is_ascii_alphabetic()) || text.matches(['/', '-', '.']).count() > 1;
    let of_spreadsheet = protocol == Protocol::Dlms && date;
    let hint = if of_spreadsheet { "; a spreadsheet may have made a date of it: make the column text" } else { "" };
    Some(format!("address: {problem}{hint}"))
}
