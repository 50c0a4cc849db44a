//! Reads a meter over IEC 62056-21 and, when given a token, enters it: the library used without the program.
//!
//! ```text
//! WATTKEY_PASSWORD=00000000 cargo run --example iec62056_21 -- /dev/ttyUSB0 [readout|program|listen] [TOKEN]
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// An example talks on standard output.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::Duration;

use wattkey::link::{self, LineSettings, LinkAddress, OpenOptions};
use wattkey::meter::iec62056_21::Session;
use wattkey::protocol::iec62056_21::ClientOptions;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let address: LinkAddress = arguments.first().ok_or("name a link")?.parse()?;
    let open = OpenOptions { settings: LineSettings::seven_even_one(300), ..OpenOptions::default() };
    let timeout = Duration::from_secs(3);
    let mut session = Session::new(link::open(&address, &open)?, ClientOptions { timeout, ..ClientOptions::default() });
    let outcome = work(&mut session, &arguments);
    session.break_off();
    let traffic = session.traffic();
    println!("echo {:?}; {} sent, {} received", session.link().echo(), traffic.sent, traffic.received);
    outcome
}

fn work(session: &mut Session, arguments: &[String]) -> Result<(), Box<dyn Error>> {
    match arguments.get(1).map(String::as_str) {
        None | Some("readout") => {
            let (identification, block) = session.readout()?;
            println!("{identification}: {} data sets, {} malformed lines", block.sets.len(), block.malformed.len());
            for set in &block.sets {
                let values: Vec<_> = set.values.iter().map(|value| value.text.as_str()).collect();
                println!("{} = {}", set.address, values.join(" "));
            }
        }
        Some("listen") => println!("{} data sets", session.listen()?.1.sets.len()),
        Some("program") => {
            let (identification, operand) = session.begin_programming()?;
            println!("{identification}: operand {operand}");
            session.give_password(&std::env::var("WATTKEY_PASSWORD")?)?;
            for register in ["1.8.0", "C.51.0"] {
                println!("{register}: {:?}", session.read_register(register)?.find(register));
            }
            println!("9.9.9: {}", session.read_register("9.9.9").err().map(|e| e.to_string()).unwrap_or_default());
            if let Some(token) = arguments.get(2) {
                match session.write_register("C.50.0", token) {
                    Ok(()) => println!("token acknowledged"),
                    Err(error) => println!("token: {error}"),
                }
                println!("C.51.0 after: {:?}", session.read_register("C.51.0")?.find("C.51.0"));
            }
        }
        Some(other) => return Err(format!("{other}: write readout, program or listen").into()),
    }
    Ok(())
}
