//! Reads what a server said before it hung up.
//!
//! In TLS 1.3 the client may send before the server has looked at its certificate. A server that refuses it sends an
//! alert and closes; the client's next write then fails, although the reason lies unread in the receive buffer.

use std::io::{self, ErrorKind};

use ureq::Error;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

/// Wraps each connection in a [`LateAlert`].
#[derive(Debug)]
pub struct ReadBeforeGivingUp;

impl<In: Transport> Connector<In> for ReadBeforeGivingUp {
    type Out = LateAlert<In>;

    fn connect(&self, _: &ConnectionDetails, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| LateAlert { inner, cut: None }))
    }
}

/// A connection whose failed write is reported only once there is nothing more to read.
#[derive(Debug)]
pub struct LateAlert<T> {
    inner: T,
    /// How writing ended.
    cut: Option<(ErrorKind, String)>,
}

impl<T> LateAlert<T> {
    /// The failure of the write, for whoever finds nothing to read.
    fn cut_off(&self) -> Option<Error> {
        self.cut.as_ref().map(|(kind, problem)| Error::Io(io::Error::new(*kind, problem.clone())))
    }
}

impl<T: Transport> Transport for LateAlert<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        if self.cut.is_some() {
            return Ok(());
        }
        match self.inner.transmit_output(amount, timeout) {
            Err(Error::Io(problem))
                if matches!(
                    problem.kind(),
                    ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted
                ) =>
            {
                self.cut = Some((problem.kind(), problem.to_string()));
                Ok(())
            }
            result => result,
        }
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        match (self.inner.await_input(timeout), self.cut_off()) {
            (Ok(false) | Err(_), Some(cut)) => Err(cut),
            (result, _) => result,
        }
    }

    fn is_open(&mut self) -> bool {
        self.cut.is_none() && self.inner.is_open()
    }
}
