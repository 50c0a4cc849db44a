//! Message codes of GBCS: which use case a message belongs to, and which service requests lead to it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

const TEXT: &str = include_str!("../../../data/smets/message_codes.json");

static CODES: LazyLock<BTreeMap<u16, MessageCode>> = LazyLock::new(|| {
    let file: File = serde_json::from_str(TEXT).unwrap_or_default();
    let keyed =
        file.records.into_iter().filter_map(|record| Some((u16::from_str_radix(&record.code, 16).ok()?, record)));
    keyed.collect()
});

#[derive(Debug, Default, Deserialize)]
struct File {
    records: Vec<MessageCode>,
}

/// One message code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageCode {
    /// Four hex digits.
    pub code: String,
    /// Use cases that share it.
    pub use_cases: Vec<String>,
    /// Service request variants whose command and response carry it.
    pub srv: Vec<String>,
    /// Whether only alerts carry it.
    #[serde(default)]
    pub alert: bool,
}

/// What is known of a code.
pub fn find(code: u16) -> Option<&'static MessageCode> {
    CODES.get(&code)
}

/// The codes that commands of a service request may carry; empty when none is known.
pub fn of_request(srv: &str) -> Vec<u16> {
    let of_srv = |record: &&MessageCode| !record.alert && record.srv.iter().any(|known| known == srv);
    CODES.iter().filter(|(_, record)| of_srv(record)).map(|(code, _)| *code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smets::catalogue::Catalogue;

    #[test]
    fn every_code_names_use_cases_and_requests_that_exist() {
        let file: File = serde_json::from_str(TEXT).unwrap();
        assert!(file.records.len() > 200);
        for record in &file.records {
            assert!(!record.use_cases.is_empty() && u16::from_str_radix(&record.code, 16).is_ok(), "{record:?}");
            assert!(record.srv.iter().all(|srv| Catalogue::shipped().find(srv).is_some()), "{record:?}");
        }
        assert_eq!(CODES.len(), file.records.len(), "a code stands twice");
    }

    #[test]
    fn codes_and_requests_lead_to_each_other() {
        assert_eq!(find(0x0050).map(|code| code.use_cases.clone()), Some(vec!["ECS43".to_owned()]));
        assert_eq!(of_request("7.2"), [0x0050, 0x0081]);
        assert_eq!(of_request("8.1.1"), [0x0062, 0x007F]);
        assert!(of_request("12.1").is_empty());
    }
}
