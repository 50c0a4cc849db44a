//! The client's end of a connection: one question at a time, in windows of up to seven frames, the identical frame again
//! after silence.

mod dialogue;
mod fault;
mod timing;

use std::collections::VecDeque;
use std::ops::Range;
use std::time::Duration;

use super::LLC_REQUEST;
use super::address::{Address, ClientAddress, WireAddress};
use super::control::{Control, Sequence};
use super::parameters::Parameters;
use super::reader::{FrameReader, ReaderStatistics};

pub use fault::ClientFault;

/// Longest message put together from segments, in octets: the largest APDU and its link header.
const MAX_MESSAGE: usize = 0xFFFF + 3;
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
    /// Silence after which a frame that has begun is given up.
    pub octet_gap: Duration,
    /// How long one octet takes on the line: a frame that has begun may end after the time-out by as much as its
    /// length takes.
    pub octet_time: Duration,
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
            octet_time: SLOWEST_OCTET,
        }
    }
}

/// One octet at 300 bit/s, the slowest line there is.
pub const SLOWEST_OCTET: Duration = Duration::from_millis(34);

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
    /// The message that is not answered has arrived.
    Delivered,
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

/// A frame that began and did not end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Incomplete {
    octets: usize,
    of: usize,
    pause: Duration,
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
    /// Whether the message under way is over when it has arrived.
    delivers: bool,
    /// Whether the last information frame gave the turn back to us.
    last_was_final: bool,
    message: Vec<u8>,
    message_secrets: Vec<Range<usize>>,
    sent_octets: usize,
    /// Segments that were not acknowledged yet: number, and where each begins in the message.
    in_flight: VecDeque<(Sequence, usize)>,
    assembled: Vec<u8>,
    last_frame: OutgoingFrame,
    last_name: &'static str,
    /// What was expected of the meter when the last frame was made.
    last_expected: Sequence,
    attempts: u32,
    sent_at: Duration,
    waiting: bool,
    last_octet_at: Duration,
    /// Frames that brought the exchange forward.
    steps: u64,
    /// The last frame given up: octets that came, octets it has, and the silence after them.
    incomplete: Option<Incomplete>,
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
            delivers: false,
            last_was_final: true,
            message: Vec::new(),
            message_secrets: Vec::new(),
            sent_octets: 0,
            in_flight: VecDeque::new(),
            assembled: Vec::new(),
            last_frame: OutgoingFrame::default(),
            last_name: "SNRM",
            last_expected: Sequence::default(),
            attempts: 0,
            sent_at: Duration::ZERO,
            waiting: false,
            last_octet_at: Duration::ZERO,
            steps: 0,
            incomplete: None,
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
        let information = self.settings.parameters.encode();
        self.connect_with(&information, now);
    }

    /// As [`ClientConnection::connect`], with an SNRM that offers nothing, for meters that do not take one that does.
    pub fn connect_plainly(&mut self, now: Duration) {
        self.settings.parameters = Parameters::default();
        self.connect_with(&[], now);
    }

    fn connect_with(&mut self, information: &[u8], now: Duration) {
        self.server = self.settings.server.to_wire();
        self.reset_line();
        self.state = State::Connecting;
        self.agreed = Parameters::default();
        self.question(Control::SetNormalResponseMode, false, information, now);
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
        self.delivers = false;
        self.send_window(now);
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

    /// How many frames have brought exchanges forward. While this grows, the meter is at work.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Gives the exchange up, as after the last repetition.
    pub fn give_up(&mut self, now: Duration) {
        self.abandon_frames(now);
        if self.waiting {
            let fault = self.silence_fault();
            self.fail(fault);
        }
    }

    /// The message being sent has no answer: its acknowledgement ends the exchange.
    pub fn expect_acknowledgement(&mut self) {
        self.delivers = true;
        if self.state == State::Receiving {
            self.state = State::Sending;
        }
    }

    /// Waits for another message although one has come: that was no answer.
    pub fn expect_more(&mut self, now: Duration) {
        if self.state == State::Idle {
            self.state = State::Receiving;
            if self.last_was_final {
                self.ready(now);
            } else {
                self.sent_at = now;
                self.waiting = true;
            }
            self.take_frames(now);
        }
    }

    /// Sets how long one octet takes on the line.
    pub fn set_octet_time(&mut self, octet_time: Duration) {
        self.settings.octet_time = octet_time;
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

    /// Takes octets from the line.
    pub fn receive(&mut self, octets: &[u8], now: Duration) {
        self.last_octet_at = now;
        self.reader.push(octets);
        self.take_frames(now);
    }
}
