//! A serial link on a pseudo terminal whose other side is held by the test.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use wattkey::error::{Code, Exit};
use wattkey::link::{self, Interrupt, LineSettings, Link, LinkAddress, LinkError, OpenOptions};

/// The far side of a line, and the name of its near side.
pub struct Terminal {
    pub far: File,
    pub path: String,
}

impl Terminal {
    pub fn new() -> Self {
        let far: OwnedFd = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&far).unwrap();
        unlockpt(&far).unwrap();
        let path = ptsname(&far, Vec::new()).unwrap().into_string().unwrap();
        Terminal { far: File::from(far), path }
    }

    pub fn open(&self, query: &str) -> Result<Box<dyn Link>, LinkError> {
        let address: LinkAddress = format!("serial:{}{query}", self.path).parse().unwrap();
        link::open(&address, &OpenOptions::default())
    }

    fn hears(&mut self, expected: &[u8]) {
        let mut heard = vec![0; expected.len()];
        self.far.read_exact(&mut heard).unwrap();
        assert_eq!(heard, expected);
    }
}

fn take(link: &mut dyn Link, count: usize) -> Vec<u8> {
    let until = link.now() + Duration::from_secs(10);
    let mut all = Vec::new();
    let mut buffer = [0; 64];
    while all.len() < count {
        let count = link.receive(&mut buffer, until).unwrap();
        all.extend_from_slice(&buffer[..count]);
    }
    all
}

#[test]
fn bytes_go_both_ways_and_survive_a_change_of_settings() {
    let mut terminal = Terminal::new();
    let mut link = terminal.open("?baud=300&frame=7e1").unwrap();
    assert_eq!(link.settings(), Some(LineSettings::seven_even_one(300)));
    link.send(b"/?!\r\n").unwrap();
    terminal.hears(b"/?!\r\n");
    terminal.far.write_all(b"/GRX5X\r\n").unwrap();
    // The reply is already there when the speed changes, and must not be lost.
    link.configure(LineSettings::eight_none_one(9600)).unwrap();
    assert_eq!(take(link.as_mut(), 8), b"/GRX5X\r\n");
    assert_eq!(link.settings(), Some(LineSettings::eight_none_one(9600)));
}

#[test]
fn all_byte_values_pass_unchanged() {
    let mut terminal = Terminal::new();
    let mut link = terminal.open("?echo=off").unwrap();
    let every: Vec<u8> = (0..=255).collect();
    link.send(&every).unwrap();
    terminal.hears(&every);
    terminal.far.write_all(&every).unwrap();
    assert_eq!(take(link.as_mut(), 256), every);
}

#[test]
fn a_mute_port_times_out_and_an_insisting_user_ends_the_wait() {
    let terminal = Terminal::new();
    let interrupt = Interrupt::new();
    let address: LinkAddress = terminal.path.parse().unwrap();
    let options = OpenOptions { interrupt: interrupt.clone(), ..OpenOptions::default() };
    let mut link = link::open(&address, &options).unwrap();
    let until = link.now() + Duration::from_millis(50);
    assert!(matches!(link.receive(&mut [0; 4], until), Err(LinkError::Timeout(_))));
    interrupt.raise();
    assert!(link.stop_requested());
    interrupt.raise();
    let far_away = link.now() + Duration::from_secs(3600);
    assert_eq!(link.receive(&mut [0; 4], far_away), Err(LinkError::Interrupted));
    assert_eq!(link.pause(Duration::from_secs(3600)), Err(LinkError::Interrupted));
}

#[test]
fn a_far_end_that_hangs_up_is_told_from_silence() {
    let terminal = Terminal::new();
    let mut link = terminal.open("").unwrap();
    drop(terminal);
    let until = link.now() + Duration::from_secs(10);
    let error = link.receive(&mut [0; 4], until).unwrap_err();
    assert!(matches!(error, LinkError::Closed | LinkError::Fault(_)), "{error:?}");
}

#[test]
fn a_port_in_use_is_busy_unless_shared() {
    let terminal = Terminal::new();
    let _holder = terminal.open("").unwrap();
    match terminal.open("") {
        Err(error @ LinkError::Busy { .. }) => assert_eq!(error.code().exit(), Exit::Port),
        other => panic!("{other:?}"),
    }
    let shared = Terminal::new();
    let _first = shared.open("?shared").unwrap();
    shared.open("?shared").unwrap();
}

#[test]
fn what_is_no_port_is_absent() {
    for path in ["/dev/ttyNONE9", "/dev/null", "/no/such/folder/port"] {
        let address: LinkAddress = path.parse().unwrap();
        let error = link::open(&address, &OpenOptions::default()).unwrap_err();
        assert_eq!(error.code(), Code::PortAbsent, "{path}: {error}");
    }
}

#[test]
fn a_port_that_is_yet_to_come_is_waited_for() {
    let terminal = Terminal::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("head");
    let address = |wait: &str| -> LinkAddress { format!("serial:{}{wait}", path.display()).parse().unwrap() };
    let options = OpenOptions::default();
    assert_eq!(link::open(&address(""), &options).unwrap_err().code(), Code::PortAbsent);
    assert_eq!(link::open(&address("?wait=200ms"), &options).unwrap_err().code(), Code::PortAbsent);
    let (target, name) = (terminal.path.clone(), path.clone());
    let plugged = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        std::os::unix::fs::symlink(target, name).unwrap();
    });
    link::open(&address("?wait=30s"), &options).unwrap();
    plugged.join().unwrap();
}
