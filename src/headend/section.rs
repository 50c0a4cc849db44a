//! What the sections of all servers share.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// Makes the relative paths among these start elsewhere.
pub fn rebase_files(files: [&mut Option<PathBuf>; 2], base: &dyn Fn(&Path) -> PathBuf) {
    for path in files.into_iter().flatten() {
        *path = base(path);
    }
}

/// The wait for a reply that `timeout_s` asks for.
///
/// # Errors
/// A number of seconds outside 0.1 to 600.
pub fn timeout(seconds: f64) -> Result<Duration, &'static str> {
    if (0.1..=600.0).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err("timeout_s is outside 0.1 to 600")
    }
}
