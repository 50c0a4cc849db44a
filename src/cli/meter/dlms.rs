//! Options, credentials and profile put together to a DLMS meter.

use std::sync::{Arc, Mutex};

use time::OffsetDateTime;

use crate::cli::{CommandError, Context, interrupt, line};
use crate::error::Code;
use crate::keys::{DlmsAuthentication, DlmsCredentials};
use crate::ledger::CounterStore;
use crate::ledger::counters::fingerprint;
use crate::link::address::TcpFraming;
use crate::link::{LineSettings, Link, LinkAddress, OpenOptions};
use crate::meter::dlms::session::{ChallengeSource, CounterQuestion, Opener};
use crate::meter::dlms::{Access, Cache, DlmsMeter, Proof, Session, Transport, TransportSettings};
use crate::meter::profile::{Library, ObjectPlace, Opening, Profile, Role};
use crate::meter::{MeterError, iec62056_21};
use crate::protocol::dlms::{AttributeDescriptor, ClassId, ObisCode, Password, SecretKey, SuiteKeys, SystemTitle};
use crate::protocol::hdlc::{Address, ClientAddress};

/// Profile used when none is named.
const GENERIC: &str = "generic-dlms";
/// Octets of a challenge: more than GMAC needs, as long as every meter takes.
const CHALLENGE: usize = 16;

/// A DLMS meter on the link the options name; nothing is sent.
///
/// # Errors
/// Those of the link and of the options.
pub fn meter(context: &Context, chosen: Option<Profile>, library: &Library) -> Result<DlmsMeter, CommandError> {
    let by_name = chosen.is_none().then(|| library.clone());
    let profile = match chosen {
        Some(profile) => profile,
        None => library.find(GENERIC)?,
    };
    let link = line::open(context, settings(&profile))?;
    on_link(context, profile, by_name, link)
}

/// Settings of the line at the start.
pub fn settings(profile: &Profile) -> LineSettings {
    match profile.line.opening {
        Opening::ModeE => LineSettings::seven_even_one(300),
        Opening::Direct => profile.line.settings().unwrap_or(LineSettings::eight_none_one(9600)),
    }
}

/// Whether the link carries data units in the TCP wrapper.
///
/// # Errors
/// Those of the link's text.
pub fn is_wrapped(context: &Context) -> Result<bool, CommandError> {
    Ok(matches!(line::address(context)?, LinkAddress::Tcp(tcp) if tcp.framing == TcpFraming::Wrapper))
}

/// A DLMS meter on an open link.
///
/// # Errors
/// Those of the options.
pub fn on_link(
    context: &Context,
    profile: Profile,
    by_name: Option<Library>,
    link: Box<dyn Link>,
) -> Result<DlmsMeter, CommandError> {
    let wrapper = is_wrapped(context)?;
    let text = context.options.address.as_ref().or(profile.dlms.address.as_ref());
    let text = text.ok_or_else(|| {
        CommandError::new(Code::Usage, "the profile names no address")
            .hint("Give --address LOGICAL/PHYSICAL, such as 1/17.")
    })?;
    let server: Address = text.parse().map_err(|error| {
        CommandError::new(Code::BadValue, format!("{error}")).hint("Give --address LOGICAL/PHYSICAL, such as 1/17.")
    })?;
    let settings = TransportSettings {
        server,
        information: profile.dlms.information.unwrap_or(128),
        wrapper,
        timeout: context.options.timeout(),
        retries: context.options.retries(),
    };
    let access = access(context, &profile)?;
    let counters = match access.proof {
        Proof::Keys { .. } => {
            let store = CounterStore::open(&context.folders.state()?.join("counters.sqlite"))?;
            Some(Arc::new(Mutex::new(store)))
        }
        _ => None,
    };
    let cache = context.folders.state().ok().map(|folder| Cache::new(folder.join("object-lists")));
    let mut transport = Transport::new(link, settings, access.client);
    // A device server that hangs up, or an adapter pulled out, in the middle of a token: the line is opened again to learn
    // what became of it.
    let mut address = line::address(context)?;
    if let LinkAddress::Serial(serial) = &mut address {
        serial.wait = serial.wait.max(context.options.timeout());
    }
    if matches!(address, LinkAddress::Tcp(_) | LinkAddress::Serial(_) | LinkAddress::Rfc2217(_)) {
        let options = OpenOptions {
            settings: self::settings(&profile),
            connect_timeout: context.options.timeout(),
            interrupt: context.interrupt(),
        };
        transport = transport.with_reopen(Box::new(move || crate::link::open(&address, &options)));
    }
    let opener = opener(context, &profile, wrapper);
    let session = Session::new(transport, access, counters, challenge(), opener, OffsetDateTime::now_utc())
        .with_counter_question(counter_question(context));
    Ok(DlmsMeter::new(session, profile, by_name, cache))
}

/// Asks at the terminal; where there is none, the answer is no and the error says what to give.
fn counter_question(context: &Context) -> CounterQuestion {
    let non_interactive = context.options.non_interactive;
    Box::new(move |meter, ours| {
        let ours = ours.map_or_else(|| "none is known of ours".to_owned(), |ours| format!("ours is {ours}"));
        let question = format!(
            "The meter claims invocation counter {meter}; {ours}. Should it be false, taking it locks the key out for good. Take it?"
        );
        crate::ui::prompter(non_interactive, interrupt::take_charge).confirm(&question, "--yes").unwrap_or(false)
    })
}

fn challenge() -> ChallengeSource {
    Box::new(|| {
        let mut octets = vec![0u8; CHALLENGE];
        getrandom::fill(&mut octets)
            .map_err(|error| MeterError::NotSupported(format!("the system gives no random numbers: {error}")))?;
        Ok(octets)
    })
}

fn opener(context: &Context, profile: &Profile, wrapper: bool) -> Opener {
    let direct = profile.line.settings();
    match profile.line.opening {
        Opening::ModeE if !wrapper => {
            let options = super::iec62056_21::client_options(context, profile);
            Box::new(move |link| iec62056_21::hand_over(link, options.clone()))
        }
        // After a reading in another form the line is put back; at the start it is there already.
        _ => Box::new(move |link| match (direct, link.settings()) {
            (Some(wanted), Some(now)) if now.data_bits == 7 => Ok(link.configure(wanted)?),
            _ => Ok(()),
        }),
    }
}

fn access(context: &Context, profile: &Profile) -> Result<Access, CommandError> {
    let public = profile.dlms.public_client().and_then(|client| ClientAddress::new(client.client));
    let (client, proof) = match context.credentials()?.dlms {
        Some(credentials) => (ClientAddress::new(credentials.client), proof(context, &credentials)?),
        None => (public, Proof::None),
    };
    let client = client.ok_or_else(|| {
        let names: Vec<String> =
            profile.dlms.clients.iter().map(|client| format!("{} ({})", client.client, client.name)).collect();
        CommandError::new(Code::CredentialsMissing, format!("{} lets nobody read without a password", profile.name))
            .hint(format!("Give --credentials with [dlms] client and password; the clients are {}.", names.join(", ")))
    })?;
    Ok(Access {
        client,
        proof,
        public,
        counter_objects: counter_objects(profile),
        pdu: profile.dlms.pdu.unwrap_or(u16::MAX),
        accept_far_counter: context.options.yes,
    })
}

fn proof(context: &Context, credentials: &DlmsCredentials) -> Result<Proof, CommandError> {
    let path = context.options.credentials.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    let missing = |field: &str| {
        CommandError::new(Code::CredentialsMissing, format!("{path}: [dlms] {field} is missing"))
            .hint(format!("Add {field} under [dlms], or change auth."))
    };
    match credentials.authentication {
        DlmsAuthentication::None => Ok(Proof::None),
        DlmsAuthentication::Lls => {
            let password = credentials.password.as_ref().ok_or_else(|| missing("password"))?;
            Ok(Proof::Password(Password::new(password.reveal().as_bytes().to_vec())))
        }
        DlmsAuthentication::HlsGmac => {
            let title = credentials.system_title.ok_or_else(|| missing("system_title"))?;
            let encryption = credentials.encryption_key.as_ref().ok_or_else(|| missing("encryption_key"))?;
            let authentication =
                credentials.authentication_key.as_ref().ok_or_else(|| missing("authentication_key"))?;
            Ok(Proof::Keys {
                title: SystemTitle(title),
                fingerprint: fingerprint(encryption.reveal(), &title),
                keys: SuiteKeys {
                    encryption: SecretKey::new(*encryption.reveal()),
                    authentication: SecretKey::new(*authentication.reveal()),
                },
            })
        }
    }
}

fn counter_objects(profile: &Profile) -> Vec<AttributeDescriptor> {
    let places = profile.objects.get(&Role::InvocationCounter).map(|role| role.at.as_slice()).unwrap_or_default();
    let exact = places.iter().filter_map(|place| match place {
        ObjectPlace::Cosem(pattern) => {
            Some(AttributeDescriptor::new(ClassId(pattern.class), ObisCode(pattern.exact()?), 2))
        }
        ObjectPlace::DataSet(_) => None,
    });
    exact.collect()
}
