//! Manual pages and completion scripts are made from the parser and checked in. `WATTKEY_BLESS=1` writes them anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::program::Home;

const REMEDY: &str = "regenerate with: WATTKEY_BLESS=1 cargo test --test cli generated";

/// Compares a folder with what it should hold, or writes it.
fn keep_true(folder: &str, expected: BTreeMap<String, Vec<u8>>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let bless = std::env::var_os("WATTKEY_BLESS").is_some();
    if bless {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, content) in &expected {
            fs::write(folder.join(name), content).unwrap();
        }
    }
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}; {REMEDY}", folder.display())) {
        let entry = entry.unwrap();
        found.insert(entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap());
    }
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(&expected), "{REMEDY}");
    for (name, content) in &expected {
        assert!(found[name] == *content, "{} differs from the parser; {REMEDY}", folder.join(name).display());
    }
}

#[test]
fn generated_manual_pages_are_true() {
    let pages = wattkey::cli::man::pages().unwrap();
    keep_true("man", pages.into_iter().map(|page| (page.file_name, page.roff)).collect());
}

#[test]
fn generated_completions_are_true() {
    let scripts = wattkey::cli::completions::scripts();
    keep_true("completions", scripts.into_iter().map(|(name, text)| (name.to_owned(), text)).collect());
}

#[test]
fn every_command_has_a_first_line_and_examples() {
    fn walk(command: &clap::Command, path: &str, examples_above: bool) {
        for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
            let name = format!("{path} {}", sub.get_name());
            let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
            assert!((1..=70).contains(&about.chars().count()), "{name}: {about:?}");
            assert!(!about.ends_with('.'), "{name}: {about:?}");
            let help = sub.get_after_long_help().map(ToString::to_string).unwrap_or_default();
            let examples = help.contains("xample");
            assert!(examples || examples_above, "neither {name} nor its parent has an example");
            walk(sub, &name, examples);
        }
    }
    walk(&<wattkey::cli::Cli as clap::CommandFactory>::command(), "wattkey", false);
}

#[test]
fn pages_are_printed_by_name() {
    let home = Home::new();
    for (arguments, part) in [
        (&["man"][..], "wattkey"),
        (&["man", "explain"], "wattkey-explain"),
        (&["man", "keys", "check"], "wattkey-keys-check"),
        (&["man", "exit-codes"], "port\\-busy"),
    ] {
        let run = home.run(arguments);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.contains(".TH") && run.stdout.contains(part), "{arguments:?}: {}", run.stdout);
    }
    assert_eq!(home.run(&["man", "nonsense"]).code, 2);
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(home.run(&["completions", shell]).stdout.contains("wattkey"), "{shell}");
    }
}
