//! The rules find what is planted, in every way it can be written, and nothing in test code.

use std::collections::BTreeMap;

use crate::rules;
use crate::source::Source;

/// A small library with these files besides.
fn library(files: &[(&str, &str)]) -> Source {
    let mut all: BTreeMap<String, String> = [
        ("lib.rs", "pub mod sts; pub mod protocol; pub mod diagnosis; pub mod meter; pub mod change; pub mod keys;"),
        ("sts/mod.rs", "pub struct Token;"),
        ("protocol/mod.rs", "pub struct Frame;"),
        ("diagnosis/mod.rs", "pub struct Case;"),
        ("keys/mod.rs", "pub struct Key;"),
        ("meter/mod.rs", "pub mod driver; pub mod error; pub use error::MeterError;"),
        ("meter/driver.rs", "use super::MeterError; pub fn run() -> Option<MeterError> { None }"),
        ("meter/error.rs", "pub struct MeterError;"),
        ("change/mod.rs", "use crate::meter::driver; pub fn apply() { driver::run(); }"),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .into();
    for (name, text) in files {
        all.insert((*name).to_owned(), (*text).to_owned());
    }
    Source::parse(&all)
}

fn finds(rule: fn(&Source) -> Vec<String>, file: &str, text: &str, part: &str) {
    let broken = rule(&library(&[(file, text)]));
    assert!(broken.iter().any(|sentence| sentence.contains(part)), "{text}\n{broken:?}");
}

#[test]
fn a_sound_library_breaks_no_rule() {
    let source = library(&[]);
    for rule in [rules::against_the_layers, rules::impure, rules::of_the_program, rules::circles] {
        assert_eq!(rule(&source), Vec::<String>::new());
    }
}

#[test]
fn uses_against_the_layers_are_found_however_they_are_written() {
    for text in [
        "use crate::change::apply; pub struct MeterError;",
        "use crate::{change::apply, keys}; pub struct MeterError;",
        "pub struct MeterError; fn f() { crate::change::apply(); }",
        "pub struct MeterError; fn f() { assert!(crate::change::apply() == ()); }",
        "use super::super::change as other; pub struct MeterError; fn f() { other::apply(); }",
        "#[cfg(test)] mod tests { use super::*; } use crate::change; pub struct MeterError; fn f() { change::apply() }",
    ] {
        finds(rules::against_the_layers, "meter/error.rs", text, "`meter` must not use `change`");
    }
    finds(rules::against_the_layers, "diagnosis/mod.rs", "use crate::keys::Key;", "`diagnosis` must not use `keys`");
    finds(rules::against_the_layers, "helpers/mod.rs", "use crate::sts::Token;", "no place in LAYERS");
}

#[test]
fn input_and_output_in_pure_rooms_are_found() {
    for (text, part) in [
        ("fn f() { std::fs::read(\"x\").ok(); }", "std::fs"),
        ("use std::time::{Duration, Instant}; fn f() -> Duration { Instant::now().elapsed() }", "std::time::Instant"),
        ("use std::{net, fmt}; fn f() { net::TcpStream::connect(\"x\").ok(); }", "std::net"),
        ("use std as s; fn f() { s::fs::read(\"x\").ok(); }", "std::fs"),
        ("use time::OffsetDateTime; fn f() { OffsetDateTime::now_utc(); }", "now_utc"),
        ("fn f() { use std::thread; thread::yield_now(); }", "std::thread"),
        ("fn f() { vec![std::env::args()]; }", "std::env"),
    ] {
        finds(rules::impure, "protocol/mod.rs", text, part);
    }
}

#[test]
fn what_belongs_to_the_program_is_found() {
    for (text, part) in [
        ("fn f() { println!(\"x\"); }", "println!"),
        ("use std::env; fn f() { env::var(\"x\").ok(); }", "std::env"),
        ("use std::process; fn f() { process::exit(1) }", "std::process::exit"),
        ("use std::io::{self, Write}; fn f() { io::stdout().flush().ok(); }", "std::io::stdout"),
        ("fn f() { dialoguer::Input::<String>::new(); }", "dialoguer"),
    ] {
        finds(rules::of_the_program, "keys/mod.rs", text, part);
    }
}

#[test]
fn circles_across_folders_are_found_and_those_within_one_are_not() {
    let across = library(&[
        ("meter/dlms/mod.rs", "pub mod session;"),
        ("meter/dlms/session.rs", "use crate::meter::driver::run; pub fn open() { run(); }"),
        ("meter/mod.rs", "pub mod dlms; pub mod driver; pub mod error; pub use error::MeterError;"),
        ("meter/driver.rs", "use super::dlms::session::open; pub fn run() { open(); }"),
    ]);
    assert!(rules::circles(&across).iter().any(|circle| circle.contains("meter/dlms/session.rs")));
    let within = library(&[
        ("meter/driver.rs", "use super::error::MeterError; pub fn run() -> Option<MeterError> { None }"),
        ("meter/error.rs", "use super::driver::run; pub struct MeterError; pub fn f() { run(); }"),
    ]);
    assert_eq!(rules::circles(&within), Vec::<String>::new());
}

#[test]
fn test_code_is_not_judged() {
    let source = library(&[(
        "protocol/mod.rs",
        "pub struct Frame; #[cfg(test)] mod tests { use std::fs; fn f() { fs::read(\"x\").ok(); println!(\"x\"); } }",
    )]);
    for rule in [rules::against_the_layers, rules::impure, rules::of_the_program] {
        assert_eq!(rule(&source), Vec::<String>::new());
    }
}

#[test]
fn a_command_that_calls_a_command_is_found() {
    let commands = ["bulk", "headend"].map(str::to_owned).into();
    let planted = |text: &str| {
        let files = [
            ("lib.rs", "mod cli;"),
            ("cli/mod.rs", "pub mod bulk; pub mod headend; pub mod options;"),
            ("cli/options.rs", "pub struct Options;"),
            ("cli/headend.rs", "pub struct HeadEndOptions;"),
            ("cli/bulk.rs", text),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
        rules::commands_that_call_commands(&Source::parse(&files.into()), &commands)
    };
    assert_eq!(planted("use crate::cli::options::Options;"), Vec::<String>::new());
    for text in ["use crate::cli::headend::HeadEndOptions;", "use super::headend; fn f(_: headend::HeadEndOptions) {}"]
    {
        assert_eq!(planted(text).len(), 1, "{text}");
    }
}
