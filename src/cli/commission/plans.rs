//! `--list-plans` and `--show-plan`.

use serde::Serialize;

use crate::cli::{CommandResult, Context};
use wattkey::commission::{Action, Plan};
use wattkey::error::Exit;
use wattkey::output::{Document, Style, grid, sanitize};

#[derive(Debug, Serialize)]
struct Plans {
    plans: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    description: String,
    steps: Vec<String>,
    questions: Vec<String>,
}

impl From<&Plan> for Row {
    fn from(plan: &Plan) -> Self {
        Row {
            name: plan.name.clone(),
            description: plan.description.clone(),
            steps: plan.steps.iter().map(|step| step.word().to_owned()).collect(),
            questions: plan.questions().map(|question| question.id.clone()).collect(),
        }
    }
}

/// Lists the plans that come with the program.
///
/// # Errors
/// A failing standard output.
pub fn list(context: &mut Context) -> CommandResult {
    let plans = Plan::preset_names().map(Plan::find).collect::<Result<Vec<_>, _>>()?;
    context.print(&Plans { plans: plans.iter().map(Row::from).collect() })?;
    Ok(Exit::Done)
}

#[derive(Debug, Serialize)]
struct Shown {
    name: String,
    description: String,
    steps: Vec<ShownStep>,
    text: String,
}

#[derive(Debug, Serialize)]
struct ShownStep {
    step: String,
    about: String,
    optional: bool,
}

/// Prints a plan as its file has it.
///
/// # Errors
/// No such plan, or mistakes in it; a failing standard output.
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

impl Document for Plans {
    const SCHEMA: &'static str = "wattkey/plans/1";

    fn table(&self, style: Style) -> String {
        let rows: Vec<Vec<String>> = self
            .plans
            .iter()
            .map(|row| vec![row.name.clone(), row.description.clone(), row.questions.join(", ")])
            .collect();
        grid(style, &["name", "about", "questions"], &rows)
    }

    fn csv_header(&self) -> Vec<String> {
        ["name", "description", "steps", "questions"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row =
            |row: &Row| vec![row.name.clone(), row.description.clone(), row.steps.join(" "), row.questions.join(" ")];
        self.plans.iter().map(row).collect()
    }
}

impl Document for Shown {
    const SCHEMA: &'static str = "wattkey/plan/1";

    fn table(&self, _style: Style) -> String {
        // The file's own lines, each made safe for the terminal.
        self.text.lines().map(|line| format!("{}\n", sanitize(line))).collect()
    }

    fn csv_header(&self) -> Vec<String> {
        ["step", "about", "optional"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.steps.iter().map(|step| vec![step.step.clone(), step.about.clone(), step.optional.to_string()]).collect()
    }
}
