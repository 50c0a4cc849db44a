//! What keeps secrets in memory from reaching a disk: no core dumps, and no swapping where the system allows that.
//! Best effort: what the system refuses is passed over, and SECURITY.md says what then remains.

/// Turns core dumps off for this process, and locks its memory where there is no limit on locking: under a limit a later
/// allocation would fail.
#[cfg(target_os = "linux")]
pub fn keep_out_of_dumps() {
    use rustix::mm::{MlockAllFlags, mlockall};
    use rustix::process::{DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit};

    // A kernel that pipes dumps to a program asks for the first, one that writes files for the second.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    if getrlimit(Resource::Memlock).current.is_none() {
        let _ = mlockall(MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT);
    }
}

/// As on Linux, as far as the system has it.
#[cfg(all(unix, not(target_os = "linux")))]
pub fn keep_out_of_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

/// Nothing to be done: a Windows process writes no dump unless its user asked for one.
#[cfg(not(unix))]
pub fn keep_out_of_dumps() {}
