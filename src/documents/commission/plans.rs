//! `--list-plans` and `--show-plan`.

use serde::Serialize;

use crate::commission::Plan;
use crate::output::{Document, Style, grid, sanitize};

#[derive(Debug, Serialize)]
pub struct Plans {
    pub plans: Vec<Row>,
}

#[derive(Debug, Serialize)]
pub struct Row {
    pub name: String,
    pub description: String,
    pub steps: Vec<String>,
    pub questions: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Shown {
    pub name: String,
    pub description: String,
    pub steps: Vec<ShownStep>,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct ShownStep {
    pub step: String,
    pub about: String,
    pub optional: bool,
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
