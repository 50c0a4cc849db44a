//! Runs as a script meets them: results, resuming, locks, trouble with the disk.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use wattkey::bulk::RunDirectory;
use wattkey::connect::port_lock::PortLocks;

use super::field::{Field, documents, ended};

#[test]
fn a_run_tells_each_job_and_is_done_once() {
    let field = Field::new(6, 2);
    let dry = field.bulk_run(&["--dry-run"]).output().unwrap();
    let (summary, code) = ended(&dry);
    assert_eq!((code, summary["planned"].as_u64()), (0, Some(6)), "{dry:?}");
    assert!(!field.path("accepted.jsonl").exists() || field.accepted().is_empty(), "a dry run enters nothing");

    let output = field.bulk_run(&[]).output().unwrap();
    let (summary, code) = ended(&output);
    assert_eq!((code, summary["schema"].as_str()), (0, Some("wattkey/bulk-run/1")), "{output:?}");
    let ids: BTreeSet<String> = documents(&output)
        .iter()
        .filter(|document| document["schema"] == "wattkey/bulk-job/1" && document["verdict"] == "done")
        .map(|document| document["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 6);
    field.judge();

    // Without --resume a run that was begun is not begun again; with it there is nothing left.
    let again = field.bulk_run(&[]).output().unwrap();
    let (error, code) = ended(&again);
    assert_eq!(code, 8, "{error}");
    assert!(error["error"]["hints"][0].as_str().unwrap().contains("--resume"));
    let resumed = field.bulk_run(&["--resume"]).output().unwrap();
    let (summary, code) = ended(&resumed);
    assert_eq!((code, summary["done"].as_u64(), summary["done_before"].as_u64()), (0, Some(0), Some(6)));
    field.judge();

    let page = field.path("report.html");
    let sheets = field.path("sheets.html");
    let report = field
        .program()
        .args(["bulk", "report", "jobs", "--json", "--html"])
        .arg(&page)
        .arg("--certificates")
        .arg(&sheets)
        .output()
        .unwrap();
    assert_eq!(report.status.code(), Some(0), "{report:?}");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.matches("<svg").count() >= 3 && !page.contains("<script") && !page.contains("src="), "{page}");
    let sheets = fs::read_to_string(sheets).unwrap();
    assert_eq!(sheets.matches("<section").count(), 6);
    for meter in &field.meters {
        assert!(sheets.contains(meter["drn"].as_str().unwrap()));
    }
}

#[test]
fn failed_jobs_are_told_and_done_when_the_list_is_right() {
    let field = Field::new(4, 2);
    let good = field.rows();
    // Two rows have each other's meter; the meter on the line tells another serial number.
    let mut rows = good.clone();
    let swap = |from: &str, to: &str| {
        let (from, to): (Vec<&str>, Vec<&str>) = (from.split(';').collect(), to.split(';').collect());
        let mut mixed = from.clone();
        (mixed[3], mixed[4]) = (to[3], to[4]);
        mixed.join(";")
    };
    rows[0] = swap(&good[0], &good[1]);
    rows[1] = swap(&good[1], &good[0]);
    field.write_list(&rows);
    let output = field.bulk_run(&[]).output().unwrap();
    let (summary, code) = ended(&output);
    assert_eq!((code, &summary["done"], &summary["stopped"]), (9, &2.into(), &2.into()), "{output:?}");
    let stopped = documents(&output).into_iter().find(|document| document["id"] == "job-0").unwrap();
    assert_eq!((&stopped["verdict"], &stopped["exit"]), (&"stopped".into(), &8.into()), "{stopped}");
    field.write_list(&good);
    let nothing = field.bulk_run(&["--only", "failed"]).output().unwrap();
    assert_eq!(ended(&nothing).0["done"], 0);
    let output = field.bulk_run(&["--only", "stopped"]).output().unwrap();
    let (summary, code) = ended(&output);
    assert_eq!((code, &summary["done"]), (0, &2.into()), "{output:?}");
    field.judge();
}

#[test]
fn enough_failures_end_the_run() {
    let field = Field::new(4, 1);
    let rows: Vec<String> = field.rows().iter().map(|row| row.replace(";ACC-", ";WRONG-")).collect();
    field.write_list(&rows);
    let output = field.bulk_run(&["--max-failures", "2"]).output().unwrap();
    let (summary, code) = ended(&output);
    assert_eq!((code, &summary["done"], &summary["not_begun"]), (9, &0.into(), &2.into()), "{output:?}");
}

#[test]
fn what_another_process_holds_is_refused() {
    let field = Field::new(2, 1);
    let run = RunDirectory::new(&field.path("state")).lock_run("jobs").unwrap();
    let refused = field.bulk_run(&[]).output().unwrap();
    let (error, code) = ended(&refused);
    assert_eq!((code, error["error"]["code"].as_str()), (3, Some("port-busy")), "{error}");
    assert!(error["error"]["message"].as_str().unwrap().contains(&format!("process {}", std::process::id())));
    drop(run);
    let link = field.meters[0]["link"].as_str().unwrap();
    let port = PortLocks::new(&field.path("state")).take(link.strip_prefix("tcp:").unwrap()).unwrap();
    assert_eq!(ended(&field.bulk_run(&[]).output().unwrap()).1, 3);
    let status = field.program().args(["status", "--json", "--link", link]).output().unwrap();
    assert_eq!(status.status.code(), Some(3), "{status:?}");
    drop(port);
    assert_eq!(ended(&field.bulk_run(&[]).output().unwrap()).1, 0);
    field.judge();
}

#[test]
fn the_first_interrupt_ends_each_line_after_its_step() {
    let field = Field::with(16, 2, &["--fault", "delay=20ms"]);
    let mut child = field.bulk_run(&["-q"]).stdout(Stdio::piped()).spawn().unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    while !field.path("state/ledger.sqlite").exists()
        || field.json(&["bulk", "status", "--json"])["runs"][0]["begun"].as_u64().unwrap_or(0) == 0
    {
        assert!(Instant::now() < deadline, "the run never began");
        assert_eq!(child.try_wait().unwrap(), None, "the run is over already");
    }
    let pid = rustix::process::Pid::from_raw(child.id().try_into().unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    let (summary, code) = ended(&output);
    assert_eq!(code, 130, "{summary}");
    assert!(summary["not_begun"].as_u64().unwrap() > 0, "{summary}");
    let resumed = field.bulk_run(&["--resume", "-q"]).output().unwrap();
    assert_eq!(ended(&resumed).1, 0, "{resumed:?}");
    field.judge();
}

#[test]
fn results_that_cannot_be_written_end_the_run_and_lose_nothing() {
    let field = Field::new(4, 2);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = field.bulk_run(&["-q"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(ended(&field.bulk_run(&["--resume"]).output().unwrap()).1, 0);
    field.judge();
}

#[test]
fn a_disk_that_fills_up_ends_the_run_and_loses_nothing() {
    let field = Field::new(12, 2);
    // The system refuses to let any file grow beyond so much, as a full disk would.
    let run = field.bulk_run(&["-q"]);
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 400; exec \"$0\" \"$@\""]).arg(run.get_program()).args(run.get_args());
    for (name, value) in run.get_envs() {
        limited.env(name, value.unwrap());
    }
    let output = limited.stdin(Stdio::null()).output().unwrap();
    let (error, code) = ended(&output);
    assert_eq!((code, error["error"]["code"].as_str()), (8, Some("ledger")), "{output:?}");
    assert_eq!(ended(&field.bulk_run(&["--resume"]).output().unwrap()).1, 0);
    field.judge();
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let field = Field::new(1, 1);
    fs::write(field.path("file"), "").unwrap();
    let output = field
        .bulk_run(&[])
        .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
        .env("WATTKEY_STATE_DIR", field.path("file/state"))
        .output()
        .unwrap();
    let (error, code) = ended(&output);
    assert_eq!(code, 2, "{error}");
    assert!(error["error"]["message"].as_str().unwrap().contains("file/state"), "{error}");
    let report = field.bulk_run(&["-q"]).output().unwrap();
    assert_eq!(ended(&report).1, 0);
    let unwritten = field
        .program()
        .args(["bulk", "report", "--json", "--html"])
        .arg(field.path("file/report.html"))
        .output()
        .unwrap();
    let error: Value = serde_json::from_slice(&unwritten.stdout).unwrap();
    assert_eq!((unwritten.status.code(), error["error"]["code"].as_str()), (Some(2), Some("file")), "{error}");
}
