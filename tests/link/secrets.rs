//! What a trace shows of passwords and tokens, in every protocol that carries them.

use std::fs;
use std::process::Command;

use serde_json::Value;

const TOKEN: &str = "51043465443420856213";

/// Passwords that no other octets of the talks look like.
const CREDENTIALS: &str = r#"
[dlms]
client = 32
auth = "lls"
password = "12345678"
[iec62056_21]
password = "00000000"
[dlt645]
password = "04123456"
operator = "87654321"
"#;

/// The octets of a trace in the order they passed; hidden ones are `None`.
fn octets(trace: &str) -> Vec<Option<u8>> {
    let records = trace.lines().skip(1).map(|line| serde_json::from_str::<Value>(line).unwrap());
    let hex: String = records.filter_map(|record| record["hex"].as_str().map(str::to_owned)).collect();
    let pairs = hex.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).ok()).collect()
}

/// Whether the octets of `secret` stand together.
fn shows(octets: &[Option<u8>], secret: &[u8]) -> bool {
    octets.windows(secret.len()).any(|window| window.iter().zip(secret).all(|(octet, wanted)| *octet == Some(*wanted)))
}

/// Packed decimal digits, and the same low octet first with 33H added as DL/T 645 has them.
fn packed(digits: &str) -> [Vec<u8>; 3] {
    let plain: Vec<u8> =
        (0..digits.len() / 2).map(|at| u8::from_str_radix(&digits[2 * at..][..2], 16).unwrap()).collect();
    let added = |octets: &[u8]| octets.iter().map(|octet| octet.wrapping_add(0x33)).collect::<Vec<u8>>();
    let reversed: Vec<u8> = plain.iter().rev().copied().collect();
    [added(&plain), added(&reversed), plain]
}

/// The trace of a command on a new simulated meter.
fn trace_of(command: &[&str], protocol: &str, options: &str) -> Vec<Option<u8>> {
    trace_in(&tempfile::tempdir().unwrap(), command, protocol, options)
}

/// The trace of a command in a process of its own, which knows nothing of what earlier ones sent.
fn trace_in(home: &tempfile::TempDir, command: &[&str], protocol: &str, options: &str) -> Vec<Option<u8>> {
    let _ = fs::remove_file(home.path().join("trace.jsonl"));
    let credentials = home.path().join("credentials.toml");
    wattkey::files::replace_with(&credentials, CREDENTIALS.as_bytes()).unwrap();
    let trace = home.path().join("trace.jsonl");
    let link = format!("sim:secrets?serve={protocol}{options}");
    let output = Command::new(env!("CARGO_BIN_EXE_wattkey"))
        .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
        .env("WATTKEY_STATE_DIR", home.path().join("state"))
        .env("WATTKEY_CONFIG", home.path().join("config.toml"))
        .args(command)
        .args(["--link", &link, "-p", protocol, "--yes"])
        .args(if protocol == "dlt645" { &[][..] } else { &["--profile", "wattkey-sim"] })
        .arg("--credentials")
        .arg(&credentials)
        .arg("--trace")
        .arg(&trace)
        .output()
        .unwrap();
    let octets = octets(&fs::read_to_string(&trace).unwrap());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(octets.len() > 100, "{command:?} on {protocol}: {said}");
    octets
}

#[test]
fn no_trace_shows_a_password() {
    for (command, protocol, secrets) in [
        (&["status"][..], "dlms", vec![b"12345678".to_vec()]),
        (&["token", "enter", TOKEN], "iec62056-21", vec![b"P1\x02(00000000".to_vec()]),
        (&["relay", "disconnect"], "dlt645", [&packed("123456")[..2], &packed("87654321")[..2]].concat()),
    ] {
        let octets = trace_of(command, protocol, "");
        assert!(octets.contains(&None), "{command:?} on {protocol} hides nothing");
        assert!(!secrets.iter().any(|secret| shows(&octets, secret)), "{command:?} on {protocol}");
    }
}

#[test]
fn no_trace_shows_more_than_four_digits_of_a_token() {
    // Small information fields and data units cut the token into parts.
    for (protocol, options) in
        [("dlms", ""), ("dlms", "&faces.max_info_field=32"), ("dlms", "&faces.max_pdu=64"), ("iec62056-21", "")]
    {
        let home = tempfile::tempdir().unwrap();
        let entered = trace_in(&home, &["token", "enter", TOKEN], protocol, options);
        assert!(entered.contains(&None), "{protocol}{options} hides nothing");
        // The meter tells its last token to whoever reads it.
        let read = trace_in(&home, &["status"], protocol, options);
        let octets = [entered, read].concat();
        for five in TOKEN.as_bytes().windows(5) {
            assert!(!shows(&octets, five), "{protocol}{options}: {}", String::from_utf8_lossy(five));
        }
        for six in TOKEN.as_bytes().chunks_exact(6) {
            let digits = std::str::from_utf8(six).unwrap();
            assert!(!packed(digits).iter().any(|form| shows(&octets, form)), "{protocol}");
        }
    }
}
