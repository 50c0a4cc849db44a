//! The broker's side of the watch: outbox, login, retained meter list, and the thread that sends.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use serde_json::json;

use super::plan::{LinePlan, MqttPlan};
use crate::cli::{CommandError, Context};
use crate::error::Code;
use crate::keys::Credentials;
use crate::monitor::Record;
use crate::monitor::mqtt::{Announcement, Broker, BrokerError, Publisher, Report, TlsFiles};
use crate::monitor::outbox::{Outbox, OutboxError};
use zeroize::Zeroizing;

/// Records on their way to the broker.
#[derive(Debug)]
pub struct Publishing {
    outbox: Outbox,
    stop: Arc<AtomicBool>,
    sender: Option<JoinHandle<Result<(), OutboxError>>>,
}

impl Publishing {
    /// Opens the outbox and begins to send. `note` is called from the thread that sends.
    ///
    /// # Errors
    /// An address, a certificate, a login or an outbox that cannot be used. A broker that is away is no error.
    pub fn start(
        plan: MqttPlan,
        lines: &[LinePlan],
        context: &Context,
        note: impl Fn(String) + Send + 'static,
    ) -> Result<Self, CommandError> {
        let broker = broker(&plan, context)?;
        let path = match plan.outbox {
            Some(path) => path,
            None => default_outbox(context, &plan.broker, &plan.prefix)?,
        };
        let outbox = Outbox::open(&path, plan.outbox_limit)?;
        let waiting = Outbox::open(&path, plan.outbox_limit)?;
        let announcements = vec![meter_list(&plan.prefix, lines)];
        let stop = Arc::new(AtomicBool::new(false));
        let publisher = Publisher::new(broker, waiting, &plan.prefix, announcements);
        let stopped = Arc::clone(&stop);
        let mut last = None;
        let sender = std::thread::spawn(move || {
            publisher.run(&stopped, |report| {
                let words = match report {
                    Report::Connected(name) => format!("connected to the broker {name}"),
                    Report::Away(error) => format!("{error}; messages wait on disk"),
                };
                // A broker that stays away is told once.
                if last.as_ref() != Some(&words) {
                    note(words.clone());
                    last = Some(words);
                }
            })
        });
        Ok(Publishing { outbox, stop, sender: Some(sender) })
    }

    /// Puts records into the outbox, in one step.
    ///
    /// # Errors
    /// A full disk or a damaged file.
    pub fn store(&mut self, records: &[Record]) -> Result<(), CommandError> {
        let before = self.outbox.dropped();
        let makers: Vec<_> = records.iter().map(|record| move |seq: u64| record.json(Some(seq))).collect();
        let messages =
            records.iter().zip(&makers).map(|(record, make)| (record.topic(), make as &dyn Fn(u64) -> Vec<u8>));
        self.outbox.store(messages)?;
        if before == 0 && self.outbox.dropped() > 0 {
            return Err(CommandError::new(
                Code::File,
                "the outbox is full: the oldest messages are dropped until the broker is back",
            ));
        }
        Ok(())
    }

    /// Ends after what can be sent in a few seconds, and tells how many messages still wait.
    ///
    /// # Errors
    /// A damaged outbox.
    pub fn end(mut self) -> Result<u64, CommandError> {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(sender) = self.sender.take() {
            sender.join().map_err(|_| CommandError::new(Code::Internal, "the publisher failed"))??;
        }
        Ok(self.outbox.len()?)
    }
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
        let credentials = Credentials::load(path, context.exposure(), context.opener(path))?;
        let login = credentials.mqtt.ok_or_else(|| {
            CommandError::new(Code::CredentialsMissing, format!("{} has no [mqtt] section", path.display()))
                .hint("Write user and password under [mqtt].")
        })?;
        broker.login = Some((login.user, Zeroizing::new(login.password.reveal().to_owned())));
    }
    Ok(broker)
}

/// One outbox a broker and prefix, so that two watches on one machine do not send each other's messages.
fn default_outbox(context: &Context, broker: &str, prefix: &str) -> Result<PathBuf, CommandError> {
    let folder = context.folders.state()?.join("outbox");
    std::fs::create_dir_all(&folder)
        .map_err(|error| CommandError::new(Code::File, format!("{} cannot be made: {error}", folder.display())))?;
    let safe = |text: &str| text.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    Ok(folder.join(format!("{}--{}.sqlite", safe(broker), safe(prefix))))
}

fn meter_list(prefix: &str, lines: &[LinePlan]) -> Announcement {
    let meters: Vec<_> = lines
        .iter()
        .flat_map(|line| line.meters.iter().map(move |meter| (line, meter)))
        .map(|(line, meter)| {
            json!({"line": line.link, "meter": meter.name, "address": meter.options.address,
                   "protocol": meter.options.protocol, "profile": meter.options.profile})
        })
        .collect();
    let document = json!({"schema": "wattkey/monitor-meters/1", "meters": meters});
    Announcement { topic: format!("{prefix}/meters"), payload: document.to_string().into_bytes() }
}

impl From<OutboxError> for CommandError {
    fn from(error: OutboxError) -> Self {
        CommandError::new(Code::File, error.to_string())
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
