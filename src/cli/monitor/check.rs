//! Looks at the places of a watch, asks every meter once, and tells which do not answer.

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::monitor::plan_file::Plan;
use wattkey::monitor::record::place;
use wattkey::monitor::{MeterView, Observer, Record, WatchChannel, WatchError};
use wattkey::output::Format;

use super::live::{Look, table};
use super::places;
use super::run::environment;

/// Takes note of nothing but readings.
struct Asking<'c> {
    context: &'c Context,
}

impl Observer for Asking<'_> {
    type Error = CommandError;

    fn records(&mut self, _records: &[Record]) -> Result<(), CommandError> {
        Ok(())
    }

    fn note(&mut self, text: String) {
        self.context.note(text);
    }

    fn state(&mut self, _meters: &[MeterView], _readings: u64, _round_ended: bool) -> Result<(), CommandError> {
        Ok(())
    }
}

/// One round; exit code 0 when every meter answered, else that of the first that did not.
pub fn run(mut plan: Plan, context: &mut Context) -> CommandResult {
    places::check(&plan, context)?;
    plan.watch.rounds = Some(1);
    plan.watch.act = false;
    let stop = context.interrupt();
    let environment = environment(context)?;
    let ended = WatchChannel::default().run(plan.watch, &environment, &stop, &mut Asking { context });
    let end = ended.map_err(|error| match error {
        WatchError::Connect(error) => error.into(),
        WatchError::Observer(error) => error,
        WatchError::Thread => CommandError::new(Code::Internal, "the thread of a line failed"),
    })?;
    if stop.requested() {
        return Ok(Exit::Interrupted);
    }
    let readings: Vec<_> = end.meters.iter().filter_map(|meter| meter.reading.as_ref()).collect();
    if context.format() != Format::Table {
        for reading in &readings {
            let record = Record::MeterReading(Box::new((*reading).clone()));
            context.write(&format!("{}\n", String::from_utf8_lossy(&record.json(None))))?;
        }
    } else {
        context.write(&table(&end.meters, context.style(), &Look::default(), None))?;
    }
    let silent: Vec<_> = readings.iter().filter(|reading| !reading.answered).collect();
    for reading in &silent {
        let problem = reading.problem.unwrap_or("no-reply");
        context.note(format_args!("{} does not answer: {problem}", place(&reading.meter, &reading.line)));
    }
    context.note(format_args!("{} of {} meters answer", readings.len().saturating_sub(silent.len()), readings.len()));
    let code = silent.first().map(|reading| {
        Code::ALL.iter().find(|code| Some(code.word()) == reading.problem).copied().unwrap_or(Code::NoReply)
    });
    Ok(code.map_or(Exit::Done, |code| code.exit()))
}
