//! The protocols meters speak: one table with a row for each. `connect` opens a meter of each, `meter::scan` looks for it; the
//! compiler names the places where a new row is missing.

use serde::{Deserialize, Serialize};

use crate::protocol::{dlt645, hdlc};

/// Longest address of a device on an IEC 62056-21 line.
const LONGEST_DEVICE_ADDRESS: usize = 32;

/// A row: name, word of the contract, name people know it by, the form of an address on a shared line for a hint, what is
/// wrong with an address, the protocols a scan for it tries.
macro_rules! protocols {
    ($($name:ident $word:literal $known_as:literal $form:literal $check:ident [$($scanned:ident)*];)+) => {
        /// The protocol a meter speaks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Protocol {
            $(#[doc = $known_as] #[serde(rename = $word)] $name,)+
        }

        impl Protocol {
            /// Every protocol.
            pub const ALL: &'static [Protocol] = &[$(Protocol::$name,)+];

            /// The word of the contract.
            pub const fn word(self) -> &'static str {
                match self { $(Protocol::$name => $word,)+ }
            }

            /// The name people know it by.
            pub const fn name(self) -> &'static str {
                match self { $(Protocol::$name => $known_as,)+ }
            }

            /// What an address on a shared line looks like, to follow "Give".
            pub const fn address_form(self) -> &'static str {
                match self { $(Protocol::$name => $form,)+ }
            }

            /// Whether a text may be an address on a shared line.
            ///
            /// # Errors
            /// What is wrong with it, as part of a sentence.
            pub fn check_address(self, text: &str) -> Result<(), String> {
                match self { $(Protocol::$name => $check(text),)+ }
            }

            /// The protocols that a scan for this one tries, in order.
            pub const fn scanned(self) -> &'static [Protocol] {
                match self { $(Protocol::$name => &[$(Protocol::$scanned,)*],)+ }
            }
        }
    };
}

protocols! {
    Dlms "dlms" "DLMS/COSEM" "--address LOGICAL/PHYSICAL, such as 1/17" hdlc_address [Iec62056_21 Dlms];
    Iec62056_21 "iec62056-21" "IEC 62056-21" "the device address, up to 32 letters and digits" device_address [Iec62056_21];
    Dlt645 "dlt645" "DL/T 645" "the twelve digits on the meter's label, or AA for any pair of them" dlt645_address [Dlt645];
    Modbus "modbus" "Modbus" "a number 1 to 247; `wattkey scan -p modbus` finds the units of a line" unit [Modbus];
}

impl Protocol {
    /// The order in which a scan for all of them tries them: the quickest to answer first.
    pub const SCAN_ORDER: &'static [Protocol] = &[
        Protocol::Iec62056_21, // one sign-on
        Protocol::Dlms,        // some addresses at some speeds
        Protocol::Dlt645,      // a search by digits
        Protocol::Modbus,      // up to 247 units
    ];

    /// The protocol of a word of the contract.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|protocol| protocol.word() == word)
    }
}

fn hdlc_address(text: &str) -> Result<(), String> {
    text.parse::<hdlc::Address>().map(drop).map_err(|error| error.to_string())
}

fn dlt645_address(text: &str) -> Result<(), String> {
    text.parse::<dlt645::Address>().map(drop).map_err(|error| error.to_string())
}

fn device_address(text: &str) -> Result<(), String> {
    let fits = text.len() <= LONGEST_DEVICE_ADDRESS && text.bytes().all(|octet| octet.is_ascii_alphanumeric());
    let shown: String = text.chars().take(40).collect();
    if fits { Ok(()) } else { Err(format!("{shown:?} is no device address, which has up to 32 letters and digits")) }
}

/// Which units there are depends on the profile too, so that opening the meter tells.
fn unit(_text: &str) -> Result<(), String> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_protocol_is_in_the_order_of_a_scan_once_and_scanned_for_itself() {
        assert_eq!(Protocol::SCAN_ORDER.len(), Protocol::ALL.len());
        for protocol in Protocol::ALL {
            assert_eq!(Protocol::SCAN_ORDER.iter().filter(|other| *other == protocol).count(), 1);
            assert!(protocol.scanned().contains(protocol));
            assert_eq!(Protocol::from_word(protocol.word()), Some(*protocol));
        }
    }
}
