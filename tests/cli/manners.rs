//! How the program behaves towards shells and pipes.

use std::process::Stdio;

use crate::program::Home;

#[test]
fn usage_errors_are_exit_2_and_documents_when_json_is_asked_for() {
    let home = Home::new();
    for arguments in [
        &["nonsense"][..],
        &["explain"],
        &["explain", "x", "--nonsense"],
        &["keys"],
        &[],
        &["explain", "x", "--timeout", "5 parsecs"],
        &["keys", "list"],
    ] {
        let run = home.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!run.stderr.is_empty());
        for json in [&["--json"][..], &["--format", "json"], &["--format=jsonl"]] {
            let mut all = arguments.to_vec();
            all.extend(json);
            let run = home.run(&all);
            assert_eq!((run.code, run.error_code().as_str()), (2, "usage"), "{all:?}: {}", run.stdout);
            assert_eq!(run.json()["error"]["exit"], 2);
            assert_eq!(run.stderr, "", "{all:?}");
        }
    }
}

#[test]
fn help_and_version_are_results() {
    let home = Home::new();
    for arguments in [&["--help"][..], &["-h"], &["--version"], &["help", "explain"], &["explain", "--help"]] {
        let run = home.run(arguments);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(run.stdout.lines().all(|line| line.chars().count() <= 130), "{arguments:?}");
    }
    let short = home.run(&["-h"]).stdout;
    assert!(short.lines().all(|line| line.chars().count() <= 100), "{short}");
}

#[test]
fn nothing_is_coloured_in_a_pipe() {
    let home = Home::new();
    for arguments in [&["explain", "AAAAA"][..], &["--help"], &["nonsense"], &["--print-config"]] {
        let run = home.run(arguments);
        assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'), "{arguments:?}");
    }
    let run = home.run(&["explain", "AAAAA", "--color", "always"]);
    assert!(run.stdout.contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let home = Home::new();
    for arguments in [&["explain", "e"][..], &["completions", "bash"], &["--help"], &["explain", "10", "--json"]] {
        let mut child = home.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments:?}");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {:?}", output.status);
    }
}

#[test]
fn a_home_less_environment_is_enough() {
    let home = Home::new();
    let mut command = home.command(&["explain", "AAAAA"]);
    command.env_clear();
    assert_eq!(crate::program::finish(&mut command).code, 0);
}
