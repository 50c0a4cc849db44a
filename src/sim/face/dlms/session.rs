//! Associations of one meter: which client may come in how, and its requests carried out on the meter.

use super::catalogue::{Rights, catalogue};
use super::read::{Asker, read};
use super::{invoke, write};
use crate::protocol::dlms::{
    AccessItem, AccessResult, ActionOutcome, ClassId, Conformance, Data, DataAccessResult, ExceptionResponse,
    GeneralKeys, ServerAnswer, ServerAssociation, ServerAuthentication, ServerCounters, ServerRequest, ServerSettings,
    ServerStep, ShortNameList, SystemTitle,
};
use crate::sim::meter::Meter;
use crate::sim::model::FaceRule;

/// Client without authentication.
pub const PUBLIC_CLIENT: u16 = 16;
/// Client with a password.
pub const READER_CLIENT: u16 = 32;
/// Client with HLS-GMAC and ciphering.
pub const MANAGER_CLIENT: u16 = 48;

/// Encryption key of every simulated meter: a test pattern.
pub const ENCRYPTION_KEY: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
/// Authentication key of every simulated meter: a test pattern.
pub const AUTHENTICATION_KEY: [u8; 16] =
    [0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF];

/// Counters the meter sets aside at once: so many answers need no write to permanent memory.
const COUNTERS_AHEAD: u32 = 1024;

/// The DLMS face of one meter.
#[derive(Debug)]
pub struct DlmsFace {
    open: Option<(u16, ServerAssociation)>,
    dice: fastrand::Rng,
}

impl DlmsFace {
    /// The face of a meter, with no association open. Challenges come from the meter's seed.
    pub fn new(meter: &Meter) -> Self {
        let dice = fastrand::Rng::with_seed(meter.seed() ^ u64::from(meter.invocation_counters().meter));
        DlmsFace { open: None, dice }
    }

    /// The connection is closed, and the association with it.
    pub fn reset(&mut self) {
        self.open = None;
    }

    /// Answers one APDU of a client.
    pub fn request(&mut self, meter: &mut Meter, client: u16, apdu: &[u8]) -> Vec<u8> {
        if self.open.as_ref().is_none_or(|(open, _)| *open != client) {
            let Some(association) = associate(meter, client) else {
                return ExceptionResponse::NOT_ALLOWED.to_bytes();
            };
            self.open = Some((client, association));
        }
        let Some((_, association)) = &mut self.open else { return ExceptionResponse::NOT_ALLOWED.to_bytes() };
        let was_open = association.is_open();
        let answer = match association.receive(apdu, &mut self.dice) {
            ServerStep::Reply(reply) => reply,
            ServerStep::Request(request) => {
                let rights = Rights::of_client(client, meter.model().faces.public_access);
                let answer = carry_out(meter, Asker { client, rights }, request);
                association.answer(answer)
            }
        };
        keep_counters(meter, association.counters(), !was_open && association.is_open());
        answer
    }
}

/// The rules for a client, or `None` when the meter does not know it.
fn associate(meter: &mut Meter, client: u16) -> Option<ServerAssociation> {
    let faces = meter.model().faces.clone();
    let mut general = GeneralKeys::default();
    let (authentication, keys, required) = match client {
        PUBLIC_CLIENT => (ServerAuthentication::None, None, None),
        READER_CLIENT => (ServerAuthentication::Lls(meter.secrets().password(&faces.lls_password)), None, None),
        MANAGER_CLIENT => {
            let rule = &meter.model().security;
            let (authentication, keys) = meter.secrets().manager(rule, &faces.lls_password);
            general = meter.secrets().general(rule);
            (authentication, Some(keys), rule.required())
        }
        _ => return None,
    };
    let settings = ServerSettings {
        authentication,
        title: SystemTitle(meter.identity().system_title()),
        keys,
        general,
        required,
        conformance: services(&faces),
        max_pdu: faces.max_pdu,
        longest_list: faces.longest_list,
        short_names: faces.short_names.then(|| short_names(meter)),
    };
    let kept = meter.invocation_counters().clone();
    if client == MANAGER_CLIENT {
        meter.invocation_counters_mut().meter = kept.meter.saturating_add(COUNTERS_AHEAD);
    }
    let counters = ServerCounters {
        own_next: kept.meter,
        client_last: Some(kept.client).filter(|last| faces.checks_invocation_counter && *last > 0),
    };
    Some(ServerAssociation::new(settings, counters))
}

/// The meter's objects under short names, all but the association, which has a name of its own.
fn short_names(meter: &Meter) -> ShortNameList {
    let objects = catalogue(meter).into_iter().filter(|object| object.class != ClassId::ASSOCIATION_LN);
    ShortNameList::assign(
        objects.map(|object| (object.class, object.version, object.name, object.attributes, object.methods)),
    )
}

/// What the meter offers.
fn services(faces: &FaceRule) -> Conformance {
    if faces.short_names {
        return Conformance::SHORT_NAMES;
    }
    let all = Conformance::CLIENT.with(Conformance::GENERAL_PROTECTION);
    let all = if faces.general_blocks { all.with(Conformance::GENERAL_BLOCK_TRANSFER) } else { all };
    let without_lists = all.without(Conformance::MULTIPLE_REFERENCES);
    if faces.access_only { without_lists.with(Conformance::ACCESS) } else { all }
}

/// Keeps the counters. The meter's own are kept well ahead, so that none is ever used twice.
fn keep_counters(meter: &mut Meter, counters: ServerCounters, proved: bool) {
    let used = counters.own_next;
    // Without ciphering none is used.
    if counters.client_last.is_some() && used.saturating_add(COUNTERS_AHEAD / 2) > meter.invocation_counters().meter {
        meter.invocation_counters_mut().meter = used.saturating_add(COUNTERS_AHEAD);
    }
    if let Some(client) = counters.client_last.filter(|last| *last > meter.invocation_counters().client) {
        meter.count_client_frame(client, proved);
    }
}

/// One of the things asked for by ACCESS.
fn access(meter: &mut Meter, asker: Asker, item: &AccessItem) -> AccessResult {
    let (result, data) = match item {
        AccessItem::Get(item) => match read(meter, asker, &item.attribute, item.access.as_ref()) {
            Ok(data) => (DataAccessResult::Success, data),
            Err(reason) => (reason, Data::Null),
        },
        AccessItem::Set(item, value) => (write(meter, asker, &item.attribute, value), Data::Null),
        AccessItem::Action(method, argument) => {
            let called = invoke(meter, asker, method, Some(argument));
            (DataAccessResult::from_number(called.number()), Data::Null)
        }
    };
    AccessResult::of(item, result, data)
}

fn carry_out(meter: &mut Meter, asker: Asker, request: ServerRequest) -> ServerAnswer {
    match request {
        ServerRequest::Get(items) => ServerAnswer::Get(
            items.iter().map(|item| read(meter, asker, &item.attribute, item.access.as_ref())).collect(),
        ),
        ServerRequest::Set(items) => {
            ServerAnswer::Set(items.iter().map(|(item, value)| write(meter, asker, &item.attribute, value)).collect())
        }
        ServerRequest::Access(items) => {
            ServerAnswer::Access(items.iter().map(|item| access(meter, asker, item)).collect())
        }
        ServerRequest::Action(items) => ServerAnswer::Action(
            items
                .iter()
                .map(|item| ActionOutcome::bare(invoke(meter, asker, &item.method, item.argument.as_ref())))
                .collect(),
        ),
    }
}
