//! A simulated meter on a line in memory, a head-end that answers what it is told to, and a job.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use time::macros::datetime;
use wattkey::commission::{Commissioning, InterfaceMaterial, Job, NonInteractive, Operator, Plan, Report};
use wattkey::headend::{
    Delivery, EngineeringKind, EngineeringRequest, Handshake, HeadEnd, HeadEndError, JobReport, KeyChangeRequest,
    MeterRecord, Query, Refusal, TokenAnswer, TokenIssue, Verdict,
};
use wattkey::ledger::{Author, Ledger};
use wattkey::link::Interrupt;
use wattkey::link::{FarAction, FarEnd, LineSettings, MemoryLine};
use wattkey::meter::Meter;
use wattkey::meter::dlms::{Access, Authentication, DlmsMeter, Session, Transport, TransportSettings};
use wattkey::meter::profile::Library;
use wattkey::protocol::hdlc::{Address, ClientAddress};
use wattkey::sim::fault::{FaultRule, Faults};
use wattkey::sim::lab_keys;
use wattkey::sim::line::{LineAction, SimLine};
use wattkey::sim::meter::Meter as SimulatedMeter;
use wattkey::sim::model::Model;
use wattkey::sts::keyring::Keyring;
use wattkey::sts::{Amount, Commodity, Pan, RandomNumber, StaTables, Tid, Token, TokenContent};

pub const START: OffsetDateTime = datetime!(2026-11-21 08:00 UTC);

#[derive(Debug)]
struct OneMeter(SimLine);

impl FarEnd for OneMeter {
    fn settings(&self) -> LineSettings {
        LineSettings::eight_none_one(9600)
    }

    fn hear(&mut self, byte: u8, at: Duration) -> Vec<FarAction> {
        let time = START + time::Duration::try_from(at).unwrap();
        let action = |action| match action {
            LineAction::Pause(duration) => FarAction::Pause(duration),
            LineAction::Send(octets) => FarAction::Send(octets),
            LineAction::HangUp => FarAction::HangUp,
        };
        self.0.hear(&[byte], at, time).into_iter().map(action).collect()
    }
}

/// A driver without authentication on a fresh simulated meter.
pub fn meter(seed: u64) -> DlmsMeter {
    let model = Model::named(Model::default_name()).unwrap();
    let meters = vec![(SimulatedMeter::new(model, seed, START).unwrap(), "1/17".parse::<Address>().unwrap())];
    let line = MemoryLine::new(OneMeter(SimLine::new(meters, Faults::new(FaultRule::default(), 1))));
    let settings = TransportSettings {
        server: "1/17".parse().unwrap(),
        max_info_field: 2030,
        window: 1,
        wrapper: false,
        timeout: Duration::from_secs(2),
        retries: 2,
        octet_gap: Duration::from_millis(250),
    };
    let access = Access {
        client: ClientAddress::PUBLIC,
        authentication: Authentication::NONE,
        source: None,
        public: None,
        counter_objects: Vec::new(),
        pdu: u16::MAX,
        conformance: wattkey::protocol::dlms::Conformance::CLIENT,
        block_window: 1,
        pre_established: None,
        accept_far_counter: false,
    };
    let transport = Transport::new(Box::new(line), settings, access.client);
    let no_challenge = Box::new(|_| unreachable!("nobody proves anything here"));
    let session = Session::new(transport, access, None, no_challenge, Box::new(|_| Ok(())), START);
    let library = Library::default();
    DlmsMeter::new(session, library.find("generic-dlms").unwrap(), Some(library), None)
}

pub fn now() -> OffsetDateTime {
    START
}

/// Gives one verdict to every code, and keeps what it was told.
#[derive(Debug)]
pub struct Clerk {
    pub verdict: Verdict,
    pub record: Option<MeterRecord>,
    /// Verdict on a request for tokens.
    pub tokens: Verdict,
    /// A first credit, for whoever asks.
    pub credit: Option<Token>,
    pub asked: Vec<String>,
    pub reports: Vec<JobReport>,
}

impl Clerk {
    pub fn saying(verdict: Verdict) -> Self {
        Clerk { verdict, record: None, tokens: Verdict::NoTokens, credit: None, asked: Vec::new(), reports: Vec::new() }
    }
}

impl HeadEnd for Clerk {
    fn name(&self) -> &str {
        "clerk"
    }

    fn is_offline(&self) -> bool {
        false
    }

    fn check(&mut self, query: &Query) -> Result<Handshake, HeadEndError> {
        self.asked.push("check".to_owned());
        let plain = Handshake::plain(self.verdict, "clerk", false);
        Ok(match &self.record {
            Some(record) => plain.compared(record.clone(), &query.found),
            None => plain,
        })
    }

    fn key_change(&mut self, _request: &KeyChangeRequest) -> Result<TokenAnswer, HeadEndError> {
        self.asked.push("key-change".to_owned());
        Ok(TokenAnswer::Refused(Refusal::plain(self.tokens)))
    }

    fn engineering(&mut self, request: &EngineeringRequest) -> Result<TokenAnswer, HeadEndError> {
        self.asked.push(request.kind.to_string());
        if let (EngineeringKind::FirstCredit, Some(token)) = (request.kind, self.credit) {
            return Ok(TokenAnswer::Issued(TokenIssue::of("first-credit", vec![token])));
        }
        Ok(TokenAnswer::Refused(Refusal::plain(self.tokens)))
    }

    fn report(&mut self, report: &JobReport) -> Result<Delivery, HeadEndError> {
        self.reports.push(report.clone());
        Ok(Delivery::Delivered { reference: Some("R-1".to_owned()) })
    }

    fn meter_of_serial(&mut self, _serial: &str) -> Result<Option<wattkey::sts::Drn>, HeadEndError> {
        Ok(None)
    }
}

pub fn ledger() -> Ledger {
    Ledger::in_memory(Author { operator: "o".into(), host: "h".into(), tool: "t".into() }).unwrap()
}

pub fn plan(text: &str) -> Plan {
    Plan::parse("test", &format!("schema = \"wattkey/plan/1\"\nname = \"test\"\n{text}")).unwrap()
}

pub fn job() -> Job {
    Job { id: "j".into(), vend_code: Some("VC-1".into()), ..Job::default() }
}

/// Runs a job with everything confirmed beforehand.
pub fn run(plan: &Plan, job: &Job, meter: &mut dyn Meter, clerk: &mut Clerk, ledger: &mut Ledger) -> Report {
    run_with(plan, job, meter, clerk, ledger, &mut NonInteractive { confirmed: true })
}

pub fn run_with(
    plan: &Plan,
    job: &Job,
    meter: &mut dyn Meter,
    clerk: &mut Clerk,
    ledger: &mut Ledger,
    operator: &mut dyn Operator,
) -> Report {
    let commissioning = Commissioning {
        plan,
        job,
        keyring: Arc::new(Keyring::default()),
        registry: None,
        dry_run: false,
        accept_offset: false,
        accept_no_rollover: false,
        interface: InterfaceMaterial::default(),
        now,
        interrupt: Interrupt::new(),
        read_back_limit: Duration::from_secs(8),
    };
    commissioning.run(meter, Some(clerk), ledger, operator)
}

/// A credit of 5 kWh for the meter on its first key, `minutes` after the bench's beginning.
pub fn credit(meter: &mut dyn Meter, minutes: u32) -> Token {
    let sts = meter.sts().unwrap();
    let is_key =
        |id: &wattkey::sts::VendingKeyId| Some(id.sgc) == sts.sgc && Some(id.krn) == sts.krn && Some(id.kt) == sts.kt;
    let vending = lab_keys::vending_keys().into_iter().find(|key| is_key(key.id())).unwrap();
    let ti = sts.ti.unwrap();
    let base = vending.id().base_date.start();
    let tid = u32::try_from((START - base).whole_minutes()).unwrap() + minutes;
    let content = TokenContent::Credit {
        commodity: Commodity::Electricity,
        rnd: RandomNumber::from_bits(5),
        tid: Tid::new(tid).unwrap(),
        amount: Amount::at_least(50).unwrap(),
    };
    let key = vending.decoder_key(Pan::of(sts.drn.unwrap()), ti);
    key.make(&content, StaTables::iec_sample())
}
