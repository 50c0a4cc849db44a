//! What results do to orders, and how people settle.

use wattkey::bulk::JobOutcome;
use wattkey::orders::OrdersError;
use wattkey::orders::conflict::{self, Settlement};
use wattkey::orders::report::{OrdersReport, write_page};
use wattkey::orders::verify::verify;

use super::bench::{Bench, Laptop, TODAY, on_each_store};

fn settle(bench: &Bench, order: &str, as_what: Settlement) -> Result<conflict::Settled, OrdersError> {
    conflict::settle(&mut bench.store(), order, as_what, "looked at it", "supervisor@office", TODAY)
}

fn kinds(bench: &Bench, all: bool) -> Vec<String> {
    conflict::list(&mut bench.store(), all, None).unwrap().into_iter().map(|one| one.kind).collect()
}

/// Two laptops that have had the one order, the second after the lease of the first was over.
fn passed_on(bench: &Bench) -> (Laptop, Laptop) {
    bench.load("spring", &Bench::plain_list(1)).unwrap();
    let (first, second) = (bench.laptop("first", &[]), bench.laptop("second", &[]));
    bench.take(&first, 1, 3600).unwrap();
    bench.execute("UPDATE work_order SET expires = 0");
    bench.take(&second, 1, 3600).unwrap();
    (first, second)
}

#[test]
fn done_orders_are_counted_and_their_sets_are_wiped() {
    on_each_store(|bench| {
        let laptop = bench.laptop("north", &[]);
        bench.load("spring", &Bench::secret_list(3)).unwrap();
        bench.take(&laptop, 3, 3600).unwrap();
        laptop.done("spring/0", 1);
        laptop.work("spring/1", 1, JobOutcome::Failed, Some("no-reply"), false);
        laptop.work("spring/2", 1, JobOutcome::Stopped, Some("set-mismatch"), false);
        let synced = bench.sync(&laptop).unwrap();
        assert_eq!((synced.sent, synced.results), (6, 3));
        let again = bench.sync(&laptop).unwrap();
        assert_eq!((again.sent, again.results), (0, 0), "a second one sends nothing");
        assert_eq!(
            [0, 1, 2].map(|number| bench.state(&format!("spring/{number}"))),
            ["done", "open", "stopped"].map(str::to_owned)
        );
        assert_eq!(bench.text("SELECT queue FROM work_order WHERE id = 'spring/2'").unwrap(), "office");
        assert_eq!(bench.text("SELECT done_by FROM work_order WHERE id = 'spring/0'").unwrap(), laptop.device.id);
        let wiped = bench.rows("SELECT sealed, wiped FROM key_set ORDER BY order_id");
        assert_eq!(wiped[0].text(0).unwrap(), "");
        assert!(wiped[0].optional(1).unwrap().is_some() && wiped[1].optional(1).unwrap().is_none());
        let found = verify(&mut bench.store()).unwrap();
        assert_eq!((found.broken, found.rows, found.orders), (0, 6, 3), "{found:?}");

        let report = OrdersReport::read(&mut bench.store(), Some("spring")).unwrap();
        let counts = report.campaigns[0].counts;
        assert_eq!((counts.orders, counts.done, counts.open, counts.stopped), (3, 1, 1, 1));
        assert_eq!(report.campaigns[0].first_visit_percent, Some(33.3));
        assert_eq!((report.days.len(), report.days[0].visits, report.days[0].done), (1, 3, 1));
        assert_eq!(report.causes.len(), 2);
        let mut page = Vec::new();
        write_page(&report, &mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        assert!(page.contains("set-mismatch") && page.matches("<svg").count() >= 3 && page.contains("size:A4"));
        assert!(matches!(OrdersReport::read(&mut bench.store(), Some("winter")), Err(OrdersError::Unknown(_))));
    });
}

#[test]
fn a_late_done_settles_and_a_second_done_is_one_visit_too_many() {
    on_each_store(|bench| {
        let (first, second) = passed_on(bench);
        // The first found nothing to do and says so late; the second had sent the tokens.
        second.done("spring/0", 2);
        bench.sync(&second).unwrap();
        first.work("spring/0", 1, JobOutcome::Done, None, true);
        bench.sync(&first).unwrap();
        assert_eq!(bench.state("spring/0"), "done");
        assert_eq!(bench.text("SELECT done_by FROM work_order").unwrap(), second.device.id);
        assert_eq!((kinds(bench, false), kinds(bench, true)), (vec![], vec!["done-twice".to_owned()]));
        let report = OrdersReport::read(&mut bench.store(), None).unwrap();
        assert_eq!((report.done_twice.len(), report.done_twice[0].visits), (1, 2));
    });
    on_each_store(|bench| {
        let (first, _) = passed_on(bench);
        first.done("spring/0", 1);
        bench.sync(&first).unwrap();
        assert_eq!(bench.state("spring/0"), "done", "late, and it counts");
        assert!(kinds(bench, true).is_empty());
    });
}

#[test]
fn a_late_failure_is_a_conflict_that_a_person_settles() {
    on_each_store(|bench| {
        let (first, second) = passed_on(bench);
        first.work("spring/0", 1, JobOutcome::Failed, Some("no-reply"), false);
        let synced = bench.sync(&first).unwrap();
        assert_eq!((bench.state("spring/0").as_str(), synced.conflicts), ("leased", 1));
        assert_eq!(kinds(bench, false), ["late-failure"]);
        let error = settle(bench, "spring/0", Settlement::Open).unwrap_err();
        assert!(error.to_string().contains(&second.device.id), "{error}");
        assert_eq!(error.code().exit().number(), 1);
        second.done("spring/0", 2);
        bench.sync(&second).unwrap();
        assert_eq!(settle(bench, "spring/0", Settlement::Done).unwrap().conflicts, 1);
        assert!(kinds(bench, false).is_empty());
    });
}

#[test]
fn unknown_beats_everything_until_a_person_settles_it() {
    on_each_store(|bench| {
        let (first, second) = passed_on(bench);
        second.done("spring/0", 2);
        bench.sync(&second).unwrap();
        first.work("spring/0", 1, JobOutcome::Unknown, None, false);
        bench.sync(&first).unwrap();
        assert_eq!(bench.state("spring/0"), "unknown");
        assert_eq!(bench.text("SELECT queue FROM work_order").unwrap(), "supervisor");
        second.work("spring/0", 2, JobOutcome::Done, None, true);
        bench.sync(&second).unwrap();
        assert_eq!(bench.state("spring/0"), "unknown", "only a person ends that");
        assert_eq!(kinds(bench, false), ["unknown-after-done", "after-unknown"]);
        let settled = settle(bench, "spring/0", Settlement::Done).unwrap();
        assert_eq!((settled.from.word(), settled.conflicts), ("unknown", 2));
        assert_eq!(bench.state("spring/0"), "done");
        assert_eq!(bench.number("SELECT COUNT(*) FROM audit WHERE action = 'settle' AND who = 'supervisor@office'"), 1);
        assert_eq!(verify(&mut bench.store()).unwrap().broken, 0);
    });
}

#[test]
fn a_result_of_an_order_that_the_device_never_had_changes_nothing() {
    on_each_store(|bench| {
        bench.load("spring", &Bench::plain_list(1)).unwrap();
        let laptop = bench.laptop("north", &[]);
        laptop.done("spring/0", 1);
        laptop.done("nowhere/1", 1);
        bench.sync(&laptop).unwrap();
        assert_eq!((bench.state("spring/0").as_str(), kinds(bench, false)), ("open", vec!["not-leased".to_owned()]));
    });
}

#[test]
fn what_is_called_off_or_closed_is_withdrawn_and_late_work_still_counts() {
    on_each_store(|bench| {
        bench.load("spring", &Bench::plain_list(3)).unwrap();
        let laptop = bench.laptop("north", &[]);
        bench.take(&laptop, 2, 3600).unwrap();
        let held: Vec<String> = laptop.device.known().unwrap().orders.into_keys().collect();
        settle(bench, &held[0], Settlement::Stopped).unwrap();
        let synced = bench.sync(&laptop).unwrap();
        assert_eq!(synced.withdrawn, [(held[0].clone(), "the office has called it off".to_owned())]);
        laptop.done(&held[0], 1);
        bench.sync(&laptop).unwrap();
        assert_eq!(bench.state(&held[0]), "done", "the meter is the truth");
        assert!(conflict::close(&mut bench.store(), "spring", "planner", TODAY).unwrap());
        assert!(!conflict::close(&mut bench.store(), "spring", "planner", TODAY).unwrap());
        assert!(bench.take(&laptop, 5, 3600).unwrap().orders.is_empty());
        assert!(matches!(bench.load("spring", &Bench::plain_list(4)), Err(OrdersError::Conflict(_))));
        assert!(matches!(settle(bench, "spring/9", Settlement::Done), Err(OrdersError::Unknown(_))));
    });
}

#[test]
fn a_laptop_that_lost_its_state_begins_anew_and_takes_again() {
    on_each_store(|bench| {
        bench.load("spring", &Bench::plain_list(2)).unwrap();
        let lost = bench.laptop("north", &[]);
        bench.take(&lost, 2, 3600).unwrap();
        // The work was done, and the laptop was lost before it could say so.
        wattkey::orders::device::revoke(&mut bench.store(), &lost.device.id, "office", TODAY).unwrap();
        assert_eq!(bench.states()["open"], 2, "its leases are open again");
        let again = bench.laptop("north", &[]);
        assert_ne!(again.device.id, lost.device.id);
        let taken = bench.take(&again, 2, 3600).unwrap();
        for line in &taken.orders {
            again.work(&line.order.id, line.version, JobOutcome::Done, None, true);
        }
        bench.sync(&again).unwrap();
        assert_eq!(bench.states()["done"], 2);
        assert_eq!(bench.number("SELECT COUNT(*) FROM work_order WHERE done_sent = 1"), 0, "it found them so");
    });
}

#[test]
fn an_order_whose_set_is_gone_is_opened_only_with_a_set() {
    on_each_store(|bench| {
        let laptop = bench.laptop("north", &[]);
        let list = Bench::secret_list(1);
        bench.load("spring", &list).unwrap();
        bench.take(&laptop, 1, 3600).unwrap();
        laptop.done("spring/0", 1);
        laptop.work("spring/0", 1, JobOutcome::Unknown, None, false);
        bench.sync(&laptop).unwrap();
        assert_eq!(bench.state("spring/0"), "unknown");
        let error = settle(bench, "spring/0", Settlement::Open).unwrap_err();
        assert!(error.to_string().contains("--replace"), "{error}");
        settle(bench, "spring/0", Settlement::Failed).unwrap();
        assert_eq!(bench.load("spring", &list).unwrap().replaced, 0, "only when it is asked for");
        assert_eq!(bench.load_with("spring", &list, true).unwrap().replaced, 1);
        let taken = bench.take(&laptop, 1, 3600).unwrap();
        assert!(taken.orders[0].sealed.as_ref().is_some_and(|sealed| !sealed.is_empty()));
    });
}

#[test]
fn a_meter_with_orders_of_two_campaigns_is_done_once_a_run() {
    on_each_store(|bench| {
        let laptop = bench.laptop("north", &[]);
        bench.load("spring", &Bench::secret_list(2)).unwrap();
        bench.load("autumn", &Bench::secret_list(1)).unwrap();
        let taken = bench.take(&laptop, 5, 3600).unwrap();
        let file = laptop.read(&laptop.file_text(&taken)).unwrap();
        let later = file.second_orders();
        assert_eq!(later.into_iter().collect::<Vec<_>>(), [("spring/0".to_owned(), "autumn/0".to_owned())]);
        assert!(file.pack(&laptop.device, &|_| true).is_err(), "two records of one meter");
        assert!(file.pack(&laptop.device, &|line| line.order.id != "spring/0").unwrap().is_some());
    });
}
