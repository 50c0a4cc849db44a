//! `wattkey sim models`: the models there are.

use serde::Serialize;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::output::{Document, Style};
use wattkey::sim::Model;

#[derive(Debug, Serialize)]
struct Listed {
    name: String,
    description: String,
    phases: u8,
    ea: String,
    display: String,
}

#[derive(Debug, Serialize)]
struct Models {
    models: Vec<Listed>,
}

impl Document for Models {
    const SCHEMA: &'static str = "wattkey/sim-models/1";

    fn table(&self, _style: Style) -> String {
        self.models.iter().map(|model| format!("{:<22} {}\n", model.name, model.description)).collect()
    }

    fn csv_header(&self) -> Vec<String> {
        ["name", "description", "phases", "ea", "display"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |model: &Listed| {
            let Listed { name, description, phases, ea, display } = model;
            vec![name.clone(), description.clone(), phases.to_string(), ea.clone(), display.clone()]
        };
        self.models.iter().map(row).collect()
    }
}

/// Lists the models.
///
/// # Errors
/// A failing standard output.
pub fn run(context: &mut Context) -> CommandResult {
    let listed = |name: &str| {
        let model = Model::named(name).map_err(|error| CommandError::new(Code::Internal, error.to_string()))?;
        Ok::<_, CommandError>(Listed {
            phases: model.supply.phases,
            ea: model.key.ea,
            display: model.display.vendor,
            description: model.description,
            name: model.name,
        })
    };
    let models = Model::names().map(listed).collect::<Result<_, _>>()?;
    context.print(&Models { models })?;
    Ok(Exit::Done)
}
