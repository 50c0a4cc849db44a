//! The meters' end of a line: any number of stations, each silent to what is not addressed to it.

use std::collections::VecDeque;
use std::time::Duration;

use super::address::{Address, AddressLength, ClientAddress, WireAddress};
use super::control::{Control, Sequence};
use super::frame::Frame;
use super::parameters::Parameters;
use super::reader::{FrameReader, ReaderStatistics};
use super::{LLC_REQUEST, LLC_RESPONSE};

/// Longest message put together from segments, in octets.
const MAX_MESSAGE: usize = 0xFFFF + 3;

/// How the stations of a line behave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerSettings {
    /// What each station offers in UA.
    pub parameters: Parameters,
    /// Time without traffic after which a station drops its connection.
    pub inactivity_timeout: Duration,
    /// Silence after which a frame that has begun is given up.
    pub octet_gap: Duration,
}

impl Default for ServerSettings {
    fn default() -> Self {
        ServerSettings {
            parameters: Parameters::default(),
            inactivity_timeout: Duration::from_secs(120),
            octet_gap: Duration::from_millis(250),
        }
    }
}

/// A station of a line, as [`ServerLine::add`] numbered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StationId(usize);

/// What a station has to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerEvent {
    /// A client has connected; an earlier connection of the station is gone.
    Connected {
        /// The station.
        station: StationId,
        /// The client.
        client: ClientAddress,
    },
    /// A whole APDU came, without its link header; answer it with [`ServerLine::respond`].
    Request {
        /// The station.
        station: StationId,
        /// The client.
        client: ClientAddress,
        /// The APDU.
        apdu: Vec<u8>,
    },
    /// The connection is closed: by DISC, by inactivity, or by a frame against the rules.
    Disconnected {
        /// The station.
        station: StationId,
    },
}

#[derive(Debug, Clone)]
struct Connection {
    client: WireAddress,
    own: WireAddress,
    agreed: Parameters,
    send: Sequence,
    receive: Sequence,
    assembled: Vec<u8>,
    outgoing: VecDeque<u8>,
    /// Whether an APDU was handed up and its answer is due.
    answering: bool,
    /// The frames of the last answer: one, or a window of segments. Numbered are those of segments.
    last_reply: Vec<(Option<Sequence>, Vec<u8>)>,
    last_activity: Duration,
}

#[derive(Debug, Clone)]
struct Station {
    logical: u16,
    physical: u16,
    connection: Option<Connection>,
}

/// A line with its stations. Give it octets and the time, send what [`ServerLine::poll_transmit`] gives, take events.
#[derive(Debug, Clone)]
pub struct ServerLine {
    settings: ServerSettings,
    stations: Vec<Station>,
    reader: FrameReader,
    last_octet_at: Duration,
    transmit: VecDeque<Vec<u8>>,
    events: VecDeque<ServerEvent>,
}

impl ServerLine {
    /// A line without stations.
    pub fn new(settings: ServerSettings) -> Self {
        ServerLine {
            settings,
            stations: Vec::new(),
            reader: FrameReader::new(),
            last_octet_at: Duration::ZERO,
            transmit: VecDeque::new(),
            events: VecDeque::new(),
        }
    }

    /// Puts a station on the line. It answers to its logical and physical number in 2 or 4 octets, and to the logical
    /// number in one octet as long as no other station shares it. The length of `address` does not matter.
    pub fn add(&mut self, address: Address) -> StationId {
        let id = StationId(self.stations.len());
        self.stations.push(Station { logical: address.logical(), physical: address.physical(), connection: None });
        id
    }

    /// The next frame to send, if any.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.transmit.pop_front()
    }

    /// The next event, if any.
    pub fn poll_event(&mut self) -> Option<ServerEvent> {
        self.events.pop_front()
    }

    /// What came over the line so far.
    pub fn statistics(&self) -> ReaderStatistics {
        self.reader.statistics()
    }

    /// Whether a frame has begun and its end is still to come.
    pub fn is_receiving(&self) -> bool {
        self.reader.is_unfinished()
    }

    /// Whether a station has a connection.
    pub fn is_connected(&self, station: StationId) -> bool {
        self.stations.get(station.0).is_some_and(|station| station.connection.is_some())
    }

    /// When [`ServerLine::handle_timeout`] is to be called if nothing comes before.
    pub fn deadline(&self) -> Option<Duration> {
        let inactive = self
            .stations
            .iter()
            .filter_map(|station| station.connection.as_ref())
            .map(|connection| connection.last_activity.saturating_add(self.settings.inactivity_timeout));
        let gap = self.reader.is_unfinished().then(|| self.last_octet_at.saturating_add(self.settings.octet_gap));
        inactive.chain(gap).min()
    }

    /// Acts on time passed: gives up half frames and drops connections nobody uses.
    pub fn handle_timeout(&mut self, now: Duration) {
        while self.reader.is_unfinished() && now >= self.last_octet_at.saturating_add(self.settings.octet_gap) {
            self.reader.give_up();
            self.take_frames(now);
        }
        let limit = self.settings.inactivity_timeout;
        for (index, station) in self.stations.iter_mut().enumerate() {
            let idle = |connection: &mut Connection| now.saturating_sub(connection.last_activity) >= limit;
            if station.connection.take_if(idle).is_some() {
                self.events.push_back(ServerEvent::Disconnected { station: StationId(index) });
            }
        }
    }

    /// Drops all connections and half frames, as when the line itself was closed.
    pub fn reset(&mut self) {
        self.reader.clear();
        self.transmit.clear();
        for (index, station) in self.stations.iter_mut().enumerate() {
            if station.connection.take().is_some() {
                self.events.push_back(ServerEvent::Disconnected { station: StationId(index) });
            }
        }
    }

    /// Takes octets from the line.
    pub fn receive(&mut self, octets: &[u8], now: Duration) {
        if self.deadline().is_some_and(|at| now >= at) {
            self.handle_timeout(now);
        }
        self.last_octet_at = now;
        self.reader.push(octets);
        self.take_frames(now);
    }

    /// Answers the request a station handed up. Without a connection or a request the answer is dropped.
    pub fn respond(&mut self, station: StationId, apdu: &[u8]) {
        let connection = self.stations.get_mut(station.0).and_then(|station| station.connection.as_mut());
        let Some(connection) = connection.filter(|connection| connection.answering) else { return };
        connection.answering = false;
        connection.outgoing.clear();
        connection.outgoing.extend(LLC_RESPONSE);
        connection.outgoing.extend(apdu);
        let frames = connection.next_window();
        self.transmit.extend(frames);
    }

    fn take_frames(&mut self, now: Duration) {
        while let Some(frame) = self.reader.next_frame() {
            let address = Address::from_wire(frame.destination);
            let Some(index) = address.and_then(|address| find(&self.stations, address)) else { continue };
            let Some(station) = self.stations.get_mut(index) else { continue };
            let answer = handle(station, StationId(index), &frame, &self.settings, now, &mut self.events);
            self.transmit.extend(answer);
        }
    }
}

fn find(stations: &[Station], address: Address) -> Option<usize> {
    if address.length() == AddressLength::One {
        let mut same = stations.iter().enumerate().filter(|(_, station)| station.logical == address.logical());
        let (index, _) = same.next()?;
        return same.next().is_none().then_some(index);
    }
    stations.iter().position(|station| (station.logical, station.physical) == (address.logical(), address.physical()))
}

/// Acts on one frame for a station and gives the frames to answer with.
fn handle(
    station: &mut Station,
    id: StationId,
    frame: &Frame<'_>,
    settings: &ServerSettings,
    now: Duration,
    events: &mut VecDeque<ServerEvent>,
) -> Vec<Vec<u8>> {
    let Some(client) = ClientAddress::from_wire(frame.source) else { return Vec::new() };
    let plain = |control| {
        let (destination, source) = (frame.source, frame.destination);
        vec![Frame { destination, source, control, segmented: false, information: &[] }.encode()]
    };
    if frame.control == Control::SetNormalResponseMode {
        let Ok(theirs) = Parameters::decode(frame.information) else {
            return plain(Control::DisconnectedMode);
        };
        let agreed = settings.parameters.agreed_with(&theirs);
        station.connection = Some(Connection::new(frame, agreed, now));
        events.push_back(ServerEvent::Connected { station: id, client });
        let (destination, source, control) = (frame.source, frame.destination, Control::UnnumberedAcknowledge);
        return vec![Frame { destination, source, control, segmented: false, information: &agreed.encode() }.encode()];
    }
    let ours = station.connection.as_mut().filter(|connection| connection.client == frame.source);
    let Some(connection) = ours else {
        return match frame.control {
            Control::UnnumberedInformation { .. } => Vec::new(),
            _ => plain(Control::DisconnectedMode),
        };
    };
    connection.last_activity = now;
    connection.own = frame.destination;
    match frame.control {
        Control::Disconnect => {
            station.connection = None;
            events.push_back(ServerEvent::Disconnected { station: id });
            plain(Control::UnnumberedAcknowledge)
        }
        Control::Information { send, receive, poll } => {
            if send == connection.receive.previous() && poll {
                // The client has not had our answer: the same one again, never the work again.
                return connection.reply_from(receive);
            }
            if send != connection.receive || receive != connection.send {
                // A frame of the client's window is missing: what is expected is said once the window has ended.
                let is_gap = poll && connection.agreed.window_received > 1 && receive == connection.send;
                return if is_gap { vec![connection.ready()] } else { Vec::new() };
            }
            let too_long = connection.assembled.len().saturating_add(frame.information.len()) > MAX_MESSAGE;
            if too_long || frame.information.len() > usize::from(connection.agreed.information_received) {
                let reject = connection.frame_reject(frame.control);
                station.connection = None;
                events.push_back(ServerEvent::Disconnected { station: id });
                return vec![reject];
            }
            connection.receive = connection.receive.next();
            connection.assembled.extend_from_slice(frame.information);
            connection.outgoing.clear();
            if frame.segmented {
                return if poll { vec![connection.ready()] } else { Vec::new() };
            }
            let message = std::mem::take(&mut connection.assembled);
            connection.answering = true;
            connection.last_reply.clear();
            if let Some(apdu) = message.strip_prefix(&LLC_REQUEST) {
                events.push_back(ServerEvent::Request { station: id, client, apdu: apdu.to_vec() });
            }
            Vec::new()
        }
        Control::ReceiveReady { receive, .. } | Control::Reject { receive, .. } => {
            if receive != connection.send {
                connection.reply_from(receive)
            } else if connection.outgoing.is_empty() {
                vec![connection.ready()]
            } else {
                connection.next_window()
            }
        }
        _ => Vec::new(),
    }
}

impl Connection {
    fn new(frame: &Frame<'_>, agreed: Parameters, now: Duration) -> Self {
        Connection {
            client: frame.source,
            own: frame.destination,
            agreed,
            send: Sequence::default(),
            receive: Sequence::default(),
            assembled: Vec::new(),
            outgoing: VecDeque::new(),
            answering: false,
            last_reply: Vec::new(),
            last_activity: now,
        }
    }

    fn frame(&self, control: Control, segmented: bool, information: &[u8]) -> Vec<u8> {
        Frame { destination: self.client, source: self.own, control, segmented, information }.encode()
    }

    /// As many segments of the answer as the client takes without a word; the last of them hands over the turn.
    fn next_window(&mut self) -> Vec<Vec<u8>> {
        self.last_reply.clear();
        let window = self.agreed.window_sent.clamp(1, 7);
        for place in 1..=window {
            let room = usize::from(self.agreed.information_sent).min(self.outgoing.len());
            let segment: Vec<u8> = self.outgoing.drain(..room).collect();
            let is_last = place == window || self.outgoing.is_empty();
            let control = Control::Information { send: self.send, receive: self.receive, poll: is_last };
            let frame = self.frame(control, !self.outgoing.is_empty(), &segment);
            self.last_reply.push((Some(self.send), frame));
            self.send = self.send.next();
            if is_last {
                break;
            }
        }
        self.reply_from(self.send)
    }

    /// The last answer again, from the segment the client expects on; all of it where that is none of them.
    fn reply_from(&self, expected: Sequence) -> Vec<Vec<u8>> {
        let begin = self.last_reply.iter().position(|(number, _)| *number == Some(expected)).unwrap_or(0);
        self.last_reply.iter().skip(begin).map(|(_, frame)| frame.clone()).collect()
    }

    fn ready(&mut self) -> Vec<u8> {
        let frame = self.frame(Control::ReceiveReady { receive: self.receive, poll: true }, false, &[]);
        self.last_reply = vec![(None, frame.clone())];
        frame
    }

    /// FRMR with the reason "information field too long" (Y).
    fn frame_reject(&self, rejected: Control) -> Vec<u8> {
        let sequences = self.receive.value() << 5 | 0x10 | self.send.value() << 1;
        self.frame(Control::FrameReject, false, &[rejected.octet(), sequences, 0x04])
    }
}
