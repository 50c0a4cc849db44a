//! `wattkey monitor`: watches the meters of one or many lines.

mod live;
mod output;
mod plan_file;
mod run;

use std::path::PathBuf;
use std::time::Duration;

use crate::cli::global::parse_duration;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::monitor::thresholds::SHIPPED;

/// Watch meters: readings by interval, events, MQTT, demand limit
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey monitor --link sim: --interval 5s\n  \
    wattkey monitor --link tcp:10.0.0.7:4001 -p dlt645 -m 000000000001 -m 000000000002 --format csv\n  \
    wattkey monitor --file cabinet.toml --output readings.jsonl --rotate-size 10M --keep 5\n  \
    wattkey monitor --file cabinet.toml --mqtt mqtts://broker:8883 --mqtt-authority ca.pem \\\n    \
      --mqtt-credentials broker.toml --mqtt-prefix site/cabinet-4\n  \
    wattkey monitor --file cabinet.toml --demand-limit 20kW --shed flat-3,flat-1 --floor 2 --act\n\n\
    Each line has a thread of its own, the meters on a line take turns. At a terminal a live table is shown; elsewhere,\n\
    and with --format jsonl or csv, every reading is a line on standard output, unless --output names a file. An event\n\
    is told when it begins and again when it ends. The options go over the file. A meter that stays silent is asked\n\
    less often, a port that vanishes is opened again when it is back.\n\n\
    Messages wait on disk while the broker is away and go out with rising `seq`: drop what came before. --demand-limit\n\
    alone only says what it would do; with --act relays are opened in the order of --shed and closed again in\n\
    reverse, and each action is in the ledger.\n\n\
    Ctrl-C ends after the exchange under way, exit code 130. With --count or --for: 0, or that of\n    the last failure when no meter answered at all.")]
pub struct Arguments {
    /// Lines and meters, thresholds and outputs (TOML)
    #[arg(short, long, value_name = "FILE")]
    pub file: Option<PathBuf>,

    /// Address of one of several meters on the line of --link; again for each
    #[arg(short, long = "meter", value_name = "ADDRESS")]
    pub meters: Vec<String>,

    /// Time from the start of one round to the next; 0 for no pause [default: 30s]
    #[arg(short, long, value_name = "DURATION", value_parser = parse_duration)]
    pub interval: Option<Duration>,

    /// End after so many rounds
    #[arg(short = 'n', long, value_name = "N")]
    pub count: Option<u64>,

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

    /// Size at which an output file is set aside as FILE.1 [default: 10M]
    #[arg(long, value_name = "SIZE", value_parser = plan_file::parse_size)]
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

    /// Where messages wait for the broker [default: in the state folder]
    #[arg(long, value_name = "FILE", help_heading = "MQTT")]
    pub outbox: Option<PathBuf>,

    /// Messages that may wait; the oldest make room [default: 200000]
    #[arg(long, value_name = "N", help_heading = "MQTT")]
    pub outbox_limit: Option<u64>,

    /// Power of all meters together that should not be passed, such as 20kW
    #[arg(long, value_name = "POWER", value_parser = plan_file::parse_power, help_heading = "Demand")]
    pub demand_limit: Option<f64>,

    /// Meters that may lose supply, the first to lose it first
    #[arg(long, value_name = "METER,...", value_delimiter = ',', help_heading = "Demand")]
    pub shed: Vec<String>,

    /// Meters that keep supply, however high the demand [default: 1]
    #[arg(long, value_name = "N", help_heading = "Demand")]
    pub floor: Option<usize>,

    /// Open and close relays; without it only what would be done is told
    #[arg(long, help_heading = "Demand")]
    pub act: bool,
}

/// Watches until the end that was asked for.
///
/// # Errors
/// A plan that cannot be used; an outbox or a file that cannot be opened.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    if arguments.show_thresholds {
        return show_thresholds(arguments, context);
    }
    let plan = plan_file::plan(arguments, context)?;
    if context.options.trace.is_some() {
        return Err(CommandError::new(Code::NotSupported, "a watch is not traced: it would fill the disk")
            .hint("Record one exchange with `wattkey status --trace FILE`."));
    }
    run::run(plan, context)
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
