//! Forged events, replayed pushes, restored laptops, revoked devices, tampered files: refused, named, nothing lost.

use std::fs;

use wattkey::ledger::chain;
use wattkey::orders::OrdersError;
use wattkey::orders::device::{Device, revoke};
use wattkey::orders::key_set::reseal;
use wattkey::orders::verify::{Verification, verify};

use super::bench::{Bench, Laptop, TODAY, ledger, on_each_store, token};

fn worked(bench: &Bench) -> Laptop {
    bench.load("spring", &Bench::plain_list(4)).unwrap();
    let laptop = bench.laptop("north", &[]);
    for line in bench.take(&laptop, 3, 3600).unwrap().orders {
        laptop.done(&line.order.id, line.version);
    }
    bench.sync(&laptop).unwrap();
    laptop
}

fn findings(bench: &Bench) -> Vec<String> {
    let Verification { findings, .. } = verify(&mut bench.store()).unwrap();
    findings.into_iter().map(|one| format!("{}: {}", one.of, one.what)).collect()
}

fn names(bench: &Bench, words: &str) {
    let found = findings(bench);
    assert!(found.iter().any(|one| one.contains(words)), "{words}: {found:?}");
}

#[test]
fn every_way_of_changing_events_is_named() {
    let changes = [
        ("UPDATE event SET detail = '{}' WHERE seq = 2", "row 2 was changed"),
        ("UPDATE event SET operator = 'somebody' WHERE seq = 3", "row 3 was changed"),
        ("DELETE FROM event WHERE seq = 4", "row 4 is missing"),
        ("DELETE FROM event WHERE seq = 6", "ends at row 5"),
        ("UPDATE event SET order_id = 'spring/3' WHERE seq = 2", "is filed as done of the order spring/3"),
        ("UPDATE event SET outcome = 'failed' WHERE seq = 2", "is filed as failed"),
        ("UPDATE event SET order_id = NULL WHERE seq = 2", "is filed as no result of an order"),
        ("UPDATE event SET already = 1 WHERE seq = 2", "row 2 is filed as"),
        ("UPDATE event SET signature = '00' WHERE seq = 1", "row 1 is not signed"),
        ("UPDATE event SET device = 'ghost' WHERE seq = 6", "never enrolled"),
        ("UPDATE work_order SET priority = 9 WHERE id = 'spring/3'", "not what the office signed"),
        ("UPDATE work_order SET state = 'done' WHERE state <> 'done'", "no device says so"),
        ("UPDATE device SET head_seq = 8", "its chain ends at row 8"),
    ];
    for (sql, words) in changes {
        on_each_store(|bench| {
            worked(bench);
            assert!(findings(bench).is_empty());
            assert!(bench.execute(sql) > 0, "{sql}");
            names(bench, words);
        });
    }
}

#[test]
fn an_event_that_somebody_else_signs_is_named_even_when_its_hash_fits() {
    on_each_store(|bench| {
        let laptop = worked(bench);
        let forger = bench.laptop("forger", &[]);
        // The forger writes a further row into its own ledger and files it under the other device, hashes and all.
        let mut entry = ledger(&laptop.folder).entries_after(5, 1).unwrap().remove(0);
        let previous = entry.hash.clone();
        entry.seq = 7;
        entry.hash = chain::link(&previous, &entry);
        let signature =
            forger.device.signing().sign(&wattkey::orders::sync::message(&laptop.device.id, 7, &entry.hash));
        let text = wattkey::ledger::EntryText::from(&entry);
        bench.execute_with(
            "INSERT INTO event (device, seq, at, kind, operation, detail, operator, host, tool, previous, hash, signature,
             received, ending, intent, job) VALUES ($1, 7, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13, $14)",
            &[
                (&laptop.device.id).into(),
                text.at.into(),
                text.kind.into(),
                text.operation.into(),
                text.detail.into(),
                text.operator.into(),
                text.host.into(),
                text.tool.into(),
                previous.into(),
                (&text.hash).into(),
                signature.into(),
                text.ending.into(),
                text.intent.into(),
                text.job.into(),
            ],
        );
        bench.execute(&format!("UPDATE device SET head_seq = 7, head_hash = '{}' WHERE crew = 'north'", text.hash));
        names(bench, "row 7 is not signed by the device");
        // The device itself sees that the store has more than it ever wrote.
        let error = bench.sync(&laptop).unwrap_err();
        assert!(matches!(error, OrdersError::Chain(_)), "{error}");
    });
}

#[test]
fn a_restored_laptop_is_a_fork_and_is_refused_whole() {
    on_each_store(|bench| {
        bench.load("spring", &Bench::plain_list(4)).unwrap();
        let laptop = bench.laptop("north", &[]);
        let orders = bench.take(&laptop, 4, 3600).unwrap().orders;
        laptop.done(&orders[0].order.id, 1);
        let copy = laptop.folder.join("copy.sqlite");
        drop(laptop.ledger());
        fs::copy(laptop.folder.join("ledger.sqlite"), &copy).unwrap();
        laptop.done(&orders[1].order.id, 1);
        bench.sync(&laptop).unwrap();
        for rest in ["ledger.sqlite-wal", "ledger.sqlite-shm"] {
            let _ = fs::remove_file(laptop.folder.join(rest));
        }
        fs::copy(&copy, laptop.folder.join("ledger.sqlite")).unwrap();
        let error = bench.sync(&laptop).unwrap_err();
        assert!(error.to_string().contains("an older copy was restored"), "{error}");
        assert_eq!(error.code().exit().number(), 1);
        // It goes on another way: still refused, and what the store has stays.
        laptop.done(&orders[2].order.id, 1);
        laptop.done(&orders[3].order.id, 1);
        let error = bench.sync(&laptop).unwrap_err();
        assert!(error.to_string().contains("another"), "{error}");
        assert_eq!((bench.states()["done"], bench.number("SELECT COUNT(*) FROM event")), (2, 4));
        assert!(findings(bench).is_empty());
        // The way out: the office revokes it, and it begins anew under another name.
        revoke(&mut bench.store(), &laptop.device.id, "office", TODAY).unwrap();
        let anew = bench.register(&laptop.folder, "north", &[]).unwrap();
        assert_ne!(anew.id, laptop.device.id);
        let laptop = Laptop { folder: laptop.folder.clone(), device: anew };
        let taken = bench.take(&laptop, 4, 3600).unwrap();
        assert_eq!(taken.orders.len(), 2);
        for line in taken.orders {
            laptop.done(&line.order.id, line.version);
        }
        bench.sync(&laptop).unwrap();
        assert_eq!(bench.states()["done"], 4);
        assert!(findings(bench).is_empty());
    });
}

#[test]
fn a_push_that_is_replayed_puts_nothing_in_twice() {
    on_each_store(|bench| {
        let laptop = worked(bench);
        // The store has the rows, and its note of where the chain ends is lost: as after a commit nobody heard of.
        let (seq, hash) = laptop.ledger().tip().unwrap();
        let rows = bench.number("SELECT COUNT(*) FROM event");
        bench.execute(&format!(
            "UPDATE device SET head_seq = 0, head_hash = '{}'",
            laptop.ledger().hash_at(0).unwrap().unwrap()
        ));
        let error = bench.sync(&laptop).unwrap_err();
        assert!(matches!(error, OrdersError::Chain(_)), "{error}");
        assert_eq!(bench.number("SELECT COUNT(*) FROM event"), rows);
        bench.execute(&format!("UPDATE device SET head_seq = {seq}, head_hash = '{hash}'"));
        assert_eq!(bench.sync(&laptop).unwrap().sent, 0);
    });
}

#[test]
fn a_revoked_device_gets_and_sends_nothing_more() {
    on_each_store(|bench| {
        let (kept, stolen) = (bench.laptop("kept", &[]), bench.laptop("stolen", &[]));
        bench.load("spring", &Bench::secret_list(2)).unwrap();
        bench.take(&stolen, 1, 3600).unwrap();
        assert!(revoke(&mut bench.store(), &stolen.device.id, "office", TODAY).unwrap());
        assert!(!revoke(&mut bench.store(), &stolen.device.id, "office", TODAY).unwrap());
        assert_eq!(reseal(&mut bench.store(), &bench.office).unwrap(), 2);
        for refused in [bench.take(&stolen, 1, 3600).map(|_| ()), bench.sync(&stolen).map(|_| ())] {
            let error = refused.unwrap_err();
            assert!(matches!(error, OrdersError::Revoked { .. }), "{error}");
            assert_eq!(error.code().exit().number(), 6);
        }
        for row in bench.rows("SELECT sealed FROM key_set") {
            let sealed = row.text(0).unwrap();
            assert!(stolen.device.identities().open(sealed.as_bytes()).is_err());
            assert!(kept.device.identities().open(sealed.as_bytes()).is_ok());
        }
        assert!(revoke(&mut bench.store(), "nobody", "office", TODAY).is_err());
    });
}

#[test]
fn no_secret_stands_in_the_store_in_clear() {
    on_each_store(|bench| {
        bench.laptop("north", &[]);
        bench.load("spring", &Bench::secret_list(5)).unwrap();
        let mut everything = String::new();
        for table in ["work_order", "key_set", "campaign", "plan", "audit", "device", "office", "seal_member"] {
            let columns = match table {
                "work_order" => "id, drn, serial, site, settings, fingerprint, signature",
                "key_set" => "order_id, sealed, fingerprint",
                "campaign" => "name, plan",
                "plan" => "name, body",
                "audit" => "subject, detail, who",
                "device" => "id, verify_key, recipient",
                "office" => "verify_key, recipient",
                _ => "seal_group, device",
            };
            everything.push_str(&format!("{:?}", bench.rows(&format!("SELECT {columns} FROM {table}"))));
        }
        assert!(everything.contains("spring/3"));
        for number in 0..5 {
            for secret in [token(number, 1), token(number, 2), token(number, 3), format!("CODE-{number:04}")] {
                assert!(!everything.contains(&secret), "{secret}");
            }
        }
        assert!(!everything.contains("Ms Example") && !everything.contains("AGE-SECRET-KEY"));
    });
}

#[test]
fn a_file_that_was_changed_or_is_another_devices_is_refused() {
    on_each_store(|bench| {
        let (laptop, other) = (bench.laptop("north", &[]), bench.laptop("other", &[]));
        bench.load("spring", &Bench::secret_list(2)).unwrap();
        let taken = bench.take(&laptop, 2, 3600).unwrap();
        let text = String::from_utf8(laptop.file_text(&taken)).unwrap();
        assert!(laptop.read(text.as_bytes()).is_ok());
        let refused = |laptop: &Laptop, text: &str| laptop.read(text.as_bytes()).unwrap_err();
        let error = refused(&other, &text);
        assert_eq!(error.code().exit().number(), 6, "{error}");
        for (from, to) in [
            ("\"area\":\"north\"", "\"area\":\"south\""),
            ("\"version\":1", "\"version\":2"),
            ("\"serial\":\"S0\"", "\"serial\":\"S9\""),
            ("key-register", "key-registex"),
        ] {
            let spoiled = text.replacen(from, to, 1);
            assert_ne!(spoiled, text, "{from}");
            assert!(matches!(refused(&laptop, &spoiled), OrdersError::Untrusted { .. }), "{from}");
        }
        // The sets of two orders in each other's place.
        let sets: Vec<&str> = text.lines().filter(|line| line.starts_with("{\"set\"")).collect();
        let swapped: Vec<String> = sets
            .iter()
            .map(|line| {
                line.replace("spring/0", "spring/x").replace("spring/1", "spring/0").replace("spring/x", "spring/1")
            })
            .collect();
        let mut mixed = text.clone();
        for (set, swap) in sets.iter().zip(&swapped) {
            mixed = mixed.replace(set, &format!("@@{}", &swap[5..]));
        }
        let mixed = mixed.replace("@@", "{\"set");
        assert!(refused(&laptop, &mixed).to_string().contains("not what the office signed"));
        // Cut anywhere, it is refused with a sentence and without a panic.
        for length in (0..text.len()).step_by(97) {
            let Some(cut) = text.get(..length) else { continue };
            assert!(laptop.read(cut.as_bytes()).is_err(), "cut at {length}");
        }
    });
}

#[test]
fn an_office_that_is_not_the_expected_one_is_refused() {
    on_each_store(|bench| {
        let folder = bench.folder.path().join("new");
        fs::create_dir(&folder).unwrap();
        let enrol = |office: &str| {
            let enrolment = wattkey::orders::device::Enrolment {
                crew: "north".into(),
                role: "crew".into(),
                areas: Vec::new(),
                host: "laptop".into(),
                office: Some(office.to_owned()),
                now: TODAY.to_owned(),
            };
            wattkey::orders::device::register(&mut bench.store(), &bench.id, &folder, &ledger(&folder), &enrolment)
        };
        for wrong in ["0000000000000000", "", "12"] {
            assert!(matches!(enrol(wrong), Err(OrdersError::OfficeKey(_))), "{wrong:?}");
        }
        assert!(matches!(Device::load(&folder, &bench.id), Err(OrdersError::NotEnrolled { .. })));
        let device = enrol(bench.office.public().fingerprint()).unwrap();
        assert_eq!(enrol(bench.office.public().fingerprint()).unwrap().id, device.id, "a second time changes nothing");
    });
}
