//! DL/T 645 meters of both editions, by wildcard digits where several share the line.

use std::time::Duration;

use super::{Attempt, FoundMeter, Listener, NO_ANSWER, Plan, RESTLESS, frame_of, in_words, is_restless, line_error};
use crate::link::{LineSettings, Link, LinkError};
use crate::meter::dlt645::{self, Exchange, Search};
use crate::protocol::dlt645::{DataIdentifier, Request};

/// The standard lets a meter take 500 ms to begin; a frame of 22 octets at 1200 bit/s takes 200 ms.
const WAIT: Duration = Duration::from_millis(750);

/// Imported energy in the 1997 edition, which has no request for an address alone.
const ENERGY_1997: DataIdentifier = DataIdentifier::E1997(0x9010);

impl Plan {
    pub(super) fn dlt645(
        &self,
        mut link: Box<dyn Link>,
        listener: &mut dyn Listener,
    ) -> Result<(Box<dyn Link>, bool), LinkError> {
        let mut any = false;
        for settings in self.settings(&[2_400, 9_600, 1_200, 4_800].map(LineSettings::eight_even_one)) {
            if let Some(settings) = settings
                && !self.set(link.as_mut(), settings, "DL/T 645 addresses", listener)?
            {
                continue;
            }
            if is_restless(link.as_mut())? {
                let what = format!("DL/T 645 addresses{}", in_words(settings));
                listener.tried(Attempt { what, came: RESTLESS.to_owned(), hex: String::new() });
                continue;
            }
            let editions = [
                ("DL/T 645-2007", Request::ReadAddress, None),
                ("DL/T 645-1997", Request::Read(ENERGY_1997), Some("generic-dlt645-1997")),
            ];
            for (edition, request, profile) in editions {
                let mut exchange = Exchange::new(link, self.wait.unwrap_or(WAIT), 0);
                let what = format!("{edition} addresses{}", in_words(settings));
                let result = dlt645::search(&mut exchange, &request, self.thorough, |asked, left| {
                    listener.progress(&what, asked, asked.saturating_add(left));
                });
                let Search { found, answers_late } =
                    result.or_else(|error| line_error(error).map(|_| Search::default()))?;
                let mut came = match found.len() {
                    0 => NO_ANSWER.to_owned(),
                    1 => "1 meter".to_owned(),
                    count => format!("{count} meters"),
                };
                if answers_late {
                    came.push_str(", answers came late");
                }
                listener.tried(Attempt { what, came, hex: String::new() });
                for one in &found {
                    let (address, trouble) = match one {
                        dlt645::FoundAddress::Meter(address) => (address, None),
                        dlt645::FoundAddress::Duplicate(address) => {
                            (address, Some("two meters with this address".to_owned()))
                        }
                    };
                    listener.found(FoundMeter {
                        protocol: "dlt645",
                        baud: settings.map(|settings| settings.baud),
                        frame: frame_of(settings),
                        address: Some(address.to_string()),
                        profile: profile.map(str::to_owned),
                        trouble,
                        ..FoundMeter::default()
                    });
                }
                any |= !found.is_empty();
                link = exchange.into_link();
                if any && !self.all {
                    return Ok((link, any));
                }
                if answers_late && found.is_empty() {
                    break;
                }
            }
        }
        Ok((link, any))
    }
}
