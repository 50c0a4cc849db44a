//! Loading lists.

use wattkey::orders::store::Store;
use wattkey::orders::{OrdersError, schema};

use super::bench::{Bench, drn, on_each_store, options, token, urls};

#[test]
fn making_a_store_again_changes_nothing_and_a_newer_one_is_left_alone() {
    on_each_store(|bench| {
        let again = schema::migrate(&mut bench.store()).unwrap();
        assert_eq!((again.store.as_str(), again.from), (bench.id.as_str(), Some(schema::VERSION)));
        bench.execute(&format!("UPDATE orders_schema SET version = {}", schema::VERSION + 1));
        for refused in
            [schema::migrate(&mut bench.store()).map(|_| ()), schema::require(&mut bench.store()).map(|_| ())]
        {
            let error = refused.unwrap_err();
            assert!(matches!(error, OrdersError::Newer { .. }), "{error}");
            assert_eq!(error.code().exit().number(), 8);
        }
    });
}

#[test]
fn a_store_without_tables_says_how_to_make_them() {
    for url in urls() {
        let folder = tempfile::tempdir().unwrap();
        let is_file = url == "sqlite";
        let url = if is_file { format!("sqlite:{}", folder.path().join("x").display()) } else { url };
        let mut store = Store::open(&url.parse().unwrap(), &options(), true).unwrap();
        assert!(matches!(schema::require(&mut store), Err(OrdersError::NotInitialised { .. })));
        if is_file {
            let mut missing = format!("sqlite:{}", folder.path().join("y").display());
            missing.push_str(".db");
            let mut store = Store::open(&missing.parse().unwrap(), &options(), false).unwrap();
            let error = schema::require(&mut store).unwrap_err();
            assert_eq!(error.code().exit().number(), 3, "{error}");
        }
    }
}

#[test]
fn loading_the_same_list_twice_changes_nothing() {
    on_each_store(|bench| {
        let list = Bench::secret_list(30);
        let loaded = bench.load("spring", &list).unwrap();
        assert_eq!((loaded.rows, loaded.added, loaded.sealed), (30, 30, 30));
        let before = bench.rows("SELECT id, signature, fingerprint, version, changed FROM work_order ORDER BY id");
        let again = bench.load("spring", &list).unwrap();
        assert_eq!((again.added, again.unchanged, again.replaced), (0, 30, 0));
        assert_eq!(
            bench.rows("SELECT id, signature, fingerprint, version, changed FROM work_order ORDER BY id"),
            before
        );
        assert_eq!(bench.number("SELECT COUNT(*) FROM audit WHERE action = 'load'"), 1);
        // The same list may be another campaign.
        assert_eq!(bench.load("autumn", &list).unwrap().added, 30);
        assert_eq!(bench.text("SELECT kind FROM campaign WHERE name = 'spring'").unwrap(), "key-change");
    });
}

#[test]
fn a_list_is_checked_whole_before_anything_is_written() {
    on_each_store(|bench| {
        let list = format!(
            "id,drn,serial,priority,plan,key_change\n1,{0},a,0,,\n1,{1},b,0,,\n3,{0},c,0,,\n4,{2},d,high,,\n5,{3},e,0,nowhere,\n\
             6,,f,0,,{4} {5}\n7,{6},g,0,,123\n8,,,0,,\n",
            drn(1),
            drn(2),
            drn(3),
            drn(4),
            token(1, 1),
            token(1, 2),
            drn(5),
        );
        let Err(OrdersError::Rows { rows, bad }) = bench.load("spring", &list) else { panic!("taken") };
        assert_eq!(rows, 8);
        let expected = [
            (3, "id is that of line 2"),
            (4, "meter number is that of line 2"),
            (5, "priority"),
            (6, "no plan"),
            (7, "drn is missing"),
            (8, "3 digits"),
            (9, "serial and drn are both missing"),
        ];
        assert_eq!(bad.iter().map(|row| row.line).collect::<Vec<_>>(), expected.map(|row| row.0), "{bad:?}");
        for (row, (line, words)) in bad.iter().zip(expected) {
            assert!(row.problems.join(" ").contains(words), "line {line}: {:?}", row.problems);
        }
        assert_eq!(bench.number("SELECT COUNT(*) FROM work_order"), 0);
        assert_eq!(bench.number("SELECT COUNT(*) FROM campaign"), 0);
    });
}

#[test]
fn other_content_under_a_name_is_refused_and_replaced_on_request() {
    on_each_store(|bench| {
        bench.load("spring", &Bench::plain_list(4)).unwrap();
        let other = Bench::plain_list(4).replace("S1,south", "S1,west");
        let Err(OrdersError::Rows { bad, .. }) = bench.load("spring", &other) else { panic!("taken") };
        assert!(bad[0].problems[0].contains("--replace"), "{bad:?}");
        let loaded = bench.load_with("spring", &other, true).unwrap();
        assert_eq!((loaded.added, loaded.replaced, loaded.unchanged), (0, 1, 3));
        assert_eq!(bench.text("SELECT area FROM work_order WHERE id = 'spring/1'").unwrap(), "west");
        // One that a crew has is not changed under its hands.
        let laptop = bench.laptop("north", &[]);
        bench.take(&laptop, 10, 3600).unwrap();
        let third = other.replace("S1,west", "S1,east");
        let Err(OrdersError::Rows { bad, .. }) = bench.load_with("spring", &third, true) else { panic!("taken") };
        assert!(bad[0].problems[0].contains("leased"), "{bad:?}");
    });
}

#[test]
fn a_meter_has_one_open_order_in_a_campaign() {
    on_each_store(|bench| {
        bench.load("spring", &Bench::plain_list(2)).unwrap();
        let second = format!("id,drn,serial\nanother,{},x\n", drn(1));
        let Err(OrdersError::Rows { bad, .. }) = bench.load("spring", &second) else { panic!("taken") };
        assert!(bad[0].problems[0].contains("spring/1"), "{bad:?}");
        assert_eq!(bench.load("autumn", &second).unwrap().added, 1);
        // When it is done, the meter may get another.
        let laptop = bench.laptop("north", &[]);
        let taken = bench.take(&laptop, 10, 3600).unwrap();
        let line = taken.orders.iter().find(|line| line.order.id == "spring/1").unwrap();
        laptop.done("spring/1", line.version);
        bench.sync(&laptop).unwrap();
        assert_eq!(bench.load("spring", &second).unwrap().added, 1);
    });
}

#[test]
fn sql_in_every_text_field_stays_text() {
    on_each_store(|bench| {
        let evil = "'; DROP TABLE work_order; --";
        let list = format!(
            "{{\"id\":\"1{evil}\",\"serial\":\"{evil}\",\"drn\":\"{}\",\"area\":\"{evil}\",\"site\":\"{evil}\",\
             \"answer.seal\":\"{evil}\",\"maker\":\"{evil}\",\"vend_code\":\"{evil}\",\"customer_name\":\"{evil}\"}}\n",
            drn(1)
        )
        .replace(",\"answer.seal\":\"'; DROP TABLE work_order; --\"", "");
        bench.load("spring", &list).unwrap();
        let laptop = bench.laptop("north", &[]);
        wattkey::orders::key_set::reseal(&mut bench.store(), &bench.office).unwrap();
        let taken = bench.take(&laptop, 5, 3600).unwrap();
        let line = &taken.orders[0];
        assert_eq!((line.order.serial.as_deref(), line.order.area.as_str()), (Some(evil), evil));
        laptop.work(&line.order.id, line.version, wattkey::bulk::JobOutcome::Stopped, Some(evil), false);
        bench.sync(&laptop).unwrap();
        assert_eq!(bench.text("SELECT cause FROM work_order").unwrap(), evil);
        let report = wattkey::orders::report::OrdersReport::read(&mut bench.store(), None).unwrap();
        let mut page = Vec::new();
        wattkey::orders::report::write_page(&report, &mut page).unwrap();
        assert!(!String::from_utf8(page).unwrap().contains("<script"));
        assert_eq!(wattkey::orders::verify::verify(&mut bench.store()).unwrap().broken, 0);
    });
}

#[test]
fn the_record_is_what_the_meter_is_to_have() {
    on_each_store(|bench| {
        let list = |krn: &str| {
            format!(
                "id,drn,serial,key_change,to_sgc,to_krn,to_kt,to_ti,krn\n1,{},a,{} {},123456,2,2,1,{krn}\n",
                drn(1),
                token(1, 1),
                token(1, 2)
            )
        };
        let Err(OrdersError::Rows { bad, .. }) = bench.load("spring", &list("1")) else { panic!("taken") };
        assert!(bad[0].problems[0].contains("krn is 1 and to_krn is 2"), "{bad:?}");
        let laptop = bench.laptop("north", &[]);
        bench.load("spring", &list("")).unwrap();
        let taken = bench.take(&laptop, 1, 3600).unwrap();
        let file = laptop.read(&laptop.file_text(&taken)).unwrap();
        let record = file.secrets["spring/1"].record.as_ref().unwrap();
        assert_eq!(record.krn.map(|krn| krn.to_string()).as_deref(), Some("2"), "it follows from the set");
    });
}
