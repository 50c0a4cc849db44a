//! Key files: what is taken, what is refused and why, and the encrypted form.

use crate::program::{Home, restrict};

const KEYS: &str = r#"{"schema":"wattkey/keys/1","sta_tables":"iec-sample","lab":true,
 "vending_keys":[{"sgc":"123456","krn":1,"kt":2,"dkga":"02","ea":"07","base_date":"1993","ken":255,"key":"ABABABABABABABAB"},
  {"sgc":"123456","krn":2,"kt":2,"dkga":"04","ea":"11","base_date":"2014","ken":255,
   "key":"000102030405060708090A0B0C0D0E0F10111213"}],
 "decoder_keys":[{"iin":"600727","drn":"01234567897","ea":"07","key":"0ABC12DEF3456789"}]}"#;

#[test]
fn list_shows_what_there_is_and_never_a_key() {
    let home = Home::new();
    home.write("k.json", KEYS);
    for form in ["table", "json", "jsonl", "csv"] {
        let run = home.run(&["keys", "list", "--keys", "k.json", "--format", form]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stdout.contains("123456") && run.stdout.contains("01234567897"), "{}", run.stdout);
        let shown = run.stdout.to_uppercase();
        assert!(!shown.contains("ABABAB") && !shown.contains("0ABC12DE") && !shown.contains("08090A0B"), "{shown}");
    }
    let list = home.run(&["keys", "list", "k.json", "--json"]).json();
    assert_eq!(list["vending_keys"][0]["expires"], "2024-11-24T20:16:00Z");
    assert_eq!(list["vending_keys"][1]["expires"], "2045-11-24T20:16:00Z");
    assert_eq!((list["lab"].as_bool(), list["encrypted"].as_bool()), (Some(true), Some(false)));
}

#[cfg(unix)]
#[test]
fn a_file_others_may_read_is_refused_unless_told_otherwise() {
    let home = Home::new();
    let path = home.write("k.json", KEYS);
    restrict(&path, 0o644);
    let run = home.run(&["keys", "list", "k.json", "--json"]);
    assert_eq!((run.code, run.error_code().as_str()), (6, "key-file-exposed"));
    assert_eq!(home.run(&["keys", "list", "k.json", "--allow-exposed-files"]).code, 0);
    restrict(&path, 0o640);
    let run = home.run(&["keys", "list", "k.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (6, ""));
    assert!(run.stderr.contains("chmod 600"), "{}", run.stderr);
}

#[test]
fn a_file_others_may_write_is_refused_too() {
    let home = Home::new();
    let path = home.write("k.json", KEYS);
    for mode in [0o622, 0o602, 0o620] {
        restrict(&path, mode);
        let run = home.run(&["keys", "list", "k.json"]);
        assert_eq!(run.code, 6, "{mode:o}");
        assert!(run.stderr.contains("may be changed by others"), "{}", run.stderr);
    }
}

#[test]
fn a_bad_field_is_one_line_with_its_name_and_exit_6() {
    let home = Home::new();
    for (from, to, field) in [
        ("\"krn\":1", "\"krn\":0", "vending_keys[0].krn"),
        ("\"ABABABABABABABAB\"", "\"AAABABABABABABAB\"", "vending_keys[0].key"),
        ("\"ABABABABABABABAB\"", "\"ABABABABABABABA\"", "vending_keys[0].key"),
        ("01234567897", "01234567896", "decoder_keys[0].drn"),
    ] {
        home.write("k.json", &KEYS.replacen(from, to, 1));
        let run = home.run(&["keys", "list", "k.json", "--json"]);
        assert_eq!((run.code, run.error_code().as_str()), (6, "key-file"), "{field}");
        assert!(run.json()["error"]["message"].as_str().unwrap().contains(field), "{}", run.stdout);
        let run = home.run(&["keys", "list", "k.json"]);
        assert_eq!((run.code, run.stdout.as_str()), (6, ""));
        assert_eq!(run.stderr.lines().filter(|line| line.starts_with("error:")).count(), 1, "{}", run.stderr);
        let check = home.run(&["keys", "check", "k.json", "--json"]);
        assert_eq!(check.code, 1);
        assert_eq!(check.json()["findings"][0]["field"], field);
    }
    home.write("k.json", "{\"schema\":");
    assert_eq!(home.run(&["keys", "list", "k.json", "--json"]).error_code(), "key-file");
    assert_eq!(home.run(&["keys", "check", "k.json"]).code, 6);
}

#[test]
fn check_tells_what_time_does_to_keys() {
    let home = Home::new();
    home.write("k.json", KEYS);
    let kinds = |now: &str| {
        let run = home.run(&["keys", "check", "k.json", "--json", "--now", now]);
        let report = run.json();
        let kinds: Vec<String> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["kind"].as_str().unwrap().to_owned())
            .collect();
        (run.code, kinds)
    };
    assert_eq!(kinds("2024-08-01T00:00:00Z"), (0, vec![]));
    assert_eq!(kinds("2024-08-27T00:00:00Z"), (0, vec!["expires-soon".to_owned()]));
    assert_eq!(kinds("2024-11-24T20:15:59Z"), (0, vec!["expires-soon".to_owned()]));
    assert_eq!(kinds("2024-11-24T20:16:00Z"), (1, vec!["expired".to_owned()]));
    assert_eq!(home.run(&["keys", "check", "k.json", "--now", "yesterday"]).code, 2);
}

#[test]
fn an_encrypted_file_works_wherever_a_plain_one_does() {
    let home = Home::new();
    home.write("k.json", KEYS);
    home.write("pass", "correct horse battery staple\n");
    home.write("wrong", "incorrect horse\n");
    let run = home.run(&["keys", "encrypt", "k.json", "--keys-passphrase-file", "pass"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(std::fs::read_to_string(home.path("k.json.age")).unwrap().starts_with("-----BEGIN AGE"));
    let list = ["keys", "list", "k.json.age", "--json"];
    let run = home.run_with(&list, &[("WATTKEY_KEYS_PASSPHRASE_FILE", "pass")]);
    assert_eq!(run.json()["encrypted"], true, "{}", run.stderr);
    let run = home.run_with(&list, &[("WATTKEY_KEYS_PASSPHRASE_FILE", "wrong")]);
    assert_eq!((run.code, run.error_code().as_str()), (6, "key-file-sealed"));
    let run = home.run(&list);
    assert_eq!((run.code, run.error_code().as_str()), (2, "missing-answer"));
    assert!(run.stdout.contains("--keys-passphrase-file"), "{}", run.stdout);
    let decrypt = ["keys", "decrypt", "k.json.age", "-o", "back.json", "--keys-passphrase-file", "pass"];
    assert_eq!(home.run(&decrypt).code, 0);
    assert_eq!(std::fs::read_to_string(home.path("back.json")).unwrap(), KEYS);
    assert_eq!(home.run(&decrypt).code, 2, "an existing file is not overwritten");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(home.path("back.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_file_for_a_recipient_opens_with_the_identity() {
    let home = Home::new();
    home.write("k.json", KEYS);
    // A pair made by age-keygen for tests only.
    let identity = "AGE-SECRET-KEY-1L5LVAHZ3NGLQTEXU5LTVTEXXCSZFDX4CUP4G49E7DNNQPEGPSJLSCVHSRW";
    let recipient = "age1xpkxkxmae899x5zsa5u73h84z0pgh6q0rcaxauzltd2evewfhdxqq7elyg";
    home.write("id", &format!("{identity}\n"));
    let run = home.run(&["keys", "encrypt", "k.json", "-r", recipient, "-o", "k.age"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(home.run(&["keys", "check", "k.age", "--keys-identity", "id", "--now", "2020-01-01T00:00:00Z"]).code, 0);
    assert_eq!(home.run(&["keys", "check", "k.age", "--json"]).error_code(), "key-file-sealed");
    let run = home.run(&["keys", "encrypt", "k.json", "-r", "age1nonsense", "-o", "x.age", "--json"]);
    assert_eq!((run.code, run.error_code().as_str()), (2, "bad-value"));
}
