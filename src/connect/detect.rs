//! Finding out which protocol a meter speaks, when neither option nor profile says it.

use std::time::Duration;

use super::{ConnectError, Connector, iec62056_21, is_unit};
use crate::error::Code;
use crate::meter::iec62056_21::Session;
use crate::meter::profile::{Opening, Protocol};
use crate::meter::{Meter, MeterError};

/// Longest wait for a first sign of life in HDLC.
const FIRST_WAIT: Duration = Duration::from_secs(2);

impl Connector {
    /// DLMS when the meter answers HDLC, what it says of itself at the IEC 62056-21 sign-on, then DL/T 645, then
    /// Modbus. An address of digits alone tells which of the last two comes first and that it is not HDLC. What was
    /// opened to find out stays open and is used.
    pub(super) fn detect(&self) -> Result<Box<dyn Meter>, ConnectError> {
        let digits = self.options.address.as_deref().filter(|text| text.bytes().all(|octet| octet.is_ascii_digit()));
        match digits.map(|text| (text.len() <= 3, is_unit(text))) {
            Some((true, true)) => self.detect_bus(&[Protocol::Modbus, Protocol::Dlt645]),
            Some(_) => self.detect_bus(&[Protocol::Dlt645]),
            None => self.detect_optical(),
        }
    }

    /// The first of the protocols of RS485 lines that brings an answer.
    fn detect_bus(&self, protocols: &[Protocol]) -> Result<Box<dyn Meter>, ConnectError> {
        for protocol in protocols {
            let found: Result<Box<dyn Meter>, ConnectError> = match protocol {
                Protocol::Modbus => self.modbus(None).map(|meter| Box::new(meter) as Box<dyn Meter>),
                _ => self.dlt645(None).and_then(|mut meter| {
                    meter.identify()?;
                    Ok(meter)
                }),
            };
            match found {
                Ok(meter) => return Ok(meter),
                Err(error) if matches!(error.code(), Code::NoReply | Code::Garbled) => {}
                Err(error) => return Err(error),
            }
        }
        let tried: Vec<&str> = protocols.iter().map(|protocol| protocol.name()).collect();
        let address = self.options.address.clone().unwrap_or_default();
        Err(ConnectError::NoAnswer { address, tried: tried.join(" and ") })
    }

    /// The protocols of optical heads: HDLC, then the sign-on.
    fn detect_optical(&self) -> Result<Box<dyn Meter>, ConnectError> {
        let generic = self.library.find(super::dlms::GENERIC)?;
        let link = self.open_link(super::dlms::settings(&generic))?;
        let mut dlms = self.dlms_on(generic, Some(self.library.clone()), link)?;
        let (timeout, retries) = (self.options.timeout, self.options.retries);
        dlms.set_patience(timeout.min(FIRST_WAIT), retries.min(1));
        match if self.proves_itself { dlms.open() } else { dlms.knock() } {
            Ok(()) => {
                dlms.set_patience(timeout, retries);
                return Ok(Box::new(dlms));
            }
            // Octets that are no frame: the line is alive, perhaps at another speed or in ASCII.
            Err(MeterError::NoReply { .. } | MeterError::Garbled(_)) => {}
            Err(error) => {
                dlms.close();
                return Err(error.into());
            }
        }
        let profile = self.library.find(iec62056_21::GENERIC)?;
        let mut link = dlms.into_link();
        let options = self.sign_on_options(&profile);
        self.tell_sign_on(&options);
        let identification = Session::new(Box::new(link.as_mut()), options)
            .identify()
            .map_err(|error| ConnectError::NoOpticalAnswer { reason: error.to_string() })?;
        // The meter waits for an option select; it gives up by itself before the next sign-on.
        link.pause(Duration::from_millis(1600))?;
        if identification.offers_hdlc() {
            let mut profile = self.library.find(super::dlms::GENERIC)?;
            profile.line.opening = Opening::ModeE;
            return Ok(Box::new(self.dlms_on(profile, Some(self.library.clone()), link)?));
        }
        Ok(Box::new(self.iec62056_21_on(profile, Some(self.library.clone()), link)))
    }
}
