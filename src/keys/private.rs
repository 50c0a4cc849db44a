//! Files that only their owner may read, and text that must not be shown.

use std::fmt;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::KeyError;
use crate::files;

/// Largest file of secrets that is read: far above any real one.
const SIZE_LIMIT: u64 = 16 * 1024 * 1024;

/// What to do with a file that others may read or write: by its mode bits, on Windows by its access list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// Refuse it.
    Refuse,
    /// Take it: somebody said so.
    Allow,
}

/// A text that is wiped on drop and prints as `[redacted]`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    pub fn new(text: String) -> Self {
        Secret(Zeroizing::new(text))
    }

    /// The text itself; it must not reach a trace, a ledger, an error or a terminal.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

/// The content of a file of secrets, wiped on drop.
///
/// # Errors
/// [`KeyError::Io`]; [`KeyError::Exposed`] when group or others may read or write it and that is not allowed;
/// [`KeyError::Unreadable`] above 16 MiB.
pub fn read_private(path: &Path, exposure: Exposure) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let failed = |source| KeyError::Io { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_dir() {
        return Err(KeyError::Unreadable { path: path.to_owned(), problem: "this is a folder, not a file".to_owned() });
    }
    if exposure == Exposure::Refuse {
        refuse_exposed(path, &metadata)?;
    }
    // The buffer must not move while it fills: a moved-from copy would not be wiped.
    let room = usize::try_from(metadata.len().min(SIZE_LIMIT)).unwrap_or(0).saturating_add(4096);
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    file.take(SIZE_LIMIT.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > SIZE_LIMIT {
        return Err(KeyError::Unreadable { path: path.to_owned(), problem: "larger than 16 MiB".to_owned() });
    }
    Ok(bytes)
}

#[cfg(unix)]
fn refuse_exposed(path: &Path, metadata: &fs::Metadata) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o066 == 0 { Ok(()) } else { Err(KeyError::Exposed { path: path.to_owned(), mode }) }
}

/// What others than the owner may do with a file of these mode bits, as a participle.
pub(super) fn open_to(mode: u32) -> &'static str {
    match (mode & 0o044 != 0, mode & 0o022 != 0) {
        (true, true) => "read and changed",
        (false, true) => "changed",
        _ => "read",
    }
}

#[cfg(windows)]
fn refuse_exposed(path: &Path, _metadata: &fs::Metadata) -> Result<(), KeyError> {
    let others =
        files::access_list::others_at(path).map_err(|source| KeyError::Io { path: path.to_owned(), source })?;
    if others.is_empty() {
        return Ok(());
    }
    let named: Vec<&str> = others.iter().map(|account| files::access_list::name_of(account)).collect();
    let remedy = files::access_list::remedy_at(path, &others).unwrap_or_default();
    Err(KeyError::ExposedTo { path: path.to_owned(), others: named.join(", "), remedy })
}

#[cfg(not(any(unix, windows)))]
fn refuse_exposed(_path: &Path, _metadata: &fs::Metadata) -> Result<(), KeyError> {
    Ok(())
}

/// The first line of a file of secrets: a passphrase.
///
/// # Errors
/// Those of [`read_private`]; an empty line; text that is not UTF-8.
pub fn first_line(path: &Path, exposure: Exposure) -> Result<Secret, KeyError> {
    let bytes = read_private(path, exposure)?;
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let unreadable = |problem: &str| KeyError::Unreadable { path: path.to_owned(), problem: problem.to_owned() };
    let text = std::str::from_utf8(line).map_err(|_| unreadable("not a text in UTF-8"))?;
    if text.is_empty() {
        return Err(unreadable("its first line, which should be the passphrase, is empty"));
    }
    Ok(Secret::new(text.to_owned()))
}

/// Writes a new file that only its owner may read; an existing file is left alone unless `replace`, and is then
/// replaced in one step, so that a failure never leaves half a file.
///
/// # Errors
/// [`KeyError::Exists`] when the file is there and not to be replaced; [`KeyError::Io`].
pub fn write_private(path: &Path, bytes: &[u8], replace: bool) -> Result<(), KeyError> {
    let failed = |source| KeyError::Io { path: path.to_owned(), source };
    let target = if replace { beside(path) } else { path.to_owned() };
    let mut file = files::create_private(&target).map_err(|source| match source.kind() {
        ErrorKind::AlreadyExists => KeyError::Exists { path: target.clone() },
        _ => failed(source),
    })?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let done = written.and_then(|()| if replace { fs::rename(&target, path) } else { Ok(()) });
    if done.is_err() {
        let _ = fs::remove_file(&target);
    }
    done.map_err(failed)
}

/// A name in the same folder, where a file can be made ready before it takes the place of `path`.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_print() {
        let secret = Secret::new("hunter2".to_owned());
        assert_eq!(format!("{secret} {secret:?}"), "[redacted] [redacted]");
        assert_eq!(secret.reveal(), "hunter2");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_others_may_read_is_refused_unless_allowed() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        write_private(&path, b"{}", false).unwrap();
        assert_eq!(read_private(&path, Exposure::Refuse).unwrap().as_slice(), b"{}");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(read_private(&path, Exposure::Refuse), Err(KeyError::Exposed { mode: 0o640, .. })));
        assert!(read_private(&path, Exposure::Allow).is_ok());
    }

    #[test]
    fn nothing_is_overwritten_without_a_word() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        write_private(&path, b"1", false).unwrap();
        assert!(matches!(write_private(&path, b"2", false), Err(KeyError::Exists { .. })));
        write_private(&path, b"2", true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"2");
    }
}
