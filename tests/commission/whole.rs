//! A whole job, key change included, and the same job again.

use serde_json::{Value, json};

use crate::workplace::{Workplace, state};

#[test]
fn a_whole_job_is_done_once() {
    let place = Workplace::new();
    let link = "sim:one?tamper=cover-open";
    let pack = place.pack("day.pack", &[place.record(link)], 5);
    let job = place.job("sim:one", &pack);

    let mut dry = job.clone();
    dry.push("--dry-run");
    let (report, exit) = place.run(&dry);
    assert_eq!((exit, report["outcome"].as_str()), (0, Some("planned")), "{report}");
    for step in ["key-change", "clear-tamper", "power-limit", "relay-test", "first-credit", "seal"] {
        assert_eq!(state(&report, step), "planned", "{step}: {report}");
    }
    assert_eq!(place.ledger_rows(), 0, "a dry run writes nothing");
    assert_eq!(place.status("sim:one")["sts"]["krn"], 1);

    let before = place.status("sim:one")["credit"]["available"].as_f64().unwrap();
    let (report, exit) = place.run(&job);
    assert_eq!((exit, report["outcome"].as_str()), (0, Some("commissioned")), "{report}");
    for step in [
        "identify",
        "record",
        "vend-code",
        "firmware",
        "key-change",
        "clear-tamper",
        "power-limit",
        "relay-test",
        "first-credit",
        "polarity",
        "seal",
        "status",
        "report",
    ] {
        assert_eq!(state(&report, step), "done", "{step}: {report}");
    }
    assert_eq!(state(&report, "certificate"), "skipped");
    assert_eq!(state(&report, "clock"), "already");
    assert_eq!(report["schema"], "wattkey/commission/1");
    let status = place.status("sim:one");
    assert_eq!((&status["sts"]["krn"], &status["tamper"]), (&json!(2), &json!([])), "{status}");
    assert_eq!((&status["limits"]["power_w"], &status["relay"]["output"]), (&json!(9200.0), &json!("closed")));
    let credit = status["credit"]["available"].as_f64().unwrap();
    assert!((credit - before - 5.0).abs() < 0.1, "{before} → {credit}");
    place.assert_ledger("after the job");
    // The head printed is that of the ledger, so that later cuts are found.
    let head = report["ledger_head"].as_str().unwrap().to_owned();
    assert_eq!(place.run(&["ledger", "verify", "--head", &head]).1, 0);

    let rows = place.ledger_rows();
    let (report, exit) = place.run(&job);
    assert_eq!((exit, report["outcome"].as_str()), (0, Some("commissioned")), "{report}");
    for step in ["key-change", "clear-tamper", "power-limit", "relay-test", "first-credit", "polarity", "seal"] {
        assert_eq!(state(&report, step), "already", "{step}: {report}");
    }
    assert_eq!(place.ledger_rows(), rows + 2, "nothing but the job itself");
    assert!(report["head_end"]["offline"].as_bool().unwrap());
    let (shown, _) = place.run(&["ledger", "show", "job-1"]);
    assert!(!shown.to_string().contains("VC1001") && !shown.to_string().contains("VC-1001"), "{shown}");
}

#[test]
fn four_sections_and_every_phase() {
    let place = Workplace::new();
    let link = "sim:three?model=three-phase-ct";
    let mut record = place.record(link);
    record["sgc"] = json!("123457");
    let pack = place.pack("day.pack", &[record], 5);
    let mut job = vec!["commission", "--plan", "three-phase-ct", "--link", link, "--headend", &pack];
    job.extend(["--accept-unverified-pack", "--vend-code", crate::workplace::CODE, "--yes"]);
    for answer in ["phase-sequence=yes", "ct-ratio=200/5", "ct-direction=yes", "covers=yes", "seal=B 1 2"] {
        job.extend(["--answer", answer]);
    }
    let (report, exit) = place.run(&job);
    assert_eq!((exit, report["outcome"].as_str()), (0, Some("commissioned")), "{report}");
    assert_eq!(place.status(link)["sts"]["krn"], 2);
    assert_eq!(report["job"], report["meter"]["serial"], "a job without an id has the meter's number");
}

#[test]
fn what_is_missing_or_wrong_is_told_before_the_meter_is_asked() {
    let place = Workplace::new();
    let told = |arguments: &[&str], exit: i32, part: &str| {
        let (document, code) = place.run(arguments);
        assert_eq!(code, exit, "{document}");
        assert!(document.to_string().contains(part), "{part}: {document}");
    };
    let pack = place.pack("day.pack", &[place.record("sim:one")], 5);
    let begin = ["commission", "--link", "replay:/nowhere", "--headend", &pack, "--accept-unverified-pack"];
    let with = |more: &[&'static str]| [begin.to_vec(), more.to_vec()].concat();
    told(&with(&["--yes"]), 2, "--answer polarity=");
    told(&with(&["--yes"]), 2, "--vend-code");
    told(&with(&["--answer", "weather=fine", "--dry-run"]), 2, "weather");
    told(&with(&["--set", "krn=12", "--dry-run"]), 2, "KRN");
    told(&with(&["--plan", "no-such", "--dry-run"]), 2, "no plan");
    told(&["commission", "--link", "replay:/nowhere"], 2, "--headend");
    let own = place.path("own.toml");
    std::fs::write(&own, "schema = \"wattkey/plan/1\"\nname = \"own\"\nsteps = [\"identify\",\n\"paint\"]\n").unwrap();
    told(&with(&["--plan", own.to_str().unwrap().to_owned().leak()]), 2, "line 4");
    // Not confirmed: exit 8, and nothing is written.
    let mut job = place.job("sim:one", &pack);
    job.retain(|word| *word != "--yes");
    told(&job, 8, "--yes");
    assert_eq!(place.ledger_rows(), 0);
    // A meter that is not the one that is meant.
    let mut job = place.job("sim:one", &pack);
    job.extend(["--expect-serial", "1"]);
    let (report, exit) = place.run(&job);
    assert_eq!((exit, report["outcome"].as_str()), (8, Some("stopped")), "{report}");
    assert_eq!(place.status("sim:one")["sts"]["krn"], 1);
}

#[test]
fn a_plan_of_ones_own_and_a_job_in_a_file() {
    let place = Workplace::new();
    let (plan, job) = (place.path("own.toml"), place.path("job.toml"));
    std::fs::write(
        &plan,
        "schema = \"wattkey/plan/1\"\nname = \"own\"\nsteps = [\"identify\", \"record\", \"power-limit\", \"sealed\"]\n\
         [[questions]]\nid = \"sealed\"\nask = \"Sealed?\"\n",
    )
    .unwrap();
    std::fs::write(&job, "id = \"j-7\"\n[answer]\nsealed = true\n[plan]\npower_limit_w = 5000\n").unwrap();
    let (plan, job) = (plan.to_str().unwrap(), job.to_str().unwrap());
    let (report, exit) = place.run(&["commission", "--link", "sim:own", "--plan", plan, "--job", job, "--yes"]);
    assert_eq!((exit, report["job"].as_str()), (0, Some("j-7")), "{report}");
    assert_eq!(place.status("sim:own")["limits"]["power_w"], 5000.0);
    // A no is a failed check, and stays in the ledger.
    let arguments =
        ["commission", "--link", "sim:own", "--plan", plan, "--id", "j-8", "--answer", "sealed=no", "--yes"];
    let (report, exit) = place.run(&arguments);
    assert_eq!((exit, state(&report, "sealed")), (1, "failed"), "{report}");
    place.assert_ledger("after a no");
    // What the meter cannot do is said, and fails the job unless the plan lets it be left out.
    let line = "sim:iec?model=single-phase-keypad";
    let arguments =
        ["commission", "--link", line, "-p", "iec62056-21", "--plan", plan, "--job", job, "--id", "j-9", "--yes"];
    let (report, exit) = place.run(&arguments);
    assert_eq!((exit, state(&report, "power-limit")), (1, "failed"), "{report}");
    let reason = report["steps"][2]["reason"].as_str().unwrap();
    assert!(reason.contains("by which a token could be had"), "{reason}");
}

#[test]
fn a_serial_met_with_another_number_or_in_another_place_is_a_suspected_clone() {
    let place = Workplace::new();
    let pack = place.pack("day.pack", &[place.record("sim:one")], 5);
    let (report, exit) = place.run(&place.job("sim:one", &pack));
    assert_eq!(exit, 0, "{report}");
    // The same meter under another code.
    let mut elsewhere = place.record("sim:one");
    elsewhere["vend_code"] = json!("VC-2002");
    let second = place.pack("second.pack", &[elsewhere], 5);
    let other_code = |job: Vec<&'static str>| -> Vec<&'static str> {
        job.into_iter().map(|word| if word == crate::workplace::CODE { "VC-2002" } else { word }).collect()
    };
    let mut job = other_code(place.job("sim:one", second.leak()));
    job.extend(["--id", "job-2"]);
    // clap takes an option once: the id is given anew.
    let job: Vec<&str> = without_first(job, "--id");
    let (report, exit) = place.run(&job);
    assert_eq!((exit, report["outcome"].as_str()), (8, Some("stopped")), "{report}");
    assert!(clone_told(&report), "{report}");
    let moved = [job.clone(), vec!["--moved"]].concat();
    let (report, exit) = place.run(&moved);
    assert_eq!(exit, 0, "moved on purpose: {report}");
    // The same DRN in a meter with another serial number: by the ledger.
    let drn = report["meter"]["drn"].as_str().unwrap();
    let twin = format!("sim:twin?key.drn={drn}&seed=7");
    let own = place.path("own.toml");
    std::fs::write(&own, "schema = \"wattkey/plan/1\"\nname = \"own\"\nsteps = [\"identify\", \"record\"]\n").unwrap();
    let (report, exit) =
        place.run(&["commission", "--link", &twin, "--plan", own.to_str().unwrap(), "--id", "job-3", "--yes"]);
    if report["meter"]["serial"] != place.status("sim:one")["meter"]["serial"] {
        assert_eq!((exit, report["outcome"].as_str()), (8, Some("stopped")), "{report}");
        assert!(clone_told(&report), "{report}");
    }
}

fn clone_told(report: &Value) -> bool {
    report["error"]["message"].as_str().is_some_and(|message| message.contains("suspected clone"))
}

/// Leaves out the first mention of an option and its value.
fn without_first<'a>(mut words: Vec<&'a str>, option: &str) -> Vec<&'a str> {
    let place = words.iter().position(|word| *word == option).unwrap();
    words.drain(place..place + 2);
    words
}
