//! The questions of docs/diagnosis.md, run as they stand there: every line of an answer is in what the program says.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The words of a command line, with quotes around words of several.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while let Some(first) = rest.chars().next() {
        let (word, behind) = match first {
            '"' | '\'' => rest[1..].split_once(first).unwrap(),
            _ => rest.split_once(' ').unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = behind.trim_start();
    }
    words
}

/// Blanks and line ends count as one blank.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn wattkey(folder: &Path, arguments: &[String]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_wattkey"))
        .args(arguments)
        .current_dir(folder)
        .env("WATTKEY_CONFIG", folder.join("config.toml"))
        .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
        .env("WATTKEY_STATE_DIR", folder.join("state"))
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn twenty_questions_are_answered_as_written() {
    let folder = tempfile::tempdir().unwrap();
    wattkey(folder.path(), &words("sim keys keys.json"));
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnosis.md")).unwrap();
    let (mut answer, mut asked, mut lines) = (String::new(), 0, 0);
    for line in page.lines().filter_map(|line| line.strip_prefix("    ")) {
        if let Some(command) = line.strip_prefix("$ wattkey ") {
            answer = flat(&wattkey(folder.path(), &words(command)));
            asked += 1;
        } else if asked > 0 && !line.starts_with("wattkey ") && line.trim() != "…" {
            lines += 1;
            assert!(answer.contains(&flat(line)), "docs/diagnosis.md says {line:?}, the program {answer}");
        }
    }
    assert_eq!(asked, 20);
    assert!(lines > 40, "{lines} lines of answers");
}
