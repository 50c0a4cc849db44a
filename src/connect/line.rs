//! From the link of the options to an open line, with the trace it is recorded in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use time::OffsetDateTime;

use super::port_lock::{PortLocks, port_of};
use super::{ConnectError, Connector};
use crate::files;
use crate::link::trace::TraceLink;
use crate::link::{self, LineSettings, Link, LinkAddress, OpenOptions};
use crate::meter::profile::Profile;
use crate::sim::SimLink;

impl Connector {
    /// The link the options name.
    ///
    /// # Errors
    /// [`ConnectError::NoLink`], or a text that is no link.
    pub fn address(&self) -> Result<LinkAddress, ConnectError> {
        let text = self.options.link.as_deref().ok_or(ConnectError::NoLink)?;
        Ok(text.parse()?)
    }

    /// Opens the link the options name, with the trace they ask for. `settings` hold where the link's text gives none.
    ///
    /// # Errors
    /// Those of the link; [`ConnectError::PortInUse`] when a bulk run works on it.
    pub fn open_link(&self, settings: LineSettings) -> Result<Box<dyn Link>, ConnectError> {
        match &self.shared_line {
            Some(line) => Ok(Box::new(line.attach(settings, || self.open_own_link(settings))?)),
            None => self.open_own_link(settings),
        }
    }

    fn open_own_link(&self, settings: LineSettings) -> Result<Box<dyn Link>, ConnectError> {
        let address = self.address()?;
        self.check_not_in_use(&address)?;
        let link = match &address {
            LinkAddress::Sim(sim) => {
                let folder = self.state()?.join("sim");
                let now = OffsetDateTime::now_utc();
                Box::new(SimLink::open(sim, &folder, now, address.to_string(), self.interrupt.clone())?)
            }
            other => link::open(other, &self.open_options(settings))?,
        };
        let Some(path) = &self.options.trace else { return Ok(link) };
        let path = path_of_trace(path);
        let failed = |error: std::io::Error| ConnectError::Trace { path: path.clone(), reason: error.to_string() };
        let file = files::create_output(&path, self.options.overwrite).map_err(failed)?;
        Ok(Box::new(TraceLink::new(link, Box::new(file), OffsetDateTime::now_utc())?))
    }

    /// Longest pause inside a frame: what the link says, else the profile, else the time-out where a network lies
    /// between; `None` leaves it to the protocol.
    pub(super) fn gap(&self, profile: Option<&Profile>) -> Result<Option<Duration>, ConnectError> {
        let address = self.address()?;
        let of_profile = profile.and_then(|profile| profile.line.gap_ms).map(|gap| Duration::from_millis(gap.into()));
        let of_network = address.is_remote().then_some(self.options.timeout);
        Ok(address.gap().or(of_profile).or(of_network))
    }

    pub(super) fn open_options(&self, settings: LineSettings) -> OpenOptions {
        OpenOptions { settings, connect_timeout: self.options.timeout, interrupt: self.interrupt.clone() }
    }

    /// A bulk run that works on the port must not be disturbed.
    fn check_not_in_use(&self, address: &LinkAddress) -> Result<(), ConnectError> {
        let Some(state) = self.state_folder.as_ref().filter(|_| !self.holds_port) else { return Ok(()) };
        let port = port_of(address);
        match PortLocks::new(state).holder(&port) {
            Some(owner) => Err(ConnectError::PortInUse { port, owner }),
            None => Ok(()),
        }
    }
}

/// How often each trace was begun by this process.
static TRACES: Mutex<BTreeMap<PathBuf, u32>> = Mutex::new(BTreeMap::new());

/// The file of a trace: a line that is opened again in one run, as by a bulk run, gets another with a number.
fn path_of_trace(path: &Path) -> PathBuf {
    let mut traces = TRACES.lock().unwrap_or_else(PoisonError::into_inner);
    let count = traces.entry(path.to_owned()).or_default();
    *count = count.saturating_add(1);
    if *count == 1 {
        return path.to_owned();
    }
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{count}"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}
