//! The direction of the layers, what only the command line may do, and that every dependency has its reason.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules from the bottom up. A module may use those of its own line and of lines above it in this list.
const LAYERS: &[&[&str]] = &[
    &["error"],
    &["sts", "link", "protocol"],
    &["keys", "knowledge", "smets"],
    &["meter", "ledger", "sim", "headend"],
    &["diagnosis", "entry", "commission", "output", "ui"],
    &["bulk", "monitor"],
    &["cli"],
];

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Every line outside tests with its module, file and number.
fn lines() -> Vec<(String, String, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    let mut lines = Vec::new();
    for file in files {
        let inside = file.strip_prefix(&source).unwrap();
        let module = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        if matches!(module.as_str(), "main" | "lib") || inside.iter().any(|part| part == "tests.rs" || part == "tests")
        {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for (index, line) in text.lines().enumerate() {
            if line.starts_with("#[cfg(test)]") {
                break;
            }
            let code = line.split("//").next().unwrap().to_owned();
            lines.push((module.clone(), format!("{}:{}", inside.display(), index + 1), code));
        }
    }
    lines
}

fn layer(module: &str) -> usize {
    let found = LAYERS.iter().position(|layer| layer.contains(&module));
    found.unwrap_or_else(|| panic!("module {module} has no place in LAYERS; docs/architecture.md shows them too"))
}

#[test]
fn modules_use_only_what_stands_below_them() {
    for (module, place, line) in lines() {
        for used in line.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let known = LAYERS.iter().flat_map(|layer| layer.iter()).any(|known| *known == used);
            if !known || used == module {
                continue;
            }
            assert!(layer(&used) <= layer(&module), "{place}: `{module}` must not use `{used}`");
        }
        layer(&module);
    }
}

#[test]
fn sts_protocol_and_diagnosis_do_no_input_or_output() {
    for (module, place, line) in lines() {
        if matches!(module.as_str(), "sts" | "protocol" | "diagnosis") {
            for word in ["std::fs", "std::net", "std::process", "std::time::Instant", "SystemTime::now", "now_utc()"] {
                assert!(!line.contains(word), "{place}: {word} in `{module}`");
            }
        }
    }
}

#[test]
fn only_the_command_line_prints_reads_the_environment_and_exits() {
    for (module, place, line) in lines() {
        // `ui` is the command line's hand: it asks at the terminal, behind traits with silent versions.
        if matches!(module.as_str(), "cli" | "ui") {
            continue;
        }
        for word in ["std::env::", "process::exit", "println!", "print!(", "io::stdout()", "io::stderr()"] {
            assert!(!line.contains(word), "{place}: {word} below `cli`");
        }
    }
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
