use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, params};
use time::OffsetDateTime;
use time::macros::datetime;

use super::list::{ListedMeter, read_csv, read_lines};
use super::make::{Contents, PackForm, Title, write};
use super::signature::{SigningKey, load_key};
use super::*;
use crate::headend::outbox::Outbox;
use crate::headend::*;
use crate::keys::Exposure;
use crate::sts::KeyRevisionNumber;

const LIST: &str = r#"
{"drn":"01234567897","vend_code":"VC-1001","standing":"active","serial":"23456789","maker":"WKS","sgc":"123456","krn":2,"kt":2,"ti":1,"ea":"07","power_limit_w":9200,"customer":{"account":"VC-1001"},"tokens":[{"kind":"key-change","from":{"sgc":"123456","krn":1,"kt":2,"ti":1},"to":{"sgc":"123456","krn":2,"kt":2,"ti":1},"tokens":["06031923389865257551","54410140490567978754"]},{"kind":"key-change","from":{"krn":1},"tokens":["06031923389865257551","54410140490567978754","45433083317098728816"]},{"kind":"power-limit=9200","tokens":["32002453017816041032"]}]}
{"drn":"04297421028","vend_code":"VC-1002","standing":"blocked","operator_message":"call 0800"}
{"drn":"0100000000008","standing":"inactive","ea":"11","krn":2,"tokens":[{"kind":"key-change","tokens":["06031923389865257551","54410140490567978754"]},{"kind":"key-change","tokens":["06031923389865257551","54410140490567978754","45433083317098728816","32002453017816041032"]}]}
{"drn":"01425370010","vend_code":"VC-1004","standing":"unknown"}
"#;

struct Bench {
    folder: tempfile::TempDir,
    key: SigningKey,
}

fn now() -> OffsetDateTime {
    datetime!(2026-11-21 08:00 UTC)
}

fn title() -> Title {
    Title { name: "crew 7".into(), issued_at: now(), valid_until: datetime!(2026-11-21 18:00 UTC) }
}

fn list() -> Vec<ListedMeter> {
    read_lines(LIST.as_bytes()).unwrap()
}

fn contents(meters: Vec<ListedMeter>) -> Contents {
    Contents { meters, sealed_keys: None }
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = SigningKey::create(&folder.path().join("depot.key")).unwrap();
        Bench { folder, key }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn made(&self, name: &str, form: PackForm) -> PathBuf {
        let path = self.path(name);
        write(&path, form, &title(), contents(list()), Some(&self.key)).unwrap();
        path
    }

    fn trust(&self) -> PackTrust {
        PackTrust { keys: vec![self.key.public()], accept_unverified: false }
    }

    fn head_end(&self, path: &Path, clock: fn() -> OffsetDateTime) -> PackHeadEnd {
        let outbox = Outbox::open(self.folder.path()).unwrap();
        PackHeadEnd::new(Arc::new(Pack::open(path, &self.trust()).unwrap()), outbox, clock)
    }
}

fn query(drn: &str, code: Option<&str>) -> Query {
    Query { drn: drn.parse().unwrap(), code: code.map(|code| code.parse().unwrap()), found: Found::default() }
}

fn problem(path: &Path, trust: &PackTrust) -> String {
    Pack::open(path, trust).unwrap_err().to_string()
}

#[test]
fn both_forms_give_the_same_verdicts() {
    let bench = Bench::new();
    for (name, form) in [("day.jsonl", PackForm::Lines), ("day.sqlite", PackForm::Sqlite)] {
        let mut head_end = bench.head_end(&bench.made(name, form), now);
        let mut verdict = |drn: &str, code: Option<&str>| head_end.check(&query(drn, code)).unwrap();
        let yes = verdict("01234567897", Some("vc 1001"));
        assert_eq!((yes.verdict, yes.offline, yes.warnings.len()), (Verdict::RegisteredActive, true, 0));
        assert_eq!(yes.record.unwrap().power_limit_w, Some(9200.0));
        let no = verdict("01234567897", Some("VC-1002"));
        assert_eq!((no.verdict, no.record), (Verdict::CodeMismatch, None));
        let blocked = verdict("04297421028", Some("VC-1002"));
        assert_eq!((blocked.verdict, blocked.operator_message.as_deref()), (Verdict::Blocked, Some("call 0800")));
        assert_eq!(verdict("0100000000008", None).verdict, Verdict::RegisteredInactive);
        assert_eq!(verdict("0100000000008", Some("x")).verdict, Verdict::CodeMissing);
        assert_eq!(verdict("01425370010", Some("VC-1004")).verdict, Verdict::NotRegistered);
        assert_eq!(verdict("01425370028", None).verdict, Verdict::NotInPack);
        assert_eq!(head_end.meter_of_serial("023456789").unwrap(), Some("01234567897".parse().unwrap()));
        assert_eq!(head_end.meter_of_serial("1").unwrap(), None);
    }
    let confirmed = Outbox::open(bench.folder.path()).unwrap().items(false).unwrap();
    assert_eq!(confirmed.len(), 1, "one confirmation waits for the utility, however often it was asked");
    assert_eq!(confirmed[0].body["vend_code"], "vc 1001");
}

#[test]
fn the_code_is_not_in_the_pack_and_cannot_be_tried_out() {
    let bench = Bench::new();
    let path = bench.made("day.jsonl", PackForm::Lines);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("vend_code") && !text.contains("VC-1002"));
    let mut head_end = bench.head_end(&path, now);
    for wrong in 0..5 {
        let answer = head_end.check(&query("01234567897", Some(&format!("x{wrong}")))).unwrap();
        assert_eq!(answer.verdict, Verdict::CodeMismatch);
    }
    let mut again = bench.head_end(&path, now);
    assert_eq!(again.check(&query("01234567897", Some("VC-1001"))).unwrap().verdict, Verdict::CodeLocked);
}

#[test]
fn another_meter_than_that_of_the_record_is_a_mismatch_and_another_key_is_not() {
    let bench = Bench::new();
    let mut head_end = bench.head_end(&bench.made("day.jsonl", PackForm::Lines), now);
    let mut query = query("01234567897", Some("VC-1001"));
    query.found.parameters.krn = Some(KeyRevisionNumber::new(1).unwrap());
    let answer = head_end.check(&query).unwrap();
    assert_eq!((answer.verdict, answer.key_differences.len()), (Verdict::RegisteredActive, 1));
    query.found.maker = Some("ACM".into());
    let answer = head_end.check(&query).unwrap();
    assert_eq!((answer.verdict, answer.mismatches[0].field), (Verdict::MeterMismatch, Field::Maker));
}

#[test]
fn a_pack_has_its_day() {
    let bench = Bench::new();
    let path = bench.made("day.jsonl", PackForm::Lines);
    let verdict = |clock: fn() -> OffsetDateTime| {
        bench.head_end(&path, clock).check(&query("01234567897", Some("VC-1001"))).unwrap().verdict
    };
    assert_eq!(verdict(|| datetime!(2026-11-21 18:00:01 UTC)), Verdict::PackExpired);
    assert_eq!(verdict(|| datetime!(2026-11-20 08:00 UTC)), Verdict::PackNotYet);
    assert_eq!(verdict(|| datetime!(2026-11-21 07:30 UTC)), Verdict::RegisteredActive);
}

fn found(krn: u32, ea: &str) -> Found {
    Found {
        parameters: crate::sts::MeterParameters {
            sgc: Some("123456".parse().unwrap()),
            krn: Some(KeyRevisionNumber::new(krn).unwrap()),
            kt: Some("2".parse().unwrap()),
            ti: Some("1".parse().unwrap()),
            ea: Some(ea.parse().unwrap()),
            ..Default::default()
        },
        ..Found::default()
    }
}

#[test]
fn sets_of_two_three_and_four_are_given_to_meters_that_take_them() {
    let bench = Bench::new();
    let mut head_end = bench.head_end(&bench.made("day.jsonl", PackForm::Lines), now);
    let mut ask = |drn: &str, found: Found, sections: Option<u8>| {
        let request = KeyChangeRequest { drn: drn.parse().unwrap(), found, to: None, sections };
        match head_end.key_change(&request).unwrap() {
            TokenAnswer::Issued(issue) => Ok(issue.tokens.len()),
            TokenAnswer::Refused(refusal) => Err(refusal.verdict),
        }
    };
    assert_eq!(ask("01234567897", found(1, "07"), None), Ok(2));
    assert_eq!(ask("01234567897", found(1, "07"), Some(3)), Ok(3));
    assert_eq!(ask("01234567897", found(2, "07"), None), Err(Verdict::KeyAlreadyRight));
    assert_eq!(ask("01234567897", found(3, "07"), None), Err(Verdict::TokensUnfit));
    assert_eq!(ask("0100000000008", found(1, "11"), None), Ok(4), "two tokens are no set for EA 11");
    assert_eq!(ask("04297421028", found(1, "07"), None), Err(Verdict::Blocked));
    assert_eq!(ask("01425370028", found(1, "07"), None), Err(Verdict::NotInPack));
}

#[test]
fn engineering_tokens_are_found_by_kind_and_value() {
    let bench = Bench::new();
    let mut head_end = bench.head_end(&bench.made("day.jsonl", PackForm::Lines), now);
    let mut ask = |kind: &str| {
        let request = EngineeringRequest {
            drn: "01234567897".parse().unwrap(),
            kind: kind.parse().unwrap(),
            found: Found::default(),
        };
        match head_end.engineering(&request).unwrap() {
            TokenAnswer::Issued(issue) => Ok(issue.tokens[0].to_string()),
            TokenAnswer::Refused(refusal) => Err(refusal.verdict),
        }
    };
    assert_eq!(ask("power-limit=9200.0").unwrap(), "32002453017816041032");
    assert_eq!(ask("power-limit=4600"), Err(Verdict::NoTokens));
    assert_eq!(ask("clear-tamper"), Err(Verdict::NoTokens));
}

#[test]
fn an_unsigned_changed_or_strange_pack_is_refused_unless_somebody_says_so() {
    let bench = Bench::new();
    let path = bench.made("day.jsonl", PackForm::Lines);
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let file = |name: &str, text: &str| {
        std::fs::write(bench.path(name), text).unwrap();
        bench.path(name)
    };

    let unsigned = file("unsigned", &lines[..lines.len() - 1].join("\n"));
    assert!(problem(&unsigned, &bench.trust()).contains("not signed"));
    let changed = file("changed", &text.replacen("\"krn\":2", "\"krn\":3", 1));
    assert!(problem(&changed, &bench.trust()).contains("signature does not hold"));
    let nobody = PackTrust::default();
    assert!(problem(&path, &nobody).contains("no key is trusted"));
    let stranger = SigningKey::create(&bench.path("stranger.key")).unwrap();
    let other = PackTrust { keys: vec![stranger.public()], accept_unverified: false };
    assert!(problem(&path, &other).contains("not one of those trusted"));

    let careless = PackTrust { accept_unverified: true, ..bench.trust() };
    let pack = Pack::open(&changed, &careless).unwrap();
    assert!(matches!(pack.trust(), Trust::Unverified(why) if why.contains("changed")));
    let outbox = Outbox::open(bench.folder.path()).unwrap();
    let answer = PackHeadEnd::new(Arc::new(pack), outbox, now).check(&query("01234567897", Some("VC-1001"))).unwrap();
    assert!(answer.warnings[0].contains("without a check"));
    // Other line ends and a byte-order mark are no change.
    let windows = file("windows", &format!("\u{feff}{}", text.replace('\n', "\r\n")));
    assert!(matches!(Pack::open(&windows, &bench.trust()).unwrap().trust(), Trust::Signed(_)));
}

#[test]
fn what_is_no_pack_is_refused_with_its_line() {
    let bench = Bench::new();
    let path = bench.made("day.jsonl", PackForm::Lines);
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let careless = PackTrust { accept_unverified: true, ..PackTrust::default() };
    let told = |text: &str| {
        std::fs::write(bench.path("odd"), text).unwrap();
        problem(&bench.path("odd"), &careless)
    };
    assert!(told("").contains("nothing in it"));
    assert!(told("{}").contains("line 1: missing field `schema`"));
    assert!(told(&text.replacen("wattkey/pack/1", "wattkey/pack/9", 1)).contains("wattkey/pack/9"));
    assert!(told(&[lines[0], lines[1]].join("\n")).contains("a part is missing"));
    assert!(told(&[lines[0], lines[1], lines[1]].join("\n")).contains("line 3: meter 01234567897 stands in it twice"));
    assert!(told(&text.replacen("01234567897", "01234567890", 1)).contains("line 2: DRN"));
    assert!(told(&format!("{text}\n{}", lines[1])).contains("after the signature"));
    assert!(told(&"x".repeat(70_000)).contains("line 1: longer than"));
    std::fs::write(bench.path("odd"), [0xff, 0xfe, b'\n']).unwrap();
    assert!(problem(&bench.path("odd"), &careless).contains("UTF-8"));
    std::fs::write(bench.path("odd"), b"SQLite format 3\0 and no more").unwrap();
    assert!(Pack::open(&bench.path("odd"), &careless).is_err());
}

#[test]
fn a_record_changed_behind_the_programs_back_is_not_used() {
    let bench = Bench::new();
    let drn = "01234567897".parse().unwrap();
    let path = bench.made("day.jsonl", PackForm::Lines);
    let pack = Pack::open(&path, &bench.trust()).unwrap();
    let text = std::fs::read_to_string(&path).unwrap().replacen("\"krn\":2", "\"krn\":3", 1);
    std::fs::write(&path, text).unwrap();
    assert!(pack.record(drn).unwrap_err().to_string().contains("was changed since"));

    let path = bench.made("day.sqlite", PackForm::Sqlite);
    let pack = Pack::open(&path, &bench.trust()).unwrap();
    let line = "SELECT line FROM lines WHERE seq = 2";
    let database = Connection::open(&path).unwrap();
    let text: String = database.query_row(line, [], |row| row.get(0)).unwrap();
    let text = text.replacen("\"krn\":2", "\"krn\":3", 1);
    database.execute("UPDATE lines SET line = ?1 WHERE seq = 2", params![text]).unwrap();
    assert!(pack.record(drn).unwrap_err().to_string().contains("was changed since"));
    assert!(problem(&path, &bench.trust()).contains("signature does not hold"));
}

#[test]
fn keys_come_back_from_their_files() {
    let bench = Bench::new();
    let loaded = SigningKey::load(&bench.path("depot.key"), Exposure::Refuse).unwrap();
    assert_eq!(loaded.public(), bench.key.public());
    std::fs::write(bench.path("depot.pub"), loaded.public().to_pem()).unwrap();
    assert_eq!(load_key(&bench.path("depot.pub")).unwrap(), loaded.public());
    assert!(load_key(&bench.path("depot.key")).is_err(), "a private key is no public key");
    assert!(SigningKey::load(&bench.path("depot.pub"), Exposure::Allow).is_err());
}

/// A key pair made by OpenSSL 3.0 (`openssl genpkey -algorithm ed25519`, `openssl pkey -pubout`).
#[test]
fn keys_of_openssl_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let (key, public) = (folder.path().join("k"), folder.path().join("p"));
    std::fs::write(&key, include_str!("openssl.key.txt")).unwrap();
    std::fs::write(&public, include_str!("openssl.pub.txt")).unwrap();
    let key = SigningKey::load(&key, Exposure::Allow).unwrap();
    assert_eq!(load_key(&public).unwrap(), key.public());
    assert_eq!(key.public().to_pem().replace('\r', ""), include_str!("openssl.pub.txt"));
}

#[test]
fn a_list_with_an_error_makes_no_pack() {
    let bench = Bench::new();
    let told = |change: &dyn Fn(&mut Vec<ListedMeter>)| {
        let mut meters = list();
        change(&mut meters);
        write(&bench.path("no"), PackForm::Lines, &title(), contents(meters), None).unwrap_err().to_string()
    };
    assert!(told(&|meters| meters.push(meters[0].clone())).contains("meter 01234567897 is listed twice"));
    assert!(told(&|meters| meters[0].vend_code = Some("-".into())).contains("vend code"));
    assert!(told(&|meters| meters[0].record.tokens[0].tokens.truncate(1)).contains("2, 3 or 4 tokens"));
    assert!(told(&|meters| meters[0].record.tokens[2].kind = "power-limit".into()).contains("power-limit"));
    assert!(!bench.path("no").exists());
    assert!(read_lines(&b"\n{\"drn\":1}"[..]).unwrap_err().starts_with("line 2: "));
}

#[test]
fn a_spreadsheet_makes_the_same_records() {
    let csv = "\u{feff}DRN;Vend_Code;Standing;Serial;Maker;SGC;KRN;KT;TI;EA;Power_Limit_W;Customer_Account;Key_Change;\
               From_SGC;From_KRN;From_KT;From_TI;Power_Limit\r\n\
               01234567897;VC-1001;active;23456789;WKS;123456;2;2;1;07;9200;VC-1001;\
               0603 1923 3898 6525 7551 / 54410140490567978754;123456;1;2;1;9200=32002453017816041032\r\n\
               04297421028;VC-1002;blocked;;;;;;;;;;;;;;;\r\n";
    let meters = read_csv(csv.as_bytes()).unwrap();
    let expected = list();
    assert_eq!(meters[0].vend_code, expected[0].vend_code);
    assert_eq!(meters[0].record.customer, expected[0].record.customer);
    assert_eq!(meters[0].record.tokens[0], IssuedTokens { to: None, ..expected[0].record.tokens[0].clone() });
    assert_eq!(meters[0].record.tokens[1], expected[0].record.tokens[2]);
    assert_eq!(meters[1].record.standing, Standing::Blocked);

    let wrong = |csv: &str| read_csv(csv.as_bytes()).unwrap_err();
    assert!(wrong("drn,krm\n01234567897,1\n").contains("column \"krm\" is not known"));
    assert!(wrong("standing\nactive\n").contains("line 2") && wrong("standing\nactive\n").contains("drn"));
    assert!(wrong("drn,standing,krn\n01234567897,active,x\n").contains("line 2: krn"));
    assert!(wrong("drn,standing\n1.23E+10,active\n").contains("spreadsheet"));
    assert!(wrong("drn,standing,clear_tamper\n01234567897,active,5.4410140490568E+19\n").contains("spreadsheet"));
    assert!(wrong("drn,standing,drn\n01234567897,active,2\n").contains("twice"));
}

/// A database whose `lines` is what `sql` makes of it.
fn database(bench: &Bench, name: &str, sql: &str) -> PathBuf {
    let path = bench.path(name);
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    path
}

#[test]
fn lines_that_are_no_plain_table_are_not_read() {
    let bench = Bench::new();
    let careless = PackTrust { accept_unverified: true, ..PackTrust::default() };
    let endless = "CREATE VIEW lines AS WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n)
                   SELECT seq, '' AS line FROM n";
    let computed = "CREATE TABLE lines (seq INTEGER PRIMARY KEY, line TEXT AS (printf('%.*c', 1000, 'x')));
                    INSERT INTO lines (seq) VALUES (1)";
    let wider = "CREATE TABLE lines (seq INTEGER PRIMARY KEY, line TEXT, more TEXT)";
    for (name, sql) in [("endless", endless), ("computed", computed), ("wider", wider)] {
        let told = problem(&database(&bench, name, sql), &careless);
        assert!(told.contains("no plain table"), "{name}: {told}");
    }
    let told = problem(&database(&bench, "other", "CREATE TABLE records (seq INTEGER)"), &careless);
    assert!(told.contains("no table \"lines\""), "{told}");
    let long = "CREATE TABLE lines (seq INTEGER PRIMARY KEY, line TEXT);
                INSERT INTO lines VALUES (1, printf('%.*c', 100000000, 'x'))";
    assert!(Pack::open(&database(&bench, "long", long), &careless).is_err());
}

#[test]
fn no_record_is_read_before_the_signature_holds() {
    let bench = Bench::new();
    let text = std::fs::read_to_string(bench.made("day.jsonl", PackForm::Lines)).unwrap();
    let changed = bench.path("changed");
    std::fs::write(&changed, text.replacen("{\"drn\"", "{]\"drn\"", 1)).unwrap();
    assert!(problem(&changed, &bench.trust()).contains("signature does not hold"));
    let careless = PackTrust { accept_unverified: true, ..bench.trust() };
    assert!(problem(&changed, &careless).contains("line 2"));
}

#[test]
fn sealed_keys_come_out_of_either_form_as_they_went_in() {
    let bench = Bench::new();
    let plain = b"meter,encryption_key\n".repeat(5_000);
    let recipient = crate::keys::Recipient::Passphrase(crate::keys::Secret::new("one for this test".to_owned()));
    let sealed = crate::keys::seal(&plain, &recipient).unwrap();
    for (name, form) in [("keys.pack", PackForm::Lines), ("keys.sqlite", PackForm::Sqlite)] {
        let path = bench.path(name);
        let contents = Contents { meters: list(), sealed_keys: Some(sealed.clone()) };
        let header = write(&path, form, &title(), contents, Some(&bench.key)).unwrap();
        let pack = Pack::open(&path, &bench.trust()).unwrap();
        assert_eq!((header.records, pack.sealed_keys().unwrap().as_ref()), (4, Some(&sealed)));
        assert!(pack.record("01234567897".parse().unwrap()).unwrap().is_some());
    }
    let text = std::fs::read_to_string(bench.path("keys.pack")).unwrap();
    let start = text.find("{\"dlms_keys\"").unwrap() + 20;
    let changed =
        format!("{}{}{}", &text[..start], if &text[start..=start] == "A" { "B" } else { "A" }, &text[start + 1..]);
    std::fs::write(bench.path("changed.pack"), changed).unwrap();
    assert!(problem(&bench.path("changed.pack"), &bench.trust()).contains("signature does not hold"));
    assert_eq!(Pack::open(&bench.made("none", PackForm::Lines), &bench.trust()).unwrap().sealed_keys().unwrap(), None);
    let contents = Contents { meters: list(), sealed_keys: Some(plain) };
    let refused = write(&bench.path("open.pack"), PackForm::Lines, &title(), contents, None).unwrap_err();
    assert!(refused.to_string().contains("not sealed"), "{refused}");
    assert!(!bench.path("open.pack").exists());
}
