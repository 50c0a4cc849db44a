//! The places that the records of a watch are sent to, and where the last ones can be fetched.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::cli::stores::store_options;
use crate::cli::{CommandError, Context};
use wattkey::error::Code;
use wattkey::files;
use wattkey::hex;
use wattkey::keys::Credentials;
use wattkey::monitor::ending::Ending;
use wattkey::monitor::forwarding::{Forwarding, Left, Sink};
use wattkey::monitor::influx_server::InfluxServer;
use wattkey::monitor::metrics::{LastReadings, MetricsServer};
use wattkey::monitor::mqtt::publishing::Publishing;
use wattkey::monitor::mqtt::values::ValueTopics;
use wattkey::monitor::mqtt::{Broker, BrokerError, TlsFiles};
use wattkey::monitor::outbox::{MQTT, OutboxError};
use wattkey::monitor::plan_file::{InfluxPlan, MqttPlan, Plan};
use wattkey::monitor::queue::{Queue, QueueError};
use wattkey::monitor::{Record, WatchChannel};
use wattkey::orders::store::{Store, StoreKind, StoreUrl};
use wattkey::readings::ReadingsTable;

/// How long the last records may take: at an end that was asked for beforehand, and after Ctrl-C.
const FAREWELL: Duration = Duration::from_secs(5);
const FAREWELL_AFTER_STOP: Duration = Duration::from_millis(1_500);

/// Every place that records are sent to.
#[derive(Debug)]
pub struct Places {
    ending: Ending,
    queue: Option<Queue>,
    publishing: Option<(String, Publishing)>,
    forwarding: Vec<(String, Forwarding)>,
    metrics: Option<(LastReadings, MetricsServer)>,
}

/// The places of a plan, before anything is opened.
struct Targets<'p> {
    broker: Option<(&'p MqttPlan, Broker)>,
    influx: Option<InfluxServer>,
    table: Option<StoreUrl>,
}

impl<'p> Targets<'p> {
    fn of(plan: &'p Plan, context: &Context) -> Result<Self, CommandError> {
        let broker = plan.mqtt.as_ref().map(|mqtt| Ok::<_, CommandError>((mqtt, broker(mqtt, context)?)));
        Ok(Targets {
            broker: broker.transpose()?,
            influx: plan.influx.as_ref().map(|influx| server(influx, context)).transpose()?,
            table: plan.table.as_ref().map(|store| store.parse::<StoreUrl>()).transpose()?,
        })
    }

    /// The name of each in the outbox: another server or database is another consumer.
    fn consumers(&self, plan: &Plan) -> [Option<String>; 3] {
        let table = self.table.as_ref().map(|url| match url.kind() {
            StoreKind::Sqlite(path) => {
                let whole = std::path::absolute(path).unwrap_or_else(|_| path.clone());
                named("table", &format!("sqlite:{}", whole.display()), "")
            }
            StoreKind::Postgres(_) => named("table", url.shown(), ""),
        });
        let query = plan.influx.as_ref().map(|influx| influx.url.as_str()).unwrap_or_default();
        [
            self.broker.as_ref().map(|(mqtt, broker)| named(MQTT, &format!("{} {}", broker.name(), mqtt.prefix), "")),
            self.influx.as_ref().map(|influx| named("influx", &influx.name(), query)),
            table,
        ]
    }
}

/// A consumer by its kind and place; what else tells it from others goes in by its hash.
fn named(kind: &str, place: &str, more: &str) -> String {
    let hash = if more.is_empty() { String::new() } else { format!(" {}", short_hash(more)) };
    format!("{kind} {place}{hash}")
}

fn short_hash(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()).get(..6).unwrap_or_default())
}

/// Looks whether every place of a plan can be sent to by its name and files; nothing is opened.
pub fn check(plan: &Plan, context: &Context) -> Result<(), CommandError> {
    Targets::of(plan, context).map(drop)
}

impl Places {
    /// Opens the outbox for all of them and begins to send. A place that is away is no error.
    ///
    /// # Errors
    /// Names, files and logins that cannot be used.
    pub fn open(plan: &Plan, context: &Context, channel: &WatchChannel) -> Result<Self, CommandError> {
        let targets = Targets::of(plan, context)?;
        let names = targets.consumers(plan);
        let consumers: Vec<&str> = names.iter().flatten().map(String::as_str).collect();
        let metrics = plan.metrics.as_deref().map(|address| listen(address, context)).transpose()?;
        let ending = Ending::default();
        let mut places =
            Places { ending: ending.clone(), queue: None, publishing: None, forwarding: Vec::new(), metrics };
        if consumers.is_empty() {
            return Ok(places);
        }
        let outbox = match &plan.outbox {
            Some(path) => path.clone(),
            None => default_outbox(context, plan)?,
        };
        let queue = Queue::open(&outbox, plan.outbox_limit, &consumers)?;
        let [mqtt_name, influx_name, table_name] = &names;
        let mut forward = |sink: Box<dyn Sink>, consumer: &str| -> Result<(), CommandError> {
            let name = sink.name();
            let forwarding = Forwarding::start(sink, &outbox, consumer, &ending, channel.notes())?;
            places.forwarding.push((name, forwarding));
            Ok(())
        };
        if let (Some(server), Some(consumer)) = (targets.influx, influx_name) {
            forward(Box::new(server), consumer)?;
        }
        if let (Some(url), Some(consumer)) = (&targets.table, table_name) {
            let store = Store::open(url, &store_options(context), true)?;
            forward(Box::new(ReadingsTable::new(store, &queue.identity()?)), consumer)?;
        }
        if let (Some((mqtt, broker)), Some(consumer)) = (targets.broker, mqtt_name) {
            let name = broker.name();
            let lines = &plan.watch.lines;
            let values = mqtt.values.then(|| {
                ValueTopics::new(&mqtt.prefix, mqtt.discovery.as_deref(), plan.watch.words())
                    .with_homie(mqtt.homie.as_deref())
            });
            let from = (outbox.as_path(), consumer.as_str());
            let publishing = Publishing::start(broker, &mqtt.prefix, from, lines, values, &ending, channel.notes())?;
            places.publishing = Some((name, publishing));
        }
        for (stranger, count) in queue.strangers()?.into_iter().filter(|(name, _)| name != MQTT) {
            context.note(format_args!(
                "{count} records in {} wait for {stranger}, to which this watch does not send",
                outbox.display()
            ));
        }
        places.queue = Some(queue);
        Ok(places)
    }

    /// Puts records where all places take them from.
    ///
    /// # Errors
    /// A full disk or a damaged outbox.
    pub fn store(&mut self, records: &[Record]) -> Result<(), CommandError> {
        if let Some((readings, _)) = &self.metrics {
            records.iter().for_each(|record| readings.take(&record.document(None)));
        }
        Ok(self.queue.as_mut().map_or(Ok(()), |queue| queue.store(records))?)
    }

    /// Whether every thread that sends goes on.
    pub fn are_alive(&self) -> bool {
        self.publishing.as_ref().is_none_or(|(_, publishing)| publishing.is_alive())
            && self.forwarding.iter().all(|(_, forwarding)| forwarding.is_alive())
    }

    /// Ends after what can be sent in a short time; the places for which records are left.
    ///
    /// # Errors
    /// A damaged outbox.
    pub fn end(&mut self, stopped: bool) -> Result<Vec<(String, Left)>, CommandError> {
        self.ending.begin(if stopped { FAREWELL_AFTER_STOP } else { FAREWELL });
        let mut left = Vec::new();
        if let Some((name, publishing)) = self.publishing.take() {
            left.push((name, publishing.end()?));
        }
        for (name, forwarding) in self.forwarding.drain(..) {
            left.push((name, forwarding.end()?));
        }
        left.retain(|(_, left)| *left != Left::default());
        Ok(left)
    }
}

fn listen(address: &str, context: &Context) -> Result<(LastReadings, MetricsServer), CommandError> {
    let readings = LastReadings::default();
    let server = MetricsServer::start(address, readings.clone()).map_err(|error| {
        CommandError::new(Code::PortAbsent, format!("--metrics: {address} cannot be listened at: {error}"))
            .hint("Give HOST:PORT, such as 127.0.0.1:9464.")
    })?;
    context.note(format_args!("the last readings are at http://{}/metrics", server.address()));
    Ok((readings, server))
}

fn load(path: &Path, context: &Context) -> Result<Credentials, CommandError> {
    Ok(Credentials::load(path, context.exposure(), &mut |path| context.opener(path))?)
}

fn server(plan: &InfluxPlan, context: &Context) -> Result<InfluxServer, CommandError> {
    let token = match &plan.credentials {
        None => None,
        Some(path) => {
            let token = load(path, context)?.influx_token.ok_or_else(|| {
                CommandError::new(Code::CredentialsMissing, format!("{} has no token under [influx]", path.display()))
                    .hint("Write token under [influx].")
            })?;
            Some(Zeroizing::new(token.reveal().to_owned()))
        }
    };
    InfluxServer::new(&plan.url, token, plan.authority.as_deref()).map_err(|problem| {
        CommandError::new(Code::BadValue, format!("--influx: {problem}"))
            .hint("Give the address of a write; --influx-authority with https, --influx-credentials with a token.")
    })
}

fn broker(plan: &MqttPlan, context: &Context) -> Result<Broker, CommandError> {
    let tls = plan.authority.clone().map(|authorities| TlsFiles { authorities, client: plan.client.clone() });
    let client_id = match &plan.client_id {
        Some(id) => id.clone(),
        None => {
            let mut random = [0u8; 4];
            getrandom::fill(&mut random).map_err(|error| {
                CommandError::new(Code::Internal, format!("the system gives no random numbers: {error}"))
            })?;
            format!("wattkey-{:08x}", u32::from_be_bytes(random))
        }
    };
    let mut broker = Broker::parse(&plan.broker, tls, &client_id)?;
    broker.check()?;
    if let Some(path) = &plan.credentials {
        let credentials = load(path, context)?;
        let login = credentials.mqtt.ok_or_else(|| {
            CommandError::new(Code::CredentialsMissing, format!("{} has no [mqtt] section", path.display()))
                .hint("Write user and password under [mqtt].")
        })?;
        broker.login = Some((login.user, Zeroizing::new(login.password.reveal().to_owned())));
    }
    Ok(broker)
}

/// One outbox a watch, by its lines; that of an earlier version, by broker and prefix, where it is there.
fn default_outbox(context: &Context, plan: &Plan) -> Result<PathBuf, CommandError> {
    let folder = context.folders.state()?.join("outbox");
    files::create_private_folder(&folder)
        .map_err(|error| CommandError::new(Code::File, format!("{} cannot be made: {error}", folder.display())))?;
    if let Some(mqtt) = &plan.mqtt {
        let safe = |text: &str| text.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let old = folder.join(format!("{}--{}.sqlite", safe(&mqtt.broker), safe(&mqtt.prefix)));
        if old.exists() {
            return Ok(old);
        }
    }
    let links: Vec<&str> = plan.watch.lines.iter().map(|line| line.link.as_str()).collect();
    Ok(folder.join(format!("watch-{}.sqlite", short_hash(&links.join("\n")))))
}

impl From<QueueError> for CommandError {
    fn from(error: QueueError) -> Self {
        let plain = CommandError::new(Code::File, error.to_string());
        match error {
            QueueError::InUse(_) => plain.hint("Give the second watch an outbox of its own with --outbox."),
            _ => plain,
        }
    }
}

impl From<OutboxError> for CommandError {
    fn from(error: OutboxError) -> Self {
        QueueError::from(error).into()
    }
}

impl From<BrokerError> for CommandError {
    fn from(error: BrokerError) -> Self {
        let code = match error {
            BrokerError::Address(_) => Code::BadValue,
            BrokerError::Certificate { .. } => Code::File,
            BrokerError::Line(..)
            | BrokerError::Refused(..)
            | BrokerError::OtherVersion(_)
            | BrokerError::Unanswered(_)
            | BrokerError::Protocol(..) => Code::PortFault,
        };
        let plain = CommandError::new(code, error.to_string());
        match error {
            BrokerError::Certificate { .. } => plain.hint("Give the authority's certificate with --mqtt-authority."),
            _ => plain,
        }
    }
}
