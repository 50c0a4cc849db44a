//! What the architecture promises, as rules over the source. Each gives the sentences that say what breaks it.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Source;

/// The rooms from the bottom up. A room uses those of lines above its own in this list, and itself.
pub const LAYERS: &[&[&str]] = &[
    &["error", "hex", "quantity", "toml_problem", "xml"],
    &["files", "lines"],
    &["state"],
    &["sts", "protocol"],
    &["link"],
    &["keys", "knowledge"],
    &["meter", "diagnosis"],
    &["sim", "ledger", "output"],
    &["connect", "smets"],
    &["change", "headend"],
    &["commission"],
    &["bulk", "monitor"],
    &["orders"],
    &["readings"],
    &["documents"],
];

/// Rooms that may use less than their line allows.
const NARROW: &[(&str, &[&str])] = &[
    ("sts", &["error", "hex"]),
    ("protocol", &["error", "hex", "sts"]),
    ("diagnosis", &["error", "hex", "sts", "knowledge"]),
];

/// Rooms without input and output: time and bytes are arguments.
const PURE: &[&str] = &["sts", "protocol", "diagnosis"];

/// What pure code does not touch.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "time::OffsetDateTime::now_utc",
    "time::OffsetDateTime::now_local",
];

/// What only the program does: print, ask, read the environment, exit.
const OF_THE_PROGRAM: &[&str] = &[
    "std::env",
    "std::process::exit",
    "std::process::abort",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
    "clap",
    "clap_complete",
    "clap_mangen",
    "dialoguer",
    "indicatif",
    "anstream",
    "ctrlc",
    "etcetera",
];

fn room(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

fn layer(room: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&room))
}

/// Rooms that are on no line, and uses against the direction of the layers.
pub fn against_the_layers(source: &Source) -> Vec<String> {
    let mut broken = Vec::new();
    for (file, used) in source.uses() {
        if file == "lib.rs" {
            continue;
        }
        let user = room(file);
        let Some(own) = layer(user) else {
            broken.push(format!("{file}: the room `{user}` has no place in LAYERS"));
            continue;
        };
        for other in used.iter().map(|file| room(file)).filter(|other| *other != user).collect::<BTreeSet<_>>() {
            let narrow = NARROW.iter().find(|(name, _)| *name == user).map(|(_, allowed)| *allowed);
            let allowed = match (narrow, layer(other)) {
                (Some(allowed), _) => allowed.contains(&other),
                (None, Some(below)) => below < own,
                (None, None) => other == "lib",
            };
            if !allowed {
                broken.push(format!("{file}: `{user}` must not use `{other}`"));
            }
        }
    }
    broken
}

/// Whether a path begins with one of these; a pattern ends at a whole name.
fn begins_with<'p>(path: &[String], patterns: &[&'p str]) -> Option<&'p str> {
    let text = path.join("::");
    let fits =
        |pattern: &&&str| text.strip_prefix(**pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    patterns.iter().find(fits).copied()
}

/// Input and output in pure rooms.
pub fn impure(source: &Source) -> Vec<String> {
    let mentions = source.mentions.iter().filter(|mention| PURE.contains(&room(&mention.file)));
    let found = mentions.filter_map(|mention| Some((&mention.file, begins_with(&mention.path, IMPURE)?)));
    found.map(|(file, what)| format!("{file}: {what} in a room without input and output")).collect()
}

/// Printing, asking, the environment and exits anywhere in the library.
pub fn of_the_program(source: &Source) -> Vec<String> {
    let found =
        source.mentions.iter().filter_map(|mention| Some((&mention.file, begins_with(&mention.path, OF_THE_PROGRAM)?)));
    found.map(|(file, what)| format!("{file}: {what} belongs to the program")).collect()
}

/// The folder a file belongs to; `link/trace.rs` beside a folder `link/trace/` is the root of that one.
fn folder<'a>(file: &'a str, files: &BTreeMap<&str, BTreeSet<&str>>) -> &'a str {
    let stem = file.trim_end_matches(".rs");
    let is_root = |other: &&str| other.strip_prefix(stem).is_some_and(|rest| rest.starts_with('/'));
    if files.iter().any(|(user, used)| is_root(user) || used.iter().any(is_root)) {
        return stem;
    }
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Circles of files that use one another and are in different folders.
pub fn circles(source: &Source) -> Vec<String> {
    let uses = source.uses();
    let mut found = Vec::new();
    for group in strongly_connected(&uses) {
        let folders: BTreeSet<&str> = group.iter().map(|file| folder(file, &uses)).collect();
        if group.len() > 1 && folders.len() > 1 {
            let group: Vec<&str> = group.into_iter().collect();
            found.push(format!("these files use one another in a circle: {}", group.join(", ")));
        }
    }
    found
}

/// Tarjan's algorithm without recursion limits in practice: the graph has some hundreds of files.
fn strongly_connected<'a>(uses: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Vec<BTreeSet<&'a str>> {
    struct State<'a> {
        index: BTreeMap<&'a str, usize>,
        low: BTreeMap<&'a str, usize>,
        stack: Vec<&'a str>,
        groups: Vec<BTreeSet<&'a str>>,
    }
    fn visit<'a>(file: &'a str, uses: &BTreeMap<&'a str, BTreeSet<&'a str>>, state: &mut State<'a>) {
        let index = state.index.len();
        state.index.insert(file, index);
        state.low.insert(file, index);
        state.stack.push(file);
        for used in uses.get(file).into_iter().flatten().copied() {
            if !state.index.contains_key(used) {
                visit(used, uses, state);
                let low = state.low[file].min(state.low[used]);
                state.low.insert(file, low);
            } else if state.stack.contains(&used) {
                let low = state.low[file].min(state.index[used]);
                state.low.insert(file, low);
            }
        }
        if state.low[file] == state.index[file] {
            let mut group = BTreeSet::new();
            while let Some(last) = state.stack.pop() {
                group.insert(last);
                if last == file {
                    break;
                }
            }
            state.groups.push(group);
        }
    }
    let mut state = State { index: BTreeMap::new(), low: BTreeMap::new(), stack: Vec::new(), groups: Vec::new() };
    for file in uses.keys().copied() {
        if !state.index.contains_key(file) {
            visit(file, uses, &mut state);
        }
    }
    state.groups
}

/// Commands that use another command: what several need is in `cli/options`, or has a file of its own.
pub fn commands_that_call_commands(program: &Source, commands: &BTreeSet<String>) -> Vec<String> {
    let command = |file: &str| {
        let name = file.strip_prefix("cli/")?.split(['/', '.']).next()?;
        commands.get(name).map(String::as_str)
    };
    let mut broken = Vec::new();
    for (file, used) in program.uses() {
        let Some(own) = command(file) else { continue };
        for other in used.iter().filter_map(|file| command(file)).filter(|other| *other != own) {
            broken.push(format!("{file}: the command `{own}` uses the command `{other}`"));
        }
    }
    broken
}
