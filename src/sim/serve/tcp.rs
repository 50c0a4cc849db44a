//! Raw TCP: one client at a time on each port.

use std::io;
use std::net::{TcpListener, TcpStream};

use crate::sim::serve::hosted::{HostError, SharedLine};
use crate::sim::serve::talk::talk;

/// Serves clients one after the other, for ever.
///
/// # Errors
/// [`HostError`]; a listener that fails.
pub fn serve(listener: &TcpListener, line: &SharedLine) -> Result<(), HostError> {
    loop {
        match listener.accept() {
            Ok((stream, _)) => one(stream, line)?,
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn one(stream: TcpStream, line: &SharedLine) -> Result<(), HostError> {
    // Answers are whole frames: waiting to join them would only delay the next request.
    let _ = stream.set_nodelay(true);
    let mut reader = &stream;
    let mut writer = &stream;
    talk(line, &mut reader, &mut writer).map(|_| ())
}
