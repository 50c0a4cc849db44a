//! Manual pages and completion scripts are made from the parser and checked in. `WATTKEY_BLESS=1` writes them anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::program::Home;

const REMEDY: &str = "regenerate with: WATTKEY_BLESS=1 cargo test --test cli generated";

/// The files of a folder by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}; {REMEDY}", folder.display()));
    let file = |entry: fs::DirEntry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap());
    entries.map(|entry| file(entry.unwrap())).collect()
}

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
    let found = files(&folder);
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(&expected), "{REMEDY}");
    for (name, content) in &expected {
        assert!(found[name] == *content, "{} differs from the parser; {REMEDY}", folder.join(name).display());
    }
}

#[test]
fn generated_manual_pages_are_true() {
    let home = Home::new();
    let folder = home.path("man");
    fs::create_dir(&folder).unwrap();
    let run = home.run(&["man", "--directory", folder.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    keep_true("man", files(&folder));
}

#[test]
fn generated_completions_are_true() {
    let home = Home::new();
    let scripts =
        [("wattkey.bash", "bash"), ("_wattkey", "zsh"), ("wattkey.fish", "fish"), ("_wattkey.ps1", "powershell")];
    let scripts = scripts.map(|(name, shell)| (name.to_owned(), home.run(&["completions", shell]).stdout.into_bytes()));
    keep_true("completions", scripts.into_iter().collect());
}

#[test]
fn a_shell_gets_completions_from_the_program() {
    let home = Home::new();
    let mut command = home.command(&["--", "wattkey", "token", "en"]);
    command
        .env("COMPLETE", "bash")
        .env("_CLAP_IFS", "\n")
        .env("_CLAP_COMPLETE_INDEX", "2")
        .env("_CLAP_COMPLETE_COMP_TYPE", "9");
    let run = crate::program::finish(&mut command);
    assert!(run.stdout.lines().any(|line| line == "enter"), "{}{}", run.stdout, run.stderr);
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

#[test]
fn the_glossary_is_true_and_its_types_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = root.join("docs/glossary.md");
    if std::env::var_os("WATTKEY_BLESS").is_some() {
        fs::write(&file, wattkey::knowledge::glossary::page()).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == wattkey::knowledge::glossary::page(),
        "docs/glossary.md differs from data/glossary.json; {REMEDY}"
    );
    for path in wattkey::knowledge::glossary::terms().iter().filter_map(|term| term.type_path.as_ref()) {
        // The last part that is a module's name, and the type behind it.
        let parts: Vec<&str> = path.split("::").collect();
        let name = parts.iter().find(|part| part.starts_with(char::is_uppercase)).unwrap();
        let defined = |text: &str| {
            ["struct", "enum", "type", "trait"].iter().any(|kind| {
                text.match_indices(&format!("pub {kind} {name}"))
                    .any(|(place, found)| text[place + found.len()..].starts_with([' ', '(', '<', ';', '{', ':']))
            }) || text.contains(&format!("{name}, ")) && text.contains("macro_rules!")
        };
        assert!(any_file(&root.join("src").join(parts[0]), &defined), "{path} is defined nowhere");
    }
}

/// Whether any source file below a folder satisfies `test`.
fn any_file(folder: &Path, test: &dyn Fn(&str) -> bool) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() { any_file(&path, test) } else { test(&fs::read_to_string(&path).unwrap_or_default()) }
    })
}
