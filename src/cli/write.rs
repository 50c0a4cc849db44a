//! `wattkey write`: one object, with the old value shown first.

use serde::Serialize;
use serde_json::json;

use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::change::{Change, apply};
use wattkey::error::{Code, Exit};
use wattkey::meter::profile::Protocol;
use wattkey::meter::value::Value;
use wattkey::meter::{Item, Meter, MeterRef};
use wattkey::output::{Document, Style, in_words, sanitize};

/// Write one object, after showing its old value
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey write 0.0.19.0.0.255:16 1000 --credentials manager.toml\n  \
    wattkey write C.52.0 0 -p iec62056-21\n  \
    wattkey write 04000E01 5.5 -p dlt645 --credentials manager.toml\n  \
    wattkey write holding:0x0014:f32 5 -p modbus --address 1\n\n\
    The value is given in the meter's own terms, unscaled, in the type the object has now: a number, true or\n\
    false, text, 0x and hex digits for octets, 0b and bits for a bit string. To DL/T 645 and Modbus meters it is\n\
    given in the unit `read` shows. It is read back afterwards.")]
pub struct Arguments {
    /// `[CLASS/]OBIS[:ATTRIBUTE]`, or the address of a data set
    pub object: Item,

    /// The new value
    #[arg(allow_hyphen_values = true)]
    pub value: String,
}

#[derive(Debug, Serialize)]
struct Written {
    object: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Value>,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Value>,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Reads, asks, writes, reads back.
///
/// # Errors
/// Those of the line and the meter; a confirmation that was not given.
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

impl Document for Written {
    const SCHEMA: &'static str = "wattkey/write/1";

    fn table(&self, _style: Style) -> String {
        let shown =
            |value: &Option<Value>| value.as_ref().map_or_else(|| "-".to_owned(), |value| sanitize(&value.to_string()));
        let reason = self.reason.as_ref().map(|reason| format!(": {}", in_words(reason))).unwrap_or_default();
        format!(
            "{}\n  before   {}\n  written  {}\n  after    {}\n  {}{reason}\n",
            sanitize(&self.object),
            shown(&self.before),
            sanitize(&self.value),
            shown(&self.after),
            self.outcome.to_uppercase()
        )
    }

    fn csv_header(&self) -> Vec<String> {
        ["object", "before", "value", "after", "outcome", "reason"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let shown = |value: &Option<Value>| value.as_ref().map(Value::to_string).unwrap_or_default();
        vec![vec![
            self.object.clone(),
            shown(&self.before),
            self.value.clone(),
            shown(&self.after),
            self.outcome.to_owned(),
            self.reason.clone().unwrap_or_default(),
        ]]
    }
}
