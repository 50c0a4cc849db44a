//! The `wattkey` program: parses arguments, asks, prints, and ends with an exit code. Everything else is in the library.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
