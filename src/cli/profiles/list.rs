//! `wattkey profiles list`.

use crate::cli::{CommandResult, Context};
use wattkey::documents::profiles::list::{Profiles, Row};
use wattkey::error::Exit;

/// Lists every profile; one that cannot be used is listed with the reason.
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
