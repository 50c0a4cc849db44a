//! The documents of `wattkey security`.

use serde::Serialize;

use crate::meter::security::SecurityState;
use crate::output::{Document, Style, fit, in_words};

#[derive(Debug, Serialize)]
pub struct Security {
    pub link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    #[serde(flatten)]
    pub state: SecurityState,
}

impl Document for Security {
    const SCHEMA: &'static str = "wattkey/security/1";

    fn table(&self, style: Style) -> String {
        let association = &self.state.association;
        let mut text = format!(
            "CLIENT    {}, {}, {}, suite {}\n",
            association.client, association.authentication, association.security, association.suite
        );
        for setup in &self.state.setups {
            let policy = match setup.policy.as_deref() {
                None => "policy not readable".to_owned(),
                Some([]) => "demands nothing".to_owned(),
                Some(words) => words.iter().map(|word| in_words(word)).collect::<Vec<_>>().join(", "),
            };
            let suite = setup.suite.map(|suite| format!(", suite {suite}")).unwrap_or_default();
            text.push_str(&format!("SETUP     {}: {policy}{suite}\n", setup.object));
            let titles = [("meter", &setup.server_system_title), ("client", &setup.client_system_title)];
            for (whose, title) in titles {
                if let Some(title) = title {
                    text.push_str(&format!("          system title of the {whose} {title}\n"));
                }
            }
            for certificate in &setup.certificates {
                text.push_str(&format!(
                    "          certificate {}, {}: {} by {}, number {}\n",
                    in_words(&certificate.entity),
                    in_words(&certificate.purpose),
                    certificate.subject,
                    certificate.issuer,
                    certificate.serial
                ));
            }
        }
        for counter in &self.state.counters {
            text.push_str(&format!("COUNTER   {} at {}\n", counter.object, counter.value));
        }
        fit(style, &text, 10)
    }

    fn csv_header(&self) -> Vec<String> {
        ["serial", "object", "policy", "suite", "server_system_title", "client_system_title"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let row = |setup: &crate::meter::security::SecuritySetup| {
            vec![
                text(&self.serial),
                setup.object.clone(),
                setup.policy.as_ref().map(|words| words.join(" ")).unwrap_or_default(),
                setup.suite.map(|suite| suite.to_string()).unwrap_or_default(),
                text(&setup.server_system_title),
                text(&setup.client_system_title),
            ]
        };
        self.state.setups.iter().map(row).collect()
    }
}

#[derive(Debug, Serialize)]
pub struct SecurityChange {
    pub link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Each call that was sent.
    pub steps: Vec<SecurityStep>,
    /// `accepted`, `unchanged`, `refused`, `failed`, `incomplete` or `unknown`.
    pub outcome: &'static str,
    /// The file the new secrets were written to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stored: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct SecurityStep {
    /// What was to be replaced: `encryption-key`, `authentication-key`, `master-key`, `password`.
    pub what: Vec<&'static str>,
    pub outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Document for SecurityChange {
    const SCHEMA: &'static str = "wattkey/security-change/1";

    fn table(&self, style: Style) -> String {
        let mut text = String::new();
        for step in &self.steps {
            let what: Vec<_> = step.what.iter().map(|word| in_words(word)).collect();
            let reason = step.reason.as_ref().map(|reason| format!(": {}", in_words(reason))).unwrap_or_default();
            text.push_str(&format!("STEP      {}, {}{reason}\n", what.join(" and "), step.outcome));
        }
        let meaning = match self.outcome {
            "accepted" => "the meter has proved that it holds the new secrets",
            "unchanged" => "the meter holds these secrets already",
            "incomplete" => "the meter holds the new secrets in part",
            "unknown" => "it cannot be told which secrets the meter holds",
            _ => "the meter holds the old secrets",
        };
        text.push_str(&format!("OUTCOME   {}: {meaning}\n", self.outcome));
        if let Some(stored) = &self.stored {
            text.push_str(&format!("STORED    {stored}\n"));
        }
        fit(style, &text, 10)
    }

    fn csv_header(&self) -> Vec<String> {
        ["serial", "what", "outcome", "reason"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let serial = self.serial.clone().unwrap_or_default();
        let row = |step: &SecurityStep| {
            let reason = step.reason.clone().unwrap_or_default();
            vec![serial.clone(), step.what.join(" "), step.outcome.to_owned(), reason]
        };
        self.steps.iter().map(row).collect()
    }
}
