//! Simulated meters on a line in memory, and drivers on it.

use std::time::Duration;

use time::OffsetDateTime;
use time::macros::datetime;
use wattkey::link::memory::LineFaults;
use wattkey::link::{FarAction, FarEnd, LineSettings, Link, MemoryLine};
use wattkey::meter::dlms::{Access, DlmsMeter, Proof, Session, Transport, TransportSettings};
use wattkey::meter::profile::Library;
use wattkey::protocol::hdlc::{Address, ClientAddress};
use wattkey::sim::fault::{FaultRule, Faults};
use wattkey::sim::line::{LineAction, SimLine};
use wattkey::sim::meter::Meter as SimulatedMeter;
use wattkey::sim::model::Model;

pub const START: OffsetDateTime = datetime!(2026-11-21 08:00 UTC);

/// A line of simulated meters as the far end of a line in memory.
#[derive(Debug)]
pub struct Meters {
    line: SimLine,
}

impl Meters {
    pub fn at(addresses: &[&str]) -> Self {
        let meters = addresses.iter().zip(0u64..).map(|(address, seed)| {
            let model = Model::named(Model::default_name()).unwrap();
            (SimulatedMeter::new(model, seed, START).unwrap(), address.parse::<Address>().unwrap())
        });
        Meters { line: SimLine::new(meters.collect(), Faults::new(FaultRule::default(), 1)) }
    }
}

impl FarEnd for Meters {
    fn settings(&self) -> LineSettings {
        LineSettings::eight_none_one(9600)
    }

    fn hear(&mut self, byte: u8, at: Duration) -> Vec<FarAction> {
        let time = START + time::Duration::try_from(at).unwrap();
        let actions = self.line.hear(&[byte], at, time);
        let action = |action| match action {
            LineAction::Pause(duration) => FarAction::Pause(duration),
            LineAction::Send(octets) => FarAction::Send(octets),
            LineAction::HangUp => FarAction::HangUp,
        };
        actions.into_iter().map(action).collect()
    }
}

/// A line at 9600 8N1 to these meters.
pub fn line(addresses: &[&str], faults: LineFaults) -> MemoryLine {
    MemoryLine::new(Meters::at(addresses)).with_faults(faults)
}

/// A driver without authentication on a link.
pub fn driver(link: Box<dyn Link>, address: &str) -> DlmsMeter {
    let settings = TransportSettings {
        server: address.parse().unwrap(),
        information: 2030,
        wrapper: false,
        timeout: Duration::from_secs(2),
        retries: 2,
    };
    let access = Access {
        client: ClientAddress::PUBLIC,
        proof: Proof::None,
        public: None,
        counter_objects: Vec::new(),
        pdu: u16::MAX,
        accept_far_counter: false,
    };
    let transport = Transport::new(link, settings, access.client);
    let no_challenge = Box::new(|| unreachable!("nobody proves anything here"));
    let session = Session::new(transport, access, None, no_challenge, Box::new(|_| Ok(())), START);
    let library = Library::default();
    DlmsMeter::new(session, library.find("generic-dlms").unwrap(), Some(library), None)
}
