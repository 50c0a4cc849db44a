//! `wattkey sim models`: the models there are.

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::sim::models::{Listed, Models};
use wattkey::error::{Code, Exit};
use wattkey::sim::Model;

/// Lists the models.
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
