//! Packs as a user meets them: made from a list, asked, and their tokens entered into a simulated meter.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A simulated meter whose state is kept between commands.
const METER: &str = "sim:?clock=2026-11-21T08:00:00Z";

struct Bench(tempfile::TempDir);

impl Bench {
    fn new() -> Self {
        let bench = Bench(tempfile::tempdir().unwrap());
        assert_eq!(bench.run(&["sim", "keys", "lab.json"]).0, 0);
        bench.write(
            "meters.csv",
            "drn,vend_code,standing,serial,sgc,krn,kt,ti,ea,customer_name,key_change,from_krn,clear_tamper\n\
             01234567897,VC-1001,active,23456789,123456,2,2,1,07,A. Customer,\
             06031923389865257551 54410140490567978754,1,45433083317098728816\n\
             01425370028,VC-1002,blocked,,,,,,,,,,\n",
        );
        assert_eq!(bench.run(&["headend", "pack", "--new-key", "depot.key"]).0, 0);
        let made =
            bench.run(&["headend", "pack", "meters.csv", "-o", "day.pack", "--key", "depot.key", "--name", "crew 7"]);
        assert_eq!(made.0, 0, "{}", made.1);
        bench
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> (i32, Value) {
        let output = Command::new(env!("CARGO_BIN_EXE_wattkey"))
            .args(arguments)
            .arg("--json")
            .current_dir(self.path())
            .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
            .env("WATTKEY_STATE_DIR", self.path().join("state"))
            .env("WATTKEY_CONFIG", self.path().join("config.toml"))
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        (output.status.code().unwrap(), serde_json::from_str(&text).unwrap_or_else(|_| Value::from(text.into_owned())))
    }

    fn ask(&self, arguments: &[&str]) -> (i32, Value) {
        self.run(&[arguments, &["--headend", "day.pack", "--pack-key", "depot.key.pub", "--keys", "lab.json"]].concat())
    }
}

#[test]
fn the_tokens_of_a_pack_change_the_key_of_a_meter() {
    let bench = Bench::new();
    let (code, answer) = bench.ask(&["headend", "check", "VC-1001", "--link", METER]);
    assert_eq!(
        (code, answer["verdict"].as_str(), answer["offline"].as_bool()),
        (0, Some("registered-active"), Some(true))
    );
    assert_eq!(answer["key_differences"][0]["field"], "krn");

    let (code, answer) = bench.ask(&["kct", "request", "--link", METER]);
    assert_eq!((code, answer["issue"]["tokens"].as_array().map(Vec::len)), (0, Some(2)), "{answer}");
    let (code, entry) = bench.ask(&["kct", "request", "--link", METER, "--enter", "--yes"]);
    assert_eq!(
        (code, entry["outcome"].as_str(), entry["after"]["sts"]["krn"].as_u64()),
        (0, Some("accepted"), Some(2)),
        "{entry}"
    );
    let (code, answer) = bench.ask(&["kct", "request", "--link", METER, "--enter", "--yes"]);
    assert_eq!((code, answer["verdict"].as_str()), (0, Some("key-already-right")), "{answer}");
    let (code, answer) = bench.ask(&["headend", "check", "VC-1001", "--link", METER]);
    assert_eq!((code, answer.get("key_differences")), (0, None));

    let (code, outbox) = bench.run(&["headend", "outbox"]);
    assert_eq!(
        (code, outbox["items"].as_array().map(Vec::len), outbox["items"][0]["kind"].as_str()),
        (0, Some(1), Some("confirm"))
    );
}

#[test]
fn a_vend_fail_names_its_cause_and_what_to_do() {
    let bench = Bench::new();
    for (code, drn, verdict) in [
        ("VC-1002", "01234567897", "code-mismatch"),
        ("VC-1002", "01425370028", "blocked"),
        ("VC-1001", "01425370010", "not-in-pack"),
    ] {
        let (exit, answer) = bench.ask(&["headend", "check", code, "--drn", drn]);
        assert_eq!((exit, answer["verdict"].as_str()), (1, Some(verdict)));
        assert!(answer["cause"].as_str().unwrap().len() > 10 && answer["act"].as_str().unwrap().len() > 10);
    }
    let (exit, answer) = bench.ask(&["headend", "check", "VC-1001", "--serial", "0023456789"]);
    assert_eq!((exit, answer["drn"].as_str()), (0, Some("01234567897")));
    let (exit, answer) = bench.ask(&["headend", "check", "VC-1001", "--link", METER, "--serial", "1"]);
    assert_eq!((exit, answer["error"]["code"].as_str()), (8, Some("wrong-meter")));
    let (exit, answer) = bench.ask(&["headend", "tokens", "clear-credit", "--drn", "01234567897"]);
    assert_eq!((exit, answer["verdict"].as_str()), (1, Some("no-tokens")));
    let (exit, answer) = bench.ask(&["headend", "tokens", "clear-tamper", "--drn", "01234567897"]);
    assert_eq!((exit, answer["issue"]["tokens"][0].as_str()), (0, Some("45433083317098728816")));
}

#[test]
fn a_pack_nobody_trusted_has_signed_is_refused_unless_the_option_says_so() {
    let bench = Bench::new();
    let check = ["headend", "check", "VC-1001", "--drn", "01234567897", "--headend", "day.pack"];
    let (exit, answer) = bench.run(&check);
    assert_eq!((exit, answer["error"]["code"].as_str()), (6, Some("pack")));
    let (exit, answer) = bench.run(&[&check[..], &["--accept-unverified-pack"]].concat());
    assert_eq!(exit, 0);
    assert!(answer["warnings"][0].as_str().unwrap().contains("without a check"));
    // The same by a section of the configuration.
    bench.write("config.toml", "[headend.today]\nkind = \"pack\"\nfile = \"day.pack\"\nkeys = [\"depot.key.pub\"]\n");
    assert_eq!(bench.run(&["headend", "check", "VC-1001", "--drn", "01234567897"]).0, 0);
    bench.write("config.toml", "[headend.today]\nkind = \"pack\"\nfile = \"day.pack\"\nkey = 1\n");
    assert_eq!(bench.run(&["headend", "outbox"]).0, 2, "a key that is misspelt is an error");
}

#[test]
fn reports_wait_in_the_outbox_and_a_pack_takes_none_in() {
    let bench = Bench::new();
    for _ in 0..2 {
        let (exit, answer) =
            bench.ask(&["headend", "report", "new-installation", "--job", "J-1", "--drn", "01234567897"]);
        assert_eq!((exit, answer["state"].as_str(), answer["row"].as_i64()), (0, Some("queued"), Some(1)), "{answer}");
    }
    let (exit, answer) = bench.ask(&["headend", "send"]);
    assert_eq!((exit, answer["error"]["code"].as_str()), (2, Some("not-supported")));
}

#[test]
fn a_certificate_is_held_against_the_register() {
    let bench = Bench::new();
    bench.write(
        "register.csv",
        "manufacturer,manufacturer_code,model,certificate,expires,sgc\nWKS,01,*,STS-1,2099-12-31,123456\nACM,02,*,STS-2,,\n",
    );
    let (exit, answer) = bench.run(&["certificate", "check", "--certificates", "register.csv", "--link", METER]);
    assert_eq!((exit, answer["certified"].as_bool()), (0, Some(true)), "{answer}");
    let wrong = ["certificate", "check", "--certificates", "register.csv", "--link", METER, "--certificate", "STS-2"];
    let (exit, answer) = bench.run(&wrong);
    assert_eq!((exit, answer["certified"].as_bool()), (1, Some(false)));
    let (exit, answer) = bench.run(&["certificate", "check", "--certificates", "register.csv"]);
    assert_eq!((exit, answer["error"]["code"].as_str()), (2, Some("usage")));
}

/// A file that only its owner may read, as those with keys have to be.
fn private(bench: &Bench, name: &str, text: &str) {
    let path = bench.path().join(name);
    bench.write(name, text);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    assert!(path.exists());
}

#[test]
fn new_keys_of_interfaces_come_sealed_in_a_pack() {
    let bench = Bench::new();
    let (encryption, authentication) = ("00112233445566778899AABBCCDDEEFF", "FFEEDDCCBBAA99887766554433221100");
    private(&bench, "phrase", "one for this test\n");
    private(
        &bench,
        "fleet.csv",
        &format!("meter,encryption_key,authentication_key\n23456789,{encryption},{authentication}\n"),
    );
    let phrase = ["--keys-passphrase-file", "phrase"];
    assert_eq!(bench.run(&[&["keys", "encrypt", "fleet.csv"], &phrase[..]].concat()).0, 0);
    let made = ["headend", "pack", "meters.csv", "--key", "depot.key", "-o"];
    let (exit, told) = bench.run(&[&made[..], &["open.pack", "--dlms-keys", "fleet.csv"]].concat());
    assert_eq!(exit, 6, "keys in the clear go into no pack: {told}");
    assert_eq!(bench.run(&[&made[..], &["keys.pack", "--dlms-keys", "fleet.csv.age"]].concat()).0, 0);
    let sent = std::fs::read(bench.path().join("fleet.csv.age")).unwrap();
    let out = ["headend", "pack", "--keys-of", "keys.pack", "-o", "new.csv.age"];
    assert_eq!(bench.run(&out).0, 6, "nobody's signature is trusted");
    let trusted = ["--pack-key", "depot.key.pub"];
    assert_eq!(bench.run(&[&out[..], &trusted].concat()).0, 0);
    assert_eq!(std::fs::read(bench.path().join("new.csv.age")).unwrap(), sent);
    let without = ["headend", "pack", "--keys-of", "day.pack", "-o", "none"];
    assert_eq!(bench.run(&[&without[..], &trusted].concat()).0, 2);

    let head = "[dlms]\nclient = 48\nauth = \"hls-gmac\"\nsystem_title = \"5445434830303031\"\n";
    let old = "encryption_key = \"000102030405060708090A0B0C0D0E0F\"\n\
               authentication_key = \"D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF\"\n\
               master_key = \"101112131415161718191A1B1C1D1E1F\"\n";
    private(&bench, "old.toml", &format!("{head}{old}"));
    private(&bench, "new.toml", &format!("{head}meters_file = \"new.csv.age\"\n"));
    let change = ["security", "change-keys", "--new", "new.toml", "--credentials", "old.toml", "--yes"];
    let line = ["--link", METER, "-p", "dlms"];
    let (exit, changed) = bench.run(&[&change[..], &line, &phrase].concat());
    assert_eq!((exit, &changed["outcome"]), (0, &Value::from("accepted")), "{changed}");
    let read = ["status", "--credentials", "new.toml"];
    assert_eq!(bench.run(&[&read[..], &line, &phrase].concat()).0, 0, "the meter holds the keys of the pack");
}
