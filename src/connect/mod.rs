//! From options to an open meter: link, trace, profile, credentials, detection of the protocol, invocation counters.
//!
//! ```
//! use wattkey::connect::{Connector, MeterOptions};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let state = tempfile::tempdir()?;
//! let connector = Connector::new(MeterOptions::on("sim:")).with_state_folder(state.path());
//! let mut meter = connector.open()?;
//! let status = meter.status();
//! meter.close();
//! println!("{:?}", status?.credit);
//! # Ok(())
//! # }
//! ```

mod detect;
mod dlms;
mod dlt645;
mod error;
mod iec62056_21;
mod line;
mod modbus;
mod options;
pub mod port_lock;

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::link::address::TcpFraming;
use crate::link::{Interrupt, Link, LinkAddress, SharedLine};
use crate::meter::Meter;
use crate::meter::profile::{Library, Protocol};
use crate::sim::SimRequest;

pub use error::ConnectError;
pub use modbus::is_unit;
pub use options::MeterOptions;

/// What happens while a meter is opened, for whoever watches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectEvent {
    /// The meter is asked in this way from now on, such as `HDLC 9600 8N1, address 1/17`.
    Trying(String),
    /// A Modbus unit was recognised.
    Recognised {
        /// The unit.
        unit: u8,
        /// The profile that reads it.
        profile: String,
    },
    /// A Modbus unit answers, and no register map fits.
    NoMapFits {
        /// The unit.
        unit: u8,
    },
}

/// Asked when a meter claims an invocation counter far above ours (the meter's, ours when known): whether to take it.
pub type CounterQuestion = Arc<dyn Fn(u32, Option<u32>) -> bool + Send + Sync>;

/// Told what happens while a meter is opened.
pub type ConnectListener = Arc<dyn Fn(ConnectEvent) + Send + Sync>;

/// Opens meters.
#[derive(Clone)]
pub struct Connector {
    options: MeterOptions,
    library: Library,
    state_folder: Option<PathBuf>,
    interrupt: Interrupt,
    shared_line: Option<SharedLine>,
    holds_port: bool,
    /// Whether detection opens an association with the credentials.
    proves_itself: bool,
    counter_question: CounterQuestion,
    listener: ConnectListener,
}

impl Debug for Connector {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Connector").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Connector {
    /// A connector with the built-in profiles and no state folder; a far invocation counter is refused.
    pub fn new(options: MeterOptions) -> Self {
        Connector {
            options,
            library: Library::default(),
            state_folder: None,
            interrupt: Interrupt::new(),
            shared_line: None,
            holds_port: false,
            proves_itself: true,
            counter_question: Arc::new(|_, _| false),
            listener: Arc::new(|_| ()),
        }
    }

    /// The same for another meter.
    #[must_use]
    pub fn with_options(mut self, options: MeterOptions) -> Self {
        self.options = options;
        self
    }

    /// Keeps simulated meters, invocation counters and object lists in this folder. Nothing is created before it is
    /// needed.
    #[must_use]
    pub fn with_state_folder(mut self, folder: &Path) -> Self {
        self.state_folder = Some(folder.to_owned());
        self
    }

    /// Uses these profiles.
    #[must_use]
    pub fn with_library(mut self, library: Library) -> Self {
        self.library = library;
        self
    }

    /// Ends waits when this is raised.
    #[must_use]
    pub fn with_interrupt(mut self, interrupt: Interrupt) -> Self {
        self.interrupt = interrupt;
        self
    }

    /// Attaches the meter to a line that several meters use in turn.
    #[must_use]
    pub fn with_shared_line(mut self, line: SharedLine) -> Self {
        self.shared_line = Some(line);
        self
    }

    /// Says that this process itself holds the lock of the port.
    #[must_use]
    pub fn holding_port(mut self) -> Self {
        self.holds_port = true;
        self
    }

    /// Finds out whether a DLMS meter is there without proving anything to it: for who is about to find out which of
    /// several keys it holds.
    #[must_use]
    pub fn without_proof(mut self) -> Self {
        self.proves_itself = false;
        self
    }

    /// Asks this before a far invocation counter is taken.
    #[must_use]
    pub fn with_counter_question(mut self, question: CounterQuestion) -> Self {
        self.counter_question = question;
        self
    }

    /// Tells nobody what happens while a meter is opened, and refuses far invocation counters.
    #[must_use]
    pub fn quietly(self) -> Self {
        self.with_listener(Arc::new(|_| ())).with_counter_question(Arc::new(|_, _| false))
    }

    /// Tells this what happens while a meter is opened.
    #[must_use]
    pub fn with_listener(mut self, listener: ConnectListener) -> Self {
        self.listener = listener;
        self
    }

    /// The options.
    pub fn options(&self) -> &MeterOptions {
        &self.options
    }

    /// The user's wish to stop, which waits on the line look at.
    pub fn interrupt(&self) -> &Interrupt {
        &self.interrupt
    }

    /// Opens the meter. Nothing was sent to it, unless the protocol or the model had to be found out first.
    ///
    /// # Errors
    /// [`ConnectError`].
    pub fn open(&self) -> Result<Box<dyn Meter>, ConnectError> {
        let chosen = self.options.profile.as_deref().map(|name| self.library.find(name)).transpose()?;
        let protocol = self.options.protocol.or_else(|| chosen.as_ref().map(|profile| profile.protocol));
        let protocol = self.carried(protocol)?;
        match protocol.or(protocol_of_simulated(&self.address()?)?) {
            Some(Protocol::Dlms) => Ok(Box::new(self.dlms(chosen)?)),
            Some(Protocol::Iec62056_21) => Ok(Box::new(self.iec62056_21(chosen)?)),
            Some(Protocol::Dlt645) => self.dlt645(chosen),
            Some(Protocol::Modbus) => Ok(Box::new(self.modbus(chosen)?)),
            None => self.detect(),
        }
    }

    /// The protocol that `asked` for, or the only one that the link's framing carries.
    ///
    /// # Errors
    /// [`ConnectError::OtherFraming`] when these differ.
    pub fn carried(&self, asked: Option<Protocol>) -> Result<Option<Protocol>, ConnectError> {
        match (protocol_of_framing(self.spoken_over()?.framing()), asked) {
            (Some(spoken), Some(asked)) if spoken != asked => {
                Err(ConnectError::OtherFraming { link: self.address()?.to_string(), spoken, asked })
            }
            (spoken, asked) => Ok(asked.or(spoken)),
        }
    }

    /// Tells how the meter is asked from now on; `link` knows the speed.
    fn tell_attempt(&self, protocol: &str, link: &dyn Link, whom: &str) {
        let line = link.settings().map(|settings| format!(" {settings}")).unwrap_or_default();
        (self.listener)(ConnectEvent::Trying(format!("{protocol}{line}{whom}")));
    }

    fn state(&self) -> Result<&Path, ConnectError> {
        self.state_folder.as_deref().ok_or(ConnectError::NoStateFolder)
    }
}

/// What alone is spoken in a framing.
fn protocol_of_framing(framing: TcpFraming) -> Option<Protocol> {
    match framing {
        TcpFraming::Raw => None,
        TcpFraming::Wrapper => Some(Protocol::Dlms),
        TcpFraming::Mbap => Some(Protocol::Modbus),
    }
}

/// What a simulated meter speaks: the first protocol it is asked to serve, which is DLMS unless the link says otherwise.
fn protocol_of_simulated(address: &LinkAddress) -> Result<Option<Protocol>, ConnectError> {
    let LinkAddress::Sim(address) = address else { return Ok(None) };
    let spoken = SimRequest::parse(address)?.protocols();
    Ok(Some(match spoken {
        Some(spoken) if !spoken.dlms && spoken.iec62056_21 => Protocol::Iec62056_21,
        Some(spoken) if !spoken.dlms && spoken.dlt645 => Protocol::Dlt645,
        Some(spoken) if !spoken.dlms && spoken.modbus => Protocol::Modbus,
        _ => Protocol::Dlms,
    }))
}
