//! Whether this user can open a device, and if not, why and what would help. The device is opened for a look and
//! closed again; nothing is written to it.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;

/// What the system says about a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// It can be opened now.
    Open,
    /// There is no such device, or nothing behind it; why, in one clause.
    Absent(String),
    /// This user may not open it; what would help.
    Denied(Option<String>),
    /// Another program holds it; which, where the system tells.
    Busy(Option<String>),
}

/// Tries to open `path` for a look.
pub fn examine(path: &str) -> Access {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    match rustix::fs::open(path, flags, Mode::empty()) {
        Ok(device) if rustix::termios::isatty(&device) => Access::Open,
        Ok(_) | Err(Errno::ISDIR) => Access::Absent("this is not a serial port".to_owned()),
        Err(Errno::NOENT) if fs::symlink_metadata(path).is_ok() => {
            Access::Absent("the name is a link to a device that is gone; was the adapter unplugged?".to_owned())
        }
        Err(Errno::NOENT | Errno::NOTDIR) => Access::Absent("there is no such port".to_owned()),
        Err(Errno::NXIO | Errno::NODEV | Errno::IO) => {
            Access::Absent("the name exists, but no device is behind it".to_owned())
        }
        Err(Errno::ACCESS | Errno::PERM | Errno::ROFS) => Access::Denied(remedy(path)),
        Err(Errno::BUSY) => Access::Busy(holder(path)),
        Err(error) => Access::Absent(error.to_string()),
    }
}

/// The exact step that would give this user the device.
fn remedy(path: &str) -> Option<String> {
    let metadata = fs::metadata(path).ok()?;
    let group = group_name(metadata.gid())?;
    if metadata.mode() & 0o060 != 0o060 {
        return Some(format!(
            "its mode {:o} gives group {group} no access; ask the administrator",
            metadata.mode() & 0o777
        ));
    }
    let user = user_name(rustix::process::getuid().as_raw())?;
    if group_has(&group, &user) {
        return Some(format!(
            "you are in group {group}, but this session began before that: log out and in again, or run `newgrp {group}`"
        ));
    }
    Some(format!(
        "the device belongs to group {group}: run `sudo usermod -aG {group} {user}`, then log out and in again"
    ))
}

/// The name of a group by number, from the group file.
pub fn group_name(gid: u32) -> Option<String> {
    named_in(&fs::read_to_string("/etc/group").ok()?, gid)
}

fn user_name(uid: u32) -> Option<String> {
    named_in(&fs::read_to_string("/etc/passwd").ok()?, uid)
}

/// The first field of the line whose third is `number`.
fn named_in(table: &str, number: u32) -> Option<String> {
    table.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(number)).then(|| name.to_owned())
    })
}

fn group_has(group: &str, user: &str) -> bool {
    let table = fs::read_to_string("/etc/group").unwrap_or_default();
    table
        .lines()
        .filter_map(|line| line.strip_prefix(group)?.strip_prefix(':'))
        .any(|rest| rest.rsplit(':').next().is_some_and(|members| members.split(',').any(|member| member == user)))
}

/// Name and number of another process that holds `path` open, as far as this user may see.
pub fn holder(path: &str) -> Option<String> {
    let device = fs::canonicalize(path).ok()?;
    let own = std::process::id().to_string();
    for process in fs::read_dir("/proc").ok()?.flatten() {
        let number = process.file_name().to_string_lossy().into_owned();
        if number == own || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if holds(&process.path(), &device) {
            let name = fs::read_to_string(process.path().join("comm")).unwrap_or_default();
            let name = name.trim();
            return Some(format!("{} (process {number})", if name.is_empty() { "another program" } else { name }));
        }
    }
    None
}

fn holds(process: &Path, device: &Path) -> bool {
    let Ok(files) = fs::read_dir(process.join("fd")) else { return false };
    files.flatten().any(|file| fs::read_link(file.path()).is_ok_and(|target| target == device))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_the_third_field() {
        let table = "root:x:0:\ndialout:x:20:alice,bob\n";
        assert_eq!(named_in(table, 20), Some("dialout".into()));
        assert_eq!(named_in(table, 7), None);
    }

    #[test]
    fn what_is_no_port_is_absent() {
        assert!(matches!(examine("/dev/ttyNONE99"), Access::Absent(reason) if reason.contains("no such port")));
        assert!(matches!(examine("/dev/null"), Access::Absent(reason) if reason.contains("not a serial port")));
        assert!(matches!(examine("/dev"), Access::Absent(_)));
    }
}
