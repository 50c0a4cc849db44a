//! The sections of a plan file as they stand in it, before options are laid over them.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Deserializer};

use crate::meter::profile::Protocol;
use crate::monitor::Thresholds;
use crate::quantity;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub(super) interval: Option<Span>,
    #[serde(rename = "line")]
    pub(super) lines: Vec<LineSection>,
    pub(super) thresholds: Option<Thresholds>,
    pub(super) output: OutputSection,
    pub(super) outbox: OutboxSection,
    pub(super) mqtt: Option<MqttSection>,
    pub(super) metrics: MetricsSection,
    pub(super) influx: InfluxSection,
    pub(super) table: TableSection,
    pub(super) demand: Option<DemandSection>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineSection {
    pub(super) link: String,
    #[serde(flatten)]
    pub(super) how: How,
    #[serde(rename = "meter", default)]
    pub(super) meters: Vec<MeterSection>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeterSection {
    pub(super) address: Option<String>,
    pub(super) name: Option<String>,
    #[serde(flatten)]
    pub(super) how: How,
}

/// How a meter is spoken to; a meter's own words go over those of its line, those over the options.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct How {
    pub(super) protocol: Option<Protocol>,
    pub(super) profile: Option<String>,
    pub(super) credentials: Option<PathBuf>,
    pub(super) timeout: Option<Span>,
    pub(super) retries: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct OutputSection {
    pub(super) file: Option<PathBuf>,
    pub(super) events: Option<PathBuf>,
    pub(super) quality: Option<PathBuf>,
    pub(super) rotate_size: Option<Size>,
    pub(super) keep: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct OutboxSection {
    pub(super) file: Option<PathBuf>,
    pub(super) limit: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct MetricsSection {
    pub(super) listen: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct InfluxSection {
    pub(super) url: Option<String>,
    pub(super) file: Option<PathBuf>,
    pub(super) credentials: Option<PathBuf>,
    pub(super) authority: Option<PathBuf>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TableSection {
    pub(super) store: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct MqttSection {
    pub(super) broker: Option<String>,
    pub(super) prefix: Option<String>,
    pub(super) credentials: Option<PathBuf>,
    pub(super) authority: Option<PathBuf>,
    pub(super) certificate: Option<PathBuf>,
    pub(super) key: Option<PathBuf>,
    pub(super) client_id: Option<String>,
    pub(super) values: bool,
    pub(super) discovery: Option<String>,
    pub(super) homie: Option<String>,
    pub(super) outbox: Option<PathBuf>,
    pub(super) outbox_limit: Option<u64>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DemandSection {
    pub(super) limit_w: Option<f64>,
    pub(super) order: Vec<String>,
    pub(super) floor: Option<usize>,
    pub(super) release: Option<f64>,
    pub(super) polls: Option<u32>,
}

/// A duration as the options write it: `"30s"`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span(pub(super) Duration);

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        quantity::parse_duration(&text).map(Span).map_err(serde::de::Error::custom)
    }
}

/// A size as the options write it: `"10M"`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size(pub(super) u64);

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        quantity::parse_size(&text).map(Size).map_err(serde::de::Error::custom)
    }
}
