//! The `token` commands as a user or script runs them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

const KEY_FILE: &str = r#"{"schema":"wattkey/keys/1","sta_tables":"iec-sample","vending_keys":[
 {"sgc":"100200","krn":1,"kt":2,"dkga":"02","ea":"07","base_date":"1993","ken":255,"key":"0123456789abcdef"},
 {"sgc":"100200","krn":2,"kt":2,"dkga":"02","ea":"07","base_date":"2014","ken":255,"key":"abababababababab"},
 {"sgc":"123457","krn":1,"kt":2,"dkga":"04","ea":"11","base_date":"1993","ken":255,
  "key":"abababababababab949494949494949401234567"}],
 "decoder_keys":[{"iin":"600727","drn":"12345678903","ea":"07","key":"0abc12def3456789"}]}"#;

struct Program {
    folder: TempDir,
    keys: PathBuf,
}

impl Program {
    fn new() -> Self {
        Self::with_keys(KEY_FILE)
    }

    fn bench() -> Self {
        Self::with_keys(&KEY_FILE.replacen('{', "{\"lab\":true,", 1))
    }

    fn with_keys(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys.json");
        wattkey::keys::write_private(&keys, text.as_bytes(), false).unwrap();
        Program { folder, keys }
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
        command.args(words).env_clear();
        command
            .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
            .env("WATTKEY_STATE_DIR", self.folder.path().join("state"));
        command.env("WATTKEY_CONFIG", self.folder.path().join("none.toml"));
        command.stdin(Stdio::null());
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// Runs with the key file.
    fn with(&self, words: &[&str]) -> Output {
        let keys = self.keys.to_str().unwrap();
        self.run(&[words, &["--keys", keys]].concat())
    }

    /// The JSON document and exit code of a run with the key file.
    fn json(&self, words: &[&str]) -> (Value, i32) {
        let output = self.with(&[words, &["--json"]].concat());
        let document = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stdout)));
        (document, output.status.code().unwrap())
    }

    fn stream(&self, words: &[&str], input: &[u8]) -> (Vec<Value>, i32) {
        let mut child = self
            .command(&[words, &["--keys", self.keys.to_str().unwrap()]].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        (lines.map(|line| serde_json::from_slice(line).unwrap()).collect(), output.status.code().unwrap())
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn the_worked_example_is_the_promised_document() {
    let words = ["token", "decode", "51043465443420856213", "--drn", "12345678903", "--base-date", "1993"];
    let (document, exit) = Program::new().json(&words);
    let expected = json!({
        "schema": "wattkey/token/1", "token": "51043465443420856213", "class": 0, "subclass": 0,
        "kind": "credit-electricity", "crc": "ok",
        "key": {"iin": "600727", "drn": "12345678903", "ea": "07"},
        "fields": {"rnd": 11, "tid": 1_698_595, "tid_time": "1996-03-25T13:55:00Z", "amount": "25.6", "unit": "kWh"}
    });
    assert_eq!((document, exit), (expected, 0));
}

#[test]
fn without_a_base_date_there_is_no_time() {
    let (document, _) = Program::new().json(&["token", "decode", "51043465443420856213", "--drn", "12345678903"]);
    assert_eq!(document["fields"], json!({"rnd": 11, "tid": 1_698_595, "amount": "25.6", "unit": "kWh"}));
}

#[test]
fn without_keys_only_the_class_is_told() {
    let output = Program::new().run(&["token", "decode", "5104", "3465", "4434", "2085", "6213", "--json"]);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = json!({"schema": "wattkey/token/1", "token": "51043465443420856213", "class": 0,
        "kind": "encrypted-credit", "crc": "unknown"});
    assert_eq!((document, output.status.code()), (expected, Some(0)));
}

#[test]
fn what_is_no_token_is_an_answer_with_exit_1() {
    let (document, exit) = Program::new().json(&["token", "decode", "51O43465443420856213"]);
    assert_eq!((document["kind"].as_str(), exit), (Some("not-a-token"), 1));
    assert!(document["problem"].as_str().unwrap().starts_with("position 3 is the letter O"));
    for (token, part) in [("5104346544342085621", "1 missing"), ("99999999999999999999", "2^66")] {
        let (document, exit) = Program::new().json(&["token", "decode", token]);
        assert!(document["problem"].as_str().unwrap().contains(part), "{document}");
        assert_eq!(exit, 1);
    }
}

/// Every row with a vending key that the vector file has, through the whole program.
#[test]
fn vectors_decode_through_the_stream() {
    let file: Value = serde_json::from_str(include_str!("../data/sts.json")).unwrap();
    let rows: Vec<&Value> = file["token_vectors"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["sgc"] == "100200" && row["krn"] == 1 && row["vk_hex"] == "0123456789abcdef")
        .filter(|row| row["dkga"] == "02" && row["drn"] == "01234567897" || row["drn"] == "47500123451")
        .filter(|row| row["kt"] == 2)
        .collect();
    assert!(rows.len() > 3);
    let input: String = rows
        .iter()
        .map(|row| {
            let ti: u8 = row["ti"].as_str().unwrap().parse().unwrap();
            let line = json!({"id": row["id"], "token": row["token_20_digits"], "drn": row["drn"], "sgc": row["sgc"],
                "krn": row["krn"], "kt": row["kt"], "ti": ti, "ea": "07", "dkga": "02", "base_date": "1993"});
            format!("{line}\n")
        })
        .collect();
    let (results, exit) = Program::new().stream(&["token", "decode", "-"], input.as_bytes());
    assert_eq!((results.len(), exit), (rows.len(), 0));
    for (result, row) in results.iter().zip(rows) {
        assert_eq!((&result["id"], &result["crc"]), (&row["id"], &json!("ok")), "{result}");
        assert_eq!(result["subclass"], row["subclass"]);
        assert_eq!(result["key"]["krn"], row["krn"]);
        if row["fields"]["tid"].is_number() {
            assert_eq!(result["fields"]["tid"], row["fields"]["tid"]);
        }
    }
}

#[test]
fn a_key_that_is_not_there_is_unknown_and_a_wrong_one_is_bad() {
    let program = Program::new();
    let decode = |words: &[&str]| program.json(&[&["token", "decode", "51043465443420856213"], words].concat());
    let (absent, exit) = decode(&["--drn", "01234567897", "--sgc", "999999", "--krn", "1", "--ti", "1"]);
    assert_eq!((&absent["crc"], &absent["kind"], exit), (&json!("unknown"), &json!("encrypted-credit"), 0));
    let (wrong, exit) = decode(&["--drn", "01234567897", "--sgc", "100200", "--krn", "1", "--kt", "2", "--ti", "1"]);
    assert_eq!((&wrong["crc"], &wrong["kind"], exit), (&json!("bad"), &json!("encrypted-credit"), 1));
    assert!(wrong.get("subclass").is_none() && wrong.get("fields").is_none());
}

#[test]
fn class_1_and_3_need_no_key() {
    let (test, exit) = Program::new().json(&["token", "decode", "36893488147553322496"]);
    let fields = json!({"manufacturer_code": 0, "control": "000000010", "tests": ["ti"]});
    assert_eq!((&test["kind"], &test["fields"], exit), (&json!("meter-test"), &fields, 0));
    let (bad, exit) = Program::new().json(&["token", "decode", "36893488147553322497"]);
    assert_eq!((&bad["kind"], &bad["crc"], exit), (&json!("meter-test"), &json!("bad"), 1));
    let reserved = wattkey::sts::Token::assemble(wattkey::sts::TokenClass::Reserved, 7).to_string();
    let (reserved, exit) = Program::new().json(&["token", "decode", &reserved]);
    assert_eq!((&reserved["kind"], reserved.get("crc"), exit), (&json!("reserved"), None, 0));
}

#[test]
fn key_halves_are_shown_only_when_asked_for() {
    let program = Program::new();
    let words = ["token", "decode", "08946090785173372993", "--drn", "01234567897"];
    let hidden = program.with(&words);
    assert!(!text(&hidden.stdout).contains("key_part"));
    let file: Value = serde_json::from_str(include_str!("../data/sts.json")).unwrap();
    let set = &file["kct_sets"][5];
    let line = json!({"token": set["tokens"][0], "drn": "01234567897", "sgc": "100200", "krn": 1, "kt": 2, "ti": 1});
    let (results, _) = program.stream(&["token", "decode", "-"], line.to_string().as_bytes());
    assert_eq!(results[0]["kind"], "key-change-1", "{}", results[0]);
    assert!(results[0]["fields"].get("key_part").is_none());
    assert_eq!(results[0]["fields"]["rollover"], json!(true));
    let (results, _) = program.stream(&["token", "decode", "-", "--reveal-keys"], line.to_string().as_bytes());
    let half = set["new_decoder_key_hex"].as_str().unwrap().get(..8);
    assert_eq!(results[0]["fields"]["key_part"].as_str(), half);
}

#[test]
fn bad_input_names_field_problem_and_remedy() {
    let program = Program::new();
    let token = "51043465443420856213";
    for (option, value, part) in [
        ("--krn", "0", "1 to 9"),
        ("--ti", "100", "0 to 99"),
        ("--drn", "01234567890", "check digit"),
        ("--ea", "09", "because"),
    ] {
        let output = program.run(&["token", "decode", token, option, value]);
        assert_eq!(output.status.code(), Some(2), "{option} {value}");
        assert!(output.stdout.is_empty());
        assert!(text(&output.stderr).contains(part), "{}", text(&output.stderr));
        let (document, _) = program.json(&["token", "decode", token, option, value]);
        assert_eq!(document["error"]["exit"], 2);
    }
    for (keys, part) in [
        (KEY_FILE.replace("0123456789abcdef", "0023456789abcdef"), "parity"),
        (KEY_FILE.replace("0123456789abcdef", "0123456789abcd"), "14 hexadecimal digits"),
        (KEY_FILE.replace("\"krn\":1", "\"krn\":0"), "krn"),
        ("{".to_owned(), "JSON"),
    ] {
        let output = Program::with_keys(&keys).with(&["token", "decode", token]);
        assert_eq!(output.status.code(), Some(6), "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains(part), "{}", text(&output.stderr));
        assert!(!text(&output.stderr).contains("456789abcd"));
    }
}

#[test]
fn a_card_fills_in_the_parameters() {
    let program = Program::bench();
    let card = "60072701234567897700000207100200011";
    let token = credit(&program, &["--tid", "1000", "--rnd", "3"]);
    let (document, _) = program.json(&["token", "decode", &token, "--meter-card", card]);
    assert_eq!(document["fields"]["amount"], "25.6", "{document}");
    let (document, exit) = program.json(&["token", "card", ";600727012345678977=0000=0207100200011?"]);
    assert_eq!((&document["sgc"], &document["krn"], exit), (&json!("100200"), &json!(1), 0));
    assert_eq!(program.json(&["token", "card", "123"]).1, 2);
}

#[test]
fn tests_are_made_by_name() {
    let program = Program::new();
    let (document, exit) = program.json(&["token", "test", "krn"]);
    assert_eq!((&document["token"], exit), (&json!("18446744073843772416"), 0));
    assert_eq!(document["tokens"][1]["token"], "01152921539100838034");
    let output = program.run(&["token", "test", "load-switch"]);
    assert!(text(&output.stderr).contains("load switch"));
    assert!(text(&output.stdout).contains("0000 0000 0001 5099 7584"));
    assert_eq!(program.run(&["token", "test", "clock"]).status.code(), Some(2));
}

const METER: [&str; 10] = ["--drn", "01234567897", "--sgc", "100200", "--krn", "1", "--kt", "2", "--ti", "1"];

fn credit(program: &Program, words: &[&str]) -> String {
    let (document, exit) = program.json(&[&["token", "generate", "credit", "25.6"], &METER[..], words].concat());
    assert_eq!(exit, 0, "{document}");
    document["tokens"][0]["token"].as_str().unwrap().to_owned()
}

#[test]
fn tokens_are_made_under_bench_keys_only() {
    let (document, exit) = Program::new().json(&[&["token", "generate", "credit", "25.6"], &METER[..]].concat());
    assert_eq!((&document["error"]["code"], exit), (&json!("lab-only"), 8));
}

#[test]
fn a_repeated_minute_takes_the_next_identifier() {
    let program = Program::bench();
    let at = |time: &'static str| {
        let words = [&["token", "generate", "credit", "25.6"], &METER[..], &["--time", time]].concat();
        program.json(&words).0["tokens"][0]["fields"]["tid_time"].as_str().unwrap().to_owned()
    };
    assert_eq!(at("2020-05-05T00:00:30Z"), "2020-05-05T00:00:00Z");
    assert_eq!(at("2020-05-05T00:00:40Z"), "2020-05-05T00:02:00Z");
    assert_eq!(at("2020-05-05T00:01:00Z"), "2020-05-05T00:03:00Z");
}

#[test]
fn key_change_sets_are_those_of_the_vectors() {
    let file: Value = serde_json::from_str(include_str!("../data/sts.json")).unwrap();
    let set = &file["kct_sets"][5];
    let program = Program::bench();
    let words = ["token", "generate", "key-change", "--to-krn", "2", "--rollover"];
    let (document, exit) = program.json(&[&words, &METER[..]].concat());
    assert_eq!(exit, 0, "{document}");
    let made: Vec<&Value> = document["tokens"].as_array().unwrap().iter().map(|token| &token["token"]).collect();
    assert_eq!(made, set["tokens"].as_array().unwrap().iter().collect::<Vec<_>>());
    let (document, exit) = program.json(&[&words, &METER[..], &["--set", "3"]].concat());
    let made = document["tokens"].as_array().unwrap();
    assert_eq!((made.len(), exit), (3, 0));
    assert_eq!(made[0]["fields"]["three_tokens"], true);
    assert_eq!((&made[2]["kind"], &made[2]["fields"]["sgc"]), (&json!("key-change-3"), &json!("100200")));
    let (document, exit) = program.json(&[&words, &METER[..], &["--set", "4"]].concat());
    assert_eq!((&document["error"]["code"], exit), (&json!("bad-value"), 2));
}

#[test]
fn management_tokens_carry_their_value() {
    let program = Program::bench();
    for (kind, field, value) in [
        (&["clear-credit", "all"][..], "register", json!(65535)),
        (&["set-maximum-power-limit", "5000"], "value", json!(5000)),
        (&["set-tariff-rate", "7"], "rate", json!(7)),
    ] {
        let words = [&["token", "generate", "management"], kind, &METER[..], &["--tid", "9"]].concat();
        let (document, exit) = program.json(&words);
        assert_eq!((exit, &document["tokens"][0]["fields"][field]), (0, &value), "{document}");
    }
}

#[test]
fn the_state_is_kept_where_the_environment_says() {
    let program = Program::bench();
    credit(&program, &["--time", "2020-01-01T10:00:00Z"]);
    let state = program.folder.path().join("state").join("issued-tids.json");
    assert!(fs::read_to_string(Path::new(&state)).unwrap().contains("01234567897/1993"));
}
