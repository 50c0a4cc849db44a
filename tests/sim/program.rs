//! The program that serves meters, and `sim:` links, down to the octets.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use wattkey::link::address::SimAddress;
use wattkey::link::{Interrupt, Link, LinkError};
use wattkey::protocol::hdlc::{Address, ClientAddress, Control, Frame};
use wattkey::sim::SimLink;

use crate::bench::BEGIN;
use crate::served::{Home, Served, link_of};

fn frame(physical: u16, control: Control) -> Vec<u8> {
    let destination = Address::new(1, physical).unwrap().to_wire();
    let source = ClientAddress::PUBLIC.to_wire();
    Frame { destination, source, control, segmented: false, information: &[] }.encode()
}

/// Connects and disconnects; both are acknowledged.
fn call(stream: &mut (impl Read + Write), physical: u16) {
    for control in [Control::SetNormalResponseMode, Control::Disconnect] {
        stream.write_all(&frame(physical, control)).unwrap();
        let mut answer = vec![0; 3];
        stream.read_exact(&mut answer).unwrap();
        let length = usize::from(answer[1] & 7) << 8 | usize::from(answer[2]);
        answer.resize(length + 2, 0);
        stream.read_exact(&mut answer[3..]).unwrap();
        assert_eq!(answer[6], 0x73, "UA");
    }
}

fn connect(link: &str) -> TcpStream {
    let stream = TcpStream::connect(link.strip_prefix("tcp:").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

#[test]
fn meters_on_one_line_and_on_lines_of_their_own_answer_and_end_on_term() {
    let home = Home::new();
    let (served, ready) = Served::start(&home, &["--listen", "tcp:127.0.0.1:0", "--meters", "3"]);
    assert_eq!(ready["meters"][2]["address"], "1/19");
    assert_ne!(ready["meters"][1]["drn"], ready["meters"][2]["drn"]);
    let mut stream = connect(&link_of(&ready, 0));
    call(&mut stream, 17);
    call(&mut stream, 19);
    assert_eq!(served.terminate(), Some(0));

    let (served, ready) = Served::start(&home, &["--listen", "tcp:127.0.0.1:0", "--meters", "2", "--separate"]);
    assert_ne!(link_of(&ready, 0), link_of(&ready, 1));
    for meter in [0, 1] {
        call(&mut connect(&link_of(&ready, meter)), 17);
    }
    assert_eq!(served.terminate(), Some(0));
}

#[test]
fn a_pty_has_its_name_while_the_program_runs() {
    let home = Home::new();
    let path = home.path().join("meter");
    let (served, _) = Served::start(&home, &["--listen", &format!("pty:{}", path.display())]);
    let mut terminal = std::fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
    call(&mut terminal, 17);
    assert_eq!(served.terminate(), Some(0));
    assert!(!path.exists());
}

#[test]
fn a_pty_is_not_taken_from_a_meter_that_is_served() {
    let home = Home::new();
    let path = home.path().join("meter");
    let listen = format!("pty:{}", path.display());
    let (served, _) = Served::start(&home, &["--listen", &listen]);
    let leads_to = std::fs::read_link(&path).unwrap();
    let output = home.program(&["sim", "--listen", &listen, "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let error: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(error["error"]["code"], "port-busy");
    assert_eq!(std::fs::read_link(&path).unwrap(), leads_to);
    let mut terminal = std::fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
    call(&mut terminal, 17);
    assert_eq!(served.terminate(), Some(0));
    let file = home.path().join("notes");
    std::fs::write(&file, "mine").unwrap();
    std::os::unix::fs::symlink(&file, &path).unwrap();
    let output = home.program(&["sim", "--listen", &listen]).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "a link to somebody's file is left alone");
    assert!(path.is_symlink());
}

#[test]
fn the_credentials_that_go_with_the_meters_switch_a_relay_over_dl_t_645() {
    let home = Home::new();
    let file = home.path().join("credentials.toml");
    let file = file.to_str().unwrap();
    let written = home.program(&["sim", "credentials", file]).output().unwrap();
    assert_eq!(written.status.code(), Some(0));
    let run = |arguments: &[&str]| {
        let mut program = home.program(arguments);
        program.args(["--link", "sim:d?face=dlt645", "--credentials", file, "--yes", "--json"]);
        let output = program.output().unwrap();
        (output.status.code(), serde_json::from_slice::<Value>(&output.stdout).unwrap())
    };
    assert_eq!(run(&["relay", "disconnect"]).0, Some(0));
    let (exit, status) = run(&["status"]);
    assert_eq!((exit, &status["protocol"]), (Some(0), &Value::from("dlt645")));
    assert_eq!(status["relay"]["output"], "open");
}

#[test]
fn a_port_that_is_taken_is_an_error_of_the_port() {
    let home = Home::new();
    let holder = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = format!("tcp:127.0.0.1:{}", holder.local_addr().unwrap().port());
    let output = home.program(&["sim", "--listen", &listen, "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let error: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(error["error"]["code"], "port-busy");
}

#[test]
fn the_key_file_is_private_and_marked_as_the_lab_s() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let path = home.path().join("keys.json");
    let write = || home.program(&["sim", "keys", path.to_str().unwrap()]).output().unwrap().status.code();
    assert_eq!(write(), Some(0));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let keys: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!((&keys["lab"], &keys["schema"]), (&Value::Bool(true), &Value::from("wattkey/keys/1")));
    assert_eq!(write(), Some(2), "it is there already");
}

fn open(folder: &Path, name: &str, options: &[(&str, &str)]) -> Result<SimLink, LinkError> {
    let options = options.iter().map(|(option, value)| ((*option).to_owned(), (*value).to_owned())).collect();
    let address = SimAddress { name: name.to_owned(), options };
    SimLink::open(&address, folder, BEGIN, format!("sim:{name}"), Interrupt::new())
}

fn exchange(link: &mut SimLink, request: &[u8]) -> Vec<u8> {
    link.send(request).unwrap();
    let mut answer = vec![0; 4096];
    let until = link.now() + Duration::from_secs(5);
    let count = link.receive(&mut answer, until).unwrap();
    answer.truncate(count);
    answer
}

#[test]
fn a_link_speaks_both_protocols() {
    let folder = tempfile::tempdir().unwrap();
    let mut link = open(folder.path(), "", &[]).unwrap();
    assert_eq!(exchange(&mut link, &frame(17, Control::SetNormalResponseMode))[6], 0x73);
    assert_eq!(exchange(&mut link, &frame(17, Control::Disconnect))[6], 0x73);
    assert_eq!(exchange(&mut link, b"/?!\r\n"), b"/WKS5\\2WK1-KPV1.4.0\r\n");
    let operand = exchange(&mut link, b"\x06051\r\n");
    assert_eq!(operand, b"\x01P0\x02(00000000)\x03\x60");
    let with_parity: Vec<u8> = b"/?!\r\n".iter().map(|byte| even(*byte)).collect();
    assert_eq!(exchange(&mut link, &with_parity)[0], even(b'/'), "answered with parity bits as it was asked");
    let until = link.now() + Duration::from_secs(3600);
    assert!(matches!(link.receive(&mut [0; 16], until), Err(LinkError::Timeout(_))));
}

fn even(byte: u8) -> u8 {
    byte | u8::from(byte.count_ones() % 2 == 1) << 7
}

#[test]
fn a_meter_is_kept_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path(), "bench", &[("seed", "7")]).unwrap();
    assert!(matches!(open(folder.path(), "bench", &[]), Err(LinkError::Busy { .. })));
    drop(first);
    assert!(open(folder.path(), "bench", &[]).is_ok());
    let other = open(folder.path(), "bench", &[("seed", "8")]).unwrap_err();
    assert!(other.to_string().contains("fresh"), "{other}");
    assert!(open(folder.path(), "bench", &[("seed", "8"), ("fresh", "")]).is_ok());
    assert!(matches!(open(folder.path(), "bench", &[("speeed", "1")]), Err(LinkError::Usage(_))));
    assert!(matches!(open(folder.path(), "a/b", &[]), Err(LinkError::Usage(_))));
}

#[test]
fn faults_come_from_the_seed() {
    let folder = tempfile::tempdir().unwrap();
    let run = |seed: &str| {
        let mut link =
            open(folder.path(), "", &[("seed", seed), ("fresh", ""), ("fault", "drop=30%,corrupt=30%")]).unwrap();
        let mut heard = Vec::new();
        for _ in 0..50 {
            link.send(&frame(17, Control::SetNormalResponseMode)).unwrap();
            let mut answer = [0; 64];
            let until = link.now() + Duration::from_secs(1);
            heard.push(link.receive(&mut answer, until).map(|count| answer[..count].to_vec()).ok());
        }
        heard
    };
    assert_eq!(run("3"), run("3"));
    assert_ne!(run("3"), run("4"));
    assert!(run("3").iter().any(Option::is_none), "some are dropped");
}
