//! Under which keys a report is read: those for any meter, or those of its sender.

use std::borrow::Cow;

use crate::keys::DlmsCredentials;
use crate::meter::dlms::authentication::{describe_keys, protection_of};
use crate::protocol::describe::DescribeKeys;
use crate::protocol::dlms::SystemTitle;

/// The keys of reports.
#[derive(Debug, Default)]
pub struct ReportKeys {
    /// Those for any meter.
    common: Option<DescribeKeys>,
    /// A file with keys by meter.
    by_meter: Option<DlmsCredentials>,
}

impl ReportKeys {
    /// The keys of a credentials file; without one, nothing that is ciphered is read.
    pub fn new(credentials: Option<DlmsCredentials>) -> Self {
        let common = credentials.as_ref().and_then(|own| describe_keys(own, &own.secrets));
        ReportKeys { common, by_meter: credentials.filter(DlmsCredentials::is_by_meter) }
    }

    /// The same keys for every sender.
    pub const fn of_all(keys: DescribeKeys) -> Self {
        ReportKeys { common: Some(keys), by_meter: None }
    }

    /// The keys of a sender.
    ///
    /// # Errors
    /// Why there are none, as a sentence about the report.
    pub(super) fn of(&self, sender: Option<SystemTitle>) -> Result<Cow<'_, DescribeKeys>, String> {
        if let (Some(credentials), Some(title)) = (&self.by_meter, sender) {
            let own = credentials.fleet.find(&names_of(title)).map(|own| own.over(&credentials.secrets));
            // Keys that are derived go by the meter's number, which a report does not tell.
            let Some(own) = own else {
                let common = self.common.as_ref().map(Cow::Borrowed);
                return common.ok_or_else(|| format!("it is ciphered, and {title} is not in the keys of the fleet"));
            };
            let keys = describe_keys(credentials, &own).map(Cow::Owned);
            return keys.ok_or_else(|| format!("it is ciphered, and the keys of {title} are not all given"));
        }
        let missing = if self.by_meter.is_some() {
            "it is ciphered and names no sender, whose keys are to be looked up"
        } else {
            "it is ciphered, and no keys are given: --credentials"
        };
        self.common.as_ref().map(Cow::Borrowed).ok_or_else(|| missing.to_owned())
    }

    /// Whether reports are to be ciphered or authenticated.
    pub(super) fn promises_protection(&self) -> bool {
        let by_meter = self.by_meter.as_ref().is_some_and(|credentials| protection_of(credentials.security).is_some());
        by_meter || self.common.as_ref().is_some_and(|keys| keys.protection.is_some())
    }

    /// Whether reports are to be signed.
    pub(super) fn promises_signature(&self) -> bool {
        let by_meter = self.by_meter.as_ref().is_some_and(|credentials| credentials.sign);
        by_meter || self.common.as_ref().is_some_and(|keys| keys.general.signed)
    }
}

/// What a meter with this system title may be called in the file: the title in hex, or its letters.
fn names_of(title: SystemTitle) -> Vec<String> {
    let letters = std::str::from_utf8(&title.0).ok().filter(|text| text.bytes().all(|octet| octet.is_ascii_graphic()));
    std::iter::once(title.to_string()).chain(letters.map(str::to_owned)).collect()
}
