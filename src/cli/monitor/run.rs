//! Runs a watch, and takes its records: to standard output, files, the places they are sent to, and a live table.

use std::io::{self, IsTerminal};
use std::sync::Arc;

use super::live::{Look, Screen, table};
use super::output::{Form, Outputs};
use super::places::Places;
use super::service::Service;
use crate::cli::{CommandError, CommandResult, Context, ledger_file};
use wattkey::error::{Code, Exit};
use wattkey::ledger::Ledger;
use wattkey::monitor::plan_file::Plan;
use wattkey::monitor::{MeterView, Observer, Record, WatchChannel, WatchEnd, WatchEnvironment, WatchError};
use wattkey::output::Format;

/// Watches until the end that was asked for.
pub fn run(plan: Plan, look: &Look, context: &mut Context) -> CommandResult {
    let format = shown(context);
    let stop = context.interrupt();
    let channel = WatchChannel::default();
    let places = Places::open(&plan, context, &channel)?;
    let form = if format == Shown::Lines(Form::Csv) { Form::Csv } else { Form::Jsonl };
    let outputs = Outputs::open(&plan.output, &plan.watch, (form, matches!(format, Shown::Lines(_))), places)?;
    let screen = (format == Shown::Live).then(|| Screen::new(context.style(), look.clone()));
    let mut display = Display { context, outputs, shown: format, look, screen, service: Service::default() };
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
pub(super) fn environment(context: &Context) -> Result<WatchEnvironment, CommandError> {
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
    look: &'c Look,
    screen: Option<Screen>,
    service: Service,
}

impl Observer for Display<'_> {
    type Error = CommandError;

    fn records(&mut self, records: &[Record]) -> Result<(), CommandError> {
        self.outputs.write(records, self.context)?;
        if let Some(screen) = &mut self.screen {
            screen.touch();
            for record in records {
                if let Record::MeterReading(reading) = record {
                    screen.take(reading);
                }
            }
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
        // A watch whose records go nowhere does not pass for one that goes on.
        if self.outputs.places.are_alive() {
            self.service.goes_on(meters);
        }
        if let Some(screen) = &mut self.screen {
            screen.draw(meters, &format!("{readings} readings; Ctrl-C ends"), false)?;
        }
        if round_ended && self.shown == Shown::Tables {
            self.context.write(&table(meters, self.context.style(), self.look, None))?;
        }
        Ok(())
    }
}

impl Display<'_> {
    fn end(mut self, ended: Result<WatchEnd, CommandError>, stopped: bool) -> CommandResult {
        self.service.ends();
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
        let mut refused = self.outputs.finish().err();
        for (place, left) in self.outputs.places.end(stopped)? {
            if left.waiting > 0 {
                let waiting = left.waiting;
                let text =
                    format_args!("records for {place} that wait on disk and go out with the next watch: {waiting}");
                self.context.note(text);
            }
            if left.refused > 0 {
                let problem = format!("{} records that {place} has refused are set aside in the outbox", left.refused);
                let hint =
                    "They stay in its table `refused`, with the reason; see to that at the place they were sent to.";
                refused = Some(CommandError::new(Code::File, problem).hint(hint));
            }
        }
        let end = ended?;
        if let Some(failed) = self.outputs.failed.take().or(refused) {
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
