//! What to watch and where it goes: the file of `--file`, then the options over it.

mod sections;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::connect::MeterOptions;
use crate::error::Code;
use crate::keys::{Credentials, KeyError};
use crate::monitor::Thresholds;
use crate::monitor::demand::DemandLimit;
use crate::monitor::watch::{LinePlan, MeterPlan, WatchPlan};
use crate::toml_problem;
use sections::{DemandSection, File, How, LineSection, MeterSection, MqttSection};

/// Pause between the starts of two rounds where nothing else is said.
const INTERVAL: Duration = Duration::from_secs(30);
/// Size at which an output file is set aside, in octets.
const ROTATE_SIZE: u64 = 10 * 1024 * 1024;
/// Older output files that are kept.
const KEEP: u32 = 5;
/// Records that may wait on disk: about 150 MB of readings.
const OUTBOX_LIMIT: u64 = 200_000;

/// Why nothing can be watched: one sentence, and what to do.
#[derive(Debug)]
pub struct PlanFileError {
    /// The stable code word.
    pub code: Code,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<&'static str>,
}

impl PlanFileError {
    fn new(code: Code, message: impl Into<String>) -> Self {
        PlanFileError { code, message: message.into(), hint: None }
    }

    fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }
}

impl From<KeyError> for PlanFileError {
    fn from(error: KeyError) -> Self {
        PlanFileError::new(error.code(), error.to_string())
    }
}

/// What is said beside the file and goes over it.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Addresses of meters on the line of the options.
    pub meters: Vec<String>,
    /// Time from the start of one round to the next.
    pub interval: Option<Duration>,
    /// End after so many rounds.
    pub rounds: Option<u64>,
    /// End after so long.
    pub duration: Option<Duration>,
    /// File with thresholds.
    pub thresholds: Option<PathBuf>,
    /// Files the records go to, their size in octets and number.
    pub output: Option<PathBuf>,
    /// File for events alone.
    pub events: Option<PathBuf>,
    /// Folder of the power quality of each day.
    pub quality: Option<PathBuf>,
    /// Size at which a file is set aside, in octets.
    pub rotate_size: Option<u64>,
    /// Older files that are kept.
    pub keep: Option<u32>,
    /// Address of the broker.
    pub mqtt: Option<String>,
    /// Stands before every topic.
    pub mqtt_prefix: Option<String>,
    /// File with the login at the broker.
    pub mqtt_credentials: Option<PathBuf>,
    /// Certificate of the authority that signed the broker's.
    pub mqtt_authority: Option<PathBuf>,
    /// Our own certificate.
    pub mqtt_certificate: Option<PathBuf>,
    /// Its key.
    pub mqtt_key: Option<PathBuf>,
    /// Where messages wait.
    pub outbox: Option<PathBuf>,
    /// Messages that may wait.
    pub outbox_limit: Option<u64>,
    /// Whether each value has a topic of its own.
    pub mqtt_values: bool,
    /// Where Home Assistant looks for what there is.
    pub mqtt_discovery: Option<String>,
    /// Where devices after the Homie convention stand.
    pub mqtt_homie: Option<String>,
    /// Where the last readings can be fetched.
    pub metrics: Option<String>,
    /// Address of a write in InfluxDB's line protocol.
    pub influx: Option<String>,
    /// File of the line protocol.
    pub influx_file: Option<PathBuf>,
    /// File with the server's token.
    pub influx_credentials: Option<PathBuf>,
    /// Certificate of the authority that signed the server's.
    pub influx_authority: Option<PathBuf>,
    /// Database whose table gets the values.
    pub table: Option<String>,
    /// Power that should not be passed, in watts.
    pub demand_limit: Option<f64>,
    /// Meters that may lose supply, the first to lose it first.
    pub shed: Vec<String>,
    /// Meters that keep supply.
    pub floor: Option<usize>,
    /// Whether relays are opened and closed.
    pub act: bool,
}

/// What to watch, and where the records go.
#[derive(Debug)]
pub struct Plan {
    /// What is watched, and how.
    pub watch: WatchPlan,
    /// Files of records.
    pub output: OutputPlan,
    /// The broker, where there is one.
    pub mqtt: Option<MqttPlan>,
    /// Where the last readings can be fetched: `HOST:PORT`.
    pub metrics: Option<String>,
    /// A server of the line protocol.
    pub influx: Option<InfluxPlan>,
    /// A database whose table gets the values.
    pub table: Option<String>,
    /// Where records wait for those they are sent to; in the state folder without it.
    pub outbox: Option<PathBuf>,
    /// Records that may wait; the oldest make room.
    pub outbox_limit: u64,
}

/// A server that takes InfluxDB's line protocol.
#[derive(Debug)]
pub struct InfluxPlan {
    /// Address of a write.
    pub url: String,
    /// File with the token.
    pub credentials: Option<PathBuf>,
    /// Certificate of the authority that signed the server's.
    pub authority: Option<PathBuf>,
}

/// Files the records go to.
#[derive(Debug)]
pub struct OutputPlan {
    /// Readings and events in the line protocol.
    pub influx: Option<PathBuf>,
    /// Readings and events.
    pub file: Option<PathBuf>,
    /// Events alone.
    pub events: Option<PathBuf>,
    /// Folder of the power quality of each day.
    pub quality: Option<PathBuf>,
    /// Size at which a file is set aside, in octets.
    pub rotate_size: u64,
    /// Older files that are kept.
    pub keep: u32,
}

/// The broker and how to reach it.
#[derive(Debug)]
pub struct MqttPlan {
    /// Its address: `mqtt://HOST[:PORT]` or `mqtts://`.
    pub broker: String,
    /// What stands before every topic.
    pub prefix: String,
    /// File with user and password.
    pub credentials: Option<PathBuf>,
    /// Certificate of the authority that signed the broker's.
    pub authority: Option<PathBuf>,
    /// Our own certificate and its key.
    pub client: Option<(PathBuf, PathBuf)>,
    /// The name we go by at the broker.
    pub client_id: Option<String>,
    /// Whether each value has a topic of its own.
    pub values: bool,
    /// Where Home Assistant looks for what there is.
    pub discovery: Option<String>,
    /// Where devices after the Homie convention stand.
    pub homie: Option<String>,
}

/// Reads the file and lays the options over it.
///
/// # Errors
/// A file that cannot be used; nothing to watch; names that do not fit together.
pub fn plan(
    file: Option<&Path>,
    overrides: &Overrides,
    options: &MeterOptions,
    credentials: OpenCredentials<'_>,
) -> Result<Plan, PlanFileError> {
    let file = file.map(read).transpose()?.unwrap_or_default();
    let thresholds = thresholds(overrides.thresholds.as_deref(), file.thresholds)?;
    let lines = lines(file.lines, &overrides.meters, options, credentials)?;
    let output = OutputPlan {
        influx: overrides.influx_file.clone().or(file.influx.file),
        file: overrides.output.clone().or(file.output.file),
        events: overrides.events.clone().or(file.output.events),
        quality: overrides.quality.clone().or(file.output.quality),
        rotate_size: overrides.rotate_size.or(file.output.rotate_size.map(|size| size.0)).unwrap_or(ROTATE_SIZE),
        keep: overrides.keep.or(file.output.keep).unwrap_or(KEEP),
    };
    let demand = demand(overrides, file.demand, &lines)?;
    let watch = WatchPlan {
        interval: overrides.interval.or(file.interval.map(|span| span.0)).unwrap_or(INTERVAL),
        rounds: overrides.rounds,
        duration: overrides.duration,
        lines,
        thresholds,
        demand,
        act: overrides.act,
    };
    let sends_to_broker = overrides.mqtt.is_some() || file.mqtt.as_ref().is_some_and(|mqtt| mqtt.broker.is_some());
    let without_broker = overrides.mqtt_values
        || overrides.mqtt_discovery.is_some()
        || overrides.mqtt_homie.is_some()
        || overrides.mqtt_credentials.is_some();
    if without_broker && !sends_to_broker {
        return Err(
            PlanFileError::new(Code::Usage, "options of MQTT are given, and no broker").hint("Give --mqtt too.")
        );
    }
    let sends_to_influx = overrides.influx.is_some() || file.influx.url.is_some();
    if (overrides.influx_credentials.is_some() || overrides.influx_authority.is_some()) && !sends_to_influx {
        return Err(PlanFileError::new(Code::Usage, "options of the line protocol are given, and no server")
            .hint("Give --influx too."));
    }
    let mut named = watch.lines.iter().flat_map(|line| &line.meters).map(|meter| &meter.name);
    if let Some(name) = named.find(|name| name.chars().any(char::is_control)) {
        return Err(PlanFileError::new(
            Code::BadValue,
            format!("the name {name:?} of a meter holds a control character"),
        )
        .hint("Give it a name that can be printed."));
    }
    // Before there were more places than the broker, the outbox was its own.
    let (old, old_limit) = file.mqtt.as_ref().map(|mqtt| (mqtt.outbox.clone(), mqtt.outbox_limit)).unwrap_or_default();
    let influx = overrides.influx.clone().or(file.influx.url).map(|url| InfluxPlan {
        url,
        credentials: overrides.influx_credentials.clone().or(file.influx.credentials),
        authority: overrides.influx_authority.clone().or(file.influx.authority),
    });
    Ok(Plan {
        watch,
        mqtt: mqtt(overrides, file.mqtt)?,
        metrics: overrides.metrics.clone().or(file.metrics.listen),
        influx,
        table: overrides.table.clone().or(file.table.store),
        outbox: overrides.outbox.clone().or(file.outbox.file).or(old),
        outbox_limit: overrides.outbox_limit.or(file.outbox.limit).or(old_limit).unwrap_or(OUTBOX_LIMIT),
        output,
    })
}

fn text_of(path: &Path) -> Result<String, PlanFileError> {
    std::fs::read_to_string(path)
        .map_err(|error| PlanFileError::new(Code::File, format!("{} cannot be read: {error}", path.display())))
}

fn read(path: &Path) -> Result<File, PlanFileError> {
    let text = text_of(path)?;
    toml::from_str(&text).map_err(|error| bad_file(path, &toml_problem::in_words(&text, &error)))
}

/// The thresholds a file of the watch holds, if it holds any.
///
/// # Errors
/// A file that cannot be used.
pub fn thresholds_within(path: &Path) -> Result<Option<Thresholds>, PlanFileError> {
    Ok(read(path)?.thresholds)
}

fn bad_file(path: &Path, problem: &str) -> PlanFileError {
    PlanFileError::new(Code::BadValue, format!("{}: {problem}", path.display()))
        .hint("docs/monitor.md shows every key of the file, examples/monitor.toml a whole one.")
}

/// Thresholds of their own file, else those within the file of the watch, else the shipped ones.
///
/// # Errors
/// A file that cannot be used.
pub fn thresholds(own: Option<&Path>, within: Option<Thresholds>) -> Result<Thresholds, PlanFileError> {
    if let Some(path) = own {
        return Thresholds::parse(&text_of(path)?).map_err(|error| {
            PlanFileError::new(Code::BadValue, format!("{}: {error}", path.display()))
                .hint("`wattkey monitor --show-thresholds` prints every threshold with its default.")
        });
    }
    let thresholds = within.unwrap_or_default();
    thresholds.check().map_err(|error| PlanFileError::new(Code::BadValue, format!("[thresholds] {error}")))?;
    Ok(thresholds)
}

/// Opens a file of credentials.
pub type OpenCredentials<'a> = &'a dyn Fn(&Path) -> Result<Credentials, KeyError>;

fn lines(
    sections: Vec<LineSection>,
    addresses: &[String],
    options: &MeterOptions,
    credentials: OpenCredentials<'_>,
) -> Result<Vec<LinePlan>, PlanFileError> {
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
        return Err(PlanFileError::new(Code::Usage, "--meter needs a line to the meters").hint("Give --link too."));
    }
    for section in sections {
        lines.push(line(section, options, credentials)?);
    }
    if lines.is_empty() {
        return Err(PlanFileError::new(Code::Usage, "there is nothing to watch").hint(
            "Give --link, with --address or --meter for each of several meters, or --file with lines and meters.",
        ));
    }
    let mut seen = BTreeSet::new();
    for line in &lines {
        for meter in &line.meters {
            if !seen.insert((&line.link, &meter.name)) {
                let problem = format!("two meters on {} are called {:?}", line.link, meter.name);
                return Err(PlanFileError::new(Code::BadValue, problem).hint("Give each its own address or name."));
            }
        }
    }
    let mut links = BTreeSet::new();
    if let Some(twice) = lines.iter().find(|line| !links.insert(&line.link)) {
        return Err(PlanFileError::new(Code::BadValue, format!("the line {} is named twice", twice.link))
            .hint("List all its meters under one [[line]]."));
    }
    Ok(lines)
}

fn line(
    section: LineSection,
    options: &MeterOptions,
    credentials: OpenCredentials<'_>,
) -> Result<LinePlan, PlanFileError> {
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

fn mqtt(overrides: &Overrides, section: Option<MqttSection>) -> Result<Option<MqttPlan>, PlanFileError> {
    let section = section.unwrap_or_default();
    let Some(broker) = overrides.mqtt.clone().or(section.broker) else { return Ok(None) };
    let prefix = overrides.mqtt_prefix.clone().or(section.prefix).unwrap_or_else(|| "wattkey".to_owned());
    if prefix.is_empty() || prefix.len() > 200 || prefix.contains(['+', '#', '\0']) {
        return Err(PlanFileError::new(Code::BadValue, format!("{prefix:?} is no prefix of MQTT topics"))
            .hint("Write words joined by /, without + and #."));
    }
    let discovery = overrides.mqtt_discovery.clone().or(section.discovery);
    let homie = overrides.mqtt_homie.clone().or(section.homie);
    let is_no_topic = |topic: &String| topic.is_empty() || topic.contains(['+', '#', '\0']);
    if homie.as_ref().is_some_and(is_no_topic) {
        return Err(PlanFileError::new(Code::BadValue, "the prefix of Homie devices is no topic of MQTT")
            .hint("The convention has them below homie."));
    }
    if discovery.as_ref().is_some_and(is_no_topic) {
        return Err(PlanFileError::new(Code::BadValue, "the prefix of discovery is no topic of MQTT")
            .hint("Home Assistant looks below homeassistant, unless it is told otherwise."));
    }
    let certificate = overrides.mqtt_certificate.clone().or(section.certificate);
    let key = overrides.mqtt_key.clone().or(section.key);
    let client = match (certificate, key) {
        (Some(certificate), Some(key)) => Some((certificate, key)),
        (None, None) => None,
        _ => {
            return Err(PlanFileError::new(Code::Usage, "a client certificate and its key go together")
                .hint("Give both --mqtt-certificate and --mqtt-key."));
        }
    };
    Ok(Some(MqttPlan {
        broker,
        prefix,
        credentials: overrides.mqtt_credentials.clone().or(section.credentials),
        authority: overrides.mqtt_authority.clone().or(section.authority),
        client,
        client_id: section.client_id,
        values: overrides.mqtt_values || section.values || discovery.is_some() || homie.is_some(),
        discovery,
        homie,
    }))
}

fn demand(
    overrides: &Overrides,
    section: Option<DemandSection>,
    lines: &[LinePlan],
) -> Result<Option<DemandLimit>, PlanFileError> {
    let section = section.unwrap_or_default();
    let Some(limit_w) = overrides.demand_limit.or(section.limit_w) else {
        let why = overrides.act || !overrides.shed.is_empty();
        return if why {
            Err(PlanFileError::new(Code::Usage, "--act and --shed need a limit").hint("Give --demand-limit too."))
        } else {
            Ok(None)
        };
    };
    let order = if overrides.shed.is_empty() { section.order } else { overrides.shed.clone() };
    let bad = |problem: String| Err(PlanFileError::new(Code::BadValue, problem));
    for name in &order {
        let count = lines.iter().flat_map(|line| &line.meters).filter(|meter| meter.name == *name).count();
        match count {
            1 => {}
            0 => return bad(format!("{name:?} is to lose supply, and no meter is called so")),
            _ => return bad(format!("{name:?} is to lose supply, and {count} meters are called so")),
        }
    }
    if overrides.act && order.is_empty() {
        return Err(PlanFileError::new(Code::Usage, "--act does not know which relays may be opened")
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
        floor: overrides.floor.or(section.floor).unwrap_or(1),
        order,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::profile::Protocol;

    fn sections(text: &str) -> Vec<LineSection> {
        toml::from_str::<File>(text).unwrap().lines
    }

    fn planned(text: &str, addresses: &[String], options: &MeterOptions) -> Result<Vec<LinePlan>, PlanFileError> {
        lines(sections(text), addresses, options, &|_| Ok(Credentials::default()))
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
}
