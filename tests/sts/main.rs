//! Tests of the STS engine and of the `token` commands: vectors made by independent programs, the choices made where
//! those disagree, properties, and what the program prints.

mod choices;
mod fuzz;
mod program;
mod properties;
mod vectors;
