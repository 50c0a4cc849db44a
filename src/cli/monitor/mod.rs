//! `wattkey monitor`: watches the meters of one or many lines.

mod check;
mod listen;
mod live;
mod output;
mod places;
mod run;
mod service;

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::keys::Credentials;
use wattkey::monitor::plan_file::{self, Overrides, PlanFileError};
use wattkey::monitor::thresholds::SHIPPED;
use wattkey::quantity::{parse_duration, parse_power, parse_size};

/// Watch meters: readings by interval, events, MQTT and other stores, demand limit
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/monitor.txt"))]
pub struct Arguments {
    /// Lines and meters, thresholds and outputs (TOML)
    #[arg(short, long, value_name = "FILE")]
    pub file: Option<PathBuf>,

    /// Read nothing: take what meters report by themselves, on tcp:HOST:PORT or udp:HOST:PORT, else on the line of --link
    #[arg(long, value_name = "ENDPOINT", num_args = 0..=1, conflicts_with_all = ["file", "meters", "mqtt", "demand_limit", "metrics", "influx", "influx_file", "table", "outbox"])]
    pub listen: Option<Option<String>>,

    /// Address of one of several meters on the line of --link; again for each
    #[arg(short, long = "meter", value_name = "ADDRESS")]
    pub meters: Vec<String>,

    /// Time from the start of one round to the next; 0 for no pause [default: 30s]
    #[arg(short, long, value_name = "DURATION", value_parser = parse_duration)]
    pub interval: Option<Duration>,

    /// End after so many rounds
    #[arg(short = 'n', long, value_name = "N")]
    pub count: Option<u64>,

    /// Ask every meter once, tell which do not answer, and send nothing anywhere
    #[arg(long, conflicts_with_all = ["count", "duration", "listen", "act"])]
    pub check: bool,

    /// End after so long
    #[arg(long = "for", value_name = "DURATION", value_parser = parse_duration)]
    pub duration: Option<Duration>,

    /// When a reading is worth an event (TOML)
    #[arg(long, value_name = "FILE")]
    pub thresholds: Option<PathBuf>,

    /// Print the thresholds that would hold, and do nothing else
    #[arg(long)]
    pub show_thresholds: bool,

    /// File for readings and events: CSV of readings with --format csv, else JSON Lines
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// File for events and actions alone
    #[arg(long, value_name = "FILE")]
    pub events: Option<PathBuf>,

    /// Folder for the power quality of each meter and day, as a document and a page
    #[arg(long, value_name = "FOLDER")]
    pub quality: Option<PathBuf>,

    /// Size at which an output file is set aside as FILE.1 [default: 10M]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub rotate_size: Option<u64>,

    /// Older output files that are kept [default: 5]
    #[arg(long, value_name = "N")]
    pub keep: Option<u32>,

    /// Address of the broker; the help has brackets, which are links in a comment.
    #[arg(long, value_name = "URL", help_heading = "MQTT", help = "Broker: mqtt://HOST[:PORT], or mqtts:// for TLS")]
    pub mqtt: Option<String>,

    /// Stands before every topic [default: wattkey]
    #[arg(long, value_name = "TOPIC", help_heading = "MQTT")]
    pub mqtt_prefix: Option<String>,

    /// Login at the broker.
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "MQTT",
        help = "File with user and password under [mqtt] (TOML, or the same encrypted by age)"
    )]
    pub mqtt_credentials: Option<PathBuf>,

    /// Certificate of the authority that signed the broker's (PEM)
    #[arg(long, value_name = "FILE", help_heading = "MQTT")]
    pub mqtt_authority: Option<PathBuf>,

    /// Our own certificate, where the broker asks for one (PEM)
    #[arg(long, value_name = "FILE", help_heading = "MQTT")]
    pub mqtt_certificate: Option<PathBuf>,

    /// The key of our own certificate (PEM)
    #[arg(long, value_name = "FILE", help_heading = "MQTT")]
    pub mqtt_key: Option<PathBuf>,

    /// A retained topic for each value too: TOPIC/meter/METER/VALUE
    #[arg(long, help_heading = "MQTT")]
    pub mqtt_values: bool,

    /// Tell Home Assistant what there is, below this topic; each value has a topic then [default topic: homeassistant]
    #[arg(long, value_name = "TOPIC", num_args = 0..=1, default_missing_value = "homeassistant", help_heading = "MQTT")]
    pub mqtt_discovery: Option<String>,

    /// Devices after the Homie convention 4.0, below this topic [default topic: homie]
    #[arg(long, value_name = "TOPIC", num_args = 0..=1, default_missing_value = "homie", help_heading = "MQTT")]
    pub mqtt_homie: Option<String>,

    /// Let Prometheus fetch the last readings at http://ADDRESS/metrics, such as 127.0.0.1:9464
    #[arg(long, value_name = "ADDRESS", help_heading = "Stores")]
    pub metrics: Option<String>,

    /// Address of a write in the line protocol, such as http://HOST:8086/api/v2/write?org=ORG&bucket=BUCKET
    #[arg(long, value_name = "URL", help_heading = "Stores")]
    pub influx: Option<String>,

    /// File in the line protocol
    #[arg(long, value_name = "FILE", help_heading = "Stores")]
    pub influx_file: Option<PathBuf>,

    /// Token of the server.
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Stores",
        help = "File with token under [influx] (TOML, or the same encrypted by age)"
    )]
    pub influx_credentials: Option<PathBuf>,

    /// Certificate of the authority that signed the server's (PEM)
    #[arg(long, value_name = "FILE", help_heading = "Stores")]
    pub influx_authority: Option<PathBuf>,

    /// Database whose table wattkey_reading gets a row for each value: postgres://USER@HOST/DATABASE or sqlite:FILE
    #[arg(long, value_name = "STORE", help_heading = "Stores")]
    pub table: Option<String>,

    /// Where records wait for those they are sent to [default: in the state folder]
    #[arg(long, value_name = "FILE", help_heading = "Stores")]
    pub outbox: Option<PathBuf>,

    /// Records that may wait; the oldest make room [default: 200000]
    #[arg(long, value_name = "N", help_heading = "Stores")]
    pub outbox_limit: Option<u64>,

    /// Power of all meters together that should not be passed, such as 20kW
    #[arg(long, value_name = "POWER", value_parser = parse_power, help_heading = "Demand")]
    pub demand_limit: Option<f64>,

    /// Meters that may lose supply, the first to lose it first
    #[arg(long, value_name = "METER,...", value_delimiter = ',', help_heading = "Demand")]
    pub shed: Vec<String>,

    /// Meters that keep supply, however high the demand [default: 1]
    #[arg(long, value_name = "N", help_heading = "Demand")]
    pub floor: Option<usize>,

    #[command(flatten)]
    pub look: live::Look,

    /// Open and close relays; without it only what would be done is told
    #[arg(long, help_heading = "Demand")]
    pub act: bool,
}

impl Arguments {
    fn overrides(&self) -> Overrides {
        Overrides {
            meters: self.meters.clone(),
            interval: self.interval,
            rounds: self.count,
            duration: self.duration,
            thresholds: self.thresholds.clone(),
            output: self.output.clone(),
            events: self.events.clone(),
            quality: self.quality.clone(),
            rotate_size: self.rotate_size,
            keep: self.keep,
            mqtt: self.mqtt.clone(),
            mqtt_prefix: self.mqtt_prefix.clone(),
            mqtt_credentials: self.mqtt_credentials.clone(),
            mqtt_authority: self.mqtt_authority.clone(),
            mqtt_certificate: self.mqtt_certificate.clone(),
            mqtt_key: self.mqtt_key.clone(),
            mqtt_values: self.mqtt_values,
            mqtt_discovery: self.mqtt_discovery.clone(),
            mqtt_homie: self.mqtt_homie.clone(),
            metrics: self.metrics.clone(),
            influx: self.influx.clone(),
            influx_file: self.influx_file.clone(),
            influx_credentials: self.influx_credentials.clone(),
            influx_authority: self.influx_authority.clone(),
            table: self.table.clone(),
            outbox: self.outbox.clone(),
            outbox_limit: self.outbox_limit,
            demand_limit: self.demand_limit,
            shed: self.shed.clone(),
            floor: self.floor,
            act: self.act,
        }
    }
}

impl From<PlanFileError> for CommandError {
    fn from(error: PlanFileError) -> Self {
        let plain = CommandError::new(error.code, error.message);
        match error.hint {
            Some(hint) => plain.hint(hint),
            None => plain,
        }
    }
}

/// Watches until the end that was asked for.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    if arguments.show_thresholds {
        return show_thresholds(arguments, context);
    }
    if let Some(endpoint) = &arguments.listen {
        return listen::run(endpoint.as_deref(), arguments, context);
    }
    let options = context.meter_options()?;
    // A file of credentials is opened once, here, where a passphrase can be asked for.
    let credentials = |path: &Path| Credentials::load(path, context.exposure(), &mut |path| context.opener(path));
    let plan = plan_file::plan(arguments.file.as_deref(), &arguments.overrides(), &options, &credentials)?;
    if context.options.trace.is_some() {
        return Err(CommandError::new(Code::NotSupported, "a watch is not traced: it would fill the disk")
            .hint("Record one exchange with `wattkey status --trace FILE`."));
    }
    if let Some(wanted) = &arguments.look.view {
        let mut names = plan.watch.lines.iter().flat_map(|line| &line.meters).map(|meter| &meter.name);
        if !names.any(|name| name == wanted) {
            return Err(CommandError::new(
                Code::BadValue,
                format!("--view: no meter of the watch is called {wanted:?}"),
            )
            .hint("Give its name in the file, or its address."));
        }
    }
    if arguments.check { check::run(plan, context) } else { run::run(plan, &arguments.look, context) }
}

fn show_thresholds(arguments: &Arguments, context: &Context) -> CommandResult {
    let text = if arguments.thresholds.is_none() && arguments.file.is_none() {
        SHIPPED.to_owned()
    } else {
        let plan_file = arguments.file.as_deref().map(plan_file::thresholds_within).transpose()?.flatten();
        let thresholds = plan_file::thresholds(arguments.thresholds.as_deref(), plan_file)?;
        toml::to_string(&thresholds).map_err(|error| CommandError::new(Code::Internal, error.to_string()))?
    };
    context.write(&text)?;
    Ok(Exit::Done)
}
