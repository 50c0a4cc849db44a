//! The association request of the public client in the TCP wrapper, ended by its release.

use std::time::Duration;

use super::optical::RecordingLink;
use super::{Attempt, FoundMeter, Listener, NO_ANSWER, Plan};
use crate::link::{Link, LinkError};
use crate::protocol::dlms::{AssociationSettings, DlmsClient, DlmsError, Step, WrapperFrame, WrapperReader};
use crate::protocol::hdlc::ClientAddress;

/// Longest wait for one answer: as long as a request is given elsewhere, for whoever took the connection is there.
const WAIT: Duration = Duration::from_secs(5);

impl Plan {
    /// Asks each logical device; tells whether one answered.
    pub(super) fn wrapped(&self, link: &mut dyn Link, listener: &mut dyn Listener) -> Result<bool, LinkError> {
        let mut any = false;
        for logical in &self.logical {
            if link.stop_requested() {
                return Err(LinkError::Interrupted);
            }
            let mut ear = RecordingLink::new(&mut *link);
            let answer = associate(&mut ear, *logical, self.wait.unwrap_or(WAIT))?;
            let what = format!("TCP wrapper, logical device {logical}");
            let (Ok(came) | Err(came)) = &answer;
            listener.tried(Attempt { what, came: came.clone(), hex: ear.shown() });
            if answer.is_ok() {
                let address = (*logical != 1).then(|| format!("{logical}/17"));
                listener.found(FoundMeter { protocol: "dlms", address, ..FoundMeter::default() });
                any = true;
                if !self.all {
                    break;
                }
            }
        }
        Ok(any)
    }
}

/// The meter's answer to the request in words, a refusal included, or what came instead of one.
fn associate(link: &mut RecordingLink<'_>, logical: u16, wait: Duration) -> Result<Result<String, String>, LinkError> {
    let mut client = DlmsClient::new(AssociationSettings::public());
    let send = |link: &mut RecordingLink<'_>, apdu: Vec<u8>| {
        let source = u16::from(ClientAddress::PUBLIC.number());
        link.send(&WrapperFrame { source, destination: logical, apdu }.encode().unwrap_or_default())
    };
    let Ok(Step::Send(request)) = client.associate() else { return Ok(Err("no request could be made".to_owned())) };
    send(link, request.octets)?;
    let mut reader = WrapperReader::new();
    let mut buffer = [0u8; 512];
    let until = link.now().saturating_add(wait);
    let apdu = loop {
        match reader.next_frame() {
            Ok(Some(frame)) => break frame.apdu,
            Ok(None) => {}
            Err(problem) => return Ok(Err(format!("what came is no TCP wrapper: {problem}"))),
        }
        if link.now() >= until {
            return Ok(Err("octets came, and no answer to the association request".to_owned()));
        }
        match link.receive(&mut buffer, until) {
            Ok(count) => reader.push(buffer.get(..count).unwrap_or_default()),
            Err(LinkError::Timeout(_)) => return Ok(Err(NO_ANSWER.to_owned())),
            Err(error) => return Err(error),
        }
    };
    match client.receive(&apdu) {
        Ok(_) => {
            if let Ok(Step::Send(release)) = client.release() {
                send(link, release.octets)?;
                // Waited for, so that the next request does not meet it.
                let until = link.now().saturating_add(wait);
                let _ = link.receive(&mut buffer, until);
            }
            Ok(Ok("the meter accepts the public client".to_owned()))
        }
        Err(error @ DlmsError::AssociationRefused { .. }) => Ok(Ok(error.to_string())),
        Err(error) => Ok(Err(error.to_string())),
    }
}
