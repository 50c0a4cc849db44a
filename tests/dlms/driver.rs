//! A driver of the protocol over a TCP stream, as small as can be; loses some of what it sends when asked to.
//! It does not spoil frames: the meter's library counts a frame with a wrong check as received and never answers again
//! on that connection. Spoilt requests are tried against our own station in `protocol::hdlc`.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use wattkey::protocol::dlms::{DlmsClient, DlmsError, Outcome, Step};
use wattkey::protocol::hdlc::{ClientConnection, ClientEvent, ClientFault, ClientSettings, ClientStatistics};

/// Why an exchange came to nothing; shown when a test fails.
#[derive(Debug)]
#[expect(dead_code, reason = "the fault is there to be printed")]
pub enum Failure {
    Line(ClientFault),
    Dlms(DlmsError),
}

impl From<DlmsError> for Failure {
    fn from(error: DlmsError) -> Self {
        Failure::Dlms(error)
    }
}

impl From<ClientFault> for Failure {
    fn from(fault: ClientFault) -> Self {
        Failure::Line(fault)
    }
}

pub struct Driver {
    stream: TcpStream,
    start: Instant,
    connection: ClientConnection,
    faults: Option<fastrand::Rng>,
    pub requests: usize,
}

impl Driver {
    /// Opens the stream. With a seed about one frame in a hundred never leaves.
    pub fn open(peer: &str, settings: ClientSettings, seed: Option<u64>) -> Self {
        let stream = TcpStream::connect(peer).expect("the meter listens");
        stream.set_nodelay(true).unwrap();
        Driver {
            stream,
            start: Instant::now(),
            connection: ClientConnection::new(settings),
            faults: seed.map(fastrand::Rng::with_seed),
            requests: 0,
        }
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    pub fn statistics(&self) -> ClientStatistics {
        self.connection.statistics()
    }

    fn transmit(&mut self) {
        while let Some(frame) = self.connection.poll_transmit() {
            let lost = self.faults.as_mut().is_some_and(|random| random.u8(..100) == 0);
            if !lost {
                self.stream.write_all(&frame.octets).unwrap();
            }
            self.connection.transmitted(self.now());
        }
    }

    fn event(&mut self) -> Result<ClientEvent, ClientFault> {
        let mut buffer = [0; 4096];
        loop {
            self.transmit();
            match self.connection.poll_event() {
                Some(ClientEvent::Failed(fault)) => return Err(fault),
                Some(event) => return Ok(event),
                None => {}
            }
            let deadline = self.connection.deadline().expect("something is due");
            let wait = deadline.saturating_sub(self.now()).max(Duration::from_millis(1));
            self.stream.set_read_timeout(Some(wait)).unwrap();
            match self.stream.read(&mut buffer) {
                Ok(0) => panic!("the meter hung up"),
                Ok(count) => self.connection.receive(&buffer[..count], self.start.elapsed()),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    self.connection.handle_timeout(self.start.elapsed());
                }
                Err(error) => panic!("{error}"),
            }
        }
    }

    pub fn connect(&mut self) -> Result<(), ClientFault> {
        self.connection.connect(self.now());
        self.event().map(|event| assert!(matches!(event, ClientEvent::Connected { .. }), "{event:?}"))
    }

    pub fn disconnect(&mut self) -> Result<(), ClientFault> {
        self.connection.disconnect(self.now());
        self.event().map(|event| assert_eq!(event, ClientEvent::Disconnected))
    }

    /// Carries an exchange to its end.
    pub fn run(&mut self, client: &mut DlmsClient, step: Result<Step, DlmsError>) -> Result<Outcome, Failure> {
        let mut step = step?;
        loop {
            match step {
                Step::Done(outcome) => return Ok(outcome),
                Step::Unsolicited(apdu) => panic!("{apdu:02X?}"),
                Step::More => panic!("no part of an answer follows by itself"),
                Step::Stream(apdu) => panic!("{:02X?}", apdu.octets),
                Step::Send(apdu) => {
                    self.requests += 1;
                    let now = self.now();
                    self.connection.send_secret(&apdu.octets, &apdu.secrets, now)?;
                    match self.event()? {
                        ClientEvent::Message(reply) => step = client.receive(&reply)?,
                        event => panic!("{event:?}"),
                    }
                }
            }
        }
    }
}
