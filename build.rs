//! Embeds every meter profile of `data/profiles`, so that a new one is a file and nothing else.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=data/profiles");
    let mut names: Vec<String> = fs::read_dir("data/profiles")?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok()?.strip_suffix(".toml").map(str::to_owned))
        .collect();
    names.sort();
    let mut code = String::from("&[\n");
    for name in names {
        let path = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/data/profiles/{name}.toml\")");
        let _ = writeln!(code, "    ({name:?}, include_str!({path})),");
    }
    code.push(']');
    let folder = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&folder).join("profiles.rs"), code)
}
