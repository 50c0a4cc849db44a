//! A DLMS meter from options, credentials and profile.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use time::OffsetDateTime;

use super::{ConnectError, Connector};
use crate::keys::CounterStore;
use crate::link::address::TcpFraming;
use crate::link::{LineSettings, Link, LinkAddress};
use crate::meter::dlms::session::{Opener, RandomSource};
use crate::meter::dlms::{
    Access, Authentication, Cache, DlmsMeter, SecretSource, Session, Transport, TransportSettings,
};
use crate::meter::profile::{ClientProfile, Library, ObjectPlace, Opening, Profile, Protocol, Role};
use crate::meter::{MeterError, iec62056_21};
use crate::protocol::dlms::{AttributeDescriptor, ClassId, Conformance, ObisCode};
use crate::protocol::hdlc::{Address, ClientAddress};

/// Profile used when none is named.
pub(super) const GENERIC: &str = "generic-dlms";
/// Longest pause inside a frame on a serial port: USB adapters deliver in bursts.
const USUAL_GAP: Duration = Duration::from_millis(250);
/// Information field to propose when the profile names none: what every HDLC server takes (IEC 62056-46).
const DEFAULT_INFO_FIELD: u16 = 128;

impl Connector {
    /// A DLMS meter; nothing is sent.
    pub(super) fn dlms(&self, chosen: Option<Profile>) -> Result<DlmsMeter, ConnectError> {
        let by_name = chosen.is_none().then(|| self.library.clone());
        let profile = match chosen {
            Some(profile) => profile,
            None => self.library.find(GENERIC)?,
        };
        let link = self.open_link(settings(&profile))?;
        self.dlms_on(profile, by_name, link)
    }

    /// Whether the link carries data units in the TCP wrapper.
    fn is_wrapped(&self) -> Result<bool, ConnectError> {
        Ok(self.spoken_over()?.framing() == TcpFraming::Wrapper)
    }

    /// A DLMS meter on an open link.
    pub(super) fn dlms_on(
        &self,
        profile: Profile,
        by_name: Option<Library>,
        link: Box<dyn Link>,
    ) -> Result<DlmsMeter, ConnectError> {
        let wrapper = self.is_wrapped()?;
        let text = self.options.address.as_ref().or(profile.dlms.address.as_ref());
        let text = text.ok_or_else(|| ConnectError::NoAddress { profile: profile.name.clone() })?;
        let server: Address = text.parse().map_err(|error: crate::protocol::hdlc::AddressError| {
            ConnectError::BadAddress { protocol: Protocol::Dlms, problem: error.to_string() }
        })?;
        let transport_settings = TransportSettings {
            server,
            max_info_field: profile.dlms.max_info_field.unwrap_or(DEFAULT_INFO_FIELD),
            window: profile.dlms.hdlc_window.unwrap_or(1),
            wrapper,
            timeout: self.options.timeout,
            retries: self.options.retries,
            octet_gap: self.gap(Some(&profile))?.unwrap_or(USUAL_GAP),
        };
        let access = self.access(&profile)?;
        match (wrapper, profile.line.opening) {
            (true, _) => self.tell_attempt(
                "DLMS in the TCP wrapper",
                link.as_ref(),
                &format!(", logical device {}", server.logical()),
            ),
            (false, Opening::ModeE) => {
                self.tell_attempt("sign-on", link.as_ref(), &format!(", then HDLC, address {server}"))
            }
            (false, Opening::Direct) => {
                let whom = format!(", address {server}, client {}", access.client.number());
                self.tell_attempt("HDLC", link.as_ref(), &whom);
            }
        }
        let counters = if access.source.is_some() {
            let store = CounterStore::open(&self.state()?.join("counters.sqlite"))?;
            Some(Arc::new(Mutex::new(store)))
        } else {
            None
        };
        let cache = self.state_folder.as_ref().map(|folder| Cache::new(folder.join("object-lists")));
        let mut transport = Transport::new(link, transport_settings, access.client);
        // A device server that hangs up, or an adapter pulled out, in the middle of a change: the line is opened again
        // to learn what became of it.
        let mut address = self.address()?;
        if let LinkAddress::Serial(serial) = &mut address {
            serial.wait = serial.wait.max(self.options.timeout);
        }
        if matches!(address, LinkAddress::Tcp(_) | LinkAddress::Serial(_) | LinkAddress::Rfc2217(_)) {
            let options = self.open_options(settings(&profile));
            transport = transport.with_reopen(Box::new(move || crate::link::open(&address, &options)));
        }
        let opener = self.opener(&profile, wrapper);
        let question = Arc::clone(&self.counter_question);
        let session = Session::new(transport, access, counters, random(), opener, OffsetDateTime::now_utc())
            .with_counter_question(Box::new(move |meter, ours| question(meter, ours)));
        Ok(DlmsMeter::new(session, profile, by_name, cache))
    }

    fn opener(&self, profile: &Profile, wrapper: bool) -> Opener {
        let direct = profile.line.settings();
        match profile.line.opening {
            Opening::ModeE if !wrapper => {
                let options = self.sign_on_options(profile);
                Box::new(move |link| iec62056_21::hand_over(link, options.clone()))
            }
            // After a reading in another form the line is put back; at the start it is there already.
            _ => Box::new(move |link| match (direct, link.settings()) {
                (Some(wanted), Some(now)) if now.data_bits == 7 => Ok(link.configure(wanted)?),
                _ => Ok(()),
            }),
        }
    }

    fn access(&self, profile: &Profile) -> Result<Access, ConnectError> {
        let public = profile.dlms.public_client().and_then(|client| ClientAddress::new(client.client));
        let file = self.options.credentials_file.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
        let (client, source) = match &self.options.credentials.dlms {
            None => (public, None),
            Some(credentials) => {
                let manufacturer_hls = profile.dlms.manufacturer_hls;
                let source = SecretSource { credentials: credentials.clone(), manufacturer_hls, file: file.clone() };
                (ClientAddress::new(credentials.client), Some(source))
            }
        };
        let authentication = match &source {
            Some(source) if !source.credentials.is_by_meter() => source
                .authentication(&source.credentials.secrets)
                .map_err(|field| ConnectError::CredentialsField { file, field })?,
            _ => Authentication::NONE,
        };
        let client = client.ok_or_else(|| ConnectError::CredentialsMissing {
            profile: profile.name.clone(),
            clients: profile.dlms.clients.iter().map(|client| format!("{} ({})", client.client, client.name)).collect(),
        })?;
        Ok(Access {
            client,
            authentication,
            source,
            public,
            counter_objects: counter_objects(profile, client),
            pdu: profile.dlms.pdu.unwrap_or(u16::MAX),
            conformance: services(profile),
            block_window: profile.dlms.general_block_window.unwrap_or(1),
            pre_established: known(profile, client).filter(|known| known.pre_established).map(|_| client),
            accept_far_counter: self.options.accept_far_counter,
        })
    }
}

/// The client of this number, as the profile describes it.
fn known(profile: &Profile, client: ClientAddress) -> Option<&ClientProfile> {
    profile.dlms.clients.iter().find(|known| known.client == client.number())
}

/// What is offered to the meter.
fn services(profile: &Profile) -> Conformance {
    let offered = [
        (profile.dlms.general_block_transfer, Conformance::GENERAL_BLOCK_TRANSFER),
        (profile.dlms.access, Conformance::ACCESS),
    ];
    let offered = offered.into_iter().filter(|(wanted, _)| *wanted == Some(true));
    offered.fold(Conformance::CLIENT, |all, (_, service)| all.with(service))
}

/// Settings of the line at the start.
pub(super) fn settings(profile: &Profile) -> LineSettings {
    match profile.line.opening {
        Opening::ModeE => LineSettings::seven_even_one(300),
        Opening::Direct => profile.line.settings().unwrap_or(LineSettings::eight_none_one(9600)),
    }
}

fn random() -> RandomSource {
    Box::new(|count| {
        let mut octets = vec![0u8; count];
        getrandom::fill(&mut octets)
            .map_err(|error| MeterError::NotSupported(format!("the system gives no random numbers: {error}")))?;
        Ok(octets)
    })
}

/// Where the invocation counter of a client may be, best first: its own object before those of the role.
fn counter_objects(profile: &Profile, client: ClientAddress) -> Vec<AttributeDescriptor> {
    let own = known(profile, client).and_then(|known| known.counter.as_ref());
    let own =
        own.and_then(|pattern| Some(AttributeDescriptor::new(ClassId(pattern.class), ObisCode(pattern.exact()?), 2)));
    let places = profile.objects.get(&Role::InvocationCounter).map(|role| role.at.as_slice()).unwrap_or_default();
    let exact = places.iter().filter_map(|place| match place {
        ObjectPlace::Cosem(pattern) => {
            Some(AttributeDescriptor::new(ClassId(pattern.class), ObisCode(pattern.exact()?), 2))
        }
        ObjectPlace::DataSet(_) => None,
    });
    own.into_iter().chain(exact).collect()
}
