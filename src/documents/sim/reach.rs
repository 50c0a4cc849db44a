//! How to reach each simulated meter.

use serde::Serialize;

use crate::output::{Document, Style};

/// One meter, by one of the protocols it speaks.
#[derive(Debug, Serialize)]
pub struct Reached {
    pub link: String,
    pub protocol: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<&'static str>,
    pub address: String,
    pub serial: String,
    pub drn: String,
    pub model: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iec62056_21_address: Option<String>,
}

/// That the lines are open, and where.
#[derive(Debug, Serialize)]
pub struct Ready {
    pub ready: bool,
    pub meters: Vec<Reached>,
}

impl Reached {
    /// The options that lead to the meter.
    pub fn options(&self) -> String {
        let Reached { link, protocol, profile, address, .. } = self;
        let protocol = match (profile, *protocol) {
            (Some(profile), _) => format!(" --profile {profile}"),
            (None, "dlms") => String::new(),
            (None, protocol) => format!(" -p {protocol}"),
        };
        format!("--link {link}{protocol} --address {address}")
    }
}

impl Document for Ready {
    const SCHEMA: &'static str = "wattkey/sim/1";

    fn table(&self, _style: Style) -> String {
        let line = |meter: &Reached| {
            let Reached { serial, drn, model, .. } = meter;
            format!("{}   serial {serial}   DRN {drn}   {model}\n", meter.options())
        };
        std::iter::once("ready\n".to_owned()).chain(self.meters.iter().map(line)).collect()
    }

    fn csv_header(&self) -> Vec<String> {
        ["link", "protocol", "profile", "address", "serial", "drn", "model", "iec62056_21_address"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |meter: &Reached| {
            let Reached { link, protocol, profile, address, serial, drn, model, iec62056_21_address } = meter;
            vec![
                link.clone(),
                (*protocol).to_owned(),
                profile.unwrap_or_default().to_owned(),
                address.clone(),
                serial.clone(),
                drn.clone(),
                model.clone(),
                iec62056_21_address.clone().unwrap_or_default(),
            ]
        };
        self.meters.iter().map(row).collect()
    }
}
