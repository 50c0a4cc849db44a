//! Calling a method.

use super::read::{Asker, find};
use super::{Access, ClassId, MANAGER_CLIENT, image, names};
use crate::protocol::dlms::{ActionResult, Data, MethodDescriptor, transferred_keys};
use crate::sim::meter::Meter;
use crate::sim::payment::TokenForm;
use time::Duration;

/// Calls a method with its argument.
pub fn invoke(meter: &mut Meter, asker: Asker, method: &MethodDescriptor, argument: Option<&Data>) -> ActionResult {
    let object = match find(meter, method.class, method.instance) {
        Ok(object) => object,
        Err(refusal) => return ActionResult::from_number(refusal.number()),
    };
    let number = u8::try_from(method.method).unwrap_or(0);
    if object.method_access(number, asker.rights) != Access::Call {
        return ActionResult::ReadWriteDenied;
    }
    match (object.class, object.name, number) {
        (ClassId::TOKEN_GATEWAY, _, 1) => enter(meter, argument),
        (ClassId::SECURITY_SETUP | ClassId::ASSOCIATION_LN, _, 2) if asker.client != MANAGER_CLIENT => {
            ActionResult::ReadWriteDenied
        }
        (ClassId::SECURITY_SETUP, _, 2) => take_keys(meter, argument),
        (ClassId::ASSOCIATION_LN, _, 2) => take_secret(meter, argument),
        (ClassId::IMAGE_TRANSFER, _, _) => image::invoke(meter, number, argument),
        (ClassId::DISCONNECT_CONTROL, _, 1) => done(|| meter.disconnect()),
        (ClassId::DISCONNECT_CONTROL, _, 2) => done(|| meter.reconnect()),
        (ClassId::CREDIT, names::EMERGENCY_CREDIT, 3) if meter.choose_emergency_credit() => ActionResult::Success,
        (ClassId::CREDIT, _, _) => ActionResult::TemporaryFailure,
        (ClassId::PROFILE_GENERIC, names::LOAD_PROFILE, 1) => done(|| meter.clear_load_profile()),
        (ClassId::PROFILE_GENERIC, _, 1) => done(|| meter.clear_events()),
        (ClassId::CLOCK, _, 6) => shift(meter, argument),
        _ => ActionResult::ObjectUnavailable,
    }
}

/// New keys, all of them or none.
fn take_keys(meter: &mut Meter, argument: Option<&Data>) -> ActionResult {
    let Some(keys) = argument.and_then(transferred_keys) else { return ActionResult::TypeUnmatched };
    let suite = meter.model().security.suite();
    match meter.change_secrets(|secrets| secrets.take(&keys, suite)) {
        true => ActionResult::Success,
        false => ActionResult::OtherReason,
    }
}

/// A new secret of high level security; under GMAC there is none.
fn take_secret(meter: &mut Meter, argument: Option<&Data>) -> ActionResult {
    let Some(octets) = argument.and_then(Data::as_octets).filter(|octets| (1..=64).contains(&octets.len())) else {
        return ActionResult::TypeUnmatched;
    };
    done(|| {
        meter.change_secrets(|secrets| {
            secrets.set_hls_secret(octets);
            true
        });
    })
}

fn done(act: impl FnOnce()) -> ActionResult {
    act();
    ActionResult::Success
}

/// The call says only whether the token was taken up; the verdict is in attribute 6.
fn enter(meter: &mut Meter, argument: Option<&Data>) -> ActionResult {
    let Some(Data::OctetString(token) | Data::VisibleString(token)) = argument else {
        return ActionResult::TypeUnmatched;
    };
    // The length of another form than the meter's own.
    let form = meter.model().payment.token_form;
    let others = [TokenForm::Digits, TokenForm::Binary, TokenForm::Bcd].map(TokenForm::octets);
    if token.len() != form.octets() && others.contains(&token.len()) {
        return ActionResult::TypeUnmatched;
    }
    meter.enter(token).map_or(ActionResult::TemporaryFailure, |()| ActionResult::Success)
}

/// Moves the clock by −900 to 900 seconds.
fn shift(meter: &mut Meter, argument: Option<&Data>) -> ActionResult {
    let seconds = argument.and_then(Data::as_i128).and_then(|number| i64::try_from(number).ok());
    match seconds.filter(|seconds| (-900..=900).contains(seconds)) {
        Some(seconds) => done(|| meter.set_clock(meter.clock() + Duration::seconds(seconds))),
        None => ActionResult::TypeUnmatched,
    }
}
