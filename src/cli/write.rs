//! `wattkey write`: one object, with the old value shown first.

use serde_json::json;

use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::change::{Change, apply};
use wattkey::documents::write::Written;
use wattkey::error::{Code, Exit};
use wattkey::meter::profile::Protocol;
use wattkey::meter::value::Value;
use wattkey::meter::{Item, Meter, MeterRef};

/// Write one object, after showing its old value
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/write.txt"))]
pub struct Arguments {
    /// `[CLASS/]OBIS[:ATTRIBUTE]`, or the address of a data set
    pub object: Item,

    /// The new value
    #[arg(allow_hyphen_values = true)]
    pub value: String,
}

/// Reads, asks, writes, reads back.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    meter::with(context, |meter, context| {
        let mut item = arguments.object.clone();
        if meter.profile().protocol == Protocol::Dlms {
            item.attribute = item.attribute.or(Some(2));
        }
        let before = one(meter, &item)?;
        let label = item.to_string();
        let old = before.as_ref().map_or_else(|| "unreadable".to_owned(), Value::to_string);
        context.note(format!("{label} is {old}"));
        if !context.confirm(&format!("Write {} to {label} (now {old})?", arguments.value))? {
            return Err(CommandError::new(Code::NotConfirmed, "nothing was written"));
        }
        let reference = MeterRef::read(meter)?;
        let change = Change::Object {
            item: item.clone(),
            before: before.as_ref().map(Value::to_string),
            value: arguments.value.clone(),
        };
        let mut applied = meter::with_changes(meter, context, &reference, &|_| false, |meter, changes| {
            apply(meter, changes, &change, &json!({}))
        })?;
        let document = Written {
            meter: reference,
            object: label,
            before,
            value: arguments.value.clone(),
            after: applied.object().cloned(),
            outcome: applied.outcome.word(),
            reason: applied.reason.clone(),
        };
        // A meter may keep a written value in a form of its own: what it shows afterwards is for the person to judge.
        let exit = meter::exit_of(&mut applied, Exit::MeterRefused);
        context.finish(&document, exit.map(|exit| if exit == Exit::AnswerNo { Exit::Done } else { exit }))
    })
}

fn one(meter: &mut dyn Meter, item: &Item) -> Result<Option<Value>, CommandError> {
    Ok(meter.read(std::slice::from_ref(item))?.into_iter().next().and_then(|reading| reading.value))
}
