//! Taking, leases and order files.

use std::collections::HashSet;

use wattkey::orders::OrdersError;
use wattkey::orders::key_set::reseal;
use wattkey::orders::take::{extend, give_back, held, take};

use super::bench::{Bench, TODAY, on_each_store, request};

#[test]
fn the_most_urgent_go_first_and_areas_are_kept_apart() {
    on_each_store(|bench| {
        bench.load("spring", &Bench::plain_list(30)).unwrap();
        let north = bench.laptop("north", &["north"]);
        let taken = bench.take(&north, 6, 3600).unwrap();
        let priorities: Vec<i64> = taken.orders.iter().map(|line| line.order.priority).collect();
        assert_eq!(priorities, [2, 2, 2, 2, 2, 1]);
        assert!(taken.orders.iter().all(|line| line.order.area == "north"));
        let mut foreign = request(5, 3600);
        foreign.areas = vec!["south".to_owned()];
        assert!(matches!(take(&mut bench.store(), &north.device, &foreign), Err(OrdersError::Unknown(_))));
        assert_eq!(bench.take(&north, 100, 3600).unwrap().orders.len(), 9, "the rest of its area and no more");
        let all = bench.laptop("all", &[]);
        assert_eq!(bench.take(&all, 100, 3600).unwrap().orders.len(), 15);
    });
}

#[test]
fn a_request_that_is_carried_out_twice_takes_once() {
    on_each_store(|bench| {
        bench.load("spring", &Bench::plain_list(20)).unwrap();
        let laptop = bench.laptop("north", &[]);
        let wanted = request(5, 3600);
        let first = take(&mut bench.store(), &laptop.device, &wanted).unwrap();
        let second = take(&mut bench.store(), &laptop.device, &wanted).unwrap();
        let ids = |taken: &wattkey::orders::take::Taken| -> Vec<String> {
            taken.orders.iter().map(|line| line.order.id.clone()).collect()
        };
        assert_eq!(ids(&first), ids(&second));
        assert_eq!(bench.states()["leased"], 5);
        assert_eq!(held(&mut bench.store(), &laptop.device, None).unwrap().orders.len(), 5);
    });
}

#[test]
fn no_order_goes_to_two_crews_that_take_at_once() {
    on_each_store(|bench| {
        bench.load("spring", &Bench::plain_list(160)).unwrap();
        let laptops: Vec<_> = (0..8).map(|number| bench.laptop(&format!("crew{number}"), &[])).collect();
        let taken: Vec<Vec<String>> = std::thread::scope(|scope| {
            let threads: Vec<_> = laptops
                .iter()
                .map(|laptop| {
                    scope.spawn(|| {
                        let mut mine = Vec::new();
                        for _ in 0..4 {
                            let taken = bench.take(laptop, 5, 3600).unwrap();
                            mine.extend(taken.orders.into_iter().map(|line| line.order.id));
                        }
                        // The last take gives what was taken before, too, when it is asked for by what is held.
                        mine.sort();
                        mine.dedup();
                        mine
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let all: Vec<&String> = taken.iter().flatten().collect();
        let distinct: HashSet<&&String> = all.iter().collect();
        assert_eq!((all.len(), distinct.len()), (160, 160));
        assert_eq!(bench.states()["leased"], 160);
    });
}

#[test]
fn a_lease_that_is_over_may_be_taken_by_another_with_a_higher_number() {
    on_each_store(|bench| {
        bench.load("spring", &Bench::plain_list(2)).unwrap();
        let (first, second) = (bench.laptop("first", &[]), bench.laptop("second", &[]));
        let before = bench.take(&first, 2, 3600).unwrap();
        assert!(bench.take(&second, 2, 3600).unwrap().orders.is_empty());
        bench.execute("UPDATE work_order SET expires = expires - 7200");
        let after = bench.take(&second, 2, 3600).unwrap();
        assert_eq!(after.orders.len(), 2);
        assert!(after.orders.iter().zip(&before.orders).all(|(new, old)| new.version == old.version + 1));
        let synced = bench.sync(&first).unwrap();
        assert_eq!((synced.withdrawn.len(), synced.held), (2, 0), "{synced:?}");
        assert!(synced.withdrawn[0].1.contains(&second.device.id));
        assert_eq!(bench.sync(&first).unwrap().withdrawn, [], "it is told once");
    });
}

#[test]
fn leases_are_extended_and_given_back() {
    on_each_store(|bench| {
        bench.load("spring", &Bench::plain_list(4)).unwrap();
        let laptop = bench.laptop("north", &[]);
        let taken = bench.take(&laptop, 4, 60).unwrap();
        let one = [taken.orders[0].order.id.clone()];
        let extended = extend(&mut bench.store(), &laptop.device.id, Some(&one), 7200, "office", TODAY).unwrap();
        assert_eq!(extended.len(), 1);
        let synced = bench.sync(&laptop).unwrap();
        assert_eq!((synced.extended, synced.held), (1, 4));
        let ids: Vec<String> = taken.orders.iter().map(|line| line.order.id.clone()).collect();
        let given = give_back(&mut bench.store(), &laptop.device, &ids[1..], "crew", TODAY).unwrap();
        assert_eq!(given, ids[1..]);
        assert!(give_back(&mut bench.store(), &laptop.device, &ids[1..], "crew", TODAY).unwrap().is_empty());
        assert_eq!((bench.states()["open"], bench.states()["leased"]), (3, 1));
        let actions =
            bench.rows("SELECT action FROM audit WHERE action IN ('take','extend','give-back') ORDER BY action");
        assert_eq!(actions.len(), 3);
    });
}

#[test]
fn sets_are_sealed_to_the_devices_of_an_area_and_to_nobody_else() {
    on_each_store(|bench| {
        let north = bench.laptop("north", &["north"]);
        bench.load("spring", &Bench::secret_list(6)).unwrap();
        let south = bench.laptop("south", &["south"]);
        // Loaded before it was enrolled: the office has to seal anew.
        let nothing = bench.take(&south, 10, 3600).unwrap();
        assert_eq!((nothing.orders.len(), nothing.sealed_to_others), (0, 3));
        assert_eq!(reseal(&mut bench.store(), &bench.office).unwrap(), 3);
        assert_eq!(reseal(&mut bench.store(), &bench.office).unwrap(), 0, "nothing is left to do");
        let of_south = bench.take(&south, 10, 3600).unwrap();
        let of_north = bench.take(&north, 10, 3600).unwrap();
        assert_eq!((of_south.orders.len(), of_north.orders.len()), (3, 3));
        for (laptop, taken, other) in [(&north, &of_north, &south), (&south, &of_south, &north)] {
            for line in &taken.orders {
                let sealed = line.sealed.as_ref().unwrap().as_bytes();
                assert!(laptop.device.identities().open(sealed).is_ok());
                assert!(bench.office.identities().open(sealed).is_ok());
                assert!(other.device.identities().open(sealed).is_err(), "another crew opens {}", line.order.id);
            }
        }
        // A stranger's key is not the office's.
        let other = wattkey::orders::office::OfficeKey::create(&bench.folder.path().join("other.key")).unwrap();
        assert!(matches!(reseal(&mut bench.store(), &other), Err(OrdersError::OfficeKey(_))));
    });
}

#[test]
fn an_order_file_holds_everything_and_a_set_may_be_taken_out_of_it() {
    on_each_store(|bench| {
        let laptop = bench.laptop("north", &[]);
        bench.load("spring", &Bench::secret_list(3)).unwrap();
        let taken = bench.take(&laptop, 3, 3600).unwrap();
        let text = laptop.file_text(&taken);
        let file = laptop.read(&text).unwrap();
        assert_eq!((file.orders.len(), file.secrets.len(), file.plans.len()), (3, 3, 1));
        let secrets = &file.secrets["spring/1"];
        assert_eq!(secrets.vend_code.as_deref(), Some("CODE-0001"));
        assert_eq!(secrets.record.as_ref().unwrap().tokens[0].tokens.len(), 2);
        let list = String::from_utf8(file.job_list(&|_| true).unwrap()).unwrap();
        assert_eq!(list.lines().count(), 3);
        assert!(list.contains("\"vend_code\":\"CODE-0001\"") && list.contains("\"plan\":\"key-change\""));
        assert!(file.pack(&laptop.device, &|_| true).unwrap().is_some());
        assert_eq!(file.mark("spring/1").unwrap()["version"], 1);
        // After the work is done the sets may go; order and signatures stay.
        let text = String::from_utf8(text).unwrap();
        let wiped: String =
            text.lines().filter(|line| !line.starts_with("{\"set\"")).map(|line| format!("{line}\n")).collect();
        let file = laptop.read(wiped.as_bytes()).unwrap();
        assert_eq!((file.orders.len(), file.secrets.len()), (3, 0));
    });
}
