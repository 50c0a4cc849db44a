//! `wattkey setup`, where nobody is there to be asked.

use std::fs;

use crate::program::Home;

#[test]
fn a_meter_that_was_set_up_is_reached_by_its_name() {
    let home = Home::new();
    home.write("config.toml", "# mine\nretries = 1\n[headend.depot]\nkind = \"pack\"\nfile = \"day.pack\"");
    let made = home.run(&["setup", "--link", "sim:", "--name", "yard", "--default", "--json"]);
    assert_eq!(made.code, 0, "{}{}", made.stdout, made.stderr);
    let document = made.json();
    assert_eq!(document["schema"], "wattkey/setup/1");
    assert_eq!(document["meter"]["serial"], "23456789");
    assert_eq!(document["command"], "wattkey status");
    let config = fs::read_to_string(home.path("config.toml")).unwrap();
    assert!(config.starts_with("link = \"meter:yard\"\n# mine\nretries = 1\n[headend.depot]\n"), "{config}");
    for arguments in [&["status", "--json"][..], &["status", "--link", "meter:yard", "--json"]] {
        assert_eq!(home.run(arguments).json()["meter"]["serial"], "23456789");
    }
}

#[test]
fn nothing_is_written_over_and_nothing_before_the_meter_was_read() {
    let home = Home::new();
    let text = "[meter.yard]\nlink = \"COM3\"\n";
    home.write("config.toml", text);
    let kept = || fs::read_to_string(home.path("config.toml")).unwrap();
    let again = home.run(&["setup", "--link", "sim:", "--name", "yard", "--json"]);
    assert_eq!((again.code, again.error_code()), (2, "config".to_owned()));
    let silent = ["setup", "--link", "tcp:127.0.0.1:1", "--name", "far", "--json", "--timeout", "300ms"];
    assert_eq!(home.run(&silent).code, 3);
    assert_eq!(kept(), text);
    for missing in [&["setup", "--name", "far", "--json"][..], &["setup", "--link", "sim:", "--json"]] {
        let run = home.run(missing);
        assert_eq!((run.code, run.error_code()), (2, "missing-answer".to_owned()), "{}", run.stdout);
    }
    assert_eq!(home.run(&["setup", "--name", "two words"]).code, 2);
    assert_eq!(kept(), text);
}

#[test]
fn a_credentials_file_that_is_given_is_kept_by_its_whole_path() {
    let home = Home::new();
    assert_eq!(home.run(&["sim", "credentials", "mine.toml"]).code, 0);
    let made = home.run(&["setup", "--link", "sim:", "--name", "yard", "--credentials", "mine.toml", "--json"]);
    let file = made.json()["credentials_file"].as_str().unwrap().to_owned();
    assert!(std::path::Path::new(&file).is_absolute(), "{file}");
    let config: toml::Table = fs::read_to_string(home.path("config.toml")).unwrap().parse().unwrap();
    assert_eq!(config["meter"]["yard"]["credentials"].as_str(), Some(file.as_str()));
    assert!(config.get("link").is_none());
}
