//! Options, environment and config.toml.

use crate::program::Home;

#[test]
fn flags_win_over_environment_over_file_over_built_in() {
    let home = Home::new();
    let of = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut all = vec!["--print-config", "--json"];
        all.extend(arguments);
        let option = home.run_with(&all, variables).json()["options"]["retries"].clone();
        (option["value"].as_u64().unwrap(), option["source"].as_str().unwrap().to_owned())
    };
    assert_eq!(of(&[], &[]), (2, "default".to_owned()));
    home.write("config.toml", "retries = 3\n");
    assert_eq!(of(&[], &[]), (3, "config".to_owned()));
    assert_eq!(of(&[], &[("WATTKEY_RETRIES", "4")]), (4, "environment".to_owned()));
    assert_eq!(of(&["--retries", "5"], &[("WATTKEY_RETRIES", "4")]), (5, "flag".to_owned()));
}

#[test]
fn every_global_option_is_a_key_and_a_variable() {
    let home = Home::new();
    home.write(
        "config.toml",
        r#"
        link = "sim:"
        protocol = "dlms"
        profile = "generic"
        address = "1/17"
        credentials = "c.toml"
        keys = "k.json"
        keys-passphrase-file = "p"
        keys-identity = "i"
        allow-exposed-files = true
        format = "json"
        json = true
        trace = "t.jsonl"
        timeout = "800ms"
        retries = 1
        non-interactive = true
        yes = true
        quiet = true
        verbose = 2
        color = "never"
        meter-card = "x"
        "#,
    );
    let run = home.run(&["--print-config"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let options = run.json()["options"].as_object().unwrap().clone();
    assert!(options.values().all(|option| option["source"] == "config"), "{options:?}");
    assert_eq!(options["keys"]["value"], home.path("k.json").to_str().unwrap(), "paths start at the file's folder");
    assert_eq!(options["timeout"]["value"], "800ms");
    let help = home.run(&["--help"]).stdout;
    for key in options.keys() {
        assert!(help.contains(&format!("--{key}")), "--{key}");
    }
    let sample = |key: &str| match key {
        "protocol" => "dlms",
        "format" => "csv",
        "timeout" => "1s",
        "retries" | "verbose" => "1",
        "color" => "never",
        "allow-exposed-files" | "json" | "non-interactive" | "yes" | "quiet" => "1",
        _ => "x",
    };
    for key in options.keys() {
        let variable = format!("WATTKEY_{}", key.to_uppercase().replace('-', "_"));
        let run = home.run_with(&["--print-config", "--json"], &[(&variable, sample(key))]);
        let source = run.json()["options"][key.as_str()]["source"].clone();
        let expected = if matches!(key.as_str(), "json" | "format") { "flag" } else { "environment" };
        assert_eq!(source, expected, "{variable}");
    }
}

#[test]
fn a_file_that_does_not_parse_is_named_with_line_and_column() {
    let home = Home::new();
    for (text, place, part) in [
        ("retries = 2\n link = \n", "line 2, column", ""),
        ("# x\nlinc = \"sim:\"\n", "line 2, column 1", "unknown field `linc`"),
        ("timeout = \"5 parsecs\"\n", "line 1, column 11", "not a unit of time"),
        ("protocol = \"dlsm\"\n", "line 1, column 12", "dlms"),
        ("retries = -1\n", "line 1, column 11", "-1"),
    ] {
        home.write("config.toml", text);
        let run = home.run(&["explain", "AAAAA", "--json"]);
        assert_eq!((run.code, run.error_code().as_str()), (2, "config"), "{text}");
        let message = run.json()["error"]["message"].as_str().unwrap().to_owned();
        assert!(message.contains(place) && message.contains(part), "{text}: {message}");
        assert!(message.contains("config.toml"), "{message}");
        let run = home.run(&["explain", "AAAAA"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{text}");
    }
}

#[test]
fn print_config_says_where_everything_is() {
    let home = Home::new();
    let report = home.run(&["--print-config", "--json"]).json();
    assert_eq!(report["schema"], "wattkey/config/1");
    assert_eq!(report["config_file"]["found"], false);
    assert_eq!(report["state_folder"]["path"], home.path("state").to_str().unwrap());
    let table = home.run(&["explain", "AAAAA", "--print-config"]);
    assert_eq!(table.code, 0, "{}", table.stderr);
    assert!(table.stdout.contains("timeout") && table.stdout.contains("built in"), "{}", table.stdout);
}

#[test]
fn the_stronger_of_json_and_format_holds() {
    let home = Home::new();
    let run = home.run_with(&["explain", "AAAAA", "--json"], &[("WATTKEY_FORMAT", "csv")]);
    assert_eq!(run.json()["schema"], "wattkey/explain/1");
    let run = home.run_with(&["explain", "AAAAA", "--format", "csv"], &[("WATTKEY_JSON", "1")]);
    assert!(run.stdout.starts_with("match,kind"), "{}", run.stdout);
    let run = home.run(&["explain", "AAAAA", "--json", "--format", "csv"]);
    assert_eq!((run.code, run.error_code().as_str()), (2, "usage"));
    assert_eq!(home.run(&["explain", "AAAAA", "--json", "--format", "json"]).code, 0);
}

#[test]
fn a_named_meter_brings_its_link_and_options() {
    let home = Home::new();
    home.write(
        "config.toml",
        "timeout = \"9s\"\nretries = 4\n[meter.yard]\nlink = \"sim:yard\"\nprotocol = \"dlms\"\nretries = 1\n",
    );
    let of = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut all = vec!["--print-config", "--json"];
        all.extend(arguments);
        let options = home.run_with(&all, variables).json()["options"].clone();
        serde_json::Value::from_iter(
            ["link", "protocol", "retries", "timeout"].map(|key| options[key]["value"].clone()),
        )
    };
    let yard = || serde_json::json!(["sim:yard", "dlms", 1, "9s"]);
    assert_eq!(of(&["--link", "meter:yard"], &[]), yard());
    assert_eq!(of(&[], &[("WATTKEY_LINK", "meter:yard")]), yard());
    let flag = of(&["--link", "meter:yard", "--retries", "7"], &[]);
    assert_eq!(flag[2], 7, "a flag goes before the section");
    assert_eq!(of(&["--link", "sim:"], &[])[2], 4, "the section is for its meter alone");

    let status = home.run(&["status", "--link", "meter:yard", "--json"]);
    assert_eq!(status.code, 0, "{}", status.stderr);
    let unknown = home.run(&["status", "--link", "meter:attic"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("no [meter.attic]; it has yard"), "{}", unknown.stderr);
    home.write("config.toml", "[meter.yard]\nretries = 1\n");
    assert!(home.run(&["status", "--link", "meter:yard"]).stderr.contains("has no link"));
}

#[test]
fn a_link_half_written_is_answered_with_the_one_meant() {
    let home = Home::new();
    for (written, meant) in [
        ("127.0.0.1:4059", "tcp:127.0.0.1:4059"),
        ("ttyUSB0", "/dev/ttyUSB0"),
        ("sim", "sim:"),
        ("TCP:gateway:4059", "tcp:gateway:4059"),
        ("night.jsonl", "replay:night.jsonl"),
    ] {
        let output = home.run(&["status", "--link", written]);
        assert_eq!(output.code, 2);
        assert!(output.stderr.contains(&format!("did you mean {meant}?")), "{written}: {}", output.stderr);
    }
}

#[test]
fn a_text_without_quotation_marks_is_explained() {
    let home = Home::new();
    home.write("config.toml", "retries = 1\nlink = /dev/ttyUSB0\n");
    let run = home.run(&["status"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("line 2, column 8: a text needs quotation marks: link = \"…\""), "{}", run.stderr);
}
