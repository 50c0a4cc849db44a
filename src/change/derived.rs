//! What the keys at hand add to what a meter reports of itself.

use std::sync::Arc;

use time::OffsetDateTime;

use crate::diagnosis::{Case, DiagnosisDocument, Readout, Searcher, diagnose};
use crate::meter::status::StsState;
use crate::meter::time::rfc3339;
use crate::meter::{Meter, MeterError, Status};
use crate::sts::keyring::Keyring;
use crate::sts::{Token, TokenResult, VendingKey};

/// Adds base date and DKGA when exactly one vending key at hand fits what the meter reports of its key.
pub fn derive(sts: &mut StsState, keys: &[VendingKey]) {
    // A supply group code of zeros is what many meters report after a key change: it names no key.
    let (Some(sgc), Some(krn)) = (sts.known_sgc(), sts.krn) else { return };
    let mut fitting = keys.iter().map(VendingKey::id).filter(|id| {
        id.sgc == sgc && id.krn == krn && sts.kt.is_none_or(|kt| id.kt == kt) && sts.ea.is_none_or(|ea| id.ea == ea)
    });
    let (Some(key), None) = (fitting.next(), fitting.next()) else { return };
    if sts.base_date.is_none() {
        sts.base_date = Some(key.base_date);
        sts.derived.push("base_date".into());
    }
    if sts.dkga.is_none() {
        sts.dkga = Some(key.dkga);
        sts.derived.push("dkga".into());
    }
}

/// A status as documents have it: where and when it was read, and what the keys at hand add.
///
/// # Errors
/// Those of line and meter.
pub fn read_status(meter: &mut dyn Meter, keys: &[VendingKey]) -> Result<Status, MeterError> {
    let mut status = meter.status()?;
    status.link = meter.link_name();
    status.read_at = rfc3339(OffsetDateTime::now_utc());
    if let Some(sts) = &mut status.sts {
        derive(sts, keys);
    }
    Ok(status)
}

/// The STS part of a status, as a diagnosis takes it.
pub fn readout(status: &Status) -> Readout {
    let sts = status.sts.clone().unwrap_or_default();
    let known = sts.parameters();
    Readout {
        iin: known.iin,
        drn: known.drn,
        sgc: known.sgc,
        krn: known.krn,
        kt: known.kt,
        ti: known.ti,
        ken: sts.ken,
        ea: known.ea,
        dkga: known.dkga,
        base_date: known.base_date,
        kct_pending: sts.kct_pending.unwrap_or_default(),
        tid_newest: sts.tid_newest,
        tid_oldest: sts.tid_oldest,
        tids: sts.tids.unwrap_or_default(),
        last_result: sts.last_result,
        last_token: sts.last_token,
        lockout_s: u64::from(sts.lockout_s.unwrap_or(0)),
        drift_s: status.clock.as_ref().and_then(|clock| clock.drift_s),
        credit_unit: status.credit.as_ref().and_then(|credit| credit.unit.clone()),
        manufacturer: status.meter.manufacturer.clone(),
        notes: status
            .problems
            .iter()
            .filter_map(|problem| Some((problem.object.strip_prefix("sts.")?, &problem.error)))
            .map(|(field, error)| format!("the meter's {field} was left out: {error}"))
            .collect(),
    }
}

/// Why the meter refused `token` with `result`, from what it told before and what the keys at hand show.
pub fn explain(
    token: Token,
    result: Option<TokenResult>,
    meter: Readout,
    keyring: &Arc<Keyring>,
    now: OffsetDateTime,
) -> DiagnosisDocument {
    let mut case = Case::of_token(&token.to_string(), now);
    case.result = result;
    case.meter = Some(meter);
    let mut searcher = Searcher::new(Arc::clone(keyring), Default::default());
    DiagnosisDocument::new(&case, diagnose(&case, &mut searcher))
}
