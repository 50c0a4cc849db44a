//! `wattkey profiles list`.

use serde::Serialize;

use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;
use wattkey::output::{Document, Style, grid};

#[derive(Debug, Serialize)]
struct Profiles {
    profiles: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    protocol: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    maker: Option<String>,
    models: Vec<String>,
    description: String,
    origin: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Lists every profile; one that cannot be used is listed with the reason.
///
/// # Errors
/// A failing standard output.
pub fn run(context: &mut Context) -> CommandResult {
    let rows = context.library().list().into_iter().map(|listed| {
        let origin = listed.origin.to_string();
        match listed.profile {
            Ok(profile) => Row {
                name: listed.name,
                protocol: profile.protocol.word().to_owned(),
                maker: profile.maker,
                models: profile.models,
                description: profile.description,
                origin,
                error: None,
            },
            Err(error) => Row {
                name: listed.name,
                protocol: String::new(),
                maker: None,
                models: Vec::new(),
                description: String::new(),
                origin,
                error: Some(error),
            },
        }
    });
    context.print(&Profiles { profiles: rows.collect() })?;
    Ok(Exit::Done)
}

impl Document for Profiles {
    const SCHEMA: &'static str = "wattkey/profiles/1";

    fn table(&self, style: Style) -> String {
        let rows: Vec<Vec<String>> = self
            .profiles
            .iter()
            .map(|row| {
                let about =
                    row.error.as_ref().map_or_else(|| row.description.clone(), |error| format!("unusable: {error}"));
                vec![row.name.clone(), row.protocol.clone(), about]
            })
            .collect();
        grid(style, &["name", "protocol", "about"], &rows)
    }

    fn csv_header(&self) -> Vec<String> {
        ["name", "protocol", "maker", "models", "description", "origin", "error"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.profiles
            .iter()
            .map(|row| {
                vec![
                    row.name.clone(),
                    row.protocol.clone(),
                    row.maker.clone().unwrap_or_default(),
                    row.models.join(" "),
                    row.description.clone(),
                    row.origin.clone(),
                    row.error.clone().unwrap_or_default(),
                ]
            })
            .collect()
    }
}
