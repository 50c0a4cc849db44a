//! What commands print at 40, 60, 80 and 120 columns, as files in tests/cli/screens: `WATTKEY_BLESS=1 cargo test --test cli
//! screens` writes them anew. A digit stands for any digit, for loads and times differ from run to run.

use std::fs;
use std::path::Path;

use crate::program::Home;

const WIDTHS: [&str; 4] = ["40", "60", "80", "120"];

/// Name of the file, and the command.
const SCREENS: &[(&str, &str)] = &[
    ("read", "read 1.0.1.8.0.255 1.0.99.99.99.255 --link sim:?fresh&clock=2026-11-21T08:00:00Z"),
    ("events", "events --link sim:?fresh&clock=2026-11-21T08:00:00Z"),
    ("profile", "profile --link sim:?fresh&clock=2026-11-21T08:00:00Z --from 2026-11-21T06:00:00Z"),
    ("relay", "relay --link sim:"),
    ("limit", "limit --link sim:"),
    (
        "token-decode",
        "token decode 45433083317098728816 --keys lab.json --drn 01234567897 --sgc 123456 --krn 1 --kt 2 --ti 1 --ea 07",
    ),
    ("kct-show", "kct show 06031923389865257551 54410140490567978754"),
    (
        "diagnose",
        "diagnose 32002453017816041032 --keys lab.json --drn 01234567897 --sgc 123456 --krn 2 --kt 2 --ti 1 --ea 07",
    ),
    ("explain", "explain crc-error"),
    ("profiles-list", "profiles list"),
    ("keys-list", "keys list lab.json"),
    ("ledger-list", "ledger list"),
    ("sim-models", "sim models"),
    ("commission-plans", "commission --list-plans"),
    ("commission-plan", "commission --show-plan single-phase"),
    ("bulk-check", "bulk run jobs.csv --check-only"),
    ("bulk-check-bad", "bulk run bad.csv --check-only"),
    ("setup", "setup --link sim:?fresh&clock=2026-11-21T08:00:00Z --name yard"),
    ("token-enter", "token enter 18446744073843772416 --link sim:entry?fresh&clock=2026-11-21T08:00:00Z"),
    ("no-such-port", "status --link nowhere"),
    ("topics", "help topic"),
    ("scan", "scan --link sim: -p dlms"),
    ("write", "write 1.0.1.8.0.255 5 --link sim:?fresh&clock=2026-11-21T08:00:00Z --yes"),
    ("clock", "clock --link sim:"),
    ("firmware", "firmware show --link sim:"),
    ("security", "security show --link sim:"),
    ("ledger-verify", "ledger verify"),
    ("keys-check", "keys check lab.json"),
    ("profiles-check", "profiles check bad.toml"),
    ("profiles-show", "profiles show generic-modbus"),
    ("bulk-status", "bulk status"),
    ("bulk-report", "bulk report"),
    ("orders-report", "orders report --store sqlite:none.sqlite"),
    ("headend-outbox", "headend outbox"),
    ("certificate", "certificate check --certificates register.csv --maker WKS --model WK1-KP --sgc 123456"),
    ("commission-refused", "commission --plan single-phase --link sim: --dry-run"),
    ("kct-enter-refused", "kct enter 06031923389865257551 54410140490567978754 --link sim: --yes"),
    ("smets-start", "smets install start --device esme --device gsme"),
    ("smets-lights", "smets install lights"),
    ("smets-utrn", "smets utrn check 12345678901234567890"),
    ("trace-decode", "trace decode none.jsonl"),
];

/// What the command prints at each width.
fn screens(command: &str) -> String {
    let mut shown = String::new();
    for width in WIDTHS {
        let home = Home::new();
        assert_eq!(home.run(&["sim", "keys", "lab.json"]).code, 0);
        let plan =
            "schema = \"wattkey/plan/1\"\nname = \"look\"\ndescription = \"d\"\nsteps = [\"identify\", \"status\"]\n";
        home.write("look.toml", plan);
        home.write("jobs.csv", "id,serial,link,plan\n1,a,tcp:10.0.0.7:4001,look.toml\n");
        home.write(
            "register.csv",
            "manufacturer,manufacturer_code,model,certificate,expires,sgc\nWKS,93,WK1-KP,STS-0001,2035-01-01,123456\n",
        );
        let map = "name = \"bad\"\ndescription = \"d\"\nprotocol = \"modbus\"\n[modbus.registers]\n\
                   voltage-l1 = { function = 3, register = 1, type = \"u16\", unit = \"V\" }\n";
        home.write("bad.toml", map);
        home.write("bad.csv", "id,serial,link,plan\n1,a,nowhere,look.toml\n2,,tcp:10.0.0.7:4001,none\n");
        let words: Vec<&str> = command.split(' ').collect();
        let run = home.run_with(&words, &[("COLUMNS", width), ("WATTKEY_OPERATOR", "tech")]);
        let folder = home.path("").display().to_string();
        let text = format!("{}{}", run.stdout, run.stderr).replace(&folder, "FOLDER/");
        let text: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
        shown.push_str(&format!("== {width} columns, exit {}\n{text}", run.code));
    }
    shown
}

#[test]
fn screens_are_as_they_were() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/screens");
    let mut changed = Vec::new();
    for (name, command) in SCREENS {
        let path = folder.join(format!("{name}.txt"));
        let shown = screens(command);
        if std::env::var_os("WATTKEY_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &shown).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != shown {
            changed.push(format!("{name}:\n{shown}"));
        }
    }
    assert!(changed.is_empty(), "look, then WATTKEY_BLESS=1 cargo test --test cli screens: {}", changed.join("\n"));
}

#[test]
fn no_table_is_wider_than_its_screen() {
    // Paths and texts of errors are no tables: the terminal breaks them.
    let tables = [
        "read",
        "events",
        "profile",
        "profiles-list",
        "keys-list",
        "ledger-list",
        "sim-models",
        "security",
        "firmware",
        "write",
        "certificate",
    ];
    // What these show depends on the day, so that no file holds it.
    let of_the_day = [
        ("status", "status --link sim:?fresh"),
        ("clock-drift", "clock --link sim:?fresh"),
        ("monitor", "monitor --link sim: --check"),
    ];
    for (name, command) in SCREENS.iter().filter(|(name, _)| tables.contains(name)).chain(&of_the_day) {
        let mut width = 0;
        for line in screens(command).lines() {
            match line.strip_prefix("== ") {
                Some(head) => width = head.split(' ').next().unwrap().parse().unwrap(),
                None => assert!(line.chars().count() <= width, "{name} at {width}: {line}"),
            }
        }
    }
}
