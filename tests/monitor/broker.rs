//! Debian's mosquitto as the broker, and what a subscriber with a lasting session has received.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The folder to work in, when the suite asked for the tests that need a broker.
pub fn folder(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("WATTKEY_INTEROP_MOSQUITTO")?).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    Some(folder)
}

pub struct Mosquitto {
    folder: PathBuf,
    pub port: u16,
    child: Option<Child>,
}

impl Mosquitto {
    pub fn new(folder: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = format!(
            "listener {port} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location {}/\n\
             autosave_interval 1\nmax_queued_messages 0\nmax_inflight_messages 1000\nuser root\n",
            folder.display()
        );
        fs::write(folder.join("mosquitto.conf"), config).unwrap();
        Mosquitto { folder: folder.to_owned(), port, child: None }
    }

    pub fn start(&mut self) {
        let log = File::create(self.folder.join("mosquitto.log")).unwrap();
        let child = Command::new("mosquitto")
            .arg("-c")
            .arg(self.folder.join("mosquitto.conf"))
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("mosquitto is installed");
        self.child = Some(child);
        await_that("the broker listens", || TcpStream::connect(("127.0.0.1", self.port)).is_ok());
    }

    /// Ends the broker as an administrator would, so that it keeps its sessions.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            Command::new("kill").arg(child.id().to_string()).status().unwrap();
            child.wait().unwrap();
        }
    }

    /// A subscriber to everything below `site`, whose session outlives connections. It finds its way back by itself.
    pub fn subscriber(&self, file: &Path) -> Subscriber {
        let child = Command::new("mosquitto_sub")
            .args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-i", "receiver", "-c", "-q", "1", "-t", "site/#"])
            .stdout(File::options().create(true).append(true).open(file).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .expect("mosquitto_sub is installed");
        Subscriber(child)
    }
}

impl Drop for Mosquitto {
    fn drop(&mut self) {
        self.stop();
    }
}

pub struct Subscriber(Child);

impl Drop for Subscriber {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a subscriber wrote into its file: the numbers of messages, and the lines that carry none.
pub struct Received {
    path: PathBuf,
    read: u64,
    pub numbers: BTreeSet<u64>,
    pub others: Vec<String>,
}

impl Received {
    pub fn new(path: &Path) -> Self {
        Received { path: path.to_owned(), read: 0, numbers: BTreeSet::new(), others: Vec::new() }
    }

    /// Reads on, up to the last whole line.
    pub fn update(&mut self) -> &mut Self {
        let Ok(mut file) = File::open(&self.path) else { return self };
        file.seek(SeekFrom::Start(self.read)).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        self.read += whole as u64;
        for line in text[..whole].lines() {
            let number = line.strip_prefix("{\"seq\":").and_then(|rest| rest.split([',', '}']).next()?.parse().ok());
            match number {
                Some(number) => drop(self.numbers.insert(number)),
                None => self.others.push(line.to_owned()),
            }
        }
        self
    }
}

pub fn await_that(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(180);
    while !holds() {
        assert!(Instant::now() < deadline, "still not so after three minutes: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}
