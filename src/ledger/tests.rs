use serde_json::json;
use time::macros::datetime;

use super::*;
use crate::meter::MeterRef;
use crate::sts::Token;

const NOW: time::OffsetDateTime = datetime!(2026-11-21 08:30:00.5 UTC);

fn author() -> Author {
    Author { operator: "tech".into(), host: "van-7".into(), tool: "wattkey 0.1.0".into() }
}

fn meter(drn: &str) -> MeterRef {
    MeterRef { serial: None, drn: Some(drn.parse().unwrap()) }
}

fn token() -> Token {
    "51043465443420856213".parse().unwrap()
}

fn act(meter: &MeterRef) -> Act<'_> {
    Act { meter, operation: Operation::EnterToken, token: Some(token()), job: None, detail: json!({"step": 1}) }
}

#[test]
fn an_intent_is_open_until_it_is_concluded() {
    let mut ledger = Ledger::in_memory(author()).unwrap();
    let meter = meter("01234567897");
    let intent = ledger.intend(&act(&meter), NOW).unwrap();
    let open = ledger.open_intents(&meter).unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].token.as_ref().unwrap().last4, "6213");
    assert_eq!(open[0].at, "2026-11-21T08:30:00.5Z");
    ledger.conclude(intent, Outcome::Accepted, json!({}), NOW).unwrap();
    assert!(ledger.open_intents(&meter).unwrap().is_empty());
    assert!(ledger.conclude(intent, Outcome::Refused, json!({}), NOW).is_err(), "an intent ends once");
    assert_eq!(ledger.token_history(token()).unwrap().len(), 2);
}

#[test]
fn another_meter_has_no_open_intents() {
    let mut ledger = Ledger::in_memory(author()).unwrap();
    ledger.intend(&act(&meter("01234567897")), NOW).unwrap();
    assert!(ledger.open_intents(&meter("04297421028")).unwrap().is_empty());
    assert!(ledger.open_intents(&MeterRef::default()).unwrap().is_empty());
}

#[test]
fn the_file_outlives_the_process_and_holds_no_token() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state/ledger.sqlite");
    let meter = meter("01234567897");
    let mark = {
        let mut ledger = Ledger::open(&path, author()).unwrap();
        ledger.intend(&act(&meter), NOW).unwrap();
        ledger.mark_token(token())
    };
    let ledger = Ledger::open(&path, author()).unwrap();
    assert_eq!(ledger.open_intents(&meter).unwrap().len(), 1);
    assert_eq!(ledger.mark_token(token()), mark, "the salt is kept");
    for file in std::fs::read_dir(folder.path().join("state")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(16).any(|window| window == b"5104346544342085"));
    }
}

#[test]
fn changed_and_missing_rows_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.sqlite");
    let meter = meter("01234567897");
    let mut ledger = Ledger::open(&path, author()).unwrap();
    for _ in 0..3 {
        let intent = ledger.intend(&act(&meter), NOW).unwrap();
        ledger.conclude(intent, Outcome::Refused, json!({"result": "used-error"}), NOW).unwrap();
    }
    let sound = ledger.verify(None).unwrap();
    assert_eq!((sound.entries, sound.open, sound.broken), (6, 0, None));

    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute("UPDATE entries SET ending = 'accepted' WHERE seq = 4", []).unwrap();
    assert_eq!(ledger.verify(None).unwrap().broken.unwrap().0, 4);
    other.execute("UPDATE entries SET ending = 'refused' WHERE seq = 4", []).unwrap();
    assert_eq!(ledger.verify(None).unwrap().broken, None);
    other.execute("DELETE FROM entries WHERE seq = 2", []).unwrap();
    assert_eq!(ledger.verify(None).unwrap().broken.unwrap().0, 2);
}

#[test]
fn cut_tails_and_chains_written_anew_are_found_by_a_noted_hash() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.sqlite");
    let meter = meter("01234567897");
    let mut ledger = Ledger::open(&path, author()).unwrap();
    let empty = ledger.head().unwrap();
    let mut heads = Vec::new();
    for _ in 0..2 {
        let intent = ledger.intend(&act(&meter), NOW).unwrap();
        ledger.conclude(intent, Outcome::Accepted, json!({}), NOW).unwrap();
        heads.push(ledger.head().unwrap());
    }
    assert_eq!(ledger.verify(Some(&empty)).unwrap().noted, Some(0));
    assert_eq!(ledger.verify(Some(&heads[0])).unwrap().noted, Some(2));
    assert_eq!(ledger.verify(heads[1].get(..16)).unwrap().noted, Some(4));
    assert!(ledger.verify(heads[1].get(..15)).unwrap().broken.is_some(), "too short to name a row");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute("DELETE FROM entries WHERE seq > 2", []).unwrap();
    let cut = ledger.verify(Some(&heads[1])).unwrap();
    assert_eq!((cut.entries, cut.broken.as_ref().map(|(row, _)| *row)), (2, Some(3)), "{cut:?}");
    assert_eq!(ledger.verify(None).unwrap().broken, None, "which the file alone does not show");
    // Everything written anew: sound in itself, and not what was noted.
    other.execute("DELETE FROM entries", []).unwrap();
    for _ in 0..2 {
        let intent = ledger.intend(&act(&meter), NOW).unwrap();
        ledger.conclude(intent, Outcome::Refused, json!({}), NOW).unwrap();
    }
    assert_eq!(ledger.verify(None).unwrap().broken, None);
    assert!(ledger.verify(Some(&heads[1])).unwrap().broken.is_some());
}

#[test]
fn a_changed_salt_and_a_damaged_file_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.sqlite");
    let meter = meter("01234567897");
    {
        let mut ledger = Ledger::open(&path, author()).unwrap();
        for _ in 0..200 {
            let intent = ledger.intend(&act(&meter), NOW).unwrap();
            ledger.conclude(intent, Outcome::Accepted, json!({}), NOW).unwrap();
        }
        assert_eq!(ledger.verify(None).unwrap().broken, None);
    }
    let sound = std::fs::read(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute("UPDATE meta SET value = x'00' WHERE name = 'salt'", []).unwrap();
    drop(other);
    assert_eq!(Ledger::open(&path, author()).unwrap().verify(None).unwrap().broken.unwrap().0, 1);
    // A block of zeros anywhere: found on opening or on the walk, never a panic, never a clean bill.
    for block in (0..sound.len() / 4096).step_by(5) {
        let mut bytes = sound.clone();
        bytes[block * 4096..][..4096].fill(0);
        std::fs::write(&path, bytes).unwrap();
        for beside in ["ledger.sqlite-wal", "ledger.sqlite-shm"] {
            let _ = std::fs::remove_file(folder.path().join(beside));
        }
        if let Ok(ledger) = Ledger::open(&path, author())
            && let Ok(found) = ledger.verify(None)
        {
            assert!(found.broken.is_some(), "block {block} of {}", sound.len() / 4096);
        }
    }
}

#[test]
fn rows_are_listed_by_meter_job_and_age() {
    let mut ledger = Ledger::in_memory(author()).unwrap();
    let first = meter("01234567897");
    let second = meter("04297421028");
    for (meter, job) in [(&first, None), (&second, Some("job-1")), (&first, Some("job-1"))] {
        ledger.intend(&Act { job, ..act(meter) }, NOW).unwrap();
    }
    let seqs = |filter: Filter| ledger.entries(&filter).unwrap().iter().map(|entry| entry.seq).collect::<Vec<_>>();
    assert_eq!(seqs(Filter::default()), [1, 2, 3]);
    assert_eq!(seqs(Filter { meter: Some("01234567897".into()), ..Filter::default() }), [1, 3]);
    assert_eq!(seqs(Filter { job: Some("job-1".into()), ..Filter::default() }), [2, 3]);
    assert_eq!(seqs(Filter { last: Some(1), ..Filter::default() }), [3]);
}
