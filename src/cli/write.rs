//! `wattkey write`: one object, with the old value shown first.

use serde::Serialize;
use serde_json::json;
use time::OffsetDateTime;

use crate::cli::{CommandError, Context, Outcome, ledger, meter};
use crate::error::{Code, Exit};
use crate::ledger::{Act, Ending, Operation};
use crate::meter::profile::ProfileProtocol;
use crate::meter::value::Value;
use crate::meter::{Answer, Item, Meter};
use crate::output::{Document, Style, sanitize};

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
pub fn run(arguments: &Arguments, context: &mut Context) -> Outcome {
    meter::with(context, |meter, context| {
        let mut item = arguments.object.clone();
        if meter.profile().protocol == ProfileProtocol::Dlms {
            item.attribute = item.attribute.or(Some(2));
        }
        let before = one(meter, &item)?;
        let label = item.to_string();
        let old = before.as_ref().map_or_else(|| "unreadable".to_owned(), Value::to_string);
        context.note(format!("{label} is {old}"));
        if !context.confirm(&format!("Write {} to {label} (now {old})?", arguments.value))? {
            return Err(CommandError::new(Code::NotConfirmed, "nothing was written"));
        }
        let reference = meter::reference(meter)?;
        let mut book = ledger::open(context)?;
        let detail = json!({"object": label, "before": before, "value": arguments.value});
        let act = Act { meter: &reference, operation: Operation::WriteObject, token: None, job: None, detail };
        let intent = book.intend(&act, OffsetDateTime::now_utc())?;
        let answer = meter.write(&item, &arguments.value);
        let after = match &answer {
            Ok(Answer::Done) => one(meter, &item).ok().flatten(),
            _ => None,
        };
        let (ending, reason) = meter::ending(&answer);
        book.conclude(intent, ending, json!({"after": after, "reason": reason}), OffsetDateTime::now_utc())?;
        answer?;
        let written =
            Written { object: label, before, value: arguments.value.clone(), after, outcome: ending.word(), reason };
        context.print(&written)?;
        Ok(if ending == Ending::Accepted { Exit::Done } else { Exit::MeterRefused })
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
        let reason = self.reason.as_ref().map(|reason| format!(": {}", reason.replace('-', " "))).unwrap_or_default();
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
