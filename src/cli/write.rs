//! `wattkey write`: objects by their codes, with the old values shown first.

use serde_json::json;

use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::change::{Applied, Change, apply, apply_together};
use wattkey::documents::write::{Written, WrittenObject, WrittenTogether};
use wattkey::error::{Code, Exit};
use wattkey::meter::profile::Protocol;
use wattkey::meter::value::Value;
use wattkey::meter::{Item, Meter, MeterRef, Order, OrderTarget};

/// Write objects, or call methods, after showing the old values
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/write.txt"))]
pub struct Arguments {
    /// `[CLASS/]OBIS[:ATTRIBUTE]`, `[CLASS/]OBIS:mMETHOD`, or the address of a data set
    pub object: OrderTarget,

    /// The new value, or the argument of the method
    #[arg(allow_hyphen_values = true)]
    pub value: String,

    /// More objects and their values, written with as few requests as the meter takes
    #[arg(value_names = ["OBJECT", "VALUE"], allow_negative_numbers = true)]
    pub more: Vec<String>,
}

impl Arguments {
    fn orders(&self) -> Result<Vec<Order>, CommandError> {
        let mut orders = vec![Order { target: self.object.clone(), value: self.value.clone() }];
        for pair in self.more.chunks(2) {
            let wrong = |why: String| CommandError::new(Code::Usage, why);
            let [object, value] = pair else {
                return Err(wrong(format!("{} has no value: give objects and values in turn", pair.join(" "))));
            };
            orders.push(Order { target: object.parse().map_err(wrong)?, value: value.clone() });
        }
        Ok(orders)
    }
}

/// Reads, asks, writes, reads back.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let mut orders = arguments.orders()?;
    meter::with(context, |meter, context| {
        if meter.profile().protocol == Protocol::Dlms {
            orders.iter_mut().for_each(name_attribute);
        }
        let before = present(meter, &orders)?;
        let question = announce(&orders, &before, context);
        if !context.confirm(&question)? {
            return Err(CommandError::new(Code::NotConfirmed, "nothing was written"));
        }
        let reference = MeterRef::read(meter)?;
        let changes: Vec<Change> = orders
            .iter()
            .zip(&before)
            .map(|(Order { target, value }, before)| {
                Change::of_order(target.clone(), before.as_ref().map(Value::to_string), value.clone())
            })
            .collect();
        let mut applied = meter::with_changes(meter, context, &reference, &|_| false, |meter, changes_context| {
            match changes.as_slice() {
                [change] => apply(meter, changes_context, change, &json!({})).map(|applied| vec![applied]),
                changes => apply_together(meter, changes_context, changes, &json!({})),
            }
        })?;
        let mut objects: Vec<WrittenObject> = orders
            .iter()
            .zip(before)
            .zip(&applied)
            .map(|((order, before), applied)| WrittenObject::new(order, before, applied))
            .collect();
        let exit = exit_of(&mut applied);
        match (objects.len(), objects.pop()) {
            (1, Some(object)) => context.finish(&Written { meter: reference, object }, exit),
            (_, last) => {
                objects.extend(last);
                context.finish(&WrittenTogether { meter: reference, objects }, exit)
            }
        }
    })
}

/// The attribute of an object is its value where none is named.
fn name_attribute(order: &mut Order) {
    if let OrderTarget::Object(item) = &mut order.target {
        item.attribute = item.attribute.or(Some(2));
    }
}

/// What the objects hold; `None` for what cannot be read, and for methods.
fn present(meter: &mut dyn Meter, orders: &[Order]) -> Result<Vec<Option<Value>>, CommandError> {
    let item = |order: &Order| match &order.target {
        OrderTarget::Object(item) => Some(item.clone()),
        OrderTarget::Method(_) => None,
    };
    let items: Vec<Item> = orders.iter().filter_map(item).collect();
    let readings = if items.is_empty() { Vec::new() } else { meter.read(&items)? };
    let mut values = readings.into_iter().map(|reading| reading.value);
    Ok(orders.iter().map(|order| item(order).and_then(|_| values.next().flatten())).collect())
}

/// Notes what the objects hold, and gives the question to be asked.
fn announce(orders: &[Order], before: &[Option<Value>], context: &Context) -> String {
    let mut asked = Vec::new();
    for (Order { target, value }, before) in orders.iter().zip(before) {
        if let OrderTarget::Method(method) = target {
            asked.push(format!("call {method} with {value}"));
            continue;
        }
        let old = before.as_ref().map_or_else(|| "unreadable".to_owned(), Value::to_string);
        context.note(format!("{target} is {old}"));
        asked.push(format!("write {value} to {target} (now {old})"));
    }
    let mut question = asked.join(", ");
    if let Some(first) = question.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    question + "?"
}

/// The exit code of the worst of them: an outcome nobody knows before a fault, a fault before a refusal. A meter may keep
/// a written value in a form of its own: what it shows afterwards is for the person to judge.
fn exit_of(applied: &mut [Applied]) -> CommandResult {
    let is_open = |error: &CommandError| matches!(error.code, Code::OutcomeUnknown | Code::OutcomeUnrecorded);
    let mut is_refused = false;
    let mut worst: Option<CommandError> = None;
    for one in applied {
        match meter::exit_of(one, Exit::MeterRefused) {
            Ok(exit) => is_refused |= exit == Exit::MeterRefused,
            Err(error) if worst.as_ref().is_none_or(|worst| is_open(&error) && !is_open(worst)) => worst = Some(error),
            Err(_) => {}
        }
    }
    match worst {
        Some(error) => Err(error),
        None if is_refused => Ok(Exit::MeterRefused),
        None => Ok(Exit::Done),
    }
}
