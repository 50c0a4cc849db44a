//! From the link of the options to an open line, with the trace it is recorded in.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use time::OffsetDateTime;

use super::port_lock::{PortLocks, port_of};
use super::{ConnectError, Connector};
use crate::files;
use crate::link::address::TcpFraming;
use crate::link::trace::{TraceLink, recorded_link};
use crate::link::{self, LineSettings, Link, LinkAddress, OpenOptions};
use crate::meter::modbus::mbap::MbapLink;
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

    /// The link that frames are made for: of a replay the one that was recorded.
    ///
    /// # Errors
    /// As [`Connector::address`].
    pub fn spoken_over(&self) -> Result<LinkAddress, ConnectError> {
        let address = self.address()?;
        let recorded = match &address {
            LinkAddress::Replay(path) => recorded_link(path).and_then(|link| link.parse().ok()),
            _ => None,
        };
        Ok(recorded.unwrap_or(address))
    }

    /// Opens the link the options name, with the trace they ask for. `settings` hold where the link's text gives none.
    /// Modbus TCP takes and gives RTU frames.
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
        // Before anything is done to the line.
        let trace = self.options.trace.as_deref().map(|path| self.create_trace(path)).transpose()?;
        let link = match &address {
            LinkAddress::Sim(sim) => {
                let folder = self.state()?.join("sim");
                let now = OffsetDateTime::now_utc();
                Box::new(SimLink::open(sim, &folder, now, address.to_string(), self.interrupt.clone())?)
            }
            other => link::open(other, &self.open_options(settings))?,
        };
        let link = match trace {
            Some(file) => Box::new(TraceLink::new(link, Box::new(file), OffsetDateTime::now_utc())?),
            None => link,
        };
        // Its numbers are the connection's, not those of one meter on it.
        Ok(match self.spoken_over()? {
            LinkAddress::Tcp(tcp) if tcp.framing == TcpFraming::Mbap => {
                Box::new(MbapLink::new(link).with_in_flight(tcp.in_flight))
            }
            _ => link,
        })
    }

    /// The file of a trace. A line that is opened again in one run, as by a bulk run, gets another with the next number
    /// that is free: a file from before never keeps a meter from being read back.
    fn create_trace(&self, path: &Path) -> Result<File, ConnectError> {
        let mut traces = TRACES.lock().unwrap_or_else(PoisonError::into_inner);
        let count = traces.entry(path.to_owned()).or_default();
        loop {
            *count = count.saturating_add(1);
            let is_named = *count == 1 || files::is_device(path);
            let name = if is_named { path.to_owned() } else { files::with_suffix(path, &count.to_string()) };
            match files::create_output(&name, self.options.overwrite) {
                Err(error) if *count > 1 && *count < u32::MAX && error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => {
                    *count = 0;
                    return Err(ConnectError::Trace { path: name, reason: error.to_string() });
                }
                Ok(file) => return Ok(file),
            }
        }
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
