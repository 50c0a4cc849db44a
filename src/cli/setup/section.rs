//! `[meter.NAME]` in the configuration file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::{CommandError, Context, ui};
use wattkey::error::Code;
use wattkey::files;
use wattkey::meter::MeterRef;
use wattkey::output::sanitize;
use wattkey::toml_problem;

/// Longest name of a meter.
const LONGEST: usize = 64;

/// What is kept of a meter: the options that it was read with.
pub struct MeterSection {
    pub name: String,
    pub link: String,
    pub profile: Option<String>,
    pub protocol: Option<String>,
    pub address: Option<String>,
    pub timeout: Option<String>,
    pub retries: Option<u32>,
    pub credentials: Option<PathBuf>,
}

/// A name that needs no quotation marks in the file and makes a file's name.
pub fn name(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if text.is_empty() || text.len() > LONGEST || !text.chars().all(fits) {
        return Err(format!("{text:?} is no name: use up to {LONGEST} letters, digits, hyphens and underscores"));
    }
    Ok(text.to_owned())
}

/// What editors of Windows put in front of a text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The file's text, empty where there is none yet, and what it holds.
fn read(path: &Path) -> Result<(String, toml::Table), CommandError> {
    let wrong = |problem: String| CommandError::new(Code::Config, format!("{}: {problem}", path.display()));
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(wrong(error.to_string())),
    };
    let plain = text.trim_start_matches(BYTE_ORDER_MARK);
    let table = plain.parse::<toml::Table>().map_err(|error| wrong(toml_problem::in_words(plain, &error)))?;
    Ok((text, table))
}

fn knows(table: &toml::Table, name: &str) -> bool {
    table.get("meter").and_then(|meters| meters.get(name)).is_some()
}

/// Where credentials of this name are kept, beside the configuration.
pub fn credentials_file(config: &Path, name: &str) -> PathBuf {
    config.with_file_name(format!("{name}.credentials.age"))
}

/// Why a name cannot be taken: the file has it already, or there are credentials of it.
fn taken(path: &Path, table: &toml::Table, name: &str, overwrite: bool) -> Option<String> {
    let credentials = credentials_file(path, name);
    if knows(table, name) {
        Some(format!("{} has a [meter.{name}] already", path.display()))
    } else if credentials.exists() && !overwrite {
        Some(format!("{} is there already", credentials.display()))
    } else {
        None
    }
}

/// Whether a section can be added, one of this name where it is known; before anything is asked or sent.
pub fn check(path: &Path, name: Option<&str>, default: bool, overwrite: bool) -> Result<(), CommandError> {
    let (text, table) = read(path)?;
    if let Some(problem) = name.and_then(|name| taken(path, &table, name, overwrite)) {
        return Err(CommandError::new(Code::Config, problem).hint("Give another --name."));
    }
    let trial = MeterSection {
        name: name.unwrap_or("trial-0").to_owned(),
        link: "sim:".to_owned(),
        profile: None,
        protocol: None,
        address: None,
        timeout: None,
        retries: None,
        credentials: None,
    };
    with_section(path, &text, &table, &trial, default).map(|_| ())
}

/// Asks for a name until there is one that is free; the meter's number is proposed.
pub fn ask_name(path: &Path, meter: &MeterRef, context: &Context) -> Result<String, CommandError> {
    let (_, table) = read(path)?;
    let problem = |name: &str| taken(path, &table, name, context.options.overwrite);
    let own: String = meter.name().chars().filter(char::is_ascii_alphanumeric).take(LONGEST).collect();
    let is_free = |own: &String| !meter.is_empty() && problem(own).is_none();
    let proposed = name(&own).ok().filter(is_free).unwrap_or_default();
    loop {
        let question = if proposed.is_empty() {
            "Name for this meter".to_owned()
        } else {
            format!("Name for this meter (Enter: {proposed})")
        };
        let typed = context.prompter.text(&question, "--name")?;
        let typed = if typed.trim().is_empty() { proposed.clone() } else { typed.trim().to_owned() };
        match name(&typed).and_then(|name| problem(&name).map_or(Ok(name), Err)) {
            Ok(name) => return Ok(name),
            Err(problem) => ui::say(&sanitize(&problem)),
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

/// Adds the section, and makes it the default where that is wanted. Whatever else stands in the file stays as it is, and
/// so do its permissions; behind a symbolic link its target is written.
pub fn write(path: &Path, section: &MeterSection, default: bool) -> Result<(), CommandError> {
    let (text, table) = read(path)?;
    let new = with_section(path, &text, &table, section, default)?;
    let failed = |error: io::Error| CommandError::new(Code::File, format!("cannot write {}: {error}", path.display()));
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        files::create_private_folder(folder).map_err(failed)?;
    }
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let permissions = fs::metadata(&target).map(|metadata| metadata.permissions()).ok();
    files::replace(&target, &mut |file| file.write_all(new.as_bytes())).map_err(failed)?;
    permissions.map_or(Ok(()), |permissions| fs::set_permissions(&target, permissions)).map_err(failed)
}

/// Where the top level of the file names its link.
#[derive(serde::Deserialize)]
struct TopLevel {
    link: Option<toml::Spanned<toml::Value>>,
}

/// The text of the file with the section at its end; nothing else in it changes its meaning.
fn with_section(
    path: &Path,
    text: &str,
    table: &toml::Table,
    section: &MeterSection,
    default: bool,
) -> Result<String, CommandError> {
    let wrong = |problem: String| {
        CommandError::new(Code::Config, format!("{} cannot take another meter: {problem}", path.display()))
            .hint("Nothing was written. Write the section by hand, or point WATTKEY_CONFIG at another file.")
    };
    let (mark, plain) = text.strip_prefix(BYTE_ORDER_MARK).map_or(("", text), |plain| ("\u{feff}", plain));
    let line_end = if plain.contains("\r\n") { "\r\n" } else { "\n" };
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let standing = quoted(&format!("meter:{}", section.name));
    let named = toml::from_str::<TopLevel>(plain).map_err(|error| wrong(toml_problem::in_words(plain, &error)))?;
    let mut new = match named.link.filter(|_| default) {
        Some(link) => {
            let (before, after) = (plain.get(..link.span().start), plain.get(link.span().end..));
            format!("{}{standing}{}", before.unwrap_or_default(), after.unwrap_or_default())
        }
        None if default => format!("link = {standing}{line_end}{plain}"),
        None => plain.to_owned(),
    };
    if !new.is_empty() {
        new.push_str(if new.ends_with('\n') {
            line_end
        } else if line_end == "\n" {
            "\n\n"
        } else {
            "\r\n\r\n"
        });
    }
    let credentials = section.credentials.as_ref().map(|path| path.display().to_string());
    let lines = [
        ("link", Some(quoted(&section.link))),
        ("profile", section.profile.as_deref().map(quoted)),
        ("protocol", section.protocol.as_deref().map(quoted)),
        ("address", section.address.as_deref().map(quoted)),
        ("timeout", section.timeout.as_deref().map(quoted)),
        ("retries", section.retries.map(|retries| retries.to_string())),
        ("credentials", credentials.as_deref().map(quoted)),
    ];
    new.push_str(&format!("[meter.{}]{line_end}", section.name));
    for (key, value) in lines {
        if let Some(value) = value {
            new.push_str(&format!("{key} = {value}{line_end}"));
        }
    }
    let mut after = new.parse::<toml::Table>().map_err(|error| wrong(toml_problem::in_words(&new, &error)))?;
    let mut before = table.clone();
    if default {
        before.remove("link");
        after.remove("link");
    }
    if let Some(meters) = after.get_mut("meter").and_then(toml::Value::as_table_mut) {
        meters.remove(&section.name);
        if meters.is_empty() {
            after.remove("meter");
        }
    }
    if before == after { Ok(format!("{mark}{new}")) } else { Err(wrong("its other settings would change".to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(text: &str, default: bool) -> Result<String, String> {
        let section = MeterSection {
            name: "yard".to_owned(),
            link: "/dev/ttyUSB0?baud=2400".to_owned(),
            profile: None,
            protocol: Some("dlt645".to_owned()),
            address: Some("000000000001".to_owned()),
            timeout: None,
            retries: None,
            credentials: Some("/a b/yard \"1\".age".into()),
        };
        let table = text.trim_start_matches(BYTE_ORDER_MARK).parse().unwrap();
        with_section(Path::new("config.toml"), text, &table, &section, default).map_err(|error| error.message)
    }

    #[test]
    fn what_stands_in_the_file_stays() {
        let text = "# mine\ntimeout = \"3s\"\n[headend.depot]\nkind = \"pack\"";
        let new = added(text, false).unwrap();
        assert!(new.starts_with(text), "{new}");
        let table: toml::Table = new.parse().unwrap();
        assert_eq!(table["meter"]["yard"]["credentials"].as_str(), Some("/a b/yard \"1\".age"));
        assert_eq!(table["meter"]["yard"]["protocol"].as_str(), Some("dlt645"));
        assert!(table.get("link").is_none());
    }

    #[test]
    fn the_default_is_added_or_changed_at_the_top_level_only() {
        for text in [
            "",
            "timeout = \"3s\"\n[meter.old]\nlink = \"COM3\"\n",
            "link = \"COM3\"  # the yard\n[meter.old]\nlink = \"COM4\"\n",
            "\"link\" = \"COM3\"\r\n[meter.old]\r\nlink = \"COM4\"\r\n",
            "\u{feff}timeout = \"3s\"\n",
        ] {
            let new = added(text, true).unwrap();
            let table: toml::Table = new.trim_start_matches(BYTE_ORDER_MARK).parse().unwrap();
            assert_eq!(table["link"].as_str(), Some("meter:yard"), "{text}");
            assert_eq!(table["meter"]["yard"]["link"].as_str(), Some("/dev/ttyUSB0?baud=2400"));
            let old = table["meter"].get("old").map(|old| old["link"].as_str().unwrap().to_owned());
            assert!(old.is_none_or(|link| text.contains(&link)), "{new}");
            assert_eq!(new.contains("# the yard"), text.contains("# the yard"));
            assert_eq!(new.matches('\n').count() == new.matches("\r\n").count(), text.contains("\r\n"), "{new:?}");
        }
    }

    #[test]
    fn a_file_that_cannot_take_a_section_is_left_alone() {
        assert!(added("meter = { old = { link = \"COM3\" } }\n", false).is_err());
    }

    #[test]
    fn names_need_no_quotation_marks() {
        assert!(name("yard-2_b").is_ok());
        for bad in ["", "a b", "a.b", "ü", "../x"] {
            assert!(name(bad).is_err(), "{bad}");
        }
    }
}
