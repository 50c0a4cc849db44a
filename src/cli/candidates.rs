//! What a shell offers behind TAB: the ports, meters, profiles, plans, runs and pages there are now. Nothing is opened.

use std::fs;

use clap::CommandFactory;
use clap_complete::engine::CompletionCandidate;

use crate::cli::{Cli, Folders, man};
use wattkey::bulk::RunDirectory;
use wattkey::commission::Plan;
use wattkey::link::ports;
use wattkey::meter::profile::Library;

/// Ports of this machine, meters of the configuration file, the simulated meter.
pub fn links() -> Vec<CompletionCandidate> {
    let ports = ports::list().into_iter().filter(|port| !port.is_idle).map(|port| {
        let name = port.adapter().map(|adapter| adapter.name.clone().into());
        CompletionCandidate::new(port.path).help(name)
    });
    let meters = meters().into_iter().map(|name| CompletionCandidate::new(format!("meter:{name}")));
    ports.chain(meters).chain([CompletionCandidate::new("sim:")]).collect()
}

/// Names of `[meter.NAME]`; a file that does not parse has none.
fn meters() -> Vec<String> {
    let text = Folders::of_process().config_file().and_then(|path| fs::read_to_string(path).ok());
    let table = text.and_then(|text| text.parse::<toml::Table>().ok()).unwrap_or_default();
    let meters = table.get("meter").and_then(toml::Value::as_table);
    meters.map(|meters| meters.keys().cloned().collect()).unwrap_or_default()
}

/// Names of profiles.
pub fn profiles() -> Vec<CompletionCandidate> {
    let listed = Library::new(Folders::of_process().profiles()).list();
    listed.into_iter().map(|listed| CompletionCandidate::new(listed.name)).collect()
}

/// Names of the plans that come with the program.
pub fn plans() -> Vec<CompletionCandidate> {
    Plan::preset_names().map(CompletionCandidate::new).collect()
}

/// Names of bulk runs begun under the state folder.
pub fn runs() -> Vec<CompletionCandidate> {
    let folders = Folders::of_process();
    let names = folders.state_path().map(|state| RunDirectory::new(state).names()).unwrap_or_default();
    names.into_iter().map(CompletionCandidate::new).collect()
}

/// First words of `wattkey man`.
pub fn pages() -> Vec<CompletionCandidate> {
    let program = Cli::command();
    let commands = program.get_subcommands().map(|command| command.get_name().to_owned());
    commands.chain([man::EXIT_CODES_WORD.to_owned()]).map(CompletionCandidate::new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_something_to_offer_for_each() {
        for offered in [links(), profiles(), plans(), pages()] {
            assert!(!offered.is_empty());
        }
    }
}
