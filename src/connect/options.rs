//! What is known of a meter before it is opened.

use std::path::PathBuf;
use std::time::Duration;

use crate::keys::Credentials;
use crate::meter::profile::Protocol;

/// Which meter to open, and how to talk to it. [`Default`] names no link.
#[derive(Debug, Clone)]
pub struct MeterOptions {
    /// The link as the user writes it, such as `tcp:10.0.0.7:4059` or `sim:`.
    pub link: Option<String>,
    /// The protocol; `None` takes that of the profile, else detects it.
    pub protocol: Option<Protocol>,
    /// Profile: a name, or a file when it has a slash or ends in `.toml`.
    pub profile: Option<String>,
    /// Address on a shared line, in the notation of the protocol.
    pub address: Option<String>,
    /// Passwords and keys of the meter's interface.
    pub credentials: Credentials,
    /// File the credentials came from, to be named in errors.
    pub credentials_file: Option<PathBuf>,
    /// Longest wait for one reply.
    pub timeout: Duration,
    /// Repeats of one request.
    pub retries: u32,
    /// File that records every byte on the line, with secrets redacted.
    pub trace: Option<PathBuf>,
    /// Whether the trace may take the place of a file that is there.
    pub overwrite: bool,
    /// Whether the good lines of an IEC 62056-21 readout with a wrong check are kept.
    pub salvage: bool,
    /// Whether an invocation counter far above ours is accepted without asking.
    pub accept_far_counter: bool,
}

impl MeterOptions {
    /// Longest wait for one reply unless the user says otherwise.
    pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(5);

    /// Repeats of one request unless the user says otherwise.
    pub const DEFAULT_RETRIES: u32 = 2;

    /// The meter on this link, everything else by default.
    pub fn on(link: impl Into<String>) -> Self {
        MeterOptions { link: Some(link.into()), ..MeterOptions::default() }
    }
}

impl Default for MeterOptions {
    fn default() -> Self {
        MeterOptions {
            link: None,
            protocol: None,
            profile: None,
            address: None,
            credentials: Credentials::default(),
            credentials_file: None,
            timeout: Self::DEFAULT_TIMEOUT,
            retries: Self::DEFAULT_RETRIES,
            trace: None,
            overwrite: false,
            salvage: false,
            accept_far_counter: false,
        }
    }
}
