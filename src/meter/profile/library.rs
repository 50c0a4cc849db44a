//! Finding profiles: a file, the user's folder, the built-in ones, and what they extend.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::Profile;
use crate::error::Code;
use crate::toml_problem;

/// The built-in profiles by name: every file of `data/profiles` (see `build.rs`).
const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/profiles.rs"));

/// How many profiles may extend one another.
const MAX_DEPTH: usize = 8;

/// Where a profile comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Part of the program.
    BuiltIn,
    /// A file of the user's.
    File(PathBuf),
}

impl std::fmt::Display for Origin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Origin::BuiltIn => formatter.write_str("built in"),
            Origin::File(path) => path.display().fmt(formatter),
        }
    }
}

/// Why a profile cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// No such profile.
    #[error("there is no profile {name:?}")]
    Unknown {
        /// The name asked for.
        name: String,
    },
    /// The file cannot be read.
    #[error("the profile {path} cannot be read: {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The text is not a profile.
    #[error("the profile {origin} cannot be used: {reason}")]
    Invalid {
        /// Where it comes from.
        origin: String,
        /// What is wrong with it, with line and column where known.
        reason: String,
    },
}

impl ProfileError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        Code::Profile
    }
}

/// One line of `profiles list`.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Where it comes from.
    pub origin: Origin,
    /// The profile, or why it cannot be used.
    pub profile: Result<Profile, String>,
    /// Name by which it is chosen.
    pub name: String,
}

/// All profiles at hand.
#[derive(Debug, Clone, Default)]
pub struct Library {
    folder: Option<PathBuf>,
}

impl Library {
    /// The built-in profiles, and those in the user's folder when it exists.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Library { folder }
    }

    /// The profile of this name, or in this file when the name has a slash, a backslash or ends in `.toml`.
    ///
    /// # Errors
    /// [`ProfileError`].
    pub fn find(&self, name: &str) -> Result<Profile, ProfileError> {
        let (text, _) = self.text(name)?;
        let (table, origin) = self.resolve(name, 0)?;
        with_map_defaults(table)
            .try_into()
            .map_err(|error| ProfileError::Invalid { origin, reason: toml_problem::of_table(&text, &error) })
    }

    /// A profile from its text; `origin` names it in errors.
    ///
    /// # Errors
    /// [`ProfileError`].
    pub fn parse(&self, origin: &str, text: &str) -> Result<Profile, ProfileError> {
        let invalid = |reason: &str| ProfileError::Invalid { origin: origin.to_owned(), reason: reason.to_owned() };
        with_map_defaults(self.complete(origin, text, 0)?)
            .try_into()
            .map_err(|error| invalid(&toml_problem::of_table(text, &error)))
    }

    /// The profile whose `device_names` fit a logical device name best, if one does.
    pub fn for_device_name(&self, device_name: &str) -> Option<Profile> {
        self.best_fit(device_name, |profile| &profile.device_names)
    }

    /// The profile whose `identification` fits what a meter says of itself at an IEC 62056-21 sign-on (without the
    /// slash) best, if one does.
    pub fn for_identification(&self, identification: &str) -> Option<Profile> {
        self.best_fit(identification, |profile| &profile.identification)
    }

    fn best_fit(&self, text: &str, beginnings: impl Fn(&Profile) -> &[String]) -> Option<Profile> {
        let profiles = self.list().into_iter().filter_map(|listed| listed.profile.ok());
        let fitting = profiles.filter_map(|profile| {
            let lengths = beginnings(&profile).iter().filter(|start| text.starts_with(start.as_str())).map(String::len);
            Some((lengths.max()?, profile))
        });
        fitting.max_by_key(|(length, _)| *length).map(|(_, profile)| profile)
    }

    /// Every profile: the user's first, then the built-in ones they do not replace.
    pub fn list(&self) -> Vec<Listed> {
        let mut listed = Vec::new();
        for path in self.user_files() {
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let profile = self.find(&path.to_string_lossy()).map_err(|error| error.to_string());
            listed.push(Listed { origin: Origin::File(path), profile, name });
        }
        for (name, _) in BUILT_IN {
            if !listed.iter().any(|known| known.name == *name) {
                let profile = self.find(name).map_err(|error| error.to_string());
                listed.push(Listed { origin: Origin::BuiltIn, profile, name: (*name).to_owned() });
            }
        }
        listed
    }

    /// The text of a profile as written, before what it extends is filled in.
    ///
    /// # Errors
    /// [`ProfileError`].
    pub fn text(&self, name: &str) -> Result<(String, Origin), ProfileError> {
        let path = if names_a_file(name) {
            Some(PathBuf::from(name))
        } else {
            self.folder.as_ref().map(|folder| folder.join(format!("{name}.toml"))).filter(|path| path.is_file())
        };
        if let Some(path) = path {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| ProfileError::Unreadable { path: path.clone(), reason: error.to_string() })?;
            return Ok((text, Origin::File(path)));
        }
        let built_in = BUILT_IN.iter().find(|(known, _)| *known == name);
        let (_, text) = built_in.ok_or_else(|| ProfileError::Unknown { name: name.to_owned() })?;
        Ok(((*text).to_owned(), Origin::BuiltIn))
    }

    fn resolve(&self, name: &str, depth: usize) -> Result<(Table, String), ProfileError> {
        let (text, origin) = self.text(name)?;
        let origin = match origin {
            Origin::BuiltIn => name.to_owned(),
            Origin::File(path) => path.display().to_string(),
        };
        Ok((self.complete(&origin, &text, depth)?, origin))
    }

    /// A profile's table with what it takes over from those it extends.
    fn complete(&self, origin: &str, text: &str, depth: usize) -> Result<Table, ProfileError> {
        let invalid = |reason: String| ProfileError::Invalid { origin: origin.to_owned(), reason };
        let own: Table =
            text.parse().map_err(|error: toml::de::Error| invalid(toml_problem::in_words(text, &error)))?;
        let Some(parent) = own.get("extends").and_then(Value::as_str).map(str::to_owned) else {
            return Ok(own);
        };
        if depth >= MAX_DEPTH {
            return Err(invalid("profiles extend one another in a circle".to_owned()));
        }
        let (mut base, _) = self.resolve(&parent, depth + 1)?;
        // Models and identifications belong to the one profile, not to its children.
        base.remove("models");
        base.remove("identification");
        base.remove("device_names");
        base.remove("maker");
        merge(&mut base, own);
        Ok(base)
    }

    fn user_files(&self) -> Vec<PathBuf> {
        let Some(entries) = self.folder.as_deref().and_then(|folder| std::fs::read_dir(folder).ok()) else {
            return Vec::new();
        };
        let mut files: Vec<PathBuf> = entries
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
            .collect();
        files.sort();
        files
    }
}

/// The same profile with the function and the type of its register map in every place that names none; a place that is a
/// bit has the type `bit`.
fn with_map_defaults(mut profile: Table) -> Table {
    let Some(map) = profile.get_mut("modbus").and_then(Value::as_table_mut) else { return profile };
    let usual: Vec<(&str, Value)> =
        ["function", "type"].into_iter().filter_map(|key| Some((key, map.get(key)?.clone()))).collect();
    let fill = |place: &mut Value, keys: &[&str]| {
        let Some(place) = place.as_table_mut() else { return };
        // What is a bit needs no type, and has not that of the others.
        let function =
            place.get("function").or_else(|| usual.iter().find(|(key, _)| *key == "function").map(|(_, value)| value));
        let is_bit =
            place.contains_key("bit") || function.and_then(Value::as_integer).is_some_and(|function| function <= 2);
        if is_bit && keys.contains(&"type") {
            place.entry("type".to_owned()).or_insert_with(|| "bit".into());
        }
        for (key, value) in usual.iter().filter(|(key, _)| keys.contains(key)) {
            place.entry((*key).to_owned()).or_insert_with(|| value.clone());
        }
    };
    for (key, value) in map.iter_mut() {
        match (key.as_str(), value) {
            ("registers" | "named", Value::Table(places)) => {
                places.iter_mut().for_each(|(_, place)| fill(place, &["function", "type"]));
            }
            ("tamper" | "alarms", Value::Table(flags)) => {
                flags.iter_mut().for_each(|(_, flag)| fill(flag, &["function"]));
            }
            ("power_limit", limit) => fill(limit, &["function", "type"]),
            ("probe", Value::Array(probes)) => probes.iter_mut().for_each(|probe| fill(probe, &["function", "type"])),
            _ => {}
        }
    }
    profile
}

fn names_a_file(name: &str) -> bool {
    name.contains(['/', '\\']) || Path::new(name).extension().is_some_and(|extension| extension == "toml")
}

/// Tables are merged key by key, except a role, which is replaced as a whole; anything else is replaced.
fn merge(base: &mut Table, own: Table) {
    for (key, value) in own {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) if key == "objects" => below.extend(above),
            (Some(Value::Table(below)), Value::Table(above)) => merge(below, above),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}
