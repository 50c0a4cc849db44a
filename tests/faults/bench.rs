//! A meter in a process of its own, whose state tells the truth; a laptop that changes it and has faults.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// What a client may need at most before it counts as hanging.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// The kinds of change a meter knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Token,
    KeyChange,
    Relay,
    Clock,
    Write,
    Limit,
    Commission,
    /// Encryption key and authentication key of the meter's interface.
    InterfaceKeys,
}

impl Kind {
    pub const ALL: [Kind; 8] = [
        Kind::Token,
        Kind::KeyChange,
        Kind::Relay,
        Kind::Clock,
        Kind::Write,
        Kind::Limit,
        Kind::Commission,
        Kind::InterfaceKeys,
    ];
}

/// One change, ready to be asked for.
#[derive(Debug, Clone)]
pub struct Change {
    pub kind: Kind,
    /// The command, without link.
    pub command: Vec<String>,
    /// What the laptop's clock is off by, in seconds.
    pub clock_by: i64,
    /// What the meter shows once it is done.
    wanted: Value,
    /// Tokens it takes, and how often the meter had taken each before: between the same two keys a set has the same tokens.
    tokens: Vec<String>,
    before: Vec<usize>,
}

/// A finished, killed or failed client.
#[derive(Debug)]
pub struct Ended {
    pub exit: Option<i32>,
    pub document: Value,
    pub said: String,
}

impl Ended {
    pub fn of(client: Child) -> Self {
        let output = client.wait_with_output().unwrap();
        let document = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        Ended { exit: output.status.code(), document, said: String::from_utf8_lossy(&output.stderr).into_owned() }
    }

    /// Whether it says that nothing went to the meter.
    pub fn says_nothing_was_sent(&self) -> bool {
        let all = format!("{} {}", self.document, self.said).to_ascii_lowercase();
        ["nothing was sent", "nothing is sent", "nothing was done", "before anything was sent"]
            .iter()
            .any(|words| all.contains(words))
    }
}

/// The laptop, the meter and the shim.
pub struct Bench {
    home: tempfile::TempDir,
    meter: Child,
    pub link: String,
    made: u32,
    /// Octets of the log of frames that were read, and frames to the meter in them.
    frames: Cell<(u64, u64)>,
    /// Number of the credentials whose keys the meter holds.
    held: Cell<u32>,
    /// How long a change takes when all goes well.
    pub usual: Duration,
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = self.meter.kill();
        let _ = self.meter.wait();
    }
}

const PLAN: &str = r#"schema = "wattkey/plan/1"
name = "faults"
description = "A limit and the look of the meter"
steps = ["identify", "power-limit", "status"]
"#;

impl Bench {
    pub fn new() -> Self {
        Bench::with(&[])
    }

    /// A meter that is served with these options besides.
    pub fn with(options: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        let mut sim = plain(&home.path().join("meter"));
        sim.args(["sim", "--format", "jsonl", "--listen", "tcp:127.0.0.1:0"]);
        sim.args(options).arg("--state").arg(path("memory"));
        sim.arg("--log-tokens").arg(path("tokens.jsonl")).arg("--log").arg(path("frames.jsonl"));
        for change in ["supply.base_load_w=0", "supply.peak_load_w=0", "lockout.after=0"] {
            sim.args(["--set", change]);
        }
        let mut meter = sim.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(meter.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        let link = ready["meters"][0]["link"].as_str().unwrap().to_owned();
        std::fs::write(path("plan.toml"), PLAN).unwrap();
        let keys = path("keys.json").display().to_string();
        assert!(plain(home.path()).args(["sim", "keys", &keys]).stderr(Stdio::null()).status().unwrap().success());
        let mut bench =
            Bench { home, meter, link, made: 0, frames: Cell::new((0, 0)), held: Cell::new(0), usual: Duration::ZERO };
        bench.build_shim();
        bench.write_credentials(0);
        let begun = Instant::now();
        bench.status();
        bench.usual = begun.elapsed();
        bench
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Credentials of the meter's manager: number 0 as it leaves the factory, each other with keys of its own.
    fn write_credentials(&self, number: u32) -> String {
        let (encryption, authentication) = match number {
            0 => ("000102030405060708090A0B0C0D0E0F".to_owned(), "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF".to_owned()),
            number => (format!("{number:032X}"), format!("F{number:031X}")),
        };
        let path = self.path(&format!("credentials-{number}.toml"));
        let text = format!(
            "[dlms]\nauth = \"hls-gmac\"\nsystem_title = \"5445434830303031\"\nencryption_key = \"{encryption}\"\n\
             authentication_key = \"{authentication}\"\nmaster_key = \"101112131415161718191A1B1C1D1E1F\"\n"
        );
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        path.display().to_string()
    }

    /// Whether the meter lets a manager with these credentials in, asked by somebody else.
    fn lets_in(&self, number: u32) -> bool {
        let mut command = plain(&self.path("somebody"));
        command.args(["read", "1.0.1.8.0.255", "--link", &self.link, "--json", "--timeout", "1s"]);
        command.arg("--credentials").arg(self.path(&format!("credentials-{number}.toml")));
        command.output().unwrap().status.success()
    }

    /// The sealed keys the laptop keeps until a meter has proved that it holds them.
    pub fn kept_keys(&self) -> usize {
        std::fs::read_dir(self.path("laptop").join("dlms-keys")).map_or(0, Iterator::count)
    }

    /// What the meter's memory holds: its state is written with every change.
    pub fn memory(&self) -> Value {
        let folder = self.path("memory");
        let is_state = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "json");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        serde_json::from_slice(&std::fs::read(files.into_iter().find(is_state).unwrap()).unwrap()).unwrap()
    }

    fn build_shim(&self) {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/shim.c");
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let mut command = Command::new(compiler);
        command.args(["-shared", "-fPIC", "-O1", "-o"]).arg(self.path("shim.so")).arg(source).arg("-ldl");
        assert!(command.status().unwrap().success(), "the shim does not compile");
    }

    /// A command of the laptop on the meter.
    pub fn command(&self, change: &Change) -> Command {
        let mut command = plain(&self.path("laptop"));
        command.args(&change.command).args(["--link", &self.link, "--yes", "--json", "--timeout", "1s"]);
        command.env("WATTKEY_KEYS", self.path("keys.json"));
        if change.clock_by != 0 {
            self.with_faults(&mut command, &[("FAULT_CLOCK_BY", change.clock_by)]);
        }
        command
    }

    /// Lays faults under a command.
    pub fn with_faults(&self, command: &mut Command, faults: &[(&str, i64)]) {
        command.env("LD_PRELOAD", self.path("shim.so"));
        for (name, value) in faults {
            command.env(name, value.to_string());
        }
    }

    pub fn start(&self, change: &Change) -> Child {
        self.command(change).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    pub fn run(&self, change: &Change) -> Ended {
        Ended::of(self.start(change))
    }

    /// What the meter shows to somebody else.
    pub fn status(&self) -> Value {
        let mut command = plain(&self.path("somebody"));
        let output = command.args(["status", "--link", &self.link, "--json"]).output().unwrap();
        let document: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        assert!(document["sts"].is_object(), "{}", String::from_utf8_lossy(&output.stderr));
        document
    }

    /// Frames that went to the meter so far; only what is new in the log is read.
    pub fn frames(&self) -> u64 {
        let (read, count) = self.frames.get();
        let mut file = std::fs::File::open(self.path("frames.jsonl")).unwrap();
        file.seek(SeekFrom::Start(read)).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        // The last line may be half written.
        let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
        let sent = whole.lines().filter(|line| line.contains(r#""direction":"sent""#)).count() as u64;
        self.frames.set((read + whole.len() as u64, count + sent));
        count + sent
    }

    /// The results of the tokens that the meter was given, oldest first.
    fn account(&self, token: &str) -> Vec<String> {
        let of_token = |record: &Value| record["token"] == token;
        let result = |record: Value| record["result"].as_str().unwrap().to_owned();
        lines(&self.path("tokens.jsonl")).filter(of_token).map(result).collect()
    }

    /// A change that the meter has not had yet.
    pub fn change(&mut self, kind: Kind) -> Change {
        self.made += 1;
        let number = self.made;
        let status = self.status();
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
        let mut change = Change {
            kind,
            command: Vec::new(),
            clock_by: 0,
            wanted: Value::Null,
            tokens: Vec::new(),
            before: Vec::new(),
        };
        // Steps that no tolerance takes for the same.
        let power = f64::from(2_000 + number % 40 * 200);
        match kind {
            Kind::Token => {
                let minutes = (6_800_000 + number).to_string();
                change.tokens = self.generate(&status, &["credit", "1"], &["--tid", &minutes]);
                change.command = [words(&["token", "enter"]), change.tokens.clone()].concat();
            }
            Kind::KeyChange => {
                let ti = status["sts"]["ti"].as_u64().unwrap() + 1;
                let krn = status["sts"]["krn"].as_u64().unwrap() % 9 + 1;
                let (ti, krn) = ((ti % 100).to_string(), krn.to_string());
                let to = ["--to-ti", ti.as_str(), "--to-krn", if ti == "0" { krn.as_str() } else { "1" }];
                change.wanted = Value::from(ti.parse::<u64>().unwrap());
                change.tokens = self.generate(&status, &["key-change"], &to);
                change.command = [words(&["kct", "enter"]), change.tokens.clone()].concat();
            }
            Kind::Relay => {
                let connected = status["relay"]["control"] == "connected";
                change.wanted = Value::from(if connected { "disconnected" } else { "connected" });
                change.command = words(&["relay", if connected { "disconnect" } else { "connect" }]);
            }
            Kind::Clock => {
                // The laptop's clock is what the meter's is set to: each time another ten minutes off.
                change.clock_by = if status["clock"]["drift_s"].as_i64().unwrap() > 0 { -600 } else { 600 };
                change.wanted = Value::from(change.clock_by);
                change.command = words(&["clock", "sync", "--accept-offset"]);
            }
            Kind::Write => {
                change.wanted = Value::from(power);
                change.command = words(&["write", "71/0.0.17.0.0.255:4", &format!("{power}")]);
            }
            Kind::Limit => {
                change.wanted = Value::from(power);
                change.command = words(&["limit", "set", "--power", &format!("{power}")]);
            }
            Kind::Commission => {
                change.wanted = Value::from(power);
                let plan = self.path("plan.toml").display().to_string();
                let value = format!("power_limit_w={power}");
                change.command =
                    words(&["commission", "--plan", &plan, "--set", &value, "--id", &format!("job-{number}")]);
            }
            Kind::InterfaceKeys => {
                let old = self.path(&format!("credentials-{}.toml", self.held.get())).display().to_string();
                let new = self.write_credentials(number);
                change.wanted = Value::from(number);
                change.command = words(&["security", "change-keys", "--new", &new, "--credentials", &old]);
            }
        }
        change.before = change.tokens.iter().map(|token| self.account(token).len()).collect();
        change
    }

    /// What the meter said to a token of the change, oldest first.
    fn said_to(&self, change: &Change, token: &str) -> Vec<String> {
        let place = change.tokens.iter().position(|known| known == token).unwrap();
        self.account(token).split_off(change.before[place])
    }

    fn generate(&self, status: &Value, what: &[&str], more: &[&str]) -> Vec<String> {
        let sts = &status["sts"];
        let mut command = plain(&self.path("bench"));
        command.env("WATTKEY_KEYS", self.path("keys.json")).args(["token", "generate"]).args(what);
        for name in ["drn", "sgc", "krn", "kt", "ti", "ea", "dkga", "base_date"] {
            if let Some(value) = sts.get(name) {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                command.arg(format!("--{}", name.replace('_', "-"))).arg(text);
            }
        }
        let output = command.args(more).arg("--json").output().unwrap();
        let document: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        let tokens = document["tokens"].as_array().map(Vec::as_slice).unwrap_or_default();
        assert!(!tokens.is_empty(), "{document} {}", String::from_utf8_lossy(&output.stderr));
        tokens.iter().map(|token| token["token"].as_str().unwrap().to_owned()).collect()
    }

    /// Whether the meter has it, by its own state and its own account of tokens.
    pub fn is_done(&self, change: &Change) -> bool {
        let status = self.status();
        match change.kind {
            Kind::Token => change.tokens.iter().all(|token| self.said_to(change, token).contains(&"accept".to_owned())),
            Kind::KeyChange => {
                status["sts"]["ti"] == change.wanted && status["sts"]["kct_pending"] == Value::Array(vec![])
            }
            Kind::Relay => status["relay"]["control"] == change.wanted,
            Kind::Clock => {
                let off = status["clock"]["drift_s"].as_i64().unwrap() - change.clock_by;
                off.abs() < 30
            }
            Kind::InterfaceKeys => {
                let wanted = u32::try_from(change.wanted.as_u64().unwrap()).unwrap();
                let (new, old) = (self.lets_in(wanted), self.lets_in(self.held.get()));
                // Never a meter whose keys nobody has.
                assert!(new || old, "the keys of the meter are lost: {change:?}");
                new
            }
            Kind::Write | Kind::Limit | Kind::Commission => status["limits"]["power_w"] == change.wanted,
        }
    }

    /// Whether anything of it reached the meter.
    pub fn is_begun(&self, change: &Change) -> bool {
        change.tokens.iter().any(|token| !self.said_to(change, token).is_empty()) || self.is_done(change)
    }

    /// How often a token of it counted.
    pub fn most_accepted(&self, change: &Change) -> usize {
        let counted = |result: &String| matches!(result.as_str(), "accept" | "first-kct" | "second-kct");
        change
            .tokens
            .iter()
            .map(|token| self.said_to(change, token).iter().filter(|result| counted(result)).count())
            .max()
            .unwrap_or(0)
    }

    /// Intents in the ledger that have no outcome.
    pub fn open_intents(&self) -> Value {
        let output = plain(&self.path("laptop")).args(["ledger", "verify", "--json"]).output().unwrap();
        let document: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        assert_eq!(document["intact"], true, "{document} {}", String::from_utf8_lossy(&output.stderr));
        document["open"].clone()
    }

    /// Runs it again without faults: the meter then has it once, and nothing is left open.
    pub fn settle(&self, change: &Change, before: &Ended) {
        let mut again = self.run(change);
        if again.exit == Some(8) && !self.is_done(change) {
            // What was in doubt had to be looked at first.
            again = self.run(change);
        }
        let place = || format!("{change:?}\nbefore: {before:?}\nagain: {again:?}");
        assert!(self.is_done(change), "not done: {}", place());
        assert!(self.most_accepted(change) <= 1, "done twice: {}", place());
        assert!(matches!(again.exit, Some(0 | 1)), "not told: {}", place());
        assert_eq!(self.open_intents(), 0, "left open: {}", place());
        if change.kind == Kind::InterfaceKeys {
            self.held.set(u32::try_from(change.wanted.as_u64().unwrap()).unwrap());
            assert_eq!(self.kept_keys(), 0, "kept: {}", place());
        }
    }
}

fn lines(path: &Path) -> impl Iterator<Item = Value> {
    let file = std::fs::File::open(path).unwrap();
    // The last line may be half written.
    BufReader::new(file).lines().map_while(Result::ok).filter_map(|line| serde_json::from_str(&line).ok())
}

fn plain(state: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
    command
        .env("WATTKEY_STATE_DIR", state)
        .env("WATTKEY_CACHE_DIR", state.with_extension("cache"))
        .env("WATTKEY_CONFIG", state.join("none.toml"))
        .env("WATTKEY_OPERATOR", "faults")
        .stdin(Stdio::null());
    command
}
