//! Who we are to a server: the file of credentials, which others may not read.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::HeadEndError;
use super::certificate::{Identity, load_identity};
use crate::keys::{Exposure, KeyError, Secret, read_private};
use crate::toml_problem;

/// Who the client is. Debugging shows no secret.
#[derive(Debug, Default)]
pub struct Login {
    /// Certificate and key for TLS.
    pub identity: Option<Identity>,
    /// Operator's name.
    pub operator: Option<String>,
    /// Operator's password.
    pub password: Option<Secret>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LoginFile {
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    operator: Option<String>,
    password: Option<Hidden>,
}

/// A text whose parse error does not repeat it.
struct Hidden(Secret);

impl<'de> Deserialize<'de> for Hidden {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer);
        text.map(|text| Hidden(Secret::new(text))).map_err(|_| serde::de::Error::custom("a text in quotes is expected"))
    }
}

/// Reads the file of credentials; paths in it start at its folder.
///
/// # Errors
/// A file that others may read, or that does not read; a certificate or key that cannot be used.
pub fn load_login(path: &Path, exposure: Exposure) -> Result<Login, HeadEndError> {
    let bytes = read_private(path, exposure)?;
    let unreadable = |problem: String| KeyError::Unreadable { path: path.to_owned(), problem };
    let text = std::str::from_utf8(&bytes).map_err(|_| unreadable("not a text in UTF-8".to_owned()))?;
    let file: LoginFile = toml::from_str(text).map_err(|error| unreadable(toml_problem::in_words(text, &error)))?;
    let beside = |name: &PathBuf| path.parent().unwrap_or(Path::new("")).join(name);
    let identity = match (&file.certificate, &file.key) {
        (Some(certificate), Some(key)) => Some(load_identity(&beside(certificate), &beside(key), exposure)?),
        (None, None) => None,
        _ => return Err(unreadable("certificate and key go together".to_owned()).into()),
    };
    if file.password.is_some() && file.operator.is_none() {
        return Err(unreadable("there is a password without an operator".to_owned()).into());
    }
    Ok(Login { identity, operator: file.operator, password: file.password.map(|hidden| hidden.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_login_that_others_may_read_is_refused_and_its_password_is_never_shown() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("login.toml");
        crate::keys::write_private(&path, b"operator = \"crew7\"\npassword = \"hunter2\"\n", false).unwrap();
        let login = load_login(&path, Exposure::Refuse).unwrap();
        assert!(!format!("{login:?}").contains("hunter2"));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let error = load_login(&path, Exposure::Refuse).unwrap_err();
        assert_eq!(error.code(), crate::error::Code::KeyFileExposed);
        std::fs::write(&path, "password = hunter2\n").unwrap();
        let error = load_login(&path, Exposure::Allow).unwrap_err().to_string();
        assert!(error.contains("line 1") && !error.contains("hunter2"), "{error}");
    }
}
