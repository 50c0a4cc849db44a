//! Opens a meter and prints its status: `cargo run --example status -- tcp:10.0.0.7:4059`.
#![allow(clippy::print_stdout)]

use std::error::Error;
use wattkey::change::read_status;
use wattkey::connect::{Connector, MeterOptions};

fn main() -> Result<(), Box<dyn Error>> {
    println!("{}", status(&std::env::args().nth(1).unwrap_or_else(|| "sim:".to_owned()))?);
    Ok(())
}

/// The status of the meter on this link, as JSON.
pub fn status(link: &str) -> Result<String, Box<dyn Error>> {
    let state = std::env::temp_dir().join("wattkey-example");
    let mut meter = Connector::new(MeterOptions::on(link)).with_state_folder(&state).open()?;
    let status = read_status(meter.as_mut(), &[]);
    meter.close();
    Ok(serde_json::to_string_pretty(&status?)?)
}
