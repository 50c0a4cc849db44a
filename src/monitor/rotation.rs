//! A file that is set aside when it has grown to its size, so that a box may watch for months.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::files;

/// Writes whole lines to `path`; a full file becomes `path.1`, the former `path.1` becomes `path.2`, and so on.
#[derive(Debug)]
pub struct RotatingFile {
    path: PathBuf,
    limit: u64,
    keep: u32,
    file: File,
    size: u64,
    /// A device or pipe is written to and never set aside.
    regular: bool,
    /// Written at the top of each new file, such as a CSV header.
    heading: Vec<u8>,
}

impl RotatingFile {
    /// Opens the file for appending. `limit` is in octets; `keep` older files are kept.
    ///
    /// # Errors
    /// Those of opening the file.
    pub fn open(path: &Path, limit: u64, keep: u32, heading: &[u8]) -> io::Result<Self> {
        let file = files::private(OpenOptions::new().create(true).append(true)).open(path)?;
        let metadata = file.metadata()?;
        let (size, regular) = (metadata.len(), metadata.is_file());
        let mut rotating = RotatingFile {
            path: path.to_owned(),
            limit: limit.max(1),
            keep,
            file,
            size,
            regular,
            heading: heading.to_vec(),
        };
        rotating.head()?;
        Ok(rotating)
    }

    /// Writes one line, its line feed included, into one file.
    ///
    /// # Errors
    /// Those of writing and renaming.
    pub fn write_line(&mut self, line: &[u8]) -> io::Result<()> {
        let length = u64::try_from(line.len()).unwrap_or(u64::MAX);
        let heading = u64::try_from(self.heading.len()).unwrap_or(u64::MAX);
        if self.regular && self.size > heading && self.size.saturating_add(length) > self.limit {
            self.rotate()?;
        }
        self.file.write_all(line)?;
        self.size = self.size.saturating_add(length);
        Ok(())
    }

    fn head(&mut self) -> io::Result<()> {
        if self.size == 0 {
            self.file.write_all(&self.heading)?;
            self.size = u64::try_from(self.heading.len()).unwrap_or(u64::MAX);
        }
        Ok(())
    }

    fn aside(&self, number: u32) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(format!(".{number}"));
        PathBuf::from(name)
    }

    fn rotate(&mut self) -> io::Result<()> {
        self.file.flush()?;
        if self.keep == 0 {
            fs::remove_file(&self.path)?;
        } else {
            for number in (1..self.keep).rev() {
                match fs::rename(self.aside(number), self.aside(number.saturating_add(1))) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            fs::rename(&self.path, self.aside(1))?;
        }
        self.file = files::private(OpenOptions::new().create(true).append(true)).open(&self.path)?;
        self.size = 0;
        self.head()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_set_aside_and_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("readings.csv");
        let mut file = RotatingFile::open(&path, 20, 2, b"head\n").unwrap();
        for number in 0..9 {
            file.write_line(format!("line {number}\n").as_bytes()).unwrap();
        }
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read("readings.csv"), "head\nline 8\n");
        assert_eq!(read("readings.csv.1"), "head\nline 6\nline 7\n");
        assert_eq!(read("readings.csv.2"), "head\nline 4\nline 5\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_never_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sink");
        std::os::unix::fs::symlink("/dev/null", &path).unwrap();
        let mut file = RotatingFile::open(&path, 1, 1, b"").unwrap();
        file.write_line(b"one\n").unwrap();
        file.write_line(b"two\n").unwrap();
        assert!(path.is_symlink() && fs::read_dir(folder.path()).unwrap().count() == 1);
    }

    #[test]
    fn an_old_file_is_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r");
        RotatingFile::open(&path, 100, 1, b"head\n").unwrap().write_line(b"1\n").unwrap();
        RotatingFile::open(&path, 100, 1, b"head\n").unwrap().write_line(b"2\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "head\n1\n2\n");
    }
}
