//! A firmware image over a line with faults, its client killed again and again: switched to once, octet by octet.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::bench::{Bench, Ended};

/// Kills in an ordinary run of the tests.
const KILLS: u64 = 3;
/// Octets of the image.
const SIZE: usize = 200_000;

fn command(bench: &Bench, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
    command.args(["firmware"]).args(arguments);
    command.args(["--link", &bench.link, "--yes", "--json", "--timeout", "500ms", "--retries", "3"]);
    command.arg("--credentials").arg(bench.path("credentials-0.toml"));
    command
        .env("WATTKEY_STATE_DIR", bench.path("laptop"))
        .env("WATTKEY_CACHE_DIR", bench.path("laptop.cache"))
        .env("WATTKEY_CONFIG", bench.path("none.toml"))
        .env("WATTKEY_OPERATOR", "faults")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn kill_after(mut client: Child, moment: Duration) -> Ended {
    std::thread::sleep(moment);
    let _ = client.kill();
    Ended::of(client)
}

fn write_image(path: &Path) -> Vec<u8> {
    let mut dice = fastrand::Rng::with_seed(7);
    let image: Vec<u8> = (0..SIZE).map(|_| dice.u8(..)).collect();
    std::fs::write(path, &image).unwrap();
    image
}

#[test]
fn an_image_arrives_whole_and_is_switched_to_once() {
    let kills = std::env::var("WATTKEY_KILLS").map_or(KILLS, |text| text.parse().unwrap());
    let bench = Bench::with(&["--fault", "drop=1%,corrupt=1%"]);
    let path = bench.path("image.bin");
    let image = write_image(&path);
    let hash = wattkey::hex::encode(&<sha2::Sha256 as sha2::Digest>::digest(&image));
    let file = path.display().to_string();
    let transfer = ["transfer", file.as_str(), "--sha256", hash.as_str(), "--identifier", "FW-9"];
    let mut dice = fastrand::Rng::with_seed(11);
    let (mut killed, mut sent) = (0, 0);
    for _ in 0..kills {
        let client = command(&bench, &transfer).spawn().unwrap();
        let ended = kill_after(client, Duration::from_millis(dice.u64(50..500)));
        killed += u64::from(ended.exit.is_none());
        let memory = bench.memory();
        let held = memory["meter"]["image"]["taken"].as_array().unwrap().iter().filter(|held| **held == true).count();
        assert!(held >= sent, "blocks were lost: {held} after {sent}");
        sent = held;
    }
    assert!(killed > 0, "no client was killed");
    // A line with faults may cut the last one short, too: it then says so, and goes on.
    let mut ended = Ended::of(command(&bench, &transfer).spawn().unwrap());
    for _ in 0..20 {
        if ended.exit == Some(0) {
            break;
        }
        assert_eq!(ended.document["outcome"], "incomplete", "{ended:?}");
        ended = Ended::of(command(&bench, &transfer).spawn().unwrap());
    }
    assert_eq!(ended.document["outcome"], "accepted", "{ended:?}");
    for _ in 0..kills.div_ceil(5) {
        let client = command(&bench, &["activate", "--wait", "5s"]).spawn().unwrap();
        kill_after(client, Duration::from_millis(dice.u64(5..400)));
    }
    let ended = Ended::of(command(&bench, &["activate", "--wait", "20s"]).spawn().unwrap());
    assert_eq!(ended.document["outcome"], "accepted", "{ended:?}");
    let memory = bench.memory();
    let held = &memory["meter"]["image"];
    assert_eq!(held["activations"], 1);
    assert!(held["content"].as_str().unwrap() == wattkey::hex::encode(&image), "the image differs");
    assert_eq!(memory["meter"]["firmware"], "FW-9");
    assert_eq!(bench.open_intents(), Value::from(0));
    println!("{killed} clients killed");
}
