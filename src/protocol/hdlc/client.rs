//! The client's end of a connection: one question at a time, window 1, the identical frame again after silence.

use std::collections::VecDeque;
use std::ops::Range;
use std::time::Duration;

use zeroize::Zeroize;

use super::address::{Address, ClientAddress, WireAddress};
use super::control::{Control, Sequence};
use super::frame::Frame;
use super::parameters::Parameters;
use super::reader::{FrameReader, ReaderStatistics};
use super::{LLC_REQUEST, LLC_RESPONSE};
use crate::error::Code;

/// Longest message put together from segments, in octets: the largest APDU and its link header.
const MAX_MESSAGE: usize = 0xFFFF + 3;
/// Pause before a meter that said "not ready" is asked again.
const BUSY_PAUSE: Duration = Duration::from_millis(200);
/// A reply that keeps trickling in is waited for at most this many response time-outs.
const TRICKLE_LIMIT: u32 = 4;

/// How a client talks on the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientSettings {
    /// The meter.
    pub server: Address,
    /// Ourselves.
    pub client: ClientAddress,
    /// What we offer in SNRM.
    pub parameters: Parameters,
    /// Longest wait for the answer to one frame, from when its last octet was sent.
    pub response_timeout: Duration,
    /// How often a frame is repeated when nothing good comes back.
    pub retries: u32,
    /// Silence after which a frame that has begun is given up, and which must pass before a repetition.
    pub octet_gap: Duration,
}

impl ClientSettings {
    /// Usual values: information field 128, answers within 5 s, two repetitions, 250 ms between octets (USB adapters
    /// deliver in bursts).
    pub fn new(server: Address, client: ClientAddress) -> Self {
        ClientSettings {
            server,
            client,
            parameters: Parameters::default(),
            response_timeout: Duration::from_secs(5),
            retries: 2,
            octet_gap: Duration::from_millis(250),
        }
    }
}

/// Why a connection failed. It is over after any of these, save that [`ClientConnection::disconnect`] is still allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientFault {
    /// Nothing came at all.
    #[error("the meter at {server} did not answer {frame} ({attempts} attempts)")]
    NoReply {
        /// The address asked.
        server: Address,
        /// Name of the frame that stayed without answer.
        frame: &'static str,
        /// How often it was sent.
        attempts: u32,
    },
    /// Only our own frames came back.
    #[error("only the echo of our own frames came back, nothing from the meter at {server} ({attempts} attempts)")]
    EchoOnly {
        /// The address asked.
        server: Address,
        /// How often the frame was sent.
        attempts: u32,
    },
    /// Octets came, but no good frame.
    #[error("{octets} octets came back from the line but no frame with a good check ({bad} with a bad one)")]
    Garbled {
        /// Octets received.
        octets: u64,
        /// Frames whose header or frame check was wrong.
        bad: u64,
    },
    /// Good frames came, but not for us or out of turn.
    #[error("{frames} good frames came back, none of them the answer: wrong address or out of sequence")]
    NotForUs {
        /// Frames received.
        frames: u64,
    },
    /// The meter answered SNRM with DM.
    #[error("the meter at {0} refuses a connection (DM)")]
    Refused(Address),
    /// The meter said DM in the middle of a connection.
    #[error("the meter has dropped the connection (DM)")]
    Dropped,
    /// The meter said FRMR.
    #[error("the meter rejected a frame (FRMR, reason octets {0:02X?})")]
    FrameRejected(Vec<u8>),
    /// The meter stayed "not ready".
    #[error("the meter stayed busy for {0:?}")]
    Busy(Duration),
    /// A message does not begin with the logical link header.
    #[error("the reply lacks the LLC header E6 E7 00")]
    LinkHeader,
    /// Segments add up to more than any APDU.
    #[error("the reply is longer than {MAX_MESSAGE} octets")]
    TooLong,
    /// A call that does not fit the state.
    #[error("{0}")]
    OutOfTurn(&'static str),
}

impl ClientFault {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            ClientFault::NoReply { .. } | ClientFault::EchoOnly { .. } | ClientFault::Busy(_) => Code::NoReply,
            ClientFault::Dropped => Code::ConnectionLost,
            ClientFault::Garbled { .. } | ClientFault::LinkHeader | ClientFault::TooLong => Code::Garbled,
            ClientFault::NotForUs { .. } | ClientFault::FrameRejected(_) => Code::Unexpected,
            ClientFault::Refused(_) => Code::MeterRefused,
            ClientFault::OutOfTurn(_) => Code::Internal,
        }
    }
}

/// What the connection has to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientEvent {
    /// The meter took the connection.
    Connected {
        /// Who answered; differs from who was asked only when all stations were.
        server: Address,
        /// What both sides agreed on, from our point of view.
        parameters: Parameters,
    },
    /// The whole answer, without its link header.
    Message(Vec<u8>),
    /// An APDU nobody asked for (UI frame).
    Unsolicited(Vec<u8>),
    /// The connection was closed as asked; also when the meter says there was none.
    Disconnected,
    /// The connection failed.
    Failed(ClientFault),
}

/// Counters of one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClientStatistics {
    /// What came over the line.
    pub reader: ReaderStatistics,
    /// Frames sent, repetitions included.
    pub frames_sent: u64,
    /// Repetitions.
    pub repetitions: u64,
    /// Our own frames that came back.
    pub echoes: u64,
    /// Good frames of other stations.
    pub foreign_frames: u64,
    /// Frames of the meter that came out of turn, such as the answer to a frame sent twice.
    pub out_of_sequence: u64,
}

/// A frame to send.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutgoingFrame {
    /// The octets, flags included.
    pub octets: Vec<u8>,
    /// Where passwords or keys stand in them.
    pub secrets: Vec<Range<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Disconnected,
    Connecting,
    Idle,
    /// A segment went out; its RR is due.
    Sending,
    /// The last segment went out, or an RR asked for the next one; information is due.
    Receiving,
    Disconnecting,
    Failed,
}

/// The client's end. Give it octets and the time, send what [`ClientConnection::poll_transmit`] gives, take events.
#[derive(Debug, Clone)]
pub struct ClientConnection {
    settings: ClientSettings,
    state: State,
    server: WireAddress,
    agreed: Parameters,
    send: Sequence,
    receive: Sequence,
    message: Vec<u8>,
    message_secrets: Vec<Range<usize>>,
    sent_octets: usize,
    assembled: Vec<u8>,
    last_frame: OutgoingFrame,
    last_name: &'static str,
    attempts: u32,
    sent_at: Duration,
    waiting: bool,
    last_octet_at: Duration,
    busy_since: Option<Duration>,
    ask_again_at: Option<Duration>,
    reader: FrameReader,
    statistics: ClientStatistics,
    at_question: ClientStatistics,
    transmit: VecDeque<OutgoingFrame>,
    events: VecDeque<ClientEvent>,
}

impl ClientConnection {
    /// A connection that is not open.
    pub fn new(settings: ClientSettings) -> Self {
        ClientConnection {
            server: settings.server.to_wire(),
            agreed: Parameters::default(),
            settings,
            state: State::Disconnected,
            send: Sequence::default(),
            receive: Sequence::default(),
            message: Vec::new(),
            message_secrets: Vec::new(),
            sent_octets: 0,
            assembled: Vec::new(),
            last_frame: OutgoingFrame::default(),
            last_name: "SNRM",
            attempts: 0,
            sent_at: Duration::ZERO,
            waiting: false,
            last_octet_at: Duration::ZERO,
            busy_since: None,
            ask_again_at: None,
            reader: FrameReader::new(),
            statistics: ClientStatistics::default(),
            at_question: ClientStatistics::default(),
            transmit: VecDeque::new(),
            events: VecDeque::new(),
        }
    }

    /// Opens the connection with SNRM. Whatever state was left is forgotten.
    pub fn connect(&mut self, now: Duration) {
        self.server = self.settings.server.to_wire();
        self.reset_line();
        self.state = State::Connecting;
        self.agreed = Parameters::default();
        let information = self.settings.parameters.encode();
        self.question(Control::SetNormalResponseMode, false, &information, now);
    }

    /// Sends an APDU; the link header is added here, and segments are made as the meter's limit asks.
    ///
    /// # Errors
    /// [`ClientFault::OutOfTurn`] when there is no connection or an answer is still due; [`ClientFault::TooLong`].
    pub fn send(&mut self, apdu: &[u8], now: Duration) -> Result<(), ClientFault> {
        self.send_secret(apdu, &[], now)
    }

    /// As [`ClientConnection::send`], for an APDU with passwords or keys at the ranges `secrets`; the frames made of
    /// it tell where they stand.
    ///
    /// # Errors
    /// Those of [`ClientConnection::send`].
    pub fn send_secret(&mut self, apdu: &[u8], secrets: &[Range<usize>], now: Duration) -> Result<(), ClientFault> {
        if self.state != State::Idle {
            return Err(ClientFault::OutOfTurn("a request was made without a connection or before the last answer"));
        }
        if apdu.len() > MAX_MESSAGE.saturating_sub(LLC_REQUEST.len()) {
            return Err(ClientFault::TooLong);
        }
        self.message = [&LLC_REQUEST[..], apdu].concat();
        let behind_header = |offset: usize| offset.saturating_add(LLC_REQUEST.len());
        self.message_secrets =
            secrets.iter().map(|range| behind_header(range.start)..behind_header(range.end)).collect();
        self.sent_octets = 0;
        self.assembled.clear();
        self.at_question = self.statistics();
        self.send_segment(now);
        Ok(())
    }

    /// Closes the connection with DISC; allowed in every state, also after a failure or without a connection.
    pub fn disconnect(&mut self, now: Duration) {
        self.reset_line();
        self.state = State::Disconnecting;
        self.question(Control::Disconnect, false, &[], now);
    }

    /// Changes how long and how often is asked, from the next frame on.
    pub fn set_patience(&mut self, response_timeout: Duration, retries: u32) {
        self.settings.response_timeout = response_timeout;
        self.settings.retries = retries;
    }

    /// Whether a request may be sent now.
    pub fn is_idle(&self) -> bool {
        self.state == State::Idle
    }

    /// Whether the meter holds a connection that ought to be closed.
    pub fn is_open(&self) -> bool {
        !matches!(self.state, State::Disconnected)
    }

    /// What holds on this connection.
    pub fn parameters(&self) -> Parameters {
        self.agreed
    }

    /// Counters since this object was made.
    pub fn statistics(&self) -> ClientStatistics {
        ClientStatistics { reader: self.reader.statistics(), ..self.statistics }
    }

    /// The next frame to send, if any.
    pub fn poll_transmit(&mut self) -> Option<OutgoingFrame> {
        self.transmit.pop_front()
    }

    /// Whether no frame waits to be sent.
    pub fn transmit_is_empty(&self) -> bool {
        self.transmit.is_empty()
    }

    /// The next event, if any.
    pub fn poll_event(&mut self) -> Option<ClientEvent> {
        self.events.pop_front()
    }

    /// Tells that the frame has left, so that the response time-out counts from now.
    pub fn transmitted(&mut self, now: Duration) {
        self.sent_at = now;
    }

    /// When [`ClientConnection::handle_timeout`] is to be called if nothing comes before; `None` while nothing is due.
    pub fn deadline(&self) -> Option<Duration> {
        if !self.waiting {
            return None;
        }
        let mut next = self.answer_deadline();
        if self.reader.is_unfinished() {
            next = next.min(self.gap_deadline());
        }
        Some(self.ask_again_at.map_or(next, |at| at.min(next)))
    }

    fn gap_deadline(&self) -> Duration {
        self.last_octet_at.saturating_add(self.settings.octet_gap)
    }

    /// When the answer is overdue: not while octets are still coming in, up to a limit.
    fn answer_deadline(&self) -> Duration {
        let timeout = self.settings.response_timeout;
        let due = self.sent_at.saturating_add(timeout);
        let patience = self.sent_at.saturating_add(timeout.saturating_mul(TRICKLE_LIMIT));
        if self.last_octet_at > self.sent_at { due.max(self.gap_deadline()).min(patience) } else { due }
    }

    /// Takes octets from the line.
    pub fn receive(&mut self, octets: &[u8], now: Duration) {
        self.last_octet_at = now;
        self.reader.push(octets);
        self.take_frames(now);
    }

    /// Acts on time passed: gives up half frames, asks a busy meter again, repeats, and in the end fails.
    pub fn handle_timeout(&mut self, now: Duration) {
        while self.reader.is_unfinished() && now >= self.gap_deadline() {
            self.reader.give_up();
            self.take_frames(now);
        }
        if !self.waiting {
            return;
        }
        if self.ask_again_at.is_some_and(|at| now >= at) {
            self.ask_again_at = None;
            self.ready(now);
        } else if now >= self.answer_deadline() {
            self.reader.clear();
            if self.attempts > self.settings.retries {
                let fault = self.silence_fault();
                self.fail(fault);
            } else {
                self.attempts = self.attempts.saturating_add(1);
                self.statistics.repetitions = self.statistics.repetitions.saturating_add(1);
                self.push_last(now);
            }
        }
    }

    /// What to call the absence of an answer, from what came since the question.
    fn silence_fault(&self) -> ClientFault {
        let (now, then) = (self.statistics(), self.at_question);
        let octets = now.reader.octets.saturating_sub(then.reader.octets);
        let frames = now.reader.good_frames.saturating_sub(then.reader.good_frames);
        let echoes = now.echoes.saturating_sub(then.echoes);
        let bad = |s: ReaderStatistics| s.bad_frame_checks.saturating_add(s.bad_header_checks);
        let server = self.settings.server;
        if octets == 0 {
            ClientFault::NoReply { server, frame: self.last_name, attempts: self.attempts }
        } else if frames == 0 {
            ClientFault::Garbled { octets, bad: bad(now.reader).saturating_sub(bad(then.reader)) }
        } else if frames == echoes {
            ClientFault::EchoOnly { server, attempts: self.attempts }
        } else {
            ClientFault::NotForUs { frames: frames.saturating_sub(echoes) }
        }
    }

    fn reset_line(&mut self) {
        self.reader.clear();
        self.transmit.clear();
        self.forget_message();
        self.assembled.clear();
        self.send = Sequence::default();
        self.receive = Sequence::default();
        self.at_question = self.statistics();
    }

    fn question(&mut self, control: Control, segmented: bool, information: &[u8], now: Duration) {
        let source = self.settings.client.to_wire();
        let frame = Frame { destination: self.server, source, control, segmented, information };
        self.last_frame = OutgoingFrame { octets: frame.encode(), secrets: Vec::new() };
        self.last_name = control.name();
        self.attempts = 1;
        self.busy_since = None;
        self.ask_again_at = None;
        self.push_last(now);
    }

    fn push_last(&mut self, now: Duration) {
        self.statistics.frames_sent = self.statistics.frames_sent.saturating_add(1);
        self.transmit.push_back(self.last_frame.clone());
        self.sent_at = now;
        self.waiting = true;
    }

    fn send_segment(&mut self, now: Duration) {
        let start = self.sent_octets;
        let end = start.saturating_add(usize::from(self.agreed.information_sent)).min(self.message.len());
        let segment = self.message.get(start..end).unwrap_or(&[]).to_vec();
        let segmented = end < self.message.len();
        self.sent_octets = end;
        self.state = if segmented { State::Sending } else { State::Receiving };
        let control = Control::Information { send: self.send, receive: self.receive, poll: true };
        self.send = self.send.next();
        self.question(control, segmented, &segment, now);
        let secrets = self.secrets_in_segment(start..end);
        if let Some(frame) = self.transmit.back_mut() {
            frame.secrets.clone_from(&secrets);
        }
        self.last_frame.secrets = secrets;
    }

    /// Where the message's secrets stand in the frame just made of this part of it.
    fn secrets_in_segment(&self, part: Range<usize>) -> Vec<Range<usize>> {
        // Behind the information there are two octets of check and the flag.
        let information = self.last_frame.octets.len().saturating_sub(part.len().saturating_add(3));
        let inside =
            |offset: usize| offset.clamp(part.start, part.end).saturating_sub(part.start).saturating_add(information);
        let ranges = self.message_secrets.iter().map(|range| inside(range.start)..inside(range.end));
        ranges.filter(|range| !range.is_empty()).collect()
    }

    fn forget_message(&mut self) {
        self.message.zeroize();
        self.message_secrets.clear();
        self.sent_octets = 0;
    }

    fn ready(&mut self, now: Duration) {
        let busy_since = self.busy_since;
        self.question(Control::ReceiveReady { receive: self.receive, poll: true }, false, &[], now);
        self.busy_since = busy_since;
    }

    fn take_frames(&mut self, now: Duration) {
        let client = self.settings.client.to_wire();
        let open_address = self.settings.server.is_all_stations() && self.state == State::Connecting;
        while let Some(frame) = self.reader.next_frame() {
            if frame.destination == self.server && frame.source == client {
                self.statistics.echoes = self.statistics.echoes.saturating_add(1);
                continue;
            }
            if frame.destination != client || frame.source != self.server && !open_address {
                self.statistics.foreign_frames = self.statistics.foreign_frames.saturating_add(1);
                continue;
            }
            let (source, control, segmented) = (frame.source, frame.control, frame.segmented);
            let information = frame.information.to_vec();
            self.handle(source, control, segmented, information, now);
        }
    }

    fn handle(&mut self, source: WireAddress, control: Control, segmented: bool, information: Vec<u8>, now: Duration) {
        match (self.state, control) {
            (_, Control::UnnumberedInformation { .. }) => {
                let apdu = information.strip_prefix(&LLC_RESPONSE).unwrap_or(&information).to_vec();
                self.events.push_back(ClientEvent::Unsolicited(apdu));
            }
            (State::Connecting, Control::UnnumberedAcknowledge) => {
                let theirs = Parameters::decode(&information).unwrap_or_default();
                self.agreed = self.settings.parameters.agreed_with(&theirs);
                self.server = source;
                self.state = State::Idle;
                self.waiting = false;
                let server = Address::from_wire(source).unwrap_or(self.settings.server);
                self.events.push_back(ClientEvent::Connected { server, parameters: self.agreed });
            }
            (State::Connecting, Control::DisconnectedMode) => self.fail(ClientFault::Refused(self.settings.server)),
            (State::Disconnecting, Control::UnnumberedAcknowledge | Control::DisconnectedMode) => {
                self.state = State::Disconnected;
                self.waiting = false;
                self.events.push_back(ClientEvent::Disconnected);
            }
            (State::Idle | State::Sending | State::Receiving, Control::DisconnectedMode) => {
                self.fail(ClientFault::Dropped);
            }
            (State::Connecting | State::Idle | State::Sending | State::Receiving, Control::FrameReject) => {
                self.fail(ClientFault::FrameRejected(information));
            }
            (State::Sending | State::Receiving, Control::Information { send, receive, poll })
                if send == self.receive && receive == self.send =>
            {
                self.take_information(segmented, poll, &information, now);
            }
            (State::Sending, Control::ReceiveReady { receive, .. }) if receive == self.send => self.send_segment(now),
            (State::Receiving, Control::ReceiveReady { receive, .. }) if receive == self.send => self.wait_busy(now),
            (State::Sending | State::Receiving, Control::ReceiveNotReady { .. }) => self.wait_busy(now),
            _ => self.statistics.out_of_sequence = self.statistics.out_of_sequence.saturating_add(1),
        }
    }

    fn take_information(&mut self, segmented: bool, poll: bool, information: &[u8], now: Duration) {
        self.receive = self.receive.next();
        self.forget_message();
        self.state = State::Receiving;
        if self.assembled.len().saturating_add(information.len()) > MAX_MESSAGE {
            return self.fail(ClientFault::TooLong);
        }
        self.assembled.extend_from_slice(information);
        if !segmented {
            let message = std::mem::take(&mut self.assembled);
            match message.strip_prefix(&LLC_RESPONSE) {
                Some(apdu) => {
                    self.state = State::Idle;
                    self.waiting = false;
                    self.events.push_back(ClientEvent::Message(apdu.to_vec()));
                }
                None => self.fail(ClientFault::LinkHeader),
            }
        } else if poll {
            self.ready(now);
            self.busy_since = None;
        } else {
            self.sent_at = now;
        }
    }

    /// The meter is there and not ready: ask again after a pause, for as long as all repetitions would take.
    fn wait_busy(&mut self, now: Duration) {
        let patience = self.settings.response_timeout.saturating_mul(self.settings.retries.saturating_add(1));
        let since = *self.busy_since.get_or_insert(now);
        if now.saturating_sub(since) >= patience {
            return self.fail(ClientFault::Busy(patience));
        }
        self.sent_at = now;
        self.ask_again_at = Some(now.saturating_add(BUSY_PAUSE));
    }

    fn fail(&mut self, fault: ClientFault) {
        self.state = State::Failed;
        self.waiting = false;
        self.transmit.clear();
        self.events.push_back(ClientEvent::Failed(fault));
    }
}
