//! Runs a watch, and takes its records: to standard output, files, the broker, and a live table.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::live::{Screen, table};
use super::output::{Form, Outputs};
use crate::cli::{CommandError, CommandResult, Context, ledger_file};
use wattkey::error::{Code, Exit};
use wattkey::files;
use wattkey::keys::Credentials;
use wattkey::ledger::Ledger;
use wattkey::monitor::mqtt::publishing::{PublishError, Publishing};
use wattkey::monitor::mqtt::{Broker, BrokerError, TlsFiles};
use wattkey::monitor::plan_file::{MqttPlan, Plan};
use wattkey::monitor::{MeterView, Observer, Record, WatchChannel, WatchEnd, WatchEnvironment, WatchError};
use wattkey::output::Format;

/// Watches until the end that was asked for.
pub fn run(plan: Plan, context: &mut Context) -> CommandResult {
    let format = shown(context);
    let stop = context.interrupt();
    let channel = WatchChannel::default();
    let publishing = match &plan.mqtt {
        Some(mqtt) => {
            let broker = broker(mqtt, context)?;
            let outbox = match &mqtt.outbox {
                Some(path) => path.clone(),
                None => default_outbox(context, &mqtt.broker, &mqtt.prefix)?,
            };
            let lines = &plan.watch.lines;
            Some(Publishing::start(broker, &mqtt.prefix, &outbox, mqtt.outbox_limit, lines, channel.notes())?)
        }
        None => None,
    };
    let form = if format == Shown::Lines(Form::Csv) { Form::Csv } else { Form::Jsonl };
    let outputs = Outputs::open(&plan.output, form, matches!(format, Shown::Lines(_)), publishing)?;
    let screen = (format == Shown::Live).then(|| Screen::new(context.style()));
    let mut display = Display { context, outputs, shown: format, screen };
    let environment = environment(context)?;
    let ended = channel.run(plan.watch, &environment, &stop, &mut display);
    let ended = ended.map_err(|error| match error {
        WatchError::Connect(error) => error.into(),
        WatchError::Observer(error) => error,
        WatchError::Thread => CommandError::new(Code::Internal, "the thread of a line failed"),
    });
    display.end(ended, stop.requested())
}

/// How the threads of the lines open meters and the ledger. Nobody is asked anything there.
fn environment(context: &Context) -> Result<WatchEnvironment, CommandError> {
    let template = context.connector()?.quietly();
    let (path, author) = (ledger_file::path(context)?, ledger_file::author());
    Ok(WatchEnvironment {
        connect: Arc::new(move |options| template.clone().with_options(options)),
        ledger: Arc::new(move || Ledger::open(&path, author.clone())),
    })
}

/// What standard output gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// A table that is drawn over and over.
    Live,
    /// A table after each round, one below the other.
    Tables,
    /// A line for each record.
    Lines(Form),
}

fn shown(context: &Context) -> Shown {
    let asked = context.options.format.or(context.options.json.then_some(Format::Json));
    match asked {
        Some(Format::Csv) => Shown::Lines(Form::Csv),
        Some(Format::Json | Format::Jsonl) => Shown::Lines(Form::Jsonl),
        _ if io::stdout().is_terminal() => Shown::Live,
        Some(Format::Table) => Shown::Tables,
        None => Shown::Lines(Form::Jsonl),
    }
}

/// Shows a watch.
struct Display<'c> {
    context: &'c Context,
    outputs: Outputs,
    shown: Shown,
    screen: Option<Screen>,
}

impl Observer for Display<'_> {
    type Error = CommandError;

    fn records(&mut self, records: &[Record]) -> Result<(), CommandError> {
        self.outputs.write(records, self.context)?;
        if let Some(screen) = &mut self.screen {
            screen.touch();
        }
        if !self.outputs.tells_events() {
            for record in records.iter().filter(|record| !matches!(record, Record::MeterReading(_))) {
                self.note(record.sentence());
            }
        }
        Ok(())
    }

    fn note(&mut self, text: String) {
        match &mut self.screen {
            Some(screen) => screen.tell(text),
            None => self.context.note(text),
        }
    }

    fn state(&mut self, meters: &[MeterView], readings: u64, round_ended: bool) -> Result<(), CommandError> {
        if let Some(screen) = &mut self.screen {
            screen.draw(meters, &format!("{readings} readings; Ctrl-C ends"), false)?;
        }
        if round_ended && self.shown == Shown::Tables {
            self.context.write(&table(meters, self.context.style()))?;
        }
        Ok(())
    }
}

impl Display<'_> {
    fn end(mut self, ended: Result<WatchEnd, CommandError>, stopped: bool) -> CommandResult {
        if let (Ok(end), Some(screen)) = (&ended, &mut self.screen) {
            screen.draw(&end.meters, "", true)?;
        }
        if let Ok(end) = &ended
            && !end.still_open.is_empty()
        {
            self.context.note(format_args!(
                "these relays were opened for the demand limit and still are: {}; `wattkey relay connect` closes them",
                end.still_open.join(", ")
            ));
        }
        if let Some(publishing) = self.outputs.publishing.take() {
            let waiting = publishing.end()?;
            if waiting > 0 {
                let text = format_args!("messages that wait on disk and go out with the next watch: {waiting}");
                self.context.note(text);
            }
        }
        let end = ended?;
        if let Some(failed) = self.outputs.failed.take() {
            return Err(failed);
        }
        if stopped {
            return Ok(Exit::Interrupted);
        }
        if end.answered {
            return Ok(Exit::Done);
        }
        let last = end.meters.iter().find_map(|meter| meter.reading.as_ref()?.problem);
        let code = Code::ALL.iter().find(|code| Some(code.word()) == last);
        Ok(code.map_or(Exit::NoReply, |code| code.exit()))
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
        let credentials = Credentials::load(path, context.exposure(), &mut |path| context.opener(path))?;
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
    files::create_private_folder(&folder)
        .map_err(|error| CommandError::new(Code::File, format!("{} cannot be made: {error}", folder.display())))?;
    let safe = |text: &str| text.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    Ok(folder.join(format!("{}--{}.sqlite", safe(broker), safe(prefix))))
}

impl From<PublishError> for CommandError {
    fn from(error: PublishError) -> Self {
        let code = if matches!(error, PublishError::Thread) { Code::Internal } else { Code::File };
        CommandError::new(code, error.to_string())
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
