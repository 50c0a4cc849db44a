//! Frames out and in: questions, segments, and what each frame of the meter means in each state.

use std::ops::Range;
use std::time::Duration;

use zeroize::Zeroize;

use super::{ClientConnection, ClientEvent, ClientFault, MAX_MESSAGE, OutgoingFrame, State};
use crate::protocol::hdlc::LLC_RESPONSE;
use crate::protocol::hdlc::address::{Address, WireAddress};
use crate::protocol::hdlc::control::{Control, Sequence};
use crate::protocol::hdlc::frame::Frame;
use crate::protocol::hdlc::parameters::Parameters;

/// Pause before a meter that said "not ready" is asked again.
const BUSY_PAUSE: Duration = Duration::from_millis(200);

impl ClientConnection {
    pub(super) fn reset_line(&mut self) {
        self.reader.clear();
        self.incomplete = None;
        self.transmit.clear();
        self.forget_message();
        self.assembled.clear();
        self.send = Sequence::default();
        self.receive = Sequence::default();
        self.at_question = self.statistics();
    }

    pub(super) fn question(&mut self, control: Control, segmented: bool, information: &[u8], now: Duration) {
        let source = self.settings.client.to_wire();
        let frame = Frame { destination: self.server, source, control, segmented, information };
        self.last_frame = OutgoingFrame { octets: frame.encode(), secrets: Vec::new() };
        self.last_name = control.name();
        self.last_expected = self.receive;
        self.attempts = 1;
        self.busy_since = None;
        self.ask_again_at = None;
        self.push_last(now);
    }

    pub(super) fn push_last(&mut self, now: Duration) {
        self.statistics.frames_sent = self.statistics.frames_sent.saturating_add(1);
        self.transmit.push_back(self.last_frame.clone());
        self.sent_at = now;
        self.waiting = true;
    }

    /// Sends as many segments as the meter takes without answering; the last of them asks for an answer.
    pub(super) fn send_window(&mut self, now: Duration) {
        let window = self.agreed.window_sent.clamp(1, 7);
        self.in_flight.clear();
        for place in 1..=window {
            let is_last = place == window || self.remaining_octets() <= usize::from(self.agreed.information_sent);
            self.send_segment(is_last, now);
            if is_last {
                break;
            }
        }
    }

    fn remaining_octets(&self) -> usize {
        self.message.len().saturating_sub(self.sent_octets)
    }

    /// The meter expects this segment next: from there on those sent go out again. `false` where it is none of them.
    fn send_from(&mut self, expected: Sequence, now: Duration) -> bool {
        if expected == self.send {
            self.in_flight.clear();
            return false;
        }
        let Some(&(number, begin)) = self.in_flight.iter().find(|(number, _)| *number == expected) else {
            return false;
        };
        if self.attempts > self.settings.retries {
            return false;
        }
        let attempts = self.attempts.saturating_add(1);
        (self.send, self.sent_octets) = (number, begin);
        self.statistics.repetitions = self.statistics.repetitions.saturating_add(1);
        self.send_window(now);
        self.attempts = attempts;
        true
    }

    fn send_segment(&mut self, poll: bool, now: Duration) {
        let start = self.sent_octets;
        let end = start.saturating_add(usize::from(self.agreed.information_sent)).min(self.message.len());
        let segment = self.message.get(start..end).unwrap_or(&[]).to_vec();
        let segmented = end < self.message.len();
        self.sent_octets = end;
        self.state = if segmented || self.delivers { State::Sending } else { State::Receiving };
        let control = Control::Information { send: self.send, receive: self.receive, poll };
        self.in_flight.push_back((self.send, start));
        self.send = self.send.next();
        self.question(control, segmented, &segment, now);
        let secrets = self.secrets_in_segment(start..end);
        if let Some(frame) = self.transmit.back_mut() {
            frame.secrets.clone_from(&secrets);
        }
        self.last_frame.secrets = secrets;
    }

    /// Where the message's secrets stand in the frame just made of this part of it.
    pub(super) fn secrets_in_segment(&self, part: Range<usize>) -> Vec<Range<usize>> {
        // Behind the information there are two octets of check and the flag.
        let information = self.last_frame.octets.len().saturating_sub(part.len().saturating_add(3));
        let inside =
            |offset: usize| offset.clamp(part.start, part.end).saturating_sub(part.start).saturating_add(information);
        let ranges = self.message_secrets.iter().map(|range| inside(range.start)..inside(range.end));
        let mut secrets: Vec<Range<usize>> = ranges.filter(|range| !range.is_empty()).collect();
        if !secrets.is_empty() {
            // The frame check tells two octets' worth of the secret.
            let check = self.last_frame.octets.len().saturating_sub(3);
            secrets.push(check..check.saturating_add(2));
        }
        secrets
    }

    pub(super) fn forget_message(&mut self) {
        self.message.zeroize();
        self.message_secrets.clear();
        self.sent_octets = 0;
        self.in_flight.clear();
    }

    pub(super) fn ready(&mut self, now: Duration) {
        let busy_since = self.busy_since;
        self.question(Control::ReceiveReady { receive: self.receive, poll: true }, false, &[], now);
        self.busy_since = busy_since;
    }

    /// Takes frames until there is none, or one of them has ended an exchange: what stands behind that one waits for
    /// the next.
    pub(super) fn take_frames(&mut self, now: Duration) {
        let client = self.settings.client.to_wire();
        let open_address = self.settings.server.is_all_stations() && self.state == State::Connecting;
        while !self.holds_message()
            && let Some(frame) = self.reader.next_frame()
        {
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

    /// Whether a message has come in the midst of the meter's turn.
    pub(super) fn holds_message(&self) -> bool {
        self.state == State::Idle && !self.last_was_final && !self.events.is_empty()
    }

    pub(super) fn handle(
        &mut self,
        source: WireAddress,
        control: Control,
        segmented: bool,
        information: Vec<u8>,
        now: Duration,
    ) {
        let missing = match control {
            Control::Reject { receive, .. } => Some(receive),
            Control::ReceiveReady { receive, .. } if self.agreed.window_sent > 1 => Some(receive),
            _ => None,
        };
        if let Some(receive) = missing
            && matches!(self.state, State::Sending | State::Receiving)
            && self.send_from(receive, now)
        {
            return;
        }
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
            (State::Sending, Control::ReceiveReady { receive, .. }) if receive == self.send => {
                self.steps = self.steps.saturating_add(1);
                if self.delivers && self.remaining_octets() == 0 {
                    self.deliver();
                } else {
                    self.send_window(now);
                }
            }
            (State::Receiving, Control::ReceiveReady { receive, .. }) if receive == self.send => self.wait_busy(now),
            (State::Sending | State::Receiving, Control::ReceiveNotReady { .. }) => self.wait_busy(now),
            _ => {
                self.statistics.out_of_sequence = self.statistics.out_of_sequence.saturating_add(1);
                self.ask_for_missing(control, now);
            }
        }
    }

    /// A message without an answer has arrived whole.
    fn deliver(&mut self) {
        self.forget_message();
        self.state = State::Idle;
        self.last_was_final = true;
        self.waiting = false;
        self.events.push_back(ClientEvent::Delivered);
    }

    /// A window of the meter's has ended and a frame of it is missing: it is asked for from there on.
    fn ask_for_missing(&mut self, control: Control, now: Duration) {
        // A number behind what is expected is that of a frame that came before, and came again.
        let is_ahead = |send: Sequence| {
            let distance = send.value().wrapping_sub(self.receive.value()) & 7;
            (1..self.agreed.window_received.clamp(1, 7)).contains(&distance)
        };
        let ends_window = matches!(control, Control::Information { send, poll: true, .. } if is_ahead(send));
        if ends_window
            && self.state == State::Receiving
            && self.agreed.window_received > 1
            && self.attempts <= self.settings.retries
        {
            self.repeat(now);
        }
    }

    /// The last frame again; where part of an answer has come since, what is missing of it.
    pub(super) fn repeat(&mut self, now: Duration) {
        let attempts = self.attempts.saturating_add(1);
        self.statistics.repetitions = self.statistics.repetitions.saturating_add(1);
        if self.state == State::Receiving && self.receive != self.last_expected {
            self.ready(now);
        } else {
            self.push_last(now);
        }
        self.attempts = attempts;
    }

    pub(super) fn take_information(&mut self, segmented: bool, poll: bool, information: &[u8], now: Duration) {
        self.receive = self.receive.next();
        if segmented && information.is_empty() {
            return self.fail(ClientFault::EmptySegment);
        }
        if segmented {
            self.steps = self.steps.saturating_add(1);
        }
        self.last_was_final = poll;
        self.forget_message();
        self.state = State::Receiving;
        if self.assembled.len().saturating_add(information.len()) > MAX_MESSAGE {
            return self.fail(ClientFault::TooLong);
        }
        self.assembled.extend_from_slice(information);
        if !segmented {
            let message = std::mem::take(&mut self.assembled);
            match message.strip_prefix(&LLC_RESPONSE) {
                Some(mut apdu) => {
                    // Some meters put the header twice; no APDU begins with its octets.
                    while let Some(behind) = apdu.strip_prefix(&LLC_RESPONSE) {
                        apdu = behind;
                    }
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
    pub(super) fn wait_busy(&mut self, now: Duration) {
        let patience = self.settings.response_timeout.saturating_mul(self.settings.retries.saturating_add(1));
        let since = *self.busy_since.get_or_insert(now);
        if now.saturating_sub(since) >= patience {
            return self.fail(ClientFault::Busy(patience));
        }
        self.sent_at = now;
        self.ask_again_at = Some(now.saturating_add(BUSY_PAUSE));
    }

    pub(super) fn fail(&mut self, fault: ClientFault) {
        self.state = State::Failed;
        self.waiting = false;
        self.transmit.clear();
        self.events.push_back(ClientEvent::Failed(fault));
    }
}
