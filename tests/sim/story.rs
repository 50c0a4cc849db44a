//! The README's story, replayed: each command runs as it stands there and prints what stands there. A line of `…` stands
//! for any lines.

use std::path::Path;
use std::process::{Command, Stdio};

struct Step {
    command: String,
    expected: Vec<String>,
}

/// The steps of the first console block of the README.
fn steps() -> Vec<Step> {
    let readme = include_str!("../../README.md");
    let block = readme.split("```console\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a console block");
    let mut steps: Vec<Step> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push(Step { command: command.to_owned(), expected: Vec::new() }),
            (None, Some(step)) => step.expected.push(line.trim_end().to_owned()),
            (None, None) => panic!("the block begins with {line:?}, not with a command"),
        }
    }
    steps
}

/// Whether `lines` are what `expected` says.
fn fits(expected: &[String], lines: &[String]) -> bool {
    match (expected.split_first(), lines.split_first()) {
        (None, None) => true,
        (Some((first, rest)), _) if first == "…" => {
            fits(rest, lines) || lines.split_first().is_some_and(|(_, lines)| fits(expected, lines))
        }
        (Some((first, expected)), Some((line, lines))) => first == line && fits(expected, lines),
        _ => false,
    }
}

fn run(home: &Path, command: &str, exported: &[(String, String)]) -> Vec<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_wattkey")).parent().unwrap().to_owned();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{command} 2>&1")).current_dir(home).env("PATH", path).stdin(Stdio::null());
    shell
        .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
        .env("WATTKEY_STATE_DIR", home.join("state"))
        .env("WATTKEY_CONFIG", home.join("config.toml"));
    shell.envs(exported.iter().map(|(name, value)| (name, value)));
    let output = shell.output().unwrap();
    String::from_utf8_lossy(&output.stdout).lines().map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn the_story_in_the_readme_is_true() {
    let home = tempfile::tempdir().unwrap();
    let mut exported: Vec<(String, String)> = Vec::new();
    let steps = steps();
    assert!(steps.len() > 5);
    for Step { command, expected } in steps {
        if let Some((name, value)) = command.strip_prefix("export ").and_then(|rest| rest.split_once('=')) {
            exported.push((name.to_owned(), value.trim_matches('\'').to_owned()));
            continue;
        }
        let lines = run(home.path(), &command, &exported);
        assert!(
            fits(&expected, &lines),
            "$ {command}\n{}\n\nthe README has:\n{}",
            lines.join("\n"),
            expected.join("\n")
        );
    }
}
