//! `limit` against simulated meters: by order, by token, and what it does not do.

use serde_json::Value;

use crate::program::Home;

fn power(document: &Value) -> Option<f64> {
    document["limits"]["power_w"].as_f64()
}

#[test]
fn a_limit_is_set_by_order_read_back_and_in_the_ledger() {
    let home = Home::new();
    let before = home.run(&["limit", "--link", "sim:one", "--json"]).json();
    let set = home.run(&["limit", "set", "--power", "4kW", "--link", "sim:one", "--yes", "--json"]);
    assert_eq!(set.code, 0, "{}{}", set.stdout, set.stderr);
    let document = set.json();
    assert_eq!(power(&document), Some(4_000.0));
    assert_eq!(document["before"], before["limits"]);
    assert_eq!(document["outcome"], "accepted");
    assert_eq!(power(&home.run(&["limit", "show", "--link", "sim:one", "--json"]).json()), Some(4_000.0));
    let rows = home.run(&["ledger", "list", "--json"]).stdout;
    assert!(rows.contains("limit-set"), "{rows}");
}

#[test]
fn nothing_is_set_without_an_answer_and_nothing_wrong_is_sent() {
    let home = Home::new();
    let asked = home.run(&["limit", "set", "--power", "4000", "--link", "sim:one", "--json"]);
    assert_eq!((asked.code, asked.error_code().as_str()), (8, "not-confirmed"));
    for wrong in [&["--power", "0"][..], &["--power", "x"], &[], &["--power", "1", "--token", "56493153725450313471"]] {
        let run = home.run(&[&["limit", "set", "--link", "sim:one", "--yes"], wrong].concat());
        assert_eq!(run.code, 2, "{wrong:?}: {}", run.stderr);
    }
    let other = home.run(&["limit", "set", "--token", "56493153725450313471", "--link", "sim:one", "--yes", "--json"]);
    assert_eq!((other.code, other.error_code().as_str()), (2, "bad-value"));
    let rows = home.run(&["ledger", "list"]).stdout;
    assert!(!rows.contains("limit-set") && !rows.contains("token-enter"), "{rows}");
}

#[test]
fn a_limit_is_set_by_the_head_ends_token() {
    let home = Home::new();
    let keys = home.path("lab.json").display().to_string();
    assert_eq!(home.run(&["sim", "keys", &keys]).code, 0);
    let status = home.run(&["status", "--link", "sim:two", "--json"]).json();
    let sts = &status["sts"];
    let text = |name: &str| sts[name].as_str().map_or_else(|| sts[name].to_string(), str::to_owned);
    let (drn, sgc, krn, kt, ti) = (text("drn"), text("sgc"), text("krn"), text("kt"), text("ti"));
    #[rustfmt::skip]
    let made = home.run(&[
        "token", "generate", "management", "set-maximum-power-limit", "3000", "--drn", &drn, "--sgc", &sgc, "--krn", &krn,
        "--kt", &kt, "--ti", &ti, "--keys", &keys, "--json",
    ]);
    assert_eq!(made.code, 0, "{}{}", made.stdout, made.stderr);
    let token = made.json()["tokens"][0]["token"].as_str().unwrap().to_owned();
    let set = home.run(&["limit", "set", "--token", &token, "--link", "sim:two", "--keys", &keys, "--yes", "--json"]);
    assert_eq!(set.code, 0, "{}{}", set.stdout, set.stderr);
    let document = set.json();
    assert_eq!((power(&document), &document["outcome"]), (Some(3_000.0), &Value::from("accepted")));
    // The same token a second time is refused, and the limit stays.
    let again = home.run(&["limit", "set", "--token", &token, "--link", "sim:two", "--keys", &keys, "--yes", "--json"]);
    assert_eq!(again.code, 1, "{}{}", again.stdout, again.stderr);
    assert_eq!(power(&again.json()), Some(3_000.0));
}

#[test]
fn a_customer_unit_shows_its_codes_and_takes_tokens_as_at_the_keys() {
    let home = Home::new();
    let keys = home.path("lab.json");
    let keys = keys.to_str().unwrap();
    home.run(&["sim", "keys", keys]);
    let meter = ["--link", "sim:unit?face=dlt645", "-p", "dlt645", "--profile", "sanxing-ciu", "--json"];
    let status = home.run(&[&["status"][..], &meter].concat());
    assert_eq!(status.code, 0, "{}{}", status.stdout, status.stderr);
    let status = status.json();
    assert_eq!(status["sts"]["sgc"], "123456");
    let drn = status["sts"]["drn"].as_str().unwrap();
    let key = ["--drn", drn, "--sgc", "123456", "--krn", "1", "--kt", "2", "--ti", "1", "--keys", keys, "--json"];
    let made = home.run(&[&["token", "generate", "credit", "25.6"][..], &key].concat()).json();
    let token = made["tokens"][0]["token"].as_str().unwrap().to_owned();
    let entered = home.run(&[&["token", "enter", &token, "--yes"][..], &meter].concat());
    assert_eq!((entered.code, &entered.json()["outcome"]), (0, &Value::from("accepted")), "{}", entered.stdout);
    let mistyped = format!("{}{}", &token[..19], if token.ends_with('0') { "1" } else { "0" });
    let refused = home.run(&[&["token", "enter", &mistyped, "--yes"][..], &meter].concat());
    assert_eq!((refused.code, &refused.json()["outcome"]), (1, &Value::from("refused")), "{}", refused.stdout);
}

#[test]
fn dlt645_and_modbus_faces_are_told_apart_without_being_named() {
    let home = Home::new();
    for face in ["dlt645", "modbus"] {
        let run = home.run(&["status", "--link", &format!("sim:?face={face}"), "--json"]);
        assert_eq!(run.code, 0, "{face}: {}{}", run.stdout, run.stderr);
        assert_eq!(run.json()["protocol"], face);
    }
}
