//! The program serving simulated meters, in a process of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// Folders of its own for the program.
pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        Home(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The program with these arguments.
    pub fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
        command
            .args(arguments)
            .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
            .env("WATTKEY_STATE_DIR", self.path().join("state"));
        command.env("WATTKEY_CONFIG", self.path().join("config.toml")).stdin(Stdio::null());
        command
    }
}

/// Meters in a process of their own.
pub struct Served {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
}

impl Served {
    /// Starts it and waits until it says that it listens.
    pub fn start(home: &Home, arguments: &[&str]) -> (Self, Value) {
        let all = [&["sim", "--format", "jsonl"], arguments].concat();
        let mut child = home.program(&all).stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(ready["ready"], true);
        (Served { child, output }, ready)
    }

    /// Ends it as a service manager does and gives its exit code.
    pub fn terminate(mut self) -> Option<i32> {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "", "nothing more on standard output");
        self.child.wait().unwrap().code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The link of a meter, from what the program said when it was ready.
pub fn link_of(ready: &Value, meter: usize) -> String {
    ready["meters"][meter]["link"].as_str().unwrap().to_owned()
}
