//! Windows, general blocks, ACCESS, and parts of logs: the same values come by each of them.

use std::time::Duration;

use wattkey::link::MemoryLine;
use wattkey::meter::driver::Traffic;
use wattkey::meter::log::{Extract, Log, Rows};
use wattkey::meter::{Meter, MeterError};
use wattkey::protocol::dlms::Conformance;
use wattkey::sim::Model;

use crate::bench::{Meters, Offer, driver_with, reader};
use crate::tokens::display_test;

/// Reads a meter's event log and some values; gives them and what it took.
fn read(offer: Offer, change: impl Fn(&mut Model)) -> (Vec<String>, Traffic) {
    let meters = Meters::changed("single-phase-keypad", 1, &["1/17"], change);
    let mut meter = driver_with(Box::new(MemoryLine::new(meters)), offer);
    let log = meter.events(&Extract::default()).unwrap();
    let items: Vec<_> =
        ["0.0.42.0.0.255", "0.0.96.1.0.255", "0.0.96.1.1.255"].map(|name| name.parse().unwrap()).to_vec();
    let readings = meter.read(&items).unwrap();
    meter.close();
    (
        vec![format!("{log:?}"), format!("{:?}", readings.iter().map(|reading| &reading.value).collect::<Vec<_>>())],
        meter.traffic(),
    )
}

#[test]
fn windows_blocks_and_access_tell_the_same() {
    let narrow = |model: &mut Model| model.faces.max_info_field = 64;
    let (plain, usual) = read(Offer::default(), narrow);
    let (told, windowed) = read(Offer { window: 7, ..Offer::default() }, |model| {
        narrow(model);
        model.faces.hdlc_window = 7;
    });
    assert_eq!(told, plain);
    assert!(windowed.exchanges < usual.exchanges, "{windowed:?} after {usual:?}");
    let conformance = Conformance::CLIENT.with(Conformance::GENERAL_BLOCK_TRANSFER).with(Conformance::ACCESS);
    let (told, _) = read(Offer { conformance, ..Offer::default() }, |model| {
        model.faces.general_blocks = true;
        model.faces.access_only = true;
        model.faces.max_pdu = 128;
    });
    assert_eq!(told, plain);
}

#[test]
fn short_names_tell_the_same() {
    let (plain, _) = read(Offer::default(), |_| {});
    for max_pdu in [512, 128] {
        let (told, _) = read(Offer::default(), |model| {
            model.faces.short_names = true;
            model.faces.max_pdu = max_pdu;
        });
        assert_eq!(told, plain);
    }
}

#[test]
fn a_wrong_password_is_told_by_short_names_too() {
    let open = |password| {
        let meters = Meters::changed("single-phase-keypad", 1, &["1/17"], |model| model.faces.short_names = true);
        reader(Box::new(MemoryLine::new(meters)), password).open()
    };
    let model = Model::named("single-phase-keypad").unwrap();
    open(&model.faces.lls_password).unwrap();
    let refused = open("not the password");
    assert!(
        matches!(&refused, Err(MeterError::Authentication(reason)) if reason.contains("by short names")),
        "{refused:?}"
    );
}

#[test]
fn what_has_no_short_name_is_not_sent() {
    let meters = Meters::changed("single-phase-keypad", 1, &["1/17"], |model| model.faces.short_names = true);
    let mut meter = driver_with(Box::new(MemoryLine::new(meters)), Offer::default());
    let refused = meter.enter_token(display_test());
    assert!(matches!(refused, Err(MeterError::NotOffered(_))), "{refused:?}");
    meter.close();
}

fn profile(extract: &Extract) -> Result<Log, MeterError> {
    let meters = Meters::changed("single-phase-keypad", 1, &["1/17"], |_| {});
    let mut meter = driver_with(Box::new(MemoryLine::new(meters)), Offer::default());
    meter.pause(Duration::from_secs(4 * 3600)).unwrap();
    let log = meter.load_profile(extract);
    meter.close();
    log
}

#[test]
fn rows_and_columns_of_a_profile_are_selected() {
    let whole = profile(&Extract::default()).unwrap();
    assert!(whole.rows.len() > 4 && whole.columns.len() == 3, "{whole:?}");
    let last = profile(&Extract { rows: Rows::Last(2), ..Extract::default() }).unwrap();
    assert_eq!(last.rows, whole.rows[whole.rows.len() - 2..]);
    let span = profile(&Extract { rows: Rows::Span(2, 3), ..Extract::default() }).unwrap();
    assert_eq!(span.rows, whole.rows[1..3]);
    for columns in [vec!["1.0.32.7.0".to_owned()], vec!["32.7.0".to_owned()], vec!["1.0.32.7.0.255:2".to_owned()]] {
        let voltage = profile(&Extract { columns, ..Extract::default() }).unwrap();
        assert_eq!(voltage.columns.len(), 2);
        let expected: Vec<_> = whole.rows.iter().map(|row| vec![row[0].clone(), row[2].clone()]).collect();
        assert_eq!(voltage.rows, expected);
    }
    let missing = profile(&Extract { columns: vec!["1.0.99.9.9".to_owned()], ..Extract::default() });
    assert!(matches!(missing, Err(MeterError::BadValue(_))), "{missing:?}");
    let other = profile(&Extract { object: Some("0.0.99.98.0.255".to_owned()), ..Extract::default() }).unwrap();
    assert_eq!(other.object, "0.0.99.98.0.255");
    let none = profile(&Extract { object: Some("1.0.99.7.0".to_owned()), ..Extract::default() });
    assert!(matches!(none, Err(MeterError::NotOffered(_))), "{none:?}");
}
