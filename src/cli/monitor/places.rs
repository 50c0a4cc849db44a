//! The places that the records of a watch are sent to, and where the last ones can be fetched.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::cli::stores::store_options;
use crate::cli::{CommandError, Context};
use wattkey::error::Code;
use wattkey::files;
use wattkey::keys::Credentials;
use wattkey::monitor::forwarding::{Forwarding, Sink};
use wattkey::monitor::influx_server::InfluxServer;
use wattkey::monitor::metrics::{LastReadings, MetricsServer};
use wattkey::monitor::mqtt::publishing::Publishing;
use wattkey::monitor::mqtt::values::ValueTopics;
use wattkey::monitor::mqtt::{Broker, BrokerError, TlsFiles};
use wattkey::monitor::outbox::{MQTT, OutboxError};
use wattkey::monitor::plan_file::{InfluxPlan, MqttPlan, Plan};
use wattkey::monitor::queue::{Queue, QueueError};
use wattkey::monitor::{Record, WatchChannel};
use wattkey::orders::store::{Store, StoreUrl};
use wattkey::readings::ReadingsTable;

/// The consumers of the outbox beside the broker.
const INFLUX: &str = "influx";
const TABLE: &str = "table";

/// Every place that records are sent to.
#[derive(Debug)]
pub struct Places {
    queue: Option<Queue>,
    publishing: Option<(String, Publishing)>,
    forwarding: Vec<(String, Forwarding)>,
    metrics: Option<(LastReadings, MetricsServer)>,
}

impl Places {
    /// Opens the outbox for all of them and begins to send. A place that is away is no error.
    ///
    /// # Errors
    /// Names, files and logins that cannot be used.
    pub fn open(plan: &Plan, context: &Context, channel: &WatchChannel) -> Result<Self, CommandError> {
        let broker =
            plan.mqtt.as_ref().map(|mqtt| Ok::<_, CommandError>((mqtt, broker(mqtt, context)?))).transpose()?;
        let influx = plan.influx.as_ref().map(|influx| server(influx, context)).transpose()?;
        let table = plan.table.as_ref().map(|store| store.parse::<StoreUrl>()).transpose()?;
        let metrics = plan.metrics.as_deref().map(|address| listen(address, context)).transpose()?;
        let consumers: Vec<&str> =
            [broker.as_ref().map(|_| MQTT), influx.as_ref().map(|_| INFLUX), table.as_ref().map(|_| TABLE)]
                .into_iter()
                .flatten()
                .collect();
        let mut places = Places { queue: None, publishing: None, forwarding: Vec::new(), metrics };
        if consumers.is_empty() {
            return Ok(places);
        }
        let outbox = match (&plan.outbox, &plan.mqtt) {
            (Some(path), _) => path.clone(),
            (None, Some(mqtt)) => default_outbox(context, &[&mqtt.broker, &mqtt.prefix])?,
            (None, None) => {
                let influx = plan.influx.as_ref().map(|influx| influx.url.as_str());
                let names: Vec<&str> = influx.into_iter().chain(table.as_ref().map(StoreUrl::shown)).collect();
                default_outbox(context, &names)?
            }
        };
        let queue = Queue::open(&outbox, plan.outbox_limit, &consumers)?;
        let mut forward = |sink: Box<dyn Sink>, consumer: &str| -> Result<(), CommandError> {
            let name = sink.name();
            places.forwarding.push((name, Forwarding::start(sink, &outbox, consumer, channel.notes())?));
            Ok(())
        };
        if let Some(server) = influx {
            forward(Box::new(server), INFLUX)?;
        }
        if let Some(url) = &table {
            let store = Store::open(url, &store_options(context), true)?;
            forward(Box::new(ReadingsTable::new(store, &queue.identity()?)), TABLE)?;
        }
        if let Some((mqtt, broker)) = broker {
            let name = broker.name();
            let lines = &plan.watch.lines;
            let values = (mqtt.values || mqtt.discovery.is_some())
                .then(|| ValueTopics::new(&mqtt.prefix, mqtt.discovery.as_deref(), lines));
            let publishing = Publishing::start(broker, &mqtt.prefix, &outbox, lines, values, channel.notes())?;
            places.publishing = Some((name, publishing));
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
            records.iter().for_each(|record| readings.take(&record.document()));
        }
        Ok(self.queue.as_mut().map_or(Ok(()), |queue| queue.store(records))?)
    }

    /// Ends after what can be sent in a few seconds; the places for which records still wait, and how many.
    ///
    /// # Errors
    /// A damaged outbox.
    pub fn end(&mut self) -> Result<Vec<(String, u64)>, CommandError> {
        let mut waiting = Vec::new();
        if let Some((name, publishing)) = self.publishing.take() {
            waiting.push((name, publishing.end()?.ok_or(QueueError::Thread)?));
        }
        for (name, forwarding) in self.forwarding.drain(..) {
            waiting.push((name, forwarding.end()?.ok_or(QueueError::Thread)?));
        }
        waiting.retain(|(_, count)| *count > 0);
        Ok(waiting)
    }
}

fn listen(address: &str, context: &Context) -> Result<(LastReadings, MetricsServer), CommandError> {
    let readings = LastReadings::default();
    let server = MetricsServer::start(address, readings.clone()).map_err(|error| {
        CommandError::new(Code::BadValue, format!("--metrics: {address} cannot be listened at: {error}"))
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

/// One outbox for those it is for, so that two watches on one machine do not send each other's records.
fn default_outbox(context: &Context, names: &[&str]) -> Result<PathBuf, CommandError> {
    let folder = context.folders.state()?.join("outbox");
    files::create_private_folder(&folder)
        .map_err(|error| CommandError::new(Code::File, format!("{} cannot be made: {error}", folder.display())))?;
    let safe = |text: &str| text.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let words: Vec<String> = names.iter().map(|name| safe(name)).collect();
    Ok(folder.join(format!("{}.sqlite", words.join("--"))))
}

impl From<QueueError> for CommandError {
    fn from(error: QueueError) -> Self {
        let code = if matches!(error, QueueError::Thread) { Code::Internal } else { Code::File };
        CommandError::new(code, error.to_string())
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
            BrokerError::Line(..) | BrokerError::Refused(..) | BrokerError::Protocol(..) => Code::PortFault,
        };
        let plain = CommandError::new(code, error.to_string());
        match error {
            BrokerError::Certificate { .. } => plain.hint("Give the authority's certificate with --mqtt-authority."),
            _ => plain,
        }
    }
}
