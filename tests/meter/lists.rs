//! Object lists kept per model and firmware: the second meter of a kind is read without asking for its list.

use wattkey::link::MemoryLine;
use wattkey::meter::Meter;
use wattkey::meter::dlms::Cache;
use wattkey::meter::driver::Traffic;
use wattkey::meter::profile::Library;

use crate::bench::{Meters, driver_with_cache};

/// Reads one meter's status; gives its serial number and what it took.
fn read(folder: &std::path::Path, model: &str, seed: u64) -> (String, Traffic) {
    let profile = Library::default().find("wattkey-sim").unwrap();
    let line = MemoryLine::new(Meters::of(model, seed, &["1/17"]));
    let mut meter = driver_with_cache(Box::new(line), profile, Cache::new(folder.to_owned()));
    let status = meter.status().unwrap();
    meter.close();
    (status.meter.serial.unwrap(), meter.traffic())
}

#[test]
fn the_second_meter_of_a_kind_needs_no_list() {
    let folder = tempfile::tempdir().unwrap();
    let (first_serial, first) = read(folder.path(), "single-phase-keypad", 1);
    let (second_serial, second) = read(folder.path(), "single-phase-keypad", 2);
    assert_ne!(first_serial, second_serial);
    assert!(second.exchanges < first.exchanges, "{second:?} after {first:?}");
    assert!(second.received * 2 < first.received, "{second:?} after {first:?}");
    let (_, again) = read(folder.path(), "single-phase-keypad", 1);
    assert!(again.exchanges <= second.exchanges, "{again:?} after {second:?}");
}

#[test]
fn another_model_and_another_firmware_have_lists_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let (_, keypad) = read(folder.path(), "single-phase-keypad", 1);
    let (_, transformer) = read(folder.path(), "three-phase-ct", 1);
    assert!(transformer.received * 2 > keypad.received, "its own list was read: {transformer:?}");
    // The kept lists are now those of a firmware this meter no longer has.
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut kept: serde_json::Value = serde_json::from_str(&text).unwrap();
        for told in kept["identity"].as_array_mut().unwrap() {
            told[1] = "0.0".into();
        }
        std::fs::write(&path, kept.to_string()).unwrap();
    }
    let (_, updated) = read(folder.path(), "single-phase-keypad", 1);
    assert!(updated.received * 10 > keypad.received * 9, "{updated:?}, {keypad:?} at first");
}

/// Reads a meter that refuses lists of more than `longest` attributes.
fn read_limited(folder: &std::path::Path, longest: usize) -> ([serde_json::Value; 3], Traffic) {
    let profile = Library::default().find("wattkey-sim").unwrap();
    let meters = Meters::changed("single-phase-keypad", 1, &["1/17"], |model| model.faces.longest_list = longest);
    let mut meter = driver_with_cache(Box::new(MemoryLine::new(meters)), profile, Cache::new(folder.to_owned()));
    let status = meter.status().unwrap();
    meter.close();
    let mut told = serde_json::to_value(&status).unwrap();
    // What it measures and what its clock shows depend on how long it took to come to it.
    let told = ["meter", "sts", "limits"].map(|part| told[part].take());
    (told, meter.traffic())
}

#[test]
fn a_list_limit_is_found_by_halves_and_kept_for_the_model() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, _) = read_limited(folder.path(), 0);
    let other = tempfile::tempdir().unwrap();
    let (first, at_first) = read_limited(other.path(), 5);
    let (second, known) = read_limited(other.path(), 5);
    assert_eq!([&first, &second], [&whole, &whole], "the same is told");
    assert!(known.exchanges < at_first.exchanges, "{known:?} after {at_first:?}");
    let texts =
        std::fs::read_dir(other.path()).unwrap().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
    let limits: Vec<serde_json::Value> =
        texts.map(|text| serde_json::from_str::<serde_json::Value>(&text).unwrap()["longest_list"].clone()).collect();
    assert!(
        !limits.is_empty() && limits.iter().all(|limit| limit.as_u64().is_some_and(|limit| (2..=5).contains(&limit))),
        "{limits:?}"
    );
}
