//! Files of the program: private to their owner, and replaced as a whole.

pub mod access_list;

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rusqlite::{Connection, TransactionBehavior, params};

/// Told apart from other files written beside the same one by this process.
static SERIAL: AtomicU32 = AtomicU32::new(0);

/// Writes a file beside `path`, flushes it to the disk, and renames it to `path`: a crash, a power cut or a full disk
/// leaves the old file or the new one, never a part. The file may be read by its owner only, whatever the umask.
///
/// # Errors
/// Those of the system and of `write`; what was begun is removed.
pub fn replace(path: &Path, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}-{}.part", std::process::id(), SERIAL.fetch_add(1, Ordering::Relaxed)));
    let part = path.with_file_name(name);
    let mut replaced = || -> io::Result<()> {
        let mut file = BufWriter::new(create_private(&part)?);
        write(&mut file)?;
        file.flush()?;
        file.get_ref().sync_all()?;
        drop(file);
        fs::rename(&part, path)?;
        sync_folder_of(path)
    };
    replaced().inspect_err(|_| {
        let _ = fs::remove_file(&part);
    })
}

/// As [`replace`], for content that is there as a whole.
///
/// # Errors
/// Those of the system.
pub fn replace_with(path: &Path, content: &[u8]) -> io::Result<()> {
    replace(path, &mut |file| file.write_all(content))
}

/// Reads a file of at most `longest` octets.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`] when it is longer; those of the system.
pub fn read_bounded(path: &Path, longest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(longest.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= longest) {
        Ok(bytes)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidData, format!("it is longer than {longest} octets")))
    }
}

/// What an output that is there already is called.
const IN_THE_WAY: &str = "there is such a file already; --overwrite replaces it";

/// Whether a result may be written to `path`: a regular file or a symbolic link in its place is left alone unless
/// `overwrite` says otherwise. Devices and pipes are written into.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`]; those of the system.
pub fn check_output(path: &Path, overwrite: bool) -> io::Result<()> {
    match is_in_the_way(path)? {
        true if !overwrite => Err(io::Error::new(io::ErrorKind::AlreadyExists, IN_THE_WAY)),
        _ => Ok(()),
    }
}

/// Whether a regular file or a symbolic link stands at `path`.
fn is_in_the_way(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        // `/dev/stdout` and its like lead to devices and pipes.
        Ok(there) if there.is_symlink() => {
            Ok(fs::metadata(path).is_ok_and(|target| target.is_file()) || !path.exists())
        }
        Ok(there) => Ok(there.is_file()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Opens a file for a result that is written bit by bit, private to its owner. A symbolic link is never followed.
///
/// # Errors
/// As [`check_output`].
pub fn create_output(path: &Path, overwrite: bool) -> io::Result<File> {
    check_output(path, overwrite)?;
    if is_in_the_way(path)? {
        fs::remove_file(path)?;
    }
    match create_private(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => open_device(path, READER_COMES_WITHIN),
        made => made,
    }
}

/// Writes a result as a whole, as [`replace`] does; into devices and pipes as it is.
///
/// # Errors
/// As [`check_output`]; those of `write`.
pub fn write_output(
    path: &Path,
    overwrite: bool,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    check_output(path, overwrite)?;
    if path.exists() && !is_in_the_way(path)? {
        let mut device = BufWriter::new(open_device(path, READER_COMES_WITHIN)?);
        write(&mut device)?;
        return device.flush();
    }
    replace(path, write)
}

/// How long the reader of a named pipe may take to come.
const READER_COMES_WITHIN: Duration = Duration::from_secs(5);

/// Opens a device or a pipe for writing. The reader of a named pipe has to come in time.
#[cfg(unix)]
fn open_device(path: &Path, within: Duration) -> io::Result<File> {
    use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};

    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};

    if !fs::metadata(path)?.file_type().is_fifo() {
        return OpenOptions::new().write(true).open(path);
    }
    let without_waiting = i32::try_from(OFlags::NONBLOCK.bits()).map_err(io::Error::other)?;
    let begun = Instant::now();
    loop {
        match OpenOptions::new().write(true).custom_flags(without_waiting).open(path) {
            Ok(pipe) => {
                // A reader that is slow is waited for.
                fcntl_setfl(&pipe, fcntl_getfl(&pipe)?.difference(OFlags::NONBLOCK))?;
                return Ok(pipe);
            }
            Err(error) if error.raw_os_error() != Some(rustix::io::Errno::NXIO.raw_os_error()) => return Err(error),
            Err(_) if begun.elapsed() < within => std::thread::sleep(Duration::from_millis(20)),
            Err(_) => return Err(io::Error::new(io::ErrorKind::TimedOut, "nobody reads from this pipe")),
        }
    }
}

#[cfg(not(unix))]
fn open_device(path: &Path, _within: Duration) -> io::Result<File> {
    OpenOptions::new().write(true).open(path)
}

/// Whether something that is no regular file stands at `path`: a device or a pipe, also behind a link.
pub fn is_device(path: &Path) -> bool {
    path.exists() && !path.is_file()
}

/// The path with `-suffix` behind the name, in front of its extension.
///
/// ```
/// use std::path::{Path, PathBuf};
/// assert_eq!(wattkey::files::with_suffix(Path::new("a/line.jsonl"), "2"), Path::new("a/line-2.jsonl"));
/// ```
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{suffix}"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// Makes a new file that only its owner may read and write.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`]; those of the system.
pub fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    private(&mut options);
    let file = options.open(path)?;
    // A file system without access lists, as on a stick, has nothing to set.
    #[cfg(windows)]
    let _ = access_list::make_private(path, false);
    Ok(file)
}

/// Makes files opened for writing private to their owner where the system has mode bits.
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// Makes a folder and those above it; the ones it makes may be entered by their owner only.
///
/// # Errors
/// Those of the system.
pub fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    #[cfg(windows)]
    let is_new = !folder.exists();
    builder.create(folder)?;
    #[cfg(windows)]
    if is_new {
        let _ = access_list::make_private(folder, true);
    }
    Ok(())
}

/// Opens a database of SQLite, made when it is not there, that only its owner may read; the folders above it are made
/// too. One of another user is refused: what it says cannot be relied upon. SQLite gives its journal files the mode of
/// the database.
///
/// # Errors
/// [`io::ErrorKind::PermissionDenied`]; those of the system and of SQLite.
pub fn open_database(path: &Path) -> io::Result<Connection> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        create_private_folder(folder)?;
    }
    match create_private(path) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => make_own(path)?,
        Err(error) => return Err(error),
    }
    Connection::open(path).map_err(io::Error::other)
}

/// Refuses a file of another user, and takes away what others may do with one of ours.
#[cfg(unix)]
fn make_own(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let metadata = fs::metadata(path)?;
    if metadata.uid() != rustix::process::geteuid().as_raw() {
        let problem = format!("it belongs to another user (uid {})", metadata.uid());
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, problem));
    }
    let mode = metadata.mode() & 0o7777;
    if metadata.is_file() && mode & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(mode & !0o077))?;
    }
    Ok(())
}

#[cfg(windows)]
fn make_own(path: &Path) -> io::Result<()> {
    if access_list::others_at(path).is_ok_and(|others| others.is_empty()) {
        return Ok(());
    }
    let _ = access_list::make_private(path, false);
    Ok(())
}

#[cfg(not(any(unix, windows)))]
fn make_own(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Sets what makes a commit survive a power cut, and waits for other processes instead of failing.
///
/// # Errors
/// Those of SQLite.
pub fn make_durable(database: &Connection) -> Result<(), rusqlite::Error> {
    database.busy_timeout(WAIT_FOR_OTHERS)?;
    // Two that make a new database at once: SQLite refuses one of them at once, whatever wait was asked for.
    let begun = Instant::now();
    loop {
        match database.pragma_update(None, "journal_mode", "WAL") {
            Err(error) if is_busy(&error) && begun.elapsed() < WAIT_FOR_OTHERS => {
                std::thread::sleep(Duration::from_millis(5));
            }
            other => break other?,
        }
    }
    database.pragma_update(None, "synchronous", "FULL")
}

/// Adds columns that a table of an older version lacks. Two processes may come to such a file at once.
///
/// # Errors
/// Those of SQLite.
pub fn add_columns(database: &mut Connection, table: &str, columns: &[(&str, &str)]) -> Result<(), rusqlite::Error> {
    let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (name, kind) in columns {
        let there = "SELECT count(*) FROM pragma_table_info(?1) WHERE name = ?2";
        if transaction.query_row(there, params![table, name], |row| row.get::<_, i64>(0))? == 0 {
            transaction.execute_batch(&format!("ALTER TABLE {table} ADD COLUMN {name} {kind}"))?;
        }
    }
    transaction.commit()
}

/// How long another process or thread that writes is waited for.
const WAIT_FOR_OTHERS: Duration = Duration::from_secs(10);

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked))
}

/// A rename counts once the folder is on the disk, too.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_the_old_one_or_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.html");
        replace_with(&path, b"old").unwrap();
        let full = replace(&path, &mut |file| {
            file.write_all(b"ne")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no part is left");
        replace_with(&path, b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn an_output_never_takes_the_place_of_a_file_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trace.jsonl");
        create_output(&path, false).unwrap().write_all(b"first").unwrap();
        assert_eq!(create_output(&path, false).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(write_output(&path, false, &mut |_| Ok(())).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "first");
        write_output(&path, true, &mut |file| file.write_all(b"second")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "second");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed_and_a_device_is_written_into() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "kept").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert_eq!(create_output(&link, false).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        create_output(&link, true).unwrap().write_all(b"new").unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "kept");
        write_output(Path::new("/dev/null"), false, &mut |file| file.write_all(b"gone")).unwrap();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_reader_of_a_named_pipe_is_not_waited_for_without_end() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR).unwrap();
        assert_eq!(open_device(&pipe, Duration::ZERO).unwrap_err().kind(), io::ErrorKind::TimedOut);
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe).unwrap()
        });
        create_output(&pipe, false).unwrap().write_all(b"told").unwrap();
        assert_eq!(reader.join().unwrap(), "told");
    }

    #[test]
    fn a_new_database_is_opened_by_many_at_once() {
        for _ in 0..20 {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("new.sqlite");
            std::thread::scope(|scope| {
                for _ in 0..8 {
                    scope.spawn(|| {
                        let database = open_database(&path).unwrap();
                        make_durable(&database).unwrap();
                        database.execute_batch("CREATE TABLE IF NOT EXISTS one (number INTEGER)").unwrap();
                    });
                }
            });
        }
    }

    #[cfg(unix)]
    #[test]
    fn files_and_folders_are_private() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        create_private_folder(&inner).unwrap();
        replace_with(&inner.join("x"), b"x").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&inner), mode(&inner.join("x"))), (0o700, 0o600));
    }
}
