//! What to watch and where it goes: the file of `--file`, then the options over it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Deserializer};

use super::Arguments;
use crate::cli::global::parse_duration;
use crate::cli::{CommandError, Context};
use wattkey::connect::MeterOptions;
use wattkey::error::Code;
use wattkey::keys::Credentials;
use wattkey::meter::profile::Protocol;
use wattkey::monitor::Thresholds;
use wattkey::monitor::demand::DemandLimit;
use wattkey::monitor::thresholds::toml_problem;
use wattkey::monitor::watch::{LinePlan, MeterPlan, WatchPlan};

/// Pause between the starts of two rounds where nothing else is said.
const INTERVAL: Duration = Duration::from_secs(30);
/// Size at which an output file is set aside, in octets.
const ROTATE_SIZE: u64 = 10 * 1024 * 1024;
/// Older output files that are kept.
const KEEP: u32 = 5;
/// Messages that may wait on disk for the broker: about 150 MB of readings.
const OUTBOX_LIMIT: u64 = 200_000;

/// What to watch, and where the records go.
#[derive(Debug)]
pub struct Plan {
    pub watch: WatchPlan,
    pub output: OutputPlan,
    pub mqtt: Option<MqttPlan>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    interval: Option<Span>,
    #[serde(rename = "line")]
    lines: Vec<LineSection>,
    thresholds: Option<Thresholds>,
    output: OutputSection,
    mqtt: Option<MqttSection>,
    demand: Option<DemandSection>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineSection {
    link: String,
    #[serde(flatten)]
    how: How,
    #[serde(rename = "meter", default)]
    meters: Vec<MeterSection>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeterSection {
    address: Option<String>,
    name: Option<String>,
    #[serde(flatten)]
    how: How,
}

/// How a meter is spoken to; a meter's own words go over those of its line, those over the options.
#[derive(Debug, Clone, Default, Deserialize)]
struct How {
    protocol: Option<Protocol>,
    profile: Option<String>,
    credentials: Option<PathBuf>,
    timeout: Option<Span>,
    retries: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct OutputSection {
    file: Option<PathBuf>,
    events: Option<PathBuf>,
    rotate_size: Option<Size>,
    keep: Option<u32>,
}

/// Files the records go to.
#[derive(Debug)]
pub struct OutputPlan {
    pub file: Option<PathBuf>,
    pub events: Option<PathBuf>,
    pub rotate_size: u64,
    pub keep: u32,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct MqttSection {
    broker: Option<String>,
    prefix: Option<String>,
    credentials: Option<PathBuf>,
    authority: Option<PathBuf>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    client_id: Option<String>,
    outbox: Option<PathBuf>,
    outbox_limit: Option<u64>,
}

/// The broker and how to reach it.
#[derive(Debug)]
pub struct MqttPlan {
    pub broker: String,
    pub prefix: String,
    pub credentials: Option<PathBuf>,
    pub authority: Option<PathBuf>,
    pub client: Option<(PathBuf, PathBuf)>,
    pub client_id: Option<String>,
    pub outbox: Option<PathBuf>,
    pub outbox_limit: u64,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct DemandSection {
    limit_w: Option<f64>,
    order: Vec<String>,
    floor: Option<usize>,
    release: Option<f64>,
    polls: Option<u32>,
}

/// A duration as the options write it: `"30s"`.
#[derive(Debug, Clone, Copy)]
struct Span(Duration);

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_duration(&text).map(Span).map_err(serde::de::Error::custom)
    }
}

/// A size as the options write it: `"10M"`.
#[derive(Debug, Clone, Copy)]
struct Size(u64);

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_size(&text).map(Size).map_err(serde::de::Error::custom)
    }
}

/// Octets, with `k`, `M` or `G` for powers of 1024.
///
/// # Errors
/// A sentence for the user.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let wrong = || format!("{text:?} is not a size: write a number, with k, M or G for powers of 1024");
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let scale = match text.get(digits.len()..).unwrap_or_default().to_ascii_lowercase().trim_end_matches('b') {
        "" => 1,
        "k" => 1 << 10,
        "m" => 1 << 20,
        "g" => 1u64 << 30,
        _ => return Err(wrong()),
    };
    let value: u64 = digits.trim().parse().map_err(|_| wrong())?;
    value.checked_mul(scale).filter(|size| *size > 0).ok_or_else(wrong)
}

/// Watts, or kilowatts with `kW`.
///
/// # Errors
/// A sentence for the user.
pub fn parse_power(text: &str) -> Result<f64, String> {
    let wrong = || format!("{text:?} is not a power: write a number above 0, with W or kW");
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let scale = match text.get(digits.len()..).unwrap_or_default().to_ascii_lowercase().as_str() {
        "" | "w" => 1.0,
        "kw" => 1_000.0,
        _ => return Err(wrong()),
    };
    let value: f64 = digits.trim().parse().map_err(|_| wrong())?;
    Some(value * scale).filter(|watts| watts.is_finite() && *watts > 0.0).ok_or_else(wrong)
}

/// Reads the file and lays the options over it.
///
/// # Errors
/// A file that cannot be used; nothing to watch; names that do not fit together.
pub fn plan(arguments: &Arguments, context: &Context) -> Result<Plan, CommandError> {
    let file = arguments.file.as_deref().map(read).transpose()?.unwrap_or_default();
    let thresholds = thresholds(arguments.thresholds.as_deref(), file.thresholds)?;
    let lines = lines(file.lines, &arguments.meters, context)?;
    let output = OutputPlan {
        file: arguments.output.clone().or(file.output.file),
        events: arguments.events.clone().or(file.output.events),
        rotate_size: arguments.rotate_size.or(file.output.rotate_size.map(|size| size.0)).unwrap_or(ROTATE_SIZE),
        keep: arguments.keep.or(file.output.keep).unwrap_or(KEEP),
    };
    let demand = demand(arguments, file.demand, &lines)?;
    let watch = WatchPlan {
        interval: arguments.interval.or(file.interval.map(|span| span.0)).unwrap_or(INTERVAL),
        rounds: arguments.count,
        duration: arguments.duration,
        lines,
        thresholds,
        demand,
        act: arguments.act,
    };
    Ok(Plan { watch, mqtt: mqtt(arguments, file.mqtt)?, output })
}

fn text_of(path: &Path) -> Result<String, CommandError> {
    std::fs::read_to_string(path)
        .map_err(|error| CommandError::new(Code::File, format!("{} cannot be read: {error}", path.display())))
}

fn read(path: &Path) -> Result<File, CommandError> {
    let text = text_of(path)?;
    toml::from_str(&text).map_err(|error| bad_file(path, &toml_problem(&text, &error)))
}

/// The thresholds a file of the watch holds, if it holds any.
///
/// # Errors
/// A file that cannot be used.
pub fn thresholds_within(path: &Path) -> Result<Option<Thresholds>, CommandError> {
    Ok(read(path)?.thresholds)
}

fn bad_file(path: &Path, problem: &str) -> CommandError {
    CommandError::new(Code::BadValue, format!("{}: {problem}", path.display()))
        .hint("docs/monitor.md shows every key of the file, examples/monitor.toml a whole one.")
}

/// Thresholds of their own file, else those within the file of the watch, else the shipped ones.
///
/// # Errors
/// A file that cannot be used.
pub fn thresholds(own: Option<&Path>, within: Option<Thresholds>) -> Result<Thresholds, CommandError> {
    if let Some(path) = own {
        return Thresholds::parse(&text_of(path)?).map_err(|error| {
            CommandError::new(Code::BadValue, format!("{}: {error}", path.display()))
                .hint("`wattkey monitor --show-thresholds` prints every threshold with its default.")
        });
    }
    let thresholds = within.unwrap_or_default();
    thresholds.check().map_err(|error| CommandError::new(Code::BadValue, format!("[thresholds] {error}")))?;
    Ok(thresholds)
}

fn lines(sections: Vec<LineSection>, addresses: &[String], context: &Context) -> Result<Vec<LinePlan>, CommandError> {
    let options = context.meter_options()?;
    // A file of credentials is opened once, here, where a passphrase can be asked for.
    let credentials = |path: &Path| Ok(Credentials::load(path, context.exposure(), context.opener(path))?);
    lines_with(sections, addresses, &options, &credentials)
}

/// Opens a file of credentials.
type OpenCredentials<'a> = &'a dyn Fn(&Path) -> Result<Credentials, CommandError>;

fn lines_with(
    sections: Vec<LineSection>,
    addresses: &[String],
    options: &MeterOptions,
    credentials: OpenCredentials<'_>,
) -> Result<Vec<LinePlan>, CommandError> {
    let mut lines = Vec::new();
    if let Some(link) = options.link.clone().filter(|_| sections.is_empty() || !addresses.is_empty()) {
        let own = options.address.clone();
        let all: Vec<Option<String>> = match (own, addresses) {
            (own, []) => vec![own],
            (own, more) => own.into_iter().chain(more.iter().cloned()).map(Some).collect(),
        };
        let meter = |address: Option<String>| MeterSection { address, name: None, how: How::default() };
        let meters = all.into_iter().map(meter).collect();
        lines.push(line(LineSection { link, how: How::default(), meters }, options, credentials)?);
    } else if !addresses.is_empty() {
        return Err(CommandError::new(Code::Usage, "--meter needs a line to the meters").hint("Give --link too."));
    }
    for section in sections {
        lines.push(line(section, options, credentials)?);
    }
    if lines.is_empty() {
        return Err(CommandError::new(Code::Usage, "there is nothing to watch").hint(
            "Give --link, with --address or --meter for each of several meters, or --file with lines and meters.",
        ));
    }
    let mut seen = BTreeSet::new();
    for line in &lines {
        for meter in &line.meters {
            if !seen.insert((&line.link, &meter.name)) {
                let problem = format!("two meters on {} are called {:?}", line.link, meter.name);
                return Err(CommandError::new(Code::BadValue, problem).hint("Give each its own address or name."));
            }
        }
    }
    let mut links = BTreeSet::new();
    if let Some(twice) = lines.iter().find(|line| !links.insert(&line.link)) {
        return Err(CommandError::new(Code::BadValue, format!("the line {} is named twice", twice.link))
            .hint("List all its meters under one [[line]]."));
    }
    Ok(lines)
}

fn line(
    section: LineSection,
    options: &MeterOptions,
    credentials: OpenCredentials<'_>,
) -> Result<LinePlan, CommandError> {
    let link = section.link;
    let mut sections = section.meters;
    if sections.is_empty() {
        sections.push(MeterSection { address: options.address.clone(), name: None, how: How::default() });
    }
    let mut meters = Vec::new();
    for meter in sections {
        let mut own = options.clone();
        own.link = Some(link.clone());
        own.trace = None;
        own.address.clone_from(&meter.address);
        own.protocol = meter.how.protocol.or(section.how.protocol).or(own.protocol);
        own.profile = meter.how.profile.or_else(|| section.how.profile.clone()).or(own.profile);
        if let Some(path) = meter.how.credentials.or_else(|| section.how.credentials.clone()) {
            own.credentials = credentials(&path)?;
            own.credentials_file = Some(path);
        }
        own.timeout = meter.how.timeout.or(section.how.timeout).map_or(own.timeout, |span| span.0);
        own.retries = meter.how.retries.or(section.how.retries).unwrap_or(own.retries);
        let name = meter.name.or(meter.address).unwrap_or_else(|| link.clone());
        meters.push(MeterPlan { name, options: own });
    }
    Ok(LinePlan { link, meters })
}

fn mqtt(arguments: &Arguments, section: Option<MqttSection>) -> Result<Option<MqttPlan>, CommandError> {
    let section = section.unwrap_or_default();
    let Some(broker) = arguments.mqtt.clone().or(section.broker) else { return Ok(None) };
    let prefix = arguments.mqtt_prefix.clone().or(section.prefix).unwrap_or_else(|| "wattkey".to_owned());
    if prefix.is_empty() || prefix.len() > 200 || prefix.contains(['+', '#', '\0']) {
        return Err(CommandError::new(Code::BadValue, format!("{prefix:?} is no prefix of MQTT topics"))
            .hint("Write words joined by /, without + and #."));
    }
    let certificate = arguments.mqtt_certificate.clone().or(section.certificate);
    let key = arguments.mqtt_key.clone().or(section.key);
    let client = match (certificate, key) {
        (Some(certificate), Some(key)) => Some((certificate, key)),
        (None, None) => None,
        _ => {
            return Err(CommandError::new(Code::Usage, "a client certificate and its key go together")
                .hint("Give both --mqtt-certificate and --mqtt-key."));
        }
    };
    Ok(Some(MqttPlan {
        broker,
        prefix,
        credentials: arguments.mqtt_credentials.clone().or(section.credentials),
        authority: arguments.mqtt_authority.clone().or(section.authority),
        client,
        client_id: section.client_id,
        outbox: arguments.outbox.clone().or(section.outbox),
        outbox_limit: arguments.outbox_limit.or(section.outbox_limit).unwrap_or(OUTBOX_LIMIT),
    }))
}

fn demand(
    arguments: &Arguments,
    section: Option<DemandSection>,
    lines: &[LinePlan],
) -> Result<Option<DemandLimit>, CommandError> {
    let section = section.unwrap_or_default();
    let Some(limit_w) = arguments.demand_limit.or(section.limit_w) else {
        let why = arguments.act || !arguments.shed.is_empty();
        return if why {
            Err(CommandError::new(Code::Usage, "--act and --shed need a limit").hint("Give --demand-limit too."))
        } else {
            Ok(None)
        };
    };
    let order = if arguments.shed.is_empty() { section.order } else { arguments.shed.clone() };
    let bad = |problem: String| Err(CommandError::new(Code::BadValue, problem));
    for name in &order {
        let count = lines.iter().flat_map(|line| &line.meters).filter(|meter| meter.name == *name).count();
        match count {
            1 => {}
            0 => return bad(format!("{name:?} is to lose supply, and no meter is called so")),
            _ => return bad(format!("{name:?} is to lose supply, and {count} meters are called so")),
        }
    }
    if arguments.act && order.is_empty() {
        return Err(CommandError::new(Code::Usage, "--act does not know which relays may be opened")
            .hint("Name the meters with --shed, the first to lose supply first."));
    }
    let release = section.release.unwrap_or(0.9);
    if !(limit_w.is_finite() && limit_w > 0.0 && (0.1..1.0).contains(&release)) {
        return bad(format!("a limit of {limit_w} W released at {release}: write a power above 0 and a share below 1"));
    }
    Ok(Some(DemandLimit {
        limit_w,
        release,
        polls: section.polls.unwrap_or(2).max(1),
        floor: arguments.floor.or(section.floor).unwrap_or(1),
        order,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections(text: &str) -> Vec<LineSection> {
        toml::from_str::<File>(text).unwrap().lines
    }

    fn planned(text: &str, addresses: &[String], options: &MeterOptions) -> Result<Vec<LinePlan>, CommandError> {
        lines_with(sections(text), addresses, options, &|_| Ok(Credentials::default()))
    }

    #[test]
    fn a_meter_goes_over_its_line_and_that_over_the_options() {
        let text = "[[line]]\nlink = \"tcp:a:1\"\nprotocol = \"dlt645\"\ntimeout = \"3s\"\n\
                    [[line.meter]]\naddress = \"000000000001\"\nname = \"flat-1\"\n\
                    [[line.meter]]\naddress = \"2\"\nprotocol = \"modbus\"\nprofile = \"eastron-sdm120\"\n";
        let options = MeterOptions { retries: 7, ..MeterOptions::default() };
        let plans = planned(text, &[], &options).unwrap();
        let meters: Vec<(&str, Option<Protocol>)> =
            plans[0].meters.iter().map(|meter| (meter.name.as_str(), meter.options.protocol)).collect();
        assert_eq!(meters, [("flat-1", Some(Protocol::Dlt645)), ("2", Some(Protocol::Modbus))]);
        let own = &plans[0].meters[1].options;
        assert_eq!((own.timeout, own.retries), (Duration::from_secs(3), 7));
    }

    #[test]
    fn the_options_alone_are_a_line() {
        let options = MeterOptions::on("sim:");
        let plans = planned("", &["1".into(), "2".into()], &options).unwrap();
        let names: Vec<&str> = plans[0].meters.iter().map(|meter| meter.name.as_str()).collect();
        assert_eq!(names, ["1", "2"]);
        assert_eq!(planned("", &[], &options).unwrap()[0].meters[0].name, "sim:");
        assert_eq!(planned("", &[], &MeterOptions::default()).unwrap_err().code, Code::Usage);
    }

    #[test]
    fn two_of_one_name_and_unknown_keys_are_refused() {
        let twice = "[[line]]\nlink = \"a\"\n[[line.meter]]\naddress = \"1\"\n[[line.meter]]\nname = \"1\"\n";
        assert!(planned(twice, &[], &MeterOptions::default()).is_err());
        for wrong in ["intervall = \"3s\"", "[[line]]\nlink = \"a\"\nspeed = 3\n", "interval = 3"] {
            assert!(toml::from_str::<File>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_and_powers() {
        assert_eq!(["10M", "1k", "512", "1GB"].map(parse_size), [10 << 20, 1 << 10, 512, 1 << 30].map(Ok));
        assert!(["", "0", "10X", "-1"].iter().all(|text| parse_size(text).is_err()));
        assert_eq!(["4600", "4.6kW", "20 kW"].map(parse_power), [4_600.0, 4_600.0, 20_000.0].map(Ok));
        assert!(["0", "-3", "x", "3MW"].iter().all(|text| parse_power(text).is_err()));
    }
}
