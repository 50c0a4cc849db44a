//! Signals, as a shell and `nohup` send them.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Four readings, a second apart, begun by a shell that does `before` first.
fn watch(before: &str, state: &std::path::Path) -> std::process::Child {
    let program = env!("CARGO_BIN_EXE_wattkey");
    let script = format!("{before} exec {program} status --link sim: --watch 1s --count 3 --format jsonl");
    Command::new("sh")
        .args(["-c", &script])
        .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
        .env("WATTKEY_STATE_DIR", state)
        .env("WATTKEY_CONFIG", state.join("none.toml"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn hang_up(child: &std::process::Child) {
    // The first reading is out, so that the handlers stand.
    assert!(Command::new("kill").args(["-HUP", &child.id().to_string()]).status().unwrap().success());
}

fn first_line(child: &mut std::process::Child) -> std::io::BufReader<std::process::ChildStdout> {
    use std::io::BufRead;
    let mut reader = std::io::BufReader::new(child.stdout.take().unwrap());
    reader.read_line(&mut String::new()).unwrap();
    reader
}

#[test]
fn a_hang_up_ends_the_program_unless_it_was_ignored_from_the_start() {
    use std::io::Read;
    for (before, lines, exit) in [("trap '' HUP;", 2, 0), ("", 0, 130)] {
        let folder = tempfile::tempdir().unwrap();
        let mut child = watch(before, folder.path());
        let mut rest = first_line(&mut child);
        hang_up(&child);
        let begun = Instant::now();
        let mut text = String::new();
        rest.read_to_string(&mut text).unwrap();
        assert_eq!((text.lines().count(), child.wait().unwrap().code()), (lines, Some(exit)), "{before:?}");
        assert!(exit == 0 || begun.elapsed() < Duration::from_secs(3), "three seconds after the signal");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn no_core_dump_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = watch("ulimit -c unlimited;", folder.path());
    let _output = first_line(&mut child);
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
    child.kill().unwrap();
    child.wait().unwrap();
}
