//! `rs485=rts` on a port whose driver turns the line round by itself. The port is a pseudo terminal, which has no RTS: only
//! what leaves that to the driver can work. The driver is a few lines of C under the program.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Flags of `struct serial_rs485` (linux/serial.h): enabled, RTS on while sending, RTS on after sending.
const ENABLED: u32 = 1;
const RTS_ON_SEND: u32 = 2;
const RTS_AFTER_SEND: u32 = 4;

fn wattkey(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
    command
        .env("WATTKEY_CACHE_DIR", folder.join("cache"))
        .env("WATTKEY_STATE_DIR", folder.join("state"))
        .env("WATTKEY_CONFIG", folder.join("config.toml"));
    command
}

/// Reads a simulated meter over a port whose driver knows the flags of `known`; gives the flags of each order to it, too.
fn read_with(known: u32, rs485: &str) -> (Output, Vec<u32>) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let (shim, log, port) = (folder.join("shim.so"), folder.join("orders"), folder.join("port"));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/link/rs485_shim.c");
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let built = Command::new(compiler).args(["-shared", "-fPIC", "-o"]).arg(&shim).arg(source).arg("-ldl").status();
    assert!(built.unwrap().success(), "the shim does not compile");
    let mut meter = wattkey(folder)
        .args(["sim", "--serve", "modbus", "--listen"])
        .arg(format!("pty:{}", port.display()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut ready = String::new();
    BufReader::new(meter.stdout.as_mut().unwrap()).read_line(&mut ready).unwrap();
    let output = wattkey(folder)
        .args(["read", "voltage-l1", "-p", "modbus", "--profile", "eastron-sdm630", "--link"])
        .arg(format!("serial:{}?rs485={rs485}", port.display()))
        .env("LD_PRELOAD", &shim)
        .env("RS485_LOG", &log)
        .env("RS485_MASK", known.to_string())
        .output()
        .unwrap();
    meter.kill().unwrap();
    meter.wait().unwrap();
    let orders = std::fs::read_to_string(&log).unwrap_or_default();
    (output, orders.lines().map(|line| line.parse().unwrap()).collect())
}

#[test]
fn the_driver_turns_the_line_round_where_it_can_and_is_left_as_it_was() {
    for (rs485, flags) in [("rts", ENABLED | RTS_ON_SEND), ("rts-inverted", ENABLED | RTS_AFTER_SEND)] {
        let (output, orders) = read_with(ENABLED | RTS_ON_SEND | RTS_AFTER_SEND, rs485);
        assert!(output.status.success(), "{output:?}");
        assert_eq!(orders, [flags, 0]);
    }
}

#[test]
fn a_driver_that_cannot_is_left_as_it_was_and_rts_is_set_by_us() {
    // It knows nothing, or not this level.
    for known in [0, ENABLED | RTS_AFTER_SEND] {
        let (output, orders) = read_with(known, "rts");
        assert_eq!(output.status.code(), Some(3), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("does not set RTS"), "{output:?}");
        assert_eq!(orders, [ENABLED | RTS_ON_SEND, 0]);
    }
}
