//! `--list-plans` and `--show-plan`.

use crate::cli::{CommandResult, Context};
use wattkey::commission::{Action, Plan};
use wattkey::documents::commission::plans::{Plans, Row, Shown, ShownStep};
use wattkey::error::Exit;

/// Lists the plans that come with the program.
pub fn list(context: &mut Context) -> CommandResult {
    let plans = Plan::preset_names().map(Plan::find).collect::<Result<Vec<_>, _>>()?;
    context.print(&Plans { plans: plans.iter().map(Row::from).collect() })?;
    Ok(Exit::Done)
}

/// Prints a plan as its file has it.
pub fn show(name: &str, context: &mut Context) -> CommandResult {
    let plan = Plan::find(name)?;
    let steps = plan.steps.iter().map(|planned| ShownStep {
        step: planned.word().to_owned(),
        about: match &planned.action {
            Action::Step(step) => step.about().to_owned(),
            Action::Ask(question) => question.ask.clone(),
        },
        optional: planned.optional,
    });
    let steps = steps.collect();
    context.print(&Shown { name: plan.name, description: plan.description, steps, text: plan.text })?;
    Ok(Exit::Done)
}
