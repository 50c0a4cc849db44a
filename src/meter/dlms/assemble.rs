//! From attribute values to the parts of a status. Pure: which values there are was decided by [`super::plan`].

use std::fmt::Display;
use std::str::FromStr;

use time::OffsetDateTime;

use super::answers::Answers;
use super::convert;
use crate::meter::MeterTime;
use crate::meter::measured;
use crate::meter::profile::object::StateField;
use crate::meter::profile::token::ResultSource;
use crate::meter::profile::units::status_unit;
use crate::meter::profile::{Profile, Role};
use crate::meter::status::{ClockState, CreditState, Identity, Limits, Problem, RelayState, Status, StsState, known};
use crate::meter::token::{GatewayStatus, TokenReport};
use crate::meter::value::{Value, scaled};
use crate::protocol::dlms::Data;
use crate::sts::{Tid, Token, TokenResult};

/// Fills a status from what was read. `now` is our own time, for the clock's drift.
pub fn assemble(profile: &Profile, answers: &Answers, now: OffsetDateTime) -> Status {
    let report = token_report(profile, answers);
    let mut problems = answers.problems();
    Status {
        protocol: profile.protocol.word().to_owned(),
        meter: identity(profile, answers),
        sts: known(sts(profile, answers, &report, &mut problems)),
        clock: clock(profile, answers, now),
        credit: known(credit(profile, answers)),
        relay: known(relay(answers)),
        energy: known(measured::energy(|role| quantity(answers, role))),
        supply: known(measured::supply(|role| quantity(answers, role), measured::phases_of(answers.roles()))),
        tamper: bits(profile, answers, Role::Tamper),
        alarms: bits(profile, answers, Role::Alarms),
        limits: known(limits(profile, answers)),
        problems,
        ..Status::default()
    }
}

/// Which meter it is.
pub fn identity(profile: &Profile, answers: &Answers) -> Identity {
    let text = |role: Role| answers.value(role, 2).and_then(|value| value.as_text()).filter(|text| !text.is_empty());
    let device_name = text(Role::DeviceName);
    let flag_letters = || device_name.as_ref().and_then(|name| name.get(..3)).map(str::to_owned);
    Identity {
        serial: text(Role::Serial),
        manufacturer: text(Role::Manufacturer).or_else(|| profile.maker.clone()).or_else(flag_letters),
        model: text(Role::Model),
        firmware: text(Role::Firmware),
        device_name,
    }
}

/// State of the STS decoder: class 116, the profile's own state object, and the token gateway. What cannot be becomes a
/// problem.
pub fn sts(profile: &Profile, answers: &Answers, report: &TokenReport, problems: &mut Vec<Problem>) -> StsState {
    let mut state = StsState::default();
    let number = |attribute: u8| answers.value(Role::StsIdentity, attribute).and_then(|value| value.as_integer());
    let mut checks = StsChecks { problems };
    if let [issuer, drn, ..] = answers.parts(Role::StsIdentity, 2).as_slice()
        && let (Some(issuer), Some(drn)) = (issuer.as_integer(), drn.as_integer())
    {
        // The issuer decides the length: 0 stands for the four-digit IIN 0000 with 13-digit decoder numbers.
        let (iin, drn) = if issuer == 0 {
            ("0000".to_owned(), format!("{drn:013}"))
        } else {
            (format!("{issuer:06}"), format!("{drn:011}"))
        };
        (state.iin, state.drn) = (checks.text("iin", Some(iin)), checks.text("drn", Some(drn)));
    }
    if state.drn.is_none() {
        state.drn = checks.text("drn", answers.value(Role::Drn, 2).and_then(|value| value.as_text()));
    }
    state.ea = checks.text("ea", number(5).map(|number| format!("{number:02}")));
    state.sgc = checks.text("sgc", number(6).map(|number| format!("{number:06}")));
    state.ti = checks.text("ti", number(7).map(|number| number.to_string()));
    state.krn = checks.text("krn", number(8).map(|number| number.to_string()));
    state.kt = checks.text("kt", number(9).map(|number| number.to_string()));
    state.ken = checks.text("ken", number(10).map(|number| number.to_string()));
    state.kct_supported = number(11).and_then(|number| u8::try_from(number).ok());
    decoder_state(profile, answers, &mut state, &mut checks);
    if let Some(Value::List(tids)) = answers.value(Role::StsTids, 2) {
        let numbers = tids.iter().filter_map(|tid| tid.as_integer());
        let tids: Vec<Tid> = numbers.filter_map(|number| checks.tid("tids", number)).collect();
        state.tid_oldest = state.tid_oldest.or_else(|| tids.iter().min().copied());
        state.tid_newest = state.tid_newest.or_else(|| tids.iter().max().copied());
        state.tids = Some(tids);
    }
    state.last_result = report.result;
    state.last_token = report.token.map(Token::last_four);
    state
}

/// Turns what the meter reports into types, and notes what cannot be.
struct StsChecks<'p> {
    problems: &'p mut Vec<Problem>,
}

impl StsChecks<'_> {
    fn text<T: FromStr<Err: Display>>(&mut self, field: &str, text: Option<String>) -> Option<T> {
        let text = text?;
        match text.trim().parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.problems.push(Problem { object: format!("sts.{field}"), error: error.to_string() });
                None
            }
        }
    }

    fn tid(&mut self, field: &str, minutes: i128) -> Option<Tid> {
        let tid = u32::try_from(minutes).ok().and_then(|minutes| Tid::new(minutes).ok());
        if tid.is_none() {
            let error = format!("{minutes} is not a token identifier: it has 24 bits");
            self.problems.push(Problem { object: format!("sts.{field}"), error });
        }
        tid
    }
}

fn decoder_state(profile: &Profile, answers: &Answers, state: &mut StsState, checks: &mut StsChecks<'_>) {
    let Some(role) = profile.objects.get(&Role::StsState) else { return };
    for (field, part) in role.fields.iter().zip(answers.parts(Role::StsState, 2)) {
        let number = part.as_integer();
        match field {
            StateField::KctPendingBits => {
                state.kct_pending =
                    Some(part.set_bits().into_iter().filter_map(|bit| u8::try_from(bit + 1).ok()).collect());
            }
            StateField::TidNewest => state.tid_newest = number.and_then(|number| checks.tid("tid_newest", number)),
            StateField::TidOldest => state.tid_oldest = number.and_then(|number| checks.tid("tid_oldest", number)),
            StateField::LockoutS => state.lockout_s = number.and_then(|number| u32::try_from(number).ok()),
            StateField::LastResultNumber | StateField::Ignored => {}
        }
    }
}

/// What the meter tells of the last token. Empty before the first one.
pub fn token_report(profile: &Profile, answers: &Answers) -> TokenReport {
    let mut report = TokenReport::default();
    let held = answers.data(Role::TokenGateway, 2).and_then(Data::as_octets);
    let Some(token) = held.and_then(|octets| profile.token.encoding.decode(octets)) else { return report };
    report.token = Some(token);
    report.at = answers.time(Role::TokenGateway, 3).and_then(convert::meter_time).map(|time| time.to_string());
    report.description = answers.parts(Role::TokenGateway, 4).iter().find_map(Value::as_text);
    let outcome = answers.parts(Role::TokenGateway, 6);
    report.status = outcome.first().and_then(Value::as_integer).and_then(GatewayStatus::from_number);
    let number = outcome.get(1).and_then(bits_as_number);
    if report.is_final() {
        report.result = profile.token.result.iter().find_map(|source| match source {
            ResultSource::DescriptionWord => report.description.as_deref().and_then(|text| text.parse().ok()),
            ResultSource::DataNumber => number.and_then(|number| result_of_number(profile, number)),
            ResultSource::Status => report.status.and_then(GatewayStatus::certain_result),
            ResultSource::Register => None,
        });
    }
    report
}

/// A maker's own number before the numbers of IEC 62055-41; the standard's zero says nothing.
fn result_of_number(profile: &Profile, number: u64) -> Option<TokenResult> {
    match profile.token.codes.get(&number.to_string()) {
        Some(word) => word.parse().ok(),
        None => u8::try_from(number).ok().and_then(TokenResult::from_number),
    }
}

/// A bit string as a number, its first bit the highest.
fn bits_as_number(value: &Value) -> Option<u64> {
    match value {
        Value::Bits(bits) if bits.len() <= 64 => Some(bits.iter().fold(0, |number, bit| number << 1 | u64::from(*bit))),
        _ => None,
    }
}

fn clock(profile: &Profile, answers: &Answers, now: OffsetDateTime) -> Option<ClockState> {
    let told = answers.time(Role::Clock, 2)?;
    let read_at = answers.read_at(Role::Clock).unwrap_or(now);
    let time = convert::meter_time(told).map(|time| MeterTime {
        offset: profile.clock.true_offset(time.offset).or(profile.clock.utc_offset()),
        ..time
    });
    Some(ClockState {
        meter: Some(time.map_or_else(|| told.to_string(), |time| time.to_string())),
        drift_s: time.map(|time| time.drift_s(read_at)),
        flags: convert::clock_flags(told),
    })
}

fn credit(profile: &Profile, answers: &Answers) -> CreditState {
    let currency = answers.parts(Role::Account, 15);
    let name = currency.first().and_then(Value::as_text).filter(|name| !name.is_empty());
    let scale = currency.get(1).and_then(Value::as_integer).and_then(|scale| i8::try_from(scale).ok());
    let amount = |role: Role, attribute: u8| answers.value(role, attribute).and_then(|value| value.as_number());
    let scaled_by = |raw: f64| scaled(raw, scale.unwrap_or(0));
    let available = amount(Role::Account, 5).or_else(|| amount(Role::Credit, 2)).map(scaled_by);
    let low_threshold = amount(Role::Account, 16).map(scaled_by);
    let unit_of_profile = || profile.objects.get(&Role::Credit).and_then(|role| role.unit.clone());
    // Class 111: the unit of an account is time, consumption or money; the name says more.
    let unit_of_kind = || match currency.get(2).and_then(Value::as_integer)? {
        0 => Some("min".to_owned()),
        _ => None,
    };
    CreditState {
        unit: available.and_then(|_| name.or_else(unit_of_kind).or_else(unit_of_profile)),
        state: credit_word(answers, available, low_threshold),
        available,
        low_threshold,
    }
}

fn credit_word(answers: &Answers, available: Option<f64>, low_threshold: Option<f64>) -> Option<String> {
    let status = answers.parts(Role::Account, 2);
    let number = |index: usize| status.get(index).and_then(Value::as_integer);
    let told = answers.value(Role::Account, 4).map(|value| value.set_bits()).unwrap_or_default();
    let word = match (number(0), number(1)) {
        (Some(1), _) => "credit-mode",
        (_, Some(1)) => "new-account",
        (_, Some(3)) => "closed-account",
        _ if told.contains(&6) => "out-of-credit",
        _ if told.contains(&1) => "low-credit",
        _ if told.contains(&0) => "in-credit",
        // No bit is set: the amounts decide.
        _ => match available? {
            amount if amount <= 0.0 => "out-of-credit",
            amount if low_threshold.is_some_and(|low| amount <= low) => "low-credit",
            _ => "in-credit",
        },
    };
    Some(word.to_owned())
}

/// Class 70, and the reason where the profile knows its place.
pub fn relay(answers: &Answers) -> RelayState {
    let output = answers.value(Role::Relay, 2).and_then(|value| value.as_boolean());
    let control = match answers.value(Role::Relay, 3).and_then(|value| value.as_integer()) {
        Some(0) => Some("disconnected"),
        Some(1) => Some("connected"),
        Some(2) => Some("ready-for-reconnection"),
        _ => None,
    };
    RelayState {
        output: output.map(|closed| if closed { "closed" } else { "open" }.to_owned()),
        control: control.map(str::to_owned),
        reason: answers
            .value(Role::RelayReason, 2)
            .and_then(|value| value.as_text())
            .filter(|reason| !reason.is_empty()),
    }
}

/// A quantity in the unit of a status.
fn quantity(answers: &Answers, role: Role) -> Option<f64> {
    let unit = status_unit(role).unwrap_or_default();
    match unit.strip_prefix('k') {
        Some(base) => answers.quantity(role, base).map(|number| scaled(number, -3)),
        None => answers.quantity(role, unit),
    }
}

fn bits(profile: &Profile, answers: &Answers, role: Role) -> Option<Vec<String>> {
    let value = answers.value(role, 2)?;
    let names = profile.objects.get(&role);
    Some(
        value
            .set_bits()
            .into_iter()
            .map(|bit| names.map_or_else(|| format!("bit-{bit}"), |names| names.bit_name(bit)))
            .collect(),
    )
}

/// Limits in force.
pub fn limits(profile: &Profile, answers: &Answers) -> Limits {
    let plain = |role: Role| {
        let unit = profile.objects.get(&role).and_then(|role| role.unit.as_deref());
        answers.quantity(role, "W").or_else(|| (unit == Some("W")).then(|| answers.value(role, 2)?.as_number())?)
    };
    Limits {
        power_w: answers.limit_w().or_else(|| plain(Role::PowerLimit)),
        phase_unbalance_w: plain(Role::UnbalanceLimit),
        ..Limits::default()
    }
}
