//! The layers of the library, the purity of its core, and that every dependency has its reason.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod planted;
mod rules;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use source::Source;

fn library() -> Source {
    Source::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

#[track_caller]
fn holds(rule: fn(&Source) -> Vec<String>) {
    let broken = rule(&library());
    assert!(broken.is_empty(), "docs/architecture.md shows the layers\n{}", broken.join("\n"));
}

#[test]
fn rooms_use_only_what_stands_below_them() {
    holds(rules::against_the_layers);
}

/// The program's own files, and its commands by the names of their modules.
fn program() -> (Source, BTreeSet<String>) {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::from([("lib.rs".to_owned(), fs::read_to_string(src.join("main.rs")).unwrap())]);
    source::collect(&src, &src.join("cli"), &mut files);
    let list = files["cli/mod.rs"].split("pub enum Command {").nth(1).unwrap().split("\n}").next().unwrap().to_owned();
    let commands: BTreeSet<String> =
        list.split("::Arguments").filter_map(|before| Some(before.rsplit_once('(')?.1.to_owned())).collect();
    assert!(commands.len() > 25 && commands.contains("token"), "{commands:?}");
    (Source::parse(&files), commands)
}

#[test]
fn no_command_uses_another_command() {
    let (program, commands) = program();
    let broken = rules::commands_that_call_commands(&program, &commands);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// SECURITY.md names the test of each threat as `file: function`.
#[test]
fn every_test_that_security_md_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let named: Vec<(&str, &str)> =
        page.split('`').skip(1).step_by(2).filter_map(|code| code.split_once(".rs: ")).collect();
    assert!(named.len() > 20, "{named:?}");
    for (file, function) in named {
        let text =
            fs::read_to_string(root.join(format!("{file}.rs"))).unwrap_or_else(|_| panic!("{file}.rs is not there"));
        let is_test = text.contains(&format!("#[test]\nfn {function}("))
            || text.contains(&format!("#[test]\n    fn {function}("));
        assert!(is_test, "{file}.rs has no test {function}");
    }
}

#[test]
fn sts_protocol_and_diagnosis_do_no_input_or_output() {
    holds(rules::impure);
}

#[test]
fn the_library_does_not_print_ask_read_the_environment_or_exit() {
    holds(rules::of_the_program);
}

#[test]
fn no_files_of_different_folders_use_one_another_in_a_circle() {
    holds(rules::circles);
}

#[test]
fn every_dependency_has_its_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest: toml::Table = fs::read_to_string(root.join("Cargo.toml")).unwrap().parse().unwrap();
    let reasons = fs::read_to_string(root.join("docs/dependencies.md")).unwrap();
    let unix = &manifest["target"]["cfg(unix)"]["dependencies"];
    for table in [&manifest["dependencies"], &manifest["dev-dependencies"], unix] {
        for name in table.as_table().unwrap().keys() {
            assert!(reasons.contains(&format!("`{name}`")), "{name} is not in docs/dependencies.md");
        }
    }
}
