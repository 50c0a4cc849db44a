//! `[meter.NAME]` in the configuration file.

use std::fs;
use std::io;
use std::path::Path;

use crate::cli::{CommandError, Context};
use wattkey::documents::scan::Way;
use wattkey::error::Code;
use wattkey::files;
use wattkey::meter::MeterRef;
use wattkey::toml_problem;

/// Longest name of a meter.
const LONGEST: usize = 64;

/// What is kept of a meter.
pub struct MeterSection<'a> {
    pub name: &'a str,
    pub way: &'a Way,
    pub credentials: Option<&'a Path>,
}

/// A name that needs no quotation marks in the file and makes a file's name.
pub fn name(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if text.is_empty() || text.len() > LONGEST || !text.chars().all(fits) {
        return Err(format!("{text:?} is no name: use up to {LONGEST} letters, digits, hyphens and underscores"));
    }
    Ok(text.to_owned())
}

/// The file's text, empty where there is none yet, and what it holds.
fn read(path: &Path) -> Result<(String, toml::Table), CommandError> {
    let wrong = |problem: String| CommandError::new(Code::Config, format!("{}: {problem}", path.display()));
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(wrong(error.to_string())),
    };
    let table = text.parse::<toml::Table>().map_err(|error| wrong(toml_problem::in_words(&text, &error)))?;
    Ok((text, table))
}

fn knows(table: &toml::Table, name: &str) -> bool {
    table.get("meter").and_then(|meters| meters.get(name)).is_some()
}

fn known_already(path: &Path, name: &str) -> String {
    format!("{} has a [meter.{name}] already", path.display())
}

/// Whether a section of this name can be added.
pub fn check(path: &Path, name: Option<&str>) -> Result<(), CommandError> {
    let (_, table) = read(path)?;
    match name {
        Some(name) if knows(&table, name) => Err(CommandError::new(Code::Config, known_already(path, name))
            .hint("Give another --name, or take the section out first.")),
        _ => Ok(()),
    }
}

/// Asks for a name until there is one that is free; the meter's number is proposed.
pub fn ask_name(path: &Path, meter: &MeterRef, context: &Context) -> Result<String, CommandError> {
    let (_, table) = read(path)?;
    let own: String = meter.name().chars().filter(char::is_ascii_alphanumeric).take(LONGEST).collect();
    let is_free = |own: &String| !meter.is_empty() && !knows(&table, own);
    let proposed = name(&own).ok().filter(is_free).unwrap_or_default();
    loop {
        let question = if proposed.is_empty() {
            "Name for this meter".to_owned()
        } else {
            format!("Name for this meter (Enter: {proposed})")
        };
        let typed = context.prompter.text(&question, "--name")?;
        let typed = if typed.trim().is_empty() { proposed.clone() } else { typed.trim().to_owned() };
        match name(&typed) {
            Ok(name) if !knows(&table, &name) => return Ok(name),
            Ok(name) => context.note(known_already(path, &name)),
            Err(problem) => context.note(problem),
        }
    }
}

/// Whether the meter is to be the one of commands that name none; asked where no link is kept yet.
pub fn ask_default(path: &Path, context: &Context) -> Result<bool, CommandError> {
    let (_, table) = read(path)?;
    if table.contains_key("link") || !context.prompter.has_person() {
        return Ok(false);
    }
    Ok(context.prompter.confirm("Use it whenever a command names no link?", "--default")?)
}

/// Adds the section, and makes it the default where that is wanted. Whatever else stands in the file stays as it is.
pub fn write(path: &Path, section: &MeterSection<'_>, default: bool) -> Result<(), CommandError> {
    let (text, table) = read(path)?;
    let new = with_section(&text, &table, section, default);
    new.parse::<toml::Table>().map_err(|error| {
        CommandError::new(Code::Config, format!("{}: {}", path.display(), toml_problem::in_words(&new, &error)))
            .hint("The file was left as it is.")
    })?;
    let failed = |error: io::Error| CommandError::new(Code::File, format!("cannot write {}: {error}", path.display()));
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        files::create_private_folder(folder).map_err(failed)?;
    }
    files::replace(path, &mut |file| file.write_all(new.as_bytes())).map_err(failed)
}

/// The text of the file with the section at its end.
fn with_section(text: &str, table: &toml::Table, section: &MeterSection<'_>, default: bool) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut new = String::new();
    let standing = format!("meter:{}", section.name);
    match (default, table.contains_key("link")) {
        (true, false) => new.push_str(&format!("link = {}\n{text}", quoted(&standing))),
        (true, true) => {
            // The first line of the top level that says so; sections come after it.
            let mut done = false;
            for line in text.lines() {
                let is_link = !done && line.split_once('=').is_some_and(|(key, _)| key.trim() == "link");
                done |= is_link;
                let line = if is_link { format!("link = {}", quoted(&standing)) } else { line.to_owned() };
                new.push_str(&line);
                new.push('\n');
            }
        }
        (false, _) => new.push_str(text),
    }
    if !new.is_empty() && !new.ends_with('\n') {
        new.push('\n');
    }
    if !new.is_empty() {
        new.push('\n');
    }
    let way = section.way;
    let protocol = way.profile.is_none().then(|| way.protocol.to_owned());
    let credentials = section.credentials.map(|path| path.display().to_string());
    let lines = [
        ("link", Some(way.link.clone())),
        ("profile", way.profile.clone()),
        ("protocol", protocol),
        ("address", way.address.clone()),
        ("timeout", way.timeout.clone()),
        ("credentials", credentials),
    ];
    new.push_str(&format!("[meter.{}]\n", section.name));
    for (key, value) in lines {
        if let Some(value) = value {
            new.push_str(&format!("{key} = {}\n", quoted(&value)));
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way() -> Way {
        let link = "/dev/ttyUSB0?baud=2400".to_owned();
        Way { link, profile: None, protocol: "dlt645", address: Some("000000000001".to_owned()), timeout: None }
    }

    fn added(text: &str, default: bool) -> String {
        let way = way();
        let section = MeterSection { name: "yard", way: &way, credentials: Some(Path::new("/a b/yard \"1\".age")) };
        with_section(text, &text.parse().unwrap(), &section, default)
    }

    #[test]
    fn what_stands_in_the_file_stays() {
        let text = "# mine\ntimeout = \"3s\"\n[headend.depot]\nkind = \"pack\"";
        let new = added(text, false);
        assert!(new.starts_with(text), "{new}");
        let table: toml::Table = new.parse().unwrap();
        assert_eq!(table["meter"]["yard"]["credentials"].as_str(), Some("/a b/yard \"1\".age"));
        assert_eq!(table["meter"]["yard"]["protocol"].as_str(), Some("dlt645"));
        assert!(table.get("link").is_none());
    }

    #[test]
    fn the_default_is_added_or_changed() {
        for text in
            ["", "timeout = \"3s\"\n[meter.old]\nlink = \"COM3\"\n", "link = \"COM3\"\n[meter.old]\nlink = \"COM4\"\n"]
        {
            let table: toml::Table = added(text, true).parse().unwrap();
            assert_eq!(table["link"].as_str(), Some("meter:yard"), "{text}");
            assert_eq!(table["meter"]["yard"]["link"].as_str(), Some("/dev/ttyUSB0?baud=2400"));
        }
    }

    #[test]
    fn names_need_no_quotation_marks() {
        assert!(name("yard-2_b").is_ok());
        for bad in ["", "a b", "a.b", "ü", "../x"] {
            assert!(name(bad).is_err(), "{bad}");
        }
    }
}
