//! Work orders as their users meet them: the program, its exit codes, simulated meters.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::bench::{Bench, urls};

/// An office and laptops, each with a state folder of its own.
struct Office {
    folder: tempfile::TempDir,
    url: String,
}

impl Office {
    fn new(url: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = if url == "sqlite" {
            format!("sqlite:{}", folder.path().join("orders.sqlite").display())
        } else {
            url.to_owned()
        };
        Office { folder, url }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program as somebody's, in the common folder.
    fn run(&self, who: &str, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_wattkey"))
            .args(words)
            .current_dir(self.folder.path())
            .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
            .env("WATTKEY_STATE_DIR", self.path(who))
            .env("WATTKEY_CONFIG", self.path("config.toml"))
            .env("WATTKEY_ORDERS", &self.url)
            .env("WATTKEY_OPERATOR", who)
            .env_remove("PGPASSFILE")
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    fn json(&self, who: &str, words: &[&str]) -> (Value, i32) {
        let output = self.run(who, &[words, &["--json"]].concat());
        let document =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{words:?}: {error}: {output:?}"));
        (document, output.status.code().unwrap())
    }

    fn ok(&self, who: &str, words: &[&str]) -> Value {
        let (document, code) = self.json(who, words);
        assert_eq!(code, 0, "{words:?}: {document}");
        document
    }
}

fn exit(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// A simulated meter's numbers, and a key-change set that an independent hand made for it.
fn meter(office: &Office, number: u32) -> String {
    let link = format!("sim:m{number}?seed={number}");
    let status = office.ok("north", &["status", "--link", &link]);
    let (drn, serial) = (status["sts"]["drn"].as_str().unwrap(), status["meter"]["serial"].as_str().unwrap());
    let made = office.ok(
        "office",
        &[
            "token",
            "generate",
            "key-change",
            "--keys",
            "lab.json",
            "--drn",
            drn,
            "--sgc",
            "123456",
            "--kt",
            "2",
            "--ti",
            "1",
            "--krn",
            "1",
            "--to-krn",
            "2",
        ],
    );
    let tokens: Vec<&str> =
        made["tokens"].as_array().unwrap().iter().map(|one| one["token"].as_str().unwrap()).collect();
    format!(
        "{number},{drn},{serial},{link},north,{number},Street {number},{},123456,2,2,1,123456,2,2,1",
        tokens.join(" ")
    )
}

fn loaded(url: &str, meters: u32) -> Office {
    let office = Office::new(url);
    office.ok("office", &["orders", "init"]);
    office.run("office", &["sim", "keys", "lab.json"]);
    let mut list =
        "id,drn,serial,link,area,priority,site,key_change,to_sgc,to_krn,to_kt,to_ti,sgc,krn,kt,ti\n".to_owned();
    for number in 1..=meters {
        list.push_str(&meter(&office, number));
        list.push('\n');
    }
    fs::write(office.path("spring.csv"), list).unwrap();
    let loaded = office.ok("office", &["orders", "load", "spring.csv", "--campaign", "spring", "--plan", "key-change"]);
    assert_eq!((&loaded["added"], &loaded["sealed"]), (&meters.into(), &meters.into()));
    office
}

fn krn(office: &Office, number: u32) -> Value {
    office.ok("north", &["status", "--link", &format!("sim:m{number}?seed={number}")])["sts"]["krn"].clone()
}

#[test]
fn from_a_list_to_a_finished_campaign() {
    for url in urls() {
        let office = loaded(&url, 4);
        office.ok("north", &["orders", "register", "--crew", "north", "--area", "north"]);
        let waiting = office.ok("north", &["orders", "take", "-n", "2", "-o", "day.orders"]);
        assert_eq!((waiting["orders"].as_array().unwrap().len(), &waiting["sealed_to_others"]), (0, &4.into()));
        assert!(!office.path("day.orders").exists(), "nothing to write");
        assert_eq!(office.ok("office", &["orders", "reseal"])["count"], 4);
        let taken = office.ok("north", &["orders", "take", "-n", "2", "-o", "day.orders", "--lease", "3d"]);
        let ids: Vec<&str> =
            taken["orders"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["spring/4", "spring/3"], "the higher priority first");
        let again = office.json("north", &["orders", "take", "-o", "day.orders"]);
        assert_eq!(
            (again.1, office.ok("office", &["orders", "status"])["campaigns"][0]["counts"]["leased"].clone()),
            (2, 2.into())
        );

        // In the field: no store is named, none is asked.
        let field = |words: &[&str]| {
            Command::new(env!("CARGO_BIN_EXE_wattkey"))
                .args(words)
                .current_dir(office.folder.path())
                .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
                .env("WATTKEY_STATE_DIR", office.path("north"))
                .env("WATTKEY_CONFIG", office.path("config.toml"))
                .env("WATTKEY_OPERATOR", "north")
                .env_remove("WATTKEY_ORDERS")
                .stdin(Stdio::null())
                .output()
                .unwrap()
        };
        let run = field(&["bulk", "run", "day.orders", "--yes"]);
        assert_eq!(exit(&run), 0, "{run:?}");
        assert_eq!((krn(&office, 4), krn(&office, 3), krn(&office, 2)), (2.into(), 2.into(), 1.into()));
        let report = field(&["bulk", "report", "day.orders"]);
        let told = String::from_utf8_lossy(&report.stdout);
        assert!(told.contains("campaign spring, area north, crew north"), "{told}");
        let status = field(&["bulk", "status", "day.orders", "--json"]);
        assert_eq!(exit(&status), 0, "a run is found by its order file: {status:?}");
        let resumed = field(&["bulk", "run", "day.orders", "--yes", "--resume", "--json"]);
        assert!(String::from_utf8_lossy(&resumed.stdout).contains("\"done_before\":2"), "{resumed:?}");

        let synced = office.ok("north", &["orders", "sync"]);
        assert_eq!((&synced["results"], &synced["held"]), (&2.into(), &0.into()));
        assert_eq!(office.ok("north", &["orders", "sync"])["sent"], 0);

        // The meter at hand, whichever it is.
        office.ok("north", &["orders", "take", "-o", "rest.orders"]);
        let link = "sim:m2?seed=2";
        let planned = office.ok("north", &["commission", "--orders", "rest.orders", "--link", link, "--dry-run"]);
        assert_eq!(planned["outcome"], "planned");
        let done = office.ok("north", &["commission", "--orders", "rest.orders", "--link", link, "--yes"]);
        assert_eq!((&done["order"]["id"], &done["order"]["crew"]), (&"spring/2".into(), &"north".into()));
        assert_eq!((&done["outcome"], krn(&office, 2)), (&"commissioned".into(), 2.into()));
        let stranger =
            office.json("north", &["commission", "--orders", "rest.orders", "--link", "sim:stranger?seed=99"]);
        assert_eq!((stranger.1, &stranger.0["error"]["code"]), (8, &"wrong-meter".into()), "{stranger:?}");
        let rest = office.run("north", &["bulk", "run", "rest.orders", "--yes", "--resume"]);
        assert_eq!(exit(&rest), 0, "{rest:?}");
        office.ok("north", &["orders", "sync"]);
        let report = office.ok("office", &["orders", "report", "--html", "spring.html"]);
        assert_eq!(report["campaigns"][0]["counts"]["done"], 4, "{report}");
        assert_eq!(report["done_twice"].as_array().unwrap().len(), 0);
        assert!(fs::read_to_string(office.path("spring.html")).unwrap().contains("</html>"));
        let verified = office.ok("auditor", &["orders", "verify"]);
        assert_eq!((&verified["broken"], &verified["orders"]), (&0.into(), &4.into()));
        exports(&office);
    }
}

fn exports(office: &Office) {
    let orders = office.run("office", &["orders", "export", "--format", "csv"]);
    let text = String::from_utf8(orders.stdout).unwrap();
    assert_eq!(text.lines().count(), 5, "{text}");
    assert!(text.starts_with("id,campaign,drn,serial,site,area,priority,plan,state,"), "{text}");
    let events = office.run("office", &["orders", "export", "--what", "events", "--format", "jsonl"]);
    let events: Vec<Value> =
        String::from_utf8(events.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.iter().filter(|event| event["outcome"] == "done").count(), 4);
    let closed = office.json("office", &["orders", "close", "spring"]);
    assert_eq!(closed.1, 8, "nobody has confirmed: {closed:?}");
    office.ok("office", &["orders", "close", "spring", "--yes"]);
    let gone = office.json("north", &["orders", "take", "--campaign", "spring", "-o", "x.orders"]);
    assert_eq!((gone.1, &gone.0["error"]["code"]), (1, &"order-conflict".into()));
}

#[test]
fn what_goes_wrong_has_its_exit_code() {
    let bench = Bench::new("sqlite");
    let office = Office { folder: tempfile::tempdir().unwrap(), url: bench.url.clone() };
    let code = |words: &[&str]| {
        let (document, code) = office.json("north", words);
        (document["error"]["code"].as_str().unwrap_or_default().to_owned(), code)
    };
    let told = |word: &str, code: i32| (word.to_owned(), code);
    assert_eq!(code(&["orders", "take"]), told("not-enrolled", 2));
    assert_eq!(code(&["orders", "sync"]), told("not-enrolled", 2));
    assert_eq!(code(&["orders", "status", "winter"]), told("bad-value", 2));
    assert_eq!(code(&["orders", "settle", "x/1", "--as", "done", "--why", "x"]), told("bad-value", 2));
    assert_eq!(code(&["orders", "load", "nothing.csv", "--campaign", "c"]), told("key-missing", 6));
    assert_eq!(code(&["orders", "status", "--store", "postgres://u:secret@127.0.0.1/d"]), told("config", 2));
    assert_eq!(code(&["orders", "status", "--store", "mysql://127.0.0.1/d"]), told("config", 2));
    assert_eq!(code(&["orders", "status", "--store", "sqlite:nowhere.db"]), told("store-unreachable", 3));
    assert_eq!(
        code(&["orders", "status", "--store", "postgres://u@127.0.0.1:9/d", "--timeout", "100ms", "--retries", "0"]),
        told("store-unreachable", 3)
    );
    assert_eq!(code(&["orders", "take", "--lease", "3w"]), told("usage", 2));
    assert_eq!(code(&["commission", "--orders", "nothing.orders", "--link", "sim:"]), told("bad-value", 2));
    let secret = office.run("north", &["orders", "status", "--store", "postgres://u:hunter2@127.0.0.1/d"]);
    assert!(!String::from_utf8_lossy(&secret.stderr).contains("hunter2"), "{secret:?}");
    bench.execute("UPDATE orders_schema SET version = 99");
    assert_eq!(code(&["orders", "status"]), told("store-newer", 8));
    assert_eq!(code(&["orders", "init"]), told("store-newer", 8));
}

#[test]
fn the_store_is_named_in_the_configuration_and_the_office_key_may_be_elsewhere() {
    let office = Office::new("sqlite");
    let key = office.path("safe");
    fs::create_dir(&key).unwrap();
    let key = key.join("office.key");
    let config = format!("[orders]\nurl = \"sqlite:store.db\"\noffice_key = \"{}\"\n", key.display());
    fs::write(office.path("config.toml"), config).unwrap();
    let run = |words: &[&str], who: &str| {
        Command::new(env!("CARGO_BIN_EXE_wattkey"))
            .args(words)
            .current_dir(Path::new("/"))
            .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
            .env("WATTKEY_STATE_DIR", office.path(who))
            .env("WATTKEY_CONFIG", office.path("config.toml"))
            .env_remove("WATTKEY_ORDERS")
            .stdin(Stdio::null())
            .output()
            .unwrap()
    };
    let made = run(&["orders", "init"], "office");
    assert_eq!(exit(&made), 0, "{made:?}");
    assert!(office.path("store.db").exists() && key.exists(), "relative paths begin at the configuration file");
    fs::write(office.path("list.csv"), Bench::plain_list(2)).unwrap();
    let list = office.path("list.csv");
    let loaded =
        run(&["orders", "load", &list.display().to_string(), "--campaign", "c", "--plan", "key-change"], "other");
    assert_eq!(exit(&loaded), 0, "{loaded:?}");
    let strange = office.path("strange.toml");
    fs::write(&strange, "[orders]\nurl = \"sqlite:store.db\"\npassword = \"x\"\n").unwrap();
    let refused = Command::new(env!("CARGO_BIN_EXE_wattkey"))
        .args(["orders", "status"])
        .env("WATTKEY_CONFIG", &strange)
        .output()
        .unwrap();
    assert_eq!(exit(&refused), 2, "{refused:?}");
}

#[test]
fn what_was_withdrawn_is_left_out_of_the_run() {
    let office = loaded("sqlite", 2);
    office.ok("north", &["orders", "register", "--crew", "north"]);
    office.ok("office", &["orders", "reseal"]);
    office.ok("north", &["orders", "take", "-o", "day.orders"]);
    office.ok("office", &["orders", "settle", "spring/1", "--as", "stopped", "--why", "the house is gone"]);
    let synced = office.ok("north", &["orders", "sync"]);
    assert_eq!(synced["withdrawn"][0]["order"], "spring/1");
    let run = office.run("north", &["bulk", "run", "day.orders", "--yes", "--json"]);
    assert_eq!(exit(&run), 0, "{run:?}");
    assert!(String::from_utf8_lossy(&run.stderr).contains("spring/1 is left out: the office has called it off"));
    assert_eq!((krn(&office, 1), krn(&office, 2)), (1.into(), 2.into()));
    let given = office.json("north", &["orders", "give-back", "--all"]);
    assert_eq!((given.1, &given.0["count"]), (0, &0.into()), "{given:?}");
    let conflicts = office.json("office", &["orders", "conflicts"]);
    assert_eq!(conflicts.1, 0);
}
