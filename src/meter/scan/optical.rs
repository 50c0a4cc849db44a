//! The sign-on of IEC 62056-21, and SNRM of HDLC, ended by DISC.

use std::time::Duration;

use super::{Attempt, FoundMeter, NO_ANSWER, Plan};
use crate::hex;
use crate::link::{LineSettings, Link, LinkError, pass_on};
use crate::meter::iec62056_21::Session;
use crate::meter::profile::Library;
use crate::meter::request_limit::RequestLimit;
use crate::protocol::hdlc::{Address, ClientAddress, ClientConnection, ClientEvent, ClientSettings};
use crate::protocol::iec62056_21::ClientOptions;

/// Longest wait for one answer.
const WAIT: Duration = Duration::from_millis(1_500);

/// Octets of an answer that are kept.
const KEPT: usize = 4_096;

/// Octets of an answer that are shown.
const SHOWN: usize = 48;

impl Plan {
    pub(super) fn sign_on(
        &self,
        link: &mut dyn Link,
        library: &Library,
        retries: u32,
    ) -> Result<(Attempt, Option<FoundMeter>), LinkError> {
        if link.settings().is_some() {
            link.configure(LineSettings::seven_even_one(300))?;
        }
        let frame = link.settings().unwrap_or(LineSettings::seven_even_one(300)).frame();
        let what = format!("IEC 62056-21 sign-on, 300 {}", frame.to_string().to_uppercase());
        let options = ClientOptions { timeout: self.wait.unwrap_or(WAIT), retries, ..ClientOptions::default() };
        let mut ear = RecordingLink::new(&mut *link);
        let result = Session::new(Box::new(&mut ear), options).identify();
        let heard = ear.shown();
        let attempt = |came: String| Attempt { what: what.clone(), came, hex: heard.clone() };
        match result {
            Ok(identification) => {
                let escapes: String =
                    identification.escapes.iter().map(|escape| format!("\\{}", char::from(*escape))).collect();
                let speed = char::from(identification.speed_character);
                let text = format!("{}{speed}{escapes}{}", identification.manufacturer, identification.ident);
                let mode_e = identification.offers_hdlc();
                let profile = library.for_identification(&text).map(|profile| profile.name);
                let mode_e_words = if mode_e { ", offers HDLC (mode E)" } else { "" };
                let attempt = attempt(format!("identification /{text}{mode_e_words}"));
                let found = FoundMeter {
                    protocol: if mode_e { "dlms" } else { "iec62056-21" },
                    baud: link.settings().map(|_| 300),
                    sign_on: true,
                    address: None,
                    identification: Some(text),
                    profile,
                    ..FoundMeter::default()
                };
                // The meter waits for an option select and gives up by itself.
                link.pause(Duration::from_millis(1600))?;
                Ok((attempt, Some(found)))
            }
            Err(crate::meter::SessionError::Link { error, .. }) => Err(error),
            Err(_) if heard.is_empty() => Ok((attempt(NO_ANSWER.to_owned()), None)),
            Err(error) => Ok((attempt(error.to_string()), None)),
        }
    }

    pub(super) fn hdlc(
        &self,
        link: &mut dyn Link,
        baud: Option<u32>,
        address: Address,
    ) -> Result<(Attempt, Option<FoundMeter>), LinkError> {
        if let Some(baud) = baud {
            link.configure(LineSettings::eight_none_one(baud))?;
        }
        let speed = baud.map(|baud| format!(", {baud} 8N1")).unwrap_or_default();
        let what = format!("HDLC {address}{speed}");
        let mut settings = ClientSettings::new(address, ClientAddress::PUBLIC);
        let wait = self.wait.unwrap_or(WAIT);
        settings.response_timeout = wait;
        settings.retries = 0;
        let mut connection = ClientConnection::new(settings);
        let mut ear = RecordingLink::new(link);
        connection.connect(ear.now());
        let event = run(&mut connection, &mut ear, wait)?;
        let hex = ear.shown();
        let attempt = |came: &str| Attempt { what: what.clone(), came: came.to_owned(), hex: hex.clone() };
        match event {
            ClientEvent::Connected { server, parameters } => {
                let words = format!("UA, information field {}", parameters.information_received);
                connection.disconnect(ear.now());
                run(&mut connection, &mut ear, wait)?;
                let found = FoundMeter {
                    protocol: "dlms",
                    baud,
                    sign_on: false,
                    address: Some(server.to_string()),
                    ..FoundMeter::default()
                };
                Ok((attempt(&words), Some(found)))
            }
            ClientEvent::Failed(_) if hex.is_empty() => Ok((attempt(NO_ANSWER), None)),
            ClientEvent::Failed(fault) => Ok((attempt(&fault.to_string()), None)),
            other => Ok((attempt(&format!("{other:?}")), None)),
        }
    }
}

/// Runs a connection until it has something to tell, at most as long as one request may take.
fn run(connection: &mut ClientConnection, link: &mut dyn Link, wait: Duration) -> Result<ClientEvent, LinkError> {
    let mut buffer = [0u8; 512];
    let limit = RequestLimit::start(link.now(), wait, 0);
    loop {
        match connection.poll_event() {
            Some(ClientEvent::Unsolicited(_)) | None => {}
            Some(event) => return Ok(event),
        }
        while let Some(frame) = connection.poll_transmit() {
            link.send(&frame.octets)?;
            connection.transmitted(link.now());
        }
        let until = limit.cap(connection.deadline().unwrap_or_else(|| link.now()));
        match link.receive(&mut buffer, until) {
            Ok(count) => connection.receive(buffer.get(..count).unwrap_or_default(), link.now()),
            Err(LinkError::Timeout(_)) => {}
            Err(error) => return Err(error),
        }
        let now = link.now();
        if limit.is_over(now) {
            connection.give_up(now);
            return Ok(connection.poll_event().unwrap_or(ClientEvent::Disconnected));
        }
        if connection.deadline().is_some_and(|due| now >= due) {
            connection.handle_timeout(now);
        }
    }
}

/// Listens along, so that what came back can be shown even when it was no answer.
#[derive(Debug)]
pub(super) struct RecordingLink<'l> {
    inner: &'l mut dyn Link,
    heard: Vec<u8>,
}

impl<'l> RecordingLink<'l> {
    pub(super) fn new(inner: &'l mut dyn Link) -> Self {
        RecordingLink { inner, heard: Vec::new() }
    }

    /// The first octets heard, in hex.
    pub(super) fn shown(&self) -> String {
        let more = if self.heard.len() > SHOWN { " …" } else { "" };
        format!("{}{more}", hex::encode(self.heard.get(..SHOWN.min(self.heard.len())).unwrap_or_default()))
    }
}

impl Link for RecordingLink<'_> {
    pass_on!(self => self.inner; now pause send send_secret configure settings stop_requested echo note name);

    fn receive(&mut self, buffer: &mut [u8], until: Duration) -> Result<usize, LinkError> {
        let count = self.inner.receive(buffer, until)?;
        let room = KEPT.saturating_sub(self.heard.len()).min(count);
        self.heard.extend_from_slice(buffer.get(..room).unwrap_or_default());
        Ok(count)
    }
}
