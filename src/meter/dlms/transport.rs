//! One APDU to the meter and its answer back, over HDLC or the TCP wrapper.

use std::ops::Range;
use std::time::Duration;

use crate::link::{Link, LinkError};
use crate::meter::MeterError;
use crate::meter::driver::Traffic;
use crate::meter::request_limit::RequestLimit;
use crate::protocol::dlms::{WrapperFrame, WrapperReader};
use crate::protocol::hdlc::{
    Address, ClientAddress, ClientConnection, ClientEvent, ClientFault, ClientSettings, Parameters,
};

/// Longest wait for the answer to DISC: what was asked for is done by then, or failed.
const LONGEST_GOODBYE: Duration = Duration::from_secs(2);

/// How the meter is reached and how long it is waited for.
#[derive(Debug, Clone)]
pub struct TransportSettings {
    /// The meter's address; with the wrapper, its logical device.
    pub server: Address,
    /// Longest information field to propose, in octets.
    pub max_info_field: u16,
    /// Frames in a row to propose, 1 to 7.
    pub window: u8,
    /// Whether data units travel in the wrapper of IEC 62056-47 instead of HDLC frames.
    pub wrapper: bool,
    /// Longest wait for one reply.
    pub timeout: Duration,
    /// Repetitions of one frame.
    pub retries: u32,
    /// Longest pause inside an HDLC frame.
    pub octet_gap: Duration,
}

#[derive(Debug)]
enum Framing {
    Hdlc(Box<ClientConnection>),
    Wrapper { reader: WrapperReader, client: ClientAddress, waiting: bool },
}

/// Opens the same line anew after it was closed or failed.
pub type Reopen = Box<dyn FnMut() -> Result<Box<dyn Link>, LinkError> + Send>;

/// The way to one meter for one client.
pub struct Transport {
    link: Box<dyn Link>,
    reopen: Option<Reopen>,
    /// Whether the line was closed or failed since it was opened.
    dead: bool,
    settings: TransportSettings,
    framing: Framing,
    traffic: Traffic,
    /// Whether the meter may hold a connection.
    touched: bool,
    /// What frames of connections before this one counted.
    counted: Traffic,
    /// When the request under way is given up.
    limit: RequestLimit,
    /// Whether what is awaited ends the connection, so that a wish to stop does not end the wait.
    closing: bool,
    /// Whether SNRM offers nothing, for a meter that takes no other.
    plain_snrm: bool,
}

/// How long an SNRM that offers nothing waits for its answer.
const PLAIN_PATIENCE: Duration = Duration::from_secs(2);

impl std::fmt::Debug for Transport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut debug = formatter.debug_struct("Transport");
        debug.field("link", &self.link).field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Transport {
    /// The same, able to open the line anew for the next connection when it was closed or failed.
    #[must_use]
    pub fn with_reopen(mut self, reopen: Reopen) -> Self {
        self.reopen = Some(reopen);
        self
    }

    /// A transport that has sent nothing yet.
    pub fn new(link: Box<dyn Link>, settings: TransportSettings, client: ClientAddress) -> Self {
        let framing = framing(&settings, client);
        let limit = RequestLimit::start(link.now(), settings.timeout, settings.retries);
        Transport {
            link,
            reopen: None,
            dead: false,
            settings,
            framing,
            traffic: Traffic::default(),
            touched: false,
            counted: Traffic::default(),
            limit,
            closing: false,
            plain_snrm: false,
        }
    }

    /// The line below.
    pub fn link(&mut self) -> &mut dyn Link {
        self.link.as_mut()
    }

    /// The link as the user wrote it.
    pub fn link_name(&self) -> String {
        self.link.name()
    }

    /// Gives the line back.
    pub fn into_link(self) -> Box<dyn Link> {
        self.link
    }

    /// How the meter is reached.
    pub fn settings(&self) -> &TransportSettings {
        &self.settings
    }

    /// Changes waits and repetitions.
    pub fn set_patience(&mut self, timeout: Duration, retries: u32) {
        (self.settings.timeout, self.settings.retries) = (timeout, retries);
        if let Framing::Hdlc(connection) = &mut self.framing {
            connection.set_patience(timeout, retries);
        }
    }

    /// What went over the line.
    pub fn traffic(&self) -> Traffic {
        let now = self.frames();
        Traffic {
            frames_good: self.counted.frames_good.saturating_add(now.frames_good),
            frames_bad: self.counted.frames_bad.saturating_add(now.frames_bad),
            ..self.traffic
        }
    }

    /// Counts a reply that did not decrypt.
    pub fn count_undecipherable(&mut self) {
        self.traffic.undecipherable = self.traffic.undecipherable.saturating_add(1);
    }

    fn frames(&self) -> Traffic {
        match &self.framing {
            Framing::Hdlc(connection) => {
                let reader = connection.statistics().reader;
                let bad = reader.bad_frame_checks.saturating_add(reader.bad_header_checks);
                Traffic { frames_good: reader.good_frames, frames_bad: bad, ..Traffic::default() }
            }
            Framing::Wrapper { .. } => Traffic::default(),
        }
    }

    /// Opens the connection for a client; with the wrapper there is none to open.
    ///
    /// # Errors
    /// [`MeterError`]: nobody answered, or not in HDLC.
    pub fn connect(&mut self, client: ClientAddress) -> Result<(), MeterError> {
        self.counted = Traffic { exchanges: 0, ..self.traffic() };
        self.framing = framing(&self.settings, client);
        self.check_stop()?;
        if self.dead
            && let Some(reopen) = &mut self.reopen
        {
            self.link = reopen()?;
            self.dead = false;
        }
        match &mut self.framing {
            Framing::Wrapper { .. } => Ok(()),
            Framing::Hdlc(connection) => {
                self.touched = true;
                let now = self.link.now();
                // The speed is known for certain only now: the sign-on may have changed it.
                if let Some(settings) = self.link.settings() {
                    connection.set_octet_time(settings.time_for(1));
                }
                let (timeout, retries) = (self.settings.timeout, self.settings.retries);
                if self.plain_snrm {
                    connection.set_patience(timeout, retries);
                    connection.connect_plainly(now);
                } else {
                    connection.connect(now);
                }
                self.limit = RequestLimit::start(now, timeout, retries);
                match self.pump()? {
                    ClientEvent::Connected { .. } => Ok(()),
                    other => Err(surprise(&other)),
                }
            }
        }
    }

    /// As [`Transport::connect`], once and with little patience, with an SNRM that offers nothing. When the meter answers
    /// that one, all later ones are like it.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn connect_plainly(&mut self, client: ClientAddress) -> Result<(), MeterError> {
        let (timeout, retries) = (self.settings.timeout, self.settings.retries);
        self.plain_snrm = true;
        (self.settings.timeout, self.settings.retries) = (timeout.min(PLAIN_PATIENCE), 0);
        let found = self.connect(client);
        self.set_patience(timeout, retries);
        self.plain_snrm = found.is_ok();
        found
    }

    /// Sends an APDU and gives the answer.
    ///
    /// # Errors
    /// [`MeterError`]; with the error it is open whether the meter acted on what was sent.
    pub fn exchange(&mut self, apdu: &[u8], secrets: &[Range<usize>]) -> Result<Vec<u8>, MeterError> {
        self.send(apdu, secrets)?;
        self.receive()
    }

    /// Sends an APDU.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn send(&mut self, apdu: &[u8], secrets: &[Range<usize>]) -> Result<(), MeterError> {
        self.check_stop()?;
        self.force_send(apdu, secrets)
    }

    /// Sends an APDU even after the user asked to stop: for the release.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn force_send(&mut self, apdu: &[u8], secrets: &[Range<usize>]) -> Result<(), MeterError> {
        self.limit = RequestLimit::start(self.link.now(), self.settings.timeout, self.settings.retries);
        match &mut self.framing {
            Framing::Hdlc(connection) => {
                let now = self.link.now();
                connection.send_secret(apdu, secrets, now).map_err(|fault| fault_error(fault, &self.settings))
            }
            Framing::Wrapper { reader, client, waiting } => {
                if std::mem::replace(waiting, true) {
                    // The answer to the last request never came; what trickles in now belongs to nobody.
                    let until = self.link.now().saturating_add(self.settings.timeout);
                    self.link.drain(Duration::from_millis(200), until)?;
                }
                reader.clear();
                let frame = WrapperFrame {
                    source: u16::from(client.number()),
                    destination: self.settings.server.logical(),
                    apdu: apdu.to_vec(),
                };
                let octets =
                    frame.encode().ok_or_else(|| MeterError::BadValue("the request is too long".to_owned()))?;
                let header = octets.len().saturating_sub(apdu.len());
                let secrets: Vec<Range<usize>> = secrets
                    .iter()
                    .map(|range| range.start.saturating_add(header)..range.end.saturating_add(header))
                    .collect();
                self.traffic.sent = self.traffic.sent.saturating_add(octets.len() as u64);
                self.traffic.exchanges = self.traffic.exchanges.saturating_add(1);
                self.link.send_secret(&octets, &secrets).map_err(|error| self.fault(error))
            }
        }
    }

    /// Sends an APDU that the meter takes without an answer of its own: over HDLC it is acknowledged.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn deliver(&mut self, apdu: &[u8], secrets: &[Range<usize>]) -> Result<(), MeterError> {
        self.send(apdu, secrets)?;
        let connection = match &mut self.framing {
            Framing::Hdlc(connection) => connection,
            // Nothing is owed: what comes meanwhile is read after the last of them.
            Framing::Wrapper { waiting, .. } => {
                *waiting = false;
                return Ok(());
            }
        };
        connection.expect_acknowledgement();
        match self.pump()? {
            ClientEvent::Delivered => Ok(()),
            other => Err(surprise(&other)),
        }
    }

    /// Waits for an APDU: the first since the request, or the one behind what was no answer. The time limit is that of
    /// the request.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn receive(&mut self) -> Result<Vec<u8>, MeterError> {
        let now = self.link.now();
        if self.limit.is_over(now) {
            return Err(self.no_reply());
        }
        match &mut self.framing {
            Framing::Hdlc(connection) => {
                connection.expect_more(now);
                self.receive_framed()
            }
            Framing::Wrapper { .. } => self.receive_wrapped(),
        }
    }

    /// As [`Transport::receive`], for a further part of an answer that comes: it has the time of a request of its own.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn receive_more(&mut self) -> Result<Vec<u8>, MeterError> {
        self.limit = RequestLimit::start(self.link.now(), self.settings.timeout, self.settings.retries);
        self.receive()
    }

    fn receive_framed(&mut self) -> Result<Vec<u8>, MeterError> {
        match self.pump()? {
            ClientEvent::Message(apdu) => Ok(apdu),
            other => Err(surprise(&other)),
        }
    }

    fn receive_wrapped(&mut self) -> Result<Vec<u8>, MeterError> {
        // Nothing is repeated in the wrapper, so the time-out of the one request is its limit.
        let until = self.limit.cap(self.link.now().saturating_add(self.settings.timeout));
        let mut buffer = [0u8; 2048];
        loop {
            let Framing::Wrapper { reader, client, waiting } = &mut self.framing else {
                return Err(changed_framing());
            };
            let own = u16::from(client.number());
            match reader.next_frame() {
                Ok(Some(frame)) if frame.destination == own => {
                    *waiting = false;
                    self.traffic.frames_good = self.traffic.frames_good.saturating_add(1);
                    return Ok(frame.apdu);
                }
                Ok(Some(_)) => continue,
                Ok(None) => {}
                Err(problem) => return Err(MeterError::Garbled(problem.to_string())),
            }
            if self.link.now() >= until {
                return Err(self.no_reply());
            }
            match self.link.receive(&mut buffer, until) {
                Ok(count) => {
                    self.traffic.received = self.traffic.received.saturating_add(count as u64);
                    reader.push(buffer.get(..count).unwrap_or_default());
                }
                Err(LinkError::Timeout(_)) => return Err(self.no_reply()),
                Err(error) => return Err(self.fault(error)),
            }
        }
    }

    /// Closes the connection. Best effort, within a short time: what goes wrong here hides nothing that came before.
    pub fn disconnect(&mut self) {
        let Framing::Hdlc(connection) = &mut self.framing else { return };
        if !std::mem::take(&mut self.touched) {
            return;
        }
        let now = self.link.now();
        connection.disconnect(now);
        let wait = self.settings.timeout.min(LONGEST_GOODBYE);
        let (timeout, retries) = (self.settings.timeout, self.settings.retries);
        connection.set_patience(wait, 0);
        self.limit = RequestLimit::at(now.saturating_add(wait));
        self.closing = true;
        let _ = self.pump();
        self.closing = false;
        self.set_patience(timeout, retries);
    }

    /// Runs the connection until it has something to tell, at most until the limit of the request. Each accepted
    /// segment of a long message has the time of a request of its own.
    fn pump(&mut self) -> Result<ClientEvent, MeterError> {
        let mut buffer = [0u8; 2048];
        let Framing::Hdlc(connection) = &self.framing else { return Err(changed_framing()) };
        let mut steps = connection.steps();
        // That of the request holds again when the message turns out to be no answer.
        let mut limit = self.limit;
        loop {
            let Framing::Hdlc(connection) = &mut self.framing else { return Err(changed_framing()) };
            match connection.poll_event() {
                Some(ClientEvent::Failed(fault)) => return Err(fault_error(fault, &self.settings)),
                Some(ClientEvent::Unsolicited(_)) => continue,
                Some(event) => return Ok(event),
                None => {}
            }
            if connection.steps() != steps {
                steps = connection.steps();
                limit = RequestLimit::start(self.link.now(), self.settings.timeout, self.settings.retries);
            }
            while let Some(frame) = connection.poll_transmit() {
                if let Err(error) = self.link.send_secret(&frame.octets, &frame.secrets) {
                    return Err(self.fault(error));
                }
                connection.transmitted(self.link.now());
                self.traffic.sent = self.traffic.sent.saturating_add(frame.octets.len() as u64);
                self.traffic.exchanges = self.traffic.exchanges.saturating_add(1);
            }
            let Some(due) = connection.deadline() else { return Err(self.no_reply()) };
            match self.link.receive(&mut buffer, due) {
                Ok(count) => {
                    self.traffic.received = self.traffic.received.saturating_add(count as u64);
                    connection.receive(buffer.get(..count).unwrap_or_default(), self.link.now());
                }
                Err(LinkError::Timeout(_)) => {}
                Err(error) => return Err(self.fault(error)),
            }
            let now = self.link.now();
            if limit.is_over(now) && !connection.is_within_answer(now) {
                connection.give_up(now);
            } else if connection.deadline().is_some_and(|due| now >= due) {
                // A repetition is a new exchange: the user may have had enough.
                if !self.closing && self.link.stop_requested() {
                    return Err(LinkError::Interrupted.into());
                }
                connection.handle_timeout(now);
            }
        }
    }

    fn no_reply(&self) -> MeterError {
        MeterError::NoReply { address: self.settings.server.to_string(), what: "a request".to_owned(), echo: false }
    }

    /// An error of the line, remembered when the line is of no more use.
    fn fault(&mut self, error: LinkError) -> MeterError {
        self.dead |= matches!(error, LinkError::Closed | LinkError::ClosedOver(_) | LinkError::Fault(_));
        error.into()
    }

    fn check_stop(&self) -> Result<(), MeterError> {
        if self.link.stop_requested() { Err(LinkError::Interrupted.into()) } else { Ok(()) }
    }
}

fn framing(settings: &TransportSettings, client: ClientAddress) -> Framing {
    if settings.wrapper {
        return Framing::Wrapper { reader: WrapperReader::new(), client, waiting: false };
    }
    let mut connection = ClientSettings::new(settings.server, client);
    connection.parameters = Parameters::with_information(settings.max_info_field).with_window(settings.window);
    connection.response_timeout = settings.timeout;
    connection.retries = settings.retries;
    connection.octet_gap = settings.octet_gap;
    Framing::Hdlc(Box::new(ClientConnection::new(connection)))
}

fn fault_error(fault: ClientFault, settings: &TransportSettings) -> MeterError {
    let text = fault.to_string();
    match fault {
        ClientFault::NoReply { server, frame, .. } => {
            let wait = settings.timeout.as_secs_f64();
            let what = format!("{frame} within {wait} s, asked {} times", settings.retries.saturating_add(1));
            MeterError::NoReply { address: server.to_string(), what, echo: false }
        }
        ClientFault::EchoOnly { server, .. } => {
            MeterError::NoReply { address: server.to_string(), what: "its frames".to_owned(), echo: true }
        }
        ClientFault::Busy(_) => {
            MeterError::NoReply { address: settings.server.to_string(), what: format!("in time: {text}"), echo: false }
        }
        ClientFault::Dropped => MeterError::Lost(text),
        ClientFault::Garbled { .. }
        | ClientFault::Incomplete { .. }
        | ClientFault::LinkHeader
        | ClientFault::EmptySegment
        | ClientFault::TooLong => MeterError::Garbled(text),
        ClientFault::NotForUs { .. } | ClientFault::FrameRejected(_) | ClientFault::OutOfTurn(_) => {
            MeterError::Unexpected(text)
        }
        ClientFault::Refused(_) => MeterError::Refused { what: "a connection".to_owned(), reason: "DM".to_owned() },
    }
}

fn changed_framing() -> MeterError {
    MeterError::Unexpected("the framing changed".to_owned())
}

fn surprise(event: &ClientEvent) -> MeterError {
    MeterError::Unexpected(format!("{event:?}"))
}
