//! A store with an office, laptops enrolled in it, and what they do without a meter.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use time::OffsetDateTime;
use time::macros::datetime;
use wattkey::bulk::list::Job;
use wattkey::bulk::run::bracketed;
use wattkey::bulk::{Defaults, JobEnd, JobOutcome};
use wattkey::ledger::{Author, Ledger};
use wattkey::link::Interrupt;
use wattkey::meter::profile::Library;
use wattkey::orders::device::{self, Device, Enrolment, KnownOrder};
use wattkey::orders::load::{LoadRequest, Loaded, load};
use wattkey::orders::office::{self, OfficeKey};
use wattkey::orders::order_file::{self, OrderFile};
use wattkey::orders::store::{Row, Store, StoreOptions, Value as Cell};
use wattkey::orders::sync::{Synced, sync};
use wattkey::orders::take::{TakeRequest, Taken, take};
use wattkey::orders::{OrdersError, schema};

pub const NOW: OffsetDateTime = datetime!(2026-11-29 10:00 UTC);
pub const TODAY: &str = "2026-11-29T10:00:00Z";

/// Meter numbers with right check digits.
pub fn drn(number: u32) -> String {
    wattkey::sts::Drn::from_parts(wattkey::sts::Iin::N600727, 1, number).unwrap().to_string()
}

/// Runs a test on every store there is.
pub fn on_each_store(test: impl Fn(&Bench)) {
    for url in urls() {
        println!("on {url}");
        test(&Bench::new(&url));
    }
}

/// A new store of each kind; with WATTKEY_TEST_STORES=postgres on the server only.
pub fn urls() -> Vec<String> {
    let only_server = std::env::var("WATTKEY_TEST_STORES").is_ok_and(|value| value == "postgres");
    let mut urls = if only_server { Vec::new() } else { vec!["sqlite".to_owned()] };
    #[cfg(feature = "postgres")]
    if let Ok(server) = std::env::var("WATTKEY_TEST_POSTGRES") {
        let name = format!("t_{}", schema::random_id().unwrap());
        let options = std::env::var("WATTKEY_TEST_POSTGRES_OPTIONS").unwrap_or_default();
        let mut admin: postgres::Config = format!("{server}/postgres{options}").parse().unwrap();
        let mut client = admin.connect_timeout(Duration::from_secs(10)).connect(postgres::NoTls).unwrap();
        client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        urls.push(format!("{server}/{name}{options}"));
    }
    assert!(!urls.is_empty(), "WATTKEY_TEST_POSTGRES names no server");
    urls
}

pub struct Bench {
    pub folder: TempDir,
    pub url: String,
    pub id: String,
    pub office: OfficeKey,
}

/// A laptop with its state folder.
pub struct Laptop {
    pub folder: PathBuf,
    pub device: Device,
}

impl Bench {
    /// An initialised store; `sqlite` makes a file in a folder of its own.
    pub fn new(url: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = if url == "sqlite" {
            format!("sqlite:{}", folder.path().join("orders.sqlite").display())
        } else {
            url.to_owned()
        };
        let mut store = Store::open(&url.parse().unwrap(), &options(), true).unwrap();
        let id = schema::migrate(&mut store).unwrap().store;
        let office = OfficeKey::create(&folder.path().join("office.key")).unwrap();
        office::note(&mut store, &office.public(), TODAY).unwrap();
        Bench { folder, url, id, office }
    }

    pub fn store(&self) -> Store {
        Store::open(&self.url.parse().unwrap(), &options(), false).unwrap()
    }

    /// Loads a list into a campaign under the plan `key-change`.
    pub fn load(&self, campaign: &str, list: &str) -> Result<Loaded, OrdersError> {
        self.load_with(campaign, list, false)
    }

    pub fn load_with(&self, campaign: &str, list: &str, replace: bool) -> Result<Loaded, OrdersError> {
        let request = LoadRequest {
            campaign: campaign.to_owned(),
            kind: None,
            defaults: Defaults { plan: Some("key-change".to_owned()), ..Defaults::default() },
            area: None,
            replace,
            who: "planner@office".to_owned(),
            now: TODAY.to_owned(),
        };
        let open = || -> std::io::Result<Box<dyn Read + Send>> { Ok(Box::new(Cursor::new(list.as_bytes().to_vec()))) };
        load(&mut self.store(), &open, &request, &self.office, Library::new(None))
    }

    /// A list of so many meters in two areas, the even ones in the north, without anything sealed.
    pub fn plain_list(count: u32) -> String {
        let mut text = "id,drn,serial,area,priority,link\n".to_owned();
        for number in 0..count {
            let area = if number % 2 == 0 { "north" } else { "south" };
            text.push_str(&format!("{number},{},S{number},{area},{},sim:m{number}\n", drn(number), number % 3));
        }
        text
    }

    /// The same with a key-change set, a vend code and a customer for each meter.
    pub fn secret_list(count: u32) -> String {
        let mut text =
            "id,drn,serial,area,vend_code,customer_name,key_change,to_sgc,to_krn,to_kt,to_ti,credit_token\n".to_owned();
        for number in 0..count {
            let area = if number % 2 == 0 { "north" } else { "south" };
            text.push_str(&format!(
                "{number},{},S{number},{area},CODE-{number:04},Ms Example {number},{} {},123456,2,2,1,{}\n",
                drn(number),
                token(number, 1),
                token(number, 2),
                token(number, 3)
            ));
        }
        text
    }

    /// Enrols a laptop for these areas.
    pub fn laptop(&self, crew: &str, areas: &[&str]) -> Laptop {
        let folder = self.folder.path().join(schema::random_id().unwrap());
        std::fs::create_dir(&folder).unwrap();
        Laptop { device: self.register(&folder, crew, areas).unwrap(), folder }
    }

    pub fn register(&self, folder: &Path, crew: &str, areas: &[&str]) -> Result<Device, OrdersError> {
        let enrolment = Enrolment {
            crew: crew.to_owned(),
            role: "crew".to_owned(),
            areas: areas.iter().map(|area| (*area).to_owned()).collect(),
            host: "laptop".to_owned(),
            office: None,
            now: TODAY.to_owned(),
        };
        device::register(&mut self.store(), &self.id, folder, &ledger(folder), &enrolment)
    }

    /// Takes orders, as the command does.
    pub fn take(&self, laptop: &Laptop, count: usize, lease_s: i64) -> Result<Taken, OrdersError> {
        let request = request(count, lease_s);
        let taken = take(&mut self.store(), &laptop.device, &request)?;
        laptop.remember(&taken);
        Ok(taken)
    }

    pub fn sync(&self, laptop: &Laptop) -> Result<Synced, OrdersError> {
        sync(&mut self.store(), &laptop.device, &laptop.ledger(), TODAY)
    }

    /// The rows of a query.
    pub fn rows(&self, sql: &str) -> Vec<Row> {
        self.store().run(|session| session.query(sql, &[])).unwrap()
    }

    /// Has the server end transactions as engines do that are serializable or spread over many machines: one statement
    /// in twenty, and one commit in fifty, with SQLSTATE 40001.
    pub fn inject_serialization_failures(&self) {
        if self.url.starts_with("sqlite:") {
            return;
        }
        for sql in [
            "CREATE FUNCTION fail_now() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF random() < 0.05 THEN RAISE EXCEPTION 'injected' USING ERRCODE = '40001'; END IF; RETURN NULL; END $$",
            "CREATE FUNCTION fail_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF random() < 0.02 THEN RAISE EXCEPTION 'injected' USING ERRCODE = '40001'; END IF; RETURN NULL; END $$",
            "CREATE TRIGGER injected AFTER INSERT OR UPDATE ON work_order FOR EACH STATEMENT EXECUTE FUNCTION fail_now()",
            "CREATE TRIGGER injected AFTER INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION fail_now()",
            "CREATE CONSTRAINT TRIGGER injected_late AFTER UPDATE ON device DEFERRABLE INITIALLY DEFERRED
             FOR EACH ROW EXECUTE FUNCTION fail_at_commit()",
            "CREATE CONSTRAINT TRIGGER injected_late AFTER INSERT ON lease DEFERRABLE INITIALLY DEFERRED
             FOR EACH ROW EXECUTE FUNCTION fail_at_commit()",
        ] {
            self.execute(sql);
        }
    }

    /// The first column of the first row, as text.
    pub fn text(&self, sql: &str) -> Option<String> {
        self.rows(sql).first().and_then(|row| row.optional(0).unwrap())
    }

    pub fn number(&self, sql: &str) -> i64 {
        self.rows(sql)[0].int(0).unwrap()
    }

    pub fn execute(&self, sql: &str) -> u64 {
        self.store().run(|session| session.execute(sql, &[])).unwrap()
    }

    pub fn execute_with(&self, sql: &str, parameters: &[Cell]) -> u64 {
        self.store().run(|session| session.execute(sql, parameters)).unwrap()
    }

    pub fn state(&self, order: &str) -> String {
        self.text(&format!("SELECT state FROM work_order WHERE id = '{order}'")).unwrap()
    }

    /// How many orders are in each state.
    pub fn states(&self) -> BTreeMap<String, i64> {
        self.rows("SELECT state, COUNT(*) FROM work_order GROUP BY state")
            .iter()
            .map(|row| (row.text(0).unwrap(), row.int(1).unwrap()))
            .collect()
    }
}

/// A token of twenty digits that belongs to a meter; nothing decodes it here.
pub fn token(number: u32, kind: u32) -> String {
    format!("{:020}", 1_234_500_000_000_000_000_u64 + u64::from(number) * 1_000_003 + u64::from(kind) * 77_777_777)
}

pub fn options() -> StoreOptions {
    StoreOptions {
        password_file: None,
        root_certificates: None,
        patience: Duration::from_secs(30),
        interrupt: Interrupt::default(),
    }
}

pub fn request(count: usize, lease_s: i64) -> TakeRequest {
    TakeRequest {
        count,
        areas: Vec::new(),
        campaign: None,
        lease_s,
        lease: schema::random_id().unwrap(),
        who: "crew@laptop".to_owned(),
        now: TODAY.to_owned(),
    }
}

pub fn ledger(folder: &Path) -> Ledger {
    let author = Author { operator: "crew".into(), host: "laptop".into(), tool: "wattkey".into() };
    Ledger::open(&folder.join("ledger.sqlite"), author).unwrap()
}

impl Laptop {
    pub fn ledger(&self) -> Ledger {
        ledger(&self.folder)
    }

    fn remember(&self, taken: &Taken) {
        let mut known = self.device.known().unwrap();
        for line in &taken.orders {
            let order = KnownOrder { version: line.version, expires: line.expires, withdrawn: None };
            known.orders.insert(line.order.id.clone(), order);
        }
        self.device.keep(&known).unwrap();
    }

    /// The order file of what was taken, as text.
    pub fn file_text(&self, taken: &Taken) -> Vec<u8> {
        let mut text = Vec::new();
        order_file::write(taken, "0123456789abcdef", &self.device, NOW, &mut text).unwrap();
        text
    }

    /// Writes a text as an order file and reads it as this laptop.
    pub fn read(&self, text: &[u8]) -> Result<OrderFile, OrdersError> {
        let path = self.folder.join(format!("{}.orders", schema::random_id().unwrap()));
        std::fs::write(&path, text).unwrap();
        OrderFile::read(&path, &self.device)
    }

    /// Writes the rows of a job that stands for an order into the ledger, as `bulk run` does.
    pub fn work(&self, order: &str, version: i64, outcome: JobOutcome, cause: Option<&str>, already: bool) {
        let mark = serde_json::json!({"store": self.device.store, "id": order, "version": version});
        let job = Job {
            id: order.to_owned(),
            line: 1,
            serial: None,
            drn: None,
            port: "sim:".into(),
            link: "sim:".into(),
            address: None,
            protocol: None,
            profile: None,
            plan: "key-change".into(),
            vend_code: None,
            for_plan: Vec::new(),
        };
        let end = JobEnd {
            outcome,
            already,
            cause: cause.map(str::to_owned),
            message: None,
            exit: 0,
            report: Value::Null,
            fatal: false,
        };
        let mut ledger = self.ledger();
        let clock = || NOW;
        bracketed(&mut ledger, &job, &format!("day/{order}"), Some(mark), &clock, &mut |_| end.clone()).unwrap();
    }

    pub fn done(&self, order: &str, version: i64) {
        self.work(order, version, JobOutcome::Done, None, false);
    }
}
