//! Pictures of terminal output in docs/img, drawn from real runs: `WATTKEY_BLESS=1 cargo test --test cli pictures` draws
//! them anew. What a run shows may differ in its numbers (the time, a load that varies), and in nothing else.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A picture: its name, and commands in the order in which they are run on one state folder.
const PICTURES: [(&str, &[&str]); 2] = [
    ("status", &["wattkey status --link sim:"]),
    (
        "diagnose",
        &[
            "wattkey diagnose 32002453017816041032 --keys lab.json --drn 01234567897 --sgc 123456 --krn 2 --kt 2 --ti 1 --ea 07",
        ],
    ),
];

const COLUMNS: &str = "80";

/// The commands as typed, each with what it prints.
fn session(commands: &[&str]) -> String {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_wattkey"))
            .args(arguments)
            .current_dir(home.path())
            .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
            .env("WATTKEY_STATE_DIR", home.path().join("state"))
            .env("WATTKEY_CONFIG", home.path().join("config.toml"))
            .env("WATTKEY_COLOR", "always")
            .env("COLUMNS", COLUMNS)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["sim", "keys", "lab.json"]);
    let mut shown = String::new();
    for command in commands {
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        let (typed, _) = words.iter().fold(("$ wattkey".to_owned(), 9), |(text, width), word| {
            // As a shell wraps a long line, at a word.
            if width + word.len() > 78 {
                (format!("{text} \\\n    {word}"), 4 + word.len())
            } else {
                (format!("{text} {word}"), width + 1 + word.len())
            }
        });
        shown.push_str(&format!("\u{1b}[1m{typed}\u{1b}[0m\n{}\n", run(&words)));
    }
    shown.trim_end().to_owned() + "\n"
}

/// The words of a picture, each number a 0 and each run of blanks one.
fn words(svg: &str) -> String {
    let mut words = String::new();
    for c in svg.chars() {
        let c = if c.is_ascii_digit() { '0' } else { c };
        if !(matches!(c, '0' | ' ') && words.ends_with(c)) {
            words.push(c);
        }
    }
    words
}

#[test]
fn pictures_show_what_the_program_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/img");
    for (name, commands) in PICTURES {
        let svg = anstyle_svg::Term::new().render_svg(&session(commands));
        let path = folder.join(format!("{name}.svg"));
        if std::env::var_os("WATTKEY_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &svg).unwrap();
        }
        let drawn = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(words(&drawn), words(&svg), "{name}.svg is out of date: draw it anew with WATTKEY_BLESS=1");
    }
}

#[test]
fn every_picture_is_shown_in_a_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = ["README.md", "docs/diagnosis.md"].map(|page| fs::read_to_string(root.join(page)).unwrap()).concat();
    for (name, _) in PICTURES {
        assert!(pages.contains(&format!("img/{name}.svg")), "{name}.svg is shown nowhere");
    }
}
